"""A question in, an answer out: asks understood, routed to tables or prose, joined and said."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.answer import Answer, Kind, Question, Understood, Value
from index.draft import Draft, cite, join
from index.lookup import decimal_text, figure_ref
from index.narrative import Quoted, find_text
from index.plan.catalogue import Catalogue
from index.plan.lexicon import Token
from index.plan.plan import Operation, Understanding
from index.plan.scope import Scope, resolve
from index.plan.understand import Planner
from index.prose import ProseFigure, find_figure, growth_of
from index.retrieve.focus import Focus, focus_of, followed
from index.retrieve.passages import PassageRetriever
from index.retrieve.texts import ReportText, TextCache
from index.store.store import Store
from index.tables import TableAnswerer
from index.write.phrases import in_language, language_of, phrase, unit_word
from ingest.normalise import clean, readable
from ingest.words import Concepts

_PART_OF_YEAR = re.compile(r"季度|半年|月份|\d月|[一二三四五六七八九十]月|旬")
#: what a bare 企业呢 asks again of another figure
_REPEATED = (Operation.SHARE, Operation.AVERAGE, Operation.GROWTH)
#: an ask like this names no one figure, and a follow-up must not forget it
_LIMITS = ("negation", "place-in-order", "unclear", "bound", "quantifier", "except")
_MOST_TURNS = 12  # earlier turns than these are not read
_FALLS = ("下降", "减少", "降幅", "跌", "下滑", "降", "fell", "decrease")
_RISES = ("增长", "上升", "增加", "涨", "上涨", "增幅", "rose", "increase", "升")


@dataclass(frozen=True)
class _Ask:
    """One ask with everything that its answer needs.

    `restricted`: it is limited to something that is no issuer of the store (a county, a quarter);
    `leans`: it takes its issuer or its figure from a restricted ask before it.
    """

    tokens: tuple[Token, ...]
    meant: Understanding
    scope: Scope
    focus: Focus
    restricted: bool = False
    leans: bool = False


class Answerer:
    """Answers questions over the reports of one catalogue at one revision of the store."""

    def __init__(
        self,
        store: Store,
        concepts: Concepts,
        catalogue: Catalogue,
        planner: Planner,
        texts: TextCache,
        retriever: PassageRetriever,
        revision: int,
    ) -> None:
        self._store = store
        self._concepts = concepts
        self._catalogue = catalogue
        self._planner = planner
        self._texts = texts
        self._retriever = retriever
        self._revision = revision

    def answer(self, question: Question) -> Answer:
        """The answer; what the reports do not hold is an abstention, never an exception."""
        began = time.perf_counter()
        language = language_of(question.text)
        if not self._catalogue.issuers:
            draft = Draft(Kind.ABSTAIN, phrase("empty_store", language), reason="empty-store")
        else:
            draft = self._draft(question, language)
        return Answer(
            question=question.text,
            answer=in_language(draft.text, language),
            kind=draft.kind,
            values=draft.values if draft.answered else (),
            figures=draft.figures,
            citations=draft.citations,
            findings=draft.findings,
            reason=draft.reason,
            understood=draft.understood,
            elapsed_ms=(time.perf_counter() - began) * 1000,
            id=question.id,
        )

    def _draft(self, question: Question, language: str) -> Draft:
        context = self._context(question)
        asks = self._asks(question.text, context)
        if not asks:
            text = phrase("not_found", language, scope=self._available())
            return Draft(Kind.ABSTAIN, text, reason="nothing-asked")
        drafts = [self._one(ask, question.text, language) for ask in asks]
        failed = [d for d in drafts if not d.answered]
        if not failed or len(drafts) == 1:
            return join(drafts)
        answered = [d for d in drafts if d.answered]
        if not answered:
            return failed[0]
        text = phrase(
            "partial",
            language,
            missing="".join(d.text for d in failed),
            answered="".join(d.text for d in answered),
        )
        return replace(join([failed[0], *answered]), kind=failed[0].kind, text=text, values=(),
                       reason=failed[0].reason)  # fmt: skip

    def _context(self, question: Question) -> _Ask | None:
        """The last ask of the user's earlier turns, itself understood in its own context."""
        ask: _Ask | None = None
        for turn in [t for t in question.dialogue if t.role == "user"][-_MOST_TURNS:]:
            asks = self._asks(turn.content, ask)
            if asks:
                ask = asks[-1]
        return ask

    def _asks(self, text: str, context: _Ask | None) -> list[_Ask]:
        out: list[_Ask] = []
        before = context
        for tokens in self._planner.asks(text):
            meant = self._planner.understand(tokens, before.meant if before else None)
            plan = meant.plan
            fresh = meant.unknown or meant.reason in _LIMITS
            if before is not None and not fresh and out == [] and not _operates(tokens):
                # 那宿迁呢, 前一年呢: nothing new is named, so the operation before is meant too
                old = before.meant.plan
                if old is not None and not _own_words(tokens):
                    plan = replace(old, issuers=meant.issuers, years=meant.years)
                    meant = replace(meant, plan=plan, number=True)
            if before is not None and plan is not None and not _operates(tokens):
                # 自然人占几成？企业呢: the same is asked of another figure
                old = before.meant.plan
                again = old is not None and old.operation in _REPEATED
                if again and old is not None and _asks_nothing(tokens, meant):
                    plan = replace(old, operands=plan.operands)
                    meant = replace(meant, plan=plan, number=True)
            scope = resolve(
                meant,
                self._catalogue,
                before.scope if before else None,
                last_year=any(t.has("last_year") for t in tokens) and not meant.growth,
                next_year=any(t.has("next_year") for t in tokens) and not meant.years,
            )
            inherited = before.focus if before and (out or not meant.plan) else None
            focus = focus_of(tokens, inherited, self._occurs_in(scope))
            if before is not None and not out and meant.unknown and _asks_nothing(tokens, meant):
                # 那泗洪县呢: what was asked before is asked of something else
                was = before.meant
                meant = replace(
                    meant, number=was.number, unit=was.unit, growth=was.growth, share=was.share
                )
                focus = followed(focus, before.focus)
            named = bool(meant.issuers) and _own_words(tokens)
            leans = before is not None and before.restricted and not named
            limited = _limits(tokens, meant, focus)
            before = _Ask(tokens, meant, scope, focus, limited or leans, leans)
            out.append(before)
        return out

    def _occurs_in(self, scope: Scope) -> Callable[[str], bool]:
        pairs = scope.pairs or tuple(self._catalogue.reports)
        ids = [r.id for pair in pairs for r in self._catalogue.reports.get(pair, ())]
        return lambda word: self._store.occurs(word, ids)

    # ── one ask ────────────────────────────────────────────────────────────

    def _one(self, ask: _Ask, question: str, language: str) -> Draft:
        scope = ask.scope
        if ask.meant.elsewhere:
            text = phrase(
                "elsewhere",
                language,
                places="、".join(ask.meant.elsewhere),
                available=self._available(),
            )
            return Draft(Kind.ABSTAIN, text, reason="no-report")
        if scope.problem == "no-report":
            return self._no_report(scope, language)
        plan = ask.meant.plan
        if ask.leans and (plan is not None or not ask.focus.unknown):
            return Draft(Kind.ABSTAIN, phrase("restricted", language), reason="restricted")
        if plan is not None:
            if scope.problem == "which-issuer":
                text = phrase("which_issuer", language, available=self._available())
                return Draft(Kind.CLARIFY, text, reason="which-issuer")
            answerer = TableAnswerer(self._store, self._concepts, self._catalogue, language)
            draft = answerer.answer(plan, scope)
            if draft.reason == "no-year-before":
                return self._growth_in_prose(ask, answerer, language)
            return self._with_year_note(draft, scope, language)
        return self._prose(ask, question, language)

    def _prose(self, ask: _Ask, question: str, language: str) -> Draft:
        texts = self._report_texts(ask)
        meant = ask.meant
        if meant.reason in _LIMITS or _blocks_prose(ask.tokens):
            name = "unclear_name" if meant.reason == "unclear" else "blocked"
            return Draft(Kind.ABSTAIN, phrase(name, language), reason=meant.reason or "blocked")
        if (
            meant.reason in ("no-column", "row-and-column", "unit", "which-issuer")
            and not meant.unknown
        ):
            return self._named_but_absent(ask, language)
        if meant.number and (not ask.focus.unknown or _computes(ask.tokens)):
            # every word names something of the tables, which do not have it: prose must not guess,
            # and what prose says is not computed with
            return self._nothing(ask, texts, language)
        if ask.focus.unknown and (not _asks_text(ask.tokens) or meant.number):
            figure = self._figure(ask, texts)
            if figure is not None:
                wrong_way = _premise(ask.tokens, figure)
                if wrong_way is not None:
                    return self._false_premise(figure, wrong_way, language)
                return self._quote_figure(figure, ask, language)
            if meant.number:
                return self._nothing(ask, texts, language)
        quoted = find_text(texts, ask.focus, clean(question), self._retriever)
        if quoted is not None and _contradicts(ask.tokens, quoted):
            asked = "下降" if any(t.text.startswith(_FALLS) for t in ask.tokens) else "增长"
            return self._false_premise_text(quoted, asked, language)
        if quoted is None:
            return self._nothing(ask, texts, language)
        return self._quote(quoted, ask, language)

    def _figure(self, ask: _Ask, texts: list[ReportText]) -> ProseFigure | None:
        meant = ask.meant
        return find_figure(
            texts,
            ask.focus,
            meant.unit,
            growth=meant.growth,
            share=meant.share and not meant.growth,
        )

    def _report_texts(self, ask: _Ask) -> list[ReportText]:
        """The reports to read: the ask's own, or all of the newest where none is named."""
        scope = ask.scope
        if scope.problem is None:
            pairs = list(scope.pairs)
        else:
            years = set(ask.meant.years)
            pairs = [p for p in self._catalogue.reports if not years or p[1] in years]
            found = self._retriever.search(
                ask.focus.text, [r.id for p in pairs for r in self._catalogue.reports[p]], 20
            )
            near = {h.passage.report_id for h in found}
            pairs = [p for p in pairs if any(r.id in near for r in self._catalogue.reports[p])]
        reports = [r for pair in pairs for r in self._catalogue.reports.get(pair, ())[:1]]
        return [self._texts.get(r, self._revision) for r in reports]

    def _growth_in_prose(self, ask: _Ask, answerer: TableAnswerer, language: str) -> Draft:
        """Growth without the report of the year before: only what a sentence says of it."""
        plan = ask.meant.plan
        assert plan is not None
        subject = self._concepts.subject_by_key[plan.operands[0].subject]
        names = [w for w in subject.words if len(w) >= 2 and not w.isascii()]
        if subject.key == "t3.received":
            names = ["申请"]
        candidates = []
        for text in self._report_texts(ask):
            for index, figures in text.figures.items():
                sentence = text.sentences[index]
                for i, figure in enumerate(figures):
                    made = growth_of(text, sentence, figures, i, names)
                    if made is not None and (plan.percent == (figure.unit == "%")):
                        candidates.append(made)
        values = {(c.figure.value, c.falls) for c in candidates}
        plain = plan.operands[0].member == (subject.default or "")
        if len(values) != 1 or not plain:
            pairs = tuple((i, y - 1) for i, y in ask.scope.pairs)
            missing = Scope(ask.scope.issuers, (pairs[-1][1],), problem="no-report",
                            missing_years=(pairs[-1][1],))  # fmt: skip
            return replace(
                self._no_report(missing, language),
                understood=answerer.understood(plan, ask.scope),
            )
        found = candidates[0]
        wrong_way = _premise(ask.tokens, found)
        if wrong_way is not None:
            return self._false_premise(found, wrong_way, language)
        draft = self._quote_figure(found, ask, language)
        said = phrase(
            "growth_prose",
            language,
            year=found.text.report.year,
            issuer=found.text.report.issuer,
            sentence=f"“{readable(found.sentence.printed)}”",
        )
        return replace(draft, text=said, understood=answerer.understood(plan, ask.scope))

    # ── drafts ─────────────────────────────────────────────────────────────

    def _quote_figure(self, found: ProseFigure, ask: _Ask, language: str) -> Draft:
        report, figure = found.text.report, found.figure
        citation = cite(found.text.report, found.sentence)
        ref = figure_ref(figure, report, {})
        written = figure.text
        if figure.qualifier and figure.qualifier not in written:
            at = found.sentence.text.find(figure.qualifier + written)
            written = figure.qualifier + written if at >= 0 else written + figure.qualifier
        text = phrase(
            "prose",
            language,
            year=report.year,
            issuer=report.issuer,
            value=written,
            unit=unit_word(figure.unit, language) if language == "en" else figure.unit or "",
            sentence=readable(found.sentence.printed),
        )
        value = Value(
            decimal_text(figure.value) if figure.value is not None else "",
            figure.unit,
            f"{figure.text}{figure.unit or ''}",
            "prose",
            figure.qualifier,
            report.issuer,
            report.year,
        )
        understood = self._understood(ask, "lookup", (report.issuer,), (report.year,))
        return Draft(Kind.LOOKUP, text, (value,), (ref,), (citation,), understood=understood)

    def _quote(self, quoted: Quoted, ask: _Ask, language: str) -> Draft:
        report = quoted.text.report
        body = "".join(readable(s.printed) for s in quoted.sentences)
        if quoted.items:
            body = "\n" + "\n".join(f"{i}. {item}" for i, item in enumerate(quoted.items, 1))
        text = phrase("narrative", language, year=report.year, issuer=report.issuer, text=body)
        understood = self._understood(ask, "narrative", (report.issuer,), (report.year,))
        citations = tuple(cite(quoted.text.report, s) for s in quoted.sentences)
        return Draft(Kind.NARRATIVE, text, citations=citations, understood=understood)

    def _false_premise(self, found: ProseFigure, asked: str, language: str) -> Draft:
        stated = (
            "下降" if found.falls else "增长"
        ) + f" {found.figure.text}{found.figure.unit or ''}"
        text = phrase(
            "false_premise",
            language,
            asked=asked,
            stated=stated,
            sentence=f"“{readable(found.sentence.printed)}”",
        )
        return Draft(
            Kind.ABSTAIN, text, citations=(cite(found.text.report, found.sentence),),
            reason="false-premise",
        )  # fmt: skip

    def _false_premise_text(self, quoted: Quoted, asked: str, language: str) -> Draft:
        stated = "增长" if asked == "下降" else "下降"
        body = "".join(readable(s.printed) for s in quoted.sentences)
        text = phrase("false_premise", language, asked=asked, stated=stated, sentence=f"“{body}”")
        citations = tuple(cite(quoted.text.report, s) for s in quoted.sentences)
        return Draft(Kind.ABSTAIN, text, citations=citations, reason="false-premise")

    def _nothing(self, ask: _Ask, texts: list[ReportText], language: str) -> Draft:
        unknown = [u for u in ask.focus.unknown if not _occurs(u, texts)]
        scope = "、".join(f"{t.report.year}年{t.report.issuer}" for t in texts) or self._available()
        if unknown:
            text = phrase("unknown", language, words="”“".join(unknown), scope=scope)
        elif ask.focus.unknown:
            words = "”“".join(ask.focus.unknown)
            text = phrase("not_certain", language, words=words, scope=scope)
        else:
            text = phrase("not_found", language, scope=scope)
        return Draft(
            Kind.ABSTAIN, text, reason="not-in-reports",
            understood=self._understood(ask, "none", ask.scope.issuers, ask.scope.years),
        )  # fmt: skip

    def _named_but_absent(self, ask: _Ask, language: str) -> Draft:
        meant = ask.meant
        if meant.reason == "no-column" and meant.concepts:
            subject = self._concepts.subject_by_key[meant.concepts[0]]
            members = [
                m for m in self._concepts.members
                if m.table == subject.table and m.key in ("made", "repealed", "in_force")
            ]  # fmt: skip
            available = "、".join(m.english if language == "en" else m.name for m in members)
            name = subject.english if language == "en" else subject.name
            text = phrase("no_column", language, name=name, available=available)
            return Draft(Kind.CLARIFY, text, reason="no-column")
        if meant.reason == "unit":
            money = "t2.fees" in meant.concepts
            unit = unit_word("万元" if money else "件", language)
            asked = meant.unit or ("persons" if language == "en" else "人")
            text = phrase("unit_mismatch", language, unit=unit, asked=asked)
            return Draft(Kind.ABSTAIN, text, reason="unit")
        text = phrase("mismatch", language)
        return Draft(Kind.ABSTAIN, text, reason=meant.reason or "not-in-form")

    def _no_report(self, scope: Scope, language: str) -> Draft:
        have = [f"{i} " + "、".join(map(str, self._catalogue.years(i))) for i in scope.issuers]
        text = phrase(
            "no_report",
            language,
            issuer="、".join(scope.issuers),
            years="、".join(map(str, scope.missing_years)),
            available="；".join(have),
        )
        understood = Understood(scope.issuers, scope.years, (), "none", "")
        return Draft(Kind.ABSTAIN, text, reason="no-report", understood=understood)

    def _with_year_note(self, draft: Draft, scope: Scope, language: str) -> Draft:
        if not scope.assumed_year or not draft.answered:
            return draft
        others = sorted(
            {y for i in scope.issuers for y in self._catalogue.years(i)} - {*scope.years}
        )
        note = phrase(
            "year_assumed",
            language,
            year="、".join(map(str, scope.years)),
            others="、".join(map(str, others)),
        )
        return replace(draft, text=f"{draft.text}\n{note}")

    def _understood(
        self,
        ask: _Ask,
        operation: str,
        issuers: tuple[str | None, ...],
        years: tuple[int | None, ...],
    ) -> Understood:
        names = tuple(i for i in issuers if i is not None)
        when = tuple(y for y in years if y is not None)
        words = " · ".join([", ".join(map(str, when)), "、".join(names), ask.focus.text])
        return Understood(names, when, ask.meant.concepts, operation, words)

    def _available(self) -> str:
        return "；".join(
            f"{i}（{'、'.join(map(str, self._catalogue.years(i)))}）"
            for i in self._catalogue.issuers[:20]
        )


def _limits(tokens: tuple[Token, ...], meant: Understanding, focus: Focus) -> bool:
    """Whether an ask is about a part of an issuer or of a year: a county, a bureau, a quarter."""
    bodies = bool(meant.unknown) and any(t.has("body_word") for t in tokens)
    part_of_year = _PART_OF_YEAR.search(meant.text) is not None
    limited = meant.elsewhere or meant.reason in _LIMITS
    return bool(limited or focus.names or bodies or part_of_year)


def _operates(tokens: tuple[Token, ...]) -> bool:
    """Whether an ask says itself what is to be done with figures."""
    return any(
        t.has(
            "share", "growth", "than", "ratio", "average", "most", "least", "difference", "add",
            "plus", "minus", "list", "compare_ask", "ask_exists", "number",
        )
        for t in tokens
    )  # fmt: skip


def _asks_nothing(tokens: tuple[Token, ...], meant: Understanding) -> bool:
    return not meant.number and not any(t.has("ask_text", "ask_yes_no") for t in tokens)


def _own_words(tokens: tuple[Token, ...]) -> bool:
    return any(t.has("subject", "member", "note_word", "other") for t in tokens)


def _asks_text(tokens: tuple[Token, ...]) -> bool:
    return any(t.has("ask_text") for t in tokens)


def _blocks_prose(tokens: tuple[Token, ...]) -> bool:
    """Prose is not searched for the opposite of what it says, nor for places in an order."""
    asks = any(t.has("ask_number") for t in tokens) or not any(t.has("ask_text") for t in tokens)
    if asks and _PART_OF_YEAR.search("".join(t.text for t in tokens)):
        return True  # a figure of the year is not one of its quarters
    return asks and any(t.has("negation", "place_in_order", "bound", "except") for t in tokens)


def _contradicts(tokens: tuple[Token, ...], quoted: Quoted) -> bool:
    """Whether the question takes a fall for granted where the sentence only tells of a rise, or the
    other way round."""
    asked = [t.text for t in tokens if t.has("growth")]
    text = "".join(s.text for s in quoted.sentences)
    falls = any(a.startswith(_FALLS) for a in asked)
    rises = any(a.startswith(_RISES) for a in asked)
    if falls == rises:
        return False
    tells_fall = any(w in text for w in _FALLS)
    tells_rise = any(w in text for w in _RISES)
    return tells_fall != tells_rise and tells_fall != falls


def _computes(tokens: tuple[Token, ...]) -> bool:
    """Whether figures of prose would have to be computed with, or several are asked at once."""
    joined = any(t.has("and") for t in tokens)
    if joined and any(t.has("list", "sum") for t in tokens):
        return True
    return any(
        t.has(
            "add",
            "minus",
            "difference",
            "more",
            "less",
            "ratio",
            "average",
            "most",
            "least",
            "except",
            "plus",
            "compare_ask",
        )
        for t in tokens
    )


def _occurs(word: str, texts: list[ReportText]) -> bool:
    return any(word in s.text for t in texts for s in t.sentences)


def _premise(tokens: tuple[Token, ...], found: ProseFigure) -> str | None:
    """The direction that the question takes for granted, where the report says the other one."""
    if found.falls is None:
        return None
    asked = [t.text for t in tokens if t.has("growth")]
    falls = any(a.startswith(_FALLS) for a in asked)
    rises = any(a.startswith(_RISES) for a in asked)
    if falls and not rises and not found.falls:
        return "下降"
    if rises and not falls and found.falls:
        return "增长"
    return None
