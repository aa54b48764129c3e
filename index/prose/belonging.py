"""Whether a figure of a sentence is the issuer's own of the year: not another body's, place's or time's."""

from __future__ import annotations

import re

from index.prose.clause import verbs_in
from index.prose.frames import odd_frame
from index.retrieve.focus import Focus
from index.retrieve.texts import ReportText
from ingest.model import Figure, Sentence

_LEVEL = re.compile(r"(市级|区级|县级|省级|各区|各县|部门)")
_BODY = re.compile(
    r"((?:市|[县区州旗](?!政府|人民|委))[\u4e00-\u9fff]{1,8}?(?:局|委|厅|办公室)|[\u4e00-\u9fff]{2,3}(?:区|县))(?![级域里块间])"
)


def is_framed(
    text: ReportText, sentence: Sentence, figure: Figure, focus: Focus, *, growth: bool
) -> bool:
    """去年的, 计划的, 增加的, 每家的: not the figure of the year, unless that is what is asked."""
    asked = "".join((focus.text, *focus.names, *focus.unknown, *focus.words))
    start = (figure.span or (0, 0))[0]
    place = (text.report.level or "") not in ("部门", "")
    odd = odd_frame(sentence.text, start, asked, text.report.year, growth=growth, whole=place)
    return odd is not None


def its_place(
    text: ReportText, sentence: Sentence, figures: tuple[Figure, ...], focus: Focus, around: str
) -> bool:
    """A place or body must stand around the figure, or lead the sentence (or the one before).

    In `甲县15场、乙县11场` the name of one county says nothing of the next figure.
    """
    first = min((f.span or (0, 0))[0] for f in figures)
    before = sentence.index - 1
    lead = sentence.text[:first]
    if before >= 0 and text.sentences[before].paragraph == sentence.paragraph:
        lead = text.sentences[before].text + lead
    return all(name in around or name in lead for name in focus.names)


def other_level(own: str, around: str, focus: Focus) -> bool:
    """Whether a figure is of one level (市级, 各县, 部门) and the question of none or another one."""
    asked = focus.text + "".join(focus.names) + "".join(focus.unknown)
    return any(level not in asked for level in _LEVEL.findall(own)) or any(
        level not in around for level in _LEVEL.findall(asked)
    )


def belongs_to_another(
    text: ReportText, sentence: Sentence, own: str, around: str, focus: Focus
) -> bool:
    """A figure of one bureau, county or level is not the issuer's, unless the question names it."""
    asked = focus.text + "".join(focus.names) + "".join(focus.unknown)
    if other_level(own, around, focus):
        return True
    before = sentence.index - 1
    lead = sentence.text
    same = before >= 0 and text.sentences[before].paragraph == sentence.paragraph
    for candidate in (lead, text.sentences[before].text if same else ""):
        m = _BODY.match(candidate)
        if m is not None:
            name = m.group(1)
            if verbs_in(name[:2]):
                return False  # 承办|县人大建议
            named = name in asked or (len(name) > 3 and name[1:] in asked)  # 县财政局, 财政局
            return not named and not (text.report.issuer or "").endswith(name)
    return False
