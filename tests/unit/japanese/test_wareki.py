"""Years and dates of the Japanese eras."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.japanese import wareki


@pytest.mark.parametrize(
    ("typed", "year"),
    [("S22", 1947), ("昭和22年", 1947), ("昭22", 1947), ("1947", 1947), ("１９４７年", 1947), ("平成元年", 1989),
     ("H1", 1989), ("R8", 2026), ("M45", 1912), ("T1", 1912), ("r8", 2026)],
)  # fmt: skip
def test_years_are_read_in_every_notation(typed: str, year: int) -> None:
    assert wareki.read_year(typed) == year


@pytest.mark.parametrize("typed", ["", "昭和", "S99", "47", "昭和0年", "abc", "平成99年"])
def test_what_is_no_year_is_none(typed: str) -> None:
    assert wareki.read_year(typed) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [("R8.6.16", date(2026, 6, 16)), ("令和8年6月16日", date(2026, 6, 16)), ("2026-06-16", date(2026, 6, 16)),
     ("2026/6/16", date(2026, 6, 16)), ("20260616", date(2026, 6, 16)), ("令和元年5月1日", date(2019, 5, 1))],
)  # fmt: skip
def test_dates_are_read_in_every_notation(typed: str, day: date) -> None:
    assert wareki.read_date(typed) == day


@pytest.mark.parametrize("typed", ["2026-02-30", "R8.13.1", "6/16", "", "令和8年"])
def test_what_is_no_date_is_none(typed: str) -> None:
    assert wareki.read_date(typed) is None


@pytest.mark.parametrize(
    ("day", "shown"),
    [(date(1989, 1, 7), "昭和64年1月7日（1989年）"), (date(1989, 1, 8), "平成元年1月8日（1989年）"),
     (date(2019, 4, 30), "平成31年4月30日（2019年）"), (date(2019, 5, 1), "令和元年5月1日"),
     (date(1912, 7, 29), "明治45年7月29日（1912年）"), (date(1860, 1, 1), "1860年1月1日")],
)  # fmt: skip
def test_the_day_an_era_changes_belongs_to_the_new_one(day: date, shown: str) -> None:
    assert wareki.date_text(day) == shown


@given(st.integers(min_value=1868, max_value=2090))
def test_a_year_survives_its_era(year: int) -> None:
    placed = wareki.era_of_year(year)
    assert placed is not None
    assert wareki.western_year(placed[0].name, placed[1]) == year


@given(st.dates(min_value=date(1868, 1, 25), max_value=date(2090, 12, 31)))
def test_a_date_survives_being_written_and_read(day: date) -> None:
    shown = wareki.date_text(day).split("（")[0]
    read = wareki.read_date(shown)
    assert read == day
    assert wareki.era_of_date(day + timedelta(days=1)) is not None
