"""Which grid columns a block's columns stand in, told from the header rows above its values.

Three kinds of header occur. In an *aligned* one every label stands over its column: merged cells leave
empty or repeated cells behind. In a *packed* one each row starts at the left and is padded at its end.
Anything else is no header: no row is read under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.forms import Block
from ingest.normalise import clean
from ingest.readers import GridCell
from ingest.tables.labels import (
    TableLabels,
    column_labels,
    column_leaves,
    column_paths,
    header_orders,
)

Row = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a block's columns stand.

    `at` are the grid columns of each, None where rows are packed; `aside` the grid columns that hold
    no figure, by what they hold; `printed` maps the form's folded labels to their print.
    """

    block: Block
    at: tuple[tuple[int, ...], ...] | None
    aside: dict[int, str]
    printed: dict[str, str]


# what a program that wrote a data frame left in cells without anything
_NOTHING = re.compile(r"nan|unnamed:\s*\d+(?:_level_\d+)?", re.IGNORECASE)
_FEWEST_NUMBERED = 5  # columns whose numbers are no figures of a report by chance
_NUMBERED = re.compile(r"[(\[]?第?(\d{1,3})[栏列]?[)\]]?(?:=.*)?")


def filled(cell: GridCell) -> bool:
    """Whether a cell prints anything."""
    return bool(cell.text) and _prints(cell.text)


@lru_cache(maxsize=16384)
def _prints(text: str) -> bool:
    if text.isspace():
        return False
    cleaned = clean(text).strip()
    return bool(cleaned) and _NOTHING.fullmatch(cleaned) is None


def has_header(zone: Sequence[Row], labels: TableLabels) -> bool:
    """Whether any row holds a column label."""
    return any(is_header(row, labels) for row in zone)


def is_header(row: Row, labels: TableLabels) -> bool:
    """Whether a row holds a column label."""
    return not labels.columns.isdisjoint([labels.match(c.text) for c in row if c.text])


def header_rows(zone: Sequence[Row], labels: TableLabels) -> list[Row]:
    """The last run of rows that hold column labels; rows of blanks, units and titles may follow it."""
    out: list[Row] = []
    for row in reversed(zone):
        if is_header(row, labels):
            out.append(row)
        elif out:
            break
    return out[::-1]


def find_columns(
    zone: Sequence[Row], block: Block, labels: TableLabels, *, spanned: bool
) -> Columns | None:
    """The columns of `block` under the header that ends `zone`; None where there is no such header."""
    return _columns_under(header_rows(zone, labels), block, labels, spanned=spanned)


def _columns_under(
    rows: Sequence[Row], block: Block, labels: TableLabels, *, spanned: bool
) -> Columns | None:
    """The columns of `block` under the header `rows`."""
    own = [[labels.match(c.text) or "" if c.text else "" for c in row] for row in rows]
    said = set().union(*own)
    if not said.issuperset(column_leaves(block)) or _has_stranger(rows, labels):
        return None
    wanted = column_labels(block)
    aside = {
        c: role for row in rows for c, cell in enumerate(row) if (role := labels.role(cell.text))
    }
    printed = {
        label: cell.text
        for row, all_of in zip(rows, own, strict=True)
        for cell, label in zip(row, all_of, strict=True)
        if label in wanted
    }
    at = _aligned(rows, own, block, aside, merged=spanned, spanned=spanned)
    if at is None and spanned:  # a sheet whose header is drawn, not merged
        at = _aligned(rows, own, block, aside, merged=False, spanned=True)
    if at is not None:
        return Columns(block, at, aside, printed)
    if any(role != "note" for role in aside.values()) or (aside and not spanned):
        return None
    sequence = tuple(
        label
        for row, all_of in zip(rows, own, strict=True)
        for cell, label in zip(row, all_of, strict=True)
        if (cell.origin or not spanned) and label in wanted
    )
    if sequence in header_orders(block):
        return Columns(block, None, {}, printed)
    return None


def _has_stranger(rows: Sequence[Row], labels: TableLabels) -> bool:
    """Whether the header rows hold a label that the form lacks: another form, or a column more.

    The corner above the row labels may say anything, in as many columns as it covers.
    """
    corner = next((clean(c.text) for c in rows[0] if filled(c)), "")
    return any(
        labels.match(c.text) is None
        and labels.role(c.text) is None
        and clean(c.text) != corner
        and filled(c)
        for row in rows
        for c in row
    )


def _aligned(
    rows: Sequence[Row],
    own: list[list[str]],
    block: Block,
    aside: dict[int, str],
    *,
    merged: bool,
    spanned: bool,
) -> tuple[tuple[int, ...], ...] | None:
    """For each column of the block the grid columns whose header stack spells its path.

    In a `merged` header a head stands in each place that it covers, so that each column is known by
    itself, whatever their order; else heads reach to the next one, and columns keep the form's order.
    `own` are the labels that the cells of `rows` print, "" where they print none.
    """
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        return None
    above = own if merged else [_spread(row) for row in own]
    stacks = [[row[c] for row in own if row[c]] for c in range(width)]
    heads = [{row[c] for row in above} for c in range(width)]
    found: list[tuple[int, ...]] = []
    for path in column_paths(block):
        found.append(
            tuple(
                c
                for c in range(width)
                if c not in aside
                and stacks[c]
                and stacks[c][-1] == path[-1]
                and all(label in heads[c] for label in path[:-1])
            )
        )
    if not all(_one_head(rows, own, at, spanned) for at in found):
        return None
    flat = [c for at in found for c in at]
    if not all(found) or len(flat) != len(set(flat)):
        return None
    if flat != sorted(flat) and (not merged or any(len(at) > 1 for at in found)):
        return None
    # between the columns only what holds no figure: another column, or one without a head
    between = set(range(min(flat), max(flat) + 1)) - set(flat)
    if any(c not in aside and stacks[c] for c in between):
        return None
    if min(flat) == 0 and block.rows[0].path:
        return None  # the labels stand in the first column: this header is packed
    return tuple(found)


def _one_head(
    rows: Sequence[Row], own: list[list[str]], at: tuple[int, ...], spanned: bool
) -> bool:
    """Whether grid columns that have the same label stand under one head that covers them.

    Two heads side by side are two columns, though both read like the one of the form; where merged
    cells are not known, a head that is repeated letter by letter is one.
    """
    if len(at) < 2:
        return True
    heads = []
    for c in at:
        stack = [r for r in range(len(rows)) if own[r][c]]
        leaf = own[stack[-1]][c]
        heads.append([rows[r][c] for r in stack if own[r][c] == leaf])
    if spanned:
        return sum(any(cell.origin for cell in stack) for stack in heads) <= 1
    return len({tuple(clean(cell.text) for cell in stack) for stack in heads}) == 1


def _spread(row: list[str]) -> list[str]:
    """Fill empty cells from the left: the cells that a merged header leaves behind."""
    out: list[str] = []
    for label in row:
        out.append(out[-1] if not label and out else label)
    return out


def numbers_columns(cells: Sequence[GridCell], width: int) -> bool:
    """Whether these cells number columns: 1, 2, … or, where columns stand before these, 8, 9, …."""
    if len(cells) != width or width < _FEWEST_NUMBERED:
        return False
    found = [_NUMBERED.fullmatch(clean(cell.text).strip()) for cell in cells]
    if found[0] is None:
        return False
    first = int(found[0].group(1))
    return first > 0 and all(
        m is not None and int(m.group(1)) == n for n, m in enumerate(found, first)
    )


class Zone:
    """The rows between the last row that was read and here; the header is looked for among them.

    It grows row by row and is asked after every one: what was told of its rows is kept.
    """

    def __init__(self, labels: TableLabels, spanned: bool) -> None:
        self._labels = labels
        self._spanned = spanned
        self._on = False  # whether the last row is one of the header's
        self._columns: dict[int, Columns | None] = {}
        self.rows: list[Row] = []
        #: the last run of rows that hold column labels (`header_rows` of all)
        self.header: list[Row] = []

    def add(self, row: Row) -> None:
        """Take the next row; rows of a header behind others begin a new header."""
        self.rows.append(row)
        on = is_header(row, self._labels)
        if on:
            self.header = [*self.header, row] if self._on else [row]
            self._columns = {}
        self._on = on

    def add_strange(self, row: Row) -> None:
        """Add a row that holds no label of the table."""
        self.rows.append(row)
        self._on = False

    def clear(self) -> None:
        """Forget all rows and headers."""
        if self.rows:
            self.rows, self.header, self._columns, self._on = [], [], {}, False

    def columns(self, block: Block) -> Columns | None:
        """The columns of `block` under the header."""
        key = id(block)
        if key not in self._columns:
            self._columns[key] = _columns_under(
                self.header, block, self._labels, spanned=self._spanned
            )
        return self._columns[key]
