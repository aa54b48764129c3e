"""Tokens put another way before an ask is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import rewrites
from index.plan.issuernames import IssuerNames
from index.plan.lexicon import Sense, Token
from index.plan.plan import Plan
from ingest.words import load_concepts

Cut = Callable[[str], tuple[Token, ...]]
Plans = Callable[[str], Plan]


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


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("上海行政处罚项目比上年增了几项", "t2.penalty.items_change"),
        ("上海行政许可项目少了几个", "t2.licensing.items_change"),
        ("上海收费项目跟上年比是多了还是少了", "t2.fees.items_change"),
    ],
)
def test_the_change_of_items_has_a_column_of_its_own(plan: Plans, text: str, concept: str) -> None:
    assert [o.concept for o in plan(text).operands] == [concept]


@pytest.mark.parametrize(
    "text",
    [
        "上海2022年行政处罚比2021年增了几件",  # no items
        "上海行政处罚项目2023年比2022年多几项",  # two years are held against each other
        "上海行政处罚项目和行政许可项目差几项",
    ],
)
def test_other_changes_are_left_alone(cut: Cut, text: str) -> None:
    tokens = cut(text)
    assert rewrites.with_items_change(tokens, load_concepts()) == tokens


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("上海部分公开是办结数的11.14%,对吗", "t3.partly_granted.total", "t3.handled.total"),
        ("上海部分公开为办理结果总计的11%,对吗", "t3.partly_granted.total", "t3.handled.total"),
        ("上海部分公开11.14%对吗", "t3.partly_granted.total", "t3.handled.total"),
    ],
)
def test_a_stated_percentage_is_a_share(plan: Plans, text: str, part: str, whole: str) -> None:
    made = plan(text)
    assert made.whole is not None
    assert ([o.concept for o in made.operands], made.whole.concept) == ([part], whole)
    assert len(made.claims) == 1


@pytest.mark.parametrize(
    "text", ["上海部分公开1618件对吗", "上海部分公开占4.7%对吗", "上海新收增长5%对吗"]
)
def test_other_claims_are_left_alone(cut: Cut, text: str) -> None:
    tokens = cut(text)
    assert rewrites.with_stated_share(tokens, load_concepts()) == tokens


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("上海予以公开超过不予公开多少件", False),
        ("上海不予公开少于予以公开多少件", True),
        ("by how many did disclosed requests exceed refused requests in shanghai", False),
    ],
)
def test_by_how_many_one_exceeds_the_other(plan: Plans, text: str, signed: bool) -> None:
    made = plan(text)
    assert (made.operation, made.signed, len(made.operands)) == ("difference", signed, 2)


@pytest.mark.parametrize("text", ["上海超过1000件的有几类", "上海予以公开超过多少件"])
def test_a_bound_stays_a_bound(cut: Cut, text: str) -> None:
    tokens = rewrites.with_comparing_bounds(cut(text), load_concepts())
    assert any(t.has("bound") for t in tokens)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("上海个人的比单位的多几件", ["natural", "org"]),
        ("上海除开个人,单位一共提了多少件", ["org"]),
        ("上海撇除自然人,其余加起来几件", ["org"]),
    ],
)
def test_units_beside_persons_are_the_other_applicants(
    plan: Plans, text: str, members: list[str]
) -> None:
    assert [o.member for o in plan(text).operands] == members


NAMES = IssuerNames(
    ("平川市民政局", "平川市市场监督管理局", "澄湖市气象局", "澄湖市", "西渡市教育局")
)


def _half(text: str, role: str) -> Token:
    return Token(0, len(text), text, (Sense(role, text),))


@pytest.mark.parametrize(
    ("halves", "issuers"),
    [
        ([("平川", "half_place"), ("民政局", "half_body")], ["平川市民政局"]),
        ([("民政局", "half_body"), ("平川市", "half_place")], ["平川市民政局"]),
        (
            [("平川", "half_place"), ("民政局", "half_body"), ("市场监管局", "half_body")],
            ["平川市民政局", "平川市市场监督管理局"],
        ),
        ([("气象局", "half_body")], ["澄湖市气象局"]),
        ([("澄湖市", "issuer"), ("气象局", "half_body")], ["澄湖市气象局"]),
    ],
)
def test_a_place_and_a_body_make_an_issuer(
    halves: list[tuple[str, str]], issuers: list[str]
) -> None:
    made = rewrites.with_whole_names(tuple(_half(*h) for h in halves), NAMES)
    assert [k for t in made for k in t.keys("issuer")] == issuers
    assert not any(t.has("half_place", "half_body") for t in made)


@pytest.mark.parametrize(
    "halves",
    [
        [("西渡市", "half_place"), ("民政局", "half_body")],  # no such body there
        [("西渡市教育局", "issuer"), ("民政局", "half_body")],  # somebody else is named
        [("平川", "half_place")],
    ],
)
def test_what_makes_none_stays_unexplained(halves: list[tuple[str, str]]) -> None:
    made = rewrites.with_whole_names(tuple(_half(*h) for h in halves), NAMES)
    assert any(t.has("half_place", "half_body") for t in made)
