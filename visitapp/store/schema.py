"""db/schema.sql: the tables as the migrations make them, for people to read.

``python -m visitapp.store.schema [FILE]`` writes it anew; a test fails while it is out of date.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from sqlalchemy import text

from visitapp.files import write_whole
from visitapp.resources import database_path
from visitapp.store.engine import connect, make_engine
from visitapp.store.key import new_key
from visitapp.store.migration import migrate, newest_revision


def schema_sql() -> str:
    """CREATE statements of a new store, tables by name and each with its indexes."""
    with tempfile.TemporaryDirectory() as folder:
        path, key = Path(folder) / "schema.db", new_key()
        connect(path, key, create=True).close()
        engine = make_engine(path, key)
        migrate(engine)
        with engine.connect() as connection:
            query = text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name")
            statements = [f"{statement.strip()};\n" for statement in connection.execute(query).scalars()]
        engine.dispose()
    origin = f"-- Made from the migrations up to {newest_revision()} by python -m visitapp.store.schema; do not edit.\n"
    return "\n".join([origin, *statements])


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else database_path("schema.sql")
    write_whole(target, schema_sql().encode())
