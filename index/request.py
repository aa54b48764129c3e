"""A look-up with its arguments given one by one, as tools and programs ask: no question to read."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Literal

from index.answer import Answer, Kind, Understood
from index.draft import Draft
from index.naming import Naming, Unnamed
from index.plan.catalogue import Catalogue
from index.plan.plan import Operand, Operation, Plan
from index.plan.scope import Scope
from index.plan.words import fold
from index.store.store import Store
from index.tables import TableAnswerer
from index.write.phrases import in_language, language_of, phrase
from ingest.words import Concepts

_NO_WHOLE = {
    False: "“{name}”没有现成的总计可作分母，请用 whole 给出另一行。",
    True: "{name} has no total of its own to divide by; name another row as whole.",
}

RequestOperation = Literal["lookup", "share", "growth", "change"]


@dataclass(frozen=True, slots=True)
class Request:
    """One figure to look up, or one computed from it.

    `row` and `column` are concept keys (`t3.received`, `enterprise`), labels of the form, or
    everyday words; without a column the row's total is meant. A share divides by the total of the
    row `whole` (without it: a row by its whole, a column by its row's total). `growth` (percent)
    and `change` (difference) compare with the year `against`, without it the year before.
    """

    issuer: str
    year: int
    row: str
    column: str | None = None
    operation: RequestOperation = "lookup"
    whole: str | None = None
    against: int | None = None

    @property
    def text(self) -> str:
        """The request as a line of words, for the answer's `question`."""
        parts = (self.issuer, self.year, self.row, self.column, self.operation, self.whole)
        against = "" if self.against is None else f" against {self.against}"
        return " ".join(str(p) for p in parts if p) + against


@dataclass(frozen=True)
class RequestAnswerer:
    """Answers requests over the reports of one catalogue. Same store, same request, same answer."""

    store: Store
    concepts: Concepts
    catalogue: Catalogue
    naming: Naming

    def answer(self, request: Request) -> Answer:
        """The answer; what the reports do not hold is an abstention that says what there is."""
        began = time.perf_counter()
        language = language_of(f"{request.issuer}{request.row}{request.column or ''}")
        try:
            draft = self._draft(request, language)
        except Unnamed as unnamed:
            draft = self._unnamed(unnamed, language)
        return Answer(
            question=request.text,
            answer=in_language(draft.text, language),
            kind=draft.kind,
            values=draft.values if draft.answered else (),
            figures=draft.figures,
            citations=draft.citations,
            findings=draft.findings,
            reason=draft.reason,
            understood=draft.understood,
            elapsed_ms=(time.perf_counter() - began) * 1000,
        )

    def _draft(self, request: Request, language: str) -> Draft:
        found = self.issuers(request.issuer)
        if len(found) > 1:
            text = phrase("which_issuer", language, available=self._available(found))
            return Draft(Kind.CLARIFY, text, reason="which-issuer")
        issuer = found[0] if found else request.issuer
        years = [request.year]
        if request.operation in ("growth", "change"):
            years.append(request.year - 1 if request.against is None else request.against)
        absent = [y for y in years if (issuer, y) not in self.catalogue.reports]
        if absent:
            text = phrase(
                "no_report",
                language,
                issuer=issuer,
                years="、".join(map(str, absent)),
                available=self._available(found or self.catalogue.issuers),
            )
            understood = Understood((issuer,), tuple(years), (), "none", "")
            return Draft(Kind.ABSTAIN, text, reason="no-report", understood=understood)
        answerer = TableAnswerer(self.store, self.concepts, self.catalogue, language)
        draft = answerer.answer(self._plan(request), Scope((issuer,), (request.year,)))
        units = {f.unit for f in draft.figures if f.formula is None}
        if request.operation == "share" and len(units) > 1:
            text = phrase("mismatch", language)
            return Draft(Kind.ABSTAIN, text, reason="unit", understood=draft.understood)
        return draft

    def _plan(self, request: Request) -> Plan:
        operand = self.naming.cell(request.row, request.column)
        match request.operation:
            case "lookup":
                return Plan(Operation.LOOKUP, (operand,))
            case "share":
                whole = self._whole(operand, request.whole)
                return Plan(Operation.SHARE, (operand,), whole=whole)
            case "growth" | "change":
                percent = request.operation == "growth"
                return Plan(Operation.GROWTH, (operand,), percent=percent, against=request.against)

    def _whole(self, operand: Operand, row: str | None) -> Operand:
        subject = self.concepts.subject_by_key[operand.subject]
        if row is not None and row.strip():
            try:
                whole = self.naming.cell(row)
            except Unnamed as unnamed:
                if unnamed.reason != "no-column" or unnamed.subject is None:
                    raise
                # a row without a total is divided by in the same column
                whole = self.naming.cell(unnamed.subject, operand.member)
        elif subject.default is not None and operand.member != subject.default:
            whole = replace(operand, member=subject.default)
        elif subject.default is not None and subject.whole not in (None, subject.key):
            whole = Operand(subject.whole or "", subject.default)
        else:
            raise Unnamed("no-whole", subject.name)
        if whole == operand:
            raise Unnamed("no-whole", subject.name)
        return whole

    def issuers(self, name: str) -> tuple[str, ...]:
        """The issuers that a name may mean; none where it is unknown."""
        if name in self.catalogue.issuers:
            return (name,)
        return self.catalogue.names.get(fold(name), ())

    def _available(self, issuers: tuple[str, ...]) -> str:
        return "；".join(f"{i}（{'、'.join(map(str, self.catalogue.years(i)))}）" for i in issuers)

    def _unnamed(self, unnamed: Unnamed, language: str) -> Draft:
        english = language == "en"
        if unnamed.reason == "no-column" and unnamed.subject is not None:
            subject = self.concepts.subject_by_key[unnamed.subject]
            members = [
                self.concepts.member_by_key[(subject.table, key)]
                for key in self.naming.columns(subject.key)
            ]
            name = subject.english if english else subject.name
            available = "、".join(m.english if english else m.name for m in members)
            text = phrase("no_column", language, name=name, available=available)
            return Draft(Kind.CLARIFY, text, reason=unnamed.reason)
        if unnamed.reason == "no-whole":
            text = _NO_WHOLE[english].format(name=unnamed.words)
            return Draft(Kind.CLARIFY, text, reason=unnamed.reason)
        names = "、".join(s.english if english else s.name for s in self.concepts.subjects)
        text = phrase("unknown", language, words=unnamed.words, scope=names)
        return Draft(Kind.ABSTAIN, text, reason=unnamed.reason)
