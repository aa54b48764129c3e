"""Figures in order: the most, the least, the larger of two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("2023年示例市哪类申请人最多", ["自然人", "1209", "93"]),
        ("示例市和上海2023年谁收到的申请多", ["上海市较多", "32947 件"]),
    ],
)  # fmt: skip
def test_what_is_said(ask: Ask, question: str, says: list[str]) -> None:
    answer = ask(question)["answer"]
    assert [s for s in says if s not in answer] == [], answer


@pytest.mark.parametrize(
    ("question", "values"),
    [
        # worked out by hand from the tables of examples/
        ("2023年示例市不予公开前三的理由是哪些", ["35", "28", "18"]),
        ("2023年示例市不予公开第二多的理由是哪个", ["28"]),
        ("2023年示例市不予公开倒数第一的理由", ["2"]),
        (
            "2023年示例市不予公开的理由从多到少排一下",
            ["35", "28", "18", "14", "11", "10", "3", "2"],
        ),
        (
            "2023年示例市不予公开的理由从少到多排一下",
            ["2", "3", "10", "11", "14", "18", "28", "35"],
        ),
        ("2023年示例市新收最多的前两类申请人", ["1209", "93"]),
        ("2023年示例市新收第三多的申请人", ["14"]),
        ("2023年示例市哪种办理结果最多", ["542"]),
        ("2023年示例市行政复议哪种结果最少", ["6"]),
        ("示例市2023年不予公开最多的三种理由", ["35", "28", "18"]),
        ("示例市2023年最多的两种不予公开理由", ["35", "28"]),
        ("示例市2023年不予公开最少的三个理由", ["2", "3", "10"]),
        ("2023年示例市无法提供的三种情形分别多少", ["310", "42", "12"]),
        ("2023年示例市不予公开比2022年多了还是少了，多少件", ["25"]),
        ("示例市哪一年新收最多", ["1343"]),
        # 1209, 93 and 14 of 1343; 35 of 121
        ("2023年示例市哪类申请人占比最高", ["90.02"]),
        ("2023年示例市新收前两名的申请人分别占多少", ["90.02", "6.92"]),
        ("2023年示例市不予公开哪类理由占比最高", ["28.93"]),
        # 1330 of 1343 and 47; 92 of 93 and 3
        ("2023年示例市办结率", ["95.68"]),
        ("2023年示例市企业办结率", ["95.83"]),
        ("2023年哪个市新收最多", ["34290"]),
        ("示例市历年新收的变化趋势", ["1116", "1343"]),
        ("示例市近两年新收多少", ["1116", "1343"]),
        ("示例市2022到2023年新收", ["1116", "1343"]),
        ("示例市2022到2023年平均每年新收多少", ["1229.5"]),
        ("示例市2022到2023年新收增长了多少", ["20.34"]),
        ("示例市2022到2023年新收多了多少件", ["227"]),
        ("2023年示例市企业不予公开的理由有几种是0", ["3"]),
        ("2023年示例市企业不予公开的八种理由里用到了几种", ["5"]),
        ("2023年示例市有几类申请人上年结转为0", ["2"]),
        ("2022年示例市新收和2023年上海新收相差多少", ["33174"]),
        ("2022年示例市结转下年度和2023年示例市上年结转一样吗", ["47", "47"]),
    ],
)
def test_values(values: list[str], question: str, ask: Ask) -> None:
    answer = ask(question)
    assert [v["value"].lstrip("-") for v in answer["values"]] == values, answer["answer"]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("2023年示例市新收第四多的申请人", "place-in-order"),  # the third place is shared
        ("2023年示例市不予公开第九多的理由", "place-in-order"),
        ("2023年示例市新收排第几", "place-in-order"),
        ("2023年哪家单位新收最多", "coverage-overlaps"),
        ("2023年哪个县新收最多", "which-issuer"),
        ("示例市近三年新收多少", "no-report"),
        ("2023年示例市新收比示例区多几倍", None),  # so many times, or one less
        ("2023年示例市企业不予公开哪类理由占比最高", None),  # of theirs, or of all
        ("2023年上海哪个区新收最多", None),  # a place inside it
        ("2023年示例市部分公开最少的申请人是谁", "blank"),
    ],
)
def test_refused(question: str, reason: str | None, ask: Ask) -> None:
    answer = ask(question)
    assert answer["abstained"] and answer["values"] == [], answer["answer"]
    assert reason is None or answer["reason"] == reason, answer["answer"]
