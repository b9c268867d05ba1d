"""和暦: years and dates of the Japanese eras, read and written.

Source: the first day of each era as proclaimed (明治 from 1868-10-23, in law counted from the first day of that year).
A year in which an era changed belongs to the later era when only the year is known (1989 = 平成元年).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Era:
    """An era: its name, its letter in shorthand (S22.4.1), and its first day."""

    name: str
    letter: str
    first_day: date


ERAS: tuple[Era, ...] = (
    Era("明治", "M", date(1868, 1, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("令和", "R", date(2019, 5, 1)),
)

_ERA = r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令]|[MTSHR])"
_YEAR = rf"(?:{_ERA}(?P<n>元|\d{{1,2}})|(?P<west>\d{{4}}))"
_YEAR_ONLY = re.compile(rf"{_YEAR}年?")
_DATE = re.compile(rf"{_YEAR}(?:年|[./-])(?P<month>\d{{1,2}})(?:月|[./-])(?P<day>\d{{1,2}})日?")
_PLAIN_DATE = re.compile(r"(?P<west>\d{4})(?P<month>\d{2})(?P<day>\d{2})")


def era_of_year(year: int) -> tuple[Era, int] | None:
    """The era of a western year and the year in it (1947 -> 昭和, 22); None before 明治."""
    for era in reversed(ERAS):
        if year >= era.first_day.year:
            return era, year - era.first_day.year + 1
    return None


def era_of_date(day: date) -> tuple[Era, int] | None:
    """The era of a day and the year in it; None before 明治."""
    for era in reversed(ERAS):
        if day >= era.first_day:
            return era, day.year - era.first_day.year + 1
    return None


def western_year(era_name: str, year_of_era: int) -> int | None:
    """昭和, 22 -> 1947; None for an unknown era or a year the era did not reach."""
    for place, era in enumerate(ERAS):
        if era_name == era.name:
            year = era.first_day.year + year_of_era - 1
            ended = ERAS[place + 1].first_day.year if place + 1 < len(ERAS) else 9999
            return year if year_of_era >= 1 and year <= ended else None
    return None


def read_year(text: str) -> int | None:
    """ "S22", "昭和22年", "昭22", "平成元年" or "1947" -> the western year; None when it is none of these."""
    found = _YEAR_ONLY.fullmatch(_plain(text))
    return _year(found) if found else None


def read_date(text: str) -> date | None:
    """ "R8.6.16", "令和8年6月16日", "2026-06-16", "2026/6/16" or "20260616" -> the day; otherwise None."""
    plain = _plain(text)
    found = _DATE.fullmatch(plain) or _PLAIN_DATE.fullmatch(plain)
    year = _year(found) if found else None
    if found is None or year is None:
        return None
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def year_text(year: int) -> str:
    """1947 -> "昭和22年（1947年）"; before 明治 only the western year."""
    placed = era_of_year(year)
    return f"{placed[0].name}{_count(placed[1])}年（{year}年）" if placed else f"{year}年"


def date_text(day: date, *, weekday: bool = False) -> str:
    """2026-06-16 -> "令和8年6月16日（火）"; days of earlier eras carry the western year: "昭和22年4月1日（1947年）"."""
    placed = era_of_date(day)
    year = f"{placed[0].name}{_count(placed[1])}年" if placed else f"{day.year}年"
    western = f"（{day.year}年）" if placed and placed[0] is not ERAS[-1] else ""
    name = f"（{'月火水木金土日'[day.weekday()]}）" if weekday else ""
    return f"{year}{day.month}月{day.day}日{western}{name}"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").strip().upper()


def _count(year_of_era: int) -> str:
    return "元" if year_of_era == 1 else str(year_of_era)


def _year(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    if groups.get("west"):
        return int(groups["west"])
    written = groups["era"]
    era = next(era for era in ERAS if written in (era.name, era.name[0], era.letter))
    return western_year(era.name, 1 if groups["n"] == "元" else int(groups["n"]))
