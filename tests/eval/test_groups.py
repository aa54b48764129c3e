"""Groups of questions that ask for the same figure in other words."""

from __future__ import annotations

from typing import Any

import pytest

from eval.cases import AnswerKind, Case
from eval.groups import group_results
from eval.judge import Outcome
from eval.run import CaseResult


def result(group: str, outcome: Outcome, *values: tuple[str, str]) -> CaseResult:
    """A result of a case of `group` that put forward `values`."""
    case = Case(id=f"{group}{outcome}{values}", question="?", type="lookup", kind=AnswerKind.NUMBER,
                group=group)  # fmt: skip
    answer: dict[str, Any] = {"answer": "", "values": [{"value": v, "unit": u} for v, u in values]}
    return CaseResult(case, outcome, answer=answer)


RIGHT, WRONG, REFUSED = Outcome.RIGHT, Outcome.WRONG, Outcome.REFUSED


@pytest.mark.parametrize(
    ("results", "whole", "at_odds"),
    [
        ([result("a", RIGHT, ("5", "件")), result("a", RIGHT, ("5.0", "件"))], 1, ()),
        ([result("a", RIGHT, ("5", "件")), result("a", REFUSED)], 0, ()),
        ([result("a", RIGHT, ("5", "件")), result("a", WRONG, ("6", "件"))], 0, ("a",)),
        ([result("a", RIGHT, ("5", "件")), result("a", WRONG, ("5", "万元"))], 0, ("a",)),
        ([result("a", RIGHT, ("7", "种")), result("a", RIGHT, ("7", "项"))], 1, ()),
        # order and sign do not matter
        (
            [result("a", RIGHT, ("1", ""), ("2", "")), result("a", RIGHT, ("2", ""), ("1", ""))],
            1,
            (),
        ),
        ([result("a", RIGHT, ("-5", "件")), result("a", RIGHT, ("5", "件"))], 1, ()),
        ([result("a", RIGHT, ("5", "")), result("b", RIGHT, ("6", "")), result("", WRONG)], 2, ()),
    ],
)
def test_groups(results: list[CaseResult], whole: int, at_odds: tuple[str, ...]) -> None:
    found = group_results(results)
    assert found is not None
    assert (found.whole, found.at_odds) == (whole, at_odds)
    assert str(found.count) in found.to_text()


def test_no_groups() -> None:
    assert group_results([result("", RIGHT, ("5", "件"))]) is None
