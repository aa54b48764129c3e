"""From the rows that were found to tables with cells and figures, and warnings for what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from ingest.forms import Form, FormTable
from ingest.model import Figure, Table, Warning_
from ingest.normalise import clean
from ingest.readers import Document, Grid
from ingest.tables.caption import caption_above, note_below
from ingest.tables.cells import TableCells
from ingest.tables.choose import Candidate, Search, joined_form
from ingest.tables.grid import warn_unknown
from ingest.tables.labels import labels_of
from ingest.tables.layout import draw
from ingest.tables.rows import Findings, FoundRow
from ingest.tables.shifts import without_shifted
from ingest.tables.stream import left_over
from ingest.tables.units import units_stated

_PLACE_IN_TABLE = attrgetter("row", "column")


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
    kept, warnings = [], []
    for row in rows:
        label = next((v for v in row.values if _is_label(form, v.text)), None)
        if label is None:
            kept.append(row)
            continue
        name = row.row.path[-1] if row.row.path else "数据行"
        text = f"{row.table.title}：“{name}”一行的数值格里是标题“{label.text}”，该行数值未采用"
        warnings.append(Warning_("label-as-value", text, label.place))
    return kept, warnings


@lru_cache(maxsize=16384)
def _is_label(form: Form, printed: str) -> bool:
    """Whether a print is a label of the form; the values of reports are much the same numbers."""
    label = form.canonical(printed)
    return any(label in labels.all for labels in labels_of(form).values())


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
    drawing = draw(table)
    read = TableCells(table, drawing)
    warnings: list[Warning_] = []
    for block, first in zip(table.blocks, drawing.firsts, strict=True):
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
            read.add(found, block, row, first + offset)
    for n, stranger in enumerate(strangers):
        read.add_label(stranger, drawing.end + n)
        read.add(stranger, stranger.block, stranger.row, drawing.end + n)
    place = min((r.values[0].place for r in rows.values()), key=lambda p: p.start or 0)
    warnings += read.unit_warnings()
    built = Table(
        id=table.key,
        caption=table.title,
        section=(table.section,),
        cells=tuple(sorted(read.cells, key=_PLACE_IN_TABLE)),
        unit=_table_unit(table, read.figures),
        form=form.name,
        place=replace(place, end=None, end_line=None, cell=None, bbox=None),
    )
    return built, read.figures, warnings


def _table_unit(table: FormTable, figures: list[Figure]) -> str | None:
    """The unit of the whole table, where it has one; a cell may print another."""
    of_form = {c.unit for b in table.blocks for c in b.columns}
    units = {f.unit for f in figures if f.note_of is None}
    if len(units) == 1:
        return units.pop() if len(of_form) == 1 else None
    return of_form.pop() if len(of_form) == 1 and None not in units else None
