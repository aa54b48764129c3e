"""Which cells of a table are headers, told from content and layout; no form is needed.

A table is cut into *blocks*: header rows over data rows. Header columns stand at a block's left. What
is neither is a value. Government pages mark headers in no way that can be relied on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.model import Status
from ingest.normalise import clean
from ingest.numbers import read_cell
from ingest.readers import Grid, GridCell
from ingest.words.headers import endings, header_words

_LONGEST_LABEL = 60
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年度?)?")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows `top` to `first` are headers, `first` to `end` data; columns below `left` are labels.

    `titles` are the rows with one cell alone: they head the rows below them, for certain only where
    that cell takes the whole width (`covers`).
    """

    top: int
    first: int
    end: int
    left: int
    titles: frozenset[int]

    @property
    def header(self) -> tuple[int, ...]:
        """The header rows, without titles."""
        return tuple(r for r in range(self.top, self.first) if r not in self.titles)


def is_value(cell: GridCell) -> bool:
    """Whether a cell prints a quantity or a mark in place of one; a bare year may be a label."""
    status = read_cell(cell.text).status
    return status in (Status.NUMBER, Status.ZERO, Status.SLASH, Status.DASH)


def is_quantity(cell: GridCell) -> bool:
    """Whether a cell prints a value, or a word in place of one: 无, 未统计."""
    return is_value(cell) or clean(cell.text).strip("()").lower() in header_words("absent")


def is_year(cell: GridCell) -> bool:
    """Whether a cell prints a year and nothing else."""
    return _YEAR.fullmatch(clean(cell.text)) is not None


def is_blank(cell: GridCell) -> bool:
    """Whether a cell prints nothing."""
    return not clean(cell.text)


@lru_cache(maxsize=4096)
def is_ordinal_head(text: str) -> bool:
    """Whether a column under this header counts its rows or holds codes: its numbers are no figures."""
    bare = _BRACKETS.sub("", clean(text)).lower().strip(": ")
    return bare in header_words("ordinal") or bare.endswith(endings("ordinal_ends"))


@lru_cache(maxsize=4096)
def is_contact_head(text: str) -> bool:
    """Whether long numbers under or beside this header are telephones or days."""
    return _BRACKETS.sub("", clean(text)).lower().strip(": ").endswith(endings("contact_ends"))


def covers(row: tuple[GridCell, ...]) -> bool:
    """Whether a row is one cell: merged over the whole width, or printed in every column."""
    texts = {clean(c.text) for c in row}
    return len(row) > 1 and len(texts) == 1 and "" not in texts and not is_quantity(row[0])


def holds_years(grid: Grid, block: Block, column: int) -> bool:
    """Whether bare years in a column are labels: its head says so, or it has none."""
    heads = [clean(grid.rows[r][column].text) for r in block.header]
    said = [head for head in heads if head]
    return not said or said[-1] in header_words("years")


def blocks_of(grid: Grid) -> tuple[Block, ...]:
    """The blocks of a grid whose rows have one length; () where no value stands in it."""
    width = len(grid.rows[0]) if grid.rows else 0
    if not width or any(len(row) != width for row in grid.rows):
        return ()
    kinds: list[str] = []
    for row in grid.rows:
        kinds.append(_kind(row, width, all(kind == "title" for kind in kinds)))
    blocks: list[Block] = []
    i = 0
    while i < len(kinds):
        start = i
        while i < len(kinds) and kinds[i] in ("title", "header"):
            i += 1
        # titles right above the first data row head these rows, not the columns
        first = i
        while first > start and kinds[first - 1] == "title":
            first -= 1
        if not any(kind == "header" for kind in kinds[start:first]):
            first = i if start == 0 else start
        end = _data_end(grid, kinds, i, width)
        if end == i:
            break
        titles = frozenset(r for r in range(start, end) if kinds[r] == "title")
        block = Block(start, first, end, 0, titles)
        left = _left(grid, block, [r for r in range(i, end) if r not in titles], width)
        blocks.append(Block(start, first, end, left, titles))
        i = end
    return tuple(blocks)


def _kind(row: tuple[GridCell, ...], width: int, opens: bool) -> str:
    """`title`, `header` or `data`; `opens` where nothing but titles stands above."""
    filled = [c for c in row if not is_blank(c)]
    if not filled:
        return "data"
    origins = [c for c in row if c.origin and not is_blank(c)]
    if covers(row):
        return "title"
    alone = len(origins) == 1 == len(filled) and not is_quantity(filled[0])
    if alone and (width > 2 or (width == 2 and opens and not is_blank(row[0]))):
        # a label alone in its row: a title where it opens the row
        return "title" if not is_blank(row[0]) else "header"
    values = [c for c in row if is_value(c)]
    if not values:
        long = any(len(clean(c.text)) > _LONGEST_LABEL for c in filled)
        return "data" if long or any(is_quantity(c) for c in row[1:]) else "header"
    if all(is_year(c) for c in values) and len(values) >= min(2, width - 1):
        # 指标 | 2022 | 2023; but 新收 | 2022 | 2023 below a header are counts
        if opens or is_blank(row[0]) or not row[0].origin:
            return "header"
    return "data"


def _data_end(grid: Grid, kinds: list[str], i: int, width: int) -> int:
    """Where the data rows that begin at `i` end: at a row of labels over columns of numbers."""
    numeric = [0] * width
    end = i
    while end < len(kinds):
        row = grid.rows[end]
        if kinds[end] == "header" and _heads_again(grid, kinds, end, numeric):
            break
        if kinds[end] == "title" and _title_over_header(kinds, end):
            break
        for c, cell in enumerate(row):
            numeric[c] += is_quantity(cell)
        end += 1
    return end


def _title_over_header(kinds: list[str], at: int) -> bool:
    following = next((k for k in kinds[at:] if k != "title"), "data")
    return following == "header"


def _heads_again(grid: Grid, kinds: list[str], at: int, numeric: list[int]) -> bool:
    """A row of words is a header where it stands in columns that held numbers, over numbers."""
    row = grid.rows[at]
    filled = [c for c, cell in enumerate(row) if not is_blank(cell)]
    if len(filled) < 2 or not any(numeric[c] for c in filled[1:]):
        return False
    following = next((r for r in range(at, len(kinds)) if kinds[r] == "data"), None)
    if following is None:
        return False
    below = grid.rows[following]
    return any(is_quantity(below[c]) for c in filled[1:])


def _left(grid: Grid, block: Block, rows: list[int], width: int) -> int:
    """How many columns at the left hold labels: up to the first that holds values."""
    left = 0
    for c in range(width):
        cells = [grid.rows[r][c] for r in rows if not is_blank(grid.rows[r][c])]
        years = holds_years(grid, block, c)
        values = sum(is_quantity(cell) and not (years and is_year(cell)) for cell in cells)
        heads = [grid.rows[r][c].text for r in block.header if not is_blank(grid.rows[r][c])]
        running = (c == 0 and counts_up(cells)) or any(map(is_ordinal_head, heads[-1:]))
        if cells and values * 2 >= len(cells) and not running:
            break
        if not cells and c and any(is_quantity(grid.rows[r][c2]) for r in rows for c2 in range(c)):
            break
        left = c + 1
    return min(left, width - 1) if width > 1 else 0


def counts_up(cells: list[GridCell]) -> bool:
    """Whether a column counts its rows: 1, 2, 3 …"""
    own = [clean(c.text).rstrip(".、") for c in cells if c.origin]
    return len(own) > 1 and own == [str(n) for n in range(1, len(own) + 1)]
