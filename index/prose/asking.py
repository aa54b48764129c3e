"""What figure an ask asks for, as the reader of ranked sentences needs it."""

from __future__ import annotations

from index.ask import Ask
from index.plan.lexicon import Token
from index.prose.asked import computes
from index.prose.counted import counted_of
from index.prose.ranked import Asked
from index.prose.words import prose_words
from index.retrieve.content import Term, terms_of
from index.retrieve.texts import ReportText
from ingest.model import Figure, Place, Sentence
from ingest.narrative.figures import figures_in

_MOST_TERMS = 40


def asked_figure(ask: Ask, texts: list[ReportText]) -> Asked | None:
    """The one figure that an ask is for, None where it is for none, for several or for something computed."""
    meant = ask.meant
    counted = counted_of(ask.tokens, meant.unit)
    if ask.leans or ask.focus.pinned or meant.growth or len(counted) > 1:
        return None
    if meant.plan is not None or computes(ask.tokens):
        return None
    if meant.concepts:
        return None  # 去重后新收多少: the tables know it, and the rest narrows it
    unit = counted[0].unit if counted else meant.unit
    if unit is None and any("钱" in t.text or t.has("money") for t in ask.tokens):
        unit = "钱"
    if unit is None and any(t.text == "how much" for t in ask.tokens):
        unit = "money"
    if unit is None and any(t.has("ask_number") and t.text.endswith("几") for t in ask.tokens):
        return None  # 有几页: in a unit that is not known
    terms = terms_of(ask.focus.text)
    if len(terms) > _MOST_TERMS:
        return None  # no sentence says so much
    words = "".join(t.text for t in ask.tokens)
    issuers = "".join(t.report.issuer or "" for t in texts)
    return Asked(
        tuple(t for t in terms if t.word not in issuers),
        *_counted_terms(ask.tokens, unit),
        unit,
        frozenset(f.value for f in _stated(words) if f.value is not None),
        words,
        meant.share,
    )


def _counted_terms(
    tokens: tuple[Token, ...], unit: str | None
) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """What is counted: the terms behind the question word and its unit, and the last one before it."""
    at = next((i for i, t in enumerate(tokens) if t.has("ask_number")), None)
    if at is None:
        return (), ()
    said = ["".join(" " if t.has("break") else t.text for t in part if not t.has("issuer", "year")).strip()
            for part in (tokens[:at], tokens[at + 1 :])]  # fmt: skip
    behind = terms_of(said[1].removeprefix(unit or ""))
    return tuple(t for t in behind if t.word not in prose_words().units), terms_of(said[0])[-1:]


def _stated(words: str) -> tuple[Figure, ...]:
    """The numbers that a question states itself: 8.9万名投票者里."""
    return figures_in(Sentence(0, 0, (), words, words, Place()))
