"""Runs migrations on the connection it is handed, inside the transaction that is open on it."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], transactional_ddl=True, transaction_per_migration=False
)
context.run_migrations()
