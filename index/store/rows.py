"""A report as rows of the database, put in and taken out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from index.store import lexical, schema
from index.store import records as rec
from index.store.paths import Path, path_ids, paths_of
from ingest.model import Report
from ingest.model import Table as ReadTable

_DIALECT = SQLiteDialect_pysqlite(paramstyle="named")  # rows are dictionaries


def insert_report(
    connection: Connection,
    file_id: str,
    report: Report,
    revision: int,
    written: Mapping[Path, int],
) -> None:
    """Write a report into every table and into the lexical index.

    `revision` is the store's once this is committed; `written` are the ids of header paths that are
    known to be in the database.
    """
    ids = path_ids(connection, paths_of(report), written)
    counts = {
        "tables": len(report.tables),
        "figures": len(report.figures),
        "passages": len(report.passages),
        "warnings": len(report.warnings),
        "findings": len(report.findings),
    }
    connection.execute(
        insert(schema.reports).values(
            id=report.id, file_id=file_id, title=report.title, issuer=report.issuer,
            region=report.region, level=report.level, coverage=report.coverage,
            year=report.year, period=report.period, source=report.source,
            reader=report.reader, form=report.form,
            sections=rec.dump([list(s) for s in report.sections]), counts=rec.dump(counts),
            address=report.address, revision=revision,
        )
    )  # fmt: skip
    rows: list[tuple[Table, list[dict[str, Any]]]] = [
        (schema.tables, [_table_row(report.id, n, t, ids) for n, t in enumerate(report.tables)]),
        (schema.cells, [rec.cell_row(report.id, t, c) for t in report.tables for c in t.cells]),
        (
            schema.figures,
            [rec.figure_row(report.id, i, f, ids) for i, f in enumerate(report.figures)],
        ),
        (schema.sentences, [rec.sentence_row(report.id, s, ids) for s in report.sentences]),
        (schema.passages, [rec.passage_row(report.id, p, ids) for p in report.passages]),
        (
            schema.findings,
            [
                {"report_id": report.id, "position": i, "body": rec.finding_text(f)}
                for i, f in enumerate(report.findings)
            ],
        ),
        (
            schema.warnings,
            [rec.warning_row(report.id, i, w) for i, w in enumerate(report.warnings)],
        ),
    ]
    for target, values in rows:
        if values:
            # the driver binds them: SQLAlchemy would look at each of a thousand rows
            connection.exec_driver_sql(_insertion(target, tuple(values[0])), values)
    lexical.add_report(connection, report.id)


@cache
def _insertion(table: Table, columns: tuple[str, ...]) -> str:
    return str(insert(table).compile(dialect=_DIALECT, column_keys=columns))


def _table_row(
    report_id: str, position: int, table: ReadTable, ids: Mapping[Path, int]
) -> dict[str, Any]:
    return {
        "report_id": report_id,
        "id": table.id,
        "position": position,
        "caption": table.caption,
        "section": ids[table.section],
        "unit": table.unit,
        "form": table.form,
        "place": rec.place_text(table.place),
    }


def revision_in(connection: Connection) -> int:
    """The store's revision as a transaction sees it."""
    return int(
        connection.execute(
            select(schema.meta.c.value).where(schema.meta.c.key == "revision")
        ).scalar_one()
    )


def remove_report(connection: Connection, report_id: str) -> None:
    """Take a report out of every table and of the lexical index."""
    lexical.remove_report(connection, report_id)
    for table in (
        schema.figures, schema.cells, schema.tables, schema.sentences, schema.passages,
        schema.findings, schema.warnings,
    ):  # fmt: skip
        connection.execute(delete(table).where(table.c.report_id == report_id))
    connection.execute(delete(schema.reports).where(schema.reports.c.id == report_id))
