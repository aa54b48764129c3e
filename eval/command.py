"""What `wenbao eval` does, but for its arguments."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.progress import Progress

from eval.cases import load_sets
from eval.judge import Outcome
from eval.report import print_report, report_json, tally
from eval.run import Stored, run
from index.answer import Answer, Question
from ingest.errors import EvaluationError


class Asked(Protocol):
    """What is measured; `index.Assistant` is one."""

    def ask(self, question: Question, /) -> Answer:
        """Answer a question."""
        ...

    def reports(self) -> Sequence[Stored]:
        """The reports in the store."""
        ...


def evaluate(
    paths: Sequence[Path],
    assistant: Asked,
    console: Console,
    json_out: Path | None = None,
    *,
    fail_under: float | None = None,
) -> int:
    """Ask all questions of `paths`, print the report and write it to `json_out`.

    The exit code is 1 where a question failed with an exception, where nothing at all could be
    asked, or where the accuracy (a share, 0 to 1) is under `fail_under`; else 0, whatever the
    accuracy. Raises EvaluationError before anything is asked where a set cannot be taken, and at
    the end where `json_out` cannot be written.
    """
    cases = load_sets(paths)
    stored = assistant.reports()
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("asking", total=len(cases))
        done = run(
            cases,
            assistant.ask,
            time.perf_counter,
            stored=stored,
            progress=lambda _: bar.advance(task),
        )
    print_report(done, console)
    if json_out is not None:
        listed = [{"id": report.id, "source": report.source} for report in stored]
        _write(json_out, json.dumps(report_json(done, listed), ensure_ascii=False, indent=1))
    overall = tally(done.results)
    if overall.accuracy is None or overall.counts[Outcome.FAILED]:
        return 1
    return 1 if fail_under is not None and overall.accuracy < fail_under else 0


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be written ({error.strerror})") from error
