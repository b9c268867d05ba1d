"""A day and a time as people type them: 令和8年6月16日, R8.6.16, 2026/6/16; 13:30, 1330. Checked when left."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time

from PySide6.QtWidgets import QWidget

from visitapp.i18n import language, tr
from visitapp.japanese import wareki
from visitapp.ui import look
from visitapp.ui.widgets.basics import column
from visitapp.ui.widgets.fields import TextField
from visitapp.ui.widgets.notices import Message


class DateField(QWidget):
    """A day. ``check`` says whether what stands there is one, and shows a message when not."""

    def __init__(self, day: date | None = None, *, size: str = "default") -> None:
        super().__init__()
        self.field = TextField(size=size, placeholder="R8.6.16")
        self.field.setAccessibleName(tr("日付"))
        self.field.setFixedWidth(look.em(14))
        self._message = Message()
        self.setLayout(column(self.field, self._message, gap=4))
        self.setFocusProxy(self.field)
        self.field.settled.connect(lambda _text: self.check())
        self.show_day(day)

    def day(self) -> date | None:
        """The day that stands there, None when it is none."""
        return wareki.read_date(self.field.text())

    def iso(self) -> str:
        """The day in ISO form, "" for none."""
        found = self.day()
        return found.isoformat() if found is not None else ""

    def show_day(self, day: date | None) -> None:
        """Put a day in."""
        self.field.show_text("" if day is None else wareki.date_text(day) if language() == "ja" else day.isoformat())

    def check(self) -> bool:
        """Whether there is a day; a readable one is written out in full."""
        found = self.day()
        if found is not None:
            self.show_day(found)
        self._message.say("" if found else tr("日付を読めません。「R8.6.16」のように書いてください。"))
        self.field.set_error(found is None)
        return found is not None


_TIME = re.compile(r"(\d{1,2})(?:[:時]?(\d{2})分?|時)?")


def read_time(text: str) -> time | None:
    """ "13:30", "1330", "13時30分", "9" -> the time; None when it is none."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


class TimeField(QWidget):
    """A time of day. ``check`` as in ``DateField``."""

    def __init__(self, at: time | None = None, *, size: str = "default") -> None:
        super().__init__()
        self.field = TextField(f"{at:%H:%M}" if at is not None else "", size=size, placeholder="13:30")
        self.field.setAccessibleName(tr("時刻"))
        self.field.setFixedWidth(look.em(5.5))
        self._message = Message()
        self.setLayout(column(self.field, self._message, gap=4))
        self.setFocusProxy(self.field)
        self.field.settled.connect(lambda _text: self.check())

    def iso(self) -> str:
        """The time as HH:MM, "" for none."""
        found = read_time(self.field.text())
        return f"{found:%H:%M}" if found is not None else ""

    def check(self) -> bool:
        """Whether there is a time; a readable one is written out in full."""
        shown = self.iso()
        if shown:
            self.field.show_text(shown)
        self._message.say("" if shown else tr("時刻を読めません。「13:30」のように書いてください。"))
        self.field.set_error(not shown)
        return bool(shown)
