"""Tables without rules: lines of runs placed by hand, in letters of ten points."""

from __future__ import annotations

import pytest

from ingest.readers.pdf_lines import Run
from ingest.readers.pdf_pages import Line, line_of
from ingest.readers.pdf_tables import TablePiece
from ingest.readers.pdf_unruled import find_unruled


def line(top: float, *runs: tuple[float, str]) -> Line:
    """Runs that begin at x; a Latin letter is half as wide as a Chinese one."""
    made = []
    for x, text in runs:
        wide = sum(5.0 if c.isascii() else 10.0 for c in text)
        made.append(Run(text, (x, top, x + wide, top + 10), 10, 1))
    return line_of(made)


HEAD = line(0, (0, "信息内容"), (100, "制发件数"), (200, "废止件数"), (300, "有效件数"))


def table_of(lines: list[Line]) -> list[list[str]] | None:
    items, _ = find_unruled(lines)
    if not any(isinstance(i, TablePiece) for i in items):
        assert items == lines  # nothing is lost
        return None
    (table,) = [i for i in items if isinstance(i, TablePiece)]
    rows = [[""] * (len(table.xs) - 1) for _ in range(table.height)]
    for c in table.cells:
        for r in range(c.row, c.row + c.rows):
            for k in range(c.column, c.column + c.columns):
                rows[r][k] = c.text
    return rows


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param(
            [HEAD, line(20, (0, "规章"), (100, "2"), (200, "0"), (300, "11"))],
            [["信息内容", "制发件数", "废止件数", "有效件数"], ["规章", "2", "0", "11"]],
            id="flush left",
        ),
        pytest.param(
            [
                HEAD,
                line(20, (0, "规章"), (118, "2"), (318, "1")),
                line(40, (0, "文件"), (218, "5")),
            ],
            [
                ["信息内容", "制发件数", "废止件数", "有效件数"],
                ["规章", "2", "", "1"],
                ["文件", "", "5", ""],
            ],
            id="centred, with blanks",
        ),
        pytest.param(
            [
                line(0, (160, "行政复议"), (460, "行政诉讼")),
                line(20, (100, "维持"), (170, "纠正"), (240, "总计"), (400, "维持"), (540, "总计")),
                line(40, (100, "1"), (170, "2"), (240, "3"), (400, "4"), (540, "4")),
                line(60, (100, "1"), (170, "2"), (240, "3"), (400, "4"), (540, "4")),
            ],
            [
                ["行政复议"] * 3 + ["行政诉讼"] * 2,
                ["维持", "纠正", "总计", "维持", "总计"],
                ["1", "2", "3", "4", "4"],
                ["1", "2", "3", "4", "4"],
            ],
            id="two levels, no labels",
        ),
        pytest.param(
            [
                HEAD,
                line(20, (0, "1.行政规范"), (100, "2"), (200, "0"), (300, "11")),
                line(32, (0, "性文件")),
                line(60, (0, "2.规章"), (100, "3"), (200, "0"), (300, "12")),
            ],
            [
                ["信息内容", "制发件数", "废止件数", "有效件数"],
                ["1.行政规范性文件", "2", "0", "11"],
                ["2.规章", "3", "0", "12"],
            ],
            id="a label in two lines",
        ),
    ],
)
def test_what_is_certain_becomes_a_table(lines: list[Line], wanted: list[list[str]]) -> None:
    assert table_of(lines) == wanted
    assert find_unruled(lines)[1] == []


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([[(0, "规章"), (150, "2"), (250, "0")]] * 2, id="between two headers"),
        pytest.param([[(0, "规章"), (100, "2"), (215, "0"), (335, "11")]] * 2, id="set unlike"),
        pytest.param([[(0, "规章"), (100, "2"), (120, "5"), (300, "1")]] * 2, id="two in a column"),
        pytest.param([[(0, "规章"), (100, "2"), (200, "0"), (400, "1")]] * 2, id="a column too many"),
        pytest.param(
            [[(0, "规章"), (100, "2"), (200, "0"), (300, "1")], [(0, "性文件")], [(0, "某"), (100, "2"), (200, "0")]],
            id="words that may belong to either row",
        ),
    ],
)  # fmt: skip
def test_what_is_not_certain_stays_lines_with_a_warning(
    rows: list[list[tuple[float, str]]],
) -> None:
    lines = [HEAD, *(line(20 + 14 * n, *row) for n, row in enumerate(rows))]
    assert table_of(lines) is None
    (warning,) = find_unruled(lines)[1]
    assert (warning.code, warning.place.page) == ("pdf-table-unruled", 1)


def test_prose_with_gaps_is_no_table() -> None:
    lines = [
        line(0, (0, "联系人：某某"), (200, "电话：12345678")),
        line(20, (0, "全市共公开信息一百条，比上年增加。")),
        line(40, (0, "地址：某路一号"), (200, "邮编：100000")),
    ]
    assert find_unruled(lines) == (lines, [])
