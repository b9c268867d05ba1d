"""The fields answers are typed into. Each takes and hands on an answer as XForms text.

A field never rewrites what is being typed: it tidies (thousands separators, full-width digits) only after it was left.
What cannot be understood is handed on as typed; the interview reports it.
"""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from visitapp.ui import look
from visitapp.ui.style import mark
from visitapp.ui.visit.writing import AreaField, LineField
from visitapp.ui.widgets.fields import grouped, plain_number

RING = 4
"""Room around a field for the focus ring, px."""


class EntryField(QWidget):
    """Signals: ``edited`` (XForms text) after a pause in typing or on leaving; ``finished`` when Ctrl Enter ends it."""

    edited = Signal(str)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = ""

    @abstractmethod
    def show_answer(self, text: str) -> None:
        """Show an answer, unless the field is being typed in."""

    @abstractmethod
    def focus(self) -> None:
        """Put the cursor into the field."""

    @abstractmethod
    def set_error(self, wrong: bool) -> None:
        """Edge of 2 px in ``err``."""

    @abstractmethod
    def describe(self, name: str, description: str) -> None:
        """Accessible name and description of the field."""

    def _hand_on(self, text: str) -> None:
        """Report a changed answer once."""
        if text != self._last:
            self._last = text
            self.edited.emit(text)


class TextEntry(EntryField):
    """One line of text."""

    def __init__(self, width: int = 0, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = LineField(size="talk", suffix=unit)
        self.line.paused.connect(lambda text: self._hand_on(self.read(text)))
        self.line.left.connect(self._tidy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(RING, RING, RING, RING)
        layout.addWidget(self.line)
        if width:
            self.line.setFixedWidth(look.em(width))
            layout.addStretch(1)

    def read(self, shown: str) -> str:
        """What is typed -> XForms text."""
        return shown.strip()

    def write(self, text: str) -> str:
        """XForms text -> what is shown in a field that is not being typed in."""
        return text

    def show_answer(self, text: str) -> None:
        self._last = text
        if self.line.hasFocus() and self.read(self.line.text()) == text:
            return
        self.line.show_text(self.write(text))

    def focus(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def set_error(self, wrong: bool) -> None:
        self.line.set_error(wrong)

    def describe(self, name: str, description: str) -> None:
        self.line.setAccessibleName(name)
        self.line.setAccessibleDescription(description)

    def _tidy(self) -> None:
        self.line.show_text(self.write(self._last))


class NumberEntry(TextEntry):
    """A whole or decimal number, right-aligned; full-width digits and separators are understood."""

    def __init__(self, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(11, unit, parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def read(self, shown: str) -> str:
        return plain_number(shown)

    def write(self, text: str) -> str:
        return grouped(text)


class AreaEntry(EntryField):
    """A text of several lines: Enter is a new line, Ctrl Enter goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = AreaField()
        self.area.setFont(look.font("option"))
        self.area.setMinimumHeight(look.px(4 * 24 + 20))
        self.area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.area.paused.connect(lambda text: self._hand_on(text.strip()))
        self.area.added.connect(self.finished)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(RING, RING, RING, RING)
        layout.addWidget(self.area)

    def show_answer(self, text: str) -> None:
        self._last = text
        if not (self.area.hasFocus() and self.area.toPlainText().strip() == text):
            self.area.show_text(text)

    def focus(self) -> None:
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_error(self, wrong: bool) -> None:
        mark(self.area, state="error" if wrong else "")

    def describe(self, name: str, description: str) -> None:
        self.area.setAccessibleName(name)
        self.area.setAccessibleDescription(description)

    def sizeHint(self) -> QSize:
        return QSize(look.em(30), look.px(4 * 24 + 20))
