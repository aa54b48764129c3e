"""Wrapped lines: joined where that is certain, and only there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.model import Place
from ingest.narrative.paragraphs import read_paragraphs
from ingest.readers import TextLine

Lines = Callable[..., list[TextLine]]

WRAPPED = (
    "2023年，全市共收到政府信息公开申请34290件，申请数量较2022年上升",
    "29.3%；答复政府信息公开申请34430件（含上年度转结），均在法定期限内予",
    "以答复。予以公开及部分公开10538件，占30.61%；不予公开1615件，占4.",
    "70%；因本机关不掌握等原因无法提供14342件。全市共主动公开新增市规章1",
    "8件，行政规范性文件707件。",
)


def _texts(lines: list[TextLine]) -> list[str]:
    return [p.search.text for p in read_paragraphs(lines)]


def test_hard_wrapped_lines_are_one_paragraph(make_lines: Lines) -> None:
    lines = make_lines("一、总体情况", *WRAPPED, "二、主动公开政府信息情况")
    first, second, third = read_paragraphs(lines)
    assert (first.search.text, third.search.text) == ("一、总体情况", "二、主动公开政府信息情况")
    assert "上升29.3%" in second.search.text and "予以答复" in second.search.text
    # numbers that a line break tore in two
    assert "4.70%" in second.search.text and "规章18件" in second.search.text
    assert second.printed == "\n".join(WRAPPED)


@pytest.mark.parametrize(
    "between",
    [
        "", "（一）主动公开情况", "1.第一项工作", "- 第一项工作", "①第一项工作", "| 表 |", "**加强领导**",
        "第二部分 其他",
    ],
)  # fmt: skip
def test_nothing_is_joined_over_a_gap_or_to_a_new_item(between: str, make_lines: Lines) -> None:
    found = read_paragraphs(make_lines(WRAPPED[0], between, WRAPPED[1]))
    assert all(p.printed in (WRAPPED[0], WRAPPED[1], between) for p in found)


def test_lines_of_their_own_stay_apart(make_lines: Lines) -> None:
    # nothing shows a width at which lines were broken
    assert len(_texts(make_lines("制定工作要点", "召开推进会议", "举办业务培训"))) == 3
    # one long line shows that lines were not broken
    assert len(_texts(make_lines("长" * 120 + "，", *WRAPPED[:2]))) == 3


def test_a_number_torn_in_two_is_never_read_as_its_halves(make_lines: Lines) -> None:
    lines = make_lines("全年共收到政府信息公开申请342", "90件，已办结。")
    assert _texts(lines) == ["全年共收到政府信息公开申请34290件,已办结。"]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("收到**34**件，**其中**2件。", "收到34件,其中2件。"),
        ("****政府信息公开****局。", "****政府信息公开****局。"),
        ("**未闭合的5件。", "**未闭合的5件。"),
        ("2*3*4件", "2*3*4件"),
    ],
)
def test_marks_of_bold_words_go_and_masked_words_stay(
    printed: str, text: str, make_lines: Lines
) -> None:
    (paragraph,) = read_paragraphs(make_lines(printed))
    assert (paragraph.printed, paragraph.search.text) == (printed, text)


@settings(deadline=None, derandomize=True, database=None, max_examples=40)
@given(
    words=st.lists(
        st.text("全市收到申请件，。；１2３4 %规(guī)章**", min_size=1, max_size=45), max_size=8
    )
)
def test_a_paragraph_is_a_slice_of_the_source(words: list[str]) -> None:
    source = "\n".join(words)
    lines, at = [], 0
    for number, word in enumerate(words, 1):
        place = Place(line=number, start=at, end=at + len(word))
        lines.append(TextLine(word, place, number))
        at += len(word) + 1
    for paragraph in read_paragraphs(lines):
        size = len(paragraph.printed)
        place = paragraph.place(0, size)
        assert source[place.start : place.end] == paragraph.printed
        assert place.line is not None
        assert source[: place.start].count("\n") + 1 == place.line
        offsets = paragraph.search.offsets
        assert list(offsets) == sorted(offsets) and offsets[-1] == size
        assert len(offsets) == len(paragraph.search.text) + 1
