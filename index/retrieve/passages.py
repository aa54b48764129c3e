"""Passages for a question: the best by words and the best by vectors, ranked by both, within some reports."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from index.retrieve.content import terms_of
from index.retrieve.ranking import LONGEST, combine, cosines, lexical_scores
from index.store import lexical, vectors
from index.store.chroma import ChromaProjection, place_of
from index.store.embedder import Embedder, Vector
from index.store.lexical import words_of
from index.store.store import Store, StoredPassage

log = logging.getLogger(__name__)

_POOL = 30  # how many of each kind of search go into the fusion


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` is that of both searches (see `ranking`); ranks count from 1, None where
    not found so."""

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

        `tables` False leaves rows of tables out. Of a long question the end counts.
        """
        if not report_ids:
            return []
        question = question[-LONGEST:]
        forms = [form for t in terms_of(question) for form, _ in t.forms if form != t.word]
        words = lexical.search(
            self._store.engine, question, report_ids, _POOL, tables=tables, more=forms
        )
        by_word = [i for i, _ in words]
        by_vector = self._by_vector(question, report_ids, tables) if self._use_vectors else []
        stored = self._store.passages_by_id({*by_word, *by_vector})
        # a passage that another process took out in between is passed over
        pool = [stored[i] for i in dict.fromkeys([*by_word, *by_vector]) if i in stored]
        if not pool:
            return []
        scores = self._scores(question, pool, meaning=bool(by_vector))
        word_rank = {i: r for r, i in enumerate(by_word, 1)}
        vector_rank = {i: r for r, i in enumerate(by_vector, 1)}
        hits = [
            Hit(p, score, word_rank.get(p.id), vector_rank.get(p.id))
            for p, score in zip(pool, scores, strict=True)
        ]
        return sorted(hits, key=lambda h: (-h.score, h.passage.id))[:limit]

    def _scores(self, question: str, pool: list[StoredPassage], *, meaning: bool) -> list[float]:
        """The score of each passage that was found by words or by vectors, from both."""
        searched = [" ".join((p.passage.text, *p.passage.section)).lower() for p in pool]
        pairs, terms = lexical_scores(
            question, searched, [frozenset(words_of(t)) for t in searched]
        )
        near = None
        if meaning:
            known = vectors.get(
                self._store.engine, self._embedder.name, (p.text_hash for p in pool)
            )
            near = cosines(
                self._embedder.question(question), [known.get(p.text_hash) for p in pool]
            )
        return [float(s) for s in combine(pairs, terms, near)]

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
