"""Horizontal bars of one row, painted from the tokens: label left and never cut, value right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitapp.exports.notation import option_text
from visitapp.i18n import language, tr
from visitapp.tabulation.table import by_value, percent
from visitapp.ui import look
from visitapp.ui.widgets.texts import lines_of

if TYPE_CHECKING:
    from visitapp.tabulation.table import Cell, Row

_GAP = 3


def bars_of(row: Row, multiple: bool) -> tuple[Cell, ...]:
    """Several answers by falling count, single ones (bands, scales) in printed order; 合計 is no bar."""
    return by_value(row) if multiple else tuple(cell for cell in row.cells if cell.role != "total" and cell.present)


class BarChart(QWidget):
    """``show_row`` draws a row; その他 and 無回答 are lighter."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: tuple[Cell, ...] = ()
        self._n = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("棒グラフ"))

    def show_row(self, row: Row | None, multiple: bool) -> None:
        """Draw another row; None draws nothing."""
        self._cells = tuple(cell for cell in bars_of(row, multiple) if cell.present) if row is not None else ()
        self._n = row.n if row is not None else 0
        self.setAccessibleDescription("、".join(f"{option_text(cell)} {self._value(cell)}" for cell in self._cells))
        self.updateGeometry()
        self.update()

    def _value(self, cell: Cell) -> str:
        return tr("{p}（{n}）", p=percent(cell.count, self._n), n=f"{cell.count:,}")

    def _label_width(self, width: int) -> int:
        wanted = max((look.measure("small", option_text(cell)) for cell in self._cells), default=0)
        return min(wanted + look.px(2), width * 45 // 100)

    def _lines(self, cell: Cell, width: int) -> list[str]:
        return lines_of(option_text(cell), look.font("small"), self._label_width(width))

    def _height(self, cell: Cell, width: int) -> int:
        return look.line("small") * len(self._lines(cell, width)) + look.px(_GAP)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._height(cell, width) for cell in self._cells) + look.px(4)

    def sizeHint(self) -> QSize:
        width = max(self.width(), look.px(320))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(240), self.heightForWidth(max(self.width(), look.px(240))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        label_width = self._label_width(self.width())
        value_width = max((look.measure("small", self._value(cell)) for cell in self._cells), default=0) + look.px(10)
        left = label_width + look.px(10)
        room = max(look.px(20), self.width() - left - value_width)
        most = max((cell.count for cell in self._cells), default=0) or 1
        top = 0
        for cell in self._cells:
            height = self._height(cell, self.width())
            self._label(painter, cell, QRect(0, top, label_width, height))
            length = room * cell.count / most
            bar = QRectF(left, top + look.px(2), length, height - look.px(_GAP + 4))
            painter.fillRect(bar, look.colour("chart1" if cell.role == "" else "chart2"))
            painter.setPen(look.colour("text"))
            painter.setFont(look.font("small"))
            place = QRect(left + room, top, value_width, height - look.px(_GAP))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._value(cell))
            top += height
        painter.fillRect(QRect(left - 1, 0, 1, top), look.colour("borderS"))

    def _label(self, painter: QPainter, cell: Cell, rect: QRect) -> None:
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("small"))
        top = rect.top()
        for line in self._lines(cell, self.width()):
            box = QRect(rect.left(), top, rect.width(), look.line("small"))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line)
            top += look.line("small")


def sentence(row: Row, multiple: bool) -> str:
    """What the report says of a row: the first place, then the second; "" when nobody answered."""
    ranked = [cell for cell in by_value(row) if cell.role == "" and cell.count]
    if not ranked or not row.n:
        return ""
    first = [cell for cell in ranked if cell.count == ranked[0].count]
    rest = [cell for cell in ranked if cell.count < ranked[0].count]
    told = {"first": _names(first), "p": percent(first[0].count, row.n)}
    if not rest:
        return tr("{first}が{p}％で最も多くなっている。", **told)
    second = [cell for cell in rest if cell.count == rest[0].count]
    return tr("{first}が{p}％で最も多く、次いで{second}が{q}％となっている。", **told, second=_names(second),
              q=percent(second[0].count, row.n))  # fmt: skip


def _names(cells: list[Cell]) -> str:
    # Japanese brackets stand side by side; other languages need something between.
    between = "" if language() == "ja" else ", "
    return between.join(tr("「{words}」", words=option_text(cell).replace("\u200b", "")) for cell in cells)
