"""The change log as a multi-value register, set-based: take changes in, and derive from the log what the tables show.

Every write goes through ``Register.append``. What is shown is a function of the set of known changes alone, so the
order in which they arrive does not matter:

- a change's standing: CURRENT when no known change of its record replaces it, BURIED when only changes of other
fields do
  (a deletion), REPLACED when one of its own field does;
- a field shows its change of highest (standing, time, device, counter);
- a field is in conflict when its current changes differ; a record, when a current deletion stands beside other
current changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    text,
    update,
)

from visitapp.store import derivation
from visitapp.store.changes import Change
from visitapp.store.clock import to_text
from visitapp.store.tables import (
    CHANGE,
    COUNTER_BITS,
    CURRENT,
    KINDS,
    ORIGIN,
    REPLACED,
    REPLACEMENT,
)

_TOUCHED = Table("touched", MetaData(), Column("table_name", Text), Column("record", Text))
_AFFECTED = Table("affected", MetaData(), Column("number", BigInteger))
"""Temporary tables of each connection, see engine.py."""

_COUNTER_MASK = (1 << COUNTER_BITS) - 1
_BATCH = 5_000


class Entry(NamedTuple):
    """A change as it is stored: numbers instead of device and counter."""

    number: int
    table: str
    record: str
    field: str
    value: str
    hlc: int
    person: str
    replaces: tuple[int, ...] = ()
    restores: int | None = None
    standing: int = CURRENT


class Register:
    """The change log of one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._refs: dict[str, int] = {}
        self._devices: dict[int, str] = {}
        for ref, device in connection.execute(select(ORIGIN.c.ref, ORIGIN.c.device)):
            self._refs[device], self._devices[ref] = ref, device

    # --- numbers ---

    def first(self, device: str) -> int:
        """The number below the device's first change; makes the device known."""
        ref = self._refs.get(device)
        if ref is None:
            ref = max(self._devices, default=0) + 1
            self.connection.execute(insert(ORIGIN).values(ref=ref, device=device))
            self._refs[device], self._devices[ref] = ref, device
        return ref << COUNTER_BITS

    def number(self, change_id: str) -> int:
        """The number of "device:counter". Raises ValueError when it is not of that form."""
        device, _, counter = change_id.rpartition(":")
        if not (device and counter.isascii() and counter.isdigit() and 0 < int(counter) <= _COUNTER_MASK):
            raise ValueError(change_id)
        return self.first(device) + int(counter)

    def find(self, change_id: str) -> Entry:
        """The change of this id. Raises KeyError when it is not here."""
        if change_id.rpartition(":")[0] not in self._refs:
            raise KeyError(change_id)
        try:
            return self.entries([self.number(change_id)])[0]
        except (ValueError, IndexError):
            raise KeyError(change_id) from None

    def id(self, number: int) -> str:
        """Reverse of ``number``."""
        return f"{self._devices[number >> COUNTER_BITS]}:{number & _COUNTER_MASK}"

    def last(self, device: str) -> int:
        """The number of the device's newest change here (``first`` when there is none)."""
        first = self.first(device)
        span = {"first": first, "last": first + _COUNTER_MASK}
        return int(self.connection.execute(_LAST, span).scalar_one() or first)

    def device(self, number: int) -> str:
        """Who wrote the change."""
        return self._devices[number >> COUNTER_BITS]

    # --- reading ---

    def entries(self, query: Select[tuple[int]] | Iterable[int]) -> list[Entry]:
        """The changes of these numbers (or of a query for numbers), in the order of their numbers."""
        if not isinstance(query, Select):
            numbers = sorted(set(query))
            return [e for at in range(0, len(numbers), _BATCH) for e in self._entries(numbers[at : at + _BATCH])]
        return self.entries(self.connection.scalars(query))

    def _entries(self, numbers: Sequence[int]) -> list[Entry]:
        rows = self.connection.execute(_CHANGES, {"numbers": numbers}).all()
        return _joined(rows, self.connection.execute(_REPLACES, {"numbers": numbers}))

    def of_record(self, table: str, record: str) -> list[Entry]:
        """All changes of a record, in the order in which they take precedence, the strongest first."""
        number = CHANGE.c.number
        entries = self.entries(select(number).where(CHANGE.c.record == record, CHANGE.c.table_name == table))
        return sorted(entries, key=self.precedence, reverse=True)

    def standing(self, table: str, records: Sequence[str]) -> dict[str, list[Entry]]:
        """Record -> its changes that are not replaced in their own field, the strongest first."""
        found: dict[str, list[Entry]] = {}
        for at in range(0, len(records), _BATCH):
            batch = {"table": table, "records": list(records[at : at + _BATCH])}
            for entry in self.entries(self.connection.scalars(_STANDING, batch)):
                found.setdefault(entry.record, []).append(entry)
        for entries in found.values():
            entries.sort(key=self.precedence, reverse=True)
        return found

    def known_among(self, numbers: Sequence[int]) -> Iterator[Entry]:
        """Those of the (sorted) numbers that are here."""
        for low, high in _runs(numbers):
            span = {"low": low, "high": high}
            rows = self.connection.execute(_BETWEEN, span).all()
            yield from _joined(rows, self.connection.execute(_REPLACES_BETWEEN, span) if rows else ())

    def precedence(self, entry: Entry) -> tuple[int, int, str, int]:
        """What decides which of a field's changes is shown."""
        return entry.standing, entry.hlc, self.device(entry.number), entry.number

    def change(self, entry: Entry) -> Change:
        """The entry as others see it."""
        return Change(
            id=self.id(entry.number),
            device=self.device(entry.number),
            counter=entry.number & _COUNTER_MASK,
            table=entry.table,
            record=entry.record,
            field=entry.field,
            value=entry.value,
            hlc=to_text(entry.hlc),
            person=entry.person,
            # By device and counter: the same in every store, unlike the order of the numbers.
            replaces=tuple(self.id(n) for n in sorted(entry.replaces, key=lambda n: (self.device(n), n))),
            restores=None if entry.restores is None else self.id(entry.restores),
        )

    def after(self, device: str, counter: int) -> Iterator[Entry]:
        """The device's changes above ``counter``, a batch at a time."""
        first = self.first(device)
        at, last = first + counter, first + _COUNTER_MASK
        while rows := self.connection.execute(_AFTER, {"at": at, "last": last, "batch": _BATCH}).all():
            links = self.connection.execute(_REPLACES_BETWEEN, {"low": at + 1, "high": rows[-1].number})
            yield from _joined(rows, links)
            at = rows[-1].number

    # --- writing ---

    def append(self, entries: Sequence[Entry]) -> None:
        """Add changes that are not here yet, and bring standing, tables and conflicts up to date."""
        if not entries:
            return
        self._insert(entries)
        self._mark(entries)
        self.connection.execute(delete(_TOUCHED))
        self._many(_TOUCHED, list({(entry.table, entry.record) for entry in entries}))
        for table in {entry.table for entry in entries}:
            self.connection.execute(_REBUILD[table], {"table": table})
        self.connection.execute(_FORGET_CONFLICTS)
        self.connection.execute(_FIND_CONFLICTS)
        self._advance(entries)

    def _insert(self, entries: Sequence[Entry]) -> None:
        self._many(CHANGE, [(*e[:7], e.restores, CURRENT) for e in entries])
        links = [(e.number, replaced) for e in entries for replaced in e.replaces]
        if links:
            self._many(REPLACEMENT, links)

    def _many(self, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
        """Rows with a value for each column, past SQLAlchemy's work on each value (a third of an intake)."""
        statement = insert(table).compile(self.connection.engine)
        self.connection.exec_driver_sql(str(statement), list(rows))

    def _mark(self, entries: Sequence[Entry]) -> None:
        """Standing of what the new changes replace, and of new ones that a change known before already replaces."""
        affected = {replaced for entry in entries for replaced in entry.replaces}
        numbers = sorted(entry.number for entry in entries)
        for low, high in _runs(numbers):
            affected.update(self.connection.scalars(_REPLACED_BETWEEN, {"low": low, "high": high}))
        if affected:
            self.connection.execute(delete(_AFFECTED))
            self._many(_AFFECTED, [(number,) for number in affected])
            self.connection.execute(_MARK)

    def _advance(self, entries: Sequence[Entry]) -> None:
        """For each writer: up to which counter all its changes are here, and the latest time seen."""
        latest: dict[int, int] = {}
        for entry in entries:
            ref = entry.number >> COUNTER_BITS
            latest[ref] = max(latest.get(ref, 0), entry.hlc)
        for ref, hlc in latest.items():
            complete, known = self.connection.execute(
                select(ORIGIN.c.complete, ORIGIN.c.latest).where(ORIGIN.c.ref == ref)
            ).one()
            first = ref << COUNTER_BITS
            span = {"at": first + complete, "last": first + _COUNTER_MASK}
            end = self.connection.execute(_END_OF_RUN, span).scalar_one_or_none()
            self.connection.execute(
                update(ORIGIN).where(ORIGIN.c.ref == ref),
                {"complete": complete if end is None else end - first, "latest": max(known, hlc)},
            )


def _joined(rows: Iterable[Sequence[Any]], links: Iterable[Sequence[Any]]) -> list[Entry]:
    """Rows of ``change`` with what they replace."""
    replaces: dict[int, list[int]] = {}
    for number, replaced in links:
        replaces.setdefault(number, []).append(replaced)
    return [Entry._make((*row[:7], tuple(replaces.get(row[0], ())), row[7], row[8])) for row in rows]


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Unbroken runs (first, last) of sorted numbers."""
    start = previous = numbers[0]
    for number in numbers[1:]:
        if number != previous + 1:
            yield start, previous
            start = number
        previous = number
    yield start, previous


_CHANGES = select(CHANGE).where(CHANGE.c.number.in_(bindparam("numbers", expanding=True))).order_by(CHANGE.c.number)
_REPLACES = (
    select(REPLACEMENT.c.number, REPLACEMENT.c.replaced)
    .where(REPLACEMENT.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(REPLACEMENT.c.number, REPLACEMENT.c.replaced)
)
_AFTER = (
    select(CHANGE)
    .where(CHANGE.c.number > bindparam("at"), CHANGE.c.number <= bindparam("last"))
    .order_by(CHANGE.c.number)
    .limit(bindparam("batch"))
)
_STANDING = select(CHANGE.c.number).where(
    CHANGE.c.record.in_(bindparam("records", expanding=True)),
    CHANGE.c.table_name == bindparam("table"),
    CHANGE.c.standing > REPLACED,
)
_BETWEEN = select(CHANGE).where(CHANGE.c.number.between(bindparam("low"), bindparam("high"))).order_by(CHANGE.c.number)
_REPLACES_BETWEEN = (
    select(REPLACEMENT)
    .where(REPLACEMENT.c.number.between(bindparam("low"), bindparam("high")))
    .order_by(REPLACEMENT.c.number, REPLACEMENT.c.replaced)
)
_REPLACED_BETWEEN = (
    select(REPLACEMENT.c.replaced).where(REPLACEMENT.c.replaced.between(bindparam("low"), bindparam("high"))).distinct()
)

_MARK = text(f"UPDATE change SET standing = {derivation.STANDING} WHERE number IN (SELECT number FROM affected)")

_END_OF_RUN = text("""
    SELECT c.number FROM change c
    WHERE c.number > :at AND c.number <= :last
      AND EXISTS (SELECT 1 FROM change f WHERE f.number = :at + 1)
      AND NOT EXISTS (SELECT 1 FROM change n WHERE n.number = c.number + 1)
    ORDER BY c.number LIMIT 1""")

_REBUILD = {table: text(derivation.rebuild(kind, "touched")) for table, kind in KINDS.items()}

_FORGET_CONFLICTS = text("DELETE FROM conflict WHERE (table_name, record) IN (SELECT table_name, record FROM touched)")
_FIND_CONFLICTS = text(f"INSERT INTO conflict (table_name, record, field) {derivation.conflicts('touched')}")
_LAST = text("SELECT max(number) FROM change WHERE number > :first AND number <= :last")
