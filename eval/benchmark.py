"""How long answering takes: medians of several rounds, because machines are noisy."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from eval.cases import load_sets
from eval.command import Asked
from eval.metrics import percentile
from index.answer import Question


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each thing that was timed, medians over `rounds`."""

    name: str
    rounds: int
    seconds: dict[str, float]

    def to_text(self) -> str:
        """A line a thing, then p50, p95 and the rate."""
        lines = [f"{value * 1000:9.1f} ms  {key}" for key, value in self.seconds.items()]
        values = list(self.seconds.values())
        half, most = percentile(values, 50), percentile(values, 95)
        total = sum(values)
        lines.append(
            f"{self.name}: n={len(values)}, median of {self.rounds} rounds; "
            f"p50 {(half or 0) * 1000:.1f} ms, p95 {(most or 0) * 1000:.1f} ms, "
            f"{len(values) / total if total else 0:.1f} a second"
        )
        return "\n".join(lines)


def time_answers(paths: Sequence[Path], assistant: Asked, rounds: int) -> Timing:
    """Ask each question of the sets `rounds` times after one warm-up."""
    seconds = {}
    for case in load_sets(paths):
        question = Question(case.question, case.dialogue)
        assistant.ask(question)
        taken = []
        for _ in range(rounds):
            began = time.perf_counter()
            assistant.ask(question)
            taken.append(time.perf_counter() - began)
        seconds[f"{case.id} {case.question}"] = median(taken)
    return Timing("answers", rounds, seconds)
