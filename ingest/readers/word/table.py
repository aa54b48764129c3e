"""The shape of a Word table: which cell stands where and what it spans; no text.

Spans are what the file says (`gridSpan`, `vMerge`), never what equal neighbours suggest. A row that does
not fill the table's columns is placed by the printed widths of its cells, or not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from ingest.readers.word.numbering import VAL, W, is_on, value_of, whole
from ingest.readers.word.text import KEPT

_MOST_SPAN = 1_000
# cell edges are drawn to a twentieth of a point and drift by a few of them
_NEAR = 60


@dataclass(frozen=True, slots=True)
class WordCell:
    """A `w:tc`: its place in the table's grid, counted from 0, and what it spans.

    `row` counts the rows that could be placed, `line` all rows of the table.
    """

    element: Any
    line: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class WordTable:
    """`cells` in reading order; `ragged` are rows whose cells cannot be given columns.

    `deleted` says that tracked deletions were carried out, `hidden` that hidden rows were left out.
    """

    cells: tuple[WordCell, ...]
    ragged: tuple[tuple[int, tuple[Any, ...]], ...]
    height: int
    width: int
    deleted: bool
    hidden: bool


@dataclass(slots=True)
class _Raw:
    element: Any
    column: int
    span: int
    down: str | None  # vMerge: restart, continue, or None


def shape(table: Any) -> WordTable:
    """The shape of a `w:tbl`."""
    rows: list[list[_Raw]] = []
    totals: list[int] = []
    deleted = hidden = False
    for tr in _inside(table, W + "tr"):
        properties = tr.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            deleted = True
            continue
        if properties is not None and is_on(properties.find(W + "hidden")):
            hidden = True
            continue
        raw, total = _row(tr, properties)
        rows.append(raw)
        totals.append(total)
    if not rows:
        return WordTable((), (), 0, 0, deleted, hidden)
    grid = [
        whole(c.get(W + "w")) or 0 for g in table.findall(W + "tblGrid") for c in g.findall("*")
    ]
    width = _width(totals, len(grid))
    placed: list[tuple[int, list[_Raw]]] = []
    ragged = []
    for n, (raw, total) in enumerate(zip(rows, totals, strict=True)):
        fitted = raw if total == width else _fitted(raw, width, grid)
        if fitted is None:
            ragged.append((n, tuple(c.element for c in raw)))
        else:
            placed.append((n, fitted))
    return WordTable(tuple(_merged(placed)), tuple(ragged), len(rows), width, deleted, hidden)


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those in content controls and insertions."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in KEPT or child.tag == W + "sdt":
            yield from _inside(child, wanted)


def _row(tr: Any, properties: Any | None) -> tuple[list[_Raw], int]:
    """The cells of a row from the left, and the number of grid columns that it fills."""
    at = min(whole(value_of(properties, "gridBefore")) or 0, _MOST_SPAN)
    after = min(whole(value_of(properties, "gridAfter")) or 0, _MOST_SPAN)
    out: list[_Raw] = []
    for tc in _inside(tr, W + "tc"):
        own = tc.find(W + "tcPr")
        if own is not None and own.find(W + "cellDel") is not None:
            continue
        span = min(max(whole(value_of(own, "gridSpan")) or 1, 1), _MOST_SPAN)
        if _merge(own, "hMerge") == "continue" and out:
            out[-1].span += span
        else:
            out.append(_Raw(tc, at, span, _merge(own, "vMerge")))
        at += span
    return out, at + after


def _merge(properties: Any | None, name: str) -> str | None:
    element = properties.find(W + name) if properties is not None else None
    if element is None:
        return None
    return "restart" if element.get(VAL) == "restart" else "continue"


def _width(totals: list[int], grid: int) -> int:
    """How many columns most rows fill; among equals the grid's number, then the largest."""
    times = Counter(totals)
    return max(times, key=lambda total: (times[total], total == grid, total))


def _fitted(raw: list[_Raw], width: int, grid: list[int]) -> list[_Raw] | None:
    """The cells of a row that lacks spans, in the columns where they are drawn; None: not known."""
    if len(raw) == 1 and raw[0].column == 0:
        return [replace(raw[0], span=width)]  # a title over the whole table
    if len(grid) != width or not all(grid):
        return None
    edges = [0, *accumulate(grid)]
    out: list[_Raw] = []
    at, column = sum(grid[: raw[0].column]) if raw else 0, raw[0].column if raw else 0
    for cell in raw:
        size = cell.element.find(f"{W}tcPr/{W}tcW")
        wide = whole(size.get(W + "w")) if size is not None else None
        if size is None or not wide or size.get(W + "type", "dxa") != "dxa":
            return None
        at += wide
        near = [n for n, edge in enumerate(edges) if abs(edge - at) <= _NEAR]
        if len(near) != 1 or near[0] <= column:
            return None
        out.append(replace(cell, column=column, span=near[0] - column))
        at, column = edges[near[0]], near[0]
    return out if out and column == width else None


def _merged(rows: list[tuple[int, list[_Raw]]]) -> list[WordCell]:
    """Cells that go on downwards are joined to the cell that they continue."""
    out: list[WordCell] = []
    open_: dict[int, int] = {}  # column → index in `out` of the merged cell above
    for n, (line, row) in enumerate(rows):
        now: dict[int, int] = {}
        for raw in row:
            above = open_.get(raw.column)
            if raw.down == "continue" and above is not None:
                if out[above].column_span == raw.span:
                    out[above] = replace(out[above], row_span=n - out[above].row + 1)
                    now[raw.column] = above
                    continue
            if raw.down is not None:
                now[raw.column] = len(out)
            out.append(WordCell(raw.element, line, n, raw.column, 1, raw.span))
        open_ = now
    return out
