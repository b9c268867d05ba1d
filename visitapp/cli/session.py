"""The data folder a command works on: found, unlocked when first needed, closed at the end.

The store is imported with the first command that needs it: the window starts through here too, and must be quick.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.errors import DamagedData, EnvironmentProblem, NotNow

if TYPE_CHECKING:
    from visitapp.store.store import Store

PASSPHRASE_VARIABLE = "VISITAPP_PASSPHRASE"
DATA_VARIABLE = "VISITAPP_DATA_DIR"
PERSON_VARIABLE = "VISITAPP_PERSON"
_LONGEST = 100_000
"""Bytes of a passphrase file's first line; what is longer is no passphrase, and a device has no end."""


def default_folder() -> Path:
    """Where the data folder is when nobody says: the system's place for a person's application data."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "visitapp"


class Session:
    """``folder`` is the data folder; ``person`` is recorded with each change ("" until a store is open)."""

    def __init__(self, folder: Path | None, passphrase_file: Path | None, person: str | None) -> None:
        named = os.environ.get(DATA_VARIABLE)
        self.folder = folder or (Path(named) if named else default_folder())
        self._passphrase_file = passphrase_file
        self._person = person or os.environ.get(PERSON_VARIABLE, "")
        self._store: Store | None = None

    @property
    def person(self) -> str:
        """Who acts: as told, else the device's name."""
        return self._person or self.store.code or self.store.device[:8]

    @property
    def store(self) -> Store:
        """The opened store. Raises as ``open_office``, and NotNow E-701 (no passphrase given)."""
        if self._store is None:
            from visitapp.commands.office import open_office

            self._store = open_office(self.folder, self.passphrase())
        return self._store

    def create(self, role: str, code: str) -> Store:
        """Make the store of this session. Raises as ``create_office``, NotNow E-701."""
        from visitapp.commands.office import create_office

        self._store = create_office(self.folder, self.passphrase(), role, code=code)
        return self._store

    def passphrase(self) -> str:
        """From the file (its first line) or the variable.

        Raises NotNow E-701 (neither), EnvironmentProblem E-514 (unreadable), DamagedData E-705 (not UTF-8).
        """
        passphrase = self.given_passphrase()
        if passphrase is None:
            raise NotNow("E-701", variable=PASSPHRASE_VARIABLE)
        return passphrase

    def given_passphrase(self) -> str | None:
        """As ``passphrase``, but None when there is neither file nor variable."""
        if self._passphrase_file is None:
            return os.environ.get(PASSPHRASE_VARIABLE)
        try:
            with self._passphrase_file.open("rb") as file:  # may be a pipe; only its first line is wanted
                return file.readline(_LONGEST).decode("utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise DamagedData("E-705", path=self._passphrase_file) from error
        except OSError as error:
            raise EnvironmentProblem("E-514", path=self._passphrase_file) from error

    def close(self) -> None:
        """Let go of the store, if it was opened."""
        if self._store is not None:
            self._store.close()
            self._store = None
