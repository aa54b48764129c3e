"""The value cells of a grid row, one for each column of its block, or none.

Where every cell stands in its own column, a value belongs to the label above it. In a packed row the
values are the cells behind its label, and what is left over must be blank; a packed row with a blank
among its values is only taken where its length shows that no cell of it was lost; one whose last value
is blank only where no padding can stand there. A value that is merged down over several rows is the
value of none of them.
"""

from __future__ import annotations

from ingest.readers import Grid, GridCell
from ingest.tables.columns import Columns, Row, filled
from ingest.tables.judged import JudgedGrid


def row_values(
    judged: JudgedGrid, cells: Row, values_at: int, columns: Columns
) -> list[GridCell] | None:
    """One cell a column of the block, in its order; None where that is not certain.

    `values_at` is where the row's label ends.
    """
    grid, padded = judged.grid, judged.padded
    if columns.at is None:
        values = _packed(grid, padded, cells, values_at, len(columns.block.columns))
    elif grid.spanned:
        values = _spanned(grid, cells, values_at, columns)
    else:
        values = _aligned(padded, cells, values_at, columns)
    if values is None or _is_shared(values, cells[values_at - 1] if values_at else None):
        return None
    return values


def _is_shared(values: list[GridCell], label: GridCell | None) -> bool:
    """Whether a value is merged down over more rows than its row is high: it is no row's own."""
    spans = [v.row_span for v in values]
    height = label.row_span if label is not None else min(spans)
    return max(spans) > height and any(v.row_span > height and filled(v) for v in values)


def _may_be_padding(values: list[GridCell], padded: int | None, length: int, end: int) -> bool:
    """Whether the last value is blank and may be padding that slid into a lost cell's place.

    `length` is the row's own, `end` where its values end. A row of blanks has nothing to slide, and
    a row of zeros is the same when they slide.
    """
    printed = {v.text for v in values if filled(v)}
    if filled(values[-1]) or not printed:
        return False
    return padded != length or (end < length and len(printed) > 1)


def _packed(
    grid: Grid, padded: int | None, cells: Row, at: int, width: int
) -> list[GridCell] | None:
    if grid.spanned:
        cells = tuple(c for c in cells[at:] if c.origin)
        values, rest = cells[:width], cells[width:]
        sure = len(values) == width and all(map(filled, values))
        return list(values) if sure and not any(map(filled, rest)) else None
    values, rest = cells[at : at + width], cells[at + width :]
    if len(values) < width or any(filled(c) for c in rest):
        return None
    whole = len(cells) == padded if padded is not None else not rest
    if not whole and not all(filled(c) for c in values):
        return None  # padding may have slid into the place of a lost cell
    if _may_be_padding(list(values), padded, len(cells), at + width):
        return None
    return list(values)


def _aligned(
    padded: int | None, cells: Row, values_at: int, columns: Columns
) -> list[GridCell] | None:
    """One cell a column; a merged cell repeats in its grid columns and is the same there."""
    assert columns.at is not None
    last = max(at[-1] for at in columns.at)
    if len(cells) <= last:
        return None
    inside = {c for at in columns.at for c in at}
    for c in range(values_at, len(cells)):
        if c not in inside and columns.aside.get(c) is None and filled(cells[c]):
            return None
    out = []
    for at in columns.at:
        if at[0] < values_at or len({cells[c].text for c in at}) > 1:
            return None
        out.append(cells[at[0]])
    if padded not in (None, len(cells)) and not all(filled(c) for c in out):
        return None  # a cell was lost or pushed in
    end = 1 + max((last, *columns.aside))
    return None if _may_be_padding(out, padded, len(cells), end) else out


def _spanned(grid: Grid, cells: Row, values_at: int, columns: Columns) -> list[GridCell] | None:
    """One cell a column, in a grid whose cells all stand in their own columns."""
    assert columns.at is not None
    out: list[GridCell] = []
    inside: set[int] = set()
    for at in columns.at:
        if at[0] < values_at or at[-1] >= len(cells):
            return None
        inside.update(at)
        if len(at) == 1:
            cell = cells[at[0]]
            if is_lost(grid, cell) if cell.origin else filled(cell):
                return None
            out.append(cell)
            continue
        own = [cells[c] for c in at if cells[c].origin]
        if any(not cells[c].origin for c in at[:1]) and filled(cells[at[0]]):
            return None  # merged with what stands before or above it
        if any(is_lost(grid, c) for c in own):
            return None
        full = [c for c in own if filled(c)]
        if len(full) > 1 or (not own and filled(cells[at[0]])):
            return None
        out.append(full[0] if full else cells[at[0]])
    for c in range(values_at, len(cells)):
        if c in inside or columns.aside.get(c) is not None or not filled(cells[c]):
            continue
        if cells[c].origin:
            return None
    return out


def is_lost(grid: Grid, cell: GridCell) -> bool:
    """Whether no cell of the source stands here: the row is short, and may have shifted.

    A sheet names the place of every cell; what it leaves out is blank.
    """
    begin = grid.place.start
    return (
        not cell.text
        and cell.place.sheet is None
        and begin is not None
        and cell.place.start == begin == cell.place.end
        and cell.place.element == grid.place.element
        and cell is not grid.rows[0][0]
    )
