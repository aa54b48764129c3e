"""Figures in order: the most, the least, the larger of two; over years; how many are nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from index import compute
from index.answer import Kind
from index.draft import Draft
from index.lookup import Looked, decimal_text
from index.plan.plan import Plan
from index.plan.scope import Scope
from index.tables.counts import lookup
from index.tables.desk import TableDesk, figures_of, formula_text
from index.tables.relations import direction_word, two_figures
from index.write.phrases import separator


def rank(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """All figures in order, and the places of them that are asked for."""
    looked = desk.looked(plan, scope)
    if len(looked) < 2:
        return Draft(Kind.CLARIFY, desk.say("mismatch"), reason="rank-of-what")
    desk.check_comparable(looked)
    ordered = sorted(looked, key=lambda one: one.value or Fraction(0), reverse=not plan.least)
    parts: dict[str, object] = {
        "year": "、".join(map(str, scope.years)),
        "issuer": "、".join(scope.issuers),
        "extreme": _extreme(plan.least, desk.language),
        "items": desk.items(ordered)
        if len(scope.pairs) > 1
        else separator(desk.language).join(_short(desk, one) for one in ordered),
    }
    if plan.top == 0:  # all of them
        text = desk.say("rank_all", **parts)
        chosen = ordered
    elif plan.nth:
        return _nth(desk, plan, scope, ordered, parts)
    elif plan.top == 1:
        best = [one for one in ordered if one.value == ordered[0].value]
        names = "、".join(_who(desk, scope, one) for one in best)
        text = desk.say("rank", name=names, **_value(desk, best[0]), **parts)
        chosen = best[:1]
    else:
        chosen = ordered[: plan.top]
        top = separator(desk.language).join(
            f"{_who(desk, scope, one)} {decimal_text(one.value or Fraction(0))}" for one in chosen
        )
        text = desk.say("rank_top", count=len(chosen), top=top, **parts)
        if plan.top < len(ordered) and ordered[plan.top].value == chosen[-1].value:
            text += desk.say("tie")
    values = tuple(desk.value(one) for one in chosen)
    draft = Draft(Kind.RANK, text, values, figures_of(ordered))
    return draft if plan.whole is None else _with_shares(desk, plan, scope, draft, chosen)


def _with_shares(
    desk: TableDesk, plan: Plan, scope: Scope, draft: Draft, chosen: list[Looked]
) -> Draft:
    """The places of a ranking as shares of all that is ranked."""
    assert plan.whole is not None
    whole = desk.one(plan.whole, scope)
    if whole.value == 0:
        text = desk.say("zero_whole", whole_name=desk.name(plan.whole))
        return Draft(Kind.ABSTAIN, text, figures=whole.figures, reason="zero-whole")
    shares = [compute.share([one], whole) for one in chosen]
    said = "".join(
        desk.say(
            "share_together",
            items=desk.item(one),
            unit=desk.unit(whole.unit),
            whole_name=desk.name(whole.operand),
            whole=decimal_text(whole.value or Fraction(0)),
            value=share.shown,
            formula=formula_text(share),
        )
        for one, share in zip(chosen, shares, strict=True)
    )
    figures = {f.id: f for f in (*draft.figures, *figures_of([whole], *shares))}
    values = tuple(
        desk.computed(share, "share", one) for one, share in zip(chosen, shares, strict=True)
    )
    return replace(
        draft, text=f"{draft.text}{said}", values=values, figures=tuple(figures.values())
    )


def _nth(
    desk: TableDesk, plan: Plan, scope: Scope, ordered: list[Looked], parts: dict[str, object]
) -> Draft:
    """The figure in one place; none where a place before it is shared, for places differ then."""
    before = [one.value for one in ordered[: plan.top]]
    if plan.top > len(ordered) or len(set(before)) < len(before):
        text = desk.say("rank_tied", items=parts["items"])
        return Draft(Kind.ABSTAIN, text, figures=figures_of(ordered), reason="place-in-order")
    found = [one for one in ordered if one.value == before[-1]]
    names = "、".join(_who(desk, scope, one) for one in found)
    text = desk.say("rank_nth", place=plan.top, name=names, **_value(desk, found[0]), **parts)
    draft = Draft(Kind.RANK, text, (desk.value(found[0]),), figures_of(ordered))
    return draft if plan.whole is None else _with_shares(desk, plan, scope, draft, found[:1])


def _extreme(least: bool, language: str) -> str:
    if language == "en":
        return "lowest" if least else "highest"
    return "少" if least else "多"


def _who(desk: TableDesk, scope: Scope, one: Looked) -> str:
    """What stands in a place: an issuer, a year, or a kind."""
    if len(scope.pairs) > 1 and one.report is not None:
        return f"{one.report.year}年{one.report.issuer}"
    return desk.name(one.operand)


def _short(desk: TableDesk, one: Looked) -> str:
    return f"{desk.name(one.operand)} {decimal_text(one.value or Fraction(0))}"


def _value(desk: TableDesk, one: Looked) -> dict[str, object]:
    return {"value": decimal_text(one.value or Fraction(0)), "unit": desk.unit(one.unit)}


def trend(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """One figure over years, with the change from the first to the last."""
    looked = desk.looked(plan, scope)
    if len(looked) < 2:
        return lookup(desk, plan, scope)
    desk.check_comparable(looked)
    first, last = looked[0], looked[-1]
    change = (last.value or Fraction(0)) - (first.value or Fraction(0))
    parts: dict[str, object] = {
        "items": desk.items(looked),
        "first": first.report.year if first.report else "",
        "last": last.report.year if last.report else "",
    }
    values = tuple(desk.value(one) for one in looked)
    if change == 0:
        return Draft(Kind.TREND, desk.say("trend_level", **parts), values, figures_of(looked))
    high, low = (last, first) if change > 0 else (first, last)
    result = compute.difference(high, low)
    text = desk.say(
        "trend",
        direction=direction_word(change, desk.language),
        value=result.shown,
        unit=desk.unit(result.unit),
        formula=formula_text(result),
        **parts,
    )
    return Draft(Kind.TREND, text, values, figures_of(looked, result))


def count(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """How many figures are 0, or are not."""
    looked = desk.looked(plan, scope)
    found = [one for one in looked if (one.value == 0) == plan.zero]
    result = compute.count(looked, zero=plan.zero, unit=plan.kind)
    names = "、".join(dict.fromkeys(desk.name(one.operand) for one in found)) or "—"
    text = desk.say(
        "count_zero" if plan.zero else "count_nonzero",
        count=result.shown,
        kind=plan.kind,
        names=names,
        all=len(looked),
        items=separator(desk.language).join(_short(desk, one) for one in looked),
    )
    value = desk.computed(result, "count", looked[0])
    return Draft(Kind.COMPUTE, text, (value,), figures_of(looked, result))


def compare(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """Two figures and which is larger."""
    if sum(len(desk.pairs(operand, scope)) for operand in plan.operands) > 2:
        return rank(desk, plan, scope)
    a, b = two_figures(desk, plan, scope)
    desk.check_comparable([a, b])
    values = (desk.value(a), desk.value(b))
    if a.value == b.value:
        text = desk.say("compare_equal", items=desk.items([a, b]))
        return Draft(Kind.COMPARE, text, values, figures_of([a, b]))
    high, low = (a, b) if (a.value or 0) > (b.value or 0) else (b, a)
    result = compute.difference(high, low)
    across = len(scope.pairs) > 1 and high.report is not None
    asked = low if plan.least else high
    winner = desk.name(asked.operand)
    if across and asked.report is not None:
        winner = f"{asked.report.issuer}" if len(scope.issuers) > 1 else f"{asked.report.year}年"
    text = desk.say(
        "compare_less" if plan.least else "compare",
        items=desk.items([a, b]),
        winner=winner,
        value=result.shown,
        unit=desk.unit(result.unit),
        formula=formula_text(result),
    )
    return Draft(Kind.COMPARE, text, values, figures_of([a, b], result))
