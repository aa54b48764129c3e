import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

import index.store.database as database
from index.store import schema
from index.store.database import HEAD, current_version, open_engine
from index.store.store import Store
from ingest.errors import StoreError, StoreVersionError


def test_the_migrations_make_what_the_schema_says(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                # the lexical index is a virtual table, which SQLAlchemy does not describe
                "include_name": lambda name, kind, _: (
                    not (kind == "table" and name.startswith("passages_fts"))
                ),
            },
        )
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_what_an_older_store_holds_is_kept(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'wenbao.db'}")
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    config.attributes["engine"] = engine
    command.upgrade(config, "0002")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO reports (id, file_id, issuer, year, source, reader, sections, counts) "
                "VALUES ('r', 'f', '甲市', 2020, 'a.txt', 't', '[]', :counts)"
            ),
            {"counts": '{"tables":0,"figures":0,"passages":0,"warnings":0,"findings":0}'},
        )
    engine.dispose()
    store = Store(tmp_path)
    assert current_version(store.engine) == HEAD
    assert [(r.id, r.issuer, r.year) for r in store.listed()] == [("r", "甲市", 2020)]
    store.close()


def test_an_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    data = tmp_path / "new" / "数据"
    engine = open_engine(data)
    assert (data / "wenbao.db").is_file()
    assert current_version(engine) == HEAD
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()
    again = open_engine(data)  # what is there is left as it is
    assert current_version(again) == HEAD
    again.dispose()


def test_a_database_elsewhere(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "data", f"sqlite:///{tmp_path / 'other.db'}")
    engine.dispose()
    assert (tmp_path / "other.db").is_file() and not (tmp_path / "data" / "wenbao.db").exists()


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreVersionError, match=r"9999.*update the program"):
        open_engine(tmp_path)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "wenbao.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=r"wenbao\.db cannot be opened"):
        open_engine(tmp_path)


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        open_engine(tmp_path / "data")


@pytest.mark.parametrize("url", ["postgresql://localhost/x", "mysql://x/y", "no address", ""])
def test_other_databases_are_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreError, match="cannot be used"):
        open_engine(tmp_path, url)


def test_processes_that_open_an_empty_folder_at_once(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from index.store.store import Store
        folder = Path(sys.argv[1])
        print("ready", flush=True)
        sys.stdin.readline()
        store = Store(folder / "data")
        print(store.revision())
        store.close()
    """)
    started = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", script, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:  # all are imported and waiting: now they race
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        out, err = process.communicate(timeout=60)
        assert (out, err, process.returncode) == ("0\n", "", 0)
