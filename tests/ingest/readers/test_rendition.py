from __future__ import annotations

from ingest.model import Place
from ingest.readers import Grid, TextLine
from ingest.readers.rendition import MOST_CELLS, Rendition, SourceCell


def texts(rendition: Rendition) -> list[list[str]]:
    (grid,) = [b for b in rendition.blocks if isinstance(b, Grid)]
    return [[cell.text for cell in row] for row in grid.rows]


def test_lines_and_cells_stand_where_their_places_say() -> None:
    made = Rendition()
    made.line("一、总体情况", Place(page=1))
    assert made.grid([SourceCell(0, 0, "甲"), SourceCell(0, 1, "1\n2")], Place(page=2))
    made.line("尾")
    for block in made.blocks:
        cells = [block] if isinstance(block, TextLine) else [c for row in block.rows for c in row]
        for cell in cells:
            assert made.text[cell.place.start : cell.place.end] == cell.text
    assert made.blocks[0].place.page == 1 and made.blocks[1].place.page == 2


def test_merged_cells_are_expanded_once() -> None:
    made = Rendition()
    made.grid(
        [
            SourceCell(0, 0, "申请人", row_span=2),
            SourceCell(0, 1, "组织", column_span=2),
            SourceCell(1, 1, "企业"),
            SourceCell(1, 2, "其他"),
        ]
    )
    assert texts(made) == [["申请人", "组织", "组织"], ["申请人", "企业", "其他"]]
    (grid,) = made.blocks
    assert isinstance(grid, Grid) and grid.spanned
    assert [[c.origin for c in row] for row in grid.rows] == [
        [True, True, False],
        [False, True, True],
    ]
    assert (grid.rows[0][0].row_span, grid.rows[0][1].column_span) == (2, 2)


def test_equal_neighbours_stay_two_cells() -> None:
    made = Rendition()
    made.grid([SourceCell(0, 0, "0"), SourceCell(0, 1, "0")])
    (grid,) = made.blocks
    assert isinstance(grid, Grid) and [c.origin for c in grid.rows[0]] == [True, True]


def test_ugly_spans() -> None:
    made = Rendition()
    # a span past the table's end, one that overlaps, a column that only spans cover, a hole
    made.grid(
        [
            SourceCell(0, 0, "a", row_span=99, column_span=3),
            SourceCell(0, 5, "b"),
            SourceCell(1, 1, "c"),
            SourceCell(1, 0, "d"),
        ]
    )
    assert texts(made) == [["a", "a", "b"], ["a", "a", ""]]
    assert not made.grid([])
    assert not made.grid([SourceCell(MOST_CELLS, 0, "x"), SourceCell(0, 1, "y")])
    assert len(made.blocks) == 1
