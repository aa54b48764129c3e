"""The chat engine: follow-ups, streams, history; no model, no key."""

import asyncio

import pytest

from index import Assistant
from index.llama.engine import pieces
from ingest.errors import QuestionError


def test_a_follow_up_and_its_evidence(assistant: Assistant) -> None:
    engine = assistant.as_chat_engine()
    assert "34290" in str(engine.chat("上海2023年新收多少申请？"))
    reply = engine.chat("其中商业企业呢？")
    answer = reply.sources[0].raw_output.metadata["answer"]
    assert [v["value"] for v in answer["values"]] == ["1651"]
    assert reply.source_nodes[0].node.metadata["key"] == "t3.received.enterprise"
    assert [m.role.value for m in engine.chat_history] == ["user", "assistant"] * 2
    engine.reset()
    assert engine.chat_history == []
    refused = engine.chat("其中商业企业呢？").sources[0].raw_output.metadata["answer"]
    assert "1651" not in [v["value"] for v in refused["values"]]


def test_streams_say_the_same(assistant: Assistant) -> None:
    engine = assistant.as_chat_engine()
    whole = str(engine.chat("示例市2023年发现了哪些问题？"))
    stream = engine.stream_chat("示例市2023年发现了哪些问题？", chat_history=[])
    said = list(stream.response_gen)
    assert len(said) > 1 and "".join(said) == whole and stream.response == whole.strip()
    assert stream.source_nodes and len(engine.chat_history) == 2

    async def read() -> str:
        stream = await engine.astream_chat("示例市2023年发现了哪些问题？", chat_history=[])
        return "".join([piece async for piece in stream.async_response_gen()])

    assert asyncio.run(read()) == whole
    assert str(asyncio.run(engine.achat("示例市2023年发现了哪些问题？", chat_history=[]))) == whole


def test_a_streaming_query_engine(assistant: Assistant) -> None:
    plain = assistant.as_query_engine().query("上海2023年新收多少申请？")
    stream = assistant.as_query_engine(streaming=True).query("上海2023年新收多少申请？")
    assert "".join(stream.response_gen) == str(plain)
    assert [n.node_id for n in stream.source_nodes] == [n.node_id for n in plain.source_nodes]


def test_a_bad_message_is_not_kept(assistant: Assistant) -> None:
    engine = assistant.as_chat_engine()
    with pytest.raises(QuestionError, match="empty"):
        engine.chat("  ")
    assert engine.chat_history == []


@pytest.mark.parametrize("text", ["", "一。二；三\n四", "。。\n", "no stop"])
def test_nothing_is_left_out_of_a_stream(text: str) -> None:
    assert "".join(pieces(text)) == text
