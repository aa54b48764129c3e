"""Grids judged once for all tables and forms: what each row prints, whatever its words may mean."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ingest.normalise import fold_label
from ingest.quick import quick
from ingest.readers import Grid, GridCell
from ingest.tables.columns import Row, filled

_CHAPTER = re.compile(r"(?:[一二三四五六七八九十]+|\d{1,2})\.")


@quick
@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row: the cells that print anything, all texts but "", whether a cell is numbered as a heading.

    `origins` is how many cells print anything, merged ones counted once.
    """

    cells: Row
    filled: tuple[GridCell, ...]
    texts: frozenset[str]
    chapter: bool
    origins: int


@dataclass(frozen=True, slots=True)
class JudgedGrid:
    """A grid and its rows; `padded` is the length that rows are padded to, None where they are not."""

    grid: Grid
    rows: tuple[JudgedRow, ...]
    texts: frozenset[str]
    padded: int | None


def judge(grid: Grid) -> JudgedGrid:
    """Judge each row of a grid."""
    rows = tuple(map(_judge, grid.rows))
    texts = frozenset().union(*(row.texts for row in rows))
    return JudgedGrid(grid, rows, texts, _full_length(grid))


def _judge(cells: Row) -> JudgedRow:
    own: list[GridCell] = []
    chapter, origins = False, 0
    for cell in cells:
        if filled(cell):
            own.append(cell)
            origins += cell.origin
            chapter = chapter or is_chapter(cell.text)
    texts = frozenset([c.text for c in cells if c.text])
    return JudgedRow(cells, tuple(own), texts, chapter, origins)


@lru_cache(maxsize=16384)
def is_chapter(printed: str) -> bool:
    """Whether a line or a cell begins with a number as headings do."""
    return _CHAPTER.match(fold_label(printed)) is not None


def _full_length(grid: Grid) -> int | None:
    if not grid.rows:
        return None
    length, times = Counter(map(len, grid.rows)).most_common(1)[0]
    return length if times >= 0.8 * len(grid.rows) else None
