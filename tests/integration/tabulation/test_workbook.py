"""The Excel workbook of all tables, opened again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.integration.tabulation.microdata import Responses, published_cells
from visitapp.exports.sheets import sheet_name
from visitapp.exports.tidy import COLUMNS
from visitapp.exports.workbook import write_workbook
from visitapp.i18n import use_language
from visitapp.tabulation.counting import make_table
from visitapp.tabulation.definitions import published
from visitapp.tabulation.table import Cell, Row, Table


@pytest.fixture(scope="module")
def tables() -> list[Table]:
    columns = Responses().columns()
    return [make_table(definition, columns[definition.form_id]) for definition in published()]


@pytest.fixture(scope="module")
def book(tables: list[Table], tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("book") / "tables.xlsx"
    write_workbook(tables, path, "企業訪問調査　集計表")
    return load_workbook(path)


@pytest.fixture
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("ja")


def test_the_index_leads_to_every_sheet_and_back(book: Workbook, tables: list[Table]) -> None:
    index = book.worksheets[0]
    assert index["A1"].value == "企業訪問調査　集計表"
    links = [cell.hyperlink.location for (cell,) in index["A4:A78"]]
    assert links == [f"'{table.table_id}'!A1" for table in tables]
    for table in tables:
        sheet = book[table.table_id]
        assert sheet["A1"].hyperlink.location == f"'{index.title}'!A1"
        assert table.title in sheet["A2"].value
    assert book.sheetnames == [index.title, *(table.table_id for table in tables), "データ"]


def test_the_sheet_for_machines_follows_the_ministry_s_rules(book: Workbook) -> None:
    sheet = book["データ"]
    assert not sheet.merged_cells.ranges
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    expected = []
    for definition in published():
        for c in published_cells(definition.table_id):
            count = int(c["count"] or c["derived_count"] or 0)
            share = float(c["percent"]) if c["percent"] else None
            expected.append((c["table_id"], c["row_label"] or None, c["option"], int(c["n"]), count, share))
    assert rows[1:] == expected
    assert {cell.data_type for cell in sheet["D"][1:] + sheet["E"][1:]} == {"n"}


def test_a_cross_table_in_the_report_s_notation(book: Workbook) -> None:
    sheet = book["v06-02_x_03"]
    assert [cell.value for cell in sheet[6]][:3] == ["連携の形態", "合計", "新製品の開発に成功した"]
    assert sheet["A7"].value == "全体"
    assert [sheet[f"{column}7"].value for column in "BCD"] == [50, 17, 18]
    assert [sheet[f"{column}8"].value for column in "BCD"] == [100.0, 34.0, 36.0]
    shaded = {cell.coordinate for row in sheet.iter_rows(min_row=7) for cell in row if cell.fill.fill_type == "solid"}
    assert {"D7", "D8"} <= shaded
    assert not any(coordinate.startswith("B") for coordinate in shaded)
    last = {row: [c for c in "CDEFGHIJ" if f"{c}{row}" in shaded] for row in (9, 11, 21)}
    assert last == {9: ["D"], 11: [], 21: ["D", "E"]}
    assert "A13" in shaded or sheet["A15"].value == "デザイン相談・指導※"
    assert sheet.freeze_panes == "B7"


def test_lists_have_a_native_chart_of_their_percentages(book: Workbook, tables: list[Table]) -> None:
    for table in tables:
        charts = vars(book[table.table_id])["_charts"]
        assert len(charts) == (0 if table.kind == "cross" else 1), table.table_id
        if charts:
            assert len(charts[0].series) == len(table.rows)
            end = 6 + len(table.rows[0].cells)
            for axis, column in (("val", "C"), ("cat", "A")):
                rest = "" if end == 7 else f":${column}${end}"
                reference = getattr(charts[0].series[0], axis).numRef.f
                assert reference == f"'{table.table_id}'!${column}$7{rest}"


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    texts = ("=1+1", "+1", "-1", "@SUM(A1)")
    rows = tuple(Row(text, 12, (Cell("合計", 12, role="total"), *(Cell(t, 3) for t in texts))) for text in texts)
    table = Table("=t", "cross", "=題", "single", "@対象", rows, side="-側")
    write_workbook([table], tmp_path / "x.xlsx", "=表題")
    book = load_workbook(tmp_path / "x.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert set(texts) <= {cell.value for cell in cells}
    assert all(cell.quotePrefix for cell in cells if cell.value in texts)


def test_a_missing_option_and_unanswered_are_explained(book: Workbook, tmp_path: Path) -> None:
    sheet = book["v04-sw_tsuyomi_yowami"]
    texts = [row[0].value for row in sheet.iter_rows()]
    line = texts.index("工場等の耐震対策") + 1
    assert [sheet.cell(line, column).value for column in range(2, 6)] == ["－", "－", 2, 1.7]
    assert any("選択肢が無い" in str(text) for text in texts)
    table = Table(
        "t", "one_way", "題", "single", "", (Row("", 3, (Cell("a", 2),)),), notes=(("unanswered", (("count", 1),)),)
    )
    write_workbook([table], tmp_path / "x.xlsx", "表")
    notes = [row[0].value for row in load_workbook(tmp_path / "x.xlsx")["t"].iter_rows()]
    assert "未回答が1件あり、母数に含み、どの選択肢にも数えていません。" in notes


def test_sheet_names_are_allowed_and_distinct() -> None:
    taken = {"目次"}
    names = [
        sheet_name("a" * 40, taken),
        sheet_name("A" * 40, taken),
        sheet_name("[x]:*?/\\'", taken),
        sheet_name("", taken),
    ]
    assert names == ["a" * 31, "A" * 28 + "_2", "_x_______", "_"]


def test_english_tables_for_english_readers(english: None, tmp_path: Path) -> None:
    definition = next(d for d in published() if d.table_id == "v09-01_x_06")
    columns = Responses().columns()[definition.form_id]
    write_workbook([make_table(definition, columns, "en")], tmp_path / "en.xlsx", "Tables")
    sheet = load_workbook(tmp_path / "en.xlsx")["v09-01_x_06"]
    assert "by awareness and use of SHIP" in sheet["A2"].value
    assert sheet["A6"].value == "Do you know SHIP?"
    assert sheet["C6"].value == "Cooperating now"
