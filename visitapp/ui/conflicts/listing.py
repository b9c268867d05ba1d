"""The list of conflicts: kind, when, company, what, both values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.conflicts import words
from visitapp.ui.widgets.chips import chip_size, paint_chip
from visitapp.ui.widgets.states import StateLook
from visitapp.ui.widgets.texts import lines_of

if TYPE_CHECKING:
    from visitapp.commands.cases import Case

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
CASE_ROLE = Qt.ItemDataRole.UserRole + 1


def case_id(case: Case) -> str:
    """What tells cases apart: the field while it is open, the decision afterwards."""
    return case.settlement.change.id if case.settlement is not None else case.key


class CaseModel(QAbstractListModel):
    """Cases in the order given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases: tuple[Case, ...] = ()

    def set_cases(self, cases: Sequence[Case]) -> None:
        """Show these."""
        self.beginResetModel()
        self._cases = tuple(cases)
        self.endResetModel()

    def row_of(self, wanted: str) -> int:
        """The place of a case by its id, -1 when it is not here."""
        return next((row for row, case in enumerate(self._cases) if case_id(case) == wanted), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._cases)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._cases):
            return None
        case = self._cases[index.row()]
        if role == CASE_ROLE:
            return case
        if role == Qt.ItemDataRole.DisplayRole:
            return words.company(case)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "、".join((words.kind_look(case).word, words.company(case), words.item(case), words.both(case)))
        return None


class CaseDelegate(QStyledItemDelegate):
    """Paints one case."""

    def __init__(self, view: QListView, today: date) -> None:
        super().__init__(view)
        self._view, self._today = view, today

    def _item_lines(self, case: Case, width: int) -> list[str]:
        return lines_of(words.item(case), look.font("small"), width - look.px(28))[:2]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        lines = len(self._item_lines(index.data(CASE_ROLE), width))
        return QSize(width, look.px(20) + look.px(26) + look.line("body") + look.line("small") * (lines + 1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        case: Case = index.data(CASE_ROLE)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("accentSoft"))
            painter.fillRect(QRect(rect.left(), rect.top(), look.px(3), rect.height()), look.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("surface2"))
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(look.px(14), look.px(10), -look.px(14), -look.px(8))
        chip = words.kind_look(case) if case.settlement is None else StateLook(tr("解決済み"), "check", "ok")
        paint_chip(painter, inner.left(), inner.top() + look.px(11), chip)
        when = words.short(case.settlement or case.sides[0], self._today)
        right = QRect(
            inner.left() + chip_size(chip).width(), inner.top(), inner.width() - chip_size(chip).width(), look.px(22)
        )
        self._line(painter, right, when, "caption", "text2", Qt.AlignmentFlag.AlignRight)
        top = inner.top() + look.px(26)
        self._line(painter, self._at(inner, top, "body"), words.company(case), "body", "text", bold=True)
        top += look.line("body")
        for text in self._item_lines(case, rect.width()):
            self._line(painter, self._at(inner, top, "small"), text, "small", "text")
            top += look.line("small")
        self._line(painter, self._at(inner, top, "small"), words.both(case), "small", "text2")

    @staticmethod
    def _at(inner: QRect, top: int, step: str) -> QRect:
        return QRect(inner.left(), top, inner.width(), look.line(step))

    @staticmethod
    def _line(
        painter: QPainter, rect: QRect, text: str, step: str, token: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft, *, bold: bool = False,
    ) -> None:  # fmt: skip
        painter.setFont(look.font(step, bold=bold))
        painter.setPen(look.colour(token))
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)


class CaseList(QListView):
    """``selected`` with the current case (None for none)."""

    selected = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.cases = CaseModel(self)
        self.setModel(self.cases)
        self.setItemDelegate(CaseDelegate(self, today))
        self.setAccessibleName(tr("競合の一覧"))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.selectionModel().currentChanged.connect(lambda new, _old: self.selected.emit(new.data(CASE_ROLE)))

    def show_cases(self, cases: Sequence[Case], wanted: str = "") -> None:
        """Show these; ``wanted`` (an id) or what stands in the same place becomes current."""
        place = max(0, self.currentIndex().row())
        self.cases.set_cases(cases)
        row = self.cases.row_of(wanted)
        if row < 0:
            row = min(place, len(cases) - 1)
        if cases:
            self.setCurrentIndex(self.cases.index(row))
        else:
            self.selected.emit(None)

    def current(self) -> Case | None:
        """The current case."""
        found: Case | None = self.currentIndex().data(CASE_ROLE)
        return found

    def step(self) -> None:
        """To the next one; from the last to the first."""
        count = self.cases.rowCount()
        if count:
            self.setCurrentIndex(self.cases.index((self.currentIndex().row() + 1) % count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
