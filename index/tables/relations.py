"""One figure in relation to another: shares, differences, ratios, averages, growth."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from index import compute
from index.answer import Citation, FigureRef, Kind, Notice, Value
from index.draft import Draft
from index.lookup import Looked, decimal_text
from index.plan.plan import Operand, Plan
from index.plan.scope import Scope
from index.tables.desk import Refused, TableDesk, figures_of, formula_text

_PER = {0: "per_day", 4: "per_quarter", 12: "per_month"}


def share(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """Parts as shares of a whole, with what the report itself says of them."""
    assert plan.whole is not None
    texts: list[str] = []
    values: list[Value] = []
    figures: dict[str, FigureRef] = {}
    notices: list[Notice] = []
    citations: list[Citation] = []
    if plan.whole.issuer is not None:
        return share_of_issuer(desk, plan, scope)
    for issuer, year in scope.pairs:
        whole = desk.look(plan.whole, issuer, year)
        if plan.more_whole:
            added = [whole, *(desk.look(o, issuer, year) for o in plan.more_whole)]
            whole = desk.added(added)
        if whole.value == 0:
            text = desk.say("zero_whole", whole_name=desk.name(plan.whole))
            return Draft(Kind.ABSTAIN, text, figures=whole.figures, reason="zero-whole")
        if plan.together and len(plan.operands) > 1:
            draft = share_together(desk, plan, whole, issuer, year)
            texts.append(draft.text)
            values += draft.values
            figures |= {r.id: r for r in draft.figures}
            continue
        for operand in plan.operands:
            part = desk.look(operand, issuer, year)
            if plan.own_whole:
                whole = desk.look(replace(plan.whole, member=operand.member), issuer, year)
            desk.check_units([part, whole])
            share = compute.share([part], whole)
            texts.append(
                desk.say(
                    "share",
                    year=year,
                    issuer=issuer,
                    name=desk.name(operand),
                    part=decimal_text(part.value or Fraction(0)),
                    unit=desk.unit(part.unit),
                    whole_name=_whole_name(desk, whole, plan),
                    whole=decimal_text(whole.value or Fraction(0)),
                    value=share.shown,
                    formula=formula_text(share),
                )
            )
            values.append(desk.computed(share, "share", part))
            figures |= {r.id: r for r in figures_of([part, whole], share)}
            if plan.whole.subject == "t3.handled":
                notices += desk.findings([part], share=True)
                citations += desk.contradicting([part], share=True)
    kind = Kind.CONFLICT if notices else Kind.COMPUTE
    text = desk.with_findings("".join(texts), tuple(dict.fromkeys(notices)))
    return Draft(
        kind,
        text,
        tuple(values),
        tuple(figures.values()),
        tuple(citations),
        tuple(dict.fromkeys(notices)),
    )


def share_of_issuer(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """One issuer's figure as a share of the same figure of another."""
    assert plan.whole is not None
    part, whole = desk.one(plan.operands[0], scope), desk.one(plan.whole, scope)
    desk.check_units([part, whole])
    if whole.value == 0:
        text = desk.say("zero_whole", whole_name=desk.item(whole))
        return Draft(Kind.ABSTAIN, text, figures=whole.figures, reason="zero-whole")
    share = compute.share([part], whole)
    report = whole.report
    text = desk.say(
        "share_together",
        items=desk.item(part),
        unit=desk.unit(whole.unit),
        whole_name=f"{report.issuer if report else ''}{desk.name(whole.operand)}",
        whole=decimal_text(whole.value or Fraction(0)),
        value=share.shown,
        formula=formula_text(share),
    )
    value = desk.computed(share, "share", part)
    return Draft(Kind.COMPUTE, text, (value,), figures_of([part, whole], share))


def share_together(desk: TableDesk, plan: Plan, whole: Looked, issuer: str, year: int) -> Draft:
    """Several parts, added up, as a share of one whole."""
    parts = [desk.look(o, issuer, year) for o in plan.operands]
    keys = [set(desk.concepts.leaves(o.subject, o.member)) for o in plan.operands]
    if any(a & b for i, a in enumerate(keys) for b in keys[:i]):
        raise Refused(Draft(Kind.ABSTAIN, desk.say("mismatch"), reason="overlapping-parts"))
    share = compute.share(parts, whole)
    text = desk.say(
        "share_together",
        items=desk.items(parts),
        unit=desk.unit(whole.unit),
        whole_name=_whole_name(desk, whole, plan),
        whole=decimal_text(whole.value or Fraction(0)),
        value=share.shown,
        formula=formula_text(share),
    )
    value = desk.computed(share, "share", parts[0])
    return Draft(Kind.COMPUTE, text, (value,), figures_of([*parts, whole], share))


def _whole_name(desk: TableDesk, whole: Looked, plan: Plan) -> str:
    return "＋".join(map(desk.name, (whole.operand, *plan.more_whole)))


def two_figures(desk: TableDesk, plan: Plan, scope: Scope) -> tuple[Looked, Looked]:
    """The two figures that are compared: two concepts, or one concept twice."""
    if len(plan.operands) == 2:
        pairs = [desk.pairs(operand, scope) for operand in plan.operands]
        if all(len(found) == 1 for found in pairs):
            return desk.one(plan.operands[0], scope), desk.one(plan.operands[1], scope)
    elif len(plan.operands) == 1 and len(scope.pairs) == 2:
        first, second = (desk.look(plan.operands[0], i, y) for i, y in scope.pairs)
        return first, second
    raise Refused(Draft(Kind.CLARIFY, desk.say("mismatch"), reason="compared-with-what"))


def difference(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """The larger figure less the smaller one, said the way it was asked."""
    a, b = two_figures(desk, plan, scope)
    desk.check_comparable([a, b])
    asked_less = plan.signed
    first, second = (b, a) if asked_less else (a, b)
    opposite = (first.value or 0) < (second.value or 0)
    if opposite:
        first, second = second, first
    result = compute.difference(first, second)
    more = "larger" if desk.language == "en" else "多"
    less = "smaller" if desk.language == "en" else "少"
    text = desk.say(
        "difference_opposite" if opposite and plan.directed else "difference",
        direction=more if asked_less else less,
        items=desk.items([a, b]),
        value=result.shown,
        unit=desk.unit(result.unit),
        formula=formula_text(result),
    )
    return Draft(
        Kind.COMPUTE, text, (desk.computed(result, "difference", a),), figures_of([a, b], result)
    )


def ratio(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """How many times one figure is of another."""
    a, b = two_figures(desk, plan, scope)
    desk.check_comparable([a, b])
    if b.value == 0:
        text = desk.say("zero_whole", whole_name=desk.name(b.operand))
        return Draft(Kind.ABSTAIN, text, figures=figures_of([a, b]), reason="zero-whole")
    result = compute.ratio(a, b)
    text = desk.say(
        "ratio", items=desk.items([a, b]), value=result.shown, formula=formula_text(result)
    )
    return Draft(
        Kind.COMPUTE, text, (desk.computed(result, "ratio", a),), figures_of([a, b], result)
    )


def average(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """A figure of a year by its months, quarters or days."""
    looked = desk.looked(plan, scope)
    if plan.across_years:
        return _average_year(desk, looked)
    if plan.whole is not None:
        return _average_item(desk, plan.whole, looked)
    values, texts, results = [], [], []
    for one in looked:
        year = one.report.year if one.report and one.report.year else 0
        days = 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
        result = compute.average(one, plan.divisor or days)
        results.append(result)
        values.append(desk.computed(result, "average", one))
        texts.append(
            desk.say(
                "average",
                items=desk.item(one),
                value=result.shown,
                unit=desk.unit(result.unit),
                formula=formula_text(result),
                per=desk.say(_PER.get(plan.divisor or 0, "per_day")),
            )
        )
    return Draft(Kind.COMPUTE, "".join(texts), tuple(values), figures_of(looked, *results))


def _average_item(desk: TableDesk, items: Operand, looked: list[Looked]) -> Draft:
    """An amount by the number of things that it was for: a procurement by its projects."""
    values, texts, results, counts = [], [], [], []
    for one in looked:
        assert one.report is not None
        number = desk.look(items, str(one.report.issuer), one.report.year or 0)
        if number.value == 0:
            text = desk.say("zero_whole", whole_name=desk.name(items))
            return Draft(Kind.ABSTAIN, text, figures=number.figures, reason="zero-whole")
        result = compute.quotient(one, number)
        results.append(result)
        counts.append(number)
        values.append(desk.computed(result, "average", one))
        texts.append(
            desk.say(
                "average",
                items=f"{desk.item(one)}；{desk.item(number)}",
                value=result.shown,
                unit=desk.unit(result.unit),
                formula=formula_text(result),
                per=desk.say("per_item"),
            )
        )
    figures = figures_of([*looked, *counts], *results)
    return Draft(Kind.COMPUTE, "".join(texts), tuple(values), figures)


def _average_year(desk: TableDesk, looked: list[Looked]) -> Draft:
    """The sum of several years by their number."""
    desk.check_comparable(looked)
    total = compute.total(looked)
    result = compute.mean(looked)
    text = desk.say(
        "average",
        items=desk.items(looked),
        value=result.shown,
        unit=desk.unit(total.unit),
        formula=formula_text(result),
        per=desk.say("per_year"),
    )
    value = replace(desk.computed(result, "average", looked[0]), year=None)
    return Draft(Kind.COMPUTE, text, (value,), figures_of(looked, result))


def growth(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """The change of a figure against another year."""
    operand = plan.operands[0]
    issuer, year = scope.pairs[-1]
    before_year = plan.against if plan.against is not None else year - 1
    if (issuer, before_year) not in desk.catalogue.reports:
        raise Refused(Draft(Kind.ABSTAIN, "", reason="no-year-before"))
    now, before = desk.look(operand, issuer, year), desk.look(operand, issuer, before_year)
    change = (now.value or Fraction(0)) - (before.value or Fraction(0))
    direction = direction_word(change, desk.language)
    if plan.falls is not None and change != 0 and plan.falls != (change < 0):
        stated = desk.items([before, now])
        asked = direction_word(Fraction(-1 if plan.falls else 1), desk.language)
        text = desk.say("false_premise", asked=asked, stated=direction, sentence=stated)
        return Draft(Kind.ABSTAIN, text, figures=figures_of([before, now]), reason="false-premise")
    if not plan.percent:
        high, low = (now, before) if change >= 0 else (before, now)
        result = compute.difference(high, low)
        text = desk.say(
            "growth_count",
            items=desk.items([before, now]),
            direction=direction,
            value=result.shown,
            unit=desk.unit(result.unit),
            formula=formula_text(result),
        )
    else:
        if before.value == 0:
            text = desk.say("zero_whole", whole_name=desk.item(before))
            return Draft(Kind.ABSTAIN, text, figures=figures_of([now, before]), reason="zero-whole")
        # 下降了百分之几: the fall is asked for, and is no negative number
        fell = plan.falls is True and change < 0
        result = compute.growth(now, before, falls=fell)
        text = desk.say(
            "growth",
            items=desk.items([before, now]),
            direction=direction,
            value=result.shown.lstrip("-"),
            formula=formula_text(result),
        )
    return Draft(
        Kind.COMPARE,
        text,
        (desk.computed(result, "growth", now),),
        figures_of([before, now], result),
    )


def direction_word(change: Fraction, language: str) -> str:
    """增长 or 下降."""
    if language == "en":
        return "an increase" if change >= 0 else "a decrease"
    return "增长" if change >= 0 else "下降"
