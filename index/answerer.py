"""A question in, an answer out: asks read, routed to tables or prose, joined and said."""

from __future__ import annotations

import time
from dataclasses import replace

from index.answer import Answer, Kind, Question
from index.ask import Ask
from index.asks import AskReader
from index.draft import Draft, join
from index.plan.catalogue import Catalogue
from index.plan.scope import MOST_COMPARED, Scope
from index.plan.understand import Planner
from index.prose.answerer import ProseAnswerer
from index.prose.asked import counts
from index.prose.kinds import kind_of
from index.prose.ranked import QUOTED
from index.prose.refusals import ProseRefusals
from index.refusals import available, no_report
from index.retrieve.passages import PassageRetriever
from index.retrieve.sentences import SentenceRanker
from index.retrieve.texts import TextCache
from index.store.store import Store
from index.tables import TableAnswerer
from index.write.phrases import in_language, language_of, phrase
from ingest.words import Concepts

#: nobody asks more at once; each may cost a search, and a pasted text has hundreds
_MOST_ASKS = 20


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
        ranker: SentenceRanker,
        revision: int,
    ) -> None:
        self._store = store
        self._concepts = concepts
        self._catalogue = catalogue
        self._reader = AskReader(store, catalogue, planner)
        self._prose = ProseAnswerer(
            concepts, catalogue, texts, retriever, ranker,
            ProseRefusals(concepts, catalogue, ranker), revision,
        )  # fmt: skip

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
        context = self._reader.context(question)
        asks = self._reader.read(question.text, context)
        if not asks:
            text = phrase("not_found", language, scope=available(self._catalogue))
            return Draft(Kind.ABSTAIN, text, reason="nothing-asked")
        if len(asks) > _MOST_ASKS:
            return Draft(Kind.CLARIFY, phrase("too_many_asks", language), reason="too-many-asks")
        drafts = _once([self._one(ask, language) for ask in asks])
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

    def _one(self, ask: Ask, language: str) -> Draft:
        ask = self._of_only_body(ask)
        scope = ask.scope
        if ask.meant.elsewhere:
            text = phrase(
                "elsewhere",
                language,
                places="、".join(ask.meant.elsewhere),
                available=available(self._catalogue),
            )
            return Draft(Kind.ABSTAIN, text, reason="no-report")
        if scope.problem == "which-year":
            text = phrase("which_year", language, available=available(self._catalogue))
            return Draft(Kind.CLARIFY, text, reason="which-year")
        if scope.problem == "no-report":
            return no_report(self._catalogue, scope, language)
        premise = self._false_premise(ask, language)
        if premise is not None:
            return premise
        plan = ask.meant.plan
        if ask.leans and (plan is not None or not ask.focus.unknown):
            return Draft(Kind.ABSTAIN, phrase("restricted", language), reason="restricted")
        if plan is not None:
            if scope.problem == "which-issuer":
                text = phrase("which_issuer", language, available=available(self._catalogue))
                return Draft(Kind.CLARIFY, text, reason="which-issuer")
            if scope.problem == "too-many":
                text = phrase("too_many", language, count=len(scope.pairs), most=MOST_COMPARED)
                return Draft(Kind.CLARIFY, text, reason="too-many")
            answerer = TableAnswerer(self._store, self._concepts, self._catalogue, language)
            draft = answerer.answer(plan, scope)
            if draft.reason == "no-year-before":
                kind = kind_of("".join(t.text for t in ask.tokens))
                if kind is not None and kind.name == "why" and not counts(ask.tokens):
                    return self._prose.answer(ask, language)  # 为什么少了: no figure says
                return self._prose.growth(ask, answerer, language)
            return self._with_year_note(draft, scope, language)
        return self._prose.answer(ask, language)

    def _of_only_body(self, ask: Ask) -> Ask:
        """贵州那个“黔学通”叫谁管: a thing that is named in a place without a report, where one body of it has one.

        The answer names whose report it is. A figure of the body is never taken for the place's.
        """
        meant = ask.meant
        if len(meant.elsewhere) != 1 or meant.plan is not None or meant.issuers or meant.concepts:
            return ask
        said = "".join(t.text for t in ask.tokens)
        if meant.number or counts(ask.tokens) or QUOTED.search(said) is None:
            return ask
        place = meant.elsewhere[0]
        bodies = [i for i in self._catalogue.issuers if i.startswith(place)]
        levels = {
            r.level for b in bodies for y in self._catalogue.years(b)
            for r in self._catalogue.reports[b, y]
        }  # fmt: skip
        if levels != {"部门"}:
            return ask  # a district is not its city
        years = ask.meant.years or tuple(y for b in bodies for y in self._catalogue.years(b)[-1:])
        if len(bodies) != 1 or any((bodies[0], y) not in self._catalogue.reports for y in years):
            return ask
        meant = replace(ask.meant, elsewhere=(), issuers=(bodies[0],), years=years)
        return replace(ask, meant=meant, scope=Scope((bodies[0],), years))

    def _false_premise(self, ask: Ask, language: str) -> Draft | None:
        """Why did it fall, where it rose; why was there none, where there were some."""
        premise = ask.meant.premise
        if premise is None or ask.scope.problem is not None or ask.leans:
            return None
        answerer = TableAnswerer(self._store, self._concepts, self._catalogue, language)
        draft = answerer.answer(premise, ask.scope)
        if draft.reason == "false-premise":
            return draft
        if draft.kind is not Kind.CONFLICT or not premise.claims:
            return None
        text = phrase("premise_none", language, sentence=draft.text)
        return replace(draft, kind=Kind.ABSTAIN, text=text, values=(), reason="false-premise")

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


def _once(drafts: list[Draft]) -> list[Draft]:
    """Without those that only give the values again that an earlier one gives."""
    out: list[Draft] = []
    for draft in drafts:
        again = draft.values and any(
            (draft.values, draft.figures) == (d.values, d.figures) for d in out
        )
        if not again:
            out.append(draft)
    return out
