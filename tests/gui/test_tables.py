"""集計表: questions, cross tables, cells and what is behind them, clipboard and files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.conftest import settle
from tests.gui.headquarters import COMPANIES, Built, build
from visitapp.tabulation.table import Cell, Row, Table
from visitapp.ui.shell import House
from visitapp.ui.tables.behind import BehindDialog
from visitapp.ui.tables.chart import BarChart, sentence
from visitapp.ui.tables.files import ScopeDialog, file_name
from visitapp.ui.tables.grid import ABSENT, GridModel, as_text, grid_of
from visitapp.ui.tables.page import TablesPage

OpenHouse = Callable[..., House]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(built: Built, tmp_path: Path) -> Path:
    folder = tmp_path / "hq"
    shutil.copytree(built.folder, folder)
    return folder


def page_of(house: House, qtbot: QtBot) -> TablesPage:
    assert house.desk is not None
    house.desk.go("tables")
    settle(house, qtbot)
    page = house.desk.page()
    assert isinstance(page, TablesPage)
    return page


def cross_table() -> Table:
    cells = (Cell("合計", 4, role="total"), Cell("近い", 3), Cell("安い", 3), Cell("無回答", 0, role="no_answer"))
    few = (
        Cell("合計", 1, role="total"),
        Cell("近い", 1),
        Cell("安い", 0, present=False),
        Cell("無回答", 0, role="no_answer"),
    )
    return Table("t", "cross", "理由", "multiple", "", (Row("全体", 4, cells), Row("製造業", 1, few)), side="業種")


def test_a_cross_table_has_two_lines_a_cell_and_all_first_places() -> None:
    grid = grid_of(cross_table())
    assert grid.corner == "業種" and grid.heads[0] == "合計" and grid.all_rows == {0}
    assert grid.labels == ("全体※", "製造業※")
    first, second = grid.cells
    assert [(cell.upper, cell.lower, cell.first) for cell in first] == [
        ("4", "100.0", False), ("3", "75.0", True), ("3", "75.0", True), ("0", "0.0", False),
    ]  # fmt: skip
    assert second[2].upper == ABSENT
    assert as_text(grid).splitlines()[1] == "全体※\t4\t3\t3\t0"


def test_the_grid_is_a_sound_model(qtbot: QtBot) -> None:
    model = GridModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(grid_of(cross_table()))
    assert (model.rowCount(), model.columnCount()) == (2, 4)
    assert model.index(0, 1).data() == "3\n75.0"
    assert tester.model() is model


def test_the_sentence_names_ties_together() -> None:
    row = Row("", 4, (Cell("近い", 3), Cell("安い", 3), Cell("広い", 1), Cell("その他", 2, role="other")))
    assert sentence(row, multiple=True) == "「近い」「安い」が75.0％で最も多く、次いで「広い」が25.0％となっている。"
    assert sentence(Row("", 0, (Cell("近い", 0),)), multiple=True) == ""


def test_bars_put_the_rest_at_the_end(qtbot: QtBot) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    row = Row("", 4, (Cell("近い", 1), Cell("その他", 3, role="other"), Cell("安い", 2)))
    chart.show_row(row, multiple=True)
    assert chart.accessibleDescription().startswith("安い 50.0（2）、近い") and chart.heightForWidth(500) > 3 * 20


def test_a_question_is_counted_crossed_and_opened(office: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    house = open_house(office)
    page = page_of(house, qtbot)
    assert page.tree.select("question:V5")
    settle(house, qtbot)
    grid = page.sheet.current_grid()
    assert grid.labels[:2] == ("母数（n）", "実施している") and [c.upper for c in grid.cells[1]] == ["3", "100.0"]

    page.to_side()
    assert page.tree.select("question:V6")
    settle(house, qtbot)
    crossed = page.sheet.current_grid()
    assert crossed.labels[0] == "全体※" and crossed.heads[0] == "合計"
    assert [cell.upper for cell in crossed.cells[0]][:3] == ["3", "2", "1"]
    page.swap()
    settle(house, qtbot)
    assert page.sheet.current_grid().cells[0][0].upper == "3"
    page.swap()
    settle(house, qtbot)

    page.sheet.grid.setCurrentIndex(page.sheet.grid.cells.index(0, 1))
    QTest.keyClick(page.sheet.grid, Qt.Key.Key_Return)
    settle(house, qtbot)
    dialog = next(one for one in house.findChildren(BehindDialog) if one.isVisible())
    names = {dialog.table.rows.at(row).company.name for row in range(dialog.table.shown())}
    assert names == set(COMPANIES[1:])
    dialog.reject()


def test_search_finds_questions_by_their_options(office: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    page = page_of(open_house(office), qtbot)
    page.search.setText("二代目")
    keys = [page.tree.sieve.index(0, 0, page.tree.sieve.index(row, 0)).data(Qt.ItemDataRole.UserRole + 1)
            for row in range(page.tree.sieve.rowCount())]  # fmt: skip
    assert keys == ["question:V1-12"]


def test_clipboard_and_files(
    office: Path, open_house: OpenHouse, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = open_house(office)
    page = page_of(house, qtbot)
    page.tree.select("question:V5")
    settle(house, qtbot)
    QTest.keyClick(house, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text().splitlines()[:3] == [
        "選択肢\t回答数\t割合（％）", "母数（n）\t3\t100.0", "実施している\t3\t100.0",
    ]  # fmt: skip

    target = tmp_path / "表.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.write_excel()
    dialog = next(one for one in house.findChildren(ScopeDialog) if one.isVisible())
    dialog.verb.click()
    settle(house, qtbot)
    book = load_workbook(target)
    assert len(book.sheetnames) == 3 and "v05_kaigai" in book.sheetnames
    book.close()

    folder = tmp_path / "csv"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    page.write_csv()
    dialog = next(one for one in house.findChildren(ScopeDialog) if one.isVisible())
    dialog.all.setChecked(True)
    dialog.verb.click()
    settle(house, qtbot)
    lines = (folder / "v05_kaigai.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "v05_kaigai,,実施している,3,3,100.0"
    assert len(list(folder.glob("*.csv"))) == dialog_count(page)


def dialog_count(page: TablesPage) -> int:
    return len(page.published())


def test_file_names_hold_no_sign_a_system_refuses() -> None:
    assert file_name('売上高/営業利益: "増加"') == "売上高_営業利益_増加"
    assert file_name("///") == "集計表"
