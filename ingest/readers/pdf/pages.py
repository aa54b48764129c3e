"""What stands on a page, in reading order: lines and tables, without the page's furniture."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from ingest.model import Place, Warning_
from ingest.readers.pdf.drawing import Box
from ingest.readers.pdf.lines import Cut, Run, around, runs_of
from ingest.readers.pdf.rules import lattices
from ingest.readers.pdf.source import Glyph, PageContent
from ingest.readers.pdf.struck import without_struck
from ingest.readers.pdf.tables import TablePiece, ruled_table

_TAIL = 60.0  # points below a table in which the rest of a row may stand that the page cuts
_EDGE = 0.12  # share of a page's height in which its furniture stands, above and below
_LEAST_EDGE = 45.0  # points, on small pages
_DASH = r"[-—–―─·•~\s]"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}*[-—–―─·•~]\s*\d{{1,4}}\s*[-—–―─·•~]{_DASH}*"
    rf"|{_DASH}*第\s*(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,4}})\s*页"
    rf"(?:[\s,，、/|]*共\s*(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,4}})\s*页)?{_DASH}*"
    r"|\d{1,4}\s*页|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_BARE = re.compile(r"(\d{1,4})(?:\s*[/／]\s*\d{1,4})?")
_DIGITS = re.compile(r"\d+")
_Spot = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A visual line of a page: its runs from left to right."""

    runs: tuple[Run, ...]
    page: int
    box: Box

    @property
    def text(self) -> str:
        """The texts of its runs, two blanks between them."""
        return "  ".join(run.text for run in self.runs)

    @property
    def size(self) -> float:
        """Its largest letter size in points."""
        return max(run.size for run in self.runs)


Item = Line | TablePiece


@dataclass
class PageRead:
    """Tables and lines of one page, each from the top down, not yet in columns."""

    number: int
    width: float
    height: float
    tables: list[TablePiece] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)


def line_of(runs: Sequence[Run]) -> Line:
    """A line of runs that stand on the same page."""
    return Line(tuple(runs), runs[0].page, around(run.box for run in runs))


def read_pages(load: Callable[[int], PageContent | None], count: int) -> list[PageRead]:
    """Tables and lines of the pages that `load` gives (None: a page that is left out).

    Watermarks, running heads and page numbers are left out. Pages are loaded one after the other,
    and once more where they bear a watermark, so that no more than one is in memory.
    """
    pages: dict[int, PageRead] = {}
    spots: Counter[_Spot] = Counter()
    marked: dict[int, set[_Spot]] = {}
    for number in range(1, count + 1):
        content = load(number)
        if content is not None:
            pages[number] = _page(content, set())
            marked[number] = {_spot(g) for g in content.glyphs if g.faint}
            spots.update(marked[number])
    marks = {s for s, times in spots.items() if times >= max(2, 0.6 * len(pages))}
    for number in pages:
        if marks & marked[number]:
            content = load(number)
            assert content is not None  # it was there a moment ago
            pages[number] = _page(content, marks)
    found = list(pages.values())
    _drop_furniture(found)
    return found


def _page(content: PageContent, marks: set[_Spot]) -> PageRead:
    page = PageRead(content.number, content.width, content.height)
    if content.unseen:
        text = f"第{content.number}页：有 {content.unseen} 个字没有大小或与底色相同，页面上看不见，未读"
        page.warnings.append(Warning_("hidden-text", text, Place(page=content.number)))
    glyphs = [g for g in content.glyphs if _spot(g) not in marks]
    glyphs = without_struck(glyphs, content.horizontal)
    taken: set[int] = set()
    for lattice in lattices(content.horizontal, content.vertical):
        x0, top, x1, bottom = lattice.box
        own = [
            g
            for g in glyphs
            if x0 <= (g.x0 + g.x1) / 2 <= x1 and top <= (g.top + g.bottom) / 2 <= bottom
        ]
        table, warnings = ruled_table(lattice, own, content.number)
        page.warnings += warnings
        if table is not None:
            page.tables.append(table)
            taken.update(g.order for g in own)
    rest = [g for g in glyphs if g.order not in taken]
    lowest = max(page.tables, key=lambda t: t.box[3], default=None)
    cuts = [Cut(lowest.xs, lowest.box[3], lowest.box[3] + _TAIL)] if lowest else []
    page.lines = [line_of(runs) for runs in runs_of(rest, content.number, cuts)]
    return page


def _spot(g: Glyph) -> _Spot:
    """Where a watermark would have the same letter on another page."""
    return g.text, round(g.x0), round(g.top), round(g.size)


def _drop_furniture(pages: list[PageRead]) -> None:
    dropped: set[int] = set()
    for zone in _zones(pages):
        dropped |= _repeated(zone, len(pages))
        dropped |= _numbers(zone)
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in dropped]


def _zones(pages: list[PageRead]) -> list[list[Line]]:
    """The lines in the edges of the pages: those above, those below, outside of all tables."""
    above, below = [], []
    for page in pages:
        first = min((t.box[1] for t in page.tables), default=page.height)
        last = max((t.box[3] for t in page.tables), default=0.0)
        edge = max(_EDGE * page.height, _LEAST_EDGE)
        for line in page.lines:
            if line.box[3] <= min(edge, first + 2):
                above.append(line)
            elif line.box[1] >= max(page.height - edge, last - 2):
                below.append(line)
    return [above, below]


def _repeated(zone: list[Line], pages: int) -> set[int]:
    """Running heads: the same words (numbers aside) at the same height of many pages.

    With two pages that could be chance: there they must be the same in the very same spot.
    """
    if pages < 3:
        spots = Counter((line.text, *map(round, line.box)) for line in zone)
        return {id(li) for li in zone if spots[(li.text, *map(round, li.box))] > 1}
    alike: dict[str, list[Line]] = defaultdict(list)
    for line in zone:
        alike[_DIGITS.sub("#", line.text)].append(line)
    out: set[int] = set()
    for lines in alike.values():
        at = median(line.box[3] for line in lines)
        same = [line for line in lines if abs(line.box[3] - at) < 4]
        if len({line.page for line in same}) >= max(2, 0.4 * pages):
            out |= {id(line) for line in same}
    return out


def _numbers(zone: list[Line]) -> set[int]:
    """Page numbers: dressed ones (`- 3 -`, `第3页`) anywhere; bare ones that count with the pages."""
    out: set[int] = set()
    bare: list[tuple[Line, int]] = []
    for line in zone:
        text = line.text.strip()
        if m := _BARE.fullmatch(text):
            bare.append((line, int(m.group(1)) - line.page))
        elif _PAGE_NUMBER.fullmatch(text):
            out.add(id(line))
    steps = Counter(step for _, step in bare)
    return out | {id(line) for line, step in bare if step == 0 or steps[step] > 1}
