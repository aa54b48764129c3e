"""Looking figures up and wording them: what all operations on tables share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from index.answer import Citation, FigureRef, Kind, Notice, Understood, Value
from index.compute import Computed, total
from index.draft import Draft, cite
from index.lookup import Lack, Looked, decimal_text, look_up
from index.plan.catalogue import Catalogue
from index.plan.plan import Operand, Plan
from index.plan.scope import Scope
from index.store.store import ReportSummary, Store
from index.write.phrases import phrase, separator, unit_word
from ingest.model import Finding
from ingest.words import Concepts


class Refused(Exception):
    """Inside this package: there is no answer, and this draft says why."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.text)
        self.draft = draft


@dataclass(frozen=True)
class TableDesk:
    """Looks figures up and words them, on one store and in one language."""

    store: Store
    concepts: Concepts
    catalogue: Catalogue
    language: str

    def understood(self, plan: Plan, scope: Scope) -> Understood:
        """What the plan takes the question to mean."""
        names = [self.name(o) for o in plan.operands]
        if plan.whole is not None:
            names.append("÷ " + " + ".join(map(self.name, (plan.whole, *plan.more_whole))))
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
            raise Refused(self._lack(found[0], issuer, year))
        if len({f.value for f in with_value}) > 1:
            raise Refused(self._disagree(with_value, issuer, year))
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

    def check_comparable(self, looked: list[Looked]) -> None:
        """Refuse where figures differ in unit, or are not apart."""
        self.check_units(looked)
        self.check_apart(looked)

    def check_units(self, looked: list[Looked]) -> None:
        """Refuse where figures differ in unit: 元 and 万元 are not divided by each other."""
        if len({one.unit for one in looked}) > 1:
            raise Refused(
                Draft(
                    Kind.ABSTAIN,
                    self.say("mismatch"),
                    figures=figures_of(looked),
                    reason="not-comparable",
                )
            )

    def check_apart(self, looked: list[Looked]) -> None:
        """Refuse where one report's figures hold those of another."""
        holders = [
            a.report.issuer or ""
            for a in looked
            for b in looked
            if a.report is not None and b.report is not None and holds(a.report, b.report)
        ]
        if holders:
            names = "、".join(dict.fromkeys(holders))
            text = self.say("overlap", names=names, items=self.items(looked))
            raise Refused(
                Draft(Kind.ABSTAIN, text, figures=figures_of(looked), reason="coverage-overlaps")
            )

    def added(self, looked: list[Looked]) -> Looked:
        """The sum of figures of one report, as one figure."""
        self.check_comparable(looked)
        sum_ = total(looked)
        figures = figures_of(looked, sum_)
        return replace(looked[0], value=sum_.value, main=sum_.figure.id, figures=figures, text=None)

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
            unit=self.unit_of(looked),
        )

    def unit_of(self, looked: Looked) -> str:
        """The unit of a figure in the reader's language: documents are no cases."""
        if (
            self.language == "en"
            and looked.unit == "件"
            and looked.operand.subject.startswith("t2")
        ):
            return "items"
        return self.unit(looked.unit)

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
            "unit": self.unit_of(looked),
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
                if f.sentence is not None and concerns(f, one, share=share)
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
                if concerns(finding, one, share=share):
                    out.append(Notice(finding.code, finding.text))
        return tuple(dict.fromkeys(out))

    def with_findings(self, text: str, notices: tuple[Notice, ...]) -> str:
        """The answer followed by what contradicts it."""
        return "".join([text, *(self.say("finding", text=n.text) for n in notices)])


def holds(whole: ReportSummary, part: ReportSummary) -> bool:
    """Whether a report's figures hold another issuer's: a city's, those of its districts.

    A report that says that it is of its issuer alone holds nobody else's.
    """
    a, b = whole.issuer or "", part.issuer or ""
    return bool(a) and a != b and b.startswith(a) and whole.coverage != "本机关"


def concerns(finding: Finding, looked: Looked, *, share: bool) -> bool:
    """Whether a finding of the checks is about the figures that were looked up; `share`: a share was asked for."""
    if finding.code == "identity":
        return any(r.key in finding.figures for r in looked.figures if r.formula is None) and (
            finding.state == "fails" or looked.figures[-1].formula is not None
        )
    stated_share = (finding.stated or "").endswith("%")
    return finding.concept == looked.operand.concept and stated_share == share


def figures_of(looked: list[Looked], *computed: Computed) -> tuple[FigureRef, ...]:
    """The sources of an answer, each once: the cells that were looked up, then what was computed."""
    refs = {r.id: r for one in looked for r in one.figures}
    return (*refs.values(), *(c.figure for c in computed))


def formula_text(computed: Computed) -> str:
    """The shown formula of a computed figure, empty where it has none."""
    return computed.figure.formula.text if computed.figure.formula else ""
