"""Where cells stand: the standard's own algorithm, with senseless spans and hostile ones."""

from __future__ import annotations

import time

import pytest

from ingest.readers.html.slots import Slots, Spans, TooManySlots, place, read_span

Row = list[str]


def build(*groups: list[Row]) -> Slots[str]:
    """Cells written as `name`, `name:rowspan` or `name:rowspan:colspan`."""
    return place(
        [[Spans(*[*c.split(":"), None, None][:3]) for c in row] for row in group]  # type: ignore[arg-type]
        for group in groups
    )


def picture(slots: Slots[str]) -> list[str]:
    """The grid as text, one letter a place."""
    width = max((c.column + c.column_span for c in slots.cells), default=0)
    grid = [["."] * width for _ in range(slots.height)]
    for cell in slots.cells:
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.column, cell.column + cell.column_span):
                grid[r][c] = cell.cell
    return ["".join(row) for row in grid]


@pytest.mark.parametrize(
    ("groups", "wanted"),
    [
        ([[["a", "b"], ["c", "d"]]], ["ab", "cd"]),
        ([[["a:2", "b"], ["c"]]], ["ab", "ac"]),
        ([[["a::2", "b"], ["c", "d", "e"]]], ["aab", "cde"]),
        # a cell behind a rowspan is pushed right, also past several of them
        ([[["a:3", "b:2", "c"], ["d"], ["e", "f"]]], ["abc", "abd", "aef"]),
        ([[["a", "b:3"], ["c", "d"], ["e"]]], ["ab.", "cbd", "eb."]),
        # 0 reaches to the end of its group and no further
        ([[["a:0", "b"], ["c"]], [["d", "e"]]], ["ab", "ac", "de"]),
        ([[["a:9", "b"], ["c"]], [["d", "e"]]], ["ab", "ac", "de"]),
        # senseless spans are 1; a number is read as far as it goes
        ([[["a:x:-1", "b::0", "c:1.9:2px"]]], ["abcc"]),
        ([[["a:: +2 ", "b::２"]]], ["aab"]),
        # short and long rows stay as they are
        ([[["a"], ["b", "c", "d"], []]], ["a..", "bcd", "..."]),
        ([], []),
        ([[]], []),
    ],
)
def test_places(groups: list[list[Row]], wanted: list[str]) -> None:
    slots = build(*groups)
    assert picture(slots) == wanted
    assert not slots.overlaps
    assert slots.spanned is any(c.row_span * c.column_span > 1 for c in slots.cells)


def test_cells_over_each_other_are_told() -> None:
    assert build([["a", "b:2"], ["c::2"]]).overlaps


@pytest.mark.parametrize(
    ("written", "span"),
    [(None, 1), ("", 1), ("3", 3), ("0", 0), (" 4", 4), ("-2", 1), ("1e9", 1), ("9" * 5000, 10**9 - 1)],
)  # fmt: skip
def test_span_attributes(written: str | None, span: int) -> None:
    assert read_span(written, 1) == span


@pytest.mark.parametrize(
    "rows",
    [
        [["a:65534:1000"] * 5] * 1000,
        [["a:0:1000"]] * 3000,
        [["a::1000000000"] * 2000],
    ],
)
def test_hostile_spans_are_refused_in_time(rows: list[Row]) -> None:
    began = time.process_time()
    with pytest.raises(TooManySlots):
        build(rows)
    assert time.process_time() - began < 10


def test_a_span_is_at_most_the_thousand_columns_of_the_standard() -> None:
    (cell,) = build([["a::1000000000"]]).cells
    assert cell.column_span == 1000
