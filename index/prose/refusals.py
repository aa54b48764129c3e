"""What prose does not answer: what was looked for, and the sentence that comes nearest."""

from __future__ import annotations

from dataclasses import dataclass

from index.answer import Kind
from index.ask import Ask
from index.draft import Draft, cite
from index.plan.catalogue import Catalogue
from index.prose.asked import occurs_in_texts, understood
from index.prose.ranked import names_stand
from index.refusals import available
from index.retrieve.sentences import RankedSentence, SentenceRanker
from index.retrieve.texts import ReportText
from index.write.phrases import phrase, unit_word
from ingest.normalise import readable
from ingest.words import Concepts

_FAR = 2.25  # standard deviations that the nearest sentence stands above the others
_CLEAR = 1.4  # how much more than the next paragraph
_SHORTEST = 15  # letters; a heading tells nothing
_LONGEST = 300  # letters of a sentence that is shown beside a refusal


@dataclass(frozen=True)
class ProseRefusals:
    """Abstentions for asks that no table and no sentence answers."""

    concepts: Concepts
    catalogue: Catalogue
    ranker: SentenceRanker

    def nothing(self, ask: Ask, texts: list[ReportText], language: str) -> Draft:
        """Nothing was found, or nothing certain."""
        unknown = [u for u in ask.focus.unknown if not occurs_in_texts(u, texts)]
        scope = "、".join(f"{t.report.year}年{t.report.issuer}" for t in texts) or available(
            self.catalogue
        )
        of_text = "" if ask.meant.number else "_text"
        if unknown:
            words = "”“".join(unknown)
            text = phrase(f"unknown{of_text}", language, words=words, scope=scope)
        elif ask.focus.unknown:
            words = "”“".join(ask.focus.unknown)
            text = phrase(f"not_certain{of_text}", language, words=words, scope=scope)
        else:
            text = phrase("not_found", language, scope=scope)
        near = self._nearest(ask, texts)
        if near is not None:
            sentence = readable(near.sentence.printed)
            text += phrase("nearest", language, sentence=sentence)
        return Draft(
            Kind.ABSTAIN, text, reason="not-in-reports" if unknown else "not-certain",
            citations=() if near is None else (cite(near.text.report, near.sentence),),
            understood=understood(ask, "none", ask.scope.issuers, ask.scope.years),
        )  # fmt: skip

    def _nearest(self, ask: Ask, texts: list[ReportText]) -> RankedSentence | None:
        """The sentence that stands far above all others, for the reader to judge; else None."""
        if ask.scope.problem is not None or not ask.focus.unknown:
            return None
        ranked = self.ranker.rank(ask.focus.text, texts)
        if not ranked or ranked[0].score < _FAR:
            return None
        best = ranked[0]
        same = (best.text, best.sentence.paragraph)
        others = (r.score for r in ranked if (r.text, r.sentence.paragraph) != same)
        clear = best.score >= _CLEAR * next(others, 0.0)
        stands = names_stand(best.text, best.sentence, ask.focus)
        whole = _SHORTEST <= len(best.sentence.text) <= _LONGEST
        return best if clear and stands and whole else None

    def named_but_absent(self, ask: Ask, language: str) -> Draft:
        """What is named is in the form, but not so: a column it has not, another unit."""
        meant = ask.meant
        if meant.reason == "no-column" and meant.concepts:
            subject = self.concepts.subject_by_key[meant.concepts[0]]
            members = [
                m for m in self.concepts.members
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
