"""Fields for years, dates and times: Japanese eras and the western calendar, whichever is told."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.japanese import wareki
from visitapp.ui import look
from visitapp.ui.interview.fields import RING, EntryField, TextEntry
from visitapp.ui.visit.values import shown_date, shown_time
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.dates import read_time
from visitapp.ui.widgets.wareki import WarekiField


class YearEntry(EntryField):
    """A western year, told in either calendar. What cannot be read is said by the field and not handed on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = WarekiField(size="talk")
        self.field.settled.connect(self._hand_on)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(RING, 0, RING, 0)
        layout.addWidget(self.field)

    def show_answer(self, text: str) -> None:
        self._last = text
        if text != str(self.field.year() or ""):
            self.field.show_year(int(text) if text.isdecimal() else None)

    def focus(self) -> None:
        self.field.era_year.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.era_year.selectAll()

    def set_error(self, wrong: bool) -> None:
        self.field.western.set_error(wrong)

    def describe(self, name: str, description: str) -> None:
        for side in (self.field.era_year, self.field.western):
            side.setAccessibleDescription(f"{name} {description}".strip())


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
        return f"{time:%H:%M}:00" if time is not None else shown.strip()

    def write(self, text: str) -> str:
        return shown_time(text)
