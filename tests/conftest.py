"""What all tests share: an isolated environment, a quick embedder, a store of the examples."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index import Assistant, Settings
from index.store.embedder import Embedder, Vector
from index.store.lexical import words_of

ROOT = Path(__file__).resolve().parents[1]


class FakeEmbedder(Embedder):
    """Hashes bigrams into 384 numbers: quick, the same everywhere, near where texts share words."""

    name = "fake-1"
    dimension = 384

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def passages(self, texts: list[str]) -> Vector:
        self.embedded += texts
        rows = [self.question(text) for text in texts]
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimension)

    def question(self, text: str) -> Vector:
        row = np.zeros(self.dimension, dtype=np.float32)
        row[0] = 0.1  # a text without words has a direction too
        for word in words_of(text):
            digest = hashlib.sha256(word.encode()).digest()
            row[int.from_bytes(digest[:4], "big") % self.dimension] += 1 if digest[4] % 2 else -1
        length = float(np.linalg.norm(row)) or 1.0
        return row / np.float32(length)


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the developer's reaches a test, neither from the environment nor a `.env`."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"WENBAO_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of example reports."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def new_embedder() -> type[FakeEmbedder]:
    """The fake embedder's class, for fixtures that live longer than a test."""
    return FakeEmbedder


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture(scope="session")
def examples_store(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A store of the examples with vectors in SQL and in Chroma. Not to be written to."""
    data = tmp_path_factory.mktemp("examples") / "data"
    with open_assistant(data) as made:
        results = made.ingest([examples])
        assert [r.status for r in results] == ["added"] * 4
        made.wait_for_vectors()
    return data


@pytest.fixture
def data(examples_store: Path, tmp_path: Path) -> Path:
    """A copy of the store of the examples, to be written to."""
    return Path(shutil.copytree(examples_store, tmp_path / "store"))


@pytest.fixture
def assistant(data: Path) -> Iterator[Assistant]:
    """An assistant on a copy of the store of the examples, with the fake embedder."""
    with open_assistant(data) as made:
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Assistant]:
    """An assistant on an empty store, with the fake embedder."""
    with open_assistant(tmp_path / "empty") as made:
        yield made


@pytest.fixture
def report(examples: Path) -> Callable[..., bytes]:
    """`report("甲市", 2021)`: the bytes of a report of any issuer and year.

    `mark` stands in all its sentences, so that no other report has the same.
    """
    text = (examples / "示例市2023年政府信息公开工作年度报告.txt").read_text(encoding="utf-8")

    def build(
        issuer: str = "甲市", year: int = 2021, received: int = 1343, mark: str = ""
    ) -> bytes:
        return (
            text.replace("示例市", issuer)
            .replace("2023", str(year))
            .replace("1343", str(received))
            .replace("。", f"{mark}。")
            .encode()
        )

    return build


@pytest.fixture(scope="session")
def store_of(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[dict[str, str]], Assistant]]:
    """`store_of({"青溪县2023年….md": text})`: an assistant on a store of these files, searched by words."""
    opened: list[Assistant] = []

    def make(texts: dict[str, str]) -> Assistant:
        folder = tmp_path_factory.mktemp("reports")
        paths = [folder / name for name in texts]
        for path, text in zip(paths, texts.values(), strict=True):
            path.write_text(text, encoding="utf-8")
        settings = Settings(_env_file=None)
        made = Assistant(folder / "data", settings=settings, vectors=False)
        opened.append(made)
        assert {r.error for r in made.ingest(paths)} == {None}
        return made

    yield make
    for made in opened:
        made.close()


def open_assistant(data: Path, embedder: Embedder | None = None) -> Assistant:
    """An assistant that reads no `.env`; also what the processes that tests start use.

    It reads files in its own process: a second for each of hundreds of tests is too long. What reads
    apart has its own tests.
    """
    settings = Settings(_env_file=None, read_processes=0)
    return Assistant(data, settings=settings, embedder=embedder or FakeEmbedder())
