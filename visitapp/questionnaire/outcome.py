"""What an interview tells those who ask it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Group, Question, Repeat


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

    ``message`` is the form's own text in the interview's language, "" when the form gives none. ``detail`` then says
    more: for "type" what is expected ("integer", "decimal", "date", "time", "dateTime", "range", "choice" = not in
    the list, "one" = only one choice), for "constraint" "exclusive" (a choice that stands alone was chosen with
    others) or "offered" (a chosen option is no longer offered); else "".
    """

    address: Address
    kind: str
    message: str
    detail: str = ""


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
    """One line of the interview in printed order: a section, a repeat, a repeat's row, or a question.

    A repeat comes first as itself (the rows of its address are those around it: the place for "add a row"), then
    once for each row (its address ends with the row's id).
    """

    address: Address
    node: Question | Group | Repeat
    relevant: bool
