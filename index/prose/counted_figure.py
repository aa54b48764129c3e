"""The one figure that counts what an ask counts: all that the ask names stands in its clause.

Word order, other verbs of the same doing and inserted words do not matter; a word of the question
that is found nowhere near the figure does, and so does a word that narrows the figure and that the
question does not have. Where two figures fit there is no answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.prose.belonging import belongs_to_another, is_framed, its_place
from index.prose.beside import (
    another_behind,
    does_another,
    is_part_of_name,
    names_all_or_none,
    names_it,
    rest_of,
    strange_letters,
    verbs_agree,
    whole_groups,
)
from index.prose.clause import clause_of
from index.prose.counted import Counted, is_count
from index.prose.cover import cover_of, zone
from index.prose.figure import ProseFigure, part_of, stands_for_more
from index.prose.words import prose_words
from index.retrieve.focus import Focus
from index.retrieve.texts import ReportText
from ingest.model import Figure, Sentence


@dataclass(frozen=True, slots=True)
class _Fit:
    found: ProseFigure
    exact_unit: bool
    strange: int
    near_before: bool


def find_counted(
    texts: list[ReportText], counted: Counted, focus: Focus, before: Counted | None
) -> ProseFigure | None:
    """The figure that `counted` names, or None where none fits or two do.

    `before` is what the ask before it counted, in the same question: of two figures that fit, the
    one that has its channel too is meant.
    """
    return _clear_best(_fits(texts, counted, focus, before))


def _fits(
    texts: list[ReportText], counted: Counted, focus: Focus, before: Counted | None
) -> list[_Fit]:
    return [
        fit
        for text in texts
        for sentence in text.sentences
        for i in range(len(text.figures.get(sentence.index, ())))
        if (fit := _fit(text, sentence, i, counted, focus, before)) is not None
    ]


def rivals(texts: list[ReportText], counted: Counted, focus: Focus, found: ProseFigure) -> bool:
    """Whether another figure is what `counted` names as much as `found` is, or more."""
    best = _clear_best(fits := _fits(texts, counted, focus, None))
    if fits and (best is None or not _same(best, found)):
        return True
    figures = found.text.figures[found.sentence.index]
    at = found.sentence.index
    here = _beside(found.text, found.sentence, figures.index(found.figure), counted)
    if not here:
        return False  # it says all that is asked, or says it in a way that is not compared
    for text in texts:
        for sentence in text.sentences:
            if text is found.text and sentence.text.startswith("其中") and sentence.index > at:
                continue  # parts of what was told before
            beside = text.figures.get(sentence.index, ())
            for i, figure in enumerate(beside):
                if (figure.value, figure.unit) == (found.figure.value, found.figure.unit):
                    continue
                whole = part_of(sentence.text, beside, i)
                if text is found.text and whole == found.figure.id:
                    continue
                if _beside(text, sentence, i, counted) is None:
                    continue
                if not is_framed(text, sentence, figure, focus, growth=False):
                    return True
    return False


def _beside(text: ReportText, sentence: Sentence, i: int, counted: Counted) -> int | None:
    """How many letters of other names stand before a figure that has all that is asked, else None."""
    figures = text.figures[sentence.index]
    figure = figures[i]
    if not _counts(figure, counted.unit):
        return None
    clause = clause_of(sentence.text, figures, i)
    cover = cover_of(counted, figure, zone(clause.own), "")
    if cover is None or not cover.pieces:
        return None
    return sum(map(len, rest_of(clause.left, cover.pieces)))


def _counts(figure: Figure, unit: str | None) -> bool:
    """Whether a figure of prose is a count, and in the unit that was asked for."""
    if not is_count(figure):
        return False
    return unit is None or prose_words().fits_nearly(unit, figure.unit)


def _clear_best(fits: list[_Fit]) -> ProseFigure | None:
    if not fits:
        return None
    best = min(fits, key=_rank)
    for other in fits:
        if other is best or _same(other.found, best.found):
            continue
        here = other.found.text is best.found.text
        if here and other.found.part_of == best.found.figure.id and other.strange:
            continue
        if best.near_before and not other.near_before and other.exact_unit <= best.exact_unit:
            continue
        if best.strange == 0 and other.strange and other.exact_unit <= best.exact_unit:
            continue
        return None
    return best.found


def _same(a: ProseFigure, b: ProseFigure) -> bool:
    return (a.figure.value, a.figure.unit) == (b.figure.value, b.figure.unit)


def _rank(fit: _Fit) -> tuple[bool, bool, int]:
    return (not fit.near_before, not fit.exact_unit, fit.strange)


def _fit(
    text: ReportText,
    sentence: Sentence,
    i: int,
    counted: Counted,
    focus: Focus,
    before: Counted | None,
) -> _Fit | None:
    figures = text.figures[sentence.index]
    figure = figures[i]
    if not _counts(figure, counted.unit):
        return None
    clause = clause_of(sentence.text, figures, i)
    bare = not rest_of(clause.left, ()) and not rest_of(clause.right, ())
    own = zone(clause.own, clause.channel)
    lead = zone(clause.lead)
    cover = cover_of(counted, figure, own, lead)
    if cover is None:
        return None
    strange = strange_letters(clause, cover, figure, bare)
    if strange is None or not names_it(counted, cover, clause, figure, bare, lead):
        return None
    if any(p not in own for p in cover.pieces) and not bare and strange:
        return None  # what only the clause before says is not said of a part
    if not verbs_agree(counted, cover, clause, strange) or not whole_groups(cover, clause):
        return None
    around = clause.left + clause.right + clause.channel
    if not its_place(text, sentence, figures, focus, around):
        return None
    if belongs_to_another(text, sentence, clause.left + clause.right, around, focus):
        return None
    if is_framed(text, sentence, figure, focus, growth=False):
        return None
    if stands_for_more(sentence.text, figure):
        return None
    near = before is not None and _is_near(before, own)
    found = ProseFigure(text, sentence, figure, 1.0, None, part_of(sentence.text, figures, i), 0.0)
    exact = counted.unit is None or prose_words().fits(counted.unit, figure.unit)
    return _Fit(found, exact, strange, near)


def _is_near(before: Counted, own: str) -> bool:
    """Whether a name of the ask before stands here as well: 门户网站… of both."""
    names = [
        piece
        for run in before.runs
        for size in (4, 3, 2)
        for k in range(len(run.text) - size + 1)
        if all(run.hard[k : k + size])
        and (piece := run.text[k : k + size]) not in prose_words().verbs
    ]
    return any(name in own for name in names)


def says_more(found: ProseFigure, counted: Counted | None, asked: str) -> bool:
    """Whether the clause of a figure narrows it, or counts more with it, than the question `asked`.

    `counted` is what it counts where it is a question for one figure.
    """
    figures = found.text.figures[found.sentence.index]
    clause = clause_of(found.sentence.text, figures, figures.index(found.figure))
    narrow = (w for w in prose_words().marked if w in clause.left + clause.right + clause.verb)
    if any(w not in asked for w in narrow) or not names_all_or_none(clause, (asked,)):
        return True
    if counted is None:
        return False
    cover = cover_of(counted, found.figure, zone(clause.own, clause.channel), zone(clause.lead))
    if cover is None or not cover.pieces:
        return False
    if does_another(counted, cover, clause) or is_part_of_name(cover, clause):
        return True
    names = [p for p in cover.pieces if p not in prose_words().verbs]
    return bool(names and another_behind(clause, cover, found.figure))
