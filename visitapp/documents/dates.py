"""Dates as paper writes them, in the document's language."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from visitapp.i18n import language
from visitapp.japanese.wareki import era_of_date, era_of_year


def long_date(day: date) -> str:
    """平成28年6月14日; 14 June 2016."""
    placed = era_of_date(day)
    if language() != "ja" or placed is None:
        return format_date(day, "d MMMM y", locale="en")
    era, year = placed
    return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """6月14日; 14 June."""
    return f"{day.month}月{day.day}日" if language() == "ja" else format_date(day, "d MMMM", locale="en")


def fiscal_year_text(year: int) -> str:
    """平成28年度 (a fiscal year begins in April); 2016."""
    placed = era_of_date(date(year, 4, 1)) or era_of_year(year)
    if language() != "ja" or placed is None:
        return str(year)
    era, count = placed
    return f"{era.name}{'元' if count == 1 else count}年度"
