"""The right side: title and base, the table, notes, the chart of a row and the report's sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QSplitter, QWidget

from visitapp.exports.notation import base_line, caption, legend, notes, row_text
from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.tables.chart import BarChart, sentence
from visitapp.ui.tables.grid import Grid, GridCell, GridView, as_text, grid_of
from visitapp.ui.widgets.basics import Card, column, holder, label, row, scroller
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.checks import CheckBox

if TYPE_CHECKING:
    from visitapp.tabulation.table import Table

_BESIDE = 3
"""Up to so many series a table leaves room for its chart beside it."""


def _base(table: Table) -> str:
    """Question, base and n; in a cross table the n of everybody."""
    whole = table.rows[0]
    line = base_line(table)
    if table.kind == "cross" and len({one.n for one in table.rows}) > 1:
        return "　".join(part for part in (line, tr("n={n}", n=f"{whole.n:,}")) if part)
    return line


class TableSheet(QWidget):
    """``opened`` (row, option, words) when the responses behind a cell are wanted; ``copied`` after something was."""

    opened = Signal(int, int, str)
    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.table: Table | None = None
        self._title = label("", "question", wrap=True)
        self._base = label("", "small", tone="text2", wrap=True)
        self._shade, self._zero = CheckBox(tr("第1位を網掛")), CheckBox(tr("0.0を隠す"))
        self._shade.setChecked(True)
        for box in (self._shade, self._zero):
            box.toggled.connect(lambda _on: self._show_look())
        self.grid = GridView()
        self.grid.row_chosen.connect(self._show_row)
        self.grid.opened.connect(self._open)
        self._legend = label("", "small", tone="text2", wrap=True)
        self._chart_title = label("", bold=True, wrap=True)
        self._chart_note = label("", "small", tone="text2", wrap=True)
        self.chart = BarChart()
        self._sentence = label("", wrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._build()

    def _build(self) -> None:
        head = row(column(self._title, self._base, gap=0), self._shade, self._zero, gap=14)
        head.setStretch(0, 1)
        upper = column(Card(column(self.grid, gap=0, margins=(1, 1, 1, 1))), self._legend, gap=4)
        upper.setStretch(0, 1)
        inside = column(self._chart_title, self._chart_note, 4, self.chart, None, gap=2, margins=(14, 10, 14, 10))
        chart = Card(column(scroller(holder(inside)), gap=0, margins=(1, 1, 1, 1)))
        copy = Button(tr("文を写す"), kind="plain", size="tool", icon="copy")
        copy.clicked.connect(self.copy_sentence)
        said = column(row(label(tr("報告書の文"), bold=True), None, copy), self._sentence, None, gap=6,
                      margins=(14, 8, 10, 10))  # fmt: skip
        self._lower: QBoxLayout = row(chart, Card(said), gap=12)
        self._lower.setStretch(0, 5)
        self._lower.setStretch(1, 2)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setHandleWidth(look.px(12))
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(holder(upper))
        self._split.addWidget(holder(self._lower))
        layout = column(head, self._split, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_table(self, table: Table) -> None:
        """Show a table; its first row is drawn."""
        self.table = table
        self._title.setText(caption(table))
        self._base.setText(_base(table))
        self._legend.setText("　".join((legend(table), *notes(table))))
        beside = table.kind != "cross" and len(table.rows) <= _BESIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self._lower.setDirection(down if beside else across)
        self.grid.show_grid(grid_of(table))
        self._show_row(0)
        self._share()

    def _share(self) -> None:
        """A one-way table stands beside its chart; a wide one takes what it needs, the chart the rest."""
        if self._split.orientation() == Qt.Orientation.Horizontal:
            room = self._split.width()
            self._split.setSizes([room * 46 // 100, room * 54 // 100])
            return
        room = self._split.height()
        wanted = self.grid.natural_height() + self._legend.heightForWidth(self._legend.width()) + look.px(8)
        upper = min(wanted, max(room - look.px(150), room * 55 // 100))
        self._split.setSizes([upper, room - upper])

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self.table is not None:
            self._share()

    def _show_look(self) -> None:
        self.grid.set_look(shade=self._shade.isChecked(), hide_zero=self._zero.isChecked())

    def _show_row(self, place: int) -> None:
        if self.table is None or place >= len(self.table.rows):
            return
        one, multiple = self.table.rows[place], self.table.answer_type == "multiple"
        self._chart_title.setText(row_text(one) or self.table.title)
        order = tr("多い順（その他・無回答は末尾）") if multiple else tr("印刷の順")
        self._chart_note.setText(tr("n={n}・{order}・％（件）", n=f"{one.n:,}", order=order))
        self.chart.show_row(one, multiple)
        self._sentence.setText(sentence(one, multiple) or tr("回答がまだありません。"))

    def current_grid(self) -> Grid:
        """What the table shows."""
        return self.grid.cells.grid

    def _open(self, cell: GridCell) -> None:
        if self.table is None or cell.option < 0:
            return
        one = self.table.rows[cell.row]
        parts = [part for part in (row_text(one), one.cells[cell.option].option) if part]
        self.opened.emit(cell.row, cell.option, " × ".join([self.table.title, *parts]))

    def copy(self) -> None:
        """Put the table on the clipboard as cells."""
        QGuiApplication.clipboard().setText(as_text(self.current_grid()))
        self.copied.emit(tr("表を写しました。Excelなどに貼り付けられます。"))

    def copy_sentence(self) -> None:
        """Put the report's sentence on the clipboard."""
        QGuiApplication.clipboard().setText(self._sentence.text())
        self.copied.emit(tr("文を写しました。"))
