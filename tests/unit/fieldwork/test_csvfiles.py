"""CSV files: hostile on the way in, harmless on the way out."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.errors import EnvironmentProblem
from visitapp.fieldwork import csvfiles
from visitapp.fieldwork.csvfiles import FileProblems, Problems, guarded, read_csv, write_csv

# No NUL (refused), no lone surrogates (no file can hold them).
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(CELLS)
def test_any_text_comes_back_and_none_is_a_formula(cell: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        write_csv(path, ("id", "text"), [{"id": "1", "text": cell}])
        file = read_csv(path, ("id",), Problems())
    assert file is not None
    assert [row.cells for row in file.rows] == [{"id": "1", "text": cell}]
    assert guarded(cell)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@pytest.mark.parametrize("cell", ["=1+1", "+81", "-1", "@x", "\tx", "'=1", "''+1"])
def test_formulas_get_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "03-0000-0001", "'90年代", "a=b"])
def test_other_text_stays(cell: str) -> None:
    assert guarded(cell) == cell


def problems_of(path: Path, *required: str) -> list[tuple[str, object, object]]:
    problems = Problems()
    read_csv(path, required, problems)
    return [(one.code, one.values["row"], one.values["column"]) for one in problems.found]


def test_where_the_first_foreign_byte_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,name\n1,a\n2,\x83e\n")
    assert problems_of(path) == [("E-502", 3, "")]


def test_required_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(" id ,name\n", encoding="utf-8")
    assert problems_of(path, "id", "name") == []
    assert problems_of(path, "id", "kana") == [("E-503", 1, "kana")]


def test_blank_lines_are_no_records_and_short_ones_are_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,name\n\n1,a\n ,\n2\n", encoding="utf-8")
    assert problems_of(path) == [("E-505", 5, "")]


def test_a_file_beyond_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id\n1\n", encoding="utf-8")
    monkeypatch.setattr(csvfiles, "MAX_BYTES", 3)
    assert problems_of(path) == [("E-520", 0, "")]


def test_a_device_or_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for path in (Path(os.devnull), tmp_path / "folder.csv"):
        with pytest.raises(EnvironmentProblem) as caught:
            read_csv(path, (), Problems())
        assert caught.value.code == "E-514"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", [("E-516", 1, "")]),
        ("\n\n", [("E-516", 1, "")]),
        ("id,name,id\n", [("E-517", 1, "id")]),
        ("id,,name\n", [("E-518", 1, "2")]),
        ("id\tname\n", [("E-522", 1, "")]),
        ('id,name\n1,"a\nb"\n2,"c\n3,d\n', [("E-513", 4, "")]),
        (f"id\n1\n{'x' * 200_000}\n", [("E-513", 3, "")]),
        ("id\n1\n\0\n", [("E-521", 3, "")]),
    ],
)
def test_what_is_wrong_with_the_file_and_where(tmp_path: Path, content: str, found: list[object]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    assert problems_of(path, "id") == found


def test_what_could_have_been_meant_is_told() -> None:
    problems = Problems()
    problems.add("E-506", "a.csv", 2, "x", "製造行", ["建設業", "製造業"])
    problems.add("E-504", "a.csv", 1, "colour", "", ["color", "name"])
    problems.add("E-507", "a.csv", 2, "x", "a")
    assert [one.values.get("nearest") for one in problems.found] == ["製造業", "color", None]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        read_csv(tmp_path / "none.csv", (), Problems())
    assert caught.value.code == "E-514"


def test_long_values_are_shortened_and_nothing_is_raised_without_need() -> None:
    problems = Problems()
    problems.raise_if_any()
    problems.add("E-506", "a.csv", 2, "x", "あ" * 500)
    with pytest.raises(FileProblems) as caught:
        problems.raise_if_any()
    assert caught.value.problems[0].values["value"] == "あ" * 40 + "…"
