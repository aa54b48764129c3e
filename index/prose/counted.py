"""What an ask counts: the runs of letters that a sentence must have, and the unit that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from index.plan.lexicon import Token
from index.prose.words import prose_words
from ingest.model import Figure

_LEFT_OUT = (
    "issuer", "year", "last_year", "this_year", "next_year", "in_prose", "share", "percent",
    "ask_yes_no", "counted_noun", "list",
)  # fmt: skip
_FURTHER = frozenset(("又", "还", "再", "另外", "同时", "并", "并且", "以及", "和"))
_KINDS = frozenset("类种项级单部区县镇乡市界方")
#: asks like these are not for one figure of a sentence
_OTHER_ASKS = (
    "growth", "percent", "difference", "more", "less", "ratio", "average", "most", "least", "than", "top",
    "nth", "trend", "which_kind", "ask_text", "ask_exists", "negation", "except", "bound",
    "quantifier", "compare_ask", "add", "minus", "plus", "divided", "zero", "nonzero",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that stand together; `hard[i]` tells that letter i must be found in the sentence."""

    text: str
    hard: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """The runs `before` and `after` the question word and its unit; `unit` None: any unit."""

    before: tuple[Run, ...]
    after: tuple[Run, ...]
    unit: str | None

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs of words, those before the question word first."""
        return (*self.before, *self.after)


def counted_of(tokens: tuple[Token, ...], unit: str | None) -> tuple[Counted, ...]:
    """What each figure that an ask asks for counts, in their order; () where it is not for figures.

    `unit` is the unit of an ask without a question word. `开了几次…又办了几期…` and `A和B分别…` ask for
    two figures.
    """
    if any(t.has(*_OTHER_ASKS) and not in_word(tokens, i) for i, t in enumerate(tokens)):
        return ()
    parts = _parts(tokens)
    if len(parts) > 1:
        made = tuple(c for part in parts for c in counted_of(part, unit))
        return made if len(made) == len(parts) else ()
    at = next((i for i, t in enumerate(tokens) if t.has("ask_number")), None)
    before, behind = (tokens, ()) if at is None else (tokens[:at], tokens[at + 1 :])
    if (each := asks_each(tokens)) is not None and each < len(before):
        names = _each(before, behind, unit)
        if names:
            return names
    if at is None:
        number = unit_of_number(tokens)
        made = _one(before, (), number or unit)
        return tuple(_without_number(c, number) for c in made) if number else made
    asked = _unit_of(behind) or _unit_in(tokens[at]) or _counting(tokens, unit)
    return _one(before, behind, asked)


def asks_each(tokens: tuple[Token, ...]) -> int | None:
    """The place of 分别 or 各 where it asks for a figure each; 各类 and 各镇 ask for none."""
    for i, token in enumerate(tokens):
        if token.has("list") and not (i + 1 < len(tokens) and tokens[i + 1].text[0] in _KINDS):
            return i
        if token.has("ask_number"):
            return None
    return None


def in_word(tokens: tuple[Token, ...], i: int) -> bool:
    """参|加: a letter of a word that no list has, which adds nothing up."""
    return tokens[i].text == "加" and i > 0 and tokens[i - 1].text.endswith("参")


def unit_of_number(tokens: tuple[Token, ...]) -> str | None:
    """The unit of a question that ends in 篇数 or 期数, and has no question word."""
    text = "".join(t.text for t in tokens if not t.has("break")).rstrip("呢呀啊吧是")
    if any(t.has("ask_number", "counted_noun") for t in tokens) or not text.endswith("数"):
        return None
    return next((u for u in prose_words().counted if text.endswith(u + "数")), None)


def _without_number(counted: Counted, unit: str) -> Counted:
    """The same without the letters of 篇数 at its end."""
    *rest, last = counted.before
    text = last.text[: last.text.rfind(unit + "数")]
    return replace(counted, before=(*rest, Run(text, last.hard[: len(text)])))


def _unit_in(token: Token) -> str | None:
    """条数, as a question word, asks for 条."""
    return next((u for u in prose_words().counted if token.text == u + "数"), None)


def _one(
    before: tuple[Token, ...], behind: tuple[Token, ...], unit: str | None
) -> tuple[Counted, ...]:
    asked = _unit_of(behind)
    if any(t.has("share") for t in (*before, *behind)) and (asked or "%") == "%":
        return ()
    made = Counted(_runs(before), _runs(behind, len(asked or "")), unit)
    return (made,) if any(r.text for r in made.runs) else ()


def _each(
    before: tuple[Token, ...], behind: tuple[Token, ...], unit: str | None
) -> tuple[Counted, ...]:
    """网站和公众号分别发了多少条信息: one figure for each of the names before 分别."""
    at = next((i for i, t in enumerate(before) if t.has("list")), None)
    if at is None:
        return ()
    names: list[list[Token]] = [[]]
    for token in before[:at]:
        if token.has("and"):
            names.append([])
        elif not token.has("issuer", "year", "break"):
            names[-1].append(token)
    if len(names) < 2 or not all(names):
        return ()
    rest = before[at + 1 :]
    return tuple(
        c
        for name in names
        for c in _one((*name, *rest), behind, _unit_of(behind) or _counting(behind, unit))
    )


def _parts(tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """The ask cut before the words that lead to a further question word."""
    asks = [i for i, t in enumerate(tokens) if t.has("ask_number")]
    if len(asks) < 2:
        return [tokens]
    cuts = [0]
    for first, second in pairwise(asks):
        joint = next(
            (i for i in range(first + 1, second)
             if tokens[i].text in _FURTHER or tokens[i].has("break", "and")), None
        )  # fmt: skip
        if joint is None:
            return [tokens[: asks[0]]] * 2  # nothing tells where the one ends: neither is read
        cuts.append(joint)
    return [tokens[a:b] for a, b in zip(cuts, [*cuts[1:], len(tokens)], strict=True)]


def _unit_of(behind: tuple[Token, ...]) -> str | None:
    """The unit right behind the question word: 条 of 几条目录 too, where 条目 is a word."""
    text = "".join(t.text for t in behind)
    return next((u for u in prose_words().counted if text.startswith(u)), None)


def _counting(tokens: tuple[Token, ...], unit: str | None) -> str | None:
    return unit if any(t.has("counted_noun") for t in tokens) else None


def _runs(tokens: tuple[Token, ...], passed: int = 0) -> tuple[Run, ...]:
    """Letters that stand together; the first `passed` ones are those of a unit."""
    out: list[tuple[str, list[bool]]] = [("", [])]
    for token in tokens:
        text, hard = token.text, not token.has("filler", "sum", "ask_number", "inside", "and")
        if passed:
            cut = min(passed, len(text))
            passed -= cut
            text = text[cut:]
        if token.has("break", *_LEFT_OUT):
            if out[-1][0]:
                out.append(("", []))
            continue
        last, kinds = out[-1]
        out[-1] = (last + text, [*kinds, *[hard] * len(text)])
    return tuple(Run(text, tuple(kinds)) for text, kinds in out if any(kinds) or len(text) > 1)


def is_count(figure: Figure) -> bool:
    """Whether a figure of prose is a plain number of things: no share, no end of a range, no fraction in words."""
    return figure.value is not None and figure.note is None and figure.unit != "%"
