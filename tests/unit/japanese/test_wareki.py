"""Eras: years and dates, read and written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.japanese.wareki import (
    ERAS,
    date_text,
    era_of_date,
    era_of_year,
    read_date,
    read_year,
    western_year,
    year_text,
)


@pytest.mark.parametrize("typed", ["S22", "s22", "昭和22年", "昭22", "昭和２２", "1947", "１９４７年", " 昭和 22 年 "])
def test_one_year_in_all_spellings(typed: str) -> None:
    assert read_year(typed) == 1947


@pytest.mark.parametrize(
    ("typed", "year"), [("平成元年", 1989), ("R1", 2019), ("令和元", 2019), ("S64", 1989), ("H31", 2019), ("M1", 1868)]
)
def test_first_and_last_years(typed: str, year: int) -> None:
    assert read_year(typed) == year


@pytest.mark.parametrize("typed", ["", "S0", "S65", "H32", "昭和", "22", "X3", "昭和百年", "19477"])
def test_what_is_no_year(typed: str) -> None:
    assert read_year(typed) is None


@pytest.mark.parametrize(
    "typed", ["R8.6.16", "令和8年6月16日", "2026-06-16", "2026/6/16", "20260616", "ｒ８．６．１６"]
)
def test_one_day_in_all_spellings(typed: str) -> None:
    assert read_date(typed) == date(2026, 6, 16)


@pytest.mark.parametrize("typed", ["", "R8.13.1", "R8.2.30", "2026-06", "6.16", "S70.1.1"])
def test_what_is_no_day(typed: str) -> None:
    assert read_date(typed) is None


def test_the_days_on_which_eras_change() -> None:
    for era, before in zip(ERAS[1:], ERAS, strict=False):
        assert era_of_date(era.first_day) == (era, 1)
        yesterday = era_of_date(era.first_day - timedelta(days=1))
        assert yesterday is not None and yesterday[0] == before


def test_before_the_eras_there_are_only_western_years() -> None:
    assert era_of_year(1867) is None
    assert era_of_date(date(1868, 1, 24)) is None
    assert year_text(1867) == "1867年"
    assert date_text(date(1600, 10, 21)) == "1600年10月21日"


def test_written_forms() -> None:
    assert year_text(1947) == "昭和22年（1947年）"
    assert year_text(2019) == "令和元年（2019年）"
    assert date_text(date(2026, 6, 16), weekday=True) == "令和8年6月16日（火）"
    assert date_text(date(2019, 5, 1)) == "令和元年5月1日"
    assert date_text(date(1947, 4, 1)) == "昭和22年4月1日（1947年）"


def test_unknown_era() -> None:
    assert western_year("慶応", 3) is None


@given(st.integers(1868, 2017))
def test_a_year_written_in_an_era_reads_back(year: int) -> None:
    placed = era_of_year(year)
    assert placed is not None
    assert western_year(placed[0].name, placed[1]) == year
    assert read_year(f"{placed[0].letter}{placed[1]}") == year
    assert read_year(year_text(year).partition("（")[0]) == year


@given(st.dates(date(1868, 1, 25), date(2100, 12, 31)))
def test_a_day_written_reads_back(day: date) -> None:
    placed = era_of_date(day)
    assert placed is not None
    assert read_date(f"{placed[0].name}{placed[1]}年{day.month}月{day.day}日") == day
    assert read_date(day.isoformat()) == day
