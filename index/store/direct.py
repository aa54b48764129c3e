"""Reading by the driver itself, for the few queries that every question asks.

SQLite finds a dozen rows by their key in some 20 µs; SQLAlchemy needs ten times as long to say so. The
statements are made from the schema, so that a column is named in one place.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Engine, Table, select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from index.store import schema

Row = sqlite3.Row

#: values of one statement; SQLite takes 32,766 parameters
MOST_PARAMETERS = 10_000
_DIALECT = SQLiteDialect_pysqlite()


def rows(engine: Engine, statement: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """All rows of a statement that only reads; `?` stand for the parameters."""
    connection = engine.raw_connection()
    try:
        cursor: Any = connection.cursor()  # of sqlite3: a factory is its own, not of DBAPI
        cursor.row_factory = Row
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
    finally:
        connection.close()


def column(engine: Engine, statement: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
    """The first value of each row, for as long as more are wanted."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(statement, parameters)
        while (row := cursor.fetchone()) is not None:
            yield row[0]
        cursor.close()
    finally:
        connection.close()


@cache
def columns_of(table: Table, *names: str) -> str:
    """`SELECT … FROM table` of these columns, or of all."""
    chosen = select(*(table.c[name] for name in names)) if names else select(table)
    return str(chosen.compile(dialect=_DIALECT))


@cache
def marks(count: int) -> str:
    """`?,?,?`."""
    return ",".join("?" * count)


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists that SQLite takes as parameters of one statement."""
    listed = list(values)
    for i in range(0, len(listed), MOST_PARAMETERS):
        yield listed[i : i + MOST_PARAMETERS]


def revision(engine: Engine) -> int:
    """A number that grows with every change of the reports, in whatever process."""
    (row,) = rows(engine, "SELECT value FROM meta WHERE key = 'revision'")
    return int(row[0])


def figures_by_id(engine: Engine, report_id: str, ids: Sequence[str]) -> list[Row]:
    """Rows of `figures`, of one report."""
    return rows(
        engine,
        f"{columns_of(schema.figures)} WHERE report_id = ? AND id IN ({marks(len(ids))})",
        (report_id, *ids),
    )


def captions(engine: Engine, report_id: str) -> list[Row]:
    """(id, caption) of the tables of one report."""
    return rows(
        engine, f"{columns_of(schema.tables, 'id', 'caption')} WHERE report_id = ?", (report_id,)
    )


def findings(engine: Engine, report_id: str) -> list[Row]:
    """(body,) of the findings of one report, in order."""
    return rows(
        engine,
        f"{columns_of(schema.findings, 'body')} WHERE report_id = ? ORDER BY position",
        (report_id,),
    )


def sentences_with(engine: Engine, report_id: str, value: str, unit: str | None) -> list[Row]:
    """Rows of `sentences` that hold a figure of this value and unit, in order."""
    return rows(
        engine,
        f"{columns_of(schema.sentences)} WHERE report_id = ? AND position IN "
        "(SELECT sentence FROM figures WHERE report_id = ? AND sentence IS NOT NULL "
        "AND value = ? AND unit IS ?) ORDER BY position",
        (report_id, report_id, value, unit),
    )
