"""Writes records: what people do to them becomes changes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from visitapp.errors import NotNow
from visitapp.store import clock
from visitapp.store.changes import Change, Conflict
from visitapp.store.drafting import Drafting, current_of, deletes, goes_with, only_replaced_by
from visitapp.store.intake import new_entries
from visitapp.store.reading import Reader
from visitapp.store.records import LOCAL, Record
from visitapp.store.register import Entry
from visitapp.store.tables import CURRENT, KEPT, KINDS, META, ORIGIN, TABLES, table_name
from visitapp.store.values import TRUE, encoded

_ROWS_AT_ONCE = 2_000
_CHANGES_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: device id, person, and the clock."""

    device: str
    person: str
    clock: Callable[[], datetime]


class Writer(Reader):
    """One transaction: state and change log together; nothing is kept if the block raises."""

    def __init__(self, connection: Connection, author: Author) -> None:
        super().__init__(connection, author.device)
        self._author = author
        self._origin = ""
        self._drafting = Drafting(author.person)
        self._count_from(connection.execute(select(META.c.value).where(META.c.name == "origin")).scalar_one())

    # --- records that travel ---

    def put(self, kind: type[Record], record_id: str, **fields: object) -> list[Change]:
        """Create or edit a record: one change for each field whose value differs from the present one.

        A field in conflict is settled by being written a value other than the one shown. A new record without values
        gets one change all the same. A deleted record stays deleted unless deleted=False is written, which also
        brings back the values that the deletion replaced. Raises TypeError for an unknown field or a value that does
        not fit the column, AnswerRefused E-204 for text with characters no file can hold.
        """
        values = encoded(kind, fields)
        present = self.get(kind, record_id)
        standing = [] if present is None else self._standing(kind, record_id)
        return self._write(self._drafting.edit(kind, record_id, present, values, standing))

    def put_many(self, kind: type[Record], rows: Sequence[Mapping[str, object]]) -> int:
        """``put`` for many records, set-based (import); each row has "id". Returns the number of changes."""
        time, written = self._time(), 0
        for at in range(0, len(rows), _ROWS_AT_ONCE):
            wanted: dict[str, dict[str, str]] = {}
            for row in rows[at : at + _ROWS_AT_ONCE]:
                values = {name: value for name, value in row.items() if name != "id"}
                wanted.setdefault(str(row["id"]), {}).update(encoded(kind, values))
            present = {record.id: record for record in self.find(kind, deleted=True, id=list(wanted))}
            standing = self._register.standing(table_name(kind), list(present))
            drafts = [
                draft
                for record_id, values in wanted.items()
                for draft in self._drafting.edit(
                    kind, record_id, present.get(record_id), values, standing.get(record_id, [])
                )
            ]
            self._register.append([draft._replace(hlc=time) for draft in drafts])
            written += len(drafts)
        return written

    def delete(self, kind: type[Record], record_id: str) -> list[Change]:
        """Mark as deleted, replacing every current change of the record that is known here.

        Raises KeyError for an unknown record. A deleted record stays as it is.
        """
        if self.get(kind, record_id) is None:
            raise KeyError(record_id)
        current = current_of(self._standing(kind, record_id))
        if all(deletes(entry) for entry in current):
            return []
        return self._write([self._drafting.draft(kind, record_id, "deleted", TRUE, current)])

    def settle(self, conflict: Conflict, value: object) -> Change:
        """Decide a conflict: writes ``value`` replacing all its changes, and no change that came after it was shown.

        For kind "deleted" ``value`` is True (stays deleted) or False (comes back). Raises NotNow E-310 when the
        conflict is decided already, TypeError as ``put``.
        """
        kind = KINDS[conflict.table]
        values = encoded(kind, {conflict.field: value})
        seen = {(change.field, change.value) for change in conflict.changes}
        standing = self._standing(kind, conflict.record)
        sides = [entry for entry in current_of(standing) if (entry.field, entry.value) in seen]
        open_ids = {self._register.id(entry.number) for entry in sides}
        if open_ids.isdisjoint(change.id for change in conflict.changes):
            raise NotNow("E-310")
        if conflict.kind == "deleted" and value is False:
            return self._write(self._drafting.restore(kind, conflict.record, {}, standing))[0]
        return self._write(
            [self._drafting.draft(kind, conflict.record, conflict.field, values[conflict.field], sides)]
        )[0]

    def unsettle(self, change_id: str) -> Conflict:
        """Undo a settlement: brings back every value it replaced, in conflict again, and nothing lost.

        Raises KeyError for an unknown change, ValueError when it settled nothing, NotNow E-311 when it was written
        over since.
        """
        settlement = self._register.find(change_id)
        kind = KINDS[settlement.table]
        entries = self._register.of_record(settlement.table, settlement.record)
        group = [e for e in entries if e.number == settlement.number or goes_with(e, settlement)]
        if any(entry.standing != CURRENT for entry in group):
            raise NotNow("E-311")
        before = only_replaced_by(entries, group)
        untouched = [e for e in current_of(entries) if e not in group and settlement.field == "deleted"]
        if not before or len({(e.field, e.value) for e in (*before, *untouched)}) < 2:
            raise ValueError(f"{change_id} settled nothing")
        self._write([self._drafting.bring_back(kind, old, group) for old in before])
        return self._conflict(settlement.table, settlement.record, settlement.field)

    def apply(self, changes: Sequence[Change]) -> int:
        """Take in changes from elsewhere (any order, any repetition); returns how many were new. Set-based.

        Raises DamagedData E-312 (a change of unknown field or wrong form), E-313 (a number known here with other
        content).
        """
        taken = 0
        for at in range(0, len(changes), _CHANGES_AT_ONCE):
            entries = new_entries(self._register, changes[at : at + _CHANGES_AT_ONCE])
            self._register.append(entries)
            taken += len(entries)
            if any(self._register.device(entry.number) == self._origin for entry in entries):
                # Others know changes of ours that this file does not: it is an older copy. Go on under a new name,
                # or the same numbers would be used twice.
                self._count_from(f"{self._author.device}.{secrets.token_hex(3)}")
                self._connection.execute(update(META).where(META.c.name == "origin"), {"value": self._origin})
        return taken

    # --- what stays here ---

    def keep(self, record: Record) -> None:
        """Put a record of this store alone (``records.LOCAL``) in the place of the one with its id."""
        kind = type(record)
        if kind not in LOCAL:
            raise TypeError(f"{kind.__name__} travels: put it")
        table = TABLES[kind]
        self._connection.execute(delete(table).where(table.c.id == record.id))
        self._connection.execute(insert(table).values(**asdict(record)))

    def set_local(self, name: str, value: str | None) -> None:
        """Keep a value that stays in this store, in this transaction (see ``Store.set_local``)."""
        self._connection.execute(delete(KEPT).where(KEPT.c.name == name))
        if value is not None:
            self._connection.execute(insert(KEPT).values(name=name, value=value))

    # --- from drafts to changes ---

    def _write(self, drafts: Sequence[Entry]) -> list[Change]:
        """One call, one time: what was written together can be told by it."""
        if not drafts:
            return []
        time = self._time()
        entries = [draft._replace(hlc=time) for draft in drafts]
        self._register.append(entries)
        return [self._register.change(entry) for entry in entries]

    def _time(self) -> int:
        now = self._author.clock()
        query = select(func.max(ORIGIN.c.latest)).where(ORIGIN.c.latest <= clock.furthest(now))
        return clock.next_time(now, self._connection.execute(query).scalar_one() or 0)

    def _standing(self, kind: type[Record], record_id: str) -> list[Entry]:
        return self._register.standing(table_name(kind), [record_id]).get(record_id, [])

    def _count_from(self, origin: str) -> None:
        self._origin = origin
        self._drafting.next = self._register.last(origin) + 1
