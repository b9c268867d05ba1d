"""CSV files as offices exchange them: UTF-8, commas, the first row the headings. Hostile until read.

Source of the format: report/microdata/README.md. Formulas are made harmless on the way out by a leading apostrophe and
that apostrophe is taken off on the way in, so that writing and reading are each other's inverse.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from visitapp.errors import DamagedData, EnvironmentProblem
from visitapp.files import read_at_most, write_whole

MAX_BYTES = 200_000_000
"""Larger files are refused: no survey comes near, and memory is finite."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


class FileProblems(DamagedData):
    """Everything found wrong in a set of files; nothing was written. ``problems`` each carry their code and place."""

    def __init__(self, problems: Sequence[DamagedData]) -> None:
        super().__init__("E-500", count=len(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Row:
    """One record. ``number`` as a spreadsheet counts rows (headings are row 1); ``cells`` exactly as written."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The cell's text without surrounding blanks; "" when the file has no such column."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file that was read. ``name`` is its file name for messages."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Problems:
    """Collects what is wrong, at most ``limit`` in words: a wrong column would otherwise say so ten thousand times."""

    limit: int = 200
    found: list[DamagedData] = field(default_factory=list)
    unsaid: int = 0

    def add(
        self, code: str, file: str, row: int = 0, column: str = "", value: str = "", allowed: Iterable[str] = ()
    ) -> None:
        """Note a problem at a place; ``value`` is shortened. ``allowed``: what could have been meant (E-504, E-506)."""
        if len(self.found) >= self.limit:
            self.unsaid += 1
            return
        shown = value if len(value) <= 40 else value[:40] + "…"
        told: dict[str, object] = {"file": file, "row": row, "column": column, "value": shown}
        if near := get_close_matches(value or column, list(allowed), n=1, cutoff=0.0):
            told["nearest"] = near[0]
        self.found.append(DamagedData(code, **told))

    def raise_if_any(self) -> None:
        """Raise FileProblems (E-500) when something was noted."""
        if not self.found:
            return
        if self.unsaid:
            self.found.append(DamagedData("E-519", count=self.unsaid))
        raise FileProblems(self.found)


def read_csv(path: Path, required: Iterable[str], problems: Problems) -> CsvFile | None:
    """The file's records; None when it cannot be read at all, which is then in ``problems``.

    Adds E-502 (not UTF-8), E-503 (a required heading is missing), E-505 (a row with another number of cells), E-513
    (from this row on it is no CSV), E-516 (empty), E-517 (heading doubled), E-518 (heading without text), E-520 (too
    large), E-521 (no text at all), E-522 (no commas). Raises EnvironmentProblem E-514 when the file cannot be opened.
    """
    text = _decoded(path, problems)
    if text is None:
        return None
    records = _records(path.name, text, problems)
    if records is None:
        return None
    columns = tuple(cell.strip() for cell in records[0]) if records else ()
    if not any(columns):
        problems.add("E-516", path.name, 1)
        return None
    if not _headings_fit(path.name, columns, required, problems):
        return None
    return CsvFile(path.name, columns, tuple(_rows(path.name, columns, records[1:], problems)))


def _decoded(path: Path, problems: Problems) -> str | None:
    try:
        data = read_at_most(path, MAX_BYTES)
    except OSError as error:
        raise EnvironmentProblem("E-514", path=path) from error
    if len(data) > MAX_BYTES:
        problems.add("E-520", path.name, value=str(MAX_BYTES // 1_000_000))
        return None
    if b"\0" in data:
        problems.add("E-521", path.name, data[: data.index(b"\0")].count(b"\n") + 1)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add("E-502", path.name, data[: error.start].count(b"\n") + 1)
        return None


def _records(name: str, text: str, problems: Problems) -> list[list[str]] | None:
    """All records; None, with the place where the broken one begins, when the text stops being CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[list[str]] = []
    while True:
        line = reader.line_num + 1
        try:
            records.append(next(reader))
        except StopIteration:
            return records
        except csv.Error:
            problems.add("E-513", name, line)
            return None


def _headings_fit(name: str, columns: tuple[str, ...], required: Iterable[str], problems: Problems) -> bool:
    found = [*_heading_problems(columns, required)]
    for code, column in found:
        problems.add(code, name, 1, column)
    return not found


def _heading_problems(columns: tuple[str, ...], required: Iterable[str]) -> Iterator[tuple[str, str]]:
    if len(columns) == 1 and re.search(r"[\t;|]", columns[0]):
        yield "E-522", ""
        return
    yield from (("E-518", str(place)) for place, column in enumerate(columns, start=1) if not column)
    yield from (("E-517", column) for column in dict.fromkeys(columns) if column and columns.count(column) > 1)
    yield from (("E-503", column) for column in required if column not in columns)


def _rows(name: str, columns: tuple[str, ...], records: list[list[str]], problems: Problems) -> Iterable[Row]:
    for number, record in enumerate(records, start=2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(columns):
            problems.add("E-505", name, number)
            continue
        yield Row(number, {column: _unguarded(cell) for column, cell in zip(columns, record, strict=True)})


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def guarded(cell: str) -> str:
    """The text so that a spreadsheet program takes it for text and never for a formula."""
    return "'" + cell if _FORMULA.match(cell) else cell


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a file whole: UTF-8 without mark, LF, quotes only where needed. Raises EnvironmentProblem E-590, E-591."""
    lines = [columns, *([guarded(row.get(column, "")) for column in columns] for row in rows)]
    text = "".join(",".join(map(_quoted, line)) + "\n" for line in lines)
    write_whole(path, text.encode("utf-8"))


def _quoted(cell: str) -> str:
    # The csv module leaves a lone carriage return unquoted where lines end with LF, and cannot read that back.
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell
