"""Questions that look plain and are not: each gets the right figure, or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]

_LINES = (Path(__file__).parent / "adversary.txt").read_text(encoding="utf-8").splitlines()
CASES = [
    tuple(part.strip() for part in line.split("|", 1))
    for line in _LINES
    if line and not line.startswith("#")
]


def test_there_are_many() -> None:
    assert len(CASES) > 150
    assert len({question for _, question in CASES}) == len(CASES)


@pytest.mark.parametrize(("right", "question"), CASES, ids=[q for _, q in CASES])
def test_no_wrong_figure(right: str, question: str, ask: Ask) -> None:
    *earlier, last = question.split(" >> ")
    answer = ask(last, *earlier)
    values = [v["value"].lstrip("-") for v in answer["values"]]
    assert values == [] or right in values, answer["answer"]
