import asyncio

import pytest

from index import Assistant
from index.llama import WenbaoQueryEngine
from ingest.errors import QuestionError


def test_a_figure_with_its_evidence(assistant: Assistant) -> None:
    response = WenbaoQueryEngine(assistant).query("上海2023年新收多少申请？")
    assert "34290" in str(response)
    answer = response.metadata["answer"]
    assert [v["value"] for v in answer["values"]] == ["34290"]
    node = response.source_nodes[0].node
    assert node.metadata["key"] == "t3.received.total" and "34290" in node.get_content()
    assert node.node_id == answer["figures"][0]["id"]
    assert all(n.node.metadata.get("formula") is None for n in response.source_nodes)


def test_a_sentence_as_its_source(assistant: Assistant) -> None:
    response = WenbaoQueryEngine(assistant).query("示例市2023年发现了哪些问题？")
    sources = [n.node for n in response.source_nodes]
    assert sources and all(s.metadata["issuer"] == "示例市" for s in sources)
    assert "".join(s.get_content() for s in sources).count("答复不够及时") == 1


def test_a_refusal_has_no_figure_as_its_source(assistant: Assistant) -> None:
    response = WenbaoQueryEngine(assistant).query("上海2023年女性申请人有多少？")
    assert response.metadata["answer"]["abstained"]
    assert all("key" not in n.node.metadata for n in response.source_nodes)


def test_scope(assistant: Assistant) -> None:
    one = next(r.id for r in assistant.reports() if r.issuer == "上海市")
    engine = WenbaoQueryEngine(assistant, scope=(one,))
    assert "34290" in str(asyncio.run(engine.aquery("新收多少申请？")))


def test_an_empty_question(assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match="empty"):
        WenbaoQueryEngine(assistant).query("  ")
