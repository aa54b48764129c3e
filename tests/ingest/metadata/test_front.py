"""The words around a report."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from ingest.metadata.front import (
    field_values,
    front_lines,
    glued_headings,
    is_chrome,
    is_comparison,
    outline_heading,
    table_mark,
)
from ingest.model import Place
from ingest.normalise import clean
from ingest.readers import Document, Grid, TextLine

Lines = Callable[..., list[TextLine]]
MakeGrid = Callable[..., Grid]


@pytest.mark.parametrize(
    "line",
    [
        "字号：大 中 小", "分享到：", "打印本页", "关闭窗口", "当前位置：首页 > 年报", "上一篇：甲县年报",
        "浏览次数：12", "索引号：014/2024-1", "索 引 号 014416330 发布机构 甲局", "扫一扫在手机打开当前页",
        "版权所有：甲市人民政府", "苏ICP备05000001号", "【字体：大 中 小】", "第3页 共7页", "- 3 -",
        "https://www.jia.gov.cn/a/t1.html 1/2", "发布時間：2024-01-20", "2025/1/21 15:08 甲县年报_甲县",
    ],
)  # fmt: skip
def test_chrome(line: str) -> None:
    assert is_chrome(clean(line))


@pytest.mark.parametrize(
    "line",
    [
        "", "打印机管理更加规范", "分享经验做法12场", "来源于群众的建议共5条", "首页改版后更易用",
        "发布机构改革的信息5条。", "时间紧任务重", "索引号：014。这是一句话。", "一、总体情况",
    ],
)  # fmt: skip
def test_prose_is_no_chrome(line: str) -> None:
    assert not is_chrome(clean(line))


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、总体情况", "总体情况"),
        ("五、存在的主要問題及改進情況", "存在的主要问题及改进情况"),
        ("概述", "概述"),
        ("第一部分 概述", "概述"),
        ("（二）依申请公开情况", "依申请公开情况"),
        ("一 总体情况", "总体情况"),
        ("一.总体情况：", "总体情况"),
        ("总体情况良好", None),
        ("一、总体情况……1", None),
        ("", None),
    ],
)
def test_outline(line: str, heading: str | None) -> None:
    assert outline_heading(clean(line)) == heading


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("前言。 一、总体情况 2021年很忙。", ["前言。 ", "一、总体情况 2021年很忙。"]),
        ("提醒。⼆、主動公開政府信息情況", ["提醒。", "⼆、主動公開政府信息情況"]),
        ("前言。一、总体情况良好，二、三也好。", ["前言。一、总体情况良好，二、三也好。"]),
        ("一、总体情况 2021年很忙。", ["一、总体情况 2021年很忙。"]),
        ("", [""]),
    ],
)
def test_headings_glued_behind_a_sentence(text: str, pieces: list[str]) -> None:
    edges = [0, *glued_headings(text), len(text)]
    assert [text[a:b] for a, b in pairwise(edges)] == pieces


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("第二十条第（一）项", ("t2", "第二十条第(一)项")),
        ("一、本年新收政府信息公開申請數量", ("t3", "本年新收政府信息公开申请数量")),
        ("1.属于国家秘密 0 0 0", ("t3", "属于国家秘密")),
        ("未经复议直接起诉", ("t4", "未经复议直接起诉")),
        ("第二十条第（一）项规定的信息", None),
        ("（五）行政复议", None),
        ("", None),
    ],
)
def test_marks_of_the_national_tables(cell: str, mark: tuple[str, str] | None) -> None:
    assert table_mark(clean(cell)) == mark


@pytest.mark.parametrize(
    ("lines", "kind", "values"),
    [
        (["发布机构：甲局  发文日期：2024-01-18"], "issuer", ["甲局"]),
        (["索 引 号 0001 发布机构 甲局 发文日期 2024-01-18"], "issuer", ["甲局"]),
        (["发布机构", "甲局"], "issuer", ["甲局"]),
        (["填报单位（盖章）：甲局"], "issuer", ["甲局"]),
        (["报告年度 2023"], "year", ["2023"]),
        (["原文链接：http://www.jia.gov.cn/a"], "address", ["http://www.jia.gov.cn/a"]),
        (["发布机构改革信息5条"], "issuer", []),
        (["我局按照发布机构的要求：做好工作"], "issuer", []),
        (["发布机构："], "issuer", []),
        ([], "issuer", []),
    ],
)
def test_fields(lines: list[str], kind: str, values: list[str], make_lines: Lines) -> None:
    assert [value for _, value in field_values(make_lines(*lines), kind)] == values


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        ("重复率: 42%", True), ("年报比对 文件一：a 文件二：b 重复率：71.3%", True), ("差异分析", True),
        ("二、差异分析：", True), ("重复率明显下降", False), ("重复申请占5%。", False), ("", False),
    ],
)  # fmt: skip
def test_notes_of_a_tool_that_compares(line: str, yes: bool) -> None:
    assert is_comparison(clean(line)) is yes


def test_the_cells_of_a_small_grid_are_lines_with_their_places(make_grid: MakeGrid) -> None:
    line = TextLine("甲市2023年政府信息公开工作年度报告", Place(start=0, end=20))
    large = make_grid(*["1|2|3|4|5|6|7"] * 10)
    document = Document("x", "", (make_grid("发布机构|甲局", "|"), line, large))
    assert [(b.text, b.place.start, b.number) for b in front_lines(document)] == [
        ("发布机构", 100, 1),
        ("甲局", 101, 1),
        (line.text, 0, 2),
    ]
