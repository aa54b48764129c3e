"""Labels of a table and what a printed label can stand for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.forms import Block, Form, FormTable, Line, form_named
from ingest.tables.labels import TableLabels, header_orders, labels_of
from ingest.tables.units import units_in_head


@pytest.fixture(scope="module")
def labels(form: Form) -> dict[str, TableLabels]:
    return labels_of(form)


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
def test_the_order_of_a_header_in_a_page(
    table: str, block: int, expected: list[str], form: Form
) -> None:
    (found,) = [t for t in form.tables if t.key == table]
    assert header_orders(found.blocks[block])[0] == tuple(expected)


def test_the_other_orders_of_a_header(form: Form) -> None:
    blocks = {t.key: t.blocks[0] for t in form.tables}
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    heads = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
    leaves = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    assert header_orders(blocks["t4"])[1:] == (
        heads + 3 * outcomes,
        (heads[0], *outcomes, *heads[1:3], *outcomes, heads[3], *outcomes),
    )
    # the columns alone tell which is which in 表三, not in 表四
    assert header_orders(blocks["t3"])[1:] == (
        ("法人或其他组织", *leaves),
        (leaves[0], "法人或其他组织", *leaves[1:]),
        leaves,
    )
    assert header_orders(blocks["t2"]) == (("本年制发件数", "本年废止件数", "现行有效件数"),)


@pytest.mark.parametrize(
    ("group", "after", "key"),
    [
        ("甲组", None, "a"),
        ("乙组", None, "b"),
        ("甲组", "a", "a"),
        ("丙组", "between", "b"),
        (None, "between", "b"),
        # neither the group nor the order tells: no guess
        ("丙组", None, None),
        (None, None, None),
        (None, "a", None),
        (None, "b", None),
    ],
)
def test_rows_with_the_same_label_are_told_apart(
    group: str | None, after: str | None, key: str | None, form: Form
) -> None:
    # the order is the form's, not that of the letters (乙 comes before 甲 in Unicode)
    lines = (
        Line("a", ("甲组", "其他")),
        Line("between", ("丁组", "某")),
        Line("b", ("乙组", "其他")),
    )
    block = Block(lines, (Line("c", ("列",)),), ())
    table = FormTable("t", "表", "节", (block,))
    labels = TableLabels(replace(form, tables=(table,), variants={}), table)
    last = next((line for line in lines if line.key == after), None)
    found = labels.choose("其他", group, last)
    assert (found[1].key if found else None) == key
    alone = labels.choose("某", group, last)
    assert alone is not None and alone[1].key == "between"


@pytest.mark.parametrize(
    ("label", "after", "key"),
    [
        ("总计", "otherwise.other", "handled"),
        ("其他", "otherwise.not_paid", "otherwise.other"),
        ("总计", "otherwise.not_paid", None),
        ("总计", None, None),
        ("其他", "handled", None),
        ("自然人", "otherwise.other", None),
    ],
)
def test_a_label_without_its_number_is_a_row_only_where_that_row_comes_next(
    label: str, after: str | None, key: str | None, labels: dict[str, TableLabels]
) -> None:
    rows = {row.key: row for _, row in labels["t3"].order}
    found = labels["t3"].choose_loose(label, rows[after] if after else None)
    assert (found[1].key if found else None) == key


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("采购总金额（元）", "元"),
        ("收到申请数（件）", "件"),
        ("收到申请数(件) ", "件"),
        ("总金额（单位为亿元）", "亿元"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", None),
        ("其他（件）数", None),
        ("元", None),
        ("", None),
    ],
)
def test_the_unit_in_a_label(printed: str, unit: str | None) -> None:
    assert units_in_head(printed) == ((unit,) if unit else ())


@pytest.mark.parametrize(
    ("form_name", "printed", "label"),
    [
        # a slip never turns a label into its contrary, nor one city's indicator into the form's
        ("national-2021", "（五）予以处理", None),
        ("national-2014", "4.不同意公开答复数", "4.不同意公开答复数"),
        ("national-2014", "2.不同意公开答复数", None),
        ("national-2014", "2.部门网站公开政府信息数", None),
        ("national-2014", "网络申请数（件）", "3.网络申请数"),
        ("national-2014", "其中：涉及国家秘密", "其中:1.涉及国家秘密"),
        ("national-2014", "其中：当面申请数", "1.当面申请数"),
        (
            "national-2014",
            "（一）主动公开政府信息数",
            "一.主动公开政府信息数(不同渠道和方式公开相同信息计1条)",
        ),
        ("national-2008", "2009年度", "本年度"),
        ("national-2008", "（2）“信息不存在”数", "其中:(1)信息不存在数"),
        ("national-2019", "本年增/", "本年增/减"),
        ("national-2019", "行政规范性文件", "规范性文件"),
        ("national-2019", "采购总金额（万元）", "采购总金额"),
        # what the other form of 表二 prints
        ("national-2019", "本年制发件数", None),
        ("national-2019", "现行有效件数", None),
        ("national-2021", "本年新制作数量", None),
        ("national-2021", "对外公开总数量", None),
        ("national-2021", "上一年项目数量", None),
        ("national-2021", "采购总金额", None),
    ],
)
def test_match_of_all_forms(form_name: str, printed: str, label: str | None) -> None:
    tables = labels_of(form_named(form_name)).values()
    assert {labels.match(printed) for labels in tables} - {None} == {label} - {None}


def test_the_groups_and_columns_of_a_table(labels: dict[str, TableLabels]) -> None:
    assert {"三.本年度办理结果", "五.不予处理", "申请人情况"} <= labels["t3"].groups
    assert "法人或其他组织" in labels["t3"].columns and len(labels["t3"].rows) == 25
    assert labels["t4"].rows == {}
