"""The whole chain, once, for real: six laptops, packages, losses, a conflict; every published table comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.process import Program, run
from tests.e2e.test_cli import rows


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    value = run(["--json", "demo", str(folder)], None).value
    assert value["ok"] is True
    return folder, value["result"]


def test_seventy_five_of_seventy_five(demo: tuple[Path, dict[str, object]]) -> None:
    folder, result = demo
    tables = result["tables"]
    assert isinstance(tables, dict)
    assert result["equal"] == len(tables) == 75
    assert sum(table["cells"] for table in tables.values()) == 1161
    assert [name for name, table in tables.items() if table["different"]] == []
    published = Path(__file__).parents[1] / "data/report/tables"
    for name in tables:
        ours = [(r["n"], r["count"], r["percent"]) for r in rows(folder / "tables" / f"{name}.csv")]
        printed = rows(published / f"{name}.tsv")
        assert ours == [(r["n"], r["count"] or r["derived_count"] or "0", r["percent"]) for r in printed], name


def test_what_it_leaves(demo: tuple[Path, dict[str, object]]) -> None:
    folder, result = demo
    assert len(list((folder / "leaflets").glob("*.pdf"))) == 6
    assert (folder / "tables.xlsx").is_file()
    assert sorted(path.name for path in (folder / "laptops").iterdir()) == [f"laptop-0{n}" for n in range(1, 7)]
    packages = result["packages"]
    assert packages == {"written": 18, "lost": 1, "doubled": 1, "again": 1, "merged": 17}
    headquarters = Program(folder / "headquarters", "visitapp-demo")
    info = headquarters.json("store", "info")
    assert (info["conflicts"], info["counts"]["response"], info["counts"]["opinion"]) == (0, 160, 120)
    assert info["counts"]["offer"] > 0
    assert Program(folder / "laptops" / "laptop-04", "visitapp-demo").json("receipts")["unreceipted_changes"] == 0


def test_a_second_demonstration_does_not_write_over_the_first(demo: tuple[Path, dict[str, object]]) -> None:
    folder, _result = demo
    assert run(["--json", "demo", str(folder)], None, expect=3).value["error"]["code"] == "E-704"
