import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from index import Assistant
from index.store.store import Store
from ingest import read_report
from ingest.errors import StoreError, UnknownReport
from ingest.model import Report, Warning_

Make = Callable[..., bytes]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "data")
    yield made
    made.close()


def put(store: Store, data: bytes, name: str = "a.txt", reader: str = "r1") -> Report:
    found = read_report(data, name)
    store.add(found[0].id, name, data, reader, found)
    return found[0]


def rows(store: Store) -> dict[str, int]:
    """How many rows each table has that a report writes (paths and vectors are kept)."""
    names = (
        "files", "reports", "tables", "cells", "figures", "sentences", "passages", "findings",
        "warnings", "passages_fts",
    )  # fmt: skip
    with store.engine.connect() as connection:
        return {
            n: int(connection.execute(text(f"SELECT count(*) FROM {n}")).scalar_one())
            for n in names
        }


def test_what_is_written_is_read(store: Store, report: Make) -> None:
    data = report()
    added = replace(read_report(data, "a.txt")[0], warnings=(Warning_("code", "说明"),))
    store.add("f1", "a.txt", data, "r1", [added])
    assert store.figures(added.id) == list(added.figures)
    assert store.sentences(added.id) == list(added.sentences)
    assert store.findings(added.id) == list(added.findings)
    assert store.warnings(added.id) == list(added.warnings)
    assert [p.passage for p in store.passages()] == list(added.passages)
    assert [store.table(added.id, t.id) for t in added.tables] == list(added.tables)
    assert store.captions(added.id) == {t.id: t.caption for t in added.tables}
    assert store.table(added.id, "t9") is None
    assert store.files() == [("f1", "a.txt")] and store.content("f1") == data
    (summary,) = store.summaries("fake-1")
    assert (summary.id, summary.issuer, summary.year) == (added.id, "甲市", 2021)
    assert (summary.figures, summary.passages) == (len(added.figures), len(added.passages))
    assert (summary.vectors, summary.warnings, summary.findings) == (0, 1, len(added.findings))


def test_some_of_a_report(store: Store, report: Make) -> None:
    added = put(store, report())
    found = store.figures_by_key(added.id, ["t3.received.total", "t3.no.such"])
    assert {k: f.text for k, f in found.items()} == {"t3.received.total": "1343"}
    assert [f.sentence is not None for f in store.prose_figures(added.id)].count(False) == 0
    passages = store.passages([added.id])
    assert store.passages_by_id([passages[2].id, 10**9]) == {passages[2].id: passages[2]}
    assert store.passages_at([(added.id, 3), (added.id, 10**6), ("other", 1)]) == [passages[3]]
    assert store.passage_hashes([added.id]) == [(p.id, p.text_hash) for p in passages]
    assert store.passages([]) == [] and store.passages(["other"]) == []
    assert store.passages(f"x{i}" for i in range(40_000)) == []  # more than SQLite's parameters
    assert store.occurs("办件一本通", [added.id]) and not store.occurs("办件一本通", ["other"])
    assert not store.occurs("%", [added.id] * 0) and not store.occurs("_____", [added.id])


def test_another_reader_replaces(store: Store, report: Make) -> None:
    added = put(store, report())
    before = rows(store)
    put(store, report(), reader="r2")
    assert rows(store) == before
    assert store.reader_of(added.id) == "r2"


def test_remove_leaves_nothing(store: Store, report: Make) -> None:
    first = put(store, report())
    before = rows(store)
    second = put(store, report("乙市"), "b.txt")
    store.remove(second.id)
    assert rows(store) == before
    store.remove(first.id)
    assert set(rows(store).values()) == {0}
    assert store.reader_of(first.id) is None
    with pytest.raises(StoreError, match="holds no file"):
        store.content(first.id)


def test_a_file_goes_with_its_last_report(store: Store, report: Make) -> None:
    data = report()
    one = read_report(data, "a.txt")[0]
    two = replace(one, id="other-2")
    store.add("f1", "a.txt", data, "r1", [one, two])
    store.remove(one.id)
    assert store.content("f1") == data
    store.remove(two.id)
    assert store.files() == []


def test_removing_what_is_not_there(store: Store) -> None:
    with pytest.raises(UnknownReport, match="'nothing'"):
        store.remove("nothing")
    assert store.revision() == 0


def test_one_transaction(store: Store, report: Make) -> None:
    put(store, report())
    before, revision = rows(store), store.revision()
    data = report("乙市")
    good = read_report(data, "b.txt")[0]
    twice = replace(good, id="second", figures=(*good.figures, good.figures[0]))
    with pytest.raises(IntegrityError):
        store.add("f2", "b.txt", data, "r1", [good, twice])
    assert (rows(store), store.revision()) == (before, revision)


def test_the_revision_grows_with_every_change(store: Store, report: Make) -> None:
    seen = [store.revision()]
    added = put(store, report())
    seen.append(store.revision())
    put(store, report("乙市"), "b.txt")
    seen.append(store.revision())
    store.remove(added.id)
    seen.append(store.revision())
    assert seen == sorted(set(seen))


def test_a_store_that_another_holds_is_a_store_error(store: Store, report: Make) -> None:
    added = put(store, report())
    event.listen(store.engine, "connect", lambda c, _: c.execute("PRAGMA busy_timeout=10") and None)
    store.engine.dispose()
    other = sqlite3.connect(store.data / "wenbao.db")
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreError, match="cannot be written: database is locked"):
            store.remove(added.id)
    finally:
        other.close()
    store.remove(added.id)


def test_threads_that_write_at_once(store: Store, report: Make) -> None:
    issuers = [f"{letter}市" for letter in "甲乙丙丁戊己庚辛"]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: put(store, report(i), f"{i}.txt"), issuers))
    assert sorted(s.issuer or "" for s in store.summaries("x")) == sorted(issuers)
    assert all(len(store.figures(s.id)) == s.figures for s in store.summaries("x"))


def test_what_another_process_writes_is_seen(empty: Assistant, report: Make) -> None:
    assert empty.ask("甲市2021年新收多少申请").reason == "empty-store"
    path = empty.data / "a.txt"
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from index import Assistant
        with Assistant(Path(sys.argv[1]), vectors=False) as a:
            print(a.ingest([Path(sys.argv[2])])[0].status)
    """)
    for number, received in enumerate((1343, 1777)):
        path.write_bytes(report(received=received, year=2021 + number))
        done = subprocess.run(
            [sys.executable, "-c", script, str(empty.data), str(path)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout == "added\n"
        answer = empty.ask(f"甲市{2021 + number}年新收多少申请")
        assert [v.value for v in answer.values] == [str(received)]
