"""Killed at any instant: whatever was reported as done is there afterwards, and the store is sound."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.faults.worker import open_with_either
from tests.integration.store.stores import CHEAP, PASSPHRASE
from visitapp.store.records import Answer, Company
from visitapp.store.store import create_store, open_store

LONG = os.environ.get("VISITAPP_SLOW") == "1"
KILLS = 200 if LONG else 15
KILLS_OF_OTHERS = 40 if LONG else 3

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL"),
    pytest.mark.timeout(3600 if LONG else 300),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    create_store(folder, PASSPHRASE, "laptop", kdf=CHEAP).close()
    return folder


def run_and_kill(task: str, folder: Path, milliseconds: float) -> list[str]:
    """Start a worker, kill it so long after its first report; what it reported."""
    command = [sys.executable, "-m", "tests.faults.worker", task, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        first = process.stdout.readline()
        killer = threading.Timer(milliseconds / 1000, process.send_signal, [signal.SIGKILL])
        killer.start()
        lines = [first, *process.stdout.read().splitlines(keepends=True)]
        killer.join()
        assert process.wait() == -signal.SIGKILL
    # The kill may cut the last line; a line without its end was not yet said.
    return [line.rstrip("\n") for line in lines if line.endswith("\n")]


def delays(count: int, longest: float) -> list[float]:
    chance = random.Random(20261122)
    return [chance.uniform(0, longest) for _ in range(count)]


def test_every_answer_reported_as_saved_is_there(folder: Path) -> None:
    saved: dict[str, str] = {}
    for delay in delays(KILLS, 60):
        for line in run_and_kill("answers", folder, delay):
            _, answer, value = line.split()
            saved[answer] = value
        store = open_store(folder, PASSPHRASE)
        store.check()
        with store.read() as reader:
            found = {answer.id: answer.value for answer in reader.find(Answer)}
            history = len(list(reader.changes_after({})))
            assert reader.known() == {store.device: history}
        store.close()
        # The write that was under way may have been finished without a report, with the value that comes after "1".
        assert all(found[answer] in (value, "2") for answer, value in saved.items())
        assert len(found) <= len(saved) + 1
        saved = {answer: str(value) for answer, value in found.items()}
    assert len(saved) >= KILLS


def test_a_big_write_is_there_whole_or_not_at_all(folder: Path) -> None:
    saved: set[str] = set()
    for delay in delays(KILLS_OF_OTHERS, 400):
        saved |= {line.split()[1] for line in run_and_kill("many", folder, delay)}
        store = open_store(folder, PASSPHRASE)
        store.check()
        with store.read() as reader:
            counts: dict[str | None, int] = {}
            for answer in reader.find(Answer):
                counts[answer.response] = counts.get(answer.response, 0) + 1
        store.close()
        assert set(counts.values()) <= {300}
        assert saved <= counts.keys()


def test_a_backup_is_whole_or_has_no_name(folder: Path) -> None:
    store = open_store(folder, PASSPHRASE)
    with store.write("p") as writer:
        writer.put_many(Company, [{"id": f"c{n}", "name": f"会社{n}"} for n in range(2000)])
    store.close()
    for delay in delays(KILLS_OF_OTHERS, 150):
        made = [line.split()[1] for line in run_and_kill("backup", folder, delay)]
        copies = {path.name: path for path in (folder / "backups").iterdir() if not path.name.startswith(".")}
        assert set(made[-5:]) <= copies.keys()
        for copy in (path for name, path in copies.items() if name.endswith("Z-kill")):
            opened = open_store(copy, PASSPHRASE)
            with opened.read() as reader:
                assert reader.count(Company) == 2000
            opened.close()
    store = open_store(folder, PASSPHRASE)
    store.backup("last")
    assert not [path for path in (folder / "backups").iterdir() if path.name.endswith(".partial")]
    store.close()


def test_one_of_two_passphrases_opens(folder: Path) -> None:
    for delay in delays(KILLS_OF_OTHERS, 40):
        run_and_kill("passphrase", folder, delay)
        store, _ = open_with_either(folder)
        store.check()
        store.close()


def test_a_restore_gives_the_one_or_the_other(folder: Path) -> None:
    for name in ("A", "B"):
        store = open_store(folder, PASSPHRASE)
        with store.write("p") as writer:
            writer.put(Company, "c1", name=name)
        store.backup(name).rename(folder.parent / f"copy-{name}")
        store.close()
    for delay in delays(KILLS_OF_OTHERS, 300):
        run_and_kill("restore", folder, delay)
        store = open_store(folder, PASSPHRASE)
        store.check()
        with store.read() as reader:
            company = reader.get(Company, "c1")
        assert company is not None and company.name in ("A", "B")
        store.close()
