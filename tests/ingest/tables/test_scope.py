"""A short line above a form's table that says whose figures it holds, and of which time."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from ingest.model import Report
from ingest.tables.claims import Own, scope_of

Values = dict[str, str]
Read = Callable[..., Report]
MakeValues = Callable[..., Values]
MakeText = Callable[[Values, str], str]
Codes = Callable[[Report], set[str]]

CITY = Own("某某市", frozenset({2023}), None, "某某市", "市")
BUREAU = Own("某某市教育局", frozenset({2023}), "本机关", "某某市", "部门")
TOWN = Own("甲县乙镇", frozenset({2023}), None, "甲县乙镇", "乡镇")
NOBODY = Own(None, frozenset())


@pytest.mark.parametrize(
    ("line", "own", "said"),
    [
        # another time
        ("2022年数据", CITY, "time"),
        ("（2022年度）", CITY, "time"),
        ("2022年收到和处理政府信息公开申请情况", CITY, "time"),
        ("表2 2022年主动公开政府信息情况统计表", CITY, "time"),
        ("2023年第一季度", CITY, "time"),
        ("第四季度统计表", CITY, "time"),
        ("2023年上半年", CITY, "time"),
        ("（一）下半年情况", CITY, "time"),
        ("2023年1—6月", CITY, "time"),
        ("2023年1月至6月数据", CITY, "time"),
        ("2023年6月数据", CITY, "time"),
        ("统计期限：2023年1月1日至2023年6月30日", CITY, "time"),
        ("2022年1月1日至2022年12月31日", CITY, "time"),
        ("上年度数据", CITY, "time"),
        ("去年情况", CITY, "time"),
        ("前三季度", CITY, "time"),
        ("2023年1-9月", CITY, "time"),
        ("二〇二二年数据", CITY, "time"),
        # another level
        ("第一部分 市本级", CITY, "level"),
        ("下属事业单位", CITY, "level"),
        ("区政府", CITY, "level"),
        ("填报示例", CITY, "level"),
        ("（一）市本级", CITY, "level"),
        ("市本级", CITY, "level"),
        ("某某市本级", CITY, "level"),
        ("区级", CITY, "level"),
        ("市直部门", CITY, "level"),
        ("2023年区级政府信息公开情况统计表", CITY, "level"),
        ("附表1：各县区", CITY, "level"),
        ("乡镇（街道）", CITY, "level"),
        ("下属单位情况", BUREAU, "level"),
        # another body
        ("附件：示例区情况表", CITY, "body"),
        ("示例区教育局", CITY, "body"),
        ("某某市教育局2023年政府信息公开统计表", CITY, "body"),
        ("填报单位：某某市公安局", BUREAU, "body"),
        ("某某市公安局全年情况", CITY, "body"),
        ("某某市公安局上半年情况", CITY, "time"),
        ("乙市", CITY, "body"),
        ("某某市示例区", CITY, "body"),
        ("某某市丙区教育局", BUREAU, "body"),
        ("某某市教育局", Own("某某市丙区教育局", frozenset({2023})), "body"),
        ("某某市公安局", BUREAU, "body"),
        ("甲县", TOWN, "body"),
        # the report's own
        ("2023年", CITY, "own-time"),
        ("2023年度数据", CITY, "own-time"),
        ("2023年1—12月", CITY, "own-time"),
        ("统计期限：2023年1月1日至2023年12月31日", CITY, "own-time"),
        ("某某市2023年政府信息公开情况统计表", CITY, "own"),
        ("某某市人民政府办公室", CITY, "own"),
        ("某某市人民政府", CITY, "own"),
        ("市政府", CITY, "own"),
        ("市政府办公室", CITY, "own"),
        ("办公室", CITY, "own"),
        ("丁省某某市", CITY, "own"),
        ("二〇二三年", CITY, "own-time"),
        ("全市汇总", CITY, "own"),
        ("（二）全市", CITY, "own"),
        ("本单位", BUREAU, "own"),
        ("本机关", BUREAU, "own"),
        ("市教育局", BUREAU, "own"),
        ("局本级", BUREAU, "own"),
        ("市级", BUREAU, "own"),
        ("某某市", BUREAU, "own"),
        ("乙镇", TOWN, "own"),
        ("镇本级", TOWN, "own"),
        ("市发改委", Own("某某市发展和改革委员会", frozenset({2023})), "own"),
        # nothing of scope
        ("（一）收到和处理政府信息公开申请情况", CITY, None),
        ("表2", CITY, None),
        ("表二 主动公开政府信息情况", CITY, None),
        ("第二十条第（一）项", CITY, None),
        ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", CITY, None),
        ("一、本年新收政府信息公开申请数量", CITY, None),
        ("二、上年结转政府信息公开申请数量", CITY, None),
        ("四、结转下年度继续办理", CITY, None),
        ("单位：件", CITY, None),
        ("申请人情况", CITY, None),
        ("2024年1月15日", CITY, None),
        ("2024年1月", CITY, None),
        ("发布日期：2024-01-15", CITY, None),
        ("（2021年版）", CITY, None),
        ("统计表（2021年格式）", CITY, None),
        ("政府信息公开专区", CITY, None),
        ("（二）2022年遗留问题整改", CITY, None),
        ("2022年，全市主动公开信息1200条。", CITY, None),
        ("行政许可", CITY, None),
        ("其他处理", CITY, None),
        ("科研机构", CITY, None),
        ("", CITY, None),
        ("2022", NOBODY, None),
        ("示例区教育局", NOBODY, None),
    ],
)
def test_what_a_line_says(line: str, own: Own, said: str | None) -> None:
    assert scope_of(line, own) == said


OTHERS = ("2022年数据", "2023年第一季度", "（一）市本级", "附件：示例区情况表", "上半年")
FINE = (
    "2023年数据",
    "（一）全市",
    "某某市",
    "表2",
    "单位：件",
    "（一）收到和处理申请情况",
    "全市汇总",
)
LAYOUTS = ("cells", "padded", "unpadded", "tab", "markdown")


def _under(text: str, heading: str, *lines: str) -> str:
    """The report with lines below the heading that begins so."""
    out = []
    for line in text.splitlines():
        out.append(line)
        out += lines if line.startswith(heading) else ()
    return "\n".join(out) + "\n"


def _tables(report: Report) -> set[str]:
    return {f.table for f in report.figures if f.key and f.table}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("line", OTHERS)
def test_the_table_under_it_gives_no_figure(
    line: str, layout: str, make_values: MakeValues, make_text: MakeText, read: Read
) -> None:
    report = read(_under(make_text(make_values(), layout), "三、收到", line))
    assert "t3" not in _tables(report) and "t2" in _tables(report)
    told = [w.text for w in report.warnings if w.code == "table-scope"]
    assert "表三" in told[0] and all(line in text for text in told)
    assert ("t4" in _tables(report)) is (len(told) == 1)


@pytest.mark.parametrize("layout", ["cells", "tab", "markdown"])
@pytest.mark.parametrize("line", FINE)
def test_what_agrees_with_the_report_changes_nothing(
    line: str, layout: str, make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes
) -> None:
    values = make_values()
    report = read(_under(make_text(values, layout), "三、收到", line))
    assert {f.key: f.text for f in report.table_figures if f.key} == values
    assert "table-scope" not in codes(report)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (("2022年数据", "2023年数据"), True),
        (("（一）市本级", "（二）全市"), True),
        (("2022年数据", "（一）全市"), False),
        (("（一）市本级", "2023年"), False),
        (("（一）市本级", "2023年，市本级认真做好政府信息公开工作，公开渠道畅通。"), False),
        (("（二）示例区", "2023年，该区认真做好政府信息公开工作，公开渠道畅通。"), True),
    ],
)
def test_the_last_line_of_a_kind_counts(
    lines: tuple[str, ...], kept: bool, make_values: MakeValues, make_text: MakeText, read: Read
) -> None:
    report = read(_under(make_text(make_values(), "tab"), "三、收到", *lines))
    assert ("t3" in _tables(report)) is kept


@pytest.mark.parametrize(
    "line", ["示例区教育局2023年政府信息公开工作年度报告", "市本级", "附件：示例区"]
)
@pytest.mark.parametrize("layout", ["cells", "markdown"])
def test_above_a_heading_it_rules_all_that_follows(
    line: str, layout: str, make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes
) -> None:
    text = make_text(make_values(), layout)
    report = read(text.replace("四、政府", f"{line}\n四、政府"))
    assert _tables(report) == {"t2", "t3"} and "table-scope" in codes(report)
    report = read(text.replace("三、收到", f"{line}\n三、收到"))
    assert _tables(report) == {"t2"} and "table-scope" in codes(report)


@pytest.mark.parametrize(
    "page",
    [
        "示例区\n市直部门\n2022年\n某某市2022年政府信息公开工作年度报告",
        "2024年1月20日\n示例区教育局",
    ],
)
def test_what_stands_in_front_of_the_report_is_the_page(
    page: str, make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes
) -> None:
    values = make_values()
    report = read(f"{page}\n{make_text(values, 'tab')}")
    assert {f.key: f.text for f in report.table_figures if f.key} == values
    assert "table-scope" not in codes(report)


@pytest.mark.parametrize(
    ("sheet", "title", "kept"),
    [
        ("市本级", "", False),
        ("2022年", "", False),
        ("示例区", "", False),
        ("Sheet1", "2022年数据", False),
        ("Sheet1", "（一）市本级", False),
        ("某某市", "", True),
        ("2023年", "", True),
        ("主动公开", "2023年数据", True),
        ("Sheet1", "全市汇总", True),
    ],
)
def test_the_name_of_a_sheet_and_a_title_in_it(
    sheet: str, title: str, kept: bool, read: Read, codes: Codes
) -> None:
    book = openpyxl.Workbook()
    front = book.active
    assert front is not None
    front.title = "报告"
    front["A1"] = "某某市2023年政府信息公开工作年度报告"
    other = book.create_sheet(sheet)
    rows = [
        [title, None] if title else [],
        ["第二十条第（五）项", None],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", 123],
    ]
    for row in filter(None, rows):
        other.append(row)
    out = io.BytesIO()
    book.save(out)
    report = read(out.getvalue(), "report.xlsx")
    assert [f.text for f in report.figures if f.key] == (["123"] if kept else [])
    assert ("table-scope" in codes(report)) is not kept


@pytest.mark.parametrize("layout", ["cells", "tab"])
def test_the_title_of_another_year_below_a_heading_and_a_link_above_it(
    layout: str, make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes
) -> None:
    text, title = make_text(make_values(), layout), "某某市2022年政府信息公开工作年度报告"
    assert _tables(read(_under(text, "三、收到", title))) == {"t2", "t4"}
    report = read(text.replace("三、收到", f"{title}\n三、收到"))
    assert _tables(report) == {"t2", "t3", "t4"} and "table-scope" not in codes(report)
