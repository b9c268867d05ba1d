"""A result table as a value: what window, Excel, CSV and PDF show.

Percentages are half up to one decimal from counts and base, base 0 gives 0.0 (report/README, workflow W12).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """``count`` responses of the row's base. ``present`` is false where the series has no such option (※カテゴリー無し)."""

    option: str
    count: int
    present: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its label ("" in a one-way table), its base ``n`` and its cells in option order."""

    label: str
    n: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``kind`` "one_way", "series" or "cross"; ``answer_type`` "single" or "multiple"; ``number`` printed question number.

    ``notes`` are codes with values for i18n: ("unanswered", {"count": 3}).
    """

    table_id: str
    kind: str
    title: str
    answer_type: str
    base: str
    rows: tuple[Row, ...]
    number: str = ""
    notes: tuple[tuple[str, tuple[tuple[str, object], ...]], ...] = ()


def percent(count: int, n: int) -> Decimal:
    """``count`` of ``n`` in percent, one decimal, half up; 0.0 when ``n`` is 0."""
    if n == 0:
        return Decimal("0.0")
    return (Decimal(100 * count) / Decimal(n)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
