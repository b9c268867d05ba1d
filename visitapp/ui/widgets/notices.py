"""What the program says in place: banner, undo bar, empty state, message under a field, progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.style import mark, show_if
from visitapp.ui.widgets.basics import IconLabel, column, holder, icon_label, label, row
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.states import TONE_ICON, TONE_TEXT

_UNDO_MS = 10_000


class Banner(QFrame):
    """A sentence or two that stay until their cause is gone. ``tone``: ok, info, warn or err; hidden while empty."""

    def __init__(self, tone: str = "info", text: str = "", *, lead: str = "") -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._icon = IconLabel("", 18)
        self._icon.setFixedHeight(look.px(20))
        self._lead = label("", "body", bold=True, wrap=True)
        self._text = label("", "body", wrap=True)
        for part in (self._lead, self._text):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._line: QHBoxLayout = row(self._icon, column(self._lead, self._text, gap=2), gap=10, margins=(12, 8, 12, 8))
        self._line.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self._line.setStretch(1, 1)
        self._extra: list[QWidget] = []
        self.setLayout(self._line)
        self.say(tone, text, lead=lead)

    def say(self, tone: str, text: str, *, lead: str = "") -> None:
        """Say something else; an empty text hides the banner and removes its button."""
        mark(self, tone=tone)
        self._icon.show_icon(TONE_ICON[tone], TONE_TEXT[tone])
        self._lead.setText(lead)
        show_if(self._lead, bool(lead))
        self._text.setText(text)
        show_if(self._text, bool(text))
        self.setAccessibleName(" ".join((lead, text)).strip())
        for widget in self._extra:
            widget.hide()
            widget.deleteLater()
        self._extra = []
        show_if(self, bool(lead or text))

    def offer(self, text: str, act: Callable[[], object]) -> Button:
        """Put a button at the right end."""
        button = Button(text, size="tool")
        button.clicked.connect(lambda: act())
        self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._extra.append(button)
        return button


class UndoBar(QFrame):
    """What was done, and 元に戻す, for 10 seconds or until the next action. ``undone`` when pressed."""

    undone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "undobar")
        self._text = label("", wrap=True)
        self._button = QPushButton(tr("元に戻す"))
        self._button.setProperty("kind", "undo")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self._undo)
        tick = icon_label("check", 18, "surface")
        line = row(tick, self._text, self._button, label("Ctrl Z", "small"), gap=10, margins=(14, 0, 14, 0))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setMinimumHeight(look.px(40))
        self._timer = QTimer(self, singleShot=True, interval=_UNDO_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str) -> None:
        """Show what was done."""
        self._text.setText(text)
        self._text.setToolTip(text)
        self.show()
        self._timer.start()

    def _undo(self) -> None:
        self._timer.stop()
        self.hide()
        self.undone.emit()


class EmptyState(QWidget):
    """Icon, one bold line, one line what to do, at most one button. Never an empty table."""

    pressed = Signal()

    def __init__(self, icon_name: str, title: str, hint: str = "", button: str = "") -> None:
        super().__init__()
        picture = icon_label(icon_name, 40, "text3")
        head = label(title, "body", bold=True, wrap=True)
        line = label(hint, "small", tone="text2", wrap=True)
        for part in (head, line):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = column(None, picture, head, line, gap=6, margins=(24, 16, 24, 16))
        layout.setAlignment(picture, Qt.AlignmentFlag.AlignHCenter)
        show_if(line, bool(hint))
        if button:
            press = Button(button)
            press.clicked.connect(self.pressed)
            layout.addSpacing(look.px(6))
            layout.addWidget(press, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.setLayout(layout)

    def minimumSizeHint(self) -> QSize:
        """Small: the list it stands for needs little room, and the space is divided before it is known which is shown."""
        return QSize(look.px(160), look.px(56))


class Message(QWidget):
    """The line under a field: icon and text, error or warning; hidden while empty."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("", 16)
        self._icon.setFixedHeight(look.px(21))
        self._text = label("", "body", wrap=True)
        line = row(self._icon, self._text, gap=6)
        line.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def say(self, text: str, tone: str = "err") -> None:
        """Show a message; "" hides it."""
        self._text.setText(text)
        mark(self._text, tone=tone)
        self._icon.show_icon(TONE_ICON[tone], TONE_TEXT[tone])
        show_if(self, bool(text))

    @property
    def text(self) -> str:
        """What is said now."""
        return self._text.text() if self._text.text() else ""


class Progress(QFrame):
    """What is being done, how many of how many, how long still, and 中止（元のまま）."""

    cancelled = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("role", "dialog")
        self._count = label("", "small", tone="text2")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, 0)
        self._left = label("", "small", tone="text2")
        self.stop = Button(tr("中止（元のまま）"), size="tool")
        self.stop.clicked.connect(self._cancel)
        self.setLayout(
            column(
                row(label(text, "body", bold=True), None, self._count),
                self._bar,
                row(self._left, None, self.stop),
                gap=10,
                margins=(16, 14, 16, 14),
            )
        )

    def show_step(self, done: int, total: int, seconds_left: float | None) -> None:
        """Show how far it is; ``total`` 0 when unknown."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done:,}／{total:,}" if total else "")
        self._left.setText(tr("あと約{n}秒", n=max(1, round(seconds_left))) if seconds_left is not None else "")

    def say(self, text: str) -> None:
        """What is being done just now, at the left below the bar."""
        self._left.setText(text)

    def _cancel(self) -> None:
        self.stop.setEnabled(False)
        self.cancelled.emit()


def page_title(title: str, hint: str = "", *right: QWidget) -> QWidget:
    """The title row of a page (36 high): title, a quiet line, and at the right what the page offers."""
    line = row(label(title, "title"), gap=12)
    if hint:
        line.addWidget(label(hint, "body", tone="text2"))
    line.addStretch(1)
    for widget in right:
        line.addWidget(widget)
    made = holder(line)
    made.setMinimumHeight(look.px(36))
    return made
