"""Tables without rules: lines of runs placed by hand, in letters of ten points."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.readers.pdf.lines import Run
from ingest.readers.pdf.pages import Line, line_of
from ingest.readers.pdf.tables import TablePiece, join
from ingest.readers.pdf.unruled import find_unruled


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
        pytest.param(
            [HEAD, line(20, (0, "规章"), (100, "2"), (215, "0"), (330, "11"))],
            [["信息内容", "制发件数", "废止件数", "有效件数"], ["规章", "2", "0", "11"]],
            id="each column set in its own way",
        ),
        pytest.param(
            [
                line(0, (0, "渠道"), (100, "2022年"), (200, "2023年")),
                line(20, (0, "网站"), (105, "2021"), (205, "2035")),
            ],
            [["渠道", "2022年", "2023年"], ["网站", "2021", "2035"]],
            id="figures that could be years, under years",
        ),
        pytest.param(
            [
                line(0, (260, "法人或其他组织")),
                line(10, (100, "自然人"), (480, "总计")),
                line(20, (200, "商业企业"), (300, "科研机构"), (400, "其他")),
                line(40, (0, "新收"), (110, "9"), (215, "4"), (315, "3"), (405, "2"), (485, "18")),
                line(60, (0, "结转"), (110, "1"), (215, "0"), (485, "1")),
            ],
            [
                ["", "自然人", *["法人或其他组织"] * 3, "总计"],
                ["", "自然人", "商业企业", "科研机构", "其他", "总计"],
                ["新收", "9", "4", "3", "2", "18"],
                ["结转", "1", "0", "", "", "1"],
            ],
            id="a head over some of the columns, others over both lines",
        ),
        pytest.param(
            [
                line(0, (0, "事项"), (200, "件数"), (300, "人次")),
                line(20, (80, "1.维持"), (200, "2"), (300, "3")),
                line(30, (0, "（一）复议")),
                line(40, (80, "2.纠正"), (200, "4"), (300, "5")),
                line(60, (0, "（二）诉讼"), (80, "1.维持"), (200, "6"), (300, "7")),
                line(80, (0, "（三）总计"), (200, "12"), (300, "15")),
            ],
            [
                ["事项", "事项", "件数", "人次"],
                ["（一）复议", "1.维持", "2", "3"],
                ["（一）复议", "2.纠正", "4", "5"],
                ["（二）诉讼", "1.维持", "6", "7"],
                ["（三）总计", "（三）总计", "12", "15"],
            ],
            id="labels over several rows",
        ),
        pytest.param(
            [
                line(0, (0, "事项"), (200, "件数"), (300, "人次")),
                line(20, (0, "1.政府信息公开申请"), (200, "2"), (300, "3")),
                line(40, (0, "2.行政复议")),
                line(60, (0, "3.行政诉讼"), (200, "4"), (300, "5")),
                line(80, (0, "4.举报"), (200, "6"), (300, "7")),
            ],
            [
                ["事项", "件数", "人次"],
                ["1.政府信息公开申请", "2", "3"],
                ["2.行政复议", "", ""],
                ["3.行政诉讼", "4", "5"],
                ["4.举报", "6", "7"],
            ],
            id="a row without figures",
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
        pytest.param(
            [[(0, "规章"), (100, "2"), (200, "0"), (300, "1")], [(0, "文件"), (100, "2"), (230, "0"), (355, "11")]],
            id="a figure beside its header",
        ),
        pytest.param([[(0, "规章"), (100, "2"), (120, "5"), (300, "1")]] * 2, id="two in a column"),
        pytest.param([[(0, "规章"), (100, "2"), (200, "0"), (400, "1")]] * 2, id="a column too many"),
        pytest.param(
            [[(0, "规章"), (100, "2"), (200, "0"), (300, "1")], [(0, "性文件")], [(0, "某"), (100, "2"), (200, "0")]],
            id="words that may belong to either row",
        ),
        pytest.param(
            [[(0, "1.甲"), (100, "2"), (200, "0"), (300, "1")], [(0, "或"), (20, "2.乙"), (100, "2"), (200, "0")]],
            id="a label over rows that are not told",
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


def test_a_line_below_a_label_may_be_a_row_of_its_own() -> None:
    # 规章 / 行政规范性文件 are two rows, or one label in two lines: the distance of rows is not known
    lines = [
        line(0, (40, "信息内容"), (200, "件数"), (300, "次数")),
        line(14, (50, "规章"), (200, "2"), (300, "3")),
        line(28, (25, "行政规范性文件")),
    ]
    assert table_of(lines) is None


@pytest.mark.parametrize(
    ("top", "row"),
    [
        pytest.param((0, "12345"), (0, "规章"), id="a header of figures"),
        pytest.param((0, "渠道"), (0, "渠道"), id="figures too close to be told apart"),
    ],
)
def test_figures_head_no_column(top: tuple[float, str], row: tuple[float, str]) -> None:
    lines = [line(0, top, (95, "1,203140"), (200, "8 77")), line(20, row, (100, "2"), (205, "3"))]
    assert table_of(lines) is None


def test_the_next_page_goes_on_under_the_same_heads() -> None:
    first = [HEAD, line(20, (0, "规章"), (118, "2"), (218, "0"), (318, "1"))]
    below = line(20, (0, "文件"), (118, "5"), (313, "112"))
    runs = [replace(run, page=2) for run in below.runs]
    items, warnings = find_unruled([*first, line_of(runs)])
    one, two = items
    assert isinstance(one, TablePiece) and isinstance(two, TablePiece)
    assert warnings == []
    assert [c.text for c in join([one, two]).cells if c.row == 2] == ["文件", "5", "", "112"]


def test_a_page_that_is_set_otherwise_does_not_go_on() -> None:
    first = [HEAD, line(20, (0, "规章"), (118, "2"), (218, "0"), (318, "1"))]
    below = [line(20 + 20 * n, (0, "文件"), (150, "5"), (350, "7")) for n in range(2)]
    other = [line_of([replace(run, page=2) for run in x.runs]) for x in below]
    items, warnings = find_unruled([*first, *other])
    assert items[1:] == other
    assert [w.place.page for w in warnings] == [2]
