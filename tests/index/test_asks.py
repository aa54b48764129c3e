"""Asks in talk: what a follow-up adds to the ask before it, and what it must not forget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]

#: 示例市 2023, from its tables: 予以公开 542 (企业 38), 部分公开 83, 行政诉讼 38 (24 and 14)
CASES: list[tuple[list[str], list[str]]] = [
    # added to the figure before, or taken from it
    (["示例市2023年予以公开多少件？", "加上部分公开呢？"], ["625"]),
    (["示例市2023年予以公开多少件？", "和部分公开合计？"], ["625"]),
    (["How many granted in 示例市 in 2023?", "together with partially disclosed?"], ["625"]),
    (["示例市2023年予以公开多少件？", "减去部分公开呢？"], ["459"]),
    # a sum of the follow-up's own kinds is not joined with what was before
    (["示例市2023年行政复议多少件？", "诉讼加起来呢？"], ["38"]),
    # what came in during the year is not what was dealt with
    (["示例市2023年新收多少件？", "甲县呢？"], []),
    # a limit that the form does not know is not forgotten
    (["示例市2023年环保申请多少件？", "予以公开呢？"], []),
    (["示例市2023年土地类申请多少件？", "不予公开呢？"], []),
    (["示例市2023年新收多少件？", "浦东的呢？", "予以公开呢？"], []),
    (["示例市2023年新收多少件？", "环保的呢？", "不予公开呢？"], []),
    (["示例市2023年新收多少件？", "加上2022年的新收呢？"], ["2459"]),
    (["上海市2023年不予公开多少件？和示例市2023年无法提供的总计是多少？"], ["1615", "364"]),
    # but a new question that names its issuer is one of its own
    (["示例市2023年环保申请多少件？", "示例市2023年予以公开多少件？"], ["542"]),
    # of whom, and of what
    (["示例市2023年企业新收多少件？", "它们予以公开多少？"], ["38"]),
    (["How many company requests in 示例市 in 2023?", "what share of them were granted?"], []),
    (["示例市2023年复议多少件？", "之后起诉的？"], []),
    # the greatest of three is not that of the last two
    (["上海市2023年新收多少件？", "示例市和示例区呢？", "哪个最多？"], []),
]


@pytest.mark.parametrize(("turns", "values"), CASES, ids=[" >> ".join(t) for t, _ in CASES])
def test_a_follow_up(ask: Ask, turns: list[str], values: list[str]) -> None:
    *earlier, last = turns
    answer = ask(last, *earlier)
    assert [v["value"] for v in answer["values"]] == values, answer["answer"]


def test_the_smaller_of_two_is_named_where_it_is_asked_for(ask: Ask) -> None:
    assert "示例市较少，少 32947 件" in ask("上海市和示例市2023年哪个新收更少？")["answer"]
    assert "上海市较多，多 32947 件" in ask("上海市和示例市2023年哪个新收更多？")["answer"]
