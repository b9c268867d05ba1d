"""The shipped catalogue against the report it was taken from, and what is said about a broken one."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from visitapp.errors import DamagedData
from visitapp.i18n.catalogue import error_texts
from visitapp.programmes import catalogue_from, load_catalogue, over_budget, to_fields
from visitapp.resources import resource_path
from visitapp.store import records

REPORT = Path(__file__).parents[2] / "data" / "report"


def report_rows(name: str) -> list[dict[str, str]]:
    with (REPORT / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def options_of(question: str) -> list[str]:
    return next(row for row in report_rows("questions.tsv") if row["question_id"] == question)["options"].split("｜")


def test_every_programme_of_the_report_is_there() -> None:
    ours = {entry.facts.id for entry in load_catalogue().entries}
    assert ours == {f"2016/{row['id']}" for row in report_rows("programmes.tsv")}


def test_rates_and_caps_are_those_of_the_report() -> None:
    ours = sorted(
        (entry.facts.id, cap.rate, str(cap.cap_yen)) for entry in load_catalogue().entries for cap in entry.facts.caps
    )
    report = sorted(
        (f"2016/{row['programme_id']}", row["rate"], row["cap_yen"]) for row in report_rows("programme_caps.tsv")
    )
    assert ours == report


def test_proposals_are_kept_but_never_offered() -> None:
    rows = report_rows("programmes.tsv")
    proposals = {f"2016/{row['id']}" for row in rows if row["status"].startswith("新規（提案）")}
    facts = {entry.facts.id: entry.facts for entry in load_catalogue().entries}
    assert len(proposals) == 13
    assert not any(facts[each].may_be_offered for each in proposals)


def test_facts_the_report_does_not_give_are_empty() -> None:
    for entry in load_catalogue().entries:
        facts = entry.facts
        assert (facts.period, facts.procedure, facts.contact, facts.phone, facts.address) == ("", "", "", "", "")


def test_rules_name_options_word_for_word_and_are_marked_as_estimated() -> None:
    for entry in load_catalogue().entries:
        for rule in entry.rules:
            assert rule.option in options_of(rule.question), (entry.facts.id, rule)
            assert rule.estimated == (rule.question != "P1")


def test_answers_named_in_conditions_are_options_of_the_questionnaire() -> None:
    for entry in load_catalogue().entries:
        for condition in entry.conditions:
            if condition.fact == "回答":
                for accepted in condition.accepts:
                    question, _, option = accepted.partition("=")
                    assert option in options_of(question), (entry.facts.id, accepted)


def test_every_p1_option_but_the_last_leads_to_a_programme() -> None:
    mapped = {option for entry in load_catalogue().entries for option in entry.p1_options}
    assert mapped == set(options_of("P1")) - {"その他"}


def test_every_industry_of_the_survey_has_a_division() -> None:
    assert set(options_of("V2-1")) <= set(load_catalogue().part_of)


def test_no_text_of_the_shipped_catalogue_is_longer_than_its_place() -> None:
    assert over_budget(load_catalogue()) == []


def test_store_records_give_the_same_catalogue_back() -> None:
    catalogue = load_catalogue()
    stored = [records.Programme(**to_fields(entry)) for entry in catalogue.entries]  # type: ignore[arg-type]
    assert catalogue_from(stored, 2016) == catalogue
    assert catalogue_from(stored, 2017).entries == ()


@pytest.mark.parametrize("facts", [None, "", "{", "[]", '{"facts": {}}'])
def test_a_record_that_cannot_be_read_is_named(facts: str | None) -> None:
    broken = records.Programme(id="2016/x", fiscal_year=2016, name="見本助成", facts=facts)
    with pytest.raises(DamagedData) as raised:
        catalogue_from([broken], 2016)
    assert (raised.value.code, raised.value.values["programme"]) == ("E-610", "見本助成")


def _cell(row: int, column: str, value: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        cells = lines[row - 1].split("\t")
        cells[lines[0].split("\t").index(column)] = value
        lines[row - 1] = "\t".join(cells)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change


def _text(whole: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        path.write_text(whole, encoding="utf-8")

    return change


def _shift_jis(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932", errors="replace"))


BROKEN: list[tuple[str, str, Callable[[Path], None], int | None, str | None]] = [
    ("E-601", "catalogue", Path.unlink, None, None),
    ("E-601", "catalogue", _shift_jis, None, None),
    ("E-602", "caps", _text("rate\tcap\n"), None, None),
    ("E-602", "caps", _text(""), None, None),
    ("E-603", "catalogue", _cell(3, "name", ""), 3, "name"),
    ("E-604", "catalogue", _cell(4, "levels", "市"), 4, "levels"),
    ("E-604", "catalogue", _cell(4, "status", "中止"), 4, "status"),
    ("E-604", "catalogue", _cell(4, "for_companies", "yes"), 4, "for_companies"),
    ("E-604", "catalogue", _cell(4, "estimated", "what"), 4, "estimated"),
    ("E-604", "catalogue", _cell(4, "shares", "国=1/2"), 4, "shares"),
    ("E-605", "caps", _cell(2, "cap_yen", "５００万"), 2, "cap_yen"),
    ("E-605", "rules", _cell(2, "weight", "0"), 2, "weight"),
    ("E-606", "catalogue", _cell(4, "shares", "区1/4"), 4, "shares"),
    ("E-607", "caps", _cell(5, "programme_id", "nai"), 5, "programme_id"),
    ("E-607", "rules", _cell(5, "question", "V99"), 5, "question"),
    ("E-608", "catalogue", _cell(5, "id", "sogyo-center"), 5, "id"),
    ("E-609", "conditions", _text("programme_id\tfact\taccepts\tbelow\topen_point\testimated\nx\ty\n"), 2, None),
    ("E-603", "conditions", _cell(2, "below", ""), 2, "below"),
    ("E-604", "conditions", _cell(2, "fact", "規模"), 2, "fact"),
]


@pytest.mark.parametrize(("code", "table", "damage", "row", "column"), BROKEN)
def test_a_broken_table_is_refused_with_its_place(
    tmp_path: Path, code: str, table: str, damage: Callable[[Path], None], row: int | None, column: str | None
) -> None:
    folder = tmp_path / "programmes"
    shutil.copytree(resource_path("programmes"), folder)
    damage(folder / f"{table}-2016.tsv")
    with pytest.raises(DamagedData) as raised:
        load_catalogue(2016, folder)
    found = raised.value
    assert (found.code, found.values.get("row"), found.values.get("column")) == (code, row, column)
    assert found.values["file"] == f"{table}-2016.tsv"
    for text in error_texts()[code]:
        text.format(**found.values)
