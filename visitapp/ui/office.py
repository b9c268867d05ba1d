"""The office's data folder as the window sees it: is there a store, open it, make it; what is known once it is open.

Everything below the window is imported when it is needed: the window must be there before the database is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visitapp.store.store import Store

TUTORIAL = "tutorial"
_PERSON = "window/person"


@dataclass(frozen=True, slots=True)
class OpenedOffice:
    """``role`` "laptop" or "headquarters"; ``device_code`` "laptop-03" or "本部", "" before enrolment."""

    role: str
    device_code: str
    person: str
    last_saved: datetime | None


@dataclass(frozen=True, slots=True)
class Setup:
    """What the first run has collected. ``role`` may be "tutorial". ``enrolment``: headquarters' file and its code."""

    role: str
    passphrase: str
    person: str
    enrolment: tuple[Path, str] | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """One data folder."""

    folder: Path
    clock: Callable[[], datetime]

    def exists(self) -> bool:
        """Whether there is a store in the folder."""
        return (self.folder / "store.db").is_file()

    def backups(self) -> list[Path]:
        """The backups in the folder, newest first."""
        place = self.folder / "backups"
        found = (
            [path for path in place.iterdir() if path.is_dir() and not path.name.startswith(".")]
            if place.is_dir()
            else []
        )
        return sorted(found, key=lambda path: path.name, reverse=True)

    def open(self, passphrase: str) -> Store:
        """Open the store; on the worker. Raises as ``commands.office.open_office``."""
        from visitapp.commands.office import open_office

        return open_office(self.folder, passphrase)

    def create(self, setup: Setup, steps: Callable[[int, int, str], None]) -> Store:
        """Make the store the first run asked for; on the worker. ``steps`` (done, total, what comes now) hears what
        takes long and may raise to stop it.

        Raises as ``commands.office.create_office``.
        """
        from visitapp.commands.office import create_office

        if setup.role == TUTORIAL:
            from visitapp.commands.tutorial import create_tutorial_office

            store = create_tutorial_office(self.folder, setup.passphrase, steps)
        else:
            store = create_office(self.folder, setup.passphrase, setup.role)
        store.set_local(_PERSON, setup.person)
        return store

    def restore(self, copy: Path, passphrase: str) -> Store:
        """Put a backup in the place of the store and open it; on the worker. Raises as ``restore_office``."""
        from visitapp.commands.office import restore_office

        restore_office(self.folder, copy, passphrase)
        return self.open(passphrase)


def opened_office(store: Store) -> OpenedOffice:
    """What the window says about an open store."""
    from visitapp.store.records import Device

    with store.read() as reader:
        device = reader.get(Device, store.device)
        saved = reader.last_saved()
        person = reader.local(_PERSON) or ""
    code = (device.code if device is not None else None) or store.code
    return OpenedOffice(store.role, code, person, saved.astimezone() if saved is not None else None)


def keep_person(store: Store, person: str) -> None:
    """Remember who works here, by staff code."""
    store.set_local(_PERSON, person)


def enrol(store: Store, path: Path, code: str, person: str) -> str:
    """Enrol this laptop with headquarters' file; returns its device code. Raises as ``enrol_device``."""
    from visitapp.commands.handin import enrol_device

    return enrol_device(store, path, code, person)
