"""A county's figure of a row: only where a sentence says that row of that county."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    "question",
    [
        # the report says what 甲县 and 丙区 received, and nothing of what became of it
        "示例市甲县2023年不予公开多少件", "示例市甲县2023年办结多少件", "示例市丙区2023年答复申请多少件",
        "示例市乙县2023年无法提供多少件", "示例市甲县2023年结转多少件", "示例市甲县2023年行政诉讼多少件",
    ],
)  # fmt: skip
def test_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer["abstained"] and answer["values"] == [], answer["answer"]


@pytest.mark.parametrize(
    ("question", "value"),
    [("示例市2023年甲县收到多少申请", "268"), ("示例市丙区2023年收到多少件申请", "217")],
)
def test_what_a_sentence_says_is_given(ask: Ask, question: str, value: str) -> None:
    assert [v["value"] for v in ask(question)["values"]] == [value]
