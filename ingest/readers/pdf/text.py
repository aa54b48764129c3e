"""From visual lines to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.model import Place
from ingest.readers.pdf.lines import around, is_wide, rounded
from ingest.readers.pdf.pages import Line

_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|第[一二三四五六七八九十]{1,3}[章节部])"
)
_ENDED = re.compile(r"[。！？；：!?;:.][”’」』）)]*\s*$")
_WORD = re.compile(
    r"[(（《“‘「『〔【]*(?:[a-zA-Z0-9.,%+-]+|.)[、，。；：！？,.;:!?)）》”’」』〕】%]*"
)
_FEW = 5  # lines
_BIG = 1.25  # times the size of the body: a title


@dataclass(frozen=True, slots=True)
class Margins:
    """Where a column's lines begin and end, its letters' size and its lines' distance, points."""

    left: float
    right: float
    size: float
    pitch: float


def margins_of(column: Sequence[Line], width: float | None = None) -> Margins:
    """The margins of a column, given all its lines (there must be one) over all pages.

    `width` is that of the page, where the column is as wide: a few short lines do not show how far
    lines can reach, the margin at the left does.
    """
    letters: Counter[float] = Counter()
    for line in column:
        letters[round(line.size, 1)] += len(line.text)
    size = max(letters, key=lambda s: (letters[s], -s))
    body = [line for line in column if abs(line.size - size) <= 0.15 * size] or list(column)
    starts = Counter(round(line.box[0] / 3) for line in body)
    often = [start for start, times in starts.items() if times >= 0.1 * len(body)]
    left = min(often or starts) * 3.0
    right = sorted(line.box[2] for line in body)[-1 - len(body) // 40]
    if width is not None and len(body) < _FEW:
        right = max(right, width - min(line.box[0] for line in column) - size)
    steps = [
        b.box[1] - a.box[1]
        for a, b in pairwise(body)
        if a.page == b.page and 0.8 * size < b.box[1] - a.box[1] < 4 * size
    ]
    return Margins(left, right, size, median(steps) if steps else 1.5 * size)


def paragraphs(lines: Sequence[tuple[Line, Margins]]) -> list[tuple[str, Place]]:
    """Paragraphs of consecutive lines, each given with the margins of its column.

    A paragraph that goes on over a page break has the place of its first page.
    """
    groups: list[list[tuple[Line, Margins]]] = []
    for line, margins in lines:
        if groups and not _begins(*groups[-1][-1], line, margins):
            groups[-1].append((line, margins))
        else:
            groups.append([(line, margins)])
    out = []
    for group in groups:
        own = [line for line, _ in group]
        out.append((_text(own), _place(own)))
    return out


def _begins(before: Line, old: Margins, line: Line, m: Margins) -> bool:
    """Whether `line` begins a new paragraph behind the line `before`."""
    if abs(before.size - line.size) > 0.15 * max(before.size, line.size):
        return True
    if len(before.runs) > 1 or len(line.runs) > 1:
        return True
    step = line.box[1] - before.box[1]
    title = before.size > _BIG * m.size
    if before.page == line.page and old == m:
        if title:
            return step > 2.2 * line.size or not _centred(before, line)
        if step > 1.45 * m.pitch or step < 0:
            return True
    elif title or line.page - before.page not in (0, 1):
        return True
    if before.box[2] + _first_word(line.text) * line.size < old.right - 0.6 * old.size:
        return True  # there was room for more
    if line.box[0] > m.left + 1.0 * m.size:
        return True
    return bool(_HEADING.match(line.text)) and bool(_ENDED.search(before.text))


def _first_word(text: str) -> float:
    """The width (em) of what cannot be parted at the start of a line, closing marks included."""
    word = _WORD.match(text.strip())
    return sum(1.0 if is_wide(c) else 0.5 for c in word.group()) if word else 1.0


def _centred(one: Line, other: Line) -> bool:
    middles = [(line.box[0] + line.box[2]) / 2 for line in (one, other)]
    return abs(middles[0] - middles[1]) < 2 * one.size or abs(one.box[0] - other.box[0]) < one.size


def _text(group: list[Line]) -> str:
    out = ""
    for line in group:
        text = line.text.strip()
        latin = out and text and out[-1].isalpha() and text[0].isalpha()
        if latin and not is_wide(out[-1]) and not is_wide(text[0]):
            out += " "
        out += text
    return out


def _place(group: list[Line]) -> Place:
    page = group[0].page
    return Place(page=page, bbox=rounded(around(line.box for line in group if line.page == page)))
