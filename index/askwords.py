"""What the words of an ask say of it: whether it stands alone, what it limits, what it does with figures."""

from __future__ import annotations

import re
from itertools import pairwise

from index.plan.lexicon import Token
from index.plan.plan import Operation, Plan, Understanding
from index.plan.words import word_group
from index.retrieve.focus import Focus

PART_OF_YEAR = re.compile(r"季度|半年|月份|\d月|[一二三四五六七八九十]月|旬")


_KINDS_OF = word_group("of_a_kind")
#: an ask like this names no one figure, and a follow-up must not forget it
LIMITS = ("negation", "place-in-order", "unclear", "bound", "quantifier", "except")


def elliptic_member(tokens: tuple[Token, ...]) -> bool:
    """个人呢: an applicant and nothing else, which after prose means something of that prose."""
    return any(t.has("member") for t in tokens) and not any(
        t.has("subject", "request", "issuer") for t in tokens
    )


def grows(meant: Understanding) -> bool:
    """Whether 上年 is what a figure is measured against, not what it is asked for."""
    return meant.growth or bool(meant.plan and meant.plan.operation is Operation.GROWTH)


def limits(tokens: tuple[Token, ...], meant: Understanding, focus: Focus) -> bool:
    """Whether an ask is about a part of an issuer or of a year: a county, a bureau, a quarter."""
    bodies = bool(meant.unknown) and any(t.has("body_word") for t in tokens)
    part_of_year = PART_OF_YEAR.search(meant.text) is not None
    limited = meant.elsewhere or meant.reason in LIMITS
    return bool(limited or focus.names or bodies or part_of_year)


def of_a_kind(tokens: tuple[Token, ...], meant: Understanding, before: Plan | None) -> bool:
    """环保申请多少, 浦东的呢: a kind, a place or people that the form does not tell, right before what is counted."""
    if meant.plan is not None or not meant.unknown:
        return False
    quiet = not any(t.has("ask_number", "ask_text", "ask_yes_no") for t in tokens)
    if before is not None and quiet:
        return True
    said = [t for t in tokens if t.text.strip() and (not t.has("filler") or t.has("request"))]
    of_kind = any(t.text in _KINDS_OF for t in tokens)  # 土地类申请
    return any(
        (len(a.text) > 1 or of_kind) and a.text in meant.unknown and b.has("request", "subject")
        for a, b in pairwise(said)
    )


def operates(tokens: tuple[Token, ...]) -> bool:
    """Whether an ask says itself what is to be done with figures."""
    return any(
        t.has(
            "share", "growth", "than", "ratio", "average", "most", "least", "difference", "add",
            "plus", "minus", "more", "less", "list", "compare_ask", "ask_exists", "number", "top", "nth", "in_order",
            "per_month", "per_day", "per_quarter", "trend", "zero", "nonzero", "over_years", "over_issuers", "per_year",
        )
        for t in tokens
    )  # fmt: skip


def asks_nothing(tokens: tuple[Token, ...], meant: Understanding) -> bool:
    """Whether an ask has no question word: 企业呢."""
    return not meant.number and not any(t.has("ask_text", "ask_yes_no") for t in tokens)


def asks_applications(tokens: tuple[Token, ...], old: Plan) -> bool:
    """行政许可多少件？申请多少件: of another table, and no repetition."""
    tables = {o.subject.split(".", 1)[0] for o in old.operands}
    return any(t.has("request") for t in tokens) and tables != {"t3"}


def own_words(tokens: tuple[Token, ...]) -> bool:
    """Whether an ask names a row, a column or a note of its own."""
    return any(t.has("subject", "member", "note_word", "other") for t in tokens)
