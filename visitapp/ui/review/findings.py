"""What there is to settle before a response is finalised. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from visitapp.i18n import tr
from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.interview import QuestionState
from visitapp.ui.visit.advice import ready_reasons
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry, entry_problems, entry_state
from visitapp.ui.visit.values import extension
from visitapp.ui.visit.wording import answer_text, labels_of, problem_text, question_name, quoted, rule_text


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: a card, what is to be said about it, and where an answer or reason goes.

    ``reason`` is why a warning was accepted, ``reasons`` what may be said; ``detail`` explains on demand.
    """

    entry: Entry | None
    number: str
    words: str
    address: Address
    reason: str = ""
    reasons: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the review shows. ``answered`` and ``none`` count cards."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    gaps: tuple[Finding, ...]
    kept: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    answered: int
    none: int
    asked: int

    @property
    def unexplained(self) -> int:
        """Warnings without a reason."""
        return sum(not warning.reason for warning in self.warnings)

    @property
    def ready(self) -> bool:
        """Whether nothing keeps the response from being finalised; gaps do not."""
        return not self.errors and not self.unexplained


def find(session: Session) -> Findings:
    """Look through the interview as it stands."""
    asked = session.structure.asked()
    states = [entry_state(session.interview, entry) for entry in asked]
    gaps = [
        Finding(entry, entry.number, entry.title, entry.address)
        for entry, state in zip(asked, states, strict=True)
        if state is QuestionState.UNANSWERED and not entry_problems(session.interview, entry)
    ]
    errors = [finding for entry in asked for finding in _errors(session, entry)]
    warnings = [finding for entry in asked for finding in _warnings(session, entry)]
    return Findings(
        tuple(errors), tuple(warnings), tuple(gaps), tuple(_kept(session)), tuple(_notes(session)),
        answered=sum(state in (QuestionState.ANSWERED, QuestionState.WARNING) for state in states),
        none=states.count(QuestionState.NO_ANSWER), asked=len(asked),
    )  # fmt: skip


def _errors(session: Session, entry: Entry) -> list[Finding]:
    wrong = [problem for problem in entry_problems(session.interview, entry) if problem.kind != "soft"]
    texts = [_about(entry, problem_text(session.interview, session.form, problem)) for problem in wrong]
    return [Finding(entry, entry.number, text, p.address) for text, p in zip(texts, wrong, strict=True)]


def _warnings(session: Session, entry: Entry) -> list[Finding]:
    found: list[Finding] = []
    for problem in entry_problems(session.interview, entry):
        if problem.kind == "soft":
            words = _about(entry, problem_text(session.interview, session.form, problem))
            found.append(Finding(entry, entry.number, words, problem.address, reasons=ready_reasons(entry)))
    for part in entry.parts:
        address = Address(part.path, entry.address.rows)
        reason = session.interview.answer(address).reason
        if reason:
            words = _about(entry, extension(part, "soft_message"))
            found.append(Finding(entry, entry.number, words, address, reason=reason))
    return found


def _kept(session: Session) -> list[Finding]:
    found: list[Finding] = []
    questions = {question.path: question for question in session.form.questions()}
    for address in session.interview.kept():
        question = questions.get(address.path)
        if question is None or question.extensions.get("specify"):
            continue
        condition = session.interview.why(address)
        said = quoted(answer_text(session.form, question, session.interview.answer(address)))
        because = _because(session, condition, address)
        words = tr("{answer}　{because}", answer=said, because=because) if because else said
        number = question_name(session.form, address.path)
        found.append(Finding(None, number, words, address, detail=rule_text(session.form, condition)))
    return found


def _because(session: Session, condition: tuple[tuple[str, tuple[str, ...]], ...], address: Address) -> str:
    """問6が「現在、行っている」のため."""
    questions = {question.path: question for question in session.form.questions()}
    for path, _names in condition:
        question = questions.get(path)
        if question is None:
            continue
        answer = session.interview.answer(Address(path))
        if not answer.given:
            answer = session.interview.answer(Address(path, address.rows))
        labels = labels_of(session.form, question, answer.choices) or [answer_text(session.form, question, answer)]
        now = "".join(quoted(text) for text in labels if text)
        return tr("{number}が{options}のため", number=question_name(session.form, path), options=now) if now else ""
    return ""


def _notes(session: Session) -> list[Finding]:
    found: list[Finding] = []
    for address, text in session.notes().items():
        entry = session.structure.entry(address)
        found.append(Finding(entry, entry.number if entry else "", text, address))
    return sorted(found, key=lambda finding: finding.address)


def _about(entry: Entry, words: str) -> str:
    return tr("{title}：{words}", title=entry.title, words=words)
