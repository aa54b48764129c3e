"""Passages through LlamaIndex's IngestionPipeline, a few at a time."""

from __future__ import annotations

import numpy as np
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import TextNode

from index.llama.embedding import WenbaoEmbedding
from index.store.embedder import Embedder, Vector


class EmbeddingPipeline:
    """Turns texts into vectors.

    The pipeline's own cache is off: it keeps whole batches by the hash of all their texts, where SQL
    keeps each vector by the hash of its own.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._dimension = embedder.dimension
        self._pipeline = IngestionPipeline(
            transformations=[WenbaoEmbedding(embedder)], disable_cache=True
        )

    def run(self, texts: list[tuple[str, str]]) -> Vector:
        """The vectors of (hash, text), shape (len(texts), dimension), float32, in their order."""
        nodes = [TextNode(id_=hash_, text=text) for hash_, text in texts]
        rows = [node.embedding for node in self._pipeline.run(nodes=nodes)]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self._dimension)
