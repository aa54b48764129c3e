"""Two sides of a sum, held against each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("question", "says", "values"),
    [
        # read off the file: 34290 + 2235 = 36525 = 34430 + 2095
        (
            "上海2023年新收加上年结转，跟办结加结转下年，两边平不平？各是多少",
            ["34290+2235", "34430+2095", "对得上"],
            ["36525", "36525"],
        ),
        ("上海2023年账平吗", ["34290+2235", "34430+2095", "对得上"], ["36525", "36525"]),
        ("Does it balance in Shanghai in 2023?", ["34290+2235", "34430+2095"], ["36525", "36525"]),
        (
            "上海2023年新收申请各类申请人加起来跟总计对得上吗",
            ["32419+1651+11+29+58+122", "34290"],
            ["34290", "34290"],
        ),
    ],
)
def test_both_sides_are_shown(ask: Ask, question: str, says: list[str], values: list[str]) -> None:
    answer = ask(question)
    assert [s for s in says if s not in answer["answer"]] == [], answer["answer"]
    assert ([v["value"] for v in answer["values"]], answer["kind"]) == (values, "compute")


@pytest.mark.parametrize(
    "question",
    [
        "上海2023年行政许可账平吗",  # what would be held against what?
        "上海2023年自然人和企业的账平吗",
        "上海2023年维持率账平吗",
    ],
)
def test_what_has_no_two_sides_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer["abstained"], answer["values"]) == (True, [])
