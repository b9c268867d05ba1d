"""Reads records and the change log of one consistent moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, text

from visitapp.store import clock
from visitapp.store.changes import Change, Conflict
from visitapp.store.records import Record
from visitapp.store.register import Entry, Register
from visitapp.store.tables import CONFLICT, CURRENT, KEPT, ORIGIN, TABLES, fields_of, table_name

R = TypeVar("R", bound=Record)


class Reader:
    """Reads records of one consistent moment."""

    def __init__(self, connection: Connection, device: str) -> None:
        self._connection = connection
        self._device = device
        self._register = Register(connection)

    def get(self, kind: type[R], record_id: str) -> R | None:
        """The record, deleted ones included; None when unknown."""
        table = TABLES[kind]
        row = self._connection.execute(select(table).where(table.c.id == record_id)).one_or_none()
        return None if row is None else _record(kind, row)

    def find(self, kind: type[R], *, deleted: bool = False, **equals: object) -> list[R]:
        """Records whose fields equal the given values (a list or tuple means "one of"), ordered by id.

        Deleted ones are left out unless ``deleted``. Raises TypeError for an unknown field.
        """
        table = TABLES[kind]
        query = select(table).where(*_conditions(kind, equals)).order_by(table.c.id)
        if not deleted:
            query = query.where(table.c.deleted == 0)
        return [_record(kind, row) for row in self._connection.execute(query)]

    def count(self, kind: type[Record], **equals: object) -> int:
        """How many undeleted records."""
        table = TABLES[kind]
        query = select(func.count()).select_from(table).where(table.c.deleted == 0, *_conditions(kind, equals))
        return self._connection.execute(query).scalar_one()

    def answer_rows(self, survey: str, status: str = "final") -> list[tuple[str, str, str, str]]:
        """(response, path, row, value) of every given answer in the survey's undeleted responses of that status.

        ``value`` is the JSON of ``records.Answer``; ordered by response, path and row.
        """
        rows = self._connection.execute(_ANSWER_ROWS, {"survey": survey, "status": status})
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def local(self, name: str) -> str | None:
        """A value that stays in this store (see ``Store.local``)."""
        return self._connection.execute(select(KEPT.c.value).where(KEPT.c.name == name)).scalar_one_or_none()

    def local_names(self, prefix: str) -> list[str]:
        """The names of such values that begin with ``prefix``, in order."""
        query = select(KEPT.c.name).where(KEPT.c.name.startswith(prefix, autoescape=True)).order_by(KEPT.c.name)
        return list(self._connection.scalars(query))

    def conflicts(self) -> list[Conflict]:
        """Every open conflict, newest first."""
        found = [
            self._conflict(row.table_name, row.record, row.field) for row in self._connection.execute(select(CONFLICT))
        ]
        return sorted(found, key=lambda c: (max(change.hlc for change in c.changes), c.record, c.field), reverse=True)

    def conflict(self, kind: type[Record], record_id: str, field: str) -> Conflict | None:
        """The conflict open at this field ("deleted" for deletion beside edits), if there is one."""
        key = (table_name(kind), record_id, field)
        return self._conflict(*key) if self._in_conflict(*key) else None

    def history(self, kind: type[Record], record_id: str, field: str | None = None) -> list[Change]:
        """All changes of a record (or one field), oldest first by hlc."""
        entries = self._register.of_record(table_name(kind), record_id)
        chosen = [entry for entry in entries if field is None or entry.field == field]
        chosen.sort(key=lambda entry: (entry.hlc, self._register.device(entry.number), entry.number))
        return [self._register.change(entry) for entry in chosen]

    def changes_after(self, known: Mapping[str, int]) -> Iterator[Change]:
        """Changes whose counter is above ``known[device]`` (0 when absent), by device and counter."""
        for device in sorted(self._connection.scalars(select(ORIGIN.c.device))):
            for entry in self._register.after(device, known.get(device, 0)):
                yield self._register.change(entry)

    def known(self) -> dict[str, int]:
        """Device id -> highest counter up to which all its changes are here."""
        rows = self._connection.execute(select(ORIGIN.c.device, ORIGIN.c.complete).where(ORIGIN.c.complete > 0))
        return {row.device: row.complete for row in rows}

    def holds(self, change: Change) -> bool:
        """Whether this very change is here, with the same content."""
        try:
            return self._register.change(self._register.find(change.id)) == change
        except KeyError:
            return False

    def last_saved(self) -> datetime | None:
        """When the newest change of this device was written (UTC)."""
        devices = self._connection.scalars(select(ORIGIN.c.device)).all()
        own = [self._register.last(device) for device in devices if device.partition(".")[0] == self._device]
        times = [entry.hlc for entry in self._register.entries(own)]
        return clock.to_datetime(max(times)) if times else None

    def _in_conflict(self, table: str, record: str, field: str) -> bool:
        query = select(CONFLICT).where(
            CONFLICT.c.table_name == table, CONFLICT.c.record == record, CONFLICT.c.field == field
        )
        return self._connection.execute(query).one_or_none() is not None

    def _conflict(self, table: str, record: str, field: str) -> Conflict:
        current = [entry for entry in self._register.of_record(table, record) if entry.standing == CURRENT]
        kind = "deleted" if field == "deleted" else "values"
        sides = current if kind == "deleted" else [entry for entry in current if entry.field == field]
        newest: dict[tuple[str, str], Entry] = {}
        for entry in sides:
            newest.setdefault((entry.field, entry.value), entry)
        return Conflict(table, record, field, kind, tuple(self._register.change(entry) for entry in newest.values()))


def _conditions(kind: type[Record], equals: Mapping[str, object]) -> list[ColumnElement[bool]]:
    columns = TABLES[kind].c
    if unknown := equals.keys() - {"id", *fields_of(kind)}:
        raise TypeError(f"{kind.__name__} has no field {sorted(unknown)}")
    conditions: list[ColumnElement[bool]] = []
    for name, value in equals.items():
        if isinstance(value, list | tuple):
            given = [one for one in value if one is not None]
            one_of = columns[name].in_(given)
            conditions.append(or_(one_of, columns[name].is_(None)) if None in value else one_of)
        else:
            conditions.append(columns[name].is_(None) if value is None else columns[name] == value)
    return conditions


def _record(kind: type[R], row: Row[tuple[object, ...]]) -> R:
    values: dict[str, object] = dict(zip(row._fields, row, strict=True))
    for name, python_type in fields_of(kind).items():
        if python_type is bool and values[name] is not None:
            values[name] = bool(values[name])
    return kind(**values)  # type: ignore[arg-type]  # the columns were made from this class's fields


_ANSWER_ROWS = text("""
    SELECT a.response, a.path, a.row, a.value
    FROM target t
    JOIN response r ON r.target = t.id AND r.deleted = 0 AND r.status = :status
    JOIN answer a ON a.response = r.id AND a.deleted = 0 AND a.value IS NOT NULL
    WHERE t.survey = :survey AND t.deleted = 0
    ORDER BY a.response, a.path, a.row""")
