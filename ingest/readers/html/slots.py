"""Where the cells of an HTML table stand: rows of cells with span attributes → places in a grid.

The algorithm is the one of the HTML standard ("forming a table"), with a bound on the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from ingest.quick import maker, quick

T = TypeVar("T")

_INTEGER = re.compile(r"[ \t\n\f\r]*\+?([0-9]+)")
_MOST_COLUMNS = 1000  # the standard's own bound on colspan
_MOST_ROWS = 65534
_MOST_STEPS = 300_000


class TooManySlots(Exception):
    """The spans of a table cover more places than any real table has."""


@quick
@dataclass(frozen=True, slots=True)
class Spans(Generic[T]):
    """A cell before it is placed: what it is, and its span attributes as the page writes them."""

    cell: T
    rowspan: str | None = None
    colspan: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A cell in its place; rows and columns count from 0."""

    cell: T
    row: int
    column: int
    row_span: int
    column_span: int


make_spans = maker(Spans)
_make_placed = maker(Placed)


@dataclass(frozen=True, slots=True)
class Slots(Generic[T]):
    """A whole table.

    `spanned`: some cell covers more than one place. `overlaps`: two cells cover the same place, so
    the page contradicts itself.
    """

    cells: tuple[Placed[T], ...]
    height: int
    spanned: bool
    overlaps: bool


def place(groups: Iterable[Sequence[Sequence[Spans[T]]]]) -> Slots[T]:
    """Place the cells of row groups (`<thead>`, `<tbody>`…), each a sequence of rows.

    A cell reaches no further down than its row group. A missing or senseless span is 1, `rowspan=0`
    reaches to the end of the group.

    Raises TooManySlots.
    """
    out: list[Placed[T]] = []
    top = steps = 0
    spanned = overlaps = False
    for group in groups:
        taken: dict[int, int] = {}  # column → the first row in which it is free again
        end = top + len(group)
        for row, cells in enumerate(group, top):
            column = 0
            for spans in cells:
                while taken.get(column, 0) > row:
                    column += 1
                    steps += 1
                colspan, rowspan = spans.colspan, spans.rowspan
                wide = 1 if colspan is None else _columns(colspan)
                high = 1 if rowspan is None else min(_rows(rowspan), end - row)
                steps += wide
                if steps > _MOST_STEPS:
                    raise TooManySlots
                out.append(_make_placed(spans.cell, row, column, high, wide))
                taken[column] = row + high
                if wide > 1 or high > 1:
                    spanned = True
                    for c in range(column + 1, column + wide):
                        until = taken.get(c, 0)
                        overlaps = overlaps or until > row
                        taken[c] = max(until, row + high)
                column += wide
        top = end
    return Slots(tuple(out), top, spanned, overlaps)


@lru_cache(maxsize=256)
def _columns(colspan: str | None) -> int:
    return min(max(read_span(colspan, 1), 1), _MOST_COLUMNS)


@lru_cache(maxsize=256)
def _rows(rowspan: str | None) -> int:
    return read_span(rowspan, 1) or _MOST_ROWS


def read_span(attribute: str | None, default: int) -> int:
    """A span attribute by the standard's rules for integers: `" +2px"` is 2, `"-1"` is the default."""
    if attribute is None:
        return default
    found = _INTEGER.match(attribute)
    return int(found.group(1)[:9]) if found else default
