"""One filled questionnaire being worked on: every answer is in the store before the caller hears that it is saved."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from visitapp.errors import AnswerRefused, NotNow
from visitapp.fieldwork.answers import address_of, answer_id, answer_rows, answers_of, row_text
from visitapp.fieldwork.surveys import load_form
from visitapp.questionnaire.answers import UNANSWERED, Address, Answer
from visitapp.questionnaire.form import Form, Question
from visitapp.questionnaire.interview import Effect, Interview, Item, Problem
from visitapp.store import records
from visitapp.store.identity import stable_id

if TYPE_CHECKING:
    from visitapp.store.store import Reader, Store

Clock = Callable[[], datetime]
R = TypeVar("R", bound=records.Record)

DRAFT, FINAL, RETURNED = "draft", "final", "returned"


def local_now() -> datetime:
    """The wall clock with its zone: for times that are shown, never for deciding."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Step:
    """One action that can be undone. ``entered``: address -> (before, after). ``row``: repeat path and ids of the row
    that was added (``added``) or removed."""

    entered: Mapping[Address, tuple[Answer, Answer]]
    row: tuple[str, tuple[str, ...]] | None = None
    added: bool = False


@dataclass(frozen=True, slots=True)
class PreviousResponse:
    """What the same company answered in an earlier survey."""

    survey: records.Survey
    response: records.Response
    form: Form
    answers: Mapping[Address, Answer]


class NotReady(NotNow):
    """A response that cannot be finalised yet (E-210). ``problems`` are the errors and unexplained warnings."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        warnings = sum(problem.kind == "soft" for problem in problems)
        super().__init__("E-210", count=len(problems), errors=len(problems) - warnings, warnings=warnings)
        self.problems = tuple(problems)


def start_response(store: Store, target_id: str, person: str) -> str:
    """The id of the target's response, made if there is none yet.

    Two laptops that start the same target independently write the same record. Raises NotNow E-206 (no such target).
    """
    with store.write(person) as writer:
        target = _known(writer, records.Target, target_id, "target")
        present = writer.find(records.Response, target=target_id)
        if present:
            return present[0].id
        survey = _known(writer, records.Survey, target.survey or "", "survey")
        response_id = stable_id("response", target_id)
        writer.put(
            records.Response, response_id, target=target_id, form=survey.form, status=DRAFT, deleted=False,
            mode=target.mode or survey.mode, visitor=person, device=target.device,
        )  # fmt: skip
        return response_id


class OpenResponse:
    """A response with its interview. ``interview`` answers every question about state; all writing goes through here.

    What cannot be written (full disk, pulled stick) stays in the interview and in ``unsaved``; the error is raised and
    ``save`` tries again. Not shared between threads.
    """

    def __init__(
        self, store: Store, response_id: str, person: str, *, language: str = "ja", clock: Clock = local_now
    ) -> None:
        """Load response and questionnaire. Raises NotNow E-206 (no such response), DamagedData E-205 (no such form)."""
        self._store = store
        self._person = person
        self._clock = clock
        with store.read() as reader:
            self.response = _known(reader, records.Response, response_id, "response")
            self.target = _known(reader, records.Target, self.response.target or "", "target")
            self.survey = _known(reader, records.Survey, self.target.survey or "", "survey")
            self.company = _known(reader, records.Company, self.target.company or "", "company")
            self.form = load_form(reader, self.response.form or self.survey.form or "")
            stored = reader.find(records.Answer, response=response_id)
        self.notes: dict[Address, str] = {address_of(record): record.note for record in stored if record.note}
        presets = {} if self.survey.reference_year is None else {"reference_year": str(self.survey.reference_year)}
        self.interview = Interview(self.form, answers_of(stored), presets=presets, now=clock, language=language)
        self.unsaved: dict[Address, Answer] = {}
        # What opening worked out is written together with the first answer: looking changes nothing.
        self._opening = dict(self.interview.opening.changed)
        self._done: list[Step] = []
        self._undone: list[Step] = []

    # -- entering -----------------------------------------------------------------------------------------------
    def set(self, address: Address, answer: Answer) -> Effect:
        """Enter an answer; on disk when this returns.

        Raises AnswerRefused E-201 (not to be entered), NotNow E-211 (final), EnvironmentProblem (not written yet).
        """
        return self.set_many({address: answer})

    def set_many(self, answers: Mapping[Address, Answer]) -> Effect:
        """Enter several answers as one action and one transaction; errors as ``set``."""
        self._check_open()
        before = {address: self.interview.answer(address) for address in answers}
        effect = self.interview.set_many(answers)
        step = Step({address: (before[address], answer) for address, answer in answers.items()})
        return self._keep(effect, step)

    def add_row(
        self, repeat_path: str, parent_rows: tuple[str, ...] = (), *, picked: tuple[str, str] | None = None
    ) -> tuple[str, Effect]:
        """Append a row to a repeat; returns its id.

        ``picked`` (question path, choice name) is what the row is about: the row's id then follows from it, so that two
        laptops that pick the same make the same row. Errors as ``set``.
        """
        self._check_open()
        row_id = stable_id("row", self.response.id, *parent_rows, *picked) if picked else None
        row_id, effect = self.interview.add_row(repeat_path, parent_rows, row_id)
        rows = (*parent_rows, row_id)
        entered: dict[Address, tuple[Answer, Answer]] = {}
        if picked:
            address, answer = Address(picked[0], rows), Answer(picked[1])
            entered[address] = (UNANSWERED, answer)
            effect = _joined(effect, self.interview.set(address, answer))
        return row_id, self._keep(effect, Step(entered, (repeat_path, rows), added=True))

    def remove_row(self, repeat_path: str, rows: tuple[str, ...]) -> Effect:
        """Remove a row and what is in it; ``undo`` brings it back. Errors as ``set``."""
        self._check_open()
        entered = {
            item.address: (self.interview.answer(item.address), UNANSWERED)
            for item in self.interview.items()
            if item.address.rows[: len(rows)] == rows and self._can_enter(item)
        }
        effect = self.interview.remove_row(repeat_path, rows)
        return self._keep(effect, Step(entered, (repeat_path, rows)))

    def _can_enter(self, item: Item) -> bool:
        given = self.interview.answer(item.address).given
        return isinstance(item.node, Question) and given and not self.interview.is_readonly(item.address)

    # -- undo ---------------------------------------------------------------------------------------------------
    @property
    def can_undo(self) -> bool:
        """Whether there is an action to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone action to do again."""
        return bool(self._undone)

    def undo(self) -> Effect | None:
        """Take the last action back (as new changes); None when there is none. Errors as ``set``."""
        self._check_open()
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        before = {address: pair[0] for address, pair in step.entered.items()}
        return self._written(self._replay(step, before, present=not step.added))

    def redo(self) -> Effect | None:
        """Do the last undone action again; None when there is none. Errors as ``set``."""
        self._check_open()
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        after = {address: pair[1] for address, pair in step.entered.items()}
        return self._written(self._replay(step, after, present=step.added))

    def _replay(self, step: Step, answers: Mapping[Address, Answer], *, present: bool) -> Effect:
        if step.row is None:
            return self.interview.set_many(answers)
        path, rows = step.row
        if not present:
            return self.interview.remove_row(path, rows)
        _row, effect = self.interview.add_row(path, rows[:-1], rows[-1])
        return _joined(effect, self.interview.set_many(answers))

    # -- writing ------------------------------------------------------------------------------------------------
    def _keep(self, effect: Effect, step: Step) -> Effect:
        self._done.append(step)
        self._undone.clear()
        return self._written(effect)

    def _written(self, effect: Effect) -> Effect:
        self.unsaved = {**self._opening, **self.unsaved, **effect.changed}
        self._opening = {}
        self.save()
        return effect

    def save(self) -> None:
        """Write what is not on disk yet; does nothing when all is. Raises EnvironmentProblem."""
        if not self.unsaved:
            return
        rows = answer_rows(self.response.id, self.unsaved)
        with self._store.write(self._person) as writer:
            writer.put_many(records.Answer, rows)
        self.unsaved.clear()

    def note(self, address: Address, text: str) -> None:
        """Keep a remark beside a question; "" takes it away."""
        with self._store.write(self._person) as writer:
            writer.put(
                records.Answer, answer_id(self.response.id, address), response=self.response.id, path=address.path,
                row=row_text(address), note=text or None,
            )  # fmt: skip
        self.notes.pop(address, None)
        if text:
            self.notes[address] = text

    # -- closing ------------------------------------------------------------------------------------------------
    @property
    def is_final(self) -> bool:
        """Whether the response is finalised: it counts in tables, and changing it takes a reason."""
        return self.response.status == FINAL

    def finalise(self) -> None:
        """Declare the response complete; gaps are allowed. Raises NotReady E-210 while errors or warnings are open."""
        self.save()
        if problems := self.interview.problems():
            raise NotReady(problems)
        # The day only, and only the first: two laptops that finalise again must not come into conflict over the time.
        self._put(status=FINAL, finalised_at=self.response.finalised_at or self._clock().date().isoformat())

    def reopen(self, reason: str) -> None:
        """Open a final response for changes. Raises AnswerRefused E-212 when the reason is empty."""
        self._put(status=DRAFT, reopen_reason=_reason(reason))

    def describe(self, **fields: object) -> None:
        """Change facts about the interview: respondent, visited_on, received_on, mode."""
        self._put(**fields)

    def _put(self, **fields: object) -> None:
        with self._store.write(self._person) as writer:
            writer.put(records.Response, self.response.id, **fields)
            self.response = _known(writer, records.Response, self.response.id, "response")

    def _check_open(self) -> None:
        if self.is_final:
            raise NotNow("E-211")

    # -- where the visitor was ------------------------------------------------------------------------------------
    def resume_point(self) -> Address | None:
        """The question that was current when the response was last left on this machine."""
        kept = self._store.local(f"resume/{self.response.id}")
        if not kept:
            return None
        path, *rows = json.loads(kept)
        return Address(path, tuple(rows)) if path in self.form.nodes else None

    def keep_resume_point(self, address: Address) -> None:
        """Remember the current question; stays on this machine."""
        self._store.set_local(f"resume/{self.response.id}", json.dumps([address.path, *address.rows]))


def send_back(store: Store, response_id: str, reason: str, person: str) -> None:
    """差戻し: headquarters returns a final response to the visitor. Raises AnswerRefused E-212, NotNow E-206."""
    with store.write(person) as writer:
        _known(writer, records.Response, response_id, "response")
        writer.put(records.Response, response_id, status=RETURNED, reopen_reason=_reason(reason))


def previous_responses(reader: Reader, company_id: str, survey: records.Survey) -> list[PreviousResponse]:
    """The final responses of the same company in surveys that began before ``survey``, newest first."""
    found: list[PreviousResponse] = []
    for target in reader.find(records.Target, company=company_id):
        earlier = reader.get(records.Survey, target.survey or "")
        if earlier is None or earlier.id == survey.id or (earlier.starts_on or "") >= (survey.starts_on or ""):
            continue
        for response in reader.find(records.Response, target=target.id, status=FINAL):
            stored = answers_of(reader.find(records.Answer, response=response.id))
            found.append(PreviousResponse(earlier, response, load_form(reader, response.form or ""), stored))
    return sorted(found, key=lambda previous: previous.survey.starts_on or "", reverse=True)


def _reason(text: str) -> str:
    if not text.strip():
        raise AnswerRefused("E-212")
    return text.strip()


def _joined(first: Effect, second: Effect) -> Effect:
    changed = {**first.changed, **second.changed}
    return Effect(changed, first.touched | second.touched, first.structure or second.structure)


def _known(reader: Reader, kind: type[R], record_id: str, what: str) -> R:
    found = reader.get(kind, record_id)
    if found is None:
        raise NotNow("E-206", what=what, id=record_id)
    return found
