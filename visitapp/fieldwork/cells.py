"""One answer as text in a CSV cell, and back.

Options are written as their printed words, several separated by ；; 無回答 is that word; an empty cell is no answer
(not asked, or not entered). Source: report/microdata/README.md.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from visitapp.errors import AnswerRefused
from visitapp.questionnaire.answers import NO_ANSWER, UNANSWERED, Answer
from visitapp.questionnaire.form import Choice, Form, Question

NO_ANSWER_WORD = "無回答"
SEPARATOR = "；"

# What may be cut out of a printed option without changing it: the mark where a line may break.
_BREAK = "\u200b"
_INTEGER = re.compile(r"[+-]?\d{1,30}")
_DECIMAL = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})")
# Plain digits, and not without end: a few letters such as 1e999999999 would fill the memory when written out.
# Question types whose text is itself the cell.
_TEXT_TYPES = {"text", "note", "time", "dateTime", "geopoint", "barcode"}


class CellCodec:
    """Reads and writes the cells of one questionnaire."""

    def __init__(self, form: Form) -> None:
        self._names: dict[str, dict[str, str]] = {}
        self._labels: dict[str, dict[str, str]] = {}
        for list_name, choices in form.lists.items():
            self._names[list_name] = {word: choice.name for choice in choices for word in _words(choice)}
            self._labels[list_name] = {choice.name: _japanese(choice) for choice in choices}

    def read(self, question: Question, cell: str) -> Answer:
        """The answer a cell means.

        Raises AnswerRefused E-506 (no such option; ``allowed`` are those there are), E-507 (no number), E-524 (no
        date), E-511 (several options where one is asked), E-512 (無回答 beside an option); ``value`` is the offending
        part.
        """
        if not cell.strip():
            return UNANSWERED
        if cell.strip() == NO_ANSWER_WORD:
            return NO_ANSWER
        if question.type in ("select_one", "select_multiple"):
            return self._select(question, cell.strip())
        if question.type in _TEXT_TYPES:
            return Answer(cell)
        return Answer(_plain_value(question.type, unicodedata.normalize("NFKC", cell).strip()))

    def _select(self, question: Question, cell: str) -> Answer:
        names = self._names.get(question.list_name or "", {})
        parts = [part.strip() for part in cell.split(SEPARATOR)] if question.type == "select_multiple" else [cell]
        if len(parts) > 1 and NO_ANSWER_WORD in parts:
            raise AnswerRefused("E-512", value=cell)
        unknown = [part for part in parts if part not in names]
        if unknown and question.type == "select_one" and SEPARATOR in cell:
            raise AnswerRefused("E-511", value=cell)
        if unknown:
            raise AnswerRefused("E-506", value=unknown[0], allowed=tuple(names))
        chosen = {names[part] for part in parts}
        printed = self._labels.get(question.list_name or "", {})
        return Answer(" ".join(name for name in printed if name in chosen))

    def write(self, question: Question, answer: Answer) -> str:
        """The cell for an answer; "" for none."""
        if answer.no_answer:
            return NO_ANSWER_WORD
        if question.type not in ("select_one", "select_multiple"):
            return answer.text
        labels = self._labels.get(question.list_name or "", {})
        return SEPARATOR.join(labels.get(name, name) for name in answer.choices)


def _words(choice: Choice) -> Iterable[str]:
    """What a cell may say for this option: its label in any language."""
    return {text.replace(_BREAK, "").strip() for text in choice.label.values()}


def _japanese(choice: Choice) -> str:
    label = choice.label.get("ja") or next(iter(choice.label.values()), choice.name)
    return label.replace(_BREAK, "")


def _plain_value(kind: str, text: str) -> str:
    """A number or date in the form XForms stores it. Raises AnswerRefused E-507, E-524."""
    if kind == "date":
        return date_text(text)
    number = text.replace(",", "")
    if not (_INTEGER if kind == "integer" else _DECIMAL).fullmatch(number):
        raise AnswerRefused("E-507", value=text)
    return str(int(number)) if kind == "integer" else format(Decimal(number), "f")


def date_text(text: str) -> str:
    """An ISO date ("2016-04-07"; "2016/4/7" is accepted too). Raises AnswerRefused E-524."""
    try:
        year, month, day = (int(part) for part in text.replace("/", "-").split("-"))
        return datetime.date(year, month, day).isoformat()
    except (ValueError, OverflowError) as error:
        raise AnswerRefused("E-524", value=text) from error
