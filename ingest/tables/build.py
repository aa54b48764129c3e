"""From the rows that were found to tables with cells and figures, and warnings for what is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from ingest.forms import Block, Form, FormTable, Line
from ingest.model import Cell, Figure, Status, Table, Warning_
from ingest.normalise import clean, fold_label
from ingest.numbers import CellValue, read_cell, read_note
from ingest.readers import Document, Grid
from ingest.tables.caption import caption_above, note_below
from ingest.tables.choose import Candidate, Search, joined_form
from ingest.tables.grid import warn_unknown
from ingest.tables.labels import labels_of
from ingest.tables.layout import header_cells, row_label_cells
from ingest.tables.rows import Findings, FoundRow, ValueCell
from ingest.tables.shifts import without_shifted
from ingest.tables.stream import left_over
from ingest.tables.units import unit_of, units_in_head, units_stated
from ingest.words.units import is_money


@dataclass(frozen=True)
class TablesRead:
    """The tables of a document, each by the form that fits it.

    `form` is the form of the report; where a table fits another form better, it holds that table and
    its identities in place of its own. `used_lines` are the numbers of the blocks that are no part of
    the narrative; `unread` the grids in which no form has a row.
    """

    form: Form
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    warnings: tuple[Warning_, ...]
    used_lines: frozenset[int]
    unread: tuple[Grid, ...] = ()


# an amount in the head, and heads that name what they count
_AMOUNTS = ("金额", "费")
_COUNTS = ("数", "数量")
_MANY = 3


@dataclass(frozen=True, slots=True)
class _Unclear:
    """A value without a unit: its row and column, and why."""

    label: str
    why: str
    value: ValueCell


def read_tables(
    document: Document, forms: tuple[Form, ...], year: int | None = None
) -> TablesRead | None:
    """Read the tables with the forms that recognise most rows; None where no form recognises any.

    `year` is the reporting year, where it is known: it decides between forms that fit alike.
    """
    search = Search(document, forms, year)
    main = search.main()
    if main is None:
        return None
    chosen = search.tables(main)
    form = joined_form(main, chosen)
    found = Findings()
    for one in chosen.values():
        for part in one.parts:
            if not one.is_elsewhere(part):
                found.add(part)
    unread = tuple(g for g in search.grids if not _knows(found, g))
    for grid in search.grids:
        found.used_lines.add(grid.number)
        if grid not in unread:
            warn_unknown(grid, found)
    found.rows = _with_captions(found.rows, document)
    read = _build(form, main, found, chosen)
    labels = [labels_of(c.form)[key] for key, c in chosen.items()]
    left = left_over(search.lines, labels, found.used_lines)
    return replace(
        read,
        warnings=(*read.warnings, *left),
        used_lines=frozenset(found.used_lines),
        unread=unread,
    )


def _with_captions(rows: list[FoundRow], document: Document) -> list[FoundRow]:
    """The rows of grids with the units that stand over or under them, or over the page before."""
    lines = document.lines
    stated: dict[int, tuple[str, ...]] = {}
    noted: dict[int, tuple[str, ...]] = {}
    for grid in document.grids:
        texts = caption_above(grid, lines)[1]
        stated[grid.number] = next((u for t in texts if (u := units_stated(t))), ())
        noted[grid.number] = units_stated(note_below(grid, lines))
    out: list[FoundRow] = []
    last: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row.at[0] not in stated:
            out.append(row)
            continue
        key = row.table.key
        last[key] = row.above or stated[row.at[0]] or last.get(key, ())
        above = (*last[key], *noted[row.at[0]])
        out.append(replace(row, above=above) if above != row.above else row)
    return out


def _knows(found: Findings, grid: Grid) -> bool:
    return any(number == grid.number for number, _ in found.understood)


def _build(form: Form, main: Form, found: Findings, chosen: dict[str, Candidate]) -> TablesRead:
    warnings = list(found.warnings)
    tables: list[Table] = []
    figures: list[Figure] = []
    refused = sum(w.code == "row-width" for w in found.warnings)
    for form_table in form.tables:
        own = chosen[form_table.key].form
        rows, shifted = _without_labels([r for r in found.rows if r.table is form_table], own)
        warnings += shifted
        if not rows:
            warnings.append(
                Warning_("table-missing", f"没有读到“{form_table.title}”的任何一行数值")
            )
            continue
        if own is not main:
            text = f"“{form_table.title}”按“{own.title}”读，其余各表按“{main.title}”读"
            warnings.append(Warning_("forms-mixed", text, rows[0].values[0].place))
        known, notices = _one_each([r for r in rows if r.known])
        known, moved = without_shifted(known, own, form_table, refused)
        warnings += [*notices, *moved, *_disorder(form_table, known)]
        if not known:
            warnings.append(Warning_("table-missing", f"“{form_table.title}”没有一行数值可以采用"))
            continue
        table, cells_figures, missing = _table(
            own, form_table, known, [r for r in rows if not r.known]
        )
        tables.append(table)
        figures += cells_figures
        warnings += missing
    return TablesRead(form, tuple(tables), tuple(figures), tuple(warnings), frozenset())


def _without_labels(rows: list[FoundRow], form: Form) -> tuple[list[FoundRow], list[Warning_]]:
    """The rows without those in which a label of the form stands where a value belongs.

    There the end of a row was lost and the next row's head moved up: no cell of it is certain.
    """
    known = frozenset().union(*(labels.all for labels in labels_of(form).values()))
    kept, warnings = [], []
    for row in rows:
        label = next((v for v in row.values if form.canonical(v.text) in known), None)
        if label is None:
            kept.append(row)
            continue
        name = row.row.path[-1] if row.row.path else "数据行"
        text = f"{row.table.title}：“{name}”一行的数值格里是标题“{label.text}”，该行数值未采用"
        warnings.append(Warning_("label-as-value", text, label.place))
    return kept, warnings


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
    if table.open:
        return []  # each region has an order of its own
    for before, key in pairwise(wanted):
        if rows[key].at < rows[before].at:
            row = rows[key]
            text = f"{table.title}：“{row.row.path[-1]}”一行的位置与表式的顺序不符，请核对"
            return [Warning_("row-order", text, row.values[0].place)]
    return []


def _table(
    form: Form, table: FormTable, rows: dict[str, FoundRow], strangers: list[FoundRow]
) -> tuple[Table, list[Figure], list[Warning_]]:
    depth = max(len(r.path) for b in table.blocks for r in b.rows)
    width = depth + max(len(b.columns) for b in table.blocks)
    cells: list[Cell] = []
    figures: list[Figure] = []
    warnings: list[Warning_] = []
    unclear: list[_Unclear] = []
    top = 0
    for block in table.blocks:
        head, first = header_cells(block, top, width, depth, block.corner)
        cells += head
        cells += row_label_cells(block, first, depth)
        for offset, row in enumerate(block.rows):
            found = rows.get(row.key)
            if found is None and table.open:
                continue
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
            unclear += made[2]
        top = first + len(block.rows)
    for n, stranger in enumerate(strangers):
        span = depth if depth > 1 else 1
        cells.append(Cell(top + n, 0, stranger.row.path[-1], 1, span, header=True))
        made = _row(form, table, stranger.block, stranger.row, stranger, top + n, depth, width)
        cells += made[0]
        figures += made[1]
        unclear += made[2]
    place = min((r.values[0].place for r in rows.values()), key=lambda p: p.start or 0)
    warnings += _unit_warnings(table, unclear)
    built = Table(
        id=table.key,
        caption=table.title,
        section=(table.section,),
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
        unit=_table_unit(table, figures),
        form=form.name,
        place=replace(place, end=None, end_line=None, cell=None, bbox=None),
    )
    return built, figures, warnings


def _table_unit(table: FormTable, figures: list[Figure]) -> str | None:
    """The unit of the whole table, where it has one; a cell may print another."""
    of_form = {c.unit for b in table.blocks for c in b.columns}
    units = {f.unit for f in figures if f.note_of is None}
    if len(units) == 1:
        return units.pop() if len(of_form) == 1 else None
    return of_form.pop() if len(of_form) == 1 and None not in units else None


def _row(
    form: Form,
    table: FormTable,
    block: Block,
    row: Line,
    found: FoundRow,
    grid_row: int,
    depth: int,
    width: int,
) -> tuple[list[Cell], list[Figure], list[_Unclear]]:
    cells: list[Cell] = []
    figures: list[Figure] = []
    unclear: list[_Unclear] = []
    for j, (column, value) in enumerate(zip(block.columns, found.values, strict=True)):
        span = width - depth - j if j == len(block.columns) - 1 else 1
        cells.append(Cell(grid_row, depth + j, value.text, 1, span, place=value.place))
        read = read_cell(_signed(value.text) if column.signed else value.text)
        unit, why = (read.unit, "") if read.unit else _unit(found, row, column, j, read.value)
        figures += _figures(table, row, column, found, value, (grid_row, depth + j), read, unit)
        if read.value is not None and unit is None and found.known:
            unclear.append(_Unclear("/".join((*row.path[-1:], column.path[-1])), why, value))
    return cells, figures, unclear


def _unit(
    found: FoundRow, row: Line, column: Line, at: int, value: Decimal | None
) -> tuple[str | None, str]:
    """The unit of a cell that prints none itself; where there is none, why."""
    heads = [found.printed_columns.get(fold_label(label), "") for label in column.path]
    near = [*found.units, *(word for head in heads for word in units_in_head(head))]
    near += found.under[at] if found.under else ()
    default = column.unit or row.unit
    leaf = (column.path[-1], *row.path[-1:])
    money = is_money(default) if default else any(word in leaf[0] for word in _AMOUNTS)
    if not near and not found.above:
        # of forms that print a unit in each row, an amount without one may be in any
        if column.unit is None and (money or default is None):
            return None, "没有印单位"
        if not money and value is not None and value != value.to_integral_value():
            return None, "没有印单位，而数值不是整数"
    counted = any(label.endswith(_COUNTS) for label in leaf)
    return unit_of(tuple(near), found.above, default, money=money, counted=counted)


def _unit_warnings(table: FormTable, unclear: list[_Unclear]) -> list[Warning_]:
    """One warning a value, or one for all where many have no unit for the same reason."""
    out: list[Warning_] = []
    for why in dict.fromkeys(u.why for u in unclear):
        same = [u for u in unclear if u.why == why]
        shown = f"“{same[0].label}”等 {len(same)} 个数值"
        if len(same) > _MANY:
            text = f"{table.title}：{shown}{why}，单位不明"
            out.append(Warning_("unit-unknown", text, same[0].value.place))
            continue
        for one in same:
            text = f"{table.title}：“{one.label}”{why}，数值 {one.value.text} 的单位不明"
            out.append(Warning_("unit-unknown", text, one.value.place))
    return out


_MORE = re.compile(r"(?:增加?|新增|↑)(?=\d)")
_LESS = re.compile(r"(?:减少?|↓)(?=\d)")


def _signed(text: str) -> str:
    """`增3` is +3 and `减2` is -2; a text that says it otherwise stays as it is."""
    cleaned = clean(text).strip()
    return _LESS.sub("-", _MORE.sub("+", cleaned, count=1), count=1)


def _figures(
    table: FormTable,
    row: Line,
    column: Line,
    found: FoundRow,
    value: ValueCell,
    at: tuple[int, int],
    read: CellValue,
    unit: str | None,
) -> list[Figure]:
    key = table.concept(row, column) if found.known else None
    own = key or f"{table.key}:{found.at[0]}.{found.at[1]}.{column.key}"
    main = Figure(
        id=own,
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
                id=f"{own}#{part.word}" + (f"#{n}" if twice else ""),
                text=part.text,
                value=part.value,
                status=Status.ZERO if part.value == 0 else Status.NUMBER,
                unit=part.unit or unit,
                note_of=own,
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
