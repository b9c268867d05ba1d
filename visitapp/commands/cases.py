"""競合の一件: a conflict with all that is known about it, open or settled; values stay values, words are the reader's.

A case is found by walking from the record in conflict to its company; a side by its change, the device that wrote it
and the package that brought it. Clocks are shown, and order what is shown; they decide nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from visitapp.commands.conflicts import SETTLED, conflict_key
from visitapp.errors import DamagedData, NotNow
from visitapp.fieldwork.answers import answer_from
from visitapp.fieldwork.surveys import load_form
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Form, Group, Question, Repeat
from visitapp.questionnaire.interview import Interview
from visitapp.store import clock, records
from visitapp.store.store import Change, Conflict, Reader, Store
from visitapp.tabulation.definitions import published

_KINDS = {kind.__name__.lower(): kind for kind in records.TRAVELLING}
_UPWARDS: tuple[tuple[str, type[records.Record]], ...] = (
    ("response", records.Response), ("target", records.Target), ("company", records.Company),
)  # fmt: skip
_NEIGHBOURS, _FEW = 6, 2


@dataclass(frozen=True, slots=True)
class Writing:
    """One value and where it comes from. ``value``: an ``Answer``, or the plain value of a field.

    ``change`` first gave the value; ``standing`` is the id of the change that gives it now (another one after an undone
    decision). ``field`` is what was written; ``deletes`` marks the deletion of the record. ``package`` is the number under which
    it came here, None for what was written here. ``at`` local time.
    """

    change: Change
    standing: str
    value: object
    person: str
    device: str
    package: int | None
    at: datetime

    @property
    def field(self) -> str:
        """The field that was written."""
        return self.change.field

    @property
    def deletes(self) -> bool:
        """Whether it is the deletion of the record."""
        return self.change.field == "deleted" and self.value is True


@dataclass(frozen=True, slots=True)
class Case:
    """A conflict. ``sides`` newest first; ``settlement`` is the decision, None while it is open.

    ``company``, ``survey``, ``form`` and ``question`` are None where the record has none or it is not here.
    """

    key: str
    conflict: Conflict
    record: records.Record | None
    company: records.Company | None
    survey: records.Survey | None
    form: Form | None
    question: Question | None
    sides: tuple[Writing, ...]
    settlement: Writing | None = None

    @property
    def newest(self) -> datetime:
        """When the last of the sides was written, or the decision."""
        return (self.settlement or self.sides[0]).at


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An answer beside the one in conflict: ``now`` as it stands; ``own`` what each side's device wrote itself."""

    question: Question
    now: Writing
    own: tuple[Writing | None, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What helps to decide. ``seen``: for each side what stood there when it was written; ``notes`` of each side.

    ``history`` is every value of the field, oldest first. ``bands``: questions derived from this one, with what each
    side makes of them. ``tables``: titles (by language) of the report's tables that count this question.
    """

    seen: tuple[tuple[Writing, ...], ...]
    notes: tuple[str, ...]
    around: tuple[Neighbour, ...]
    history: tuple[Writing, ...]
    bands: tuple[tuple[Question, tuple[Answer, ...]], ...]
    tables: tuple[Mapping[str, str], ...]


def open_cases(store: Store) -> list[Case]:
    """Every open conflict, newest first."""
    with store.read() as reader:
        known = _Known(reader)
        return [known.case(conflict) for conflict in reader.conflicts()]


def settled_cases(store: Store) -> list[Case]:
    """Every conflict decided in this store and not undone, newest decision first."""
    with store.read() as reader:
        known = _Known(reader)
        found = [known.settled(name.removeprefix(SETTLED)) for name in reader.local_names(SETTLED)]
    return sorted((case for case in found if case is not None), key=lambda case: case.newest, reverse=True)


def evidence(store: Store, case: Case) -> Evidence:
    """What is known around a case. Raises NotNow E-310 when an open one is decided meanwhile."""
    kind = _KINDS[case.conflict.table]
    with store.read() as reader:
        if case.settlement is None and reader.conflict(kind, case.conflict.record, case.conflict.field) is None:
            raise NotNow("E-310")
        known = _Known(reader)
        changes = reader.history(kind, case.conflict.record)
        fields = {side.field for side in case.sides} - {"deleted"}
        shown = fields | ({"deleted"} if case.conflict.kind == "deleted" else set())
        history = [change for change in changes if change.field in shown and change.restores is None]
        there = {change.id: change for change in changes if change.field in shown}
        seen = tuple(
            tuple(known.writing(there[old]) for old in side.change.replaces if old in there) for side in case.sides
        )
        notes = tuple(_note(changes, side) for side in case.sides)
        around = tuple(_around(reader, known, case))
        bands = tuple(_bands(reader, case))
    values = tuple(known.writing(change) for change in history)
    return Evidence(seen, notes, around, values, bands, tuple(_tables(case, [question for question, _ in bands])))


def conflicting_answers(cases: Iterable[Case], survey: str, questions: Iterable[str]) -> list[Case]:
    """The cases in a survey that these questions (names) depend on, by themselves or by what they are derived from."""
    wanted = set(questions)
    return [
        case for case in cases
        if case.survey is not None and case.survey.id == survey and not wanted.isdisjoint(_reaches(case))
    ]  # fmt: skip


def _reaches(case: Case) -> set[str]:
    if case.question is None or case.form is None:
        return set()
    name = case.question.name
    return {name} | {other.name for other in case.form.questions() if other.extensions.get("source") == name}


def _note(changes: Sequence[Change], side: Writing) -> str:
    """The note that the side's device last left at this answer."""
    own = [json.loads(c.value) for c in changes if c.field == "note" and c.author == side.change.author]
    return str(own[-1] or "") if own else ""


class _Known:
    """What is the same for all cases of one read: devices, and the packages that came."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._codes = {device.id: device.code or "" for device in reader.find(records.Device, deleted=True)}
        self._spans: dict[str, list[tuple[int, int, int]]] = {}
        for package in reader.find(records.Package, direction="in"):
            for device, (first, last) in json.loads(package.holds or "{}").items():
                self._spans.setdefault(device, []).append((first, last, package.number or 0))

    def writing(self, change: Change) -> Writing:
        """A change with its value decoded and its origin named; what an undone decision brought back is as it was."""
        standing = change.id
        if change.restores is not None:
            before = self._reader.history(_KINDS[change.table], change.record)
            change = next((one for one in before if one.id == change.restores), change)
        value = json.loads(change.value)
        if (change.table, change.field) == ("answer", "value"):
            value = answer_from(value)
        numbers = [n for first, last, n in self._spans.get(change.device, ()) if first <= change.counter <= last]
        at = clock.to_datetime(clock.from_text(change.hlc)).astimezone()
        code = self._codes.get(change.author, "")
        return Writing(change, standing, value, change.person, code, min(numbers, default=None), at)

    def case(self, conflict: Conflict, settlement: Change | None = None) -> Case:
        """The conflict with everything it belongs to."""
        record = self._reader.get(_KINDS[conflict.table], conflict.record)
        above = self._above(record)
        response, target = above.get("response"), above.get("target")
        survey = form = question = None
        if isinstance(target, records.Target) and target.survey:
            survey = self._reader.get(records.Survey, target.survey)
        if isinstance(record, records.Answer) and isinstance(response, records.Response) and response.form:
            form = self._form(response.form)
            node = form.nodes.get(record.path or "") if form is not None else None
            question = node if isinstance(node, Question) else None
        company = above.get("company")
        sides = [self.writing(change) for change in conflict.changes]
        return Case(
            conflict_key(conflict), conflict, record, company if isinstance(company, records.Company) else None,
            survey, form, question, tuple(sorted(sides, key=lambda side: side.change.hlc, reverse=True)),
            self.writing(settlement) if settlement is not None else None,
        )  # fmt: skip

    def _above(self, record: records.Record | None) -> Mapping[str, records.Record]:
        """The response, target and company a record belongs to, itself included."""
        found: dict[str, records.Record] = {}
        if record is not None:
            found[type(record).__name__.lower()] = record
        for name, kind in _UPWARDS:
            holder = found.get(name, record)
            reference = getattr(holder, name, None)
            if name not in found and isinstance(reference, str):
                parent = self._reader.get(kind, reference)
                if parent is not None:
                    found[name] = record = parent
        return found

    def _form(self, form_id: str) -> Form | None:
        try:
            return load_form(self._reader, form_id)
        except DamagedData:
            return None

    def settled(self, change_id: str) -> Case | None:
        """A decision that still stands where it was written; None when its changes are not here."""
        kept = json.loads(self._reader.local(SETTLED + change_id) or "{}")
        kind = _KINDS[kept["table"]]
        by_id = {change.id: change for change in self._reader.history(kind, kept["record"])}
        sides = [by_id[side] for side in kept["sides"] if side in by_id]
        if change_id not in by_id or not sides:
            return None
        conflict = Conflict(kept["table"], kept["record"], kept["field"], kept["kind"], tuple(sides))
        return self.case(conflict, by_id[change_id])


def _bands(reader: Reader, case: Case) -> Iterable[tuple[Question, tuple[Answer, ...]]]:
    """Each question derived from the one in conflict, worked out for every side."""
    form, record = case.form, case.record
    if form is None or case.question is None or not isinstance(record, records.Answer):
        return
    derived = [q for q in form.questions() if q.extensions.get("source") == case.question.name and form.choices(q)]
    if not derived:
        return
    year = case.survey.reference_year if case.survey is not None else None
    presets = {} if year is None else {"reference_year": str(year)}
    stored = {_address(one): answer_from(one.value) for one in reader.find(records.Answer, response=record.response)}
    place = _address(record)
    interviews = [
        Interview(form, stored | {place: side.value}, presets=presets)
        for side in case.sides if isinstance(side.value, Answer)
    ]  # fmt: skip
    for question in derived:
        yield question, tuple(interview.answer(Address(question.path, place.rows)) for interview in interviews)


def _address(record: records.Answer) -> Address:
    return Address(record.path or "", tuple(record.row.split("/")) if record.row else ())


def _tables(case: Case, derived: Sequence[Question]) -> Iterable[Mapping[str, str]]:
    if case.form is None or case.question is None:
        return
    names = {case.question.name, *(question.name for question in derived)}
    for definition in published():
        if definition.form_id == case.form.form_id and any(
            line.question in names or line.group in names for line in definition.lines
        ):
            yield definition.title


def _around(reader: Reader, known: _Known, case: Case) -> Iterable[Neighbour]:
    """The answers to the nearest questions of the same section, in printed order."""
    record = case.record
    if case.form is None or case.question is None or not isinstance(record, records.Answer):
        return
    stored = {a.path: a for a in reader.find(records.Answer, response=record.response, row=record.row) if a.value}
    beside = [q for q in _siblings(case.form.root, case.question.path) if q.path in stored]
    if len(beside) < _FEW:
        # A section of one question: what was answered just before and after it says more than nothing.
        beside = [q for q in _questions(case.form.root) if q.path in stored and q.path != case.question.path]
    for question in _nearest(beside, case.form, case.question):
        changes = reader.history(records.Answer, stored[question.path].id, "value")
        if changes:
            own = tuple(_last(known, changes, side.change.author) for side in case.sides)
            yield Neighbour(question, known.writing(changes[-1]), own)


def _last(known: _Known, changes: Sequence[Change], author: str) -> Writing | None:
    mine = [change for change in changes if change.author == author]
    return known.writing(mine[-1]) if mine else None


def _siblings(group: Group | Repeat, path: str) -> list[Question]:
    """The other questions below the outermost section that holds ``path``, its repeats left out."""
    section = next((c for c in group.children if not isinstance(c, Question) and path.startswith(c.path + "/")), group)
    inner = next((c for c in section.children if isinstance(c, Repeat) and path.startswith(c.path + "/")), section)
    return [question for question in _questions(inner) if question.path != path]


def _questions(group: Group | Repeat) -> Iterable[Question]:
    for child in group.children:
        if isinstance(child, Question):
            if child.type not in ("note", "hidden", "calculate"):
                yield child
        elif isinstance(child, Group):
            yield from _questions(child)


def _nearest(found: Sequence[Question], form: Form, to: Question) -> list[Question]:
    order = {path: place for place, path in enumerate(form.nodes)}
    chosen = sorted(found, key=lambda question: abs(order[question.path] - order[to.path]))[:_NEIGHBOURS]
    return sorted(chosen, key=lambda question: order[question.path])
