"""The narrative of some reports, held in memory for as long as the store does not change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import log
from threading import Lock

from index.store.lexical import words_of
from index.store.store import ReportSummary, Store
from ingest.model import Figure, Sentence


@dataclass(frozen=True)
class ReportText:
    """One report's sentences and the figures in them; `words` are bigrams (see `words_of`)."""

    report: ReportSummary
    sentences: tuple[Sentence, ...]
    figures: dict[int, tuple[Figure, ...]]

    @cached_property
    def words(self) -> tuple[frozenset[str], ...]:
        """The words of each sentence, its headings included."""
        return tuple(
            frozenset(words_of(s.text)) | frozenset(words_of(" ".join(s.section)))
            for s in self.sentences
        )

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """What each sentence is searched in: its text and its headings, in lower case."""
        return tuple(" ".join((s.text, *s.section)).lower() for s in self.sentences)

    def words_around(self, index: int) -> frozenset[str]:
        """The words of a sentence and of the one before it in its paragraph, which may name its subject."""
        before = index - 1
        if before >= 0 and self.sentences[before].paragraph == self.sentences[index].paragraph:
            return self.words[index] | self.words[before]
        return self.words[index]

    @cached_property
    def frequency(self) -> Counter[str]:
        """In how many sentences each word occurs."""
        counter: Counter[str] = Counter()
        for words in self.words:
            counter.update(words)
        return counter

    def weight(self, word: str) -> float:
        """How much a word tells: rare words tell more; a word that never occurs tells most."""
        return log(1 + len(self.sentences) / (1 + self.frequency.get(word, 0)))


class TextCache:
    """Report texts by id, forgotten when the store changes. Thread-safe."""

    def __init__(self, store: Store, keep: int = 64) -> None:
        self._store = store
        self._keep = keep
        self._lock = Lock()
        self._revision = -1
        self._texts: dict[str, ReportText] = {}

    def get(self, report: ReportSummary, revision: int) -> ReportText:
        """The text of a report at a revision of the store."""
        with self._lock:
            if revision != self._revision:
                self._texts.clear()
                self._revision = revision
            found = self._texts.get(report.id)
        if found is not None:
            return found
        figures: dict[int, list[Figure]] = {}
        for figure in self._store.prose_figures(report.id):
            if figure.sentence is not None:
                figures.setdefault(figure.sentence, []).append(figure)
        made = ReportText(
            report,
            tuple(self._store.sentences(report.id)),
            {i: tuple(fs) for i, fs in figures.items()},
        )
        with self._lock:
            if revision == self._revision:  # else another thread has seen a newer store meanwhile
                if len(self._texts) >= self._keep:
                    self._texts.pop(next(iter(self._texts)))
                self._texts[report.id] = made
        return made
