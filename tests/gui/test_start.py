"""First run and unlocking, by real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.gui.conftest import PASSPHRASE, settle
from visitapp.ui.shell import House
from visitapp.ui.start.first_run import FirstRun
from visitapp.ui.start.strength import strength

OpenHouse = Callable[..., House]
MakeStore = Callable[..., Path]


def _first_run(house: House) -> FirstRun:
    found = house.findChild(FirstRun)
    assert isinstance(found, FirstRun)
    return found


def _enter_passphrase(qtbot: QtBot, run: FirstRun, again: str = PASSPHRASE) -> None:
    for field, words in ((run.passphrase_step.field, PASSPHRASE), (run.passphrase_step.again, again)):
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        QTest.keyClicks(field, words)


def test_first_run_makes_an_encrypted_laptop_store_and_shows_the_desk(
    open_house: OpenHouse, tmp_path: Path, qtbot: QtBot
) -> None:
    house = open_house(tmp_path / "new", unlock=False)
    run = _first_run(house)
    QTest.keyClick(run.role_step, Qt.Key.Key_Return)
    _enter_passphrase(qtbot, run)
    QTest.mouseClick(run.next, Qt.MouseButton.LeftButton)
    QTest.keyClicks(run.enrolment_step.person, "staff-04")
    QTest.keyClick(run.enrolment_step.person, Qt.Key.Key_Return)
    QTest.mouseClick(run.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: house.desk is not None, timeout=15_000)
    settle(house, qtbot)
    assert house.desk is not None
    assert (house.desk.role, house.desk.person) == ("laptop", "staff-04")
    assert (tmp_path / "new" / "store.db").read_bytes()[:15] != b"SQLite format 3"


def test_two_different_passphrases_are_said_and_hold_the_person_there(
    open_house: OpenHouse, tmp_path: Path, qtbot: QtBot
) -> None:
    house = open_house(tmp_path / "new", unlock=False)
    run = _first_run(house)
    QTest.mouseClick(run.next, Qt.MouseButton.LeftButton)
    _enter_passphrase(qtbot, run, "three-short-wordz")
    QTest.mouseClick(run.passphrase_step.field, Qt.MouseButton.LeftButton)
    assert not run.next.isEnabled()
    said = [label.text() for label in run.passphrase_step.findChildren(QLabel) if label.isVisible()]
    assert any("上の合言葉とちがいます" in text for text in said)


@pytest.mark.parametrize(("words", "level"), [("", 0), ("short", 1), ("elevenchars", 2), ("aaaaaaaaaaaaaa", 2),
                                              ("three-short-words", 3), ("four-quite-short-words", 4)])  # fmt: skip
def test_strength_asks_for_length_and_variety(words: str, level: int) -> None:
    assert strength(words) == level


def test_wrong_passphrase_is_said_at_the_field_and_the_right_one_opens(
    make_store: MakeStore, open_house: OpenHouse, qtbot: QtBot
) -> None:
    house = open_house(make_store("laptop"), unlock=False)
    start = house.start_screen()
    assert start is not None and start.unlock is not None
    field = start.unlock.field
    QTest.keyClicks(field, "not-the-passphrase")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "E-203" in field.accessibleDescription(), timeout=15_000)
    assert field.selectedText() == "not-the-passphrase"
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: house.desk is not None, timeout=15_000)
    settle(house, qtbot)


def test_five_wrong_passphrases_make_the_person_wait(
    make_store: MakeStore, open_house: OpenHouse, qtbot: QtBot
) -> None:
    house = open_house(make_store("laptop"), unlock=False)
    start = house.start_screen()
    assert start is not None and start.unlock is not None
    card = start.unlock
    for _ in range(5):
        card.refuse("wrong", wrong=True)
    assert not card.button.isEnabled() and card.field.isReadOnly()
    assert "5回" in card.field.accessibleDescription()


def test_locking_takes_every_name_out_of_the_window(laptop_folder: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    house = open_house(laptop_folder)
    assert "架空" in _all_text(house)
    QTest.keyClick(house, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: house.desk is None, timeout=15_000)
    QApplication.sendPostedEvents(None, 52)
    assert "株式会社" not in _all_text(house) and "staff-04" not in _all_text(house) + house.windowTitle()
    assert not house.tasks.has_store


def _all_text(house: House) -> str:
    from visitapp.ui.widgets.tables import Table

    texts = [label.text() for label in house.findChildren(QLabel)]
    for table in house.findChildren(Table):
        model = table.model()
        texts += [str(model.index(row, 1).data()) for row in range(model.rowCount())]
    return "\n".join(texts)


def test_the_tutorial_can_be_stopped_and_leaves_nothing(open_house: OpenHouse, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "new"
    house = open_house(folder, unlock=False)
    run = _first_run(house)
    run.role_step.choose("tutorial")
    QTest.mouseClick(run.next, Qt.MouseButton.LeftButton)
    _enter_passphrase(qtbot, run)
    QTest.mouseClick(run.next, Qt.MouseButton.LeftButton)
    QTest.keyClicks(run.enrolment_step.person, "staff-00")
    QTest.mouseClick(run.next, Qt.MouseButton.LeftButton)
    QTest.mouseClick(run.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: run._progress is not None, timeout=15_000)
    assert run._progress is not None
    QTest.mouseClick(run._progress.stop, Qt.MouseButton.LeftButton)
    settle(house, qtbot, timeout=60_000)
    assert house.desk is None and not (folder / "store.db").exists()
    assert run.next.isEnabled()


def test_unlocking_leads_back_to_the_same_place(laptop_folder: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    house = open_house(laptop_folder)
    assert house.desk is not None
    house.desk.go("handin")
    settle(house, qtbot)
    house.lock()
    assert house.desk is None
    house.unlock(PASSPHRASE)
    qtbot.waitUntil(lambda: house.desk is not None, timeout=15_000)
    settle(house, qtbot)
    page = house.desk.page()
    assert page is not None and page.id == "handin"


def test_a_damaged_store_is_said_in_words_and_nothing_opens(
    laptop_folder: Path, open_house: OpenHouse, qtbot: QtBot
) -> None:
    with (laptop_folder / "store.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\x00" * 64)
    house = open_house(laptop_folder, unlock=False)
    start = house.start_screen()
    assert start is not None and start.unlock is not None
    field = start.unlock.field
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "E-303" in field.accessibleDescription(), timeout=15_000)
    assert house.desk is None and not house.tasks.has_store


def test_a_store_that_is_open_elsewhere_is_said(laptop_folder: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    import subprocess
    import sys

    holder = (
        "import sys; from pathlib import Path; from visitapp.commands.office import open_office;"
        "store = open_office(Path(sys.argv[1]), sys.argv[2]); print('open', flush=True); sys.stdin.read(); store.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(laptop_folder), PASSPHRASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None and other.stdout.readline().strip() == "open"
        house = open_house(laptop_folder, unlock=False)
        house.unlock(PASSPHRASE)
        start = house.start_screen()
        assert start is not None and start.unlock is not None
        field = start.unlock.field
        qtbot.waitUntil(lambda: "E-307" in field.accessibleDescription(), timeout=30_000)
        other.communicate()


def test_a_backup_can_be_put_back_from_the_start(laptop_folder: Path, open_house: OpenHouse, qtbot: QtBot) -> None:
    from visitapp.commands.office import open_office
    from visitapp.store import records
    from visitapp.ui.start.restore import RestoreDialog

    store = open_office(laptop_folder, PASSPHRASE)
    store.backup("before")
    with store.write("staff-04") as writer:
        writer.put(records.Company, "after-the-backup", name="あとの会社")
    store.close()
    house = open_house(laptop_folder, unlock=False)
    start = house.start_screen()
    assert start is not None and start.unlock is not None
    start.unlock.restore.emit()
    dialog = next(one for one in house.findChildren(RestoreDialog) if one.isVisible())
    newest_before = next(path for path in dialog.copies() if path.name.endswith("before"))
    dialog.choose(newest_before)
    QTest.keyClicks(dialog.passphrase, PASSPHRASE)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: house.desk is not None, timeout=30_000)
    settle(house, qtbot)
    house.close()
    store = open_office(laptop_folder, PASSPHRASE)
    with store.read() as reader:
        assert reader.get(records.Company, "after-the-backup") is None
    store.close()
