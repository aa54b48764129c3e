"""A `<table>` of a page: which of its rows hold data, and which only lay out the page.

Old pages put everything into tables. A row with a cell of prose, or with a cell that holds a table,
is layout: its cells are read one after the other. The rows between such rows are data.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ingest.numbers import looks_like_value
from ingest.readers.html.markup import Element, only_text_of, text_of
from ingest.readers.html.slots import Placed, Slots, Spans, TooManySlots, make_spans, place

_PROSE = 120  # letters with a full stop in a cell: a paragraph
_FEW_CELLS = 3  # a paragraph beside more filled cells than this is a long note
_MOST_CELLS = 10_000  # a report's longest table has some hundred
_WRAPPERS = frozenset(("form", "div", "center", "font", "span", "b", "strong", "ins"))


@dataclass(slots=True)
class Box:
    """A cell of a page's table: its text, and whether it lays out rather than holds a datum."""

    element: Element
    text: str
    holder: bool = False  # it holds tables of its own

    @property
    def prose(self) -> bool:
        """Whether the cell holds sentences and not a label or a value."""
        return len(self.text) >= _PROSE and "。" in self.text


@dataclass
class Rows:
    """Rows that follow each other in one table, in groups (`<thead>`, `<tbody>`…)."""

    groups: list[list[list[Spans[Box]]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DataRows:
    """Rows of data; `first` is the number of the first one in its table, from 0."""

    cells: tuple[Placed[Box], ...]
    spanned: bool
    overlaps: bool


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """The cells of a row, or what stands between rows, to be read in order."""

    elements: tuple[Element, ...]


def parts(table: Element) -> Iterator[DataRows | LayoutRow]:
    """The parts of a table in reading order.

    Raises TooManySlots.
    """
    if next(islice(table.iter("td", "th"), _MOST_CELLS, None), None) is not None:
        raise TooManySlots
    for piece in _pieces(table):
        if isinstance(piece, Rows):
            yield from _split(place(piece.groups))
        else:
            yield LayoutRow((piece,))


def caption_of(table: Element) -> str:
    """What the `<caption>` of a table prints, "" where it has none."""
    caption = next((c for c in table if c.tag == "caption"), None)
    return "" if caption is None else text_of(caption).replace("\n", "")


def _pieces(table: Element) -> Iterator[Rows | Element]:
    """Runs of rows, and what a broken page puts between them."""
    heads: list[list[list[Spans[Box]]]] = []
    bodies: list[list[list[Spans[Box]]]] = []
    feet: list[list[list[Spans[Box]]]] = []
    loose: list[list[Spans[Box]]] = []  # rows outside any group

    after_cell = False  # whether the child before was a cell that stands in no row

    def close() -> Iterator[Rows]:
        if loose:
            bodies.append(loose.copy())
        run = [*heads, *bodies, *feet]
        for kept in (heads, bodies, feet, loose):
            kept.clear()
        if any(run):
            yield Rows(run)

    for child in _children(table):
        if child.tag == "tr":
            loose.append(_row(child))
        elif child.tag in ("td", "th"):  # a row that nobody opened
            if after_cell:
                loose[-1].append(_spans(child))
            else:
                loose.append([_spans(child)])
        elif child.tag in ("thead", "tbody", "tfoot"):
            if loose:
                bodies.append(loose.copy())
                loose.clear()
            group = [_row(tr) for tr in _children(child) if tr.tag == "tr"]
            stray = [c for c in _children(child) if c.tag not in ("tr", "caption") and _says(c)]
            {"thead": heads, "tbody": bodies, "tfoot": feet}[child.tag].append(group)
            if stray:
                yield from close()
                yield from stray
        elif child.tag != "caption" and _says(child):
            yield from close()
            yield child
        after_cell = child.tag in ("td", "th") and bool(loose)
    yield from close()


def _children(element: Element) -> Iterator[Element]:
    """The children of a table or row group; those of a form around rows count as its own."""
    for child in element:
        if child.tag in _WRAPPERS and next(child.iter("tr"), None) is not None:
            yield from _children(child)
        else:
            yield child


def _says(element: Element) -> bool:
    return any(text.strip() for text in element.itertext())


def _row(tr: Element) -> list[Spans[Box]]:
    return [_spans(c) for c in tr.iterchildren("td", "th")]


def _spans(cell: Element) -> Spans[Box]:
    text = only_text_of(cell)
    if text is not None:
        box = Box(cell, text)
    else:
        nested = next(cell.iter("table"), None) is not None
        box = Box(cell, text_of(cell), nested and _holds_tables(cell))
    return make_spans(box, cell.get("rowspan"), cell.get("colspan"))


def _holds_tables(cell: Element) -> bool:
    """Whether a table in the cell has more than one filled cell; with one it is a mere box."""
    filled = 0
    for inner in cell.iter("td", "th"):
        if inner is not cell and next(inner.iter("table"), None) is None:
            filled += _says(inner)
            if filled > 1:
                return True
    return False


def _split(slots: Slots[Box]) -> Iterator[DataRows | LayoutRow]:
    by_row: list[list[Placed[Box]]] = [[] for _ in range(slots.height)]
    for cell in slots.cells:
        by_row[cell.row].append(cell)
    nested_is_datum = _is_data(slots)
    run: list[Placed[Box]] = []
    for cells in by_row:
        if _lays_out(cells, nested_is_datum):
            yield from _data(run, slots)
            run = []
            yield LayoutRow(tuple(c.cell.element for c in cells))
        else:
            run += cells
    yield from _data(run, slots)


def _is_data(slots: Slots[Box]) -> bool:
    """Whether a table that holds others is data all the same: most of its cells are filled and plain."""
    holders = [c.cell.element for c in slots.cells if c.cell.holder]
    if not holders:
        return True
    plain = sum(bool(c.cell.text) and not c.cell.holder for c in slots.cells)
    inner = sum(sum(1 for e in holder.iter("td", "th") if e is not holder) for holder in holders)
    return plain > 2 * inner


def _lays_out(cells: Sequence[Placed[Box]], nested_is_datum: bool) -> bool:
    filled = [c for c in cells if c.cell.text]
    if any(c.cell.holder for c in filled):
        if not nested_is_datum or len(filled) == 1:
            return True
    return len(filled) <= _FEW_CELLS and any(c.cell.prose for c in filled)


def _data(run: list[Placed[Box]], slots: Slots[Box]) -> Iterator[DataRows | LayoutRow]:
    """A run of rows as a grid; rows that are no grid (one row, one column) as lines."""
    filled: dict[int, int] = {}
    for cell in run:
        if cell.cell.text:
            filled[cell.row] = filled.get(cell.row, 0) + 1
    if not filled:
        return
    if len(filled) == 1 or max(filled.values()) == 1:
        yield LayoutRow(tuple(c.cell.element for c in run if c.cell.text))
        return
    cells = tuple([c for c in run if c.cell.text or not _is_ruler(c)])
    yield DataRows(cells, slots.spanned, slots.overlaps)


def _is_ruler(cell: Placed[Box]) -> bool:
    """A cell of a row of no height, which word processors write to hold the widths of the columns."""
    parent = cell.cell.element.getparent()
    return parent is not None and parent.get("height") == "0"


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row that ends left of the header above it: `missing` columns of it have no cell."""

    row: int
    cells: tuple[Placed[Box], ...]
    missing: int
    has_values: bool


def ragged_rows(data: DataRows) -> list[Ragged]:
    """The rows under a header that reach to fewer columns than it.

    Which of their cells is missing cannot be told, so none of their values has a column.
    """
    reach: dict[int, int] = {}  # row → where it ends
    for cell in data.cells:
        row, end = cell.row, cell.column + cell.column_span
        if end > reach.get(row, 0):
            reach[row] = end
        for below in range(row + 1, row + cell.row_span):
            if end > reach.get(below, 0):
                reach[below] = end
    if len(set(reach.values())) == 1:
        return []
    starts = sorted({c.column for c in data.cells})
    ends = {row: bisect_left(starts, end) for row, end in reach.items()}  # in columns
    own: dict[int, list[Placed[Box]]] = {}
    for cell in data.cells:
        own.setdefault(cell.row, []).append(cell)
    out: list[Ragged] = []
    wanted = 0
    rows = sorted(own)
    for n, row in enumerate(rows):
        filled = [c for c in own[row] if c.cell.text]
        values = any(looks_like_value(c.cell.text) for c in filled)
        following = ends[rows[n + 1]] if n + 1 < len(rows) else 0
        if len(filled) > 1 and not values and following <= ends[row]:
            wanted = ends[row]  # a header
        elif ends[row] < wanted:
            out.append(Ragged(row, tuple(own[row]), wanted - ends[row], values))
    return out
