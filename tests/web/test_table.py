from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Cell, Table
from web.table import MAX_ROWS, Lit, table_html


class Grid(HTMLParser):
    """Reads a table back as a browser does: every position with its tag, class and text."""

    def __init__(self, drawn: str) -> None:
        super().__init__()
        self.at: dict[tuple[int, int], tuple[str, str, str]] = {}
        self._row, self._column = -1, 0
        self._open: list[tuple[int, int]] = []
        self._tag = self._class = ""
        self.feed(drawn)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr":
            self._row, self._column = self._row + 1, 0
        if tag in ("td", "th"):
            while (self._row, self._column) in self.at:
                self._column += 1
            rows, columns = int(given.get("rowspan") or 1), int(given.get("colspan") or 1)
            self._open = [
                (r, c)
                for r in range(self._row, self._row + rows)
                for c in range(self._column, self._column + columns)
            ]
            self._tag, self._class = tag, given.get("class") or ""
            for position in self._open:
                assert position not in self.at, "two cells share a place"
                self.at[position] = (tag, self._class, "")

    def handle_data(self, data: str) -> None:
        for position in self._open:
            tag, kind, text = self.at[position]
            self.at[position] = (tag, kind, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = []

    def of_class(self, kind: str) -> set[tuple[int, int]]:
        return {at for at, (_, classes, _) in self.at.items() if classes == kind}


def test_the_table_comes_back_as_it_is(small_table: Table) -> None:
    grid = Grid(table_html(small_table, [], "zh"))
    assert len(grid.at) == 4 * 5
    for cell in small_table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                tag = "th" if cell.header else "td"
                assert grid.at[row, column] == (tag, "", cell.text)


def test_the_cell_and_the_headers_that_lead_to_it_are_lit(small_table: Table) -> None:
    lit = [Lit(3, 3, ("办理", "不公开"), ("法人", "其他"))]
    drawn = table_html(small_table, lit, "zh")
    grid = Grid(drawn)
    assert grid.of_class("lit") == {(3, 3)}
    assert grid.of_class("lit-head") == {(2, 0), (3, 0), (3, 1), (0, 2), (0, 3), (1, 3)}
    assert drawn.count('class="lit"') == 1


def test_without_paths_the_headers_beside_it_are_lit(small_table: Table) -> None:
    grid = Grid(table_html(small_table, [Lit(2, 2)], "zh"))
    assert grid.of_class("lit-head") == {(2, 0), (3, 0), (2, 1), (0, 2), (0, 3), (1, 2)}


def test_paths_pass_over_a_title_row_and_spaces(small_table: Table) -> None:
    title = Cell(0, 0, "（勾稽关系）", 1, 5, header=True)
    moved = tuple(replace(cell, row=cell.row + 1) for cell in small_table.cells)
    table = replace(small_table, cells=(title, *moved))
    grid = Grid(table_html(table, [Lit(3, 4, ("办理", "公 开"), ("总计",))], "zh"))
    assert grid.at[0, 0][1] == ""
    assert grid.at[1, 4][1] == "lit-head"


def test_a_blank_cell_says_so_in_the_readers_language(small_table: Table) -> None:
    assert 'class="lit" data-blank="空白" scope' not in table_html(small_table, [Lit(3, 2)], "zh")
    assert '<td class="lit" data-blank="空白"></td>' in table_html(small_table, [Lit(3, 2)], "zh")
    assert 'data-blank="blank"' in table_html(small_table, [Lit(3, 2)], "en")


def test_an_aside_is_lit_less_but_never_outshines(small_table: Table) -> None:
    lit = [Lit(2, 2), Lit(2, 3, aside=True), Lit(2, 2, aside=True)]
    grid = Grid(table_html(small_table, lit, "zh"))
    assert grid.of_class("lit") == {(2, 2)}
    assert grid.of_class("lit aside") == {(2, 3)}


def test_a_lit_header_is_a_value_cell(small_table: Table) -> None:
    grid = Grid(table_html(small_table, [Lit(2, 1)], "zh"))
    assert grid.at[2, 1][:2] == ("td", "lit")


@pytest.mark.parametrize("lit", [Lit(9, 9), Lit(-1, 0), Lit(0, 10**9)])
def test_a_place_outside_lights_nothing(small_table: Table, lit: Lit) -> None:
    assert 'class="lit' not in table_html(small_table, [lit], "zh")


def test_text_of_the_report_is_escaped() -> None:
    ugly = '<img src=x onerror=alert(1)>"&</td></table><script>'
    drawn = table_html(Table("g1", "", (), (Cell(0, 0, ugly),)), [Lit(0, 0)], "zh")
    assert re.findall(r"<(\w+)", drawn) == ["table", "tbody", "tr", "td"]


def test_no_cells_no_table() -> None:
    assert table_html(Table("g1", "", (), ()), [Lit(0, 0)], "zh") == ""


def test_a_long_table_shows_its_head_and_the_rows_around_the_cell() -> None:
    head = tuple(Cell(0, column, name, header=True) for column, name in enumerate("甲乙"))
    label = Cell(1, 0, "全部", 4999, 1, header=True)
    body = tuple(Cell(row, 1, str(row)) for row in range(1, 5000))
    table = Table("g1", "", (), (*head, label, *body))
    drawn = table_html(table, [Lit(3000, 1)], "zh")
    assert ">3000<" in drawn
    assert ">2987<" not in drawn
    assert ">2988<" in drawn
    assert ">3012<" in drawn
    assert ">3013<" not in drawn
    assert "此处略去 2987 行" in drawn
    assert "此处略去 1987 行" in drawn
    assert drawn.count("全部") == 1
    assert "<thead><tr><th" in drawn
    assert len(drawn) < 10_000
    assert len(table_html(table, [], "zh")) < 10_000


CELLS = st.builds(
    Cell,
    row=st.integers(-1, 8),
    column=st.integers(-1, 8),
    text=st.text(max_size=4),
    row_span=st.sampled_from([-1, 0, 1, 1, 2, 3, 10**9]),
    column_span=st.sampled_from([-1, 0, 1, 1, 2, 3, 10**9]),
    header=st.booleans(),
)


@given(st.lists(CELLS, max_size=30), st.integers(0, 8), st.integers(0, 8))
def test_no_set_of_cells_breaks_the_grid(cells: list[Cell], row: int, column: int) -> None:
    drawn = table_html(Table("g1", "", (), tuple(cells)), [Lit(row, column)], "en")
    grid = Grid(drawn)
    if grid.at:
        rows = {r for r, _ in grid.at}
        widths = {sum(r == row for r, _ in grid.at) for row in rows}
        assert len(widths) == 1
    assert MAX_ROWS > 8
