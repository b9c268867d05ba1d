"""Collects typed digits into the number of an option (ui/README section 5, key 1-9)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

WAIT_MS = 600
"""How long a longer number is waited for before the shorter one counts."""


class DigitCollector(QObject):
    """Up to nine options a digit acts at once; from ten on digits collect until no longer number is possible.

    Signals: ``pending_changed`` (what has been typed so far, "" when done), ``chosen`` (an option number that exists).
    """

    pending_changed = Signal(str)
    chosen = Signal(int)

    def __init__(self, count: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._typed = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.finish)

    def set_count(self, count: int) -> None:
        """How many options there are now; what was typed so far is dropped."""
        self._count = count
        self.cancel()

    @property
    def pending(self) -> str:
        """The digits waiting for another one."""
        return self._typed

    def press(self, digit: str) -> bool:
        """Take a digit "0".."9"; False when no option can begin with what would be typed then."""
        typed = self._typed + digit
        if not self._possible(typed):
            if not self._typed:
                return False
            self.finish()
            return self.press(digit)
        self._typed = typed
        if int(typed) * 10 > self._count:
            self.finish()
        else:
            self._timer.start()
            self.pending_changed.emit(typed)
        return True

    def finish(self) -> None:
        """Act on what has been typed now (Enter, or the time is over)."""
        typed = self._typed
        self.cancel()
        if typed and 1 <= int(typed) <= self._count:
            self.chosen.emit(int(typed))

    def cancel(self) -> None:
        """Forget what has been typed (Esc, focus lost)."""
        self._timer.stop()
        if self._typed:
            self._typed = ""
            self.pending_changed.emit("")

    def _possible(self, typed: str) -> bool:
        return not typed.startswith("0") and int(typed) <= self._count
