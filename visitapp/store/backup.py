"""Backups and going back to one.

A backup is a small data folder in ``folder/backups/<time>-<reason>``: the encrypted store and the key file as it was.
It is copied page by page inside the database (never as a file, which would miss what is still in the write-ahead
log), then opened and checked, and gets its name only when it is whole.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from visitapp.errors import DamagedData, EnvironmentProblem
from visitapp.store import check
from visitapp.store.engine import STORE_FILE, connect, make_engine, storage_errors
from visitapp.store.key import KEY_FILE
from visitapp.store.migration import needs_migration
from visitapp.store.tables import KEPT, META

FOLDER = "backups"
RESTORING = "restoring"
"""A restore past its point of no return; opening finishes it."""

KEEP_LAST = 10
KEEP_DAYS = 30

_NAME = re.compile(r"(\d{8}T\d{6})(\d{3})Z-.+")


def make(folder: Path, key: bytes, reason: str, now: datetime) -> Path:
    """Copy the store, verify the copy, thin out old ones. Returns the backup's folder. Raises as ``Store.backup``."""
    stamp = now.astimezone(UTC)
    name = f"{stamp:%Y%m%dT%H%M%S}{stamp.microsecond // 1000:03d}Z-{re.sub(r'[^0-9A-Za-z-]+', '-', reason) or 'copy'}"
    place = _free(folder / FOLDER / name)
    partial = place.with_name(f".{place.name}.partial")
    for left_by_a_kill in (folder / FOLDER).glob(".*.partial"):
        shutil.rmtree(left_by_a_kill, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        _copy_store(folder / STORE_FILE, partial / STORE_FILE, key)
        shutil.copyfile(folder / KEY_FILE, partial / KEY_FILE)
        _verify(partial, key)
        _flush(partial)
        partial.rename(place)
    except OSError as error:
        raise EnvironmentProblem("E-305" if _full(error) else "E-306", folder=folder) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    _thin(folder / FOLDER, stamp)
    return place


def make_daily(folder: Path, key: bytes, now: datetime) -> None:
    """A backup unless there is one of this day (UTC)."""
    if not any(made.date() == now.astimezone(UTC).date() for made, _ in _existing(folder / FOLDER)):
        make(folder, key, "daily", now)


def restore(folder: Path, copy: Path, key: bytes, now: datetime) -> None:
    """Put ``copy`` in the place of the store. Whatever stops it, the folder then holds the one or the other, whole."""
    if not (copy / STORE_FILE).is_file():
        raise DamagedData("E-303", path=copy)
    partial = folder / f".{RESTORING}.partial"
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        shutil.copyfile(copy / STORE_FILE, partial / STORE_FILE)
        shutil.copyfile(copy / KEY_FILE, partial / KEY_FILE)
        _mark_restored(partial, key, now)
        _flush(partial)
        _keep_present(folder, now)
        partial.rename(folder / RESTORING)
    except OSError as error:
        raise EnvironmentProblem("E-305" if _full(error) else "E-306", folder=folder) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    finish_restore(folder)


def finish_restore(folder: Path) -> None:
    """Complete a restore that was cut off after its point of no return; does nothing when there is none.

    Raises EnvironmentProblem E-305, E-306; the next opening goes on.
    """
    if not (folder / RESTORING).is_dir():
        return
    try:
        _put_in_place(folder, folder / RESTORING)
    except OSError as error:
        raise EnvironmentProblem("E-305" if _full(error) else "E-306", folder=folder) from error


def _put_in_place(folder: Path, coming: Path) -> None:
    if (coming / STORE_FILE).exists():
        for suffix in ("-wal", "-shm", "-journal"):
            # They belong to the store that goes; beside the one that comes they would be taken for its own.
            (folder / f"{STORE_FILE}{suffix}").unlink(missing_ok=True)
    for name in (KEY_FILE, STORE_FILE):
        if (coming / name).exists():
            (coming / name).replace(folder / name)
    _sync_folder(folder)
    # Whatever else lies there is not ours to keep: left behind, it would be taken for a restore again.
    shutil.rmtree(coming)


def _copy_store(source: Path, target: Path, key: bytes) -> None:
    reading = connect(source, key)
    try:
        writing = connect(target, key, create=True)
        try:
            reading.backup(writing)
            # A backup is one file: nothing of it may stay in a log beside it.
            writing.execute("PRAGMA journal_mode = DELETE")
        finally:
            writing.close()
    finally:
        reading.close()


def _verify(place: Path, key: bytes) -> None:
    engine = make_engine(place / STORE_FILE, key)
    try:
        with storage_errors(place), engine.connect() as connection, connection.begin():
            check.check_file(connection, place / STORE_FILE)
            needs_migration(connection, place)
    finally:
        engine.dispose()


def _mark_restored(place: Path, key: bytes, now: datetime) -> None:
    """A new name to count changes under: numbers used since the backup may be known elsewhere with other content."""
    _verify(place, key)
    engine = make_engine(place / STORE_FILE, key)
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            device = connection.execute(select(META.c.value).where(META.c.name == "device")).scalar_one()
            connection.execute(
                update(META).where(META.c.name == "origin"), {"value": f"{device}.{secrets.token_hex(3)}"}
            )
            connection.execute(delete(KEPT).where(KEPT.c.name == "restored_at"))
            connection.execute(insert(KEPT).values(name="restored_at", value=now.isoformat()))
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode")
    finally:
        engine.dispose()


def _keep_present(folder: Path, now: datetime) -> None:
    """The files of the present store as they are: it may be damaged, so nothing is asked of it. The lock is ours."""
    if not (folder / STORE_FILE).exists():
        return
    stamp = now.astimezone(UTC)
    place = _free(folder / FOLDER / f"{stamp:%Y%m%dT%H%M%S}{stamp.microsecond // 1000:03d}Z-before-restore")
    partial = place.with_name(f".{place.name}.partial")
    partial.mkdir(parents=True)
    for name in (KEY_FILE, STORE_FILE, f"{STORE_FILE}-wal"):
        if (folder / name).exists():
            shutil.copyfile(folder / name, partial / name)
    _flush(partial)
    partial.rename(place)


def _thin(backups: Path, now: datetime) -> None:
    """Keep the last ten and the last of each day for thirty days."""
    existing = sorted(_existing(backups), reverse=True)
    days: set[object] = set()
    for position, (made, path) in enumerate(existing):
        last_of_day = made.date() not in days
        days.add(made.date())
        recent = now - made < timedelta(days=KEEP_DAYS)
        if position >= KEEP_LAST and not (last_of_day and recent):
            shutil.rmtree(path, ignore_errors=True)


def _existing(backups: Path) -> list[tuple[datetime, Path]]:
    return [(made, path) for path in backups.glob("*") if (made := _made_at(path.name)) is not None]


def _made_at(name: str) -> datetime | None:
    """The time in a backup's name; None for what is no backup."""
    match = _NAME.fullmatch(name)
    try:
        return datetime.strptime(f"{match[1]}{match[2]}+0000", "%Y%m%dT%H%M%S%f%z") if match else None
    except ValueError:
        return None


def _free(place: Path) -> Path:
    number = 1
    candidate = place
    while candidate.exists():
        number += 1
        candidate = place.with_name(f"{place.name}-{number}")
    return candidate


def _flush(place: Path) -> None:
    for path in place.iterdir():
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    _sync_folder(place)


def _sync_folder(place: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _full(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
