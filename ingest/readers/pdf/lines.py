"""From glyphs to lines of text: which letters stand side by side, and what a cell prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.drawing import Box
from ingest.readers.pdf.source import UNKNOWN, Glyph
from ingest.readers.raised import lowered, raised

_SPACE = 0.25  # em; a gap that parts words
_APART = 1.2  # em; a gap that parts runs: columns of a table or of the page
_SMALL = 0.86  # times the size of its neighbours: a mark, or nobody knows what
_FIGURE = frozenset("0123456789０１２３４５６７８９.,，．")
_BROKEN_NUMBER = re.compile(rf"[\d.,]*{UNKNOWN}[\d.,{UNKNOWN}]*")


Word = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one line that no wide gap parts. `size` is that of most of its letters."""

    text: str
    box: Box
    size: float
    page: int
    #: how far apart its letters are set, em; letter-spaced titles have more than 0.1
    tracking: float = 0.0
    #: its words with where each begins and ends, where there are several
    words: tuple[Word, ...] = ()

    @property
    def middle(self) -> float:
        """The height of its middle, in points from the top."""
        return (self.box[1] + self.box[3]) / 2

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.box[2] - self.box[0]


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the columns of a table above (that a page cuts in a row) would go on."""

    xs: tuple[float, ...]
    top: float
    bottom: float

    def parts(self, x: float, y: float) -> bool:
        """Whether a gap at this point lies on an edge of a column."""
        return self.top < y < self.bottom and any(abs(x - edge) < 6 for edge in self.xs)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return min(x0s), min(tops), max(x1s), max(bottoms)


def rounded(box: Box) -> Box:
    """A box as it is kept in a Place: two decimals, so that two runs give the same bytes."""
    return round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)


def is_wide(letter: str) -> bool:
    """Whether a letter is as wide as high: Chinese letters and their punctuation."""
    return unicodedata.east_asian_width(letter[0]) in "WF"


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Lines from the top down, each from left to right; a letter drawn twice stands once."""
    ordered = sorted(glyphs, key=lambda g: g.top + g.bottom)
    lines: list[list[Glyph]] = []
    for g in ordered:
        if lines and _same_line(lines[-1][0], g):
            lines[-1].append(g)
        else:
            lines.append([g])
    out = []
    for line in lines:
        line.sort(key=lambda g: (g.x0, g.order))
        kept = _once(line)
        if any(g.text != " " for g in kept):
            out.append(kept)
    return out


def _same_line(first: Glyph, g: Glyph) -> bool:
    apart = (g.top + g.bottom - first.top - first.bottom) / 2
    return apart < 0.45 * max(first.size, g.size)


def _once(line: list[Glyph]) -> list[Glyph]:
    """Bold that is made by drawing a letter twice, a hair apart."""
    out: list[Glyph] = []
    for g in line:
        copy = any(
            k.text == g.text
            and abs(k.x0 - g.x0) < 0.4 * max(g.x1 - g.x0, 0.3 * g.size)
            and abs(k.top - g.top) < 0.3 * g.size
            for k in out[-3:]
        )
        if not copy:
            out.append(g)
    return out


def tracking(line: Sequence[Glyph]) -> float:
    """How far apart Chinese letters of a line are set on purpose, in em; 0 in common text."""
    gaps = [
        (b.x0 - a.x1) / b.size for a, b in pairwise(line) if is_wide(a.text) and is_wide(b.text)
    ]
    if len(gaps) < 3:
        return 0.0
    usual = median(gaps)
    even = sum(abs(g - usual) < 0.15 for g in gaps) >= 0.7 * len(gaps)
    return usual if even and 0.1 < usual < 3 else 0.0


def text_of(line: Sequence[Glyph], spaced: float = 0.0) -> str:
    """What a line prints, words parted by single blanks. `spaced` is its tracking."""
    return " ".join(word[0] for word in words_of(line, spaced))


def words_of(line: Sequence[Glyph], spaced: float = 0.0) -> list[Word]:
    """The words of a line, each with where it begins and ends. `spaced` is its tracking."""
    size = _size(line)
    base = median(_base(g) for g in line if g.size >= 0.9 * size)
    out: list[Word] = []
    letters: list[Glyph] = []
    begin = 0.0
    end: float | None = None
    before = ""
    blank = False
    for g in line:
        if g.text == " ":
            blank = True
            continue
        if end is not None:
            gap = g.x0 - end
            tracked = spaced if is_wide(before) or is_wide(g.text) else min(spaced, 0.6)
            if blank or gap > (_SPACE + tracked) * max(g.size, 0.5 * size):
                out.append((_printed(letters, size, base), begin, end))
                letters = []
        begin = begin if letters else g.x0
        letters.append(g)
        end, before, blank = max(g.x1, end or g.x1), g.text, False
    if end is not None:
        out.append((_printed(letters, size, base), begin, end))
    return out


def _base(g: Glyph) -> float:
    return g.bottom - 0.12 * g.size if g.base is None else g.base


def _printed(word: Sequence[Glyph], size: float, base: float) -> str:
    """The letters of a word; a footnote's mark behind a figure must not become a digit of it.

    `size` and `base` are those of most letters of the line.
    """
    texts = [
        raised(g.text) if g.size <= _SMALL * size and base - _base(g) > 0.2 * g.size else g.text
        for g in word
    ]
    begin = 0
    for n in range(len(word) + 1):
        if n == len(word) or word[n].text not in _FIGURE:
            if n - begin > 1:
                told = zip(texts[begin:n], word[begin:n], _number(word[begin:n]), strict=True)
                texts[begin:n] = [new if old == g.text else old for old, g, new in told]
            begin = n + 1
    # of a number with a letter that cannot be told, no part is a number
    return _BROKEN_NUMBER.sub(UNKNOWN, "".join(texts))


def _number(digits: Sequence[Glyph]) -> list[str]:
    """Digits side by side: smaller ones above or below the others are no part of their number.

    Where smaller ones stand on the same line, or others on another, nobody can tell.
    """
    largest = max(digits, key=lambda g: g.size)
    out = []
    for g in digits:
        above = (_base(largest) - _base(g)) / largest.size
        if g.size > _SMALL * largest.size:
            out.append(g.text if abs(above) <= 0.2 else UNKNOWN)
        elif abs(above) <= 0.12:
            out.append(UNKNOWN)
        else:
            out.append(raised(g.text) if above > 0 else lowered(g.text))
    return out


def _size(line: Sequence[Glyph]) -> float:
    return max(median(g.size for g in line), 0.1)


def runs_of(glyphs: Iterable[Glyph], page: int, cuts: Sequence[Cut] = ()) -> list[list[Run]]:
    """Lines from the top down as runs from left to right. At a cut even a small gap parts runs."""
    out = []
    for line in lines_of(g for g in glyphs if g.angle == 0):
        spaced = tracking(line)
        size = _size(line)
        pieces: list[list[Glyph]] = []
        end = 0.0
        for g in line:
            if g.text == " ":
                if pieces:
                    pieces[-1].append(g)
                continue
            gap = g.x0 - end
            cut = gap > 1.2 and any(c.parts((end + g.x0) / 2, g.bottom) for c in cuts)
            if pieces and gap <= (_APART + spaced) * size and not cut and not _steps(pieces[-1], g):
                pieces[-1].append(g)
                end = max(end, g.x1)
            else:
                pieces.append([g])
                end = g.x1
        out.append([_run(piece, page, spaced) for piece in pieces])
    return out


def _steps(piece: Sequence[Glyph], g: Glyph) -> bool:
    """Whether a letter stands higher or lower than those before: in another cell of a table."""
    last = next((k for k in reversed(piece) if k.text != " "), g)
    same = abs(last.size - g.size) < 0.1 * g.size
    return same and g.x0 - last.x1 > _SPACE * g.size and abs(g.bottom - last.bottom) > 0.2 * g.size


def _run(piece: list[Glyph], page: int, spaced: float) -> Run:
    inked = [g for g in piece if g.text != " "]
    box = around((g.x0, g.top, g.x1, g.bottom) for g in inked)
    words = words_of(piece)  # letters set apart may stand in columns of their own
    text = text_of(piece, spaced) if spaced else " ".join(word[0] for word in words)
    return Run(text, box, _size(inked), page, spaced, tuple(words) if len(words) > 1 else ())


def joined(parts: Iterable[str]) -> str:
    """Lines of one text: a break beside a Chinese letter means nothing, another is kept."""
    out = ""
    for part in parts:
        if out and part and not (is_wide(out[-1]) or is_wide(part[0])):
            out += "\n"
        out += part
    return out


def cell_text(glyphs: Sequence[Glyph]) -> str:
    """What a cell prints: lines, letters one below the other, or text that lies on its side."""
    upright = [g for g in glyphs if g.angle == 0]
    turned = [g for g in glyphs if g.angle != 0]
    if len(turned) > len(upright):
        angle = turned[0].angle
        return joined(text_of(line) for line in lines_of(_turn(g, angle) for g in turned))
    if _is_vertical(upright):
        return "".join(text_of(column) for column in _columns(upright))
    return joined(text_of(line, tracking(line)) for line in lines_of(upright))


def _turn(g: Glyph, angle: int) -> Glyph:
    """The letter in the frame in which text of this angle is upright."""
    match angle:
        case 90:
            box = (g.top, -g.x1, g.bottom, -g.x0)
        case 270:
            box = (-g.bottom, g.x0, -g.top, g.x1)
        case _:
            box = (-g.x1, -g.bottom, -g.x0, -g.top)
    return g._replace(x0=box[0], top=box[1], x1=box[2], bottom=box[3], angle=0, base=None)


def _is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Columns of letters, to be read down, then leftwards: told by the order of drawing."""
    inked = [g for g in sorted(glyphs, key=lambda g: g.order) if g.text != " "]
    if len(inked) < 3:
        return False
    down = across = left = 0
    for a, b in pairwise(inked):
        dx, dy = b.x0 - a.x0, b.top - a.top
        if abs(dx) < 0.3 * a.size and 0.5 * a.size < dy < 2.5 * a.size:
            down += 1
        elif abs(dy) < 0.3 * a.size and dx > 0:
            across += 1
        elif dx < -0.5 * a.size and dy < 0:
            left += 1
    return down > 0 and left > 0 and across == 0


def _columns(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    columns: list[list[Glyph]] = []
    for g in sorted(glyphs, key=lambda g: -g.x0):
        if columns and columns[-1][0].x0 - g.x0 < 0.5 * g.size:
            columns[-1].append(g)
        else:
            columns.append([g])
    # laid on its side, a column is a line
    return [
        sorted(
            (g._replace(x0=g.top, x1=g.top + g.size, bottom=0.0, base=0.0) for g in column),
            key=lambda g: g.x0,
        )
        for column in columns
    ]
