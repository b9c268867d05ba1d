"""A year in 和暦 and 西暦 side by side: either sets the other; S22, 昭和22, 1947 and 元年 are understood."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.i18n import tr
from visitapp.japanese import wareki
from visitapp.japanese.digits import read_integer
from visitapp.ui import look
from visitapp.ui.widgets.basics import column, label, row
from visitapp.ui.widgets.fields import ChoiceField, TextField
from visitapp.ui.widgets.notices import Message

_WESTERN = 1000
"""A number from here on is no year of an era but a western one, whichever side it is typed into."""


class WarekiField(QWidget):
    """Era, year of the era, western year. ``settled`` with the western year ("" for none) after a side was left."""

    settled = Signal(str)

    def __init__(self, *, size: str = "default") -> None:
        super().__init__()
        self.era = ChoiceField([(era.name, era.name) for era in reversed(wareki.ERAS)], size=size)
        self.era.setAccessibleName(tr("元号"))
        self.era_year = TextField(size=size, suffix=tr("年"))
        self.era_year.setAccessibleName(tr("和暦の年"))
        self.western = TextField(size=size, suffix=tr("年"))
        self.western.setAccessibleName(tr("西暦の年"))
        self.era_year.setFixedWidth(look.em(5.5))
        self.western.setFixedWidth(look.em(7))
        self._message = Message()
        self._year: int | None = None
        self.setLayout(
            column(
                row(self.era, self.era_year, label("＝", tone="text2"), self.western, None),
                self._message,
                gap=4,
            )
        )
        self.setFocusProxy(self.western)
        self.era.picked.connect(lambda _era: self._from_era())
        self.era_year.settled.connect(lambda _text: self._from_era())
        self.western.settled.connect(lambda _text: self._from_western())

    def year(self) -> int | None:
        """The western year, None for none."""
        return self._year

    def show_year(self, year: int | None) -> None:
        """Show a western year on both sides."""
        self._year = year
        self._message.say("")
        self.western.show_text("" if year is None else str(year))
        placed = wareki.era_of_year(year) if year is not None else None
        if placed is not None:
            self.era.set_value(placed[0].name)
        self.era_year.show_text("" if placed is None else "元" if placed[1] == 1 else str(placed[1]))

    def check(self) -> bool:
        """Whether what stands there is a year, or nothing."""
        return not self._message.text

    def _from_era(self) -> None:
        typed = self.era_year.text().strip()
        if not typed:
            self._take(None)
            return
        count = 1 if typed == "元" else read_integer(typed)
        # Whole shortcuts (S22, 昭和22) are welcome on this side too.
        in_era = count is not None and count < _WESTERN
        year = wareki.western_year(self.era.value(), count) if count and in_era else wareki.read_year(typed)
        self._take_or_refuse(year)

    def _from_western(self) -> None:
        typed = self.western.text().strip()
        if not typed:
            self._take(None)
            return
        self._take_or_refuse(wareki.read_year(typed))

    def _take_or_refuse(self, year: int | None) -> None:
        if year is None:
            self._message.say(tr("年を読めません。「S22」「昭和22」「1947」のように書いてください。"))
        else:
            self._take(year)

    def _take(self, year: int | None) -> None:
        changed = year != self._year
        self.show_year(year)
        if changed:
            self.settled.emit("" if year is None else str(year))
