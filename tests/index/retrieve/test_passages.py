from collections.abc import Callable

import pytest

from index import Assistant
from index.retrieve.passages import PassageRetriever
from index.store.embedder import Embedder

Make = Callable[..., bytes]


@pytest.fixture
def ids(assistant: Assistant) -> list[str]:
    return [r.id for r in assistant.reports()]


@pytest.fixture
def retriever(assistant: Assistant, embedder: Embedder) -> PassageRetriever:
    return PassageRetriever(assistant.store, embedder, assistant.own_chroma)


def test_both_searches_are_fused(retriever: PassageRetriever, ids: list[str]) -> None:
    hits = retriever.search("编印《办件一本通》", ids, 8)
    assert len(hits) == 8
    assert "办件一本通" in hits[0].passage.passage.printed
    assert hits[0].lexical_rank == 1 and hits[0].vector_rank is not None
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.passage.id for h in hits}) == 8


def test_only_the_reports_asked_for(retriever: PassageRetriever, ids: list[str]) -> None:
    for one in ids:
        hits = retriever.search("政府信息公开", [one], 50)
        assert {h.passage.report_id for h in hits} == {one}
    assert retriever.search("政府信息公开", []) == []
    assert retriever.search("政府信息公开", ["no-such"]) == []


def test_lexical_alone_before_vectors_exist(
    empty: Assistant, report: Make, embedder: Embedder
) -> None:
    empty.ingest_bytes(report(), "a.txt")
    ids = [r.id for r in empty.reports()]
    hits = PassageRetriever(empty.store, embedder, lambda: None).search("办件一本通", ids)
    assert [h.vector_rank for h in hits] == [None] * len(hits) != []


def test_while_vectors_are_made(
    assistant: Assistant, report: Make, embedder: Embedder, ids: list[str]
) -> None:
    """Chroma is not in step with a report that has just come in: SQL answers meanwhile."""
    assistant.wait_for_vectors()
    assistant.ingest_bytes(report(mark="甲"), "a.txt")
    new = next(r.id for r in assistant.reports() if r.id not in ids)
    assistant._worker.step()  # the first four passages
    retriever = PassageRetriever(assistant.store, embedder, assistant.own_chroma)
    ranks = [h.vector_rank for h in retriever.search("甲市 办件一本通 公开", [new], 50)]
    assert None in ranks and 1 in ranks


def test_vectors_switched_off(assistant: Assistant, embedder: Embedder, ids: list[str]) -> None:
    plain = PassageRetriever(assistant.store, embedder, assistant.own_chroma, use_vectors=False)
    assert all(h.vector_rank is None for h in plain.search("公开", ids))


def test_a_broken_chroma_costs_no_answer(
    assistant: Assistant,
    retriever: PassageRetriever,
    ids: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    assistant.wait_for_vectors()
    before = retriever.search("政策解读", ids)
    projection = assistant.own_chroma()
    assert projection is not None
    projection._client.delete_collection("passages-2")
    assert retriever.search("政策解读", ids) == before
    assert "searching SQL" in caplog.text


@pytest.mark.parametrize("question", ["", "？", "\x00", "\ud800", "a", "好" * 5000, '" OR *'])
def test_any_question_is_taken(retriever: PassageRetriever, ids: list[str], question: str) -> None:
    assert len(retriever.search(question, ids, 5)) <= 5


@pytest.mark.parametrize("synced", [False, True])
def test_rows_of_tables_are_found_and_can_be_left_out(
    assistant: Assistant, retriever: PassageRetriever, ids: list[str], synced: bool
) -> None:
    if synced:
        assistant.wait_for_vectors()
    asked = "信访举报投诉类申请 自然人 总计"
    first = retriever.search(asked, ids, 3)[0].passage.passage
    assert first.table == "t3" and "信访举报投诉类申请" in first.printed
    without = retriever.search(asked, ids, 60, tables=False)
    assert without and all(h.passage.passage.table is None for h in without)
    if synced:  # the same from Chroma as from SQL
        alone = PassageRetriever(assistant.store, retriever._embedder, lambda: None)
        assert alone.search(asked, ids, 60, tables=False) == without
