"""Sums that a report owes its reader: what came in and what went out, a row and its total."""

from __future__ import annotations

from fractions import Fraction

from index import compute
from index.answer import FigureRef, Kind, Value
from index.draft import Draft
from index.lookup import Looked, decimal_text
from index.plan.plan import Operand, Plan
from index.plan.scope import Scope
from index.tables.desk import TableDesk, formula_text


def balance(desk: TableDesk, plan: Plan, scope: Scope) -> Draft:
    """Both sides of a sum, and whether they are equal: 新收＋上年结转, 办结＋结转下年."""
    texts: list[str] = []
    values: list[Value] = []
    figures: dict[str, FigureRef] = {}
    equal = True
    for issuer, year in scope.pairs:
        sides = [_side(desk, side, issuer, year) for side in (plan.operands, plan.more_whole)]
        apart = compute.difference(*sorted(sides, key=lambda s: -(s.value or Fraction(0))))
        same = apart.value == 0
        equal = equal and same
        unit = desk.unit(sides[0].unit)
        named = zip(sides, (plan.operands, plan.more_whole), strict=True)
        shown = [_shown(desk, side, operands) for side, operands in named]
        texts.append(
            desk.say(
                "balanced" if same else "unbalanced",
                year=year,
                issuer=issuer,
                left=shown[0],
                right=shown[1],
                value=apart.shown,
                unit=unit,
                formula=formula_text(apart),
            )
        )
        for side in sides:
            values.append(desk.value(side))
            figures |= {r.id: r for r in side.figures}
        if not same:
            values.append(desk.computed(apart, "difference", sides[0]))
            figures[apart.figure.id] = apart.figure
    kind = Kind.COMPUTE if equal else Kind.CONFLICT
    return Draft(kind, "".join(texts), tuple(values), tuple(figures.values()))


def _side(desk: TableDesk, operands: tuple[Operand, ...], issuer: str, year: int) -> Looked:
    looked = [desk.look(o, issuer, year) for o in operands]
    return desk.added(looked) if len(looked) > 1 else looked[0]


def _shown(desk: TableDesk, side: Looked, operands: tuple[Operand, ...]) -> str:
    """`新收申请加上年结转申请为 35 件（33+2）`."""
    names = [desk.name(o) for o in operands]
    formula = side.figures[-1].formula if side.figures else None
    value = decimal_text(side.value or Fraction(0))
    return desk.say(
        "balance_sum" if formula is not None else "balance_one",
        name="＋".join(names) if len(names) < 4 else desk.say("balance_parts", count=len(names)),
        value=value,
        unit=desk.unit(side.unit),
        formula=formula.text if formula else "",
    )
