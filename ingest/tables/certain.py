"""Where the words of a number in a table of no form are not certain, told from the layout alone.

A header is a guess as long as nothing but words over numbers speaks for it; what is doubted here
gives no figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.normalise import clean
from ingest.numbers import chinese_to_int
from ingest.readers import Grid, GridCell
from ingest.tables.roles import (
    Block,
    covers,
    holds_years,
    is_blank,
    is_contact_head,
    is_ordinal_head,
    is_quantity,
    is_value,
    is_year,
)
from ingest.tables.stated import is_unit_cell, is_unit_head
from ingest.words.headers import endings, header_words

_NUMBERED = re.compile(r"(\(?)([一二三四五六七八九十]+|\d{1,2})([).、,:])")


@dataclass(frozen=True, slots=True)
class Doubts:
    """What of a block is not certain: `rows` and `columns` give no figure.

    `numbering` rows count the columns: neither header nor data. `labels` are the columns whose words
    name the rows (a running number is no word), `units` those that print units.
    """

    rows: frozenset[int]
    columns: frozenset[int]
    numbering: frozenset[int]
    labels: tuple[int, ...]
    units: tuple[int, ...]

    def barred(self, grid: Grid, block: Block, row: int, column: int) -> bool:
        """Whether words between the labels and a number may be the number's own label."""
        between = range(block.left, column)
        return any(
            _is_words(grid.rows[row][c]) and not _is_aside(grid, block, c)
            for c in between
            if c not in self.units
        )


def doubts_of(grid: Grid, blocks: tuple[Block, ...], at: int) -> Doubts:
    """The doubts about `blocks[at]`."""
    block = blocks[at]
    width = len(grid.rows[0])
    numbering = _numbering(grid, block)
    rows = [r for r in range(block.first, block.end) if r not in block.titles | numbering]
    units = tuple(c for c in range(width) if _is_unit_column(grid, block, rows, c))
    labels = tuple(c for c in range(block.left) if c not in units)
    header = [r for r in block.header if r not in numbering]
    whole = (
        not _is_stack(grid, header)
        or not _are_labels(grid, block, rows, labels)
        or (at > 0 and not _is_new(grid, blocks[at - 1], block, labels))
    )
    doubted = frozenset(rows) if whole else _rows(grid, block, labels, numbering)
    columns = _columns(grid, block, header, rows, units)
    return Doubts(doubted, columns, numbering, labels, units)


def _is_words(cell: GridCell) -> bool:
    return not is_blank(cell) and not is_quantity(cell)


def _heads(grid: Grid, block: Block, column: int) -> list[str]:
    return [grid.rows[r][column].text for r in block.header if not is_blank(grid.rows[r][column])]


def _is_ordinal(grid: Grid, block: Block, column: int) -> bool:
    return any(is_ordinal_head(head) for head in _heads(grid, block, column)[-1:])


def _is_aside(grid: Grid, block: Block, column: int) -> bool:
    """Whether a column holds codes, telephones or days: what it prints names no row."""
    return any(is_ordinal_head(h) or is_contact_head(h) for h in _heads(grid, block, column))


def _is_unit_column(grid: Grid, block: Block, rows: list[int], column: int) -> bool:
    cells = [grid.rows[r][column] for r in rows if not is_blank(grid.rows[r][column])]
    headed = any(is_unit_head(head) for head in _heads(grid, block, column))
    found = [is_unit_cell(cell) for cell in cells]
    return bool(found) and (any(found) if headed else all(found))


def _numbering(grid: Grid, block: Block) -> frozenset[int]:
    """The rows right below the header that count its columns: 栏次 1 2, 甲 1 2, 甲 乙 丙."""
    out: set[int] = set()
    stems = header_words("stems")
    for r in range(block.top + 1, block.end):
        said = [clean(c.text).strip("()") for c in grid.rows[r] if c.origin and not is_blank(c)]
        if not said or r in block.titles:
            continue
        if said[0] in header_words("columns_counted"):
            out.add(r)
            continue
        if r > block.first or r - 1 in out:
            break
        rest = [s for s in said if s not in stems]
        counted = rest == [str(n) for n in range(1, len(rest) + 1)]
        below = clean(grid.rows[r + 1][0].text) if r + 1 < block.end else ""
        if said[0] == "甲" and counted and len(said) > 1 and below not in stems:
            out.add(r)
    return frozenset(out)


def _is_stack(grid: Grid, header: list[int]) -> bool:
    """Whether header rows stand over each other for certain, and bare years in them are headers."""
    for n, r in enumerate(header):
        row = grid.rows[r]
        if n:
            above = grid.rows[header[n - 1]]
            units = is_unit_head(row[0].text) and not any(
                _is_words(c) and not is_unit_cell(c) for c in row[1:]
            )
            same = clean(row[0].text) == clean(above[0].text)
            if not (same or units or is_blank(row[0]) or is_blank(above[0]) or not row[0].origin):
                return False
        if not any(is_value(cell) for cell in row):
            continue
        if n:  # years below words: parts of what is merged above them, or a row of counts
            over = [
                clean(grid.rows[header[n - 1]][c].text) for c, v in enumerate(row) if is_year(v)
            ]
            if row[0].origin and is_blank(row[0]) and len(set(over)) == len(over):
                return False
        elif not is_blank(row[0]) and not _is_corner(row):
            return False
    return True


def _is_corner(row: tuple[GridCell, ...]) -> bool:
    """Whether the numbers of the first row are years for certain, by the word before them."""
    corner = clean(row[0].text)
    if corner in header_words("corner_ends"):
        return True
    years = [int(clean(c.text)[:4]) for c in row if is_year(c)]
    steps = {after - before for before, after in pairwise(years)}
    return corner.endswith(endings("corner_ends")) and steps in ({1}, {-1})


def _are_labels(grid: Grid, block: Block, rows: list[int], labels: tuple[int, ...]) -> bool:
    """Whether the label columns hold words alone, each under a head of its own."""
    said: list[tuple[str, ...]] = []
    for c in labels:
        said.append(tuple(_heads(grid, block, c)))
        if c == 0 or _is_ordinal(grid, block, c):
            continue
        years = holds_years(grid, block, c)
        for r in rows:
            cell = grid.rows[r][c]
            number = is_quantity(cell) or any(map(str.isdigit, clean(cell.text)))  # 约5, 增3
            if number and not is_year(cell) and not _is_total(grid.rows[r]):
                return False
            if is_value(cell) and is_year(cell) and not years:
                return False
    # heads that are merged over label columns say nothing of them
    own = [s for s, c in zip(said, labels, strict=True) if s and _starts(grid, block, c)]
    return len(set(own)) == len(own)


def _is_total(row: tuple[GridCell, ...]) -> bool:
    return clean(row[0].text).endswith(endings("total_ends"))


def _starts(grid: Grid, block: Block, column: int) -> bool:
    return any(grid.rows[r][column].origin for r in block.header)


def _is_new(grid: Grid, before: Block, block: Block, labels: tuple[int, ...]) -> bool:
    """Whether a row of words among numbers is another table's header: it may be a row of answers."""
    if block.top in block.titles:
        return covers(grid.rows[block.top])
    if not block.header or not before.header or not labels:
        return False
    corner = clean(grid.rows[block.header[0]][0].text)
    if corner and corner == clean(grid.rows[before.header[0]][0].text):
        return True
    first = [clean(grid.rows[r][labels[0]].text) for r in range(before.first, before.end)]
    own = [clean(grid.rows[r][labels[0]].text) for r in range(block.first, block.end)]
    return sum(label in first for label in own if label) * 2 >= len(own)


def _rows(
    grid: Grid, block: Block, labels: tuple[int, ...], numbering: frozenset[int]
) -> frozenset[int]:
    """The rows whose label may lack a part: below a lone label, or beside an empty label cell."""
    out: set[int] = set()
    lone: str | None = None
    worded: set[int] = set()
    for r in range(block.first, block.end):
        row = grid.rows[r]
        if r in numbering:
            continue
        if r in block.titles and covers(row):
            lone, worded = None, set()
            continue
        said = [c for c in labels if _is_words(row[c]) or is_year(row[c])]
        first = clean(row[said[0]].text) if said else ""
        if lone is not None and _follows(lone, first):
            lone = None
        gaps = [c for c in worded if is_blank(row[c])]
        total = first.endswith(endings("total_ends")) and all(c > said[0] for c in gaps)
        if lone is not None or (gaps and not total) or is_remark(first):
            out.add(r)
        worded.update(said)
        empty = all(is_blank(cell) for cell in row[block.left :])
        # a row that has its number, or words in all its label columns, is no heading
        whole = len(labels) > 1 and not any(is_blank(row[c]) for c in labels)
        if said and empty and not whole and not is_remark(first):
            if not first.endswith(endings("total_ends")):
                lone = first
    return frozenset(out)


def is_remark(label: str) -> bool:
    """Whether a row is a note below the table: `注：1.数据截至`."""
    for word in header_words("remarks"):
        if label == word or (label.startswith(word) and label[len(word)] in ":.、0123456789"):
            return True
    return False


def is_part(label: str) -> bool:
    """Whether a header says only that it is a part of something."""
    return clean(label).strip(":() ") in header_words("parts")


def _follows(before: str, label: str) -> bool:
    """Whether two labels are numbered one after the other, in the same style."""
    one, two = _NUMBERED.match(before), _NUMBERED.match(label)
    if not one or not two or (one[1], one[3]) != (two[1], two[3]):
        return False
    return _number(two[2]) == _number(one[2]) + 1 and one[2].isascii() == two[2].isascii()


def _number(text: str) -> int:
    return int(text) if text.isascii() else chinese_to_int(text) or 0


def _columns(
    grid: Grid, block: Block, header: list[int], rows: list[int], units: tuple[int, ...]
) -> frozenset[int]:
    """The columns whose head lacks a part, and those right of a column of words."""
    out: set[int] = set()
    width = len(grid.rows[0])
    for c in range(block.left, width):
        for n, r in enumerate(header):
            if not is_blank(grid.rows[r][c]):
                continue
            left = [k for k in range(block.left, c) if not is_blank(grid.rows[r][k])]
            below = any(not is_blank(grid.rows[lower][c]) for lower in header[n + 1 :])
            above = [clean(grid.rows[upper][c].text) for upper in header[:n]]
            beside = [clean(grid.rows[upper][c - 1].text) for upper in header[:n]]
            # what a merged header leaves behind where it is not known to be merged
            if left and (below or (any(above) and above == beside)):
                out.add(c)
    for c in range(block.left, width):
        cells = [grid.rows[r][c] for r in rows if not is_blank(grid.rows[r][c])]
        words = bool(cells) and all(_is_words(cell) for cell in cells)
        if words and c not in units and not _is_aside(grid, block, c):
            out.update(range(c + 1, width))
            break
    return frozenset(out)
