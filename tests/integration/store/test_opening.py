"""Making, opening, locking and closing a data folder."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.integration.store.conftest import MakeStore
from tests.integration.store.stores import CHEAP, PASSPHRASE
from visitapp.errors import AnswerRefused, DamagedData, EnvironmentProblem, NotNow
from visitapp.store.key import KEY_FILE, KdfCost, key_cost, read_key, write_key
from visitapp.store.records import Company
from visitapp.store.store import Store, create_store, open_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed store with one company."""
    folder = tmp_path / "品川区 100%" / "データ"
    store = create_store(folder, PASSPHRASE, "headquarters", device="hq", code="本部", kdf=CHEAP)
    with store.write("p") as writer:
        writer.put(Company, "c1", name="極秘製作所")
    store.close()
    return folder


def code_of(error: pytest.ExceptionInfo[AnswerRefused | NotNow | DamagedData | EnvironmentProblem]) -> str:
    return error.value.code


def test_what_was_written_is_there_after_opening(folder: Path) -> None:
    store = open_store(folder, PASSPHRASE)
    with store.read() as reader:
        assert reader.count(Company, name="極秘製作所") == 1
    assert (store.role, store.device, store.code) == ("headquarters", "hq", "本部")
    store.check()
    store.close()
    store.close()


def test_the_key_costs_what_the_design_says_by_default(tmp_path: Path) -> None:
    store = create_store(tmp_path / "s", PASSPHRASE, "laptop")
    assert key_cost(store.folder) == KdfCost(memory_kib=65536, passes=3, lanes=4)
    store.close()


def test_nothing_readable_lies_on_the_disk(folder: Path) -> None:
    store = open_store(folder, PASSPHRASE)
    with store.write("staff-04") as writer:
        writer.put_many(Company, [{"id": f"c{n}", "name": f"極秘製作所{n}"} for n in range(500)])
    store.backup("test")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 4
    for path in files:
        content = path.read_bytes()
        for secret in ("極秘", "staff-04", "company", "SQLite format", PASSPHRASE):
            assert secret.encode() not in content, path
        assert read_key(folder, PASSPHRASE) not in content
    store.close()


def test_wrong_passphrase(folder: Path) -> None:
    for wrong in ("", "合い言葉 1235", PASSPHRASE.lower() + " "):
        with pytest.raises(AnswerRefused) as refused:
            open_store(folder, wrong)
        assert code_of(refused) == "E-203"
    open_store(folder, PASSPHRASE).close()


def test_the_passphrase_reads_the_same_in_full_width(folder: Path) -> None:
    open_store(folder, "合い言葉　１２３４").close()


@pytest.mark.parametrize("empty", ["", "  ", "　"])
def test_an_empty_passphrase_makes_nothing(tmp_path: Path, empty: str) -> None:
    with pytest.raises(AnswerRefused) as refused:
        create_store(tmp_path / "s", empty, "laptop")
    assert code_of(refused) == "E-220"
    assert not (tmp_path / "s").exists()


def test_a_new_passphrase(folder: Path) -> None:
    store = open_store(folder, PASSPHRASE)
    assert store.accepts(PASSPHRASE) and not store.accepts("x")
    with pytest.raises(AnswerRefused):
        store.change_passphrase("wrong", "new")
    with pytest.raises(AnswerRefused) as refused:
        store.change_passphrase(PASSPHRASE, " ")
    assert code_of(refused) == "E-220"
    salt = json.loads((folder / KEY_FILE).read_text())["salt"]
    store.change_passphrase(PASSPHRASE, "あたらしい")
    assert json.loads((folder / KEY_FILE).read_text())["salt"] != salt
    store.close()
    with pytest.raises(AnswerRefused):
        open_store(folder, PASSPHRASE)
    open_store(folder, "あたらしい").close()


def test_a_second_store_in_the_same_place_is_refused(folder: Path) -> None:
    before = (folder / KEY_FILE).read_bytes()
    with pytest.raises(NotNow) as refused:
        create_store(folder, "other", "laptop", kdf=CHEAP)
    assert code_of(refused) == "E-301"
    assert (folder / KEY_FILE).read_bytes() == before
    open_store(folder, PASSPHRASE).close()


def test_no_store_there(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NotNow) as refused:
            open_store(place, PASSPHRASE)
        assert code_of(refused) == "E-302"
    assert not (tmp_path / "nowhere").exists()


def test_an_open_store_is_locked(folder: Path) -> None:
    store = open_store(folder, PASSPHRASE)
    with pytest.raises(NotNow) as refused:
        open_store(folder, PASSPHRASE)
    assert code_of(refused) == "E-307"
    store.close()
    open_store(folder, PASSPHRASE).close()


def test_another_process_holds_the_lock_until_it_dies(folder: Path) -> None:
    hold = "import sys; from visitapp.store.store import open_store; from pathlib import Path\n"
    hold += "store = open_store(Path(sys.argv[1]), sys.argv[2]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(folder), PASSPHRASE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "open\n"
        with pytest.raises(NotNow) as refused:
            open_store(folder, PASSPHRASE)
        assert code_of(refused) == "E-307"
        other.kill()
    open_store(folder, PASSPHRASE).close()


def test_an_unknown_role_is_a_programming_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        create_store(tmp_path / "s", PASSPHRASE, "boss")
    assert not (tmp_path / "s").exists()


def test_making_a_store_that_fails_half_way_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise EnvironmentProblem("E-590", path=tmp_path)

    with monkeypatch.context() as patched:
        patched.setattr("visitapp.store.store.write_key", full)
        with pytest.raises(EnvironmentProblem):
            create_store(tmp_path / "s", PASSPHRASE, "laptop", kdf=CHEAP)
    create_store(tmp_path / "s", PASSPHRASE, "laptop", kdf=CHEAP).close()


def test_a_key_file_that_asks_too_much_is_not_obeyed(folder: Path) -> None:
    key = read_key(folder, PASSPHRASE)
    content = json.loads((folder / KEY_FILE).read_text())
    for name, value in (("memory_kib", 2**30), ("passes", 10**6), ("lanes", 0), ("memory_kib", "x"), ("salt", "§")):
        body = {n: v for n, v in content.items() if n != "sha256"} | {name: value}
        forged = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
        (folder / KEY_FILE).write_text(json.dumps(body | {"sha256": hashlib.sha256(forged).hexdigest()}))
        with pytest.raises(DamagedData) as refused:
            open_store(folder, PASSPHRASE)
        assert code_of(refused) == "E-303"
    write_key(folder, key, PASSPHRASE, CHEAP)
    open_store(folder, PASSPHRASE).close()


def test_errors_of_the_database_do_not_carry_answers(make_store: MakeStore) -> None:
    store: Store = make_store()
    with store.read() as reader, pytest.raises(DBAPIError) as failed:
        reader._connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "極秘製作所"})
    assert "極秘" not in str(failed.value)


def test_the_file_is_opened_as_promised(store: Store) -> None:
    """A commit is on disk; temporary data stay in memory; references are kept; pages are encrypted and signed."""
    promised = {"synchronous": 2, "journal_mode": "wal", "temp_store": 2, "foreign_keys": 1, "cipher_use_hmac": "1"}
    with store.read() as reader:
        settings = {name: reader._connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in promised}
    assert settings == promised
