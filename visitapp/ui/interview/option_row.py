"""One option of a question, painted: box, label, number key (ui/README section 4, option row)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from visitapp.ui import look
from visitapp.ui.style import paint_check, paint_radio
from visitapp.ui.tokens import RADIUS

_PADDING = 10
_BOX = 22
_GAP = 10
_KEY = 28


class OptionRow(QAbstractButton):
    """A tick box or radio button with its number. ``name`` is the choice's name in the form.

    ``dense`` is the form for three columns. The input method is off, so that a digit arrives as a digit.
    """

    def __init__(self, name: str, label: str, number: int, *, single: bool, dense: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.single = single
        self._number = number
        self._dense = dense
        self._type = "answer" if dense else "option"
        self._extra: QWidget | None = None
        self.setText(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_extra(self, field: QWidget | None) -> None:
        """Put a field (the text of その他) into the row, after the label."""
        self._extra = field
        if field is not None:
            field.setParent(self)
            field.show()
            self._place_extra()

    @property
    def extra(self) -> QWidget | None:
        """The field in the row, if any."""
        return self._extra

    # -- size -------------------------------------------------------------------------------------------------
    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        least = look.px(40 if self._dense else 44)
        text = self._layout(self._label_width(width), bold=True)
        return max(least, round(text.boundingRect().height()) + look.px(10))

    def lines_at(self, width: int) -> int:
        """How many lines the label takes in a row of this width."""
        return self._layout(self._label_width(width), bold=True).lineCount()

    def sizeHint(self) -> QSize:
        width = look.measure(self._type, self.text(), bold=True) + self._beside()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._beside() + look.px(64), look.px(40))

    def _beside(self) -> int:
        return look.px(_PADDING * 2 + _BOX + _GAP + _KEY)

    def _label_width(self, width: int) -> int:
        if self._extra is not None:
            return look.measure(self._type, self.text(), bold=True) + 2
        return max(1, width - self._beside())

    def _layout(self, width: int, *, bold: bool) -> QTextLayout:
        font = look.font(self._type, bold=bold)
        text = QTextLayout(self.text(), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        text.setTextOption(option)
        step = look.px(20 if self._dense else 22)
        text.beginLayout()
        top = 0.0
        while (line := text.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + (step - line.height()) / 2))
            top += step
        text.endLayout()
        return text

    # -- painting ---------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_box(painter)
        text = self._layout(self._label_width(self.width()), bold=self.isChecked())
        lines = text.lineCount() * look.px(20 if self._dense else 22)
        painter.setPen(look.colour("text" if self.isEnabled() else "text3"))
        text.draw(painter, QPointF(self._label_left(), (self.height() - lines) / 2))
        painter.setPen(look.colour("text2" if self.isChecked() else "text3"))
        painter.setFont(look.font("body", bold=self.isChecked()))
        key = QRect(0, 0, self.width() - look.px(_PADDING), self.height())
        painter.drawText(key, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self._number))
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        chosen = self.isChecked()
        width = look.px(2) if chosen else 1
        edge = "accent" if chosen else ("borderS" if self._hovered() else "border")
        ground = "accentSoft" if chosen else ("surface2" if self._hovered() else "surface")
        painter.setPen(QPen(look.colour(edge), width))
        painter.setBrush(look.colour(ground))
        rect = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(rect, look.px(RADIUS["control"]), look.px(RADIUS["control"]))

    def _paint_box(self, painter: QPainter) -> None:
        size = look.px(_BOX)
        box = QRect(look.px(_PADDING), (self.height() - size) // 2, size, size)
        draw = paint_radio if self.single else paint_check
        draw(painter, box, self.isChecked(), self.isEnabled())

    def _hovered(self) -> bool:
        return self.isEnabled() and self.underMouse()

    def _label_left(self) -> int:
        return look.px(_PADDING + _BOX + _GAP)

    # -- behaviour --------------------------------------------------------------------------------------------
    def nextCheckState(self) -> None:
        """The grid decides what is chosen; a press alone changes nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Only Space presses; arrows, digits and Enter belong to the grid and the room.
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_extra()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _place_extra(self) -> None:
        if self._extra is None:
            return
        metrics = QFontMetrics(look.font(self._type, bold=True))
        left = self._label_left() + metrics.horizontalAdvance(self.text()) + look.px(14)
        height = look.px(36)
        right = self.width() - look.px(_PADDING + _KEY)
        self._extra.setGeometry(left, (self.height() - height) // 2, max(right - left, 0), height)
