"""LlamaIndex at the edge of `index`: import it only where LlamaIndex is wanted, it takes seconds.

None of these needs a language model, a key or a network; `Settings.llm` stays untouched.
"""

from index.llama.chat import WenbaoChatEngine
from index.llama.embedding import WenbaoEmbedding
from index.llama.engine import WenbaoQueryEngine
from index.llama.nodes import vector_store
from index.llama.retriever import PassageNodeRetriever
from index.llama.tools import lookup_tool, search_tool

__all__ = [
    "PassageNodeRetriever",
    "WenbaoChatEngine",
    "WenbaoEmbedding",
    "WenbaoQueryEngine",
    "lookup_tool",
    "search_tool",
    "vector_store",
]
