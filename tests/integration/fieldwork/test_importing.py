"""Folders in the exchange format come in whole, or not at all; tables then agree with counting by other means."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.fieldwork.conftest import MICRODATA, PERSON, Folder, MakeOffice, Rows
from tests.integration.tabulation.microdata import Responses, questions
from visitapp.commands.results import compare_with_published, survey_tables
from visitapp.errors import NotNow
from visitapp.fieldwork.csvfiles import FileProblems
from visitapp.fieldwork.importing import import_folder
from visitapp.store import records
from visitapp.store.store import Store
from visitapp.tabulation.table import Table

VISIT, SHEETS, MAIL = "responses_visit.csv", "responses_programme.csv", "responses_mail.csv"
COMPANIES = "companies_visit.csv"
SEPARATOR = "；"


def cells(table: Table) -> list[tuple[str, str, int, int, bool]]:
    return [(row.label, c.option, row.n, c.count, c.present) for row in table.rows for c in row.cells]


def counted_anew(folder: Folder) -> Responses:
    found = Responses()
    found.visit, found.sheets, found.mail = (folder.rows(name) for name in (VISIT, SHEETS, MAIL))
    return found


def counted_anew_rows(name: str) -> Rows:
    with (MICRODATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assert_tables_agree(office: Store, folder: Folder) -> None:
    expected = counted_anew(folder)
    for table in survey_tables(office):
        assert cells(table) == expected.expected(table.table_id), table.table_id


def everything(store: Store) -> dict[str, dict[str, records.Record]]:
    """All records, apart from those that come with the program."""
    kinds: tuple[type[records.Record], ...] = (
        records.Company, records.Target, records.Visit, records.Response, records.Answer, records.Opinion,
    )  # fmt: skip
    with store.read() as reader:
        return {kind.__name__: {one.id: one for one in reader.find(kind)} for kind in kinds}


def test_the_published_report_comes_out(office: Store) -> None:
    report = import_folder(office, MICRODATA, PERSON)
    assert (report.companies, report.targets, report.responses, report.sheets) == (337, 314, 160, 215)
    assert (report.opinions, report.remarks, report.ignored) == (120, (), ("duplicates.csv",))
    comparisons = compare_with_published(survey_tables(office))
    assert len(comparisons) == 75
    assert [comparison for comparison in comparisons if comparison.different] == []


def test_a_second_import_changes_nothing(filled: Store) -> None:
    before = everything(filled)
    assert import_folder(filled, MICRODATA, "staff-02").changes == 0
    assert everything(filled) == before


def test_a_laptop_can_import_without_headquarters(make_office: MakeOffice) -> None:
    laptop = make_office("laptop", "laptop")
    import_folder(laptop, MICRODATA, PERSON)
    assert not any(comparison.different for comparison in compare_with_published(survey_tables(laptop)))


def perturb(folder: Folder, seed: int) -> None:
    """Give some single answers another option and add or take away options of multiple ones, all over the files."""
    chance = random.Random(seed)
    for name, prefix in ((VISIT, "V"), (SHEETS, "P"), (MAIL, "S")):
        rows = folder.rows(name)
        columns = [c for c in rows[0] if c[0] == prefix and questions()[c.split("_age")[0]]["options"] and "_" not in c]
        for _ in range(60):
            row, column = chance.choice(rows), chance.choice(columns)
            options = questions()[column]["options"].split("｜")
            many = questions()[column]["answer_type"] == "multiple"
            chosen = chance.sample(options, chance.randint(1, 3) if many else 1)
            row[column] = chance.choice(["", "無回答", SEPARATOR.join(chosen), SEPARATOR.join(chosen)])
        for row in chance.sample(rows, 10):
            if prefix == "V":
                row["V1-5"] = chance.choice(["", "無回答", str(chance.randint(1920, 2015))])
                row["V1-6"] = chance.choice(["", "無回答", str(chance.randint(1, 400))])
        folder.write(name, rows)


@pytest.mark.parametrize("seed", range(4))
def test_other_answers_give_the_tables_that_independent_counting_gives(
    office: Store, folder: Folder, seed: int
) -> None:
    perturb(folder, seed)
    import_folder(office, folder.path, PERSON)
    assert_tables_agree(office, folder)


def test_fewer_companies(office: Store, folder: Folder) -> None:
    gone = {row["response_id"] for row in folder.rows(VISIT)[::3]}
    kept = [row for row in folder.rows(VISIT) if row["response_id"] not in gone]
    companies = {row["company_id"] for row in kept}
    folder.write(VISIT, kept)
    folder.write(COMPANIES, [row for row in folder.rows(COMPANIES) if row["company_id"] in companies])
    for name in (SHEETS, "opinions_visit.csv"):
        folder.write(name, [row for row in folder.rows(name) if row["response_id"] not in gone])
    import_folder(office, folder.path, PERSON)
    assert_tables_agree(office, folder)


@pytest.mark.parametrize(
    "missing",
    [
        ("companies_extra.csv", "opinions_mail.csv", "opinions_visit.csv", "duplicates.csv"),
        (MAIL, "companies_mail.csv", "opinions_mail.csv"),
        (SHEETS,),
        (VISIT, SHEETS, COMPANIES, "opinions_visit.csv"),
    ],
)
def test_files_may_be_missing(office: Store, folder: Folder, missing: tuple[str, ...]) -> None:
    folder.remove(*missing)
    import_folder(office, folder.path, PERSON)
    expected = Responses()
    for name, attribute in ((VISIT, "visit"), (SHEETS, "sheets"), (MAIL, "mail")):
        if name in missing:
            setattr(expected, attribute, [])
    for table in survey_tables(office):
        assert cells(table) == expected.expected(table.table_id), table.table_id


def test_answers_without_the_companies_file_stand_for_nameless_companies(office: Store, folder: Folder) -> None:
    folder.remove(COMPANIES)
    report = import_folder(office, folder.path, PERSON)
    remark = next(remark for remark in report.remarks if remark.kind == "companies_without_facts")
    assert (remark.file, remark.count) == (VISIT, 118)
    assert_tables_agree(office, folder)
    folder.path.joinpath(COMPANIES).write_bytes((MICRODATA / COMPANIES).read_bytes())
    import_folder(office, folder.path, PERSON)
    with office.read() as reader:
        assert not [company for company in reader.find(records.Company) if company.name is None]


def test_sheets_that_come_before_their_responses_are_joined_later(office: Store, folder: Folder) -> None:
    folder.remove(VISIT)
    report = import_folder(office, folder.path, PERSON)
    assert ("responses_missing", SHEETS, 215) in {(r.kind, r.file, r.count) for r in report.remarks}
    tables = {table.table_id: table for table in survey_tables(office)}
    assert cells(tables["p1_shisaku"]) == Responses().expected("p1_shisaku")
    assert {row.n for row in tables["v05_kaigai"].rows} == {0}
    import_folder(office, MICRODATA, PERSON)
    assert not any(comparison.different for comparison in compare_with_published(survey_tables(office)))


def test_what_refers_to_something_unknown_is_kept_and_said(office: Store, folder: Folder) -> None:
    folder.write(COMPANIES, folder.rows(COMPANIES)[1:])
    folder.change(SHEETS, 214, {"response_id": "nothing"})
    report = import_folder(office, folder.path, PERSON)
    remarks = {(r.kind, r.file, r.count) for r in report.remarks}
    assert {("companies_without_facts", VISIT, 1), ("responses_missing", SHEETS, 1)} <= remarks
    assert_tables_agree(office, folder)


def test_missing_question_columns_leave_gaps(office: Store, folder: Folder) -> None:
    dropped = ("V5", "V1-4_age", "V7-3f", "mode", "device_code")
    folder.write(VISIT, [{k: v for k, v in row.items() if k not in dropped} for row in folder.rows(VISIT)])
    import_folder(office, folder.path, PERSON)
    tables = {table.table_id: table for table in survey_tables(office)}
    assert [(row.n, sum(cell.count for cell in row.cells)) for row in tables["v05_kaigai"].rows] == [(118, 0)]
    assert dict(tables["v05_kaigai"].notes) == {"unanswered": (("count", 118),)}
    same = {c.table_id for c in compare_with_published(tables.values()) if not c.different}
    assert {"v01-04_daihyo_nenrei", "v06_sangaku", "p1_shisaku"} <= same


def test_the_age_alone_gives_the_band(office: Store, folder: Folder) -> None:
    folder.write(VISIT, [{k: v for k, v in row.items() if k not in ("V1-4", "V1-8")} for row in folder.rows(VISIT)])
    import_folder(office, folder.path, PERSON)
    tables = {table.table_id: table for table in survey_tables(office)}
    for table_id in ("v01-04_daihyo_nenrei", "v01-08_heikin_nenrei"):
        published = Responses().expected(table_id)
        assert [cell for cell in cells(tables[table_id]) if cell[1] != "無回答"] == [
            cell for cell in published if cell[1] != "無回答"
        ]


def test_contradictory_answers_are_kept_and_count_nowhere(office: Store, folder: Folder) -> None:
    row = next(n for n, r in enumerate(folder.rows(VISIT)) if r["V1-12"] == "二代目" and r["V1-12f"] == "親子")
    folder.change(VISIT, row, {"V1-12": "創業者"})
    report = import_folder(office, folder.path, PERSON)
    assert ("not_asked", "V1-12f", row + 2, 1) in {(r.kind, r.column, r.row, r.count) for r in report.remarks}
    response = folder.rows(VISIT)[row]["response_id"]
    with office.read() as reader:
        kept = reader.find(records.Answer, response=response, path="/data/q1/V1-12f")
    assert kept[0].value is not None
    assert_tables_agree(office, folder)


def test_the_text_of_an_other_option_is_no_answer_and_nothing_else_is(filled: Store) -> None:
    chosen = {
        (row.get("sheet_id") or row["response_id"], column)
        for name in (VISIT, SHEETS, MAIL)
        for row in counted_anew_rows(name)
        for column, cell in row.items()
        if "その他" in cell.split(SEPARATOR)
    }
    with filled.read() as reader:
        answers = reader.find(records.Answer)
    others = [answer for answer in answers if (answer.path or "").endswith("_other") and answer.value]
    assert all('"no_answer":true' in (answer.value or "") for answer in others)
    found = {(o.row or o.response, (o.path or "").rpartition("/")[2].removesuffix("_other")) for o in others}
    assert found == chosen


def test_an_empty_cell_takes_an_answer_back(filled: Store, folder: Folder) -> None:
    folder.change(VISIT, 0, {"V5": ""})
    assert import_folder(filled, folder.path, PERSON).changes == 1
    assert_tables_agree(filled, folder)


Spoil = Callable[[Folder], None]

SPOILT: tuple[tuple[str, str, int, str, Spoil], ...] = (
    ("E-506", VISIT, 2, "V5", lambda f: f.change(VISIT, 0, {"V5": "そのような選択肢はない"})),
    ("E-506", VISIT, 3, "mode", lambda f: f.change(VISIT, 1, {"mode": "電話"})),
    ("E-507", VISIT, 4, "V1-5", lambda f: f.change(VISIT, 2, {"V1-5": "昭和"})),
    ("E-524", VISIT, 2, "visit_date", lambda f: f.change(VISIT, 0, {"visit_date": "2016-02-30"})),
    ("E-507", COMPANIES, 2, "employees", lambda f: f.change(COMPANIES, 0, {"employees": "十人"})),
    ("E-526", VISIT, 2, "response_id", lambda f: f.change(VISIT, 0, {"response_id": ""})),
    ("E-525", VISIT, 2, "response_id", lambda f: f.change(VISIT, 0, {"response_id": "../x"})),
    ("E-528", COMPANIES, 2, "employees", lambda f: f.change(COMPANIES, 0, {"employees": "-5"})),
    ("E-528", COMPANIES, 2, "founded_year", lambda f: f.change(COMPANIES, 0, {"founded_year": "99999"})),
    ("E-508", VISIT, 3, "response_id", lambda f: f.change(VISIT, 1, {"response_id": f.rows(VISIT)[0]["response_id"]})),
    ("E-511", VISIT, 2, "V5", lambda f: f.change(VISIT, 0, {"V5": "実施している；検討中・計画中"})),
    ("E-512", VISIT, 2, "V7-1", lambda f: f.change(VISIT, 0, {"V7-1": "無回答；受注先が近い"})),
    ("E-515", SHEETS, 2, "company_id", lambda f: f.change(SHEETS, 0, {"company_id": f.rows(SHEETS)[-1]["company_id"]})),
    ("E-504", VISIT, 1, "V99", lambda f: f.write(VISIT, [{**row, "V99": "1"} for row in f.rows(VISIT)])),
    ("E-504", VISIT, 1, "V-emp", lambda f: f.write(VISIT, [{**row, "V-emp": "1"} for row in f.rows(VISIT)])),
    (
        "E-503", MAIL, 1, "company_id",
        lambda f: f.write(MAIL, [{k: v for k, v in row.items() if k != "company_id"} for row in f.rows(MAIL)]),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("code", "file", "row", "column", "spoil"), SPOILT, ids=[f"{s[0]}-{s[3]}" for s in SPOILT])
def test_what_is_wrong_is_named_and_nothing_is_written(
    office: Store, folder: Folder, code: str, file: str, row: int, column: str, spoil: Spoil
) -> None:
    spoil(folder)
    before = everything(office)
    with pytest.raises(FileProblems) as caught:
        import_folder(office, folder.path, PERSON)
    found = {(p.code, p.values["file"], p.values["row"], p.values["column"]) for p in caught.value.problems}
    assert (code, file, row, column) in found
    assert everything(office) == before


def spoil_bytes(folder: Folder, change: Callable[[bytes], bytes]) -> None:
    path = folder.path / VISIT
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("E-502", lambda data: data.decode("utf-8").encode("cp932", "replace")),
        ("E-502", lambda data: data[:-9] + b"\xff" + data[-9:]),
        ("E-521", lambda data: data + b"\0"),
        ("E-505", lambda data: data + b"one,two\n"),
        ("E-516", lambda data: b""),
        ("E-513", lambda data: b'"' + data),
        ("E-517", lambda data: data.replace(b"V1-2", b"V1-5", 1)),
    ],
)
def test_files_that_are_no_such_csv(
    office: Store, folder: Folder, code: str, change: Callable[[bytes], bytes]
) -> None:
    spoil_bytes(folder, change)
    before = everything(office)
    with pytest.raises(FileProblems) as caught:
        import_folder(office, folder.path, PERSON)
    assert code in {problem.code for problem in caught.value.problems}
    assert everything(office) == before


def test_all_problems_come_in_one_list(office: Store, folder: Folder) -> None:
    folder.change(VISIT, 0, {"V5": "no"})
    folder.change(VISIT, 5, {"V6": "no"})
    folder.change(MAIL, 3, {"S10": "no"})
    with pytest.raises(FileProblems) as caught:
        import_folder(office, folder.path, PERSON)
    assert [problem.values["row"] for problem in caught.value.problems] == [2, 7, 5]
    assert caught.value.values["count"] == 3


def test_ten_thousand_wrong_cells_are_counted_not_listed(office: Store, folder: Folder) -> None:
    folder.write(VISIT, [{**row, "V5": "no", "V6": "no", "V9-1": "no"} for row in folder.rows(VISIT)])
    with pytest.raises(FileProblems) as caught:
        import_folder(office, folder.path, PERSON)
    assert len(caught.value.problems) == 201
    assert caught.value.problems[-1].code == "E-519"
    assert caught.value.problems[-1].values["count"] == 3 * 118 - 200


def test_a_mark_at_the_beginning_and_other_line_ends_do_no_harm(office: Store, folder: Folder) -> None:
    spoil_bytes(folder, lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") + b"\r\n\r\n")
    import_folder(office, folder.path, PERSON)
    assert not any(comparison.different for comparison in compare_with_published(survey_tables(office)))


def test_a_folder_without_any_file_of_the_format(office: Store, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(NotNow) as caught:
        import_folder(office, tmp_path, PERSON)
    assert caught.value.code == "E-501"
