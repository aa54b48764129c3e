"""The store of reports: SQL is the truth. Every report is written in one transaction."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from index.store import lexical, schema
from index.store import records as rec
from index.store.database import open_engine
from ingest.errors import UnknownReport
from ingest.model import Figure, Finding, Passage, Report, Sentence, Table, Warning_


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """A report in the list; the last six are counts (`vectors`: passages that have one)."""

    id: str
    title: str | None
    issuer: str | None
    year: int | None
    level: str | None
    coverage: str | None
    region: str | None
    form: str | None
    source: str
    tables: int
    figures: int
    passages: int
    vectors: int
    warnings: int
    findings: int


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
        self._paths: dict[int, tuple[str, ...]] = {}

    def close(self) -> None:
        """Release the connections."""
        self.engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self.engine.connect().execution_options(writing=True) as connection:
            with connection.begin():
                yield connection
                connection.execute(
                    text("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key='revision'")
                )

    def revision(self) -> int:
        """A number that grows with every change of the reports, in whatever process."""
        with self.engine.connect() as connection:
            found = connection.execute(
                select(schema.meta.c.value).where(schema.meta.c.key == "revision")
            )
            return int(found.scalar_one())

    # ── writing ────────────────────────────────────────────────────────────

    def reader_of(self, file_id: str) -> str | None:
        """The reader version that a file was read with, None where it is not in the store."""
        with self.engine.connect() as connection:
            return connection.execute(
                select(schema.files.c.reader).where(schema.files.c.id == file_id)
            ).scalar()

    def add(
        self, file_id: str, name: str, data: bytes, reader: str, reports: Iterable[Report]
    ) -> None:
        """Write a file and its reports, replacing what an older reader made of the same bytes."""
        with self._writing() as connection:
            self._remove_file(connection, file_id)
            connection.execute(
                insert(schema.files).values(
                    id=file_id, name=name, content=zlib.compress(data), reader=reader
                )
            )
            for report in reports:
                self._insert(connection, file_id, report)

    def _remove_file(self, connection: Connection, file_id: str) -> None:
        ids = connection.execute(
            select(schema.reports.c.id).where(schema.reports.c.file_id == file_id)
        ).scalars()
        for report_id in list(ids):
            self._remove_report(connection, report_id)
        connection.execute(delete(schema.files).where(schema.files.c.id == file_id))

    def _remove_report(self, connection: Connection, report_id: str) -> None:
        lexical.remove_report(connection, report_id)
        for table in (
            schema.figures, schema.cells, schema.tables, schema.sentences, schema.passages,
            schema.findings, schema.warnings,
        ):  # fmt: skip
            connection.execute(delete(table).where(table.c.report_id == report_id))
        connection.execute(delete(schema.reports).where(schema.reports.c.id == report_id))

    def _insert(self, connection: Connection, file_id: str, report: Report) -> None:
        wanted = {report_path for report_path in _paths_of(report)}
        ids = _path_ids(connection, wanted)
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
            )
        )  # fmt: skip
        for position, table in enumerate(report.tables):
            connection.execute(
                insert(schema.tables).values(
                    report_id=report.id, id=table.id, position=position, caption=table.caption,
                    section=ids[table.section], unit=table.unit, form=table.form,
                    place=rec.place_text(table.place),
                )
            )  # fmt: skip
        rows: list[tuple[Any, list[dict[str, Any]]]] = [
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
                connection.execute(insert(target), values)
        lexical.add_report(connection, report.id)

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
            self._remove_report(connection, report_id)
            left = connection.execute(
                select(schema.reports.c.id).where(schema.reports.c.file_id == file_id)
            ).first()
            if left is None:
                connection.execute(delete(schema.files).where(schema.files.c.id == file_id))

    def files(self) -> list[tuple[str, str, bytes]]:
        """(id, name, bytes) of every file, in the order of names."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(schema.files.c.id, schema.files.c.name, schema.files.c.content).order_by(
                    schema.files.c.name, schema.files.c.id
                )
            ).all()
        return [(r.id, r.name, zlib.decompress(r.content)) for r in rows]

    # ── reading ────────────────────────────────────────────────────────────

    def paths(self) -> dict[int, tuple[str, ...]]:
        """All header paths by id (they only grow, so they are kept between calls)."""
        with self.engine.connect() as connection:
            last = max(self._paths, default=0)
            rows = connection.execute(
                select(schema.paths.c.id, schema.paths.c.labels).where(schema.paths.c.id > last)
            ).all()
        if rows:
            self._paths = self._paths | {r.id: tuple(json.loads(r.labels)) for r in rows}
        return self._paths

    def summaries(self, embedder: str) -> list[ReportSummary]:
        """All reports, by issuer, year and source."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(schema.reports).order_by(
                    schema.reports.c.issuer, schema.reports.c.year, schema.reports.c.source,
                    schema.reports.c.id,
                )
            ).mappings().all()  # fmt: skip
            embedded = dict(
                connection.execute(
                    text(
                        "SELECT p.report_id, count(*) FROM passages p JOIN vectors v "
                        "ON v.text_hash = p.text_hash AND v.embedder = :e GROUP BY p.report_id"
                    ),
                    {"e": embedder},
                ).all()
            )  # type: ignore[arg-type]
        out = []
        for r in rows:
            counts = json.loads(r["counts"])
            out.append(
                ReportSummary(
                    r["id"], r["title"], r["issuer"], r["year"], r["level"], r["coverage"],
                    r["region"], r["form"], r["source"], counts["tables"], counts["figures"],
                    counts["passages"], embedded.get(r["id"], 0), counts["warnings"],
                    counts["findings"],
                )
            )  # fmt: skip
        return out

    def figures_by_key(self, report_id: str, keys: Iterable[str]) -> dict[str, Figure]:
        """The table figures of one report with these concept keys."""
        wanted = list(keys)
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(schema.figures).where(
                    schema.figures.c.report_id == report_id, schema.figures.c.id.in_(wanted)
                )
            ).mappings().all()  # fmt: skip
        paths = self.paths()
        return {r["id"]: rec.figure_from(r, paths) for r in rows}

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
        paths = self.paths()
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
        paths = self.paths()
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
            head["id"], head["caption"], self.paths()[head["section"]],
            tuple(rec.cell_from(c) for c in cells), head["unit"], head["form"],
            rec.place_from(head["place"]),
        )  # fmt: skip

    def captions(self, report_id: str) -> dict[str, str]:
        """Table captions of a report by table id."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(schema.tables.c.id, schema.tables.c.caption).where(
                    schema.tables.c.report_id == report_id
                )
            )
            return {r.id: r.caption for r in rows}

    def sentences(self, report_id: str) -> list[Sentence]:
        """The sentences of a report, in order."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(schema.sentences)
                .where(schema.sentences.c.report_id == report_id)
                .order_by(schema.sentences.c.position)
            ).mappings().all()  # fmt: skip
        paths = self.paths()
        return [rec.sentence_from(r, paths) for r in rows]

    def occurs(self, word: str, report_ids: Iterable[str]) -> bool:
        """Whether a word stands in a passage of these reports."""
        with self.engine.connect() as connection:
            found = connection.execute(
                select(schema.passages.c.id)
                .where(
                    schema.passages.c.report_id.in_(list(report_ids)),
                    schema.passages.c.text.contains(word, autoescape=True),
                )
                .limit(1)
            ).first()
        return found is not None

    def passages(self, report_ids: Iterable[str] | None = None) -> list[StoredPassage]:
        """Passages of some reports (None: of all), in order."""
        query = select(schema.passages).order_by(schema.passages.c.id)
        if report_ids is not None:
            query = query.where(schema.passages.c.report_id.in_(list(report_ids)))
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        paths = self.paths()
        return [
            StoredPassage(r["id"], r["report_id"], rec.passage_from(r, paths), r["text_hash"])
            for r in rows
        ]

    def findings(self, report_id: str) -> list[Finding]:
        """The findings inside one report."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(schema.findings.c.body)
                .where(schema.findings.c.report_id == report_id)
                .order_by(schema.findings.c.position)
            ).scalars()
            return [rec.finding_from(body) for body in rows]

    def warnings(self, report_id: str) -> list[Warning_]:
        """The warnings of one report."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(schema.warnings)
                .where(schema.warnings.c.report_id == report_id)
                .order_by(schema.warnings.c.position)
            ).mappings().all()  # fmt: skip
            return [rec.warning_from(r) for r in rows]

    def set_meta(self, key: str, value: str) -> None:
        """Remember a fact about the store."""
        with self._writing() as connection:
            done = connection.execute(
                update(schema.meta).where(schema.meta.c.key == key).values(value=value)
            )
            if done.rowcount == 0:
                connection.execute(insert(schema.meta).values(key=key, value=value))


def _paths_of(report: Report) -> Iterator[tuple[str, ...]]:
    for f in report.figures:
        yield from (f.row_path, f.column_path, f.printed_row_path, f.printed_column_path)
    for s in report.sentences:
        yield s.section
    for p in report.passages:
        yield p.section
    for t in report.tables:
        yield t.section


def _path_ids(connection: Connection, wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    by_text = {rec.dump(list(path)): path for path in sorted(wanted)}
    known: dict[str, int] = {}
    texts = list(by_text)
    for i in range(0, len(texts), 500):
        rows = connection.execute(
            select(schema.paths.c.labels, schema.paths.c.id).where(
                schema.paths.c.labels.in_(texts[i : i + 500])
            )
        )
        known.update({r.labels: r.id for r in rows})
    new = [{"labels": t} for t in texts if t not in known]
    if new:
        connection.execute(insert(schema.paths), new)
        return _path_ids(connection, wanted)
    return {path: known[t] for t, path in by_text.items()}
