"""One table of a report as HTML, with the cells of an answer lit up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.model import Cell, Table
from web.markup import escape
from web.texts import Language, say

#: a table with more rows than this shows only its head and the rows around the lit cells
MAX_ROWS = 120
#: how many rows around a lit cell are kept then
CONTEXT_ROWS = 12
#: columns beyond this are not drawn; the national form has at most 16
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Lit:
    """A cell to light up, by row and column, with the printed header paths that lead to it.

    `aside` marks one that the answer uses beside what was asked for; it is lit less brightly.
    """

    row: int
    column: int
    row_path: tuple[str, ...] = ()
    column_path: tuple[str, ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell clipped to the grid, so that overlapping or endless spans cannot break the page."""

    cell: Cell
    rows: range
    columns: range


def table_html(table: Table, lit: Sequence[Lit], language: Language) -> str:
    """The table with `td.lit` for each cell of `lit` and `lit-head` on the headers that lead there.

    Positions of `lit` that the table does not have are left out: the caller says where they were.
    """
    boxes = _boxes(table.cells)
    if not boxes:
        return ""
    lit_boxes = [(one, box) for one in lit if (box := _at(boxes, one.row, one.column))]
    lit_cells = {id(box.cell): "lit aside" for one, box in lit_boxes if one.aside}
    lit_cells |= {id(box.cell): "lit" for one, box in lit_boxes if not one.aside}
    heads = {id(cell) for one, box in lit_boxes for cell in _heads(boxes, one, box)}
    height = 1 + max(box.rows[-1] for box in boxes)
    width = 1 + max(box.columns[-1] for box in boxes)
    head_rows = _head_rows(boxes, height)
    runs = _runs(height, head_rows, [box.rows for _, box in lit_boxes])
    parts = [f'<table class="wb-table" lang="zh-CN" data-columns="{width}">']
    previous_end = 0
    for number, run in enumerate(runs):
        if run.start > previous_end:
            note = say(language, "rows_left_out", n=run.start - previous_end)
            gap = f'<td class="gap" colspan="{width}">{escape(note)}</td>'
            parts.append(f"<tbody><tr>{gap}</tr></tbody>")
        tag = "thead" if number == 0 and 0 < head_rows == run.stop else "tbody"
        parts.append(f"<{tag}>")
        for row in run:
            cells = _row(boxes, row, run, width)
            drawn = [_cell_html(box, rows, lit_cells, heads, tag, language) for box, rows in cells]
            parts.append(f"<tr>{''.join(drawn)}</tr>")
        parts.append(f"</{tag}>")
        previous_end = run.stop
    if previous_end < height:
        note = say(language, "rows_left_out", n=height - previous_end)
        gap = f'<td class="gap" colspan="{width}">{escape(note)}</td>'
        parts.append(f"<tbody><tr>{gap}</tr></tbody>")
    return "".join([*parts, "</table>"])


def _boxes(cells: Iterable[Cell]) -> list[_Box]:
    """The cells in reading order; of two that claim one place, the first keeps it."""
    usable = [c for c in cells if c.row >= 0 and 0 <= c.column < MAX_COLUMNS]
    if not usable:
        return []
    height = 1 + max(c.row for c in usable)
    taken: set[tuple[int, int]] = set()
    boxes: list[_Box] = []
    for cell in sorted(usable, key=lambda c: (c.row, c.column)):
        if (cell.row, cell.column) in taken:
            continue
        last_row = min(height, cell.row + max(1, cell.row_span))
        last_column = min(MAX_COLUMNS, cell.column + max(1, cell.column_span))
        columns = range(cell.column, last_column)
        for column in columns:
            if (cell.row, column) in taken:
                columns = range(cell.column, column)
                break
        rows = range(cell.row, last_row)
        for row in rows:
            if any((row, column) in taken for column in columns):
                rows = range(cell.row, row)
                break
        taken.update((row, column) for row in rows for column in columns)
        boxes.append(_Box(cell, rows, columns))
    return boxes


def _at(boxes: list[_Box], row: int, column: int) -> _Box | None:
    return next((b for b in boxes if row in b.rows and column in b.columns), None)


def _heads(boxes: list[_Box], lit: Lit, box: _Box) -> list[Cell]:
    """The header cells that lead to the lit one: left of it in its rows, above it in its columns.

    Where the printed paths name some of them, only those: a table of several blocks repeats its
    headers, and a title row over the whole width leads nowhere in particular.
    """
    left: list[Cell] = []
    above: list[Cell] = []
    for other in boxes:
        if not other.cell.header:
            continue
        if other.columns.stop <= box.columns.start and _meet(other.rows, box.rows):
            left.append(other.cell)
        elif other.rows.stop <= box.rows.start and _meet(other.columns, box.columns):
            above.append(other.cell)
    return _named(left, lit.row_path) + _named(above, lit.column_path)


def _named(cells: list[Cell], path: tuple[str, ...]) -> list[Cell]:
    names = {_plain(part) for part in path}
    return [cell for cell in cells if _plain(cell.text) in names] or cells


def _plain(text: str) -> str:
    return "".join(text.split())


def _meet(a: range, b: range) -> bool:
    return a.start < b.stop and b.start < a.stop


def _head_rows(boxes: list[_Box], height: int) -> int:
    """How many rows at the top hold headers only, counting no row that a span ties to the body."""
    count = 0
    while count < height and all(b.cell.header for b in boxes if count in b.rows):
        count += 1
    while count and any(b.rows.start < count < b.rows.stop for b in boxes):
        count -= 1
    return 0 if count == height else count


def _runs(height: int, head_rows: int, lit: list[range]) -> list[range]:
    """The rows to draw, as runs without a gap; the head is a run of its own."""
    body = range(head_rows, height)
    if height <= MAX_ROWS:
        wanted = set(body)
    else:
        around = lit or [range(head_rows, head_rows + 1)]
        wanted = {
            row
            for rows in around
            for row in range(rows.start - CONTEXT_ROWS, rows.start + CONTEXT_ROWS + 1)
            if row in body
        }
    runs = [range(min(head_rows, MAX_ROWS))] if head_rows else []
    for row in sorted(wanted):
        if runs and runs[-1].stop == row and row != head_rows:
            runs[-1] = range(runs[-1].start, row + 1)
        else:
            runs.append(range(row, row + 1))
    return runs


def _row(boxes: list[_Box], row: int, run: range, width: int) -> list[tuple[_Box | None, int]]:
    """What to draw in this row: boxes with the rows they take in this run, None for a hole.

    A box that began above the run starts again at its top, so that its header stays in sight.
    """
    out: list[tuple[_Box | None, int]] = []
    column = 0
    here = sorted((b for b in boxes if row in b.rows), key=lambda b: b.columns.start)
    for box in here:
        out += [(None, 1)] * (box.columns.start - column)
        if row == max(box.rows.start, run.start):
            out.append((box, min(box.rows.stop, run.stop) - row))
        column = box.columns.stop
    return out + [(None, 1)] * (width - column)


def _cell_html(
    box: _Box | None,
    row_span: int,
    lit: dict[int, str],
    heads: set[int],
    part: str,
    language: Language,
) -> str:
    if box is None:
        return "<td></td>"
    cell = box.cell
    lit_class = lit.get(id(cell))
    # a lit cell is a value whatever the table takes it for
    tag = "th" if cell.header and not lit_class else "td"
    attributes = ""
    if tag == "th":
        attributes += f' scope="{"col" if part == "thead" else "row"}"'
    if lit_class:
        attributes += f' class="{lit_class}" data-blank="{escape(say(language, "blank"))}"'
    elif id(cell) in heads:
        attributes += ' class="lit-head"'
    if row_span > 1:
        attributes += f' rowspan="{row_span}"'
    if len(box.columns) > 1:
        attributes += f' colspan="{len(box.columns)}"'
    return f"<{tag}{attributes}>{escape(cell.text.strip())}</{tag}>"
