"""Offices in temporary folders, with cheap keys."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.integration.store.stores import CHEAP, PASSPHRASE
from visitapp.commands.office import create_office, open_office
from visitapp.fieldwork.importing import import_folder
from visitapp.store.store import Store

MICRODATA = Path(__file__).parents[2] / "data" / "microdata"
PERSON = "staff-01"

Rows = list[dict[str, str]]
MakeOffice = Callable[..., Store]


class Folder:
    """A copy of the microdata that a test may change file by file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.copytree(MICRODATA, path)

    def rows(self, name: str) -> Rows:
        with (self.path / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, name: str, rows: Rows) -> None:
        with (self.path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def change(self, name: str, row: int, cells: Mapping[str, str]) -> None:
        """Change cells of one record; ``row`` counts records from 0."""
        rows = self.rows(name)
        rows[row].update(cells)
        self.write(name, rows)

    def remove(self, *names: str) -> None:
        for name in names:
            (self.path / name).unlink()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "microdata")


@pytest.fixture
def make_office(tmp_path: Path) -> Iterator[MakeOffice]:
    made: list[Store] = []

    def make(name: str = "office", role: str = "headquarters") -> Store:
        store = create_office(tmp_path / name, PASSPHRASE, role, kdf=CHEAP)
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()


@pytest.fixture
def office(make_office: MakeOffice) -> Store:
    return make_office()


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed headquarters with the microdata in it: importing takes longer than copying the result."""
    place = tmp_path_factory.mktemp("imported") / "office"
    store = create_office(place, PASSPHRASE, "headquarters", kdf=CHEAP)
    import_folder(store, MICRODATA, PERSON)
    store.close()
    return place


@pytest.fixture
def filled(imported: Path, tmp_path: Path) -> Iterator[Store]:
    """A headquarters of its own with the microdata in it."""
    shutil.copytree(imported, tmp_path / "filled")
    store = open_office(tmp_path / "filled", PASSPHRASE)
    yield store
    store.close()
