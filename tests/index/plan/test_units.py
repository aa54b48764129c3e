"""The units that an ask names, and what is counted in them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from index.plan import units
from index.plan.lexicon import Token
from index.plan.plan import Plan

Cut = Callable[[str], tuple[Token, ...]]
Plans = Callable[[str], Plan]


@pytest.mark.parametrize(
    ("text", "stray"),
    [("企业家多少", ("家",)), ("企业多少家", ()), ("培训3次", ()), ("收到几件", ())],
)
def test_counting_words_behind_no_number(cut: Cut, text: str, stray: tuple[str, ...]) -> None:
    assert units.stray_units(cut(text)) == stray


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("培训几场", "场"),
        ("新收多少件", "件"),
        ("收费多少元", "元"),
        ("收到多少申请", "件"),
        ("多少申请人", "申请人"),
        ("参加人数", "人数"),
        ("申请占多少", None),
        ("行政许可多少", None),
    ],
)
def test_the_unit_that_is_asked(cut: Cut, text: str, unit: str | None) -> None:
    assert units.asked_unit(cut(text)) == unit


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("上海新收", "多少件", True),
        ("上海新收", "多少", True),
        ("上海新收", "多少万元", False),
        ("上海新收", "多少人", False),
        ("上海新收", "人数多少", False),
        ("上海行政事业性收费", "多少万元", True),
        ("上海行政事业性收费", "多少件", False),
        ("上海行政诉讼多少件", "几次", True),  # 被告了几次 counts cases
        ("上海新收", "几次", False),
    ],
)
def test_units_fit_figures(cut: Cut, plan: Plans, question: str, text: str, fits: bool) -> None:
    tokens = cut(text)
    assert units.unit_fits(units.asked_unit(tokens), plan(question), tokens) is fits


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("是1615件吗", (Decimal(1615),)),
        ("1,615件占4.69%", (Decimal(1615), Decimal("4.69"))),
        ("2023年新收", ()),
        ("多少", ()),
    ],
)
def test_numbers_that_are_stated(cut: Cut, text: str, claims: tuple[Decimal, ...]) -> None:
    assert units.claims_in(cut(text)) == claims
