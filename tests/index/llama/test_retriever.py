import asyncio

from index import Assistant
from index.llama import PassageNodeRetriever


def test_scores_and_metadata(assistant: Assistant) -> None:
    found = PassageNodeRetriever(assistant, limit=5).retrieve("编印《办件一本通》")
    assert len(found) == 5
    first = found[0]
    assert "办件一本通" in first.node.get_content()
    assert {k: first.node.metadata[k] for k in ("issuer", "year", "lexical_rank")} == {
        "issuer": "示例市",
        "year": 2023,
        "lexical_rank": 1,
    }
    assert first.node.metadata["section"].startswith("五、")
    ids = {r.id for r in assistant.reports()}
    assert {n.node.metadata["report"] for n in found} <= ids
    assert [n.score for n in found] == sorted((n.score or 0 for n in found), reverse=True)


def test_issuer_and_year_are_filters(assistant: Assistant) -> None:
    named = PassageNodeRetriever(assistant).retrieve("示例市2022年存在哪些问题")
    assert {(n.node.metadata["issuer"], n.node.metadata["year"]) for n in named} == {
        ("示例市", 2022)
    }
    told = PassageNodeRetriever(assistant, issuer="上海", year=2023).retrieve("存在哪些问题")
    assert {n.node.metadata["issuer"] for n in told} == {"上海市"}
    assert PassageNodeRetriever(assistant, year=1999).retrieve("存在哪些问题") == []


def test_asynchronously(assistant: Assistant) -> None:
    retriever = PassageNodeRetriever(assistant, limit=3)
    plain = [n.node.node_id for n in retriever.retrieve("粉丝")]
    assert [n.node.node_id for n in asyncio.run(retriever.aretrieve("粉丝"))] == plain
