"""Figures in order: the most, the least, the larger of two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("2023年示例市哪类申请人最多", ["自然人", "1209", "93"]),
        ("示例市和上海2023年谁收到的申请多", ["上海市较多", "32947 件"]),
    ],
)  # fmt: skip
def test_what_is_said(ask: Ask, question: str, says: list[str]) -> None:
    answer = ask(question)["answer"]
    assert [s for s in says if s not in answer] == [], answer
