"""Reads a folder in the exchange format into plain values; everything wrong is collected, nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from visitapp.errors import AnswerRefused, EnvironmentProblem, NotNow
from visitapp.fieldwork import exchange
from visitapp.fieldwork.cells import CellCodec, date_text
from visitapp.fieldwork.csvfiles import CsvFile, Problems, Row, read_csv
from visitapp.fieldwork.surveys import shipped_surveys
from visitapp.questionnaire.answers import Answer
from visitapp.questionnaire.form import Form, Group, Node, Question, Repeat

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,63}")


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company's facts; only the columns the file has. ``survey`` is the key of its survey, "" for none."""

    id: str
    survey: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was written, for messages."""

    file: str
    row: int


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One filled questionnaire; ``date`` ISO or ""; ``answers`` by question name, empty cells as 未回答."""

    place: Place
    id: str
    company: str
    survey: str
    mode: str
    date: str
    visitor: str
    device: str
    respondent: str
    final: bool
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the repeat: ``response`` it belongs to, ``number`` its place among its sisters."""

    place: Place
    id: str
    response: str
    company: str
    number: int
    answers: Mapping[str, Answer]
    survey: str = exchange.SHEETS_SURVEY


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One opinion; ``fields`` as the record has them."""

    place: Place
    id: str
    response: str
    company: str
    survey: str
    fields: Mapping[str, object]


@dataclass(slots=True)
class Material:
    """What a folder held. ``files`` are the names that were read, ``ignored`` the other CSV files in it."""

    companies: list[CompanyRow] = field(default_factory=list)
    responses: dict[str, ResponseRow] = field(default_factory=dict)
    sheets: list[SheetRow] = field(default_factory=list)
    opinions: list[OpinionRow] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    ignored: tuple[str, ...] = ()


def read_folder(folder: Path, forms: Mapping[str, Form], problems: Problems) -> Material:
    """Read every file of the format that is there. ``forms``: survey key -> its questionnaire.

    Raises NotNow E-501 when there is none, EnvironmentProblem E-514 when the folder or a file cannot be read.
    """
    try:
        present = {path.name: path for path in sorted(folder.iterdir()) if path.suffix.lower() == ".csv"}
    except OSError as error:
        raise EnvironmentProblem("E-514", path=folder) from error
    readers = _readers(forms)
    if not readers.keys() & present.keys():
        raise NotNow("E-501", path=folder)
    material = Material(ignored=tuple(name for name in present if name not in readers))
    reader = _FolderReader(material, problems)
    for name, take in readers.items():
        if name in present:
            material.files.add(name)
            take(reader, present[name])
    return material


_Take = Callable[["_FolderReader", Path], None]


def _readers(forms: Mapping[str, Form]) -> dict[str, _Take]:
    """File name -> what reads it, in the order of reading."""

    def companies(key: str) -> _Take:
        return lambda reader, path: reader.companies(path, key)

    def responses(key: str) -> _Take:
        return lambda reader, path: reader.responses(path, key, forms[key])

    def opinions(key: str) -> _Take:
        return lambda reader, path: reader.opinions(path, key)

    keys = [survey.key for survey in shipped_surveys()]
    found = {exchange.companies_file(key): companies(key) for key in keys}
    found[exchange.EXTRA_COMPANIES] = companies("")
    found |= {exchange.responses_file(key): responses(key) for key in keys}
    found[exchange.SHEETS_FILE] = lambda reader, path: reader.sheets(path, forms[exchange.SHEETS_SURVEY])
    found |= {exchange.opinions_file(key): opinions(key) for key in keys}
    return found


class _FolderReader:
    def __init__(self, material: Material, problems: Problems) -> None:
        self._material = material
        self._problems = problems

    def companies(self, path: Path, key: str) -> None:
        file = self._open(path, (exchange.COMPANY_ID,), exchange.COMPANY_COLUMNS)
        for cells in self._records(file, exchange.COMPANY_ID):
            fields: dict[str, object] = {
                name: cells.row.get(name) or None for name in exchange.COMPANY_TEXTS if name in cells.columns
            }
            ranges = exchange.COMPANY_NUMBERS.items()
            fields |= {name: cells.number(name, *ends) for name, ends in ranges if name in cells.columns}
            self._material.companies.append(CompanyRow(cells.id(exchange.COMPANY_ID), key, fields))

    def responses(self, path: Path, key: str, form: Form) -> None:
        questions = importable(form, None)
        required = (exchange.RESPONSE_ID, exchange.COMPANY_ID)
        file = self._open(path, required, (*exchange.RESPONSE_COLUMNS, *questions))
        codec = CellCodec(form)
        mode = next(survey.mode for survey in shipped_surveys() if survey.key == key)
        for cells in self._records(file, exchange.RESPONSE_ID):
            row = cells.row
            response = ResponseRow(
                cells.place, cells.id(exchange.RESPONSE_ID), cells.id(exchange.COMPANY_ID), key,
                mode=cells.one_of("mode", exchange.MODES, mode),
                date=cells.date("visit_date") or cells.date("received_date"),
                visitor=row.get("visitor_code"), device=row.get("device_code"), respondent=row.get("respondent"),
                final=cells.one_of("status", (exchange.FINAL, exchange.DRAFT), exchange.FINAL) == exchange.FINAL,
                answers=cells.answers(questions, codec),
            )  # fmt: skip
            self._material.responses[response.id] = response

    def sheets(self, path: Path, form: Form) -> None:
        questions = importable(form, exchange.SHEETS_REPEAT)
        required = (exchange.SHEET_ID, exchange.RESPONSE_ID)
        file = self._open(path, required, (*exchange.SHEET_COLUMNS, *questions))
        codec = CellCodec(form)
        for cells in self._records(file, exchange.SHEET_ID):
            sheet = SheetRow(
                cells.place, cells.id(exchange.SHEET_ID), cells.id(exchange.RESPONSE_ID),
                cells.row.get(exchange.COMPANY_ID), cells.number("sheet_no") or 0, cells.answers(questions, codec),
            )  # fmt: skip
            self._material.sheets.append(sheet)

    def opinions(self, path: Path, key: str) -> None:
        file = self._open(path, (exchange.OPINION_ID, exchange.COMPANY_ID, "text"), exchange.OPINION_COLUMNS)
        for cells in self._records(file, exchange.OPINION_ID):
            row = cells.row
            fields = {
                "category": row.get("category") or None,
                "text": row.cells["text"],
                "seq": cells.number("seq"),
                "said_at": row.get("said_at") or None,
                "follow_up": cells.one_of("follow_up", exchange.FOLLOW_UPS, "none"),
                "due_on": cells.date("due_on") or None,
            }
            opinion = OpinionRow(
                cells.place, cells.id(exchange.OPINION_ID), row.get(exchange.RESPONSE_ID),
                cells.id(exchange.COMPANY_ID), key, fields,
            )  # fmt: skip
            self._material.opinions.append(opinion)

    def _open(self, path: Path, required: Iterable[str], allowed: Sequence[str]) -> CsvFile | None:
        file = read_csv(path, required, self._problems)
        if file is None:
            return None
        for unknown in sorted(set(file.columns) - set(allowed)):
            self._problems.add("E-504", file.name, 1, unknown, allowed=allowed)
        return file

    def _records(self, file: CsvFile | None, id_column: str) -> Iterable[_Cells]:
        """Each row once; a second row of the same id is a problem."""
        if file is None:
            return
        seen: set[str] = set()
        for row in file.rows:
            key = row.get(id_column)
            if key in seen:
                self._problems.add("E-508", file.name, row.number, id_column, key)
            else:
                seen.add(key)
                yield _Cells(Place(file.name, row.number), row, frozenset(file.columns), self._problems)


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row with its checks; a bad cell becomes a problem and an empty value."""

    place: Place
    row: Row
    columns: frozenset[str]
    problems: Problems

    def id(self, column: str) -> str:
        value = self.row.get(column)
        if not _ID.fullmatch(value):
            self._bad("E-525" if value else "E-526", column, value)
        return value

    def number(self, column: str, least: int = 0, most: int = 10**9) -> int | None:
        """A whole number of the range, both ends included."""
        text = self.row.get(column)
        if text and not re.fullmatch(r"-?\d{1,30}", text):
            self._bad("E-507", column, text)
            return None
        if text and not least <= int(text) <= most:
            self._bad("E-528", column, text)
            return None
        return int(text) if text else None

    def date(self, column: str) -> str:
        text = self.row.get(column)
        try:
            return date_text(text) if text else ""
        except AnswerRefused as error:
            self._bad(error.code, column, text)
            return ""

    def one_of(self, column: str, allowed: tuple[str, ...], otherwise: str) -> str:
        text = self.row.get(column)
        if text and text not in allowed:
            self._bad("E-506", column, text, allowed)
        return text or otherwise

    def answers(self, questions: Mapping[str, Question], codec: CellCodec) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for name in (name for name in questions if name in self.columns):
            try:
                found[name] = codec.read(questions[name], self.row.cells.get(name, ""))
            except AnswerRefused as error:
                options = error.values.get("allowed", ())
                allowed = options if isinstance(options, tuple) else ()
                self._bad(error.code, name, str(error.values.get("value", "")), allowed)
        return found

    def _bad(self, code: str, column: str, value: str, allowed: Iterable[str] = ()) -> None:
        self.problems.add(code, self.place.file, self.place.row, column, value, allowed)


def importable(form: Form, repeat: str | None) -> dict[str, Question]:
    """The questions that are columns of a file, by name: those outside repeats, or those inside the named one.

    Calculated ones follow from the others; notes hold no value.
    """
    repeats = [node for node in form.walk() if isinstance(node, Repeat) and node.name == repeat]
    parents: list[Group | Repeat] = [form.root] if repeat is None else [*repeats]
    found: dict[str, Question] = {}
    stack: list[Node] = [child for parent in reversed(parents) for child in reversed(parent.children)]
    while stack:
        node = stack.pop()
        if isinstance(node, Question):
            if node.type not in ("calculate", "hidden", "note") and not node.readonly:
                found[node.name] = node
        elif not isinstance(node, Repeat):
            stack.extend(reversed(node.children))
    return found
