"""Rows of data of a page's table → a Grid, or a warning that says why none can be made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ingest.model import Place, Warning_
from ingest.readers.base import Grid
from ingest.readers.html.markup import Element
from ingest.readers.html.slots import Placed
from ingest.readers.html.table import Box, DataRows, ragged_rows
from ingest.readers.rendition import Rendition, SourceCell, make_source_cell

Namer = Callable[[Element], Place]
_QUOTE = 40


def write_grid(
    data: DataRows, table: Element, caption: str, out: Rendition, place: Namer
) -> list[Warning_]:
    """Add the rows to `out`; `place` names where an element stands.

    Rows whose cells overlap become lines. Where no cell of the table spans more than one place, the
    page does not say how its rows line up, and the Grid is not `spanned`.
    """
    where = place(table)
    if data.overlaps:
        for placed in data.cells:
            for line in placed.cell.text.split("\n"):
                out.line(line, place(placed.cell.element))
        text = "表格的合并单元格互相重叠，无法确定各值属于哪一列，按逐行文字读取"
        return [Warning_("cells-overlap", text, where)]
    top = data.cells[0].row
    if data.spanned:
        cells, warnings = _whole_rows(data, top, place)
    else:
        cells, warnings = [_cell(c, top, place) for c in data.cells], []
    if not out.grid(cells, where, caption=caption):
        return [*warnings, too_large(where)]
    grid = out.blocks[-1]
    if not data.spanned and isinstance(grid, Grid):
        own = [0] * len(grid.rows)
        for c in cells:
            own[c.row] += 1
        cut = tuple(row[:n] for row, n in zip(grid.rows, own, strict=True) if n)
        out.blocks[-1] = replace(grid, rows=cut, spanned=False)
    return warnings


def too_large(where: Place) -> Warning_:
    """The warning for a table that no report has."""
    return Warning_("table-too-large", "表格的单元格或合并范围过多，不像统计表，未读", where)


def _cell(placed: Placed[Box], top: int, place: Namer) -> SourceCell:
    return make_source_cell(
        placed.row - top,
        placed.column,
        placed.cell.text,
        placed.row_span,
        placed.column_span,
        place(placed.cell.element),
    )


def _whole_rows(data: DataRows, top: int, place: Namer) -> tuple[list[SourceCell], list[Warning_]]:
    """The cells, but those of a row that lacks some are joined to one, which is no value."""
    joined: set[int] = set()
    extra: list[SourceCell] = []
    warnings: list[Warning_] = []
    lacking = ragged_rows(data)
    if not lacking:
        return [_cell(c, top, place) for c in data.cells], []
    width = max(c.column + c.column_span for c in data.cells)
    for ragged in lacking:
        own = [c for c in ragged.cells if c.row_span == 1]
        text = " ".join(c.cell.text for c in own if c.cell.text)
        if not text:
            continue
        where = place(own[0].cell.element)
        joined.update(id(c) for c in own)
        extra.append(SourceCell(ragged.row - top, own[0].column, text, 1, width, where))
        if ragged.has_values:
            told = (
                f"表格的一行“{text[:_QUOTE]}”比上方的表头少 {ragged.missing} 列，"
                "无法确定各值属于哪一列，该行数值未采用"
            )
            warnings.append(Warning_("row-ragged", told, where))
    return [_cell(c, top, place) for c in data.cells if id(c) not in joined] + extra, warnings
