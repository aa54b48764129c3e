"""Years in a question: 2023年, 23年, 二〇二三年, ranges; relative years are words of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numbers import chinese_to_int

_DIGITS = r"[〇零○一二三四五六七八九]"  # cheque numerals are folded before
_YEAR = re.compile(
    r"(?<![\d.])(?P<full>20\d\d)(?:(?:年度|年|财年)(?![\d.])|(?!个(?!人|体))(?![\d件条%万]|\.\d))"
    r"|(?<![\d.])['’]?(?P<short>\d\d)(?:年(?!来|间|以来|以上|以前|以内(?!部)|以下)|(?=[、和与及到至\-~]\d\d年(?!来|间)))"
    rf"|(?P<chinese>二{_DIGITS}{{3}})年?度?|(?P<two>(?<!{_DIGITS}){_DIGITS}{{2}})年度?(?!来)"
)
_RANGE = re.compile(r"^(?:到|至|-|—|~|和|与|、|及)$")


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year at `start:end` of the question."""

    start: int
    end: int
    year: int


def find_years(text: str) -> tuple[YearMention, ...]:
    """All years in folded text; numbers that only look like one (`2023件`) are left alone."""
    out = []
    for m in _YEAR.finditer(text):
        if m["full"]:
            year: int | None = int(m["full"])
        elif m["short"]:
            year = 2000 + int(m["short"])
        elif m["chinese"]:
            year = chinese_to_int(m["chinese"].replace("○", "〇"))
        else:
            pair = chinese_to_int(m["two"].replace("○", "〇"))
            year = None if pair is None or pair > 99 else 2000 + pair
        if year is not None and 2000 <= year <= 2099:
            out.append(YearMention(m.start(), m.end(), year))
    return tuple(out)


def is_range(between: str) -> bool:
    """Whether the text between two years makes a range of them (到, 至, a dash)."""
    return bool(_RANGE.match(between.strip())) and between.strip() in {"到", "至", "-", "—", "~"}
