"""A figure that stands only in a sentence: the one whose own words the question asks for.

A sentence often holds ten figures. What decides is the stretch of text right around a figure, the
figure that it is a part of (其中…, （…）), and the unit that was asked for. Where two figures fit
equally well there is no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.plan.words import load_words
from index.prose.belonging import belongs_to_another, is_framed, its_place
from index.prose.words import prose_words
from index.retrieve.focus import Focus
from index.retrieve.texts import ReportText
from index.store.lexical import words_of
from ingest.model import Figure, Sentence

_EDGE = re.compile(r"[,，;；、。:：()（）]")
_INCLUDING = re.compile(r"\((?:含|包括|包含)[^()]*\)$")
_FROM = re.compile(r"(由|从)[^,;。]{0,6}$")
_CHANGED_TO = re.compile(r"[^,;。\d]{0,6}(到|至|为)")
_AND = re.compile(r"(以及|和|及|与)")
_PART_OF = re.compile(r"(其中|包括|含|分别为|分别是|\(|:|：)")
_SHARES = re.compile(r"(同比|比上年|较上年|比去年|较去年|环比|较20\d\d年|比20\d\d年|占)")
_RISE = re.compile(r"(增长|上升|增加|提高|上涨|提升|多)")
_FALL = re.compile(r"(下降|减少|降低|下滑|回落|缩减)")

_LEAST = 0.55  # of the question's weight that the figure's sentence must hold
_CLEAR_OF_OTHER_UNIT = 0.25  # 15件，收取1500元: without a unit asked, either may be meant
_SAYS_ALL = 0.75
_NAMED = 0.85  # of the weight of the counted thing's name that must stand around the figure
_STRANGE = 0.75
_KNOWN = 0.35
_CLEAR = 0.12  # how far the best figure must be ahead of another one


@dataclass(frozen=True, slots=True)
class ProseFigure:
    """A figure of a sentence that answers an ask; `score` is about 1 for a perfect fit.

    `part_of` is the id of the figure that it is a part of (其中…), `strange` how much of its own
    words the question does not have: a part that the question does not name is no rival of the whole.
    """

    text: ReportText
    sentence: Sentence
    figure: Figure
    score: float
    falls: bool | None = None
    part_of: str | None = None
    strange: float = 0.0


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the figure must be: its unit, whether it is a growth or a share."""

    unit: str | None
    growth: bool
    share: bool


def find_figure(
    texts: list[ReportText], focus: Focus, unit: str | None, *, growth: bool, share: bool
) -> ProseFigure | None:
    """The figure that `focus` asks for, or None where none fits or two fit as well.

    `unit` is the unit asked for (None: any); `growth` asks for a rate of change, `share` for a
    share in percent.
    """
    if not focus.words:
        return None
    wanted = _Wanted(unit, growth, share)
    found: list[ProseFigure] = []
    for text in texts:
        for sentence in text.sentences:
            figures = text.figures.get(sentence.index, ())
            if figures and _sentence_fits(text, sentence, focus):
                found += [
                    made
                    for i in range(len(figures))
                    if (made := _score(text, sentence, figures, i, focus, wanted)) is not None
                ]
    if not found:
        return None
    found.sort(key=lambda f: -f.score)
    best = found[0]
    rivals = [
        f
        for f in found[1:]
        if best.score - f.score < (_CLEAR if unit or _same_unit(f, best) else _CLEAR_OF_OTHER_UNIT)
        and (f.figure.value, f.figure.unit) != (best.figure.value, best.figure.unit)
        and not (f.part_of == best.figure.id and f.strange > 0.5)
        and not (best.part_of == f.figure.id and best.strange < 0.2)
    ]
    if rivals or (unit is None and not growth and not share and _other_unit_near(best, focus)):
        return None
    return best


def _other_unit_near(best: ProseFigure, focus: Focus) -> bool:
    """`公安局15件，收取1500元`: 收了多少 may mean either, unless the figure's own words say all."""
    figures = best.text.figures[best.sentence.index]
    own = set(words_of(_contexts(best.sentence.text, figures, figures.index(best.figure))[0]))
    said = [w for w in focus.words if w in own or w[::-1] in own]
    if len(said) / len(focus.words) >= _SAYS_ALL:
        return False
    start, end = best.figure.span or (0, 0)
    for other in figures:
        a, b = other.span or (0, 0)
        between = best.sentence.text[min(b, end) : max(a, start)]
        if other.unit not in (best.figure.unit, "%") and ";" not in between:
            return True
    return False


def _same_unit(a: ProseFigure, b: ProseFigure) -> bool:
    return a.figure.unit == b.figure.unit or a.sentence.index != b.sentence.index


def _cover(text: ReportText, focus: Focus, present: frozenset[str] | set[str]) -> float:
    """How much of the question's weight a set of words holds, 0 to 1."""
    whole = sum(_weight(text, focus, w) for w in focus.words)
    if not whole:
        return 1.0
    held = (w for w in focus.words if w in present or w[::-1] in present)
    return sum(_weight(text, focus, w) for w in held) / whole


def _weight(text: ReportText, focus: Focus, word: str) -> float:
    """Words that the tables also know (收了, 办了) tell little of what prose counts."""
    return text.weight(word) * (1.0 if word in focus.must or not focus.must else _KNOWN)


def _sentence_fits(text: ReportText, sentence: Sentence, focus: Focus) -> bool:
    """The sentence must hold most of the question, and something of each unexplained word."""
    present = text.words_around(sentence.index)
    if _cover(text, focus, present) < _LEAST:
        return False
    return unknown_covered(focus, present) and _names_stand(text, sentence, focus)


def _names_stand(text: ReportText, sentence: Sentence, focus: Focus) -> bool:
    """A name of a place or body (…市, …局) must stand in the paragraph letter by letter."""
    if not focus.names:
        return True
    paragraph = "".join(s.text for s in text.sentences if s.paragraph == sentence.paragraph)
    return all(name in paragraph for name in focus.names)


def _is_starting_point(sentence: str, figure: Figure) -> bool:
    """由103个减到92个: 103 is what it was."""
    start, end = figure.span or (0, 0)
    return bool(_FROM.search(sentence[:start])) and bool(_CHANGED_TO.match(sentence[end:]))


def _includes_it(sentence: str, figure: Figure) -> bool:
    """其他处理（含主动撤回）341件: the figure counts more than what stands in the bracket before it."""
    return bool(_INCLUDING.search(sentence[: (figure.span or (0, 0))[0]]))


def _names_it(text: ReportText, focus: Focus, own: str, inherited: str, near: set[str]) -> bool:
    """Whether the words right around the figure name what is counted, not only the sentence.

    A figure of the tables that the question names too (自然人, 行政复议) must stand there as well: a
    county's applications are not its natural persons' applications.
    """
    if any(c not in own + inherited for c in focus.concepts):
        return False
    if focus.pinned:
        return True
    head = [w for w in focus.head if len(w) > 1]
    held = [w for w in head if w in near or w[::-1] in near]
    letters = set("".join(held))
    # 公报|编印 joins two names in an order that the report does not have: no name of its own
    letters |= set("量数额")  # 访问量 is 访问 counted
    real = [w for w in head if w in held or text.frequency.get(w) or not set(w) <= letters]
    return not real or len(held) / len(real) >= _NAMED


def unknown_covered(focus: Focus, present: frozenset[str] | set[str]) -> bool:
    """Whether each unexplained word of the question stands at least by half in a text."""
    for unknown in focus.unknown:
        words = [w for w in words_of(unknown) if len(w) > 1]
        if words and sum(w in present or w[::-1] in present for w in words) * 2 < len(words):
            return False
    return True


def _score(
    text: ReportText,
    sentence: Sentence,
    figures: tuple[Figure, ...],
    i: int,
    focus: Focus,
    wanted: _Wanted,
) -> ProseFigure | None:
    figure = figures[i]
    if figure.value is None or figure.note is not None:  # 三分之一; an end of a range
        return None
    own, inherited = _contexts(sentence.text, figures, i)
    if not _unit_fits(figure, wanted, own):
        return None
    own_words = set(words_of(own))
    if focus.pinned and not own_words & set(focus.pinned):
        return None
    near = own_words | set(words_of(inherited))
    if not _names_it(text, focus, own, inherited, near):
        return None
    if not its_place(text, sentence, figures, focus, own + inherited):
        return None
    if belongs_to_another(text, sentence, own, own + inherited, focus):
        return None
    present = text.words_around(sentence.index)
    asked = set(focus.words)
    if is_framed(text, sentence, figure, focus, growth=wanted.growth):
        return None
    if stands_for_more(sentence.text, figure):
        return None
    # `12场新闻发布会` names what it counts behind the number, `新闻发布会12场` before it
    behind = own[own.find(figure.text) + len(figure.text) + len(figure.unit or "") :]
    named = _telling(behind) or _telling(_before_number(own, figure))
    local = [w for run in named for w in words_of(run)]
    extra = [w for w in local if w not in asked]
    strange = len(extra) / len(local) if local else 0.0
    if strange > _STRANGE and not focus.pinned and not (wanted.growth or wanted.share):
        return None
    score = (
        0.6 * _cover(text, focus, near)
        + 0.25 * _cover(text, focus, present)
        + 0.1 * _cover(text, focus, own_words)
        - 0.2 * strange
    )
    if focus.pinned:
        score += 0.3
    falls = None
    if wanted.growth:
        falls = bool(_FALL.search(own)) if _FALL.search(own) or _RISE.search(own) else None
    whole = part_of(sentence.text, figures, i)
    return ProseFigure(text, sentence, figure, score, falls, whole, strange)


def part_of(sentence: str, figures: tuple[Figure, ...], i: int) -> str | None:
    """The id of the figure that figure `i` is a part, a share or a change of."""
    head = _head(sentence, figures, i, _left(sentence, figures, i))
    return figures[head].id if head is not None else None


def changes(sentence: str, figure: Figure) -> bool:
    """Whether a figure tells of a rise or a fall: 同比增长22.5%."""
    before = sentence[: (figure.span or (0, 0))[0]]
    edge = [m.end() for m in _EDGE.finditer(before)]
    own = before[edge[-1] if edge else 0 :]
    return bool(_RISE.search(own) or _FALL.search(own))


def stands_for_more(sentence: str, figure: Figure) -> bool:
    """Whether a figure is what a count was before, or also counts what the bracket before it names."""
    return _is_starting_point(sentence, figure) or _includes_it(sentence, figure)


def _contexts(sentence: str, figures: tuple[Figure, ...], i: int) -> tuple[str, str]:
    """The text right around a figure, and that of the figure it is part of."""
    spans = [f.span or (0, 0) for f in figures]
    end = spans[i][1]
    left = _left(sentence, figures, i)
    right_edge = _EDGE.search(sentence, end)
    right = right_edge.start() if right_edge else len(sentence)
    if i + 1 < len(spans) and end < spans[i + 1][0] < right:
        joint = _AND.search(sentence, end, spans[i + 1][0])
        right = joint.start() if joint else spans[i + 1][0]
    own = sentence[left:right]
    head = _head(sentence, figures, i, left)
    inherited = ""
    if head is not None:
        inherited = _contexts(sentence, figures, head)[0]
    return own, inherited


def _left(sentence: str, figures: tuple[Figure, ...], i: int) -> int:
    """Where the stretch of text that belongs to figure `i` begins."""
    start = (figures[i].span or (0, 0))[0]
    before = (figures[i - 1].span or (0, 0))[1] if i else 0
    edges = [m.end() for m in _EDGE.finditer(sentence, 0, start)]
    joints = [m.end() for m in _AND.finditer(sentence, before, start)] if i else []
    left = max([0, *edges, *joints, *([before] if before <= start else [])])
    if not _telling(sentence[left:start]) and len(edges) > 1 and not joints:
        # `共计860元`: what is counted stands in the stretch before
        behind = sentence[(figures[i].span or (0, 0))[1] :]
        if not behind or _EDGE.match(behind):
            earlier = [e for e in edges if e < left]
            return max([0, *earlier, *([before] if before < left else [])])
    return left


def _head(sentence: str, figures: tuple[Figure, ...], i: int, left: int) -> int | None:
    """The figure that figure `i` is a part, a share or a change of."""
    if i == 0:
        return None
    own_start = sentence[left : (figures[i].span or (0, 0))[0]]
    if _SHARES.search(own_start):
        depth = _depth(sentence, left)
        outer = [j for j in range(i) if _depth(sentence, (figures[j].span or (0, 0))[0]) <= depth]
        return outer[-1] if outer else None
    for j in range(i - 1, -1, -1):
        between = sentence[(figures[j].span or (0, 0))[1] : left] + own_start[:3]
        if _PART_OF.search(between) and "。" not in between and ";" not in between:
            closed = between.count(")") > between.count("(")
            if not closed:
                return j
    return None


def _depth(sentence: str, at: int) -> int:
    """How many brackets are open at a place."""
    before = sentence[:at]
    return before.count("(") - before.count(")")


@cache
def _reporting() -> re.Pattern[str]:
    words = sorted(load_words().roles["reporting"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _telling(text: str) -> list[str]:
    """A stretch of text without the words that only report that something was done."""
    return [run for run in _reporting().split(text) if run]


def _before_number(own: str, figure: Figure) -> str:
    at = own.find(figure.text)
    return own[:at] if at >= 0 else own


def _unit_fits(figure: Figure, wanted: _Wanted, own: str) -> bool:
    if wanted.growth:
        changed = _RISE.search(own) or _FALL.search(own)
        if wanted.unit and wanted.unit != "%":
            return bool(changed) and prose_words().fits(wanted.unit, figure.unit)
        return figure.unit in ("%", "个百分点", "百分点", "倍") and bool(changed)
    if wanted.share:
        return figure.unit == "%" and not (_RISE.search(own) or _FALL.search(own))
    if wanted.unit is None:
        return figure.unit != "%" or "率" in own
    return prose_words().fits(wanted.unit, figure.unit)


def growth_of(
    text: ReportText,
    sentence: Sentence,
    figures: tuple[Figure, ...],
    i: int,
    names: list[str],
) -> ProseFigure | None:
    """Figure `i` as a rate of change of what `names` call, or None.

    One of the names must stand before it: in its own stretch, or in that of the figure that it is a
    change of.
    """
    own, inherited = _contexts(sentence.text, figures, i)
    falls, rises = bool(_FALL.search(own)), bool(_RISE.search(own))
    if falls == rises:
        return None
    before = inherited + own
    if not any(name in before for name in names):
        return None
    return ProseFigure(text, sentence, figures[i], 1.0, falls)
