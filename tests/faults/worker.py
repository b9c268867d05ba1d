"""A process that works on a store until it is killed. Says on standard output what is done, after it is done.

Run as ``python -m tests.faults.worker TASK FOLDER``.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable
from pathlib import Path

from tests.integration.store.stores import PASSPHRASE
from visitapp.errors import AnswerRefused
from visitapp.store.records import Answer, Company
from visitapp.store.store import Store, open_store, restore_store

OTHER_PASSPHRASE = "もう一つの合い言葉"


def say(what: str) -> None:
    print(what, flush=True)


def open_with_either(folder: Path) -> tuple[Store, str]:
    try:
        return open_store(folder, PASSPHRASE), PASSPHRASE
    except AnswerRefused:
        return open_store(folder, OTHER_PASSPHRASE), OTHER_PASSPHRASE


def save_answers(folder: Path) -> None:
    """One answer after the other, some of them again with another value."""
    store, _ = open_with_either(folder)
    say("ready")
    while True:
        answer = str(uuid.uuid4())
        for value in ("1", "2"):
            with store.write("staff-04") as writer:
                writer.put(Answer, answer, response="r", path="V1", row="", value=value)
            say(f"saved {answer} {value}")


def save_many(folder: Path) -> None:
    """Big transactions: all of one or nothing of it."""
    store, _ = open_with_either(folder)
    say("ready")
    while True:
        batch = str(uuid.uuid4())
        with store.write("staff-04") as writer:
            writer.put_many(Answer, [{"id": f"{batch}/{n}", "response": batch, "value": "x"} for n in range(300)])
        say(f"saved {batch}")


def back_up(folder: Path) -> None:
    store, _ = open_with_either(folder)
    say("ready")
    while True:
        say(f"made {store.backup('kill').name}")


def change_passphrase(folder: Path) -> None:
    store, present = open_with_either(folder)
    say("ready")
    while True:
        following = OTHER_PASSPHRASE if present == PASSPHRASE else PASSPHRASE
        store.change_passphrase(present, following)
        present = following
        say("changed")


def restore(folder: Path) -> None:
    """Back and forth between two backups that lie beside the data folder."""
    say("ready")
    while True:
        for copy in sorted(folder.parent.glob("copy-*")):
            restore_store(folder, copy, PASSPHRASE)
            say(f"restored {copy.name}")
            store = open_store(folder, PASSPHRASE)
            with store.write("p") as writer:
                writer.put(Company, str(uuid.uuid4()), name="after")
            store.close()


TASKS: dict[str, Callable[[Path], None]] = {
    "answers": save_answers,
    "many": save_many,
    "backup": back_up,
    "passphrase": change_passphrase,
    "restore": restore,
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](Path(sys.argv[2]))
