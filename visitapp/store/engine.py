"""The one way to open the encrypted file, and what its errors mean.

SQLCipher through SQLAlchemy: our engine issues BEGIN itself (the driver's own transaction handling loses updates and
leaves half a schema behind), WAL with synchronous=FULL so that a commit is on disk, temporary data in memory only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from visitapp.errors import DamagedData, EnvironmentProblem

STORE_FILE = "store.db"
APPLICATION_ID = 0x56495354
"""Marks the file as a store of this program (PRAGMA application_id; "VIST")."""

_SCRATCH = (
    "CREATE TEMP TABLE touched (table_name TEXT, record TEXT, PRIMARY KEY (table_name, record)) WITHOUT ROWID",
    "CREATE TEMP TABLE affected (number INTEGER PRIMARY KEY)",
)


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:
    """A driver connection with key and settings. Whether the key is right shows at the first read."""
    mode = "rwc" if create else "rw"
    connection = driver.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, check_same_thread=False, isolation_level=None
    )
    for pragma in (
        "cipher_log_level = NONE",
        f"key = \"x'{key.hex()}'\"",
        "busy_timeout = 5000",
        "temp_store = MEMORY",
        "foreign_keys = ON",
        "synchronous = FULL",
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def make_engine(path: Path, key: bytes) -> Engine:
    """An engine on the existing file. Connections are lent from a small pool and may be used on any thread."""

    def creator() -> Any:
        connection = connect(path, key)
        for statement in _SCRATCH:
            connection.execute(statement)
        return connection

    # hide_parameters: an error's text must not carry answers into a log or report.
    engine = create_engine("sqlite://", creator=creator, module=driver, poolclass=QueuePool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turns what the database reports into errors with a code; programming errors pass as they are."""
    try:
        yield
    except DBAPIError as error:
        _raise(error.orig, folder)
        raise
    except driver.Error as error:
        _raise(error, folder)
        raise


_MESSAGES = {
    "database or disk is full": driver.SQLITE_FULL,
    "disk I/O error": driver.SQLITE_IOERR,
    "attempt to write a readonly database": driver.SQLITE_READONLY,
    "unable to open database file": driver.SQLITE_CANTOPEN,
    "database disk image is malformed": driver.SQLITE_CORRUPT,
}


def _raise(error: BaseException | None, folder: Path) -> None:
    # The driver's page-by-page copy reports the message without the number.
    code = (getattr(error, "sqlite_errorcode", None) or _MESSAGES.get(str(error), 0)) & 0xFF
    if code == driver.SQLITE_FULL:
        raise EnvironmentProblem("E-305", folder=folder) from error
    if code in (driver.SQLITE_READONLY, driver.SQLITE_CANTOPEN, driver.SQLITE_PERM):
        raise EnvironmentProblem("E-306", folder=folder) from error
    if code in (driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB):
        raise DamagedData("E-303", path=folder / STORE_FILE) from error
    if code in (driver.SQLITE_BUSY, driver.SQLITE_LOCKED):
        raise EnvironmentProblem("E-309", folder=folder) from error
    if code == driver.SQLITE_IOERR:
        raise EnvironmentProblem("E-308", folder=folder) from error
