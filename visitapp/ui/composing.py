"""Knows whether an input method is composing, and keeps our shortcuts away from its keys.

While text is being composed, F6–F10, Enter, Esc, Space and the arrows belong to the input method (Windows' converts
with F6–F10). A key that arrives here all the same must not trigger an action of ours.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

_ITS_KEYS = {
    Qt.Key.Key_F6,
    Qt.Key.Key_F7,
    Qt.Key.Key_F8,
    Qt.Key.Key_F9,
    Qt.Key.Key_F10,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Space,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
}


class Composition(QObject):
    """Watches the input method events of the whole application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._where: QObject | None = None
        app.installEventFilter(self)

    @property
    def going_on(self) -> bool:
        """Whether text is being composed now."""
        return self._where is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._where = watched if event.preeditString() else None
        elif kind == QEvent.Type.FocusOut and watched is self._where:
            self._where = None
        elif self._where is not None and kind == QEvent.Type.ShortcutOverride and _is_its_key(event):
            event.accept()
            return True
        return False


def _is_its_key(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in _ITS_KEYS
