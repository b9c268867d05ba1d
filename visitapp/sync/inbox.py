"""受ける側: everything is checked before the first write; then one transaction, or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from visitapp.errors import DamagedData, EnvironmentProblem, NotNow, VisitappError
from visitapp.files import read_at_most
from visitapp.store.changes import Change, Conflict
from visitapp.store.identity import stable_id
from visitapp.store.records import TRAVELLING, Package, Receipt
from visitapp.store.store import Reader, Store, Writer
from visitapp.sync.enrolment import admit, keep_admitted
from visitapp.sync.handin import SUFFIX, spans
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
    if header.kind == "hand_in" and any(change.author != sender.device for change in changes):
        raise DamagedData("E-407", line=1)
    with store.read() as reader:
        known = reader.known()
        imported = reader.get(Package, package.sha256) is not None
    new = sum(change.counter > known.get(change.device, 0) for change in changes)
    waiting = any(counter > known.get(device, 0) for device, counter in header.after.items())
    verdict = "again" if imported else "waiting" if waiting else "ready"
    return Inspection(path, header, package.sha256, verdict, changes, new, sender)


def _read(path: Path) -> bytes:
    try:
        data = read_at_most(path, SIZE_LIMIT)
    except OSError as failed:
        raise EnvironmentProblem("E-429", folder=str(path), reason=failed.strerror or str(failed)) from failed
    if len(data) > SIZE_LIMIT:
        raise DamagedData("E-406", size=path.stat().st_size)
    return data


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

    Raises what ``inspect`` raises; NotNow E-412 (an earlier package lacks); DamagedData E-413 (the counts do not
    agree), E-313 (a change is known here with another content); all is rolled back.
    """
    found = inspect(store, path)
    if found.verdict == "waiting":
        raise NotNow("E-412", sender=found.sender.code, number=found.header.number - 1)
    backup = store.backup("import") if found.new else None
    package = _package(found, backup, person)
    verdict = "again" if found.verdict == "again" else "imported"
    with store.write(person) as writer:
        before, conflicts = _totals(writer), set(map(_key, writer.conflicts()))
        _take_in(writer, found)
        writer.keep(package)
        writer.keep(_receipt(package, verdict))
        _note_receipts(writer, found.header)
        _keep_sender(writer, store.role, found)
        after = _totals(writer)
        new_conflicts = tuple(c for c in writer.conflicts() if _key(c) not in conflicts)
    return MergeResult(package, verdict, found.new, before, after, new_conflicts)


def _package(found: Inspection, backup: Path | None, person: str) -> Package:
    return Package(
        id=found.sha256, direction="in", kind=found.header.kind, peer=found.sender.device, number=found.header.number,
        path=str(found.path), size=found.path.stat().st_size, created_at=found.header.created_at,
        received_at=datetime.now().astimezone().isoformat(timespec="seconds"), holds=json.dumps(spans(found.changes)),
        counts=json.dumps(dict(found.header.counts)), status="imported", person=person,
        backup=str(backup or ""),
    )  # fmt: skip


def _receipt(package: Package, verdict: str) -> Receipt:
    return Receipt(
        id=stable_id("receipt", "out", package.id), direction="out", package=package.id, peer=package.peer,
        issued_at=package.received_at, result=verdict,
    )  # fmt: skip


def _take_in(writer: Writer, found: Inspection) -> None:
    applied = writer.apply(found.changes)
    reached = writer.known()
    if applied != found.new or any(reached.get(c.device, 0) < c.counter for c in found.changes):
        raise DamagedData("E-413", sender=found.sender.code)


def _keep_sender(writer: Writer, role: str, found: Inspection) -> None:
    """Trust a new laptop from now on, and remember what the sender says it holds."""
    if role == "headquarters" and found.header.certificate:
        keep_admitted(writer, found.sender, found.header.certificate)
    keep_peer(writer, replace(found.sender, have=dict(found.header.have)))


def _note_receipts(writer: Writer, header: Header) -> None:
    """Keep what the sender says of our packages; one is receipted when the sender holds all that was in it."""
    for told in header.receipts:
        package = str(told.get("package", ""))
        writer.keep(
            Receipt(
                id=stable_id("receipt", "in", package), direction="in", package=package, peer=header.sender,
                issued_at=str(told.get("at", "")), result=str(told.get("result", "")),
            )
        )  # fmt: skip
    for sent in writer.find(Package, direction="out", peer=header.sender):
        held = json.loads(sent.holds or "{}")
        there = all(header.have.get(device, 0) >= last for device, (_first, last) in held.items())
        status = "receipted" if there else "handed"
        if status != sent.status:
            writer.keep(replace(sent, status=status))


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
