"""Blocks of a form drawn as a grid with spans: every place covered once."""

from __future__ import annotations

from collections import Counter

import pytest

from ingest.forms import Block, Form, Line
from ingest.model import Cell
from ingest.tables.layout import header_cells, row_label_cells


def _covered(cells: list[Cell]) -> Counter[tuple[int, int]]:
    return Counter(
        (cell.row + r, cell.column + c)
        for cell in cells
        for r in range(cell.row_span)
        for c in range(cell.column_span)
    )


BLOCK = Block(
    rows=(Line("x", ("三", "（一）")), Line("y", ("三", "（二）", "1.")), Line("z", ("四",))),
    columns=(Line("a", ("甲",)), Line("b", ("乙", "子")), Line("c", ("乙", "丑"))),
    furniture=(),
)


def test_header_cells() -> None:
    cells, first = header_cells(BLOCK, 5, 7, 3, "角")
    assert first == 7
    assert [(c.row, c.column, c.text, c.row_span, c.column_span) for c in cells] == [
        (5, 0, "角", 2, 3),
        (5, 3, "甲", 2, 1),
        (5, 4, "乙", 1, 3),
        (6, 4, "子", 1, 1),
        (6, 5, "丑", 1, 2),
    ]
    assert all(c.header for c in cells)


def test_row_label_cells() -> None:
    cells = row_label_cells(BLOCK, 7, 3)
    assert [(c.row, c.column, c.text, c.row_span, c.column_span) for c in cells] == [
        (7, 0, "三", 2, 1),
        (9, 0, "四", 1, 3),
        (7, 1, "（一）", 1, 2),
        (8, 1, "（二）", 1, 1),
        (8, 2, "1.", 1, 1),
    ]
    assert row_label_cells(BLOCK, 7, 0) == []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_block_of_the_form_is_covered_without_overlap(number: int, form: Form) -> None:
    table = form.tables[number]
    depth = max(len(r.path) for b in table.blocks for r in b.rows)
    width = depth + max(len(b.columns) for b in table.blocks)
    top = 0
    for block in table.blocks:
        head, first = header_cells(block, top, width, depth, "")
        assert _covered(head) == Counter((r, c) for r in range(top, first) for c in range(width))
        labels = row_label_cells(block, first, depth)
        assert _covered(labels) == Counter(
            (first + r, c) for r in range(len(block.rows)) for c in range(depth)
        )
        top = first + len(block.rows)
