"""Brings a store's tables to what this program needs: forward only, all or nothing.

The migrations in ``db/migrations/versions`` never import this package. A file's number is its revision. New stores
are made by running them too.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from visitapp.errors import DamagedData
from visitapp.resources import database_path


def newest_revision(migrations: Path | None = None) -> str:
    """The revision this program needs."""
    versions = (migrations or database_path("migrations")) / "versions"
    return max(path.name[:4] for path in versions.glob("[0-9][0-9][0-9][0-9]_*.py"))


def revision_of(connection: Connection) -> str | None:
    """The revision of an open store; None for one without tables."""
    tables = text("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    if not connection.execute(tables).scalar_one():
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def needs_migration(connection: Connection, folder: Path, migrations: Path | None = None) -> bool:
    """Whether an older program made the store. Raises DamagedData E-304 when a newer one did."""
    present, newest = revision_of(connection), newest_revision(migrations)
    if present is not None and present > newest:
        raise DamagedData("E-304", path=folder, found=present, known=newest)
    return present != newest


def migrate(engine: Engine, migrations: Path | None = None) -> None:
    """Run what is missing in one transaction; whatever fails leaves the store as it was."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # "%" begins a placeholder in Alembic's options.
    config.set_main_option("script_location", str(migrations or database_path("migrations")).replace("%", "%%"))
    with engine.connect() as plain:
        # Rebuilding a table with foreign keys on would delete the rows that point to it; the switch works only
        # outside a transaction.
        plain.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        connection = plain.execution_options(writes=True)
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if broken := connection.execute(text("PRAGMA foreign_key_check")).all():
                    raise DamagedData("E-303", path=str(broken[0][0]))
        finally:
            plain.connection.driver_connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]
