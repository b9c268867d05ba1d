"""What the window remembers: look, language, geometry, columns. No name and no answer is ever kept here.

One INI file in the data folder (``window.ini``), readable before the store is unlocked.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

THEMES = ("system", "light", "dark")


class Preferences:
    """The remembered values, with their defaults and types in one place."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "window.ini"
        self._values = QSettings(str(self._file), QSettings.Format.IniFormat)
        # Everything is written at once: the program may be killed at any time.
        self._values.setAtomicSyncRequired(True)

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        kept = self._text("look/theme", "system")
        return kept if kept in THEMES else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._keep("look/theme", value)

    @property
    def percent(self) -> int:
        """Text size, 100 to 200 percent."""
        return min(200, max(100, self._number("look/percent", 100)))

    @percent.setter
    def percent(self, value: int) -> None:
        self._keep("look/percent", value)

    @property
    def language(self) -> str:
        """ "ja" or "en"."""
        kept = self._text("look/language", "ja")
        return kept if kept in ("ja", "en") else "ja"

    @language.setter
    def language(self, value: str) -> None:
        self._keep("look/language", value)

    @property
    def idle_minutes(self) -> int:
        """After how many minutes without a key or a touch the window locks itself: 1 to 60."""
        return min(60, max(1, self._number("lock/minutes", 10)))

    @idle_minutes.setter
    def idle_minutes(self, value: int) -> None:
        self._keep("lock/minutes", value)

    def state(self, name: str) -> QByteArray:
        """The remembered geometry, columns or splitter of a part of the window; empty when there is none."""
        kept = self._values.value(f"state/{name}")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def keep_state(self, name: str, value: QByteArray) -> None:
        """Remember it."""
        self._keep(f"state/{name}", value)

    def text(self, name: str, default: str = "") -> str:
        """A remembered choice of a page (filter, sort)."""
        return self._text(f"page/{name}", default)

    def keep_text(self, name: str, value: str) -> None:
        """Remember it."""
        self._keep(f"page/{name}", value)

    def _text(self, key: str, default: str) -> str:
        kept = self._values.value(key, default)
        return kept if isinstance(kept, str) else default

    def _number(self, key: str, default: int) -> int:
        # A file keeps text: 100 comes back as "100".
        kept = str(self._values.value(key, default))
        return int(kept) if kept.isdecimal() else default

    def _keep(self, key: str, value: object) -> None:
        self._values.setValue(key, value)
        self._values.sync()
