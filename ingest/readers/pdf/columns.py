"""The order in which the columns of pages are read.

A page is parted by a white strip that lines of text stand on both sides of. Two reports side by side
(each column has the headings of a report) are read one after the other; else the columns of each page
follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.model import Place, Warning_
from ingest.normalise import clean
from ingest.readers.pdf.drawing import Box
from ingest.readers.pdf.pages import Item, Line, PageRead, line_of
from ingest.readers.pdf.tables import TablePiece

_HEADING = re.compile(r"([一二三四五六七八九])、")
_TITLE = re.compile(r"20\d\d年.*报告|报告.*20\d\d年")
_SLACK = 2.0


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with the column that it stands in: `full`, `left` or `right`."""

    column: str
    item: Item


def reading_order(pages: Sequence[PageRead]) -> tuple[list[Placed], list[Warning_]]:
    """All items in the order in which they are read."""
    gutters = {page.number: _gutter(page) for page in pages}
    known = [g for g in gutters.values() if g is not None]
    if not known:
        return [Placed("full", item) for page in pages for item in _sorted(_items(page))], []
    common = median(known)
    parted = [page for page in pages if gutters[page.number] is not None]
    if _side_by_side(parted, gutters, common):
        return _one_after_the_other(pages, gutters, common)
    out: list[Placed] = []
    warnings = []
    for page in pages:
        gutter = gutters[page.number]
        if gutter is None:
            out += [Placed("full", item) for item in _sorted(_items(page))]
            continue
        out += _by_bands(_parts(_items(page), gutter))
        warnings.append(
            Warning_(
                "pdf-columns",
                f"第{page.number}页分两栏，按先左栏后右栏读，请核对",
                Place(page=page.number),
            )
        )
    return out, warnings


def _items(page: PageRead) -> list[Item]:
    return [*page.tables, *page.lines]


def _sorted(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.box[1], item.box[0]))


def _parts(items: Iterable[Item], gutter: float) -> list[Placed]:
    """The items by column; a line with runs on both sides of the gutter is two lines."""
    out: list[Placed] = []
    for item in items:
        pieces: list[Item] = [item]
        if isinstance(item, Line):
            left = [run for run in item.runs if run.box[2] <= gutter + _SLACK]
            right = [run for run in item.runs if run.box[0] >= gutter - _SLACK]
            if left and right and len(left) + len(right) == len(item.runs):
                pieces = [line_of(left), line_of(right)]
        out += [Placed(_side(piece.box, gutter), piece) for piece in pieces]
    return out


def _side(box: Box, gutter: float) -> str:
    if box[2] <= gutter + _SLACK:
        return "left"
    return "right" if box[0] >= gutter - _SLACK else "full"


def _by_bands(parts: Sequence[Placed]) -> list[Placed]:
    """What reaches over both columns parts them: columns above it, it, columns below it."""
    rest = sorted(parts, key=lambda p: (p.item.box[1], p.item.box[0]))
    out: list[Placed] = []
    for full in [p for p in rest if p.column == "full"]:
        above = [p for p in rest if p.column != "full" and p.item.box[1] < full.item.box[1]]
        for side in ("left", "right"):
            out += [p for p in above if p.column == side]
        rest = [p for p in rest if p not in above]
        out.append(full)
    for side in ("left", "right"):
        out += [p for p in rest if p.column == side]
    return out


def _side_by_side(
    pages: Sequence[PageRead], gutters: dict[int, float | None], common: float
) -> bool:
    """Whether both columns have the headings, or the title, of a report of their own."""
    heads: dict[str, set[str]] = {"left": set(), "right": set(), "full": set()}
    titles: dict[str, int] = {"left": 0, "right": 0, "full": 0}
    for page in pages:
        for part in _parts(_items(page), gutters[page.number] or common):
            if isinstance(part.item, Line):
                text = clean(part.item.text)
                m = _HEADING.match(text)
                if m and len(text) < 30:
                    heads[part.column].add(m.group(1))
                titles[part.column] += bool(_TITLE.search(text)) and len(text) < 40
    both = heads["left"] & heads["right"]
    return len(both) >= 2 or bool(titles["left"] and titles["right"])


def _one_after_the_other(
    pages: Sequence[PageRead], gutters: dict[int, float | None], common: float
) -> tuple[list[Placed], list[Warning_]]:
    """The left column of all pages, then the right one."""
    sides: dict[str, list[Placed]] = {"left": [], "right": [], "full": []}
    warnings = []
    for number, page in enumerate(pages):
        parts = _parts(_items(page), gutters[page.number] or common)
        parts.sort(key=lambda p: (p.item.box[1], p.item.box[0]))
        for part in parts:
            sides[part.column].append(part)
        inside = [p for p in parts if p.column == "full"]
        top = min((p.item.box[1] for p in parts if p.column != "full"), default=0.0)
        if any(number or p.item.box[1] > top or isinstance(p.item, TablePiece) for p in inside):
            text = f"第{page.number}页有跨左右两栏的内容，无法确定属于哪一份报告，放在最前"
            warnings.append(Warning_("pdf-columns", text, Place(page=page.number)))
    return [*sides["full"], *sides["left"], *sides["right"]], warnings


def _gutter(page: PageRead) -> float | None:
    """Where a white strip parts the page into two columns of text, None where none does.

    Both columns hold several lines that fill them (or tables); a list of labels with numbers behind
    them is no page of two columns.
    """
    boxes = [run.box for line in page.lines for run in line.runs] + [t.box for t in page.tables]
    if len(boxes) < 6:
        return None
    start, end = min(b[0] for b in boxes), max(b[2] for b in boxes)
    size = median(line.size for line in page.lines) if page.lines else 10.0
    best: tuple[float, float] | None = None
    for x in sorted({b[0] for b in boxes if 0.25 < (b[0] - start) / (end - start) < 0.75}):
        left = [b for b in boxes if b[2] <= x]
        right = [b for b in boxes if b[0] >= x - _SLACK]
        across = len(boxes) - len(left) - len(right)
        if across > 0.25 * len(boxes) or not _is_column(left, size) or not _is_column(right, size):
            continue
        strip = x - max(b[2] for b in left)
        shared = min(max(b[3] for b in s) for s in (left, right))
        shared -= max(min(b[1] for b in s) for s in (left, right))
        if strip < 0.9 * size or shared < 3 * size:
            continue
        score = across - strip / (end - start)
        if best is None or score < best[0]:
            best = (score, x - strip / 2)
    return None if best is None else best[1]


def _is_column(boxes: Sequence[Box], size: float) -> bool:
    if len(boxes) < 2:
        return False
    width = max(b[2] for b in boxes) - min(b[0] for b in boxes)
    full = [b for b in boxes if b[2] - b[0] >= 0.6 * width]
    tall = sum(b[3] - b[1] for b in full)
    return width >= 10 * size and len(full) >= 0.35 * len(boxes) and tall >= 3 * size
