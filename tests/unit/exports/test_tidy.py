"""The fixed form that scripts read."""

from __future__ import annotations

from pathlib import Path

from visitapp.exports.tidy import write_tidy
from visitapp.tabulation.table import Cell, Row, Table


def table(table_id: str, *rows: Row) -> Table:
    return Table(table_id, "series", "題名", "multiple", "対象", rows)


def test_bytes_of_a_tidy_file(tmp_path: Path) -> None:
    cells = (Cell("1,000万円未満", 9), Cell("無し", 0, False), Cell("無回答", 0, role="no_answer"))
    paths = write_tidy([table("v01-13_uriage", Row("増加", 16, cells), Row("減少", 0, cells[2:]))], tmp_path / "new")
    assert paths == [tmp_path / "new" / "v01-13_uriage.csv"]
    assert (
        paths[0].read_bytes()
        == (
            "table_id,row_label,option,n,count,percent\n"
            'v01-13_uriage,増加,"1,000万円未満",16,9,56.3\n'
            "v01-13_uriage,増加,無し,16,0,\n"
            "v01-13_uriage,増加,無回答,16,0,0.0\n"
            "v01-13_uriage,減少,無回答,0,0,0.0\n"
        ).encode()
    )


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    cells = tuple(Cell(f"{sign}1+1", 1) for sign in ("=", "+", "-", "@", "\t", "\r", "a"))
    (path,) = write_tidy([table("t", Row("=cmd", 1, cells))], tmp_path)
    text = path.read_bytes().decode()
    assert "t,'=cmd,'=1+1,1,1,100.0\n" in text
    assert [f"'{sign}1+1" in text for sign in ("=", "+", "-", "@", "\t", "\r", "a")] == [True] * 6 + [False]


def test_writing_again_replaces_the_file(tmp_path: Path) -> None:
    write_tidy([table("t", Row("", 1, (Cell("a", 1),)))], tmp_path)
    write_tidy([table("t", Row("", 2, (Cell("b", 1),)))], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
    assert (tmp_path / "t.csv").read_text(encoding="utf-8").endswith("t,,b,2,1,50.0\n")
