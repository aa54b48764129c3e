"""A question set made from the forms: every cell of every report, in many wordings.

What is expected is what the store has for the cell (`Assistant.figures()`): this measures whether
questions find their cells, not whether files were read right.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.cases import AnswerKind, Case
from eval.command import Asked
from eval.judge import Outcome
from eval.report import report_json, tally
from eval.run import CaseResult, Run, run
from eval.wordings import KINDS, form_cells, wordings
from index import ReportSummary
from ingest.errors import EvaluationError
from ingest.forms import load_forms
from ingest.model import Figure

#: the forms whose cells are asked for
FORMS = ("national-2021", "national-2019")


class Stocked(Asked, Protocol):
    """An assistant whose figures can be listed; `index.Assistant` is one."""

    def reports(self) -> Sequence[ReportSummary]:
        """The reports in the store."""
        ...

    def figures(self) -> Iterator[tuple[ReportSummary, Figure]]:
        """Every figure in the store, report by report."""
        ...


@dataclass(frozen=True, slots=True)
class GeneratedSet:
    """The cases, and the reports that none could be made for, each with why."""

    cases: tuple[Case, ...]
    passed_over: tuple[str, ...] = ()


def kind_of(case: Case) -> str:
    """The kind of wording of a generated case."""
    return case.origin


def table_of(case: Case) -> str:
    """The table's key of a generated case: `t3`."""
    return case.source.split(".", 1)[0]


def generate(assistant: Stocked) -> GeneratedSet:
    """The questions for the reports in a store, in the order of reports, cells and kinds.

    A cell without a number, and one that the report's table does not have, must be refused. Where two
    reports are of one issuer and year, each is asked alone. A case has its kind in `origin` and the
    cell's key in `source`.
    """
    forms = {form.name: form for form in load_forms() if form.name in FORMS}
    found: dict[str, dict[str, Figure]] = {}
    for report, figure in assistant.figures():
        if figure.key and figure.table and figure.note_of is None:
            found.setdefault(report.id, {})[figure.key] = figure
    reports = assistant.reports()
    often = Counter((r.issuer, r.year) for r in reports)
    cases: list[Case] = []
    passed: list[str] = []
    for report in reports:
        form = forms.get(report.form or "")
        if form is None or report.issuer is None or report.year is None:
            why = (
                "on no national form of 2019 or 2021" if form is None else "issuer or year unknown"
            )
            passed.append(f"{report.source}: {why}")
            continue
        alone = often[report.issuer, report.year] > 1
        figures = found.get(report.id, {})
        for cell in form_cells(form):
            expected = _expected(figures.get(cell.key))
            cases += [
                replace(
                    expected,
                    id=f"{report.id}:{cell.key}:{wording.kind}",
                    question=wording.question,
                    lang=wording.lang,
                    context="single" if alone else "all",
                    reports=(report.source,),
                    source=cell.key,
                    origin=wording.kind,
                )
                for wording in wordings(cell, report.issuer, report.year)
            ]
    return GeneratedSet(tuple(cases), tuple(passed))


def _expected(figure: Figure | None) -> Case:
    """A case with what is expected of its answer, still without its question."""
    if figure is None or figure.value is None:
        text = "no such cell" if figure is None else f"no number ({figure.status.value})"
        return Case("", "", "unanswerable", AnswerKind.ABSTAIN, text)
    return Case(
        "",
        "",
        "lookup",
        AnswerKind.NUMBER,
        f"{figure.text}{figure.unit or ''}",
        values=(f"{figure.qualifier or ''}{figure.value:f}",),
        unit=figure.unit or "",
    )


def same_cell(result: CaseResult) -> CaseResult:
    """A right answer that is of another cell is wrong: most cells hold a small number, often 0.

    A figure from a sentence is understood as a row (`t3.received`) only.
    """
    if result.outcome is not Outcome.RIGHT or result.answer is None:
        return result
    meant = result.answer["understood"]["concepts"]
    if result.case.kind is not AnswerKind.NUMBER or (
        len(meant) == 1 and f"{result.case.source}.".startswith(f"{meant[0]}.")
    ):
        return result
    reason = f"another cell, that has the same number: {', '.join(meant)}"
    return replace(result, outcome=Outcome.WRONG, reason=reason, wrong_figure=True)


def evaluate_generated(
    assistant: Stocked,
    console: Console,
    json_out: Path | None = None,
    *,
    fail_under: float | None = None,
) -> int:
    """Ask the generated set, print counts by kind and by table, then every wrong answer in full.

    The exit code is 1 where a question failed with an exception, where there was nothing to ask, or
    where the accuracy (a share, 0 to 1) is under `fail_under`; else 0. Raises EvaluationError where
    `json_out` cannot be written.
    """
    made = generate(assistant)
    stored = assistant.reports()
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("asking", total=len(made.cases))
        done = run(
            made.cases,
            assistant.ask,
            time.perf_counter,
            stored=stored,
            progress=lambda _: bar.advance(task),
        )
    done = Run(tuple(map(same_cell, done.results)))
    print_generated(done, made.passed_over, console)
    if json_out is not None:
        listed = [{"id": report.id, "source": report.source} for report in stored]
        text = json.dumps(report_json(done, listed), ensure_ascii=False, indent=1)
        try:
            json_out.parent.mkdir(parents=True, exist_ok=True)
            json_out.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise EvaluationError(f"{json_out}: cannot be written ({error.strerror})") from error
    overall = tally(done.results)
    if overall.accuracy is None or overall.counts[Outcome.FAILED]:
        return 1
    return 1 if fail_under is not None and overall.accuracy < fail_under else 0


def print_generated(done: Run, passed_over: Sequence[str], console: Console) -> None:
    """Counts by kind of wording and by table, the reports passed over, the wrong and the failed."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("wording", no_wrap=True)
    for name in ("n", "right", "wrong", "wrong fig.", "refused", "failed", "right %"):
        table.add_column(name, justify="right", no_wrap=True)
    for kind in KINDS:
        _add(table, kind, [r for r in done.results if kind_of(r.case) == kind])
    table.add_section()
    for key in dict.fromkeys(table_of(r.case) for r in done.results):
        _add(table, key, [r for r in done.results if table_of(r.case) == key])
    table.add_section()
    empty = [r for r in done.results if r.case.kind is AnswerKind.ABSTAIN]
    _add(table, "cells without a number", empty)
    _add(table, "all", list(done.results))
    console.print(table)
    for line in passed_over:
        console.print(f"passed over  {line}", highlight=False, markup=False)
    for result in done.results:
        if result.outcome in (Outcome.WRONG, Outcome.FAILED):
            console.print(
                f"\n{result.case.id}  {result.outcome.value}"
                f"{' (wrong figure)' if result.wrong_figure else ''}\n"
                f"  {result.case.question}\n  expected  {result.case.expected}\n"
                f"  got       {result.got or result.failure}\n  reason    {result.reason}",
                highlight=False,
                markup=False,
                soft_wrap=True,
            )


def _add(table: Table, name: str, results: list[CaseResult]) -> None:
    if not results:
        return
    counted = tally(results)
    numbers = (
        counted.counts[Outcome.RIGHT],
        counted.counts[Outcome.WRONG],
        counted.wrong_figures,
        counted.counts[Outcome.REFUSED],
        counted.counts[Outcome.FAILED],
    )
    share = f"{numbers[0] / len(results) * 100:.1f}"
    table.add_row(name, str(len(results)), *map(str, numbers), share)
