"""Files that are not what they were: said clearly, never opened half, and a backup brings everything back."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.store.stores import CHEAP, PASSPHRASE
from visitapp.errors import AnswerRefused, DamagedData
from visitapp.store.engine import STORE_FILE, connect
from visitapp.store.key import KEY_FILE, read_key
from visitapp.store.records import Company
from visitapp.store.store import create_store, open_store, restore_store

COMPANIES = 300


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store, and a backup of it beside it."""
    folder = tmp_path_factory.mktemp("sound") / "store"
    store = create_store(folder, PASSPHRASE, "headquarters", kdf=CHEAP)
    with store.write("p") as writer:
        writer.put_many(Company, [{"id": f"c{n}", "name": f"会社{n}", "employees": n} for n in range(COMPANIES)])
    store.backup("good")
    store.close()
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "store"))


def assert_refused_and_restorable(folder: Path, code: str = "E-303") -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(DamagedData) as refused:
        open_store(folder, PASSPHRASE)
    assert refused.value.code == code
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {name: before.get(name) for name in (STORE_FILE, KEY_FILE)} == {
        name: after.get(name) for name in (STORE_FILE, KEY_FILE)
    }
    (backup,) = folder.glob("backups/*-good")
    restore_store(folder, backup, PASSPHRASE)
    assert_whole(folder)


def assert_whole(folder: Path) -> None:
    store = open_store(folder, PASSPHRASE)
    store.check()
    with store.read() as reader:
        assert [c.employees for c in sorted(reader.find(Company), key=lambda c: c.employees or 0)] == list(
            range(COMPANIES)
        )
    store.close()


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_bit_anywhere_in_the_store(folder: Path, seed: int) -> None:
    path = folder / STORE_FILE
    content = bytearray(path.read_bytes())
    place = random.Random(seed).randrange(len(content))
    content[place] ^= 1 << (seed % 8)
    path.write_bytes(content)
    assert_refused_and_restorable(folder)


@pytest.mark.parametrize("seed", range(6))
def test_a_flipped_bit_in_the_key_file(folder: Path, seed: int) -> None:
    path = folder / KEY_FILE
    content = bytearray(path.read_bytes())
    places = [place for place, byte in enumerate(content) if chr(byte).isalnum()]
    content[random.Random(seed).choice(places)] ^= 1
    path.write_bytes(content)
    assert_refused_and_restorable(folder)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "store cut in half": lambda folder: _cut(folder / STORE_FILE, 0.5),
    "last page missing": lambda folder: _cut(folder / STORE_FILE, 1, -4096),
    "a part of a page missing": lambda folder: _cut(folder / STORE_FILE, 1, -100),
    "store empty": lambda folder: (folder / STORE_FILE).write_bytes(b""),
    "store is something else": lambda folder: (folder / STORE_FILE).write_bytes(b"PK\3\4" * 5000),
    "key file missing": lambda folder: (folder / KEY_FILE).unlink(),
    "key file empty": lambda folder: (folder / KEY_FILE).write_bytes(b""),
    "key file is something else": lambda folder: (folder / KEY_FILE).write_text("[1, 2]"),
    "key file not text": lambda folder: (folder / KEY_FILE).write_bytes(b"\xff\xfe\0"),
}


def _cut(path: Path, share: float, more: int = 0) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share) + more])


@pytest.mark.parametrize("damage", DAMAGES)
def test_files_cut_emptied_or_replaced(folder: Path, damage: str) -> None:
    DAMAGES[damage](folder)
    assert_refused_and_restorable(folder, "E-314" if damage == "key file missing" else "E-303")


def test_the_key_file_of_another_store(folder: Path, tmp_path: Path) -> None:
    create_store(tmp_path / "other", PASSPHRASE, "laptop", kdf=CHEAP).close()
    shutil.copyfile(tmp_path / "other" / KEY_FILE, folder / KEY_FILE)
    assert_refused_and_restorable(folder)


def test_a_database_of_another_program(folder: Path) -> None:
    key = read_key(folder, PASSPHRASE)
    (folder / STORE_FILE).unlink()
    foreign = connect(folder / STORE_FILE, key, create=True)
    foreign.execute("CREATE TABLE company (id TEXT)")
    foreign.close()
    assert_refused_and_restorable(folder)


def test_a_wrong_passphrase_is_no_damage(folder: Path) -> None:
    with pytest.raises(AnswerRefused) as refused:
        open_store(folder, "wrong")
    assert refused.value.code == "E-203"
    assert_whole(folder)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE company SET name = 'else' WHERE id = 'c7'",
        "DELETE FROM company WHERE id = 'c7'",
        "INSERT INTO company (id, deleted) VALUES ('unlogged', 0)",
        "DELETE FROM change WHERE record = 'c7' AND field = 'name'",
        "UPDATE change SET standing = 0 WHERE record = 'c7'",
        "INSERT INTO conflict VALUES ('company', 'c7', 'name')",
        "INSERT INTO replacement SELECT number, number + 1 FROM change WHERE record = 'c7' AND field = 'name'",
    ],
)
def test_the_check_finds_tables_that_do_not_follow_from_the_change_log(folder: Path, tampering: str) -> None:
    connection = connect(folder / STORE_FILE, read_key(folder, PASSPHRASE))
    assert connection.execute(tampering).rowcount >= 1
    connection.close()
    store = open_store(folder, PASSPHRASE)
    with pytest.raises(DamagedData) as found:
        store.check()
    assert found.value.code == "E-303"
    store.close()
