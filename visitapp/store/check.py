"""Is the file whole, and does what it shows follow from its change log?"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from visitapp.errors import DamagedData
from visitapp.store.engine import APPLICATION_ID
from visitapp.store.records import TRAVELLING
from visitapp.store.register import CONFLICTS_SQL, STANDING_SQL, derived_sql
from visitapp.store.tables import fields_of, table_name


def check_file(connection: Connection, path: Path) -> None:
    """Every page reads, the structure holds, and it is a store of this program. Raises DamagedData E-303.

    Reading a page verifies its HMAC, so this also finds bytes changed in pages that are in use.
    """
    if connection.execute(text("PRAGMA application_id")).scalar_one() != APPLICATION_ID:
        raise DamagedData("E-303", path=path)
    if connection.execute(text("PRAGMA integrity_check")).scalars().all() != ["ok"]:
        raise DamagedData("E-303", path=path)


def check_all(connection: Connection, path: Path) -> None:
    """``check_file``, each page's HMAC, references, and tables, standing and conflicts against the change log."""
    check_file(connection, path)
    questions = [
        "SELECT * FROM pragma_foreign_key_check",
        f"SELECT number FROM change WHERE standing <> {STANDING_SQL}",
        _differ(CONFLICTS_SQL.format(source=_ALL), "SELECT table_name, record, field FROM conflict"),
        *(_state_differs(table_name(kind), list(fields_of(kind)), derived_sql(kind, _ALL)) for kind in TRAVELLING),
    ]
    tables = [{}] * (len(questions) - len(TRAVELLING)) + [{"table": table_name(kind)} for kind in TRAVELLING]
    if connection.execute(text("PRAGMA cipher_integrity_check")).all():
        raise DamagedData("E-303", path=path)
    for question, values in zip(questions, tables, strict=True):
        if connection.execute(text(f"SELECT EXISTS ({question})"), values).scalar_one():
            raise DamagedData("E-303", path=path)


_ALL = "(SELECT DISTINCT table_name, record FROM change)"


def _state_differs(table: str, fields: list[str], derived: str) -> str:
    names = ", ".join(["id", *fields])
    return _differ(f"SELECT {names} FROM ({derived})", f"SELECT {names} FROM {table}")


def _differ(left: str, right: str) -> str:
    """Rows that are in one of two queries only."""
    return f"""
        SELECT * FROM (SELECT * FROM ({left}) EXCEPT SELECT * FROM ({right}))
        UNION ALL SELECT * FROM (SELECT * FROM ({right}) EXCEPT SELECT * FROM ({left}))"""
