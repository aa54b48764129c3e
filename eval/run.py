"""Asks every case of a question set and keeps what came back, for any assistant."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Protocol

from eval.cases import Case
from eval.judge import Outcome, judge
from index.answer import Answer, Question


class Stored(Protocol):
    """What a run needs to know of a report in the store; `index.ReportSummary` is one."""

    @property
    def id(self) -> str:
        """The report's id, as a question's scope wants it."""
        ...

    @property
    def source(self) -> str:
        """The name of the file that it was read from."""
        ...


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case and what came of it.

    `answer` is the whole answer's JSON; it is None where the case was skipped or failed. `failure`
    names the exception of a failed case: a crash is another thing than a wrong answer. `elapsed_ms`
    is the wall time of the asking, also of one that failed, and None where nothing was asked.
    """

    case: Case
    outcome: Outcome
    reason: str = ""
    wrong_figure: bool = False
    answer: dict[str, Any] | None = None
    elapsed_ms: float | None = None
    failure: str | None = None

    @property
    def got(self) -> str:
        """The answer in words, "" where there is none."""
        return "" if self.answer is None else str(self.answer["answer"])

    @property
    def values(self) -> list[dict[str, Any]]:
        """The values that the answer puts forward."""
        return [] if self.answer is None else list(self.answer["values"])


@dataclass(frozen=True, slots=True)
class Run:
    """The results of a run, one a case, in the order of the cases."""

    results: tuple[CaseResult, ...]


def run(
    cases: Iterable[Case],
    ask: Callable[[Question], Answer],
    clock: Callable[[], float],
    *,
    stored: Sequence[Stored] = (),
    progress: Callable[[CaseResult], None] | None = None,
) -> Run:
    """Ask every case and judge the answers. `clock` gives seconds.

    `stored` are the reports in the store. A `single` case is asked within those of them that come
    from the files it names, and skipped where one is missing; the names never reach `ask`
    otherwise. An exception of `ask` fails its case and not the run. `progress` hears of each
    result as it comes.
    """
    results = []
    for case in cases:
        result = _run_case(case, ask, clock, stored)
        results.append(result)
        if progress is not None:
            progress(result)
    return Run(tuple(results))


def _run_case(
    case: Case,
    ask: Callable[[Question], Answer],
    clock: Callable[[], float],
    stored: Sequence[Stored],
) -> CaseResult:
    scope: tuple[str, ...] | None = None
    if case.context == "single":
        found = {name: _ids_of(name, stored) for name in case.reports}
        absent = [name for name, ids in found.items() if not ids]
        if absent:
            return CaseResult(case, Outcome.SKIPPED, f"not in the store: {'、'.join(absent)}")
        scope = tuple(dict.fromkeys(i for ids in found.values() for i in ids))
    question = Question(case.question, case.dialogue, scope, case.id)
    start = clock()
    try:
        answer = ask(question).to_json()
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
        elapsed = (clock() - start) * 1000
        return CaseResult(case, Outcome.FAILED, failure, elapsed_ms=elapsed, failure=failure)
    elapsed = (clock() - start) * 1000
    verdict = judge(case, answer)
    return CaseResult(case, verdict.outcome, verdict.reason, verdict.wrong_figure, answer, elapsed)


def _ids_of(name: str, stored: Sequence[Stored]) -> list[str]:
    """The reports that were read from a file called `name`, whatever its form."""
    return [report.id for report in stored if _stem(report.source) == _stem(name)]


def _stem(source: str) -> str:
    """`reports/shanghai2023.pipe.txt` is shanghai2023; some file systems decompose letters."""
    return unicodedata.normalize("NFC", PurePath(source).name).split(".")[0].casefold()
