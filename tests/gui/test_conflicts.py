"""競合 by keys: two laptops' values, a choice, taking it back, and what the tables then count."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import PASSPHRASE, settle
from tests.gui.headquarters import QUESTION, Built, build
from visitapp.commands.arrivals import take_in
from visitapp.commands.cases import evidence, open_cases, settled_cases
from visitapp.commands.office import open_office
from visitapp.fieldwork.responses import send_back
from visitapp.questionnaire.answers import Answer
from visitapp.store import records
from visitapp.ui.conflicts import words
from visitapp.ui.conflicts.cards import differing
from visitapp.ui.conflicts.listing import CaseList
from visitapp.ui.conflicts.other_value import OtherValueDialog
from visitapp.ui.conflicts.page import ConflictsPage
from visitapp.ui.shell import House
from visitapp.ui.tables.page import TablesPage

OpenHouse = Callable[..., House]


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Headquarters with both laptops' packages taken in: V5 of the first company is in conflict."""
    built: Built = build(tmp_path_factory.mktemp("office"))
    store = open_office(built.folder, PASSPHRASE)
    for name in ("a1", "b1"):
        take_in(store, built.packages[name], "staff-00")
    store.close()
    return built.folder


@pytest.fixture
def office(merged: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "hq"
    shutil.copytree(merged, folder)
    return folder


def page_of(house: House, qtbot: QtBot) -> ConflictsPage:
    assert house.desk is not None
    house.desk.go("conflicts")
    settle(house, qtbot)
    page = house.desk.page()
    assert isinstance(page, ConflictsPage)
    return page


def press(key: Qt.Key) -> None:
    """Press a key where the focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def counts(house: House, qtbot: QtBot) -> tuple[list[str], bool]:
    """The counts of V5's options as 集計表 shows them, and whether it names a conflict."""
    assert house.desk is not None
    house.desk.go("tables")
    settle(house, qtbot)
    page = house.desk.page()
    assert isinstance(page, TablesPage)
    assert page.tree.select(f"question:{QUESTION}")
    settle(house, qtbot)
    shown = [line[0].upper for line in page.sheet.current_grid().cells]
    return shown, page.conflict_banner.isVisible()


def test_a_conflict_is_settled_by_key_taken_back_and_counted(office: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    house = open_house(office)
    # Base, 1 実施している, 2, 3, 4 実施する意向はない, 無回答: the newer value (4) counts until somebody decides.
    assert counts(house, qtbot) == (["3", "2", "0", "0", "1", "0"], True)
    page = page_of(house, qtbot)
    case = page.list.current()
    assert case is not None and [words.value_text(case, side) for side in case.sides] == [
        "実施する意向はない",
        "検討中・計画中",
    ]

    press(Qt.Key.Key_2)
    settle(house, qtbot)
    assert page.list.cases.rowCount() == 0
    assert counts(house, qtbot) == (["3", "2", "1", "0", "0", "0"], False)

    page_of(house, qtbot)
    QTest.keyClick(house, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(house, qtbot)
    again = page.list.current()
    assert again is not None and {side.device for side in again.sides} == {"laptop-01", "laptop-02"}
    assert counts(house, qtbot)[1]

    page_of(house, qtbot)
    press(Qt.Key.Key_A)
    settle(house, qtbot)
    assert counts(house, qtbot) == (["3", "2", "0", "0", "1", "0"], False)


def test_another_value_and_the_list_of_settled_ones(office: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    house = open_house(office)
    page = page_of(house, qtbot)
    press(Qt.Key.Key_4)
    dialog = next(one for one in house.findChildren(OtherValueDialog) if one.isVisible())
    dialog.verb.click()
    assert dialog.isVisible(), "nothing chosen yet"
    dialog.boxes["3"].setChecked(True)
    dialog.verb.click()
    settle(house, qtbot)
    assert counts(house, qtbot)[0] == ["3", "2", "0", "1", "0", "0"]

    page_of(house, qtbot)
    page.switch_list()
    settle(house, qtbot)
    case = page.list.current()
    assert case is not None and case.settlement is not None
    assert words.value_text(case, case.settlement) == "実施したいができていない"
    page.unsettle()
    settle(house, qtbot)
    assert page.list.cases.rowCount() == 1


def test_later_leaves_both_values(office: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    house = open_house(office)
    page = page_of(house, qtbot)
    press(Qt.Key.Key_3)
    settle(house, qtbot)
    assert page.list.cases.rowCount() == 1


def test_evidence_names_tables_packages_and_what_was_seen(office: Path) -> None:
    store = open_office(office, PASSPHRASE)
    try:
        (case,) = open_cases(store)
        known = evidence(store, case)
        assert [side.package for side in case.sides] == [1, 1]
        assert [[seen.value for seen in side] for side in known.seen] == [[Answer("1")], [Answer("1")]]
        assert any("海外" in title["ja"] for title in known.tables)
        assert {one.question.name for one in known.around} == {"V6"}
        assert [one.value for one in known.history] == [Answer("1"), Answer("2"), Answer("4")]
        assert settled_cases(store) == []
    finally:
        store.close()


def test_a_deletion_beside_an_edit_offers_to_keep_or_to_delete(tmp_path: Path) -> None:
    built = build(tmp_path)
    stores = {name: open_office(tmp_path / name, PASSPHRASE) for name in ("laptop-01", "laptop-02")}
    headquarters = open_office(built.folder, PASSPHRASE)
    try:
        with stores["laptop-01"].write("staff-01") as writer:
            writer.put(records.Company, "c2", phone="03-0000-0002")
        with stores["laptop-02"].write("staff-02") as writer:
            writer.delete(records.Company, "c2")
        from visitapp.commands.handin import pack_changes

        for name, store in stores.items():
            package = pack_changes(store, tmp_path / "stick", "x")
            for path in sorted((tmp_path / "stick").glob(f"{name}*")):
                take_in(headquarters, path, "staff-00")
            assert package.number
        case = next(one for one in open_cases(headquarters) if one.conflict.kind == "deleted")
        keep, delete = words.options(case)
        assert not keep.first.deletes and delete.first.deletes
        assert words.option_text(case, keep) == "03-0000-0002"
        assert (words.verb(case, keep), words.verb(case, delete)) == ("直したものを残す", "消したままにする")
    finally:
        for store in (headquarters, *stores.values()):
            store.close()


def test_parts_that_differ_are_found() -> None:
    assert differing("販路を広げたい。（電話）", "販路を広げたい。") == [
        (True, "販路を広げたい。"),
        (False, "（電話）"),
    ]


def test_the_list_is_a_sound_model(office: Path, qtbot: QtBot) -> None:
    store = open_office(office, PASSPHRASE)
    try:
        cases = open_cases(store)
    finally:
        store.close()
    view = CaseList(date(2026, 6, 16))
    qtbot.addWidget(view)
    tester = QAbstractItemModelTester(view.cases, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.show_cases(cases)
    view.show_cases([])
    assert tester.model() is view.cases and view.current() is None


def test_a_response_sent_back_after_the_decision_keeps_it(office: Path) -> None:
    """A decision stands on its own: sending the response back changes no answer."""
    store = open_office(office, PASSPHRASE)
    try:
        from visitapp.commands.conflicts import settle_conflict

        (case,) = open_cases(store)
        settle_conflict(store, case.key, 1, "staff-00")
        send_back(store, "r0", "確かめてください", "staff-00")
        assert len(settled_cases(store)) == 1
    finally:
        store.close()
