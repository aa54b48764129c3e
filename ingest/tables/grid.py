"""Rebuild a form's tables from grids: rows of cells, whose columns may or may not line up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.forms import Block, Line
from ingest.normalise import clean
from ingest.numbers import looks_like_value
from ingest.quick import quick
from ingest.readers import Grid, GridCell
from ingest.tables.columns import (
    Columns,
    Row,
    Zone,
    filled,
    find_columns,
    has_header,
    numbers_columns,
)
from ingest.tables.judged import JudgedGrid, JudgedRow, is_chapter
from ingest.tables.labels import TableLabels
from ingest.tables.rows import Findings, FoundRow, make_value
from ingest.tables.units import StatedUnits, units_in_head
from ingest.tables.values import is_lost, row_values

_LONGEST_VALUE = 200


@quick
@dataclass(frozen=True, slots=True)
class _Reading:
    """A grid row read against one table: where its label stands, where its values start."""

    label: str
    label_at: int
    values_at: int
    groups: tuple[str, ...]


@dataclass
class Carry:
    """What a table's next grid takes over: a table may go on, without a header, on the next page."""

    width: int = 0
    columns: Columns | None = None
    group: str | None = None
    last: Line | None = None
    zone: list[Row] = field(default_factory=list)


def warn_unknown(grid: Grid, findings: Findings) -> None:
    """A warning for each row of a grid that holds a value and was not understood."""
    for i, cells in enumerate(grid.rows):
        if (grid.number, i) not in findings.understood and any(_is_value(c) for c in cells):
            text = " | ".join(c.text for c in cells if c.origin and filled(c))
            findings.warn(
                "row-unknown", f"表格里的一行不是表式里的行，未读：{text}", cells[0].place
            )


def _is_value(cell: GridCell) -> bool:
    text = cell.text
    return bool(text) and len(text) <= _LONGEST_VALUE and looks_like_value(text)


def _is_number(cell: GridCell) -> bool:
    return _is_value(cell) and any(map(str.isalnum, clean(cell.text)))


def read_grid_table(judged: JudgedGrid, labels: TableLabels, carry: Carry) -> Findings:
    """Find the rows of one table in a grid; `carry` is taken over from the grid before, and updated."""
    if not judged.rows:
        return Findings()
    known = labels.known_among(judged.texts)
    if not known and labels.unlabelled is None and not labels.table.open:
        return Findings()  # another table's grid
    reader = _Reader(judged, labels, carry)
    for i, row in enumerate(judged.rows):
        if known.isdisjoint(row.texts):
            reader.strange(i, row)
        else:
            reader.step(i, row)
    reader.finish()
    return reader.findings


class _Reader:
    """One pass over the rows of a grid for one table."""

    def __init__(self, judged: JudgedGrid, labels: TableLabels, carry: Carry) -> None:
        self.judged = judged
        self.grid = grid = judged.grid
        self.labels = labels
        self.table = labels.table
        self.findings = Findings()
        self.carry = carry
        self.columns: Columns | None = None
        self.zone = Zone(labels, grid.spanned)
        self.stated = StatedUnits()
        self.group: str | None = None
        self.last: Line | None = None
        self.begun = False

    def strange(self, i: int, row: JudgedRow) -> None:
        """Read a row that holds no label of the table: most rows of the other tables' grids."""
        if self._other_values(i, row, is_values=bool(row.filled)):
            return
        self.zone.add_strange(row.cells)
        if row.chapter:
            self.group = None  # a heading that the form lacks: its rows are not known either

    def step(self, i: int, judged: JudgedRow) -> None:
        """Read one row."""
        cells = judged.cells
        reading = self._read(i, judged)
        found = self._row_of(reading) if reading is not None else None
        if reading is None or found is None:
            self._other(i, judged)
            return
        block, row = found
        self.findings.understood.add((self.grid.number, i))
        self._confirm(block, row, cells, reading)
        if self.columns is None or self.columns.block is not block:
            self.columns = None
            label = cells[reading.label_at]
            self.findings.warn(
                "header-unconfirmed",
                f"{self.table.title}：“{label.text}”一行上方的列标题与表式不符，该行数值未采用",
                label.place,
            )
        else:
            self._take(i, row, cells, reading.values_at, reading.label_at, reading.label)
            self.last = row
        if reading.label in self.labels.groups:
            self.group = reading.label
        elif len(row.path) == 1:
            self.group = None  # what stood under a heading ends here
        self.zone.clear()
        self.begun = True

    def finish(self) -> None:
        """Leave for the next grid what it may go on with."""
        if not (self.begun or self.zone.header):
            return
        self.carry.width = len(self.grid.rows[-1])
        self.carry.columns, self.carry.group, self.carry.last = self.columns, self.group, self.last
        self.carry.zone = self.zone.header

    def _confirm(self, block: Block, row: Line, cells: Row, reading: _Reading) -> None:
        """Find the columns of `block`, where the header above is new or the block is another one."""
        if self.zone.header:
            self.columns = self.zone.columns(block)
        elif not self.begun and self._goes_on(block, row, cells, reading):
            pass
        elif self.columns is not None and self.columns.block is not block:
            self.columns = None

    def _goes_on(self, block: Block, row: Line, cells: Row, reading: _Reading) -> bool:
        """Whether this grid, without a header, goes on where the grid before it ended.

        Certain only where rows are as wide, or end in as many columns of values, and the form's next
        row follows.
        """
        carry = self.carry
        if self.labels.next_row(carry.last) != (block, row):
            return False
        columns = carry.columns
        if carry.zone:  # the header alone stood at the end of the page
            columns = find_columns(carry.zone, block, self.labels, spanned=self.grid.spanned)
        if columns is None or columns.block is not block:
            return False
        if carry.width != len(cells):
            columns = self._from_the_right(columns, cells, reading)
        self.columns = columns
        return columns is not None

    def _from_the_right(self, columns: Columns, cells: Row, reading: _Reading) -> Columns | None:
        """The columns of a page whose row labels take more or fewer grid columns than before."""
        at, wide = columns.at, len(columns.block.columns)
        first = len(cells) - wide
        if not self.grid.spanned or at is None or columns.aside or first < reading.values_at:
            return None
        if at != tuple((self.carry.width - wide + n,) for n in range(wide)):
            return None
        whole = all(c.origin and not is_lost(self.grid, c) for c in cells[first:])
        return replace(columns, at=tuple((first + n,) for n in range(wide))) if whole else None

    def _row_of(self, reading: _Reading) -> tuple[Block, Line] | None:
        last = self.last
        if not self.begun:
            last = self.carry.last
            self.group = self.group or self.carry.group
        if reading.groups:
            self.group = reading.groups[-1]
        group = self.group
        if reading.label in self.labels.rows:
            return self.labels.choose(reading.label, group, last)
        return self.labels.choose_loose(reading.label, last)

    def _read(self, at: int, judged: JudgedRow) -> _Reading | None:
        """The row's label: the last of the labels at its left; what is repeated is passed over.

        A row with nothing behind its label is a row of blanks, unless its values stand in the row
        below.
        """
        labels, cells = self.labels, judged.cells
        label: str | None = None
        label_at = values_at = 0
        groups: list[str] = []
        numbers = 0
        for i, cell in enumerate(cells):
            if not filled(cell):
                continue
            match = labels.match(cell.text)
            if match in labels.rows and match is not None:
                if label is not None and match != label:
                    if label not in labels.groups:
                        return None
                    groups.append(label)  # a row of its own that stands over other rows
                label, label_at, values_at = match, i, i + 1
            elif label is None and match in labels.groups and match is not None:
                groups.append(match)
            elif label is None and _is_value(cell) and not numbers:
                numbers += 1  # a column of running numbers in front
            elif label is None and match in labels.loose and not labels.table.open:
                label, label_at, values_at = match, i, i + 1
            elif label is not None and match == label:
                values_at = i + 1
            elif label is None and labels.is_piece(cell.text):
                continue  # a label over several rows, cut in two
            else:
                break
        if label is None or len(cells) == values_at:
            return None
        if at + 1 < len(self.judged.rows) and not any(filled(c) for c in cells[values_at:]):
            if self._is_values(self.judged.rows[at + 1]):
                return None
        return _Reading(label, label_at, values_at, tuple(groups))

    def _is_values(self, row: JudgedRow) -> bool:
        return bool(row.filled) and all(self.labels.match(c.text) is None for c in row.filled)

    def _other_values(self, i: int, row: JudgedRow, *, is_values: bool) -> bool:
        """Take a row without a row label that holds values; false where it holds something else."""
        block = self.labels.unlabelled
        if block is not None:
            blank = self.grid.spanned and i + 1 == len(self.grid.rows) and not row.filled
            if (blank or is_values) and self._take_unlabelled(i, block, row, blank=blank):
                return True
        return self.table.open and self._take_stranger(i, row.cells)

    def _other(self, i: int, row: JudgedRow) -> None:
        """A row without a row label: values of the row without one, a header, a title, a stranger."""
        if self._other_values(i, row, is_values=self._is_values(row)):
            return
        cells = row.cells
        self.zone.add(cells)
        for cell in cells:
            match = self.labels.match(cell.text) if cell.text else None
            if match in self.labels.groups:
                self.group = match
                behind = cells[cells.index(cell) :]
                if not any(_is_number(c) for c in behind):  # dashes for its figures
                    self.findings.understood.add((self.grid.number, i))
                break
            if filled(cell) and is_chapter(cell.text):
                self.group = None  # a heading that the form lacks: its rows are not known either
                break

    def _take_unlabelled(self, i: int, block: Block, row: JudgedRow, *, blank: bool) -> bool:
        """The row without a label; one of blanks only where it ends the grid, under the header."""
        cells = row.cells
        zone, carried = self.zone.rows, False
        if (zone or self.columns) and row.origins == len(block.columns):
            own = [c for c in row.filled if c.origin]
            if numbers_columns(own, len(block.columns)):
                self.findings.understood.add((self.grid.number, i))
                return True
        if not zone and self.begun and self.columns is not None and self.columns.block is block:
            return self._take_again(i, block, cells)
        if not zone and not self.begun and self.carry.width == len(cells):
            zone, carried = self.carry.zone, True
        if carried:
            columns = find_columns(zone, block, self.labels, spanned=self.grid.spanned)
        else:
            columns = self.zone.columns(block)
        if columns is None or (blank and columns.at is None):
            return False
        if not blank and not any(_is_value(c) for c in cells):
            return False
        if blank and (not zone or not has_header(zone[-1:], self.labels)):
            return False
        self.columns = columns
        self._take(i, block.rows[0], cells, 0, None, "")
        self.findings.understood.add((self.grid.number, i))
        self.zone.clear()
        self.begun = True
        return True

    def _take_again(self, i: int, block: Block, cells: Row) -> bool:
        """A second row of values right below the first: which of the two is meant is not known."""
        own = [c for c in cells if c.origin and filled(c)]
        if len(own) < len(block.columns) // 2 or not all(map(_is_value, own)):
            return False
        self._take(i, block.rows[0], cells, 0, None, "")
        self.findings.understood.add((self.grid.number, i))
        return True

    def _take_stranger(self, i: int, cells: Row) -> bool:
        """A row that an open table has beside the form's: taken under its own label, without a key."""
        columns = self.columns
        if columns is None or columns.at is None or self.zone.header:
            return False
        first = min(at[0] for at in columns.at)
        label = next(
            (
                c
                for n, c in enumerate(cells[:first])
                if filled(c) and n not in columns.aside and not _is_value(c)
            ),
            None,
        )
        inside = [cells[c] for at in columns.at for c in at if c < len(cells)]
        if label is None or not any(looks_like_value(c.text) for c in inside):
            return False
        if not any(_is_number(c) for c in inside):
            return False  # a heading with dashes for its figures
        row = Line("", (clean(label.text).strip(),))
        known = len(self.findings.rows)
        self._take(i, row, cells, first, cells.index(label), "", known=False)
        self.findings.understood.add((self.grid.number, i))
        if not clean(label.text).startswith("其中"):
            self.group = None  # rows below may be its own
        return len(self.findings.rows) > known

    def _take(
        self,
        i: int,
        row: Line,
        cells: Row,
        values_at: int,
        label_at: int | None,
        label: str,
        *,
        known: bool = True,
    ) -> None:
        """Add the row's values, or say why they are not taken."""
        columns = self.columns
        assert columns is not None
        values = row_values(self.judged, cells, values_at, columns)
        head = cells[label_at or 0]
        name = head.text if label_at is not None else "数据行"
        if values is None:
            self.findings.warn(
                "row-width",
                f"{self.table.title}：“{name}”应有 {len(columns.block.columns)} 个值，"
                f"读到 {len(cells) - values_at} 格，无法确定各值属于哪一列，该行数值未采用",
                head.place,
            )
            return
        cut = label_at is not None and self.labels.is_cut(head.text, label)
        if cut and known and not any(filled(v) for v in values):
            return  # a row that the end of the page cut: its values may stand with its other half
        if self.zone.rows:
            self.stated.read(self.zone.rows, self.zone.header, columns, self.labels)
        units: list[str] = []
        if columns.aside:
            units += [
                clean(cells[c].text).strip()
                for c, role in columns.aside.items()
                if role == "unit" and c < len(cells) and any(map(str.isalnum, clean(cells[c].text)))
            ]
        if label_at is not None:
            units += units_in_head(head.text)
        path = (*row.path[:-1], head.text) if label_at is not None else ()
        self.findings.rows.append(
            FoundRow(
                self.table,
                columns.block,
                row,
                tuple([make_value(v.text, v.place) for v in values]),
                path,
                columns.printed,
                (self.grid.number, i),
                tuple(units),
                known,
                self.stated.under,
                self.stated.above,
            )
        )
