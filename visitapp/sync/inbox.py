"""受ける側: everything is checked before the first write; then one transaction, or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from visitapp.errors import DamagedData, EnvironmentProblem, NotNow, VisitappError
from visitapp.store.parcels import Package, Receipt
from visitapp.store.records import TRAVELLING
from visitapp.store.store import Change, Conflict, Reader, Store, Writer
from visitapp.sync.enrolment import admit, keep_admitted
from visitapp.sync.handin import SUFFIX
from visitapp.sync.keys import Peer, headquarters, keep_peer, own_keys, peer
from visitapp.sync.lines import from_lines
from visitapp.sync.package import Header, Sealed, open_body, take_apart, verify

SIZE_LIMIT = 1 << 29
"""A package file above 512 MiB is refused unread."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A package that passed every check. ``verdict``: "ready", "again" (imported before), "waiting" (for another).

    ``new`` counts the changes that are not here yet.
    """

    path: Path
    header: Header
    sha256: str
    verdict: str
    changes: tuple[Change, ...]
    new: int
    sender: Peer


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What an import did. ``before`` and ``after``: undeleted records by table. ``conflicts`` are the new ones.

    ``merged``: records that were changed here and there without conflict. ``verdict`` "imported" or "again".
    """

    package: Package
    verdict: str
    new_changes: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    conflicts: tuple[Conflict, ...]


def packages_in(folder: Path) -> list[Path]:
    """The package files of a folder (a stick, a shared folder), by name. Raises EnvironmentProblem E-429."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))
    except OSError as failed:
        raise EnvironmentProblem("E-429", folder=str(folder), reason=failed.strerror or str(failed)) from failed


def inspect(store: Store, path: Path) -> Inspection:
    """Check a package without writing anything.

    Raises DamagedData E-401/2/4/5/6/7 (see package.py, lines.py), E-408 (for another store), E-409 (sender unknown),
    E-410 (sender revoked), E-411 (wrong direction); NotNow E-403; EnvironmentProblem E-429 (unreadable).
    """
    package = take_apart(_read(path))
    header = package.header
    sender = _sender(store, package)
    lines = open_body(package, own_keys(store).sealing)
    changes = tuple(from_lines(lines, header.after))
    if header.kind == "hand_in" and any(change.device != header.sender for change in changes):
        raise DamagedData("E-407", line=1)
    with store.read() as reader:
        known = reader.known()
        imported = {done.id for done in reader.packages() if done.direction == "in"}
    new = sum(change.counter > known.get(change.device, 0) for change in changes)
    waiting = any(counter > known.get(device, 0) for device, counter in header.after.items())
    verdict = "again" if header.id in imported else "waiting" if waiting else "ready"
    return Inspection(path, header, package.sha256, verdict, changes, new, sender)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise DamagedData("E-406", size=path.stat().st_size)
        return path.read_bytes()
    except OSError as failed:
        raise EnvironmentProblem("E-429", folder=str(path), reason=failed.strerror or str(failed)) from failed


def _sender(store: Store, package: Sealed) -> Peer:
    header = package.header
    if header.recipient != store.device:
        raise DamagedData("E-408", sender=header.sender_code)
    expected = "hand_in" if store.role == "headquarters" else "return"
    if header.kind != expected:
        raise DamagedData("E-411", sender=header.sender_code)
    known = peer(store, header.sender) or admit(store, header.sender, header.certificate)
    if known is None:
        raise DamagedData("E-409", sender=header.sender_code)
    if known.revoked:
        raise DamagedData("E-410", sender=known.code)
    verify(package, known.verifier())
    if store.role == "laptop" and known != headquarters(store):
        raise DamagedData("E-409", sender=header.sender_code)
    return known


def import_package(store: Store, path: Path, person: str) -> MergeResult:
    """Take a package in: checks, backup, one transaction, counts compared.

    Raises what ``inspect`` raises; NotNow E-412 (an earlier package lacks); DamagedData E-413 (the counts do not agree,
    or a change is known here with another content: all rolled back).
    """
    found = inspect(store, path)
    if found.verdict == "waiting":
        raise NotNow("E-412", sender=found.sender.code, number=found.header.number - 1)
    backup = store.backup("import") if found.new else None
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    package = Package(
        id=found.header.id, direction="in", kind=found.header.kind, peer=found.sender.device,
        peer_code=found.sender.code, number=found.header.number, sha256=found.sha256,
        created_at=found.header.created_at, handled_at=now, upto=found.header.have.get(found.header.sender, 0),
        counts=json.dumps(dict(found.header.counts)), status="imported", path=str(path), person=person,
        backup=str(backup or ""),
    )  # fmt: skip
    verdict = "again" if found.verdict == "again" else "imported"
    with store.write(person) as writer:
        before, conflicts = _totals(writer), set(map(_key, writer.conflicts()))
        _take_in(writer, found)
        writer.keep_package(package)
        writer.keep_receipt(_receipt(package, verdict))
        _mark_receipted(writer, store.device, found.header)
        after = _totals(writer)
        new_conflicts = tuple(c for c in writer.conflicts() if _key(c) not in conflicts)
    keep_admitted_sender(store, found)
    return MergeResult(package, verdict, found.new, before, after, new_conflicts)


def _receipt(package: Package, verdict: str) -> Receipt:
    return Receipt(
        package=package.id, peer=package.peer, number=package.number, sha256=package.sha256,
        verdict=verdict, received_at=package.handled_at,
    )  # fmt: skip


def _take_in(writer: Writer, found: Inspection) -> None:
    known = writer.known()
    for change in found.changes:
        # A store restored from a backup and used on would give the same number to another change.
        if change.counter <= known.get(change.device, 0) and not writer.holds(change):
            raise DamagedData("E-413", sender=found.sender.code)
    applied = writer.apply(found.changes)
    reached = writer.known()
    if applied != found.new or any(reached.get(c.device, 0) < c.counter for c in found.changes):
        raise DamagedData("E-413", sender=found.sender.code)


def keep_admitted_sender(store: Store, found: Inspection) -> None:
    """After the merge: trust a new laptop, and remember what the sender says it holds."""
    if store.role == "headquarters" and found.header.certificate:
        keep_admitted(store, found.sender, found.header.certificate)
    keep_peer(store, replace(found.sender, have=dict(found.header.have)))


def _mark_receipted(writer: Writer, own: str, header: Header) -> None:
    """The sender holds our changes up to a counter: what we packed up to there has arrived, by whatever way."""
    upto = header.have.get(own, 0)
    for package in writer.packages():
        if package.direction == "out" and package.peer == header.sender:
            status = "receipted" if package.upto <= upto else "handed"
            if status != package.status:
                writer.keep_package(replace(package, status=status))


def _totals(reader: Reader) -> dict[str, int]:
    return {kind.__name__.lower(): reader.count(kind) for kind in TRAVELLING}


def _key(conflict: Conflict) -> tuple[str, str, str]:
    return conflict.table, conflict.record, conflict.field


@dataclass(frozen=True, slots=True)
class Refused:
    """A package of a batch that was not taken in, and why."""

    path: Path
    error: VisitappError


def import_all(store: Store, paths: Sequence[Path], person: str) -> list[MergeResult | Refused]:
    """Take in several packages in whatever order: one that waits for an earlier one is tried again after it."""
    results: dict[Path, MergeResult | Refused] = {}
    waiting = list(paths)
    while waiting:
        later: list[Path] = []
        for path in waiting:
            try:
                results[path] = import_package(store, path, person)
            except VisitappError as error:
                results[path] = Refused(path, error)
                if error.code == "E-412":
                    later.append(path)
        if len(later) == len(waiting):
            break
        waiting = later
    return [results[path] for path in paths]
