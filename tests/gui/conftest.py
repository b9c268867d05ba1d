"""What every window test stands on: offscreen, our look, no leaked window, no Qt warning, no error in the log."""

from __future__ import annotations

import logging
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The helper threads of a test run must not follow a desktop's dark colours.
os.environ.setdefault("QT_QPA_PLATFORMTHEME", "")

from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from visitapp.i18n import use_language
from visitapp.ui import look, style
from visitapp.ui.office import Office
from visitapp.ui.running import make_application, make_house
from visitapp.ui.shell import House

if TYPE_CHECKING:
    from visitapp.store.store import Store

PASSPHRASE = "three-short-words"
NOW = datetime.fromisoformat("2026-06-16T13:58:20+09:00")


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """One application with our look for all window tests."""
    yield make_application(["visitapp-tests"])


@pytest.fixture(autouse=True)
def honest_window(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """No network; nothing left behind: no window, no Qt warning, no log record from WARNING on."""

    def no_network(*_parts: object) -> None:
        raise AssertionError("a window test opened a connection")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    said: list[str] = []

    def keep(kind: QtMsgType, _context: object, text: str) -> None:
        # The offscreen platform says so of every menu and dialog; it is nothing the program did.
        if kind != QtMsgType.QtDebugMsg and not text.startswith("This plugin does not support"):
            said.append(text)

    before = qInstallMessageHandler(keep)
    use_language("ja")
    look.use_percent(100)
    look.use_colours(False)
    style.apply(qapp)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()
    qInstallMessageHandler(before)
    left = [window for window in qapp.topLevelWidgets() if window.isVisible()]
    for window in left:
        window.close()
        window.deleteLater()
    assert not left, f"windows left open: {left}"
    assert not said, f"Qt said: {said}"
    loud = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert not loud, f"logged: {loud}"


def settle(house: House, qtbot: object, timeout: int = 15_000) -> None:
    """Wait until the worker has nothing under way, its results were shown, and the layouts around them have settled."""
    quiet = 0

    def at_rest() -> bool:
        nonlocal quiet
        # One layout asks the next: a card that grows is placed one round later than what is in it.
        quiet = 0 if house.tasks.busy else quiet + 1
        return quiet > 3

    qtbot.waitUntil(at_rest, timeout=timeout)  # type: ignore[attr-defined]
    QApplication.processEvents()


@pytest.fixture
def make_store(tmp_path: Path) -> Callable[..., Path]:
    """Makes an office in a new folder and returns it: ``make_store("laptop", fill)``; ``fill`` gets the open store."""

    def make(role: str, fill: Callable[[Store], object] | None = None) -> Path:
        from visitapp.commands.office import create_office
        from visitapp.store.key import KdfCost

        folder = tmp_path / role
        # The cheapest key derivation there is: these tests are not about guessing passphrases.
        store = create_office(folder, PASSPHRASE, role, kdf=KdfCost(memory_kib=64, passes=1, lanes=1))
        try:
            if fill is not None:
                fill(store)
        finally:
            store.close()
        return folder

    return make


ANSWERED, OPEN = 8, 7
"""How many companies of the test laptop have a finished response, and how many have none."""


@pytest.fixture(scope="session")
def tutorial_laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A laptop's folder with a few of the tutorial's companies and answers; copy it before writing."""
    from visitapp.commands.office import create_office
    from visitapp.commands.transfer import import_answers
    from visitapp.commands.tutorial_data import load_tutorial
    from visitapp.fieldwork.csvfiles import write_csv
    from visitapp.store.key import KdfCost

    tutorial, files = load_tutorial(), tmp_path_factory.mktemp("exchange")
    answered = tutorial.responses("laptop-04")[:ANSWERED]
    chosen = {row["company_id"] for row in answered}
    name = "companies_visit.csv"
    others = [row for row in tutorial.rows[name] if row["company_id"] not in chosen][:OPEN]
    companies = [row for row in tutorial.rows[name] if row["company_id"] in chosen] + others
    write_csv(files / name, tutorial.columns[name], companies)
    tutorial.write_visits(files, answered)
    folder = tmp_path_factory.mktemp("tutorial") / "laptop"
    store = create_office(folder, PASSPHRASE, "laptop", kdf=KdfCost(memory_kib=64, passes=1, lanes=1))
    import_answers(store, files, "staff-04")
    store.close()
    return folder


@pytest.fixture
def laptop_folder(tutorial_laptop: Path, tmp_path: Path) -> Path:
    """A copy of that folder for one test."""
    return Path(shutil.copytree(tutorial_laptop, tmp_path / "laptop"))


@pytest.fixture
def open_house(qtbot: object) -> Iterator[Callable[..., House]]:
    """Opens the window: ``open_house(folder)`` unlocked, ``open_house(folder, unlock=False)`` at the start."""
    opened: list[House] = []

    def make(folder: Path, *, unlock: bool = True, size: tuple[int, int] = (1366, 768)) -> House:
        house = make_house(Office(folder, lambda: NOW))
        opened.append(house)
        house.resize(*size)
        house.show()
        house.activateWindow()
        qtbot.waitUntil(house.isActiveWindow, timeout=5_000)  # type: ignore[attr-defined]
        if unlock:
            house.unlock(PASSPHRASE)
            qtbot.waitUntil(lambda: house.desk is not None, timeout=15_000)  # type: ignore[attr-defined]
            settle(house, qtbot)
        return house

    yield make
    for house in opened:
        house.close()
        house.deleteLater()
