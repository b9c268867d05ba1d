"""事務所の設定: what leaflets print of the office is entered in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from visitapp.commands.settings import settings
from visitapp.ui.office_dialog import OfficeDialog
from visitapp.ui.shell import House


def _kept(house: House, qtbot: QtBot) -> dict[str, str]:
    found: list[dict[str, str]] = []
    house.tasks.run(settings, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=15000)
    return found[0]


def test_the_telephone_is_entered_by_keyboard(
    laptop_folder: Path, open_house: Callable[..., House], qtbot: QtBot
) -> None:
    house = open_house(laptop_folder)
    action = next(one for one in house.actions_in_force() if one.text() == "事務所の設定")
    action.trigger()
    dialog = house.findChild(OfficeDialog)
    assert isinstance(dialog, OfficeDialog)
    qtbot.waitUntil(dialog.isEnabled, timeout=15000)
    assert dialog.fields["office_ward"].text() == "品川区"
    phone = dialog.fields["office_phone"]
    phone.setFocus()
    phone.selectAll()
    QTest.keyClicks(phone, "03-0000-4321")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert _kept(house, qtbot)["office_phone"] == "03-0000-4321"
    assert _kept(house, qtbot)["office_ward"] == "品川区"
