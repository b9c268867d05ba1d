"""Writing into the store, against bare INSERTs of as many rows into an encrypted file of the same kind.

The bare file is opened by the same function: same cipher, same journal, on disk when a transaction ends. It has no
history, no state of records, no conflicts: one table of rows like changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.measure import Work, compare
from tests.integration.store.stores import CHEAP, PASSPHRASE, all_changes
from visitapp.store import records
from visitapp.store.engine import connect
from visitapp.store.store import Store, create_store

_ANSWERS = 25_000
_PERSON = "staff-01"
_BARE_TABLE = "CREATE TABLE bare (number INTEGER PRIMARY KEY, record TEXT, field TEXT, value TEXT, hlc INTEGER)"


def answers(size: int) -> list[dict[str, object]]:
    """So many answers of one response; each is written as four changes."""
    fields = {"response": "r", "row": "", "value": '{"text":"3"}'}
    return [{"id": f"answer-{number}", "path": f"/data/q{number}", **fields} for number in range(size)]


class Place:
    """A folder with as many stores and bare files as are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        self._opened: list[Store] = []

    def store(self) -> Store:
        """A new, empty store; the one before is closed."""
        self.close()
        made = create_store(self._folder / f"store{next(self._numbers)}", PASSPHRASE, "headquarters", kdf=CHEAP)
        self._opened.append(made)
        return made

    def bare(self) -> Any:
        """A new encrypted file with one table."""
        connection = connect(self._folder / f"bare{next(self._numbers)}.db", bytes(32), create=True)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(_BARE_TABLE)
        return connection

    def close(self) -> None:
        """Close the store opened last."""
        while self._opened:
            self._opened.pop().close()


def insert(connection: Any, rows: Sequence[tuple[object, ...]]) -> None:
    """All rows in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")


def main() -> None:
    """One answer; many records at once; changes of another store."""
    with TemporaryDirectory() as name:
        place = Place(Path(name))
        _one_answer(place)
        _many_records(place)
        _changes_from_elsewhere(place)
        place.close()


def _one_answer(place: Place) -> None:
    store, bare, numbers = place.store(), place.bare(), count(1)

    def put() -> None:
        with store.write(_PERSON) as writer:
            writer.put(records.Answer, "answer", value=f'{{"text":"{next(numbers)}"}}')

    def insert_one() -> None:
        insert(bare, [(next(numbers), "answer", "value", '{"text":"3"}', 1)])

    compare("one answer, on disk", lambda: put, lambda: insert_one, rounds=101)


def _many_records(place: Place) -> None:
    rows = answers(_ANSWERS)

    def ours() -> Work:
        store = place.store()

        def put() -> None:
            with store.write(_PERSON) as writer:
                writer.put_many(records.Answer, rows)

        return put

    compare(f"put_many, {_ANSWERS:,} answers", ours, _floor(place, 4 * _ANSWERS), rounds=3)


def _changes_from_elsewhere(place: Place) -> None:
    source = place.store()
    with source.write(_PERSON) as writer:
        writer.put_many(records.Answer, answers(_ANSWERS))
    changes = all_changes(source)

    def ours() -> Work:
        store = place.store()

        def apply() -> None:
            with store.write(_PERSON) as writer:
                writer.apply(changes)

        return apply

    compare(f"apply, {len(changes):,} changes", ours, _floor(place, len(changes)), rounds=3)


def _floor(place: Place, size: int) -> Any:
    rows = [(number, f"answer-{number // 4}", "value", '{"text":"3"}', 1) for number in range(size)]

    def floor() -> Work:
        bare = place.bare()
        return lambda: insert(bare, rows)

    return floor


if __name__ == "__main__":
    main()
