"""Two reports side by side in the columns of layout tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.metadata.front import cell_lines, table_mark
from ingest.metadata.titles import find_titles
from ingest.model import Place
from ingest.narrative.outline import YEAR_ALONE, Block, is_body, parts_of, table_copies
from ingest.normalise import clean
from ingest.numbers import looks_like_value
from ingest.readers import Document, Grid, GridCell, TextLine

_Key = tuple[str | None, int | None]
_YEAR = re.compile(r"(?<!\d)(20\d{2})年?度?(?!\d)")
_LEAST_LABELS = 4


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why columns that look like two reports cannot be told apart, and where they stand."""

    why: str
    place: Place


def side_by_side(document: Document) -> tuple[Document, ...] | Doubt | None:
    """Two reports in the columns of layout tables, None where there are no such columns."""
    halves: list[tuple[list[Block], list[Block]]] = []
    apart: set[int] = set()
    heads: list[tuple[_Key, _Key]] = []
    years: tuple[TextLine | None, TextLine | None] | None = None
    doubtful: Grid | None = None
    for block in document.blocks:
        if not isinstance(block, Grid) or (cut := cut_of(block)) is None:
            continue
        left, right = _half(block, 0, cut), _half(block, cut, len(block.rows[0]))
        (key, line), (other, under) = _head(left), _head(right)
        if None in (key[1], other[1]) or key == other:
            doubtful = doubtful or block
        else:
            heads.append((key, other))
            years = years or (line, under)
        halves.append((_blocks(left), _blocks(right)))
        apart.add(block.number)
    if doubtful is not None and not heads:  # the columns below the first table keep its order
        return Doubt("两份报告的表并排，没有各自的年度", doubtful.place)
    if not halves:
        return None
    if len(set(heads)) > 1:
        return Doubt("并排的两栏年度不一致", document.blocks[0].place)
    shared = [b for b in document.blocks if b.number not in apart]
    if any(table_copies(shared).values()):
        return Doubt("并排的表之外还有同样的表", shared[0].place)
    out = []
    for side in (0, 1):
        own = [b for half in halves for b in half[side]]
        front = _front(document, heads[0][side], years[side] if years else None)
        out.append(replace(document, blocks=(*front, *own)))
    return tuple(out)


def cut_of(grid: Grid) -> int | None:
    """The column at which a second report begins, None where the grid is one table."""
    width = len(grid.rows[0])
    if width < 2 or any(len(row) != width for row in grid.rows):
        return None
    if width == 2:
        texts = [[row[c].text for row in grid.rows if row[c].origin] for c in (0, 1)]
        if all(_is_report("\n".join(column)) for column in texts):
            return 1
        return None
    rows = [[clean(c.text) for c in row] for row in grid.rows]
    half = width // 2
    same = [row for row in rows if row[:half] == row[half:] and len(set(row)) > 1]
    if width % 2 == 0 and any(table_mark(text) for row in same for text in row):
        return half
    labelled = [row for row in rows if row[0] and not looks_like_value(row[0])]
    for cut in range(2, width - 1):
        if cut * 2 not in (width, width - 1, width + 1):
            continue
        # a merged cell repeats its text in every column that it covers; a second table does not
        twins = {row[0] for row in labelled if row[cut] == row[0] and row[cut - 1] != row[0]}
        most = len({row[0] for row in labelled}) // 2
        if len(twins) > max(_LEAST_LABELS - 1, most) and any(map(table_mark, twins)):
            return cut
    return None


def _is_report(text: str) -> bool:
    lines = cell_lines(text, Place())
    parts = parts_of(lines)
    return is_body(parts) and bool(_YEAR.search(text[:400]))


def _half(grid: Grid, begin: int, end: int) -> Grid:
    rows: list[tuple[GridCell, ...]] = []
    for row in grid.rows:
        cells = row[begin:end]
        rows.append(
            tuple(
                replace(c, column_span=min(c.column_span, end - begin - i))
                for i, c in enumerate(cells)
            )
        )
    return replace(grid, rows=tuple(rows))


def _head(half: Grid) -> tuple[_Key, TextLine | None]:
    """The issuer and year that the top of a column names: a title, or a line that is a year."""
    top: list[TextLine] = []
    for row in half.rows:
        if len(top) > 12 or any(table_mark(clean(c.text)) for c in row):
            break
        for cell in dict.fromkeys(row):
            top += cell_lines(cell.text, cell.place)
    titles = [t for t in find_titles(top) if t.year is not None]
    if titles:
        return (titles[0].issuer, titles[0].year), None
    alone = [line for line in top[:4] if YEAR_ALONE.fullmatch(clean(line.text))]
    if len({clean(line.text) for line in alone}) != 1:
        return (None, None), None
    return (None, int(_YEAR.findall(clean(alone[0].text))[0])), alone[0]


def _blocks(half: Grid) -> list[Block]:
    """A column of running text as lines, a column of a table as the grid it is."""
    if len(half.rows[0]) > 1:
        return [half]
    out: list[Block] = []
    for (cell,) in half.rows:
        if cell.origin:
            out += cell_lines(cell.text, cell.place)
    return out


def _front(document: Document, key: _Key, head: TextLine | None) -> list[Block]:
    """The title that both columns share, and the line with the year of one of them."""
    if key[0] is not None:
        return []
    lines = document.lines
    shared = next((t for t in find_titles(lines) if t.year is None), None)
    title = lines[shared.first : shared.last + 1] if shared else []
    return [*title, *([head] if head is not None else [])]
