"""Tables flattened to one cell a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.forms import Form
from ingest.readers import TextLine
from ingest.tables.labels import labels_of
from ingest.tables.rows import Findings
from ingest.tables.stream import left_over
from ingest.tables.tokens import prepare
from tests.ingest.tables.whole import read_stream

Lines = Callable[..., list[TextLine]]

HEAD = ("第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
ONE = ("第二十条第（五）项", "信息内容", "本年处理决定数量")
TWO = ("第二十条第（六）项", "信息内容", "本年处理决定数量")
T4 = (
    *("行政复议", "行政诉讼", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"),
    *("未经复议直接起诉", "复议后起诉"),
    *("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 2,
)


def _rows(findings: Findings) -> dict[str, list[str]]:
    return {f"{r.table.key}.{r.row.key}": [v.text for v in r.values] for r in findings.rows}


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ([*HEAD, "规章", "2", "0", "11"], {"t2.rules": ["2", "0", "11"]}),
        ([*HEAD, "規(guī)章", "２", "/", "—"], {"t2.rules": ["２", "/", "—"]}),
        ([*HEAD, "规章", "", "2", " ", "0", "", "11"], {"t2.rules": ["2", "0", "11"]}),
        ([*HEAD, "规章 2 0 11"], {"t2.rules": ["2", "0", "11"]}),
        ([*HEAD, "规章", "2 0 11"], {"t2.rules": ["2", "0", "11"]}),
        ([*HEAD, "规章", "2\t0", "11"], {"t2.rules": ["2", "0", "11"]}),
        ([*HEAD, "规章", "1,234", "0", "11件"], {"t2.rules": ["1,234", "0", "11件"]}),
        ([*HEAD, "规章", "&nbsp;", "0", "11"], {"t2.rules": ["&nbsp;", "0", "11"]}),
        ([*HEAD, "规章", "-", "-", "-"], {"t2.rules": ["-", "-", "-"]}),
        ([*ONE, "行政许可", "-"], {"t2.licensing": ["-"]}),
        ([*ONE, "行政许可", "/", *ONE], {"t2.licensing": ["/"]}),
        ([*HEAD, "规章", "无", "0", "**"], {"t2.rules": ["无", "0", "**"]}),
        # a line of nothing but a zero-width space is a blank line, no cell
        ([*HEAD, "规章", "2", "\u200b", "0", "11"], {"t2.rules": ["2", "0", "11"]}),
        # notes
        (
            [*HEAD, "规章", "18(含新制發 4 件,修改 14 件)", "22", "269"],
            {"t2.rules": ["18(含新制發 4 件,修改 14 件)", "22", "269"]},
        ),
        (
            [*HEAD, "规章", "18", "（含新制发4件）", "22", "269"],
            {"t2.rules": ["18（含新制发4件）", "22", "269"]},
        ),
        # header cells that broke
        (
            [
                *HEAD[:2],
                "本年",
                "制发",
                "件数",
                "本年废止",
                "件数",
                "现行有",
                "效件数",
                "规章",
                "2",
                "0",
                "11",
            ],
            {"t2.rules": ["2", "0", "11"]},
        ),
        # label variants, and a slip
        (
            ["信息内容", "本年度制发数", "本年废止数", "现行有效件", "规范性文件", "2", "0", "11"],
            {"t2.normative": ["2", "0", "11"]},
        ),
        ([*HEAD, "行政规犯性文件", "2", "0", "11"], {"t2.normative": ["2", "0", "11"]}),
        # a page number in the header, a unit line
        ([*HEAD[:4], "- 3 -", HEAD[4], "规章", "2", "0", "11"], {"t2.rules": ["2", "0", "11"]}),
        ([*HEAD, "单位：件", "规章", "2", "0", "11"], {"t2.rules": ["2", "0", "11"]}),
        # the corner of the next table is no note
        (
            [
                *ONE,
                "行政许可",
                "5",
                "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            ],
            {"t2.licensing": ["5"]},
        ),
        ([*T4, *map(str, range(15))], {"t4.": list(map(str, range(15)))}),
        ([*T4, " ".join(map(str, range(15)))], {"t4.": list(map(str, range(15)))}),
    ],
)
def test_rows(lines: list[str], rows: dict[str, list[str]], make_lines: Lines, form: Form) -> None:
    findings = read_stream(make_lines(*lines), form)
    assert _rows(findings) == rows
    assert findings.warnings == []


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([*HEAD, "规章", "2", "11"], "row-width"),
        ([*HEAD, "规章", "2", "0", "0", "11"], "row-width"),
        ([*HEAD, "规章", "2", "0", "1", "1"], "row-width"),
        ([*HEAD, "规章", "1 234", "0", "11"], "row-width"),
        ([*HEAD, "规章", "2", "件", "0", "11"], "row-width"),
        ([*HEAD, "规章", "2", "(含新制发", "1件)", "0", "11"], "row-width"),
        ([*HEAD, "规章", "2", "0", "11", "12"], "row-width"),
        ([*HEAD, "规章", "2", "若干", "11"], "row-width"),
        ([*HEAD[:3], HEAD[4], "规章", "2", "0", "11"], "header-unconfirmed"),
        ([*HEAD[:2], HEAD[3], HEAD[2], HEAD[4], "规章", "2", "0", "11"], "header-unconfirmed"),
        ([*HEAD[:3], "修改件数", *HEAD[3:], "规章", "2", "0", "11"], "header-unconfirmed"),
        ([*HEAD, "备注", "规章", "2", "0", "11"], "header-unconfirmed"),
        # the form of 2019: two columns more in front; the blanks of the row vanished
        (
            [*ONE[:2], "上一年项目数量", "本年增/减", "处理决定数量", "行政许可", "5"],
            "header-unconfirmed",
        ),
        # the header of one block says nothing about another
        ([*HEAD, "行政许可", "5"], "header-unconfirmed"),
        (["行政许可", "5"], "header-unconfirmed"),
        # a long paragraph ends the table
        ([*ONE, "长" * 50, "行政许可", "5"], "header-unconfirmed"),
    ],
)
def test_what_is_not_certain_is_not_taken_but_said(
    lines: list[str], code: str, make_lines: Lines, form: Form
) -> None:
    findings = read_stream(make_lines(*lines), form)
    assert findings.rows == []
    assert [w.code for w in findings.warnings] == [code]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["", " "],
        ["规章"],
        [*HEAD],
        ["2", "0", "11"],
        [*T4, *map(str, range(14))],
        [*T4, *map(str, range(16))],
        [*T4[:-1], *map(str, range(15))],
        [*T4[:7], T4[8], T4[7], *T4[9:], *map(str, range(15))],
    ],
)
def test_no_rows(lines: list[str], make_lines: Lines, form: Form) -> None:
    assert read_stream(make_lines(*lines), form).rows == []


def test_a_cell_knows_its_line_and_its_span(make_lines: Lines, form: Form) -> None:
    lines = make_lines(*HEAD, "規(guī)章", "  18  ", "(含新制發 4 件)", "22 269")
    source = "\n".join(line.text for line in lines)
    (row,) = read_stream(lines, form).rows
    assert [source[v.place.start : v.place.end] for v in row.values] == [
        "18  \n(含新制發 4 件)",
        "22",
        "269",
    ]
    assert [(v.place.line, v.place.end_line) for v in row.values] == [(7, 8), (9, None), (9, None)]
    assert row.printed_row_path == ("第二十条第（一）项", "規(guī)章")


def test_values_that_no_row_took_are_said(make_lines: Lines, form: Form) -> None:
    lines = make_lines(
        *ONE, "行政许可", "5", "行政检查", "77", *ONE[:1], *ONE[1:], "行政处罚", "6", "9"
    )
    used = read_stream(lines, form).used_lines
    labels = list(labels_of(form).values())
    assert [w.place.line for w in left_over(prepare(lines), labels, used)] == [7]
    assert left_over(prepare(lines), labels, set()) == []


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ([*TWO, "行政处罚", "251000", "元"], {"t2.penalty": ["251000元"]}),
        ([*TWO, "行政处罚", "12", "件"], {"t2.penalty": ["12件"]}),
        ([*TWO, "行政处罚", "12", " 件 ", "行政强制", "3"],
         {"t2.penalty": ["12件"], "t2.coercion": ["3"]}),
        ([*HEAD, "规章", "2 0 11", "件"], {"t2.rules": ["2", "0", "11件"]}),
        ([*TWO, "行政处罚", "5", "%"], {"t2.penalty": ["5%"]}),
        # what may stand behind a row without being a part of it
        ([*TWO, "行政处罚", "5", "续表", "行政强制", "6"],
         {"t2.penalty": ["5"], "t2.coercion": ["6"]}),
        ([*TWO, "行政处罚", "5", "第3页", "行政强制", "6"],
         {"t2.penalty": ["5"], "t2.coercion": ["6"]}),
        ([*TWO, "行政处罚", "5", "三、收到和处理政府信息公开申请情况"], {"t2.penalty": ["5"]}),
        ([*TWO, "行政处罚", "5", "单位：件"], {"t2.penalty": ["5"]}),
        ([*TWO, "行政处罚", "5", "今年没有其他需要说明的情况。"], {"t2.penalty": ["5"]}),
        ([*TWO, "行政处罚", "5", "存在的主要问题"], {"t2.penalty": ["5"]}),
        ([*TWO, "行政处罚", "5", "行政检查", "77"], {"t2.penalty": ["5"]}),
        ([*TWO, "行政处罚", "5", "（本列数据的勾稽关系为：第一项加第二项之和，", "等于第三项加第四项之和）"],
         {"t2.penalty": ["5"]}),
    ],
)  # fmt: skip
def test_what_stands_right_behind_the_values(
    lines: list[str], rows: dict[str, list[str]], make_lines: Lines, form: Form
) -> None:
    assert _rows(read_stream(make_lines(*lines), form)) == rows


@pytest.mark.parametrize(
    "behind",
    [
        [".56"], [",567"], ["．５６"], ["，567"], [".5万"], ["/4"], ["万件"], ["万"], ["千件"], ["余件"],
        ["余"], ["多件"], ["多"], ["左右"], ["以上"], ["件以上"], ["余万元"], ["千元"], ["百元"],
        ["万余件"], ["亿"], ["美元"], ["（万"], ["（含新制发", "4件）"], ["件左右"],
        ["件（含"], ["×100"], ["以内"], ["不等"], ["件次余"], ["e3"], ["％以上"], ["~15"],
        ["十"], ["万5"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("after", [[], ["行政强制", "6"], ["三、收到和处理政府信息公开申请情况"]])
def test_a_cell_that_goes_on_is_refused(
    behind: list[str], after: list[str], make_lines: Lines, form: Form
) -> None:
    findings = read_stream(make_lines(*TWO, "行政处罚", "3", *behind, *after), form)
    assert "t2.penalty" not in _rows(findings)
    assert [w.code for w in findings.warnings] == ["value-goes-on"]
    assert ("t2.coercion" in _rows(findings)) == (after[:1] == ["行政强制"])


@pytest.mark.parametrize(
    ("between", "taken"),
    [("若干", False), ("有余", False), ("不", True), ("予公开", True), ("续表", True),
     ("备注", True), ("第3页", True), ("行政检查另计", True)],
)  # fmt: skip
def test_a_word_between_a_value_and_the_next_label(
    between: str, taken: bool, make_lines: Lines, form: Form
) -> None:
    findings = read_stream(make_lines(*TWO, "行政处罚", "3", between, "行政强制", "6"), form)
    assert ("t2.penalty" in _rows(findings)) == taken
    assert ("value-goes-on" in [w.code for w in findings.warnings]) == (not taken)


@pytest.mark.parametrize("behind", ["万件", ".5", "余件"])
def test_the_row_without_a_label_may_go_on_too(behind: str, make_lines: Lines, form: Form) -> None:
    findings = read_stream(make_lines(*T4, *map(str, range(15)), behind), form)
    assert findings.rows == []
    assert "value-goes-on" in [w.code for w in findings.warnings]
