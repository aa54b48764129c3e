"""The sentences of some reports in the order in which they answer a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from index.retrieve.ranking import LONGEST, Scores, combine, cosines, lexical_scores
from index.retrieve.texts import ReportText
from index.store import vectors
from index.store.embedder import Embedder, Vector
from index.store.records import text_hash
from index.store.store import Store
from ingest.model import Sentence

_KEPT = 64  # reports whose vectors are held in memory
_LAST = 4  # rankings that are kept


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence found. `score` is in standard deviations above the mean of all sentences looked at."""

    text: ReportText
    sentence: Sentence
    score: float


class SentenceRanker:
    """Ranks all sentences of a few reports; for many, choose the reports first. Thread-safe."""

    def __init__(self, store: Store, embedder: Embedder, *, use_vectors: bool = True) -> None:
        self._store = store
        self._embedder = embedder
        self._use_vectors = use_vectors
        self._lock = Lock()
        self._kept: dict[str, tuple[tuple[str, ...], list[Vector]]] = {}
        #: the last rankings with their texts, for one answer looks at the same one two or three times
        self._last: list[tuple[str, tuple[ReportText, ...], list[RankedSentence]]] = []

    def rank(self, question: str, texts: Sequence[ReportText]) -> list[RankedSentence]:
        """All sentences, best first; `question` is search text without issuer and year.

        Of a long one the end counts: what it asks last.
        """
        question = question[-LONGEST:]
        with self._lock:
            for asked, of, ranked in self._last:
                if asked == question and len(of) == len(texts):
                    if all(a is b for a, b in zip(of, texts, strict=True)):
                        return ranked
        places = [(text, s) for text in texts for s in text.sentences]
        if not places:
            return []
        searched = [own for text in texts for own in text.searched]
        words = [own for text in texts for own in text.words]
        pairs, terms = lexical_scores(question, searched, words)
        meaning = self._meaning(question, texts)
        total = combine(pairs, terms, meaning)
        order = np.argsort(-total, kind="stable")
        ranked = [RankedSentence(places[i][0], places[i][1], float(total[i])) for i in order]
        if meaning is not None:  # else vectors may come in between
            with self._lock:
                self._last = [(question, tuple(texts), ranked), *self._last][:_LAST]
        return ranked

    def _meaning(self, question: str, texts: Sequence[ReportText]) -> Scores | None:
        if not self._use_vectors or not vectors.exist(self._store.engine, self._embedder.name):
            return None
        rows = [row for text in texts for row in self._vectors(text)]
        if any(row is None for row in rows):
            return None  # some are still being made: words alone compare like with like
        return cosines(self._embedder.question(question), rows)

    def _vectors(self, text: ReportText) -> Sequence[Vector | None]:
        """The vectors of a report's sentences, None where there is none yet."""
        hashes = tuple(text_hash(s.text) for s in text.sentences)
        with self._lock:
            kept = self._kept.get(text.report.id)
        if kept is not None and kept[0] == hashes:
            return kept[1]
        known = vectors.get(self._store.engine, self._embedder.name, hashes)
        rows = [known[h] for h in hashes if h in known]
        if len(rows) < len(hashes):
            return [known.get(h) for h in hashes]
        with self._lock:
            if len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[text.report.id] = (hashes, rows)
        return rows
