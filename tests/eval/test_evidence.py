"""An answer whose evidence was tampered with does not pass."""

import copy
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from eval.evidence import Stock, faults, half_up, numbers_in, recompute
from eval.fuzz import take_stock
from index import Assistant

SHARE = "上海2023年不予公开占办理总数多少？"
GROWTH = "示例市2023年新收申请比2022年增长百分之几？"
QUOTE = "示例市2023年有哪些主要问题？"
BLANK = "示例市2023年部分公开里科研机构有几件？"
QUESTIONS = [
    SHARE, GROWTH, QUOTE, BLANK, "示例市2023年行政诉讼多少件", "上海2023年新收多少？",
    "示例市2023年平均每月新收多少件申请？", "上海2023年企业申请是科研机构的几倍？", "规章呢",
]  # fmt: skip


@pytest.fixture(scope="module")
def stock(reader: Assistant) -> Stock:
    return take_stock(reader)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_as_it_is_passes(reader: Assistant, stock: Stock, question: str) -> None:
    assert faults(reader.ask(question).to_json(), stock, [question]) == []


def _computed(answer: dict[str, Any]) -> dict[str, Any]:
    return next(f for f in answer["figures"] if f["formula"])


def _printed(answer: dict[str, Any]) -> dict[str, Any]:
    return next(f for f in answer["figures"] if not f["formula"])


def _other_value(answer: dict[str, Any]) -> None:
    answer["values"][0]["value"] = "4.68"


def _other_unit(answer: dict[str, Any]) -> None:
    answer["values"][0]["unit"] = "件"


def _qualified(answer: dict[str, Any]) -> None:
    answer["values"][0]["qualifier"] = "近"


def _other_result(answer: dict[str, Any]) -> None:
    figure = next(f for f in answer["figures"] if f["formula"] and f["formula"]["op"] == "share")
    figure["value"] = answer["values"][0]["value"] = "4.70"


def _no_operand(answer: dict[str, Any]) -> None:
    answer["figures"].remove(_printed(answer))


def _other_cell(answer: dict[str, Any]) -> None:
    _printed(answer)["text"] += "0"


def _invented(answer: dict[str, Any]) -> None:
    _printed(answer)["id"] = "nowhere:f1"


def _other_formula(answer: dict[str, Any]) -> None:
    _computed(answer)["formula"]["text"] += "+7"


def _unknown_op(answer: dict[str, Any]) -> None:
    _computed(answer)["formula"]["op"] = "guess"


def _said(answer: dict[str, Any]) -> None:
    answer["answer"] += "另有 77 件。"


def _abstains(answer: dict[str, Any]) -> None:
    answer["abstained"] = True


def _twice(answer: dict[str, Any]) -> None:
    answer["figures"].append(_printed(answer))


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (_other_value, "no figure is the value 4.68 %"),
        (_other_unit, "no figure is the value"),
        (_qualified, "qualifier"),
        (_other_result, "its operands give"),
        (_no_operand, "lacks its operands"),
        (_other_cell, "in the store, here"),
        (_invented, "the store has no figure nowhere:f1"),
        (_other_formula, "shows 7 more"),
        (_unknown_op, "guess of"),
        (_said, "the words say 77"),
        (_abstains, "abstains and gives values"),
        (_twice, "two figures have one id"),
    ],
)
def test_what_was_tampered_with_is_found(
    reader: Assistant, stock: Stock, tamper: Callable[[dict[str, Any]], None], says: str
) -> None:
    answer = copy.deepcopy(reader.ask(SHARE).to_json())
    tamper(answer)
    assert any(says in fault for fault in faults(answer, stock, [SHARE]))


def test_a_sentence_that_no_report_has_is_found(reader: Assistant, stock: Stock) -> None:
    answer = copy.deepcopy(reader.ask(QUOTE).to_json())
    assert answer["citations"]
    answer["citations"][0]["text"] += "。"
    assert any("stands in no report" in fault for fault in faults(answer, stock, [QUOTE]))


@pytest.mark.parametrize(
    ("asked", "said", "found"),
    [
        ("23年多少", "2023", True),
        ("２３４件", "234", True),
        ("㈢", "3", True),
        ("٣ 件", "3", True),
        ("1,234件", "1234", True),
        ("排第二的是哪个", "2", True),
        ("3\ud800件", "3", True),
        ("", "1", False),
        ("12.5", "12", False),
    ],
)
def test_numbers_may_be_repeated_from_the_question(asked: str, said: str, found: bool) -> None:
    answer = {
        "figures": [], "citations": [], "values": [], "abstained": True, "answer": said,
        "reason": None, "understood": {"years": []},
    }  # fmt: skip
    assert (faults(answer, Stock({}, {}), [asked]) == []) is found


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.005", "0.01"), ("0.00499", "0"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1/3", "0.33"),
     ("2/3", "0.67"), ("-1/3", "-0.33"), ("7", "7")],
)  # fmt: skip
def test_half_up(value: str, rounded: str) -> None:
    assert half_up(Fraction(value)) == Fraction(rounded)


@pytest.mark.parametrize(
    ("op", "args", "text", "result"),
    [
        ("sum", (1, 2, 3), "1+2+3", "6"),
        ("share", (1, 2, 7), "(1+2)÷7", "42.86"),
        ("difference", (2, 5), "2−5", "-3"),
        ("ratio", (10, 4), "10÷4", "2.5"),
        ("growth", (9, 8), "(9−8)÷8", "12.5"),
        ("average", (100,), "100÷12", "8.33"),
        ("mean", (1, 2, 2), "(1+2+2)÷3", "1.67"),
        ("count_zero", (0, 1, 0), "0、1、0", "2"),
        ("count_nonzero", (0, 1, 0), "0、1、0", "1"),
    ],
)
def test_recompute(op: str, args: tuple[int, ...], text: str, result: str) -> None:
    assert recompute(op, [Fraction(a) for a in args], text) == Fraction(result)


@pytest.mark.parametrize(("op", "count"), [("guess", 1), ("share", 1), ("ratio", 3), ("growth", 1)])
def test_no_such_formula(op: str, count: int) -> None:
    with pytest.raises(ValueError, match="no formula"):
        recompute(op, [Fraction(1)] * count, "")


def test_numbers_in() -> None:
    assert list(numbers_in("1,234件", None, "2.50%、7")) == [1234, Fraction(5, 2), 7]
