"""The unit of a form's figures: what is printed goes before the form's own, or there is none.

A printed unit that is not understood, or that another print contradicts, gives no unit and a warning.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from ingest.forms import load_forms
from ingest.model import Figure
from ingest.readers import Document, Grid, TextLine
from ingest.tables import TablesRead, read_tables

Read = Callable[..., TablesRead]

FEES = "t2.fees.amount"
T2 = ["信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|2|0|11", "行政规范性文件|4|3|88"]
ORGS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
T3 = [
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|申请人情况|申请人情况|申请人情况"
    "|申请人情况|申请人情况|申请人情况|申请人情况",
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|自然人|法人或其他组织"
    "|法人或其他组织|法人或其他组织|法人或其他组织|法人或其他组织|总计",
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|自然人|"
    + "|".join(ORGS)
    + "|总计",
    "一、本年新收政府信息公开申请数量|5|1|0|0|0|0|6",
    "二、上年结转政府信息公开申请数量|1|0|0|0|0|0|1",
]


@pytest.fixture
def read(make_grid: Callable[..., Grid], make_lines: Callable[..., list[TextLine]]) -> Read:
    """`read(line or [row, …], …)`: the tables of a document of these lines and grids."""

    def build(*parts: str | list[str]) -> TablesRead:
        blocks: list[TextLine | Grid] = []
        for part in parts:
            blocks += make_lines(part) if isinstance(part, str) else [make_grid(*part)]
        found = read_tables(Document("x.md", "", tuple(blocks)), load_forms())
        assert found is not None
        return found

    return build


def _figures(read: TablesRead) -> dict[str, Figure]:
    return {f.key: f for f in read.figures if f.key}


def _codes(read: TablesRead) -> set[str]:
    return {w.code for w in read.warnings}


def _fees(read: TablesRead) -> tuple[Decimal | None, str | None]:
    fees = _figures(read)[FEES]
    assert ("unit-unknown" in _codes(read)) == (fees.value is not None and fees.unit is None)
    return fees.value, fees.unit


# ───────────────────────── the head of the column ─────────────────────────
@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("本年收费金额（单位：元）", "元"),
        ("本年收费金额（单位：亿元）", "亿元"),
        ("本年收费金额（元）", "元"),
        ("本年收费金额（单位:元）", "元"),
        ("本年收费金额（单位：人民币元）", "元"),
        ("本年收费金额（单位：元人民币）", "元"),
        ("本年收费金额（單位：萬元）", "万元"),
        ("本年收费金额", "万元"),
    ],
)
def test_a_unit_in_the_head(head: str, unit: str, read: Read) -> None:
    assert _fees(read([f"信息内容|{head}", "行政事业性收费|251000"])) == (Decimal(251000), unit)


@pytest.mark.parametrize(
    "head",
    [
        "本年收费金额（单位：百元）",
        "本年收费金额（单位：千元）",
        "本年收费金额（单位：百万元）",
        "本年收费金额（单位：百美元）",
        "本年收费金额（单位：万美元）",
        "本年收费金额（单位：角）",
        "本年收费金额（单位：元/年）",
        "本年收费金额（单位：万元/季）",
        "本年收费金额（单位：十万元）",
        "本年收费金额（单位：元、万元）",
        "本年收费金额（单位：万港元）",
        "本年收费金额（单位：元整）",
        "本年收费金额（计价单位：千元）",
        "本年收费金额（单位：",
        "本年收费金额（单位：万",
    ],
)
def test_a_unit_in_the_head_that_is_not_understood(head: str, read: Read) -> None:
    found = read([*T2, f"信息内容|{head}", "行政事业性收费|251000"])
    fees = _figures(found).get(FEES)
    if fees is None:  # a head that is not known refuses the row
        assert _codes(found) & {"header-unconfirmed", "row-unknown"}
    else:
        assert (fees.value, fees.unit) == (Decimal(251000), None)
        assert "unit-unknown" in _codes(found)


@pytest.mark.parametrize("word", ["千元", "百元", "百万元", "万", "元/年"])
def test_a_head_is_known_by_its_words_also_where_its_unit_is_not(word: str, read: Read) -> None:
    for head in (f"本年收费金额（单位：{word}）", f"本年收费金额（{word}）"):
        assert _fees(read([f"信息内容|{head}", "行政事业性收费|251000"])) == (Decimal(251000), None)


# ───────────────────────── the row ─────────────────────────
@pytest.mark.parametrize(
    ("head", "label", "unit"),
    [
        ("本年收费金额（单位：万元）", "行政事业性收费（单位：元）", None),
        ("本年收费金额（单位：万元）", "行政事业性收费（元）", None),
        ("本年收费金额（单位：元）", "行政事业性收费（单位：万元）", None),
        ("本年收费金额（单位：元）", "行政事业性收费（元）", "元"),
        ("本年收费金额", "行政事业性收费（单位：元）", "元"),
        ("本年收费金额", "行政事业性收费（万元）", "万元"),
    ],
)
def test_a_unit_in_the_row(head: str, label: str, unit: str | None, read: Read) -> None:
    assert _fees(read([f"信息内容|{head}", f"{label}|251000"])) == (Decimal(251000), unit)


def test_a_unit_in_the_row_that_is_not_understood(read: Read) -> None:
    rows = [*T3[:3], "一、本年新收政府信息公开申请数量（百件）|5|1|0|0|0|0|6", T3[4]]
    found = read(rows)
    assert {f.unit for f in found.figures if f.key and ".received." in f.key} <= {None}
    assert {f.unit for f in found.figures if f.key and ".carried_in." in f.key} == {"件"}


# ───────────────────────── the cell ─────────────────────────
@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("251000（元）", 251000, "元"),
        ("251000 (元)", 251000, "元"),
        ("251000（单位：元）", 251000, "元"),
        ("25.1（万元）", Decimal("25.1"), "万元"),
        ("251000元", 251000, "元"),
        ("251000元（元）", 251000, "元"),
        ("251000（千元）", None, None),
        ("251000（美元）", 251000, "美元"),
        ("251000（万）", None, None),
        ("251000元（万元）", None, None),
        ("251000（含补缴）", 251000, "万元"),
    ],
)
def test_a_unit_in_the_cell(
    printed: str, value: Decimal | None, unit: str | None, read: Read
) -> None:
    found = read(["信息内容|本年收费金额（单位：万元）", f"行政事业性收费|{printed}"])
    fees = _figures(found)[FEES]
    assert fees.value == value and (value is None or fees.unit == unit)


# ───────────────────────── above the table ─────────────────────────
@pytest.mark.parametrize(
    ("above", "unit"),
    [
        (["单位：元"], "元"),
        (["（单位：元）"], "元"),
        (["（单位：件、元）"], "元"),
        (["单位：件，元"], "元"),
        (["单位：件/元"], "元"),
        (["计量单位：元"], "元"),
        (["金额单位：元"], "元"),
        (["金额单位：人民币元"], "元"),
        (["单位：人民币元"], "元"),
        (["二、主动公开政府信息情况（单位：元）"], "元"),
        (["二、主动公开政府信息情况", "单位：元"], "元"),
        (["单位：元", "表一 主动公开"], "元"),
        (["填报单位：某某市财政局    单位：元"], "元"),
        (["单位：件、万元"], "万元"),
        (["填报单位：某某市财政局"], "万元"),
        (["单位：某某市财政局"], "万元"),
        (["编制单位：某某县"], "万元"),
        (["二、主动公开政府信息情况（行政机关）"], "万元"),
        (["共有5个单位：元宝区、新城区。"], "万元"),
        # no unit of money, or more than one, or one that is not understood
        (["单位：件"], None),
        (["单位：千元"], None),
        (["单位：件、百元"], None),
        (["单位：元、万元"], None),
        (["单位：美元"], "美元"),
        (["单位：千美元"], None),
        (["单位：元/年"], None),
        (["单位：万"], None),
    ],
)
def test_a_unit_above_the_table(above: list[str], unit: str | None, read: Read) -> None:
    assert _fees(read(*above, ["信息内容|本年收费金额", "行政事业性收费|251000"])) == (
        Decimal(251000),
        unit,
    )


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("单位：件", "万元"),
        ("单位：件、万元", "万元"),
        ("单位：万元", "万元"),
        ("单位：元", None),
        ("单位：千元", None),
    ],
)
def test_the_head_against_what_stands_above(above: str, unit: str | None, read: Read) -> None:
    rows = ["信息内容|本年收费金额（单位：万元）", "行政事业性收费|251000"]
    assert _fees(read(above, rows)) == (Decimal(251000), unit)


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("单位：件", "件"),
        ("单位：件、元", "件"),
        ("单位：件（宗）", None),
        ("单位：百件", None),
        ("单位：万件", None),
        ("单位：万", None),
        ("单位：宗", None),
        ("单位：某某局", "件"),
        ("今年工作稳步推进。", "件"),
    ],
)
def test_counts_under_what_stands_above(above: str, unit: str | None, read: Read) -> None:
    found = read(above, T3)
    assert len(found.figures) == 14
    assert {f.unit for f in found.figures} == {unit}
    assert ("unit-unknown" in _codes(found)) == (unit is None)
    assert [t.unit for t in found.tables] == [unit]


def test_a_caption_goes_on_over_the_pages_of_its_table(read: Read) -> None:
    found = read("单位：百件", T3[:4], [T3[4]])
    assert {f.unit for f in found.figures} == {None} and len(found.figures) == 14


def test_a_unit_above_one_table_is_not_that_of_the_next(read: Read) -> None:
    found = read("单位：百件", T2, "三、收到和处理政府信息公开申请情况", T3)
    by_table = {t: {f.unit for f in found.figures if f.table == t} for t in ("t2", "t3")}
    assert by_table == {"t2": {None}, "t3": {"件"}}


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        (["单位：元|", "信息内容|本年收费金额"], "元"),
        (["主动公开情况|（单位：千元）", "信息内容|本年收费金额"], None),
        (["信息内容|本年收费金额", "|元"], "元"),
        (["信息内容|本年收费金额", "|（元）"], "元"),
        (["信息内容|本年收费金额", "单位|千元"], None),
        (["信息内容|本年收费金额（单位：万元）", "|元"], None),
        (["填报单位：某某局|", "信息内容|本年收费金额"], "万元"),
    ],
)
def test_a_unit_in_a_row_around_the_header(rows: list[str], unit: str | None, read: Read) -> None:
    found = read([*rows, "行政事业性收费|251000"])
    assert _fees(found) == (Decimal(251000), unit)


@pytest.mark.parametrize(
    ("row", "units"),
    [
        ("|件|百件|件", ["件", None, "件"]),
        ("单位|件|百件|件", ["件", None, "件"]),
        ("|（件）|（百件）|（件）", ["件", None, "件"]),
        ("件|百件|件", ["件", None, "件"]),  # the blank in front was dropped
        ("|件|件|件", ["件"] * 3),
        ("|百件||", [None] * 3),  # of one column or of all?
        ("百件", [None] * 3),
        ("件", ["件"] * 3),
    ],
)
def test_a_row_of_units_under_the_header(row: str, units: list[str | None], read: Read) -> None:
    found = _figures(read([T2[0], row, T2[1]]))
    assert [found[f"t2.rules.{k}"].unit for k in ("made", "repealed", "in_force")] == units


# ───────────────────────── one cell a line ─────────────────────────
@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        (["信息内容", "本年收费金额（单位：万元）", "行政事业性收费", "251000", "元"], "元"),
        (["信息内容", "本年收费金额", "行政事业性收费", "251000", "（元）"], "元"),
        (["信息内容", "本年收费金额", "（单位：元）", "行政事业性收费", "251000"], "元"),
        (["信息内容", "本年收费金额", "（单位：千元）", "行政事业性收费", "251000"], None),
        (["单位：元", "信息内容", "本年收费金额", "行政事业性收费", "251000"], "元"),
        (["单位：件、千元", "信息内容", "本年收费金额", "行政事业性收费", "251000"], None),
        (["二、公开（单位：元）", "信息内容", "本年收费金额", "行政事业性收费", "251000"], "元"),
        (["单位：元", "二、公开", "信息内容", "本年收费金额", "行政事业性收费", "251000"], "万元"),
        (["填报单位：某局", "信息内容", "本年收费金额", "行政事业性收费", "251000"], "万元"),
    ],
)
def test_a_unit_in_lines(texts: list[str], unit: str | None, read: Read) -> None:
    assert _fees(read(*texts)) == (Decimal(251000), unit)


def test_a_unit_line_between_two_blocks_is_no_note(read: Read) -> None:
    texts = ["信息内容", "本年处理决定数量", "行政许可", "5", "（单位：元）", "信息内容"]
    found = read(*texts, "本年收费金额", "行政事业性收费", "251000")
    assert _fees(found) == (Decimal(251000), "元")
    assert _figures(found)["t2.licensing.decisions"].note is None


# ───────────────────────── sheets with a unit in each row ─────────────────────────
SHEET = ["统计指标|单位|统计数", "（一）收到申请数|件|35"]
CHARGES = "七、依申请公开信息收取的费用"
PUBLISHED = "（一）主动公开政府信息数"


@pytest.mark.parametrize(
    ("row", "key", "unit"),
    [
        (f"{CHARGES}|元|12", "charges", "元"),
        (f"{CHARGES}|万元|12", "charges", "万元"),
        (f"{CHARGES}|人民币元|12", "charges", "元"),
        (f"{CHARGES}|千元|12", "charges", None),
        (f"{CHARGES}|万|12", "charges", None),
        (f"{CHARGES}||12", "charges", None),
        (f"{CHARGES}（元）|万元|12", "charges", None),
        (f"{PUBLISHED}|条|5", "published", "条"),
        (f"{PUBLISHED}|万条|5.2", "published", None),
        (f"{PUBLISHED}|条（次）|5", "published", None),
        (f"{PUBLISHED}|百余条|5", "published", None),
        (f"{PUBLISHED}||5", "published", "条"),
        (f"{PUBLISHED}||5.2", "published", None),
    ],
)
def test_the_unit_column_of_a_sheet(row: str, key: str, unit: str | None, read: Read) -> None:
    found = read([*SHEET, row])
    assert _figures(found)[f"sheet.{key}.count"].unit == unit
    assert ("unit-unknown" in _codes(found)) == (unit is None)


@pytest.mark.parametrize(("row", "unit"), [(f"{CHARGES}|5000", None), (f"{CHARGES}（元）|5", "元")])
def test_a_sheet_without_a_unit_column(row: str, unit: str | None, read: Read) -> None:
    found = read(["统计指标|统计数", "（一）收到申请数|35", row])
    assert _figures(found)["sheet.charges.count"].unit == unit
    assert _figures(found)["sheet.applications.count"].unit == "件"


@pytest.mark.parametrize("unit", ["千元", "人民币万", "万条"])
def test_a_sheet_in_lines_with_a_unit_that_is_not_understood(unit: str, read: Read) -> None:
    texts = [cell for row in [*SHEET, f"{CHARGES}|{unit}|12"] for cell in row.split("|")]
    charges = _figures(read(*texts)).get("sheet.charges.count")
    assert charges is None or charges.unit is None


def test_the_head_of_one_table_states_nothing_for_the_next_in_its_grid(read: Read) -> None:
    fees = ["信息内容|本年收费金额（单位：万元）", "行政事业性收费|"]
    found = read([*T2, *fees, *T3])
    assert {f.unit for f in found.figures if f.table == "t3"} == {"件"}
    assert [t.unit for t in found.tables] == [None, "件"]


@pytest.mark.parametrize(
    ("note", "unit"),
    [
        ("注：收费金额单位为元", "元"),
        ("注：1.本表金额单位为元。", "元"),
        ("*金额以元为单位", "元"),
        ("备注：单位：千元", None),
        ("注：单位：件", None),
        ("注：各单位数据由各单位填报。", "万元"),
        ("注：元旦期间未收费", "万元"),
        ("三、收到和处理政府信息公开申请情况（单位：元）", "万元"),
    ],
)
def test_a_unit_in_a_note_under_the_table(note: str, unit: str | None, read: Read) -> None:
    rows = ["信息内容|本年收费金额", "行政事业性收费|251000"]
    assert _fees(read(rows, note)) == (Decimal(251000), unit)
    assert _fees(read(*(cell for row in rows for cell in row.split("|")), note)) == (
        Decimal(251000),
        unit,
    )


def test_a_note_against_the_head(read: Read) -> None:
    rows = ["信息内容|本年收费金额（单位：万元）", "行政事业性收费|251000"]
    assert _fees(read(rows, "注：收费金额单位为元")) == (Decimal(251000), None)
