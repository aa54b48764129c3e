"""What the benchmark of look-up reports; never how fast this machine is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.console import Console

from eval.scaling import QUESTIONS, LookupSpeed, StoreSpeed, time_lookup
from index import Assistant
from ingest.errors import EvaluationError

Q = ("甲", "乙")


def speed(reports: int, *asking: float, once: tuple[float, ...] = ()) -> StoreSpeed:
    return StoreSpeed(reports, asking, once, 0.5, 0.04, 12.34, None)


@pytest.mark.parametrize(
    ("small", "large", "p50"),
    [
        (speed(3, 0.004), speed(9, 0.0079), "4.00 7.90 1.98 ≤ 5 ok; under 2 times ok"),
        (speed(3, 0.005), speed(9, 0.010), "5.00 10.00 2.00 ≤ 5 ok; under 2 times MISSED"),
        (speed(3, 0.006), speed(9, 0.006), "6.00 6.00 1.00 ≤ 5 MISSED; under 2 times ok"),
        (speed(3, 0.0), speed(9, 0.001), "0.00 1.00 0.00 ≤ 5 ok; under 2 times ok"),
    ],
)
def test_times_stand_beside_their_targets(small: StoreSpeed, large: StoreSpeed, p50: str) -> None:
    lines = LookupSpeed(5, small, large, ()).to_text().splitlines()
    (line,) = [line for line in lines if "p50" in line and "up" in line]
    assert re.sub(" +", " ", line) == f"planning + look-up, p50 (ms) {p50}"


def test_the_table() -> None:
    small, large = speed(3, 0.001, 0.003), speed(20, 0.002, 0.004, once=(0.002, 0.006))
    said = LookupSpeed(7, small, large, (("慢", 0.001, 0.002),), ("无",), ("异",)).to_text()
    assert [re.sub(" +", " ", line).strip() for line in said.splitlines()] == [
        "2.0 ms (1.0) 慢",
        "",
        "3 20 ratio target",
        "planning + look-up, p50 (ms) 2.00 3.00 1.50 ≤ 5 ok; under 2 times ok",
        "planning + look-up, p95 (ms) 2.90 3.90 1.34 ≤ 15 ok; under 2 times ok",
        "other issuers, once each, p50 (ms) 4.0",
        "other issuers, once each, p95 (ms) 5.8",
        "first question (ms) 500.0 500.0",
        "first after a report came in (ms) 40.0 40.0",
        "store (MB) 12.3 12.3",
        "memory of the process (MB)",
        "no figure: 无",
        "DIFFERENT ANSWERS: 异",
        "lookup: n=2, median of 7 rounds after one to warm up",
    ]


def test_two_stores_are_asked_the_same(tmp_path: Path) -> None:
    console = Console(quiet=True)
    measured = time_lookup(console, tmp_path / "large", 130, rounds=1)
    assert (measured.small.reports, measured.large.reports) == (3, 130)
    assert len(measured.large.asking) == len(QUESTIONS)
    assert (measured.refused, measured.differ) == ((), ())
    assert measured.small.once == () and measured.large.disk > measured.small.disk
    # it is kept, and as it was
    again = time_lookup(console, tmp_path / "large", 500, rounds=1)
    assert again.large.reports == 130


def test_every_operation_on_tables_is_asked(tmp_path: Path) -> None:
    from eval.scaling import _FIRST, _questions
    from eval.synthetic import add_to, make_reports

    kept, questions = _questions(list(make_reports(_FIRST)))
    with Assistant(tmp_path, vectors=False) as assistant:
        for made in kept:
            add_to(assistant.store, made)
        understood = [assistant.ask(q).understood for q in questions]
    assert {u.operation for u in understood if u} == {
        "lookup", "list", "sum", "share", "difference", "ratio", "average", "growth", "rank",
        "compare", "verify", "exists", "count", "trend",
    }  # fmt: skip


def test_what_cannot_be_compared(tmp_path: Path, examples_store: Path) -> None:
    console = Console(quiet=True)
    with pytest.raises(EvaluationError, match="5 reports are no large store"):
        time_lookup(console, tmp_path, 5)
    with pytest.raises(EvaluationError, match="not made by this benchmark"):
        time_lookup(console, examples_store)
