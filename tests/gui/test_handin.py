"""受渡 in the window against a real headquarters: enrol, hand in, receipt; and what goes wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.gui.conftest import ANSWERED, PASSPHRASE, settle
from visitapp.commands.handin import Invitation, invite_device, pack_returns, receive_packages
from visitapp.commands.office import create_office
from visitapp.store import records
from visitapp.store.key import KdfCost
from visitapp.store.store import Store
from visitapp.ui.handin.enrolment import EnrolDialog
from visitapp.ui.handin.loading import FRESH, RECEIVED, WAITING
from visitapp.ui.handin.page import HandInPage
from visitapp.ui.shell import House

OpenHouse = Callable[..., House]


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Store]:
    store = create_office(
        tmp_path / "headquarters", PASSPHRASE, "headquarters", kdf=KdfCost(memory_kib=64, passes=1, lanes=1)
    )
    yield store
    store.close()


@pytest.fixture
def invitation(headquarters: Store, tmp_path: Path) -> Invitation:
    return invite_device(headquarters, "laptop-04", tmp_path, "staff-00")


@pytest.fixture
def house(laptop_folder: Path, open_house: OpenHouse, qtbot: QtBot) -> House:
    made = open_house(laptop_folder)
    QTest.keyClick(made, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    settle(made, qtbot)
    return made


def _page(house: House) -> HandInPage:
    assert house.desk is not None
    page = house.desk.page()
    assert isinstance(page, HandInPage)
    return page


def _enrol(house: House, invitation: Invitation, qtbot: QtBot, code: str = "") -> None:
    _page(house)._enrol.trigger()
    dialog = next(one for one in house.findChildren(EnrolDialog) if one.isVisible())
    dialog.take_file(invitation.path)
    QTest.keyClicks(dialog.code, code or invitation.code)
    dialog.verb.click()
    settle(house, qtbot)


def _hand_in(house: House, folder: Path, qtbot: QtBot) -> None:
    page = _page(house)
    page.take_folder(folder)
    settle(house, qtbot)
    QTest.mouseClick(page._send.button, Qt.MouseButton.LeftButton)
    settle(house, qtbot)


def _counts(house: House) -> dict[str, int]:
    view = _page(house)._view
    assert view is not None
    return {stage: len(view.stage(stage)) for stage in (FRESH, WAITING, RECEIVED)}


def _said(house: House) -> str:
    return " ".join(label.text() for label in _page(house)._banner.findChildren(QLabel) if label.isVisible())


def test_before_enrolment_the_button_says_what_is_missing(house: House) -> None:
    page = _page(house)
    assert not page._send.button.isEnabled()
    assert "先に、この端末を登録" in page._send._below.text()
    assert "まだ登録されていません" in _said(house)


def test_a_wrong_enrolment_code_is_said_and_the_right_one_enrols(
    house: House, invitation: Invitation, qtbot: QtBot
) -> None:
    _enrol(house, invitation, qtbot, code="AAAA-AAAA-AAAA")
    dialog = next(one for one in house.findChildren(EnrolDialog) if one.isVisible())
    assert "E-424" in dialog.code.accessibleDescription()
    dialog.code.setText(invitation.code)
    dialog.verb.click()
    settle(house, qtbot)
    assert "laptop-04" in _said(house)
    view = _page(house)._view
    assert view is not None and view.enrolled


def test_the_whole_way_to_headquarters_and_back(
    house: House, headquarters: Store, invitation: Invitation, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    _enrol(house, invitation, qtbot)
    before = _counts(house)
    assert before[FRESH] >= ANSWERED and before[WAITING] == 0
    _hand_in(house, stick, qtbot)
    assert "第1号" in _said(house)
    assert _counts(house) == {FRESH: 0, WAITING: before[FRESH], RECEIVED: 0}
    assert not _page(house)._send.button.isEnabled()

    results = receive_packages(headquarters, [stick], "staff-00")
    assert len(results) == 1
    with headquarters.read() as reader:
        assert reader.count(records.Response, status="final") == ANSWERED
    pack_returns(headquarters, stick, "staff-00")

    assert house.desk is not None
    house.desk.go("targets")
    settle(house, qtbot)
    house.desk.go("handin")
    settle(house, qtbot)
    _hand_in(house, stick, qtbot)
    assert _counts(house)[WAITING] == 0 and _counts(house)[RECEIVED] == ANSWERED
    assert "取り込みました" in _said(house)


def test_a_folder_that_cannot_be_written_loses_nothing_and_stays_in_the_log(
    house: House, invitation: Invitation, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from visitapp.errors import EnvironmentProblem
    from visitapp.sync import handin

    def full(_path: Path, _content: bytes) -> None:
        raise EnvironmentProblem("E-590", path="stick")

    _enrol(house, invitation, qtbot)
    before = _counts(house)
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(handin, "write_whole", full)
    _hand_in(house, stick, qtbot)
    assert "E-590" in _said(house) and _counts(house) == before
    view = _page(house)._view
    assert view is not None and [failure.code for failure in view.failures] == ["E-590"]
    monkeypatch.undo()
    _hand_in(house, stick, qtbot)
    assert _counts(house)[FRESH] == 0


def test_a_folder_that_is_gone_cannot_be_chosen(house: House, tmp_path: Path, qtbot: QtBot) -> None:
    page = _page(house)
    page.take_folder(tmp_path / "gone")
    settle(house, qtbot)
    assert page._send.chosen() is None
