"""Tables of a survey and the files made of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from visitapp.exports.tidy import tidy_rows, write_tidy
from visitapp.i18n import tr
from visitapp.resources import resource_path
from visitapp.store.store import Store
from visitapp.tabulation.reading import tabulate
from visitapp.tabulation.table import Table

Key = tuple[str, str]
"""Row label and option."""


@dataclass(frozen=True, slots=True)
class TablesWritten:
    """The tables, their CSV files in the same order, and the workbook if one was wished."""

    tables: tuple[Table, ...]
    files: tuple[Path, ...]
    workbook: Path | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One table against the published one: how many cells were compared, and those that differ.

    ``different``: (row label, option, ours, published); a value is "n count percent", "" where there is no such cell.
    """

    table_id: str
    cells: int
    different: tuple[tuple[str, str, str, str], ...]


def survey_tables(store: Store, surveys: Iterable[str] | None = None, language: str = "ja") -> list[Table]:
    """All published tables from this store's final responses. Raises DamagedData as ``tabulation.tabulate``."""
    return tabulate(store, surveys=surveys, language=language)


def write_tables(store: Store, folder: Path, workbook: Path | None = None) -> TablesWritten:
    """Write one tidy CSV for each table into ``folder``, and all of them as an Excel ``workbook`` if wished.

    The CSV is for machines: its labels are the printed Japanese ones in either language.
    Raises EnvironmentProblem E-590, E-591.
    """
    tables = survey_tables(store)
    files = write_tidy(tables, folder)
    if workbook is not None:
        write_workbook_of(tables, workbook)
    return TablesWritten(tuple(tables), tuple(files), workbook)


def write_workbook_of(tables: Sequence[Table], path: Path) -> None:
    """Write tables as a workbook in the report's notation. Raises EnvironmentProblem E-590, E-591."""
    from visitapp.exports.workbook import write_workbook

    write_workbook(tables, path, tr("集計表"))


def compare_with_published(tables: Iterable[Table]) -> list[Comparison]:
    """Each published table (of the tutorial's data) against ours: label by label, option by option, in order."""
    ours = {table.table_id: table for table in tables}
    return [_compared(table_id, cells, ours.get(table_id)) for table_id, cells in published_cells().items()]


@cache
def published_cells() -> Mapping[str, Mapping[Key, str]]:
    """Table id -> (row label, option) -> "n count percent", as printed or derived from the printed percentage."""
    found: dict[str, dict[Key, str]] = {}
    with resource_path("tutorial", "published.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            count = row["count"] or "0"
            cell = f"{row['n']} {count} {row['percent']}".strip()
            found.setdefault(row["table_id"], {})[(row["row_label"], row["option"])] = cell
    return found


def _compared(table_id: str, published: Mapping[Key, str], table: Table | None) -> Comparison:
    ours: dict[Key, str] = {}
    for _id, label, option, n, count, share in tidy_rows(table) if table else ():
        ours[(label, option)] = f"{n} {count} {share}".strip()
    different = [
        (*key, ours.get(key, ""), published.get(key, ""))
        for key in dict.fromkeys([*published, *ours])
        if ours.get(key) != published.get(key)
    ]
    if not different and list(ours) != list(published):
        different = [("", "", "order", "order")]
    return Comparison(table_id, len(published), tuple(different))
