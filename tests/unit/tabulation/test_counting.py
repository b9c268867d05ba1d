"""Bases, counts, series, cross tables, layers, rows of repeats, several versions."""

from __future__ import annotations

import copy

import pytest

from tests.unit.tabulation.small import CHOICES, SURVEY, answered, columns_of, small_form
from visitapp.errors import NotNow
from visitapp.tabulation.asked import Asked
from visitapp.tabulation.columns import Columns, Filled, Unit
from visitapp.tabulation.counting import level_of, make_table, members, units_behind
from visitapp.tabulation.definitions import cross, one_way, series
from visitapp.tabulation.table import Row, Table

FORM = small_form()


def shown(table: Table) -> list[tuple[str, int, dict[str, int]]]:
    return [(row.label, row.n, counts(row)) for row in table.rows]


def counts(row: Row) -> dict[str, int]:
    return {cell.option: cell.count for cell in row.cells if cell.present}


def test_base_no_answer_and_unanswered_are_three_things() -> None:
    columns = columns_of(
        FORM,
        answered(FORM, trade=1, reason="1 2"),
        answered(FORM, trade=1, reason=None),
        answered(FORM, trade=1),
        answered(FORM, trade=2, reason="1"),
        answered(FORM, trade=None),
    )
    table = make_table(one_way(columns, "reason"), columns)
    assert shown(table) == [("", 3, {"近い": 1, "安い": 1, "その他": 0, "特にない": 0, "無回答": 1})]
    assert table.notes == (("unanswered", (("count", 1),)),)
    assert (table.kind, table.answer_type, table.number, table.title) == ("one_way", "multiple", "問2", "理由")
    assert [cell.role for cell in table.rows[0].cells] == ["", "", "other", "alone", "no_answer"]


def test_a_derived_question_takes_relevance_and_no_answer_from_its_source() -> None:
    responses = [
        answered(FORM, trade=1, year=2010), answered(FORM, trade=2, year=1950), answered(FORM, trade=1, year=None),
        answered(FORM, trade=1), answered(FORM, trade=3, year=2010),
    ]  # fmt: skip
    columns = columns_of(FORM, *responses)
    table = make_table(one_way(columns, "age"), columns)
    assert shown(table) == [("", 4, {"若い": 1, "古い": 1, "無回答": 1})]
    assert table.notes == (("unanswered", (("count", 1),)),)
    later = columns_of(FORM, *responses, year="2026")
    assert shown(make_table(one_way(later, "age"), later)) == [("", 4, {"若い": 0, "古い": 2, "無回答": 1})]


def test_a_stored_band_that_no_longer_fits_its_number_is_not_believed() -> None:
    columns = columns_of(FORM, answered(FORM, trade=1, year=1950, age=1))
    assert shown(make_table(one_way(columns, "age"), columns)) == [("", 1, {"若い": 0, "古い": 1, "無回答": 0})]


def test_what_cannot_be_tabulated_has_no_heading() -> None:
    columns = columns_of(FORM)
    assert list(columns.headings) == ["trade", "reason", "age", "mark", "why", "other"]
    for name in ("year", "secret", "nothing"):
        with pytest.raises(KeyError):
            one_way(columns, name)


def test_rows_of_a_repeat_are_counted_each() -> None:
    columns = columns_of(
        FORM,
        answered(FORM, trade=1, sheets=[{"mark": 1}, {"mark": 2, "why": 1}, {}]),
        answered(FORM, trade=2, sheets=[{"mark": 1}]),
        answered(FORM, trade=1),
    )
    mark = make_table(one_way(columns, "mark"), columns)
    assert shown(mark) == [("", 3, {"良い": 1, "悪い": 1, "無回答": 0})]
    assert mark.notes == (("unanswered", (("count", 1),)),)
    assert shown(make_table(one_way(columns, "why"), columns)) == [("", 1, {"良い": 1, "悪い": 0, "無回答": 0})]
    assert units_behind(one_way(columns, "mark"), columns, 0, 1) == (Unit("r1", ("row2",)),)
    assert level_of(one_way(columns, "mark"), columns) == ("sheets",)


def test_cross_table_has_everybody_first_and_bases_by_row() -> None:
    columns = columns_of(
        FORM,
        answered(FORM, trade=1, year=2010), answered(FORM, trade=1, year=1950), answered(FORM, trade=2, year=None),
        answered(FORM, trade=3), answered(FORM, trade=None, year=2011),
    )  # fmt: skip
    definition = cross(columns, "trade", "age")
    table = make_table(definition, columns)
    assert shown(table) == [
        ("全体", 4, {"合計": 4, "若い": 2, "古い": 1, "無回答": 1}),
        ("製造業", 2, {"合計": 2, "若い": 1, "古い": 1, "無回答": 0}),
        ("情報通信業", 1, {"合計": 1, "若い": 0, "古い": 0, "無回答": 1}),
        ("その他", 0, {"合計": 0, "若い": 0, "古い": 0, "無回答": 0}),
        ("無回答", 1, {"合計": 1, "若い": 1, "古い": 0, "無回答": 0}),
    ]
    assert (table.kind, table.side) == ("cross", "業種")
    assert table.notes == (("small_base", (("n", 10),)),)
    assert units_behind(definition, columns, 2, 3) == (Unit("r3"),)
    assert units_behind(definition, columns, 1, 0) == (Unit("r1"), Unit("r2"))


def test_options_may_be_joined_into_rows() -> None:
    columns = columns_of(FORM, *(answered(FORM, trade=n, year=2010) for n in (1, 2, 2, 3)))
    table = make_table(cross(columns, "trade", "age", {"作るか伝える": ["製造業", "情報通信業"]}), columns)
    assert [(label, n) for label, n, _ in shown(table)] == [("全体", 3), ("作るか伝える", 3)]


def test_a_row_may_be_crossed_with_its_response() -> None:
    columns = columns_of(
        FORM,
        answered(FORM, trade=1, year=2010, sheets=[{"mark": 1}, {"mark": 2}]),
        answered(FORM, trade=1, year=1950, sheets=[{"mark": 2}]),
        answered(FORM, trade=1, year=1950),
    )
    by_age = make_table(cross(columns, "age", "mark"), columns)
    assert shown(by_age)[:3] == [
        ("全体", 3, {"合計": 3, "良い": 1, "悪い": 2, "無回答": 0}),
        ("若い", 2, {"合計": 2, "良い": 1, "悪い": 1, "無回答": 0}),
        ("古い", 1, {"合計": 1, "良い": 0, "悪い": 1, "無回答": 0}),
    ]
    by_mark = make_table(cross(columns, "mark", "age"), columns)
    assert [(label, n) for label, n, _ in shown(by_mark)] == [("全体", 3), ("良い", 1), ("悪い", 2), ("無回答", 0)]


def test_repeats_beside_each_other_cannot_be_crossed() -> None:
    columns = columns_of(FORM, answered(FORM, trade=1, sheets=[{"mark": 1}], others=[{"other": 1}]))
    with pytest.raises(NotNow) as caught:
        make_table(cross(columns, "mark", "other"), columns)
    assert caught.value.code == "E-540"


def test_series_marks_options_a_series_does_not_have() -> None:
    columns = columns_of(FORM, answered(FORM, trade=1, reason="3", year=2010))
    table = make_table(series(columns, ["trade", "age"]), columns)
    assert shown(table) == [
        ("業種", 1, {"製造業": 1, "情報通信業": 0, "その他": 0, "無回答": 0}),
        ("古さ", 1, {"若い": 1, "古い": 0, "無回答": 0}),
    ]
    assert ("no_category", ()) in table.notes


def test_a_layer_narrows_every_base() -> None:
    columns = columns_of(FORM, *(answered(FORM, trade=t, year=y) for t, y in ((1, 2010), (1, 1950), (2, 2010))))
    young = members(columns, "age", ["若い"], ())
    table = make_table(one_way(columns, "trade"), columns, within=young)
    assert shown(table) == [("", 2, {"製造業": 1, "情報通信業": 1, "その他": 0, "無回答": 0})]


def test_english_texts_and_japanese_marks() -> None:
    columns = columns_of(FORM, answered(FORM, trade=1, year=2010))
    table = make_table(cross(columns, "trade", "age"), columns, "en")
    assert (table.title, table.side) == ("age in English", "trade in English")
    assert [row.label for row in table.rows] == ["全体", "Manufacturing", "IT", "Other", "無回答"]
    assert [cell.option for cell in table.rows[0].cells] == ["合計", "Young", "Old", "無回答"]


def test_versions_are_merged_by_question_and_choice_name() -> None:
    survey, choices = copy.deepcopy(SURVEY), copy.deepcopy(CHOICES)
    choices[0]["label::日本語 (ja)"] = "ものづくり"
    choices = [choice for choice in choices if (choice["list_name"], choice["name"]) != ("trade", "2")]
    newer = small_form(survey, choices, "2")
    old, new = Asked(FORM, {}), Asked(newer, {})
    columns = Columns(
        [newer, FORM],
        [
            Filled("a", FORM, old.of(answered(FORM, trade=1))),
            Filled("b", FORM, old.of(answered(FORM, trade=2))),
            Filled("c", newer, new.of(answered(newer, trade=1))),
        ],
    )
    table = make_table(one_way(columns, "trade"), columns)
    assert shown(table) == [("", 3, {"ものづくり": 2, "その他": 0, "情報通信業": 1, "無回答": 0})]


def test_a_condition_over_the_rows_of_a_repeat_is_decided_response_by_response() -> None:
    survey = copy.deepcopy(SURVEY)
    reason = next(row for row in survey if row["name"] == "reason")
    reason["relevant"] = "count(${sheets}) > 1"
    form = small_form(survey)
    columns = columns_of(
        form,
        answered(form, trade=1, reason=1, sheets=[{"mark": 1}, {"mark": 1}]),
        answered(form, trade=1, reason=1, sheets=[{"mark": 1}]),
    )
    assert shown(make_table(one_way(columns, "reason"), columns))[0][1] == 1
