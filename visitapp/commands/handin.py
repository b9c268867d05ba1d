"""受渡: enrolling laptops, packing, taking packages in, and who holds what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from visitapp.errors import EnvironmentProblem, NotNow
from visitapp.fieldwork.targets import Delivery, TargetLine, list_targets
from visitapp.files import read_at_most, write_whole
from visitapp.store import records
from visitapp.store.store import Store
from visitapp.sync import enrolment, handin, inbox, keys


@dataclass(frozen=True, slots=True)
class Invitation:
    """An enrolment file, and the code to be told apart from it."""

    path: Path
    device_code: str
    code: str


@dataclass(frozen=True, slots=True)
class HandInState:
    """What this laptop has to hand in: the number of unreceipted changes; the packages it wrote, newest first."""

    enrolled: bool
    unreceipted: int
    packages: tuple[records.Package, ...]


def invite_device(store: Store, device_code: str, folder: Path, person: str) -> Invitation:
    """Headquarters: write the enrolment file for a new laptop into ``folder``.

    Raises NotNow E-420 (not headquarters), EnvironmentProblem E-590, E-591.
    """
    made = enrolment.invite(store, device_code, person)
    path = folder / f"{device_code}.visitenr"
    write_whole(path, made.data)
    return Invitation(path, device_code, made.code)


def enrol_device(store: Store, path: Path, code: str, person: str) -> str:
    """Laptop: enrol with headquarters' file and its code; returns this laptop's code.

    Raises EnvironmentProblem E-514 (unreadable), and as ``sync.enrolment.accept``.
    """
    try:
        data = read_at_most(path, enrolment.SIZE_LIMIT)
    except OSError as failed:
        raise EnvironmentProblem("E-514", path=path) from failed
    return enrolment.accept(store, data, code, person)


def devices(store: Store) -> list[records.Device]:
    """Every device of the office."""
    with store.read() as reader:
        return sorted(reader.find(records.Device), key=lambda device: device.code or "")


def pack_changes(store: Store, folder: Path, person: str) -> records.Package:
    """Laptop: write all that headquarters has not receipted as one package. Raises NotNow E-425, E-426."""
    return handin.pack(store, folder, person)


def pack_returns(store: Store, folder: Path, person: str, device: str | None = None) -> list[records.Package]:
    """Headquarters: write a return package (receipt and news) for one laptop, or for every enrolled one.

    Raises NotNow E-428 (no such laptop), EnvironmentProblem E-590, E-591.
    """
    chosen = [one for one in devices(store) if one.id != store.device and device in (None, one.code, one.id)]
    if device is not None and not chosen:
        raise NotNow("E-428", device=device)
    known = [one for one in chosen if keys.peer(store, one.id) is not None]
    return [handin.pack_return(store, one.id, folder, person) for one in known]


def inspect_package(store: Store, path: Path) -> inbox.Inspection:
    """Check a package without writing anything. Raises as ``sync.inspect``."""
    return inbox.inspect(store, path)


def receive_packages(store: Store, paths: Sequence[Path], person: str) -> list[inbox.MergeResult | inbox.Refused]:
    """Take packages (files, or folders of files) in, in whatever order; one that waits for another is tried again."""
    files = [file for path in paths for file in (inbox.packages_in(path) if path.is_dir() else [path])]
    return inbox.import_all(store, files, person)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What one 受渡 did: packages of headquarters taken in, those refused, the one written (None: nothing to write)."""

    received: tuple[inbox.MergeResult, ...]
    refused: tuple[inbox.Refused, ...]
    written: records.Package | None


NOT_FOR_US = ("E-408", "E-411")
"""Refusals that are no news in a folder several devices share: packages for another device, and our own."""


def hand_in(store: Store, folder: Path, person: str) -> HandedIn:
    """受渡する: take in what headquarters left in ``folder``, then leave there what it has not receipted.

    Nothing is written when nothing new would be in it. Raises NotNow E-425 (not enrolled), EnvironmentProblem E-429
    (folder unreadable), E-590, E-591 (cannot write there).
    """
    done = receive_packages(store, [folder], person)
    received = tuple(one for one in done if isinstance(one, inbox.MergeResult) and one.verdict != "again")
    refused = tuple(one for one in done if isinstance(one, inbox.Refused) and one.error.code not in NOT_FOR_US)
    try:
        written = handin.pack(store, folder, person)
    except NotNow as nothing:
        if nothing.code != "E-426":
            raise
        written = None
    return HandedIn(received, refused, written)


def receipts(store: Store) -> list[records.Receipt]:
    """Every receipt given and got, newest first."""
    with store.read() as reader:
        return sorted(reader.find(records.Receipt), key=lambda receipt: receipt.issued_at or "", reverse=True)


def hand_in_state(store: Store) -> HandInState:
    """How much of this laptop's work headquarters has not confirmed."""
    with store.read() as reader:
        packages = reader.find(records.Package, direction="out")
    newest_first = sorted(packages, key=lambda package: package.number or 0, reverse=True)
    return HandInState(keys.headquarters(store) is not None, handin.unreceipted(store), tuple(newest_first))


def target_list(store: Store, survey_id: str) -> list[TargetLine]:
    """The survey's companies with their states, as this store sees them."""
    found = delivery(store)
    with store.read() as reader:
        return list_targets(reader, survey_id, found)


def delivery(store: Store) -> Delivery | None:
    """How far this laptop's changes got; None at headquarters."""
    if store.role == "headquarters":
        return None
    to = keys.headquarters(store)
    packed: dict[str, int] = {}
    with store.read() as reader:
        for package in reader.find(records.Package, direction="out"):
            for device, (_first, last) in json.loads(package.holds or "{}").items():
                packed[device] = max(packed.get(device, 0), last)
        own = [device for device in reader.known() if device.partition(".")[0] == store.device]
    receipted = {device: to.have.get(device, 0) if to else 0 for device in own}
    return Delivery(store.device, packed, receipted)
