"""The store of reports: SQL is the truth. Every report is written in one transaction."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select, text, true, tuple_
from sqlalchemy.exc import OperationalError

from index.store import direct, lexical, schema
from index.store import records as rec
from index.store.database import open_engine
from index.store.direct import parts
from index.store.listing import Listing
from index.store.paths import PathCache
from index.store.rows import insert_report, remove_report, revision_in
from index.store.summary import ReportSummary, summary_from
from ingest.errors import StoreError, UnknownReport
from ingest.model import Figure, Finding, Passage, Report, Sentence, Table, Warning_

__all__ = ["ReportSummary", "Store", "StoredPassage"]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its row number, its report and the hash that its vector is kept under."""

    id: int
    report_id: str
    passage: Passage
    text_hash: str


class Store:
    """Reads and writes reports. Safe to use from several threads and several processes."""

    def __init__(self, data: Path, url: str | None = None) -> None:
        self.data = data
        self.engine: Engine = open_engine(data, url)
        self._paths = PathCache(self.engine)
        self._listing = Listing(self.engine)

    def close(self) -> None:
        """Release the connections."""
        self.engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction that ends with a higher revision; raises StoreError where it cannot."""
        try:
            with (
                self.engine.connect().execution_options(writing=True) as connection,
                connection.begin(),
            ):
                yield connection
                connection.execute(
                    text("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key='revision'")
                )
        except OperationalError as error:  # a full disk, a lock that another holds for too long
            raise StoreError(f"the store in {self.data} cannot be written: {error.orig}") from error

    def revision(self) -> int:
        """A number that grows with every change of the reports, in whatever process."""
        return direct.revision(self.engine)

    # ── writing ────────────────────────────────────────────────────────────

    def reader_of(self, file_id: str) -> str | None:
        """The reader version that a file was read with, None where it is not in the store."""
        with self.engine.connect() as connection:
            return connection.execute(
                select(schema.files.c.reader).where(schema.files.c.id == file_id)
            ).scalar()

    def given_of(self, file_id: str) -> dict[str, Any]:
        """What the user said of a file; {} where nothing, or where it is not in the store."""
        with self.engine.connect() as connection:
            said = connection.execute(
                select(schema.files.c.given).where(schema.files.c.id == file_id)
            ).scalar()
        given: dict[str, Any] = json.loads(said) if said else {}
        return given

    def add(
        self,
        file_id: str,
        name: str,
        data: bytes,
        reader: str,
        reports: Iterable[Report],
        given: Mapping[str, Any] | None = None,
    ) -> None:
        """Write a file and its reports, replacing what an older reader made of the same bytes.

        `given` (issuer, year) is what the user said of it, and is kept beside the bytes.
        """
        written = self._paths.ids()
        with self._writing() as connection:
            self._remove_file(connection, file_id)
            connection.execute(
                insert(schema.files).values(
                    id=file_id, name=name, content=zlib.compress(data), reader=reader,
                    given=rec.dump(dict(given or {})),
                )
            )  # fmt: skip
            revision = revision_in(connection) + 1
            for report in reports:
                insert_report(connection, file_id, report, revision, written)

    def _remove_file(self, connection: Connection, file_id: str) -> None:
        ids = connection.execute(
            select(schema.reports.c.id).where(schema.reports.c.file_id == file_id)
        ).scalars()
        for report_id in list(ids):
            remove_report(connection, report_id)
        connection.execute(delete(schema.files).where(schema.files.c.id == file_id))

    def remove(self, report_id: str) -> None:
        """Remove a report, and its file where it held no other; raises UnknownReport."""
        with self._writing() as connection:
            file_id = connection.execute(
                select(schema.reports.c.file_id).where(schema.reports.c.id == report_id)
            ).scalar()
            if file_id is None:
                raise UnknownReport(
                    f"no report has the id {report_id!r}; `wenbao reports` lists them"
                )
            remove_report(connection, report_id)
            left = connection.execute(
                select(schema.reports.c.id).where(schema.reports.c.file_id == file_id)
            ).first()
            if left is None:
                connection.execute(delete(schema.files).where(schema.files.c.id == file_id))

    def files(self) -> list[tuple[str, str]]:
        """(id, name) of every file, in the order of names."""
        files = schema.files.c
        with self.engine.connect() as connection:
            rows = connection.execute(select(files.id, files.name).order_by(files.name, files.id))
            return [(r.id, r.name) for r in rows]

    def content(self, file_id: str) -> bytes:
        """The bytes of a file as they were ingested; raises StoreError where it is gone."""
        with self.engine.connect() as connection:
            packed = connection.execute(
                select(schema.files.c.content).where(schema.files.c.id == file_id)
            ).scalar()
        if packed is None:
            raise StoreError(f"the store in {self.data} holds no file {file_id[:16]}")
        return zlib.decompress(packed)

    # ── reading ────────────────────────────────────────────────────────────

    def summaries(self, embedder: str, file_id: str | None = None) -> list[ReportSummary]:
        """The reports (of one file, if given) by issuer, year and source."""
        reports = schema.reports.c
        query = select(schema.reports).order_by(
            reports.issuer, reports.year, reports.source, reports.id
        )
        counted = (
            select(schema.passages.c.report_id, func.count())
            .join(schema.vectors, schema.vectors.c.text_hash == schema.passages.c.text_hash)
            .where(schema.vectors.c.embedder == embedder)
            .group_by(schema.passages.c.report_id)
        )
        if file_id is not None:
            query = query.where(reports.file_id == file_id)
            of_file = select(reports.id).where(reports.file_id == file_id)
            counted = counted.where(schema.passages.c.report_id.in_(of_file))
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
            vectors: dict[str, int] = {r[0]: r[1] for r in connection.execute(counted)}
        return [summary_from(r, vectors.get(r["id"], 0)) for r in rows]

    def listed(self) -> tuple[ReportSummary, ...]:
        """The same without counting vectors; of reports that were listed before only news is read."""
        return self._listing.read()

    def figures_by_key(self, report_id: str, keys: Iterable[str]) -> dict[str, Figure]:
        """The table figures of one report with these concept keys."""
        found = direct.figures_by_id(self.engine, report_id, tuple(keys))
        return {r["id"]: rec.figure_from(r, self._paths) for r in found}

    def notes_of(self, report_id: str, figure_id: str) -> list[Figure]:
        """The figures inside the note of a cell."""
        return self._figures(report_id, schema.figures.c.note_of == figure_id)

    def note_words(self) -> list[str]:
        """The words of the figures inside cells' notes, of all reports."""
        with self.engine.connect() as connection:
            ids = connection.execute(
                select(schema.figures.c.column_path)
                .where(schema.figures.c.note_of.is_not(None))
                .distinct()
            ).scalars()
            found = list(ids)
        paths = self._paths
        return sorted({paths[i][-1] for i in found if paths[i]})

    def prose_figures(self, report_id: str) -> list[Figure]:
        """The figures of a report's sentences, in order."""
        return self._figures(report_id, schema.figures.c.sentence.is_not(None))

    def figures(self, report_id: str) -> list[Figure]:
        """All figures of a report, in order."""
        return self._figures(report_id, schema.figures.c.report_id == report_id)

    def _figures(self, report_id: str, condition: Any) -> list[Figure]:
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(schema.figures)
                .where(schema.figures.c.report_id == report_id, condition)
                .order_by(schema.figures.c.position)
            ).mappings().all()  # fmt: skip
        paths = self._paths
        return [rec.figure_from(r, paths) for r in rows]

    def table(self, report_id: str, table_id: str) -> Table | None:
        """One table with all its cells."""
        with self.engine.connect() as connection:
            head = connection.execute(
                select(schema.tables).where(
                    schema.tables.c.report_id == report_id, schema.tables.c.id == table_id
                )
            ).mappings().first()  # fmt: skip
            if head is None:
                return None
            cells = connection.execute(
                select(schema.cells)
                .where(schema.cells.c.report_id == report_id, schema.cells.c.table_id == table_id)
                .order_by(schema.cells.c.row, schema.cells.c.column)
            ).mappings().all()  # fmt: skip
        return Table(
            head["id"], head["caption"], self._paths[head["section"]],
            tuple(rec.cell_from(c) for c in cells), head["unit"], head["form"],
            rec.place_from(head["place"]),
        )  # fmt: skip

    def captions(self, report_id: str) -> dict[str, str]:
        """Table captions of a report by table id."""
        return {r["id"]: r["caption"] for r in direct.captions(self.engine, report_id)}

    def sentences(self, report_id: str) -> list[Sentence]:
        """The sentences of a report, in order."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(schema.sentences)
                .where(schema.sentences.c.report_id == report_id)
                .order_by(schema.sentences.c.position)
            ).mappings().all()  # fmt: skip
        paths = self._paths
        return [rec.sentence_from(r, paths) for r in rows]

    def occurs(self, word: str, report_ids: Iterable[str]) -> bool:
        """Whether a word stands in a passage of these reports."""
        ids = set(report_ids)
        return any(found in ids for found in lexical.reports_with(self.engine, word, ids))

    def sentences_with(self, report_id: str, value: str, unit: str | None) -> list[Sentence]:
        """The sentences that hold a figure of this value and unit, in order."""
        found = direct.sentences_with(self.engine, report_id, value, unit)
        return [rec.sentence_from(r, self._paths) for r in found]

    def passages(self, report_ids: Iterable[str] | None = None) -> list[StoredPassage]:
        """Passages of some reports (None: of all), in order."""
        if report_ids is None:
            return self._passages([select(schema.passages)])
        column = schema.passages.c.report_id
        return self._passages(
            select(schema.passages).where(column.in_(part)) for part in parts(report_ids)
        )

    def passages_by_id(self, ids: Iterable[int]) -> dict[int, StoredPassage]:
        """Passages by their row numbers; those that are gone are left out."""
        column = schema.passages.c.id
        found = self._passages(
            select(schema.passages).where(column.in_(part)) for part in parts(ids)
        )
        return {p.id: p for p in found}

    def passages_at(self, places: Iterable[tuple[str, int]]) -> list[StoredPassage]:
        """Passages by (report id, position), in the order of the store."""
        where = tuple_(schema.passages.c.report_id, schema.passages.c.position)
        return self._passages(
            select(schema.passages).where(where.in_(part)) for part in parts(places)
        )

    def passage_hashes(
        self, report_ids: Iterable[str], *, tables: bool = True
    ) -> list[tuple[int, str]]:
        """(id, hash of the embedded text) of the passages of some reports, in order.

        `tables` False leaves rows of tables out.
        """
        passages = schema.passages.c
        narrative = true() if tables else passages.table_id.is_(None)
        with self.engine.connect() as connection:
            rows = [
                (int(r.id), str(r.text_hash))
                for part in parts(report_ids)
                for r in connection.execute(
                    select(passages.id, passages.text_hash).where(
                        passages.report_id.in_(part), narrative
                    )
                )
            ]
        return sorted(rows)

    def _passages(self, queries: Iterable[Select[Any]]) -> list[StoredPassage]:
        with self.engine.connect() as connection:
            rows = [r for q in queries for r in connection.execute(q).mappings()]
        paths = self._paths
        return [
            StoredPassage(r["id"], r["report_id"], rec.passage_from(r, paths), r["text_hash"])
            for r in sorted(rows, key=lambda r: int(r["id"]))
        ]

    def findings(self, report_id: str) -> list[Finding]:
        """The findings inside one report."""
        return [rec.finding_from(r["body"]) for r in direct.findings(self.engine, report_id)]

    def warnings(self, report_id: str) -> list[Warning_]:
        """The warnings of one report."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(schema.warnings)
                .where(schema.warnings.c.report_id == report_id)
                .order_by(schema.warnings.c.position)
            ).mappings().all()  # fmt: skip
            return [rec.warning_from(r) for r in rows]
