"""Typed values between what a person writes and what XForms stores."""

from __future__ import annotations

import re
from datetime import date

from visitapp.i18n import language
from visitapp.japanese import wareki
from visitapp.questionnaire.form import Question
from visitapp.ui.widgets.fields import grouped


def extension(question: Question, name: str) -> str:
    """A ``visitapp:`` column in the language in use: ``name_en`` where English is read and given."""
    own = question.extensions.get(f"{name}_{language()}", "")
    return own or question.extensions.get(name, "")


def shown_time(stored: str) -> str:
    """XForms time ("13:30:00.000+09:00") -> "13:30"; anything else stays."""
    return stored[:5] if re.match(r"\d{2}:\d{2}(:|$)", stored) else stored


def shown_date(stored: str, *, weekday: bool = False) -> str:
    """ISO date -> 令和8年6月16日（火） or 16 June 2026; anything else stays."""
    try:
        day = date.fromisoformat(stored)
    except ValueError:
        return stored
    if language() == "ja":
        return wareki.date_text(day, weekday=weekday)
    from babel.dates import format_date

    return format_date(day, "EEE d MMMM y" if weekday else "d MMMM y", locale="en")


def shown_year(stored: str) -> str:
    """A western year -> 昭和22年（1947年), or as it is in English."""
    return wareki.year_text(int(stored)) if language() == "ja" and stored.isdecimal() else stored


def shown_value(question: Question, text: str) -> str:
    """A typed answer in one line: separators and unit, era, time without seconds."""
    if not text:
        return ""
    if question.type in ("integer", "decimal"):
        if question.extensions.get("wareki") == "yes":
            return shown_year(text)
        unit = extension(question, "unit")
        return f"{grouped(text)}{' ' if unit.isascii() and unit else ''}{unit}"
    if question.type == "date":
        return shown_date(text, weekday=True)
    if question.type == "time":
        return shown_time(text)
    return " ".join(text.split("\n"))
