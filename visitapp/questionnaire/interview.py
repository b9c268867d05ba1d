"""One interview as state: what was answered, what is asked, what is wrong. Pure; the caller stores.

This file fixes the interface; see the docstrings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Choice, Form, Group, Question, Repeat


class QuestionState(Enum):
    """The states of ui/README section 6."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not_applicable"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to settle before finalising. ``kind``: "required", "constraint", "soft" or "type".

    ``message`` is the form's own text in the interview's language, "" when the form gives none.
    """

    address: Address
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What one action changed: addresses whose value, relevance or validity may look different now.

    ``changed`` maps each address whose stored answer changed (the one set, calculated ones, row markers) to its
    new answer: exactly what has to be saved. ``structure`` is true when questions or rows appeared or disappeared.
    """

    changed: Mapping[Address, Answer]
    touched: frozenset[Address]
    structure: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the interview in printed order: a section, a repeat's row, or a question, with its address."""

    address: Address
    node: Question | Group | Repeat
    relevant: bool


class Interview:
    """The answers of one response against its form.

    ``answers`` are the stored ones (row markers included: an answer at a repeat's path whose rows end with the row's
    id; its text is the row's position). ``presets`` fill questions by name before the first calculation
    (reference_year ...). ``now`` is the clock that today() and now() see.
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
    ) -> None:
        raise NotImplementedError

    # -- acting; each returns what to save and what to redraw -------------------------------------------------
    def set(self, address: Address, answer: Answer) -> Effect:
        """Enter an answer (or UNANSWERED to take it back). Wrong values are kept and reported by ``problems``.

        Raises AnswerRefused (E-201) when the question is unknown, read-only or calculated.
        """
        raise NotImplementedError

    def set_many(self, answers: Mapping[Address, Answer]) -> Effect:
        """Enter several at once, recomputing once (import)."""
        raise NotImplementedError

    def add_row(self, repeat_path: str, parent_rows: tuple[str, ...] = (), row_id: str | None = None) -> tuple[str, Effect]:
        """Append a row; returns its id."""
        raise NotImplementedError

    def remove_row(self, repeat_path: str, rows: tuple[str, ...]) -> Effect:
        """Remove a row and what is in it. Answers in it come back as UNANSWERED in ``Effect.changed``."""
        raise NotImplementedError

    # -- asking -----------------------------------------------------------------------------------------------
    def items(self) -> tuple[Item, ...]:
        """Everything in printed order, also what is not asked (``relevant`` tells); calculates left out."""
        raise NotImplementedError

    def rows(self, repeat_path: str, parent_rows: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The row ids of a repeat, in order."""
        raise NotImplementedError

    def answer(self, address: Address) -> Answer:
        """The stored answer, relevant or not. UNANSWERED when there is none."""
        raise NotImplementedError

    def is_relevant(self, address: Address) -> bool:
        """Whether the question is asked (its own condition and that of every enclosing section)."""
        raise NotImplementedError

    def state(self, address: Address) -> QuestionState:
        """The question's state for the outline."""
        raise NotImplementedError

    def choices(self, address: Address) -> tuple[Choice, ...]:
        """The options offered now (choice filter applied)."""
        raise NotImplementedError

    def problems(self, address: Address | None = None) -> tuple[Problem, ...]:
        """Errors and unanswered soft checks of one question, or of all relevant ones in printed order."""
        raise NotImplementedError

    def is_required(self, address: Address) -> bool:
        """Whether the question must have an answer (無回答 counts as one)."""
        raise NotImplementedError

    def label(self, address: Address) -> str:
        """The label in the interview's language with ``<output>`` references filled in."""
        raise NotImplementedError

    def why(self, address: Address) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The questions and option names that decide whether this one is asked: ((path, (choice name, ...)), ...)."""
        raise NotImplementedError

    def gaps(self) -> tuple[Address, ...]:
        """Relevant questions that are 未回答, in printed order."""
        raise NotImplementedError

    def kept(self) -> tuple[Address, ...]:
        """Answers that are kept though no longer asked."""
        raise NotImplementedError

    def relevant_answers(self) -> Mapping[Address, Answer]:
        """Every answer of a relevant question, calculated ones included: what tables read."""
        raise NotImplementedError

    def applicable(self) -> Iterable[Address]:
        """Every question that is asked, answered or not (the base of its table)."""
        raise NotImplementedError
