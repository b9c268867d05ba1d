"""Takes a folder in the exchange format into the store: all of it in one transaction, or nothing.

Importing the same folder twice changes nothing. What a file leaves out stays as it is in the store; an empty cell takes
an answer back. Contradictory answers are kept (they are then not asked, and count in no table) and reported as remarks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from visitapp.fieldwork import exchange
from visitapp.fieldwork.answers import answer_rows, answers_of
from visitapp.fieldwork.csvfiles import Problems
from visitapp.fieldwork.filling import Filled, Filler
from visitapp.fieldwork.reading import Material, OpinionRow, ResponseRow, SheetRow, read_folder
from visitapp.fieldwork.surveys import install_surveys, load_form, shipped_surveys
from visitapp.fieldwork.targets import target_id
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Form
from visitapp.store import records
from visitapp.store.identity import stable_id
from visitapp.store.store import Reader, Store, Writer

Progress = Callable[[int, int], None]
"""Called now and then with how many responses are done and how many there are."""

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Remark:
    """Something taken in that deserves a look. ``row`` is the first place, ``count`` how often.

    ``kind``: "companies_without_facts" (answers of companies no file describes), "responses_missing" (sheets or
    opinions whose response is in no file yet), "not_asked" (an answer kept though the question is not asked),
    "constraint" (an answer against the questionnaire's own rule, kept).
    """

    kind: str
    file: str
    column: str
    row: int
    count: int


@dataclass(slots=True)
class ImportReport:
    """What was in the files, and how many changes the store got (0: everything was there already)."""

    companies: int = 0
    targets: int = 0
    responses: int = 0
    sheets: int = 0
    answers: int = 0
    opinions: int = 0
    changes: int = 0
    remarks: tuple[Remark, ...] = ()
    ignored: tuple[str, ...] = ()


def import_folder(
    store: Store,
    folder: Path,
    person: str,
    progress: Progress | None = None,
    before_writing: Callable[[], object] | None = None,
) -> ImportReport:
    """Read ``folder`` and write all of it; ``before_writing`` is called when everything in it was found right.

    Raises NotNow E-501 (no file of the format), EnvironmentProblem E-514 (unreadable), FileProblems (E-500 with every
    problem and its place); nothing is written then.
    """
    with store.write(person) as writer:
        changes = install_surveys(writer)
        run = _Import(writer, progress or (lambda done, total: None))
        report = run.take(folder, before_writing or (lambda: None))
        report.changes += changes
        return report


@dataclass(slots=True)
class _Remarks:
    found: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)

    def add(self, kind: str, file: str, column: str = "", row: int = 0) -> None:
        first, count = self.found.get((kind, file, column), (row, 0))
        self.found[(kind, file, column)] = (first, count + 1)

    def all(self) -> tuple[Remark, ...]:
        return tuple(Remark(*key, row, count) for key, (row, count) in sorted(self.found.items()))


class _Import:
    def __init__(self, writer: Writer, progress: Progress) -> None:
        self._writer = writer
        self._progress = progress
        self._problems = Problems()
        self._remarks = _Remarks()
        self._report = ImportReport()
        self._surveys = {s.key: s for s in shipped_surveys()}
        self._forms: dict[str, Form] = {}
        self._form_ids: dict[str, str] = {}
        for key, survey in self._surveys.items():
            stored = writer.get(records.Survey, survey.id)
            self._form_ids[key] = (stored.form if stored else None) or ""
            self._forms[key] = load_form(writer, self._form_ids[key])

    def take(self, folder: Path, before_writing: Callable[[], object]) -> ImportReport:
        material = read_folder(folder, self._forms, self._problems)
        self._problems.raise_if_any()
        companies = self._companies(material)
        orphans = self._orphans(material)
        self._problems.raise_if_any()
        before_writing()
        self._put(records.Company, companies)
        self._put(records.Target, [*self._targets(material), *(self._target(*key) for key in orphans.values())])
        self._put(records.Response, [*self._responses(material), *self._awaited(orphans)])
        self._put(records.Answer, self._answers(material, orphans))
        self._put(records.Visit, self._visits(material))
        self._put(records.Opinion, (_opinion(row) for row in material.opinions))
        self._report.responses = len(material.responses)
        self._report.sheets = len(material.sheets)
        self._report.opinions = len(material.opinions)
        self._report.remarks = self._remarks.all()
        self._report.ignored = material.ignored
        return self._report

    def _put(self, kind: type[records.Record], rows: Iterable[Mapping[str, object]]) -> None:
        self._report.changes += self._writer.put_many(kind, list(rows))

    # -- companies and targets ----------------------------------------------------------------------------------
    def _companies(self, material: Material) -> list[dict[str, object]]:
        """The companies of the files, and nameless ones that only answers tell of: kept, and said in a remark."""
        found: dict[str, dict[str, object]] = {}
        for row in material.companies:
            found.setdefault(row.id, {"id": row.id}).update(row.fields)
        self._report.companies = len(found)
        known = {company.id for company in self._writer.find(records.Company, deleted=True)} | found.keys()
        for owner in _owners(material):
            if not owner.company or owner.company in known:
                continue
            known.add(owner.company)
            found[owner.company] = {"id": owner.company}
            self._remarks.add("companies_without_facts", owner.place.file, exchange.COMPANY_ID, owner.place.row)
        return list(found.values())

    def _target_id(self, key: str, company: str) -> str:
        return target_id(self._surveys[key].id, company)

    def _targets(self, material: Material) -> list[dict[str, object]]:
        rows: dict[str, dict[str, object]] = {}
        for company in material.companies:
            if company.survey:
                row = self._target(company.survey, company.id)
                rows[str(row["id"])] = row
        for response in material.responses.values():
            row = self._target(response.survey, response.company)
            told = {"visitor": response.visitor, "device": response.device, "mode": response.mode}
            rows[str(row["id"])] = row | {name: value for name, value in told.items() if value}
        self._report.targets = len(rows)
        return list(rows.values())

    def _target(self, key: str, company: str) -> dict[str, object]:
        survey = self._surveys[key]
        return {"id": self._target_id(key, company), "survey": survey.id, "company": company}

    # -- responses ----------------------------------------------------------------------------------------------
    def _responses(self, material: Material) -> Iterator[dict[str, object]]:
        for row in material.responses.values():
            dated = "received_on" if row.mode == "郵送" else "visited_on"
            fields: dict[str, object] = {
                "id": row.id,
                "target": self._target_id(row.survey, row.company),
                "form": self._form_ids[row.survey],
                "status": "final" if row.final else "draft",
                "mode": row.mode,
            }
            told = {dated: row.date, "visitor": row.visitor, "device": row.device, "respondent": row.respondent}
            yield fields | {name: value for name, value in told.items() if value}

    def _visits(self, material: Material) -> Iterator[dict[str, object]]:
        """One attempt for each response: the one that brought it."""
        for row in material.responses.values():
            if row.date:
                yield {
                    "id": stable_id("visit", row.id),
                    "target": self._target_id(row.survey, row.company),
                    "visited_at": row.date,
                    "visitor": row.visitor or None,
                    "respondent": row.respondent or None,
                    "outcome": "郵送" if row.mode == "郵送" else "面談",
                }

    def _awaited(self, orphans: Mapping[str, tuple[str, str]]) -> Iterator[dict[str, object]]:
        """Responses of which only programme sheets are here: their sheets are counted, they themselves are not yet."""
        for response_id, (key, company) in orphans.items():
            target = self._target_id(key, company)
            yield {"id": response_id, "target": target, "form": self._form_ids[key], "status": "sheets"}

    def _orphans(self, material: Material) -> dict[str, tuple[str, str]]:
        """Responses that sheets belong to and that are nowhere yet, with survey and company.

        What refers to a response that is not here stays linked to it by id and is said in a remark.
        """
        orphans: dict[str, tuple[str, str]] = {}
        for sheet in material.sheets:
            response = material.responses.get(sheet.response)
            if response is not None:
                self._check_company(sheet, response)
            elif self._is_awaited(sheet) and sheet.company:
                orphans[sheet.response] = (exchange.SHEETS_SURVEY, sheet.company)
        for opinion in material.opinions:
            if opinion.response and opinion.response not in material.responses:
                self._is_awaited(opinion)
        return orphans

    def _check_company(self, sheet: SheetRow, response: ResponseRow) -> None:
        if sheet.company and sheet.company != response.company:
            self._problems.add("E-515", sheet.place.file, sheet.place.row, exchange.COMPANY_ID, sheet.company)

    def _is_awaited(self, row: SheetRow | OpinionRow) -> bool:
        """Whether the store does not know the row's response either."""
        if self._writer.get(records.Response, row.response) is not None:
            return False
        self._remarks.add("responses_missing", row.place.file, exchange.RESPONSE_ID, row.place.row)
        return True

    # -- answers ------------------------------------------------------------------------------------------------
    def _answers(self, material: Material, orphans: Iterable[str]) -> Iterator[dict[str, object]]:
        sheets: dict[str, list[SheetRow]] = {}
        for sheet in material.sheets:
            sheets.setdefault(sheet.response, []).append(sheet)
        for rows in sheets.values():
            rows.sort(key=lambda row: (row.number, row.place.row))
        fillers = {key: Filler(form, self._surveys[key].reference_year) for key, form in self._forms.items()}
        wanted = list(dict.fromkeys([*material.responses, *sheets, *orphans]))
        for done, response_id in enumerate(wanted):
            if done % _CHUNK == 0:
                stored = _stored_answers(self._writer, wanted[done : done + _CHUNK])
            if done % 20 == 0:
                self._progress(done, len(wanted))
            response = material.responses.get(response_id)
            key = response.survey if response else exchange.SHEETS_SURVEY
            rows = sheets.get(response_id, [])
            answers = response.answers if response else {}
            filled = fillers[key].fill(
                stored.get(response_id, {}), answers, [(sheet.id, sheet.answers) for sheet in rows],
                complete=response is None or response.final,
            )  # fmt: skip
            self._note(filled, response, rows)
            self._report.answers += len(filled.entered)
            yield from answer_rows(response_id, filled.changed)
        self._progress(len(wanted), len(wanted))

    def _note(self, filled: Filled, response: ResponseRow | None, sheets: Sequence[SheetRow]) -> None:
        places = {sheet.id: sheet.place for sheet in sheets}
        for kind, addresses in (("not_asked", filled.not_asked), ("constraint", filled.refused)):
            for address in addresses:
                place = places[address.rows[-1]] if address.rows else response.place if response else None
                if place is not None:
                    self._remarks.add(kind, place.file, address.path.rpartition("/")[2], place.row)


def _owners(material: Material) -> Iterator[ResponseRow | OpinionRow | SheetRow]:
    yield from material.responses.values()
    yield from material.sheets
    yield from material.opinions


def _opinion(row: OpinionRow) -> dict[str, object]:
    return {"id": row.id, "response": row.response or None, "company": row.company, **row.fields}


def _stored_answers(reader: Reader, responses: Sequence[str]) -> dict[str, dict[Address, Answer]]:
    grouped: dict[str, list[records.Answer]] = {}
    for answer in reader.find(records.Answer, response=tuple(responses)):
        grouped.setdefault(answer.response or "", []).append(answer)
    return {response: answers_of(answers) for response, answers in grouped.items()}
