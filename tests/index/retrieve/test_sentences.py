"""Sentences of reports in the order in which they answer."""

from index import Assistant
from index.retrieve.sentences import SentenceRanker
from index.retrieve.texts import ReportText
from index.store.embedder import Embedder


def texts(assistant: Assistant) -> list[ReportText]:
    revision = assistant.store.revision()
    return [assistant._texts.get(r, revision) for r in assistant.reports()]


def test_all_sentences_best_first(assistant: Assistant, embedder: Embedder) -> None:
    ranker = SentenceRanker(assistant.store, embedder)
    ranked = ranker.rank("编印办件一本通", texts(assistant))
    assert "办件一本通" in ranked[0].sentence.text
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    assert len(ranked) == sum(len(t.sentences) for t in texts(assistant))


def test_the_same_again_is_the_same_list(assistant: Assistant, embedder: Embedder) -> None:
    ranker = SentenceRanker(assistant.store, embedder)
    of = texts(assistant)
    assert ranker.rank("公报", of) is ranker.rank("公报", of)
    assert ranker.rank("公报", of[:1]) is not ranker.rank("公报", of)


def test_by_words_alone_before_vectors_exist(assistant: Assistant, embedder: Embedder) -> None:
    without = SentenceRanker(assistant.store, embedder, use_vectors=False)
    ranked = without.rank("编印办件一本通", texts(assistant))
    assert "办件一本通" in ranked[0].sentence.text
    assert without.rank("编印", []) == []


def test_before_vectors_exist_nothing_is_kept(assistant: Assistant, embedder: Embedder) -> None:
    """They may come in between two questions that are the same."""
    of = texts(assistant)
    without = SentenceRanker(assistant.store, embedder, use_vectors=False)
    assert without.rank("公报", of) is not without.rank("公报", of)
    scores = [r.score for r in without.rank("公报", of)]
    assert scores != [r.score for r in SentenceRanker(assistant.store, embedder).rank("公报", of)]
