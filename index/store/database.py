"""The SQL engine: SQLite in WAL mode, brought to the newest schema by Alembic when it opens."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ingest.errors import StoreError, StoreVersionError

#: the newest migration; a test compares it with the scripts
HEAD = "0004"


def open_engine(data: Path, url: str | None = None) -> Engine:
    """An engine on `url`, or on `data`/wenbao.db, with the newest schema.

    Raises StoreError where the folder or the address cannot be used, StoreVersionError where the
    schema is newer than this program.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the data folder {data} cannot be made: {error}") from error
    address = f"sqlite:///{data / 'wenbao.db'}" if url is None else url
    try:
        engine = create_engine(address)
    except (ArgumentError, ImportError) as error:
        raise StoreError(f"the database {address!r} cannot be used: {error}") from error
    if engine.dialect.name != "sqlite":
        raise StoreError(f"the database {address!r} cannot be used: wanted a sqlite:/// address")
    event.listen(engine, "connect", _sqlite_pragmas)
    event.listen(engine, "begin", _begin_immediate_when_writing)
    try:
        _migrate(engine)
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        raise StoreError(f"the store {engine.url.database} cannot be opened: {error}") from error
    except StoreVersionError:
        engine.dispose()
        raise
    return engine


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    # the driver's own transaction handling would begin late and deadlock two writers
    connection.isolation_level = None
    cursor = connection.cursor()
    # first of all: the pragmas behind it wait for other processes too
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_immediate_when_writing(connection: Any) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def current_version(engine: Engine) -> str | None:
    """The schema's version in the database, None for an empty one."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine) -> None:
    path = engine.url.database
    # Two processes that open an empty folder at once must not both create it, nor may one switch
    # the file to WAL (which takes no busy timeout) while the other reads it.
    with FileLock(f"{path}.lock") if path and path != ":memory:" else nullcontext():
        version = current_version(engine)
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            raise StoreVersionError(
                f"the store has schema {version}, this program knows {HEAD}: update the program"
            )
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["engine"] = engine
        command.upgrade(config, "head")
