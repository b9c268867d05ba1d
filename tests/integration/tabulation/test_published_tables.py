"""The published report, cell by cell, and the same tables from changed responses against a count of their own."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.integration.tabulation.microdata import (
    DATA,
    Responses,
    published_cells,
    questions,
    read_csv,
    shipped_form,
)
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.interview import Interview
from visitapp.tabulation.asked import Asked
from visitapp.tabulation.columns import Columns, heading_of
from visitapp.tabulation.counting import make_table
from visitapp.tabulation.definitions import definition_by_id, published
from visitapp.tabulation.table import Table, percent


def cells(table: Table) -> list[tuple[str, str, int, int, bool]]:
    return [(row.label, c.option, row.n, c.count, c.present) for row in table.rows for c in row.cells]


def tables(columns: dict[str, Columns]) -> dict[str, Table]:
    return {d.table_id: make_table(d, columns[d.form_id]) for d in published()}


def test_every_cell_of_the_report_is_met() -> None:
    found = tables(Responses().columns())
    assert len(found) == 75
    compared = 0
    for table_id, table in found.items():
        expected = []
        for cell in published_cells(table_id):
            count = int(cell["count"] or cell["derived_count"] or 0)
            expected.append((cell["row_label"], cell["option"], int(cell["n"]), count, cell["percent"]))
        got = [
            (row.label, c.option, row.n, c.count, str(percent(c.count, row.n)) if c.present else "")
            for row in table.rows
            for c in row.cells
        ]
        assert got == expected, table_id
        compared += len(got)
    assert compared == 1161


def test_definitions_are_those_of_the_index() -> None:
    index = {row["table_id"] for row in read_csv(DATA / "report" / "tables" / "INDEX.tsv")}
    assert {d.table_id for d in published()} == index


def test_a_table_without_any_response_keeps_its_form() -> None:
    for definition in published():
        got = cells(make_table(definition, None))
        expected = [
            (c["row_label"], c["option"], c["derived_status"] != "no percent")
            for c in published_cells(definition.table_id)
        ]
        assert [(label, option, present) for label, option, _, _, present in got] == expected
        assert all(n == count == 0 for _, _, n, count, _ in got)


Change = Callable[[Responses, random.Random], None]


def other_answers(responses: Responses, chance: random.Random) -> None:
    """Any question of any response answered anew, 無回答 and nothing included; numbers and their bands alike."""
    for rows in (responses.visit, responses.sheets, responses.mail):
        for row in rows:
            for name in [key for key in row if key in questions() and chance.random() < 0.15]:
                row[name] = _another(name, chance)


def _another(name: str, chance: random.Random) -> str:
    if name in ("V1-5", "V1-6"):
        return chance.choice(
            ["無回答", "", str(chance.randint(1900, 2016) if name == "V1-5" else chance.randint(1, 400))]
        )
    options = questions()[name]["options"].split("｜")
    if questions()[name]["answer_type"] != "multiple":
        return chance.choice([*options, "無回答", ""])
    several = chance.sample(options, chance.randint(1, min(4, len(options))))
    return chance.choice(["；".join(several), "無回答", ""])


def fewer_responses(responses: Responses, chance: random.Random) -> None:
    """Companies go, sometimes all of a survey."""
    keep = chance.choice([0.0, 0.3, 0.9])
    responses.visit = [row for row in responses.visit if chance.random() < keep]
    kept = {row["response_id"] for row in responses.visit}
    responses.sheets = [row for row in responses.sheets if row["response_id"] in kept]
    responses.mail = [row for row in responses.mail if chance.random() < 0.7]


@pytest.mark.parametrize("change", [other_answers, fewer_responses])
@pytest.mark.parametrize("seed", range(6))
def test_changed_responses_are_counted_as_by_hand(change: Change, seed: int) -> None:
    responses = Responses()
    change(responses, random.Random(seed))
    for table_id, table in tables(responses.columns()).items():
        assert cells(table) == responses.expected(table_id), table_id


@pytest.mark.parametrize("seed", range(2))
def test_relevance_for_many_is_that_of_each_interview(seed: int) -> None:
    responses = Responses()
    chance = random.Random(seed)
    other_answers(responses, chance)
    form = shipped_form("visit.xlsx")
    asked = Asked(form, {"reference_year": "2016"})
    for answers in chance.sample(list(responses.stored()["visit.xlsx"].values()), 12):
        interview = Interview(form, answers, presets={"reference_year": "2016"})
        expected: dict[Address, Answer] = {}
        for address in interview.applicable():
            question = form.nodes[address.path]
            if address.path in {q.path for q in form.questions() if heading_of(form, q)}:
                expected[address] = interview.answer(address)
            assert question.path == address.path
        derived = {"/data/q1/V-founded": "/data/q1/V1-5", "/data/q1/V-emp": "/data/q1/V1-6"}
        for path, source in derived.items():
            given = interview.answer(Address(source))
            expected[Address(path)] = given if given.no_answer else interview.answer(Address(path))
        assert asked.of(answers) == expected


def test_the_responses_behind_a_cell_are_those_counted() -> None:
    from visitapp.tabulation.counting import units_behind

    responses = Responses()
    columns = responses.columns()["shinagawa_visit"]
    definition = definition_by_id("v09-01_x_06")
    row = [line.label["ja"] for line in definition.lines].index("知らない")
    option = definition.options.index("現在、行っている")
    found = {unit.response for unit in units_behind(definition, columns, row, option)}
    assert found == {
        r["response_id"] for r in responses.visit if r["V9-1"] == "知らない" and r["V6"] == "現在、行っている"
    }
    assert len(found) == make_table(definition, columns).rows[row].cells[option].count > 0
