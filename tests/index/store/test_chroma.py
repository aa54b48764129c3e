import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index import Assistant, Settings
from index.store.chroma import ChromaProjection, node_id, place_of
from index.store.embedder import Embedder
from ingest.errors import EmbedderMismatch, StoreError

Make = Callable[..., bytes]
QUESTIONS = ["政策解读不够通俗", "专职人员", "新闻发布会", "信息处理费", "公开", "答复不够及时"]


def held(assistant: Assistant) -> set[str]:
    projection = assistant.own_chroma()
    assert projection is not None
    return set(projection.collection.get(include=[])["ids"])


def wanted(assistant: Assistant) -> set[str]:
    return {node_id(p) for p in assistant.store.passages()}


@contextmanager
def another_process(data: Path) -> Iterator[None]:
    """A process that owns Chroma in `data`."""
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from filelock import FileLock
        with FileLock(str(Path(sys.argv[1]) / "chroma.lock")):
            print("mine", flush=True)
            sys.stdin.readline()
    """)
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(data)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    try:
        yield
    finally:
        process.communicate("\n", timeout=30)


def found(assistant: Assistant) -> list[list[tuple[str, int]]]:
    return [
        [(h.passage.report_id, h.passage.passage.index) for h in assistant.search(q, limit=20)]
        for q in QUESTIONS
    ]


def test_ids_tell_the_place(assistant: Assistant) -> None:
    for passage in assistant.store.passages():
        assert place_of(node_id(passage)) == (passage.report_id, passage.passage.index)


def test_sync_adds_and_removes(assistant: Assistant, report: Make) -> None:
    assert held(assistant) == wanted(assistant)
    assistant.ingest_bytes(report(), "a.txt")
    assistant.wait_for_vectors()
    added = wanted(assistant)
    assert held(assistant) == added
    assistant.remove(assistant.reports()[0].id)
    assistant.wait_for_vectors()
    assert held(assistant) == wanted(assistant) < added
    projection = assistant.own_chroma()
    assert projection is not None and projection.sync(assistant.store) == 0


def test_a_passage_without_a_vector_waits(assistant: Assistant, report: Make) -> None:
    before = held(assistant)
    assistant.ingest_bytes(report(mark="甲"), "a.txt")
    projection = assistant.own_chroma()
    assert projection is not None
    projection.sync(assistant.store)
    new = held(assistant) - before
    assert len(new) < len(assistant.store.passages()) - len(before)
    assistant.wait_for_vectors()
    assert held(assistant) == wanted(assistant) > before | new


def test_a_second_process_searches_sql_and_finds_the_same(
    data: Path, assistant: Assistant, report: Make, embedder: Embedder
) -> None:
    # two reports with the same words tie: the order must not come from Chroma
    for issuer in "甲市", "乙市":
        assistant.ingest_bytes(report(issuer), f"{issuer}.txt")
    assistant.wait_for_vectors()
    projection = assistant.own_chroma()
    assert projection is not None
    assert projection.synced_revision == assistant.store.revision()
    by_chroma = found(assistant)
    assert all(by_chroma)
    assistant.close()
    with (
        another_process(data),
        Assistant(data, settings=Settings(_env_file=None), embedder=embedder) as second,
    ):
        assert second.own_chroma() is None
        second.wait_for_vectors()  # nothing to embed, and Chroma is not touched
        assert found(second) == by_chroma
        with pytest.raises(StoreError, match="belong to another wenbao"):
            second.rebuild()
        second.ingest_bytes(report("丙市"), "c.txt")
        second.wait_for_vectors()  # the owner will put these into Chroma
        done, of = second.vector_progress()
        assert done == of


def test_two_in_one_process_do_not_share_it(data: Path, embedder: Embedder) -> None:
    first = ChromaProjection.open(data, embedder)
    assert first is not None
    assert ChromaProjection.open(data, embedder) is None
    first.close()
    first.close()
    second = ChromaProjection.open(data, embedder)
    assert second is not None
    second.close()


def test_what_another_process_wrote_meanwhile_is_seen(data: Path, embedder: Embedder) -> None:
    first = ChromaProjection.open(data, embedder)
    assert first is not None
    count = first.collection.count()
    first.close()
    script = textwrap.dedent("""
        import sys, chromadb
        from chromadb.config import Settings
        client = chromadb.PersistentClient(sys.argv[1], Settings(anonymized_telemetry=False))
        client.get_collection("passages-2", embedding_function=None).add(
            ids=["r:1:x"], embeddings=[[1.0] + [0.0] * 383]
        )
    """)
    subprocess.run([sys.executable, "-c", script, str(data / "chroma")], check=True)
    again = ChromaProjection.open(data, embedder)
    assert again is not None
    assert again.collection.count() == count + 1
    nearest = again.search(embedder.question(""), None, 1)
    assert nearest[0][0] == "r:1:x"
    again.close()


@pytest.mark.parametrize(("name", "dimension"), [("other", 384), ("fake-1", 3)])
def test_vectors_of_another_embedder(
    data: Path, embedder: Embedder, name: str, dimension: int
) -> None:
    embedder.name, embedder.dimension = name, dimension
    with pytest.raises(EmbedderMismatch, match=r"'fake-1' \(384.*run `wenbao rebuild`"):
        ChromaProjection.open(data, embedder)
    # and the message is true
    projection = ChromaProjection.open(data, embedder, reset=True)
    assert projection is not None and projection.collection.count() == 0
    projection.close()


def test_rebuild_fills_it_anew(assistant: Assistant, embedder: Embedder) -> None:
    projection = assistant.own_chroma()
    assert projection is not None
    projection.collection.add(ids=["r:1:x"], embeddings=[[0.0] * 384])
    assert assistant.rebuild() == []
    assert held(assistant) == set()
    assistant.wait_for_vectors()
    assert held(assistant) == wanted(assistant)
    assert embedder.embedded == []  # type: ignore[attr-defined]  # from SQL: embedded once for all


def test_a_broken_chroma_is_an_error_that_names_it(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"broken" * 1000)
    for _ in range(2):  # the lock is free again, and Chroma keeps nothing half-made
        with pytest.raises(StoreError, match=r"not a database.*run `wenbao rebuild`"):
            ChromaProjection.open(tmp_path, embedder)
    projection = ChromaProjection.open(tmp_path, embedder, reset=True)
    assert projection is not None and projection.collection.count() == 0
    projection.close()


def test_what_the_nodes_carry(assistant: Assistant) -> None:
    projection = assistant.own_chroma()
    assert projection is not None
    passage = next(p for p in assistant.store.passages() if "办件一本通" in p.passage.printed)
    kept = projection.collection.get(ids=[node_id(passage)])
    assert kept["documents"] == [passage.passage.printed]
    (metadata,) = kept["metadatas"]
    assert metadata["issuer"] == "示例市" and metadata["year"] == 2023
    assert metadata["report"] == passage.report_id
    assert metadata["passage"] == passage.passage.index
    assert metadata["section"].startswith("五、")


def test_only_some_reports(assistant: Assistant, embedder: Embedder) -> None:
    projection = assistant.own_chroma()
    assert projection is not None
    one = assistant.reports()[0].id
    hits = projection.search(embedder.question("公开"), [one], 50)
    assert {place_of(node)[0] for node, _ in hits} == {one}
    scores = [score for _, score in hits]
    assert scores == sorted(scores, reverse=True)
