"""Passages, figures and sentences as LlamaIndex nodes, and the vector store that holds passages."""

from __future__ import annotations

from typing import Any

from llama_index.core.schema import NodeWithScore, TextNode

from index.answer import Citation, FigureRef
from index.assistant import Assistant
from index.retrieve.passages import Hit
from index.store.chroma import node_id
from index.store.summary import ReportSummary
from ingest.errors import StoreError


def vector_store(assistant: Assistant) -> Any:
    """The `ChromaVectorStore` of the passages, with every vector made so far.

    For `VectorStoreIndex.from_vector_store(…, embed_model=WenbaoEmbedding(assistant.embedder))`.
    Read from it; what is written to it is taken out again by the next ingestion. Raises StoreError
    where vectors are switched off or another process owns Chroma.
    """
    projection = assistant.own_chroma()
    if projection is None:
        raise StoreError(
            f"Chroma in {assistant.data} is not to be had: vectors are switched off, or another "
            "wenbao is running on it"
        )
    projection.sync(assistant.store)
    return projection.vector_store()


def passage_node(hit: Hit, report: ReportSummary) -> NodeWithScore:
    """A passage as printed; its score is the fused one of the hybrid search."""
    passage = hit.passage.passage
    node = TextNode(
        id_=node_id(hit.passage),
        text=passage.printed,
        metadata={
            "report": report.id,
            "issuer": report.issuer or "",
            "year": report.year or 0,
            "section": " / ".join(passage.section),
            "passage": passage.index,
            "table": passage.table or "",
            "lexical_rank": hit.lexical_rank,
            "vector_rank": hit.vector_rank,
        },
    )
    node.excluded_llm_metadata_keys = ["report", "passage", "lexical_rank", "vector_rank"]
    return NodeWithScore(node=node, score=hit.score)


def figure_node(figure: FigureRef) -> NodeWithScore:
    """A printed figure: its paths and its text; the metadata is its JSON of the contract."""
    path = " / ".join((*figure.row_path, *figure.column_path))
    text = f"{figure.issuer} {figure.year} {path}: {figure.text or ''} {figure.unit or ''}"
    return NodeWithScore(node=TextNode(id_=figure.id, text=text.strip(), metadata=figure.to_json()))


def citation_node(citation: Citation) -> NodeWithScore:
    """A sentence as printed; the metadata is its JSON of the contract."""
    return NodeWithScore(
        node=TextNode(
            id_=f"{citation.report}:s{citation.sentence}",
            text=citation.text,
            metadata=citation.to_json(),
        )
    )
