"""Draw a block of a form as a grid with spans, so that a value can be shown lit in its table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ingest.forms import Block, FormTable
from ingest.model import Cell


@dataclass(frozen=True, slots=True)
class Drawing:
    """A form's table as a grid without its values.

    `depth` is how many columns the row labels take, `width` how many the table has; `cells` are its
    headers and row labels, `firsts` the row of each block's first values, `end` the row below all.
    """

    depth: int
    width: int
    cells: tuple[Cell, ...]
    firsts: tuple[int, ...]
    end: int


@lru_cache(maxsize=64)
def draw(table: FormTable) -> Drawing:
    """The headers and row labels of a table, which are the same for every report."""
    depth = max(len(r.path) for b in table.blocks for r in b.rows)
    width = depth + max(len(b.columns) for b in table.blocks)
    cells: list[Cell] = []
    firsts: list[int] = []
    top = 0
    for block in table.blocks:
        head, first = header_cells(block, top, width, depth, block.corner)
        cells += head
        cells += row_label_cells(block, first, depth)
        firsts.append(first)
        top = first + len(block.rows)
    return Drawing(depth, width, tuple(cells), tuple(firsts), top)


def header_cells(
    block: Block, top: int, width: int, depth: int, corner: str
) -> tuple[list[Cell], int]:
    """Header cells of `block` from grid row `top`; the first value row comes after them.

    `depth` is how many grid columns the row labels take, `width` how many the whole table has.
    Returns the cells and the index of the first value row.
    """
    cells: list[Cell] = []
    levels = max(len(c.path) for c in block.columns)
    extra = width - depth - len(block.columns)
    if depth:
        cells.append(Cell(top, 0, corner, levels, depth, header=True))
    for level in range(levels):
        i = 0
        while i < len(block.columns):
            path = block.columns[i].path
            if level >= len(path):
                i += 1
                continue
            span = 1
            while (
                level < len(path) - 1
                and i + span < len(block.columns)
                and block.columns[i + span].path[: level + 1] == path[: level + 1]
            ):
                span += 1
            last = i + span == len(block.columns)
            cells.append(
                Cell(
                    top + level,
                    depth + i,
                    path[level],
                    levels - level if level == len(path) - 1 else 1,
                    span + (extra if last else 0),
                    header=True,
                )
            )
            i += span
    return cells, top + levels


def row_label_cells(block: Block, first_row: int, depth: int) -> list[Cell]:
    """Row label cells of `block`, merged downwards where rows share the start of their path."""
    cells: list[Cell] = []
    if depth == 0:
        return cells
    rows = block.rows
    for level in range(depth):
        i = 0
        while i < len(rows):
            path = rows[i].path
            if level >= len(path):
                i += 1
                continue
            leaf = level == len(path) - 1
            span = 1
            while (
                not leaf
                and i + span < len(rows)
                and rows[i + span].path[: level + 1] == path[: level + 1]
                and len(rows[i + span].path) > level + 1
            ):
                span += 1
            cells.append(
                Cell(
                    first_row + i,
                    level,
                    path[level],
                    span,
                    depth - level if leaf else 1,
                    header=True,
                )
            )
            i += span
    return cells
