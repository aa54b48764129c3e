"""Figures as they stand, added up, and held against a claim."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from index import compute
from index.answer import FigureRef, Kind
from index.draft import Draft
from index.lookup import Looked, decimal_text, look_up
from index.plan.plan import Operation, Plan
from index.plan.scope import Scope
from index.tables.desk import Refused, TableDesk, figures_of, formula_text
from index.tables.relations import share


def lookup(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """Figures as they stand; a group of cells with its sum."""
    looked = desk.looked(plan, scope)
    for one in looked:
        _check_column(desk, plan, one)
    text = "".join(desk.sentence(one) for one in looked)
    figures = figures_of(looked)
    if len(looked) == 1:
        text, figures = _other_reading(desk, looked[0], plan.reading, text, figures)
    notices = desk.findings(looked)
    stated = desk.stated_in(looked[0]) if len(looked) == 1 else ()
    kind = Kind.LOOKUP
    if any(one.figures[-1].formula is not None for one in looked):
        kind = Kind.COMPUTE
    if any(notice.code.startswith("narrative") for notice in notices):
        kind = Kind.CONFLICT  # a sentence gives another figure than the table
    return Draft(
        kind,
        desk.with_findings(text, notices),
        tuple(desk.value(one) for one in looked),
        figures,
        (*stated, *desk.contradicting(looked, share=False)),
        notices,
    )


_ACTS = ("t2.licensing", "t2.penalty", "t2.coercion", "t2.services")


def _check_column(desk: TableDesk, plan: Plan, looked: Looked) -> None:
    """Refuse where the form or the cell counts apart what the words do not tell apart."""
    operand, report = looked.operand, looked.report
    if report is None:
        return
    items = plan.unit in ("项", "个") and operand.subject in _ACTS and operand.member == "decisions"
    counted = f"{operand.subject}.items_before"
    if items and desk.store.figures_by_key(report.id, [counted]):
        text = desk.say("items_or_decisions", name=desk.name(operand))
        raise Refused(Draft(Kind.CLARIFY, text, figures=looked.figures, reason="unit"))
    if plan.fresh and operand.member == "made" and operand.note is None:
        notes = desk.store.notes_of(report.id, operand.concept)
        if notes:
            said = "、".join(f"{n.column_path[-1]} {n.text} {desk.unit(n.unit)}" for n in notes)
            text = desk.say("which_note", sentence=desk.sentence(looked), notes=said)
            raise Refused(Draft(Kind.CLARIFY, text, figures=looked.figures, reason="no-column"))


def _other_reading(
    desk: TableDesk,
    looked: Looked,
    more: tuple[str, ...],
    text: str,
    figures: tuple[FigureRef, ...],
) -> tuple[str, tuple[FigureRef, ...]]:
    """收到 may mean 新收, or 新收 and 上年结转: the other reading stands one line below."""
    operand = looked.operand
    readings = [r for r in desk.concepts.readings if r.subject == operand.subject and not r.words]
    if not more and readings:
        more = readings[0].more
    if not more or looked.report is None:
        return text, figures
    others = [
        look_up(desk.store, desk.concepts, looked.report, replace(operand, subject=subject))
        for subject in more
    ]
    if any(other.value is None for other in others) or not any(other.value for other in others):
        return text, figures
    total = compute.total([looked, *others])
    below = desk.say(
        "other_reading",
        name=desk.name(operand),
        more="、".join(
            f"{desk.name(other.operand)} {decimal_text(other.value or Fraction(0))} "
            f"{desk.unit_of(other)}"
            for other in others
        ),
        value=total.shown,
        unit=desk.unit(total.unit),
        formula=formula_text(total),
    )
    figures = (*figures, *(f for other in others for f in other.figures), total.figure)
    return f"{text}\n{below}", tuple({f.id: f for f in figures}.values())


def sum_up(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """The sum of several figures; refused where they overlap or differ in unit."""
    looked = desk.looked(plan, scope)
    if len(looked) == 1:
        return lookup(desk, plan, scope)
    desk.check_comparable(looked)
    if _overlap(desk, looked):
        return Draft(
            Kind.ABSTAIN, desk.say("mismatch"), figures=figures_of(looked), reason="not-addable"
        )
    total = compute.total(looked)
    text = desk.say(
        "sum",
        items=desk.items(looked),
        value=total.shown,
        unit=desk.unit(total.unit),
        formula=formula_text(total),
    )
    value = desk.computed(total, "sum", looked[0])
    reports = [one.report for one in looked if one.report is not None]
    if len({r.issuer for r in reports}) > 1:
        value = replace(value, issuer=None)
    if len({r.year for r in reports}) > 1:
        value = replace(value, year=None)
    return Draft(Kind.COMPUTE, text, (value,), figures_of(looked, total))


def _overlap(desk: TableDesk, looked: list[Looked]) -> bool:
    """Whether two figures of one report share a cell: 不予公开 and 国家秘密 must not be added."""
    keys = [set(desk.concepts.leaves(o.operand.subject, o.operand.member)) for o in looked]
    same = [(a, b) for a in range(len(keys)) for b in range(a) if keys[a] & keys[b]]
    return any(looked[a].report == looked[b].report for a, b in same)


def exists(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """有没有: the figure, and whether it is more than nothing."""
    draft = lookup(desk, plan, scope)
    if not draft.values:
        return draft
    name = "exists_no" if all(Decimal(v.value) == 0 for v in draft.values) else "exists_yes"
    return replace(draft, text=desk.say(name, sentence=draft.text))


def verify(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """Does a number in the question agree with the tables, and with the report's own words?"""
    if plan.whole is not None:
        base = share(desk, replace(plan, operation=Operation.SHARE), scope)
    else:
        base = lookup(desk, replace(plan, operation=Operation.LOOKUP), scope)
    if not base.values:
        return base
    stated = [Decimal(v.value) for v in base.values]
    right = all(_agrees(claim, stated) for claim in plan.claims)
    stated_text = base.text.split("\n")[0].rstrip("。.")
    if right:
        text = desk.say("verify_right", items=stated_text)
        return replace(base, text=text, kind=base.kind)
    claim = "、".join(str(c) for c in plan.claims)
    rest = "\n".join(base.text.split("\n")[1:])
    text = "\n".join(
        t for t in (desk.say("verify_wrong", claim=claim, items=stated_text), rest) if t
    )
    return replace(base, kind=Kind.CONFLICT, text=text)


def _agrees(claim: Decimal, values: list[Decimal]) -> bool:
    """A claim agrees with a value that rounds, half up, to its own number of decimals."""
    exponent = claim.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return any(compute.rounded(Fraction(v), places) == decimal_text(claim) for v in values)
