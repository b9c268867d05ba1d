"""One sheet for one table, as the report prints it; the only module that knows fonts, fills and charts of Excel.

Imported when the first workbook is written: openpyxl is slow to load.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import SeriesLabel
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from visitapp.exports.notation import base_line, caption, legend, notes, option_text, row_text
from visitapp.i18n import tr
from visitapp.tabulation.table import ALL, Row, Table, first_places, percent

_FONT = "Yu Gothic"
_LINE = Side(style="thin", color="FF8A94A0")
_THICK = Side(style="medium", color="FF1F2933")
_HEAD = PatternFill("solid", fgColor="FFE4E9F0")
_FIRST = PatternFill("solid", fgColor="FFCBD5E3")
_FORMULA_STARTS = ("=", "+", "-", "@")
_TOP = 6
"""The row of a table's heading."""


class Styles:
    """Writes cells in the workbook's few styles."""

    def text(self, sheet: Worksheet, row: int, column: int, value: str, *, bold: bool = False) -> SheetCell:
        """Wrapped text; never a formula, whatever it begins with."""
        cell = self._cell(sheet, row, column, value, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left", indent=1)
        cell.border = Border(top=_LINE, bottom=_LINE, left=_LINE, right=_LINE)
        return cell

    def head(self, sheet: Worksheet, row: int, column: int, value: str) -> SheetCell:
        """A heading cell."""
        cell = self.text(sheet, row, column, value, bold=True)
        cell.fill = _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        return cell

    def number(self, sheet: Worksheet, row: int, column: int, value: int, *, first: bool = False) -> SheetCell:
        """A count."""
        return self._figure(sheet, row, column, value, "#,##0_ ", first)

    def share(self, sheet: Worksheet, row: int, column: int, value: float, *, first: bool = False) -> SheetCell:
        """A percentage, already in percent."""
        return self._figure(sheet, row, column, value, "0.0_ ", first)

    def absent(self, sheet: Worksheet, row: int, column: int) -> None:
        """A cell of a series that has no such option."""
        cell = self.text(sheet, row, column, "－")
        cell.alignment = Alignment(horizontal="right", vertical="center")

    def title(self, sheet: Worksheet, row: int, value: str) -> None:
        """The sheet's title."""
        self._cell(sheet, row, 1, value, bold=True, size=14)
        sheet.row_dimensions[row].height = 24

    def line(self, sheet: Worksheet, row: int, value: str, column: int = 1) -> None:
        """A line of text outside the table; runs over the cells beside it."""
        self._cell(sheet, row, column, value)

    def link(self, sheet: Worksheet, row: int, column: int, value: str, target: str) -> None:
        """A link to another sheet."""
        cell = self._cell(sheet, row, column, value)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!A1")
        cell.font = Font(name=_FONT, size=10, color="FF1B4F8A", underline="single")

    def widths(self, sheet: Worksheet, widths: Sequence[float]) -> None:
        """Column widths from the first column on, in characters."""
        for column, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width

    def page(self, sheet: Worksheet, *, heading_row: int, landscape: bool) -> None:
        """A4, one page wide, heading repeated and frozen, page numbers."""
        sheet.freeze_panes = f"A{heading_row + 1}"
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, footer=0.3)
        footer = sheet.oddFooter
        assert footer is not None
        footer.center.text, footer.right.text = "&P / &N", "&A"

    def _figure(self, sheet: Worksheet, row: int, column: int, value: float, pattern: str, first: bool) -> SheetCell:
        cell = self._cell(sheet, row, column, value, bold=first)
        cell.number_format = pattern
        cell.alignment = Alignment(horizontal="right", vertical="center")
        cell.border = Border(top=_LINE, bottom=_LINE, left=_LINE, right=_LINE)
        if first:
            cell.fill = _FIRST
        return cell

    def _cell(
        self, sheet: Worksheet, row: int, column: int, value: str | float, *, bold: bool = False, size: int = 10
    ) -> SheetCell:
        cell = sheet.cell(row, column)
        assert isinstance(cell, SheetCell)  # nothing is written into the hidden part of a merged cell
        cell.value = value
        cell.font = Font(name=_FONT, size=size, bold=bold)
        if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
            cell.data_type = "s"
            cell.quotePrefix = True
        return cell


def sheet_name(table_id: str, taken: set[str]) -> str:
    """A free sheet name made from a table id (Excel: 31 characters, none of ``[]:*?/\\``); it is added to ``taken``."""
    plain = "".join("_" if sign in "[]:*?/\\'" else sign for sign in table_id)[:31] or "_"
    name, number = plain, 2
    while name.casefold() in {other.casefold() for other in taken}:
        name = f"{plain[:28]}_{number}"
        number += 1
    taken.add(name)
    return name


def add_table_sheet(book: Workbook, styles: Styles, table: Table, name: str, index: str) -> None:
    """Append the sheet of one table."""
    sheet = book.create_sheet(name)
    styles.link(sheet, 1, 1, tr("目次へ"), index)
    styles.title(sheet, 2, caption(table))
    styles.line(sheet, 3, base_line(table))
    styles.line(sheet, 4, legend(table))
    end = _cross(styles, sheet, table) if table.kind == "cross" else _list(styles, sheet, table)
    for number, note in enumerate(notes(table)):
        styles.line(sheet, end + 2 + number, note)


def _list(styles: Styles, sheet: Worksheet, table: Table) -> int:
    """Options downwards, for each series count and percent side by side; a bar chart beside. Returns the last row."""
    styles.head(sheet, _TOP, 1, tr("選択肢"))
    firsts = [first_places(row) for row in table.rows]
    for number, row in enumerate(table.rows):
        column = 2 + 2 * number
        styles.head(sheet, _TOP, column, _series_head(table, row, tr("回答数")))
        styles.head(sheet, _TOP, column + 1, _series_head(table, row, tr("割合（％）")))
        for line, cell in enumerate(row.cells, start=_TOP + 1):
            first = line - _TOP - 1 in firsts[number]
            if not cell.present:
                styles.absent(sheet, line, column)
                styles.absent(sheet, line, column + 1)
                continue
            styles.number(sheet, line, column, cell.count, first=first)
            styles.share(sheet, line, column + 1, float(percent(cell.count, row.n)), first=first)
    for line, cell in enumerate(table.rows[0].cells, start=_TOP + 1):
        styles.text(sheet, line, 1, option_text(cell))
        sheet.row_dimensions[line].height = _height(option_text(cell), 48)
    sheet.row_dimensions[_TOP].height = 62 if len(table.rows) > 1 else 20
    styles.widths(sheet, (50, *(12 for _ in table.rows for _ in range(2)), 3))
    styles.page(sheet, heading_row=_TOP, landscape=True)
    end = _TOP + len(table.rows[0].cells)
    _chart(sheet, table, end)
    return end


def _series_head(table: Table, row: Row, what: str) -> str:
    if table.kind == "one_way":
        return what
    return tr("{label}\nn={n}\n{what}", label=row_text(row), n=row.n, what=what)


def _chart(sheet: Worksheet, table: Table, end: int) -> None:
    """Horizontal bars of the percentages, in the order of the table."""
    chart = BarChart()
    chart.type = "bar"
    chart.gapWidth = 45
    for number, row in enumerate(table.rows):
        column = 3 + 2 * number
        chart.add_data(Reference(sheet, min_col=column, min_row=_TOP + 1, max_row=end), titles_from_data=False)
        series = chart.series[-1]
        series.graphicalProperties.solidFill = ("1B4F8A", "9DB4D0", "5C6B7A", "C9D2DC")[number % 4]
        if table.kind != "one_way":
            series.tx = SeriesLabel(v=row_text(row))
    chart.set_categories(Reference(sheet, min_col=1, min_row=_TOP + 1, max_row=end))
    chart.legend = None if table.kind == "one_way" else chart.legend
    if chart.legend is not None:
        chart.legend.position = "t"
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.scaling.min = 0
    chart.y_axis.title = "％"
    chart.y_axis.majorGridlines = None
    chart.y_axis.number_format = "0"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.dataLabels = DataLabelList()
    chart.dataLabels.showVal = True
    for flag in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.dataLabels, flag, False)
    chart.width = 24
    chart.height = max(6.0, 1.6 + (0.62 + 0.3 * (len(table.rows) - 1)) * (end - _TOP))
    sheet.add_chart(chart, f"{get_column_letter(3 + 2 * len(table.rows))}{_TOP}")


def _cross(styles: Styles, sheet: Worksheet, table: Table) -> int:
    """Rows of two lines, count above percent, with the base as first column. Returns the last row."""
    styles.head(sheet, _TOP, 1, table.side)
    for column, cell in enumerate(table.rows[0].cells, start=2):
        styles.head(sheet, _TOP, column, option_text(cell))
    for number, row in enumerate(table.rows):
        _cross_row(styles, sheet, row, _TOP + 1 + 2 * number)
    columns = len(table.rows[0].cells)
    longest = max((_columns(option_text(cell)) for cell in table.rows[0].cells), default=1)
    width = 12 if columns > 8 else 16
    sheet.row_dimensions[_TOP].height = 15 * (1 + longest // (width - 2)) + 6
    styles.widths(sheet, (40, *(width for _ in range(columns))))
    styles.page(sheet, heading_row=_TOP, landscape=True)
    sheet.freeze_panes = f"B{_TOP + 1}"
    return _TOP + 2 * len(table.rows)


def _cross_row(styles: Styles, sheet: Worksheet, row: Row, line: int) -> None:
    styles.text(sheet, line, 1, row_text(row), bold=row.label == ALL)
    styles.text(sheet, line + 1, 1, "")
    sheet.merge_cells(start_row=line, end_row=line + 1, start_column=1, end_column=1)
    firsts = first_places(row)
    for index, cell in enumerate(row.cells):
        if not cell.present:
            styles.absent(sheet, line, index + 2)
            styles.absent(sheet, line + 1, index + 2)
            continue
        first = index in firsts
        above = styles.number(sheet, line, index + 2, cell.count, first=first)
        below = styles.share(sheet, line + 1, index + 2, float(percent(cell.count, row.n)), first=first)
        above.border = Border(top=_LINE, left=_LINE, right=_LINE)
        below.border = Border(bottom=_LINE, left=_LINE, right=_LINE)
    if row.label == ALL:
        for column in range(1, len(row.cells) + 2):
            sheet.cell(line + 1, column).border = Border(bottom=_THICK, left=_LINE, right=_LINE)


def _height(text: str, width: int) -> float:
    """Row height in points for wrapped text in a column of ``width`` characters."""
    return 16.5 * (1 + (_columns(text) - 1) // width)


def _columns(text: str) -> int:
    """Width of a text in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
