"""Asks about the two figures that were asked for last, over the example reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]

# figures of examples/, read in their tables: 示例市 2023 新收 1343 (企业 93), 2022 1116; 上海 34290;
# 予以公开 542, 部分公开 83, 办理结果总计 1330
TWO_ISSUERS = ["上海2023年新收多少", "示例市呢"]
TWO_YEARS = ["示例市2023年新收多少", "前一年呢"]
TWO_ROWS = ["示例市2023年予以公开多少", "部分公开呢"]


@pytest.mark.parametrize(
    ("earlier", "question", "values"),
    [
        (TWO_ISSUERS, "相差多少", ["32947"]),
        (TWO_ISSUERS, "前者是后者的几倍", ["25.53"]),
        (TWO_ISSUERS, "两个加起来呢", ["35633"]),
        (TWO_ISSUERS, "哪个多", ["34290", "1343"]),
        (TWO_YEARS, "多了几件", ["227"]),
        (TWO_YEARS, "差多少", ["227"]),
        (TWO_ROWS, "這兩項佔辦結的多少", ["46.99"]),
        (TWO_ROWS, "上海这两项分别多少", ["10099", "439"]),
        (TWO_ROWS, "差几件", ["459"]),
        (["上海2023年新收多少"], "比示例市多多少", ["32947"]),
        (["上海2023年新收多少"], "跟示例市比哪个多", ["34290", "1343"]),
        (["上海和示例市2023年新收各多少"], "差多少", ["32947"]),
        ([], "上海和示例市2023年新收各多少？差多少？", ["34290", "1343", "32947"]),
        ([], "示例市2023年予以公开多还是部分公开多？差几件", ["542", "83", "459"]),
        ([], "上海2023年新收多少？比示例市多多少？", ["34290", "32947"]),
        # corrections, another topic and back
        (["示例市2023年新收多少"], "不对，我说的是2022年", ["1116"]),
        (["示例市2023年新收多少"], "搞错了，我要问的是上海", ["34290"]),
        (["示例市2023年行政许可多少", "规范性文件现行有效多少"], "行政处罚呢", ["102466"]),
        (["示例市2023年行政许可多少", "行政处罚呢"], "一共呢", ["296224"]),
        (["示例市2023年企业新收多少"], "它占全部新收多少", ["6.92"]),
        ([], "自然人申请占比，示例市2022、2023年分别是多少", ["90.59", "90.02"]),
    ],
)
def test_values(ask: Ask, earlier: list[str], question: str, values: list[str]) -> None:
    answer = ask(question, *earlier)
    assert [v["value"] for v in answer["values"]] == values, answer["answer"]


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        (["上海2023年新收多少"], "多了多少"),  # than what?
        ([], "上海2023年新收多了多少"),
        (["上海2023年新收多少"], "比2022年多多少"),  # no such report
        (["上海2023年新收多少", "行政处罚决定占多少"], "相差多少"),
        (["示例市2023年新收多少", "示例区呢"], "两个加起来呢"),  # the one holds the other
        (["示例市2023年新收多少", "行政事业性收费呢"], "相差多少"),  # cases and money
        (["示例市2023年企业新收多少", "个人呢"], "一共呢"),  # of the two, or of all
        (["示例市2023年新收多少"], "我说的不是2023年"),
        (["示例市2023年新收多少", "企业呢", "个人呢"], "差多少"),  # of three figures: which two?
        (["示例市2022年新收多少", "2023年呢"], "是它的几倍"),
        (["示例市2023年不予公开多少", "部分公开呢", "无法提供呢"], "三项合计"),
        # the ask before named no figure: it is not that of new applications that is meant
        (["示例市2023年不予公开几件", "其中最多的理由是哪个", "占多少"], "个人的呢"),
    ],
)
def test_refused(ask: Ask, earlier: list[str], question: str) -> None:
    answer = ask(question, *earlier)
    assert answer["abstained"] and answer["values"] == [], answer["answer"]
