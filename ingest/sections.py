"""Headings, paragraphs, sentences and passages of the narrative."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.model import Passage, Sentence
from ingest.normalise import SearchText, normalise
from ingest.numbers import looks_like_value
from ingest.readers import TextLine

_LEVELS = (
    re.compile(r"^#*[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^#*\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"^#*\d{1,2}[、.](?!\d)"),
)
_LONGEST_HEADING = 40
_AFTER_HEADING = "。: "
# a short line that counts something is also a sentence: `(五)共收取信息处理费860元`
_COUNTED = re.compile(
    r"(?<![第\d.])\d+(?:[,.]\d+)*[余多]?[万亿]?[余多]?[件条篇场次人家户项个期份元宗名位%]"
)
_SENTENCE_END = re.compile(r"[。!?][”’)》]*")
_PASSAGE = 400  # characters; the embedder slows down steeply beyond
_CHROME = re.compile(r"^(字号|分享|打印|关闭|字体|来源|浏览次数|发布时间)[:: ]")


@dataclass(frozen=True, slots=True)
class Narrative:
    """The narrative of one report, in reading order."""

    sections: tuple[tuple[str, ...], ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]


def read_narrative(lines: list[TextLine]) -> Narrative:
    """Split lines that belong to no table into sections, sentences and passages."""
    path: list[tuple[int, str]] = []
    sections: list[tuple[str, ...]] = []
    sentences: list[Sentence] = []
    passages: list[Passage] = []
    paragraph = 0
    for line in lines:
        search = normalise(line.text)
        text = search.text.strip(" #")
        if not text or looks_like_value(text) or _CHROME.match(text):
            continue
        level, heading = _heading(text)
        if level is not None and heading:
            path = [*(above for above in path if above[0] < level), (level, heading)]
            sections.append(tuple(words for _, words in path))
            if heading == text.rstrip(_AFTER_HEADING) and not _COUNTED.search(text):
                continue
        found = _sentences(line, search, len(sentences), paragraph, sections[-1] if path else ())
        sentences += found
        passages += _passages(found, len(passages))
        paragraph += 1
    return Narrative(tuple(sections), tuple(sentences), tuple(passages))


def _heading(text: str) -> tuple[int | None, str]:
    """The level and words of a heading line, or of a heading that opens a paragraph."""
    for level, pattern in enumerate(_LEVELS):
        if pattern.match(text):
            if len(text) <= _LONGEST_HEADING and not _SENTENCE_END.search(text[:-1]):
                return level, text.rstrip(_AFTER_HEADING)
            head = _SENTENCE_END.split(text, maxsplit=1)[0]
            return (
                (level, head) if len(head) <= _LONGEST_HEADING and "," not in head else (None, "")
            )
    return None, ""


def _sentences(
    line: TextLine, search: SearchText, first: int, paragraph: int, section: tuple[str, ...]
) -> list[Sentence]:
    out: list[Sentence] = []
    begin = 0
    text = search.text
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    if not ends or ends[-1] < len(text.rstrip()):
        ends.append(len(text))
    offset = line.place.start or 0
    for end in ends:
        piece = text[begin:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip(" #"))
            start, stop = search.printed_span(begin + lead, end)
            printed = line.text[start:stop].rstrip()
            place = replace(line.place, start=offset + start, end=offset + stop)
            out.append(
                Sentence(
                    first + len(out), paragraph, section, printed, piece[lead:].rstrip(), place
                )
            )
        begin = end
    return out


def _passages(sentences: list[Sentence], first: int) -> list[Passage]:
    """A paragraph is one passage; a long one is cut between sentences."""
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        size = sum(len(s.text) for s in groups[-1]) if groups else 0
        if not groups or size + len(sentence.text) > _PASSAGE:
            groups.append([])
        groups[-1].append(sentence)
    out = []
    for i, group in enumerate(groups):
        place = replace(group[0].place, end=group[-1].place.end)
        out.append(
            Passage(
                first + i,
                group[0].section,
                "".join(s.printed for s in group),
                "".join(s.text for s in group),
                tuple(s.index for s in group),
                place,
            )
        )
    return out
