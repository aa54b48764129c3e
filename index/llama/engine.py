"""The assistant as a LlamaIndex query engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from llama_index.core.base.response.schema import Response, StreamingResponse
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.query_engine import CustomQueryEngine

from index.answer import Question
from index.assistant import Assistant
from index.llama.nodes import citation_node, figure_node

_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")


class WenbaoQueryEngine(CustomQueryEngine):
    """Answers questions about the reports, with evidence; no language model takes part.

    The response's text is the answer, its source nodes are the printed figures and sentences that
    it rests on, and `metadata["answer"]` is the JSON of the contract (see `docs/answer.md`).
    `scope` are the ids of the reports to answer from, None for all. With `streaming`, `query` returns
    a StreamingResponse that comes sentence by sentence.
    """

    _assistant: Assistant = PrivateAttr()
    _scope: tuple[str, ...] | None = PrivateAttr()
    _streaming: bool = PrivateAttr()

    def __init__(
        self,
        assistant: Assistant,
        *,
        scope: tuple[str, ...] | None = None,
        streaming: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(**more)
        self._assistant = assistant
        self._scope = scope
        self._streaming = streaming

    # LlamaIndex's annotation knows of no stream here, its own engines return one from `query`
    def custom_query(self, query_str: str) -> Any:
        """The answer; raises QuestionError where the question is empty or too long."""
        response = self.answer(Question(query_str))
        if not self._streaming:
            return response
        return StreamingResponse(pieces(str(response)), response.source_nodes, response.metadata)

    def answer(self, question: Question) -> Response:
        """The answer to a question with its conversation; the scope is the engine's own."""
        answer = self._assistant.ask(replace(question, scope=self._scope))
        printed = [f for f in answer.figures if f.formula is None]
        return Response(
            response=answer.answer,
            source_nodes=[
                *(figure_node(f) for f in printed),
                *(citation_node(c) for c in answer.citations),
            ],
            metadata={"answer": answer.to_json()},
        )


def pieces(text: str) -> Iterator[str]:
    """A text sentence by sentence, nothing left out."""
    return (m.group() for m in _SENTENCE.finditer(text) if m.group())
