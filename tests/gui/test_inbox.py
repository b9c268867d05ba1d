"""受信箱 with real packages: what is shown, what can be ticked, what an import says, and going back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.conftest import PASSPHRASE, settle
from tests.gui.headquarters import Built, build
from visitapp.commands.arrivals import forecast, look_at
from visitapp.commands.office import open_office
from visitapp.store import records
from visitapp.store.store import Store
from visitapp.ui.inbox.going_back import GoBackDialog
from visitapp.ui.inbox.listing import ARRIVAL_ROLE, ArrivalList
from visitapp.ui.inbox.page import InboxPage
from visitapp.ui.inbox.working import take_all
from visitapp.ui.shell import House
from visitapp.ui.tasks import Cancelled

OpenHouse = Callable[..., House]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(built: Built, tmp_path: Path) -> Path:
    """A copy of headquarters with an empty inbox."""
    folder = tmp_path / "hq"
    shutil.copytree(built.folder, folder)
    (folder / "inbox").mkdir()
    return folder


def deliver(built: Built, office: Path, *names: str) -> None:
    for name in names:
        shutil.copy(built.packages[name], office / "inbox")


def inbox(house: House, qtbot: QtBot) -> InboxPage:
    assert house.desk is not None
    house.desk.go("inbox")
    settle(house, qtbot)
    page = house.desk.page()
    assert isinstance(page, InboxPage)
    return page


def states(page: InboxPage) -> list[str]:
    return [one.state for one in page.list.arrivals.arrivals()]


def test_good_packages_are_ticked_and_taken_in(
    built: Built, office: Path, open_house: OpenHouse, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(built, office, "a2", "b1", "a1")
    house = open_house(office)
    page = inbox(house, qtbot)
    assert states(page) == ["ready"] * 3
    numbers = [one.header.number for one in page.list.arrivals.arrivals() if one.header is not None]
    assert numbers.index(1) < numbers.index(2), "the second package of a laptop comes after its first"
    assert page.main.text() == "3件を取り込む"

    receipts = tmp_path / "receipts"
    receipts.mkdir()
    page.take_in()
    settle(house, qtbot)
    assert page.batch is not None and page.batch.conflicts == 1 and page.batch.agrees
    assert states(page) == ["again"] * 3
    shown = {one.table: one for one in (page.result.table.rows.at(row) for row in range(page.result.table.shown()))}
    assert (shown["opinion"].before, shown["opinion"].new, shown["opinion"].after) == (0, 1, 1)
    assert shown["company"].changed == 1 and shown["answer"].changed == 1
    assert page.result.go_on.text() == "競合を解決する（1件）"

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(receipts))
    page.write_receipts()
    settle(house, qtbot)
    assert len(list(receipts.glob("*.visitpkg"))) == 2

    page.result.go_on.click()
    settle(house, qtbot)
    assert house.desk is not None and house.desk.page() is not page


def test_waiting_and_damaged_packages_stay_visible_and_cannot_be_ticked(
    built: Built, office: Path, open_house: OpenHouse, qtbot: QtBot
) -> None:
    deliver(built, office, "a2")
    whole = built.packages["b1"].read_bytes()
    (office / "inbox" / "cut.visitpkg").write_bytes(whole[: len(whole) // 2])
    house = open_house(office)
    page = inbox(house, qtbot)
    assert states(page) == ["waiting", "refused"]
    assert not page.main.isEnabled()
    page.list.setFocus()
    for row in range(2):
        index = page.list.arrivals.index(row)
        assert not index.flags() & Qt.ItemFlag.ItemIsUserCheckable
        assert not page.list.arrivals.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
        page.list.setCurrentIndex(index)
        QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert page.list.arrivals.chosen() == []

    deliver(built, office, "a1")
    page.look()
    settle(house, qtbot)
    assert states(page) == ["ready", "ready", "refused"]


def test_the_watched_folder_tells_by_itself(built: Built, office: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    house = open_house(office)
    page = inbox(house, qtbot)
    assert states(page) == []
    deliver(built, office, "b1")
    qtbot.waitUntil(lambda: states(page) == ["ready"], timeout=15_000)


def test_a_tick_taken_away_is_remembered(built: Built, office: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    deliver(built, office, "a1", "b1")
    house = open_house(office)
    page = inbox(house, qtbot)
    page.list.setCurrentIndex(page.list.arrivals.index(1))
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    settle(house, qtbot)
    assert page.main.text() == "1件を取り込む"
    page.look()
    settle(house, qtbot)
    assert page.main.text() == "1件を取り込む"


def test_going_back_asks_for_the_passphrase_and_restores(
    built: Built, office: Path, open_house: OpenHouse, qtbot: QtBot
) -> None:
    deliver(built, office, "a1", "b1")
    house = open_house(office)
    page = inbox(house, qtbot)
    page.take_in()
    settle(house, qtbot)
    assert conflicts(house, qtbot) == 1
    page.ask_to_go_back()
    settle(house, qtbot)
    dialog = next(one for one in house.findChildren(GoBackDialog) if one.isVisible())
    dialog.passphrase.setText("wrong")
    dialog.verb.click()
    settle(house, qtbot)
    assert dialog.isVisible() and dialog.field.message.text
    dialog.passphrase.setText(PASSPHRASE)
    dialog.verb.click()
    settle(house, qtbot)
    assert states(page) == ["ready", "ready"]
    assert conflicts(house, qtbot) == 0
    assert page.batch is None


def conflicts(house: House, qtbot: QtBot) -> int:
    found: list[int] = []

    def count(store: Store) -> int:
        with store.read() as reader:
            return len(reader.conflicts())

    house.tasks.run(count, found.append)
    settle(house, qtbot)
    return found[0]


def test_the_list_is_a_sound_model(built: Built, office: Path, qtbot: QtBot) -> None:
    deliver(built, office, "a1", "b1")
    store = open_office(office, PASSPHRASE)
    try:
        arrivals = look_at(store, [office / "inbox"])
    finally:
        store.close()
    view = ArrivalList(date(2026, 6, 16))
    qtbot.addWidget(view)
    tester = QAbstractItemModelTester(view.arrivals, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.show_arrivals(arrivals)
    assert view.arrivals.rowCount() == 2 and view.arrivals.rowCount(view.arrivals.index(0)) == 0
    assert view.arrivals.data(QModelIndex(), ARRIVAL_ROLE) is None
    view.show_arrivals(arrivals[:1])
    assert tester.model() is view.arrivals


def test_stopping_between_two_packages_leaves_the_rest_untouched(built: Built, office: Path) -> None:
    store = open_office(office, PASSPHRASE)

    def report(done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    try:
        batch = take_all(store, [built.packages["a1"], built.packages["b1"]], "staff-00", report)
        assert batch.stopped and len(batch.done) == 1
        with store.read() as reader:
            assert reader.count(records.Package, direction="in") == 1
            assert reader.conflicts() == []
    finally:
        store.close()


def test_the_forecast_counts_conflicts_and_writes_nothing(built: Built, office: Path) -> None:
    deliver(built, office, "a1", "b1")
    store = open_office(office, PASSPHRASE)
    try:
        with store.read() as reader:
            known = reader.known()
        assert forecast(store, look_at(store, [office / "inbox"]), "staff-00") == 1
        with store.read() as reader:
            assert reader.known() == known and reader.conflicts() == []
    finally:
        store.close()
