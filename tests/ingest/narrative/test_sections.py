"""Headings, sentences and passages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.narrative.sections import read_narrative
from ingest.readers import TextLine

Lines = Callable[..., list[TextLine]]


@pytest.mark.parametrize(
    ("lines", "sections"),
    [
        (["一、总体情况", "二、主动公开"], [("一、总体情况",), ("二、主动公开",)]),
        (
            ["  一、總體情況", "(一)主動公開方面", "1、推進公開。", "（二）依申请公开"],
            [
                ("一、总体情况",),
                ("一、总体情况", "(一)主动公开方面"),
                ("一、总体情况", "(一)主动公开方面", "1、推进公开"),
                ("一、总体情况", "(二)依申请公开"),
            ],
        ),
        (["## 一、总体情况"], [("一、总体情况",)]),
        (["（一）主动公开。全市制发规章2件。"], [("(一)主动公开",)]),
        # other kinds of headings
        (["概述", "总体情况"], [("概述",), ("总体情况",)]),
        (
            ["第一部分 概述", "（一）主动公开"],
            [("第一部分概述",), ("第一部分概述", "(一)主动公开")],
        ),
        (["**一、总体情况**", "**加强领导**"], [("一、总体情况",), ("一、总体情况", "加强领导")]),
        (["## 总体情况", "### 主动公开"], [("总体情况",), ("总体情况", "主动公开")]),
        (
            ["一.总体情况", "1、公开", "（1）网站", "①微信"],
            [
                ("一.总体情况",),
                ("一.总体情况", "1、公开"),
                ("一.总体情况", "1、公开", "(1)网站"),
                ("一.总体情况", "1、公开", "①微信"),
            ],
        ),
        (
            [
                "（一）主动公开情况：2023年公开信息5条，都已在网站发布，群众可以查阅和下载，并不收费用。"
            ],
            [("(一)主动公开情况",)],
        ),
        (
            [
                "（一）主动公开情况 2023年公开信息5条，都已在网站发布，群众可以查阅和下载，并不收费用。"
            ],
            [("(一)主动公开情况",)],
        ),
        # masked words are no bold line
        (["****政府信息公开****"], []),
        # numbers that only look like a heading
        (["6.0版发布", "2023年很忙", "3.5万件"], []),
        (["一、" + "长" * 60 + "。"], []),
        # a number skipped by the report is not mended
        (["（三）公众参与", "（五）收费情况"], [("(三)公众参与",), ("(五)收费情况",)]),
        ([], []),
    ],
)
def test_headings(lines: list[str], sections: list[tuple[str, ...]], make_lines: Lines) -> None:
    assert list(read_narrative(make_lines(*lines)).sections) == sections


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("第一句。第二句！第三句", ["第一句。", "第二句!", "第三句"]),
        ("他说：“好。”然后走了。", ["他说:“好。”", "然后走了。"]),
        ("  優(yōu)化 服務(wù)。", ["优化服务。"]),
        ("占4.70%;共1.5万件。", ["占4.70%;共1.5万件。"]),
        ("（一）主动公开。全市制发规章2件。", ["(一)主动公开。", "全市制发规章2件。"]),
        # a heading that counts is a sentence too, or its figure would be lost
        ("（五）共收取信息处理费860元", ["(五)共收取信息处理费860元"]),
        ("（一）2023年存在的主要问题", []),
        ("（二）12345热线办理情况", []),
        ("一是不足；二是5件；三是7件。", ["一是不足;二是5件;三是7件。"]),
        ("收到**34**件。", ["收到34件。"]),
        ("前言。 一、总体情况 2021年很忙。", ["前言。", "2021年很忙。"]),
        # titles, this report's and others', and the page around it
        ("某某市2023年政府信息公开工作年度报告", []),
        ("上一篇：某某市2022年政府信息公开工作年度报告", []),
        ("索引号：0001 发布机构：甲局", []),
        ("扫一扫在手机打开当前页", []),
        ("版权所有：甲市人民政府", []),
        # no prose
        ("", []),
        ("12", []),
        ("—", []),
        ("字号：大 中 小", []),
        ("分享:", []),
    ],
)
def test_sentences(line: str, sentences: list[str], make_lines: Lines) -> None:
    assert [s.text for s in read_narrative(make_lines(line)).sentences] == sentences


def test_a_sentence_keeps_its_print_and_its_place(make_lines: Lines) -> None:
    lines = make_lines("一、總體情況", "  規(guī)章 18 件。 報(bào)告 2 份。")
    source = "\n".join(line.text for line in lines)
    first, second = read_narrative(lines).sentences
    assert (first.printed, second.printed) == ("規(guī)章 18 件。", "報(bào)告 2 份。")
    assert (first.text, second.text) == ("规章18件。", "报告2份。")
    assert (first.section, first.paragraph, first.place.line) == (("一、总体情况",), 0, 2)
    assert [first.index, second.index] == [0, 1]
    for sentence in (first, second):
        printed = source[sentence.place.start : sentence.place.end]
        assert printed.rstrip() == sentence.printed


def test_a_sentence_is_a_passage(make_lines: Lines) -> None:
    sentences = [f"{'长' * 90}{n}。" for n in range(9)]
    narrative = read_narrative(make_lines("".join(sentences), "短。"))
    assert [p.sentences for p in narrative.passages] == [(n,) for n in range(10)]
    assert [p.index for p in narrative.passages] == list(range(10))
    assert [p.printed for p in narrative.passages] == [*sentences, "短。"]


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ("推出《买岛？别急》短片5集。公开影像库。", 2),  # a title may ask
        ("推出《买岛。公开影像库。", 2),  # it is not closed
        ("“谁来管？”有人问。", 2),
        ("为什么？因为要公开。", 2),
    ],
)
def test_where_sentences_end(make_lines: Lines, printed: str, count: int) -> None:
    assert len(read_narrative(make_lines(printed)).sentences) == count


def test_a_sentence_over_wrapped_lines_keeps_the_place_of_its_first(make_lines: Lines) -> None:
    wrapped = [
        "2023年，全市共收到政府信息公开申请34290件，申请数量较2022年上升",
        "29.3%；均在法定期限内予以答复。予以公开及部分公开10538件，占30.61%；不",
        "予公开1615件。",
    ]
    lines = make_lines("一、总体情况", *wrapped)
    source = "\n".join(line.text for line in lines)
    first, second = read_narrative(lines).sentences
    assert first.text.endswith("上升29.3%;均在法定期限内予以答复。")
    assert (first.place.line, first.place.end_line) == (2, 3)
    assert (second.place.line, second.place.end_line) == (3, 4)
    assert first.paragraph == second.paragraph
    for sentence in (first, second):
        assert source[sentence.place.start : sentence.place.end] == sentence.printed
    passages = read_narrative(lines).passages
    assert [(p.place.line, p.place.end_line) for p in passages] == [(2, 3), (3, 4)]
