"""Figures that stand only in sentences: the asked one, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]


def weak(reason: str, *case: Any) -> Any:
    """A case that is refused today, and need not be."""
    return pytest.param(*case, marks=pytest.mark.xfail(strict=True, reason=reason))


@pytest.mark.parametrize(
    ("question", "value", "unit", "sentence"),
    [
        ("示例市2023年公报编印几期", "6", "期", "政府公报编印6期"),
        ("示例市2023年政策面对面活动举办多少场", "48", "场", "48场"),
        ("示例市2023年约谈几家单位", "2", "家", "约谈2家单位"),
        ("示例市2023年业务培训几次", "8", "次", "举办业务培训8次"),
        ("示例市2023年重大决策草案多少项", "27", "项", "27项重大决策草案"),
        ("示例市2023年征求意见收到意见多少条", "318", "条", "收到意见318条"),
        ("示例市2023年“示例发布”粉丝多少", "1200000", None, "超过120万"),
        ("示例市2022年粉丝多少", "960000", None, "超过96万"),
        ("示例市2022年参训多少人次", "220", "人次", "近220人次"),
        ("示例市2022年更换了多少个查阅点的电脑", "11", "个", "11个查阅点"),
        ("示例市2023年收取信息处理费多少元", "860", "元", "共计860元"),
        ("示例市2022年收取信息处理费多少元", "540", "元", "共计540元"),
        ("示例区2023年专职人员几名", "3", "名", "專職人員只有3名"),
        ("上海2023年新闻发布会几场", "54", "场", "54场新闻发布会"),
        ("上海2023年新闻通气会几场", "14", "场", "14场新闻通气会"),
        ("上海2023年交纳信息公开处理费多少元", "12480", "元", "12480元"),
        ("上海2023年政策集中发布归集多少件", "4653", "件", "4653件"),
        ("示例市2023年甲县举办政策面对面活动多少场", "15", "场", "甲县15场"),
        ("示例市2023年甲县收到多少申请", "268", "件", "甲县268件"),
        ("示例市2023年新开设专栏几个", "4", "个", "新开设专栏4个"),
        weak("两 in words is no figure", "示例区2023年培训几次", "2", "次", "培訓兩次"),
        ("上海发布的粉丝多少", "28000000", None, "超过2800万"),
    ],
)  # fmt: skip
def test_the_figure_of_a_sentence(
    ask: Ask, question: str, value: str, unit: str | None, sentence: str
) -> None:
    answer = ask(question)
    assert [(v["value"], v["unit"]) for v in answer["values"]] == [(value, unit)]
    (citation,) = answer["citations"]
    assert sentence in citation["text"]
    (figure,) = answer["figures"]
    assert figure["sentence"] == citation["sentence"]


@pytest.mark.parametrize(
    "question",
    [
        "示例市2023年举办音乐会多少场",
        "示例市2023年电话咨询多少次",
        "示例市2023年微博粉丝增加了多少万",
        "示例市2023年公报印刷多少吨",
        "示例市2023年丁县举办政策面对面活动多少场",
        "示例市2023年培训花费多少元",
        "上海2023年新闻发布会多少人参加",
        "上海2023年示例发布粉丝多少",
        "示例市2022年新闻发布会直播多少场",
        "示例市2023年二手房多少套",
        "示例市2023年约谈了几名局长",
        "示例市2023年罚款多少钱",
    ],
)
def test_nothing_is_guessed(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer["values"] == [], answer["answer"]
    assert answer["abstained"]


@pytest.mark.parametrize("question", ["示例区2023年培训几次", "示例市2023年甲县收到多少申请"])
def test_a_refusal_does_not_deny_what_the_report_says(ask: Ask, question: str) -> None:
    answer = ask(question)["answer"]
    assert "没有找到“培训”" not in answer
    assert "没有找到“甲县”" not in answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("上海2023年新收申请增长多少", "29.3%"),
        ("上海2023年新收申请同比增长百分之几", "未能按表复算"),
    ],
)
def test_growth_that_only_a_sentence_states(ask: Ask, question: str, says: str) -> None:
    answer = ask(question)
    assert [v["value"] for v in answer["values"]] == ["29.3"]
    assert says in answer["answer"]


@pytest.mark.parametrize("question", ["上海2023年不予公开增长多少", "上海2023年企业新收增长多少"])
def test_the_growth_of_another_figure_is_not_taken(ask: Ask, question: str) -> None:
    assert ask(question)["values"] == []
