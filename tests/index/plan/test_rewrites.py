"""Tokens put another way before an ask is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import rewrites
from index.plan.lexicon import Lexicon, Token
from index.plan.plan import Plan
from ingest.words import load_concepts

Cut = Callable[[str], tuple[Token, ...]]
Plans = Callable[[str], Plan]


@pytest.fixture(scope="module")
def cut(lexicon: Lexicon) -> Cut:
    """The tokens of a text."""
    return lexicon.cut


def _text(tokens: tuple[Token, ...] | list[Token]) -> str:
    return "".join(t.text for t in tokens)


@pytest.mark.parametrize(
    ("text", "asked", "left_out"),
    [
        ("上海新收多少", "上海新收多少", ""),
        ("上海新收多少,不含企业", "上海新收多少,", "企业"),
        ("不计自然人,上海新收多少", ",上海新收多少", "自然人"),
        # nothing of a table is left out: the words stay, and block the question
        ("上海新收不含多少", "上海新收不含多少", ""),
        ("示例市新收不含示例区", "示例市新收不含示例区", ""),
    ],
)
def test_exceptions(cut: Cut, text: str, asked: str, left_out: str) -> None:
    kept, apart = rewrites.without_exceptions(cut(text))
    assert (_text(kept), _text(apart)) == (asked, left_out)


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("企业占了几件", False),
        ("企业占多少件", False),
        ("企业占几成", True),
        ("企业占多少", True),
        ("企业占新收的几个百分点", True),
    ],
)
def test_how_many_is_no_share(cut: Cut, text: str, shares: bool) -> None:
    tokens = rewrites.without_counting_share(cut(text))
    assert any(t.has("share") for t in tokens) is shares


@pytest.mark.parametrize(
    ("text", "compares"),
    [
        ("企业是否多于科研机构", True),
        ("上海有没有超过示例市", True),
        ("企业有没有超过100件", False),
        ("企业超过科研机构", False),
        ("新收超过1000件的", False),
    ],
)
def test_bounds_between_two_figures_compare(cut: Cut, text: str, compares: bool) -> None:
    tokens = rewrites.with_comparing_bounds(cut(text), load_concepts())
    assert any(t.has("than") for t in tokens) is compares


@pytest.mark.parametrize(
    ("question", "concept"),
    [
        ("示例市2023年除自然人以外的新收多少件", "t3.received.org"),
        ("示例市2023年不是个人提的申请多少件", "t3.received.org"),
    ],
)
def test_all_but_natural_persons(plan: Plans, question: str, concept: str) -> None:
    assert [o.concept for o in plan(question).operands] == [concept]


@pytest.mark.parametrize(
    "question", ["除企业以外新收多少", "不是企业提的多少", "非公益组织新收多少"]
)
def test_all_but_others_are_no_figure_of_the_form(cut: Cut, question: str) -> None:
    assert not any(
        "org" in t.keys("member") for t in rewrites.without_natural_persons(cut(question))
    )


@pytest.mark.parametrize(
    ("text", "minuses"),
    [
        ("新收-结转下年=？", 1),
        ("新收—结转下年＝？", 1),
        ("新收 − 结转下年 = ？", 1),
        ("新收 结转下年=？", 0),  # a blank is no minus
        ("新收,结转下年=？", 0),
        ("新收-结转下年？", 0),  # nothing is to be worked out
    ],
)
def test_a_dash_is_a_minus_in_a_sum(cut: Cut, text: str, minuses: int) -> None:
    tokens = rewrites.with_arithmetic(cut(text))
    assert sum(t.has("minus") for t in tokens) == minuses
