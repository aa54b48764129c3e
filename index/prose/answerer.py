"""Asks that no table answers: a figure in a sentence, a sentence, a list, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.answer import Kind, Value
from index.ask import Ask
from index.askwords import LIMITS
from index.draft import Draft, cite, join
from index.lookup import decimal_text, figure_ref
from index.plan.catalogue import Catalogue
from index.plan.scope import Scope
from index.plan.signals import asks_text, names_new
from index.prose.asked import (
    FALLS,
    blocks_prose,
    computes,
    contradicts,
    counts,
    counts_several,
    opposite_premise,
    understood,
)
from index.prose.asking import asked_figure
from index.prose.counted import Counted, counted_of, unit_of_number
from index.prose.counted_figure import find_counted, rivals, says_more
from index.prose.figure import ProseFigure, find_figure, growth_of
from index.prose.kinds import kind_of, lists
from index.prose.narrative import Quoted, find_text
from index.prose.nearest import find_nearest, is_done, only_a_means, says_it_all
from index.prose.ranked import find_ranked
from index.prose.refusals import ProseRefusals
from index.prose.rowwords import speaks_of_row
from index.prose.words import prose_words
from index.refusals import no_report
from index.retrieve.passages import PassageRetriever
from index.retrieve.sentences import SentenceRanker
from index.retrieve.texts import ReportText, TextCache
from index.tables import TableAnswerer
from index.write.phrases import phrase, unit_word
from ingest.normalise import readable
from ingest.words import Concepts


@dataclass(frozen=True)
class ProseAnswerer:
    """Answers from the narrative of the reports of one catalogue, at one revision of the store."""

    concepts: Concepts
    catalogue: Catalogue
    texts: TextCache
    retriever: PassageRetriever
    ranker: SentenceRanker
    refusals: ProseRefusals
    revision: int

    def answer(self, ask: Ask, language: str) -> Draft:
        """The draft of an answer from the sentences of the reports of an ask: a figure, a quotation, or an
        abstention that says why.
        """
        texts = self._report_texts(ask)
        meant = ask.meant
        asked = "".join(t.text for t in ask.tokens)
        kind = kind_of(asked)
        how_many = counts(ask.tokens)
        told = (
            kind is not None
            and kind.name in _TOLD_IN_WORDS
            and (
                not how_many or (kind.name == "when" and meant.unit is None)  # 几月几号
            )
        )
        text_asked = told or (kind is not None and not how_many and not meant.number)
        wrong = lists().problem.search(asked) and lists().asks.search(asked)
        in_words = not how_many and bool(
            wrong or (ask.focus.unknown and (asks_text(ask.tokens) or told))
        )
        if not in_words and (meant.reason in LIMITS or blocks_prose(ask.tokens)):
            name = "unclear_name" if meant.reason == "unclear" else "blocked"
            return Draft(Kind.ABSTAIN, phrase(name, language), reason=meant.reason or "blocked")
        if (
            meant.reason in ("no-column", "row-and-column", "unit", "which-issuer")
            and not meant.unknown
        ):
            return self.refusals.named_but_absent(ask, language)
        if (
            ask.focus.unknown
            and not text_asked
            and counts_several(counted_of(ask.tokens, meant.unit), ask)
        ):
            several = self._several(ask, texts)
            if not several:
                return self.refusals.nothing(ask, texts, language)
            return join([self._quote_figure(figure, ask, language) for figure in several])
        if not told and meant.number and (not ask.focus.unknown or computes(ask.tokens)):
            # every word names something of the tables, which do not have it: prose must not guess,
            # and what prose says is not computed with
            return self.refusals.nothing(ask, texts, language)
        if ask.focus.unknown and not told and (not asks_text(ask.tokens) or meant.number):
            figure = self._figure(ask, texts) or self._ranked(ask, texts)
            if figure is not None and not speaks_of_row(
                ask.tokens, ask.focus, figure, self.concepts
            ):
                return self.refusals.nothing(ask, texts, language)
            if figure is not None:
                wrong_way = opposite_premise(ask.tokens, figure)
                if wrong_way is not None:
                    return self._false_premise(figure, wrong_way, language)
                return self._quote_figure(figure, ask, language)
            if meant.number or unit_of_number(ask.tokens):
                return self.refusals.nothing(ask, texts, language)
        quoted = find_text(
            texts, ask.focus, asked, self.ranker, unsure=ask.scope.problem is not None
        )
        if quoted is not None and contradicts(ask.tokens, quoted):
            way = "下降" if any(t.text.startswith(FALLS) for t in ask.tokens) else "增长"
            return self._false_premise_text(quoted, way, language)
        if quoted is None:
            return self.refusals.nothing(ask, texts, language)
        return self._quote(quoted, ask, language)

    def _figure(self, ask: Ask, texts: list[ReportText]) -> ProseFigure | None:
        years = {y for t in ask.tokens for y in t.keys("year")}
        told = {str(y) for x in texts for y in (x.report.year, (x.report.year or 0) - 1)}
        if years - told:
            return None  # 比2021年增长: a sentence tells of the year before
        found = self._any_figure(ask, texts)
        stated = {k for t in ask.tokens for k in t.keys("number")}
        # 57篇里有几篇得奖: what the question says itself is not what it asks for
        if found is None or found.figure.text in stated or only_a_means(found, ask.focus):
            return None
        return found

    def _ranked(self, ask: Ask, texts: list[ReportText]) -> ProseFigure | None:
        """The figure of the sentence that answers best by words and meaning."""
        asked = asked_figure(ask, texts)
        if asked is None:
            return None
        found = find_ranked(self.ranker.rank(ask.focus.text, texts), asked, ask.focus)
        if found is None or only_a_means(found, ask.focus):
            return None
        counted = counted_of(ask.tokens, ask.meant.unit)
        return found if all(is_done(found, c) for c in counted) else None

    def _any_figure(self, ask: Ask, texts: list[ReportText]) -> ProseFigure | None:
        meant = ask.meant
        found = find_figure(
            texts,
            ask.focus,
            meant.unit,
            growth=meant.growth,
            share=meant.share and not meant.growth,
        )
        counted = counted_of(ask.tokens, meant.unit)
        if found is not None and not (meant.growth or meant.share):
            asked = ask.focus.text + "".join(t.text for t in ask.tokens)
            if says_more(found, counted[0] if len(counted) == 1 else None, asked):
                return None
        if ask.leans or len(counted) != 1:
            return found
        if ask.focus.pinned:
            return found or self._followed(ask, texts, counted[0])
        if found is not None:
            sure = says_it_all(found, counted[0]) or meant.growth or meant.share
            return found if sure and not rivals(texts, counted[0], ask.focus, found) else None
        if len(texts) > 1 and ask.scope.problem is None:
            return None  # what one of the reports says is half an answer
        before = counted_of(ask.before.tokens, None) if ask.before else ()
        known = find_counted(texts, counted[0], ask.focus, before[0] if before else None)
        if known is not None or meant.growth or meant.share or len(texts) != 1 or ask.leans:
            return known if known is not None and is_done(known, counted[0]) else None
        asked = "".join(t.text for t in ask.tokens)
        stated = {k for t in ask.tokens for k in t.keys("number")}
        return find_nearest(texts[0], counted[0], ask.focus, asked, stated)

    def _followed(self, ask: Ask, texts: list[ReportText], counted: Counted) -> ProseFigure | None:
        """参训的呢: what stands right at a number, in the unit that was asked for before, if any was."""
        found = find_counted(texts, replace(counted, unit=None), ask.focus, None)
        unit = ask.meant.unit
        fits = found is not None and (unit is None or prose_words().fits(unit, found.figure.unit))
        return found if fits and len(texts) == 1 else None

    def _several(self, ask: Ask, texts: list[ReportText]) -> list[ProseFigure]:
        """The figures of an ask for more than one (分别, 又有几期, two years), all of them or none."""
        counted = () if ask.leans else counted_of(ask.tokens, ask.meant.unit)
        if not 0 < len(counted) <= _MOST_FIGURES or not counts_several(counted, ask):
            return []
        found = [
            find_counted(of, each, ask.focus, None)
            for each in counted
            for of in ([texts] if len(counted) > 1 else [[text] for text in texts])
        ]
        counted *= max(1, len(found) // len(counted))
        figures = [f for f in found if f is not None]
        distinct = {(f.text.report.id, f.figure.id) for f in figures}
        return figures if 1 < len(figures) == len(counted) == len(distinct) else []

    def _report_texts(self, ask: Ask) -> list[ReportText]:
        """The reports to read: the ask's own, or all of the newest where none is named."""
        scope = ask.scope
        if scope.problem is None:
            pairs = list(scope.pairs)
        else:
            years = set(ask.meant.years)
            pairs = [p for p in self.catalogue.reports if not years or p[1] in years]
            found = self.retriever.search(
                ask.focus.text,
                [r.id for p in pairs for r in self.catalogue.reports[p]],
                20,
                tables=False,
            )
            near = {h.passage.report_id for h in found}
            pairs = [p for p in pairs if any(r.id in near for r in self.catalogue.reports[p])]
        reports = [r for pair in pairs for r in self.catalogue.reports.get(pair, ())[:1]]
        return [self.texts.get(r, self.revision) for r in reports]

    def growth(self, ask: Ask, answerer: TableAnswerer, language: str) -> Draft:
        """Growth without the report of the year before: only what a sentence says of it."""
        plan = ask.meant.plan
        assert plan is not None
        if plan.against is not None and any(y - 1 != plan.against for _, y in ask.scope.pairs):
            # a sentence tells of the year before, and of no other
            missing = Scope(ask.scope.issuers, (plan.against,), problem="no-report",
                            missing_years=(plan.against,))  # fmt: skip
            return replace(
                no_report(self.catalogue, missing, language),
                understood=answerer.understood(plan, ask.scope),
            )
        subject = self.concepts.subject_by_key[plan.operands[0].subject]
        names = [w for w in subject.words if len(w) >= 2 and not w.isascii()]
        if subject.key == "t3.received":
            # 收办 counts what was carried over too; 新收多少？增长呢: the ask before may have said it
            asked = (*ask.tokens, *(ask.before.tokens if ask.before else ()))
            names = ["新收"] if names_new(asked) else ["申请"]
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
                no_report(self.catalogue, missing, language),
                understood=answerer.understood(plan, ask.scope),
            )
        found = candidates[0]
        wrong_way = opposite_premise(ask.tokens, found)
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

    def _quote_figure(self, found: ProseFigure, ask: Ask, language: str) -> Draft:
        report, figure = found.text.report, found.figure
        citation = cite(found.text.report, found.sentence)
        ref = figure_ref(figure, report, {})
        written = figure.text
        if figure.qualifier and figure.qualifier not in written:
            # 至少公开20项: a bound may stand before its verb too
            begin = (figure.span or (0, 0))[0]
            ahead = figure.qualifier in found.sentence.text[max(0, begin - 12) : begin + 1]
            written = figure.qualifier + written if ahead else written + figure.qualifier
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
        meant = understood(ask, "lookup", (report.issuer,), (report.year,))
        return Draft(Kind.LOOKUP, text, (value,), (ref,), (citation,), understood=meant)

    def _quote(self, quoted: Quoted, ask: Ask, language: str) -> Draft:
        report = quoted.text.report
        body = "".join(readable(s.printed) for s in quoted.sentences)
        if quoted.items:
            body = "\n" + "\n".join(f"{i}. {item}" for i, item in enumerate(quoted.items, 1))
        text = phrase("narrative", language, year=report.year, issuer=report.issuer, text=body)
        meant = understood(ask, "narrative", (report.issuer,), (report.year,))
        citations = tuple(cite(quoted.text.report, s) for s in quoted.sentences)
        return Draft(Kind.NARRATIVE, text, citations=citations, understood=meant)

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


_MOST_FIGURES = 20  # of one ask

#: kinds of questions that no number answers, whatever else they hold
_TOLD_IN_WORDS = (
    "ordinal",
    "meaning",
    "content",
    "how_long",
    "when",
    "where",
    "why",
    "who",
    "name",
    "person",
)
