from __future__ import annotations

import re
from typing import Any

import pytest

from index.answer import Answer, Citation, FigureRef, Formula, Kind, Understood, Value
from web.chat import chip, messages
from web.session import Session

CELL = FigureRef("f1", "3", "件", text="3", report="r1", table_id="t3", cell=(2, 4))
SAID = FigureRef("f2", "3", "件", text="3", report="r1", sentence=4)
SUM = FigureRef("f3", "6", "件", formula=Formula("sum", ("f1", "f1"), "3+3"))
CITED = Citation("r1", (), "原文。", {}, 4)


def talk(answer: Answer) -> Session:
    return Session().asked(answer.question).answered(answer)


@pytest.mark.parametrize(
    ("kind", "evidence", "expected"),
    [
        (Kind.LOOKUP, {"figures": (CELL,)}, "chip_cell"),
        (Kind.LOOKUP, {"figures": (CELL, SUM)}, "chip_cell"),
        (Kind.LOOKUP, {"figures": (SAID,)}, "chip_text"),
        (Kind.COMPUTE, {"figures": (CELL, SUM)}, "chip_formula"),
        (Kind.COMPARE, {"figures": (CELL, SUM)}, "chip_formula"),
        (Kind.TREND, {"figures": (CELL,)}, "chip_cell"),
        (Kind.RANK, {"figures": (CELL,)}, "chip_cell"),
        (Kind.NARRATIVE, {"citations": (CITED,)}, "chip_text"),
        (Kind.CONFLICT, {"figures": (CELL, SAID)}, "chip_conflict"),
        (Kind.ABSTAIN, {"figures": (CELL,)}, "chip_abstain"),
        (Kind.ABSTAIN, {"reason": "no-report"}, "chip_abstain"),
        (Kind.ABSTAIN, {"reason": "not-certain"}, "chip_unsure"),
        (Kind.ABSTAIN, {"reason": "negation"}, "chip_unsure"),
        (Kind.CLARIFY, {}, "chip_clarify"),
        (Kind.LOOKUP, {}, "chip_none"),
    ],
)
def test_the_chip_says_where_it_comes_from(
    kind: Kind, evidence: dict[str, Any], expected: str
) -> None:
    assert chip(Answer("问", "答", kind, **evidence)) == expected


def test_question_answer_chip_and_what_was_understood() -> None:
    value = Value("3", "件", "3", "x")
    answer = Answer(
        "几件？",
        "公开 3 件，30 天。",
        Kind.LOOKUP,
        (value,),
        (CELL,),
        understood=Understood(words="甲市 · 公开"),
    )
    question, reply = messages(talk(answer), "zh")
    assert question == {"role": "user", "content": '<div class="wb-question">几件？</div>'}
    assert reply["role"] == "assistant"
    assert "公开 <strong>3</strong> 件，30 天。" in reply["content"]
    assert ">出自表格单元<" in reply["content"]
    assert "理解为：甲市 · 公开" in reply["content"]
    assert "From a table cell" in messages(talk(answer), "en")[1]["content"]


def test_a_value_with_its_unit_is_found_beside_a_space() -> None:
    answer = Answer("?", "共 3 件", Kind.LOOKUP, (Value("3", "件", "3件", "x"),))
    assert "<strong>3</strong> 件" in messages(talk(answer), "zh")[1]["content"]


def test_working_and_failed() -> None:
    asked = Session().asked("几件？")
    assert "正在查找" in messages(asked, "zh")[1]["content"]
    failed = messages(asked.answered(None, "太长 <b>"), "zh")[1]["content"]
    assert "太长 &#60;b&#62;" in failed
    assert "chip_error" in failed


def test_the_shown_answer_is_marked() -> None:
    answer = Answer("问", "答", Kind.LOOKUP)
    session = talk(answer).asked("又问").answered(answer).showing(0)
    marks = ["wb-shown" in message["content"] for message in messages(session, "zh")]
    assert marks == [False, True, False, False]


@pytest.mark.parametrize(
    "ugly",
    [
        "<img src=x onerror=alert(1)>",
        "![](http://evil.example/x.png)\n\n# title\n\n<script>",
        "</div>\n\n**bold** [a](http://evil.example)",
        "    code\n\n\tcode\n> quote\n1. one\n- two",
    ],
)
def test_a_message_is_one_block_of_our_own_html(ugly: str) -> None:
    answer = Answer(ugly, ugly, Kind.ABSTAIN, understood=Understood(words=ugly))
    for message in messages(talk(answer), "zh"):
        content = message["content"]
        assert content.startswith("<div")
        assert "\n" not in content
        assert set(re.findall(r"<(\w+)", content)) <= {"div", "span", "br", "strong"}
        assert not set("![]*#`") & set(re.sub(r"&#\d+;", "", content))
