"""Tables of no form: every figure has the words of its row and column, or is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.model import Status
from ingest.readers import Grid
from ingest.readers.rendition import Rendition, SourceCell
from ingest.tables.general import GeneralTable, read_general, stated_unit

MakeGrid = Callable[..., Grid]
# (row path, column path, value, unit)
Read = list[tuple[str, str, str | None, str | None]]


def flat(table: GeneralTable | None) -> Read:
    assert table is not None
    return [
        (
            "/".join(f.row_path),
            "/".join(f.column_path),
            None if f.value is None else str(f.value),
            f.unit,
        )
        for f in table.figures
    ]


def codes(table: GeneralTable | None) -> set[str]:
    assert table is not None
    return {w.code for w in table.warnings}


PLAIN: list[tuple[str, tuple[str, ...], str, Read]] = [
    (
        "one header row",
        ("渠道|收到（件）|占比（%）", "网络|120|60", "信函|80|40"),
        "",
        [
            ("网络", "收到(件)", "120", "件"),
            ("网络", "占比(%)", "60", "%"),
            ("信函", "收到(件)", "80", "件"),
            ("信函", "占比(%)", "40", "%"),
        ],
    ),
    (
        "years are headers, not figures; the caption has the unit",
        ("指标|2022|2023", "新收|1,116|1343", "结转|12|／"),
        "近两年对比（单位：件）",
        [
            ("新收", "2022", "1116", "件"),
            ("新收", "2023", "1343", "件"),
            ("结转", "2022", "12", "件"),
            ("结转", "2023", None, "件"),
        ],
    ),
    (
        "counts that look like years stay counts",
        ("指标|上年|本年", "新收|2022|2023", "结转|5|6"),
        "",
        [
            ("新收", "上年", "2022", None),
            ("新收", "本年", "2023", None),
            ("结转", "上年", "5", None),
            ("结转", "本年", "6", None),
        ],
    ),
    (
        "years are row labels",
        ("年份|申请量", "2022年|5", "2023年|7"),
        "",
        [("2022年", "申请量", "5", None), ("2023年", "申请量", "7", None)],
    ),
    (
        "a running number is no figure and no label",
        ("序号|单位|件数", "1|教育局|30", "2|民政局|4", "3|公安局|0"),
        "",
        [
            ("教育局", "件数", "30", None),
            ("民政局", "件数", "4", None),
            ("公安局", "件数", "0", None),
        ],
    ),
    (
        "the unit in the cell is apart from the number and wins",
        ("项目|金额（万元）", "采购|251000元", "印刷|3.5"),
        "",
        [("采购", "金额(万元)", "251000", "元"), ("印刷", "金额(万元)", "3.5", "万元")],
    ),
    (
        "a title row heads the rows below it",
        ("项目|件数", "申请|申请", "网络|3", "信函|4", "复议|复议", "维持|1", "纠正|2"),
        "",
        [
            ("申请/网络", "件数", "3", None),
            ("申请/信函", "件数", "4", None),
            ("复议/维持", "件数", "1", None),
            ("复议/纠正", "件数", "2", None),
        ],
    ),
    (
        "two tables in one grid",
        ("甲|收|办", "东区|1|2", "乙|退|还", "东区|3|4"),
        "",
        [
            ("东区", "收", "1", None),
            ("东区", "办", "2", None),
            ("东区", "退", "3", None),
            ("东区", "还", "4", None),
        ],
    ),
    (
        "labels and values side by side, no header",
        ("收到申请|12|办结|11", "结转|1|复议|0"),
        "",
        [
            ("收到申请", "", "12", None),
            ("办结", "", "11", None),
            ("结转", "", "1", None),
            ("复议", "", "0", None),
        ],
    ),
    (
        "words among the values are no figures",
        ("单位|件数|说明", "教育局|3|按时", "民政局|不详|逾期"),
        "",
        [("教育局", "件数", "3", None)],
    ),
    (
        "an index block holds no quantity",
        ("索引号|014416330/2018-04736|分类|综合政务", "文号|无|日期|2024-01-31"),
        "",
        [],
    ),
]


@pytest.mark.parametrize(("name", "rows", "caption", "figures"), PLAIN, ids=[p[0] for p in PLAIN])
def test_header_paths_of_plain_grids(
    name: str, rows: tuple[str, ...], caption: str, figures: Read, make_grid: MakeGrid
) -> None:
    table = read_general(make_grid(*rows), "g1", (), caption, None)
    assert flat(table) == figures
    assert codes(table) == set()


def test_merged_headers_give_whole_paths() -> None:
    made = Rendition()
    made.grid(
        [
            SourceCell(0, 0, "区县", row_span=2),
            SourceCell(0, 1, "申请", column_span=2),
            SourceCell(0, 3, "复议", row_span=2),
            SourceCell(1, 1, "新收"),
            SourceCell(1, 2, "结转"),
            SourceCell(2, 0, "东部", row_span=2),
            SourceCell(2, 1, "0"),
            SourceCell(2, 2, "0"),
            SourceCell(2, 3, "5"),
            SourceCell(3, 1, "6"),
            SourceCell(3, 2, "7"),
            SourceCell(3, 3, "8"),
        ]
    )
    (grid,) = made.blocks
    assert isinstance(grid, Grid)
    table = read_general(grid, "g2", ("一、总体情况",), "", "件")
    # both rows are called 东部: nothing tells their figures apart
    assert flat(table) == [] and codes(table) == {"figure-not-unique"}
    assert table is not None
    assert table.table.section == ("一、总体情况",) and table.table.unit == "件"
    heads = {(c.row, c.column): (c.row_span, c.column_span) for c in table.table.cells if c.header}
    assert heads[(0, 1)] == (1, 2) and heads[(2, 0)] == (2, 1)


def test_equal_neighbours_are_two_figures() -> None:
    made = Rendition()
    made.grid(
        [
            SourceCell(0, 0, ""),
            SourceCell(0, 1, "新收"),
            SourceCell(0, 2, "结转"),
            SourceCell(1, 0, "东区"),
            SourceCell(1, 1, "0"),
            SourceCell(1, 2, "0"),
            SourceCell(2, 0, "西区"),
            SourceCell(2, 1, "3", column_span=2),
        ]
    )
    (grid,) = made.blocks
    assert isinstance(grid, Grid)
    table = read_general(grid, "g1", (), "", None)
    assert flat(table) == [("东区", "新收", "0", None), ("东区", "结转", "0", None)]
    assert table is not None and [f.id for f in table.figures] == ["g1.r1.c1", "g1.r1.c2"]
    # a value that is merged over two columns belongs to neither alone
    assert codes(table) == {"figure-without-header"}


def test_rows_of_unlike_length_give_no_figure(make_grid: MakeGrid) -> None:
    grid = make_grid("渠道|一季度|二季度|三季度", "网络|1|2", "信函|3|4|5")
    table = read_general(grid, "g1", (), "各渠道", None)
    assert flat(table) == [] and codes(table) == {"table-unread"}


def test_a_number_without_words_is_no_figure(make_grid: MakeGrid) -> None:
    table = read_general(make_grid("|件数", "|3", "网络|4"), "g1", (), "", None)
    assert flat(table) == [("网络", "件数", "4", None)]
    assert codes(table) == {"figure-without-header"}


@pytest.mark.parametrize("rows", [("只有一行|1",), ("一列", "两行"), ("", "")])
def test_what_is_no_table(rows: tuple[str, ...], make_grid: MakeGrid) -> None:
    assert read_general(make_grid(*rows), "g1", (), "", None) is None


def test_marks_keep_their_status(make_grid: MakeGrid) -> None:
    table = read_general(make_grid("项|件数", "甲|/", "乙|—", "丙|0", "丁|"), "g1", (), "", None)
    assert table is not None
    assert [f.status for f in table.figures] == [Status.SLASH, Status.DASH, Status.ZERO]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("表1 各渠道申请情况（单位：件）", "件"),
        ("单位:万元", "万元"),
        ("计量单位：人次", "人次"),
        ("收费金额（万元）", "万元"),
        ("占比(%)", "%"),
        ("增长（2022年）（件）", "件"),
        ("（本列数据的勾稽关系为…）", None),
        ("单位：教育局", None),
        ("主办单位", None),
        ("", None),
    ],
)
def test_a_stated_unit(text: str, unit: str | None) -> None:
    assert stated_unit(text) == unit
