"""The programmes of one fiscal year, what answers speak for each, and who may apply: all as data.

Read from ``resources/programmes`` (tables an office edits in a spreadsheet), or from the Programme records of a store.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from visitapp.errors import DamagedData
from visitapp.programmes.offer import LEVELS, STATUSES, Cap, Facts, Share
from visitapp.programmes.sheets import Row, read_rows
from visitapp.resources import resource_path
from visitapp.store import records

FACTS_OF_COMPANY = ("業種", "創業年数", "従業員数")
CONDITION_KINDS = (*FACTS_OF_COMPANY, "回答", "聞き取り")

_TEXTS = ("provider", "kind", "what", "target", "period", "procedure", "contact", "phone", "address")
_MORE_TEXTS = ("name_en", "field", "support", "note")
_CODED = ("id", "name", "levels", "status", "for_companies", "shares", "p1_options", "estimated")
_CATALOGUE = (*_CODED, *_TEXTS, *_MORE_TEXTS)
_CAPS = ("programme_id", "condition", "expense", "rate", "cap_yen", "per")
_RULES = ("programme_id", "question", "option", "weight", "estimated")
_QUESTIONS = ("question", "name", "name_en", "number")
_CONDITIONS = ("programme_id", "fact", "accepts", "below", "open_point", "estimated")
_ESTIMABLE = ("target", "level", "levels", "caps.per")
_BUDGETS = {"name": 26, "what": 58, "target": 48, "period": 48, "procedure": 48, "contact": 48}
_CONDITION_BUDGET = 14


@dataclass(frozen=True, slots=True)
class Rule:
    """An answer that speaks for a programme: ``option`` of ``question`` adds ``weight`` points.

    ``name`` (``name_en``) and ``number`` are how the question is called on paper. ``estimated``: the link is
    our guess (推定).
    """

    question: str
    option: str
    weight: int
    estimated: bool
    name: str
    number: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a company must be. ``fact`` is one of CONDITION_KINDS.

    業種: the company's industry is among ``accepts``. 創業年数, 従業員数: below ``below`` (years, persons).
    回答: one of ``accepts`` ("V5=実施している") was chosen, otherwise the owner has to be asked. 聞き取り: only
    the owner can tell.
    ``open_point`` names what would decide it. A condition that is our guess never excludes a company.
    """

    fact: str
    open_point: str
    accepts: tuple[str, ...] = ()
    below: int | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A programme with everything the matching needs.

    ``p1_options``: options of 個別施策シート問1 that mean this programme.
    """

    facts: Facts
    rules: tuple[Rule, ...] = ()
    conditions: tuple[Condition, ...] = ()
    p1_options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entries of a fiscal year. ``part_of``: industry -> the division it belongs to (日本標準産業分類)."""

    fiscal_year: int
    entries: tuple[Entry, ...]
    part_of: Mapping[str, str] = field(default_factory=dict)

    def entry(self, programme_id: str) -> Entry:
        """The entry of that record id. Raises KeyError when there is none."""
        for entry in self.entries:
            if entry.facts.id == programme_id:
                return entry
        raise KeyError(programme_id)


@dataclass(frozen=True, slots=True)
class OverBudget:
    """A text longer than its place on paper (print rules 3.5); ``length`` and ``budget`` in characters."""

    programme: str
    column: str
    length: int
    budget: int


def load_catalogue(fiscal_year: int = 2016, folder: Path | None = None) -> Catalogue:
    """The catalogue of the tables in ``folder`` (default: the shipped ones).

    Raises DamagedData E-601, E-602, E-609 (file), E-603 to E-606 (cell), E-607 (unknown programme or question),
    E-608 (twice).
    """
    place = folder or resource_path("programmes")
    caps: dict[str, list[Cap]] = {}
    rules: dict[str, list[Rule]] = {}
    conditions: dict[str, list[Condition]] = {}
    rows = list(read_rows(place / f"catalogue-{fiscal_year}.tsv", _CATALOGUE))
    known = _unique(rows, "id")
    for row in read_rows(place / f"caps-{fiscal_year}.tsv", _CAPS):
        caps.setdefault(_owner(row, known), []).append(_cap(row))
    questions = _questions(place / f"questions-{fiscal_year}.tsv")
    for row in read_rows(place / f"rules-{fiscal_year}.tsv", _RULES):
        rules.setdefault(_owner(row, known), []).append(_rule(row, questions))
    for row in read_rows(place / f"conditions-{fiscal_year}.tsv", _CONDITIONS):
        conditions.setdefault(_owner(row, known), []).append(_condition(row))
    entries = tuple(
        Entry(
            _facts(row, fiscal_year, tuple(caps.get(row.text("id"), ()))),
            tuple(rules.get(row.text("id"), ())),
            tuple(conditions.get(row.text("id"), ())),
            row.several("p1_options"),
        )
        for row in rows
    )
    return Catalogue(fiscal_year, entries, _industries(place))


def to_fields(entry: Entry) -> dict[str, object]:
    """The entry as a row for ``Writer.put_many(records.Programme, ...)``, "id" included."""
    facts = asdict(entry.facts)
    row = {name: facts.pop(name) for name in ("id", "fiscal_year", "name", "provider", "status")}
    rest = {
        "facts": facts,
        "rules": [asdict(rule) for rule in entry.rules],
        "conditions": [asdict(condition) for condition in entry.conditions],
        "p1_options": entry.p1_options,
    }
    return {**row, "facts": json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))}


def catalogue_from(programmes: Iterable[records.Programme], fiscal_year: int) -> Catalogue:
    """The catalogue of a fiscal year from a store's records. Raises DamagedData E-610 when a record cannot be read."""
    current = (record for record in programmes if record.fiscal_year == fiscal_year and not record.deleted)
    entries = tuple(_from_record(record) for record in current)
    return Catalogue(fiscal_year, entries, _industries(resource_path("programmes")))


def over_budget(catalogue: Catalogue) -> list[OverBudget]:
    """Texts that will take more room on paper than a card is planned for; a warning, nothing is ever cut."""
    found = []
    for entry in catalogue.entries:
        facts = entry.facts
        if not facts.may_be_offered:
            continue
        lengths = [(name, len(getattr(facts, name)), budget) for name, budget in _BUDGETS.items()]
        lengths += [("condition", len(cap.condition), _CONDITION_BUDGET) for cap in facts.caps]
        found += [OverBudget(facts.id, name, length, budget) for name, length, budget in lengths if length > budget]
    return found


def _unique(rows: Iterable[Row], column: str) -> set[str]:
    seen: set[str] = set()
    for row in rows:
        if row.required(column) in seen:
            raise row.wrong("E-608", column)
        seen.add(row.text(column))
    return seen


def _owner(row: Row, known: set[str]) -> str:
    if row.required("programme_id") not in known:
        raise row.wrong("E-607", "programme_id")
    return row.text("programme_id")


def _facts(row: Row, year: int, caps: tuple[Cap, ...]) -> Facts:
    levels = row.several("levels")
    if not levels or any(level not in LEVELS for level in levels):
        raise row.wrong("E-604", "levels", allowed="、".join(LEVELS))
    shares = tuple(Share(level, rate) for level, rate in row.pairs("shares"))
    if any(share.level not in levels for share in shares):
        raise row.wrong("E-604", "shares", allowed="、".join(levels))
    estimated = row.several("estimated")
    if any(name not in _ESTIMABLE for name in estimated):
        raise row.wrong("E-604", "estimated", allowed="、".join(_ESTIMABLE))
    return Facts(
        id=f"{year}/{row.text('id')}",
        fiscal_year=year,
        name=row.required("name"),
        level=levels[0],
        also=levels[1:],
        status=row.one_of("status", STATUSES),
        caps=caps,
        estimated=estimated,
        shares=shares,
        for_companies=row.flag("for_companies"),
        **{name: row.text(name) for name in (*_TEXTS, *_MORE_TEXTS)},
    )


def _cap(row: Row) -> Cap:
    return Cap(row.text("condition"), row.text("rate"), row.number_in("cap_yen"), row.text("per"), row.text("expense"))


def _questions(path: Path) -> dict[str, tuple[str, str, str]]:
    rows = list(read_rows(path, _QUESTIONS))
    _unique(rows, "question")
    return {row.text("question"): (row.required("name"), row.required("number"), row.text("name_en")) for row in rows}


def _rule(row: Row, questions: Mapping[str, tuple[str, str, str]]) -> Rule:
    if row.required("question") not in questions:
        raise row.wrong("E-607", "question")
    weight = row.number_in("weight")
    if not weight:
        raise row.wrong("E-605", "weight")
    name, number, name_en = questions[row.text("question")]
    return Rule(row.text("question"), row.required("option"), weight, row.flag("estimated"), name, number, name_en)


def _condition(row: Row) -> Condition:
    kind = row.one_of("fact", CONDITION_KINDS)
    if kind in ("創業年数", "従業員数"):
        row.required("below")
    if kind in ("業種", "回答"):
        row.required("accepts")
    if kind == "回答":
        row.pairs("accepts")
    return Condition(
        kind, row.required("open_point"), row.several("accepts"), row.number_in("below"), row.flag("estimated")
    )


def _industries(folder: Path) -> dict[str, str]:
    return {
        row.required("industry"): row.required("part_of")
        for row in read_rows(folder / "industries.tsv", ("industry", "part_of"))
    }


def _from_record(record: records.Programme) -> Entry:
    try:
        rest = json.loads(record.facts or "")
        facts = dict(rest["facts"])
        facts["caps"] = tuple(Cap(**cap) for cap in facts["caps"])
        facts["shares"] = tuple(Share(**share) for share in facts["shares"])
        facts["estimated"], facts["also"] = tuple(facts["estimated"]), tuple(facts["also"])
        return Entry(
            Facts(
                id=record.id,
                fiscal_year=record.fiscal_year or 0,
                name=record.name or "",
                provider=record.provider or "",
                status=record.status or "",
                **facts,
            ),
            tuple(Rule(**rule) for rule in rest["rules"]),
            tuple(Condition(**{**item, "accepts": tuple(item["accepts"])}) for item in rest["conditions"]),
            tuple(rest["p1_options"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedData("E-610", programme=record.name or record.id) from error
