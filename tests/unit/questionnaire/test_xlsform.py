"""Workbooks become forms; broken and hostile ones become findings."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.questionnaire.workbooks import conformance_form, form_of, workbook
from visitapp.questionnaire.check import check_workbook
from visitapp.questionnaire.findings import WorkbookError
from visitapp.questionnaire.form import Choice, Itemset, Repeat, text_parts, without_references
from visitapp.questionnaire.interview import Interview
from visitapp.questionnaire.xlsform import MAX_BYTES, read_workbook, sheet_rows

BOTH = {"default_language": "日本語 (ja)", "namespaces": 'visitapp="urn:visitapp"'}


def refused(data: bytes, name: str = "test.xlsx", files: Mapping[str, bytes] | None = None) -> WorkbookError:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(data, name, files)
    return caught.value


def test_texts_come_in_every_language_of_the_workbook() -> None:
    form = form_of(
        [{"type": "integer", "name": "age", "label::日本語 (ja)": "年齢", "label::English (en)": "Age"}], settings=BOTH
    )
    assert form.languages == ("ja", "en")
    assert form.default_language == "ja"
    assert form.question("age").label == {"ja": "年齢", "en": "Age"}


def test_a_missing_translation_is_missing_and_not_a_hyphen() -> None:
    form = form_of(
        [
            {"type": "text", "name": "a", "label::日本語 (ja)": "甲", "label::English (en)": "A"},
            {"type": "text", "name": "b", "label::日本語 (ja)": "乙"},
        ],
        settings=BOTH,
    )
    assert form.question("b").label == {"ja": "乙"}


def test_types_are_those_of_the_standard() -> None:
    rows = [
        {"type": "begin group", "name": "q1", "label": "問1"},
        {"type": "select one kinds", "name": "kind", "label": "業種"},
        {"type": "select_multiple kinds", "name": "all", "label": "業種"},
        {"type": "integer", "name": "staff", "label": "人数", "read_only": "yes"},
        {"type": "end group"},
        {"type": "note", "name": "thanks", "label": "以上です"},
        {"type": "calculate", "name": "double", "calculation": "${staff} * 2"},
    ]
    form = form_of(rows, [{"list_name": "kinds", "name": "1", "label": "製造業", "division": "E"}])
    assert [question.type for question in form.questions()] == [
        "select_one", "select_multiple", "integer", "note", "calculate",
    ]  # fmt: skip
    assert form.question("kind").path == "/data/q1/kind"
    assert form.question("staff").readonly == "true()"
    assert form.choices(form.question("kind")) == (Choice("1", {"": "製造業"}, {"division": "E"}),)


def test_extensions_ride_in_their_own_columns() -> None:
    form = form_of(
        [
            {"type": "integer", "name": "part", "label": "パート"},
            {
                "type": "integer", "name": "staff", "label": "人数", "bind::visitapp:number": "問1 (6)",
                "bind::visitapp:soft": ". >= ${part}", "bind::visitapp:softmsg": "合計より多くなっています。",
            },
        ],
        settings=BOTH,
    )  # fmt: skip
    extensions = form.question("staff").extensions
    assert extensions["number"] == "問1 (6)"
    assert extensions["soft"].split() == [".", ">=", "/data/part"]
    assert extensions["soft_message"] == "合計より多くなっています。"


def test_references_in_texts_stay_references() -> None:
    form = conformance_form("33-label-references")
    label = form.question("staff").label[""]
    assert label == "${/data/owner}さんの会社の従業者数"
    assert list(text_parts(label)) == [("", "/data/owner"), ("さんの会社の従業者数", "")]
    assert without_references(label) == "＿＿さんの会社の従業者数"


def test_the_number_of_rows_is_always_the_path_of_a_question() -> None:
    fixed = conformance_form("09-repeat-count-fixed")
    repeat = fixed.nodes["/data/quarter"]
    assert isinstance(repeat, Repeat)
    assert repeat.count == "/data/quarter_count"
    assert fixed.question("quarter_count").calculation == "3"
    asked = conformance_form("10-repeat-count-dynamic").nodes["/data/guest"]
    assert isinstance(asked, Repeat)
    assert asked.count == "/data/people"


def test_a_triggered_calculation_is_written_as_seen_from_its_question() -> None:
    form = form_of(
        [
            {"type": "begin repeat", "name": "row", "label": "行"},
            {"type": "integer", "name": "age", "label": "年齢"},
            {"type": "begin group", "name": "g", "label": "組"},
            {"type": "text", "name": "band", "label": "区分", "calculation": "${age} div 10", "trigger": "${age}"},
            {"type": "end group"},
            {"type": "end repeat"},
        ]
    )
    band = form.question("band")
    assert band.trigger == ("/data/row/age",)
    assert band.calculation.split() == ["../../age", "div", "10"]


def test_options_can_be_the_rows_of_a_repeat() -> None:
    form = form_of(
        [
            {"type": "begin repeat", "name": "person", "label": "人"},
            {"type": "text", "name": "name", "label": "氏名"},
            {"type": "end repeat"},
            {"type": "select_one ${name}", "name": "head", "label": "代表"},
        ]
    )
    assert form.question("head").itemset == Itemset("/data/person[./name != '']", "name", "name")


def test_an_attached_csv_becomes_a_list_of_options() -> None:
    form = conformance_form("18-select-from-csv")
    assert form.lists["towns"][0] == Choice("azuma", {"": "吾妻橋"}, {"ward": "sumida", "households": "1200"})


def test_an_attached_csv_must_be_there_and_be_a_csv() -> None:
    rows = [{"type": "select_one_from_file towns.csv", "name": "town", "label": "町"}]
    missing = refused(workbook(rows))
    assert [finding.code for finding in missing.findings] == ["E-156"]
    damaged = refused(workbook(rows), files={"towns.csv": "名前,ラベル\n".encode("cp932")})
    assert [(finding.code, finding.values) for finding in damaged.findings] == [("E-157", {"file": "towns.csv"})]


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ([{"type": "text", "name": "a", "label": "甲"}, {"type": "text", "name": "a", "label": "乙"}], "E-141", 3),
        ([{"type": "text", "name": "a", "label": "甲", "relevant": "${b} = 1"}], "E-146", 2),
        ([{"type": "text", "name": "a b", "label": "甲"}], "E-144", 2),
        (
            [{"type": "begin group", "name": "g", "label": "甲"}, {"type": "text", "name": "a", "label": "乙"}],
            "E-149",
            2,
        ),
        ([{"type": "textt", "name": "a", "label": "甲"}], "E-151", None),
        ([{"type": "select_one x", "name": "a", "label": "甲"}], "E-152", 2),
        ([{"type": "text", "label": "甲"}], "E-153", 2),
    ],
)
def test_mistakes_are_findings_with_their_row(rows: list[dict[str, str]], code: str, row: int | None) -> None:
    error = refused(workbook(rows, [{"list_name": "y", "name": "1", "label": "一"}]))
    assert error.code == "E-104"
    assert [(finding.code, finding.row) for finding in error.findings] == [(code, row)]


def test_an_unknown_reference_names_the_nearest() -> None:
    error = refused(
        workbook(
            [
                {"type": "integer", "name": "staff", "label": "人数"},
                {"type": "text", "name": "a", "label": "甲", "relevant": "${staf} = 1"},
            ]
        )
    )
    assert error.findings[0].values["q"] == "staf"
    assert error.findings[0].values["nearest"] == "staff"
    assert error.findings[0].column == "relevant"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "E-101"),
        (b"PK\x03\x04 no more", "a.xlsx", "E-101"),
        (b"plain text", "a.md", "E-104"),
        (b"\xff\xfe\x00", "a.md", "E-101"),
        (b"plain text", "a.doc", "E-101"),
        (b"| x |\n| | a | b | c |\n| | 1 | 2 | 3 |\n| y |\n| | a |", "a.md", "E-103"),
        (b"x" * (MAX_BYTES + 1), "a.xlsx", "E-102"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, name: str, code: str) -> None:
    assert refused(data, name).code == code


def test_a_workbook_cut_off_anywhere_is_refused() -> None:
    whole = workbook([{"type": "text", "name": "a", "label": "甲"}])
    for length in range(0, len(whole), 97):
        assert refused(whole[:length]).code == "E-101"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = io.BytesIO(workbook([{"type": "text", "name": "a", "label": "甲"}]))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 30_000_000)
    assert refused(data.getvalue()).code == "E-102"


def test_entities_in_a_workbook_are_refused() -> None:
    whole = zipfile.ZipFile(io.BytesIO(workbook([{"type": "text", "name": "a", "label": "甲"}])))
    data = io.BytesIO()
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(data, "w") as archive:
        for member in whole.infolist():
            content = whole.read(member)
            archive.writestr(member.filename, bomb + content if "workbook.xml" in member.filename else content)
    assert refused(data.getvalue()).code == "E-101"


def test_rows_keep_their_place_in_the_sheet() -> None:
    rows = sheet_rows(
        workbook([{"type": "text", "name": "a", "label": "甲"}, {}, {"type": "note", "name": "b"}]), "x.xlsx", "survey"
    )
    assert [row.get("name") for row in rows] == ["a", None, "b"]


TOWNS = [{"type": "select_one_from_file towns.csv", "name": "town", "label": "町"}]
COUNTED = [
    {"type": "xml-external", "name": "rates"},
    {"type": "calculate", "name": "n", "calculation": "count(instance('rates')/root/item)"},
]


@pytest.mark.parametrize(
    ("rows", "name", "content"),
    [
        (TOWNS, "towns.csv", "name,label\n1,大井\n2,大森,多い\n".encode()),
        (TOWNS, "towns.csv", 'name,label\n1,"大井\n'.encode()),
        (COUNTED, "rates.xml", b"<root><item>"),
        (COUNTED, "rates.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><root>&a;</root>'),
    ],
)
def test_damaged_attachments_are_findings(rows: list[dict[str, str]], name: str, content: bytes) -> None:
    error = refused(workbook(rows), files={name: content})
    assert [(finding.code, finding.values) for finding in error.findings] == [("E-157", {"file": name})]


def test_an_attached_csv_may_lack_cells_at_the_end_of_a_row() -> None:
    form = read_workbook(workbook(TOWNS), "test.xlsx", {"towns.csv": "name,label,ward\n1,大井\n".encode()})
    assert form.lists["towns"] == (Choice("1", {"": "大井"}, {"ward": ""}),)


def test_attached_xml_and_the_last_response_are_instances() -> None:
    rows = [*COUNTED, {"type": "text", "name": "owner", "label": "代表者", "default": "${last-saved#owner}"}]
    form = read_workbook(workbook(rows), "test.xlsx", {"rates.xml": b"<root><item/></root>"})
    assert form.instances == {"rates": "<root><item /></root>", "__last-saved": "<data />"}


WHOLE = workbook(
    [{"type": "select_one yn", "name": "a", "label": "甲"}], [{"list_name": "yn", "name": "1", "label": "一"}]
)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
@settings(deadline=None, max_examples=60)
def test_flipped_bytes_end_in_a_form_or_in_a_refusal(flips: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, byte in flips:
        data[place] = byte
    form, findings = check_workbook(bytes(data), "test.xlsx")
    assert (form is None) <= bool(findings)


cells = st.sampled_from(
    [
        "",
        "text",
        "begin repeat",
        "end repeat",
        "select_one yn",
        "calculate",
        "a",
        "b",
        "${a}",
        "${b} = 1",
        "1",
        "((",
        "｛",
    ]
)


@given(st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=6))
@settings(deadline=None, max_examples=100)
def test_nonsense_ends_in_a_form_or_in_a_refusal(table: list[list[str]]) -> None:
    rows = [dict(zip(("type", "name", "label", "relevant", "calculation"), row, strict=True)) for row in table]
    form, findings = check_workbook(workbook(rows, [{"list_name": "yn", "name": "1", "label": "一"}]), "test.xlsx")
    assert (form is None) <= bool(findings)
    if form is not None:
        Interview(form, {})


def test_an_interview_starts_without_the_workbook_reader() -> None:
    code = (
        "import sys\n"
        "from visitapp.questionnaire import definition, interview, xlsform\n"
        "sys.exit(any(name.split('.')[0] in ('pyxform', 'openpyxl') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
