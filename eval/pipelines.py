"""The same questions through a plain LlamaIndex pipeline and through this one, in one run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.cases import Case, load_sets
from eval.judge import Outcome, Verdict, holds, judge
from eval.metrics import percentile
from index import Assistant
from index.answer import Question
from ingest.errors import EvaluationError

_TOP = 5


@dataclass(frozen=True, slots=True)
class SystemRow:
    """What became of a set through one system; `holds` are answers whose text has what was asked for
    (for a question that no report answers: that abstain)."""

    name: str
    verdicts: tuple[Verdict, ...]
    holds: tuple[bool, ...]
    lengths: tuple[int, ...]
    seconds: tuple[float, ...]

    def to_text(self) -> str:
        """One line: shares in percent, letters and milliseconds."""
        n = len(self.verdicts)
        right = sum(v.outcome is Outcome.RIGHT for v in self.verdicts) / n
        wrong = sum(v.outcome is Outcome.WRONG for v in self.verdicts) / n
        figures = sum(v.wrong_figure for v in self.verdicts)
        half, most = percentile(self.seconds, 50) or 0, percentile(self.seconds, 95) or 0
        return (
            f"{self.name:24} {n:5} {right:7.1%} {wrong:7.1%} {figures:8} {sum(self.holds) / n:7.1%} "
            f"{percentile(self.lengths, 50) or 0:8.0f} {half * 1000:8.1f} {most * 1000:8.1f}"
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows of systems over the same questions."""

    rows: tuple[SystemRow, ...]

    def to_text(self) -> str:
        """A table, a line a system."""
        head = (
            f"{'':24} {'n':>5} {'right':>7} {'wrong':>7} {'figures':>8} {'holds':>7} "
            f"{'letters':>8} {'p50 ms':>8} {'p95 ms':>8}"
        )
        return "\n".join([head, *(row.to_text() for row in self.rows)])


def compare_pipelines(paths: Sequence[Path], assistant: Assistant) -> Comparison:
    """Ask the questions of the sets (those without earlier turns) of every system.

    The plain pipeline is LlamaIndex as its starter shows it: SentenceSplitter with its own sizes, the
    same embedder, Chroma, the five nearest chunks, no filters. It has no model here, so its chunks are
    its answer: the first one, or all five. Raises EvaluationError where the store is empty or its
    vectors are not complete.
    """
    done, of = assistant.vector_progress()
    if not of or done < of:
        raise EvaluationError(f"{done} of {of} passages have vectors; run `wenbao ingest` first")
    cases = [c for c in load_sets(paths) if not c.dialogue]
    with tempfile.TemporaryDirectory() as folder:
        retriever = _plain_retriever(assistant, Path(folder))

        def nearest(question: str, count: int) -> dict[str, Any]:
            found = retriever.retrieve(question)[:count]
            text = "\n".join(n.node.get_content() for n in found)
            return {"answer": text, "values": [], "abstained": False}

        systems: list[tuple[str, Callable[[str], dict[str, Any]]]] = [
            ("LlamaIndex, first chunk", lambda q: nearest(q, 1)),
            (f"LlamaIndex, {_TOP} chunks", lambda q: nearest(q, _TOP)),
            ("wenbao", lambda q: assistant.ask(Question(q)).to_json()),
        ]
        return Comparison(tuple(_row(name, ask, cases) for name, ask in systems))


def _row(name: str, ask: Callable[[str], dict[str, Any]], cases: Sequence[Case]) -> SystemRow:
    ask(cases[0].question)  # what is loaded at the first question is not timed
    verdicts, held, lengths, seconds = [], [], [], []
    for case in cases:
        began = time.perf_counter()
        answer = ask(case.question)
        seconds.append(time.perf_counter() - began)
        verdicts.append(judge(case, answer))
        held.append(holds(case, answer))
        lengths.append(len(answer["answer"]))
    return SystemRow(name, tuple(verdicts), tuple(held), tuple(lengths), tuple(seconds))


def _plain_retriever(assistant: Assistant, folder: Path) -> Any:
    """The five nearest chunks of all reports, by LlamaIndex alone."""
    import chromadb
    from chromadb.config import Settings
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.schema import Document
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from index.llama import WenbaoEmbedding

    documents = [
        Document(
            text="\n".join(p.passage.printed for p in assistant.store.passages([report.id])),
            metadata={"file_name": report.source},
        )
        for report in assistant.reports()
    ]
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.create_collection("plain", embedding_function=None)
    index = VectorStoreIndex.from_documents(
        documents,
        transformations=[SentenceSplitter()],
        embed_model=WenbaoEmbedding(assistant.embedder),
        storage_context=StorageContext.from_defaults(
            vector_store=ChromaVectorStore(chroma_collection=collection)
        ),
    )
    return index.as_retriever(similarity_top_k=_TOP)
