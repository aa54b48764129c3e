"""Passages for a question: lexical search and vectors, fused by rank, within some reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from index.retrieve.fusion import fuse
from index.store import lexical, vectors
from index.store.chroma import ChromaProjection, node_id
from index.store.embedder import Embedder
from index.store.store import Store, StoredPassage

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

    def search(self, question: str, report_ids: list[str], limit: int = 10) -> list[Hit]:
        """The best passages of these reports, best first; only lexical before vectors exist."""
        if not report_ids:
            return []
        by_word = [i for i, _ in lexical.search(self._store.engine, question, report_ids, _POOL)]
        stored = {p.id: p for p in self._store.passages(report_ids)}
        by_vector = self._by_vector(question, list(stored.values())) if self._use_vectors else []
        fused = fuse([[i for i in by_word if i in stored], by_vector])
        word_rank = {i: r for r, i in enumerate(by_word, 1)}
        vector_rank = {i: r for r, i in enumerate(by_vector, 1)}
        return [
            Hit(stored[i], score, word_rank.get(i), vector_rank.get(i))
            for i, score in fused[:limit]
        ]

    def _by_vector(self, question: str, stored: list[StoredPassage]) -> list[int]:
        """Passage ids, nearest first; from Chroma where this process owns it, else from SQL."""
        projection = self._projection()
        done, _ = vectors.progress(self._store.engine, self._embedder.name)
        if not done:
            return []
        query = self._embedder.question(question)
        if projection is not None and projection.synced_revision == self._store.revision():
            ids = {node_id(p): p.id for p in stored}
            reports = list(dict.fromkeys(p.report_id for p in stored))
            found = projection.search(query, reports, _POOL)
            return [ids[i] for i, _ in found if i in ids]
        known = vectors.get(self._store.engine, self._embedder.name, (p.text_hash for p in stored))
        having = [p for p in stored if p.text_hash in known]
        if not having:
            return []
        scores = np.stack([known[p.text_hash] for p in having]) @ query
        order = np.argsort(-scores, kind="stable")[:_POOL]
        return [having[int(i)].id for i in order]
