"""Whether an answer is right: its type, its options, the form's constraints and soft checks.

Source: ODK XForms specification (data types, bind attributes); soft checks and exclusive options are ours
(``bind::visitapp:soft``, ``exclusive``). Every check leaves blank answers alone; 無回答 satisfies "required".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time

from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.evaluation import Evaluation
from visitapp.questionnaire.form import Question
from visitapp.questionnaire.outcome import Problem
from visitapp.questionnaire.plan import compiled

_SILENT = """
    calculate hidden start end today deviceid username phonenumber email simserial subscriberid audit
    start-geopoint background-audio background-geopoint
"""
UNASKED = frozenset(_SILENT.split())
"""Types of questions nobody is asked: they stand on no page."""
SELECTS = frozenset({"select_one", "select_multiple", "rank"})
NUMBERS = frozenset({"integer", "decimal", "range"})

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_INTEGER = re.compile(r"-?\d{1,400}")  # longer is no number here, and Python refuses to convert it
_DECIMAL = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2})\s*[:時]\s*(\d{2})\s*分?")


def is_asked(question: Question) -> bool:
    """Whether a person answers it: neither calculated nor hidden nor a mere note."""
    return question.type not in UNASKED and question.type != "note"


def normalised(question: Question, text: str) -> str:
    """What was typed, as XForms writes it: half-width digits, ISO dates, choice names once each.

    What cannot be understood stays as it was typed.
    """
    if question.type in SELECTS:
        return " ".join(dict.fromkeys(text.split()))
    if question.type in NUMBERS:
        return _number(text)
    if question.type in ("date", "time"):
        return _moment(question.type, unicodedata.normalize("NFKC", text).strip())
    return text


def _moment(kind: str, plain: str) -> str:
    found = (_DATE if kind == "date" else _TIME).fullmatch(plain)
    if found is None:
        return plain
    numbers = [int(part) for part in found.groups()]
    written = "{:04}-{:02}-{:02}".format(*numbers) if kind == "date" else "{:02}:{:02}:00".format(*numbers)
    return written if _is_moment(kind, written) else plain


def _number(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    plain = plain.removeprefix("+")
    return str(int(plain)) if _INTEGER.fullmatch(plain) else plain


def is_required(evaluation: Evaluation, address: Address) -> bool:
    """Whether there must be an answer (無回答 counts as one)."""
    return _holds(evaluation, address, _question(evaluation, address).required, blank=False)


def is_readonly(evaluation: Evaluation, address: Address) -> bool:
    """Whether the form lets nobody change the answer now: calculated, or read-only."""
    question = _question(evaluation, address)
    if question.type not in ("hidden",) and not is_asked(question):
        return True
    calculated = bool(question.calculation) and not question.trigger
    return calculated or _holds(evaluation, address, question.readonly, blank=False)


def problems_of(evaluation: Evaluation, address: Address, answer: Answer) -> tuple[Problem, ...]:
    """What is wrong with the answer of a question that is asked; the first reason only."""
    question = _question(evaluation, address)
    if not answer.given:
        if not is_required(evaluation, address):
            return ()
        return (Problem(address, "required", _message(evaluation, address, "required")),)
    if answer.no_answer:
        return ()
    return tuple(_wrong(evaluation, address, question, answer))[:1]


def _wrong(evaluation: Evaluation, address: Address, question: Question, answer: Answer) -> Iterator[Problem]:
    if fault := type_fault(evaluation, question, answer):
        yield Problem(address, "type", "", fault)
    standing_alone = set(question.extensions.get("exclusive", "").split())
    if len(answer.choices) > 1 and question.type == "select_multiple" and standing_alone & set(answer.choices):
        yield Problem(address, "constraint", _message(evaluation, address, "constraint"), "exclusive")
    if question.type in SELECTS and (question.choice_filter or question.itemset):
        offered = {choice.name for choice in evaluation.choices(address)}
        if not offered.issuperset(answer.choices):
            yield Problem(address, "constraint", "", "offered")
    if not _holds(evaluation, address, question.constraint, blank=True):
        yield Problem(address, "constraint", _message(evaluation, address, "constraint"))
    if not answer.reason and not _holds(evaluation, address, question.extensions.get("soft", ""), blank=True):
        yield Problem(address, "soft", _soft_message(evaluation, question))


def type_fault(evaluation: Evaluation, question: Question, answer: Answer) -> str:
    """What was expected instead ("integer", "date" ...), "" when the text is one of the question's type."""
    match question.type:
        case "integer":
            return "" if _INTEGER.fullmatch(answer.text) else "integer"
        case "decimal":
            return "" if _DECIMAL.fullmatch(answer.text) else "decimal"
        case "range":
            return "" if _in_range(question, answer.text) else "range"
        case "date" | "time" | "dateTime":
            return "" if _is_moment(question.type, answer.text) else question.type
        case "select_one" | "select_multiple" | "rank":
            return _choice_fault(evaluation, question, answer)
    return ""


def _choice_fault(evaluation: Evaluation, question: Question, answer: Answer) -> str:
    if question.type == "select_one" and len(answer.choices) > 1:
        return "one"
    if question.itemset is not None:
        return ""
    names = {choice.name for choice in evaluation.form.choices(question)}
    return "" if names.issuperset(answer.choices) else "choice"


def _in_range(question: Question, text: str) -> bool:
    if not _DECIMAL.fullmatch(text):
        return False
    start, end, step = (float(question.parameters.get(key, default)) for key, default in _RANGE)
    steps = (float(text) - start) / step
    return min(start, end) <= float(text) <= max(start, end) and abs(steps - round(steps)) < 1e-9


_RANGE = (("start", "1"), ("end", "10"), ("step", "1"))


def _is_moment(kind: str, text: str) -> bool:
    read = {"date": date.fromisoformat, "time": time.fromisoformat, "dateTime": datetime.fromisoformat}[kind]
    try:
        read(text)
    except ValueError:
        return False
    return kind != "date" or len(text) == 10


def _question(evaluation: Evaluation, address: Address) -> Question:
    question = evaluation.plan.nodes[address.path]
    assert isinstance(question, Question)
    return question


def _holds(evaluation: Evaluation, address: Address, source: str, blank: bool) -> bool:
    """Whether an expression holds for the question; ``blank``: what counts when there is none."""
    expression = compiled(source)
    if expression is None:
        return blank
    return evaluation.condition(expression, evaluation.tree.element(address), otherwise=blank)


def _message(evaluation: Evaluation, address: Address, kind: str) -> str:
    question = _question(evaluation, address)
    message = question.required_message if kind == "required" else question.constraint_message
    return evaluation.text(message, evaluation.tree.element(address))


def _soft_message(evaluation: Evaluation, question: Question) -> str:
    default = question.extensions.get("soft_message", "")
    return question.extensions.get(f"soft_message_{evaluation.language}", default)
