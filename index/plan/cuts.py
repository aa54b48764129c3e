"""Where a question is cut into its asks: at a full stop or question mark, and at some commas."""

from __future__ import annotations

import re

from index.plan.lexicon import Token
from index.plan.signals import orders, ranks
from index.plan.words import word_group

STRONG_BREAKS = set("。?!;？！；")
WEAK_BREAKS = set(",，、")
#: what may end a sentence that stands in front of a question
_ENDS_REMARK = set("?!…:。")
_SHORTEST_REMARK = 5
_PARTICLE = re.compile(r"(?:吗|么|呢|吧|啊|呀|啦|喽|也.+|都.+了|还.+|了)$")
_LIMITING = set(word_group("limiting_letters")[0])
_HAN = re.compile(r"[\u4e00-\u9fff]")
#: names of a count: they ask for one only where nothing else does
_LIGHT = word_group("light_t3")
_COUNT_NAMES = word_group("count_names")


def cut_at_asks(tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """The tokens of a question, cut into its asks; without those that hold nothing but breaks."""
    tokens = _without_remark(tokens)
    parts: list[list[Token]] = [[]]
    depth = 0
    for i, token in enumerate(tokens):
        if token.has("break"):
            depth += token.text.count("(") - token.text.count(")")
        if token.has("break") and depth <= 0:
            depth = 0
            mark = token.text.strip()
            rest = until_break(tokens[i + 1 :])
            strong = bool(set(mark) & STRONG_BREAKS)
            more = bare(rest) or (orders(tuple(parts[-1])) and bare(rest, "which_kind", "ask_text"))
            more = more or (ranks(tuple(parts[-1])) and bare(_said_new(rest, parts[-1]), "winner"))
            more = more or (_shares(parts[-1]) and _directions(rest))
            more = more or "(" in mark  # 占比呢？（对全部新收）: the bracket belongs to the ask
            more = more or (orders(tuple(parts[-1])) and (_of_winner(rest) or bare(_done(rest))))
            further = (asks_something(rest) or elliptic(rest)) and not more
            listing = 0 < i < len(tokens) - 1 and any(
                tokens[i - 1].has(role) and tokens[i + 1].has(role) for role in ("issuer", "year")
            )
            if listing or names_topic(parts[-1], rest):
                further = False
            asked = asks_something(parts[-1]) or (strong and ranks(tuple(parts[-1])))
            if (strong or set(mark) & WEAK_BREAKS) and asked and further:
                parts.append([])
                continue
        parts[-1].append(token)
    return [tuple(p) for p in parts if any(not t.has("break") for t in p)]


def _without_remark(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """积压越来越多了？…: a remark in front that names nothing, asks nothing and limits nothing.

    What is no sentence (浦东：…) may limit what is asked.
    """
    end = next(
        (i for i, t in enumerate(tokens) if t.has("break") and set(t.text) & _ENDS_REMARK), None
    )
    if end is None:
        return tokens
    first, rest = tokens[:end], tokens[end + 1 :]
    text = "".join(t.text for t in first)
    said = len(text) >= _SHORTEST_REMARK and _PARTICLE.search(text) is not None
    plain = all(t.has("filler", "break") or not t.senses or t.has("ask_yes_no") for t in first)
    limits = any(set(t.text) & _LIMITING or not _HAN.search(t.text) for t in first if not t.senses)
    whole = asks_something(rest) and any(t.has("subject", "member", "request") for t in rest)
    return rest if said and plain and not limits and whole else tokens


def _done(rest: list[Token]) -> list[Token]:
    """提了多少件 without the verb: behind a ranking it asks for the winner's figure."""
    return [t for t in rest if t.text not in _LIGHT and t.text not in ("次", "回")]


def _shares(tokens: list[Token]) -> bool:
    return any(t.has("share", "percent", "growth") for t in tokens)


def _directions(rest: list[Token]) -> bool:
    """百分数两位小数: how the number is to be written."""
    said = [t for t in rest if not t.has("break", "filler")]
    return bool(said) and all(t.has("percent") for t in said)


def _said_new(rest: list[Token], first: list[Token]) -> list[Token]:
    """谁罚得多？罚了几件 without the row that the first part names as well."""
    rows = {k for t in first for k in t.keys("subject")}
    return [t for t in _done(rest) if not (t.has("subject") and set(t.keys("subject")) <= rows)]


def _of_winner(rest: list[Token]) -> bool:
    """最多的是哪类，占这五种总和的百分之几: the share of what comes out first."""
    said = [t for t in rest if not t.has("filler", "break")]
    plain = ("share", "percent", "ask_number", "add", "sum", "quantifier", "years_count")
    return any(t.has("share") for t in said) and all(t.has(*plain) for t in said)


def until_break(tokens: tuple[Token, ...]) -> list[Token]:
    """The tokens before the first full stop, question mark or comma."""
    out: list[Token] = []
    for token in tokens:
        if token.has("break") and set(token.text) & (STRONG_BREAKS | WEAK_BREAKS):
            break
        out.append(token)
    return out


def asks_something(tokens: list[Token] | tuple[Token, ...]) -> bool:
    """Whether a question word, or a word that compares, is among the tokens."""
    roles = (
        "ask_number", "ask_text", "ratio", "more", "less", "percent", "most", "least", "share",
        "difference",
    )  # fmt: skip
    return any(t.has(*roles) or "多少" in t.text or _counts(t) for t in tokens)


def _counts(token: Token) -> bool:
    """做了几个项目: a name of a figure with its question word inside."""
    return token.has("member") and "几" in token.text


def _scope_only(tokens: list[Token]) -> bool:
    """`锦屏县和西渡市2020年分别是多少`: says for whom and when, and asks for the number."""
    plain = ("issuer", "year", "list", "ask_number", "filler", "break", "and", "years_count")
    return all(t.has(*plain) for t in tokens) and any(t.has("issuer", "year") for t in tokens)


def names_topic(first: list[Token], rest: list[Token]) -> bool:
    """`不予公开的件数，21年比20年多几件`: the first part only says what the second asks of."""
    if _scope_only(rest) and not any(t.has("issuer", "year") for t in first):
        return True
    asked = [t for t in first if t.has("ask_number")]
    only = bool(asked) and all(t.text in _COUNT_NAMES for t in asked)
    others = [t for t in first if not t.has("ask_number")]
    if not only or asks_something(others):
        return False
    return not any(t.has("subject", "member", "request", "issuer") for t in rest)


def bare(tokens: list[Token], *more: str) -> bool:
    """`各多少件`, `有几件`: asks for the number of what the part before named, and nothing new.

    `more` are roles that are nothing new either: 是哪个 behind 最多.
    """
    said = [t for t in tokens if t.has("ask_number") or not t.has("filler", "break", "this_year")]
    return bool(said) and all(
        t.has("ask_number", "list", "units_neutral", "sum", *more) for t in said
    )


def elliptic(tokens: list[Token] | tuple[Token, ...]) -> bool:
    """`企业呢`: a figure and nothing asked of it."""
    words = [t for t in tokens if not t.has("break")]
    return bool(words) and words[-1].text == "呢" and any(t.has("subject", "member") for t in words)
