"""Fields for years, dates and times: Japanese eras and the western calendar, whichever is told."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.japanese import wareki
from visitapp.ui import look
from visitapp.ui.interview.fields import RING, EntryField, TextEntry
from visitapp.ui.visit.values import read_time, shown_date, shown_time
from visitapp.ui.widgets.basics import label
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.fields import ChoiceField, plain_number


class _Year(TextEntry):
    """One of the two year fields: any notation of a year is understood in it."""

    def __init__(self, unit: str, parent: QWidget) -> None:
        super().__init__(7, unit, parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def _tidy(self) -> None:
        """The pair tidies both sides together."""


class YearEntry(EntryField):
    """Era, year of the era = western year; either side sets the other. Hands on the western year.

    "S22", "昭和22", "1947" and 元 can be typed on either side.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._era = ChoiceField([("", ""), *((era.name, era.name) for era in reversed(wareki.ERAS))], size="talk")
        self._era.setFixedWidth(look.em(7.5))
        self._era.setAccessibleName(tr("元号"))
        self._of_era = _Year(tr("年"), self)
        self._western = _Year(tr("年"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(RING, 0, RING, 0)
        layout.setSpacing(look.px(10))
        equals, western = label("＝", "option", tone="text2"), label(tr("西暦"), "small", tone="text2")
        for piece in (self._era, self._of_era, equals, western, self._western):
            layout.addWidget(piece)
        layout.addStretch(1)
        self._era.picked.connect(lambda _era: self._from_era(self._of_era.line.text()))
        self._of_era.line.paused.connect(self._from_era)
        self._western.line.paused.connect(self._from_western)
        for part in (self._of_era, self._western):
            part.line.left.connect(lambda: self._show(self._last))

    def show_answer(self, text: str) -> None:
        self._last = text
        if not (self._of_era.line.hasFocus() or self._western.line.hasFocus()):
            self._show(text)
        else:
            self._show_other_side(text)

    def focus(self) -> None:
        self._of_era.focus()

    def set_error(self, wrong: bool) -> None:
        self._western.line.set_error(wrong)

    def describe(self, name: str, description: str) -> None:
        self._of_era.describe(f"{name} {tr('和暦')}", description)
        self._western.describe(f"{name} {tr('西暦')}", description)

    def _from_era(self, typed: str) -> None:
        year = wareki.read_year(typed) if not typed.isdecimal() else None
        plain = plain_number(typed)
        number = "1" if plain == "元" else (plain if plain.isdecimal() else "")
        if year is None and number and self._era.value():
            year = wareki.western_year(self._era.value(), int(number))
        if year is None and number and len(number) == 4:
            year = int(number)
        if year is not None or not typed.strip():
            self._hand_on("" if year is None else str(year))

    def _from_western(self, typed: str) -> None:
        year = wareki.read_year(typed)
        self._hand_on(str(year) if year is not None else typed.strip())

    def _show(self, text: str) -> None:
        self._western.line.show_text(text)
        self._show_era(text)

    def _show_other_side(self, text: str) -> None:
        """The side that is being typed in stays as it is."""
        if self._western.line.hasFocus():
            self._show_era(text)
        else:
            self._western.line.show_text(text)

    def _show_era(self, text: str) -> None:
        placed = wareki.era_of_year(int(text)) if text.isdecimal() and len(text) == 4 else None
        if placed is not None:
            self._era.set_value(placed[0].name)
            self._of_era.line.show_text("元" if placed[1] == 1 else str(placed[1]))
        elif not text:
            self._era.setCurrentIndex(0)
            self._of_era.line.show_text("")


class DateEntry(TextEntry):
    """A day in any notation; shown with its era after leaving; a calendar opens beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(15, "", parent)
        self.line.setPlaceholderText(tr("例　R8.6.16"))
        self._button = Button(tr("暦"), size="talk", icon="calendar")
        self._button.clicked.connect(self._open_calendar)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(1, self._button)
        layout.setSpacing(look.px(8))

    def read(self, shown: str) -> str:
        day = wareki.read_date(shown.partition("（")[0])
        return day.isoformat() if day is not None else shown.strip()

    def write(self, text: str) -> str:
        return shown_date(text)

    def _open_calendar(self) -> None:
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(popup)
        try:
            day = date.fromisoformat(self._last)
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        except ValueError:
            pass
        box = QVBoxLayout(popup)
        box.addWidget(calendar)

        def choose(chosen: QDate) -> None:
            iso = date(chosen.year(), chosen.month(), chosen.day()).isoformat()
            popup.close()
            self.line.show_text(self.write(iso))
            self._hand_on(iso)

        calendar.clicked.connect(choose)
        calendar.activated.connect(choose)
        popup.move(self.mapToGlobal(QPoint(0, self.height())))
        popup.show()
        calendar.setFocus()


class TimeEntry(TextEntry):
    """A time of day: "1330", "13:30", "9時"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(7, "", parent)
        self.line.setPlaceholderText(tr("例　13:30"))

    def read(self, shown: str) -> str:
        time = read_time(shown)
        return shown.strip() if time is None else (f"{time}:00" if time else "")

    def write(self, text: str) -> str:
        return shown_time(text)
