"""The assistant as a LlamaIndex query engine."""

from __future__ import annotations

from typing import Any

from llama_index.core.base.response.schema import Response
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.query_engine import CustomQueryEngine

from index.answer import Question
from index.assistant import Assistant
from index.llama.nodes import citation_node, figure_node


class WenbaoQueryEngine(CustomQueryEngine):
    """Answers questions about the reports, with evidence; no language model takes part.

    The response's text is the answer, its source nodes are the printed figures and sentences that
    it rests on, and `metadata["answer"]` is the JSON of the contract (see `docs/answer.md`).
    `scope` are the ids of the reports to answer from, None for all.
    """

    _assistant: Assistant = PrivateAttr()
    _scope: tuple[str, ...] | None = PrivateAttr()

    def __init__(
        self, assistant: Assistant, *, scope: tuple[str, ...] | None = None, **more: Any
    ) -> None:
        super().__init__(**more)
        self._assistant = assistant
        self._scope = scope

    def custom_query(self, query_str: str) -> Response:
        """The answer; raises QuestionError where the question is empty or too long."""
        answer = self._assistant.ask(Question(query_str, scope=self._scope))
        printed = [f for f in answer.figures if f.formula is None]
        return Response(
            response=answer.answer,
            source_nodes=[
                *(figure_node(f) for f in printed),
                *(citation_node(c) for c in answer.citations),
            ],
            metadata={"answer": answer.to_json()},
        )
