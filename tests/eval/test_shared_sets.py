"""Accuracy on question sets over two real reports, where the folder that they come in is there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.cases import load_cases
from eval.judge import Outcome
from eval.run import CaseResult, run
from index import Assistant, Settings

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
REPORTS = [SHARED / "reports" / name for name in ("shanghai2023.seed.txt", "suqian2023.cells.txt")]

pytestmark = pytest.mark.skipif(
    not all(path.is_file() for path in REPORTS),
    reason=f"the two real reports are not in {SHARED / 'reports'}",
)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant on a store of 上海市 2023 and 宿迁市 2023."""
    data = tmp_path_factory.mktemp("shared") / "data"
    with Assistant(data, settings=Settings(_env_file=None), vectors=False) as made:
        assert [r.status for r in made.ingest(REPORTS)] == ["added", "added"]
        yield made


def _results(path: Path, assistant: Assistant) -> tuple[CaseResult, ...]:
    if not path.is_file():
        pytest.skip(f"no question set {path}")
    cases = load_cases(path)
    return run(cases, assistant.ask, time.perf_counter, stored=assistant.reports()).results


def _failing(results: tuple[CaseResult, ...], *, figures: bool = False) -> list[str]:
    """What is not right (or only the wrong figures), as a failing test should show it."""
    return [
        f"{r.case.id} {r.case.type} {r.outcome}: {r.case.question} | {r.reason} | {r.got}"
        for r in results
        if (r.wrong_figure if figures else r.outcome is not Outcome.RIGHT)
    ]


def test_the_questions_of_dev(real: Assistant) -> None:
    results = _results(SHARED / "questions" / "dev.jsonl", real)
    assert len(results) == 54
    lookups = tuple(r for r in results if r.case.type == "lookup")
    assert len(lookups) > 10
    assert _failing(lookups) == []
    assert _failing(results, figures=True) == []
    assert [r.failure for r in results if r.failure] == []
    assert len(results) - len(_failing(results)) >= 50, _failing(results)


PEOPLE = ("people-shared.jsonl", "people-shared-2.jsonl")


@pytest.mark.parametrize("name", PEOPLE)
def test_no_question_of_people_gets_wrong_figures(real: Assistant, name: str) -> None:
    results = _results(ROOT / "eval" / "sets" / name, real)
    assert len(results) >= 100
    assert [r.failure for r in results if r.failure] == []
    wrong = _failing(results, figures=True)
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("people-shared.jsonl", 0.85),
        ("people-shared-2.jsonl", 0.90),
    ],
)
def test_the_questions_that_people_wrote(real: Assistant, name: str, floor: float) -> None:
    results = _results(ROOT / "eval" / "sets" / name, real)
    failing = _failing(results)
    assert 1 - len(failing) / len(results) >= floor, failing
