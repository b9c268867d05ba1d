"""Every command once, through the line a script would type, without starting a process each time."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.process import MICRODATA, PASSPHRASE, ROOT
from tests.e2e.test_cli import rows
from visitapp.cli import run
from visitapp.i18n import use_language


def no_window(folder: Path, passphrase: str | None) -> int:
    raise AssertionError(f"a window for {folder}")


@dataclass(frozen=True, slots=True)
class Program:
    """The command line on one data folder."""

    folder: Path

    def json(self, *words: str | Path, expect: int = 0) -> Any:
        """Run with --json; the "error" if there is one, else the "result"."""
        out = io.StringIO()
        try:
            with contextlib.redirect_stdout(out):
                code = run(["--data-dir", str(self.folder), "--json", *map(str, words)], no_window)
        finally:
            use_language("ja")
        value = json.loads(out.getvalue())
        assert code == expect, value
        assert value["ok"] is (expect == 0)
        return value.get("error", value.get("result"))


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def office(tmp_path: Path) -> Program:
    """A headquarters with the microdata in it."""
    program = Program(tmp_path / "本部")
    program.json("store", "create", "--role", "headquarters")
    program.json("import", MICRODATA)
    return program


def test_a_laptop_store_takes_the_same_forms(tmp_path: Path) -> None:
    laptop = Program(tmp_path / "laptop")
    laptop.json("store", "create", "--role", "laptop", "--code", "laptop-01")
    shutil.copytree(MICRODATA, tmp_path / "part")
    for name in ("companies_extra.csv", "duplicates.csv", "opinions_mail.csv", "responses_programme.csv"):
        (tmp_path / "part" / name).unlink()
    counts = laptop.json("import", tmp_path / "part")
    assert (counts["responses"], counts["sheets"]) == (160, 0)
    laptop.json("tables", "--out", tmp_path / "out")
    assert rows(tmp_path / "out" / "v05_kaigai.csv")[0]["n"] == "118"
    assert laptop.json("store", "info")["code"] == "laptop-01"


def test_export_comes_back_in(office: Program, tmp_path: Path) -> None:
    files = office.json("export", tmp_path / "out")["files"]
    assert files["responses_visit.csv"] == 118
    assert office.json("import", tmp_path / "out")["changes"] == 0


def test_looking(office: Program) -> None:
    info = office.json("store", "info")
    assert (info["role"], info["counts"]["company"], info["counts"]["response"]) == ("headquarters", 337, 160)
    assert office.json("store", "check") == {"sound": True}
    surveys = office.json("survey", "list")["surveys"]
    assert {survey["targets"] for survey in surveys} == {118, 196, 0}
    visit = next(survey["id"] for survey in surveys if survey["targets"] == 118)
    targets = office.json("targets", "--survey", visit)["targets"]
    assert {target["state"] for target in targets} == {"received"}
    assert office.json("device", "list")["devices"] == []
    assert office.json("conflicts", "list")["conflicts"] == []
    assert office.json("receipts")["receipts"] == []


def test_a_leaflet_needs_the_telephone_first(office: Program, tmp_path: Path) -> None:
    name = next(row["name"] for row in rows(MICRODATA / "companies_visit.csv"))
    refused = office.json("leaflet", name, "--out", tmp_path / "a.pdf", expect=3)
    assert refused["code"] == "E-650"
    office.json("settings", "set", "office_phone", "03-0000-0000")
    assert office.json("settings", "list")["settings"]["office_phone"] == "03-0000-0000"
    made = office.json("leaflet", name, "--out", tmp_path / "a.pdf")
    assert made["company"] == name
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    one = office.json("leaflet", name, "--out", tmp_path / "b.pdf", "--programme", made["programmes"][0], "--by-mail")
    assert one["programmes"] == made["programmes"][:1]
    assert office.json("leaflet", "だれでもない", "--out", tmp_path / "c.pdf", expect=3)["code"] == "E-206"
    assert office.json("settings", "set", "colour", "red", expect=3)["code"] == "E-206"


def test_hand_over(tmp_path: Path) -> None:
    headquarters, laptop = Program(tmp_path / "hq"), Program(tmp_path / "laptop")
    headquarters.json("store", "create", "--role", "headquarters")
    laptop.json("store", "create", "--role", "laptop")
    invited = headquarters.json("device", "invite", "laptop-01", "--out", tmp_path / "stick")
    assert laptop.json("device", "enrol", invited["path"], "--code", "0000-0000-0000", expect=3)["code"] == "E-424"
    assert laptop.json("device", "enrol", invited["path"], "--code", invited["code"]) == {"device": "laptop-01"}
    laptop.json("import", MICRODATA)
    package = laptop.json("pack", "--out", tmp_path / "stick")["packages"][0]
    inspected = headquarters.json("package", "inspect", package["path"])
    assert (inspected["verdict"], inspected["sender"]) == ("ready", "laptop-01")
    taken = headquarters.json("package", "import", tmp_path / "stick")["packages"]
    assert [(one["verdict"], one["conflicts"]) for one in taken] == [("imported", 0)]
    assert headquarters.json("package", "import", package["path"])["packages"][0]["verdict"] == "again"
    back = headquarters.json("pack", "--out", tmp_path / "back", "--device", "laptop-01")["packages"][0]
    assert laptop.json("receipts")["unreceipted_changes"] > 0
    laptop.json("package", "import", back["path"])
    assert laptop.json("receipts")["unreceipted_changes"] == 0
    assert laptop.json("pack", "--out", tmp_path / "stick", expect=3)["code"] == "E-426"
    spoilt = tmp_path / "spoilt.visitpkg"
    content = bytearray(Path(package["path"]).read_bytes())
    content[len(content) // 2] ^= 1
    spoilt.write_bytes(content)
    refused = headquarters.json("package", "import", spoilt, expect=5)
    assert [one["verdict"] for one in refused["packages"]] == ["refused"]
    assert refused["packages"][0]["code"].startswith("E-4")
    assert {device["code"] for device in headquarters.json("device", "list")["devices"]} == {"本部", "laptop-01"}


def test_backup_and_restore(tmp_path: Path) -> None:
    office = Program(tmp_path / "office")
    office.json("store", "create", "--role", "headquarters")
    copy = office.json("backup")["backup"]
    office.json("settings", "set", "office_phone", "03-0000-0000")
    office.json("restore", copy)
    assert office.json("settings", "list")["settings"]["office_phone"] == ""


def test_a_questionnaire_is_checked(tmp_path: Path) -> None:
    program = Program(tmp_path / "none")
    found = program.json("questionnaire", "check", ROOT / "resources/questionnaires/visit.xlsx")
    assert (found["form_id"], found["errors"]) == ("shinagawa_visit", 0)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    assert program.json("questionnaire", "check", broken, expect=5)["code"] == "E-101"
    assert program.json("questionnaire", "check", tmp_path / "gone.xlsx", expect=4)["code"] == "E-514"


def test_what_is_there_already_or_not_at_all(office: Program, tmp_path: Path) -> None:
    assert office.json("store", "create", "--role", "headquarters", expect=3)["code"] == "E-301"
    assert Program(tmp_path / "nothing").json("store", "info", expect=3)["code"] == "E-302"
    assert office.json("import", tmp_path, expect=3)["code"] == "E-501"
    assert office.json("import", tmp_path / "nothing", expect=4)["code"] == "E-514"
    assert office.json("export", office.folder / "store.db" / "x", expect=4)["code"] == "E-591"
