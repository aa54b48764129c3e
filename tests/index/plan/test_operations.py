"""Plans of more than one figure: shares and their wholes, growth, averages, rankings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan.plan import Operation, Plan

Plans = Callable[[str], Plan]

GRANTED, REFUSED = "t3.granted.total", "t3.refused.total"
RECEIVED, HANDLED = "t3.received.total", "t3.handled.total"


@pytest.mark.parametrize(
    ("question", "parts", "whole"),
    [
        ("不予公开占比", [REFUSED], HANDLED),
        ("企业占多少", ["t3.received.enterprise"], RECEIVED),
        ("企业不予公开占不予公开的多少", ["t3.refused.enterprise"], REFUSED),
        ("国家秘密占不予公开的多少", ["t3.refused.state_secret.total"], REFUSED),
        ("不予公开里国家秘密占多少", ["t3.refused.state_secret.total"], REFUSED),
        ("不予公开占新收的多少", [REFUSED], RECEIVED),
        ("不予公开占予以公开的多少", [REFUSED], GRANTED),
        ("复议维持占复议总计多少", ["t4.reconsideration.upheld"], "t4.reconsideration.total"),
        ("诉讼纠正的比例", ["t4.litigation.corrected"], "t4.litigation.total"),
        ("复议后起诉纠正占比", ["t4.after.corrected"], "t4.after.total"),
        ("尚未审结占复议总计", ["t4.reconsideration.pending"], "t4.reconsideration.total"),
        ("what share was refused", [REFUSED], HANDLED),
        (
            "无法提供中，科研机构占科研机构办理总计多少",
            ["t3.unavailable.research"],
            "t3.handled.research",
        ),
    ],
)
def test_wholes_of_shares(plan: Plans, question: str, parts: list[str], whole: str) -> None:
    made = plan(question)
    assert made.operation is Operation.SHARE
    assert [o.concept for o in made.operands] == parts
    assert made.whole is not None
    assert made.whole.concept == whole


@pytest.mark.parametrize(
    ("question", "together"),
    [
        ("不予公开和不予处理占多少", True),
        ("不予公开和不予处理合计占多少", True),
        ("不予公开和不予处理各占多少", False),
        ("不予公开、不予处理分别占多少", False),
    ],
)
def test_parts_of_a_share_are_added_unless_each_is_asked(
    plan: Plans, question: str, together: bool
) -> None:
    assert plan(question).together is together


@pytest.mark.parametrize(
    ("question", "percent"),
    [
        ("示例市2023年新收增长百分之几", True),
        ("示例市2023年新收同比增长多少", True),
        ("示例市2023年新收增加多少件", False),
        ("示例市2023年新收比上年多多少件", False),
        ("示例市2023年新收比上年多百分之几", True),
    ],
)
def test_growth_in_percent_or_in_cases(plan: Plans, question: str, percent: bool) -> None:
    assert plan(question).percent is percent


@pytest.mark.parametrize(
    ("question", "divisor"),
    [("上海平均每月新收多少", 12), ("上海每季度新收多少", 4), ("上海日均新收多少", 0)],
)
def test_what_an_average_divides_by(plan: Plans, question: str, divisor: int) -> None:
    assert plan(question).divisor == divisor


@pytest.mark.parametrize(
    ("question", "least", "ranked"),
    [
        ("上海哪类申请人最多", False, 6),
        ("上海哪类申请人最少", True, 6),
        ("上海不予公开的理由哪个最多", False, 8),
        ("上海不予处理哪种情形最少", True, 5),
        ("上海无法提供的原因里哪个最多", False, 3),
        ("上海自然人和企业哪个最多", False, 2),
    ],
)
def test_what_is_ranked(plan: Plans, question: str, least: bool, ranked: int) -> None:
    made = plan(question)
    assert (made.operation, made.least, len(made.operands)) == (Operation.RANK, least, ranked)
