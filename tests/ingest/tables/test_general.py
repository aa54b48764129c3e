"""Tables of no form: every figure has the words of its row and column, or is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.model import Status
from ingest.readers import Grid
from ingest.readers.rendition import Rendition, SourceCell
from ingest.tables.general import GeneralTable, read_general
from ingest.tables.stated import printed_unit

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


# how the cells of the rows are merged → the figures
MERGED: list[tuple[str, list[SourceCell], Read, set[str]]] = [
    (
        "a title merged over the whole width heads the rows below it",
        [
            *(SourceCell(0, c, t) for c, t in enumerate(("渠道", "收到", "办结"))),
            SourceCell(1, 0, "上年", column_span=3),
            *(SourceCell(2, c, t) for c, t in enumerate(("网络", "5", "4"))),
            SourceCell(3, 0, "本年", column_span=3),
            *(SourceCell(4, c, t) for c, t in enumerate(("网络", "7", "6"))),
        ],
        [
            ("上年/网络", "收到", "5", None),
            ("上年/网络", "办结", "4", None),
            ("本年/网络", "收到", "7", None),
            ("本年/网络", "办结", "6", None),
        ],
        set(),
    ),
    (
        "a label beside empty cells of their own may head rows or have none of its own",
        [
            *(SourceCell(0, c, t) for c, t in enumerate(("渠道", "收到", "办结"))),
            *(SourceCell(1, c, t) for c, t in enumerate(("上年", "", ""))),
            *(SourceCell(2, c, t) for c, t in enumerate(("网络", "5", "4"))),
        ],
        [],
        {"figure-without-header"},
    ),
    (
        "a label merged over two rows is in the words of both",
        [
            *(SourceCell(0, c, t) for c, t in enumerate(("渠道", "环节", "件数"))),
            SourceCell(1, 0, "网络", row_span=2),
            *(SourceCell(1, c, t) for c, t in ((1, "收到"), (2, "5"))),
            *(SourceCell(2, c, t) for c, t in ((1, "办结"), (2, "4"))),
        ],
        [("网络/收到", "件数", "5", None), ("网络/办结", "件数", "4", None)],
        set(),
    ),
    (
        "the same, drawn with an empty cell below it",
        [
            *(SourceCell(0, c, t) for c, t in enumerate(("渠道", "环节", "件数"))),
            *(SourceCell(1, c, t) for c, t in enumerate(("网络", "收到", "5"))),
            *(SourceCell(2, c, t) for c, t in enumerate(("", "办结", "4"))),
        ],
        [("网络/收到", "件数", "5", None)],
        {"figure-without-header"},
    ),
    (
        "years below a head that is merged over them",
        [
            SourceCell(0, 0, "渠道", row_span=2),
            SourceCell(0, 1, "收到", column_span=2),
            SourceCell(1, 1, "2022"),
            SourceCell(1, 2, "2023"),
            *(SourceCell(2, c, t) for c, t in enumerate(("网络", "5", "4"))),
        ],
        [("网络", "收到/2022", "5", None), ("网络", "收到/2023", "4", None)],
        set(),
    ),
    (
        "pairs, with a value that is merged over two labels",
        [
            SourceCell(0, 0, "收到"),
            SourceCell(0, 1, "12", row_span=2),
            SourceCell(1, 0, "办结"),
            *(SourceCell(2, c, t) for c, t in enumerate(("结转", "3"))),
        ],
        [("结转", "", "3", None)],
        {"figure-without-header"},
    ),
]


@pytest.mark.parametrize(("name", "cells", "figures", "warned"), MERGED, ids=[m[0] for m in MERGED])
def test_what_is_merged_is_certain(
    name: str, cells: list[SourceCell], figures: Read, warned: set[str]
) -> None:
    made = Rendition()
    made.grid(cells)
    (grid,) = made.blocks
    assert isinstance(grid, Grid)
    table = read_general(grid, "g1", (), "", None)
    assert flat(table) == figures
    assert codes(table) == warned


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
        ("单位：件、万元", None),
        ("单位：元/年", None),
        ("单位：百件", None),
        ("同比%", "%"),
        ("金额（千元）", None),
        ("主办单位", None),
        ("", None),
    ],
)
def test_a_stated_unit(text: str, unit: str | None) -> None:
    assert (printed_unit(text) or None) == unit


# Rows, figures and whether something was refused with a warning: where a number's words are not
# certain there is no figure. The truth is read off the rows.
CERTAIN: list[tuple[str, tuple[str, ...], str, Read, set[str]]] = [
    (
        "a row of blanks between others may be a heading: what is below it is refused",
        ("渠道|收到|办结", "当面|3|2", "邮寄||", "网络|5|4"),
        "",
        [("当面", "收到", "3", None), ("当面", "办结", "2", None)],
        {"figure-without-header"},
    ),
    (
        "其中 alone in its row swallows no total",
        ("渠道|收到|办结", "当面|3|2", "其中：||", "总计|8|6"),
        "",
        [("当面", "收到", "3", None), ("当面", "办结", "2", None)],
        {"figure-without-header"},
    ),
    (
        "rows numbered on are neighbours, not heading and part",
        ("指标|上年|本年", "一、收到||", "二、办结|7|5"),
        "",
        [("二、办结", "上年", "7", None), ("二、办结", "本年", "5", None)],
        set(),
    ),
    (
        "(1) and (2) are neighbours too",
        ("指标|上年|本年", "（1）收到||", "（2）办结|7|5", "（3）退回|1|"),
        "",
        [
            ("(2)办结", "上年", "7", None),
            ("(2)办结", "本年", "5", None),
            ("(3)退回", "上年", "1", None),
        ],
        set(),
    ),
    (
        "a word of absence is a value, in the first row",
        ("渠道|件数", "当面|无", "网络|5"),
        "",
        [("网络", "件数", "5", None)],
        set(),
    ),
    (
        "a word of absence is a value, in between",
        ("渠道|收到", "网络|5", "信函|无", "当面|4"),
        "",
        [("网络", "收到", "5", None), ("当面", "收到", "4", None)],
        set(),
    ),
    (
        "words of absence are values in several columns",
        ("渠道|收到|办结", "网络|未统计|不详", "信函|1|3"),
        "",
        [("信函", "收到", "1", None), ("信函", "办结", "3", None)],
        set(),
    ),
    (
        "a row of other words below the header is none for certain",
        ("渠道|件数", "当面|按时", "网络|5"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "a row of words among numbers heads nothing for certain",
        ("区县|受理|办结", "东区|3|2", "西区|移送|退回", "南区|4|5"),
        "",
        [("东区", "受理", "3", None), ("东区", "办结", "2", None)],
        {"figure-without-header"},
    ),
    (
        "the same corner says that a header is printed again",
        ("区县|受理|办结", "东区|3|2", "区县|移送|退回", "南区|4|5"),
        "",
        [
            ("东区", "受理", "3", None),
            ("东区", "办结", "2", None),
            ("南区", "移送", "4", None),
            ("南区", "退回", "5", None),
        ],
        set(),
    ),
    (
        "words right of a value belong to what follows",
        ("渠道|收到|结果|办结", "网络|5|予以公开|3", "信函|2|不予公开|1"),
        "",
        [("网络", "收到", "5", None), ("信函", "收到", "2", None)],
        {"figure-without-header"},
    ),
    (
        "two tables side by side",
        ("指标|数值|项目|数量", "收到申请|无|办结|11"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "two tables side by side under the same heads",
        ("指标|数值|指标|数值", "收到申请|12|办结|11", "结转|无|复议|0"),
        "",
        [("收到申请", "数值", "12", None)],
        {"figure-without-header"},
    ),
    (
        "side by side, with words in place of the first values",
        ("指标|数值|指标|数值", "收到申请|详见附件|办结|11", "结转|见附件|复议|1"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "a note column at the right ends nothing",
        ("单位|件数|金额（元）|备注", "教育局|3|40|", "民政局|1|20|逾期"),
        "",
        [
            ("教育局", "件数", "3", None),
            ("教育局", "金额(元)", "40", "元"),
            ("民政局", "件数", "1", None),
            ("民政局", "金额(元)", "20", "元"),
        ],
        set(),
    ),
    (
        "pairs of label and value, one value a word",
        ("收到申请|无|办结|11", "结转|1|复议|0"),
        "",
        [("办结", "", "11", None), ("结转", "", "1", None), ("复议", "", "0", None)],
        set(),
    ),
    (
        "pairs with the value first",
        ("12|收到申请|11|办结", "1|结转|0|复议"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "two labels before a value, no header",
        ("收到申请|详见附件|办结|11", "结转|1|复议|0"),
        "",
        [("结转", "", "1", None), ("复议", "", "0", None)],
        {"figure-without-header"},
    ),
    (
        "label and several values, no header",
        ("网络|5|3", "信函|4|2"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "counts that look like years, under words",
        ("区县|受理|办结", "东区|2012|1999", "西区|1998|3"),
        "",
        [
            ("东区", "受理", "2012", None),
            ("东区", "办结", "1999", None),
            ("西区", "受理", "1998", None),
            ("西区", "办结", "3", None),
        ],
        set(),
    ),
    (
        "counts that look like years, under years",
        ("指标|2022|2023", "收到|2021|2024", "结转|3|4"),
        "",
        [
            ("收到", "2022", "2021", None),
            ("收到", "2023", "2024", None),
            ("结转", "2022", "3", None),
            ("结转", "2023", "4", None),
        ],
        set(),
    ),
    (
        "a row without a label whose counts look like years heads nothing",
        ("渠道|受理|办结", "网络|5|4", "|2012|1998", "结转|3|2"),
        "",
        [("网络", "受理", "5", None), ("网络", "办结", "4", None)],
        {"figure-without-header"},
    ),
    (
        "the same right below the header",
        ("渠道|受理|办结", "|2012|1998", "结转|3|2"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "a first row of counts that look like years",
        ("网络|2021|2024", "信函|3|5"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "one number that is a count or the year of what is below it",
        ("网络|2023", "信函|5"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "a column of counts that look like years, before words",
        ("区县|受理|备注", "东区|2012|按时", "西区|1999|逾期"),
        "",
        [("东区", "受理", "2012", None), ("西区", "受理", "1999", None)],
        set(),
    ),
    (
        "a column of years says so",
        ("区县|年份|受理", "东区|2022|5", "东区|2023|7"),
        "",
        [("东区/2022", "受理", "5", None), ("东区/2023", "受理", "7", None)],
        set(),
    ),
    (
        "counts 1, 2, 3 are no running numbers",
        ("渠道|受理|办结", "当面|1|1", "信函|2|2", "网络|3|4"),
        "",
        [
            ("当面", "受理", "1", None),
            ("当面", "办结", "1", None),
            ("信函", "受理", "2", None),
            ("信函", "办结", "2", None),
            ("网络", "受理", "3", None),
            ("网络", "办结", "4", None),
        ],
        set(),
    ),
    (
        "running numbers behind the names, under their head",
        ("单位|序号|件数", "教育局|1|30", "民政局|2|4"),
        "",
        [("教育局", "件数", "30", None), ("民政局", "件数", "4", None)],
        set(),
    ),
    (
        "mostly words of absence make no label",
        ("渠道|收到|办结", "网络|无|2", "信函|无|1", "当面|5|3"),
        "",
        [
            ("网络", "办结", "2", None),
            ("信函", "办结", "1", None),
            ("当面", "收到", "5", None),
            ("当面", "办结", "3", None),
        ],
        set(),
    ),
    (
        "a column of words with a number in it is neither label nor value",
        ("渠道|收到|办结", "网络|按时|2", "信函|逾期|1", "当面|5|3"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "a row of column numbers",
        ("渠道|收到|办结", "栏次|1|2", "网络|5|4"),
        "",
        [("网络", "收到", "5", None), ("网络", "办结", "4", None)],
        set(),
    ),
    (
        "a row of column numbers behind 甲",
        ("渠道|收到|办结", "甲|1|2", "网络|5|4"),
        "",
        [("网络", "收到", "5", None), ("网络", "办结", "4", None)],
        set(),
    ),
    (
        "a row of stems",
        ("渠道|收到|办结", "甲|乙|丙", "网络|5|4"),
        "",
        [("网络", "收到", "5", None), ("网络", "办结", "4", None)],
        set(),
    ),
    (
        "甲, 乙 and 丙 may be names",
        ("姓名|收到|办结", "甲|1|2", "乙|3|4"),
        "",
        [
            ("甲", "收到", "1", None),
            ("甲", "办结", "2", None),
            ("乙", "收到", "3", None),
            ("乙", "办结", "4", None),
        ],
        set(),
    ),
    (
        "a label that was merged over two rows is not carried down by guess",
        ("渠道|环节|件数", "网络|收到|5", "|办结|4", "信函|收到|3"),
        "",
        [("网络/收到", "件数", "5", None), ("信函/收到", "件数", "3", None)],
        {"figure-without-header"},
    ),
    (
        "a total beside an empty label cell",
        ("渠道|环节|件数", "网络|收到|5", "合计||9"),
        "",
        [("网络/收到", "件数", "5", None), ("合计", "件数", "9", None)],
        set(),
    ),
    (
        "an empty label cell that is no total's",
        ("渠道|环节|件数", "网络|收到|5", "信函||4"),
        "",
        [("网络/收到", "件数", "5", None)],
        {"figure-without-header"},
    ),
    (
        "an empty upper head is not filled by guess",
        ("渠道|申请||其中", "|总数|网络|", "东区|5|4|3"),
        "",
        [("东区", "申请/总数", "5", None)],
        {"figure-without-header"},
    ),
    (
        "a telephone number, a code and a date are no quantities",
        ("单位|联系电话|机构代码|成立日期|件数", "教育局|87654321|110108|20230105|3"),
        "",
        [("教育局", "件数", "3", None)],
        set(),
    ),
    (
        "the same beside their labels",
        ("联系电话|87654321", "收到申请|12", "日期|20230105", "邮政编码|100000"),
        "",
        [("收到申请", "", "12", None)],
        set(),
    ),
    (
        "the telephone as a channel",
        ("渠道|件数", "网络|5", "电话|3"),
        "",
        [("网络", "件数", "5", None), ("电话", "件数", "3", None)],
        set(),
    ),
    (
        "a note below the table",
        ("渠道|件数", "网络|5", "注：1.数据截至|2023"),
        "",
        [("网络", "件数", "5", None)],
        {"figure-without-header"},
    ),
    (
        "numbered records, one without values, and their total",
        ("序号|单位|件数|金额", "1|教育局|30|5", "2|民政局||", "3|公安局|4|0", "合计||34|5"),
        "",
        [
            ("教育局", "件数", "30", None),
            ("教育局", "金额", "5", None),
            ("公安局", "件数", "4", None),
            ("公安局", "金额", "0", None),
            ("合计", "件数", "34", None),
            ("合计", "金额", "5", None),
        ],
        set(),
    ),
    (
        "a total with dashes in place of its labels",
        ("单位|类别|件数", "教育局|申请|30", "民政局|复议|4", "合计|—|34"),
        "",
        [
            ("教育局/申请", "件数", "30", None),
            ("民政局/复议", "件数", "4", None),
            ("合计", "件数", "34", None),
        ],
        set(),
    ),
    (
        "codes that do not count up stand beside the names",
        ("代码|指标|数值", "2001|收到|5", "2007|办结|4"),
        "",
        [("收到", "数值", "5", None), ("办结", "数值", "4", None)],
        set(),
    ),
    (
        "a title in the first row of a sheet of two columns",
        ("各渠道情况（单位：件）|", "渠道|收到", "网络|5", "信函|无"),
        "",
        [("网络", "收到", "5", "件")],
        set(),
    ),
    (
        "a label alone in its row, in two columns",
        ("渠道|收到", "网络|5", "上年|", "信函|3"),
        "",
        [("网络", "收到", "5", None)],
        {"figure-without-header"},
    ),
    (
        "a part of something that is not named",
        ("渠道|收到|其中", "网络|5|4", "其中|3|2"),
        "",
        [("网络", "收到", "5", None)],
        {"figure-without-header"},
    ),
    (
        "a label that comes twice: the rows are parts of others, none is whole",
        ("项目|件数", "收到|12", "网络|5", "信函|7", "办结|11", "网络|4"),
        "",
        [],
        {"figure-not-unique"},
    ),
    (
        "numbers with words are no labels",
        ("渠道|收到|办结", "网络|约5|3", "信函|约4|2"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "a rise and a fall are no labels",
        ("渠道|同比|件数", "网络|增3件|5", "信函|减2件|7"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "a label that may be a count's beside numbers that may be years",
        ("公开信息|2021|2024", "网站|5|6"),
        "",
        [],
        {"figure-without-header"},
    ),
    (
        "years that follow each other below a corner that is one",
        ("公开信息|2021|2022", "网站|5|6"),
        "",
        [("网站", "2021", "5", None), ("网站", "2022", "6", None)],
        set(),
    ),
    (
        "ranks are no figures",
        ("区县|受理|排名", "东区|5|2", "西区|9|1"),
        "",
        [("东区", "受理", "5", None), ("西区", "受理", "9", None)],
        set(),
    ),
    (
        "a title over each of two tables heads its rows",
        (
            "2022年各渠道情况|2022年各渠道情况|2022年各渠道情况",
            "渠道|收|办",
            "网络|1|2",
            "2023年各渠道情况|2023年各渠道情况|2023年各渠道情况",
            "渠道|收|办",
            "网络|3|4",
        ),
        "",
        [
            ("2022年各渠道情况/网络", "收", "1", None),
            ("2022年各渠道情况/网络", "办", "2", None),
            ("2023年各渠道情况/网络", "收", "3", None),
            ("2023年各渠道情况/网络", "办", "4", None),
        ],
        set(),
    ),
]


@pytest.mark.parametrize(
    ("name", "rows", "caption", "figures", "warned"), CERTAIN, ids=[c[0] for c in CERTAIN]
)
def test_only_what_has_certain_words(
    name: str,
    rows: tuple[str, ...],
    caption: str,
    figures: Read,
    warned: set[str],
    make_grid: MakeGrid,
) -> None:
    table = read_general(make_grid(*rows), "g1", (), caption, None)
    assert flat(table) == figures
    assert codes(table) == warned


# rows, caption → the units of the figures, in order
UNITS: list[tuple[tuple[str, ...], str, list[str | None]]] = [
    (("渠道|收到|占比", "网络|5|55.6"), "单位：件", ["件", None]),
    (("渠道|收到|增长", "网络|5|20"), "单位：件", ["件", None]),
    (("渠道|收到|同比%|占比%", "网络|5|20|3"), "单位：件", ["件", "%", "%"]),
    (("渠道|收到|同比增幅", "网络|5|20"), "单位：件", ["件", None]),
    (("渠道|收到|办结率", "网络|5|20"), "单位：件", ["件", None]),
    (("渠道|收到|环比（%）", "网络|5|20"), "单位：件", ["件", "%"]),
    (("指标|本年", "收到|5", "办结率|98"), "单位：件", ["件", None]),
    (("指标|本年|占比", "收到（件）|5|98"), "", ["件", None]),
    (("渠道|收到|收费", "网络|5|20"), "单位：件、万元", [None, None]),
    (("渠道|收到|收费", "网络|5|20"), "（单位：件/元）", [None, None]),
    (("项目|单位|本年", "收费|万元|3", "收到|件|5"), "单位：件", ["万元", "件"]),
    (("项目|单位|本年", "收费|千元|3", "收到|件|5"), "单位：件", [None, "件"]),
    (("项目|本年|单位", "收费|3|万元", "收到|5|件"), "单位：件", ["万元", "件"]),
    (("项目|收到|收费", "单位|件|万元", "网络|5|3"), "单位：件", ["件", "万元"]),
    (("项目|金额（千元）", "收费|3"), "单位：万元", [None]),
    (("项目|金额（人民币元）", "收费|3"), "单位：万元", [None]),
    (("项目|金额（单位：百元）", "收费|3"), "单位：万元", [None]),
    (("项目|收到|收费金额", "网络|5|3"), "单位：件", ["件", None]),
    (("项目|件数|收费金额", "网络|5|3"), "单位：万元", [None, "万元"]),
    (("行政事业性收费|251000|元", "采购|3|万元"), "单位：万元", ["元", "万元"]),
    (("行政事业性收费|251000|千元", "采购|3|万元"), "单位：万元", [None, "万元"]),
    (("行政事业性收费|元|251000", "采购|万元|3"), "", ["元", "万元"]),
    (("项目|收到（2022年）", "网络|5"), "单位：件", ["件"]),
    (("地区|数量（市）", "东部|5"), "单位：件", ["件"]),
    (("项目|单位|本年", "收费|万元|3", "其他||5"), "单位：件", ["万元", None]),
    (("项目|金额/元", "收费|3"), "单位：万元", ["元"]),
    (("项目|金额[元]", "收费|3"), "单位：万元", ["元"]),
    (("项目|收费金额元", "收费|3"), "单位：万元", ["元"]),
    (("项目|收费金额千元", "收费|3"), "单位：万元", [None]),
    (("项目|数量：万件", "收到|3"), "单位：件", [None]),
    (("项目|收到|收费", "|（件）|（元）", "网络|5|3"), "单位：万元", ["件", "元"]),
    (("单位：万元|单位：万元", "项目|本年", "收费|3"), "", ["万元"]),
    (("项目|本年", "收费|251000（元）"), "单位：万元", ["元"]),
    (("项目|本年", "收费|251（千元）"), "单位：万元", []),
]


@pytest.mark.parametrize(("rows", "caption", "units"), UNITS)
def test_the_unit_is_what_is_printed_for_the_figure(
    rows: tuple[str, ...], caption: str, units: list[str | None], make_grid: MakeGrid
) -> None:
    table = read_general(make_grid(*rows), "g1", (), caption, None)
    assert table is not None
    assert [f.unit for f in table.figures] == units
