"""What tests of the store share: a clock that is set by hand, cheap keys, and hand-over without packages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from visitapp.store.store import Change, KdfCost, Store

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "合い言葉 1234"


class Clock:
    """Moves a second forward each time it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def jump(self, **distance: float) -> None:
        self.now += timedelta(**distance)


def all_changes(store: Store) -> list[Change]:
    with store.read() as reader:
        return list(reader.changes_after({}))


def deliver(source: Store, target: Store) -> int:
    """Everything ``target`` does not have; returns how many changes were new."""
    with target.read() as reader:
        known = reader.known()
    with source.read() as reader:
        changes = list(reader.changes_after(known))
    with target.write("受渡") as writer:
        return writer.apply(changes)


def exchange(*stores: Store) -> None:
    """Until everyone has everything."""
    for source in stores:
        for target in stores:
            if source is not target:
                deliver(source, target)
    for source in stores:
        for target in stores:
            if source is not target:
                deliver(source, target)
