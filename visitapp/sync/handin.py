"""渡す側: packing what the other side does not have yet, and writing it as a file that is whole or absent."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from visitapp.errors import NotNow
from visitapp.files import write_whole
from visitapp.store.changes import Change
from visitapp.store.records import Package, Receipt
from visitapp.store.store import Reader, Store
from visitapp.sync.enrolment import HEADQUARTERS_CODE, certificate
from visitapp.sync.keys import Peer, headquarters, own_keys, own_origins, peer
from visitapp.sync.lines import count_tables, to_line
from visitapp.sync.package import Header, seal

SUFFIX = ".visitpkg"


def pack(store: Store, folder: Path, person: str) -> Package:
    """Laptop: write everything headquarters has not receipted as one package into ``folder``.

    Raises NotNow E-425 (not enrolled), E-426 (nothing to hand in); EnvironmentProblem E-590, E-591 (cannot write).
    """
    to = headquarters(store)
    if to is None:
        raise NotNow("E-425")
    with store.read() as reader:
        known = reader.known()
        receipted = {name: to.have.get(name, 0) for name in own_origins(store, known)}
        changes = list(reader.changes_after(known | receipted))
    if not changes:
        raise NotNow("E-426")
    return _write(store, folder, person, to, changes, kind="hand_in")


def pack_return(store: Store, device: str, folder: Path, person: str) -> Package:
    """Headquarters: write receipts and everything that laptop does not have yet as one package into ``folder``.

    Raises NotNow E-428 (no such laptop); EnvironmentProblem E-590, E-591.
    """
    to = peer(store, device)
    if to is None:
        raise NotNow("E-428", device=device)
    with store.read() as reader:
        changes = list(reader.changes_after(to.have))
    return _write(store, folder, person, to, changes, kind="return")


def unreceipted(store: Store) -> int:
    """Laptop: how many own changes headquarters has not receipted (all of them before enrolment)."""
    to = headquarters(store)
    with store.read() as reader:
        known = reader.known()
        return sum(known[name] - (to.have.get(name, 0) if to else 0) for name in own_origins(store, known))


def _write(store: Store, folder: Path, person: str, to: Peer, changes: Sequence[Change], kind: str) -> Package:
    with store.read() as reader:
        header = _header(store, reader, to, changes, kind)
    data = seal(header, [to_line(change) for change in changes], own_keys(store).signing, to.recipient())
    name = re.sub(r"[^\w.-]", "_", f"{header.sender_code}-{to.code}-{header.number:04d}") + SUFFIX
    path = _free(folder / name)
    write_whole(path, data)
    package = Package(
        id=hashlib.sha256(data).hexdigest(), direction="out", kind=kind, peer=to.device, number=header.number,
        path=str(path), size=len(data), created_at=header.created_at, holds=json.dumps(spans(changes)),
        counts=json.dumps(header.counts), status="handed", person=person,
    )  # fmt: skip
    with store.write(person) as writer:
        writer.keep(package)
    return package


def spans(changes: Sequence[Change]) -> dict[str, tuple[int, int]]:
    """Device id -> first and last counter among ``changes`` (in order for each device)."""
    held: dict[str, tuple[int, int]] = {}
    for change in changes:
        first, _last = held.get(change.device, (change.counter, 0))
        held[change.device] = (first, change.counter)
    return held


def _header(store: Store, reader: Reader, to: Peer, changes: Sequence[Change], kind: str) -> Header:
    sent = reader.find(Package, direction="out", peer=to.device)
    own_code = certificate(store).get("code") or store.code or HEADQUARTERS_CODE
    return Header(
        kind=kind,
        id=str(uuid.uuid4()),
        number=max((package.number or 0 for package in sent), default=0) + 1,
        sender=store.device,
        sender_code=own_code,
        recipient=to.device,
        created_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        after={device: first - 1 for device, (first, _last) in spans(changes).items()},
        have=reader.known(),
        counts=count_tables(changes),
        body_length=0,
        certificate=certificate(store),
        receipts=[_told(receipt) for receipt in reader.find(Receipt, direction="out", peer=to.device)],
    )


def _told(receipt: Receipt) -> dict[str, object]:
    return {"package": receipt.package, "result": receipt.result, "at": receipt.issued_at}


def _free(path: Path) -> Path:
    """A package is immutable: a file of that name (a store restored from a backup counts again) stays as it is."""
    target, copy = path, 2
    while target.exists():
        target, copy = path.with_name(f"{path.stem}-{copy}{path.suffix}"), copy + 1
    return target
