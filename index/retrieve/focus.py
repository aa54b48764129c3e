"""What a question is about, as words to look for in prose: its names and asks taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from index.plan.lexicon import Token
from index.plan.words import load_words
from index.store.lexical import words_of

_DROPPED = (
    "issuer", "year", "ask_number", "ask_text", "ask_yes_no", "last_year", "this_year", "growth",
    "percent", "than", "which_kind", "list", "sum", "number",
)  # fmt: skip
_NAME = re.compile(
    r"[\u4e00-\u9fff]{1,10}(?:省|市|州|县|区|镇|乡|街道|局|委|厅|办公室|法院|园区|开发区)"
)
_BRACKET = re.compile(r"\(([^()]+)\)\s*$")


@dataclass(frozen=True)
class Focus:
    """`words`: bigrams looked for. `must`: those of the letters that no word of ours explains.

    `head` are the words of what is counted, those of `must` next to the question word; `names` are
    names of places and bodies; `concepts` are the words of figures that the tables know, where the
    question names one beside unexplained words (湖滨新区**自然人**申请).
    `unknown` are the unexplained stretches themselves; `pinned` are words of a closing bracket
    (`（抽样数）`), which tells which of several figures is meant.
    """

    text: str
    words: tuple[str, ...]
    must: tuple[str, ...]
    unknown: tuple[str, ...]
    pinned: tuple[str, ...]
    head: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


def focus_of(
    tokens: tuple[Token, ...],
    context: Focus | None = None,
    occurs: Callable[[str], bool] = lambda _: False,
) -> Focus:
    """The focus of an ask; an ask that names nothing of its own takes the one before.

    `occurs` tells whether a word stands in the reports: 卫健委 is read as 卫生健康委 where only that
    one does.
    """
    runs: list[list[Token]] = [[]]
    for i, token in enumerate(tokens):
        if _is_dropped(tokens, i) or token.has("break"):
            runs.append([])
        else:
            runs[-1].append(token)
    texts = ["".join(t.text for t in run) for run in runs if run]
    unknown = tuple(_as_printed(u, occurs) for u in _stretches(tokens))
    texts = [_as_printed(t, occurs) for t in texts]
    words = [w for t in texts for w in words_of(t)]
    must = tuple(dict.fromkeys(w for u in unknown for w in words_of(u)))
    bracket = _BRACKET.search("".join(t.text for t in tokens))
    told = bracket is not None and not any(
        t.has("year", "issuer") and t.text in bracket.group(1) for t in tokens
    )  # (2023): when, and not which of two
    pinned = tuple(words_of(bracket.group(1))) if bracket is not None and told else ()
    names = tuple(m.group() for u in unknown for m in _NAME.finditer(u))
    in_names = {w for name in names for w in words_of(name)}
    head = tuple(w for w in _head(tokens, must) if w not in in_names)
    concepts = tuple(
        t.text for t in tokens
        if t.has("member") or (t.has("subject") and not _in_passing(t))
    )  # fmt: skip
    made = Focus(
        " ".join(texts), tuple(dict.fromkeys(words)), must, unknown, pinned, head, names, concepts
    )
    if context is not None and len(made.must) == 0:
        return Focus(
            context.text + " " + made.text,
            tuple(dict.fromkeys((*context.words, *made.words))),
            tuple(dict.fromkeys((*context.must, *made.must))),
            (*context.unknown, *made.unknown),
            made.pinned,
            made.head or context.head,
            (*context.names, *made.names),
            made.concepts,
        )
    return made


def _unexplained(token: Token) -> bool:
    """Whether prose must hold the word: also 市级 and 部门, which the tables know nothing of."""
    return not token.explained or token.has("body_word")


def _in_passing(token: Token) -> bool:
    """收到, 办了, 制发: verbs that any count may come with."""
    return set(token.keys("subject")) <= {"t3.received", "t3.handled"}


def _head(tokens: tuple[Token, ...], must: tuple[str, ...]) -> tuple[str, ...]:
    """The unexplained words next to the question word: behind its unit, else before it."""
    at = next((i for i, t in enumerate(tokens) if t.has("ask_number")), None)
    if at is None:
        at = len(tokens)
    after = _run(tokens[at + 1 :])
    before = _run(tokens[:at][::-1])[::-1]
    for run in (after, before):
        words = [w for w in words_of("".join(t.text for t in run)) if w in must]
        if words:
            return tuple(dict.fromkeys(words))
    return must


def _run(tokens: tuple[Token, ...]) -> list[Token]:
    """Tokens up to a break, an issuer, a year or 里; units at the start are passed over."""
    out: list[Token] = []
    for token in tokens:
        if not out and token.has("units_neutral", "units_other", "units_money"):
            continue
        if token.text == "里" or token.has("issuer", "year", "ask_number"):
            break
        if token.has("subject", "member") and any(_unexplained(t) for t in out):
            break  # 重大决策征集调查|收到|公众意见: what is counted is the nearest name
        if token.has("break") and set(token.text) & set(",，。?？!；;"):
            break
        out.append(token)
    return out


def followed(new: Focus, before: Focus) -> Focus:
    """A follow-up that only names another thing: its words pin the figure, the rest is as before."""
    return Focus(
        f"{before.text} {new.text}",
        tuple(dict.fromkeys((*new.words, *before.words))),
        new.must,
        new.unknown,
        new.must,
        new.head,
        new.names,
        new.concepts,
    )


def _as_printed(text: str, occurs: Callable[[str], bool]) -> str:
    for line in load_words().same:
        for word in line:
            if word in text and not occurs(word):
                other = next((w for w in line if w != word and occurs(w)), None)
                if other is not None:
                    return text.replace(word, other)
    return text


def _is_dropped(tokens: tuple[Token, ...], i: int) -> bool:
    token = tokens[i]
    if not token.senses:
        return False
    if token.text == "各" and i + 1 < len(tokens) and not tokens[i + 1].has("ask_number"):
        return False  # 各区, 各单位: part of a name
    if token.has(*_DROPPED):
        return True
    if token.has("units_neutral", "units_other") and i and tokens[i - 1].has("ask_number"):
        return True
    if i and tokens[i - 1].text == "各" and token.has("filler"):
        return False
    if token.text == "里":
        return True
    if len(token.text) == 1 and token.has("filler", "and", "inside"):
        # a lone letter beside an unexplained one is part of a word: 问|题
        before = i > 0 and not tokens[i - 1].senses
        after = i + 1 < len(tokens) and not tokens[i + 1].senses
        return not (before or after) or token.text in "的了呢啊吗吧、和与及在是"
    return False


def _stretches(tokens: tuple[Token, ...]) -> list[str]:
    """Unexplained letters, with the lone explained letters that join them to a word."""
    out: list[str] = []
    run = ""
    for i, token in enumerate(tokens):
        if _unexplained(token) or (run and len(token.text) == 1 and _is_joint(tokens, i)):
            run += token.text
        elif not run and len(token.text) == 1 and _starts(tokens, i):
            run = token.text
        else:
            if run:
                out.append(run)
            run = ""
    if run:
        out.append(run)
    return out


def _starts(tokens: tuple[Token, ...], i: int) -> bool:
    token = tokens[i]
    follows = i + 1 < len(tokens) and not tokens[i + 1].senses and len(tokens[i + 1].text) == 1
    return (
        follows
        and token.has("filler", "units_other")
        and token.text not in "的了在是有对为被把从以"
    )


def _is_joint(tokens: tuple[Token, ...], i: int) -> bool:
    token = tokens[i]
    if (
        not token.has("filler", "units_other", "units_neutral")
        or token.text in "的了在是有呢啊里中"
    ):
        return False
    return (i + 1 < len(tokens) and not tokens[i + 1].senses) or not _long_unknown(tokens, i - 1)


def _long_unknown(tokens: tuple[Token, ...], i: int) -> bool:
    return i >= 0 and not tokens[i].senses and len(tokens[i].text) > 1
