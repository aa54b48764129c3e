"""How soon after the start of an ingestion figures can be asked for, and vectors are complete."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from index import Assistant
from index.store.embedder import Embedder
from ingest.errors import EvaluationError

_LONGEST = 600.0  # seconds after which vectors are given up


@dataclass(frozen=True, slots=True)
class Arrival:
    """Seconds from the start, medians over the rounds: a figure answered, the vectors complete."""

    rounds: int
    reports: int
    passages: int
    answered: float
    vectors: float

    def to_text(self) -> str:
        """One line."""
        return (
            f"{self.reports} reports, {self.passages} passages, median of {self.rounds} rounds: "
            f"first figure answered after {self.answered:.2f} s, vectors complete after {self.vectors:.1f} s"
        )


def time_arrival(paths: Sequence[Path], rounds: int, embedder: Embedder | None = None) -> Arrival:
    """Ingest files into an empty store, `rounds` times.

    `embedder` None is that of the settings. A figure counts as answered when a look-up has given it.
    Raises EvaluationError where no file gives a report with a table figure, or the vectors do not come.
    """
    taken = [_once(paths, embedder) for _ in range(rounds)]
    return Arrival(
        rounds, taken[0].reports, taken[0].passages,
        median(t.answered for t in taken), median(t.vectors for t in taken),
    )  # fmt: skip


def _once(paths: Sequence[Path], embedder: Embedder | None) -> Arrival:
    from index.request import Request

    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant(Path(folder), embedder=embedder) as assistant,
    ):
        began = time.perf_counter()
        assistant.start_vectors()
        answered = None
        for result in assistant.ingesting(paths):
            for report in result.reports if answered is None else ():
                key = next(
                    (f.key for f in assistant.store.figures(report.id) if f.table and f.key),
                    None,
                )
                if key is None or report.issuer is None or report.year is None:
                    continue
                answer = assistant.look_up(Request(report.issuer, report.year, key))
                if answer.values:
                    answered = time.perf_counter() - began
        if answered is None:
            raise EvaluationError(f"no figure of a table came of {[str(p) for p in paths]}")
        while True:
            done, of = assistant.vector_progress()
            if done == of and _in_step(assistant):
                break
            if time.perf_counter() - began > _LONGEST:
                raise EvaluationError(f"only {done} of {of} vectors after {_LONGEST:.0f} s")
            time.sleep(0.02)
        return Arrival(1, len(assistant.reports()), of, answered, time.perf_counter() - began)


def _in_step(assistant: Assistant) -> bool:
    """Whether Chroma holds what SQL holds."""
    projection = assistant.own_chroma()
    return projection is None or projection.synced_revision == assistant.store.revision()
