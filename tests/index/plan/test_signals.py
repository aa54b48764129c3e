"""What single words of an ask signal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import signals
from index.plan.lexicon import Token
from index.plan.plan import Plan
from index.plan.slots import read_slots
from ingest.words import load_concepts

Cut = Callable[[str], tuple[Token, ...]]
Plans = Callable[[str], Plan]


def _text(tokens: tuple[Token, ...] | list[Token]) -> str:
    return "".join(t.text for t in tokens)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("上海新收多少", None),
        ("上海没有答复的多少", "negation"),
        ("除了企业新收多少", "negation"),
        ("how many were not refused", "negation"),
        ("how many excluding companies", "negation"),
        ("新收排第几", "place-in-order"),
        ("新收的名次", "place-in-order"),
        ("上海结转多少", "unclear"),
        ("上海公开了多少", "unclear"),
        ("新收超过1000件吗", "bound"),
        ("at least 1000 requests", "bound"),
        ("示例市新收不含示例区多少", "except"),
        ("申请都答复了吗", "quantifier"),
        ("新收一共多少", None),
        # a figure's own name holds such a word
        ("不予公开多少", None),
        ("无法提供多少", None),
        ("尚未审结多少", None),
        ("上年结转多少", None),
        ("没经过复议直接起诉多少", None),
    ],
)
def test_words_that_keep_a_question_from_a_figure(cut: Cut, text: str, why: str | None) -> None:
    assert signals.blocked(cut(text)) == why


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("市政府收到多少申请", ("市政府",)),
        ("各区申请多少", ("各区",)),
        ("部门行政许可多少", ("部门",)),
        ("上海收到多少申请", ()),
        ("法院行政诉讼多少", ()),  # who decides a case is not whose case it is
    ],
)
def test_whose_figure_is_asked(cut: Cut, text: str, bodies: tuple[str, ...]) -> None:
    assert signals.whose(cut(text)) == bodies


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("有多少企业", True),
        ("多少家企业", True),
        ("多少件企业", False),
        ("多少企业申请", False),
        ("企业新收多少", False),
        ("企业多少", False),
    ],
)
def test_applicants_are_not_applications(cut: Cut, text: str, counts: bool) -> None:
    assert signals.counts_applicants(cut(text)) is counts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("新收多少", 1),
        ("新收和不予公开", 2),
        ("新收、不予公开加无法提供", 3),
        ("上海和示例市新收", 1),
        ("多少和几件", 0),
    ],
)
def test_summands(cut: Cut, text: str, count: int) -> None:
    assert signals.summands(cut(text), load_concepts()) == count


@pytest.mark.parametrize(
    ("text", "number", "words", "order"),
    [
        ("新收多少", True, False, False),
        ("企业占比", True, False, False),
        ("存在什么问题", False, True, False),
        ("为什么增长", False, True, False),
        ("自然人和企业谁多", False, False, True),
        ("企业最少", False, False, True),
        ("上海新收", False, False, False),
    ],
)
def test_kinds_of_questions(cut: Cut, text: str, number: bool, words: bool, order: bool) -> None:
    tokens = cut(text)
    found = (signals.asks_number(tokens), signals.asks_text(tokens), signals.ranks(tokens))
    assert found == (number, words, order)


def test_where_a_role_is(cut: Cut) -> None:
    tokens = cut("上海新收和不予公开")
    assert signals.first_index(tokens, "subject") == 1
    assert signals.last_index(tokens, "subject") == 3
    assert signals.first_index(tokens, "share") is None
    assert signals.last_index(tokens, "share") is None


@pytest.mark.parametrize(
    ("text", "before"), [("自然人是企业的几倍", "自然人"), ("2023年自然人是企业的几倍", "2023年自然人")]
)  # fmt: skip
def test_where_a_ratio_is_cut(cut: Cut, text: str, before: str) -> None:
    tokens = cut(text)
    at = signals.first_index(tokens, "ratio")
    assert at is not None
    assert _text(tokens[: signals.ratio_split(tokens, at)]) == before


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("平均每月", 12),
        ("每月平均", 12),
        ("月均", 12),
        ("每季度", 4),
        ("日均", 0),
        ("平均", None),
        ("", None),
    ],
)
def test_what_an_average_divides_by(cut: Cut, text: str, parts: int | None) -> None:
    assert signals.divisor(cut(text)) == parts


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("企业呢", True),
        ("不予公开多少", False),
        ("那不予公开多少", True),
        ("其中不予公开多少", True),
        ("不予公开呢", True),
        ("那2023年上海不予公开多少", False),  # it names all that there is to name
    ],
)
def test_what_leans_on_the_ask_before(cut: Cut, text: str, leans: bool) -> None:
    tokens = cut(text)
    assert signals.leans_on_context(tokens, read_slots(tokens, load_concepts())) is leans


@pytest.mark.parametrize(
    ("text", "falls"),
    [
        ("下降了多少", True),
        ("减少多少件", True),
        ("同比增长多少", False),
        ("rose by how much", False),
        ("同比变化多少", None),
        ("增长还是下降", None),
        ("多少", None),
    ],
)
def test_the_direction_that_is_taken_for_granted(cut: Cut, text: str, falls: bool | None) -> None:
    assert signals.asked_to_fall(cut(text)) is falls


@pytest.mark.parametrize(
    ("text", "smaller"),
    [
        ("上海和示例哪个新收更少", True),
        ("which had fewer new requests", True),
        ("上海和示例哪个新收更多", False),
        ("上海新收比示例多还是少", False),
        ("上海新收多少", False),
    ],
)
def test_which_of_two_is_asked_for(cut: Cut, text: str, *, smaller: bool) -> None:
    assert signals.asks_smaller(cut(text)) is smaller
