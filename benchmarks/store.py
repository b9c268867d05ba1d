"""The store against the floor: the same rows as bare INSERTs into the same kind of encrypted file, in the same run.

``python benchmarks/store.py [CHANGES]`` prints times and ratios; ratios are what counts, the machine varies.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from visitapp.store.engine import connect
from visitapp.store.key import KdfCost, new_key
from visitapp.store.records import Answer
from visitapp.store.store import Change, create_store

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
SINGLE = 300
VALUE = '{"text":"%d","no_answer":false,"reason":null}'


def timed(action: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def bare_file(folder: Path) -> Any:
    """A file with one table of the shape of the change log, key and settings as in the store."""
    connection = connect(folder / "bare.db", new_key(), create=True)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(
        "CREATE TABLE row (number INTEGER PRIMARY KEY, table_name TEXT, record TEXT, field TEXT, value TEXT,"
        " hlc INTEGER, person TEXT, restores INTEGER, standing INTEGER)"
    )
    return connection


def bare_single(connection: Any) -> float:
    """Milliseconds of one INSERT with its commit."""
    statement, times = "INSERT INTO row VALUES (?,?,?,?,?,?,?,?,?)", []
    for number in range(SINGLE):
        row = (-1 - number, "answer", f"a{number}", "value", VALUE % number, number, "staff-04", None, 2)
        start = time.perf_counter()
        connection.execute(statement, row)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def bare_many(connection: Any, changes: list[Change]) -> tuple[float, float]:
    """Seconds of the rows in one transaction: from Python, and INSERT ... SELECT from a table in memory."""
    rows = [
        (n, c.table, c.record, c.field, c.value, n, c.person, None, 2)
        for n, c in enumerate(changes, start=1_000_000_000)
    ]

    def insert(table: str) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO {table} VALUES (?,?,?,?,?,?,?,?,?)", rows)
        connection.execute("COMMIT")

    from_python = timed(lambda: insert("row"))
    connection.execute("CREATE TEMP TABLE source AS SELECT * FROM row WHERE 0")
    insert("source")
    connection.execute("UPDATE source SET number = number + 1000000000")
    return from_python, timed(lambda: connection.execute("INSERT INTO row SELECT * FROM source"))


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, two = (create_store(folder / n, "benchmark", "laptop", kdf=CHEAP) for n in ("one", "two"))

        def save(number: int, text: int) -> None:
            with one.write("staff-04") as writer:
                values = {"response": f"r{number % 9}", "path": "V1-2", "row": "", "value": VALUE % text}
                writer.put(Answer, f"single-{number}", **values)

        new = [timed(lambda n=n: save(n, n)) * 1000 for n in range(SINGLE)]  # type: ignore[misc]
        again = [timed(lambda n=n: save(n, n + 1)) * 1000 for n in range(SINGLE)]  # type: ignore[misc]
        rows: list[dict[str, object]] = [
            {"id": f"a-{n:08d}", "response": f"r{n % 500}", "path": f"V{n % 60}", "row": "", "value": VALUE % n}
            for n in range(count // 4)
        ]

        def put_many() -> None:
            with one.write("staff-04") as writer:
                writer.put_many(Answer, rows)

        many = timed(put_many)
        with one.read() as reader:
            changes: list[Change] = []
            read = timed(lambda: changes.extend(reader.changes_after({one.device: 5 * SINGLE})))

        def apply() -> None:
            with two.write("本部") as writer:
                writer.apply(changes)

        first, repeated = timed(apply), timed(apply)
        checked = timed(two.check)
        connection = bare_file(folder)
        bare_one = bare_single(connection)
        bare_rows, bare_select = bare_many(connection, changes)
        connection.close()
        one.close()
        two.close()
    fresh, edited = statistics.median(new), statistics.median(again)
    print(
        f"one answer, new     {fresh:8.2f} ms   {fresh / bare_one:6.1f} x a bare INSERT and commit ({bare_one:.2f} ms)"
    )
    print(f"one answer, changed {edited:8.2f} ms   {edited / bare_one:6.1f} x")
    print(f"bare rows: {len(changes)} from Python {bare_rows:.2f} s, INSERT ... SELECT {bare_select:.2f} s")
    for label, seconds in (
        ("put_many", many), ("changes_after", read), ("apply", first), ("apply again", repeated), ("check", checked),
    ):  # fmt: skip
        rates = (
            f"{bare_rows / seconds:6.2f} of the bare rate from Python, {bare_select / seconds:5.2f} of INSERT-SELECT"
        )
        print(f"{label:<14} {seconds:8.2f} s    {rates}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
