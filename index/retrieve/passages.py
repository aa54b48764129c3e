"""Passages for a question: lexical search and vectors, fused by rank, within some reports."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from index.retrieve.fusion import fuse
from index.store import lexical, vectors
from index.store.chroma import ChromaProjection, place_of
from index.store.embedder import Embedder, Vector
from index.store.store import Store, StoredPassage

log = logging.getLogger(__name__)

_POOL = 30  # how many of each kind of search go into the fusion


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` is the fused one; ranks count from 1, None where not found so."""

    passage: StoredPassage
    score: float
    lexical_rank: int | None
    vector_rank: int | None


class PassageRetriever:
    """Searches passages. `projection` gives Chroma where this process owns it, else None."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        projection: Callable[[], ChromaProjection | None],
        *,
        use_vectors: bool = True,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._projection = projection
        self._use_vectors = use_vectors

    def search(
        self, question: str, report_ids: list[str], limit: int = 10, *, tables: bool = True
    ) -> list[Hit]:
        """The best passages of these reports, best first; only lexical before vectors exist.

        `tables` False leaves rows of tables out.
        """
        if not report_ids:
            return []
        words = lexical.search(self._store.engine, question, report_ids, _POOL, tables=tables)
        by_word = [i for i, _ in words]
        by_vector = self._by_vector(question, report_ids, tables) if self._use_vectors else []
        stored = self._store.passages_by_id({*by_word, *by_vector})
        fused = fuse([by_word, by_vector])
        word_rank = {i: r for r, i in enumerate(by_word, 1)}
        vector_rank = {i: r for r, i in enumerate(by_vector, 1)}
        # a passage that another process took out in between is passed over
        return [
            Hit(stored[i], score, word_rank.get(i), vector_rank.get(i))
            for i, score in fused
            if i in stored
        ][:limit]

    def _by_vector(self, question: str, report_ids: list[str], tables: bool) -> list[int]:
        """Passage ids, nearest first."""
        if not vectors.exist(self._store.engine, self._embedder.name):
            return []
        query = self._embedder.question(question)
        near = self._from_chroma(query, report_ids, tables)
        if near is None:
            near = self._store.passage_hashes(report_ids, tables=tables)
        return self._nearest(query, near)

    def _from_chroma(
        self, query: Vector, report_ids: list[str], tables: bool
    ) -> list[tuple[int, str]] | None:
        """(id, hash) of more than the pool; None where Chroma is not ours or not in step."""
        projection = self._projection()
        if projection is None or projection.synced_revision != self._store.revision():
            return None
        try:
            found = projection.search(query, report_ids, 2 * _POOL, tables=tables)
        except Exception as error:  # SQL holds the same vectors, so a broken Chroma costs only time
            log.warning("Chroma cannot be searched, searching SQL: %s", error)
            return None
        stored = self._store.passages_at([place_of(node) for node, _ in found])
        return [(p.id, p.text_hash) for p in stored]

    def _nearest(self, query: Vector, candidates: list[tuple[int, str]]) -> list[int]:
        """The pool's ids, nearest first, the same from Chroma's candidates and from all."""
        known = vectors.get(self._store.engine, self._embedder.name, (h for _, h in candidates))
        having = [(i, known[h]) for i, h in candidates if h in known]
        if not having:
            return []
        # row by row in double precision: a matrix product rounds the same row differently in
        # matrices of different shapes, and equal texts must tie to be put in the order of the store
        matrix = np.stack([v for _, v in having]).astype(np.float64)
        scores = (matrix * query.astype(np.float64)).sum(axis=1)
        ranked = sorted(zip(scores.tolist(), having, strict=True), key=lambda s: (-s[0], s[1][0]))
        return [i for _, (i, _) in ranked[:_POOL]]
