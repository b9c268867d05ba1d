"""A cell of a list: what stands in it, and how it is drawn (one line, two lines, or a chip)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from visitapp.ui import look
from visitapp.ui.tokens import ROW
from visitapp.ui.widgets.chips import chip_size, paint_chip
from visitapp.ui.widgets.states import TONE_TEXT, StateLook

Index = QModelIndex | QPersistentModelIndex
NOTHING = "—"
"""What an empty value shows: never blank."""

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
ID_ROLE = Qt.ItemDataRole.UserRole + 2
SORT_ROLE = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: one line, or two, or a chip. ``tone``: "", text2, text3, accent, ok, warn, err."""

    text: str = NOTHING
    below: str = ""
    chip: StateLook | None = None
    tone: str = ""
    bold: bool = False
    sort: object = None


class CellDelegate(QStyledItemDelegate):
    """Draws a cell: text, two lines or a chip; the bar of the selected row; the line under it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.colour("accentSoft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("surface2"))
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected and _is_first(self.parent(), index):
            painter.fillRect(QRect(rect.left(), rect.top(), look.px(3), rect.height()), look.colour("accent"))
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell):
            inner = rect.adjusted(look.px(10), 0, -look.px(10), -1)
            right = bool(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
            _paint_cell(painter, inner, cell, right, selected)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = index.data(CELL_ROLE)
        height = look.px(ROW["table"])
        if not isinstance(cell, Cell):
            return QSize(0, height)
        if cell.chip is not None:
            return QSize(chip_size(cell.chip).width() + look.px(20), height)
        widths = [look.measure("body", cell.text, bold=True), look.measure("caption", cell.below)]
        return QSize(max(widths) + look.px(21), height)


def _is_first(view: object, index: Index) -> bool:
    if not isinstance(view, QTableView):
        return index.column() == 0
    header = view.horizontalHeader()
    shown = [place for place in range(header.count()) if not header.isSectionHidden(header.logicalIndex(place))]
    return bool(shown) and header.logicalIndex(shown[0]) == index.column()


def _paint_cell(painter: QPainter, rect: QRect, cell: Cell, right: bool, selected: bool) -> None:
    if cell.chip is not None:
        paint_chip(painter, rect.left(), rect.center().y() + 1, cell.chip)
        return
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    tone = TONE_TEXT.get(cell.tone, cell.tone) or "text"
    if cell.text == NOTHING:
        tone = "text3"
    upper = QRect(rect)
    if cell.below:
        upper.setHeight(rect.height() // 2 + look.px(2))
        lower = QRect(rect.left(), upper.bottom() - look.px(2), rect.width(), rect.height() - upper.height())
        _line(painter, lower, cell.below, "caption", "text2", side, bold=False)
    _line(painter, upper, cell.text, "body", tone, side, bold=cell.bold or (selected and bool(cell.below)))


def _line(
    painter: QPainter, rect: QRect, text: str, step: str, token: str, side: Qt.AlignmentFlag, *, bold: bool
) -> None:
    painter.setFont(look.font(step, bold=bold))
    painter.setPen(look.colour(token))
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
