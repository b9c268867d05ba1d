"""Percentages, first places, orders."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.tabulation.table import Cell, Row, by_value, first_places, percent


@pytest.mark.parametrize(
    ("count", "n", "expected"),
    [(9, 16, "56.3"), (5, 16, "31.3"), (1, 16, "6.3"), (13, 80, "16.3"), (1, 80, "1.3"), (0, 0, "0.0"), (0, 7, "0.0"),
     (7, 7, "100.0"), (1, 2000, "0.1"), (1, 2001, "0.0"), (52, 85, "61.2"), (199, 200, "99.5"), (1999, 2000, "100.0")],
)  # fmt: skip
def test_percentages_are_half_up_as_the_report_s(count: int, n: int, expected: str) -> None:
    assert str(percent(count, n)) == expected


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_percentage_is_the_nearest_tenth_upwards(pair: tuple[int, int]) -> None:
    count, n = pair
    exact = Fraction(1000 * count, n)
    tenths = int(exact + Fraction(1, 2))
    assert percent(count, n) == Decimal(tenths) / 10


def row(*cells: tuple[str, int, str]) -> Row:
    return Row("", 100, tuple(Cell(option, count, True, role) for option, count, role in cells))


def test_first_place_has_ties_and_neither_total_nor_no_answer() -> None:
    assert first_places(
        row(("合計", 100, "total"), ("a", 5, ""), ("その他", 5, "other"), ("無回答", 9, "no_answer"))
    ) == {1, 2}
    assert first_places(row(("a", 0, ""), ("無回答", 3, "no_answer"))) == frozenset()
    missing = Row("", 10, (Cell("a", 0, False), Cell("b", 1)))
    assert first_places(missing) == {1}


def test_order_by_value_keeps_the_tail() -> None:
    cells = by_value(
        row(
            ("合計", 100, "total"),
            ("a", 3, ""),
            ("その他", 50, "other"),
            ("b", 7, ""),
            ("特にない", 60, "alone"),
            ("c", 3, ""),
            ("無回答", 90, "no_answer"),
        )
    )
    assert [cell.option for cell in cells] == ["b", "a", "c", "特にない", "その他", "無回答"]
