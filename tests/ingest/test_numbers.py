"""Numbers in cells and notes, and numbers in Chinese letters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.model import Status
from ingest.numbers import (
    chinese_to_decimal,
    chinese_to_int,
    goes_on,
    looks_like_value,
    read_cell,
    read_note,
    to_decimal,
)


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("34290", "34290", None),
        (" 34290 ", "34290", None),
        ("0", "0", None),
        ("0.00", "0.00", None),
        ("007", "7", None),
        ("59237.2449", "59237.2449", None),
        ("34,290", "34290", None),
        ("1,234,567.8", "1234567.8", None),
        ("３４２９０", "34290", None),
        ("３４，２９０", "34290", None),
        ("-3", "-3", None),
        ("−3", "-3", None),
        ("+5", "5", None),
        ("251000元", "251000", "元"),
        ("22.5 万元", "22.5", "万元"),
        ("18件", "18", "件"),
        ("605宗", "605", "宗"),
        ("41.66%", "41.66", "%"),
        ("18①", "18", None),
        ("5²", "5", None),
        ("18*", "18", None),
        ("18(含新制發 4 件,修改 14 件)", "18", None),
        ("605（包括自然失效）", "605", None),
        ("605件(其中3件", "605", "件"),
        # a note that is only a unit is the unit
        ("251000（元）", "251000", "元"),
        ("251000.0（元）", "251000.0", "元"),
        ("251000（单位：元）", "251000", "元"),
        ("251000 (計量單位：萬元)", "251000", "万元"),
        ("18（件）", "18", "件"),
        ("18件（件）", "18", "件"),
        ("5（％）", "5", "%"),
        ("3(人次)", "3", "人次"),
        ("18（市）", "18", None),
        ("18（区级）", "18", None),
        ("18（4）", "18", None),
    ],
)
def test_a_cell_with_a_number(printed: str, value: str, unit: str | None) -> None:
    cell = read_cell(printed)
    assert (str(cell.value), cell.unit) == (str(Decimal(value)), unit)
    assert cell.status is (Status.ZERO if Decimal(value) == 0 else Status.NUMBER)
    assert looks_like_value(printed)


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("", Status.BLANK),
        (" ", Status.BLANK),
        ("\u00a0", Status.BLANK),
        ("　", Status.BLANK),
        ("\u200b", Status.BLANK),
        ("&nbsp;", Status.BLANK),
        ("/", Status.SLASH),
        ("／", Status.SLASH),
        ("//", Status.SLASH),
        ("\\", Status.SLASH),
        ("-", Status.DASH),
        ("--", Status.DASH),
        ("—", Status.DASH),
        ("——", Status.DASH),
        ("－", Status.DASH),
        ("–", Status.DASH),
        ("―", Status.DASH),
        ("──", Status.DASH),
        ("无", Status.TEXT),
        ("三", Status.TEXT),
        ("**", Status.TEXT),
        # what must not be guessed into a number
        ("1 234", Status.TEXT),
        ("1,23", Status.TEXT),
        ("1,2345", Status.TEXT),
        ("1.2.3", Status.TEXT),
        ("3.", Status.TEXT),
        ("12-13", Status.TEXT),
        ("3/4", Status.TEXT),
        ("½", Status.TEXT),
        ("①", Status.TEXT),
        ("3万", Status.TEXT),
        ("1.2亿", Status.TEXT),
        ("近3件", Status.TEXT),
        ("3余件", Status.TEXT),
        ("2023年", Status.TEXT),
        ("(4)", Status.TEXT),
        ("18(7)5", Status.TEXT),
        ("O", Status.TEXT),
        ("1e5", Status.TEXT),
        ("NaN", Status.TEXT),
        ("Infinity", Status.TEXT),
        ("2.重复申请", Status.TEXT),
        # a unit that is not understood, or that contradicts the other
        ("12（万件）", Status.TEXT),
        ("18（万）", Status.TEXT),
        ("18（千）", Status.TEXT),
        ("251000（千元）", Status.TEXT),
        ("251000（万美元）", Status.TEXT),
        ("251000（人民币）", Status.TEXT),
        ("251000（单位：百元）", Status.TEXT),
        ("251000（元/年）", Status.TEXT),
        ("251000元（万元）", Status.TEXT),
        ("12件（万件）", Status.TEXT),
    ],
)
def test_a_cell_without_a_number_has_no_value(printed: str, status: Status) -> None:
    cell = read_cell(printed)
    assert (cell.status, cell.value) == (status, None)
    assert looks_like_value(printed) is (status in (Status.SLASH, Status.DASH))


def test_a_note_is_kept_beside_the_number() -> None:
    cell = read_cell("18(含新制發 4 件,修改 14 件)")
    assert cell.note == "(含新制发4件,修改14件)"
    assert read_cell("18").note is None
    assert read_cell("251000（元）").note is None
    assert read_cell("18（市）").note == "(市)"


@pytest.mark.parametrize(
    ("note", "parts"),
    [
        ("(含新制发 4 件,修改 14 件)", [("新制发", "4", "件"), ("修改", "14", "件")]),
        ("（含新制發４件，修改１４件）", [("新制发", "4", "件"), ("修改", "14", "件")]),
        ("其中：网络1,234件、信函5件", [("网络", "1234", "件"), ("信函", "5", "件")]),
        ("(新制发4,修改14)", [("新制发", "4", None), ("修改", "14", None)]),
        ("含自然失效3件和不再管理5件", [("自然失效", "3", "件"), ("不再管理", "5", "件")]),
        ("(包括自然失效和不再按规范性文件管理)", []),
        ("(4)", []),
        ("", []),
        # no number that is not there: years, dates, bare 万
        ("(2022年为15件)", []),
        ("(截至12月31日)", []),
        ("(含网络3万件)", []),
        ("(含网络35万件和信函2件)", [("信函", "2", "件")]),
        ("(收费3.5万元)", [("收费", "3.5", "万元")]),
        ("(含修改1,23件)", []),
        # without commas
        ("（含新制发 4 件 修改 14 件）", [("新制发", "4", "件"), ("修改", "14", "件")]),
        ("(新制发：4件；修改：14件)", [("新制发", "4", "件"), ("修改", "14", "件")]),
        ("(新制发4件(含修改2件))", [("新制发", "4", "件"), ("修改", "2", "件")]),
        ("(不含修改14件)", [("不含修改", "14", "件")]),
        ("(“放管服”4件)", [("“放管服”", "4", "件")]),
        # the number stands before its word
        ("（4件新制发 14件修改）", []),
        ("(4件新制发，14件修改)", []),
        ("(含4件新制发,14件修改)", []),
        ("(其中：4件新制发、14件修改)", []),
        ("(共4件新制发、14件修改)", []),
        ("(新制发、修改分别为4、14件)", []),
        ("(新制发和修改各7件)", []),
        ("(网络3件已办结、信函2件)", []),
        ("(3个工作日内办结5件)", []),
        # a number that says where, not how many
        ("（见注1）", []),
        ("（注2）", []),
        ("（见附件2）", []),
        ("（详见附表3）", []),
        ("（见表4）", []),
        ("（第3号令等2件）", []),
        ("（依据条例第20条）", []),
        ("（同编号5）", []),
        ("（见第7项）", []),
        ("（5/3）", []),
        ("（新/3）", []),
        ("（A3）", []),
        # the word lost a part of what it says
        ("（其中2022年以前制发10件）", []),
        ("（2022年制发10件）", []),
        ("（12345热线3件）", []),
        # not exactly that many
        ("(含修改约4件)", []),
        ("(含修改近4件)", []),
        ("(含修改不足4件)", []),
        ("(含修改4余件)", []),
        ("(含修改4件以上)", []),
        ("(含修改4件左右，新制发3件)", []),
        ("(含修改4-5件)", []),
    ],
)
def test_the_figures_in_a_note(note: str, parts: list[tuple[str, str, str | None]]) -> None:
    assert [(p.word, str(p.value), p.unit) for p in read_note(note)] == parts


@pytest.mark.parametrize(
    "printed",
    [".56", "，567", "万件", "万", "余件", "多", "左右", "元", "千元", "元/年", "项次", "（含新制发", "56万", "%",
     "件（含", "/4", "万5", "十"],
)  # fmt: skip
def test_what_can_be_the_rest_of_a_value(printed: str) -> None:
    assert goes_on(printed)


@pytest.mark.parametrize(
    "printed",
    ["", "行政检查", "2023年", "2.重复申请", "1、规章", "3/12", "第3页", "单位：件", "（单位：元）", "个人", "部门",
     "注：含补缴", "（含新制发4件）", "12345热线电话", "2024-01-15", "15:30", "三、收到和处理", "总计", "其他",
     "市", "区县"],
)  # fmt: skip
def test_what_cannot_be_the_rest_of_a_value(printed: str) -> None:
    assert not goes_on(printed)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", Decimal("1234.50")),
        ("0", Decimal(0)),
        ("", None),
        ("一", None),
        ("nan", None),
        ("inf", None),
        ("1-2", None),
    ],
)
def test_to_decimal(text: str, value: Decimal | None) -> None:
    assert to_decimal(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三十五", 35),
        ("十", 10),
        ("十二", 12),
        ("一百二十", 120),
        ("一千零五", 1005),
        ("一万二千", 12000),
        ("两千", 2000),
        ("二〇二三", 2023),
        ("二零二三", 2023),
        ("零", 0),
        ("", None),
        ("三十五件", None),
        ("3", None),
        ("万万", None),
        ("百十千", None),
    ],
)
def test_chinese_to_int(text: str, value: int | None) -> None:
    assert chinese_to_int(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("八十六点九二", "86.92"),
        ("八十六", "86"),
        ("零点五", "0.5"),
        ("三点〇五", "3.05"),
        ("86.92", "86.92"),
        ("三点", None),
        ("三点十", None),
        ("点五", None),
        ("", None),
    ],
)
def test_chinese_to_decimal(text: str, value: str | None) -> None:
    assert chinese_to_decimal(text) == (None if value is None else Decimal(value))
