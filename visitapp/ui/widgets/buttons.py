"""Buttons: one look, five kinds, with the key that works them printed on."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from visitapp.ui import look
from visitapp.ui.icons import icon as make_icon
from visitapp.ui.icons import paint_icon
from visitapp.ui.tokens import HEIGHT

_TEXT_STEP = {"tool": "small", "default": "body", "talk": "option", "great": "question", "handin": "title"}
_SIDE = {"tool": 10, "default": 13, "talk": 20, "great": 28, "handin": 28}
_TEXT_TOKEN = {"primary": "onAccent", "choice": "accent", "plain": "accent", "danger": "err"}
_SYMBOLS = {
    "Return": "Enter",
    "Esc": "Esc",
    "PgUp": "PgUp",
    "PgDown": "PgDn",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "Shift": "⇧",
}


def key_names(sequence: str) -> list[str]:
    """The caps of a key sequence in portable form: "Ctrl+Shift+Return" -> ["Ctrl", "⇧", "Enter"]."""
    if sequence.endswith("++"):
        return [*key_names(sequence[:-2]), "＋"] if len(sequence) > 2 else ["＋"]
    return [_SYMBOLS.get(part, "−" if part == "-" else part) for part in sequence.split("+") if part]


class Button(QPushButton):
    """A button. ``kind``: primary, secondary, choice, plain, danger; ``size``: tool 32, default 36, talk 44, great 56.

    ``key`` is a key sequence in portable form, printed as a cap. ``icon`` stands before the text, ``after`` behind it.
    """

    def __init__(
        self,
        text: str,
        *,
        kind: str = "secondary",
        size: str = "default",
        key: str = "",
        icon: str = "",
        after: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._key, self._icon_name, self._after, self._size = key, icon, after, size
        self._kind = kind
        self.setProperty("kind", kind)
        self.setFont(look.font(_TEXT_STEP[size], bold=kind in ("primary", "choice")))
        self.setFixedHeight(look.px(HEIGHT[size]))
        self.setMinimumWidth(self.sizeHint().width())
        self.setAutoDefault(False)
        # A digit must arrive as a digit with Japanese input on.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def setText(self, text: str) -> None:  # noqa: N802
        """Another label; the button keeps room for it."""
        super().setText(text)
        self.setMinimumWidth(self.sizeHint().width())
        self.updateGeometry()

    def set_icon_name(self, name: str) -> None:
        """Another icon before the text."""
        self._icon_name = name
        self.setText(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, text and key cap with the margins of the size."""
        return QSize(self._content_width() + 2 * look.px(_SIDE[self._size]), look.px(HEIGHT[self._size]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _pieces(self) -> list[tuple[str, int]]:
        """(what, width) from left to right."""
        pieces: list[tuple[str, int]] = []
        if self._icon_name:
            pieces.append(("icon", self._icon_size()))
        if self.text():
            pieces.append(("text", QFontMetrics(self._text_font()).horizontalAdvance(self.text()) + 1))
        if self._after:
            pieces.append(("after", self._icon_size()))
        if self._key:
            pieces.append(("key", cap_width(self._key, self._bold())))
        return pieces

    def _bold(self) -> bool:
        return self._kind in ("primary", "choice")

    def _text_font(self) -> QFont:
        return look.font(_TEXT_STEP[self._size], bold=self._bold())

    def _icon_size(self) -> int:
        return look.px({"tool": 16, "handin": 22}.get(self._size, 18))

    def _content_width(self) -> int:
        pieces = self._pieces()
        return sum(width for _what, width in pieces) + look.px(7) * max(0, len(pieces) - 1)

    def _token(self) -> str:
        return _TEXT_TOKEN.get(self._kind, "text") if self.isEnabled() else "text3"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        left = (self.width() - self._content_width()) // 2
        for what, width in self._pieces():
            self._draw(painter, what, QRect(left, 0, width, self.height()))
            left += width + look.px(7)

    def _draw(self, painter: QPainter, what: str, rect: QRect) -> None:
        token = self._token()
        if what == "text":
            painter.setFont(self._text_font())
            painter.setPen(look.colour(token))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        elif what == "key":
            paint_caps(painter, rect, self._key, look.colour(token), bold=self._bold())
        else:
            name = self._icon_name if what == "icon" else self._after
            size = rect.width()
            place = QRect(rect.left(), (self.height() - size) // 2, size, size)
            paint_icon(painter, name, place, "text2" if token == "text" else token)


def cap_width(sequence: str, bold: bool = False) -> int:
    """The width of the caps of a key sequence, px."""
    metrics = QFontMetrics(look.font("caption", bold=bold))
    widths = [max(look.px(22), metrics.horizontalAdvance(name) + look.px(12)) for name in key_names(sequence)]
    return sum(widths) + look.px(3) * (len(widths) - 1)


def paint_caps(painter: QPainter, rect: QRect, sequence: str, colour: QColor, *, bold: bool = False) -> None:
    """Draw the caps of a key sequence at the left of ``rect``, centred up and down."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(look.font("caption", bold=bold))
    metrics = painter.fontMetrics()
    height = look.px(20)
    left = rect.left()
    for name in key_names(sequence):
        width = max(look.px(22), metrics.horizontalAdvance(name) + look.px(12))
        cap = QRectF(left + 0.5, rect.center().y() - height / 2 + 0.5, width - 1, height)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, look.px(3), look.px(3))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, name)
        left += width + look.px(3)
    painter.restore()


class KeyCap(QLabel):
    """The caps of one key sequence, on their own."""

    def __init__(self, sequence: str) -> None:
        super().__init__()
        self._sequence = sequence
        self.setAccessibleName(" ".join(key_names(sequence)))
        self.setFixedSize(cap_width(sequence) + 1, look.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_caps(QPainter(self), self.rect(), self._sequence, look.colour("text2"))


class Link(QPushButton):
    """A word that leads somewhere: accent, underlined."""

    def __init__(self, text: str, step: str = "body") -> None:
        super().__init__(text)
        self.setProperty("kind", "link")
        self.setFont(look.font(step))
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMinimumHeight(look.line(step) + look.px(4))


def icon_button(name: str, text: str, *, size: str = "default") -> QPushButton:
    """A button of an icon alone; only for lock, swap, close and reveal. ``text`` is its tooltip and accessible name."""
    made = QPushButton()
    made.setIcon(make_icon(name, "text2"))
    made.setIconSize(QSize(look.px(18), look.px(18)))
    made.setFixedSize(look.px(HEIGHT[size]), look.px(HEIGHT[size]))
    made.setStyleSheet("padding: 0")
    made.setToolTip(text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    return made


def action_button(
    action: QAction, *, kind: str = "secondary", size: str = "default", icon: str = "", show_key: bool = True
) -> Button:
    """A button that is an action: same text, key, state; the action does the work."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText) if show_key else ""
    made = Button(action.iconText() or action.text(), kind=kind, size=size, key=key, icon=icon)
    follow_action(made, action)
    return made


def follow_action(button: QAbstractButton, action: QAction) -> None:
    """Let a button show an action's text and state, and trigger it."""

    def show() -> None:
        button.setText(action.iconText() or action.text())
        button.setEnabled(action.isEnabled())
        button.setToolTip(action.toolTip())
        if action.isCheckable():
            button.setChecked(action.isChecked())

    action.changed.connect(show)
    button.clicked.connect(action.trigger)
    show()
