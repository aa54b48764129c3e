"""The SQL engine: SQLite in WAL mode, brought to the newest schema by Alembic when it opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, text

from ingest.errors import StoreError, StoreVersionError

#: the newest migration; a test compares it with the scripts
HEAD = "0001"


def open_engine(data: Path, url: str | None = None) -> Engine:
    """An engine on `url`, or on `data`/wenbao.db, with the newest schema.

    Raises StoreError where the folder cannot be used, StoreVersionError where the schema is newer.
    """
    if url is None:
        try:
            data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the data folder {data} cannot be made: {error}") from error
        url = f"sqlite:///{data / 'wenbao.db'}"
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_pragmas)
        event.listen(engine, "begin", _begin_immediate_when_writing)
    _migrate(engine)
    return engine


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    # the driver's own transaction handling would begin late and deadlock two writers
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA busy_timeout=30000")
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
    version = current_version(engine)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise StoreVersionError(
            f"the store has schema {version}, this program knows {HEAD}: update the program"
        )
    from alembic import command
    from alembic.config import Config
    from filelock import FileLock

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = engine
    if engine.dialect.name == "sqlite" and engine.url.database:
        # two processes that open an empty folder at once must not both create it
        with FileLock(engine.url.database + ".lock"):
            if current_version(engine) != HEAD:
                command.upgrade(config, "head")
    else:
        command.upgrade(config, "head")
