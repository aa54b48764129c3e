"""Paragraphs from visual lines: forty letters a line, ten points each, from 60 to 460."""

from __future__ import annotations

import pytest

from ingest.readers.pdf.lines import Run
from ingest.readers.pdf.pages import Line, line_of
from ingest.readers.pdf.text import margins_of, paragraphs

FULL = "甲" * 40


def lines(*texts: str, page: int = 1, size: float = 10) -> list[Line]:
    """Lines at a distance of 16; two blanks in front are an indent of two letters."""
    out = []
    for n, text in enumerate(texts):
        words = text.lstrip(" ")
        x = 60 + size * (len(text) - len(words))
        wide = sum(0.5 if c.isascii() else 1.0 for c in words) * size
        box = (x, 60 + 1.6 * size * n, x + wide, 60 + 1.6 * size * n + size)
        out.append(line_of([Run(words, box, size, page)]))
    return out


BODY = lines(*["  " + FULL[2:], FULL, FULL] * 4)


def read(*made: Line) -> list[str]:
    margins = margins_of([*BODY, *made])
    return [text for text, _ in paragraphs([(line, margins) for line in made])]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["  " + FULL[2:], FULL, "末。"], [FULL[2:] + FULL + "末。"]),
        (["  " + FULL[2:], "  乙。"], [FULL[2:], "乙。"]),
        (["  短。", "丙"], ["短。", "丙"]),
        (["一、总体情况", "  丁。"], ["一、总体情况", "丁。"]),
        (["  " + "甲" * 36, "12345678件。"], ["甲" * 36 + "12345678件。"]),
        (["  " + FULL[3:] + "。", "（一）公开"], [FULL[3:] + "。", "（一）公开"]),
        (["  " + FULL[2:], "（一）项的"], [FULL[2:] + "（一）项的"]),
        (["  " + FULL[6:] + "共1234", "56件"], [FULL[6:] + "共123456件"]),
    ],
)
def test_where_a_paragraph_begins(texts: list[str], wanted: list[str]) -> None:
    assert read(*lines(*texts)) == wanted


def test_a_paragraph_goes_on_over_a_page_break_and_has_its_first_place() -> None:
    first, second = lines("  " + FULL[2:]), lines("末。", "  下一段。", page=2)
    margins = margins_of(BODY)
    made = paragraphs([(line, margins) for line in [*first, *second]])
    assert [(text, place.page) for text, place in made] == [(FULL[2:] + "末。", 1), ("下一段。", 2)]
    assert made[0][1].bbox == (80, 60, 460, 70)


def test_a_title_in_big_letters_is_one_line_and_parts_from_the_body() -> None:
    big = lines("某某市人民政府", "2023年年度报告", size=20)
    body = lines("  " + FULL[2:])
    assert read(*big, *body) == ["某某市人民政府2023年年度报告", FULL[2:]]


def test_a_few_short_lines_do_not_run_together() -> None:
    short = lines("  甲乙丙。", "  丁戊己。")
    margins = margins_of(short, 520)
    assert len(paragraphs([(line, margins) for line in short])) == 2
