"""Header paths: few where figures are many, so each is stored once and referred to by its id."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock

from sqlalchemy import Connection, Engine, insert, select

from index.store import schema
from index.store.records import dump
from ingest.model import Report

Path = tuple[str, ...]

_CHUNK = 500  # SQLite takes a limited number of parameters


def paths_of(report: Report) -> Iterator[Path]:
    """Every path that a report's rows refer to, repetitions included."""
    for f in report.figures:
        yield from (f.row_path, f.column_path, f.printed_row_path, f.printed_column_path)
    for part in (report.sentences, report.passages, report.tables):
        for one in part:
            yield one.section


def path_ids(
    connection: Connection, wanted: Iterable[Path], written: Mapping[Path, int]
) -> dict[Path, int]:
    """The ids of `wanted`; those that are new are written by the caller's transaction.

    `written` are ids that are known to be committed, so that they need not be asked for.
    """
    paths = set(wanted)
    out = {path: written[path] for path in paths if path in written}
    by_text = {dump(list(path)): path for path in sorted(paths - out.keys())}
    if not by_text:
        return out
    known = _known(connection, list(by_text))
    new = [labels for labels in by_text if labels not in known]
    if new:
        connection.execute(insert(schema.paths), [{"labels": labels} for labels in new])
        known |= _known(connection, new)
    return out | {path: known[labels] for labels, path in by_text.items()}


def _known(connection: Connection, texts: list[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for i in range(0, len(texts), _CHUNK):
        rows = connection.execute(
            select(schema.paths.c.labels, schema.paths.c.id).where(
                schema.paths.c.labels.in_(texts[i : i + _CHUNK])
            )
        )
        out.update({r.labels: r.id for r in rows})
    return out


class PathCache(Mapping[int, Path]):
    """Paths by id. They are never changed or taken out, so each is read once.

    An id that is not known yet was written since, by whatever process: then all new ones are read.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._paths: dict[int, Path] = {}
        self._ids: dict[Path, int] = {}

    def __getitem__(self, id_: int) -> Path:
        found = self._paths.get(id_)
        if found is None:
            self._read()
            found = self._paths[id_]
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def ids(self) -> Mapping[Path, int]:
        """The id of every path that any process has committed so far."""
        self._read()
        return self._ids

    def _read(self) -> None:
        with self._lock, self._engine.connect() as connection:
            last = max(self._paths, default=0)
            rows = connection.execute(
                select(schema.paths.c.id, schema.paths.c.labels).where(schema.paths.c.id > last)
            ).all()
            if not rows:
                return
            # replaced, not changed: another thread may be reading the old ones
            new = {r.id: tuple(json.loads(r.labels)) for r in rows}
            self._paths = self._paths | new
            self._ids = self._ids | {path: id_ for id_, path in new.items()}
