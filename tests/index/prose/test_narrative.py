"""Answers in the report's own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("question", "says", "says_not"),
    [
        ("示例市2023年存在哪些问题", ["答复不够及时", "政策解读不够通俗", "变动频繁"], ["办件一本通"]),
        # what the answer says is in the script of the question, what it cites is as printed
        ("示例市2023年的主要問題是什麼", ["答覆不夠及時"], ["（一）"]),
        ("示例市2022年存在哪些问题", ["答复文书不够规范", "图解和视频偏少", "设备老旧"], ["变动频繁"]),
        ("示例市2023年改进措施有哪些", ["提醒的办法", "试读", "办件一本通"], ["不够及时"]),
        ("示例市2022年采取了哪些改进措施", ["范本", "图解", "11个查阅点"], ["设备老旧"]),
        ("示例区2023年存在哪些问题", ["开放时间短", "专职人员"], []),
        ("上海2023年有哪些不足", ["落地", "合拍", "水平"], []),
        ("上海2023年怎么改善政策解读", ["先评估"], []),
        pytest.param(
            "示例区2023年街道查阅点开放时间怎么改", ["周六"], [],
            marks=pytest.mark.xfail(strict=True, reason="quotes the problem, not what was done"),
        ),
    ],
)  # fmt: skip
def test_the_reports_own_words(
    ask: Ask, question: str, says: list[str], says_not: list[str]
) -> None:
    answer = ask(question)
    assert (answer["kind"], answer["values"]) == ("narrative", [])
    assert [s for s in says if s not in answer["answer"]] == [], answer["answer"]
    assert [s for s in says_not if s in answer["answer"]] == []
    assert answer["citations"]


def test_a_quotation_is_of_the_report_that_was_asked(ask: Ask) -> None:
    for year in (2022, 2023):
        answer = ask(f"示例市{year}年存在哪些问题")
        assert {(c["issuer"], c["year"]) for c in answer["citations"]} == {("示例市", year)}


@pytest.mark.parametrize(
    "question",
    [
        "示例市2023年市长叫什么名字",
        "示例市2023年元宵灯会在哪里举办",
        "上海2023年碳排放为什么下降",
        "示例市2023年区块链怎么应用",
        "上海2023年地铁有哪些新线路",
        "2099年示例市存在哪些问题",
        "示例市2023年行政强制为什么没有数",  # a negation: refused, though the report tells
    ],
)
def test_what_the_reports_do_not_tell(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer["abstained"], answer["answer"]
    assert answer["citations"] == []


@pytest.mark.parametrize(
    "question", ["示例市2023年存在的3个问题是什么", "示例市2023年三个主要问题是哪些"]
)
def test_a_number_word_does_not_make_it_a_look_up(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer["kind"] == "narrative"
    assert "答复不够及时" in answer["answer"]
