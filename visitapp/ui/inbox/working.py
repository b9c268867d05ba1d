"""What the inbox does on the worker: look, forecast, take in one after another, write receipts."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.ui.tasks import Cancelled

if TYPE_CHECKING:
    from visitapp.commands.arrivals import Intake, Tally
    from visitapp.store import records
    from visitapp.store.store import Store
    from visitapp.sync.inbox import MergeResult, Refused


@dataclass(frozen=True, slots=True)
class Batch:
    """Packages taken in at one go. ``stopped``: the person stopped it between two packages, the rest is untouched."""

    intakes: tuple[Intake, ...]
    tallies: tuple[Tally, ...]
    seconds: float
    stopped: bool
    codes: Mapping[str, str]
    """Device id -> code, as known afterwards."""

    @property
    def done(self) -> list[MergeResult]:
        """What was taken in."""
        from visitapp.sync.inbox import MergeResult

        return [one.result for one in self.intakes if isinstance(one.result, MergeResult)]

    @property
    def refused(self) -> list[Refused]:
        """What was not."""
        from visitapp.sync.inbox import Refused

        return [one.result for one in self.intakes if isinstance(one.result, Refused)]

    @property
    def changes(self) -> int:
        """New changes in all."""
        return sum(result.new_changes for result in self.done)

    @property
    def conflicts(self) -> int:
        """New conflicts in all."""
        return len({(c.table, c.record, c.field) for result in self.done for c in result.conflicts})

    @property
    def agrees(self) -> bool:
        """Whether every count of the store follows from what was taken in."""
        return all(tally.agrees for tally in self.tallies)

    @property
    def first(self) -> records.Package | None:
        """The package whose backup holds everything as it was before."""
        return next((result.package for result in self.done if result.package.backup), None)


@dataclass(frozen=True, slots=True)
class Past:
    """What was taken in before (newest first; ``backup`` is "" where the copy is gone), codes of devices by id, the
    number of open conflicts, and the data folder."""

    packages: list[records.Package]
    codes: Mapping[str, str]
    conflicts: int
    folder: Path


def load_past(store: Store) -> Past:
    """What the inbox shows besides the packages themselves."""
    from visitapp.commands.arrivals import backup_before, imported_packages
    from visitapp.commands.handin import devices

    packages = [
        package if backup_before(store, package) is not None else replace(package, backup="")
        for package in imported_packages(store)
    ]
    codes = {one.id: one.code or "" for one in devices(store)}
    with store.read() as reader:
        return Past(packages, codes, len(reader.conflicts()), store.folder)


def take_all(store: Store, paths: Sequence[Path], person: str, report: Callable[[int, int], None]) -> Batch:
    """Take these in, in this order. Each is whole or not at all; stopping is possible between two of them."""
    from visitapp.commands.arrivals import summed, take_in
    from visitapp.commands.handin import devices

    started, intakes, stopped = time.monotonic(), [], False
    for number, path in enumerate(paths):
        try:
            report(number, len(paths))
        except Cancelled:
            stopped = True
            break
        intakes.append(take_in(store, path, person))
    codes = {one.id: one.code or "" for one in devices(store)}
    return Batch(tuple(intakes), summed(intakes), time.monotonic() - started, stopped, codes)


def write_receipts(store: Store, peers: Sequence[str], folder: Path, person: str) -> list[records.Package]:
    """Return packages (receipt and news) for these devices. Raises as ``commands.handin.pack_returns``."""
    from visitapp.commands.handin import pack_returns

    return [package for peer in peers for package in pack_returns(store, folder, person, peer)]
