"""The linter names the mistake, its place, and what was probably meant."""

from __future__ import annotations

import pytest

from tests.unit.questionnaire.workbooks import conformance_form, conformance_names, form_of, workbook
from visitapp.questionnaire.check import check_workbook
from visitapp.questionnaire.findings import Finding
from visitapp.questionnaire.lint import lint

SETTINGS = {"namespaces": 'visitapp="urn:visitapp"'}
TWO = {"default_language": "日本語 (ja)"}
YES_NO = [{"list_name": "yn", "name": "1", "label": "はい"}, {"list_name": "yn", "name": "2", "label": "いいえ"}]
AGE = {"type": "integer", "name": "age", "label": "年齢"}


def found(*rows: dict[str, str], choices: list[dict[str, str]] = YES_NO) -> list[Finding]:
    return list(lint(form_of(rows, choices, SETTINGS)))


def codes(*rows: dict[str, str]) -> list[str]:
    return [finding.code for finding in found(*rows)]


@pytest.mark.parametrize("name", conformance_names())
def test_sound_forms_have_no_findings(name: str) -> None:
    assert lint(conformance_form(name)) == ()


@pytest.mark.parametrize("column", ["relevant", "constraint", "calculation", "required", "read_only", "choice_filter"])
def test_a_broken_expression_is_found_in_every_column(column: str) -> None:
    (finding,) = found(AGE, {"type": "select_one yn", "name": "a", "label": "甲", column: "${age} = = 1"})
    assert (finding.severity, finding.code, finding.column) == ("error", "E-110", column)
    assert finding.path == "/data/a"


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("${age} ＝ 1", "E-111"),
        ("${age} = １", "E-111"),
        ("${age} = ＂1＂", "E-111"),
        ("selectd(${age}, '1')", "E-112"),
        ("selected(${age})", "E-113"),
        ("'open", "E-115"),
        ("/data/agee = 1", "E-160"),
        ("../agee = 1", "E-160"),
        ("instance('yn2')/root/item/name = 1", "E-165"),
    ],
)
def test_mistakes_in_expressions(expression: str, code: str) -> None:
    assert codes(AGE, {"type": "text", "name": "a", "label": "甲", "relevant": expression}) == [code]


def test_full_width_characters_inside_quotes_are_fine() -> None:
    assert codes(AGE, {"type": "text", "name": "a", "label": "甲", "relevant": "${age} = '＝１'"}) == []


def test_the_nearest_name_is_offered() -> None:
    (function,) = found(AGE, {"type": "text", "name": "a", "label": "甲", "relevant": "selectd(${age}, '1')"})
    assert function.values["nearest"] == "selected"
    (question,) = found(AGE, {"type": "text", "name": "a", "label": "甲", "relevant": "/data/agee = 1"})
    assert question.values["nearest"] == "age"


def test_calculations_in_a_circle_are_found_with_their_way() -> None:
    (finding,) = found(
        {"type": "calculate", "name": "a", "calculation": "${b} + 1"},
        {"type": "calculate", "name": "b", "calculation": "${c} + 1"},
        {"type": "calculate", "name": "c", "calculation": "${a} + 1"},
    )
    assert finding.code == "E-161"
    assert sorted(str(finding.values["cycle"]).split(" → ")[1:]) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "rows",
    [
        [{"type": "calculate", "name": "a", "calculation": "${a} + 1"}],
        [{"type": "text", "name": "a", "label": "甲", "relevant": ". != ''"}],
        [
            {"type": "begin group", "name": "g", "label": "組", "relevant": "${a} = 1"},
            {"type": "calculate", "name": "a", "calculation": "1"},
            {"type": "end group"},
        ],
    ],
)
def test_what_waits_for_itself_is_a_circle(rows: list[dict[str, str]]) -> None:
    assert codes(*rows) == ["E-161"]


def test_questions_that_hide_each_other_are_no_circle() -> None:
    assert codes(
        {"type": "text", "name": "a", "label": "甲", "relevant": "${b} = ''"},
        {"type": "text", "name": "b", "label": "乙", "relevant": "${a} = ''"},
    ) == []  # fmt: skip


def test_once_and_triggers_are_no_circle() -> None:
    assert codes(
        AGE,
        {"type": "calculate", "name": "first", "calculation": "once(${age})"},
        {"type": "integer", "name": "count", "label": "数", "calculation": "${count} + 1", "trigger": "${age}"},
    ) == []  # fmt: skip


@pytest.mark.parametrize("name", ["1 2", "1,2", "1、2", "1，2"])
def test_names_of_choices_have_no_blanks_and_commas(name: str) -> None:
    rows = [{"type": "select_one yn", "name": "a", "label": "甲"}]
    (finding,) = found(*rows, choices=[*YES_NO, {"list_name": "yn", "name": name, "label": "三"}])
    assert (finding.code, finding.sheet, finding.values["value"]) == ("E-162", "choices", name)


def test_the_same_name_in_two_groups_is_warned_of() -> None:
    group = [{"type": "begin group", "name": "g", "label": "組"}, AGE, {"type": "end group"}]
    assert [(f.severity, f.code) for f in found(AGE, *group)] == [("warning", "E-163")] * 2


@pytest.mark.parametrize(
    ("extension", "value", "code"),
    [
        ("specify", "knd", "E-164"),
        ("source", "knd", "E-164"),
        ("categories", "yesno", "E-165"),
        ("exclusive", "9", "E-166"),
        ("soft", ". ＞ 1", "E-111"),
        ("base", "selectd(.)", "E-112"),
    ],
)
def test_our_own_columns_point_somewhere(extension: str, value: str, code: str) -> None:
    kind = {"type": "select_one yn", "name": "kind", "label": "種", f"bind::visitapp:{extension}": value}
    (finding, *_) = found(kind)
    assert (finding.code, finding.column) == (code, f"bind::visitapp:{extension}")


def test_the_choice_to_be_specified_is_one_of_the_list() -> None:
    kind = {"type": "select_one yn", "name": "kind", "label": "種"}
    other = {"type": "text", "name": "other", "label": "他", "bind::visitapp:specify": "kind"}
    assert codes(kind, {**other, "bind::visitapp:specify_choice": "2"}) == []
    assert codes(kind, {**other, "bind::visitapp:specify_choice": "3"}) == ["E-166"]


def test_a_filter_names_columns_that_exist() -> None:
    choices = [{"list_name": "city", "name": "1", "label": "区", "pref": "13"}]
    rows = [AGE, {"type": "select_one city", "name": "a", "label": "市", "choice_filter": "prefecture = ${age}"}]
    (finding,) = found(*rows, choices=choices)
    assert (finding.code, finding.values["nearest"]) == ("E-169", "pref")
    rows[1]["choice_filter"] = "pref = ${age} and selected(${age}, name)"
    assert found(*rows, choices=choices) == []


def test_missing_translations_are_warned_of_where_they_are_missing() -> None:
    rows = [
        {"type": "select_one yn", "name": "a", "label::日本語 (ja)": "甲", "label::English (en)": "A"},
        {"type": "text", "name": "b", "label::日本語 (ja)": "乙", "hint::日本語 (ja)": "注"},
    ]
    choices = [{"list_name": "yn", "name": "1", "label::日本語 (ja)": "はい"}]
    form, findings = check_workbook(workbook(rows, choices, TWO), "test.xlsx")
    assert form is not None
    told = [(f.severity, f.code, f.sheet, f.row, f.column, f.values["language"]) for f in findings]
    assert told == [
        ("warning", "E-167", "survey", 3, "label", "en"),
        ("warning", "E-167", "survey", 3, "hint", "en"),
        ("warning", "E-167", "choices", 2, "label", "en"),
    ]


def test_types_the_window_cannot_ask_are_warned_of() -> None:
    (finding,) = found({"type": "geopoint", "name": "place", "label": "場所"})
    assert (finding.severity, finding.code, finding.values) == ("warning", "E-168", {"type": "geopoint"})


def test_findings_carry_the_row_of_the_sheet() -> None:
    rows = [
        {"type": "begin_group", "name": "g", "label": "組"},
        {},
        {"type": "begin repeat", "name": "r", "label": "行"},
        {"type": "text", "name": "a", "label": "甲", "relevant": "boo()"},
        {"type": "end repeat"},
        {"type": "end_group"},
        {"type": "text", "name": "b", "label": "乙", "relevant": "boo()"},
    ]
    _, findings = check_workbook(workbook(rows), "test.xlsx")
    assert [finding.row for finding in findings] == [5, 8]


def test_an_unreadable_workbook_is_a_finding() -> None:
    form, findings = check_workbook(b"no workbook", "test.xlsx")
    assert form is None
    assert [finding.code for finding in findings] == ["E-101"]
