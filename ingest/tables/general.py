"""Read a table that fits no form: header paths from layout, units from caption, header or cell.

A number is only taken as a figure where its row and its column have words for certain, and no other
number of the table has the same; anything else stays text of the table, with a warning.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from ingest.model import Cell, Figure, Table, Warning_
from ingest.normalise import clean
from ingest.numbers import read_cell
from ingest.readers import Grid, GridCell
from ingest.tables.certain import Doubts, doubts_of, is_part, is_remark
from ingest.tables.pairs import pairs_of
from ingest.tables.roles import (
    Block,
    blocks_of,
    covers,
    holds_years,
    is_blank,
    is_contact_head,
    is_ordinal_head,
    is_value,
    is_year,
)
from ingest.tables.stated import printed_unit, unit_of_figure, unit_of_text

# a telephone has seven digits; of five and six it may be either
_LONG, _DOUBTFUL = 7, 5
_Cells = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class GeneralTable:
    """A table of no form, with its figures and what could not be told."""

    table: Table
    figures: tuple[Figure, ...]
    warnings: tuple[Warning_, ...]


def read_general(
    grid: Grid, table_id: str, section: tuple[str, ...], caption: str, unit: str | None
) -> GeneralTable | None:
    """Read `grid` as a general table called `table_id`; `unit` is what stands above it.

    An empty `unit` is one that is printed there but not known. None where the grid is no table (fewer
    than two rows or columns that say something).
    """
    rows = [row for row in grid.rows if any(not is_blank(c) for c in row)]
    if len(rows) < 2 or max((len(row) for row in rows), default=0) < 2:
        return None
    own = replace(grid, rows=tuple(rows))
    blocks = blocks_of(own)
    titles = [cell.text for block in blocks[:1] for cell in _titles(own, block)]
    caption = caption or " ".join(t for t in titles[:1] if len(blocks) == 1)
    if unit is None:
        said = [u for text in (*reversed(titles), caption) if (u := printed_unit(text)) is not None]
        unit = said[0] if said else None
    heads = _header_places(own, blocks)
    figures, warnings = _figures(own, blocks, table_id, unit)
    table = Table(
        id=table_id,
        caption=caption,
        section=section,
        cells=_cells(own, heads),
        unit=unit or None,
        form=None,
        place=grid.place,
    )
    if not blocks and any(is_value(c) for row in own.rows for c in row):
        text = f"表格“{caption or table_id}”各行的格数不一，列无法确定，只保留原样，未取数值"
        warnings = (Warning_("table-unread", text, grid.place),)
    return GeneralTable(table, figures, warnings)


def _titles(grid: Grid, block: Block) -> _Cells:
    """The titles over a block's header: of several tables in one grid each has its own."""
    rows = [r for r in range(block.top, block.first) if r in block.titles]
    return tuple(next(c for c in grid.rows[r] if not is_blank(c)) for r in rows)


def _header_places(grid: Grid, blocks: tuple[Block, ...]) -> frozenset[tuple[int, int]]:
    places: set[tuple[int, int]] = set()
    for block in blocks:
        heads = [[grid.rows[r][c].text for r in block.header] for c in range(block.left)]
        counted = [any(map(is_ordinal_head, texts[:1])) for texts in heads]
        records = bool(counted) and counted[0]  # a list of records has no headers but its own
        for r in range(block.top, block.end):
            for c, cell in enumerate(grid.rows[r]):
                label = c < block.left and not is_blank(cell) and not records
                if label and counted[c] and is_value(cell):
                    label = False
                if r < block.first or r in block.titles or label:
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
    nested: set[str] = set()
    nameless: list[GridCell] = []
    for at, block in enumerate(blocks):
        reader = _Reader(grid, block, doubts_of(grid, blocks, at), table_id, unit)
        reader.read(_titles(grid, block) if len(blocks) > 1 else ())
        found += reader.figures
        nested |= {f.id for f in reader.figures} if _is_nested(reader.figures) else set()
        nameless += reader.nameless
    paths = Counter((f.row_path, f.column_path) for f in found)
    unique = tuple(
        f for f in found if paths[(f.row_path, f.column_path)] == 1 and f.id not in nested
    )
    warnings = []
    if len(unique) < len(found):
        count = len(found) - len(unique)
        text = (
            f"表格{table_id}有 {count} 个数值的行列标题与别的数值相同，或所在的行有同名的行，未取"
        )
        twice = next(f for f in found if f not in unique)
        warnings.append(Warning_("figure-not-unique", text, twice.place))
    if nameless:
        text = f"表格{table_id}有 {len(nameless)} 个数值没有行标题或列标题，或标题无法确定，未取"
        warnings.append(Warning_("figure-without-header", text, nameless[0].place))
    return unique, tuple(warnings)


def _is_nested(figures: list[Figure]) -> bool:
    """Whether rows share a label: they are parts of rows above them, and so may all the others be."""
    rows = {(f.row_path, f.row) for f in figures if f.column_path}
    return len({path for path, _ in rows}) < len(rows)


class _Reader:
    """One pass over the data rows of a block."""

    def __init__(
        self, grid: Grid, block: Block, doubts: Doubts, table_id: str, unit: str | None
    ) -> None:
        self.grid = grid
        self.block = block
        self.doubts = doubts
        self.table_id = table_id
        self.unit = unit
        self.figures: list[Figure] = []
        self._paths: dict[int, _Cells] = {}
        #: values whose header is missing or not certain
        self.nameless: list[GridCell] = []

    def read(self, group: _Cells) -> None:
        """Read all rows; `group` are the titles over the header."""
        for r in range(self.block.first, self.block.end):
            row = self.grid.rows[r]
            if r in self.block.titles:
                group = (next(c for c in row if not is_blank(c)),) if covers(row) else ()
            elif r in self.doubts.numbering:
                continue
            elif self.block.header:
                self._headed(r, group)
            else:
                self._paired(r, group)

    def _paired(self, r: int, group: _Cells) -> None:
        """The figures of a row without column headers: label and value side by side."""
        row = self.grid.rows[r]
        pairs = pairs_of(row)
        if pairs is None or r in self.doubts.rows:
            self.nameless += [c for c in row if c.origin and is_value(c)]
            return
        for pair in pairs:
            cell, label = row[pair.at], pair.label.text
            if is_ordinal_head(label) or is_contact_head(label):
                continue
            if is_remark(clean(label)) or is_part(label) or cell.row_span > 1 or not cell.origin:
                self.nameless.append(cell)
                continue
            self._add((r, pair.at), (*group, pair.label), (), pair.unit)

    def _headed(self, r: int, group: _Cells) -> None:
        """The figures of a row under column headers."""
        row = self.grid.rows[r]
        labels = self._row_path(row)
        part = any(is_part(cell.text) for cell in labels[-1:])
        for c in range(self.block.left, len(row)):
            if not row[c].origin or not is_value(row[c]):
                continue
            columns = self._column_path(c)
            heads = [cell.text for cell in (*labels[-1:], *columns)]
            contact = any(map(is_contact_head, heads))
            if any(map(is_ordinal_head, heads)) or (contact and _digits(row[c]) >= _LONG):
                continue
            doubted = part or r in self.doubts.rows or c in self.doubts.columns
            doubted = doubted or any(is_part(cell.text) for cell in columns[-1:])
            if contact and _digits(row[c]) >= _DOUBTFUL:
                doubted = True
            if (
                doubted
                or self.doubts.barred(self.grid, self.block, r, c)
                or not labels
                or not columns
                or self._is_shared(r, c)
            ):
                self.nameless.append(row[c])
            else:
                self._add((r, c), (*group, *labels), columns, self._unit_beside(r, c))

    def _is_shared(self, r: int, c: int) -> bool:
        """Whether a merged value stands under several columns or beside several rows: whose is it?"""
        cell = self.grid.rows[r][c]
        wide = range(c, min(c + cell.column_span, len(self.grid.rows[r])))
        high = range(r, min(r + cell.row_span, self.block.end))
        columns = {tuple(h.text for h in self._column_path(other)) for other in wide}
        rows = {tuple(h.text for h in self.grid.rows[o][: self.block.left]) for o in high}
        return len(columns) > 1 or len(rows) > 1

    def _column_path(self, column: int) -> _Cells:
        """The header cells over a column, outermost first; a merged cell once."""
        known = self._paths.get(column)
        if known is not None:
            return known
        out: list[GridCell] = []
        for r in self.block.header:
            cell = self.grid.rows[r][column]
            if is_blank(cell) or r in self.doubts.numbering:
                continue
            if not out or clean(out[-1].text) != clean(cell.text):
                out.append(cell)
        self._paths[column] = tuple(out)
        return self._paths[column]

    def _row_path(self, row: _Cells) -> _Cells:
        """The label cells of a row, outermost first; a merged cell once."""
        out: list[GridCell] = []
        for c in self.doubts.labels:
            cell = row[c]
            label = is_year(cell) and holds_years(self.grid, self.block, c)
            if is_blank(cell) or (is_value(cell) and not label):
                continue  # a running number is no label
            if not out or clean(out[-1].text) != clean(cell.text):
                out.append(cell)
        return tuple(out)

    def _unit_beside(self, r: int, c: int) -> str | None:
        """The unit in a cell of the row, or in the header where all its cells are units."""
        heads = [
            cell
            for row in self.block.header[1:]
            if (cell := self.grid.rows[row][c]) and unit_of_text(cell.text) is not None
        ]
        if heads:
            return unit_of_text(heads[-1].text)
        units = self.doubts.units
        column = units[0] if len(units) == 1 else next((u for u in units if u == c + 1), None)
        if column is None:
            return "" if units else None
        # an empty cell may be what is left of one that was merged
        return unit_of_text(self.grid.rows[r][column].text) or ""

    def _add(
        self, at: tuple[int, int], labels: _Cells, columns: _Cells, beside: str | None
    ) -> None:
        cell = self.grid.rows[at[0]][at[1]]
        read = read_cell(cell.text)
        self.figures.append(
            Figure(
                id=f"{self.table_id}.r{at[0]}.c{at[1]}",
                text=cell.text,
                value=read.value,
                status=read.status,
                unit=unit_of_figure(read, labels, columns, beside, self.unit),
                note=read.note,
                table=self.table_id,
                row=at[0],
                column=at[1],
                row_path=tuple(clean(c.text) for c in labels),
                column_path=tuple(clean(c.text) for c in columns),
                printed_row_path=tuple(c.text for c in labels),
                printed_column_path=tuple(c.text for c in columns),
                place=cell.place,
            )
        )


def _digits(cell: GridCell) -> int:
    """How many digits a number of digits alone has; a point or a comma makes it a quantity."""
    text = clean(cell.text)
    return len(text) if text.isdigit() else 0
