"""Backups that open, are thinned out, and can be gone back to."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from tests.integration.store.conftest import MakeStore
from tests.integration.store.stores import CHEAP, PASSPHRASE, Clock, all_changes, deliver, exchange
from visitapp.errors import AnswerRefused, DamagedData, NotNow
from visitapp.store import backup
from visitapp.store.engine import STORE_FILE
from visitapp.store.key import KEY_FILE
from visitapp.store.records import Company
from visitapp.store.store import Store, create_store, open_store, restore_store


def put(store: Store, record: str, name: str) -> None:
    with store.write("p") as writer:
        writer.put(Company, record, name=name)


def names(folder: Path, passphrase: str = PASSPHRASE) -> list[str | None]:
    store = open_store(folder, passphrase)
    with store.read() as reader:
        found = [company.name for company in reader.find(Company)]
    store.check()
    store.close()
    return found


def test_a_backup_is_a_folder_that_opens(store: Store) -> None:
    put(store, "c1", "A")
    copy = store.backup("before import: 受渡")
    put(store, "c2", "B")
    assert copy.parent == store.folder / "backups"
    assert copy.name.endswith("Z-before-import-")
    assert sorted(path.name for path in copy.iterdir()) == [KEY_FILE, STORE_FILE]
    assert names(copy) == ["A"]
    store.check()


def test_what_is_still_in_the_write_ahead_log_is_in_the_backup(store: Store) -> None:
    put(store, "c1", "A")
    assert (store.folder / f"{STORE_FILE}-wal").stat().st_size > 0
    assert names(store.backup("x")) == ["A"]


def test_a_reader_that_is_open_does_not_hinder_a_backup(store: Store) -> None:
    put(store, "c1", "A")
    with store.read() as reader:
        copy = store.backup("x")
        assert reader.count(Company) == 1
    assert names(copy) == ["A"]


def test_two_backups_in_one_moment(make_store: MakeStore) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    store = create_store(make_store().folder.parent / "still", PASSPHRASE, "laptop", clock=lambda: now, kdf=CHEAP)
    assert len({store.backup("x"), store.backup("x"), store.backup("x")}) == 3
    store.close()


def test_the_last_ten_and_one_of_each_of_thirty_days_are_kept(store: Store, clock: Clock) -> None:
    for _ in range(40):
        clock.jump(hours=12)
        store.backup("twice-a-day")
    kept = sorted(path.name[:8] for path in (store.folder / "backups").iterdir())
    # 40 half days from the evening of the 22nd: the newest ten, and the later one of each of the 15 days before.
    days = Counter(kept)
    assert sum(days.values()) == 10 + 15
    assert [days[day] for day in sorted(days)][:15] == [1] * 15
    clock.jump(days=20)
    newest = store.backup("later")
    left = sorted(path.name for path in (store.folder / "backups").iterdir())
    assert left[-1] == newest.name
    oldest = datetime.strptime(left[0][:8], "%Y%m%d").replace(tzinfo=UTC)
    assert clock.now - timedelta(days=31) <= oldest


def test_foreign_folders_among_the_backups_are_left_alone(store: Store, clock: Clock) -> None:
    mine = store.folder / "backups" / "私のメモ"
    mine.mkdir(parents=True)
    for _ in range(12):
        clock.jump(days=40)
        store.backup("x")
    assert mine.is_dir()
    assert len(list((store.folder / "backups").iterdir())) == 11


def test_the_first_opening_of_a_day_makes_one(store: Store, clock: Clock) -> None:
    store.close()
    for days, expected in ((0, 1), (0, 1), (1, 2), (0, 2)):
        clock.jump(days=days)
        open_store(store.folder, PASSPHRASE, clock=clock).close()
        assert len(list((store.folder / "backups").iterdir())) == expected


def test_going_back_to_a_backup(store: Store) -> None:
    put(store, "c1", "A")
    copy = store.backup("x")
    put(store, "c2", "B")
    store.close()
    restore_store(store.folder, copy, PASSPHRASE)
    assert names(store.folder) == ["A"]
    (before,) = (store.folder / "backups").glob("*-before-restore")
    assert names(before) == ["A", "B"]
    restore_store(store.folder, before, PASSPHRASE)
    assert names(store.folder) == ["A", "B"]
    again = open_store(store.folder, PASSPHRASE)
    assert again.local("restored_at")
    again.close()


def test_a_restored_store_never_uses_a_number_twice(make_store: MakeStore) -> None:
    laptop, hq = make_store("laptop", device="laptop"), make_store("hq", device="hq")
    put(laptop, "c1", "A")
    copy = laptop.backup("x")
    put(laptop, "c2", "lost here, known at headquarters")
    deliver(laptop, hq)
    laptop.close()
    restore_store(laptop.folder, copy, PASSPHRASE)
    laptop = open_store(laptop.folder, PASSPHRASE)
    put(laptop, "c3", "written after going back")
    (change,) = [c for c in all_changes(laptop) if c.record == "c3"]
    assert change.author == "laptop" and change.device != "laptop"
    exchange(laptop, hq)
    for store in (laptop, hq):
        store.check()
        with store.read() as reader:
            assert reader.count(Company) == 3
    laptop.close()


def test_a_backup_opens_with_the_passphrase_of_its_time(store: Store) -> None:
    put(store, "c1", "A")
    copy = store.backup("x")
    store.change_passphrase(PASSPHRASE, "new")
    store.close()
    with pytest.raises(AnswerRefused) as refused:
        restore_store(store.folder, copy, "new")
    assert refused.value.code == "E-203"
    assert names(store.folder, "new") == ["A"]
    restore_store(store.folder, copy, PASSPHRASE)
    assert names(store.folder) == ["A"]


def test_a_damaged_backup_changes_nothing(store: Store) -> None:
    put(store, "c1", "A")
    copy = store.backup("x")
    put(store, "c2", "B")
    store.close()
    content = bytearray((copy / STORE_FILE).read_bytes())
    content[5000] ^= 1
    (copy / STORE_FILE).write_bytes(content)
    for broken, code in ((copy, "E-303"), (store.folder / "nowhere", "E-314")):
        with pytest.raises(DamagedData) as refused:
            restore_store(store.folder, broken, PASSPHRASE)
        assert refused.value.code == code
    (copy / STORE_FILE).unlink()
    with pytest.raises(DamagedData):
        restore_store(store.folder, copy, PASSPHRASE)
    assert names(store.folder) == ["A", "B"]
    assert not list(store.folder.glob(".*"))


def test_a_damaged_store_can_be_replaced_and_is_kept(store: Store) -> None:
    put(store, "c1", "A")
    copy = store.backup("x")
    store.close()
    (store.folder / STORE_FILE).write_bytes(b"nothing left")
    restore_store(store.folder, copy, PASSPHRASE)
    assert names(store.folder) == ["A"]
    (before,) = (store.folder / "backups").glob("*-before-restore")
    assert (before / STORE_FILE).read_bytes() == b"nothing left"


def test_a_backup_restores_where_there_is_no_store(store: Store, tmp_path: Path) -> None:
    put(store, "c1", "A")
    copy = store.backup("x")
    restore_store(tmp_path / "new laptop", copy, PASSPHRASE)
    assert names(tmp_path / "new laptop") == ["A"]


def test_an_open_store_is_not_replaced(store: Store) -> None:
    copy = store.backup("x")
    with pytest.raises(NotNow) as refused:
        restore_store(store.folder, copy, PASSPHRASE)
    assert refused.value.code == "E-307"


class CutOffError(Exception):
    """The process ends here."""


def test_a_restore_cut_off_at_any_step_is_finished_when_the_store_is_opened(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Cut before the first step after its point of no return, before the second, and so on until nothing cuts it."""
    put(store, "c1", "A")
    copy = store.backup("x")
    put(store, "c2", "B")
    store.change_passphrase(PASSPHRASE, "new")
    store.close()
    (store.folder / f"{STORE_FILE}-wal").write_bytes(b"of the store that goes")
    for steps in count():
        folder = Path(shutil.copytree(store.folder, tmp_path / f"cut after {steps}"))
        finished = not _cut_off(monkeypatch, folder, copy, steps)
        assert (folder / backup.RESTORING).exists() != finished
        assert names(folder) == ["A"]
        assert not (folder / backup.RESTORING).exists()
        if finished:
            break
    assert steps >= 6, "three files beside the old store go, two come, a folder goes"


def _cut_off(monkeypatch: pytest.MonkeyPatch, folder: Path, copy: Path, steps: int) -> bool:
    """Restore, but raise at the step after ``steps`` of them; whether it came to that."""
    left = [steps]

    def cut(original: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object, **named: object) -> object:
            if (folder / backup.RESTORING).is_dir():
                if left[0] == 0:
                    raise CutOffError
                left[0] -= 1
            return original(*arguments, **named)

        return counted

    with monkeypatch.context() as patched:
        for owner, name in ((Path, "unlink"), (Path, "replace"), (Path, "rmdir"), (shutil, "rmtree")):
            patched.setattr(owner, name, cut(getattr(owner, name)))
        try:
            restore_store(folder, copy, PASSPHRASE)
        except CutOffError:
            return True
    return False
