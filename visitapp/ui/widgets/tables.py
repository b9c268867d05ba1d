"""Lists: a model over ids with frozen rows, a proxy that searches and sorts, a view that looks like ours.

A column is a value (``Column``): its head, what it shows and sorts by, and how it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from visitapp.ui import look
from visitapp.ui.tokens import ROW
from visitapp.ui.widgets.cells import CELL_ROLE, ID_ROLE, NOTHING, SORT_ROLE, Cell, CellDelegate, Index

T = TypeVar("T")
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """``cell`` makes a row's cell; ``width`` in body characters (0: takes what is left); ``right`` for numbers.

    ``optional`` columns go when the window is narrow.
    """

    id: str
    head: str
    cell: Callable[[T], Cell]
    width: float = 0
    right: bool = False
    optional: bool = False


class RowsModel(QAbstractTableModel, Generic[T]):
    """Frozen rows in the order given, each with its id."""

    def __init__(self, columns: Sequence[Column[T]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._ids: tuple[str, ...] = ()
        self._rows: Mapping[str, T] = {}

    def set_rows(self, rows: Sequence[tuple[str, T]]) -> None:
        """Show these rows. The same ids in the same order keep selection and scroll position."""
        ids = tuple(row_id for row_id, _row in rows)
        if ids == self._ids:
            self._rows = dict(rows)
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._ids, self._rows = ids, dict(rows)
        self.endResetModel()

    def row_of(self, row_id: str) -> int:
        """The place of an id, -1 when it is not here."""
        return self._ids.index(row_id) if row_id in self._rows else -1

    def at(self, row: int) -> T:
        """The row at a place. Raises IndexError."""
        return self._rows[self._ids[row]]

    def get(self, row_id: str) -> T | None:
        """The row of an id."""
        return self._rows.get(row_id)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == ID_ROLE:
            return self._ids[index.row()]
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (CELL_ROLE, SORT_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return _cell_data(column.cell(self.at(index.row())), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def _cell_data(cell: Cell, role: int) -> Any:
    if role == CELL_ROLE:
        return cell
    shown = cell.chip.word if cell.chip is not None else cell.text
    if role == SORT_ROLE:
        return cell.sort if cell.sort is not None else shown
    return f"{shown} {cell.below}" if cell.below and role == Qt.ItemDataRole.AccessibleTextRole else shown


class Sieve(QSortFilterProxyModel):
    """Shows the rows that pass, sorted by the cells' sort values; missing values always come last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passes: Callable[[Any], bool] | None = None

    def set_filter(self, passes: Callable[[Any], bool] | None) -> None:
        """Show only rows for which ``passes(row)`` holds; None shows all."""
        self.beginFilterChange()
        self._passes = passes
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        model = self.sourceModel()
        if self._passes is None or not isinstance(model, RowsModel):
            return True
        return self._passes(model.at(row))

    def lessThan(self, left: Index, right: Index) -> bool:
        first, second = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if _missing(first) or _missing(second):
            ascending = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return _missing(second) and not _missing(first) if ascending else _missing(first) and not _missing(second)
        if isinstance(first, type(second)) or isinstance(second, type(first)):
            return bool(first < second)
        return str(first) < str(second)


def _missing(value: object) -> bool:
    return value in (None, "", NOTHING)


class Table(QTableView):
    """A list of rows. ``opened`` (id) on Enter or double click, ``selected`` (id) when another row is current."""

    opened = Signal(str)
    selected = Signal(str)

    def __init__(self, columns: Sequence[Column[Any]], name: str) -> None:
        super().__init__()
        self.rows: RowsModel[Any] = RowsModel(columns, self)
        self.sieve = Sieve(self)
        self.sieve.setSourceModel(self.rows)
        self.sieve.setSortRole(SORT_ROLE)
        self.setModel(self.sieve)
        self.touched = False
        """Whether a person has arranged the columns: only then they are worth remembering."""
        self._fitting = True
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._set_up_heads()
        self.doubleClicked.connect(lambda _index: self._open_current())
        self.selectionModel().currentRowChanged.connect(lambda new, _old: self._tell(new))

    def _set_up_heads(self) -> None:
        down = self.verticalHeader()
        down.hide()
        down.setDefaultSectionSize(look.px(ROW["table"]) + 1)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setFont(look.font("caption", bold=True))
        head.setFixedHeight(look.px(ROW["head"]))
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setMinimumSectionSize(look.px(32))
        for place, column in enumerate(self.rows.columns):
            stretches = QHeaderView.ResizeMode.Interactive if column.width else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(place, stretches)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._fitting = False
        head.sectionMoved.connect(lambda *_places: self._note_touch())
        head.sortIndicatorChanged.connect(lambda *_order: self._note_touch())
        head.sectionResized.connect(lambda *_sizes: self._note_resize())

    def set_rows(self, rows: Sequence[tuple[str, Any]]) -> None:
        """Show these rows, keeping the selected id and what is in view."""
        kept, scroll = self.current_id(), self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        self._fit_columns()
        if kept:
            self.select(kept)
        self.verticalScrollBar().setValue(scroll)

    def _fit_columns(self) -> None:
        """Give each column what its cells need; optional ones only what the others leave, or nothing.

        Widths a person has set stay; optional columns give way all the same.
        """
        needed = {place: self._needed(place) for place in range(len(self.rows.columns))}
        fixed = [place for place, column in enumerate(self.rows.columns) if not column.optional]
        spare = self.viewport().width() - sum(needed[place] for place in fixed)
        for place, column in enumerate(self.rows.columns):
            least = self._least(place)
            if column.optional:
                self.setColumnHidden(place, spare < least)
                wanted = min(needed[place], max(least, spare))
                spare -= 0 if self.isColumnHidden(place) else wanted
            else:
                wanted = needed[place]
            if column.width and not self.touched and not self.isColumnHidden(place):
                self._fitting = True
                self.horizontalHeader().resizeSection(place, wanted)
                self._fitting = False

    def _least(self, place: int) -> int:
        """The width a column is given at least."""
        column = self.rows.columns[place]
        head = look.measure("caption", column.head, bold=True) + look.px(38)
        return max(look.em(column.width or 9), head)

    def _needed(self, place: int) -> int:
        """The width in which nothing of a column is cut, within reason."""
        if self.touched and self.columnWidth(place) and self.rows.columns[place].width:
            return self.columnWidth(place)
        return max(self._least(place), min(self.sizeHintForColumn(place), look.em(18)))

    def _note_resize(self) -> None:
        # Columns also change width with the window; only a hand on the mouse is a wish.
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton and not self._fitting:
            self.touched = True

    def _note_touch(self) -> None:
        self.touched = self.touched or not self._fitting

    def minimumSizeHint(self) -> QSize:
        """The head and the better part of a row: it scrolls."""
        return QSize(look.px(160), look.px(56))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def current_id(self) -> str:
        """The id of the selected row, "" for none."""
        index = self.currentIndex()
        return str(index.data(ID_ROLE)) if index.isValid() else ""

    def select(self, row_id: str) -> bool:
        """Select a row by id; False when it is not shown."""
        place = self.rows.row_of(row_id)
        index = self.sieve.mapFromSource(self.rows.index(place, 0)) if place >= 0 else QModelIndex()
        if index.isValid():
            self.setCurrentIndex(index)
        return index.isValid()

    def select_first(self) -> None:
        """Select the first row shown, if nothing is."""
        if not self.currentIndex().isValid() and self.sieve.rowCount():
            self.setCurrentIndex(self.sieve.index(0, 0))

    def shown(self) -> int:
        """How many rows pass the filter."""
        return self.sieve.rowCount()

    def columns_state(self) -> QByteArray:
        """Order, widths and sorting, to be remembered."""
        return self.horizontalHeader().saveState()

    def restore_columns(self, state: QByteArray) -> None:
        """Take remembered columns back; a state of other columns is left aside."""
        if not state.isEmpty():
            self.touched = True
            self.horizontalHeader().restoreState(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open_current()
            return
        super().keyPressEvent(event)

    def _open_current(self) -> None:
        if found := self.current_id():
            self.opened.emit(found)

    def _tell(self, index: Index) -> None:
        if index.isValid():
            self.selected.emit(str(index.data(ID_ROLE)))


__all__ = ["ID_ROLE", "NOTHING", "Cell", "Column", "RowsModel", "Sieve", "Table"]
