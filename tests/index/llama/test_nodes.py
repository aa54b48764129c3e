import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.vector_stores import ExactMatchFilter, MetadataFilters
from llama_index.vector_stores.chroma import ChromaVectorStore

from index import Assistant
from index.llama import WenbaoEmbedding, vector_store
from index.store.embedder import Embedder
from ingest.errors import StoreError


def test_an_index_of_llama_index_on_our_chroma(assistant: Assistant, embedder: Embedder) -> None:
    store = vector_store(assistant)
    assert isinstance(store, ChromaVectorStore)
    index = VectorStoreIndex.from_vector_store(store, embed_model=WenbaoEmbedding(embedder))
    found = index.as_retriever(similarity_top_k=2).retrieve("编印《办件一本通》，配一名业务联络员")
    assert "办件一本通" in found[0].node.get_content()
    assert (found[0].score or 0) > (found[1].score or 0) > 0
    assert found[0].node.metadata["issuer"] == "示例市"
    only = MetadataFilters(filters=[ExactMatchFilter(key="issuer", value="上海市")])
    narrowed = index.as_retriever(similarity_top_k=5, filters=only).retrieve("办件一本通")
    assert {n.node.metadata["issuer"] for n in narrowed} == {"上海市"}


def test_it_holds_what_sql_holds(assistant: Assistant) -> None:
    gone = assistant.reports()[0].id
    assistant.remove(gone)
    store = vector_store(assistant)
    kept = store.client.get(include=["metadatas"])["metadatas"]
    assert len(kept) == len(assistant.store.passages())
    assert gone not in {m["report"] for m in kept}


def test_where_chroma_is_not_to_be_had(assistant: Assistant, embedder: Embedder) -> None:
    with (
        Assistant(assistant.data, vectors=False, embedder=embedder) as plain,
        pytest.raises(StoreError, match="not to be had"),
    ):
        vector_store(plain)
    assistant.own_chroma()
    with (
        Assistant(assistant.data, embedder=embedder) as second,
        pytest.raises(StoreError, match="another wenbao"),
    ):
        vector_store(second)
