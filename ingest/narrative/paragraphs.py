"""Lines into paragraphs: hard-wrapped lines joined where that is certain, with a map to the print."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.metadata.front import glued_headings, is_chrome, outline_heading
from ingest.model import Place
from ingest.normalise import SearchText, clean, normalise
from ingest.numbers import looks_like_value
from ingest.quick import quick
from ingest.readers import TextLine

# widths count a Chinese letter as 2
_NARROWEST, _WIDEST = 40, 200
_FULL = 0.86  # a line this near to the widest was broken by a converter, not by its author
_LEAST_WRAPPED = 2
_CLOSED = re.compile(r"(?:[。！？!?:：…”’」』]|(?<!\d)\.)$")
#: how a new item or heading begins; such a line never continues the one before it
STARTS = re.compile(
    r"^[\s>]*(?:#{1,6}\s|[-*+]\s|\*\*|\||第[一二三四五六七八九十]{1,3}(?:部分|章)|[一二三四五六七八九十]{1,3}\s*[、.．]|"
    r"[(（]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]|\d{1,2}\s*[、)）]|\d{1,2}[.．](?!\d)|[①-⑳])"
)
_BLANK = re.compile(" ")
_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)([^*\n]+?)(?<!\*)\*\*(?!\*)")


@quick
@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its print (lines joined by their line breaks), its search text, its lines.

    `starts` are the offsets in `printed` at which its lines begin.
    """

    printed: str
    search: SearchText
    lines: tuple[TextLine, ...]
    starts: tuple[int, ...]

    def place(self, start: int, end: int) -> Place:
        """Where `printed[start:end]` stands: the place of the line it begins in, offsets narrowed."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_left(self.starts, max(end, start + 1)) - 1
        place = self.lines[first].place
        offset = self.lines[0].place.start or 0
        below = self.lines[last].place.line
        end_line = below if last != first and below != place.line else place.end_line
        return place.between(offset + start, offset + end, end_line)


def read_paragraphs(lines: list[TextLine]) -> list[Paragraph]:
    """The paragraphs of narrative lines, in order; chrome and lone values are left out."""
    own = [part for line in lines for part in _parts(line)]
    wrap = _wrap_width(own)
    out: list[list[TextLine]] = []
    for line in own:
        if not _is_prose(line):
            continue
        if out and _continues(out[-1][-1], line, wrap):
            out[-1].append(line)
        else:
            out.append([line])
    return [_paragraph(group) for group in out]


def _is_prose(line: TextLine) -> bool:
    text = line.text
    if not text.strip():
        return False
    if len(text) > 400:
        return True
    cleaned = clean(text).strip(" #")
    return bool(cleaned) and not looks_like_value(cleaned) and not is_chrome(cleaned)


def _parts(line: TextLine) -> list[TextLine]:
    """The line, cut where a part of the report begins in its midst."""
    cuts = glued_headings(line.text)
    if not cuts:
        return [line]
    begin = line.place.start or 0
    edges = [0, *cuts, len(line.text)]
    out = []
    for start, end in pairwise(edges):
        piece = line.text[start:end]
        head, gap, rest = _heading_and_rest(piece) if start else (piece, "", "")
        for text, at in ((head, start), (rest, start + len(head) + len(gap))):
            if text.strip():
                place = replace(line.place, start=begin + at, end=begin + at + len(text))
                out.append(replace(line, text=text, place=place))
    return out


def _heading_and_rest(piece: str) -> tuple[str, str, str]:
    for m in re.finditer(r"\s+", piece[:60]):
        if outline_heading(clean(piece[: m.start()])):
            return piece[: m.start()], m.group(), piece[m.end() :]
    return piece, "", ""


class _Widths(dict[str, int]):
    """The width of every letter met so far."""

    def __missing__(self, letter: str) -> int:
        width = self[letter] = 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        return width


_WIDTHS = _Widths()


def _width(text: str) -> int:
    return sum(map(_WIDTHS.__getitem__, text))


def _wrap_width(lines: list[TextLine]) -> int | None:
    """The width that a converter broke lines at, None where lines were not broken.

    Where any paragraph is one longer line, nothing was wrapped; else several open lines must end
    at nearly the same width.
    """
    if any(len(line.text) > _WIDEST for line in lines):
        return None
    widths = [(_width(line.text.rstrip()), line) for line in lines if line.text.strip()]
    if not widths:
        return None
    widest = max(width for width, _ in widths)
    if not _NARROWEST <= widest <= _WIDEST:
        return None
    wrapped = [
        width
        for width, line in widths
        if width >= _FULL * widest and not _is_closed(line.text.rstrip())
    ]
    return widest if len(wrapped) >= _LEAST_WRAPPED else None


def _continues(before: TextLine, line: TextLine, wrap: int | None) -> bool:
    """Whether `line` goes on with the sentence that `before` leaves open."""
    head, tail = before.text.rstrip(), line.text
    if not _adjacent(before, line) or _is_closed(head) or STARTS.match(tail):
        return False
    if outline_heading(clean(head).strip(" #*")) or head.lstrip().startswith("#"):
        return False
    if wrap is not None and _width(head) >= _FULL * wrap:
        return True
    # a number torn in two: neither half is a figure
    return bool(len(head) > 15 and re.search(r"\d[,，.]?$", head) and re.match(r"\s*\d", tail))


def _is_closed(text: str) -> bool:
    """Whether a text ends where a sentence can."""
    return _CLOSED.search(text[-2:]) is not None


def _adjacent(before: TextLine, line: TextLine) -> bool:
    """Whether one line break parts them, so that both are one slice of the text."""
    end, start = before.place.end, line.place.start
    return end is not None and start is not None and start == end + 1


def _paragraph(lines: list[TextLine]) -> Paragraph:
    printed = "\n".join(line.text for line in lines)
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    search = normalise(printed)
    if len(lines) > 1:
        search = _without(search, _torn(search, printed))
    if "**" in search.text:
        search = _without(search, _bold(search.text))
    return Paragraph(printed, search, tuple(lines), tuple(starts))


def _torn(search: SearchText, printed: str) -> set[int]:
    """Blanks that stand for a line break inside a number."""
    out = set()
    for m in _BLANK.finditer(search.text):
        i = m.start()
        if 0 < i < len(search.text) - 1:
            inside = "\n" in printed[search.offsets[i - 1] : search.offsets[i + 1]]
            if inside and _digit(search.text[i - 1]) and search.text[i + 1].isdigit():
                out.add(i)
    return out


def _digit(c: str) -> bool:
    return c.isdigit() or c in ",."


def _bold(text: str) -> set[int]:
    """Markdown's marks around bold words; masked words (`****`) stay."""
    out: set[int] = set()
    for m in _BOLD.finditer(text):
        out.update((m.start(), m.start() + 1, m.end() - 2, m.end() - 1))
    return out


def _without(search: SearchText, dropped: set[int]) -> SearchText:
    if not dropped:
        return search
    kept = [i for i in range(len(search.text)) if i not in dropped]
    text = "".join(search.text[i] for i in kept)
    return SearchText(text, (*(search.offsets[i] for i in kept), search.offsets[-1]))
