"""What follows from the change log, as SQL: standing, the rows of the record tables, conflicts. See ``register.py``.

Each text is used twice: for the records a write touched, and for all of them when the store is checked. ``source``
stands for a table or query that names records by (table_name, record).
"""

from __future__ import annotations

from visitapp.store.records import Record
from visitapp.store.tables import COUNTER_BITS, CURRENT, fields_of, table_name

STANDING = """CASE
  WHEN EXISTS (SELECT 1 FROM replacement r JOIN change n ON n.number = r.number WHERE r.replaced = change.number
    AND n.record = change.record AND n.table_name = change.table_name AND n.field = change.field) THEN 0
  WHEN EXISTS (SELECT 1 FROM replacement r JOIN change n ON n.number = r.number WHERE r.replaced = change.number
    AND n.record = change.record AND n.table_name = change.table_name) THEN 1
  ELSE 2 END"""
"""The standing of a row of ``change``. A change of another record cannot replace it, whatever it claims."""


def _changes_of(source: str) -> str:
    # CROSS JOIN: SQLite then starts from the few records of the source, never from the whole log.
    return f"FROM {source} t CROSS JOIN change c WHERE c.record = t.record AND c.table_name = t.table_name"


def conflicts(source: str) -> str:
    """The fields in conflict: (table_name, record, field)."""
    current = f"{_changes_of(source)} AND c.standing = {CURRENT}"
    return f"""
        SELECT t.table_name, t.record, c.field {current} AND c.field <> 'deleted'
        GROUP BY t.table_name, t.record, c.field HAVING min(c.value) <> max(c.value)
        UNION
        SELECT t.table_name, t.record, 'deleted' {current} AND c.field = 'deleted' AND c.value = 'true' AND EXISTS (
          SELECT 1 FROM change o WHERE o.record = t.record AND o.table_name = t.table_name AND o.standing = {CURRENT}
          AND (o.field <> 'deleted' OR o.value = 'false'))"""


def rows(kind: type[Record], source: str) -> str:
    """What the table of ``kind`` must show; the parameter :table is its name."""
    shown = {name: f"max(CASE WHEN field = '{name}' THEN shown END)" for name in fields_of(kind)}
    shown["deleted"] = f"coalesce({shown['deleted']}, 0)"
    columns = ", ".join(f"{expression} AS {name}" for name, expression in shown.items())
    device = f"(SELECT o.device FROM origin o WHERE o.ref = c.number >> {COUNTER_BITS})"
    return f"""
        SELECT record AS id, {columns} FROM (
          SELECT t.record, c.field, json_extract(c.value, '$') AS shown, row_number() OVER (
            PARTITION BY t.record, c.field ORDER BY c.standing DESC, c.hlc DESC, {device} DESC, c.number DESC) AS place
          {_changes_of(source)} AND t.table_name = :table) AS ranked
        WHERE place = 1 GROUP BY record"""


def rebuild(kind: type[Record], source: str) -> str:
    """Brings the rows of the records to ``rows``."""
    names = list(fields_of(kind))
    sets = ", ".join(f"{name} = excluded.{name}" for name in names)
    return (
        f"INSERT INTO {table_name(kind)} (id, {', '.join(names)}) {rows(kind, source)} "
        f"ON CONFLICT (id) DO UPDATE SET {sets}"
    )
