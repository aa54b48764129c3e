"""Tables of a page: cells with their text, and the pieces of a table that goes over pages joined."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.model import Place, Warning_
from ingest.normalise import clean
from ingest.readers.pdf.drawing import Box
from ingest.readers.pdf.lines import Run, around, cell_text, joined, lines_of, rounded
from ingest.readers.pdf.rules import SNAP, Field, Lattice
from ingest.readers.pdf.source import Glyph
from ingest.readers.rendition import SourceCell

_FIGURE = frozenset("0123456789０１２３４５６７８９.,，．%")
_VALUE = re.compile(r"[-+]?[\d.,]+\s*\D{0,3}|[-—/／\\一]+")
NUMBERED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d)|[①-⑳])"
)


@dataclass(frozen=True, slots=True)
class PieceCell:
    """A cell of a piece: its place in the piece's raster, what it prints, where."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    page: int
    box: Box

    @property
    def range(self) -> tuple[int, int]:
        """Its columns, from and to."""
        return self.column, self.column + self.columns

    @property
    def is_value(self) -> bool:
        """Whether it holds a number or a sign for none, and nothing else."""
        return bool(_VALUE.fullmatch(clean(self.text).strip()))


@dataclass(frozen=True)
class TablePiece:
    """A table, or the part of it that stands on one page. `xs` are the edges of its columns.

    `open_top` and `open_bottom` as in Lattice; `hanging`: words of its last row stood below it.
    """

    page: int
    box: Box
    xs: tuple[float, ...]
    height: int
    cells: tuple[PieceCell, ...]
    open_top: bool = False
    open_bottom: bool = False
    hanging: bool = False

    def row(self, number: int) -> list[PieceCell]:
        """The cells that stand in a row, merged ones from above included."""
        return [c for c in self.cells if c.row <= number < c.row + c.rows]

    def source_cells(self) -> list[SourceCell]:
        """Its cells for a Rendition."""
        return [
            SourceCell(
                c.row, c.column, c.text, c.rows, c.columns, Place(page=c.page, bbox=rounded(c.box))
            )
            for c in self.cells
        ]


def ruled_table(
    lattice: Lattice, glyphs: Sequence[Glyph], page: int
) -> tuple[TablePiece | None, list[Warning_]]:
    """The table in a sound lattice; None where it holds no text or no shape of cells is certain.

    A row with figures that stick out of their cells is left out, with a warning: nobody can tell
    which of them belong to which column.
    """
    where = Place(page=page, bbox=rounded(lattice.box))
    if not any(g.text != " " for g in glyphs):
        return None, []
    if not lattice.sound:
        text = f"第{page}页：表格的框线不完整，无法确定单元格，表格按文字保留"
        return None, [Warning_("pdf-table-broken", text, where)]
    held: dict[Field, list[Glyph]] = {f: [] for f in lattice.fields}
    home: dict[int, Field] = {}
    for g in glyphs:
        f = lattice.field_at((g.x0 + g.x1) / 2, _height(g))
        if f is not None:
            held[f].append(g)
            home[g.order] = f
    bad = _overflowing(lattice, glyphs, home)
    cells = [
        PieceCell(f.row, f.column, f.rows, f.columns, cell_text(own), page, lattice.field_box(f))
        for f, own in held.items()
    ]
    warnings = [_overflow(page, row, cells) for row in sorted(bad)]
    gaps = _gaps(lattice, cells, median(g.size for g in glyphs))
    cells = [c for c in cells if c.columns > 1 or c.column not in gaps[1]]
    kept, height = _without_rows(cells, bad | gaps[0], len(lattice.ys) - 1)
    piece = TablePiece(
        page,
        lattice.box,
        lattice.xs,
        height,
        tuple(sorted(kept, key=lambda c: (c.row, c.column))),
        lattice.open_top,
        lattice.open_bottom,
    )
    return piece, warnings


def _height(g: Glyph) -> float:
    """The middle of a letter's ink: above the base line, which is 0.12 em above the em box's end."""
    return g.bottom - 0.47 * g.size if g.angle == 0 else (g.top + g.bottom) / 2


def _overflowing(lattice: Lattice, glyphs: Sequence[Glyph], home: dict[int, Field]) -> set[int]:
    """Rows in which a figure may stand in two cells, or a label reaches into a figure's cell."""
    figures = {home[g.order] for g in glyphs if g.text in _FIGURE and g.order in home}
    bad: set[int] = set()
    for g in glyphs:
        f = home.get(g.order)
        if f not in figures or f is None or g.angle:
            continue
        x0, top, x1, bottom = lattice.field_box(f)
        aside = 0.25 * (g.x1 - g.x0)
        base, slack = g.bottom - 0.12 * g.size, 0.25 * g.size
        beside = g.x0 < x0 - aside or g.x1 > x1 + aside
        if beside or base > bottom + slack or base - 0.7 * g.size < top - slack:
            bad.update(range(f.row, f.row + f.rows))
    for line in lines_of(g for g in glyphs if g.angle == 0):
        for a, b in pairwise(line):
            one, other = home.get(a.order), home.get(b.order)
            if one is None or other is None or one == other or b.x0 - a.x1 >= 0.1 * a.size:
                continue
            if (one in figures or other in figures) and (a.text in _FIGURE) == (b.text in _FIGURE):
                bad.update((one.row, other.row))
    return bad


def _gaps(lattice: Lattice, cells: Sequence[PieceCell], em: float) -> tuple[set[int], set[int]]:
    """Rows and columns that are the room between the borders of cells set apart: no cell at all.

    They are narrower than a letter and nothing stands in them.
    """
    rows = {n for n, (a, b) in enumerate(pairwise(lattice.ys)) if b - a < 0.9 * em}
    columns = {n for n, (a, b) in enumerate(pairwise(lattice.xs)) if b - a < 0.9 * em}
    for c in cells:
        if c.text:
            if c.rows == 1:
                rows.discard(c.row)
            if c.columns == 1:
                columns.discard(c.column)
    return rows, columns


def _overflow(page: int, row: int, cells: Iterable[PieceCell]) -> Warning_:
    own = [c for c in cells if c.row <= row < c.row + c.rows and c.text]
    text = " | ".join(c.text.replace("\n", "") for c in own)
    box = around(c.box for c in own) if own else None
    return Warning_(
        "pdf-cell-overflow",
        f"第{page}页：数字越出单元格，无法确定属于哪一列，该行未读：{text}",
        Place(page=page, bbox=rounded(box) if box else None),
    )


def _without_rows(
    cells: list[PieceCell], bad: set[int], height: int
) -> tuple[list[PieceCell], int]:
    if not bad:
        return cells, height
    left = [row for row in range(height) if row not in bad]
    out = []
    for c in cells:
        begin, end = bisect_left(left, c.row), bisect_left(left, c.row + c.rows)
        if end > begin:
            out.append(replace(c, row=begin, rows=end - begin))
    return out, len(left)


def goes_on(first: TablePiece, second: TablePiece) -> bool:
    """Whether the edges of a piece on the next page say that it is the same table.

    A browser leaves out the border of a merged cell at the left that goes on; so the second piece
    may begin at an inner edge of the first, or the other way round.
    """
    if abs(first.xs[-1] - second.xs[-1]) > SNAP:
        return False
    if not _meets(second.xs[0], first.xs) and not _meets(first.xs[0], second.xs):
        return False
    few, many = sorted((first.xs, second.xs), key=len)
    return sum(_meets(x, many) for x in few) >= max(2, 0.6 * len(few))


def _meets(x: float, edges: Sequence[float]) -> bool:
    return any(abs(x - edge) <= SNAP for edge in edges)


def with_tail(piece: TablePiece, runs: Sequence[Run]) -> TablePiece | None:
    """The piece with words below its last rule given to the cells that the page's end cuts.

    None where the words do not stand under one cell each.
    """
    cells = list(piece.cells)
    for run in runs:
        at = [
            n
            for n, c in enumerate(cells)
            if c.row + c.rows == piece.height and c.text and not c.is_value
            if c.box[0] - 1 <= run.box[0] and run.box[2] <= c.box[2] + 1
        ]
        if len(at) != 1:
            return None
        cell = cells[at[0]]
        cells[at[0]] = replace(cell, text=joined((cell.text, run.text)))
    return replace(piece, cells=tuple(cells), hanging=True)


def join(pieces: Sequence[TablePiece]) -> TablePiece:
    """Pieces of one table, in the order of their pages, as one table."""
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = _join(whole, piece, pieces[0])
    return whole


def _join(above: TablePiece, below: TablePiece, first: TablePiece) -> TablePiece:
    xs = sorted(
        [*above.xs, *(x for x in below.xs if not any(abs(x - y) <= SNAP for y in above.xs))]
    )
    upper = [_spread(c, above.xs, xs) for c in above.cells]
    lower = [_spread(c, below.xs, xs) for c in below.cells]
    repeated = _repeated(first, below)
    lower = [replace(c, row=c.row - repeated) for c in lower if c.row >= repeated]
    height = below.height - repeated
    if not lower:
        return replace(above, xs=tuple(xs), cells=tuple(upper))
    last = above.height - 1
    ends = [c for c in upper if c.row + c.rows > last]
    begins = [c for c in lower if c.row == 0]
    cut = _is_cut(ends, begins, above.open_bottom and (below.open_top and not repeated))
    divided = not cut and _divides(ends, begins)
    shift = last if cut else last + 1
    taken: dict[PieceCell, PieceCell] = {}
    for c in ends:
        mate = next((b for b in begins if b.range == c.range), None)
        if mate is None:
            continue
        if cut or _same_group(c, mate, divided or _labelled(c, mate, ends, begins), above.hanging):
            rows = shift + mate.row + mate.rows - c.row
            taken[c] = replace(c, rows=rows, text=joined(t for t in (c.text, mate.text) if t))
            lower.remove(mate)
    cells = [taken.get(c, c) for c in upper]
    cells += [replace(c, row=c.row + shift) for c in lower]
    return TablePiece(
        above.page,
        above.box,
        tuple(xs),
        shift + height,
        tuple(sorted(cells, key=lambda c: (c.row, c.column))),
        above.open_top,
        below.open_bottom,
    )


def _spread(cell: PieceCell, own: Sequence[float], xs: Sequence[float]) -> PieceCell:
    """A cell on the edges of the whole table."""
    left, right = own[cell.column], own[cell.column + cell.columns]
    begin = min(range(len(xs)), key=lambda i: abs(xs[i] - left))
    end = min(range(len(xs)), key=lambda i: abs(xs[i] - right))
    return replace(cell, column=begin, columns=max(end - begin, 1))


def _repeated(first: TablePiece, below: TablePiece) -> int:
    """How many rows at the top of a piece repeat the table's first rows: its header, once more."""
    count = 0
    while count < min(first.height, below.height - 1) and _same_row(first, below, count):
        count += 1
    # a cell that hangs over the last repeated row belongs to no header
    while count and any(c.row < count < c.row + c.rows for c in below.cells):
        count -= 1
    return count


def _same_row(first: TablePiece, below: TablePiece, row: int) -> bool:
    """Whether a row of headers is printed in both, with the same words over the same columns."""
    here, there = first.row(row), below.row(row)
    if len(here) != len(there) or not any(c.text for c in here):
        return False
    return not any(c.is_value for c in there) and all(
        clean(a.text) == clean(b.text)
        and abs(first.xs[a.column] - below.xs[b.column]) <= SNAP
        and abs(first.xs[a.range[1]] - below.xs[b.range[1]]) <= SNAP
        for a, b in zip(here, there, strict=True)
    )


def _is_cut(ends: Sequence[PieceCell], begins: Sequence[PieceCell], is_open: bool) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    mates = {b.range: c for c in ends for b in begins if b.range == c.range}
    filled = [b for b in begins if b.text]
    if not filled or any(b.range not in mates for b in filled):
        return False
    both = [(mates[b.range], b) for b in filled if mates[b.range].text]
    if any(c.is_value or b.is_value or NUMBERED.match(b.text) for c, b in both):
        return False
    if is_open:
        return True
    # closed by rules on both pages: the rest of a label has no number, its beginning has one
    if len(both) != 1 or not NUMBERED.match(both[0][0].text):
        return False
    return not any(c.is_value for c in ends) or not any(b.is_value for b in begins)


def _divides(ends: Sequence[PieceCell], begins: Sequence[PieceCell]) -> bool:
    """Whether the first row of a page parts a header of the page before into columns."""
    if any(c.is_value for c in (*ends, *begins)):
        return False
    return any(
        sum(c.range[0] <= b.range[0] and b.range[1] <= c.range[1] for b in begins if b.text) > 1
        for c in ends
        if c.text
    )


def _labelled(
    end: PieceCell, begin: PieceCell, ends: Sequence[PieceCell], begins: Sequence[PieceCell]
) -> bool:
    """Whether an empty cell is the last row of a merged one above: labels stand right of both."""
    if end.rows == 1 or begin.text:
        return False
    return any(
        c.range == b.range and c.range[0] == end.range[1] and c.text and b.text
        for c in ends
        for b in begins
        if not c.is_value and not b.is_value
    )


def _same_group(end: PieceCell, begin: PieceCell, one_row: bool, hanging: bool) -> bool:
    """Whether a merged cell at the foot of a page goes on at the head of the next.

    `one_row`: what surrounds them says so also where nothing but one row is left of it. `hanging`:
    the page cut words of its last row, so that words in both cells are one text.
    """
    if (begin.rows == 1 and not one_row) or end.is_value or begin.is_value:
        return False
    if end.text and begin.text:
        if one_row and hanging:
            return True
        return bool(NUMBERED.match(end.text)) and not NUMBERED.match(begin.text)
    return bool(end.text or begin.text)
