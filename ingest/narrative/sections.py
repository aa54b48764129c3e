"""Headings, sentences and passages of the narrative."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.metadata.front import outline_heading
from ingest.metadata.titles import find_titles
from ingest.model import Passage, Sentence, make_sentence
from ingest.narrative.paragraphs import Paragraph, read_paragraphs
from ingest.normalise import clean
from ingest.readers import TextLine

_HAN = "[一二三四五六七八九十]{1,3}"
_LEVELS = (
    re.compile(rf"^#*(?:{_HAN}[、.]|第{_HAN}(?:部分|章))"),
    re.compile(rf"^#*\({_HAN}\)"),
    re.compile(r"^#*\d{1,2}[、.](?!\d)"),
    re.compile(r"^#*(?:\(\d{1,2}\)|[①-⑳]|\d{1,2}\))"),
)
_MARKDOWN = re.compile(r"^\s*(#{1,6})\s*(?=\S)")
_BOLD_LINE = re.compile(r"^\s*\*\*(?!\*)[^*\n]+\*\*\s*$")
_LONGEST_HEADING = 40
_LONGEST_GLUED = 20
_DEEPEST = 4  # a bold line without a number
_AFTER_HEADING = "。: "
# a short line that counts something is also a sentence: `(五)共收取信息处理费860元`
_COUNTED = re.compile(
    r"(?<![第\d.])\d+(?:[,.]\d+)*[余多]?[万亿]?[余多]?[件条篇场次人家户项个期份元宗名位%]"
)
_LONGEST_TITLE = 30
_SENTENCE_END = re.compile(r"[。!?][”’)》]*")


@dataclass(frozen=True, slots=True)
class Narrative:
    """The narrative of one report, in reading order.

    `outline` has the number of the block that each of `sections` begins in.
    """

    sections: tuple[tuple[str, ...], ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    outline: tuple[int, ...] = ()

    def section_of(self, number: int) -> tuple[str, ...]:
        """The headings that block `number` of the document stands under; () before the first."""
        at = bisect_left(self.outline, number)
        return self.sections[at - 1] if at else ()


def read_narrative(lines: list[TextLine]) -> Narrative:
    """Split lines that belong to no table into sections, sentences and passages."""
    path: list[tuple[int, str]] = []
    sections: list[tuple[str, ...]] = []
    sentences: list[Sentence] = []
    passages: list[Passage] = []
    outline: list[int] = []
    number = 0
    for paragraph in read_paragraphs(_without_titles(lines)):
        text = paragraph.search.text.strip(" #")
        level, heading = _heading(text, paragraph.printed)
        if level is not None and heading:
            path = [*(above for above in path if above[0] < level), (level, heading)]
            sections.append(tuple(words for _, words in path))
            outline.append(paragraph.lines[0].number)
            if heading == text.rstrip(_AFTER_HEADING) and not _COUNTED.search(text):
                continue
        found = _sentences(paragraph, len(sentences), number, sections[-1] if path else ())
        sentences += found
        passages += _passages(found, len(passages))
        number += 1
    return Narrative(tuple(sections), tuple(sentences), tuple(passages), tuple(outline))


def _without_titles(lines: list[TextLine]) -> list[TextLine]:
    """The lines that are no title of a report, this one's or one that is linked to."""
    titles = {i for t in find_titles(lines) for i in range(t.first, t.last + 1)}
    return [line for i, line in enumerate(lines) if i not in titles] if titles else lines


def _heading(text: str, printed: str) -> tuple[int | None, str]:
    """The level and words of a heading line, or of a heading that opens a paragraph."""
    if _BOLD_LINE.match(printed) and not _SENTENCE_END.search(text):
        bare = text.strip("* ")
        level, words = _numbered(bare, bare)
        if level is not None or outline_heading(bare):
            return level or 0, words or bare.rstrip(_AFTER_HEADING)
        return (_DEEPEST, bare) if len(bare) <= _LONGEST_HEADING else (None, "")
    level, words = _numbered(text, printed)
    if level is not None:
        return level, words
    if outline_heading(text):
        return 0, text.rstrip(_AFTER_HEADING)
    mark = _MARKDOWN.match(printed)
    if mark and len(mark.group(1)) > 1 and len(text) <= _LONGEST_HEADING:
        return min(len(mark.group(1)) - 2, _DEEPEST), text.rstrip(_AFTER_HEADING)
    return None, ""


def _numbered(text: str, printed: str) -> tuple[int | None, str]:
    for level, pattern in enumerate(_LEVELS):
        if not pattern.match(text):
            continue
        if len(text) <= _LONGEST_HEADING and not _SENTENCE_END.search(text[:-1]):
            return level, text.rstrip(_AFTER_HEADING)
        for head in (_SENTENCE_END.split(text, maxsplit=1)[0], _first_words(text, printed)):
            if head and len(head) <= _LONGEST_HEADING and "," not in head:
                return level, head
        return None, ""
    return None, ""


def _first_words(text: str, printed: str) -> str:
    """What stands before a colon or a blank, where a heading is glued to its paragraph so."""
    head = text.split(":", 1)[0]
    if len(head) <= _LONGEST_GLUED:
        return head
    for m in re.finditer(r"\S(?=\s)", printed.strip()[: 2 * _LONGEST_GLUED]):
        head = clean(printed.strip()[: m.end()]).strip(" #*")
        if outline_heading(head) or (len(head) > 4 and head.endswith(("情况", "方面"))):
            return head if len(head) <= _LONGEST_GLUED else ""
    return ""


def _sentences(
    paragraph: Paragraph, first: int, number: int, section: tuple[str, ...]
) -> list[Sentence]:
    out: list[Sentence] = []
    begin = 0
    search = paragraph.search
    text = search.text
    # 《买岛?别急》: a title may ask
    ends = [
        m.end() for m in _SENTENCE_END.finditer(text)
        if text.count("《", 0, m.end()) <= text.count("》", 0, m.end())
        or "》" not in text[m.end() : m.end() + _LONGEST_TITLE]
    ]  # fmt: skip
    if not ends or ends[-1] < len(text.rstrip()):
        ends.append(len(text))
    for end in ends:
        piece = text[begin:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip(" #"))
            start, stop = search.printed_span(begin + lead, end)
            printed = paragraph.printed[start:stop].rstrip()
            place = paragraph.place(start, stop)
            own = piece[lead:].rstrip()
            out.append(make_sentence(first + len(out), number, section, printed, own, place))
        begin = end
    return out


def _passages(sentences: list[Sentence], first: int) -> list[Passage]:
    """A sentence is a passage: what answers is found by its own words, not by those around it."""
    return [
        Passage(first + i, s.section, s.printed, s.text, (s.index,), s.place)
        for i, s in enumerate(sentences)
    ]
