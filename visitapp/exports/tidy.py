"""Tidy CSV: one line a cell, read by scripts. UTF-8 without BOM, LF, comma, quotes only where needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from visitapp.files import write_whole
from visitapp.tabulation.table import Table, percent

COLUMNS = ("table_id", "row_label", "option", "n", "count", "percent")


def tidy_rows(table: Table) -> Iterator[tuple[str, str, str, int, int, str]]:
    """The cells in the order of ``COLUMNS``; ``percent`` is empty where the series has no such option."""
    for row in table.rows:
        for cell in row.cells:
            share = str(percent(cell.count, row.n)) if cell.present else ""
            yield table.table_id, row.label, cell.option, row.n, cell.count, share


def write_tidy(tables: Iterable[Table], folder: Path) -> list[Path]:
    """One file ``TABLE_ID.csv`` for each table; returns their paths. Raises EnvironmentProblem E-590, E-591."""
    written = []
    for table in tables:
        text = io.StringIO(newline="")
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(COLUMNS)
        lines.writerows([harmless(c) if isinstance(c, str) else c for c in row] for row in tidy_rows(table))
        path = folder / f"{table.table_id}.csv"
        write_whole(path, text.getvalue().encode("utf-8"))
        written.append(path)
    return written


def harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
