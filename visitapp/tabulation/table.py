"""A result table as a value: what window, Excel, CSV and PDF show.

Percentages are half up to one decimal from counts and base, base 0 gives 0.0 (report/README, workflow W12).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

TOTAL = "合計"
"""The option that repeats the base, first column of a cross table."""
NO_ANSWER = "無回答"
"""The option that counts 無回答."""
ALL = "全体"
"""The label of a cross table's row for everybody."""
SMALL_BASE = 10
"""Rows with a smaller base are marked (print/README section 6)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``count`` responses of the row's base.

    ``present`` is false where the series has no such option (※カテゴリー無し). ``role``: "" for an option, "total"
    (合計), "no_answer" (無回答), "other" (その他), "alone" (特にない, わからない: stands alone). The last three end
    every order by value.
    """

    option: str
    count: int
    present: bool = True
    role: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its label ("" in a one-way table), its base ``n`` and its cells in option order."""

    label: str
    n: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``kind`` "one_way", "series" or "cross"; ``answer_type`` "single" or "multiple"; ``number`` as printed.

    ``side`` is the title of the question whose options are the rows (表側), "" when there is none.

    ``notes`` are codes with values for i18n: ("unanswered", (("count", 3),)): responses of the base that are 未回答;
    ("small_base", (("n", 10),)): rows with a base under n; ("no_category", ()): some series lack an option.
    """

    table_id: str
    kind: str
    title: str
    answer_type: str
    base: str
    rows: tuple[Row, ...]
    number: str = ""
    side: str = ""
    notes: tuple[tuple[str, tuple[tuple[str, object], ...]], ...] = ()


def percent(count: int, n: int) -> Decimal:
    """``count`` of ``n`` in percent, one decimal, half up; 0.0 when ``n`` is 0."""
    if n == 0:
        return Decimal("0.0")
    return (Decimal(100 * count) / Decimal(n)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def first_places(row: Row) -> frozenset[int]:
    """Indices of the cells that hold the row's first place: the largest count, ties all.

    合計 and 無回答 never are first; nothing is when no option was chosen (print/README section 6).
    """
    ranked = {i: c.count for i, c in enumerate(row.cells) if c.present and c.role not in ("total", "no_answer")}
    most = max(ranked.values(), default=0)
    return frozenset(i for i, count in ranked.items() if count == most and most > 0)


_TAILS = {"alone": 1, "other": 2, "no_answer": 3}


def by_value(row: Row) -> tuple[Cell, ...]:
    """The cells by falling count, ties in option order, 特にない, その他 and 無回答 at the end; 合計 left out."""
    cells = [cell for cell in row.cells if cell.role != "total"]
    return tuple(sorted(cells, key=lambda cell: (_TAILS.get(cell.role, 0), 0 if cell.role in _TAILS else -cell.count)))
