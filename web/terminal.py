"""What the terminal shows while files are read: a bar on stderr, a line a file, counts at the end."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.table import Column
from rich.text import Text

from index.intake import readable_name

if TYPE_CHECKING:
    from index import IngestResult, IngestStage
    from ingest.model import Warning_

_OUTCOMES = ("added", "unchanged", "failed", "skipped")
#: of one code in one file; `--json` has them all
_MOST_WARNINGS = 5


class _Rate(ProgressColumn):
    """Files or passages a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s")


class IngestScreen:
    """Shows an ingestion; a context manager for as long as its bar is on the screen.

    Results go to stdout (as JSON lines with `as_json`), failures in words to stderr.
    """

    def __init__(self, *, as_json: bool = False) -> None:
        self._as_json = as_json
        console, to_terminal = Console(stderr=True), sys.stdout.isatty()
        self._bar = Progress(
            TextColumn("{task.fields[stage]:7}", markup=False),
            TextColumn(
                "{task.description}",
                markup=False,
                table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
            ),
            BarColumn(20),
            MofNCompleteColumn(),
            _Rate(),
            console=console,
            transient=True,
            expand=True,
            # else lines for a pipe would end up on the screen
            redirect_stdout=to_terminal,
            # and lines of JSON would be folded
            disable=not console.is_terminal or (as_json and to_terminal),
        )
        self._files = self._bar.add_task("", total=None, stage="read")
        self._passages = self._bar.add_task("", total=None, stage="vectors", visible=False)
        self._total = 0
        self._vectors: tuple[int, int] | None = None
        self.outcomes: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.passed_over = 0

    def __enter__(self) -> IngestScreen:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    @property
    def done(self) -> int:
        """How many files have a result."""
        return self.outcomes.total()

    def stage(self, stage: IngestStage) -> None:
        """A file has come to a stage."""
        self._total = stage.total
        name = readable_name(Path(stage.path.name))
        self._bar.update(
            self._files, total=stage.total, completed=stage.done, description=name,
            stage=stage.stage,
        )  # fmt: skip

    def vectors(self, done: int, of: int) -> None:
        """So many passages have a vector."""
        self._vectors = done, of
        self._bar.update(self._files, visible=False)
        self._bar.update(
            self._passages, total=of, completed=done, visible=True, description="passages"
        )

    def pass_over(self, files: int) -> None:
        """So many hidden and system files were left out."""
        self.passed_over = files

    def result(self, result: IngestResult) -> None:
        """A file is done: its line."""
        self.outcomes[result.status] += 1
        self.codes.update(w.code for w in result.warnings)
        if self._as_json:
            _say(json.dumps(result_json(result), ensure_ascii=False))
        elif result.status == "failed":
            _say(f"FAILED    {result.error}", err=True)
        else:
            for line in _lines(result):
                _say(line)

    def end(self) -> None:
        """Counts by outcome, warnings by code; nothing in JSON, where they can be counted."""
        if self._as_json:
            return
        counts = ", ".join(f"{self.outcomes[outcome]} {outcome}" for outcome in _OUTCOMES)
        _say(f"{self.done} files: {counts}")
        if self.codes:
            said = ", ".join(f"{n} {code}" for code, n in self.codes.most_common())
            _say(f"warnings: {said}")
        if self.passed_over:
            _say(f"{self.passed_over} hidden and system files passed over")

    def interrupted(self) -> None:
        """Ctrl-C: what is done, what is left, how to go on."""
        if self._vectors is not None:
            done, of = self._vectors
            left = f"{done} of {of} passages embedded"
        else:
            left = f"{max(self._total - self.done, 0)} left"
        _say(
            f"interrupted: {self.done} files done, {left}; "
            "the same command goes on where this one stopped",
            err=True,
        )


def _say(line: str, *, err: bool = False) -> None:
    """Print a line above the bar: `print` and not `typer.echo`, which keeps to the stream that was
    there before the bar."""
    print(line, file=sys.stderr if err else sys.stdout, flush=True)


def result_json(result: IngestResult) -> dict[str, Any]:
    """A result as `wenbao ingest --json` prints it."""
    return {
        "path": readable_name(result.path),
        "status": result.status,
        "error": result.error,
        "note": result.note,
        "reports": [
            {
                "id": r.id,
                "issuer": r.issuer,
                "year": r.year,
                "tables": r.tables,
                "figures": r.figures,
                "passages": r.passages,
            }
            for r in result.reports
        ],
        "warnings": [
            {"code": w.code, "text": w.text, "place": w.place.to_json()} for w in result.warnings
        ],
    }


def _lines(result: IngestResult) -> list[str]:
    note = f" ({result.note})" if result.note else ""
    out = [
        f"{result.status:9} {result.label}: {r.issuer or '?'} {r.year or '?'}, "
        f"{r.tables} tables, {r.figures} figures, {r.passages} passages, "
        f"{r.warnings} warnings, {r.findings} findings{note}"
        for r in result.reports
    ]
    if not out:
        out.append(f"{result.status:9} {result.label}: {result.note or 'no report'}")
    return out + list(_warning_lines(result.warnings))


def _warning_lines(warnings: Iterable[Warning_]) -> Iterable[str]:
    by_code: dict[str, list[Warning_]] = {}
    for warning in warnings:
        by_code.setdefault(warning.code, []).append(warning)
    for code, those in by_code.items():
        for warning in those[:_MOST_WARNINGS]:
            yield f"          [{code}] {warning.text}"
        if len(those) > _MOST_WARNINGS:
            yield f"          [{code}] … {len(those) - _MOST_WARNINGS} more; --json lists them"
