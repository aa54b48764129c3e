"""The cells of one sheet → lines of narrative and grids, the same for XLSX, XLS and XML workbooks.

A sheet mixes titles, paragraphs (one cell, merged over many) and tables. Rows that vertical merges
hold together are one *band*; a band with a single filled cell may be a title, a paragraph, or a row
of a table with blanks behind its label, and its neighbours tell which.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from ingest.model import Place, Warning_
from ingest.numbers import looks_like_value
from ingest.readers.rendition import MOST_CELLS, Rendition, SourceCell

_PARAGRAPH = 60  # letters; no label is as long
_SENTENCE = 25  # with a full stop
_TITLE = 12
_HEADING = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[、.．)）]|附[件表注]|填报|报送|单位)"
)
_NOTE = re.compile(r"^\s*(?:[*※]|注|备注|说明|附注)")
_SAYS_NOTHING = re.compile(r"^(?:sheet|工作表|表格?|table|feuil)?[\s_-]*\d*$", re.IGNORECASE)

# what a hostile sheet may have of merged ranges, and of places that overlapping ones cover
_MOST_MERGED, _MOST_COVERED, _MOST_ROWS_MERGED = 5_000, 300_000, 5_000

Span = tuple[int, int, int, int]  # top, left, bottom, right: all inside


@dataclass(frozen=True)
class Sheet:
    """A sheet as its format gives it; rows and columns count from 0.

    `cells` are what the cells show (blank ones may be left out); `merged` are ranges whose first
    cell holds the text; what is hidden is not shown, so it is not read.
    """

    name: str
    cells: dict[tuple[int, int], str]
    merged: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass
class _Band:
    """Rows held together by merged cells; `filled` are the columns of its filled cells, by row."""

    rows: list[int]
    filled: list[tuple[int, int]] = field(default_factory=list)


def cell_name(row: int, column: int) -> str:
    """`C12` for row 11, column 2."""
    return f"{_column_name(column)}{row + 1}"


@cache
def _column_name(column: int) -> str:
    from openpyxl.utils import get_column_letter  # with it comes numpy: 0.2 s of import

    letters: str = get_column_letter(column + 1)
    return letters


def is_paragraph(text: str) -> bool:
    """Whether a text that has its row to itself is narrative: no label is as long."""
    text = text.strip()
    return len(text) > _PARAGRAPH or ("。" in text and len(text) > _SENTENCE)


def is_title(text: str) -> bool:
    """Whether a text that has its row to itself may be a title, and not a label with blanks."""
    text = text.strip()
    if looks_like_value(text):
        return False
    return len(text) >= _TITLE or text[-1:] in tuple("：:。") or bool(_HEADING.match(text))


def lay_sheet(sheet: Sheet, rendition: Rendition) -> list[Warning_]:
    """Add the blocks of `sheet` to `rendition`; returns warnings for what was not read."""
    if len(sheet.merged) > _MOST_MERGED:
        return [
            Warning_(
                "sheet-too-large",
                f"工作表“{sheet.name}”有 {len(sheet.merged)} 处合并单元格（最多读 {_MOST_MERGED} 处），未读",
                Place(sheet=sheet.name),
            )
        ]
    return _Layout(sheet, rendition).lay()


class _Layout:
    def __init__(self, sheet: Sheet, rendition: Rendition) -> None:
        self.sheet = sheet
        self.rendition = rendition
        self.warnings: list[Warning_] = []
        self.named = False

    @cached_property
    def texts(self) -> dict[tuple[int, int], str]:
        """What is shown where: the text of a merged range at its first cell that is not hidden."""
        out = {
            at: text
            for at, text in self.sheet.cells.items()
            if text.strip()
            and at[0] not in self.sheet.hidden_rows
            and at[1] not in self.sheet.hidden_columns
            and at not in self.covered
        }
        for (row, column), span in self.spans.items():
            text = self.sheet.cells.get((span[0], span[1]), "")
            if text.strip():
                out[row, column] = text
            else:
                out.pop((row, column), None)
        return out

    @cached_property
    def spans(self) -> dict[tuple[int, int], Span]:
        """First visible cell of each merged range that is not hidden as a whole → the range."""
        out = {}
        for span in self.sheet.merged:
            row = next(_visible(span[0], span[2], self.sheet.hidden_rows), None)
            column = next(_visible(span[1], span[3], self.sheet.hidden_columns), None)
            if row is not None and column is not None:
                out[row, column] = span
        return out

    @cached_property
    def covered(self) -> frozenset[tuple[int, int]]:
        """Places with a cell that a merged range hides."""
        columns: dict[int, list[int]] = {}
        for row, column in sorted(self.sheet.cells):
            columns.setdefault(row, []).append(column)
        rows = sorted(columns)
        out: set[tuple[int, int]] = set()
        budget = _MOST_COVERED
        for top, left, bottom, right in self.sheet.merged:
            for row in _between(rows, top, bottom):
                inside = _between(columns[row], left, right)
                out.update((row, c) for c in inside if (row, c) != (top, left))
                budget -= len(inside) + 1
            if budget < 0:
                break
        return frozenset(out)

    def lay(self) -> list[Warning_]:
        self._tell_hidden()
        bands = self._bands()
        goes_on = self._values_follow(bands)
        group: list[_Band] = []
        table = False  # whether the group holds a row of several cells
        for n, band in enumerate(bands):
            inside = table and goes_on[n]
            paragraph = self._is_paragraph(band)
            title = len(band.filled) == 1 and not paragraph and is_title(self.texts[band.filled[0]])
            line = paragraph or (title and not inside)
            if group and (line or (self._parted(group[-1], band) and not inside)):
                self._close(group)
                group, table = [], False
            if line:
                self._line(band)
            else:
                group.append(band)
                table = table or len(band.filled) > 1
        self._close(group)
        return self.warnings

    def _values_follow(self, bands: list[_Band]) -> list[bool]:
        """For each band whether values come, at it or below, before a paragraph or a header."""
        out = [False] * len(bands)
        follow = False
        for n in range(len(bands) - 1, -1, -1):
            band = bands[n]
            if len(band.filled) > 1:
                first = [at for at in band.filled if at[0] == band.rows[0]]
                follow = any(looks_like_value(self.texts[at]) for at in first[1:])
            elif self._is_paragraph(band):
                follow = False
            out[n] = follow
        return out

    def _bands(self) -> list[_Band]:
        """Bands with a filled cell, from the top."""
        below: dict[int, int] = {}
        for at, span in self.spans.items():
            if at in self.texts:
                below[at[0]] = max(below.get(at[0], 0), span[2])
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.texts):
            rows.setdefault(row, []).append(column)
        bands: list[_Band] = []
        end = -1
        for row in sorted(rows):
            if row > end:
                bands.append(_Band([]))
            end = max(end, below.get(row, row))
            bands[-1].rows.append(row)
            bands[-1].filled += [(row, column) for column in rows[row]]
        return bands

    def _parted(self, above: _Band, below: _Band) -> bool:
        """Whether a blank row that is not hidden stands between two bands."""
        end = max(above.rows)
        for at in above.filled:
            if at in self.spans:
                end = max(end, self.spans[at][2])
        return any(True for _ in _visible(end + 1, below.rows[0] - 1, self.sheet.hidden_rows))

    def _is_paragraph(self, band: _Band) -> bool:
        return len(band.filled) == 1 and is_paragraph(self.texts[band.filled[0]])

    def _line(self, band: _Band) -> None:
        self.named = True  # a title says more than the sheet's name
        for row, column in band.filled:
            place = Place(sheet=self.sheet.name, cell=cell_name(row, column))
            for piece in self.texts[row, column].split("\n"):
                self.rendition.line(piece, place)

    def _close(self, group: list[_Band]) -> None:
        """The bands of a table as a grid; notes under it, and bands without a table, as lines."""
        last = max((n for n, b in enumerate(group) if len(b.filled) > 1), default=-1)
        tail = last + 1
        while last >= 0 and tail < len(group):
            if _NOTE.match(self.texts[group[tail].filled[0]]):
                break
            tail += 1
        if last >= 0:
            self._grid(group[:tail])
        for band in group[tail:] if last >= 0 else group:
            self._line(band)

    def _grid(self, group: list[_Band]) -> None:
        known = {row for band in group for row in band.rows}
        # a row that a merged cell covers, and that has no text of its own, is a row all the same
        for at in (at for band in group for at in band.filled if at in self.spans):
            top, _, bottom, _ = self.spans[at]
            if bottom - top < _MOST_ROWS_MERGED:
                known.update(_visible(top, bottom, self.sheet.hidden_rows))
        rows = sorted(known)
        spans = self._spans_in(rows)
        columns = sorted({c for r, c in self.texts if r in known})
        place = Place(sheet=self.sheet.name, cell=cell_name(rows[0], columns[0]))
        if not self.named and not _SAYS_NOTHING.match(self.sheet.name.strip()):
            self.rendition.line(self.sheet.name, Place(sheet=self.sheet.name))
        self.named = True
        if len(rows) * len(columns) > MOST_CELLS or not self.rendition.grid(
            self._cells(rows, columns, spans), place
        ):
            text = f"工作表“{self.sheet.name}”的表格超过 {MOST_CELLS} 格，未读"
            self.warnings.append(Warning_("grid-too-large", text, place))

    def _cells(
        self, rows: list[int], columns: list[int], spans: dict[tuple[int, int], Span]
    ) -> Iterator[SourceCell]:
        """The cells of these rows and columns, blank ones too, without what merged ones cover."""
        taken: set[tuple[int, int]] = set()
        for n, row in enumerate(rows):
            for column in columns:
                if (row, column) in taken:
                    continue
                span = spans.get((row, column))
                height = width = 1
                if span is not None:
                    inside = _between(rows, row, span[2])
                    across = _between(columns, column, span[3])
                    height, width = len(inside), span[3] - column + 1
                    taken |= {(r, c) for r in inside for c in across}
                place = Place(sheet=self.sheet.name, cell=cell_name(row, column))
                text = self.texts.get((row, column), "").strip()
                yield SourceCell(n, column, text, height, width, place)

    def _spans_in(self, rows: list[int]) -> dict[tuple[int, int], Span]:
        """The merged ranges that touch these rows, by their first cell in them."""
        out = {}
        for (row, column), span in self.spans.items():
            inside = _between(rows, row, span[2])
            if inside and (inside[0] == row or (row, column) not in self.texts):
                out[inside[0], column] = span
        return out

    def _tell_hidden(self) -> None:
        rows = {r for (r, _), t in self.sheet.cells.items() if t.strip()} & self.sheet.hidden_rows
        columns = {
            c for (_, c), t in self.sheet.cells.items() if t.strip()
        } & self.sheet.hidden_columns
        place = Place(sheet=self.sheet.name)
        if rows:
            names = _listed(str(r + 1) for r in sorted(rows))
            text = f"工作表“{self.sheet.name}”有隐藏的行（第 {names} 行），页面上看不到，未读；取消隐藏后可读"
            self.warnings.append(Warning_("rows-hidden", text, place))
        if columns:
            names = _listed(_column_name(c) for c in sorted(columns))
            text = f"工作表“{self.sheet.name}”有隐藏的列（{names} 列），页面上看不到，未读；取消隐藏后可读"
            self.warnings.append(Warning_("columns-hidden", text, place))


def _between(ordered: list[int], first: int, last: int) -> list[int]:
    return ordered[bisect_left(ordered, first) : bisect_right(ordered, last)]


def _visible(first: int, last: int, hidden: frozenset[int]) -> Iterator[int]:
    return (n for n in range(first, last + 1) if n not in hidden)


def _listed(names: Iterable[str]) -> str:
    some = list(names)
    return "、".join(some[:8]) + ("……" if len(some) > 8 else "")
