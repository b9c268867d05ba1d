"""The soft warning on a card, with ready reasons, and the note on a question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.visit.writing import LineField
from visitapp.ui.widgets.basics import clear, column, icon_label, label, row
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.flow import FlowLayout


class WarningBanner(QFrame):
    """States what is odd and offers reasons; choosing one settles it. Signal: ``reason_given`` (the reason)."""

    reason_given = Signal(str)

    def __init__(self, *, wide: bool) -> None:
        """``wide``: the reasons stand beside the words, else below them."""
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        mark = icon_label("triangle-alert", 18, "warn")
        self._text = label("", "small", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._buttons: QLayout = row(gap=8) if wide else FlowLayout(gap=8)
        words = row(mark, self._text, gap=12)
        words.setStretch(1, 1)
        if wide:
            words.addLayout(self._buttons)
            self.setLayout(column(words, margins=(12, 8, 10, 8)))
        else:
            self.setLayout(column(words, self._buttons, margins=(12, 8, 10, 8)))
        self._field: LineField | None = None
        self.hide()

    def say(self, text: str, reasons: Sequence[str]) -> None:
        """Show a warning with its ready reasons; an empty text hides the banner."""
        if text == self._text.text():
            self.setVisible(bool(text))
            return
        self._text.setText(text)
        self.setAccessibleName(text)
        self._show_buttons(reasons)
        self.setVisible(bool(text))

    def _show_buttons(self, reasons: Sequence[str]) -> None:
        clear(self._buttons)
        self._field = None
        for reason in reasons:
            button = Button(reason, size="tool")
            button.clicked.connect(lambda _checked=False, given=reason: self.reason_given.emit(given))
            self._buttons.addWidget(button)
        write = Button(tr("理由を書く"), size="tool")
        write.clicked.connect(self._write_reason)
        self._buttons.addWidget(write)

    def _write_reason(self) -> None:
        clear(self._buttons)
        field = LineField()
        field.setMinimumWidth(look.em(16))
        field.setAccessibleName(tr("このままでよい理由"))
        done = Button(tr("残す"), size="tool")
        for signal in (field.returnPressed, done.clicked):
            signal.connect(self._keep_written)
        self._field = field
        self._buttons.addWidget(field)
        self._buttons.addWidget(done)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._field is not None and self._field.hasFocus():
            _stop_enter(event)
        else:
            event.ignore()

    def _keep_written(self) -> None:
        if self._field is not None and not self._field.composing and (reason := self._field.text().strip()):
            self.reason_given.emit(reason)


class NoteLine(QWidget):
    """メモ on a question: shown when there is one, opened for writing by F2. Signal: ``written`` (the note)."""

    written = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = LineField(placeholder=tr("メモ（回答とは別に残ります）"))
        self.field.setAccessibleName(tr("メモ"))
        self.field.paused.connect(lambda text: self.written.emit(text.strip()))
        self.field.returnPressed.connect(self.closed)
        line = row(icon_label("sticky-note", 16), self.field, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def show_note(self, text: str) -> None:
        """Show the note; the line hides when there is none and nobody is writing."""
        self.field.show_text(text)
        self.setVisible(bool(text) or self.field.hasFocus())

    def open(self) -> None:
        """Write the note."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        _stop_enter(event)


def _stop_enter(event: QKeyEvent) -> None:
    """Enter ends the writing here; it must not also go to the next question."""
    event.setAccepted(event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter))
