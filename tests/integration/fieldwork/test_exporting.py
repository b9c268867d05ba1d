"""What is written in the exchange format comes back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.fieldwork.conftest import MICRODATA, PERSON, Folder, MakeOffice, Rows
from tests.integration.fieldwork.test_importing import everything
from visitapp.fieldwork.exporting import export_folder
from visitapp.fieldwork.importing import import_folder
from visitapp.fieldwork.opinions import change_opinion
from visitapp.fieldwork.responses import OpenResponse, start_response
from visitapp.fieldwork.surveys import shipped_surveys
from visitapp.fieldwork.targets import target_id
from visitapp.questionnaire.answers import NO_ANSWER, Address, Answer
from visitapp.store import records
from visitapp.store.store import Store

IDS = {"companies": "company_id", "responses": "response_id", "opinions": "opinion_id"}


def sorted_cells(row: dict[str, str]) -> dict[str, object]:
    """Options as sets: their order in a cell says nothing. Blanks around a company's name are not kept."""
    told = {column: cell.strip() for column, cell in row.items() if column != "source_opinion_id"}
    return {column: frozenset(cell.split("；")) for column, cell in told.items() if cell}


def by_id(rows: Rows, column: str) -> dict[str, dict[str, object]]:
    return {row[column]: sorted_cells(row) for row in rows}


def test_the_microdata_comes_out_as_it_went_in(filled: Store, tmp_path: Path, folder: Folder) -> None:
    report = export_folder(filled, tmp_path / "out")
    assert sum(report.files.values()) == 118 + 196 + 23 + 118 + 215 + 42 + 114 + 6
    written = Folder.__new__(Folder)
    written.path = tmp_path / "out"
    for name in report.files:
        column = "sheet_id" if name == "responses_programme.csv" else IDS[name.partition("_")[0]]
        assert by_id(written.rows(name), column) == by_id(folder.rows(name), column), name


def test_import_of_an_export_is_the_same_office(filled: Store, make_office: MakeOffice, tmp_path: Path) -> None:
    second = make_office("second")
    export_folder(filled, tmp_path / "out")
    import_folder(second, tmp_path / "out", PERSON)
    assert everything(second) == everything(filled)


def unusual(office: Store) -> None:
    """A draft with text that looks like formulas, its own その他, a gate without what follows, a follow-up."""
    survey = shipped_surveys()[0]
    with office.write(PERSON) as writer:
        writer.put(records.Company, "company-1", name="=HYPERLINK(1)", kana="-カナ", address="'+1", capital_yen=5)
        target = target_id(survey.id, "company-1")
        facts = {"survey": survey.id, "company": "company-1", "mode": "訪問"}
        writer.put(records.Target, target, **facts, device="laptop-01", visitor=PERSON)
    opened = OpenResponse(office, start_response(office, target, PERSON), PERSON)
    opened.describe(visited_on="2016-05-01", visitor=PERSON, device="laptop-01")
    paths = {question.name: question.path for question in opened.form.questions()}
    opened.set(Address(paths["V2-2"]), Answer("  @前と後ろの空白、\n改行と\"引用\"  "))
    opened.set(Address(paths["V1-11"]), Answer("7"))
    opened.set(Address(paths["V1-11_other"]), Answer("-10から始めた"))
    opened.set(Address(paths["V1-12"]), Answer("6"))
    opened.set(Address(paths["V2-5h"]), Answer("1"))
    opened.set(Address(paths["V1-5"]), NO_ANSWER)
    opened.add_row("/data/sheets", picked=(paths["P1"], "3"))
    with office.write(PERSON) as writer:
        fields = {"response": opened.response.id, "company": "company-1", "text": "=1+1", "seq": 1}
        writer.put(records.Opinion, "opinion-1", **fields)
    change_opinion(office, "opinion-1", PERSON, follow_up="open", due_on="2016-06-01", category="その他")


def test_drafts_formulas_and_follow_ups_survive_the_round_trip(
    filled: Store, make_office: MakeOffice, tmp_path: Path
) -> None:
    first, second = filled, make_office("second")
    unusual(first)
    export_folder(first, tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        assert not any(line.startswith(("=", "@")) or ",=" in line for line in path.read_text("utf-8").splitlines())
    import_folder(second, tmp_path / "out", PERSON)
    one, other = everything(first), everything(second)
    assert one["Visit"].keys() <= other["Visit"].keys()
    for kind in ("Company", "Target", "Response", "Answer", "Opinion"):
        assert other[kind] == one[kind]


def test_an_empty_office_writes_nothing(office: Store, tmp_path: Path) -> None:
    assert export_folder(office, tmp_path / "out").files == {}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["responses_visit.csv", "opinions_visit.csv"])
def test_columns_that_say_nothing_are_left_out(filled: Store, tmp_path: Path, name: str) -> None:
    export_folder(filled, tmp_path / "out")
    header = (tmp_path / "out" / name).read_text("utf-8").partition("\n")[0].split(",")
    original = (MICRODATA / name).read_text("utf-8").partition("\n")[0].split(",")
    assert set(header) == set(original) - {"source_opinion_id"}
