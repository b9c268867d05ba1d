"""The tables: one per record class, derived from its fields, and the change log.

Types are those every SQL database has. Parents are named without foreign keys among travelling tables (see records.py).
"""

from __future__ import annotations

from types import NoneType
from typing import get_args, get_type_hints

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text

from visitapp.store.records import (
    LOCAL,
    TRAVELLING,
    Answer,
    Company,
    Offer,
    Opinion,
    Package,
    Receipt,
    Record,
    Response,
    Target,
    Visit,
)

METADATA = MetaData()

_LOOKUPS: dict[type[Record], tuple[str, ...]] = {
    Company: ("corporate_number",),
    Target: ("survey", "company"),
    Visit: ("target",),
    Response: ("target",),
    Answer: ("response", "path"),
    Opinion: ("response", "company"),
    Offer: ("target",),
    Package: ("peer",),
    Receipt: ("package",),
}


def _fields(kind: type[Record]) -> dict[str, type]:
    hints = get_type_hints(kind)
    del hints["id"]
    return {name: next(t for t in (*get_args(hint), hint) if t is not NoneType) for name, hint in hints.items()}


_FIELDS: dict[type[Record], dict[str, type]] = {kind: _fields(kind) for kind in (*TRAVELLING, *LOCAL)}


def fields_of(kind: type[Record]) -> dict[str, type]:
    """Field name -> str, int or bool, without ``id``, in the order of the class (``deleted`` first)."""
    return _FIELDS[kind]


def table_name(kind: type[Record]) -> str:
    """The class name in lower case."""
    return kind.__name__.lower()


def _state_table(kind: type[Record]) -> Table:
    columns: list[Column[object]] = [Column("id", Text, primary_key=True)]
    for name, python_type in fields_of(kind).items():
        required = name == "deleted"
        columns.append(
            Column(
                name,
                Text if python_type is str else BigInteger,
                nullable=not required,
                server_default="0" if required else None,
            )
        )
    name = table_name(kind)
    return Table(name, METADATA, *columns, *(Index(f"ix_{name}_{field}", field) for field in _LOOKUPS.get(kind, ())))


KINDS: dict[str, type[Record]] = {table_name(kind): kind for kind in TRAVELLING}
"""Table name -> record class, of what travels."""

TABLES: dict[type[Record], Table] = {kind: _state_table(kind) for kind in (*TRAVELLING, *LOCAL)}

COUNTER_BITS = 40
"""A change's number is ``origin.ref << COUNTER_BITS | counter``: one compact key, in each device's order of writing."""

ORIGIN = Table(
    "origin",
    METADATA,
    Column("ref", Integer, primary_key=True),
    Column("device", Text, nullable=False, unique=True),
    Column("complete", BigInteger, nullable=False, server_default="0"),
    Column("latest", BigInteger, nullable=False, server_default="0"),
    comment="Who writes changes: complete = counter up to which all are here; latest = highest time seen",
)

CHANGE = Table(
    "change",
    METADATA,
    Column("number", Integer().with_variant(BigInteger, "postgresql"), primary_key=True, autoincrement=False),
    Column("table_name", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("hlc", BigInteger, nullable=False),
    Column("person", Text, nullable=False),
    Column("restores", BigInteger),
    Column("standing", Integer, nullable=False),
    Index("ix_change_record", "record", "table_name", "field"),
)

CURRENT, BURIED, REPLACED = 2, 1, 0
"""``change.standing``: no change replaces it; replaced only by a deletion of its record; replaced in its own field."""

REPLACEMENT = Table(
    "replacement",
    METADATA,
    Column("number", BigInteger, ForeignKey("change.number"), primary_key=True, autoincrement=False),
    Column("replaced", BigInteger, primary_key=True, autoincrement=False),
    Index("ix_replacement_replaced", "replaced"),
    sqlite_with_rowid=False,
)

CONFLICT = Table(
    "conflict",
    METADATA,
    Column("table_name", Text, primary_key=True),
    Column("record", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    sqlite_with_rowid=False,
    comment="Which fields are in conflict; derived from change, kept current with it",
)

KEPT = Table(
    "kept",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    comment="Values of this store alone",
)

META = Table(
    "meta",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    comment="What the store is: role, device, origin, code",
)
