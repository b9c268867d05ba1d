"""The Excel workbook of tables: an index, one sheet a table in the report's notation, one sheet for machines.

The sheet for machines follows the rules of the Ministry of Internal Affairs and Communications for machine-readable
statistics (2020): one table, one heading line, one value a cell, numbers as numbers, no merged cells.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.exports.notation import sizes
from visitapp.exports.tidy import COLUMNS, tidy_rows
from visitapp.files import write_whole
from visitapp.i18n import tr
from visitapp.tabulation.table import Table

if TYPE_CHECKING:
    from openpyxl import Workbook

    from visitapp.exports.sheets import Styles


def write_workbook(tables: Sequence[Table], path: Path, title: str) -> None:
    """Write the tables to an .xlsx file; ``title`` heads the index. Raises EnvironmentProblem E-590, E-591."""
    from openpyxl import Workbook

    from visitapp.exports.sheets import Styles, add_table_sheet, sheet_name

    book = Workbook()
    styles = Styles()
    index = book.worksheets[0]
    index.title = tr("目次")
    taken = {index.title, tr("データ")}
    names = []
    for table in tables:
        names.append(sheet_name(table.table_id, taken))
        add_table_sheet(book, styles, table, names[-1], index.title)
    _fill_index(book, styles, tables, names, title)
    _add_data(book, styles, tables)
    book.properties.title = title
    book.properties.creator = ""
    content = io.BytesIO()
    book.save(content)
    write_whole(path, content.getvalue())


def _fill_index(book: Workbook, styles: Styles, tables: Sequence[Table], names: Sequence[str], title: str) -> None:
    sheet = book.worksheets[0]
    styles.title(sheet, 1, title)
    heads = (tr("表"), tr("問い"), tr("題名"), tr("対象者"), tr("母数"), tr("種類"))
    for column, head in enumerate(heads, start=1):
        styles.head(sheet, 3, column, head)
    kinds = {"one_way": tr("単純集計"), "series": tr("系列別集計"), "cross": tr("クロス集計")}
    for row, (table, name) in enumerate(zip(tables, names, strict=True), start=4):
        styles.link(sheet, row, 1, table.table_id, name)
        texts = (table.number, table.title, table.base, sizes(table), kinds[table.kind])
        for column, text in enumerate(texts, start=2):
            styles.text(sheet, row, column, text)
    styles.widths(sheet, (26, 14, 56, 50, 12, 14))
    styles.page(sheet, heading_row=3, landscape=True)


def _add_data(book: Workbook, styles: Styles, tables: Sequence[Table]) -> None:
    sheet = book.create_sheet(tr("データ"))
    for column, name in enumerate(COLUMNS, start=1):
        styles.head(sheet, 1, column, name)
    line = 2
    for table in tables:
        for table_id, row_label, option, n, count, share in tidy_rows(table):
            for column, text in enumerate((table_id, row_label, option), start=1):
                styles.text(sheet, line, column, text)
            styles.number(sheet, line, 4, n)
            styles.number(sheet, line, 5, count)
            if share:
                styles.share(sheet, line, 6, float(share))
            line += 1
    styles.widths(sheet, (26, 44, 60, 8, 8, 9))
    styles.page(sheet, heading_row=1, landscape=False)
    sheet.auto_filter.ref = sheet.dimensions
