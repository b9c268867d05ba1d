"""Switches language, colours and text size at run time, and remembers them."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from visitapp.i18n import language, use_language
from visitapp.ui import look, style
from visitapp.ui.preferences import Preferences
from visitapp.ui.tokens import SCALES


class LookControl(QObject):
    """``rebuild`` asks the window to build itself anew (language, text size); colours only repaint."""

    rebuild = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self._follow_system())

    def start(self) -> None:
        """Show what is remembered; before the window is built."""
        use_language(self._preferences.language)
        look.use_percent(self._preferences.percent)
        self._colour()

    def switch_language(self) -> None:
        """Japanese to English and back."""
        self.set_language("en" if language() == "ja" else "ja")

    def set_language(self, code: str) -> None:
        """Show everything in this language from now on. Raises ValueError for one there is no catalogue of."""
        use_language(code)
        self._preferences.language = code
        self.rebuild.emit()

    def switch_colours(self) -> None:
        """Light to dark and back."""
        self.set_theme("light" if look.is_dark() else "dark")

    def set_theme(self, theme: str) -> None:
        """ "system", "light" or "dark"."""
        self._preferences.theme = theme
        self._colour()

    def resize_text(self, step: int) -> None:
        """One step larger (1) or smaller (-1), or back to 100 % (0)."""
        place = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - look.percent()))
        wanted = SCALES[min(len(SCALES) - 1, max(0, place + step))] if step else SCALES[0]
        self.set_percent(wanted)

    def set_percent(self, percent: int) -> None:
        """Take this text size. Raises ValueError outside 100 to 200."""
        if percent == look.percent():
            return
        look.use_percent(percent)
        self._preferences.percent = percent
        style.apply(_app())
        self.rebuild.emit()

    def _follow_system(self) -> None:
        if self._preferences.theme == "system":
            self._colour()

    def _colour(self) -> None:
        theme = self._preferences.theme
        look.use_colours(style.system_is_dark() if theme == "system" else theme == "dark")
        style.apply(_app())


def _app() -> QApplication:
    return cast(QApplication, QApplication.instance())
