"""A table without rules as a raster: its heads, then rows of labels and figures."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.pdf.drawing import Box
from ingest.readers.pdf.heads import Head, Heads
from ingest.readers.pdf.labels import Row
from ingest.readers.pdf.lines import Run, around
from ingest.readers.pdf.spans import Span
from ingest.readers.pdf.tables import PieceCell, TablePiece

HeadCell = tuple[Head | None, str, Box]


def head_cells(
    heads: Heads, corner: Sequence[Run], labelled: bool, whole: Box, page: int
) -> list[HeadCell]:
    """The heads with their texts; None is the corner above the labels."""
    out: list[HeadCell] = []
    if labelled:
        span = Span(0, 0, list(corner)) if corner else None
        box = span.box if span else (whole[0], whole[1], whole[0], whole[1])
        out.append((None, span.text if span else "", box))
    return out + [(head, head.span.text, head.span.box) for head in heads.heads]


def piece_of(
    page: int,
    whole: Box,
    head_cells: Sequence[HeadCell],
    heads: Heads,
    matched: Sequence[int],
    rows: Sequence[Row],
    start: float,
    labelled: bool,
    levels: int | None = None,
) -> TablePiece:
    """The table as a raster: columns of labels, as deep as groups stand in groups, then figures."""
    depth = max(len(row.groups) for row in rows) + 1 if labelled else 0
    levels = heads.levels if levels is None else levels
    cells: list[PieceCell] = []
    for head, text, box in head_cells:
        if head is None:
            cells.append(PieceCell(0, 0, levels, depth, text, page, box))
            continue
        wide = head.end - head.begin
        high = head.bottom - head.top
        cells.append(PieceCell(head.top, head.begin + depth, high, wide, text, page, box))
    for number, row in enumerate(rows, levels):
        for at, group in enumerate(row.groups):
            if number > levels and group in rows[number - levels - 1].groups:
                continue
            high = sum(group in r.groups for r in rows)
            cells.append(PieceCell(number, at, high, 1, group.text, page, group.box))
        bounds = [run.box for run in row.values.values()]
        bounds += [row.label.box] if row.label else []
        box = around(bounds)
        if labelled:
            at = len(row.groups)
            text, where = (row.label.text, row.label.box) if row.label else ("", box)
            cells.append(PieceCell(number, at, 1, depth - at, text, page, where))
        values = {matched[c]: run for c, run in row.values.items()}
        for n, leaf in enumerate(heads.leaves):
            run = values.get(n)
            place = run.box if run else (leaf.x0, box[1], leaf.x1, box[3])
            cells.append(PieceCell(number, n + depth, 1, 1, run.text if run else "", page, place))
    first = heads.leaves[0].x0
    xs = [start + (first - start) * n / depth for n in range(depth)]
    xs += [leaf.x0 for leaf in heads.leaves] + [heads.leaves[-1].x1]
    return TablePiece(page, whole, tuple(xs), levels + len(rows), tuple(cells))
