from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.markup import emphasise, escape, escape_chat, number_pattern, visible

UGLY = [
    "<img src=x onerror=alert(1)>",
    "![](http://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "`code` **bold** _it_ ~~s~~ # h",
    "$$x^2$$ %%%LATEX_BLOCK_0%%%",
    "</div>\n\n<script>alert(1)</script>",
    "&lt;b&gt; &#60;",
    "\"' onclick=x",
    "${alert(1)} {{value}}",
]


@pytest.mark.parametrize("text", UGLY)
def test_escape_leaves_no_tag(text: str) -> None:
    assert not re.search(r"[<>\"']", escape(text))
    assert html.unescape(escape(text)) == text


@pytest.mark.parametrize("text", UGLY)
def test_escape_chat_leaves_no_markup(text: str) -> None:
    escaped = escape_chat(text)
    assert not re.search(r"[<>\"'*_`~\[\]!$:{}|\\\n]", escaped.replace("<br>", ""))
    assert html.unescape(escaped.replace("<br>", "\n")) == text


@given(st.text())
def test_escape_chat_gives_back_what_was_written(text: str) -> None:
    escaped = escape_chat(text)
    lines = re.sub(r"\r\n|\r", "\n", visible(text))
    # NUL and the like are gone already; the parser of entities would drop them too
    assert html.unescape(escaped.replace("<br>", "\n")) == lines
    assert "\n" not in escaped


def test_unseen_characters_are_dropped() -> None:
    assert visible("a\x00b\u202ec\ud800d\u200be\ufefff") == "abcdef"
    assert visible("a\tb\nc") == "a\tb\nc"
    escape("\ud800").encode("utf-8")


@pytest.mark.parametrize(
    ("numbers", "text", "expected"),
    [
        (["4"], "34290 件，4 件，4.69%，1,4", "34290 件，<strong>4</strong> 件，4.69%，1,4"),
        (["4.69", "4.69%"], "占 4.69%。", "占 <strong>4.69%</strong>。"),
        (["34290"], "共34290件。", "共<strong>34290</strong>件。"),
        (["1"], "1. 甲", "<strong>1</strong>. 甲"),
        ([], "12", "12"),
        (["", " "], "12", "12"),
        (["0"], "<0>", "&lt;<strong>0</strong>&gt;"),
    ],
)
def test_emphasise_takes_whole_numbers(numbers: list[str], text: str, expected: str) -> None:
    assert emphasise(text, number_pattern(numbers)) == expected


def test_emphasise_escapes_around_and_inside() -> None:
    pattern = number_pattern(["<b>"])
    assert emphasise("a<b>c<i>", pattern) == "a<strong>&lt;b&gt;</strong>c&lt;i&gt;"
    assert emphasise("a*<b>*", pattern, chat=True) == "a&#42;<strong>&#60;b&#62;</strong>&#42;"
