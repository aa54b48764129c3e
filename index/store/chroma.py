"""The Chroma projection of the vectors, through LlamaIndex's ChromaVectorStore.

Chroma may be written by one process only (two corrupt it silently), so a lock in the data folder
says who owns it; everybody else searches the same vectors from SQL. It holds nothing that SQL does
not hold and is filled from there.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Lock
from typing import Any

from filelock import FileLock, Timeout

from index.store import vectors
from index.store.embedder import Embedder, Vector
from index.store.store import Store, StoredPassage
from ingest.errors import EmbedderMismatch, StoreError, WenbaoError

_COLLECTION = "passages-2"
_BEFORE = "passages"  # its vectors did not say which are rows of tables
_FOLDER = "chroma"
_BATCH = 1000  # Chroma takes at most 5,461 at once


def node_id(passage: StoredPassage) -> str:
    """The id of a passage in Chroma: its report, its position, and the hash of its text."""
    return f"{passage.report_id}:{passage.passage.index}:{passage.text_hash[:16]}"


def place_of(node: str) -> tuple[str, int]:
    """(report id, position) of the passage that has this id in Chroma."""
    report_id, position, _ = node.rsplit(":", 2)
    return report_id, int(position)


class ChromaProjection:
    """The vectors in Chroma. Use `open` to become its owner; None means another process is."""

    def __init__(self, lock: FileLock, client: Any, collection: Any, embedder: Embedder) -> None:
        self._lock = lock
        self._client = client
        self.collection = collection
        self._embedder = embedder
        self._writing = Lock()
        self.synced_revision = -1

    @classmethod
    def open(
        cls, data: Path, embedder: Embedder, url: str | None = None, *, reset: bool = False
    ) -> ChromaProjection | None:
        """Own Chroma in `data`, or use the server at `url`.

        None where another process owns it. `reset` empties it first. Raises EmbedderMismatch where
        its vectors come from another embedder, StoreError where Chroma cannot be opened.
        """
        lock = FileLock(str(data / "chroma.lock"), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return None
        client = None
        try:
            if reset and url is None:  # also a broken one: SQL holds all that was in it
                shutil.rmtree(data / _FOLDER, ignore_errors=True)
            client = _client(data, url)
            if reset and _COLLECTION in [c.name for c in client.list_collections()]:
                client.delete_collection(_COLLECTION)
            if _BEFORE in [c.name for c in client.list_collections()]:
                client.delete_collection(_BEFORE)
            collection = client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,
                metadata={"embedder": embedder.name, "dimension": embedder.dimension},
                configuration={"hnsw": {"space": "cosine"}},
            )
            # an existing collection keeps the metadata that it was made with
            made = collection.metadata or {}
            if made.get("embedder") != embedder.name or made.get("dimension") != embedder.dimension:
                raise EmbedderMismatch(
                    f"the vectors in {data} come from {made.get('embedder')!r} "
                    f"({made.get('dimension')} dimensions), the settings say {embedder.name!r} "
                    f"({embedder.dimension}): run `wenbao rebuild`"
                )
        except BaseException as error:
            if client is not None:
                client.close()
            lock.release()
            if isinstance(error, WenbaoError) or not isinstance(error, Exception):
                raise
            if url is None:
                raise StoreError(
                    f"Chroma at {data / _FOLDER} cannot be opened: {error}; run `wenbao rebuild`"
                ) from error
            raise StoreError(f"Chroma at {url} cannot be opened: {error}") from error
        return cls(lock, client, collection, embedder)

    def sync(self, store: Store) -> int:
        """Bring Chroma to what SQL holds; returns how many passages were added or taken out.

        A passage without a vector in SQL is left for the next time.
        """
        with self._writing:
            passages = {node_id(p): p for p in store.passages()}
            have = set(self.collection.get(include=[])["ids"])
            stale = sorted(have - passages.keys())
            for i in range(0, len(stale), _BATCH):
                self.collection.delete(ids=stale[i : i + _BATCH])
            new = [p for i, p in passages.items() if i not in have]
            known = vectors.get(store.engine, self._embedder.name, (p.text_hash for p in new))
            ready = [p for p in new if p.text_hash in known]
            if ready:
                self._add(ready, known, store)
            return len(stale) + len(ready)

    def _add(self, ready: list[StoredPassage], known: dict[str, Vector], store: Store) -> None:
        from llama_index.core.schema import TextNode

        of = {s.id: s for s in store.summaries(self._embedder.name)}
        target = self.vector_store()
        nodes = [
            TextNode(
                id_=node_id(p),
                text=p.passage.printed,
                embedding=[float(x) for x in known[p.text_hash]],
                metadata={
                    "report": p.report_id,
                    "passage": p.passage.index,
                    "issuer": of[p.report_id].issuer or "",
                    "year": of[p.report_id].year or 0,
                    "section": " / ".join(p.passage.section),
                    "table": p.passage.table or "",
                },
            )
            for p in ready
            if p.report_id in of
        ]
        for i in range(0, len(nodes), _BATCH):
            target.add(nodes[i : i + _BATCH])

    def vector_store(self) -> Any:
        """LlamaIndex's ChromaVectorStore on this collection."""
        from llama_index.vector_stores.chroma import ChromaVectorStore

        return ChromaVectorStore(chroma_collection=self.collection)

    def search(
        self,
        vector: Vector,
        report_ids: list[str] | None,
        limit: int,
        *,
        tables: bool = True,
    ) -> list[tuple[str, float]]:
        """(node id, cosine) of the nearest passages, best first; `tables` False: of the narrative."""
        wanted: list[dict[str, Any]] = []
        if report_ids is not None:
            wanted.append({"report": {"$in": report_ids}})
        if not tables:
            wanted.append({"table": ""})
        where = {"$and": wanted} if len(wanted) > 1 else next(iter(wanted), None)
        found = self.collection.query(
            query_embeddings=[[float(x) for x in vector]],
            n_results=limit,
            where=where,
            include=["distances"],
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(i, 1.0 - float(d)) for i, d in pairs]

    def close(self) -> None:
        """Give Chroma up, so that another process may own it; a second call does nothing."""
        if self._client is not None:
            with self._writing:
                # else Chroma keeps the index of this folder in memory for the next client in this
                # process, which would not see what another process has written in between
                self._client.close()
                self._client = None
            self._lock.release()


def _client(data: Path, url: str | None) -> Any:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url is None:
        path = str(data / _FOLDER)
        try:
            return chromadb.PersistentClient(path=path, settings=settings)
        except BaseException:
            # Chroma remembers the half-made system and would hand it to the next client
            SharedSystemClient._identifier_to_system.pop(path, None)
            raise
    from urllib.parse import urlparse

    parts = urlparse(url)
    return chromadb.HttpClient(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 8000,
        ssl=parts.scheme == "https",
        settings=settings,
    )
