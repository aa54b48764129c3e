import logging
import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from index import Assistant
from index.store import vectors
from index.store.chroma import ChromaProjection, node_id
from index.store.embedder import Embedder, Vector
from index.store.worker import VectorWorker
from ingest.errors import EmbedderMismatch

Make = Callable[..., bytes]


class Failing(Embedder):
    """Fails the first few times, as on a full disk."""

    name = "failing"
    dimension = 3

    def __init__(self, failures: int) -> None:
        self.failures = failures

    def passages(self, texts: list[str]) -> Vector:
        if self.failures:
            self.failures -= 1
            raise OSError("no space left")
        return np.ones((len(texts), 3), dtype=np.float32)

    def question(self, text: str) -> Vector:
        return np.ones(3, dtype=np.float32)


def wait_until(what: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_everything_is_embedded_once(empty: Assistant, report: Make, embedder: Embedder) -> None:
    empty.ingest_bytes(report(), "a.txt")
    worker = VectorWorker(empty.store, embedder, lambda: None)
    steps = 0
    while worker.step():
        steps += 1
    done, of = vectors.progress(empty.store.engine, embedder.name)
    assert done == of > steps > 1
    heard = embedder.embedded  # type: ignore[attr-defined]
    assert len(heard) == len(set(heard)) > 0
    empty.ingest_bytes(report("乙市"), "b.txt")  # most of its passages have the same words
    while worker.step():
        pass
    assert len(heard) == len(set(heard)) < 2 * of


def test_a_report_that_comes_in_while_chroma_is_filled(
    assistant: Assistant, report: Make, embedder: Embedder
) -> None:
    """Another process may commit at any moment, also right before the filling."""
    new = [report("甲市"), report("乙市")]

    def projection() -> ChromaProjection | None:
        if new:
            assistant.ingest_bytes(new.pop(), f"{len(new)}.txt")
        return assistant.own_chroma()

    worker = VectorWorker(assistant.store, embedder, projection)
    while worker.step() or new:
        pass
    chroma = assistant.own_chroma()
    assert chroma is not None
    assert set(chroma.collection.get(include=[])["ids"]) == {
        node_id(p) for p in assistant.store.passages()
    }


def test_the_thread_works_when_woken_and_ends(empty: Assistant, report: Make) -> None:
    empty.start_vectors()
    empty.start_vectors()
    assert sum(t.name == "wenbao-vectors" for t in threading.enumerate()) == 1
    empty.ingest_bytes(report(), "a.txt")
    empty._worker.wake()
    wait_until(lambda: 0 < empty.vector_progress()[0] == empty.vector_progress()[1])
    wait_until(lambda: (c := empty.own_chroma()) is not None and c.collection.count() > 0)
    empty.close()
    assert not any(t.name == "wenbao-vectors" for t in threading.enumerate())


def test_a_failure_does_not_end_it_and_is_said_once(
    empty: Assistant,
    report: Make,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.store.worker._IDLE_SECONDS", 0.01)
    empty.ingest_bytes(report(), "a.txt")
    worker = VectorWorker(empty.store, Failing(3), lambda: None)
    worker.start()
    wait_until(lambda: vectors.exist(empty.store.engine, "failing"))
    worker.stop()
    said = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert len(said) == 1 and "no space left" in said[0].getMessage()


def test_another_embedder_s_chroma_is_said(assistant: Assistant, embedder: Embedder) -> None:
    embedder.name = "other"
    with (
        Assistant(assistant.data, embedder=embedder) as second,
        pytest.raises(EmbedderMismatch, match="wenbao rebuild"),
    ):
        second.wait_for_vectors()
    with Assistant(assistant.data, embedder=embedder) as second:
        second.rebuild()
        second.wait_for_vectors()
        done, of = second.vector_progress()
        assert done == of > 0


def test_without_vectors_nothing_is_made(empty: Assistant, report: Make) -> None:
    with Assistant(empty.data, vectors=False, embedder=empty.embedder) as plain:
        plain.ingest_bytes(report(), "a.txt")
        plain.start_vectors()
        plain.wait_for_vectors()
        assert plain.own_chroma() is None
        assert plain.rebuild() == []
        assert plain.vector_progress()[0] == 0
        assert next(h.vector_rank for h in plain.search("办件一本通")) is None
    assert not (empty.data / "chroma").exists()
