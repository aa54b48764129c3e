"""The benchmarks of the command, by name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import typer

from index import Assistant

_NAMES = ("reading", "arrival", "answers", "pipelines", "lookup", "retrieval", "fuzz")


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What the command was given; `own` is a store that was named on the command line."""

    name: str
    paths: tuple[Path, ...]
    own: Path | None
    rounds: int
    count: int
    seed: int
    reports: int


def run_benchmark(
    asked: Benchmark,
    store: Callable[[], AbstractContextManager[Assistant]],
    say: Callable[[str], None],
) -> bool:
    """Run one and say what came of it; False where it found a failure.

    Raises typer.BadParameter for a name that is none, or where files are wanted and none are given.
    """
    if asked.name not in _NAMES:
        wanted = f"{', '.join(_NAMES[:-1])} or {_NAMES[-1]}"
        raise typer.BadParameter(f"no benchmark is called {asked.name!r}; wanted {wanted}")
    paths = list(asked.paths)
    if asked.name == "reading":
        from eval.reading import time_reading

        say(time_reading(paths, asked.rounds).to_text())
        return True
    if asked.name == "lookup":
        from rich.console import Console

        from eval.scaling import time_lookup

        console = Console(stderr=True)
        say(time_lookup(console, asked.own, asked.reports, asked.rounds).to_text())
        return True
    if asked.name == "fuzz":
        from eval.fuzz import fuzz

        with store() as assistant:
            fuzzed = fuzz(assistant, paths, asked.count, asked.seed)
        say(fuzzed.to_text())
        return not fuzzed.failures
    if not paths:
        files = "report files" if asked.name == "arrival" else "question files"
        raise typer.BadParameter(f"give the {files}")
    say(_of_files(asked, paths, store))
    return True


def _of_files(
    asked: Benchmark, paths: list[Path], store: Callable[[], AbstractContextManager[Assistant]]
) -> str:
    if asked.name == "arrival":
        from eval.arrival import time_arrival

        return time_arrival(paths, asked.rounds).to_text()
    with store() as assistant:
        if asked.name == "answers":
            from eval.benchmark import time_answers

            return time_answers(paths, assistant, asked.rounds).to_text()
        if asked.name == "pipelines":
            from eval.pipelines import compare_pipelines

            return compare_pipelines(paths, assistant).to_text()
        from eval.retrieval import measure_retrieval

        return measure_retrieval(paths, assistant).to_text()
