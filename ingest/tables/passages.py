"""Tables as passages, so that they can be found: a group of rows each, with full header paths.

No figure is ever taken from one: the cells are in `Report.figures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from ingest.model import Figure, Passage, Place, Status, Table
from ingest.normalise import clean

_LONGEST = 400  # characters; the embedder slows down steeply beyond
_ROW = 2000  # characters of one row; a table may hold a whole page in a cell

#: a row: its number, its parent's path, its words for search and as printed, where it begins and ends
_Row = tuple[int, tuple[str, ...], str, str, Place, Place]


def table_passages(
    tables: Iterable[Table], figures: Sequence[Figure], first: int
) -> tuple[Passage, ...]:
    """The passages of all tables, in order; `first` is the index of the first one.

    A passage holds rows below the same header, up to some 400 characters; one row is never cut over two,
    and what a row holds beyond 2,000 characters is left out. Its `text` uses the form's own labels and
    leaves zeros out (most cells are, and they cost the embedder time), `printed` has the report's labels
    and all cells.
    """
    by_table: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.table is not None and figure.note_of is None:
            by_table.setdefault(figure.table, []).append(figure)
    out: list[Passage] = []
    for table in tables:
        rows = _rows(by_table.get(table.id, [])) or _plain_rows(table)
        for group in _groups(rows):
            out.append(_passage(table, group, first + len(out)))
    return tuple(out)


def _rows(figures: list[Figure]) -> list[_Row]:
    """The rows that hold figures: header path, then each column's path with what is printed there."""
    ordered = sorted(figures, key=lambda f: (f.row or 0, f.column or 0))
    out: list[_Row] = []
    for number, group in groupby(ordered, key=lambda f: f.row or 0):
        cells = list(group)
        path, printed_path = cells[0].row_path, cells[0].printed_row_path
        text = "；".join(_cell(f.column_path, f) for f in cells if f.status is not Status.ZERO)
        printed = "；".join(_cell(f.printed_column_path, f) for f in cells)
        text, printed = _line(path, text), _line(printed_path, printed)
        out.append((number, path[:-1], text, printed, cells[0].place, cells[-1].place))
    return out


def _cell(path: tuple[str, ...], figure: Figure) -> str:
    return f"{'/'.join(path)} {figure.text}".strip()


def _line(path: tuple[str, ...], cells: str) -> str:
    return (f"{'/'.join(path)}：{cells}" if path else cells)[:_ROW]


def _plain_rows(table: Table) -> list[_Row]:
    """The rows of a table of words (channels, contacts), as they stand."""
    out: list[_Row] = []
    for number, group in groupby(
        sorted(table.cells, key=lambda c: (c.row, c.column)), lambda c: c.row
    ):
        cells = list(group)
        line = " | ".join(c.text.strip() for c in cells if c.text.strip())[:_ROW]
        if line:
            out.append((number, (), line, line, cells[0].place, cells[-1].place))
    return out


def _groups(rows: list[_Row]) -> list[list[_Row]]:
    out: list[list[_Row]] = []
    size = 0
    for row in rows:
        same = bool(out) and out[-1][-1][1] == row[1]
        if not same or size + len(row[2]) > _LONGEST:
            out.append([])
            size = 0
        out[-1].append(row)
        size += len(row[2])
    return out


def _passage(table: Table, rows: list[_Row], index: int) -> Passage:
    unit = f"（单位：{table.unit}）" if table.unit else ""
    title = f"{table.caption}{unit}"
    begin, end = rows[0][4], rows[-1][5]
    place = begin.between(begin.start, end.end, end.end_line or end.line)
    return Passage(
        index,
        table.section,
        "\n".join(filter(None, (title, *(r[3] for r in rows)))),
        "\n".join(filter(None, (clean(title), *(clean(r[2]) for r in rows)))),
        (),
        place,
        table.id,
        (rows[0][0], rows[-1][0]),
    )
