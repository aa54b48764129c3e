"""Plans that misread their question, one predicate a table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import misreadings
from index.plan.lexicon import Token
from index.plan.plan import Operand, Operation, Plan

Cut = Callable[[str], tuple[Token, ...]]

_RECEIVED = Plan(Operation.LOOKUP, (Operand("t3.received", "total"),))
_FILES = Plan(Operation.LOOKUP, (Operand("t3.refused.enforcement_files", "total"),))
_GROWTH = Plan(Operation.GROWTH, (Operand("t3.received", "total"),))


@pytest.mark.parametrize(
    ("text", "plan", "misread"),
    [
        ("公开的执法案卷多少件", _FILES, True),
        ("执法案卷不予公开多少件", _FILES, False),
        ("属于行政执法案卷的多少件", _FILES, False),
    ],
)
def test_what_was_refused_was_not_published(
    cut: Cut, text: str, plan: Plan, *, misread: bool
) -> None:
    assert misreadings.turned_over(cut(text), plan) is misread


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("个人信息申请多少件", True),
        ("requests for company information", True),
        ("个人申请多少件", False),
        ("how many requests did companies file", False),
    ],
)
def test_who_asks_and_what_is_asked_for(cut: Cut, text: str, *, misread: bool) -> None:
    assert misreadings.of_information(cut(text)) is misread


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("上海市2023年提出了多少申请", True),
        ("How many requests did 上海市 file in 2023", True),
        ("How many requests did 上海市 see through in 2023", True),
        ("How many requests did 上海市 see in 2023", False),
        ("上海市2023年个人提出了多少申请", False),
        ("上海市2023年提交上来的申请多少件", False),
    ],
)
def test_what_the_body_did_itself(cut: Cut, text: str, *, misread: bool) -> None:
    assert misreadings.acts_itself(cut(text), _RECEIVED) is misread


@pytest.mark.parametrize(
    ("text", "misread"),
    [("予以公开/新收", True), ("予以公开÷新收", False), ("予以公开、新收", False)],
)
def test_a_stroke_divides(cut: Cut, text: str, *, misread: bool) -> None:
    assert misreadings.divides(cut(text)) is misread


@pytest.mark.parametrize(
    ("text", "misread"),
    [("公开（含部分公开）多少件", True), ("新收（包括自然人）", True), ("部分公开多少件", False)],
)
def test_what_is_included(cut: Cut, text: str, *, misread: bool) -> None:
    assert misreadings.includes(cut(text)) is misread


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("2023年到2022年新收增长多少", True),
        ("growth of requests from 2023 to 2022", True),
        ("2022年到2023年新收增长多少", False),
        ("2023年较2022年新收增长多少", False),
        ("2023年新收增长多少", False),
    ],
)
def test_growth_against_the_order_of_time(cut: Cut, text: str, *, misread: bool) -> None:
    assert misreadings.turns_time_round(cut(text), _GROWTH) is misread


def test_other_plans_have_no_direction_in_time(cut: Cut) -> None:
    assert not misreadings.turns_time_round(cut("2023年到2022年新收多少"), _RECEIVED)
