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
from index.plan.scope import MOST_COMPARED, Scope
from index.plan.words import fold
from index.store.store import Store
from index.tables import TableAnswerer
from index.write.phrases import in_language, language_of, phrase
from ingest.words import Concepts

_NO_WHOLE = {
    False: "“{name}”没有现成的总计可作分母，请用 whole 给出另一行。",
    True: "{name} has no total of its own to divide by; name another row as whole.",
}

RequestOperation = Literal[
    "lookup", "sum", "share", "difference", "ratio", "average", "growth", "change", "compare",
    "rank", "trend", "count_zero", "count_nonzero",
]  # fmt: skip
Over = Literal["columns", "rows", "years", "issuers"]
Per = Literal["month", "quarter", "day", "year"]
_DIVISORS: dict[Per, int | None] = {"month": 12, "quarter": 4, "day": 0, "year": None}
_CHANGES = ("growth", "change")


@dataclass(frozen=True, slots=True)
class Cell:
    """One more figure of a request; issuer and year are the request's where they are not given."""

    row: str
    column: str | None = None
    issuer: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One figure to look up, or one computed from it and others.

    `row` and `column` are concept keys (`t3.received`, `enterprise`), labels of the form, or
    everyday words; without a column the row's total is meant. `more` are the other figures of a sum,
    a difference, a ratio (the first by the second), a comparison, a ranking or a list. A share
    divides by the total of the row `whole` (without it: a row by its whole, a column by its row's
    total). `growth` (percent) and `change` (difference) compare with the year `against`, without it
    the year before. `over` ranks, counts, adds or lists the columns of a row, the kinds that a row is
    made of, the years or the issuers that there are; `trend` goes over the years from `against` on.
    `top` places of a ranking are given, from the `least` up where that is asked. An average is `per`
    month, quarter or day, or per year over the years.
    """

    issuer: str
    year: int
    row: str
    column: str | None = None
    operation: RequestOperation = "lookup"
    whole: str | None = None
    against: int | None = None
    more: tuple[Cell, ...] = ()
    over: Over | None = None
    top: int = 1
    least: bool = False
    per: Per = "month"

    @property
    def text(self) -> str:
        """The request as a line of words, for the answer's `question`."""
        parts = (self.issuer, self.year, self.row, self.column, self.operation, self.whole)
        against = "" if self.against is None else f" against {self.against}"
        over = "" if self.over is None else f" over {self.over}"
        more = "".join(
            f", {' '.join(str(p) for p in (c.issuer, c.year, c.row, c.column) if p)}"
            for c in self.more
        )
        return " ".join(str(p) for p in parts if p) + more + against + over


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
        request = _readable(request)
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
        wanted = self._places(request)
        for name, years in wanted.items():
            found = self.issuers(name)
            if len(found) > 1:
                text = phrase("which_issuer", language, available=self._available(found))
                return Draft(Kind.CLARIFY, text, reason="which-issuer")
            issuer = found[0] if found else name
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
        scope = self._scope(request)
        if len(scope.pairs) > MOST_COMPARED:
            text = phrase("too_many", language, count=len(scope.pairs), most=MOST_COMPARED)
            return Draft(Kind.CLARIFY, text, reason="too-many")
        answerer = TableAnswerer(self.store, self.concepts, self.catalogue, language)
        draft = answerer.answer(self._plan(request), scope)
        units = {f.unit for f in draft.figures if f.formula is None}
        if request.operation == "share" and len(units) > 1:
            text = phrase("mismatch", language)
            return Draft(Kind.ABSTAIN, text, reason="unit", understood=draft.understood)
        return draft

    def _places(self, request: Request) -> dict[str, list[int]]:
        """The years that are asked of each issuer, by the name that the request gives it."""
        years = [request.year]
        if request.operation in _CHANGES:
            years.append(request.year - 1 if request.against is None else request.against)
        out = {request.issuer: years}
        for cell in request.more:
            of = out.setdefault(request.issuer if cell.issuer is None else cell.issuer, [])
            of.append(request.year if cell.year is None else cell.year)
        return out

    def _scope(self, request: Request) -> Scope:
        issuer, year = self._one(request.issuer), request.year
        pairs = [(issuer, year)]
        pairs += [(o.issuer or issuer, o.year or year) for o in self._more(request)]
        if request.over == "years" or request.operation == "trend":
            first = request.against
            years = [y for y in self.catalogue.years(issuer) if y <= year]
            pairs = [(issuer, y) for y in years if first is None or y >= first]
        elif request.over == "issuers":
            pairs += [
                (i, year) for i in self.catalogue.issuers if (i, year) in self.catalogue.reports
            ]
        given = tuple(dict.fromkeys(pairs))
        issuers, years_ = (tuple(dict.fromkeys(x)) for x in zip(*given, strict=True))
        return Scope(issuers, years_, given=given)

    def _one(self, name: str) -> str:
        found = self.issuers(name)
        return found[0] if found else name

    def _more(self, request: Request) -> list[Operand]:
        """The other figures, each of its own issuer and year."""
        return [
            replace(
                self.naming.cell(cell.row, cell.column),
                issuer=self._one(request.issuer if cell.issuer is None else cell.issuer),
                year=request.year if cell.year is None else cell.year,
            )
            for cell in request.more
        ]

    def _operands(self, request: Request) -> tuple[Operand, ...]:
        """The figures of a request in order; the first is of the request's own issuer and year."""
        first = self.naming.cell(request.row, request.column)
        if request.over == "columns":
            return tuple(replace(first, member=m) for m in self.naming.columns(first.subject)
                         if m != "total")  # fmt: skip
        if request.over == "rows":
            kinds = self.concepts.subject_by_key[first.subject].kinds
            if not kinds:
                raise Unnamed("no-row", request.row)
            return tuple(replace(first, subject=key) for key in kinds)
        if not request.more:
            return (first,)
        own = replace(first, issuer=self._one(request.issuer), year=request.year)
        return (own, *self._more(request))

    def _plan(self, request: Request) -> Plan:
        operands = self._operands(request)
        match request.operation:
            case "lookup":
                return Plan(Operation.LIST if len(operands) > 1 else Operation.LOOKUP, operands)
            case "share":
                whole = self._whole(operands[0], request.whole)
                return Plan(Operation.SHARE, operands, whole=whole, together=True)
            case "growth" | "change":
                percent = request.operation == "growth"
                return Plan(Operation.GROWTH, operands, percent=percent, against=request.against)
            case "sum":
                return Plan(Operation.SUM, operands)
            case "difference":
                return Plan(Operation.DIFFERENCE, operands)
            case "ratio":
                return Plan(Operation.RATIO, operands)
            case "compare":
                return Plan(Operation.COMPARE, operands)
            case "trend":
                return Plan(Operation.TREND, operands)
            case "average":
                if request.per == "year":
                    return Plan(Operation.AVERAGE, operands, across_years=True)
                return Plan(Operation.AVERAGE, operands, divisor=_DIVISORS[request.per])
            case "rank":
                return Plan(Operation.RANK, operands, least=request.least, top=request.top)
            case "count_zero" | "count_nonzero":
                return Plan(Operation.COUNT, operands, zero=request.operation == "count_zero")

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


def whole_letters(text: str) -> str:
    """`text` without half letters (a lone surrogate of a shell or of JSON): they cannot be printed."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _readable(request: Request) -> Request:
    def read(text: str | None) -> str | None:
        return None if text is None else whole_letters(text)

    return replace(
        request,
        issuer=whole_letters(request.issuer),
        row=whole_letters(request.row),
        column=read(request.column),
        whole=read(request.whole),
        more=tuple(
            replace(c, row=whole_letters(c.row), column=read(c.column), issuer=read(c.issuer))
            for c in request.more
        ),
    )
