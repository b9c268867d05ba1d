"""A choice as a card: radio, icon, title, a few lines; large enough for a finger."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from visitapp.ui import look
from visitapp.ui.icons import paint_icon
from visitapp.ui.style import paint_radio
from visitapp.ui.widgets.texts import lines_of


class ChoiceCard(QAbstractButton):
    """One of several (put them into a ``QButtonGroup``). ``large`` for the first page of the set-up.

    ``mark_icon`` stands at the right end of a chosen card.
    """

    def __init__(self, title: str, text: str, icon_name: str, *, large: bool = False, mark_icon: str = "") -> None:
        super().__init__()
        self._large, self._icon_name, self._mark = large, icon_name, mark_icon
        self._note = text
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, title: str, text: str) -> None:
        """Other words."""
        self._note = text
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def _left(self) -> int:
        return look.px(106 if self._large else 70)

    def _note_lines(self, width: int) -> list[str]:
        return lines_of(self._note, look.font("body" if self._large else "caption"), width - self._left() - look.px(40))

    def heightForWidth(self, width: int) -> int:
        edge = look.px(34 if self._large else 10)
        return edge + look.line("option" if self._large else "body") + self._note_height(width)

    def hasHeightForWidth(self) -> bool:
        return True

    def _note_height(self, width: int) -> int:
        return look.line("body" if self._large else "caption") * len(self._note_lines(width))

    def sizeHint(self) -> QSize:
        width = look.px(460)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(240), self.heightForWidth(max(self.width(), look.px(240))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, usable = self.isChecked(), self.isEnabled()
        weight = 2 if chosen else 1
        edge = "accent" if chosen else ("borderS" if usable and (self._large or self.underMouse()) else "border")
        painter.setPen(QPen(look.colour(edge), weight))
        painter.setBrush(look.colour("accentSoft" if chosen else "surface"))
        half = weight / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), look.px(4), look.px(4))
        middle = self.height() // 2
        side = look.px(20)
        at = look.px(19 if self._large else 13)
        paint_radio(painter, QRect(at, middle - side // 2, side, side), chosen, usable)
        big = look.px(36 if self._large else 18)
        place = look.px(54 if self._large else 42)
        paint_icon(painter, self._icon_name, QRect(place, middle - big // 2, big, big), "accent" if chosen else "text2")
        self._paint_words(painter, chosen, usable)
        if chosen and self._mark:
            tick = look.px(18)
            paint_icon(
                painter, self._mark, QRect(self.width() - tick - look.px(12), middle - tick // 2, tick, tick), "ok"
            )

    def _paint_words(self, painter: QPainter, chosen: bool, usable: bool) -> None:
        step, below = ("option", "body") if self._large else ("body", "caption")
        lines = self._note_lines(self.width())
        height = look.line(step) + look.line(below) * len(lines)
        top = (self.height() - height) // 2
        left, width = self._left(), self.width() - self._left() - look.px(12)
        painter.setFont(look.font(step, bold=self._large or chosen))
        painter.setPen(look.colour("text" if usable else "text3"))
        painter.drawText(QRect(left, top, width, look.line(step)), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(look.font(below))
        painter.setPen(look.colour("text2"))
        top += look.line(step)
        for line in lines:
            painter.drawText(QRect(left, top, width, look.line(below)), Qt.AlignmentFlag.AlignVCenter, line)
            top += look.line(below)
