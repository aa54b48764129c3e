"""The figure of the one sentence that says most of what is asked, where its own clause names it.

The last resort for questions in words of the asker's own (公厕有几座 of 1059座24小时开放环卫公厕). Nothing
is given where two sentences say as much, or two figures of the sentence are named as well.
"""

from __future__ import annotations

import re

from index.plan.words import load_words
from index.prose.belonging import belongs_to_another, is_framed, its_place
from index.prose.beside import names_all_or_none
from index.prose.clause import clause_of, verbs_in
from index.prose.counted import Counted, is_count
from index.prose.cover import cover_of, zone
from index.prose.figure import ProseFigure, part_of, stands_for_more
from index.prose.words import prose_words
from index.retrieve.focus import Focus
from index.retrieve.texts import ReportText
from index.store.lexical import words_of
from ingest.model import Figure, Sentence

#: 利用甲、乙、丙等渠道|开展互动200场: the channels are not what is counted
_MEANS = re.compile(r"等(?:多种|各种|各类|多个)?(?:渠道|方式|形式|平台|途径|载体|手段|措施)")
#: a verb in the name of the law and of its applications
_NOUN = re.compile(r"信息公开")
_LEAST = 0.4  # of the question's weight that the sentence must hold
_AHEAD = 1.25  # how much more than the next sentence with such a figure
_NAMED = 1.4  # how much more than the next figure of the sentence


def find_nearest(
    text: ReportText, counted: Counted, focus: Focus, asked: str, stated: set[str]
) -> ProseFigure | None:
    """The figure that the words of `focus` name, or None where that is not certain.

    `asked` is the question in search text, `stated` the numbers in it, which are not asked for.
    """
    whole = sum(text.weight(w) for w in focus.words)
    unit = counted.unit
    if unit is None or not whole or not focus.must:
        return None
    found: list[tuple[float, Sentence]] = []
    for sentence in text.sentences:
        figures = text.figures.get(sentence.index, ())
        if not any(_fits(f, unit, stated) for f in figures):
            continue
        present = text.words[sentence.index]
        held = sum(text.weight(w) for w in focus.words if w in present)
        if held / whole >= _LEAST and _says_names(focus, present):
            found.append((held / whole, sentence))
    found.sort(key=lambda f: -f[0])
    if not found or (len(found) > 1 and found[0][0] < _AHEAD * found[1][0]):
        return None
    cover, sentence = found[0]
    made = _of_sentence(text, sentence, focus, unit, stated, cover)
    if made is None or not _said_whole(made, counted, asked, focus):
        return None
    return made


def _said_whole(found: ProseFigure, counted: Counted, asked: str, focus: Focus) -> bool:
    """Whether all that is asked is said of the figure, and nothing that narrows it or is another's."""
    text, sentence = found.text, found.sentence
    figures = text.figures[sentence.index]
    clause = clause_of(sentence.text, figures, figures.index(found.figure))
    headings = zone(*sentence.section)
    cover = cover_of(counted, found.figure, zone(sentence.text), headings)
    if cover is None:
        return False  # a word of the question is found nowhere near
    around = clause.left + clause.right + clause.verb
    if any(w in around and w not in asked for w in prose_words().marked):
        return False  # 同比增加15期, 其中…: it counts something narrower
    told = _told(counted)
    near = zone(clause.left, clause.right, clause.verb, clause.lead)
    if any(not _done_here(verb, near) for verb in told):
        return False
    elsewhere = "".join(
        zone(other.left, other.right)
        for i, figure in enumerate(figures)
        if figure is not found.figure and figure.unit == found.figure.unit
        for other in [clause_of(sentence.text, figures, i)]
    )
    if any(verb in elsewhere and verb not in near for verb in told):
        return False  # 网站发布210条,微博推送75条: what the site pushed is not told
    if not names_all_or_none(clause, (asked,)):
        return False
    outer = around + clause.channel
    if not its_place(text, sentence, figures, focus, outer):
        return False
    if belongs_to_another(text, sentence, clause.left + clause.right, outer, focus):
        return False
    framed = is_framed(text, sentence, found.figure, focus, growth=False)
    return not framed and not stands_for_more(sentence.text, found.figure)


def says_it_all(found: ProseFigure, counted: Counted) -> bool:
    """Whether the sentence of a figure holds all that is counted, and what was done with it.

    沭阳县收费多少件 is not answered by 沭阳县477件 where a sentence counts applications.
    """
    headings = zone(*found.sentence.section)
    cover = cover_of(counted, found.figure, zone(found.sentence.text), headings)
    return cover is not None and is_done(found, counted) and not _done_to_another(found, counted)


def _done_to_another(found: ProseFigure, counted: Counted) -> bool:
    """收到意见318条,采纳46条: 采纳 stands right at another figure, and not at this one."""
    figures = found.text.figures[found.sentence.index]
    told = _told(counted)
    own, others = "", ""
    for i, figure in enumerate(figures):
        clause = clause_of(found.sentence.text, figures, i)
        said = zone(clause.left, clause.right, clause.verb, clause.lead)
        if figure is found.figure or figure.id == found.part_of:
            own += said
        else:
            others += zone(clause.left, clause.verb)
    if not any(prose_words().classes(v) for v in verbs_in(own)):
        return False  # 市政府收到521件，甲县268件: a row of names under one verb
    return not any(v in own for v in told) and any(v in others for v in told)


def is_done(found: ProseFigure, counted: Counted) -> bool:
    """Whether the sentence of a figure has each verb of the question, or one of the same doing."""
    said = _NOUN.sub("", found.sentence.text)
    others = prose_words().synonyms.items()
    return all(
        _done_here(verb, said)
        or any(word in said for name, words in others if verb in name for word in words)
        for verb in _told(counted)
    )  # 参加培训 is said as 参训


def _told(counted: Counted) -> set[str]:
    """The verbs of what is counted that say what was done."""
    asked = (_NOUN.sub("", run.text) for run in counted.runs)
    return {v for text in asked for v in verbs_in(text) if prose_words().classes(v)}


def _done_here(verb: str, near: str) -> bool:
    """Whether a verb, or one of the same doing, stands in the clause of the figure."""
    same = prose_words().classes(verb)
    return any(prose_words().classes(v) & same for v in verbs_in(near)) or verb in near


def only_a_means(found: ProseFigure, focus: Focus) -> bool:
    """Whether what is asked only stands among the channels that the counted thing was done by."""
    figures = found.text.figures[found.sentence.index]
    clause = clause_of(found.sentence.text, figures, figures.index(found.figure))
    parts = _MEANS.split(clause.left)
    if len(parts) < 2:
        return False
    said = set(words_of(parts[-1])) | set(words_of(clause.right))
    asked = focus.head or focus.must
    return bool(asked) and not any(w in said for w in asked)


def _of_sentence(
    text: ReportText,
    sentence: Sentence,
    focus: Focus,
    unit: str,
    stated: set[str],
    cover: float,
) -> ProseFigure | None:
    """The figure of a sentence whose own clause names what is asked, more than any other's does."""
    figures = text.figures[sentence.index]
    scored: list[tuple[float, int]] = []
    for i, figure in enumerate(figures):
        if not _fits(figure, unit, stated):
            continue
        clause = clause_of(sentence.text, figures, i)
        left = _MEANS.split(clause.left)[-1]
        own = set(words_of(left)) | set(words_of(clause.right))
        named = sum(text.weight(w) for w in focus.words if w in own)
        head = any(w in own for w in focus.head or focus.must)
        scored.append((named if head else 0.0, i))
    scored.sort(reverse=True)
    best, at = scored[0]
    if best <= 0 or (len(scored) > 1 and best < _NAMED * scored[1][0]):
        return None
    figure = figures[at]
    return ProseFigure(text, sentence, figure, cover, None, part_of(sentence.text, figures, at))


def _fits(figure: Figure, unit: str, stated: set[str]) -> bool:
    fits = is_count(figure) and prose_words().fits(unit, figure.unit)
    return fits and figure.text not in stated


def _says_names(focus: Focus, present: frozenset[str]) -> bool:
    """Whether a sentence has the places and bodies that the question names."""
    ordinary = set(load_words().roles["problem_letters"][0])
    names = {w for name in focus.names for w in words_of(name) if not set(w) <= ordinary}
    return all(w in present for w in names)
