"""State chips and tags, painted alike as widgets and in table cells."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel

from visitapp.ui import look
from visitapp.ui.icons import paint_icon
from visitapp.ui.style import show_if
from visitapp.ui.widgets.states import TONE_GROUND, TONE_LINE, TONE_TEXT, StateLook

_HEIGHT = 22
_TAG_HEIGHT = 20


def chip_size(state: StateLook) -> QSize:
    """The size of a chip, px."""
    width = QFontMetrics(look.font("caption")).horizontalAdvance(state.word) + look.px(20)
    return QSize(width + (look.px(18) if state.icon else 0) + 1, look.px(_HEIGHT))


def paint_chip(painter: QPainter, left: int, middle: int, state: StateLook) -> None:
    """Draw a chip from ``left``, centred on ``middle``."""
    size = chip_size(state)
    rect = QRectF(left + 0.5, middle - size.height() // 2 + 0.5, size.width() - 1, size.height() - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(TONE_LINE[state.tone]), 1))
    painter.setBrush(look.colour(TONE_GROUND[state.tone]))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    text = TONE_TEXT[state.tone]
    inner = left + look.px(9)
    if state.icon:
        edge = look.px(14)
        paint_icon(painter, state.icon, QRect(inner, middle - edge // 2, edge, edge), text)
        inner += look.px(18)
    painter.setFont(look.font("caption"))
    painter.setPen(look.colour(text))
    painter.drawText(
        QRectF(inner, rect.top(), rect.right() - inner, rect.height()),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        state.word,
    )
    painter.restore()


class Chip(QLabel):
    """A state as icon and word; never clickable."""

    def __init__(self, state: StateLook | None = None) -> None:
        super().__init__()
        self._state = state
        self.set_state(state)

    def set_state(self, state: StateLook | None) -> None:
        """Show another state; None hides the chip."""
        self._state = state
        show_if(self, state is not None)
        if state is not None:
            self.setFixedSize(chip_size(state))
            self.setAccessibleName(state.word)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is not None:
            paint_chip(QPainter(self), 0, self.height() // 2, self._state)


def tag_size(text: str) -> QSize:
    """The size of a tag, px."""
    return QSize(QFontMetrics(look.font("caption")).horizontalAdvance(text) + look.px(14), look.px(_TAG_HEIGHT))


def paint_tag(painter: QPainter, left: int, middle: int, text: str, style: str = "outlined") -> None:
    """Draw a tag from ``left``, centred on ``middle``; ``style``: outlined, filled (区) or dashed (推定・要確認)."""
    size = tag_size(text)
    rect = QRectF(left + 0.5, middle - size.height() // 2 + 0.5, size.width() - 1, size.height() - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.colour("text2" if style == "filled" else "borderS"), 1)
    if style == "dashed":
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(look.colour("text2") if style == "filled" else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, look.px(3), look.px(3))
    painter.setFont(look.font("caption"))
    painter.setPen(look.colour("surface" if style == "filled" else "text2"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class Tag(QLabel):
    """A provider, a kind, 推定, 要確認."""

    def __init__(self, text: str, style: str = "outlined") -> None:
        super().__init__()
        self._text, self._style = text, style
        self.setAccessibleName(text)
        self.setFixedSize(tag_size(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_tag(QPainter(self), 0, self.height() // 2, self._text, self._style)
