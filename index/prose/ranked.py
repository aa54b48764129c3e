"""The figure of the sentence that answers best, where its own clause names what is asked.

The last resort for questions in words of the asker's own: the sentence is found by meaning too, so fewer of
the words must stand there. Nothing is given where another figure may be meant as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log

from index.prose.belonging import belongs_to_another, is_framed, other_level
from index.prose.beside import names_all_or_none
from index.prose.clause import Clause, clause_of
from index.prose.figure import ProseFigure, changes, part_of, stands_for_more
from index.prose.words import prose_words
from index.retrieve.content import Term, terms_of
from index.retrieve.focus import Focus
from index.retrieve.sentences import RankedSentence
from index.retrieve.texts import ReportText
from ingest.model import Figure, Sentence

_LOOKED_AT = 3  # sentences
_NEAR = 0.8  # of the best sentence's score that another one must reach to be a rival
_CLEAR = (
    1.6  # how far the best sentence must stand above the next with such a figure to need no words
)
_RIVAL = 0.75  # of what the best clause holds that another one must not reach
_ENGLISH = 0.2  # of the weight of an English question that may be put otherwise
_WIDE = 15  # sentences that an English question must name none as well in
_PART = 0.5  # of the weight that the clause of a part must hold (其中网上申请20件)
_HEAD = 0.3  # of a term of what is counted that must stand at the figure
_RARE = 2  # sentences of a report that hold a word that tells of one thing only
_MANY = 30  # sentences of a report in which a word that stands in two is rare
_SEGMENT = re.compile(r"[;。]")
_PARTS = ("其中",)
#: what stands in quotation marks or book title marks
QUOTED = re.compile(r"[“《]([^“”《》]{2,20})[”》]")
#: 更新片区, 送到乡: no names of places
_NO_PLACE = re.compile(
    r"(?:片|专|校|景|灾|地|辖|社|小|特|库)区$|[到下进在]乡$|.{9,}[乡镇区县市州省]$"
)
#: 该图上线后: the sentence goes on with what the one before tells of
_GOES_ON = re.compile(r"(?:其中|该|此|这|其|上述|据此|同时|并|当年|全年)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure must be.

    Its terms, those right behind the question word (`head`: 多少件|投诉) and the last one before it
    (`before`: 采纳了|多少条), its unit (None: any), the numbers that the question states, and whether a share
    is asked for.
    """

    terms: tuple[Term, ...]
    head: tuple[Term, ...]
    before: tuple[Term, ...]
    unit: str | None
    stated: frozenset[Decimal]
    words: str
    share: bool = False

    @property
    def english(self) -> bool:
        """Whether most of the question is English."""
        return sum(t.word.isascii() for t in self.terms) * 2 > len(self.terms)


@dataclass(frozen=True, slots=True)
class _Candidate:
    ranked: RankedSentence
    at: int
    named: float
    headed: bool

    @property
    def figure(self) -> Figure:
        return self.ranked.text.figures[self.ranked.sentence.index][self.at]


def find_ranked(ranked: Sequence[RankedSentence], asked: Asked, focus: Focus) -> ProseFigure | None:
    """The figure that `asked` means, or None where that is not certain; `ranked` are best first."""
    if not ranked or not asked.terms:
        return None
    best = ranked[0].score
    near = [r for r in ranked[:_LOOKED_AT] if r.score >= _NEAR * best or _follows(r, ranked[0])]
    candidates = [c for r in near for c in _candidates(r, asked)]
    if any(c.headed for c in candidates):
        candidates = [c for c in candidates if c.headed]
    if not candidates:
        return None
    found = max(candidates, key=lambda c: (c.named, c.ranked.score))
    if asked.english:
        candidates += [c for r in ranked[len(near) : _WIDE] for c in _candidates(r, asked)]
    if any(_is_rival(other, found) for other in candidates):
        return None
    if asked.unit is None and not asked.share and not _alone(found, asked):
        return None
    text, sentence = found.ranked.text, found.ranked.sentence
    figures = text.figures[sentence.index]
    clause = clause_of(sentence.text, figures, found.at)
    if not _stands_out(found, ranked, asked) or not _supported(text, sentence, asked):
        return None
    if not _told_here(sentence.text, figures, clause, asked):
        return None
    if not _nothing_more(clause, asked):
        return None
    if not names_all_or_none(clause, (asked.words,)):
        return None  # 建议和提案44件: both, and not one of them
    around = clause.left + clause.right + clause.verb
    narrows = [w for w in prose_words().marked if w in around and w not in asked.words]
    whole = sum(weight_of(t, text) for t in asked.terms)
    if any(w not in _PARTS or found.named < _PART * whole for w in narrows):
        return None  # 同比增加15期, 其中…: it counts something narrower
    if not names_stand(text, sentence, focus):
        return None
    if not is_one_thing(text, sentence, asked.terms):
        if belongs_to_another(text, sentence, clause.left + clause.right, around, focus):
            return None
    elif other_level(clause.left + clause.right, around, focus):
        return None
    if is_framed(text, sentence, found.figure, focus, growth=False):
        return None
    if stands_for_more(sentence.text, found.figure):
        return None
    part = part_of(sentence.text, figures, found.at)
    return ProseFigure(text, sentence, found.figure, found.named, None, part)


def _candidates(ranked: RankedSentence, asked: Asked) -> list[_Candidate]:
    figures = ranked.text.figures.get(ranked.sentence.index, ())
    out: list[_Candidate] = []
    before = 0.0
    for i, figure in enumerate(figures):
        if not _fits(figure, asked, ranked.sentence.text):
            continue
        clause = clause_of(ranked.sentence.text, figures, i)
        own = (clause.left + clause.right + clause.verb).lower()
        lead = (clause.lead + clause.channel).lower()
        named = sum(
            weight_of(t, ranked.text) * max(held_by(t, own), 0.5 * held_by(t, lead))
            for t in asked.terms
        )
        named = max(named, before)
        before = 0.0
        if stands_for_more(ranked.sentence.text, figure):
            before = named  # 由94件降至38件: what it was before is named for both
            continue
        bare = not _named(clause)
        near = own + lead if bare else own
        headed = any(held_by(t, near) >= _HEAD for t in asked.head or asked.before)
        out.append(_Candidate(ranked, i, named, headed))
    return out


def _named(clause: Clause) -> bool:
    """Whether a clause names what it counts: 补录缺失档案|63条 does, 历时|47天 does not."""
    return any(t.names for t in terms_of(clause.left + clause.right))


def _follows(ranked: RankedSentence, best: RankedSentence) -> bool:
    """Whether a sentence goes on right behind the best one, in its paragraph."""
    same = ranked.text is best.text and ranked.sentence.paragraph == best.sentence.paragraph
    return same and ranked.sentence.index == best.sentence.index + 1


def _fits(figure: Figure, asked: Asked, sentence: str) -> bool:
    if figure.value is None or figure.note is not None or figure.value in asked.stated:
        return False
    if asked.unit is not None:
        return prose_words().fits(asked.unit, figure.unit)
    if asked.share:
        return figure.unit == "%" and not changes(sentence, figure)
    return figure.unit != "%" and bool(figure.unit)


def _is_rival(other: _Candidate, found: _Candidate) -> bool:
    same = (other.figure.value, other.figure.unit) == (found.figure.value, found.figure.unit)
    return not same and other.named >= _RIVAL * found.named


def _alone(found: _Candidate, asked: Asked) -> bool:
    """Whether no other figure stands beside one that is asked for without a unit: 公安局15件,收取1500元.

    An English question names what is counted, which the clause must then hold.
    """
    if asked.english:
        return found.headed
    text = found.ranked.sentence.text
    start, end = found.figure.span or (0, 0)
    begin = max((m.end() for m in _SEGMENT.finditer(text, 0, start)), default=0)
    edge = _SEGMENT.search(text, end)
    until = edge.start() if edge else len(text)
    return not any(
        f is not found.figure and begin <= (f.span or (0, 0))[0] < until and f.unit != "%"
        for f in found.ranked.text.figures[found.ranked.sentence.index]
    )


def _stands_out(found: _Candidate, ranked: Sequence[RankedSentence], asked: Asked) -> bool:
    """Whether the clause of a figure names what is counted, or its sentence is far above all others and
    has no other such figure.

    What is counted may be put in the asker's own words where the name of the thing is quoted.
    """
    if found.headed:
        return True
    near = near_text(found.ranked.text, found.ranked.sentence)
    quoted = [name for name in QUOTED.findall(asked.words) if name.lower() in near]
    if asked.head and not quoted:
        return False
    figures = found.ranked.text.figures[found.ranked.sentence.index]
    if not quoted and _named(clause_of(found.ranked.sentence.text, figures, found.at)):
        return False
    fitting = [f for f in figures if _fits(f, asked, found.ranked.sentence.text)]
    others = [
        r.score for r in ranked
        if r is not found.ranked
        and any(_fits(f, asked, r.sentence.text) for f in r.text.figures.get(r.sentence.index, ()))
    ]  # fmt: skip
    values = {f.value for f in fitting if not stands_for_more(found.ranked.sentence.text, f)}
    clear = not others or found.ranked.score >= _CLEAR * max(others)
    return len(values) == len(figures) == 1 and clear and asked.unit is not None


def near_text(text: ReportText, sentence: Sentence) -> str:
    """A sentence with its headings, and with the one before where it goes on with that."""
    near = text.searched[sentence.index]
    before = sentence.index - 1
    if before >= 0 and text.sentences[before].paragraph == sentence.paragraph:
        if _GOES_ON.match(sentence.text):
            near += text.searched[before]
    return near


def is_one_thing(text: ReportText, sentence: Sentence, terms: tuple[Term, ...]) -> bool:
    """Whether a sentence holds two words of the question that hardly any other does.

    The parks of 市绿化局开放11座环上公园 are asked for without saying whose they are.
    """
    if len(text.searched) < _MANY:
        return False
    held = [
        term for term in terms
        if held_by(term, text.searched[sentence.index]) >= 1
        and sum(any(form in s for form, _ in term.forms) for s in text.searched) <= _RARE
    ]  # fmt: skip
    return len(held) > 1


def names_stand(text: ReportText, sentence: Sentence, focus: Focus) -> bool:
    """Whether the places and bodies that are named stand there; the issuer's own name need not."""
    near = near_text(text, sentence)
    names = [
        n for n in focus.names if n not in (text.report.issuer or "") and not _NO_PLACE.search(n)
    ]
    return all(name in near for name in names)


def held_by(term: Term, text: str) -> float:
    """How much of a term a text holds: by how surely a form of it is meant, or half of its letters."""
    whole = max((surely for form, surely in term.forms if form in text), default=0.0)
    if whole or not term.pairs:
        return whole
    return 0.5 * sum(p in text for p in term.pairs) / len(term.pairs)


def weight_of(term: Term, text: ReportText) -> float:
    """How much a term tells in a report: rare ones tell more."""
    count = sum(any(form in s for form, _ in term.forms) for s in text.searched)
    return log(1 + len(text.searched) / (1 + count))


def _supported(text: ReportText, sentence: Sentence, asked: Asked) -> bool:
    """Whether all that is asked stands in the sentence or its headings.

    A word that is missing may narrow what is counted (女性志愿者), or tell of something else that was done
    (约谈, where a sentence tells of 提醒). Of an English question a little may be put otherwise.
    """
    near = near_text(text, sentence)
    if not asked.english:
        return all(held_by(term, near) >= 1 for term in asked.terms)
    weights = [weight_of(term, text) for term in asked.terms]
    missing = sum(
        weight for weight, term in zip(weights, asked.terms, strict=True)
        if held_by(term, near) < _HEAD
    )  # fmt: skip
    return missing <= _ENGLISH * sum(weights)


def _nothing_more(clause: Clause, asked: Asked) -> bool:
    """Whether the clause of a figure names nothing that the question does not.

    公开建议办理结果31件 are not 31 建议, 规划文件25件 not all 文件.
    """
    held = asked.words + "".join(form for t in asked.terms for form, _ in t.forms)
    named = terms_of(clause.left + clause.right)
    return all(t.word in held for t in named if t.names and t.word not in prose_words().light)


def _told_here(sentence: str, figures: tuple[Figure, ...], clause: Clause, asked: Asked) -> bool:
    """Whether each term that the sentence holds stands at the figure, in what leads to it, or in front of
    all figures.

    总浏览量6820万次,英文版网站于…: the figure is not the English site's. 网站发布210条,微博推送75条: nor the
    second one the site's.
    """
    first = clause_of(sentence, figures, 0).left
    begin = sentence.find(first) if first else (figures[0].span or (0, 0))[0]
    around = (clause.left, clause.right, clause.verb, clause.lead, clause.channel)
    here = "".join((*around, sentence[: max(begin, 0)])).lower()
    least = _HEAD if asked.english else 1
    return all(
        held_by(t, here) >= least or held_by(t, sentence.lower()) < least for t in asked.terms
    )
