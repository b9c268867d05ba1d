"""What the company answered to the same question the last time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visitapp.fieldwork.responses import PreviousResponse
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Form, Question, text_in
from visitapp.ui.visit.structure import Entry
from visitapp.ui.visit.wording import answer_text, labels_of


@dataclass(frozen=True, slots=True)
class LastTime:
    """``lines`` are the answer's words. ``answer`` can be taken over as it is; None when the options are others now."""

    survey: str
    year: int | None
    lines: tuple[str, ...]
    answer: Answer | None


def last_time(previous: Sequence[PreviousResponse], form: Form, entry: Entry) -> LastTime | None:
    """The newest earlier answer to a card's (last) question; repeat rows have none."""
    question = entry.parts[-1]
    if entry.address.rows:
        return None
    for earlier in previous:
        before = next((each for each in earlier.form.questions() if each.name == question.name), None)
        answer = earlier.answers.get(Address(before.path)) if before is not None else None
        if before is not None and answer is not None and answer.given:
            lines = _lines(earlier.form, before, answer)
            same = Answer(answer.text, answer.no_answer) if _agree(form, question, earlier.form, before) else None
            return LastTime(earlier.survey.name or "", earlier.survey.fiscal_year, lines, same)
    return None


def times_as_much(now: Answer, before: LastTime | None) -> float | None:
    """How many times the last number this one is, where that is worth a second look (double or half)."""
    if before is None or before.answer is None or not (now.text.isdecimal() and before.answer.text.isdecimal()):
        return None
    earlier, later = int(before.answer.text), int(now.text)
    ratio = later / earlier if earlier else 0.0
    return ratio if ratio >= 2 or 0 < ratio <= 0.5 else None


def _lines(form: Form, question: Question, answer: Answer) -> tuple[str, ...]:
    if question.type in ("select_one", "select_multiple") and not answer.no_answer:
        return tuple(labels_of(form, question, answer.choices))
    return (answer_text(form, question, answer),)


def _agree(form: Form, question: Question, earlier_form: Form, before: Question) -> bool:
    """Whether an earlier answer means the same now: same type, and the same options under the same names."""
    if question.type != before.type:
        return False
    now = [(choice.name, text_in(choice.label, "ja")) for choice in form.choices(question)]
    then = [(choice.name, text_in(choice.label, "ja")) for choice in earlier_form.choices(before)]
    return now == then
