"""Alembic's entry: migrate the engine that `database._migrate` hands over."""

from alembic import context

from index.store.schema import metadata

engine = context.config.attributes["engine"]
with engine.connect().execution_options(writing=True) as connection:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
