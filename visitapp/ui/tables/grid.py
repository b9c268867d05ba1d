"""The table as the report prints it: two lines a cell, first places shaded and bold, a thick line under 全体."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from visitapp.exports.notation import option_text, row_text
from visitapp.i18n import tr
from visitapp.tabulation.table import ALL, first_places, percent
from visitapp.ui import look
from visitapp.ui.widgets.basics import label
from visitapp.ui.widgets.texts import lines_of

if TYPE_CHECKING:
    from visitapp.tabulation.table import Row, Table

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
ABSENT = "－"


@dataclass(frozen=True, slots=True)
class GridCell:
    """``upper`` count, ``lower`` percent ("" for one line); ``row`` and ``option`` are the indices in the table."""

    upper: str
    lower: str
    row: int
    option: int
    first: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Heads across, labels down, cells by row. ``all_rows``: rows for everybody (thick line below)."""

    corner: str
    heads: tuple[str, ...]
    labels: tuple[str, ...]
    cells: tuple[tuple[GridCell, ...], ...]
    all_rows: frozenset[int]


def grid_of(table: Table) -> Grid:
    """A cross table as it is; one-way and series with their options downwards."""
    return _cross(table) if table.kind == "cross" else _list(table)


def _cell(row: Row, place: int, option: int, firsts: frozenset[int]) -> GridCell:
    cell = row.cells[option]
    if not cell.present:
        return GridCell(ABSENT, "", place, option, quiet=True)
    share = str(percent(cell.count, row.n))
    return GridCell(f"{cell.count:,}", share, place, option, option in firsts, cell.role == "total")


def _cross(table: Table) -> Grid:
    cells = []
    for place, row in enumerate(table.rows):
        firsts = first_places(row)
        cells.append(tuple(_cell(row, place, option, firsts) for option in range(len(row.cells))))
    heads = tuple(option_text(cell) for cell in table.rows[0].cells)
    whole = frozenset(place for place, row in enumerate(table.rows) if row.label == ALL)
    return Grid(table.side, heads, tuple(row_text(row) for row in table.rows), tuple(cells), whole)


def _list(table: Table) -> Grid:
    firsts = [first_places(row) for row in table.rows]
    options = range(len(table.rows[0].cells))
    labels = tuple(option_text(table.rows[0].cells[option]) for option in options)
    if table.kind == "one_way":
        row = table.rows[0]
        whole = (GridCell(f"{row.n:,}", "", 0, -1, quiet=True), GridCell("100.0", "", 0, -1, quiet=True))
        cells = [whole, *(_halves(_cell(row, 0, option, firsts[0])) for option in options)]
        return Grid(
            tr("選択肢"), (tr("回答数"), tr("割合（％）")), (tr("母数（n）"), *labels), tuple(cells), frozenset({0})
        )
    heads = tuple(tr("{label}（n={n}）", label=row_text(row), n=f"{row.n:,}") for row in table.rows)
    down = tuple(
        tuple(_cell(row, place, option, firsts[place]) for place, row in enumerate(table.rows)) for option in options
    )
    return Grid(tr("選択肢"), heads, labels, down, frozenset())


def _halves(cell: GridCell) -> tuple[GridCell, GridCell]:
    """Count and percent side by side."""
    below = GridCell(cell.lower or ABSENT, "", cell.row, cell.option, cell.first, quiet=True)
    return GridCell(cell.upper, "", cell.row, cell.option, cell.first), below


def as_text(grid: Grid) -> str:
    """The cells between tabs, counts above percentages, for another program's sheet."""
    lines = [[grid.corner, *grid.heads]]
    for name, cells in zip(grid.labels, grid.cells, strict=True):
        lines.append([name, *(cell.upper.replace(",", "") for cell in cells)])
        if any(cell.lower for cell in cells):
            lines.append(["", *(cell.lower for cell in cells)])
    return "\n".join("\t".join(_plain(text) for text in line) for line in lines) + "\n"


def _plain(text: str) -> str:
    return " ".join(text.split())


class GridModel(QAbstractTableModel):
    """A table's cells; the row labels are the vertical header, so that they stay in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid("", (), (), (), frozenset())
        self.shade = True
        self.hide_zero = False

    def show(self, grid: Grid) -> None:
        """Show another table."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def set_look(self, *, shade: bool, hide_zero: bool) -> None:
        """Shade first places or not; leave 0.0 out or not."""
        self.shade, self.hide_zero = shade, hide_zero
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.grid.labels)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.grid.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.grid.cells):
            return None
        cell = self.grid.cells[index.row()][index.column()]
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{cell.upper}\n{cell.lower}" if cell.lower else cell.upper
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head, label = self.grid.heads[index.column()], self.grid.labels[index.row()]
            share = tr("、{p}％", p=cell.lower) if cell.lower else ""
            first = tr("、第1位") if cell.first else ""
            return f"{label}、{head}、{cell.upper}{share}{first}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        texts = self.grid.heads if orientation == Qt.Orientation.Horizontal else self.grid.labels
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(texts):
            return texts[section]
        return None


class _CellDelegate(QStyledItemDelegate):
    """Count above percent, right-aligned; the first place on its own ground."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        cell: GridCell = index.data(CELL_ROLE)
        model = index.model()
        shade = isinstance(model, GridModel) and model.shade and cell.first
        hide = isinstance(model, GridModel) and model.hide_zero and cell.upper == "0"
        if shade:
            painter.fillRect(rect, look.colour("rank"))
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("accentSoft"))
        if isinstance(model, GridModel) and index.row() in model.grid.all_rows:
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width() + 1, 2), look.colour("borderS"))
        if not hide:
            self._texts(painter, rect.adjusted(look.px(4), 0, -look.px(8), 0), cell, bold=shade)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _texts(self, painter: QPainter, rect: QRect, cell: GridCell, *, bold: bool) -> None:
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font("small", bold=bold))
        painter.setPen(look.colour("text2" if cell.quiet and not bold else "text"))
        if not cell.lower:
            painter.drawText(rect, side, cell.upper)
            return
        half = rect.height() // 2
        painter.drawText(QRect(rect.left(), rect.top() + look.px(1), rect.width(), half), side, cell.upper)
        painter.setPen(look.colour("text" if bold else "text2"))
        painter.drawText(QRect(rect.left(), rect.top() + half, rect.width(), half - look.px(1)), side, cell.lower)


class _Head(QHeaderView):
    """Heads wrap and stand at the bottom; they are never cut."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(look.px(24))
        self._across = orientation == Qt.Orientation.Horizontal

    def lines(self, section: int, width: int) -> list[str]:
        """The head in lines that fit."""
        text = str(self.model().headerData(section, self.orientation()) or "")
        return lines_of(text, look.font("small", bold=not self._across), width - look.px(14))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        painter.save()
        painter.fillRect(rect, look.colour("surface2"))
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model = self.model()
        whole = not self._across and isinstance(model, GridModel) and section in model.grid.all_rows
        if whole:
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width() + 1, 2), look.colour("borderS"))
        lines = self.lines(section, rect.width())
        height = look.line("small") * len(lines)
        top = rect.bottom() - height - look.px(4) if self._across else rect.center().y() - height // 2
        painter.setFont(look.font("small", bold=whole))
        painter.setPen(look.colour("text2" if self._across else "text"))
        side = Qt.AlignmentFlag.AlignHCenter if self._across else Qt.AlignmentFlag.AlignLeft
        for line in lines:
            box = QRect(rect.left() + look.px(7), top, rect.width() - look.px(14), look.line("small"))
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, line)
            top += look.line("small")
        painter.restore()


class GridView(QTableView):
    """``row_chosen`` (index of the table's row) as the current cell moves; ``opened`` (GridCell) on Enter."""

    row_chosen = Signal(int)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cells = GridModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(_CellDelegate(self))
        self.setHorizontalHeader(_Head(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Head(Qt.Orientation.Vertical, self))
        self.setCornerButtonEnabled(False)
        self.setShowGrid(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(tr("集計表"))
        self._corner = label("", "small", tone="text2", wrap=True)
        self._corner.setParent(self)
        self._corner.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        self._corner.setContentsMargins(look.px(7), 0, look.px(7), look.px(4))
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(lambda new, _old: self._tell(new))

    def show_grid(self, grid: Grid) -> None:
        """Show a table, its columns as wide as the room allows and their heads need."""
        self.cells.show(grid)
        self.fit()
        if grid.cells:
            self.setCurrentIndex(self.cells.index(0, 0))

    def set_look(self, *, shade: bool, hide_zero: bool) -> None:
        """As the model's."""
        self.cells.set_look(shade=shade, hide_zero=hide_zero)

    def fit(self) -> None:
        """Share the width out: labels what they need up to a third, columns evenly, never under what they hold."""
        grid = self.cells.grid
        if not grid.heads:
            return
        room = self.width() - look.px(4)
        down, across = self.verticalHeader(), self.horizontalHeader()
        wanted = max((look.measure("small", text, bold=True) for text in grid.labels), default=0)
        label_width = min(wanted + look.px(18), max(look.px(120), room // 3))
        down.setFixedWidth(label_width)
        two_lines = any(cell.lower for line in grid.cells for cell in line)
        least = [max(look.px(64), _widest_part(head)) for head in grid.heads]
        spare = max(0, room - label_width - sum(least) - look.px(14))
        most = look.em(11 if len(grid.heads) > 2 else 7)
        for section, width in enumerate(least):
            across.resizeSection(section, min(max(width, most), width + spare // len(least)))
        height = look.px(36 if two_lines else 29)
        for section in range(len(grid.labels)):
            lines = _Head.lines(down, section, label_width) if isinstance(down, _Head) else []
            down.resizeSection(section, max(height, look.line("small") * len(lines) + look.px(8)))
        tallest = max(
            len(_Head.lines(across, section, across.sectionSize(section))) if isinstance(across, _Head) else 1
            for section in range(len(grid.heads))
        )
        self._corner.setText(grid.corner)
        needed = self._corner.heightForWidth(label_width)
        across.setFixedHeight(max(look.line("small") * tallest + look.px(12), min(needed, look.line("small") * 5)))
        self._corner.setGeometry(1, 1, label_width - 1, across.height() - 1)

    def natural_height(self) -> int:
        """The height at which nothing has to be scrolled."""
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        return self.horizontalHeader().height() + self.verticalHeader().length() + extra + look.px(4)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(look.px(400), look.px(240))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def open_current(self) -> None:
        """Ask for what is behind the current cell."""
        self._open(self.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        cell = index.data(CELL_ROLE)
        if isinstance(cell, GridCell):
            self.opened.emit(cell)

    def _tell(self, index: Index) -> None:
        cell = index.data(CELL_ROLE)
        if isinstance(cell, GridCell):
            self.row_chosen.emit(cell.row)


def _widest_part(head: str) -> int:
    """The narrowest a head may get: about six characters a line, four lines at most."""
    whole = look.measure("small", head)
    # Japanese breaks anywhere; a word of another language stays whole.
    word = max((look.measure("small", part) for part in head.split()), default=0) if head.isascii() else 0
    return max(min(whole, look.em(5)), whole // 4, word) + look.px(16)
