"""The worker: order, errors, owners that are gone, stopping in the middle."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.gui.conftest import PASSPHRASE
from visitapp.commands.office import open_office
from visitapp.errors import NotNow
from visitapp.store import records
from visitapp.store.store import Store
from visitapp.ui.tasks import Cancelled, Tasks


@pytest.fixture
def tasks(laptop_folder: Path, qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    made.open(lambda: open_office(laptop_folder, PASSPHRASE), lambda _store: None)
    qtbot.waitUntil(lambda: not made.busy, timeout=15_000)
    yield made
    made.shut_down()
    made.deleteLater()


def _rest(tasks: Tasks, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not tasks.busy, timeout=15_000)


def test_commands_run_in_order_on_one_thread_that_is_not_the_windows(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[tuple[int, int]] = []

    def where(number: int, _store: Store) -> tuple[int, int]:
        return number, threading.get_ident()

    for number in range(20):
        tasks.run(partial(where, number), heard.append)
    _rest(tasks, qtbot)
    assert [number for number, _thread in heard] == list(range(20))
    assert {thread for _number, thread in heard}.isdisjoint({threading.get_ident()})
    assert len({thread for _number, thread in heard}) == 1


def test_an_error_goes_to_who_asked_else_to_everybody(tasks: Tasks, qtbot: QtBot) -> None:
    def refuse(_store: Store) -> None:
        raise NotNow("E-206", what="company", id="x")

    mine: list[Exception] = []
    all_others: list[Exception] = []
    tasks.failed.connect(all_others.append)
    tasks.run(refuse, on_error=mine.append)
    tasks.run(refuse)
    _rest(tasks, qtbot)
    assert len(mine) == len(all_others) == 1


def test_a_result_for_somebody_who_is_gone_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[str] = []
    gate = threading.Event()
    owner = QObject()

    def wait(_store: Store) -> str:
        gate.wait(10)
        return "late"

    tasks.run(wait, heard.append, owner=owner)
    from shiboken6 import delete

    delete(owner)
    gate.set()
    _rest(tasks, qtbot)
    assert heard == []


def test_a_write_is_told_before_and_after(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[str] = []
    tasks.writing.connect(lambda: told.append("writing"))
    tasks.wrote.connect(lambda: told.append("wrote"))
    tasks.write(lambda store: store.set_local("x", "1"), lambda _none: told.append("done"))
    _rest(tasks, qtbot)
    assert told == ["writing", "wrote", "done"]


def test_stopping_in_the_middle_leaves_everything_as_it_was(tasks: Tasks, qtbot: QtBot) -> None:
    begun, gate = threading.Event(), threading.Event()
    stopped: list[Exception] = []

    def command(store: Store, report: Callable[[int, int], None]) -> None:
        with store.write("staff-04") as writer:
            writer.put(records.Company, "new", name="書きかけ")
            begun.set()
            gate.wait(10)
            report(1, 2)

    task = tasks.run_long(command, on_error=stopped.append)
    assert begun.wait(10)
    task.cancel()
    gate.set()
    _rest(tasks, qtbot)
    assert isinstance(stopped[0], Cancelled)
    found: list[object] = []

    def look(store: Store) -> object:
        with store.read() as reader:
            return reader.get(records.Company, "new")

    tasks.run(look, found.append)
    _rest(tasks, qtbot)
    assert found == [None]


def test_what_takes_over_a_second_says_so(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    task = tasks.run(lambda _store: gate.wait(10))
    with qtbot.waitSignal(task.late, timeout=5_000):
        pass
    gate.set()
    _rest(tasks, qtbot)
