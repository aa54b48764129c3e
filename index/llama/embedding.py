"""The store's embedder as a LlamaIndex embedding model."""

from __future__ import annotations

import asyncio
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from index.store.embedder import Embedder


class WenbaoEmbedding(BaseEmbedding):
    """Embeds with `embedder`: texts as passages, queries as questions (e5 tells them apart).

    Every vector has `embedder.dimension` numbers and length 1.
    """

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **more: Any) -> None:
        super().__init__(model_name=embedder.name, **more)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        """The name that LlamaIndex shows in traces."""
        return "WenbaoEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(x) for x in self._embedder.question(query)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self._embedder.passages(texts)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)
