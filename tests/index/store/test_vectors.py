import numpy as np

from index import Assistant
from index.store import vectors
from index.store.embedder import Embedder


def some(*seeds: int) -> np.ndarray:  # type: ignore[type-arg]
    return np.array([np.random.default_rng(s).random(384) for s in seeds], dtype=np.float32)


def test_kept_and_given_back(empty: Assistant) -> None:
    engine = empty.store.engine
    assert not vectors.exist(engine, "e")
    vectors.put(engine, "e", ["h1", "h2"], some(1, 2))
    assert vectors.exist(engine, "e") and not vectors.exist(engine, "other")
    found = vectors.get(engine, "e", ["h2", "h1", "h2", "h9"])
    assert set(found) == {"h1", "h2"}
    assert np.array_equal(found["h1"], some(1)[0]) and found["h1"].dtype == np.float32
    assert vectors.get(engine, "other", ["h1"]) == {}
    assert vectors.get(engine, "e", []) == {}


def test_a_known_vector_is_left_alone(empty: Assistant) -> None:
    engine = empty.store.engine
    vectors.put(engine, "e", ["h1"], some(1))
    vectors.put(engine, "e", ["h1", "h2"], some(3, 4))
    found = vectors.get(engine, "e", ["h1", "h2"])
    assert np.array_equal(found["h1"], some(1)[0]) and np.array_equal(found["h2"], some(4)[0])
    vectors.put(engine, "e", [], np.empty((0, 384), dtype=np.float32))


def test_more_than_one_statement_takes(empty: Assistant) -> None:
    names = [f"h{i}" for i in range(1201)]
    vectors.put(empty.store.engine, "e", names, some(*range(1201)))
    assert len(vectors.get(empty.store.engine, "e", names)) == 1201


def test_missing_and_progress(assistant: Assistant, embedder: Embedder) -> None:
    engine = assistant.store.engine
    of = len(assistant.store.passages())
    assert vectors.missing(engine, embedder.name, 5) == []
    assert vectors.progress(engine, embedder.name) == (of, of)
    assert vectors.progress(engine, "other") == (0, of)
    first = vectors.missing(engine, "other", 3)
    assert [h for h, _ in first] == [p.text_hash for p in assistant.store.passages()[:3]]
    assert [t for _, t in first] == [p.passage.text for p in assistant.store.passages()[:3]]
    vectors.put(engine, "other", [h for h, _ in first], some(1, 2, 3))
    assert vectors.progress(engine, "other")[0] >= 3
    assert not {h for h, _ in first} & {h for h, _ in vectors.missing(engine, "other", 500)}
