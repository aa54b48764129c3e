"""A plan over tables, carried out: figures looked up, computed, and said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from index import compute
from index.answer import Citation, FigureRef, Kind, Notice, Understood, Value
from index.compute import Computed
from index.draft import Draft, cite
from index.lookup import Lack, Looked, decimal_text, look_up
from index.plan.catalogue import Catalogue
from index.plan.plan import Operand, Operation, Plan
from index.plan.scope import Scope
from index.store.store import Store
from index.write.phrases import phrase, separator, unit_word
from ingest.model import Finding
from ingest.words import Concepts


class _Refused(Exception):
    """Inside this module: there is no answer, and this draft says why."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.text)
        self.draft = draft


@dataclass(frozen=True)
class TableAnswerer:
    """Carries out plans on one store, in one language."""

    store: Store
    concepts: Concepts
    catalogue: Catalogue
    language: str

    def answer(self, plan: Plan, scope: Scope) -> Draft:
        """The draft for a plan; a plan that cannot be carried out gives an abstention."""
        try:
            draft = _OPERATIONS[plan.operation](self, plan, scope)
        except _Refused as refused:
            draft = refused.draft
        return replace(draft, understood=self.understood(plan, scope))

    # ── pieces ─────────────────────────────────────────────────────────────

    def understood(self, plan: Plan, scope: Scope) -> Understood:
        """What the plan takes the question to mean."""
        names = [self.name(o) for o in plan.operands]
        if plan.whole is not None:
            names.append("÷ " + self.name(plan.whole))
        words = " · ".join(
            [", ".join(map(str, scope.years)), "、".join(scope.issuers), "；".join(names)]
        )
        concepts = [o.concept for o in plan.operands]
        if plan.whole is not None:
            concepts.append(plan.whole.concept)
        return Understood(scope.issuers, scope.years, tuple(concepts), plan.operation.value, words)

    def name(self, operand: Operand) -> str:
        """What an operand is called in an answer."""
        name = self.concepts.name(operand.subject, operand.member, self.language == "en")
        if operand.note:
            return (
                f"{name} ({operand.note})" if self.language == "en" else f"{name}中的{operand.note}"
            )
        return name

    def say(self, name: str, /, **parts: object) -> str:
        """A sentence in the reader's language."""
        return phrase(name, self.language, **parts)

    def unit(self, unit: str | None) -> str:
        """A unit in the reader's language."""
        return unit_word(unit, self.language)

    def look(self, operand: Operand, issuer: str, year: int) -> Looked:
        """One operand for one issuer and year; refuses where there is no figure."""
        found = [
            look_up(self.store, self.concepts, report, operand)
            for report in self.catalogue.reports[(issuer, year)]
        ]
        with_value = [f for f in found if f.value is not None]
        if not with_value:
            raise _Refused(self._lack(found[0], issuer, year))
        if len({f.value for f in with_value}) > 1:
            raise _Refused(self._disagree(with_value, issuer, year))
        return with_value[0]

    def _lack(self, looked: Looked, issuer: str, year: int) -> Draft:
        name = self.name(looked.operand)
        cells = "；".join(looked.lacking)
        parts = {"year": year, "issuer": issuer, "name": name, "cells": cells}
        match looked.lack:
            case Lack.BLANK:
                text = self.say("lack_blank", **parts)
            case Lack.SLASH | Lack.DASH | Lack.TEXT:
                text = self.say("lack_mark", text=looked.text or "", **parts)
            case Lack.NO_NOTE:
                text = self.say("lack_note", note=cells, **parts)
            case _:
                text = self.say("lack_row", **parts)
        reason = looked.lack.value if looked.lack else "no-row"
        return Draft(Kind.ABSTAIN, text, figures=looked.figures, reason=reason)

    def _disagree(self, found: list[Looked], issuer: str, year: int) -> Draft:
        items = separator(self.language).join(
            f"{f.report.source if f.report else ''} {decimal_text(f.value or Fraction(0))} "
            f"{self.unit(f.unit)}"
            for f in found
        )
        name = self.name(found[0].operand)
        text = self.say("disagree", year=year, issuer=issuer, name=name, items=items)
        figures = tuple(r for f in found for r in f.figures)
        values = tuple(self.value(f) for f in found)
        return Draft(
            Kind.CONFLICT, text, values, figures, findings=(Notice("reports-disagree", text),)
        )

    def looked(self, plan: Plan, scope: Scope) -> list[Looked]:
        """All operands for all issuers and years, in the order asked."""
        return [self.look(o, i, y) for o in plan.operands for i, y in self.pairs(o, scope)]

    def pairs(self, operand: Operand, scope: Scope) -> tuple[tuple[str, int], ...]:
        """The issuers and years that an operand is asked for."""
        return tuple(
            (i, y)
            for i, y in scope.pairs
            if operand.issuer in (None, i) and operand.year in (None, y)
        )

    def one(self, operand: Operand, scope: Scope) -> Looked:
        """An operand for the first issuer and year."""
        issuer, year = self.pairs(operand, scope)[0]
        return self.look(operand, issuer, year)

    def value(self, looked: Looked) -> Value:
        """A looked-up figure as an asked-for value."""
        text = decimal_text(looked.value or Fraction(0))
        report = looked.report
        return Value(
            text,
            looked.unit,
            f"{text}{looked.unit or ''}",
            looked.operand.concept,
            issuer=report.issuer if report else None,
            year=report.year if report else None,
        )

    def computed(self, computed: Computed, of: str, looked: Looked) -> Value:
        """A computed figure as an asked-for value."""
        report = looked.report
        return Value(
            computed.shown,
            computed.unit,
            f"{computed.shown}{computed.unit}",
            of,
            issuer=report.issuer if report else None,
            year=report.year if report else None,
        )

    def item(self, looked: Looked) -> str:
        """`2023年上海市行政处罚 19018350 件`."""
        report = looked.report
        return self.say(
            "item",
            year=report.year if report else "",
            issuer=report.issuer if report else "",
            name=self.name(looked.operand),
            value=decimal_text(looked.value or Fraction(0)),
            unit=self.unit(looked.unit),
        )

    def items(self, looked: list[Looked]) -> str:
        """Several items in one sentence."""
        return separator(self.language).join(self.item(one) for one in looked)

    def sentence(self, looked: Looked) -> str:
        """The sentence that gives one figure."""
        report = looked.report
        formula = looked.figures[-1].formula if looked.figures else None
        parts: dict[str, object] = {
            "year": report.year if report else "",
            "issuer": report.issuer if report else "",
            "name": self.name(looked.operand),
            "value": decimal_text(looked.value or Fraction(0)),
            "unit": self.unit(looked.unit),
        }
        if formula is not None:
            return self.say("group", formula=formula.text, **parts)
        text = self.say("lookup", **parts)
        if looked.text is not None and looked.text.strip() != parts["value"]:
            text += self.say("cell_text", text=looked.text)
        return text

    def stated_in(self, looked: Looked) -> tuple[Citation, ...]:
        """The first sentence of the report that states the same figure in words of its concept."""
        report = looked.report
        if report is None or looked.value is None or looked.value == 0:
            return ()
        subject = self.concepts.subject_by_key[looked.operand.subject]
        if looked.operand.member != subject.default and subject.table == "t3":
            words: tuple[str, ...] = self.concepts.member_by_key[
                ("t3", looked.operand.member)
            ].words
        else:
            words = (subject.name, *subject.words)
        names = [w for w in words if len(w) > 1 and not w.isascii()]
        if subject.key == "t3.received":
            names.append("申请")
        found = self.store.sentences_with(report.id, decimal_text(looked.value), looked.unit)
        return tuple(cite(report, s) for s in found if any(n in s.text for n in names))[:1]

    def contradicting(self, looked: list[Looked], *, share: bool) -> tuple[Citation, ...]:
        """The sentences that the findings about these figures are in."""
        out = []
        for one in looked:
            if one.report is None:
                continue
            wanted = {
                f.sentence
                for f in self.store.findings(one.report.id)
                if f.sentence is not None and _concerns(f, one, share=share)
            }
            if wanted:
                sentences = self.store.sentences(one.report.id)
                out += [cite(one.report, s) for s in sentences if s.index in wanted]
        return tuple(out)

    def findings(self, looked: list[Looked], *, share: bool = False) -> tuple[Notice, ...]:
        """What the reports' own checks say about these figures."""
        out = []
        for one in looked:
            if one.report is None:
                continue
            for finding in self.store.findings(one.report.id):
                if _concerns(finding, one, share=share):
                    out.append(Notice(finding.code, finding.text))
        return tuple(dict.fromkeys(out))

    def with_findings(self, text: str, notices: tuple[Notice, ...]) -> str:
        """The answer followed by what contradicts it."""
        return "".join([text, *(self.say("finding", text=n.text) for n in notices)])


def _concerns(finding: Finding, looked: Looked, *, share: bool) -> bool:
    if finding.code == "identity":
        return any(r.key in finding.figures for r in looked.figures if r.formula is None) and (
            finding.state == "fails" or looked.figures[-1].formula is not None
        )
    stated_share = (finding.stated or "").endswith("%")
    return finding.concept == looked.operand.concept and stated_share == share


def _figures(looked: list[Looked], *computed: Computed) -> tuple[FigureRef, ...]:
    refs = {r.id: r for one in looked for r in one.figures}
    return (*refs.values(), *(c.figure for c in computed))


# ── one function an operation ──────────────────────────────────────────────


def _lookup(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    looked = self.looked(plan, scope)
    text = "".join(self.sentence(one) for one in looked)
    figures = _figures(looked)
    if len(looked) == 1:
        text, figures = _other_reading(self, looked[0], text, figures)
    notices = self.findings(looked)
    stated = self.stated_in(looked[0]) if len(looked) == 1 else ()
    kind = Kind.LOOKUP
    if any(one.figures[-1].formula is not None for one in looked):
        kind = Kind.COMPUTE
    return Draft(
        kind,
        self.with_findings(text, notices),
        tuple(self.value(one) for one in looked),
        figures,
        (*stated, *self.contradicting(looked, share=False)),
        notices,
    )


def _other_reading(
    self: TableAnswerer, looked: Looked, text: str, figures: tuple[FigureRef, ...]
) -> tuple[str, tuple[FigureRef, ...]]:
    """收到 may mean 新收, or 新收 and 上年结转: the other reading stands one line below."""
    operand = looked.operand
    if operand.subject != "t3.received" or looked.report is None:
        return text, figures
    carried = look_up(
        self.store, self.concepts, looked.report, replace(operand, subject="t3.carried_in")
    )
    if carried.value is None:
        return text, figures
    total = compute.total([looked, carried])
    more = self.say(
        "other_reading",
        carried=decimal_text(carried.value),
        value=total.shown,
        formula=total.figure.formula.text if total.figure.formula else "",
    )
    reading = self.say("reading_new")
    return f"{text}\n{reading}{more}", (*figures, *carried.figures, total.figure)


def _sum(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    looked = self.looked(plan, scope)
    if len(looked) == 1:
        return _lookup(self, plan, scope)
    if len({one.unit for one in looked}) > 1 or _overlap(self, scope, looked):
        return Draft(
            Kind.ABSTAIN, self.say("mismatch"), figures=_figures(looked), reason="not-addable"
        )
    total = compute.total(looked)
    text = self.say(
        "sum",
        items=self.items(looked),
        value=total.shown,
        unit=self.unit(total.unit),
        formula=_formula(total),
    )
    value = self.computed(total, "sum", looked[0])
    reports = [one.report for one in looked if one.report is not None]
    if len({r.issuer for r in reports}) > 1:
        value = replace(value, issuer=None)
    if len({r.year for r in reports}) > 1:
        value = replace(value, year=None)
    return Draft(Kind.COMPUTE, text, (value,), _figures(looked, total))


def _overlap(self: TableAnswerer, scope: Scope, looked: list[Looked]) -> bool:
    """A city's figures hold its districts': they must not be added."""
    names = list(scope.issuers)
    if any(a != b and b.startswith(a) for a in names for b in names):
        return True
    keys = [set(self.concepts.leaves(o.operand.subject, o.operand.member)) for o in looked]
    same = [(a, b) for a in range(len(keys)) for b in range(a) if keys[a] & keys[b]]
    return any(looked[a].report == looked[b].report for a, b in same)


def _formula(computed: Computed) -> str:
    return computed.figure.formula.text if computed.figure.formula else ""


def _share(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    assert plan.whole is not None
    texts: list[str] = []
    values: list[Value] = []
    figures: dict[str, FigureRef] = {}
    notices: list[Notice] = []
    citations: list[Citation] = []
    if plan.whole.issuer is not None:
        return _share_of_issuer(self, plan, scope)
    for issuer, year in scope.pairs:
        whole = self.look(plan.whole, issuer, year)
        if whole.value == 0:
            text = self.say("zero_whole", whole_name=self.name(plan.whole))
            return Draft(Kind.ABSTAIN, text, figures=whole.figures, reason="zero-whole")
        if plan.together and len(plan.operands) > 1:
            draft = _share_together(self, plan, whole, issuer, year)
            texts.append(draft.text)
            values += draft.values
            figures |= {r.id: r for r in draft.figures}
            continue
        for operand in plan.operands:
            part = self.look(operand, issuer, year)
            if plan.own_whole:
                whole = self.look(replace(plan.whole, member=operand.member), issuer, year)
            share = compute.share([part], whole)
            texts.append(
                self.say(
                    "share",
                    year=year,
                    issuer=issuer,
                    name=self.name(operand),
                    part=decimal_text(part.value or Fraction(0)),
                    unit=self.unit(part.unit),
                    whole_name=self.name(whole.operand),
                    whole=decimal_text(whole.value or Fraction(0)),
                    value=share.shown,
                    formula=_formula(share),
                )
            )
            values.append(self.computed(share, "share", part))
            figures |= {r.id: r for r in _figures([part, whole], share)}
            if plan.whole.subject == "t3.handled":
                notices += self.findings([part], share=True)
                citations += self.contradicting([part], share=True)
    kind = Kind.CONFLICT if notices else Kind.COMPUTE
    text = self.with_findings("".join(texts), tuple(dict.fromkeys(notices)))
    return Draft(
        kind,
        text,
        tuple(values),
        tuple(figures.values()),
        tuple(citations),
        tuple(dict.fromkeys(notices)),
    )


def _share_of_issuer(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    """One issuer's figure as a share of the same figure of another."""
    assert plan.whole is not None
    part, whole = self.one(plan.operands[0], scope), self.one(plan.whole, scope)
    if whole.value == 0:
        text = self.say("zero_whole", whole_name=self.item(whole))
        return Draft(Kind.ABSTAIN, text, figures=whole.figures, reason="zero-whole")
    share = compute.share([part], whole)
    report = whole.report
    text = self.say(
        "share_together",
        items=self.item(part),
        unit=self.unit(whole.unit),
        whole_name=f"{report.issuer if report else ''}{self.name(whole.operand)}",
        whole=decimal_text(whole.value or Fraction(0)),
        value=share.shown,
        formula=_formula(share),
    )
    value = self.computed(share, "share", part)
    return Draft(Kind.COMPUTE, text, (value,), _figures([part, whole], share))


def _share_together(
    self: TableAnswerer, plan: Plan, whole: Looked, issuer: str, year: int
) -> Draft:
    """Several parts, added up, as a share of one whole."""
    parts = [self.look(o, issuer, year) for o in plan.operands]
    keys = [set(self.concepts.leaves(o.subject, o.member)) for o in plan.operands]
    if any(a & b for i, a in enumerate(keys) for b in keys[:i]):
        raise _Refused(Draft(Kind.ABSTAIN, self.say("mismatch"), reason="overlapping-parts"))
    share = compute.share(parts, whole)
    text = self.say(
        "share_together",
        items=self.items(parts),
        unit=self.unit(whole.unit),
        whole_name=self.name(whole.operand),
        whole=decimal_text(whole.value or Fraction(0)),
        value=share.shown,
        formula=_formula(share),
    )
    value = self.computed(share, "share", parts[0])
    return Draft(Kind.COMPUTE, text, (value,), _figures([*parts, whole], share))


def _two(self: TableAnswerer, plan: Plan, scope: Scope) -> tuple[Looked, Looked]:
    """The two figures that are compared: two concepts, or one concept twice."""
    if len(plan.operands) == 2:
        if len(scope.pairs) == 1:
            return self.one(plan.operands[0], scope), self.one(plan.operands[1], scope)
    elif len(plan.operands) == 1 and len(scope.pairs) == 2:
        first, second = (self.look(plan.operands[0], i, y) for i, y in scope.pairs)
        return first, second
    raise _Refused(Draft(Kind.CLARIFY, self.say("mismatch"), reason="compared-with-what"))


def _difference(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    a, b = _two(self, plan, scope)
    if a.unit != b.unit:
        return Draft(Kind.ABSTAIN, self.say("mismatch"), reason="not-comparable")
    asked_less = plan.signed
    first, second = (b, a) if asked_less else (a, b)
    opposite = (first.value or 0) < (second.value or 0)
    if opposite:
        first, second = second, first
    result = compute.difference(first, second)
    more = "larger" if self.language == "en" else "多"
    less = "smaller" if self.language == "en" else "少"
    text = self.say(
        "difference_opposite" if opposite and plan.directed else "difference",
        direction=more if asked_less else less,
        items=self.items([a, b]),
        value=result.shown,
        unit=self.unit(result.unit),
        formula=_formula(result),
    )
    return Draft(
        Kind.COMPUTE, text, (self.computed(result, "difference", a),), _figures([a, b], result)
    )


def _ratio(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    a, b = _two(self, plan, scope)
    if b.value == 0:
        text = self.say("zero_whole", whole_name=self.name(b.operand))
        return Draft(Kind.ABSTAIN, text, figures=_figures([a, b]), reason="zero-whole")
    result = compute.ratio(a, b)
    text = self.say("ratio", items=self.items([a, b]), value=result.shown, formula=_formula(result))
    return Draft(Kind.COMPUTE, text, (self.computed(result, "ratio", a),), _figures([a, b], result))


def _average(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    looked = self.looked(plan, scope)
    values, texts, results = [], [], []
    for one in looked:
        year = one.report.year if one.report and one.report.year else 0
        days = 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
        result = compute.average(one, plan.divisor or days)
        results.append(result)
        values.append(self.computed(result, "average", one))
        texts.append(
            self.say(
                "average",
                items=self.item(one),
                value=result.shown,
                unit=self.unit(result.unit),
                formula=_formula(result),
                per=self.say(_PER.get(plan.divisor or 0, "per_day")),
            )
        )
    return Draft(Kind.COMPUTE, "".join(texts), tuple(values), _figures(looked, *results))


_PER = {0: "per_day", 4: "per_quarter", 12: "per_month"}


def _growth(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    operand = plan.operands[0]
    issuer, year = scope.pairs[-1]
    before_year = plan.against if plan.against is not None else year - 1
    if (issuer, before_year) not in self.catalogue.reports:
        raise _Refused(Draft(Kind.ABSTAIN, "", reason="no-year-before"))
    now, before = self.look(operand, issuer, year), self.look(operand, issuer, before_year)
    change = (now.value or Fraction(0)) - (before.value or Fraction(0))
    direction = _direction(change, self.language)
    if not plan.percent:
        high, low = (now, before) if change >= 0 else (before, now)
        result = compute.difference(high, low)
        text = self.say(
            "growth_count",
            items=self.items([before, now]),
            direction=direction,
            value=result.shown,
            unit=self.unit(result.unit),
            formula=_formula(result),
        )
    else:
        if before.value == 0:
            text = self.say("zero_whole", whole_name=self.item(before))
            return Draft(Kind.ABSTAIN, text, figures=_figures([now, before]), reason="zero-whole")
        result = compute.growth(now, before)
        text = self.say(
            "growth",
            items=self.items([before, now]),
            direction=direction,
            value=result.shown.lstrip("-"),
            formula=_formula(result),
        )
    return Draft(
        Kind.COMPARE, text, (self.computed(result, "growth", now),), _figures([before, now], result)
    )


def _direction(change: Fraction, language: str) -> str:
    if language == "en":
        return "an increase" if change >= 0 else "a decrease"
    return "增长" if change >= 0 else "下降"


def _rank(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    looked = self.looked(plan, scope)
    if len(looked) < 2:
        return Draft(Kind.CLARIFY, self.say("mismatch"), reason="rank-of-what")
    ordered = sorted(looked, key=lambda one: one.value or Fraction(0), reverse=not plan.least)
    best = [one for one in ordered if one.value == ordered[0].value]
    across = len(scope.pairs) > 1
    names = "、".join(
        f"{one.report.year}年{one.report.issuer}"
        if across and one.report
        else self.name(one.operand)
        for one in best
    )
    extreme = ("最少" if plan.least else "最多")[1:]
    if self.language == "en":
        extreme = "lowest" if plan.least else "highest"
    text = self.say(
        "rank",
        year="、".join(map(str, scope.years)),
        issuer="、".join(scope.issuers),
        extreme=extreme,
        name=names,
        value=decimal_text(best[0].value or Fraction(0)),
        unit=self.unit(best[0].unit),
        items=separator(self.language).join(
            f"{self.name(o.operand)} {decimal_text(o.value or Fraction(0))}" for o in ordered
        )
        if not across
        else self.items(ordered),
    )
    return Draft(Kind.RANK, text, (self.value(best[0]),), _figures(ordered))


def _compare(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    if len(plan.operands) * len(scope.pairs) > 2:
        return _rank(self, plan, scope)
    a, b = _two(self, plan, scope)
    values = (self.value(a), self.value(b))
    if a.value == b.value:
        text = self.say("compare_equal", items=self.items([a, b]))
        return Draft(Kind.COMPARE, text, values, _figures([a, b]))
    high, low = (a, b) if (a.value or 0) > (b.value or 0) else (b, a)
    result = compute.difference(high, low)
    across = len(scope.pairs) > 1 and high.report is not None
    winner = self.name(high.operand)
    if across and high.report is not None:
        winner = f"{high.report.issuer}" if len(scope.issuers) > 1 else f"{high.report.year}年"
    text = self.say(
        "compare",
        items=self.items([a, b]),
        winner=winner,
        value=result.shown,
        unit=self.unit(result.unit),
        formula=_formula(result),
    )
    return Draft(Kind.COMPARE, text, values, _figures([a, b], result))


def _verify(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    """Does a number in the question agree with the tables, and with the report's own words?"""
    if plan.whole is not None:
        base = _share(self, replace(plan, operation=Operation.SHARE), scope)
    else:
        base = _lookup(self, replace(plan, operation=Operation.LOOKUP), scope)
    if not base.values:
        return base
    stated = [Decimal(v.value) for v in base.values]
    right = all(_agrees(claim, stated) for claim in plan.claims)
    stated_text = base.text.split("\n")[0].rstrip("。.")
    if right:
        text = self.say("verify_right", items=stated_text)
        return replace(base, text=text, kind=base.kind)
    claim = "、".join(str(c) for c in plan.claims)
    rest = "\n".join(base.text.split("\n")[1:])
    text = "\n".join(
        t for t in (self.say("verify_wrong", claim=claim, items=stated_text), rest) if t
    )
    return replace(base, kind=Kind.CONFLICT, text=text)


def _agrees(claim: Decimal, values: list[Decimal]) -> bool:
    """A claim agrees with a value that rounds, half up, to its own number of decimals."""
    exponent = claim.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return any(compute.rounded(Fraction(v), places) == decimal_text(claim) for v in values)


def _exists(self: TableAnswerer, plan: Plan, scope: Scope) -> Draft:
    draft = _lookup(self, plan, scope)
    if not draft.values:
        return draft
    name = "exists_no" if all(Decimal(v.value) == 0 for v in draft.values) else "exists_yes"
    return replace(draft, text=self.say(name, sentence=draft.text))


_OPERATIONS: dict[Operation, Callable[[TableAnswerer, Plan, Scope], Draft]] = {
    Operation.LOOKUP: _lookup,
    Operation.LIST: _lookup,
    Operation.TREND: _lookup,
    Operation.SUM: _sum,
    Operation.SHARE: _share,
    Operation.DIFFERENCE: _difference,
    Operation.RATIO: _ratio,
    Operation.AVERAGE: _average,
    Operation.GROWTH: _growth,
    Operation.RANK: _rank,
    Operation.COMPARE: _compare,
    Operation.VERIFY: _verify,
    Operation.EXISTS: _exists,
}
