"""Comparing with the published report finds every difference; questionnaires are checked before they are taken in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.fieldwork.conftest import MICRODATA, PERSON
from visitapp.commands.questionnaires import add_questionnaire, check_questionnaire
from visitapp.commands.results import compare_with_published, published_cells, survey_tables
from visitapp.commands.transfer import import_answers
from visitapp.commands.tutorial import create_tutorial_office
from visitapp.errors import EnvironmentProblem
from visitapp.questionnaire.findings import WorkbookError
from visitapp.resources import resource_path
from visitapp.store import records
from visitapp.store.store import Store


def test_one_cell_that_differs_is_found(filled: Store) -> None:
    tables = survey_tables(filled)
    first = tables[0]
    cell = replace(first.rows[0].cells[0], count=first.rows[0].cells[0].count + 1)
    row = replace(first.rows[0], cells=(cell, *first.rows[0].cells[1:]))
    changed = replace(first, rows=(row, *first.rows[1:]))
    found = {c.table_id: c for c in compare_with_published([changed, *tables[1:-1]])}
    assert len(found[first.table_id].different) == 1
    missing = found[tables[-1].table_id]
    assert len(missing.different) == missing.cells > 0
    assert sum(not comparison.different for comparison in found.values()) == 73


def test_the_published_numbers_are_those_of_the_report() -> None:
    assert len(published_cells()) == 75
    assert sum(map(len, published_cells().values())) == 1161
    index = Path(__file__).parents[2] / "data/report/tables/INDEX.tsv"
    assert list(published_cells()) == [line.split("\t")[0] for line in index.read_text("utf-8").splitlines()[1:]]


def test_an_import_keeps_a_backup_first(office: Store) -> None:
    import_answers(office, MICRODATA, PERSON)
    assert [path for path in (office.folder / "backups").iterdir() if path.name.endswith("import")]


def test_questionnaires(office: Store, tmp_path: Path) -> None:
    shipped = resource_path("questionnaires", "startup.xlsx")
    checked = check_questionnaire(shipped)
    assert checked.form_id == "shinagawa_startup"
    form = add_questionnaire(office, shipped, PERSON)
    with office.read() as reader:
        stored = reader.get(records.Form, form)
    assert stored is not None
    assert (stored.form_id, stored.workbook is not None) == ("shinagawa_startup", True)
    wrong = tmp_path / "wrong.md"
    wrong.write_text(
        "| survey | | | | |\n| | type | name | label | relevant |\n| | text | a | A | unknown(1) |\n", encoding="utf-8"
    )
    found = check_questionnaire(wrong)
    assert [finding.severity for finding in found.findings if finding.severity == "error"]
    with pytest.raises(WorkbookError) as refused:
        add_questionnaire(office, wrong, PERSON)
    assert refused.value.findings
    with pytest.raises(EnvironmentProblem):
        check_questionnaire(tmp_path / "gone.xlsx")


def test_the_office_to_try_things_in(tmp_path: Path) -> None:
    told: list[str] = []
    store = create_tutorial_office(tmp_path / "office", "ためす合言葉", lambda done, total, text: told.append(f"{done}/{total} {text}"))
    try:
        with store.read() as reader:
            assert len(reader.conflicts()) == 1
            assert reader.count(records.Response, status="final") == 160
        waiting = list((tmp_path / "office" / "inbox").iterdir())
        assert len(waiting) == 1
        assert not (tmp_path / "office" / ".tutorial").exists()
        assert told[0].startswith("0/") and all(int(one.split("/")[0]) < int(one.split()[0].split("/")[1]) for one in told)
    finally:
        store.close()
