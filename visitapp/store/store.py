"""An opened store: reading records, and one way of writing them.

This file fixes the interface; see the docstrings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from visitapp.store.records import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Change:
    """変更: one entry of the change log. ``id`` is "device:counter"; ``value`` JSON text; ``hlc`` "wallms-counter" sortable.

    ``replaces`` are the ids of the changes whose values the writer saw and replaced. ``restores`` names the change whose value
    an undone settlement brought back.
    """

    id: str
    device: str
    counter: int
    table: str
    record: str
    field: str
    value: str
    hlc: str
    person: str
    replaces: tuple[str, ...]
    restores: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """競合: a field with several current changes of different value, newest first; or a deletion beside an edit.

    ``kind`` is "values" or "deleted". ``changes`` holds each current change once for each different value (kind "deleted": the
    deletion and the edits it did not know).
    """

    table: str
    record: str
    field: str
    kind: str
    changes: tuple[Change, ...]


class Reader:
    """Reads records of one consistent moment."""

    def get(self, kind: type[R], record_id: str) -> R | None:
        """The record, deleted ones included; None when unknown."""
        raise NotImplementedError

    def find(self, kind: type[R], *, deleted: bool = False, **equals: object) -> list[R]:
        """Records whose fields equal the given values (a list or tuple means "one of"), ordered by id.

        Deleted ones are left out unless ``deleted``. Raises TypeError for an unknown field.
        """
        raise NotImplementedError

    def count(self, kind: type[Record], **equals: object) -> int:
        """How many undeleted records."""
        raise NotImplementedError

    def conflicts(self) -> list[Conflict]:
        """Every open conflict, newest first."""
        raise NotImplementedError

    def history(self, kind: type[Record], record_id: str, field: str | None = None) -> list[Change]:
        """All changes of a record (or one field), oldest first by hlc."""
        raise NotImplementedError

    def changes_after(self, known: Mapping[str, int]) -> Iterator[Change]:
        """Changes whose counter is above ``known[device]`` (0 when absent), by device and counter."""
        raise NotImplementedError

    def known(self) -> dict[str, int]:
        """Device id -> highest counter up to which all its changes are here."""
        raise NotImplementedError

    def last_saved(self) -> datetime | None:
        """When the newest change of this device was written."""
        raise NotImplementedError


class Writer(Reader):
    """One transaction: state and change log together; nothing is kept if the block raises."""

    def put(self, kind: type[Record], record_id: str, **fields: object) -> list[Change]:
        """Create or edit a record: one change for each field whose value differs from the present one.

        A field in conflict is settled by being written. Writing to a deleted record brings it back only with deleted=False.
        Raises TypeError for an unknown field or a value that does not fit the column.
        """
        raise NotImplementedError

    def put_many(self, kind: type[Record], rows: Sequence[Mapping[str, object]]) -> int:
        """``put`` for many records, set-based (import); each row has "id". Returns the number of changes."""
        raise NotImplementedError

    def delete(self, kind: type[Record], record_id: str) -> list[Change]:
        """Mark as deleted, replacing every current change of the record that is known here."""
        raise NotImplementedError

    def settle(self, conflict: Conflict, value: object) -> Change:
        """Decide a conflict: writes ``value`` replacing all its changes."""
        raise NotImplementedError

    def unsettle(self, change_id: str) -> Conflict:
        """Undo a settlement: brings back every value it replaced, in conflict again, and nothing lost."""
        raise NotImplementedError

    def apply(self, changes: Sequence[Change]) -> int:
        """Take in changes from elsewhere (any order, any repetition); returns how many were new. Set-based."""
        raise NotImplementedError


class Store:
    """One data folder, opened. Not shared between processes (lock) ; use from one thread at a time."""

    folder: Path
    role: str
    """"headquarters" or "laptop"."""
    device: str
    """This store's device id (UUID)."""

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A reader inside one read transaction."""
        raise NotImplementedError
        yield

    @contextmanager
    def write(self, person: str) -> Iterator[Writer]:
        """A writer inside one immediate transaction; ``person`` is recorded with each change. On disk when the block ends.

        Raises EnvironmentProblem E-305 (disk full), E-306 (read-only) with nothing written.
        """
        raise NotImplementedError
        yield

    def local(self, name: str) -> str | None:
        """A value that stays in this store and is no record (resume point, draft opinion, keys)."""
        raise NotImplementedError

    def set_local(self, name: str, value: str | None) -> None:
        """Keep such a value, durable when this returns."""
        raise NotImplementedError

    def backup(self, reason: str) -> Path:
        """A checked, encrypted copy in ``folder/backups``; returns its path."""
        raise NotImplementedError

    def check(self) -> None:
        """Integrity of file and change log. Raises DamagedData E-303."""
        raise NotImplementedError

    def close(self) -> None:
        """Release file and lock. May be called twice."""
        raise NotImplementedError


def create_store(folder: Path, passphrase: str, role: str, *, clock: Callable[[], datetime] | None = None, device: str | None = None, code: str | None = None) -> Store:
    """Make a data folder and open it. Raises NotNow E-301 when there is one already, AnswerRefused E-202 (empty passphrase)."""
    raise NotImplementedError


def open_store(folder: Path, passphrase: str, *, clock: Callable[[], datetime] | None = None) -> Store:
    """Lock, check, back up, migrate, open.

    Raises NotNow E-302 (no store here), E-307 (opened elsewhere); AnswerRefused E-203 (wrong passphrase);
    DamagedData E-303 (damaged), E-304 (made by a newer program).
    """
    raise NotImplementedError


def restore_store(folder: Path, backup: Path, passphrase: str) -> None:
    """Put a backup in the place of the store, after keeping the present one as a backup. Raises as ``open_store``."""
    raise NotImplementedError
