"""Asks about the two figures that were asked for last: 差多少, 一共多少, 前者是后者的几倍."""

from __future__ import annotations

from dataclasses import replace

from index.plan.lexicon import Token
from index.plan.plan import Operand, Operation, Plan
from index.plan.signals import first_index
from index.plan.slots import Slots, Unresolved, operands, read_slots
from index.plan.words import word_group
from ingest.words import Concepts

_POINTS_AT_BOTH = word_group("points_at_both")
_FORMER, _LATTER = word_group("former"), word_group("latter")


def other_figure(tokens: tuple[Token, ...], last: Operand, concepts: Concepts) -> Operand | None:
    """比宿迁多几件, 跟2021年比呢: the figure of somebody else or another year that `last` is held against.

    None where the ask names a figure of its own, or nobody else.
    """
    here = read_slots(tokens, concepts)
    compares = any(t.has("than") for t in tokens) and any(
        t.has("more", "less", "difference", "ratio", "compare_ask") for t in tokens
    )
    # 跟农业农村局2023年差多少
    compares = compares or (
        any(t.has("and") for t in tokens[:1]) and any(t.has("difference") for t in tokens)
    )
    if not compares or not here.empty or len(here.issuers) > 1 or len(here.years) > 1:
        return None
    issuer = next(iter(here.issuers), last.issuer)
    year = next(iter(here.years), last.year)
    other = replace(last, issuer=issuer, year=year)
    return None if other == last else other


def points_at_both(tokens: tuple[Token, ...]) -> bool:
    """这两项, 前者…后者: words that mean two figures."""
    return any(t.text in _POINTS_AT_BOTH for t in tokens)


def without_names(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens that say what is done with figures, not whose they are."""
    return tuple(t for t in tokens if not t.has("issuer", "year", "than", "and", "last_year"))


def plan_of_both(
    tokens: tuple[Token, ...],
    here: Slots,
    both: tuple[Operand, ...],
    concepts: Concepts,
    *,
    ordered: bool = False,
) -> Plan | None:
    """差多少, 一共多少, 前者是后者的几倍: a plan over the two figures that were asked for last.

    `ordered`: the first is held against the second, whatever their years.
    """
    points = any(t.text in _POINTS_AT_BOTH for t in tokens)
    which = any(t.has("most", "least") for t in tokens)
    if which and (not here.empty or any(t.has("rank_members", "top", "nth") for t in tokens)):
        return None
    if any(t.has("growth", "trend", "than", "percent") for t in tokens):
        return None
    if any(t.has("share") for t in tokens):
        at = first_index(tokens, "share") or 0
        whole = operands(read_slots(tokens[at + 1 :], concepts), concepts)
        same = both[0].issuer == both[1].issuer and both[0].year == both[1].year
        if not (points and same) or isinstance(whole, Unresolved) or len(whole) != 1:
            return None
        return Plan(Operation.SHARE, _anywhere(both), whole=whole[0], together=True)
    if not here.empty:
        return None
    if here.issuers or here.years:
        # 云溪区2022年这两项分别多少: the same two of somebody else
        subjects = _anywhere(both)
        listed = points and subjects[0] != subjects[1]
        return Plan(Operation.LIST, subjects) if listed else None
    if any(t.has("top", "nth") for t in tokens):
        return None  # 前两项: not the last two
    turned = [t.text for t in tokens if t.text in (*_FORMER, *_LATTER)]
    first, second = (both[1], both[0]) if turned and turned[0] in _LATTER else both
    if any(t.has("ratio") for t in tokens):
        told = turned or ordered
        return (
            Plan(Operation.RATIO, (first, second)) if told else None
        )  # 是它的几倍: which of which?
    if any(t.has("more", "less") for t in tokens) and not turned:
        # 多了几件: the later year, or what was asked for last, against the other
        less = any(t.has("less") for t in tokens)
        if ordered:
            return Plan(Operation.DIFFERENCE, both, signed=less, directed=True)
        if both[0].year != both[1].year:
            later, earlier = sorted(both, key=lambda o: -(o.year or 0))
            return Plan(Operation.DIFFERENCE, (later, earlier), signed=less, directed=True)
        return Plan(Operation.DIFFERENCE, (second, first))
    if any(t.has("difference", "minus") for t in tokens) or (
        turned and any(t.has("more", "less") for t in tokens)
    ):
        return Plan(Operation.DIFFERENCE, (first, second))
    if which or any(t.has("compare_ask") for t in tokens):
        return Plan(Operation.COMPARE, both)
    # 处罚几件？许可呢？一共呢: of two rows; of two columns the row's total may be meant
    rows = both[0].subject != both[1].subject and both[0].member == both[1].member
    rows = rows and (both[0].issuer, both[0].year) == (both[1].issuer, both[1].year)
    total = (points or rows) and any(t.has("sum") for t in tokens)
    if total or any(t.has("add", "plus") for t in tokens):
        return Plan(Operation.SUM, both)
    return None


def _anywhere(both: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """The same figures, of no issuer and year in particular."""
    return tuple(replace(o, issuer=None, year=None) for o in both)
