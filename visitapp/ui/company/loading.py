"""The company's file with its answers in words and the history of its facts, loaded on the worker."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.ui.notebook.company_file import CompanyFile, load_company

if TYPE_CHECKING:
    from visitapp.questionnaire.form import Form
    from visitapp.store import records
    from visitapp.store.store import Reader, Store

_HISTORY = 40


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answered question: printed number, title, answer in words; ``row`` names the repeat's row ("" outside)."""

    section: str
    number: str
    title: str
    answer: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of the company's facts: when (milliseconds), who, which device, field, value as stored."""

    wall_ms: int
    person: str
    device: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class CompanyView:
    """What the page shows. ``answers`` by response id; ``states`` the target's state by target id."""

    file: CompanyFile
    answers: dict[str, tuple[AnswerLine, ...]]
    history: tuple[HistoryLine, ...]
    states: dict[str, object]


def load_view(store: Store, company_id: str) -> CompanyView:
    """Everything the page shows. Raises NotNow E-206 for an unknown company, DamagedData E-205 for a lost form."""
    from visitapp.commands.handin import target_list

    found = load_company(store, company_id)
    states: dict[str, object] = {}
    for part in found.parts:
        lines = {line.target.id: line.state for line in target_list(store, part.survey.id)}
        states[part.target.id] = lines.get(part.target.id)
    with store.read() as reader:
        answers = {
            part.response.id: _answers(reader, part.response, part.survey)
            for part in found.parts
            if part.response is not None
        }
        return CompanyView(found, answers, _history(reader, company_id), states)


def _answers(reader: Reader, response: records.Response, survey: records.Survey) -> tuple[AnswerLine, ...]:
    from visitapp.fieldwork.answers import answers_of
    from visitapp.fieldwork.surveys import load_form
    from visitapp.questionnaire.interview import Interview
    from visitapp.store import records

    form = load_form(reader, response.form or survey.form or "")
    presets = {} if survey.reference_year is None else {"reference_year": str(survey.reference_year)}
    stored = answers_of(reader.find(records.Answer, response=response.id))
    return tuple(_lines(form, Interview(form, stored, presets=presets)))


def _lines(form: Form, interview: object) -> list[AnswerLine]:
    from visitapp.i18n import language
    from visitapp.questionnaire.form import Question, text_in
    from visitapp.questionnaire.interview import Interview
    from visitapp.ui.visit.wording import answer_text

    assert isinstance(interview, Interview)
    section = ""
    made: list[AnswerLine] = []
    for item in interview.items():
        if not isinstance(item.node, Question):
            section = text_in(item.node.label, language()) or section
            continue
        answer = interview.answer(item.address)
        if item.relevant and answer.given and not item.node.extensions.get("specify"):
            title = interview.label(item.address)
            made.append(
                AnswerLine(section, item.node.extensions.get("number", ""), title, answer_text(form, item.node, answer))
            )
    return made


def _history(reader: Reader, company_id: str) -> tuple[HistoryLine, ...]:
    from visitapp.store import records

    codes = {device.id: device.code or "" for device in reader.find(records.Device, deleted=True)}
    changes = reader.history(records.Company, company_id)[::-1][:_HISTORY]
    return tuple(
        HistoryLine(
            int(change.hlc.split("-")[0]),
            change.person,
            codes.get(change.device.partition(".")[0], ""),
            change.field,
            _shown(change.value),
        )
        for change in changes
    )


def _shown(value: str) -> str:
    found = json.loads(value)
    return "" if found is None else str(found)
