"""Embeds what has no vector yet, in the background, and keeps Chroma in step."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from index.store import vectors
from index.store.chroma import ChromaProjection
from index.store.embedder import Embedder
from index.store.store import Store
from ingest.errors import WenbaoError

if TYPE_CHECKING:
    from index.llama.pipeline import EmbeddingPipeline

log = logging.getLogger(__name__)

_BATCH = 4  # batching gains nothing in speed; small batches lose little when the process dies
_IDLE_SECONDS = 1.0
_SETTLE_SECONDS = 0.5


class VectorWorker:
    """One thread that embeds passages as they come in, from whatever process they come."""

    def __init__(
        self, store: Store, embedder: Embedder, projection: Callable[[], ChromaProjection | None]
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._pipeline: EmbeddingPipeline | None = None
        self._projection = projection
        self._stop = Event()
        self._wake = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Start the thread; a second call does nothing."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="wenbao-vectors", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """Look for work now rather than at the next turn."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the passage at hand and end the thread."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
            self._thread = None

    def _run(self) -> None:
        said: str | None = None
        while not self._stop.is_set():
            try:
                worked = self.step()
                said = None
            except Exception as error:  # a full disk must not end embedding for good
                if str(error) != said:  # once, not at every turn
                    said = str(error)
                    known = isinstance(error, WenbaoError)
                    log.error("embedding failed, trying again: %s", error, exc_info=not known)
                worked = False
            if not worked:
                if self._wake.wait(_IDLE_SECONDS):
                    # what has just come in is asked for first; loading LlamaIndex would slow that
                    self._stop.wait(_SETTLE_SECONDS)
                self._wake.clear()

    def step(self) -> bool:
        """Embed one batch, or bring Chroma in step; False where there was nothing to do.

        Raises EmbedderMismatch where Chroma holds another embedder's vectors.
        """
        # read before the passages: what comes in between is then seen as a change by the next step
        revision = self._store.revision()
        batch = vectors.missing(self._store.engine, self._embedder.name, _BATCH)
        if batch:
            if self._pipeline is None:
                # at the first text: a store that has all its vectors need not wait for LlamaIndex
                from index.llama.pipeline import EmbeddingPipeline

                self._pipeline = EmbeddingPipeline(self._embedder)
            rows = self._pipeline.run(batch)
            vectors.put(self._store.engine, self._embedder.name, [h for h, _ in batch], rows)
            return True
        projection = self._projection()
        if projection is None or projection.synced_revision == revision:
            return False
        projection.sync(self._store)
        projection.synced_revision = revision
        return True
