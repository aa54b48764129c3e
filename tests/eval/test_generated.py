"""The generated set asks for every cell, wants what the report prints, and sees through luck."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from eval.cases import AnswerKind, Case
from eval.generated import (
    GeneratedSet,
    evaluate_generated,
    generate,
    kind_of,
    same_cell,
    table_of,
)  # fmt: skip
from eval.judge import Outcome
from eval.run import CaseResult, run
from index import Assistant

Make = Callable[..., bytes]


@pytest.fixture(scope="module")
def made(reader: Assistant) -> GeneratedSet:
    return generate(reader)


def of(made: GeneratedSet, key: str, report: str, kind: str = "labels") -> Case:
    return next(
        c for c in made.cases
        if c.source == key and kind_of(c) == kind and c.reports[0].startswith(report)
    )  # fmt: skip


def test_every_cell_of_every_report_is_asked(made: GeneratedSet) -> None:
    assert made.passed_over == ()
    asked = Counter(c.reports for c in made.cases if kind_of(c) == "labels")
    assert list(asked.values()) == [200] * 4
    assert Counter(map(table_of, made.cases)).keys() == {"t2", "t3", "t4"}
    assert len({c.id for c in made.cases}) == len(made.cases)


@pytest.mark.parametrize(
    ("key", "report", "values", "unit"),
    [  # read off the files
        ("t3.received.total", "上海市2023", ("34290",), "件"),
        ("t3.carried_in.total", "上海市2023", ("2235",), "件"),
        ("t3.received.total", "示例市2022", ("1116",), "件"),
        ("t3.carried_out.total", "示例市示例区", ("5",), "件"),
    ],
)
def test_what_is_expected_is_printed(
    made: GeneratedSet, key: str, report: str, values: tuple[str, ...], unit: str
) -> None:
    case = of(made, key, report)
    assert (case.values, case.unit, case.kind) == (values, unit, AnswerKind.NUMBER)


@pytest.mark.parametrize("key", ["t3.partly_granted.research", "t2.coercion.decisions"])
def test_a_cell_without_a_number_must_be_refused(made: GeneratedSet, key: str) -> None:
    case = of(made, key, "示例市2023")
    assert (case.kind, case.type) == (AnswerKind.ABSTAIN, "unanswerable")


def test_two_reports_of_an_issuer_and_year_are_asked_alone(
    assistant: Assistant, report: Make
) -> None:
    assistant.ingest_bytes(report("示例市", 2023, received=1344, mark="也"), "other.txt")
    found = generate(assistant)
    alone = {c.reports[0] for c in found.cases if c.context == "single"}
    assert len(alone) == 2 and "other.txt" in alone
    assert len({c.reports for c in found.cases}) == 5


def test_reports_of_no_such_form_are_passed_over(reader: Assistant, made: GeneratedSet) -> None:
    class Stub:
        ask = reader.ask
        figures = reader.figures

        def reports(self) -> list[Any]:
            a, b, c, d = reader.reports()
            return [
                replace(a, form=None),
                replace(b, form="national-2008"),
                replace(c, year=None),
                d,
            ]

    found = generate(Stub())
    assert len(found.passed_over) == 3
    assert found.cases == tuple(c for c in made.cases if c.id.startswith(reader.reports()[3].id))


def test_a_part_of_it_is_asked(reader: Assistant, made: GeneratedSet) -> None:
    """One question in 29: none crashes, none without a number gets one, most are right."""
    ticks = iter(range(100_000))
    done = run(made.cases[::29], reader.ask, lambda: next(ticks), stored=reader.reports())
    outcomes = Counter(same_cell(r).outcome for r in done.results)
    assert outcomes[Outcome.FAILED] == outcomes[Outcome.SKIPPED] == 0
    assert outcomes[Outcome.RIGHT] > len(done.results) * 0.7
    assert outcomes[Outcome.WRONG] < len(done.results) * 0.02


@pytest.mark.parametrize(
    ("concepts", "outcome"),
    [
        (["t3.received.natural"], Outcome.RIGHT),
        (["t3.received"], Outcome.RIGHT),  # a sentence's figure
        (["t3.received.total"], Outcome.WRONG),
        (["t3"], Outcome.RIGHT),
        (["t3.rec"], Outcome.WRONG),
        (["t3.received.natural", "t3.received.natural"], Outcome.WRONG),
        ([], Outcome.WRONG),
    ],
)
def test_a_right_number_of_another_cell_is_wrong(
    make_case: Callable[..., Case], concepts: list[str], outcome: Outcome
) -> None:
    case = make_case("x", "?", source="t3.received.natural")
    answer = {"answer": "0", "values": [], "understood": {"concepts": concepts}}
    assert same_cell(CaseResult(case, Outcome.RIGHT, answer=answer)).outcome is outcome


class Part:
    """An assistant of which a report with few figures is all; it says what it is told to."""

    def __init__(self, reader: Assistant, answer: Callable[..., Any]) -> None:
        self.reader, self.ask = reader, answer

    def reports(self) -> list[Any]:
        return self.reader.reports()[:1]

    def figures(self) -> Iterator[Any]:
        return self.reader.figures()


def test_the_report_counts_by_kind_and_table_and_lists_the_wrong(
    reader: Assistant, say: Callable[..., Any], tmp_path: Path
) -> None:
    console = Console(file=StringIO(), width=160, color_system=None)
    part = Part(reader, lambda q: say(q.text, ("7000001", "件")))
    out = tmp_path / "new" / "out.json"
    assert evaluate_generated(part, console, out, fail_under=0.5) == 1
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert all(name in printed for name in ("colloquial", "typo", "t2", "t4", "wrong fig."))
    assert "wrong (wrong figure)" in printed and "expected  34290件" in printed
    assert out.exists()


def test_an_exception_is_a_failure_and_exit_code_1(reader: Assistant) -> None:
    def fail(_: object) -> Any:
        raise RuntimeError("no")

    console = Console(file=StringIO(), width=160, color_system=None)
    assert evaluate_generated(Part(reader, fail), console) == 1
    assert "RuntimeError: no" in console.file.getvalue()  # type: ignore[attr-defined]
