"""Whatever happens on the way, all stores end up equal and no value is lost.

Real stores, real packages: any interleaving of edits, deletions, settlements, packing, loss, doubling and reordering.
VISITAPP_SLOW=1 runs many more histories.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.sync.conftest import Office
from visitapp.errors import VisitappError
from visitapp.store.records import Company, Opinion, Record
from visitapp.store.store import Store
from visitapp.sync.handin import pack, pack_return
from visitapp.sync.inbox import import_package

LAPTOPS = 2
RECORDS: list[tuple[type[Record], str, str]] = [
    (Company, "c1", "name"),
    (Company, "c1", "phone"),
    (Company, "c2", "name"),
    (Opinion, "o1", "text"),
]

place = st.integers(0, LAPTOPS)
laptop = st.integers(1, LAPTOPS)
which = st.integers(0, 30)
edit = st.tuples(st.just("edit"), place, st.sampled_from(range(len(RECORDS))))
delete = st.tuples(st.just("delete"), place, st.sampled_from(range(len(RECORDS))))
undelete = st.tuples(st.just("undelete"), place, st.sampled_from(range(len(RECORDS))))
settle = st.tuples(st.just("settle"), place, which)
unsettle = st.tuples(st.just("unsettle"), place, which)
hand_in = st.tuples(st.just("hand_in"), laptop, st.just(0))
give_back = st.tuples(st.just("give_back"), laptop, st.just(0))
deliver = st.tuples(st.just("deliver"), st.just(0), which)
lose = st.tuples(st.just("lose"), st.just(0), which)
steps = st.lists(st.one_of(edit, edit, delete, undelete, settle, unsettle, hand_in, give_back, deliver, deliver, lose))


class History:
    """Runs steps on an office, remembering every value entered."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.stores = [office.headquarters, *(office.laptop(f"laptop-{n + 1:02}") for n in range(LAPTOPS))]
        self.underway: list[Path] = []
        self.entered: set[tuple[str, str, str]] = set()
        self.settlements: list[str] = []
        self.clock = 0

    def run(self, step: tuple[str, int, int]) -> None:
        name, where, number = step
        getattr(self, name)(self.stores[where], number)

    def edit(self, store: Store, number: int) -> None:
        kind, record, field = RECORDS[number]
        self.clock += 1
        text = f"値{self.clock}"
        self.entered.add((record, field, f'"{text}"'))
        with store.write("staff") as writer:
            writer.put(kind, record, **{field: text})

    def delete(self, store: Store, number: int) -> None:
        kind, record, _field = RECORDS[number]
        with store.write("staff") as writer:
            if writer.get(kind, record):
                writer.delete(kind, record)

    def undelete(self, store: Store, number: int) -> None:
        kind, record, _field = RECORDS[number]
        with store.write("staff") as writer:
            present = writer.get(kind, record)
            if present and present.deleted:
                writer.put(kind, record, deleted=False)

    def settle(self, store: Store, number: int) -> None:
        with store.write("staff") as writer:
            conflicts = [conflict for conflict in writer.conflicts() if conflict.kind == "values"]
            if conflicts:
                conflict = conflicts[number % len(conflicts)]
                self.clock += 1
                self.entered.add((conflict.record, conflict.field, f'"決定{self.clock}"'))
                self.settlements.append(writer.settle(conflict, f"決定{self.clock}").id)

    def unsettle(self, store: Store, number: int) -> None:
        if self.settlements:
            try:
                with store.write("staff") as writer:
                    writer.unsettle(self.settlements[number % len(self.settlements)])
            except (VisitappError, KeyError):
                pass  # not known here yet, or replaced in the meantime: it must refuse, and change nothing

    def hand_in(self, store: Store, _number: int) -> None:
        try:
            self.underway.append(Path(pack(store, self.office.stick, "staff").path or ""))
        except VisitappError as nothing:
            assert nothing.code == "E-426"

    def give_back(self, store: Store, _number: int) -> None:
        try:
            package = pack_return(self.office.headquarters, store.device, self.office.stick, "admin")
            self.underway.append(Path(package.path or ""))
        except VisitappError as unknown:
            assert unknown.code == "E-428"

    def deliver(self, _store: Store, number: int) -> None:
        if self.underway:
            # Not taken away: the same file may be delivered again later.
            path = self.underway[number % len(self.underway)]
            for store in self.stores:
                try:
                    import_package(store, path, "staff")
                except VisitappError as refused:
                    assert refused.code in {"E-408", "E-412"}

    def lose(self, _store: Store, number: int) -> None:
        if self.underway:
            self.underway.pop(number % len(self.underway))

    def settle_down(self) -> None:
        """Everything gets delivered: two rounds, because a laptop hears of the other by headquarters."""
        for _round in range(2):
            for store in self.stores[1:]:
                try:
                    package = pack(store, self.office.stick, "staff")
                    import_package(self.office.headquarters, Path(package.path or ""), "admin")
                except VisitappError as nothing:
                    assert nothing.code == "E-426"
            for store in self.stores[1:]:
                package = pack_return(self.office.headquarters, store.device, self.office.stick, "admin")
                import_package(store, Path(package.path or ""), "staff")


def content(store: Store) -> object:
    with store.read() as reader:
        records = [reader.find(kind, deleted=flag) for kind in (Company, Opinion) for flag in (False, True)]
        conflicts = {
            (c.table, c.record, c.field, c.kind, frozenset((x.field, x.value) for x in c.changes))
            for c in reader.conflicts()
        }
        return records, conflicts, reader.known()


def reachable(store: Store) -> set[tuple[str, str, str]]:
    with store.read() as reader:
        histories = [reader.history(kind, record) for kind, record in {(k, r) for k, r, _field in RECORDS}]
    return {(change.record, change.field, change.value) for history in histories for change in history}


@settings(
    max_examples=300 if os.environ.get("VISITAPP_SLOW") else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps)
def test_all_stores_end_equal_and_every_value_is_reachable(
    offices: Callable[[], Office], history: list[tuple[str, int, int]]
) -> None:
    office = offices()
    run = History(office)
    for step in history:
        run.run(step)
    run.settle_down()
    first, *others = [content(store) for store in run.stores]
    for other in others:
        assert other == first
    for store in run.stores:
        assert run.entered <= reachable(store)
        store.check()
    office.close()
