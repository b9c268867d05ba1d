"""Fields that hand on what is typed after a pause, so that a killed program loses no sentence, and stay undisturbed.

While an input method composes, no key leaves the field and no text set from outside enters it (ui/README section 5).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent

from visitapp.ui.widgets.fields import TextField, WritingArea

PAUSE_MS = 400
"""After this pause in typing what is in the field is handed on (it is also when the field is left)."""


class _Pause(QObject):
    """Counts the pause in typing. ``read`` gives the text, ``hand_on`` takes it."""

    def __init__(self, field: TextField | WritingArea, read: Callable[[], str], hand_on: Callable[[str], None]) -> None:
        super().__init__(field)
        self._field, self._read, self._hand_on = field, read, hand_on
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def waiting(self) -> bool:
        """Whether something was typed that has not been handed on."""
        return self._timer.isActive()

    def typed(self) -> None:
        self._timer.start()

    def flush(self) -> None:
        if self._field.composing:
            self._timer.start()
            return
        self._timer.stop()
        self._hand_on(self._read())

    def left(self) -> None:
        if self.waiting:
            self.flush()


class LineField(TextField):
    """One line. Signals: ``paused`` (the text) after a pause in typing and on leaving; ``left`` after that."""

    paused = Signal(str)
    left = Signal()

    def __init__(self, text: str = "", *, size: str = "default", placeholder: str = "", suffix: str = "") -> None:
        super().__init__(text, size=size, placeholder=placeholder, suffix=suffix)
        self._pause = _Pause(self, self.text, self.paused.emit)
        self.textEdited.connect(lambda _text: self._pause.typed())

    def show_text(self, text: str) -> None:
        """Replace the text, but never while it is being composed or typed."""
        if not self._pause.waiting:
            super().show_text(text)

    def flush(self) -> None:
        """Hand on what has been typed so far, at once."""
        self._pause.left()

    def event(self, event: QEvent) -> bool:
        return _kept_inside(self, event) or super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._pause.left()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class AreaField(WritingArea):
    """A writing area. Signals: ``paused`` (the text) after a pause in typing or on leaving; ``added`` on Ctrl Enter."""

    paused = Signal(str)
    added = Signal()

    def __init__(self, *, lines: int = 4, placeholder: str = "") -> None:
        super().__init__(lines=lines, placeholder=placeholder)
        self._pause = _Pause(self, self.toPlainText, self.paused.emit)
        self._waiting: str | None = None
        self._showing = False
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """Replace the text, but never while it is being composed or typed."""
        if self.composing:
            self._waiting = text
        elif text != self.toPlainText() and not self._pause.waiting:
            self._showing = True
            self.setPlainText(text)
            self._showing = False

    def flush(self) -> None:
        """Hand on what has been typed so far, at once."""
        self._pause.left()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if self.composing:
            return
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not event.commitString():
            self.show_text(waiting)

    def event(self, event: QEvent) -> bool:
        return _kept_inside(self, event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.flush()
            self.added.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._pause.left()

    def _changed(self) -> None:
        if not self._showing:
            self._pause.typed()


def _kept_inside(field: TextField | WritingArea, event: QEvent) -> bool:
    """Whether a key must go no further; an accepted ShortcutOverride keeps shortcuts from firing."""
    if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and field.composing:
        event.accept()
        return True
    return False
