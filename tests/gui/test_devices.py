"""端末: inviting a laptop, and when each last handed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.conftest import PASSPHRASE, settle
from tests.gui.headquarters import build
from visitapp.commands.arrivals import take_in
from visitapp.commands.device_list import device_lines
from visitapp.commands.office import open_office
from visitapp.ui.devices.page import DevicesPage
from visitapp.ui.shell import House

OpenHouse = Callable[..., House]


def test_a_laptop_is_invited_and_its_code_shown_once(
    make_store: Callable[..., Path],
    open_house: OpenHouse,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = open_house(make_store("headquarters"))
    assert house.desk is not None
    house.desk.go("devices")
    settle(house, qtbot)
    page = house.desk.page()
    assert isinstance(page, DevicesPage)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    page.card.code.setText("端末")
    page.card.make.click()
    assert page.card.field.message.text
    page.card.code.setText("laptop-09")
    page.card.make.click()
    settle(house, qtbot)
    assert (tmp_path / "out" / "laptop-09.visitenr").is_file()
    assert len(page.card.number.text()) == 14
    assert page.table.shown() == 1

    house.desk.go("tables")
    settle(house, qtbot)
    assert page.card.number.text() == ""


def test_lines_tell_enrolled_from_invited(tmp_path: Path) -> None:
    built = build(tmp_path)
    store = open_office(built.folder, PASSPHRASE)
    try:
        take_in(store, built.packages["a1"], "staff-00")
        lines = {line.code: line for line in device_lines(store)}
    finally:
        store.close()
    assert (lines["laptop-01"].state, lines["laptop-02"].state) == ("enrolled", "invited")
    last = lines["laptop-01"].last
    assert last is not None and last.number == 1
