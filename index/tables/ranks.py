"""Figures in order: the most, the least, the larger of two."""

from __future__ import annotations

from fractions import Fraction

from index import compute
from index.answer import Kind
from index.draft import Draft
from index.lookup import decimal_text
from index.plan.plan import Plan
from index.plan.scope import Scope
from index.tables.desk import TableDesk, figures_of, formula_text
from index.tables.relations import two_figures
from index.write.phrases import separator


def rank(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """All figures in order and the first of them."""
    looked = desk.looked(plan, scope)
    if len(looked) < 2:
        return Draft(Kind.CLARIFY, desk.say("mismatch"), reason="rank-of-what")
    ordered = sorted(looked, key=lambda one: one.value or Fraction(0), reverse=not plan.least)
    best = [one for one in ordered if one.value == ordered[0].value]
    across = len(scope.pairs) > 1
    names = "、".join(
        f"{one.report.year}年{one.report.issuer}"
        if across and one.report
        else desk.name(one.operand)
        for one in best
    )
    extreme = ("最少" if plan.least else "最多")[1:]
    if desk.language == "en":
        extreme = "lowest" if plan.least else "highest"
    text = desk.say(
        "rank",
        year="、".join(map(str, scope.years)),
        issuer="、".join(scope.issuers),
        extreme=extreme,
        name=names,
        value=decimal_text(best[0].value or Fraction(0)),
        unit=desk.unit(best[0].unit),
        items=separator(desk.language).join(
            f"{desk.name(o.operand)} {decimal_text(o.value or Fraction(0))}" for o in ordered
        )
        if not across
        else desk.items(ordered),
    )
    return Draft(Kind.RANK, text, (desk.value(best[0]),), figures_of(ordered))


def compare(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """Two figures and which is larger."""
    if len(plan.operands) * len(scope.pairs) > 2:
        return rank(desk, plan, scope)
    a, b = two_figures(desk, plan, scope)
    values = (desk.value(a), desk.value(b))
    if a.value == b.value:
        text = desk.say("compare_equal", items=desk.items([a, b]))
        return Draft(Kind.COMPARE, text, values, figures_of([a, b]))
    high, low = (a, b) if (a.value or 0) > (b.value or 0) else (b, a)
    result = compute.difference(high, low)
    across = len(scope.pairs) > 1 and high.report is not None
    winner = desk.name(high.operand)
    if across and high.report is not None:
        winner = f"{high.report.issuer}" if len(scope.issuers) > 1 else f"{high.report.year}年"
    text = desk.say(
        "compare",
        items=desk.items([a, b]),
        winner=winner,
        value=result.shown,
        unit=desk.unit(result.unit),
        formula=formula_text(result),
    )
    return Draft(Kind.COMPARE, text, values, figures_of([a, b], result))
