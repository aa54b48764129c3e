import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from eval.judge import Outcome
from eval.report import print_report, report_json, tally, tally_by_type
from eval.run import Run, run


@pytest.fixture
def done(mixed: tuple[list[Any], Any], ticks: Callable[[], float]) -> Run:
    cases, assistant = mixed
    return run(cases, assistant.ask, ticks, stored=assistant.stored)


def test_tally(done: Run) -> None:
    overall = tally(done.results)
    assert overall.counts == {
        Outcome.RIGHT: 3,
        Outcome.WRONG: 3,
        Outcome.REFUSED: 1,
        Outcome.SKIPPED: 1,
        Outcome.FAILED: 1,
    }
    assert (overall.total, overall.asked, overall.wrong_figures) == (9, 8, 3)
    assert overall.accuracy == 3 / 8
    assert overall.wrong_figure_rate == 3 / 8
    assert len(overall.latencies) == 7  # neither the skipped nor the failed one


def test_tally_by_type_keeps_the_order_of_the_format(done: Run) -> None:
    by_type = tally_by_type(done)
    assert list(by_type) == ["lookup", "derived", "followup", "unanswerable"]
    assert sum(t.total for t in by_type.values()) == 9
    assert by_type["derived"].counts[Outcome.RIGHT] == 0


def test_tally_of_nothing() -> None:
    assert tally(()).to_json() == {
        "total": 0,
        "asked": 0,
        "right": 0,
        "wrong": 0,
        "refused": 0,
        "skipped": 0,
        "failed": 0,
        "accuracy": None,
        "wilson95": None,
        "wrong_figures": 0,
        "wrong_figure_rate": None,
        "p50_ms": None,
        "p95_ms": None,
    }


def printed(run_: Run) -> str:
    out = StringIO()
    print_report(run_, Console(file=out, width=160, color_system=None))
    return out.getvalue()


def test_console_counts_by_type(done: Run) -> None:
    text = printed(done)
    rows = {}
    for line in text.splitlines():
        cells = line.split()
        if cells:
            rows[cells[0]] = cells[1:]
    #                        right wrong refused skipped failed n  accuracy
    assert rows["lookup"][:7] == ["1", "2", "0", "0", "0", "3", "33.3%"]
    assert rows["derived"][:7] == ["0", "1", "1", "0", "1", "3", "0.0%"]
    assert rows["followup"][:7] == ["1", "0", "0", "1", "0", "1", "100.0%"]
    assert rows["all"][:8] == ["3", "3", "1", "1", "1", "8", "37.5%", "13.7–69.4%"]
    assert "wrong figures 37.5% (3 of 8) · latency p50 10.0 ms, p95 10.0 ms" in text


def test_console_lists_all_that_is_not_right_and_only_that(done: Run) -> None:
    text = printed(done)
    for name in ("wrong", "extra", "unitless", "refused", "failed", "skipped"):
        assert f"\n{name} " in text
    for name in ("right", "heard", "none"):
        assert f"\n{name} " not in text
    assert "wrong wrong (wrong figure)  新收几件？" in text
    assert "expected  1343件" in text
    assert "got       1344件" in text
    assert "QuestionError: too long" in text


def test_square_brackets_in_a_question_are_no_markup(done: Run) -> None:
    assert "[red]多少？" in printed(done)


def test_console_of_an_empty_run() -> None:
    assert "wrong figures — (0 of 0)" in printed(Run(()))


def test_json_holds_versions_counts_and_every_case(done: Run) -> None:
    data = json.loads(json.dumps(report_json(done, [{"id": "r1", "source": "present.txt"}])))
    assert data["format"] == 1
    assert data["versions"]["python"].startswith("3.")
    assert "wenbao" in data["versions"]
    assert data["reports"] == [{"id": "r1", "source": "present.txt"}]
    assert data["summary"]["all"]["accuracy"] == 0.375
    assert data["summary"]["all"]["wilson95"] == [0.1368, 0.6943]
    assert set(data["summary"]["by_type"]) == {"lookup", "derived", "followup", "unanswerable"}
    cases = {c["id"]: c for c in data["cases"]}
    assert len(cases) == 9
    wrong = cases["wrong"]
    assert (wrong["outcome"], wrong["wrong_figure"], wrong["got"]) == ("wrong", True, "1344件")
    assert wrong["values"][0]["value"] == "1344"
    assert cases["failed"]["failure"] == "QuestionError: too long"
    assert cases["failed"]["got"] is None
    assert cases["skipped"]["elapsed_ms"] is None
    assert cases["heard"]["dialogue"] == [{"role": "user", "content": "新收多少？"}]
    assert cases["none"]["abstained"] is True
