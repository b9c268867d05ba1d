"""What the palette finds besides actions: companies and opinions, by words alike in width and kana."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.fieldwork.targets import normalised, search_key
from visitapp.store.records import Company, Opinion

if TYPE_CHECKING:
    from visitapp.store.store import Store


@dataclass(frozen=True, slots=True)
class Findable:
    """``company`` is the id the find leads to; ``key`` the normalised text searched; ``note`` stands beside."""

    company: str
    text: str
    note: str
    key: str


def load_findable(store: Store) -> tuple[Findable, ...]:
    """Every company, then every opinion, ready to be searched."""
    with store.read() as reader:
        companies = reader.find(Company)
        opinions = reader.find(Opinion)
    names = {company.id: company.name or "" for company in companies}
    made = [
        Findable(company.id, company.name or "", company.address or "", search_key(company))
        for company in sorted(companies, key=lambda one: one.kana or one.name or "")
    ]
    made += [
        Findable(opinion.company, f"「{opinion.text}」", names.get(opinion.company, ""), normalised(opinion.text))
        for opinion in opinions
        if opinion.company and opinion.text
    ]
    return tuple(made)


def found(all_of_them: tuple[Findable, ...], wanted: str, most: int = 30) -> list[Findable]:
    """Those whose text holds the wanted words; nothing for an empty search."""
    key = normalised(wanted)
    return [one for one in all_of_them if key in one.key][:most] if key else []
