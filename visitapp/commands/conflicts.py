"""競合: which values stand against each other, and settling them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from visitapp.errors import AnswerRefused, NotNow
from visitapp.fieldwork.surveys import load_form
from visitapp.questionnaire.form import Form, Question, text_in
from visitapp.store import records
from visitapp.store.store import Change, Conflict, Reader, Store, Writer

SETTLED = "settled/"
"""Before the id of a settlement, the name under which this store keeps what it decided between (``commands.cases``)."""


@dataclass(frozen=True, slots=True)
class Side:
    """One value of a conflict: ``shown`` as people read it, who wrote it where and when (``hlc`` sorts)."""

    change: Change
    shown: str
    person: str
    device: str
    hlc: str


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A conflict as people read it. ``key`` names it on the command line; sides newest first."""

    key: str
    conflict: Conflict
    company: str
    question: str
    sides: tuple[Side, ...]


def open_conflicts(store: Store, language: str = "ja") -> list[ConflictLine]:
    """Every open conflict, newest first."""
    with store.read() as reader:
        codes = {device.id: device.code or "" for device in reader.find(records.Device, deleted=True)}
        return [_line(reader, conflict, codes, language) for conflict in reader.conflicts()]


def settle_conflict(store: Store, key: str, choice: int, person: str) -> Change:
    """Decide for the side number ``choice`` (1 is the newest); returns the settlement.

    Raises NotNow E-310 (decided already), AnswerRefused E-213 (no such side).
    """
    with store.write(person) as writer:
        conflict = next((found for found in writer.conflicts() if conflict_key(found) == key), None)
        if conflict is None:
            raise NotNow("E-310")
        if not 1 <= choice <= len(conflict.changes):
            raise AnswerRefused("E-213", value=choice)
        return _settled(writer, conflict, _value(conflict, conflict.changes[choice - 1]))


def settle_for(store: Store, key: str, change_id: str, person: str) -> Change:
    """Decide for the side that this change is. Raises NotNow E-310 (decided, or another conflict by now)."""
    with store.write(person) as writer:
        conflict = next((found for found in writer.conflicts() if conflict_key(found) == key), None)
        change = next((one for one in conflict.changes if one.id == change_id), None) if conflict is not None else None
        if conflict is None or change is None:
            raise NotNow("E-310")
        return _settled(writer, conflict, _value(conflict, change))


def settle_with(store: Store, key: str, value: object, person: str) -> Change:
    """Decide a conflict with a value of its own. Raises NotNow E-310 (decided already)."""
    with store.write(person) as writer:
        conflict = next((found for found in writer.conflicts() if conflict_key(found) == key), None)
        if conflict is None:
            raise NotNow("E-310")
        return _settled(writer, conflict, value)


def _settled(writer: Writer, conflict: Conflict, value: object) -> Change:
    """Settle, and remember here what stood against what: the change log alone does not tell a decision from an edit."""
    made = writer.settle(conflict, value)
    kept = {"table": conflict.table, "record": conflict.record, "field": conflict.field, "kind": conflict.kind,
            "sides": [change.id for change in conflict.changes]}  # fmt: skip
    writer.set_local(SETTLED + made.id, json.dumps(kept))
    return made


def undo_settlement(store: Store, change_id: str, person: str) -> ConflictLine:
    """Bring back what a settlement replaced. Raises NotNow E-206 (no such settlement), E-311 (written over since)."""
    with store.write(person) as writer:
        try:
            conflict = writer.unsettle(change_id)
        except (KeyError, ValueError) as error:
            raise NotNow("E-206", what="settlement", id=change_id) from error
        writer.set_local(SETTLED + change_id, None)
        codes = {device.id: device.code or "" for device in writer.find(records.Device, deleted=True)}
        return _line(writer, conflict, codes, "ja")


def conflict_key(conflict: Conflict) -> str:
    """Table, record and field in one word."""
    return f"{conflict.table}/{conflict.record}/{conflict.field}"


def _value(conflict: Conflict, change: Change) -> object:
    # In "deleted" a side is the deletion itself or an edit: taking the edit brings the record back.
    return change.field == "deleted" if conflict.kind == "deleted" else json.loads(change.value)


def _line(reader: Reader, conflict: Conflict, codes: dict[str, str], language: str) -> ConflictLine:
    answer = reader.get(records.Answer, conflict.record) if conflict.table == "answer" else None
    response = reader.get(records.Response, (answer.response if answer else conflict.record) or "")
    target = reader.get(records.Target, (response.target if response else conflict.record) or "")
    company = reader.get(records.Company, (target.company if target else conflict.record) or "")
    form = load_form(reader, response.form) if answer and response and response.form else None
    question = form.nodes.get(answer.path or "") if form and answer else None
    sides = tuple(
        Side(change, _shown(change, form, question, language), change.person, codes.get(change.author, ""), change.hlc)
        for change in conflict.changes
    )
    name = text_in(question.label, language) if question else conflict.field
    return ConflictLine(conflict_key(conflict), conflict, (company.name if company else None) or "", name, sides)


def _shown(change: Change, form: Form | None, question: object, language: str) -> str:
    """The value in words: an answer by its options."""
    value = json.loads(change.value)
    if change.table != "answer" or change.field != "value" or form is None or not isinstance(question, Question):
        return "" if value is None else str(value)
    if value is None:
        return ""
    stored = json.loads(value)
    if stored.get("no_answer"):
        return "無回答"
    labels = {choice.name: text_in(choice.label, language) for choice in form.choices(question)}
    if not labels:
        return str(stored.get("text", ""))
    return "；".join(labels.get(name, name) for name in str(stored.get("text", "")).split())
