"""The hybrid search of passages as a LlamaIndex retriever."""

from __future__ import annotations

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from index.assistant import Assistant
from index.llama.nodes import passage_node


class PassageNodeRetriever(BaseRetriever):
    """Passages for a question: lexical and vector search, fused by rank.

    Issuers and years that the question names narrow the search (as filters, never by similarity),
    unless `issuer` or `year` are given. A node's metadata are report, issuer, year, section,
    passage and its two ranks.
    """

    def __init__(
        self,
        assistant: Assistant,
        *,
        issuer: str | None = None,
        year: int | None = None,
        limit: int = 10,
    ) -> None:
        super().__init__()
        self._assistant = assistant
        self._issuer = issuer
        self._year = year
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._assistant.search(
            query_bundle.query_str, issuer=self._issuer, year=self._year, limit=self._limit
        )
        reports = {r.id: r for r in self._assistant.reports()}
        return [
            passage_node(hit, reports[hit.passage.report_id])
            for hit in found
            if hit.passage.report_id in reports
        ]
