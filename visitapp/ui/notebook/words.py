"""Facts, visits and opinions of a company in words, for pane and page alike."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from visitapp.i18n import tr
from visitapp.ui.dates import fiscal_year, moment, postal, short_date, year_words, yen

if TYPE_CHECKING:
    from visitapp.store import records
    from visitapp.ui.notebook.company_file import CompanyFile

UNKNOWN = "—"


def short_facts(company: records.Company, today: date) -> list[tuple[str, str]]:
    """所在地, 電話, 創業, 規模: missing facts are shown as missing."""
    return [
        (tr("所在地"), f"{postal(company.postal_code)} {company.address or UNKNOWN}".strip()),
        (tr("電話"), company.phone or UNKNOWN),
        (tr("創業"), founded(company.founded_year, today)),
        (tr("規模"), size(company)),
    ]


def founded(year: int | None, today: date) -> str:
    """昭和22年（1947年）・79年."""
    if year is None:
        return UNKNOWN
    return tr("{year}・{n}年", year=year_words(year), n=today.year - year)


def size(company: records.Company) -> str:
    """43人／資本金 5,000万円."""
    people = tr("{n}人", n=f"{company.employees:,}") if company.employees is not None else tr("従業員 —")
    capital = tr("資本金 {amount}", amount=yen(company.capital_yen) or UNKNOWN)
    return tr("{people}／{capital}", people=people, capital=capital)


_TOWN = re.compile(r"(?:.*?[都道府県])?(?:[^\d]*?[市])?(?:[^\d]*?[区町村])?([^\d]+?\d+)(?:丁目|[-－番])")


def town(address: str | None) -> str:
    """The name people call a place by: 旗の台2 of 東京都品川区旗の台2丁目93番15号; "" when unknown."""
    text = unicodedata.normalize("NFKC", address or "").split(" ")[0]
    found = _TOWN.match(text)
    return found[1] if found else text


def short_industry(industry: str | None) -> str:
    """業務用機械器具 of 業務用機械器具製造業, for narrow columns; その他の製造業 stays."""
    text = industry or ""
    short = text.removesuffix("製造業")
    return text if not short or short.endswith("の") else short


def outcome_word(outcome: str | None) -> str:
    """A visit's outcome as it is shown."""
    words = {
        "面談": tr("面談"),
        "不在": tr("不在"),
        "拒否": tr("拒否"),
        "移転": tr("移転"),
        "廃業": tr("廃業"),
        "該当外": tr("該当外"),
        "郵送": tr("郵送"),
    }
    return words.get(outcome or "", outcome or UNKNOWN)


def visit_line(visit: records.Visit, today: date) -> tuple[str, str]:
    """(when, what came of it, by whom and with whom)."""
    when = moment(visit.visited_at)
    shown = short_date(when.date(), today) if when is not None else UNKNOWN
    with_whom = (
        tr("{outcome}（{who}）", outcome=outcome_word(visit.outcome), who=visit.respondent) if visit.respondent else ""
    )
    return shown, "・".join(part for part in (with_whom or outcome_word(visit.outcome), visit.note or "") if part)


def history(found: CompanyFile, today: date, most: int = 6) -> list[tuple[str, str]]:
    """The latest visits and answers, newest first."""
    lines: list[tuple[str, str, str]] = []
    for part in found.parts:
        for visit in part.visits:
            lines.append((visit.visited_at or "", *visit_line(visit, today)))
        response = part.response
        if response is not None and response.status == "final":
            day = moment(response.visited_on or response.received_on)
            when = fiscal_year(day.date()) if day is not None else (part.survey.name or "")
            said = len([one for one in found.opinions if one.response == response.id])
            who = tr("回答（{who}）", who=response.respondent) if response.respondent else tr("回答")
            lines.append((response.visited_on or "", when, tr("{who}・意見{n}件", who=who, n=said) if said else who))
    lines.sort(key=lambda line: line[0], reverse=True)
    return [(when, what) for _key, when, what in lines[:most]]


def all_facts(company: records.Company, today: date) -> list[tuple[str, str]]:
    """Every fact of the register; missing ones are shown as missing."""
    return [
        (tr("法人番号"), company.corporate_number or UNKNOWN),
        (tr("フリガナ"), company.kana or UNKNOWN),
        *short_facts(company, today),
        (tr("業種"), company.industry or UNKNOWN),
    ]


def field_word(name: str) -> str:
    """A field of the register by its name in the window."""
    words = {
        "corporate_number": tr("法人番号"), "name": tr("企業名"), "kana": tr("フリガナ"), "postal_code": tr("郵便番号"),
        "address": tr("所在地"), "phone": tr("電話"), "founded_year": tr("創業"), "employees": tr("従業員数"),
        "capital_yen": tr("資本金"), "industry": tr("業種"), "deleted": tr("消した印"),
    }  # fmt: skip
    return words.get(name, name)


def fact_words(name: str, value: str) -> str:
    """A stored value of the register as it is read."""
    if not value:
        return UNKNOWN
    if name == "capital_yen" and value.isdecimal():
        return yen(int(value))
    if name == "founded_year" and value.isdecimal():
        return year_words(int(value))
    return postal(value) if name == "postal_code" else value


def stage_word(stage: str | None) -> str:
    """How far an offer went."""
    words = {
        "recommended": tr("お勧めした"), "explained": tr("説明した"), "leaflet": tr("案内書を渡した"),
        "interested": tr("関心あり"), "applied": tr("申込み"), "used": tr("活用"), "declined": tr("見送り"),
    }  # fmt: skip
    return words.get(stage or "", UNKNOWN)
