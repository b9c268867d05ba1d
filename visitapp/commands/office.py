"""Making, opening, checking and safeguarding an office: one data folder with its encrypted store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from visitapp.errors import VisitappError
from visitapp.fieldwork.surveys import install_surveys
from visitapp.store import records
from visitapp.store.clock import wall_clock
from visitapp.store.store import KdfCost, Store, Writer, create_store, open_store, restore_store

HEADQUARTERS, LAPTOP = "headquarters", "laptop"
OFFICE_CODE = "本部"
_INSTALLER = "visitapp"
"""Who is recorded as the writer of what comes with the program."""

_COUNTED: tuple[type[records.Record], ...] = (
    records.Survey, records.Company, records.Target, records.Visit, records.Response, records.Answer,
    records.Opinion, records.Programme, records.Offer, records.Device,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfficeInfo:
    """What an office holds. ``counts``: undeleted records by table name; ``last_saved`` of this device."""

    folder: Path
    role: str
    device: str
    code: str
    counts: Mapping[str, int]
    conflicts: int
    last_saved: datetime | None


def create_office(
    folder: Path,
    passphrase: str,
    role: str,
    *,
    code: str = "",
    clock: Callable[[], datetime] | None = None,
    kdf: KdfCost | None = None,
) -> Store:
    """Make a data folder. Headquarters gets the shipped surveys and programmes; a laptop gets them from headquarters.

    Raises as ``create_store``: NotNow E-301, E-307; AnswerRefused E-220; EnvironmentProblem E-306.
    """
    code = code or (OFFICE_CODE if role == HEADQUARTERS else "")
    store = create_store(folder, passphrase, role, code=code, kdf=kdf, clock=clock or wall_clock)
    try:
        if role == HEADQUARTERS:
            with store.write(_INSTALLER) as writer:
                install_surveys(writer)
                install_programmes(writer)
    except BaseException:
        store.close()
        raise
    return store


def open_office(folder: Path, passphrase: str) -> Store:
    """Open a data folder. Raises NotNow E-302, E-307; AnswerRefused E-203; DamagedData E-303, E-304."""
    return open_store(folder, passphrase)


def install_programmes(writer: Writer) -> int:
    """Write the shipped catalogue's programmes that this store does not have yet; returns the number of changes."""
    from visitapp.programmes import load_catalogue, to_fields

    rows = [to_fields(entry) for entry in load_catalogue().entries]
    present = {programme.id for programme in writer.find(records.Programme, deleted=True)}
    return writer.put_many(records.Programme, [row for row in rows if row["id"] not in present])


def office_info(store: Store) -> OfficeInfo:
    """Counts and state at this moment."""
    with store.read() as reader:
        counts = {kind.__name__.lower(): reader.count(kind) for kind in _COUNTED}
        return OfficeInfo(
            store.folder, store.role, store.device, store.code, counts, len(reader.conflicts()), reader.last_saved()
        )


def check_office(store: Store) -> None:
    """Test file and change log through and through. Raises DamagedData E-303."""
    store.check()


def backup_office(store: Store, reason: str = "manual") -> Path:
    """Keep a checked copy in the folder's ``backups``; returns its place. Raises EnvironmentProblem E-305, E-306."""
    return store.backup(reason)


def restore_office(folder: Path, copy: Path, passphrase: str) -> None:
    """Put a backup in the place of the store; the present one is kept as a backup. Raises as ``open_office``."""
    restore_store(folder, copy, passphrase)


def go_back_to(folder: Path, copy: Path, passphrase: str) -> tuple[Store, VisitappError | None]:
    """Put a backup in the place of the closed store and open it; where that is refused, open the present one again.

    Returns the opened store and why the backup was refused, None when it is in place. Raises as ``open_office``.
    """
    try:
        restore_store(folder, copy, passphrase)
    except VisitappError as refused:
        return open_store(folder, passphrase), refused
    return open_store(folder, passphrase), None
