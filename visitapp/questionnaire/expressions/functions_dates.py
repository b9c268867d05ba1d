"""Dates and times."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.moments import (
    NO_MOMENT,
    complete_date,
    day_fraction,
    days,
    looks_like_moment,
    moment_of_days,
    parse_moment,
    part_of_day,
)
from visitapp.questionnaire.expressions.registry import function
from visitapp.questionnaire.expressions.values import NAN, SPACE, Value, text_number, to_text


@function("now", 0, 0)
def _now(context: Context) -> Value:
    return context.environment.now().astimezone(context.environment.timezone)


@function("today", 0, 0)
def _today(context: Context) -> Value:
    zone = context.environment.timezone
    return datetime.combine(context.environment.now().astimezone(zone).date(), datetime.min.time(), zone)


def _date(context: Context, value: Value) -> Value:
    """Text or a number of days as a moment; blank stays blank, other text is no date.

    Raises ExpressionError (E-121) for text with the shape of a date that no calendar has (31 September).
    """
    if isinstance(value, str | list) and not to_text(value).strip(SPACE):
        return ""
    moment = moment_of(value, context)
    if moment is None and isinstance(value, str | list):
        text = complete_date(to_text(value).strip(SPACE))
        if looks_like_moment(text):
            raise ExpressionError("E-121", text=text)
    return NO_MOMENT if moment is None else moment


function("date", 1, 1)(_date)
function("date-time", 1, 1)(_date)


def moment_of(value: Value, context: Context) -> datetime | None:
    """The moment that a value names: a moment, days since 1970-01-01 UTC, or such text. None for anything else."""
    zone = context.environment.timezone
    if isinstance(value, datetime):
        return value
    if isinstance(value, str | list):
        text = to_text(value).strip(SPACE)
        moment = parse_moment(complete_date(text), zone)
        if moment is not None:
            return moment
        value = NAN if looks_like_moment(text) else text_number(text, zone)
    if isinstance(value, float) and math.isfinite(value):
        return moment_of_days(value, zone)
    return None


@function("decimal-date-time", 1, 1)
def _decimal_date_time(context: Context, value: Value) -> Value:
    """Days since 1970-01-01 UTC. Raises ExpressionError (E-121) for literal text that is no date."""
    text = to_text(value).strip(SPACE) if isinstance(value, str | list) else "-"
    if not text:
        return NAN
    moment = moment_of(value, context)
    is_number = isinstance(value, str) and not math.isnan(text_number(text, context.environment.timezone))
    if isinstance(value, str | list) and (moment is None or (is_number and not looks_like_moment(text))):
        raise ExpressionError("E-121", text=text)
    return NAN if moment is None else days(moment)


@function("decimal-time", 1, 1)
def _decimal_time(context: Context, value: Value) -> Value:
    if isinstance(value, datetime):
        return part_of_day(value)
    if not isinstance(value, str | list):
        return NAN
    fraction = day_fraction(to_text(value).strip(SPACE), context.environment.timezone)
    return NAN if fraction is None else fraction


# -- writing dates ------------------------------------------------------------------------------------------------
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ja": tuple(f"{month}月" for month in range(1, 13)),
}
_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "ja": ("月", "火", "水", "木", "金", "土", "日"),
}


def _language(context: Context) -> str:
    """ "ja" for "ja", "ja-JP" and "日本語 (ja)"; English names otherwise."""
    language = context.environment.language.lower()
    code = language.rpartition("(")[2].rstrip(") ") if "(" in language else language
    return "ja" if code.split("-")[0] == "ja" else "en"


_PARTS: dict[str, Callable[[datetime, str], str]] = {
    "%": lambda moment, language: "%",
    "Y": lambda moment, language: f"{moment.year:04}",
    "y": lambda moment, language: f"{moment.year % 100:02}",
    "m": lambda moment, language: f"{moment.month:02}",
    "n": lambda moment, language: str(moment.month),
    "d": lambda moment, language: f"{moment.day:02}",
    "e": lambda moment, language: str(moment.day),
    "b": lambda moment, language: _MONTHS[language][moment.month - 1],
    "a": lambda moment, language: _WEEKDAYS[language][moment.weekday()],
    "H": lambda moment, language: f"{moment.hour:02}",
    "h": lambda moment, language: str(moment.hour),
    "M": lambda moment, language: f"{moment.minute:02}",
    "S": lambda moment, language: f"{moment.second:02}",
    "3": lambda moment, language: f"{moment.microsecond // 1000:03}",
}
"""Letter after % -> its part of the date. Formats of 和暦 (era name, year of the era) are further letters here; the
eras come in through the environment, because ``japanese`` is beside this package and not below it."""


def _format_date(context: Context, value: Value, pattern: Value) -> Value:
    """The moment written after the pattern; blank for what is no date. Unknown letters stay as they are."""
    moment = None if isinstance(value, bool) else moment_of(value, context)
    if moment is None:
        return ""
    language = _language(context)
    pieces = to_text(pattern).split("%")
    result = [pieces[0]]
    skip = False
    for piece in pieces[1:]:
        if skip:
            result.append(piece)
            skip = False
        elif not piece:
            result.append("%")
            skip = True
        else:
            write = _PARTS.get(piece[0])
            result.append(f"%{piece}" if write is None else write(moment, language) + piece[1:])
    return "".join(result)


function("format-date", 2, 2)(_format_date)
function("format-date-time", 2, 2)(_format_date)
