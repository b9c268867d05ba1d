"""The list of a survey's companies with the state of each: what the visitor sees first."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from visitapp.fieldwork.responses import FINAL, RETURNED
from visitapp.fieldwork.visits import CLOSED
from visitapp.store import records
from visitapp.store.identity import stable_id

if TYPE_CHECKING:
    from visitapp.store.store import Reader, Store


class TargetState(Enum):
    """The states of ui/README section 6."""

    NOT_VISITED = "未訪問"
    PLANNED = "予定あり"
    STARTED = "途中"
    FINAL = "確定・未受渡"
    SENT = "受領待ち"
    RECEIVED = "受領済み"
    RETURNED = "差戻し"
    NO_RESPONSE = "回答なし"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far this device's changes got: above ``packed`` they lie only here, above ``receipted`` they are under way.

    Both by the name the changes are counted under (``Change.device``). Headquarters passes ``None`` instead: what it
    has is received.
    """

    device: str
    packed: Mapping[str, int]
    receipted: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One company of a survey. ``answered`` counts the questions of a response not yet final.

    ``search_key`` is the normalised text to search in (see ``normalised``).
    """

    target: records.Target
    company: records.Company
    state: TargetState
    response: records.Response | None
    visits: int
    absences: int
    last_visit: str | None
    last_outcome: str | None
    answered: int
    open_opinions: int
    search_key: str

    @property
    def planned_at(self) -> str | None:
        """The next planned visit, ISO."""
        return self.target.planned_at


def list_targets(reader: Reader, survey_id: str, delivery: Delivery | None = None) -> list[TargetLine]:
    """Every target of the survey, by フリガナ. One query for each table, whatever the number of companies."""
    targets = reader.find(records.Target, survey=survey_id)
    companies = {company.id: company for company in reader.find(records.Company)}
    visits: dict[str, list[records.Visit]] = {}
    for visit in reader.find(records.Visit):
        visits.setdefault(visit.target or "", []).append(visit)
    ids = {target.id for target in targets}
    responses = {r.target: r for r in _final_last(r for r in reader.find(records.Response) if r.target in ids)}
    unfinished = tuple(r.id for r in responses.values() if r.status != FINAL)
    answered = Counter(answer.response for answer in _given(reader, unfinished))
    waiting = Counter(opinion.company for opinion in reader.find(records.Opinion, follow_up="open"))
    on_the_way = _on_the_way(reader, delivery) if delivery else _OnTheWay(frozenset(), frozenset())
    lines = []
    for target in targets:
        company = companies.get(target.company or "", records.Company(id=target.company or ""))
        made = sorted(visits.get(target.id, ()), key=lambda visit: visit.visited_at or "")
        response = responses.get(target.id)
        lines.append(
            TargetLine(
                target=target,
                company=company,
                state=_state(target, response, made, on_the_way),
                response=response,
                visits=len(made),
                absences=sum(visit.outcome == "不在" for visit in made),
                last_visit=made[-1].visited_at if made else None,
                last_outcome=made[-1].outcome if made else None,
                answered=answered[response.id] if response else 0,
                open_opinions=waiting[company.id],
                search_key=search_key(company),
            )
        )
    return sorted(lines, key=lambda line: (line.company.kana or "", line.company.name or "", line.target.id))


def _final_last(responses: Iterable[records.Response]) -> list[records.Response]:
    """So that a dictionary by target keeps the finished one where somebody made two."""
    return sorted(responses, key=lambda response: (response.status == FINAL, response.id))


def _given(reader: Reader, responses: tuple[str, ...]) -> Iterator[records.Answer]:
    for start in range(0, len(responses), 500):
        found = reader.find(records.Answer, response=responses[start : start + 500])
        yield from (answer for answer in found if answer.value is not None)


@dataclass(frozen=True, slots=True)
class _OnTheWay:
    """Records with changes that lie only on this device, and records with changes that are on their way."""

    unpacked: frozenset[str]
    unreceipted: frozenset[str]


def _on_the_way(reader: Reader, delivery: Delivery) -> _OnTheWay:
    """Responses and targets touched since, whichever of their records it was."""
    unpacked: set[str] = set()
    unreceipted: set[str] = set()
    answers: dict[str, bool] = {}
    others = {device: last for device, last in reader.known().items() if device.partition(".")[0] != delivery.device}
    for change in reader.changes_after({**others, **delivery.receipted}):
        fresh = change.counter > delivery.packed.get(change.device, 0)
        if change.table == "answer":
            answers[change.record] = fresh
        else:
            (unpacked if fresh else unreceipted).add(change.record)
    ids = tuple(answers)
    for start in range(0, len(ids), 500):
        for answer in reader.find(records.Answer, deleted=True, id=ids[start : start + 500]):
            (unpacked if answers[answer.id] else unreceipted).add(answer.response or "")
    return _OnTheWay(frozenset(unpacked), frozenset(unreceipted))


def _state(
    target: records.Target, response: records.Response | None, visits: list[records.Visit], on_the_way: _OnTheWay
) -> TargetState:
    if response is not None and response.status == FINAL:
        if response.id in on_the_way.unpacked:
            return TargetState.FINAL
        return TargetState.SENT if response.id in on_the_way.unreceipted else TargetState.RECEIVED
    if response is not None:
        return TargetState.RETURNED if response.status == RETURNED else TargetState.STARTED
    if visits and visits[-1].outcome in CLOSED:
        return TargetState.NO_RESPONSE
    return TargetState.PLANNED if target.planned_at else TargetState.NOT_VISITED


def add_target(store: Store, survey_id: str, company_id: str, person: str, **fields: object) -> str:
    """Put a company into a survey; returns the target's id. ``fields``: visitor, device, mode, planned_at."""
    found = target_id(survey_id, company_id)
    with store.write(person) as writer:
        writer.put(records.Target, found, survey=survey_id, company=company_id, deleted=False, **fields)
    return found


def assign(store: Store, target_ids: Iterable[str], person: str, *, visitor: str | None, device: str | None) -> int:
    """Give targets to a visitor and a laptop; returns the number of changes."""
    rows = [{"id": one, "visitor": visitor, "device": device} for one in target_ids]
    with store.write(person) as writer:
        return writer.put_many(records.Target, rows)


def target_id(survey_id: str, company_id: str) -> str:
    """The record id of a company's place in a survey."""
    return stable_id("target", survey_id, company_id)


def search_key(company: records.Company) -> str:
    """What a search looks at: name, フリガナ, number, address, telephone, industry, all normalised."""
    parts = (company.name, company.kana, company.corporate_number, company.address, company.phone, company.industry)
    return "\n".join(normalised(part) for part in parts if part)


_LEGAL_FORMS = str.maketrans({"㈱": "株式会社", "㈲": "有限会社", "㈾": "合資会社", "㈴": "合名会社"})
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def normalised(text: str) -> str:
    """Text for searching: width, case, kana/hiragana and ㈱/(株)/株式会社 make no difference, blanks are left out."""
    wide = text.translate(_LEGAL_FORMS)
    plain = unicodedata.normalize("NFKC", wide).casefold().translate(_HIRAGANA_TO_KATAKANA)
    for short, full in (("(株)", "株式会社"), ("(有)", "有限会社")):
        plain = plain.replace(short, full)
    return "".join(plain.split())
