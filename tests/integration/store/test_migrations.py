"""Migrations: alone, whole or not at all, and the schema they make is the one the program expects."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.integration.store.conftest import MakeStore
from tests.integration.store.stores import CHEAP, PASSPHRASE
from visitapp.errors import DamagedData
from visitapp.resources import database_path
from visitapp.store import migration
from visitapp.store.engine import STORE_FILE, make_engine
from visitapp.store.key import read_key
from visitapp.store.records import Company
from visitapp.store.schema import schema_sql
from visitapp.store.store import Store, create_store, open_store
from visitapp.store.tables import METADATA

Shape = dict[str, object]


def shape(engine: Engine) -> Shape:
    """Columns, keys, indexes and foreign keys of every table, in a form that can be compared."""
    with engine.connect() as connection:

        def rows(sql: str) -> list[tuple[object, ...]]:
            return [tuple(row) for row in connection.execute(text(sql))]

        names = [str(row[0]) for row in rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        return {
            name: (
                rows(f"PRAGMA table_xinfo({name})"),
                sorted((row[1:], rows(f"PRAGMA index_xinfo({row[1]})")) for row in rows(f"PRAGMA index_list({name})")),
                rows(f"PRAGMA foreign_key_list({name})"),
                rows(f"SELECT wr FROM pragma_table_list('{name}')"),
            )
            for name in names
            if name != "alembic_version"
        }  # fmt: skip


@pytest.fixture
def engine(store: Store) -> Iterator[Engine]:
    engine = make_engine(store.folder / STORE_FILE, read_key(store.folder, PASSPHRASE))
    yield engine
    engine.dispose()


def test_migrations_make_the_tables_the_program_expects(engine: Engine) -> None:
    declared = create_engine("sqlite://")
    METADATA.create_all(declared)
    expected, made = shape(declared), shape(engine)
    declared.dispose()
    assert made.keys() == expected.keys()
    for name in expected:
        assert made[name] == expected[name], name


def test_schema_sql_is_current() -> None:
    assert database_path("schema.sql").read_text(encoding="utf-8") == schema_sql()


def test_schema_sql_is_written_by_a_command(tmp_path: Path) -> None:
    target = tmp_path / "schema.sql"
    subprocess.run([sys.executable, "-m", "visitapp.store.schema", str(target)], check=True)
    assert target.read_text(encoding="utf-8") == schema_sql()


def test_migrations_stand_alone() -> None:
    files = sorted(database_path("migrations", "versions").glob("*.py"))
    assert [path.name[:4] for path in files] == [f"{n:04d}" for n in range(1, len(files) + 1)]
    for path in files:
        content = path.read_text(encoding="utf-8")
        assert "visitapp" not in content
        assert re.search(rf'^revision = "{path.name[:4]}"$', content, re.MULTILINE)
        assert "def downgrade" not in content


@pytest.fixture
def with_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations that the program under test uses; a test adds the next one."""
    copy = tmp_path / "100% migrations"
    shutil.copytree(database_path("migrations"), copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migration, "database_path", lambda *parts: copy)
    return copy


def add_migration(migrations: Path, body: str) -> None:
    newest = migration.newest_revision(database_path("migrations"))
    following = f"{int(newest) + 1:04d}"
    head = f'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "{following}"\ndown_revision = "{newest}"\n'
    indented = "".join(f"    {line}\n" for line in dedent(body).strip().splitlines())
    content = f"{head}\n\ndef upgrade():\n{indented}"
    (migrations / "versions" / f"{following}_test.py").write_text(content, encoding="utf-8")


def make_filled(folder: Path) -> None:
    store = create_store(folder, PASSPHRASE, "headquarters", kdf=CHEAP)
    with store.write("p") as writer:
        writer.put(Company, "c1", name="A")
    store.close()


GOOD = """
    op.add_column("company", sa.Column("website", sa.Text()))
    op.create_table("note", sa.Column("id", sa.Text(), primary_key=True))
    op.execute("INSERT INTO note (id) SELECT id FROM company")
"""


def test_an_older_store_is_backed_up_and_migrated(tmp_path: Path, with_next: Path) -> None:
    make_filled(tmp_path / "store")
    add_migration(with_next, GOOD)
    store = open_store(tmp_path / "store", PASSPHRASE)
    with store.read() as reader:
        assert reader.count(Company) == 1
    store.close()
    assert [path.name.partition("Z-")[2] for path in (tmp_path / "store" / "backups").iterdir()] == ["migration"]
    store = open_store(tmp_path / "store", PASSPHRASE)
    store.check()
    store.close()


@pytest.mark.parametrize(
    "failure",
    [
        "op.execute('INSERT INTO nowhere VALUES (1)')",
        "op.execute('INSERT INTO note (id) SELECT id FROM company')",
        "op.drop_table('company')\n    op.drop_index('ix_nowhere')",
        "raise OSError('the power went')",
    ],
)
def test_a_failing_migration_leaves_the_store_as_it_was(tmp_path: Path, with_next: Path, failure: str) -> None:
    folder = tmp_path / "store"
    make_filled(folder)
    key = read_key(folder, PASSPHRASE)
    engine = make_engine(folder / STORE_FILE, key)
    before = shape(engine)
    engine.dispose()
    add_migration(with_next, GOOD + "    " + failure)
    with pytest.raises((DBAPIError, OSError)):
        open_store(folder, PASSPHRASE)
    engine = make_engine(folder / STORE_FILE, key)
    assert shape(engine) == before
    with engine.connect() as connection:
        assert migration.revision_of(connection) == "0001"
    engine.dispose()
    add_migration(with_next, GOOD)
    repaired = open_store(folder, PASSPHRASE)
    with repaired.read() as reader:
        assert reader.count(Company) == 1
    repaired.close()


def test_a_migration_that_breaks_references_is_rolled_back(tmp_path: Path, with_next: Path) -> None:
    folder = tmp_path / "store"
    make_filled(folder)
    add_migration(with_next, 'op.execute("INSERT INTO replacement (number, replaced) VALUES (5, 6)")')
    with pytest.raises(DamagedData):
        open_store(folder, PASSPHRASE)
    (with_next / "versions" / "0002_test.py").unlink()
    store = open_store(folder, PASSPHRASE)
    store.check()
    store.close()


def test_a_newer_store_is_refused_untouched(tmp_path: Path, with_next: Path) -> None:
    folder = tmp_path / "store"
    make_filled(folder)
    add_migration(with_next, GOOD)
    open_store(folder, PASSPHRASE).close()
    (with_next / "versions" / "0002_test.py").unlink()
    before = (folder / STORE_FILE).read_bytes()
    with pytest.raises(DamagedData) as refused:
        open_store(folder, PASSPHRASE)
    assert refused.value.code == "E-304"
    assert (refused.value.values["found"], refused.value.values["known"]) == ("0002", "0001")
    assert (folder / STORE_FILE).read_bytes() == before


def test_new_stores_are_made_by_all_migrations(make_store: MakeStore, with_next: Path) -> None:
    add_migration(with_next, GOOD)
    store = make_store("fresh")
    engine = make_engine(store.folder / STORE_FILE, read_key(store.folder, PASSPHRASE))
    assert "note" in shape(engine)
    engine.dispose()
