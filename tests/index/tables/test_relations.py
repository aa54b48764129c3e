"""One figure in relation to another: what is computed, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("示例市2023年新收同比增长多少", ["1116 件", "1343 件", "增长 20.34%", "(1343−1116)÷1116"]),
        ("示例市2023年科研机构新收同比变化多少", ["下降 25.00%", "(3−4)÷4"]),
        ("示例市2023年新收下降了百分之几", ["报告写的是增长", "1116 件", "1343 件"]),
        ("示例市2023年科研机构新收比上年增长百分之几", ["报告写的是下降", "4 件", "3 件"]),
        ("上海2023年行政许可比行政处罚多多少", ["相反", "7680886 件"]),
    ],
)  # fmt: skip
def test_what_is_said(ask: Ask, question: str, says: list[str]) -> None:
    answer = ask(question)["answer"]
    assert [s for s in says if s not in answer] == [], answer


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("示例市2023年予以公开比不予公开多多少", "421"),
        ("示例市2023年不予公开比予以公开少多少", "421"),
        ("示例市2023年不予公开和予以公开相差多少", "421"),
        ("示例市2022年新收比2023年少多少", "227"),
        ("示例市2022年新收比2023年少百分之几", "-16.90"),
    ],
)
def test_differences_either_way(ask: Ask, question: str, value: str) -> None:
    assert [v["value"] for v in ask(question)["values"]] == [value]
