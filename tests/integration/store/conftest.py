"""Stores in temporary folders, with a clock of the test's and a cheap key derivation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.store.stores import CHEAP, PASSPHRASE, Clock
from visitapp.store.store import Store, create_store

MakeStore = Callable[..., Store]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_store(tmp_path: Path, clock: Clock) -> Iterator[MakeStore]:
    made: list[Store] = []

    def make(name: str = "store", role: str = "laptop", device: str | None = None, clock: Clock = clock) -> Store:
        store = create_store(tmp_path / name, PASSPHRASE, role, clock=clock, device=device, kdf=CHEAP)
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store()
