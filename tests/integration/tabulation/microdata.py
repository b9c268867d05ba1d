"""The fictitious responses as stored answers, and tables counted from them without the program."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from visitapp.questionnaire.answers import NO_ANSWER, Address, Answer
from visitapp.questionnaire.form import Form, Repeat, text_in
from visitapp.questionnaire.xlsform import read_workbook
from visitapp.resources import resource_path
from visitapp.tabulation.asked import Asked
from visitapp.tabulation.columns import Columns, Filled

DATA = Path(__file__).parents[2] / "data"
Row = dict[str, str]

# table -> (question of the rows, question of the columns), as in the report's own check
_TREND = {"増加": {"大幅に増加", "やや増加"}, "減少": {"やや減少", "大幅に減少"}}
_CROSS = {
    "p3_x_p1": ("P1", "P3"), "p4g_x_p1": ("P1", "P4g"), "p5_x_p1": ("P1", "P5"), "p6_x_p1": ("P1", "P6"),
    "v06-02_x_03": ("V6-2", "V6-3"), "v09-01_x_06": ("V9-1", "V6"), "v09-01_x_09-05": ("V9-1", "V9-5"),
    "v04-04_x_rieki": ("V1-15", "V4-4"), "v04-04_x_uriage": ("V1-14", "V4-4"),
    "v04-s_x_rieki": ("V1-15", "V4-strength"), "v04-s_x_uriage": ("V1-14", "V4-strength"),
    "v04-w_x_rieki": ("V1-15", "V4-weakness"), "v04-w_x_uriage": ("V1-14", "V4-weakness"),
    "v05_x_rieki": ("V1-15", "V5"), "v05_x_uriage": ("V1-14", "V5"),
}  # fmt: skip


def read_csv(path: Path) -> list[Row]:
    tabs = path.suffix == ".tsv"
    with path.open(encoding="utf-8", newline="") as file:
        if tabs:
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(file))


@cache
def shipped_form(workbook: str) -> Form:
    return read_workbook(resource_path("questionnaires", workbook).read_bytes(), workbook)


@cache
def questions() -> Mapping[str, Row]:
    return {row["question_id"]: row for row in read_csv(DATA / "report" / "questions.tsv")}


@cache
def published_cells(table_id: str) -> tuple[Row, ...]:
    return tuple(read_csv(DATA / "report" / "tables" / f"{table_id}.tsv"))


class Responses:
    """The three files of responses, as rows of labels that a test may change."""

    def __init__(self) -> None:
        folder = DATA / "microdata"
        self.visit = read_csv(folder / "responses_visit.csv")
        self.sheets = read_csv(folder / "responses_programme.csv")
        self.mail = read_csv(folder / "responses_mail.csv")

    # -- into the program -------------------------------------------------------------------------------------
    def stored(self) -> dict[str, dict[str, dict[Address, Answer]]]:
        """Workbook -> response id -> answers, as an import stores them."""
        visit, startup = shipped_form("visit.xlsx"), shipped_form("startup.xlsx")
        found = {row["response_id"]: _answers(visit, row) for row in self.visit}
        for row in self.visit:
            if row["V2-5"]:
                found[row["response_id"]][Address("/data/q2/V2-5h")] = Answer("1")
        for sheet in self.sheets:
            if sheet["response_id"] in found:
                place = (sheet["sheet_id"],)
                answers = found[sheet["response_id"]]
                answers[Address("/data/sheets", place)] = Answer(sheet["sheet_no"])
                answers.update(_answers(visit, sheet, place))
        mail = {row["response_id"]: _answers(startup, row) for row in self.mail}
        return {"visit.xlsx": found, "startup.xlsx": mail}

    def columns(self) -> dict[str, Columns]:
        """Form id -> columns, relevance decided by the interview."""
        found = {}
        for workbook, responses in self.stored().items():
            form = shipped_form(workbook)
            asked = Asked(form, {"reference_year": "2016"})
            found[form.form_id] = Columns([form], [Filled(key, form, asked.of(a)) for key, a in responses.items()])
        return found

    # -- without the program ----------------------------------------------------------------------------------
    def expected(self, table_id: str) -> list[tuple[str, str, int, int, bool]]:
        """(row label, option, n, count, present) of a published table, counted anew from the rows."""
        cells = []
        for cell in published_cells(table_id):
            label, option = cell["row_label"], cell["option"]
            base = self._base(table_id, cell)
            question = self._question(table_id, cell)
            if option == "合計" and table_id in _CROSS:
                count = len(base)
            else:
                count = sum(option in _chosen(row, question) for row in base)
            present = cell["derived_status"] != "no percent"
            cells.append((label, option, len(base), count if present else 0, present))
        return cells

    def _question(self, table_id: str, cell: Row) -> str:
        if table_id in _CROSS:
            return _CROSS[table_id][1]
        names = [q for q, row in questions().items() if row["table_id"] == table_id]
        return next(q for q in names if questions()[q]["row_label"] in ("", cell["row_label"]))

    def _base(self, table_id: str, cell: Row) -> list[Row]:
        question, label = self._question(table_id, cell), cell["row_label"]
        base = self._asked(question)
        if table_id not in _CROSS or label == "全体":
            return base
        side = _CROSS[table_id][0]
        wanted = _TREND.get(label, {label}) if side in ("V1-14", "V1-15") else {label}
        return [row for row in base if _chosen(row, side) & wanted]

    def _asked(self, question: str) -> list[Row]:
        if question[0] == "S":
            rows: Sequence[Row] = self.mail
        elif question[0] == "P":
            rows = self.sheets
        else:
            rows = self.visit
        if question == "V2-5":
            return [row for row in rows if row["V2-5"]]
        parent, wanted = questions()[question]["parent_id"], questions()[question]["filter_options"]
        keep = set(wanted.split("｜"))
        return [row for row in rows if not wanted or _chosen(row, parent) & keep]


def _answers(form: Form, row: Row, place: tuple[str, ...] = ()) -> dict[Address, Answer]:
    found: dict[Address, Answer] = {}
    repeats = tuple(node.path for node in form.walk() if isinstance(node, Repeat))
    for question in form.questions():
        cell = row.get(question.name, "")
        inside = question.path.startswith(tuple(f"{path}/" for path in repeats))
        if not cell or inside != bool(place):
            continue
        names = {text_in(choice.label, "ja"): choice.name for choice in form.choices(question)}
        text = " ".join(names[label] for label in cell.split("；")) if names and cell != "無回答" else cell
        found[Address(question.path, place)] = NO_ANSWER if cell == "無回答" else Answer(text)
    return found


def _chosen(row: Row, question: str) -> set[str]:
    if question == "V-founded":
        return {_band(row["V1-5"], lambda year: _founded(2016 - year))}
    if question == "V-emp":
        return {_band(row["V1-6"], _employees)}
    return set(row[question].split("；")) if row[question] else set()


def _band(cell: str, band: object) -> str:
    if not cell or cell == "無回答":
        return cell
    assert callable(band)
    return str(band(int(cell)))


def _founded(age: int) -> str:
    if age < 10:
        return "10年未満"
    return "60年以上" if age >= 60 else f"{age // 10 * 10}年以上{age // 10 * 10 + 10}年未満"


def _employees(people: int) -> str:
    for low, high in ((1, 4), (5, 9), (10, 19), (20, 29), (30, 49), (50, 99), (100, 199), (200, 299)):
        if low <= people <= high:
            return f"{low}～{high}人"
    return "300人以上" if people >= 300 else ""
