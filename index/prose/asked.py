"""What an ask wants of prose: one figure or several, something computed, the opposite of what is said."""

from __future__ import annotations

from index.answer import Understood
from index.ask import Ask
from index.askwords import PART_OF_YEAR
from index.plan.lexicon import Token
from index.plan.words import word_group
from index.prose.counted import Counted, asks_each, in_word
from index.prose.figure import ProseFigure
from index.prose.narrative import Quoted
from index.retrieve.texts import ReportText

_RISES = word_group("rises")
FALLS = word_group("falls")


def counts(tokens: tuple[Token, ...]) -> bool:
    """Whether how many is asked."""
    return any(t.has("ask_number") for t in tokens) or any("多少" in t.text for t in tokens)


def counts_several(counted: tuple[Counted, ...], ask: Ask) -> bool:
    """Whether an ask is for more figures than one: several things, or one thing of two reports."""
    if len(counted) > 1 or asks_each(ask.tokens) is not None:
        return True
    each = len(ask.scope.pairs) > 1 and ask.scope.problem is None
    joined = any(t.has("and") or "、" in t.text for t in ask.tokens)
    return bool(counted) and each and joined and not any(t.has("sum") for t in ask.tokens)


def blocks_prose(tokens: tuple[Token, ...]) -> bool:
    """Prose is not searched for the opposite of what it says, nor for places in an order."""
    asks = any(t.has("ask_number") for t in tokens) or not any(t.has("ask_text") for t in tokens)
    text = "".join(t.text for t in tokens)
    if asks and (PART_OF_YEAR.search(text) or "多少年" in text):
        return True  # a figure of the year is not one of its quarters
    plain = [t for i, t in enumerate(tokens) if not _is_quoted(tokens, i)]
    return asks and any(t.has("negation", "place_in_order", "bound", "except") for t in plain)


def _is_quoted(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word stands in quotation marks: part of the name of a thing, “错别字猎人”."""
    before = "".join(t.text for t in tokens[:i])
    return before.count("“") + before.count("《") > before.count("”") + before.count("》")


def contradicts(tokens: tuple[Token, ...], quoted: Quoted) -> bool:
    """Whether the question takes a fall for granted where the sentence only tells of a rise, or the
    other way round."""
    asked = [t.text for t in tokens if t.has("growth")]
    text = "".join(s.text for s in quoted.sentences)
    falls = any(w in a for a in asked for w in FALLS)
    rises = any(w in a for a in asked for w in _RISES)
    if falls == rises:
        return False
    tells_fall = any(w in text for w in FALLS)
    tells_rise = any(w in text for w in _RISES)
    return tells_fall != tells_rise and tells_fall != falls


def computes(tokens: tuple[Token, ...]) -> bool:
    """Whether figures of prose would have to be computed with, or several are asked at once."""
    tokens = tuple(t for i, t in enumerate(tokens) if not in_word(tokens, i))
    joined = any(t.has("and") for t in tokens)
    if joined and any(t.has("list", "sum") for t in tokens):
        return True
    return any(
        t.has(
            "add",
            "minus",
            "difference",
            "more",
            "less",
            "ratio",
            "average",
            "most",
            "least",
            "except",
            "plus",
            "compare_ask",
        )
        for t in tokens
    )


def occurs_in_texts(word: str, texts: list[ReportText]) -> bool:
    """Whether a word stands in any sentence of the reports, as it is written."""
    return any(word in s.text for t in texts for s in t.sentences)


def opposite_premise(tokens: tuple[Token, ...], found: ProseFigure) -> str | None:
    """The direction that the question takes for granted, where the report says the other one."""
    if found.falls is None:
        return None
    asked = [t.text for t in tokens if t.has("growth")]
    falls = any(w in a for a in asked for w in FALLS)
    rises = any(w in a for a in asked for w in _RISES)
    if falls and not rises and not found.falls:
        return "下降"
    if rises and not falls and found.falls:
        return "增长"
    return None


def understood(
    ask: Ask, operation: str, issuers: tuple[str | None, ...], years: tuple[int | None, ...]
) -> Understood:
    """What an ask was taken to mean, for the answer."""
    names = tuple(i for i in issuers if i is not None)
    when = tuple(y for y in years if y is not None)
    words = " · ".join([", ".join(map(str, when)), "、".join(names), ask.focus.text])
    return Understood(names, when, ask.meant.concepts, operation, words)
