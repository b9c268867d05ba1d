"""The command line as scripts use it: the fixed forms, exit codes, both languages, errors with a code."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.e2e.process import MICRODATA, PASSPHRASE, ROOT, Program, run


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A headquarters with the microdata in it, made through the fixed forms."""
    program = Program(tmp_path_factory.mktemp("cli") / "本部")
    program("store", "create", "--role", "headquarters")
    program("import", MICRODATA)
    return program


def test_the_fixed_forms_give_the_published_tables(office: Program, tmp_path: Path) -> None:
    office("tables", "--out", tmp_path / "out", "--workbook", tmp_path / "表.xlsx")
    index = (ROOT / "tests/data/report/tables/INDEX.tsv").read_text("utf-8").splitlines()[1:]
    names = [line.split("\t")[0] for line in index]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{name}.csv" for name in names)
    assert (tmp_path / "表.xlsx").read_bytes().startswith(b"PK")
    for name in names:
        published = rows(ROOT / f"tests/data/report/tables/{name}.tsv")
        ours = rows(tmp_path / "out" / f"{name}.csv")
        assert list(ours[0]) == ["table_id", "row_label", "option", "n", "count", "percent"]
        assert [(r["row_label"], r["option"], r["n"], r["percent"]) for r in ours] == [
            (r["row_label"], r["option"], r["n"], r["percent"]) for r in published
        ], name
        assert [r["count"] for r in ours] == [r["count"] or r["derived_count"] or "0" for r in published], name


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".tsv":
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(file))


def test_passphrases(office: Program, tmp_path: Path) -> None:
    wrong = Program(office.folder, "ちがう合言葉")
    assert wrong.json("store", "info", expect=3)["code"] == "E-203"
    none = Program(office.folder, passphrase=None)
    assert none.json("store", "info", expect=3)["code"] == "E-701"
    file = tmp_path / "passphrase.txt"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    assert none.json("--passphrase-file", file, "store", "info")["role"] == "headquarters"
    assert none.json("--passphrase-file", tmp_path / "gone", "store", "info", expect=4)["code"] == "E-514"
    assert Program(tmp_path / "new", "  ").json("store", "create", "--role", "laptop", expect=3)["code"] == "E-220"
    assert not (tmp_path / "new" / "store.db").exists()


def test_wrong_files_are_listed_in_both_languages(office: Program, tmp_path: Path) -> None:
    folder = tmp_path / "wrong"
    folder.mkdir()
    data = (MICRODATA / "responses_visit.csv").read_bytes()
    (folder / "responses_visit.csv").write_bytes(data.decode("utf-8").encode("cp932", "replace"))
    (folder / "companies_mail.csv").write_text("company_id,colour\n1,red\n", encoding="utf-8")
    japanese = office("import", folder, expect=5)
    assert japanese.out == ""
    assert all(code in japanese.error for code in ("E-500", "E-502", "E-504"))
    assert "何も失われていません" in japanese.error
    english = office("--language", "en", "import", folder, expect=5)
    assert "nothing was imported" in english.error and "UTF-8" in english.error
    error = office.json("import", folder, expect=5)
    assert {detail["code"] for detail in error["details"]} == {"E-502", "E-504"}
    assert error["details"][0]["file"] in {"companies_mail.csv", "responses_visit.csv"}


def test_usage() -> None:
    for words in (["frobnicate"], ["store"], ["import"], ["--language", "fr", "receipts"]):
        done = run(words, None, expect=2)
        assert "使い方" in done.error and "E-702" in done.error and done.out == ""
    english = run(["store", "create"], None, expect=2, VISITAPP_LANGUAGE="en")
    assert english.error.startswith("usage: visitapp store create")
    assert run(["--json", "store", "create"], None, expect=2).value["error"]["code"] == "E-702"
    for language, word in (("ja", "命令"), ("en", "COMMAND")):
        assert word in run(["--language", language, "--help"], None).out


def test_no_display_is_said_and_nothing_else_happens(tmp_path: Path) -> None:
    done = Program(tmp_path / "office", passphrase=None)(expect=4)
    assert "E-703" in done.error
    assert not (tmp_path / "office").exists()


def test_a_store_in_use_is_not_opened_twice(office: Program) -> None:
    from visitapp.store.store import open_store

    store = open_store(office.folder, PASSPHRASE)
    try:
        assert office.json("store", "info", expect=3)["code"] == "E-307"
    finally:
        store.close()


def test_a_bug_becomes_a_report(office: Program, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    # A start-up file that breaks one command: nothing else can make the program fail unexpectedly on purpose.
    spoiler = "import visitapp.cli.showing as s\n\ndef f(*a):\n    raise RuntimeError('x')\n\ns.surveys = f\n"
    (broken / "sitecustomize.py").write_text(spoiler, encoding="utf-8")
    done = office("survey", "list", expect=1, PYTHONPATH=str(broken), TMPDIR=str(tmp_path))
    assert "E-900" in done.error
    reports = list(tmp_path.glob("visitapp-report-*.txt"))
    assert len(reports) == 1
    assert "RuntimeError" in reports[0].read_text(encoding="utf-8")
    assert str(reports[0]) in done.error
