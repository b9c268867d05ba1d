"""An office: headquarters and enrolled laptops, in folders of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from visitapp.store.store import KdfCost, Store, create_store
from visitapp.sync.enrolment import accept, invite

PASSPHRASE = "合言葉です"
CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)


class Office:
    """Headquarters, and laptops made on request."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stores: list[Store] = []
        self.headquarters = self.make("hq", "headquarters")

    def make(self, name: str, role: str) -> Store:
        store = create_store(self.folder / name, PASSPHRASE, role, kdf=CHEAP)
        self.stores.append(store)
        return store

    def laptop(self, code: str) -> Store:
        store = self.make(code, "laptop")
        enrolment = invite(self.headquarters, code, "admin")
        accept(store, enrolment.data, enrolment.code, "staff")
        return store

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    def close(self) -> None:
        for store in self.stores:
            store.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.fixture
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Office]]:
    made: list[Office] = []

    def make() -> Office:
        made.append(Office(tmp_path_factory.mktemp("office")))
        return made[-1]

    yield make
    for one in made:
        one.close()
