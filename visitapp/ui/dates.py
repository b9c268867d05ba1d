"""Dates, times and amounts as the window writes them (ui/README section 7), in the language in use."""

from __future__ import annotations

from datetime import date, datetime

from visitapp.i18n import language, tr
from visitapp.japanese import wareki


def moment(text: str | None) -> datetime | None:
    """An ISO date or date-time as local time; None for nothing or something else. A date alone is its midnight."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone()


def has_time(text: str | None) -> bool:
    """Whether an ISO text says the time of day."""
    return bool(text) and "T" in str(text)


def weekday(day: date) -> str:
    """月 … 日, Mon … Sun."""
    words = (tr("月"), tr("火"), tr("水"), tr("木"), tr("金"), tr("土"), tr("日"))
    return words[day.weekday()]


def full_date(day: date) -> str:
    """令和8年6月16日（火）; in English 2026-06-16 (Tue)."""
    if language() == "ja":
        return wareki.date_text(day, weekday=True)
    return f"{day.isoformat()} ({weekday(day)})"


def short_date(day: date, today: date) -> str:
    """In tables: 今日, 6/18（木） of this year, 平成28年4月7日 of another."""
    if day == today:
        return tr("今日")
    if day.year == today.year:
        return tr("{month}/{day}（{weekday}）", month=day.month, day=day.day, weekday=weekday(day))
    return tr("{year}/{month}/{day}", year=day.year, month=day.month, day=day.day)


def short_moment(text: str | None, today: date) -> str:
    """``short_date`` with the time of day when it is known; "" for nothing."""
    found = moment(text)
    if found is None:
        return ""
    shown = short_date(found.date(), today)
    return f"{shown} {found:%H:%M}" if has_time(text) else shown


def year_words(year: int | None) -> str:
    """昭和22年（1947年）; in English 1947; "" for nothing."""
    if year is None:
        return ""
    return wareki.year_text(year) if language() == "ja" else str(year)


def fiscal_year(day: date) -> str:
    """平成28年度: the fiscal year (April to March) of a day."""
    year = day.year if day.month >= 4 else day.year - 1
    if language() != "ja":
        return f"FY{year}"
    era = wareki.era_of_year(year)
    if era is None:
        return f"{year}年度"
    count = "元" if era[1] == 1 else str(era[1])
    return f"{era[0].name}{count}年度"


def yen(amount: int | None) -> str:
    """5,000万円, 1億2,500万円; below 万円 plain yen; "" for nothing."""
    if amount is None:
        return ""
    if language() != "ja":
        return f"¥{amount:,}"
    eights, rest = divmod(amount, 100_000_000)
    tens, ones = divmod(rest, 10_000)
    parts = [
        f"{eights:,}億" if eights else "",
        f"{tens:,}万" if tens else "",
        f"{ones:,}" if ones or not amount else "",
    ]
    return "".join(parts) + "円"


def postal(code: str | None) -> str:
    """1420064 -> 142-0064."""
    digits = (code or "").replace("-", "")
    return f"{digits[:3]}-{digits[3:]}" if len(digits) == 7 else (code or "")
