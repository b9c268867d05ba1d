"""The headquarters' screens at every text size, in both languages and colours: nothing cut, nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import PASSPHRASE, settle
from tests.gui.headquarters import build
from visitapp.commands.arrivals import take_in
from visitapp.commands.office import open_office
from visitapp.ui.shell import House
from visitapp.ui.widgets.buttons import Button

OpenHouse = Callable[..., House]
PAGES = ("inbox", "conflicts", "tables", "devices")


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Headquarters with a conflict, and a package that waits in the inbox."""
    built = build(tmp_path_factory.mktemp("office"))
    store = open_office(built.folder, PASSPHRASE)
    for name in ("a1", "b1"):
        take_in(store, built.packages[name], "staff-00")
    store.close()
    (built.folder / "inbox").mkdir()
    shutil.copy(built.packages["a2"], built.folder / "inbox")
    return built.folder


def cut(page: QWidget) -> Iterator[str]:
    """The texts in sight that have less room than they need."""
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap() and label.width() < label.sizeHint().width() - 1:
            yield label.text()
    for button in page.findChildren(Button):
        if button.isVisible() and button.width() < button.sizeHint().width():
            yield button.text()


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_is_cut(
    merged: Path, open_house: OpenHouse, qtbot: QtBot, tmp_path: Path, percent: int, language: str
) -> None:
    folder = tmp_path / "hq"
    shutil.copytree(merged, folder)
    house = open_house(folder)
    house.looks.set_percent(percent)
    house.looks.set_language(language)
    house.looks.set_theme("dark" if percent == 150 else "light")
    settle(house, qtbot)
    assert house.desk is not None
    for name in PAGES:
        house.desk.go(name)
        settle(house, qtbot)
        page = house.desk.page()
        assert page is not None
        assert list(cut(page)) == [], name
