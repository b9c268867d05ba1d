"""Fields for text, numbers and passphrases. Nothing rewrites a field's text while an input method composes in it."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.icons import icon, paint_icon
from visitapp.ui.style import mark
from visitapp.ui.tokens import HEIGHT
from visitapp.ui.widgets.basics import IconLabel, label
from visitapp.ui.widgets.notices import Message


class TextField(QLineEdit):
    """One line of text. ``settled`` with the text when it is committed and left (or Enter): then check and save.

    ``show_text`` waits for the end of a composition, so that a late result never disturbs typing.
    """

    settled = Signal(str)

    def __init__(self, text: str = "", *, size: str = "default", placeholder: str = "", suffix: str = "") -> None:
        super().__init__(text)
        self._composing = False
        self._waiting: str | None = None
        self._suffix = suffix
        step = "option" if size == "talk" else "body"
        self.setFont(look.font(step))
        self.setFixedHeight(look.px(HEIGHT[size]))
        self.setPlaceholderText(placeholder)
        self._unit = QLabel(suffix, self)
        self._unit.setFont(look.font(step))
        mark(self._unit, tone="text2")
        self._unit.setVisible(bool(suffix))
        if suffix:
            self.setTextMargins(0, 0, self._unit.sizeHint().width() + look.px(6), 0)
        self.editingFinished.connect(self._settle)

    @property
    def composing(self) -> bool:
        """Whether an input method composes here now."""
        return self._composing

    def show_text(self, text: str) -> None:
        """Put a text in, now or as soon as nothing is being composed."""
        if self._composing:
            self._waiting = text
        elif text != self.text():
            self.setText(text)

    def set_error(self, wrong: bool) -> None:
        """Show the edge of a field in error."""
        mark(self, state="error" if wrong else "")

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._composing and self._waiting is not None and not event.commitString():
            self.setText(self._waiting)
        if not self._composing:
            self._waiting = None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        super().focusOutEvent(event)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self._suffix:
            hint = self._unit.sizeHint()
            self._unit.setGeometry(self.width() - hint.width() - look.px(11), 0, hint.width(), self.height())

    def _settle(self) -> None:
        if not self._composing:
            self.settled.emit(self.text())


def plain_number(text: str) -> str:
    """Typed digits as they are stored: full-width ones and separators accepted ("４，６００" -> "4600")."""
    narrow = unicodedata.normalize("NFKC", text).replace(",", "").replace("，", "").replace(" ", "")
    return narrow.replace("−", "-").replace("ー", "-").strip()


def grouped(number: str) -> str:
    """Thousands separated for reading ("4600" -> "4,600"); anything that is no whole number stays as it is."""
    digits = number.removeprefix("-")
    return f"{int(number):,}" if digits.isascii() and digits.isdecimal() else number


def large_amount(number: int) -> str:
    """A large amount as it is read aloud ("125000000" -> "1億2500万"), "" below 10 000."""
    if number < 10_000:
        return ""
    eights, rest = divmod(number, 100_000_000)
    tens = rest // 10_000
    return (f"{eights:,}億" if eights else "") + (f"{tens:,}万" if tens else "")


class NumberField(TextField):
    """A whole number: right-aligned, full-width digits taken, separators shown once it is left.

    ``settled`` carries the plain digits; text that is no number is left as typed and carried as it is.
    """

    def __init__(self, *, size: str = "default", suffix: str = "", placeholder: str = "") -> None:
        super().__init__(size=size, suffix=suffix, placeholder=placeholder)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)

    def number(self) -> str:
        """What is in the field in plain form."""
        return plain_number(self.text())

    def show_number(self, number: str) -> None:
        """Put a number in, with separators."""
        self.show_text(grouped(number))

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.composing:
            self.setText(plain_number(self.text()))
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setText(grouped(plain_number(self.text())))

    def _settle(self) -> None:
        if not self.composing:
            self.settled.emit(self.number())


class PassphraseField(TextField):
    """A passphrase: dots, input method off, and an eye to look at it."""

    def __init__(self) -> None:
        super().__init__(size="talk")
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(hint.ImhHiddenText | hint.ImhSensitiveData | hint.ImhNoPredictiveText)
        self._eye = QToolButton(self)
        self._eye.setCheckable(True)
        self._eye.setAutoRaise(True)
        self._eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._eye.setIconSize(QSize(look.px(20), look.px(20)))
        self._eye.setStyleSheet("border: 0; background: transparent")
        self._eye.toggled.connect(self._reveal)
        self.setTextMargins(0, 0, look.px(32), 0)
        self._reveal(False)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        side = look.px(34)
        self._eye.setGeometry(self.width() - side - look.px(4), (self.height() - side) // 2, side, side)

    def _reveal(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        # Changing the echo mode gives the input method back; it stays off here.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._eye.setIcon(icon("eye-off" if shown else "eye", "text2"))
        word = tr("合言葉を隠す") if shown else tr("合言葉を見る")
        self._eye.setToolTip(word)
        self._eye.setAccessibleName(word)


class SearchField(TextField):
    """A search field with its magnifying glass; ``searched`` with the committed text shortly after typing."""

    searched = Signal(str)

    def __init__(self, placeholder: str, key: str = "") -> None:
        super().__init__(placeholder=placeholder)
        glass = IconLabel("search", 16, "text")
        glass.setParent(self)
        glass.setFixedHeight(look.px(HEIGHT["default"]))
        glass.move(look.px(12), 0)
        self.setTextMargins(look.px(24), 0, 0, 0)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        if key:
            self.setToolTip(f"{placeholder}  {key}")
        # textChanged is not sent for text that is still being composed.
        self.textChanged.connect(self.searched)


class WritingArea(QPlainTextEdit):
    """A big writing area, at least four lines. ``left`` when the focus goes away; Tab leaves it."""

    left = Signal()

    def __init__(self, *, lines: int = 4, placeholder: str = "") -> None:
        super().__init__()
        self.setFont(look.font("body"))
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(look.line("body") * lines + look.px(20))
        self._composing = False

    def sizeHint(self) -> QSize:
        # It takes the room there is, and asks for no more than its lines.
        return QSize(super().sizeHint().width(), self.minimumHeight())

    @property
    def composing(self) -> bool:
        """Whether an input method composes here now."""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        super().focusOutEvent(event)
        self.left.emit()


class ChoiceField(QComboBox):
    """One of a few: (value, word) pairs. ``picked`` with the value when a person chooses another one."""

    picked = Signal(str)

    def __init__(self, choices: list[tuple[str, str]] | None = None, *, size: str = "default") -> None:
        super().__init__()
        self.setFont(look.font("option" if size == "talk" else "body"))
        self.setFixedHeight(look.px(HEIGHT[size]))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_choices(choices or [])
        self.activated.connect(lambda _row: self.picked.emit(self.value()))

    def set_choices(self, choices: list[tuple[str, str]]) -> None:
        """Offer these, keeping the present value when it is among them."""
        kept = self.value()
        self.clear()
        for value, word in choices:
            self.addItem(word, value)
        self.set_value(kept)

    def value(self) -> str:
        """The chosen value, "" when there is none."""
        found = self.currentData()
        return found if isinstance(found, str) else ""

    def set_value(self, value: str) -> None:
        """Choose by value; an unknown one chooses nothing new."""
        place = self.findData(value)
        if place >= 0:
            self.setCurrentIndex(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = look.px(16)
        place = QRect(self.width() - size - look.px(9), (self.height() - size) // 2 + 1, size, size)
        paint_icon(QPainter(self), "chevron-down", place, "text" if self.isEnabled() else "text3")

    def wheelEvent(self, event: object) -> None:
        """The wheel scrolls the page and changes no answer."""
        event.ignore()  # type: ignore[attr-defined]


class Labelled(QWidget):
    """A field with its label above and its message below; the label names the field for screen readers."""

    def __init__(self, text: str, field: QWidget, *, hint: str = "", beside: bool = False) -> None:
        super().__init__()
        self.field = field
        self.message = Message()
        self._label = label(text, "body", bold=not beside, tone="text2" if beside else "")
        self._label.setBuddy(field)
        field.setAccessibleName(text)
        below = QVBoxLayout()
        below.setSpacing(look.px(4))
        below.addWidget(field)
        if hint:
            below.addWidget(label(hint, "caption", tone="text3", wrap=True))
        below.addWidget(self.message)
        outer: QVBoxLayout | QHBoxLayout = QHBoxLayout() if beside else QVBoxLayout()
        outer.setSpacing(look.px(12 if beside else 5))
        outer.setContentsMargins(0, 0, 0, 0)
        if beside:
            self._label.setFixedWidth(look.px(92))
        outer.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addLayout(below, 1)
        self.setLayout(outer)

    def say(self, text: str, tone: str = "err") -> None:
        """Show a message under the field ("" takes it away); an error also marks the field's edge."""
        self.message.say(text, tone)
        mark(self.field, state="error" if text and tone == "err" else "")
        self.field.setAccessibleDescription(text)
