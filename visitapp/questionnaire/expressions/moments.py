"""Dates and times inside expressions: text to moment, moment to text, moment to number of days.

A moment is an aware datetime in the local zone. Local midnight is written as a date alone (ODK XForms specification,
"date()"; conformance cases ``date(0)``, ``date("2018-01-01")``).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_MS = 86_400_000
_MILLISECOND = timedelta(milliseconds=1)

_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]{1,9}))?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_LOOSE_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?=T|$)")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]{1,9}))?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?")


class NoMoment:
    """The value of date() for text that is no date: "Invalid Date" as text, NaN, false."""

    __slots__ = ()


NO_MOMENT = NoMoment()


def looks_like_moment(text: str) -> bool:
    """Whether ``text`` has the shape of a date or a date with time, possible or not."""
    return len(text) >= 10 and _MOMENT.fullmatch(text) is not None


def parse_moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment ``text`` names ("2016-04-07", "2016-04-07T09:00:00.000+09:00"), in ``zone``; None for other text.

    Without an offset the text means local time.
    """
    match = _MOMENT.fullmatch(text) if len(text) >= 10 else None
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    try:
        own_zone = zone if offset is None else _zone(offset)
        micro = int(fraction.ljust(6, "0")[:6]) if fraction else 0
        moment = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), micro, own_zone
        )
        return moment.astimezone(zone)
    except (ValueError, OverflowError):
        return None


def complete_date(text: str) -> str:
    """``2024-1-2`` with the zeros it lacks; other text unchanged."""
    return _LOOSE_DATE.sub(lambda found: f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}", text, count=1)


def days(moment: datetime) -> float:
    """Days since 1970-01-01T00:00:00 UTC, with their fraction, exact to the millisecond."""
    return ((moment - EPOCH) // _MILLISECOND) / DAY_MS


def moment_of_days(number: float, zone: tzinfo) -> datetime | None:
    """The moment that many days after 1970-01-01T00:00:00 UTC, in ``zone``; None outside the years 1 to 9999."""
    try:
        return (EPOCH + timedelta(milliseconds=round(number * DAY_MS))).astimezone(zone)
    except (OverflowError, ValueError):
        return None


def moment_text(moment: datetime) -> str:
    """ISO 8601: the date alone at local midnight, else with milliseconds and offset."""
    if not (moment.hour or moment.minute or moment.second or moment.microsecond):
        return moment.date().isoformat()
    return moment.isoformat(timespec="milliseconds")


def day_fraction(text: str, zone: tzinfo) -> float | None:
    """The part of the local day that a time ("06:00:00.000-07:00") or a moment names, 0 to below 1; None: no time."""
    moment = parse_moment(text, zone)
    if moment is None:
        moment = _time_of_day(text, zone)
    return None if moment is None else part_of_day(moment)


def part_of_day(moment: datetime) -> float:
    """Noon is 0.5."""
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return (seconds * 1000 + moment.microsecond // 1000) / DAY_MS


def _time_of_day(text: str, zone: tzinfo) -> datetime | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, offset = match.groups()
    try:
        own_zone = zone if offset is None else _zone(offset)
        micro = int(fraction.ljust(6, "0")[:6]) if fraction else 0
        return datetime(1970, 1, 2, int(hour), int(minute), int(second or 0), micro, own_zone).astimezone(zone)
    except ValueError:
        return None


def _zone(offset: str) -> tzinfo:
    """``Z`` or ``+09:00``. Raises ValueError when it is a day or more."""
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 59:
        raise ValueError(offset)
    distance = timedelta(hours=hours, minutes=minutes)
    return timezone(-distance if offset[0] == "-" else distance)
