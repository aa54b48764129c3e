"""Labels of a table and what a printed label can stand for."""

from __future__ import annotations

import pytest

from ingest.forms import Block, Form, FormTable, Line
from ingest.tables.rows import TableLabels, choose_row, header_sequence


@pytest.fixture(scope="module")
def labels(form: Form) -> dict[str, TableLabels]:
    return {t.key: TableLabels(form, t) for t in form.tables}


@pytest.mark.parametrize(
    ("table", "printed", "label"),
    [
        ("t3", "（三）不予公开", "三.不予公开"),
        ("t3", "不予公開", "三.不予公开"),
        ("t3", "企业", "商业企业"),
        ("t3", "2.重复申请", "2.重复申请"),
        ("t3", "1.重复申请", "2.重复申请"),  # numbers that a report shifted
        ("t3", "2.重復(fù)申請", "2.重复申请"),
        ("t3", "7.属于行政查询事项", "8.属于行政查询事项"),
        ("t3", "5.要求行政机关确认或重新出具己获取信息", "5.要求行政机关确认或重新出具已获取信息"),
        ("t2", "行政规犯性文件", "行政规范性文件"),
        ("t2", "规章", "规章"),
        # no label, or not clearly one
        ("t2", "", None),
        ("t2", "18", None),
        ("t2", "12,345", None),
        ("t2", "规则", None),
        ("t2", "行政检查", None),
        ("t2", "上一年项目数量", None),
        ("t2", "本年新公开数量", None),
        ("t3", "（三）予以公开", None),
        ("t3", "个体工商户", None),
        ("t4", "结果", None),
        ("t4", "四、政府信息公开行政复议、行政诉讼情况", None),
        ("t2", "自然人", None),
    ],
)
def test_match(table: str, printed: str, label: str | None, labels: dict[str, TableLabels]) -> None:
    assert labels[table].match(printed) == label


@pytest.mark.parametrize(
    ("table", "block", "expected"),
    [
        ("t2", 0, ["本年制发件数", "本年废止件数", "现行有效件数"]),
        ("t2", 1, ["本年处理决定数量"]),
        (
            "t3",
            0,
            [
                *("自然人", "法人或其他组织", "总计"),
                *("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
            ],
        ),
        (
            "t4",
            0,
            [
                *("行政复议", "行政诉讼"),
                *("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"),
                *("未经复议直接起诉", "复议后起诉"),
                *("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 2,
            ],
        ),
    ],
)
def test_header_sequence(table: str, block: int, expected: list[str], form: Form) -> None:
    (found,) = [t for t in form.tables if t.key == table]
    assert header_sequence(found.blocks[block]) == expected


@pytest.mark.parametrize(
    ("group", "after", "key"),
    [
        ("甲组", None, "a"),
        ("乙组", None, "b"),
        ("丙组", None, "a"),
        (None, None, "a"),
        (None, "a", "b"),
        (None, "between", "b"),
        (None, "b", "a"),
        ("甲组", "a", "a"),
    ],
)
def test_rows_with_the_same_label_are_told_apart(
    group: str | None, after: str | None, key: str
) -> None:
    # the order is the form's, not that of the letters (乙 comes before 甲 in Unicode)
    lines = (
        Line("a", ("甲组", "其他")),
        Line("between", ("丁组", "某")),
        Line("b", ("乙组", "其他")),
    )
    block = Block(lines, (), ())
    table = FormTable("t", "表", "节", (block,))
    candidates = [(block, lines[0]), (block, lines[2])]
    last = next((line for line in lines if line.key == after), None)
    assert choose_row(candidates, group, last, table)[1].key == key
    assert choose_row(candidates[:1], "乙组", last, table)[1].key == "a"


def test_the_groups_and_columns_of_a_table(labels: dict[str, TableLabels]) -> None:
    assert {"三.本年度办理结果", "五.不予处理", "申请人情况"} <= labels["t3"].groups
    assert "法人或其他组织" in labels["t3"].columns and len(labels["t3"].rows) == 25
    assert labels["t4"].rows == {}
