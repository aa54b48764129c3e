"""Rebuild a form's tables from grids: rows of cells, whose columns may or may not line up.

Two kinds of grid occur. In an *aligned* one every header label stands over its column (spans are
empty or repeated cells). In a *packed* one each row starts at the left and is padded at its end; then
a row's values are the cells behind its label, and what is left over must be blank. A packed row
with a blank among its values is only taken where its length shows that no cell of it was lost.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ingest.forms import Block, Form, FormTable, Line
from ingest.normalise import clean, fold_label
from ingest.numbers import looks_like_value
from ingest.readers import Grid, GridCell
from ingest.tables.rows import (
    Findings,
    FoundRow,
    TableLabels,
    ValueCell,
    choose_row,
    header_sequence,
)

Row = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A grid row read against one table: where its label stands, where its values start."""

    label: str
    label_at: int
    values_at: int
    group: str | None


def read_grid(grid: Grid, form: Form) -> Findings:
    """Find the rows of all tables of `form` in one grid."""
    findings = Findings()
    understood: set[int] = set()
    for table in form.tables:
        understood |= _read_table(grid, form, table, findings)
    if findings.rows or findings.warnings:
        for i, cells in enumerate(grid.rows):
            if i not in understood and any(looks_like_value(c.text) for c in cells):
                text = " | ".join(c.text for c in cells if _filled(c))
                findings.warn(
                    "row-unknown", f"表格里的一行不是表式里的行，未读：{text}", cells[0].place
                )
    return findings


def _filled(cell: GridCell) -> bool:
    return bool(clean(cell.text).strip())


def _full_length(grid: Grid) -> int | None:
    """The length that rows are padded to, None where the source does not pad them."""
    length, times = Counter(len(row) for row in grid.rows).most_common(1)[0]
    return length if times >= 0.8 * len(grid.rows) else None


def _read_table(grid: Grid, form: Form, table: FormTable, findings: Findings) -> set[int]:
    """Add the rows of `table` to `findings`; returns the grid rows that were understood."""
    labels = TableLabels(form, table)
    padded = _full_length(grid)
    understood: set[int] = set()
    unlabelled = next((b for b in table.blocks if not b.rows[0].path), None)
    zone: list[Row] = []
    confirmed: tuple[Block, list[list[int]] | None] | None = None
    group: str | None = None
    last: Line | None = None
    for i, cells in enumerate(grid.rows):
        below = grid.rows[i + 1] if i + 1 < len(grid.rows) else ()
        reading = _read_row(cells, labels, below)
        if reading is None:
            if unlabelled is not None and zone and _is_values(cells, labels):
                columns = _columns(zone, unlabelled, labels)
                if columns is not None:
                    row = unlabelled.rows[0]
                    _take(findings, table, unlabelled, row, cells, 0, columns[1], padded, zone)
                    understood.add(i)
                    zone = []
                    continue
            zone.append(cells)
            group = next((m for c in cells if (m := labels.match(c.text)) in labels.groups), group)
            continue
        understood.add(i)
        group = reading.group or group
        block, row = choose_row(labels.rows[reading.label], group, last, table)
        if confirmed is None or confirmed[0] is not block or _has_header(zone, labels):
            confirmed = _columns(zone, block, labels)
        if confirmed is None:
            findings.warn(
                "header-unconfirmed",
                f"{table.title}：“{cells[reading.label_at].text}”一行上方的列标题与表式不符，该行数值未采用",
                cells[reading.label_at].place,
            )
        else:
            at = reading.values_at
            columns_at, label_at = confirmed[1], reading.label_at
            _take(findings, table, block, row, cells, at, columns_at, padded, zone, label_at)
            last = row
        zone = []
    return understood


def _read_row(cells: Row, labels: TableLabels, below: Row) -> _Reading | None:
    """The row's label: the last of the labels at its left, repeated and empty cells passed over.

    A row with nothing behind its label is a row of blanks, unless its values stand in the row
    `below`.
    """
    label: str | None = None
    label_at = values_at = 0
    group: str | None = None
    for i, cell in enumerate(cells):
        if not _filled(cell):
            continue
        match = labels.match(cell.text)
        if match in labels.rows and match is not None:
            if label is not None and match != label:
                return None
            label, label_at, values_at = match, i, i + 1
        elif match in labels.groups and label is None:
            group = match
        else:
            break
    if label is None or len(cells) == values_at:
        return None
    if not any(_filled(c) for c in cells[values_at:]) and _is_values(below, labels):
        return None
    return _Reading(label, label_at, values_at, group)


def _is_values(cells: Row, labels: TableLabels) -> bool:
    filled = [c for c in cells if _filled(c)]
    return bool(filled) and all(labels.match(c.text) is None for c in filled)


def _has_header(zone: list[Row], labels: TableLabels) -> bool:
    return any(labels.match(c.text) in labels.columns for row in zone for c in row)


def _columns(
    zone: list[Row], block: Block, labels: TableLabels
) -> tuple[Block, list[list[int]] | None] | None:
    """The block with the grid columns of each of its columns (None: packed), or None: no header."""
    if _has_stranger(zone, labels):
        return None
    aligned = _aligned(zone, block, labels)
    if aligned is not None:
        return block, aligned
    expected = header_sequence(block)
    wanted = set(expected)
    printed = [m for row in zone for c in row if (m := labels.match(c.text)) in wanted]
    if printed[-len(expected) :] == expected:
        return block, None
    return None


def _has_stranger(zone: list[Row], labels: TableLabels) -> bool:
    """Whether the header rows hold a label that the form lacks: another form, or a column more.

    The corner above the row labels may say anything.
    """
    header = [row for row in zone if any(labels.match(c.text) in labels.columns for c in row)]
    corner = next((clean(c.text) for row in header[:1] for c in row if _filled(c)), "")
    return any(
        labels.match(c.text) is None and clean(c.text) != corner
        for row in header
        for c in row
        if _filled(c)
    )


def _aligned(zone: list[Row], block: Block, labels: TableLabels) -> list[list[int]] | None:
    """For each column of the block the grid columns whose header stack spells its path."""
    width = max((len(row) for row in zone), default=0)
    if not width or any(len(row) != width for row in zone):
        return None
    rows = [[labels.match(c.text) if _filled(c) else "" for c in row] for row in zone]
    rows = [row for row in rows if any(m in labels.columns for m in row)]
    if not rows:
        return None
    spread = [_spread(row) for row in rows]
    found: list[list[int]] = []
    for column in block.columns:
        path = [fold_label(label) for label in column.path]
        at = []
        for c in range(width):
            own = [row[c] for row in rows if row[c]]
            above = [row[c] for row in spread]
            if own and own[-1] == path[-1] and all(label in above for label in path[:-1]):
                at.append(c)
        found.append(at)
    flat = [c for at in found for c in at]
    if not flat or not all(found) or flat != list(range(flat[0], flat[0] + len(flat))):
        return None
    if flat[0] == 0 and block.rows[0].path:
        return None  # the labels stand in the first column: this header is packed
    return found


def _spread(row: list[str | None]) -> list[str | None]:
    """Fill empty cells from the left: the cells that a spanned header leaves behind."""
    out: list[str | None] = []
    for m in row:
        out.append(out[-1] if m == "" and out else m)
    return out


def _take(
    findings: Findings,
    table: FormTable,
    block: Block,
    row: Line,
    cells: Row,
    values_at: int,
    columns: list[list[int]] | None,
    padded: int | None,
    zone: list[Row],
    label_at: int | None = None,
) -> None:
    label = cells[label_at] if label_at is not None else cells[0]
    name = label.text if label_at is not None else "数据行"
    values: list[GridCell] | None
    if columns is None:
        values = _packed(cells, values_at, len(block.columns), padded)
    else:
        values = _from_columns(cells, values_at, columns, padded)
    if values is None:
        findings.warn(
            "row-width",
            f"{table.title}：“{name}”应有 {len(block.columns)} 个值，"
            f"读到 {len(cells) - values_at} 格，无法确定各值属于哪一列，该行数值未采用",
            label.place,
        )
        return
    printed_columns = {fold_label(c.text): c.text for r in zone for c in r if _filled(c)}
    path = (*row.path[:-1], label.text) if label_at is not None else ()
    found = tuple(ValueCell(v.text, v.place) for v in values)
    findings.rows.append(FoundRow(table, block, row, found, path, printed_columns))


def _packed(cells: Row, at: int, width: int, padded: int | None) -> list[GridCell] | None:
    values, rest = cells[at : at + width], cells[at + width :]
    if len(values) < width or any(_filled(c) for c in rest):
        return None
    whole = len(cells) == padded if padded is not None else not rest
    if not whole and not all(_filled(c) for c in values):
        return None  # padding may have slid into the place of a lost cell
    return list(values)


def _from_columns(
    cells: Row, values_at: int, columns: list[list[int]], padded: int | None
) -> list[GridCell] | None:
    """One cell a column; a merged cell repeats in several grid columns and must be the same there."""
    out = []
    last = max(c for at in columns for c in at)
    if len(cells) <= last or any(_filled(c) for c in cells[last + 1 :]):
        return None
    if any(_filled(c) for c in cells[values_at : columns[0][0]]):
        return None
    for at in columns:
        if at[0] < values_at or len({cells[c].text for c in at}) > 1:
            return None
        out.append(cells[at[0]])
    if padded not in (None, len(cells)) and not all(_filled(c) for c in out):
        return None  # a cell was lost or pushed in
    return out
