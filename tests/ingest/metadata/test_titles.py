"""Which lines are titles, and what they name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.metadata.titles import find_titles
from ingest.readers import TextLine

Lines = Callable[..., list[TextLine]]
PLAIN = "临江市2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("lines", "printed", "issuer", "year"),
    [
        (["上海市2023年政府信息公开工作年度报告"], None, "上海市", 2023),
        (["２０２３年上海市人民政府信息公开年度报告"], None, "上海市", 2023),
        (["  臨江市二〇二三年政府信息公開工作年度報(bào)告 "], None, "临江市", 2023),
        (["2020审计局政府信息公开年报"], None, "审计局", 2020),
        (["香洲区税务局2019年度信息公开年报"], None, "香洲区税务局", 2019),
        (["长春2023年政府信息公开工作年度报告"], None, "长春", 2023),
        # the year behind the words, or in their midst
        (["临江市政府信息公开工作年度报告（2023年）"], None, "临江市", 2023),
        (["临江市政府信息公开2023年年度报告"], None, "临江市", 2023),
        # lines of their own
        (["临江市", "2023年", "政府信息公开工作年度报告"], PLAIN, "临江市", 2023),
        (["政府信息公开工作年度报告", "2023年度", "临江市统计局"], None, "临江市统计局", 2023),
        (["临江市2023年政府信息公开", "工作年度报告"], PLAIN, "临江市", 2023),
        # what stands around a title on its line
        (["《临江市2023年政府信息公开工作年度报告》的通知"], PLAIN, "临江市", 2023),
        (["标题：临江市2023年政府信息公开工作年度报告"], PLAIN, "临江市", 2023),
        (["附件2：临江市2023年政府信息公开工作年度报告"], PLAIN, "临江市", 2023),
        (["临江市2023年政府信息公开工作年度报告-年报-临江市人民政府"], PLAIN, "临江市", 2023),
        (["甲县政府办关于印发甲县2023年政府信息公开工作年度报告的通知"], None, "甲县", 2023),
        (["# 临江市2023年政府信息公开工作年度报告"], PLAIN, "临江市", 2023),
        # a title that says less
        (["2023年政府信息公开工作年度报告"], None, None, 2023),
        (["临江市政府信息公开工作年度报告"], None, "临江市", None),
        (["政府信息公开情况统计表", "（2014年度）"], "政府信息公开情况统计表（2014年度）", None, 2014),
    ],
)  # fmt: skip
def test_a_title(
    lines: list[str], printed: str | None, issuer: str | None, year: int | None, make_lines: Lines
) -> None:
    (title,) = find_titles(make_lines(*lines))
    assert (title.issuer, title.year) == (issuer, year)
    assert (title.first, title.last) == (0, len(lines) - 1)
    if printed is not None:
        assert title.printed == printed


@pytest.mark.parametrize(
    "line",
    [
        "",
        "政府信息公开工作年度报告",  # a menu
        "上一篇：某某县2021年政府信息公开工作年度报告",
        "相关阅读：某某县2021年政府信息公开工作年度报告",
        "甲局2022年政府信息公开工作年度报告……12",
        "甲局2022年政府信息公开工作年度报告.......3",
        "根据要求，现公布我局2022年政府信息公开工作年度报告。",
        "请参阅《某某县2021年政府信息公开工作年度报告》有关内容",
        "我局2022年政府信息公开工作年度报告",
        "12023年某某县政府信息公开工作年度报告",
        "甲市2023年法治政府建设工作报告",
        "长" * 80 + "2023年某某县政府信息公开工作年度报告",
    ],
)
def test_no_title(line: str, make_lines: Lines) -> None:
    assert find_titles(make_lines(line)) == []


def test_a_path_of_links_is_told_from_a_heading(make_lines: Lines) -> None:
    crumb, own = find_titles(
        make_lines(
            "首页 > 年报 > 甲市2022年政府信息公开年报", "", "甲市2022年政府信息公开工作年度报告"
        )
    )
    assert (crumb.crumb, own.crumb) == (True, False)


@pytest.mark.parametrize("span", ["2022-2023学年", "2022—2023学年度", "2022至2023年"])
def test_two_years_are_no_reporting_year(span: str, make_lines: Lines) -> None:
    (title,) = find_titles(make_lines(f"临江大学{span}信息公开工作年度报告"))
    assert (title.issuer, title.year, title.years) == ("临江大学", None, (2022, 2023))


def test_the_lines_of_an_index_block_are_not_drawn_into_a_title(make_lines: Lines) -> None:
    (title,) = find_titles(
        make_lines("发文日期：", "2024-01-18", "政府信息公开工作年度报告（2023年）", "字号：大")
    )
    assert (title.issuer, title.year, title.first) == (None, 2023, 2)
