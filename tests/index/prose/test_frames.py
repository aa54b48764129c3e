"""Figures of sentences that are another year's, planned, a change, a rate, negated, or somebody else's."""

from __future__ import annotations

import re

import pytest

from index.prose.frames import odd_frame

ASKED = "编发工作简报多少期"
# (sentence of a report of 2023, the number, whether it may answer how many were issued)
TABLE: list[tuple[str, str, bool]] = [
    ("2023年编发工作简报135期。", "135", True),
    ("全年编发工作简报135期,较上年增加15期。", "135", True),
    ("全年编发工作简报135期,较上年增加15期。", "15", False),
    ("今年以来,编发工作简报135期。", "135", True),
    ("累计编发工作简报135期。", "135", True),
    ("累计编发工作简报1350期,其中今年135期。", "1350", False),
    ("累计编发工作简报1350期,其中今年135期。", "135", True),
    ("截至2023年底,编发工作简报135期。", "135", True),
    ("截至2020年,编发工作简报120期。", "120", False),
    ("去年编发工作简报120期。", "120", False),
    ("2022年编发工作简报120期,2023年编发135期。", "120", False),
    ("2022年编发工作简报120期,2023年编发135期。", "135", True),
    ("与去年同期的120期相比,今年编发135期。", "120", False),
    ("近五年编发工作简报1200期。", "1200", False),
    ("第一季度编发工作简报30期。", "30", False),
    ("1至6月编发工作简报60期。", "60", False),
    ("下一步计划编发工作简报150期。", "150", False),
    ("力争编发工作简报150期。", "150", False),
    ("2024年将编发工作简报150期。", "150", False),
    ("应编发工作简报150期,实际编发135期。", "150", False),
    ("应编发工作简报150期,实际编发135期。", "135", True),
    ("编发工作简报的目标为150期。", "150", False),
    ("按照上级要求,编发工作简报135期。", "135", True),
    ("围绕规划事项,编发工作简报135期。", "135", True),
    ("编发工作简报减少12期。", "12", False),
    ("编发工作简报数增长15期,达135期。", "15", False),
    ("编发工作简报数增长15期,达135期。", "135", True),
    ("编发工作简报增加到135期。", "135", True),
    ("新增12期,共编发135期。", "12", False),
    ("日均编发工作简报3期。", "3", False),
    ("平均每月编发工作简报12期。", "12", False),
    ("每家单位编发工作简报12期。", "12", False),
    ("单篇最高阅读量10万。", "10", False),
    ("未按时编发工作简报12期。", "12", False),
    ("漏编发工作简报12期。", "12", False),
    ("编发工作简报超时12期。", "12", False),
    ("编发除工作简报外的刊物135期。", "135", False),
    ("编发非工作简报135期。", "135", False),
    ("公布非物质文化遗产135期。", "135", True),
    ("处理应急简报135期。", "135", True),
]


@pytest.mark.parametrize(
    ("sentence", "number", "plain"), TABLE, ids=[f"{t[0]}{t[1]}" for t in TABLE]
)
def test_the_frame_of_a_figure(sentence: str, number: str, plain: bool) -> None:
    at = [m.start() for m in re.finditer(rf"(?<!\d){number}(?!\d)", sentence)]
    assert len(at) == 1
    odd = odd_frame(sentence, at[0], ASKED, 2023, growth=False, whole=True)
    assert (odd is None) is plain, odd


@pytest.mark.parametrize(
    ("sentence", "asked", "growth", "whole", "plain"),
    [
        ("去年编发工作简报120期。", "去年编发工作简报多少期", False, True, True),
        ("新增工作简报12期。", "新增工作简报多少期", False, True, True),
        ("编发工作简报同比增长12%。", "编发工作简报", True, True, True),
        ("全市编发工作简报120期。", ASKED, False, True, True),
        ("全市编发工作简报120期,我局编发12期。", ASKED, False, False, False),
        ("全市编发工作简报120期。", "全市编发工作简报多少期", False, False, True),
    ],
)
def test_what_is_asked_is_no_odd_frame(
    sentence: str, asked: str, growth: bool, whole: bool, plain: bool
) -> None:
    m = re.search(r"\d+", sentence)
    assert m is not None
    odd = odd_frame(sentence, m.start(), asked, 2023, growth=growth, whole=whole)
    assert (odd is None) is plain, odd
