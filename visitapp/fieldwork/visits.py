"""Planned and made visits, and what became of them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from visitapp.errors import AnswerRefused, NotNow
from visitapp.store import records

if TYPE_CHECKING:
    from visitapp.store.store import Reader, Store

MET, MAILED = "面談", "郵送"
ABSENT = "不在"
CLOSED = ("拒否", "移転", "廃業", "該当外")
"""Outcomes after which no answer is to be expected (回答なし)."""
OUTCOMES = (MET, ABSENT, *CLOSED, MAILED)


def plan_visit(store: Store, target_id: str, when: str | None, person: str) -> None:
    """Set (or with None take away) the planned day or time of a target's next visit, ISO. Raises NotNow E-206."""
    with store.write(person) as writer:
        if writer.get(records.Target, target_id) is None:
            raise NotNow("E-206", what="target", id=target_id)
        writer.put(records.Target, target_id, planned_at=when)


def record_visit(
    store: Store, target_id: str, visited_at: str, outcome: str, person: str, *, respondent: str = "", note: str = ""
) -> str:
    """Write one attempt down; the plan it fulfils is cleared. Returns the visit's id.

    Raises NotNow E-206 (no such target), AnswerRefused E-213 (no such outcome).
    """
    _check_outcome(outcome)
    visit_id = str(uuid.uuid4())
    with store.write(person) as writer:
        target = writer.get(records.Target, target_id)
        if target is None:
            raise NotNow("E-206", what="target", id=target_id)
        writer.put(
            records.Visit, visit_id, target=target_id, visited_at=visited_at, visitor=person, outcome=outcome,
            respondent=respondent or None, note=note or None,
        )  # fmt: skip
        if target.planned_at is not None and target.planned_at[:10] <= visited_at[:10]:
            writer.put(records.Target, target_id, planned_at=None)
    return visit_id


def change_visit(store: Store, visit_id: str, person: str, **fields: object) -> None:
    """Correct a visit's fields. Raises NotNow E-206, AnswerRefused E-213."""
    if "outcome" in fields:
        _check_outcome(str(fields["outcome"]))
    with store.write(person) as writer:
        if writer.get(records.Visit, visit_id) is None:
            raise NotNow("E-206", what="visit", id=visit_id)
        writer.put(records.Visit, visit_id, **fields)


def visits_of(reader: Reader, target_id: str) -> list[records.Visit]:
    """A target's visits, oldest first."""
    return sorted(reader.find(records.Visit, target=target_id), key=lambda visit: (visit.visited_at or "", visit.id))


def _check_outcome(outcome: str) -> None:
    if outcome not in OUTCOMES:
        raise AnswerRefused("E-213", value=outcome)
