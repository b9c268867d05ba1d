"""Reads the tables of a catalogue folder and says exactly which cell is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from visitapp.errors import DamagedData

LIST_MARK = "｜"
_YES_NO = {"はい": True, "いいえ": False}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; ``number`` counts as an editor does (the header is line 1)."""

    file: str
    number: int
    cells: dict[str, str]

    def wrong(self, code: str, column: str, **values: object) -> DamagedData:
        """The error to raise for a cell of this row."""
        place = {"file": self.file, "row": self.number, "column": column, "value": self.cells[column]}
        return DamagedData(code, **place, **values)

    def text(self, column: str) -> str:
        """The cell, "" when empty."""
        return self.cells[column]

    def required(self, column: str) -> str:
        """The cell. Raises E-603 when it is empty."""
        if not self.cells[column]:
            raise self.wrong("E-603", column)
        return self.cells[column]

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """The cell. Raises E-604 when it is none of ``allowed``."""
        if self.cells[column] not in allowed:
            raise self.wrong("E-604", column, allowed="、".join(allowed))
        return self.cells[column]

    def flag(self, column: str) -> bool:
        """はい or いいえ. Raises E-604 for anything else."""
        return _YES_NO[self.one_of(column, _YES_NO)]

    def number_in(self, column: str) -> int | None:
        """A whole number of 0 or more, None when empty. Raises E-605."""
        cell = self.cells[column]
        if not cell:
            return None
        if not (cell.isascii() and cell.isdigit()):
            raise self.wrong("E-605", column)
        return int(cell)

    def several(self, column: str) -> tuple[str, ...]:
        """The parts of a cell written with ｜ between them."""
        return tuple(part for part in self.cells[column].split(LIST_MARK) if part)

    def pairs(self, column: str) -> tuple[tuple[str, str], ...]:
        """Parts of the form ``name=value``. Raises E-606 when one has no =."""
        found = [part.partition("=") for part in self.several(column)]
        if any(not (name and mark and value) for name, mark, value in found):
            raise self.wrong("E-606", column)
        return tuple((name, value) for name, _, value in found)


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a tab-separated UTF-8 table that has exactly ``columns``, in any order.

    Raises DamagedData E-601 (missing, unreadable or not UTF-8), E-602 (columns), E-609 (a row of another length).
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedData("E-601", file=path.name) from error
    header = lines[0].split("\t") if lines else []
    if sorted(header) != sorted(columns):
        raise DamagedData("E-602", file=path.name, columns="、".join(columns))
    for number, line in enumerate(lines[1:], start=2):
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != len(header):
            raise DamagedData("E-609", file=path.name, row=number, found=len(cells), expected=len(header))
        yield Row(path.name, number, dict(zip(header, cells, strict=True)))
