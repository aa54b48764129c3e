"""Pieces of a table on several pages, joined."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ingest.readers.pdf.rules import Field, Lattice
from ingest.readers.pdf.source import Glyph
from ingest.readers.pdf.tables import PieceCell, TablePiece, goes_on, join, ruled_table

_WIDE = 30.0


def piece(page: int, *rows: str, edges: tuple[float, ...] = (), ends: str = "") -> TablePiece:
    """Rows of cells parted by bars; `<` goes on from the left, `^` from above.

    `ends` holds `t` or `b` where the piece is open at its top or bottom.
    """
    texts = [row.split("|") for row in rows]
    width = len(texts[0])
    xs = edges or tuple(_WIDE * n for n in range(width + 1))
    cells = []
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            wide = 1
            while c + wide < width and row[c + wide] == "<":
                wide += 1
            high = 1
            while r + high < len(texts) and texts[r + high][c] == "^":
                high += 1
            box = (xs[c], 10.0 * r, xs[c + wide], 10.0 * (r + high))
            cells.append(PieceCell(r, c, high, wide, text, page, box))
    box = (xs[0], 0.0, xs[-1], 10.0 * len(texts))
    return TablePiece(page, box, xs, len(texts), tuple(cells), "t" in ends, "b" in ends)


def rows_of(table: TablePiece) -> list[str]:
    """The table as `piece` takes it."""
    width = len(table.xs) - 1
    out = [[""] * width for _ in range(table.height)]
    for cell in table.cells:
        for r in range(cell.row, cell.row + cell.rows):
            for c in range(cell.column, cell.column + cell.columns):
                out[r][c] = "<" if c > cell.column else "^"
        out[cell.row][cell.column] = cell.text
    return ["|".join(row) for row in out]


HEAD = "事项|甲|乙"


@pytest.mark.parametrize(
    ("above", "below", "wanted"),
    [
        pytest.param(
            piece(1, HEAD, "1.许可|1|2"),
            piece(2, "2.处罚|3|4"),
            [HEAD, "1.许可|1|2", "2.处罚|3|4"],
            id="rows go on",
        ),
        pytest.param(
            piece(1, HEAD, "1.许可|1|2"),
            piece(2, HEAD, "2.处罚|3|4"),
            [HEAD, "1.许可|1|2", "2.处罚|3|4"],
            id="header again",
        ),
        pytest.param(
            piece(1, HEAD, "1.许可|1|2"),
            piece(2, "1.许可|1|2", "2.处罚|3|4"),
            [HEAD, "1.许可|1|2", "1.许可|1|2", "2.处罚|3|4"],
            id="a row again is no header",
        ),
        pytest.param(
            piece(1, HEAD, "1.要求行政机关|5|6"),
            piece(2, "重新出具||", "2.处罚|3|4"),
            [HEAD, "1.要求行政机关重新出具|5|6", "2.处罚|3|4"],
            id="a label cut, ruled on both pages",
        ),
        pytest.param(
            piece(1, HEAD, "1.要求行政机关||"),
            piece(2, "重新出具|5|6"),
            [HEAD, "1.要求行政机关重新出具|5|6"],
            id="its values on the second page",
        ),
        pytest.param(
            piece(1, HEAD, "规范性|5|6", ends="b"),
            piece(2, "文件||", "规章|3|4", ends="t"),
            [HEAD, "规范性文件|5|6", "规章|3|4"],
            id="a row cut without rules",
        ),
        pytest.param(
            piece(1, HEAD, "规章|5|6", ends="b"),
            piece(2, "文件|7|8", ends="t"),
            [HEAD, "规章|5|6", "文件|7|8"],
            id="two values in a cell are two rows",
        ),
        pytest.param(
            piece(1, HEAD, "规章||"),
            piece(2, "文件|7|8"),
            [HEAD, "规章||", "文件|7|8"],
            id="blanks above a rule are blanks",
        ),
        pytest.param(
            piece(1, "三、结果|(一)公开|1", "^|(二)部分|2"),
            piece(2, "|(三)不予|3", "^|(四)无法|4"),
            ["三、结果|(一)公开|1", "^|(二)部分|2", "^|(三)不予|3", "^|(四)无法|4"],
            id="a merged cell goes on",
        ),
        pytest.param(
            piece(1, "三、结果|(一)公开|1", "^|(二)部分|2"),
            piece(2, "|(三)不予|3"),
            ["三、结果|(一)公开|1", "^|(二)部分|2", "^|(三)不予|3"],
            id="a merged cell goes on for one row",
        ),
        pytest.param(
            piece(1, "甲组|<|乙", "子|丑|^"),
            piece(2, "|3|4"),
            ["甲组|<|乙", "子|丑|^", "|3|4"],
            id="a blank below a merged header is a blank",
        ),
        pytest.param(
            piece(1, "行政复议|行政诉讼|<"),
            piece(2, "|直接|复议后", "1|2|3"),
            ["行政复议|行政诉讼|<", "^|直接|复议后", "1|2|3"],
            id="a header cut",
        ),
    ],
)
def test_two_pages(above: TablePiece, below: TablePiece, wanted: list[str]) -> None:
    assert goes_on(above, below)
    assert rows_of(join([above, below])) == wanted


def test_three_pages_and_edges_that_only_one_page_has() -> None:
    pages = [
        piece(1, "复议|诉讼", edges=(0, 60, 90)),
        piece(2, "子|丑|寅", edges=(0, 30, 60, 90)),
        piece(3, "1|2|3", edges=(1, 31, 61, 91)),
    ]
    assert all(goes_on(a, b) for a, b in pairwise(pages))
    joined = join(pages)
    assert rows_of(joined) == ["复议|<|诉讼", "子|丑|寅", "1|2|3"]
    assert {c.page for c in joined.cells} == {1, 2, 3}


@pytest.mark.parametrize(
    "edges", [(0, 30, 60, 120), (10, 40, 70, 90), (0, 45, 52, 90)], ids=["wider", "moved", "other"]
)
def test_another_table_on_the_next_page_stays_another(edges: tuple[float, ...]) -> None:
    assert not goes_on(piece(1, HEAD, "规章|1|2"), piece(2, "甲|乙|丙", edges=edges))


def test_room_between_borders_is_no_column_and_no_row() -> None:
    xs, ys = (0.0, 30.0, 36.0, 66.0), (0.0, 20.0, 26.0, 46.0)
    fields = tuple(Field(r, c, 1, 1) for r in range(3) for c in range(3))
    lattice = Lattice(xs, ys, fields, True, False, False)
    glyphs = [
        Glyph(str(n), x, y, x + 5, y + 10, 10, 0, n, False)
        for n, (x, y) in enumerate([(5, 5), (41, 5), (5, 31), (41, 31)])
    ]
    table, warnings = ruled_table(lattice, glyphs, 1)
    assert table is not None and warnings == []
    assert [(c.row, c.text) for c in table.cells] == [(0, "0"), (0, "1"), (1, "2"), (1, "3")]
