"""Tables from a real store: which responses count, versions, surveys side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.store.stores import CHEAP, PASSPHRASE, Clock
from tests.unit.tabulation.small import answered, small_form
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.definition import form_hash, form_to_json
from visitapp.questionnaire.form import Form
from visitapp.store import records
from visitapp.store.store import Store, Writer, create_store
from visitapp.tabulation.definitions import Definition, Line, published
from visitapp.tabulation.reading import survey_columns, surveys_to_count, table_by_id, tabulate

FORM = small_form()
TRADE = Definition(
    "t",
    "test",
    "one_way",
    "",
    {"ja": "業種"},
    "single",
    {},
    ("製造業", "情報通信業", "その他", "無回答"),
    (Line({}, "trade"),),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = create_store(tmp_path / "store", PASSPHRASE, "headquarters", clock=Clock(), kdf=CHEAP)
    yield made
    made.close()


def put_survey(writer: Writer, name: str, form: Form, year: int = 2016) -> None:
    text = form_to_json(form)
    writer.put(records.Form, form_hash(text), form_id=form.form_id, version=form.version, definition=text)
    writer.put(records.Survey, name, name=name, fiscal_year=year, reference_year=year, form=form_hash(text))


def put_response(
    writer: Writer, survey: str, name: str, form: Form, answers: dict[Address, Answer], status: str = "final"
) -> None:
    writer.put(records.Target, f"target-{name}", survey=survey, company=f"company-{name}")
    used = form_hash(form_to_json(form))
    writer.put(records.Response, name, target=f"target-{name}", form=used, status=status)
    for number, (address, answer) in enumerate(answers.items()):
        value = f'{{"text": "{answer.text}", "no_answer": {str(answer.no_answer).lower()}, "reason": ""}}'
        writer.put(
            records.Answer,
            f"{name}-{number}",
            response=name,
            path=address.path,
            row="/".join(address.rows),
            value=value,
        )


def counts(store: Store, surveys: list[str] | None = None) -> tuple[int, list[int]]:
    (table,) = tabulate(store, [TRADE], surveys)
    return table.rows[0].n, [cell.count for cell in table.rows[0].cells]


def test_final_responses_of_present_targets_count(store: Store) -> None:
    with store.write("本部") as writer:
        put_survey(writer, "s", FORM)
        for name, trade, status in (("a", 1, "final"), ("b", 1, "draft"), ("c", 2, "final"), ("d", 2, "final")):
            put_response(writer, "s", name, FORM, answered(FORM, trade=trade), status)
        put_response(writer, "s", "e", FORM, answered(FORM, trade=None))
        put_response(writer, "s", "f", FORM, {})
        put_response(writer, "s", "g", FORM, answered(FORM, trade=3))
        writer.delete(records.Target, "target-d")
        writer.delete(records.Response, "g")
    assert counts(store) == (4, [1, 1, 0, 1])


def test_rows_of_a_repeat_come_back_from_the_store(store: Store) -> None:
    with store.write("本部") as writer:
        put_survey(writer, "s", FORM)
        answers = answered(FORM, trade=1, year=2010, sheets=[{"mark": 1}, {"mark": 2}])
        put_response(writer, "s", "a", FORM, answers)
    with store.read() as reader:
        columns = survey_columns(reader, "s")
    assert columns is not None
    assert columns.asked("mark").bit_count() == 2
    assert columns.chose("age", "1").bit_count() == 1


def test_responses_to_older_versions_count_with_the_newer(store: Store) -> None:
    newer = small_form(version="2")
    with store.write("本部") as writer:
        put_survey(writer, "old", FORM)
        put_survey(writer, "s", newer, 2017)
        put_response(writer, "s", "a", FORM, answered(FORM, trade=1))
        put_response(writer, "s", "b", newer, answered(newer, trade=1))
    assert counts(store) == (2, [2, 0, 0, 0])


def test_surveys_are_not_added_up(store: Store) -> None:
    with store.write("本部") as writer:
        for name, year, trades in (("s16", 2016, (1, 1)), ("s17", 2017, (2,)), ("s18", 2018, ())):
            put_survey(writer, name, FORM, year)
            for trade in trades:
                put_response(
                    writer, name, f"{name}-{len(trades)}-{trades.index(trade)}", FORM, answered(FORM, trade=trade)
                )
    with store.read() as reader:
        assert surveys_to_count(reader) == ("s17",)
    assert counts(store) == (1, [0, 1, 0, 0])
    assert counts(store, ["s16"]) == (1, [1, 0, 0, 0])
    assert counts(store, ["s18"]) == (0, [0, 0, 0, 0])
    assert counts(store, ["unknown"]) == (0, [0, 0, 0, 0])


def test_an_empty_store_gives_every_published_table_with_base_nought(store: Store) -> None:
    tables = tabulate(store)
    assert [table.table_id for table in tables] == [definition.table_id for definition in published()]
    assert {row.n for table in tables for row in table.rows} == {0}
    assert table_by_id(store, "v10_kitai").title == "今後、品川区に期待する支援策"
    with pytest.raises(KeyError):
        table_by_id(store, "nothing")
