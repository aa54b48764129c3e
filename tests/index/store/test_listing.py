"""The list of reports that is brought up to date: always what reading all of them gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.store.store import ReportSummary, Store
from ingest import read_report
from ingest.metadata.find import NOTHING_GIVEN, Given

Make = Callable[..., bytes]
Put = Callable[..., str]


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """One store, opened twice as two processes would."""
    both = Store(tmp_path), Store(tmp_path)
    yield both
    for store in both:
        store.close()


@pytest.fixture
def put(report: Make) -> Put:
    """`put(store, issuer, given)`: the id of a report that has been written, in place of its older one."""

    def add(store: Store, issuer: str, given: Given = NOTHING_GIVEN) -> str:
        (read,) = read_report(report(issuer), f"{issuer}.txt", given)
        store.add(issuer, f"{issuer}.txt", b"", "r", [read])
        return read.id

    return add


def whole(store: Store) -> tuple[ReportSummary, ...]:
    return tuple(store.summaries("no embedder"))


def test_what_comes_and_goes(stores: tuple[Store, Store], put: Put) -> None:
    here, there = stores
    assert here.listed() == ()
    first = put(there, "甲市")
    assert here.listed() == whole(there) and len(here.listed()) == 1
    put(here, "丙市")
    assert here.listed() == there.listed() == whole(here)
    there.remove(first)
    assert here.listed() == whole(here) and len(here.listed()) == 1
    assert put(there, "甲市") == first
    assert here.listed() == there.listed() == whole(here)


def test_a_report_that_is_read_otherwise(stores: tuple[Store, Store], put: Put) -> None:
    here, there = stores
    first = put(there, "甲市")
    here.listed()
    assert put(there, "甲市", Given(None, 2019)) == first
    assert [r.year for r in here.listed()] == [2019]
    there.remove(first)
    put(there, "甲市", Given(None, 2020))
    assert [r.year for r in here.listed()] == [2020]
    assert here.listed() == whole(here)


def test_one_goes_as_another_comes(stores: tuple[Store, Store], put: Put) -> None:
    here, there = stores
    gone = put(there, "甲市")
    here.listed()
    there.remove(gone)
    put(there, "丙市")
    assert [r.issuer for r in here.listed()] == ["丙市"]


def test_only_news_is_read(stores: tuple[Store, Store], put: Put) -> None:
    here, there = stores
    put(there, "甲市")
    listed = here.listed()
    assert here.listed() is listed
    put(there, "丙市")
    assert any(report is listed[0] for report in here.listed())


def test_what_is_not_known_goes_first(stores: tuple[Store, Store], put: Put) -> None:
    here, there = stores
    put(here, "甲市")
    nobodys = put(here, "丙市")
    with here.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.exec_driver_sql(
            "UPDATE reports SET issuer = NULL, year = NULL WHERE id = ?", (nobodys,)
        )
    assert [r.issuer for r in there.listed()] == [None, "甲市"]
    assert there.listed() == whole(here)
