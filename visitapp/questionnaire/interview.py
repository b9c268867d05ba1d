"""One interview as state: what was answered, what is asked, what is wrong. Pure; the caller stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from uuid import uuid4

from visitapp.errors import AnswerRefused
from visitapp.questionnaire import checks
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.computation import Computation, Wave
from visitapp.questionnaire.evaluation import Evaluation
from visitapp.questionnaire.form import Form, Group, Question, Repeat
from visitapp.questionnaire.outcome import Effect, Item, Problem, QuestionState
from visitapp.questionnaire.reading import Reading

__all__ = ["Effect", "Interview", "Item", "Problem", "QuestionState"]


class Interview(Reading):
    """The answers of one response against its form.

    ``answers`` are the stored ones (row markers included: an answer at a repeat's path whose rows end with the row's
    id; its text is the row's position). A ``new`` response gets the form's defaults; when ``new`` is not said, one
    without answers is new. ``presets`` fill questions by name before the first calculation (reference_year ...):
    hidden and calculated ones always, others when nothing is stored. ``now`` is the clock that today() and now()
    see; without one they are blank.
    ``opening`` is what opening has changed (defaults, presets, calculations, rows): to be saved with the first action.
    """

    def __init__(
        self,
        form: Form,
        answers: Mapping[Address, Answer],
        *,
        presets: Mapping[str, str] | None = None,
        now: Callable[[], datetime] | None = None,
        language: str = "ja",
        new_row_id: Callable[[], str] | None = None,
        new: bool | None = None,
    ) -> None:
        evaluation = Evaluation(form, language, now)
        self._new_row_id = new_row_id or (lambda: uuid4().hex)
        self._state = Computation(evaluation, self._new_row_id)
        super().__init__(form, evaluation, self._state.answers)
        self.opening: Effect = self._state.open(
            answers, dict(self._presets(presets or {}, answers)), not answers if new is None else new
        )

    # -- acting; each returns what to save and what to redraw -------------------------------------------------
    def set(self, address: Address, answer: Answer) -> Effect:
        """Enter an answer (or UNANSWERED to take it back). Wrong values are kept and reported by ``problems``.

        Raises AnswerRefused (E-201) when the question is unknown, read-only or calculated.
        """
        if address not in self._tree:
            raise AnswerRefused("E-201", path=address.path)
        return self.set_many({address: answer})

    def set_many(self, answers: Mapping[Address, Answer]) -> Effect:
        """Enter several at once, recomputing once (import). Rows that are not there yet are added.

        No trigger overwrites what is entered with it. Raises AnswerRefused (E-201) and changes nothing when one of
        them cannot be entered.
        """
        for address in answers:
            self._check_open(address)
        wave = Wave(given=frozenset(answers))
        for address, answer in answers.items():
            question = self._nodes[address.path]
            self._add_missing_rows(address, wave)
            if isinstance(question, Question):
                text = checks.normalised(question, answer.text)
                self._state.write(address, Answer(text, answer.no_answer, answer.reason), wave)
        return self._finish(wave)

    def add_row(
        self, repeat_path: str, parent_rows: tuple[str, ...] = (), row_id: str | None = None
    ) -> tuple[str, Effect]:
        """Append a row; returns its id.

        Raises AnswerRefused: E-201 when there is no such place or the id is taken, E-202 when an answer counts rows.
        """
        repeat = self._free_repeat(repeat_path)
        row = row_id or self._new_row_id()
        around = Address(repeat_path.rpartition("/")[0], parent_rows)
        if around not in self._tree or Address(repeat_path, (*parent_rows, row)) in self._tree:
            raise AnswerRefused("E-201", path=repeat_path)
        wave = Wave()
        self._state.add_row(repeat, (*parent_rows, row), wave)
        return row, self._finish(wave)

    def remove_row(self, repeat_path: str, rows: tuple[str, ...]) -> Effect:
        """Remove a row and what is in it. Answers in it come back as UNANSWERED in ``Effect.changed``.

        Raises AnswerRefused: E-201 when there is no such row, E-202 when an answer counts rows.
        """
        repeat = self._free_repeat(repeat_path)
        if Address(repeat_path, rows) not in self._tree:
            raise AnswerRefused("E-201", path=repeat_path)
        wave = Wave()
        self._state.remove_row(repeat, rows, wave)
        return self._finish(wave)

    def use_language(self, language: str) -> None:
        """Show texts in another language from now on; answers stay as they are."""
        self._evaluation.language = language
        self._problems.clear()
        self._choices.clear()

    # -- inside -----------------------------------------------------------------------------------------------
    def _presets(self, presets: Mapping[str, str], stored: Mapping[Address, Answer]) -> Iterator[tuple[Address, str]]:
        for question in self.form.questions():
            address = Address(question.path)
            if question.name in presets and (question.type in checks.UNASKED or address not in stored):
                yield address, presets[question.name]

    def _check_open(self, address: Address) -> None:
        """Raise AnswerRefused (E-201) when nothing can be entered there."""
        node = self._nodes.get(address.path)
        depth = len(self._evaluation.plan.repeats.get(address.path, ()))
        if node is None or isinstance(node, Group) or len(address.rows) != depth:
            raise AnswerRefused("E-201", path=address.path)
        if address in self._tree and isinstance(node, Question) and self.is_readonly(address):
            raise AnswerRefused("E-201", path=address.path)

    def _add_missing_rows(self, address: Address, wave: Wave) -> None:
        for depth, path in enumerate(self._evaluation.plan.repeats[address.path], start=1):
            repeat = self._nodes[path]
            if isinstance(repeat, Repeat) and Address(path, address.rows[:depth]) not in self._tree:
                self._state.add_row(repeat, address.rows[:depth], wave)

    def _free_repeat(self, path: str) -> Repeat:
        repeat = self._nodes.get(path)
        if not isinstance(repeat, Repeat):
            raise AnswerRefused("E-201", path=path)
        if repeat.count:
            raise AnswerRefused("E-202", path=path)
        return repeat

    def _finish(self, wave: Wave) -> Effect:
        effect = self._state.run(wave)
        for address in effect.touched:
            self._problems.pop(address, None)
            self._choices.pop(address, None)
        return effect
