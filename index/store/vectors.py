"""Vectors in SQL: kept by (embedder, hash of the text), so that nothing is ever embedded twice."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from sqlalchemy import Engine, text

from index.store.embedder import Vector

_CHUNK = 500  # SQLite takes a limited number of parameters


def missing(engine: Engine, embedder: str, limit: int) -> list[tuple[str, str]]:
    """(hash, text) of passages that have no vector yet, in the order they came in."""
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT p.text_hash, min(p.id) AS first, p.text FROM passages p "
                "LEFT JOIN vectors v ON v.text_hash = p.text_hash AND v.embedder = :e "
                "WHERE v.text_hash IS NULL GROUP BY p.text_hash ORDER BY first LIMIT :n"
            ),
            {"e": embedder, "n": limit},
        ).all()
    return [(r[0], r[2]) for r in rows]


def exist(engine: Engine, embedder: str) -> bool:
    """Whether there is any vector of this embedder."""
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT 1 FROM vectors WHERE embedder = :e LIMIT 1"), {"e": embedder}
        ).first()
    return found is not None


def progress(engine: Engine, embedder: str) -> tuple[int, int]:
    """(passages with a vector, all passages)."""
    with engine.connect() as connection:
        row = connection.execute(
            text(
                "SELECT count(v.text_hash), count(*) FROM passages p LEFT JOIN vectors v "
                "ON v.text_hash = p.text_hash AND v.embedder = :e"
            ),
            {"e": embedder},
        ).one()
    return int(row[0]), int(row[1])


def put(engine: Engine, embedder: str, hashes: list[str], vectors: Vector) -> None:
    """Keep vectors; `vectors` has shape (len(hashes), dimension). Known hashes are left alone."""
    rows = [
        {"e": embedder, "h": h, "v": v.astype("<f4").tobytes()}
        for h, v in zip(hashes, vectors, strict=True)
    ]
    if not rows:
        return
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(
            text(
                "INSERT INTO vectors (embedder, text_hash, vector) VALUES (:e, :h, :v) "
                "ON CONFLICT DO NOTHING"
            ),
            rows,
        )


def get(engine: Engine, embedder: str, hashes: Iterable[str]) -> dict[str, Vector]:
    """The vectors of these hashes, shape (dimension,) each; unknown hashes are left out."""
    wanted = list(dict.fromkeys(hashes))
    out: dict[str, Vector] = {}
    with engine.connect() as connection:
        for i in range(0, len(wanted), _CHUNK):
            part = wanted[i : i + _CHUNK]
            names = ",".join(f":h{j}" for j in range(len(part)))
            rows = connection.execute(
                text(
                    f"SELECT text_hash, vector FROM vectors WHERE embedder = :e "
                    f"AND text_hash IN ({names})"
                ),
                {"e": embedder, **{f"h{j}": h for j, h in enumerate(part)}},
            )
            for r in rows:
                out[r[0]] = np.frombuffer(r[1], dtype="<f4").astype(np.float32)
    return out
