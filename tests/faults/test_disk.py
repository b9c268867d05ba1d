"""A disk that is full, may not be written, or fails: said clearly, and nothing that was saved is lost.

As root on Linux the disk is a small file system of the test's own (tmpfs); elsewhere the database's own page limit
stands in for it. The names of the tests say which one ran.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.integration.store.stores import CHEAP, PASSPHRASE
from visitapp.errors import EnvironmentProblem
from visitapp.store.engine import STORE_FILE, connect
from visitapp.store.key import read_key
from visitapp.store.records import Answer
from visitapp.store.store import Store, create_store, open_store

SIZE = 3 * 1024 * 1024


def own_file_systems() -> bool:
    """Whether this process may mount one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    return subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0


mounted = pytest.mark.skipif(not own_file_systems(), reason="needs the right to mount a small file system")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(path: Path) -> None:
    """Take what is left of the disk."""
    with path.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def save(store: Store, number: int, size: int = 200) -> None:
    with store.write("p") as writer:
        writer.put(Answer, f"a{number}", response="r", path="V1", row="", value="あ" * size)


def save_until_refused(store: Store, size: int) -> tuple[int, EnvironmentProblem]:
    number = 0
    while True:
        try:
            save(store, number, size)
        except EnvironmentProblem as problem:
            return number, problem
        number += 1


def assert_saved(store: Store, count: int) -> None:
    store.check()
    with store.read() as reader:
        assert {answer.id for answer in reader.find(Answer)} == {f"a{number}" for number in range(count)}


@mounted
@pytest.mark.parametrize("size", [100, 1000, 20_000])
def test_disk_full_on_a_small_file_system(disk: Path, size: int) -> None:
    store = create_store(disk / "store", PASSPHRASE, "laptop", kdf=CHEAP)
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * (SIZE // 2))
    saved, problem = save_until_refused(store, size)
    assert problem.code == "E-305"
    assert saved > 0
    assert_saved(store, saved)
    with pytest.raises(EnvironmentProblem) as refused:
        store.backup("full")
    assert refused.value.code == "E-305"
    assert not [p for p in (store.folder / "backups").glob(".*") if p.is_dir()]
    ballast.unlink()
    save(store, saved, size)
    assert_saved(store, saved + 1)
    store.close()
    reopened = open_store(disk / "store", PASSPHRASE)
    assert_saved(reopened, saved + 1)
    reopened.close()


@mounted
def test_full_disk_when_the_store_is_made_or_its_passphrase_changed(disk: Path) -> None:
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * (SIZE - 64 * 1024))
    with pytest.raises(EnvironmentProblem) as refused:
        create_store(disk / "store", PASSPHRASE, "laptop", kdf=CHEAP)
    assert refused.value.code == "E-305"
    ballast.unlink()
    store = create_store(disk / "store", PASSPHRASE, "laptop", kdf=CHEAP)
    fill(ballast)
    with pytest.raises(EnvironmentProblem) as refused:
        store.change_passphrase(PASSPHRASE, "new")
    assert refused.value.code == "E-590"
    ballast.unlink()
    store.close()
    open_store(disk / "store", PASSPHRASE).close()


@mounted
def test_a_folder_that_became_read_only(disk: Path) -> None:
    store = create_store(disk / "store", PASSPHRASE, "laptop", kdf=CHEAP)
    save(store, 0)
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(EnvironmentProblem) as refused:
        open_store(disk / "store", PASSPHRASE)
    assert refused.value.code == "E-306"
    with pytest.raises(EnvironmentProblem) as refused:
        create_store(disk / "another", PASSPHRASE, "laptop", kdf=CHEAP)
    assert refused.value.code == "E-306"
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    reopened = open_store(disk / "store", PASSPHRASE)
    assert_saved(reopened, 1)
    reopened.close()


def test_disk_full_by_the_page_limit_of_the_database(tmp_path: Path) -> None:
    store = create_store(tmp_path / "store", PASSPHRASE, "laptop", kdf=CHEAP)

    @event.listens_for(store._engine, "checkout")
    def limit(connection: object, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 150")  # type: ignore[attr-defined]  # a driver connection

    saved, problem = save_until_refused(store, 1000)
    assert problem.code == "E-305" and saved > 0
    assert_saved(store, saved)
    event.remove(store._engine, "checkout", limit)
    store.close()
    reopened = open_store(tmp_path / "store", PASSPHRASE)
    save(reopened, saved)
    assert_saved(reopened, saved + 1)
    reopened.close()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights do not bind the administrator")
def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    create_store(tmp_path / "store", PASSPHRASE, "laptop", kdf=CHEAP).close()
    (tmp_path / "store").chmod(0o500)
    try:
        with pytest.raises(EnvironmentProblem) as refused:
            open_store(tmp_path / "store", PASSPHRASE)
        assert refused.value.code == "E-306"
    finally:
        (tmp_path / "store").chmod(0o700)
    open_store(tmp_path / "store", PASSPHRASE).close()


def test_a_store_that_someone_else_is_writing(tmp_path: Path) -> None:
    """A tool outside the program holds the database: the write is refused, and works when the tool is gone."""
    store = create_store(tmp_path / "store", PASSPHRASE, "laptop", kdf=CHEAP)
    other = connect(store.folder / STORE_FILE, read_key(store.folder, PASSPHRASE))
    other.execute("BEGIN IMMEDIATE")

    @event.listens_for(store._engine, "checkout")
    def impatient(connection: object, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout = 10")  # type: ignore[attr-defined]  # a driver connection

    with pytest.raises(EnvironmentProblem) as refused:
        save(store, 0)
    assert refused.value.code == "E-309"
    other.execute("COMMIT")
    other.close()
    save(store, 0)
    assert_saved(store, 1)
    store.close()
