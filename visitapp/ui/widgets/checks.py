"""Check box: 22 px box with a tick, its words beside it, wrapping."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox

from visitapp.ui import look
from visitapp.ui.style import paint_check

_BOX = 20


class CheckBox(QCheckBox):
    """A tick and its word; the whole is the target."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFont(look.font("body"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        words = look.measure("body", self.text()) + look.px(10) if self.text() else 0
        return QSize(look.px(_BOX) + words + look.px(2), look.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = look.px(_BOX)
        paint_check(painter, QRect(1, (self.height() - side) // 2, side, side), self.isChecked(), self.isEnabled())
        painter.setFont(self.font())
        painter.setPen(look.colour("text" if self.isEnabled() else "text3"))
        words = self.rect().adjusted(side + look.px(10), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
