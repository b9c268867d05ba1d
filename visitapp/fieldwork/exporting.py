"""Writes a store's companies, responses, sheets and opinions in the exchange format: the inverse of importing.

A column is left out where importing would come to the same without it: nobody answered, every text of その他 is 無回答,
every response is 確定, and so on. Notes, visits beside the one of the response, and history are no part of the format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from visitapp.fieldwork import exchange
from visitapp.fieldwork.answers import answers_of
from visitapp.fieldwork.cells import NO_ANSWER_WORD, CellCodec
from visitapp.fieldwork.csvfiles import write_csv
from visitapp.fieldwork.reading import importable
from visitapp.fieldwork.responses import FINAL
from visitapp.fieldwork.surveys import ShippedSurvey, load_form, shipped_surveys
from visitapp.questionnaire.answers import UNANSWERED, Address, Answer
from visitapp.questionnaire.form import Form, Repeat
from visitapp.store import records
from visitapp.store.store import Reader, Store

Cells = Mapping[str, str]
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ExportReport:
    """File name -> number of rows written."""

    files: Mapping[str, int]


def export_folder(store: Store, folder: Path) -> ExportReport:
    """Write every survey that has targets into ``folder``. Raises EnvironmentProblem E-590, E-591."""
    written: dict[str, int] = {}
    with store.read() as reader:
        companies = {company.id: company for company in reader.find(records.Company)}
        in_surveys: set[str] = set()
        for survey in shipped_surveys():
            targets = {target.id: target for target in reader.find(records.Target, survey=survey.id)}
            if targets:
                ids = {target.company or "" for target in targets.values()}
                in_surveys |= ids
                listed = [company for one, company in companies.items() if one in ids]
                written |= _write_companies(folder, exchange.companies_file(survey.key), listed)
                written |= _SurveyExport(reader, folder, survey, targets).write()
        extra = [company for one, company in companies.items() if one not in in_surveys]
        if extra:
            written |= _write_companies(folder, exchange.EXTRA_COMPANIES, extra)
    return ExportReport(written)


def _write_companies(folder: Path, name: str, companies: Sequence[records.Company]) -> dict[str, int]:
    fields = (*exchange.COMPANY_TEXTS, *exchange.COMPANY_NUMBERS)
    rows = [
        {exchange.COMPANY_ID: company.id} | {column: _text(getattr(company, column)) for column in fields}
        for company in companies
    ]
    return _write(folder, name, exchange.COMPANY_COLUMNS, rows)


def _write(folder: Path, name: str, columns: Sequence[str], rows: Sequence[Cells]) -> dict[str, int]:
    write_csv(folder / name, columns, rows)
    return {name: len(rows)}


def _text(value: object) -> str:
    return "" if value is None else str(value)


class _SurveyExport:
    def __init__(
        self, reader: Reader, folder: Path, survey: ShippedSurvey, targets: Mapping[str, records.Target]
    ) -> None:
        self._folder = folder
        self._survey = survey
        self._targets = targets
        found = [response for response in reader.find(records.Response) if response.target in targets]
        self._responses = sorted(found, key=lambda response: (_date(response), response.id))
        forms = {form_id: load_form(reader, form_id) for form_id in {response.form or "" for response in found}}
        self._forms: dict[str, _FormColumns] = {one: _FormColumns(form) for one, form in forms.items()}
        self._answers = _all_answers(reader, found)
        self._opinions = [o for o in reader.find(records.Opinion) if o.response in {r.id for r in found}]

    def write(self) -> dict[str, int]:
        """Write the files of this survey; returns the number of rows of each."""
        if not self._responses:
            return {}
        name = exchange.responses_file(self._survey.key)
        written = self._write_rows(name, exchange.RESPONSE_COLUMNS, [self._response(r) for r in self._responses])
        sheets = [sheet for response in self._responses for sheet in self._sheets(response)]
        if sheets:
            written |= self._write_rows(exchange.SHEETS_FILE, exchange.SHEET_COLUMNS, sheets)
        if self._opinions:
            name = exchange.opinions_file(self._survey.key)
            ordered = sorted(self._opinions, key=lambda opinion: (opinion.response or "", opinion.seq or 0, opinion.id))
            written |= self._write_rows(name, exchange.OPINION_COLUMNS, [_opinion(opinion) for opinion in ordered])
        return written

    def _write_rows(self, name: str, fixed: Sequence[str], rows: Sequence[Cells]) -> dict[str, int]:
        questions = {column: None for form in self._forms.values() for column in form.columns}
        used = [column for column in (*fixed, *questions) if self._says_something(column, rows)]
        return _write(self._folder, name, used, rows)

    def _says_something(self, column: str, rows: Sequence[Cells]) -> bool:
        values = {row.get(column, "") for row in rows} - {""}
        inferred = {"mode": {self._survey.mode}, "status": {exchange.FINAL}, "follow_up": {"none"}}.get(column, set())
        if any(column in form.specified for form in self._forms.values()):
            inferred = {NO_ANSWER_WORD}
        for filled, gate in exchange.IMPLIED.items():
            if column == gate and all(bool(row.get(gate)) == bool(row.get(filled)) for row in rows):
                inferred = {form.implied_word(gate) for form in self._forms.values()}
        return bool(values - inferred)

    def _response(self, response: records.Response) -> Cells:
        form = self._forms[response.form or ""]
        dated = "received_date" if self._survey.mode == "郵送" else "visit_date"
        return {
            exchange.RESPONSE_ID: response.id,
            exchange.COMPANY_ID: self._company(response),
            "mode": response.mode or "",
            dated: _date(response),
            "visitor_code": response.visitor or "",
            "device_code": response.device or "",
            "respondent": response.respondent or "",
            "status": exchange.FINAL if response.status == FINAL else exchange.DRAFT,
        } | form.cells(self._answers.get(response.id, {}), ())

    def _sheets(self, response: records.Response) -> list[Cells]:
        form = self._forms[response.form or ""]
        answers = self._answers.get(response.id, {})
        rows = [(int(answer.text), address.rows) for address, answer in answers.items() if address.path == form.sheets]
        return [
            {
                exchange.SHEET_ID: row[-1],
                exchange.RESPONSE_ID: response.id,
                exchange.COMPANY_ID: self._company(response),
                "sheet_no": str(number),
            }
            | form.cells(answers, row)
            for number, (_position, row) in enumerate(sorted(rows), start=1)
        ]

    def _company(self, response: records.Response) -> str:
        return self._targets[response.target or ""].company or ""


class _FormColumns:
    """How the answers of one questionnaire become cells."""

    def __init__(self, form: Form) -> None:
        repeats = [node for node in form.walk() if isinstance(node, Repeat) and node.name == exchange.SHEETS_REPEAT]
        self.sheets = repeats[0].path if repeats else ""
        self._top = importable(form, None)
        self._inside = importable(form, exchange.SHEETS_REPEAT)
        self.columns = {**self._top, **self._inside}
        self.specified = {name for name, question in self.columns.items() if "specify" in question.extensions}
        self._codec = CellCodec(form)

    def cells(self, answers: Mapping[Address, Answer], rows: tuple[str, ...]) -> dict[str, str]:
        """The answers outside the sheets, or those of the sheet whose row ids are ``rows``."""
        questions = self._inside if rows else self._top
        found = {name: answers.get(Address(q.path, rows), UNANSWERED) for name, q in questions.items()}
        return {name: self._codec.write(questions[name], answer) for name, answer in found.items() if answer.given}

    def implied_word(self, gate: str) -> str:
        """How the implied はい is written."""
        question = self.columns.get(gate)
        return self._codec.write(question, Answer(exchange.IMPLIED_YES)) if question else ""


def _all_answers(reader: Reader, responses: Sequence[records.Response]) -> dict[str, dict[Address, Answer]]:
    grouped: dict[str, list[records.Answer]] = {}
    for start in range(0, len(responses), _CHUNK):
        ids = tuple(response.id for response in responses[start : start + _CHUNK])
        for answer in reader.find(records.Answer, response=ids):
            grouped.setdefault(answer.response or "", []).append(answer)
    return {response: answers_of(stored) for response, stored in grouped.items()}


def _date(response: records.Response) -> str:
    return (response.received_on or response.visited_on or "")[:10]


def _opinion(opinion: records.Opinion) -> Cells:
    return {
        exchange.OPINION_ID: opinion.id,
        exchange.RESPONSE_ID: opinion.response or "",
        exchange.COMPANY_ID: opinion.company or "",
        "seq": _text(opinion.seq),
        "category": opinion.category or "",
        "text": opinion.text or "",
        "said_at": opinion.said_at or "",
        "follow_up": opinion.follow_up or "none",
        "due_on": opinion.due_on or "",
    }
