"""Blocks of a format that is no text (HTML, DOCX, sheets, PDF), with a text that places count in.

A reader says what stands where, in reading order; this keeps the offsets and expands merged cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

from ingest.model import Place
from ingest.quick import maker, quick
from ingest.readers.base import Grid, GridCell, TextLine, make_grid_cell, make_line

#: a table of a report has some hundred cells; a hostile span must not fill the memory
MOST_CELLS = 200_000
NOWHERE = Place()


@quick
@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell as its format gives it: where it begins (from 0), what it spans, what it prints."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    place: Place = NOWHERE


make_source_cell = maker(SourceCell)


class Rendition:
    """Collects lines and grids in reading order and gives them offsets in one text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[TextLine | Grid] = []

    @property
    def text(self) -> str:
        """Every line and every cell, each on lines of its own."""
        return "\n".join((*self._parts, ""))

    def line(self, text: str, place: Place = NOWHERE) -> None:
        """Add a line of text (without line breaks)."""
        self.blocks.append(make_line(text, self._keep(text, place), len(self.blocks) + 1))

    def grid(
        self,
        cells: Iterable[SourceCell],
        place: Place = NOWHERE,
        *,
        caption: str = "",
    ) -> bool:
        """Add a table. Cells that overlap an earlier one keep what is free of their place.

        Columns that no cell begins in are left out. Returns False, adding nothing, where there is
        no cell or the spans would make more than MOST_CELLS places.
        """
        source = sorted(cells, key=attrgetter("row", "column"))
        if not source:
            return False
        height = source[-1].row + 1
        starts = sorted({c.column for c in source})
        column_of = {column: n for n, column in enumerate(starts)}
        width = len(starts)
        if height * width > MOST_CELLS:
            return False
        rows: list[list[GridCell | None]] = [[None] * width for _ in range(height)]
        begin = self._length
        for cell in source:
            if cell.row_span <= 1 and cell.column_span <= 1:  # nearly all are
                row, column = rows[cell.row], column_of[cell.column]
                if row[column] is None:
                    row[column] = make_grid_cell(cell.text, self._keep(cell.text, cell.place))
                continue
            last = cell.column + max(cell.column_span, 1)
            columns = [column_of[c] for c in starts if cell.column <= c < last]
            below = min(cell.row + max(cell.row_span, 1), height)
            free = [(r, c) for r in range(cell.row, below) for c in columns if rows[r][c] is None]
            if not free:
                continue
            made = GridCell(
                cell.text, self._keep(cell.text, cell.place), below - cell.row, len(columns)
            )
            rows[free[0][0]][free[0][1]] = made
            if len(free) > 1:
                copy = GridCell(made.text, made.place, made.row_span, made.column_span, False)
                for r, c in free[1:]:
                    rows[r][c] = copy
        blank = GridCell("", replace(place, start=begin, end=begin))
        full = tuple([tuple([cell or blank for cell in row]) for row in rows])
        where = replace(place, start=begin, end=self._length)
        self.blocks.append(Grid(full, where, spanned=True, caption=caption))
        return True

    def _keep(self, text: str, place: Place) -> Place:
        start = self._length
        end = start + len(text)
        self._parts.append(text)
        self._length = end + 1
        return place.between(start, end, place.end_line)
