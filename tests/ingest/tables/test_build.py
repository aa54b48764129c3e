"""From rows to tables, cells and figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from ingest.forms import Form
from ingest.model import Status
from ingest.readers import Document, TextLine
from ingest.tables import TablesRead, read_tables

Lines = Callable[..., list[TextLine]]
Values = dict[str, str]
ReadLines = Callable[..., TablesRead]

HEAD = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
ONE = ("信息内容", "本年处理决定数量")


@pytest.fixture
def tables(make_lines: Lines, form: Form) -> ReadLines:
    def build(*texts: str) -> TablesRead:
        document = Document("x.txt", "\n".join(texts), tuple(make_lines(*texts)))
        read = read_tables(document, (form,))
        assert read is not None
        return read

    return build


@pytest.mark.parametrize("lines", [[], ["今天"], ["规章", "2", "0", "11"], [*HEAD, "规章", "2"]])
def test_no_form_is_recognised_without_a_row(
    lines: list[str], make_lines: Lines, form: Form
) -> None:
    document = Document("x.txt", "", tuple(make_lines(*lines)))
    assert read_tables(document, (form,)) is None
    assert read_tables(document, ()) is None


def test_a_figure_has_both_paths_as_the_form_has_them_and_as_printed(tables: ReadLines) -> None:
    read = tables(
        "信息内容", "本年度制发数", "本年廢止件數", "现行有效件", "规范性文件", "2", "/", "１１"
    )
    made, repealed, in_force = read.figures
    assert (made.id, made.key, made.table) == ("t2.normative.made",) * 2 + ("t2",)
    assert made.row_path == ("第二十条第（一）项", "行政规范性文件")
    assert made.printed_row_path == ("第二十条第（一）项", "规范性文件")
    assert [f.column_path for f in read.figures] == [
        ("本年制发件数",),
        ("本年废止件数",),
        ("现行有效件数",),
    ]
    assert [f.printed_column_path for f in read.figures] == [
        ("本年度制发数",),
        ("本年廢止件數",),
        ("现行有效件",),
    ]
    assert [(f.value, f.status, f.unit) for f in (made, repealed, in_force)] == [
        (Decimal(2), Status.NUMBER, "件"),
        (None, Status.SLASH, "件"),
        (Decimal(11), Status.NUMBER, "件"),
    ]
    assert in_force.text == "１１"


@pytest.mark.parametrize(
    ("printed", "value", "unit", "status"),
    [
        ("59237.2449", Decimal("59237.2449"), "万元", Status.NUMBER),
        ("251000元", Decimal(251000), "元", Status.NUMBER),
        ("0", Decimal(0), "万元", Status.ZERO),
        ("/", None, "万元", Status.SLASH),
        ("-", None, "万元", Status.DASH),
        ("无", None, "万元", Status.TEXT),
    ],
)
def test_the_unit_in_the_cell_goes_before_the_unit_of_the_form(
    printed: str, value: Decimal | None, unit: str, status: Status, tables: ReadLines
) -> None:
    (fee,) = tables("信息内容", "本年收费金额（单位：万元）", "行政事业性收费", printed).figures
    assert (fee.value, fee.unit, fee.status, fee.text) == (value, unit, status, printed)


@pytest.mark.parametrize(
    ("printed", "notes"),
    [
        (
            "18(含新制發 4 件,修改 14 件)",
            [("t2.rules.made#新制发", "4"), ("t2.rules.made#修改", "14")],
        ),
        ("18(甲3件,甲4件)", [("t2.rules.made#甲", "3"), ("t2.rules.made#甲#2", "4")]),
        ("18(另行统计)", []),
        ("18①", []),
    ],
)
def test_notes(printed: str, notes: list[tuple[str, str]], tables: ReadLines) -> None:
    read = tables(*HEAD, "规章", printed, "22", "269")
    main, *rest = read.figures
    assert main.value == 18
    found = [f for f in rest if f.note_of]
    assert [(f.id, str(f.value)) for f in found] == notes
    for figure in found:
        assert (figure.note_of, figure.key, figure.unit) == ("t2.rules.made", None, "件")
        assert figure.column_path[:-1] == ("本年制发件数",)
        assert (figure.row, figure.column) == (main.row, main.column)


@pytest.mark.parametrize(
    ("more", "values", "code"),
    [
        (["行政许可", "5"], ["5"], "row-twice"),
        (["行政许可", "５"], ["5"], "row-twice"),
        (["行政许可", "6"], [], "row-conflict"),
        (["行政许可", "6", "行政许可", "5"], [], "row-conflict"),
        (["行政许可", "/"], [], "row-conflict"),
    ],
)
def test_a_row_printed_twice(
    more: list[str], values: list[str], code: str, tables: ReadLines
) -> None:
    read = tables(*HEAD, "规章", "2", "0", "11", *ONE, "行政许可", "5", *ONE, *more)
    assert [f.text for f in read.figures if f.key == "t2.licensing.decisions"] == values
    assert code in [w.code for w in read.warnings]


def test_a_table_of_which_every_row_conflicts_is_missing(tables: ReadLines) -> None:
    read = tables(*ONE, "行政许可", "5", *ONE, "行政许可", "6")
    assert read.figures == () and read.tables == ()
    codes = Counter(w.code for w in read.warnings)
    assert codes == {"row-conflict": 1, "table-missing": 3}


def test_every_missing_row_is_said(tables: ReadLines) -> None:
    read = tables(*HEAD, "规章", "2", "0", "11")
    texts = [w.text for w in read.warnings if w.code == "row-missing"]
    assert len(texts) == 5 and any("行政规范性文件" in t for t in texts)
    assert [w.code for w in read.warnings].count("table-missing") == 2


def test_rows_out_of_order_are_said(tables: ReadLines) -> None:
    read = tables(*HEAD, "行政规范性文件", "1", "2", "3", "规章", "4", "5", "6")
    assert "row-order" in [w.code for w in read.warnings]


def test_the_drawn_table_holds_each_figure_where_it_says(
    make_values: Callable[..., Values],
    make_text: Callable[[Values, str], str],
    tables: ReadLines,
) -> None:
    read = tables(*make_text(make_values(), "cells").splitlines())
    assert [t.id for t in read.tables] == ["t2", "t3", "t4"]
    by_table = {t.id: t for t in read.tables}
    for figure in read.figures:
        table = by_table[figure.table or ""]
        (cell,) = [c for c in table.cells if (c.row, c.column) == (figure.row, figure.column)]
        assert cell.text == figure.text and not cell.header
    for table in read.tables:
        places = Counter(
            (c.row + r, c.column + k)
            for c in table.cells
            for r in range(c.row_span)
            for k in range(c.column_span)
        )
        assert set(places.values()) == {1}
        height, width = (max(p[i] for p in places) + 1 for i in (0, 1))
        assert len(places) == height * width
    assert [t.unit for t in read.tables] == [None, "件", "件"]


def test_lines_of_tables_are_used_up_and_prose_is_not(tables: ReadLines) -> None:
    read = tables("一、总体情况", "今年很忙。", *ONE, "行政许可", "5", "五、存在的问题", "没有。")
    assert read.used_lines == {3, 4, 5, 6}
