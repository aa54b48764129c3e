"""The value cells of a grid row, one for each column of its block, or none.

Where every cell stands in its own column, a value belongs to the label above it. In a packed row the
values are the cells behind its label, and what is left over must be blank; a packed row with a blank
among its values is only taken where its length shows that no cell of it was lost.
"""

from __future__ import annotations

from collections import Counter

from ingest.readers import Grid, GridCell
from ingest.tables.columns import Columns, Row, filled


def full_length(grid: Grid) -> int | None:
    """The length that rows are padded to, None where the source does not pad them."""
    length, times = Counter(len(row) for row in grid.rows).most_common(1)[0]
    return length if times >= 0.8 * len(grid.rows) else None


def row_values(
    grid: Grid, padded: int | None, cells: Row, values_at: int, columns: Columns
) -> list[GridCell] | None:
    """One cell a column of the block, in its order; None where that is not certain.

    `values_at` is where the row's label ends, `padded` the length that the grid's rows are padded to.
    """
    if columns.at is None:
        return _packed(grid, padded, cells, values_at, len(columns.block.columns))
    if grid.spanned:
        return _spanned(grid, cells, values_at, columns)
    return _aligned(padded, cells, values_at, columns)


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
    return out


def _spanned(grid: Grid, cells: Row, values_at: int, columns: Columns) -> list[GridCell] | None:
    """One cell a column, in a grid whose cells all stand in their own columns."""
    assert columns.at is not None
    out: list[GridCell] = []
    inside: set[int] = set()
    for at in columns.at:
        if at[0] < values_at or at[-1] >= len(cells):
            return None
        own = [cells[c] for c in at if cells[c].origin]
        if any(not cells[c].origin for c in at[:1]) and filled(cells[at[0]]):
            return None  # merged with what stands before or above it
        if any(is_lost(grid, c) for c in own):
            return None
        full = [c for c in own if filled(c)]
        if len(full) > 1 or (not own and filled(cells[at[0]])):
            return None
        out.append(full[0] if full else cells[at[0]])
        inside.update(at)
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
