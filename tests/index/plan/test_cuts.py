"""Where a question is cut into its asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import cuts
from index.plan.lexicon import Token

Cut = Callable[[str], tuple[Token, ...]]


def _text(tokens: tuple[Token, ...] | list[Token]) -> str:
    return "".join(t.text for t in tokens)


@pytest.mark.parametrize(
    ("text", "asks"),
    [("新收多少", True), ("几件", True), ("为什么", True), ("占比", True), ("新收", False)],
)
def test_something_is_asked(cut: Cut, text: str, asks: bool) -> None:
    assert cuts.asks_something(cut(text)) is asks


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("企业呢", True),
        ("不予公开呢?", True),
        ("上海呢", False),  # no figure is named
        ("企业", False),
        ("呢", False),
        ("", False),
    ],
)
def test_a_figure_and_nothing_asked_of_it(cut: Cut, text: str, bare: bool) -> None:
    assert cuts.elliptic(cut(text)) is bare


@pytest.mark.parametrize(
    ("text", "before"), [("新收多少,不予公开", "新收多少"), ("?", ""), ("新收", "新收")]
)
def test_up_to_the_next_mark(cut: Cut, text: str, before: str) -> None:
    assert _text(cuts.until_break(cut(text))) == before


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("", []),
        ("?", []),
        ("新收多少", ["新收多少"]),
        ("新收多少?不予公开几件?", ["新收多少", "不予公开几件?"]),
        ("新收多少,不予公开几件", ["新收多少", "不予公开几件"]),
        ("新收多少,企业呢", ["新收多少", "企业呢"]),
        # nothing is asked behind the mark, or nothing new
        ("新收、不予公开各多少", ["新收、不予公开各多少"]),
        ("新收申请,一共几件", ["新收申请,一共几件"]),
        ("上海2023年,新收多少", ["上海2023年,新收多少"]),
    ],
)
def test_a_question_in_its_asks(cut: Cut, question: str, asks: list[str]) -> None:
    assert [_text(part) for part in cuts.cut_at_asks(cut(question))] == asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        # a sentence in front may limit, or be about something else, whatever it says
        ("摩拳擦掌:上海新收多少", ["摩拳擦掌:上海新收多少"]),
        ("眉飞色舞!上海新收多少", ["眉飞色舞!上海新收多少"]),
        ("浦东新区:上海新收多少", ["浦东新区:上海新收多少"]),
        ("仅看环保:上海新收多少", ["仅看环保:上海新收多少"]),
        ("摩拳擦掌:多少", ["摩拳擦掌:多少"]),
        # brackets belong to the ask, whatever stands in them
        ("上海纠错率多少(纠正占复议总数,百分比)", ["上海纠正的比例多少(纠正占复议总数,百分比)"]),
        ("企业占比呢?(对全部新收)", ["企业占比呢?(对全部新收)"]),
        # nothing new is asked of what a ranking or a comparison gives anyway
        ("不予公开哪类最多?件数", ["不予公开哪类最多?件数"]),
        ("谁罚得多?罚了几件", ["谁罚得多?罚了几件"]),
        ("哪类申请人提得最多,占全部的百分之几", ["哪类申请人提得最多,占全部的百分之几"]),
        ("新收增长多少?百分比", ["新收增长多少?百分比"]),
        # two asks
        ("集采做了几个项目、总共多少万", ["集采做了几个项目", "总共多少万"]),
        ("新收多少?企业呢", ["新收多少", "企业呢"]),
    ],
)
def test_where_a_question_is_cut(cut: Cut, text: str, asks: list[str]) -> None:
    assert [_text(a) for a in cuts.cut_at_asks(cut(text))] == asks
