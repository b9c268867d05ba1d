"""Any number of stores, any interleaving: all come to show the same, and no value is ever lost.

What the stores show is compared with a model written again from the rules in plain Python.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.store.stores import CHEAP, PASSPHRASE, Clock, exchange
from visitapp.errors import NotNow
from visitapp.store.records import Company
from visitapp.store.store import Change, create_store

LONG = os.environ.get("VISITAPP_SLOW") == "1"
FIELDS = ("name", "phone")
_examples = count()

site = st.integers(0, 2)
edit = st.tuples(st.just("edit"), site, st.sampled_from(FIELDS), st.sampled_from(["A", "B", "C", None]))
both = st.tuples(st.just("both"), site, st.sampled_from("AB"), st.sampled_from("AB"))
remove = st.tuples(st.just("remove"), site)
bring_back = st.tuples(st.just("bring_back"), site)
settle = st.tuples(st.just("settle"), site, st.integers(0, 5))
unsettle = st.tuples(st.just("unsettle"), site, st.integers(0, 20))
send = st.tuples(st.just("send"), site, site, st.integers(0, 2**16), st.sampled_from([0.3, 0.7, 1.0]))
jump = st.tuples(st.just("jump"), site, st.integers(-800, 800))
steps = st.lists(st.one_of(edit, edit, both, remove, bring_back, settle, unsettle, send, send, send, jump), max_size=25)


class Network:
    """Three stores that stay open over all examples; each example works on a record of its own."""

    def __init__(self, folder: Path) -> None:
        self.clocks = [Clock() for _ in range(3)]
        self.stores = [
            create_store(folder / f"{n}", PASSPHRASE, "laptop", clock=clock, device=f"device-{n}", kdf=CHEAP)
            for n, clock in enumerate(self.clocks)
        ]
        self.record = ""
        self.entered: set[tuple[str, str]] = set()

    def edit(self, at: int, field: str, value: str | None) -> None:
        with self.stores[at].write(f"p{at}") as writer:
            self._entered(writer.put(Company, self.record, **{field: value}))

    def both(self, at: int, name: str, phone: str) -> None:
        with self.stores[at].write(f"p{at}") as writer:
            writer.put_many(Company, [{"id": self.record, "name": name, "phone": phone}])
            self._entered(writer.history(Company, self.record))

    def remove(self, at: int) -> None:
        with self.stores[at].write(f"p{at}") as writer:
            if writer.get(Company, self.record):
                self._entered(writer.delete(Company, self.record))

    def bring_back(self, at: int) -> None:
        with self.stores[at].write(f"p{at}") as writer:
            if writer.get(Company, self.record):
                self._entered(writer.put(Company, self.record, deleted=False))

    def settle(self, at: int, choice: int) -> None:
        with self.stores[at].write(f"p{at}") as writer:
            open_ones = [c for c in writer.conflicts() if c.record == self.record]
            if open_ones:
                conflict = open_ones[choice % len(open_ones)]
                value = choice % 2 == 0 if conflict.kind == "deleted" else json.loads(conflict.changes[0].value)
                writer.settle(conflict, value)
                assert writer.conflict(Company, self.record, conflict.field) is None

    def unsettle(self, at: int, choice: int) -> None:
        with self.stores[at].write(f"p{at}") as writer:
            history = writer.history(Company, self.record)
            if history:
                change = history[choice % len(history)]
                shown = writer.get(Company, self.record)
                try:
                    conflict = writer.unsettle(change.id)
                except (NotNow, ValueError):
                    assert writer.get(Company, self.record) == shown
                else:
                    assert len(conflict.changes) > 1

    def send(self, source: int, target: int, seed: int, part: float) -> None:
        """A part of what the other lacks, in any order, some of it twice."""
        with self.stores[target].read() as reader:
            known = reader.known()
        with self.stores[source].read() as reader:
            changes = list(reader.changes_after(known))
        random = Random(seed)
        chosen = random.sample(changes, int(len(changes) * part))
        chosen += random.choices(chosen, k=len(chosen) // 2) if chosen else []
        with self.stores[target].write("受渡") as writer:
            writer.apply(chosen)
        self.compare_with_model(target)

    def jump(self, at: int, hours: int) -> None:
        self.clocks[at].jump(hours=hours)

    def _entered(self, changes: list[Change]) -> None:
        self.entered |= {(change.field, change.value) for change in changes}

    def compare_with_model(self, at: int) -> tuple[object, ...]:
        with self.stores[at].read() as reader:
            history = reader.history(Company, self.record)
            shown = reader.get(Company, self.record)
            found = {
                c.field: {(x.field, x.value) for x in c.changes} for c in reader.conflicts() if c.record == self.record
            }
        expected, conflicts = model(history)
        assert {f: getattr(shown, f) for f in expected} == expected
        assert found == conflicts
        return shown, tuple(history), found


def model(history: list[Change]) -> tuple[dict[str, object], dict[str, set[tuple[str, str]]]]:
    """Field -> value shown, field -> values in conflict, from all known changes of one record."""
    by_id = {change.id: change for change in history}
    replaced = {old for change in history for old in change.replaces}
    overwritten = {old for c in history for old in c.replaces if old in by_id and by_id[old].field == c.field}
    shown: dict[str, object] = {}
    conflicts: dict[str, set[tuple[str, str]]] = {}
    current = [c for c in history if c.id not in replaced]
    for field in {c.field for c in history}:
        mine = [c for c in history if c.field == field]
        ranked = sorted(mine, key=lambda c: (c.id not in replaced, c.id not in overwritten, c.hlc, c.device, c.counter))
        shown[field] = json.loads(ranked[-1].value)
        values = {(field, c.value) for c in current if c.field == field}
        if len(values) > 1 and field != "deleted":
            conflicts[field] = values
    deletions = {(c.field, c.value) for c in current if (c.field, c.value) == ("deleted", "true")}
    others = {(c.field, c.value) for c in current} - deletions
    if deletions and others:
        conflicts["deleted"] = deletions | others
    return shown, conflicts


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    network = Network(tmp_path_factory.mktemp("network"))
    yield network
    exchange(*network.stores)
    for store in network.stores:
        store.check()
        store.close()


@pytest.mark.timeout(7200 if LONG else 300)
@settings(
    max_examples=5000 if LONG else 60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=steps)
def test_everyone_comes_to_show_the_same_and_nothing_is_lost(network: Network, story: list[tuple[object, ...]]) -> None:
    network.record = f"company-{next(_examples)}"
    network.entered = set()
    for action, *arguments in story:
        getattr(network, str(action))(*arguments)
    exchange(*network.stores)
    outcomes = [network.compare_with_model(at) for at in range(3)]
    assert outcomes[0] == outcomes[1] == outcomes[2]
    history = outcomes[0][1]
    assert isinstance(history, tuple)
    assert network.entered <= {(change.field, change.value) for change in history}


def test_numbers_are_never_used_twice(network: Network) -> None:
    for store in network.stores:
        with store.read() as reader:
            counters = [c.counter for c in reader.changes_after({}) if c.device == store.device]
        assert counters == list(range(1, len(counters) + 1))
