"""An opened store: reading records, and one way of writing them. Start reading here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout
from sqlalchemy import Engine, insert, select

from visitapp.errors import AnswerRefused, EnvironmentProblem, NotNow
from visitapp.store import backup, check, clock
from visitapp.store.changes import Change, Conflict
from visitapp.store.engine import APPLICATION_ID, STORE_FILE, connect, make_engine, storage_errors
from visitapp.store.key import KEY_FILE, KdfCost, key_cost, new_key, read_key, write_key
from visitapp.store.migration import migrate, needs_migration
from visitapp.store.reading import Reader
from visitapp.store.tables import META
from visitapp.store.values import storable
from visitapp.store.writing import Author, Writer

__all__ = [
    "Change", "Conflict", "KdfCost", "Reader", "Store", "Writer", "create_store", "open_store", "restore_store",
]  # fmt: skip

Clock = Callable[[], datetime]
ROLES = ("headquarters", "laptop")
_LOCK_FILE = "lock"


class Store:
    """One data folder, opened. Not shared between processes (lock); use from one thread at a time."""

    folder: Path
    role: str
    """"headquarters" or "laptop"."""
    device: str
    """This store's device id (UUID)."""
    code: str
    """What people call the device ("laptop-04", "本部"); empty when none was given."""

    def __init__(self, folder: Path, engine: Engine, key: bytes, lock: FileLock, clock: Clock) -> None:
        self.folder = folder
        self._engine = engine
        self._key = key
        self._lock = lock
        self._clock = clock
        self._writing = False
        with storage_errors(folder), engine.connect() as connection, connection.begin():
            meta = {row.name: row.value for row in connection.execute(select(META))}
        self.role, self.device, self.code = meta["role"], meta["device"], meta["code"]

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A reader inside one read transaction."""
        with storage_errors(self.folder), self._engine.connect() as connection, connection.begin():
            yield Reader(connection, self.device)

    @contextmanager
    def write(self, person: str) -> Iterator[Writer]:
        """A writer inside one immediate transaction, on disk when the block ends; ``person`` stands in each change.

        Raises EnvironmentProblem E-305 (disk full), E-306 (read-only), E-308 (disk failing) with nothing written,
        AnswerRefused E-204 (a person no file can hold), RuntimeError inside another write block.
        """
        if not storable(person):
            raise AnswerRefused("E-204", field="person")
        if self._writing:
            raise RuntimeError("a write block is open already")
        self._writing = True
        try:
            with (
                storage_errors(self.folder),
                self._engine.connect().execution_options(writes=True) as connection,
                connection.begin(),
            ):
                yield Writer(connection, Author(self.device, person, self._clock))
        finally:
            self._writing = False

    def local(self, name: str) -> str | None:
        """A value that stays in this store and is no record (resume point, draft opinion, keys)."""
        with self.read() as reader:
            return reader.local(name)

    def set_local(self, name: str, value: str | None) -> None:
        """Keep such a value (None forgets it), durable when this returns. Inside a write block use the writer's."""
        with self.write("") as writer:
            writer.set_local(name, value)

    def backup(self, reason: str) -> Path:
        """A checked, encrypted copy in ``folder/backups``; returns its path (a folder with the store and its key file).

        ``reason`` becomes part of the name. What was committed when it starts is in it. Older copies are thinned out.
        Raises EnvironmentProblem E-305 (disk full), E-306 (read-only); nothing is left behind then.
        """
        with storage_errors(self.folder):
            return backup.make(self.folder, self._key, reason, self._clock())

    def check(self) -> None:
        """Integrity of file and change log. Raises DamagedData E-303."""
        with storage_errors(self.folder), self._engine.connect() as connection, connection.begin():
            check.check_all(connection, self.folder / STORE_FILE)

    def accepts(self, passphrase: str) -> bool:
        """Whether this is the passphrase (for a locked window). Takes as long as opening."""
        try:
            return read_key(self.folder, passphrase) == self._key
        except AnswerRefused:
            return False

    def change_passphrase(self, old: str, new: str) -> None:
        """Let ``new`` open this store from now on. Backups made before keep the passphrase they were made with.

        Raises AnswerRefused E-203 (``old`` is wrong), E-220 (``new`` is empty).
        """
        read_key(self.folder, old)
        write_key(self.folder, self._key, new, key_cost(self.folder))

    def close(self) -> None:
        """Release file and lock. May be called twice."""
        self._engine.dispose()
        self._lock.release()


def create_store(
    folder: Path,
    passphrase: str,
    role: str,
    *,
    clock: Clock = clock.wall_clock,
    device: str | None = None,
    code: str | None = None,
    kdf: KdfCost | None = None,
) -> Store:
    """Make a data folder and open it. ``kdf`` is the cost of guessing the passphrase, kept in the key file.

    Raises NotNow E-301 when there is a store already, E-307 (another process is there), AnswerRefused E-220 (empty
    passphrase), EnvironmentProblem E-306 (cannot write there). What failed leaves no store behind.
    """
    if role not in ROLES:
        raise ValueError(role)
    if not passphrase.strip():
        raise AnswerRefused("E-220")
    lock = _lock(folder, create=True)
    path = folder / STORE_FILE
    try:
        if path.exists() or (folder / KEY_FILE).exists():
            raise NotNow("E-301", folder=folder)
        try:
            key = new_key()
            _build(folder, key, {"role": role, "device": device or str(uuid4()), "code": code or ""})
            write_key(folder, key, passphrase, kdf or KdfCost())
        except BaseException:
            for made in (path, folder / KEY_FILE):
                made.unlink(missing_ok=True)
            raise
        return Store(folder, make_engine(path, key), key, lock, clock)
    except BaseException:
        lock.release()
        raise


def open_store(folder: Path, passphrase: str, *, clock: Clock = clock.wall_clock) -> Store:
    """Lock, check, back up, migrate, open. The first opening of a day keeps a backup too.

    Raises NotNow E-302 (no store here), E-307 (opened elsewhere); AnswerRefused E-203 (wrong passphrase);
    DamagedData E-303 (damaged), E-304 (made by a newer program); EnvironmentProblem E-305, E-306, E-308.
    """
    if not folder.is_dir():
        raise NotNow("E-302", folder=folder)
    lock = _lock(folder, create=False)
    try:
        backup.finish_restore(folder)
        if not (folder / STORE_FILE).is_file():
            raise NotNow("E-302", folder=folder)
        return _opened(folder, read_key(folder, passphrase), lock, clock)
    except BaseException:
        lock.release()
        raise


def restore_store(folder: Path, copy: Path, passphrase: str, *, clock: Clock = clock.wall_clock) -> None:
    """Put the backup ``copy`` in the place of the store, after keeping the present one as a backup.

    ``passphrase`` is the one the backup was made with, and the store's from now on. The restored store counts its
    changes under a new name (``Change.device``) and says so in ``local("restored_at")``. Raises as ``open_store``;
    then nothing has changed.
    """
    lock = _lock(folder, create=True)
    try:
        backup.finish_restore(folder)
        key = read_key(copy, passphrase)
        with storage_errors(copy):
            backup.restore(folder, copy, key, clock())
    finally:
        lock.release()


def _lock(folder: Path, *, create: bool) -> FileLock:
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK_FILE, timeout=0)
        lock.acquire()
    except Timeout:
        raise NotNow("E-307", folder=folder) from None
    except OSError as error:
        raise EnvironmentProblem("E-306", folder=folder) from error
    return lock


def _build(folder: Path, key: bytes, meta: dict[str, str]) -> None:
    """A new file with all tables, made by the migrations."""
    path = folder / STORE_FILE
    with storage_errors(folder):
        plain = connect(path, key, create=True)
        plain.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        plain.execute("PRAGMA journal_mode = WAL")
        plain.close()
        engine = make_engine(path, key)
        try:
            migrate(engine)
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                rows = {**meta, "origin": meta["device"]}
                connection.execute(insert(META), [{"name": name, "value": value} for name, value in rows.items()])
        finally:
            engine.dispose()


def _opened(folder: Path, key: bytes, lock: FileLock, clock: Clock) -> Store:
    engine = make_engine(folder / STORE_FILE, key)
    try:
        with storage_errors(folder):
            with engine.connect() as connection, connection.begin():
                check.check_file(connection, folder / STORE_FILE)
                outdated = needs_migration(connection, folder)
            if outdated:
                backup.make(folder, key, "migration", clock())
                migrate(engine)
            else:
                backup.make_daily(folder, key, clock())
        return Store(folder, engine, key, lock, clock)
    except BaseException:
        engine.dispose()
        raise
