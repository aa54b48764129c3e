"""From the rows that were found to tables with cells and figures, and warnings for what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.forms import Block, Form, FormTable, Line
from ingest.model import Cell, Figure, Status, Table, Warning_
from ingest.normalise import clean, fold_label
from ingest.numbers import read_cell, read_note
from ingest.readers import Document, Grid
from ingest.tables.grid import read_grid
from ingest.tables.layout import header_cells, row_label_cells
from ingest.tables.rows import Findings, FoundRow, ValueCell
from ingest.tables.stream import left_over, read_stream


@dataclass(frozen=True)
class TablesRead:
    """The tables of a document for one form.

    `used_lines` are the numbers of the blocks that are no part of the narrative.
    """

    form: Form
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    warnings: tuple[Warning_, ...]
    used_lines: frozenset[int]


def read_tables(document: Document, forms: tuple[Form, ...]) -> TablesRead | None:
    """Read the tables with the form that recognises most rows; None where no form recognises any."""
    best: tuple[int, Form, Findings] | None = None
    for form in forms:
        findings = _find(document, form)
        if findings.rows and (best is None or len(findings.rows) > best[0]):
            best = (len(findings.rows), form, findings)
    if best is None:
        return None
    return _build(document, best[1], best[2])


def _find(document: Document, form: Form) -> Findings:
    total = read_stream(document.lines, form)
    for block in document.blocks:
        if isinstance(block, Grid):
            found = read_grid(block, form)
            if not found.rows and not found.warnings:
                found.warn("table-unread", "这个表格不是已知表式的统计表，未读", block.place)
            total.rows += found.rows
            total.warnings += found.warnings
            total.used_lines.add(block.number)
    return total


def _build(document: Document, form: Form, found: Findings) -> TablesRead:
    warnings = list(found.warnings)
    tables: list[Table] = []
    figures: list[Figure] = []
    for form_table in form.tables:
        rows = [r for r in found.rows if r.table is form_table]
        if not rows:
            warnings.append(
                Warning_("table-missing", f"没有读到“{form_table.title}”的任何一行数值")
            )
            continue
        chosen, notices = _one_each(rows)
        warnings += [*notices, *_disorder(form_table, chosen)]
        if not chosen:
            warnings.append(Warning_("table-missing", f"“{form_table.title}”没有一行数值可以采用"))
            continue
        table, cells_figures, missing = _table(form, form_table, chosen)
        tables.append(table)
        figures += cells_figures
        warnings += missing
    warnings += left_over(document.lines, form, found.used_lines)
    return TablesRead(
        form, tuple(tables), tuple(figures), tuple(warnings), frozenset(found.used_lines)
    )


def _one_each(rows: list[FoundRow]) -> tuple[dict[str, FoundRow], list[Warning_]]:
    """One reading a row; a row printed twice with different values gives no figures at all."""
    chosen: dict[str, FoundRow] = {}
    clashing: set[str] = set()
    warnings = []
    for row in rows:
        before = chosen.get(row.row.key)
        if before is None:
            chosen[row.row.key] = row
            continue
        same = [clean(v.text) for v in before.values] == [clean(v.text) for v in row.values]
        name = row.row.path[-1] if row.row.path else "数据行"
        place = row.values[0].place
        if same:
            warnings.append(
                Warning_("row-twice", f"{row.table.title}：“{name}”出现两次，数值相同", place)
            )
        else:
            clashing.add(row.row.key)
            warnings.append(
                Warning_(
                    "row-conflict",
                    f"{row.table.title}：“{name}”出现两次且数值不同，均未采用",
                    place,
                )
            )
    return {k: r for k, r in chosen.items() if k not in clashing}, warnings


def _disorder(table: FormTable, rows: dict[str, FoundRow]) -> list[Warning_]:
    """A warning where rows stand in another order than the form's: sums cannot see swapped labels."""
    wanted = [r.key for b in table.blocks for r in b.rows if r.key in rows]
    starts = [rows[key].values[0].place.start for key in wanted]
    for i, (before, start) in enumerate(pairwise(starts), 1):
        if before is not None and start is not None and start < before:
            row = rows[wanted[i]]
            text = f"{table.title}：“{row.row.path[-1]}”一行的位置与表式的顺序不符，请核对"
            return [Warning_("row-order", text, row.values[0].place)]
    return []


def _table(
    form: Form, table: FormTable, rows: dict[str, FoundRow]
) -> tuple[Table, list[Figure], list[Warning_]]:
    depth = max(len(r.path) for b in table.blocks for r in b.rows)
    width = depth + max(len(b.columns) for b in table.blocks)
    cells: list[Cell] = []
    figures: list[Figure] = []
    warnings: list[Warning_] = []
    top = 0
    for block in table.blocks:
        head, first = header_cells(block, top, width, depth, block.corner)
        cells += head
        cells += row_label_cells(block, first, depth)
        for offset, row in enumerate(block.rows):
            found = rows.get(row.key)
            if found is None:
                warnings.append(
                    Warning_(
                        "row-missing",
                        f"{table.title}：没有读到“{row.path[-1] if row.path else '数据行'}”一行",
                    )
                )
                continue
            made = _row(form, table, block, row, found, first + offset, depth, width)
            cells += made[0]
            figures += made[1]
        top = first + len(block.rows)
    place = min((r.values[0].place for r in rows.values()), key=lambda p: p.start or 0)
    units = {c.unit for b in table.blocks for c in b.columns}
    built = Table(
        id=table.key,
        caption=table.title,
        section=(table.section,),
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
        unit=units.pop() if len(units) == 1 else None,
        form=form.name,
        place=replace(place, end=None, end_line=None, cell=None, bbox=None),
    )
    return built, figures, warnings


def _row(
    form: Form,
    table: FormTable,
    block: Block,
    row: Line,
    found: FoundRow,
    grid_row: int,
    depth: int,
    width: int,
) -> tuple[list[Cell], list[Figure]]:
    cells: list[Cell] = []
    figures: list[Figure] = []
    for j, (column, value) in enumerate(zip(block.columns, found.values, strict=True)):
        span = width - depth - j if j == len(block.columns) - 1 else 1
        cells.append(Cell(grid_row, depth + j, value.text, 1, span, place=value.place))
        key = table.concept(row, column)
        figures += _figures(table, row, column, found, value, key, (grid_row, depth + j))
    return cells, figures


def _figures(
    table: FormTable,
    row: Line,
    column: Line,
    found: FoundRow,
    value: ValueCell,
    key: str,
    at: tuple[int, int],
) -> list[Figure]:
    read = read_cell(value.text)
    unit = read.unit or column.unit or row.unit
    main = Figure(
        id=key,
        text=value.text,
        value=read.value,
        status=read.status,
        unit=unit,
        note=read.note,
        key=key,
        table=table.key,
        row=at[0],
        column=at[1],
        row_path=row.path,
        column_path=column.path,
        printed_row_path=found.printed_row_path,
        printed_column_path=tuple(
            found.printed_columns.get(fold_label(label), label) for label in column.path
        ),
        place=value.place,
    )
    out = [main]
    for n, part in enumerate(read_note(read.note) if read.note else (), 1):
        twice = any(f.column_path[-1] == part.word for f in out[1:])
        out.append(
            Figure(
                id=f"{key}#{part.word}" + (f"#{n}" if twice else ""),
                text=part.text,
                value=part.value,
                status=Status.ZERO if part.value == 0 else Status.NUMBER,
                unit=part.unit or unit,
                note_of=key,
                key=None,
                table=table.key,
                row=at[0],
                column=at[1],
                row_path=row.path,
                column_path=(*column.path, part.word),
                printed_row_path=main.printed_row_path,
                printed_column_path=(*main.printed_column_path, part.word),
                place=value.place,
            )
        )
    return out
