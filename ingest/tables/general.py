"""Read a table that fits no form: header paths from layout, units from caption, header or cell.

A number is only taken as a figure where its row and its column have words, and no other number of
the table has the same; anything else stays text of the table, with a warning.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from ingest.model import Cell, Figure, Status, Table, Warning_
from ingest.normalise import clean
from ingest.numbers import read_cell
from ingest.readers import Grid, GridCell
from ingest.tables.roles import (
    Block,
    blocks_of,
    is_blank,
    is_ordinal_head,
    is_value,
    is_year,
)
from ingest.words.units import unit_words

_STATED = re.compile(r"(?:计量)?单位[:为]?(?P<unit>[^\s,;。、()]{1,8})")


@dataclass(frozen=True, slots=True)
class GeneralTable:
    """A table of no form, with its figures and what could not be told."""

    table: Table
    figures: tuple[Figure, ...]
    warnings: tuple[Warning_, ...]


def stated_unit(text: str) -> str | None:
    """The unit in `单位：万元`, `收费金额（万元）`, `占比(%)`; None where none is stated."""
    cleaned = clean(text)
    stated = _STATED.search(cleaned)
    if stated:
        return stated["unit"] if _is_unit(stated["unit"]) else None
    brackets: list[str] = re.findall(r"\(([^()]{1,6})\)", cleaned)
    found = [b for b in brackets if _is_unit(b)]
    return found[-1] if found else None


@cache
def _units() -> frozenset[str]:
    return frozenset(unit_words())


def _is_unit(text: str) -> bool:
    return text in _units()


def read_general(
    grid: Grid, table_id: str, section: tuple[str, ...], caption: str, unit: str | None
) -> GeneralTable | None:
    """Read `grid` as a general table called `table_id`; `unit` is what stands above it.

    None where the grid is no table (fewer than two rows or columns that say something).
    """
    rows = [row for row in grid.rows if any(not is_blank(c) for c in row)]
    if len(rows) < 2 or max((len(row) for row in rows), default=0) < 2:
        return None
    own = replace(grid, rows=tuple(rows))
    blocks = blocks_of(own)
    heads = _header_places(own, blocks)
    figures, warnings = _figures(own, blocks, table_id, unit or stated_unit(caption))
    table = Table(
        id=table_id,
        caption=caption,
        section=section,
        cells=_cells(own, heads),
        unit=unit or stated_unit(caption),
        form=None,
        place=grid.place,
    )
    if not blocks and any(is_value(c) for row in own.rows for c in row):
        text = f"表格“{caption or table_id}”各行的格数不一，列无法确定，只保留原样，未取数值"
        warnings = (Warning_("table-unread", text, grid.place),)
    return GeneralTable(table, figures, warnings)


def _header_places(grid: Grid, blocks: tuple[Block, ...]) -> frozenset[tuple[int, int]]:
    places: set[tuple[int, int]] = set()
    for block in blocks:
        for r in range(block.top, block.end):
            for c, cell in enumerate(grid.rows[r]):
                if r < block.first or r in block.titles or (c < block.left and not is_blank(cell)):
                    places.add((r, c))
    return frozenset(places)


def _cells(grid: Grid, heads: frozenset[tuple[int, int]]) -> tuple[Cell, ...]:
    out = []
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row):
            if cell.origin:
                spans = (cell.row_span, cell.column_span)
                out.append(Cell(r, c, cell.text, *spans, (r, c) in heads, cell.place))
    return tuple(out)


def _figures(
    grid: Grid, blocks: tuple[Block, ...], table_id: str, unit: str | None
) -> tuple[tuple[Figure, ...], tuple[Warning_, ...]]:
    found: list[Figure] = []
    nameless: list[GridCell] = []
    for block in blocks:
        group: tuple[GridCell, ...] = ()
        for r in range(block.first, block.end):
            row = grid.rows[r]
            if r in block.titles:
                group = (next(c for c in row if not is_blank(c)),)
                continue
            for c in range(block.left, len(row)):
                if row[c].origin and is_value(row[c]):
                    columns = _column_path(grid, block, c)
                    if any(is_ordinal_head(cell.text) for cell in columns):
                        continue
                    labels = (*group, *_row_path(row, block, c, bool(columns)))
                    headed = bool(columns) or block.first == block.top
                    if not labels or not headed or _is_shared(grid, block, (r, c)):
                        nameless.append(row[c])
                        continue
                    found.append(_figure(row[c], (r, c), labels, columns, table_id, unit))
    paths = Counter((f.row_path, f.column_path) for f in found)
    unique = tuple(f for f in found if paths[(f.row_path, f.column_path)] == 1)
    warnings = []
    if len(unique) < len(found):
        text = f"表格{table_id}有 {len(found) - len(unique)} 个数值的行列标题与别的数值相同，未取"
        twice = next(f for f in found if f not in unique)
        warnings.append(Warning_("figure-not-unique", text, twice.place))
    if nameless:
        text = f"表格{table_id}有 {len(nameless)} 个数值没有行标题或列标题，未取"
        warnings.append(Warning_("figure-without-header", text, nameless[0].place))
    return unique, tuple(warnings)


def _is_shared(grid: Grid, block: Block, at: tuple[int, int]) -> bool:
    """Whether a merged value stands under several columns or beside several rows: whose is it?"""
    r, c = at
    cell = grid.rows[r][c]
    columns = {
        tuple(h.text for h in _column_path(grid, block, other))
        for other in range(c, min(c + cell.column_span, len(grid.rows[r])))
    }
    rows = {
        tuple(h.text for h in grid.rows[other][: block.left])
        for other in range(r, min(r + cell.row_span, block.end))
    }
    return len(columns) > 1 or len(rows) > 1


def _column_path(grid: Grid, block: Block, column: int) -> tuple[GridCell, ...]:
    """The header cells over a column, outermost first; a merged cell once."""
    out: list[GridCell] = []
    rows = [r for r in range(block.top, block.first) if r not in block.titles]
    for n, r in enumerate(rows):
        cell = grid.rows[r][column]
        if is_blank(cell) and not grid.spanned:
            # what a merged header leaves behind where spans are not known: empty cells to its right
            below = any(not is_blank(grid.rows[lower][column]) for lower in rows[n + 1 :])
            left = [c for c in grid.rows[r][block.left : column] if not is_blank(c)]
            cell = left[-1] if below and left else cell
        if not is_blank(cell) and (not out or clean(out[-1].text) != clean(cell.text)):
            out.append(cell)
    return tuple(out)


def _row_path(
    row: tuple[GridCell, ...], block: Block, column: int, headed: bool
) -> tuple[GridCell, ...]:
    """The label cells of a row; without column headers only those right before the value."""
    if headed:
        labels = row[: block.left]
    else:
        start = column
        while start > 0 and not is_value(row[start - 1]):
            start -= 1
        labels = row[start:column]
    out: list[GridCell] = []
    for cell in labels:
        if is_blank(cell) or (is_value(cell) and not is_year(cell)):
            continue  # a running number is no label
        if not out or clean(out[-1].text) != clean(cell.text):
            out.append(cell)
    return tuple(out)


def _figure(
    cell: GridCell,
    at: tuple[int, int],
    labels: tuple[GridCell, ...],
    columns: tuple[GridCell, ...],
    table_id: str,
    unit: str | None,
) -> Figure:
    read = read_cell(cell.text)
    stated = {u for h in (*labels, *columns) if (u := stated_unit(h.text)) is not None}
    if read.status in (Status.NUMBER, Status.ZERO) and read.unit is not None:
        unit = read.unit
    elif len(stated) == 1:
        unit = stated.pop()
    elif stated:
        unit = None  # the row says one thing and the column another
    return Figure(
        id=f"{table_id}.r{at[0]}.c{at[1]}",
        text=cell.text,
        value=read.value,
        status=read.status,
        unit=unit,
        note=read.note,
        table=table_id,
        row=at[0],
        column=at[1],
        row_path=tuple(clean(c.text) for c in labels),
        column_path=tuple(clean(c.text) for c in columns),
        printed_row_path=tuple(c.text for c in labels),
        printed_column_path=tuple(c.text for c in columns),
        place=cell.place,
    )
