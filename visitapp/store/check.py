"""Is the file whole, and does what it shows follow from its change log?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, text

from visitapp.errors import DamagedData
from visitapp.store import derivation
from visitapp.store.engine import APPLICATION_ID
from visitapp.store.tables import KINDS, fields_of


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
    if connection.execute(text("PRAGMA cipher_integrity_check")).all():
        raise DamagedData("E-303", path=path)
    for question, parameters in _questions():
        if connection.execute(text(f"SELECT EXISTS ({question})"), parameters).scalar_one():
            raise DamagedData("E-303", path=path)


_ALL = "(SELECT DISTINCT table_name, record FROM change)"


def _questions() -> Iterator[tuple[str, dict[str, str]]]:
    """Queries that must find nothing."""
    yield "SELECT * FROM pragma_foreign_key_check", {}
    yield f"SELECT number FROM change WHERE standing <> {derivation.STANDING}", {}
    yield _differ(derivation.conflicts(_ALL), "SELECT table_name, record, field FROM conflict"), {}
    for table, kind in KINDS.items():
        names = ", ".join(["id", *fields_of(kind)])
        derived = f"SELECT {names} FROM ({derivation.rows(kind, _ALL)})"
        yield _differ(derived, f"SELECT {names} FROM {table}"), {"table": table}


def _differ(left: str, right: str) -> str:
    """Rows that are in one of two queries only."""
    return f"""
        SELECT * FROM (SELECT * FROM ({left}) EXCEPT SELECT * FROM ({right}))
        UNION ALL SELECT * FROM (SELECT * FROM ({right}) EXCEPT SELECT * FROM ({left}))"""
