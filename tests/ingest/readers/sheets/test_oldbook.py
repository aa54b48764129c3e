"""Excel 97-2003 workbooks, written by xlwt."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.model import Report
from ingest.read import read_report
from ingest.readers import Document, reader_for
from ingest.readers.sheets.oldbook import OldBookReader

Values = dict[str, str]
Shown = Callable[[Document], list[str | list[list[str]]]]
Placed = list[tuple[int, int, int, int, str]]
TITLE = "某某市2023年政府信息公开工作年度报告"
PROSE = "2023年，全市认真做好政府信息公开工作，统计期限为2023年1月1日至12月31日。"


def save(book: xlwt.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(sheet: xlwt.Worksheet, cells: Placed, top: int) -> int:
    """Write placed cells from row `top`; numbers as numbers. Returns the next free row."""
    for row, column, high, wide, text in cells:
        value = int(text) if text.isascii() and text.isdigit() else text
        bounds = (top + row, top + row + high - 1, column, column + wide - 1)
        if (high, wide) != (1, 1):
            sheet.write_merge(*bounds, value)
        elif value != "":
            sheet.write(top + row, column, value)
    return top + max(c[0] + c[2] for c in cells)


@pytest.fixture(scope="session")
def write(
    make_values: Callable[..., Values],
    draw_tables: Callable[[Values], list[list[list[object]]]],
    placed: Callable[[list[list[object]]], Placed],
) -> Callable[[Values], bytes]:
    """`write(values)`: a whole report on one sheet."""

    def build(values: Values) -> bytes:
        book = xlwt.Workbook(encoding="utf-8")
        sheet = book.add_sheet("Sheet1")
        row = fill(sheet, [(0, 0, 1, 9, TITLE), (1, 0, 3, 9, PROSE)], 0)
        for grid in draw_tables(values):
            row = fill(sheet, placed(grid), row + 1)
        return save(book)

    return build


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_any_values_blanks_and_marks_are_read_back_exactly_or_warned_about(
    data: st.DataObject,
    write: Callable[[Values], bytes],
    draw_values: Callable[[st.DataObject], Values],
    assert_read_back: Callable[[Report, Values], None],
) -> None:
    values = draw_values(data)
    (report,) = read_report(write(values), "x.xls")
    assert_read_back(report, values)
    assert (report.issuer, report.year) == ("某某市", 2023)


def test_a_place_names_sheet_and_cell(
    write: Callable[[Values], bytes],
    read: Callable[..., Report],
    make_values: Callable[..., Values],
) -> None:
    report = read(write(make_values()), "x.et")
    place = next(f.place for f in report.table_figures if f.key == "t2.rules.made")
    assert (place.sheet, place.cell) == ("Sheet1", "B8")
    assert report.warnings == ()


@pytest.fixture
def document() -> Callable[[bytes], Document]:
    def build(data: bytes) -> Document:
        assert isinstance(reader_for(data, "x.bin"), OldBookReader)
        return OldBookReader().read(data, "x.xls")

    return build


Build = Callable[[bytes], Document]


def with_value(value: Any, code: str = "General") -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for row, label in enumerate("甲丙丁"):
        sheet.write(row, 0, label)
    sheet.write(0, 1, "乙")
    sheet.write(1, 1, value, xlwt.easyxf(num_format_str=code))
    sheet.write(2, 1, 7)
    return save(book)


@pytest.mark.parametrize(
    ("value", "code", "text", "codes"),
    [
        (34290, "#,##0", "34,290", []),
        (0.0469, "0.00%", "4.69%", []),
        (0.1 + 0.2, "General", "0.3", []),
        (45291, 'yyyy"年"m"月"d"日"', "2023年12月31日", []),
        (True, "General", "TRUE", []),
        (0, '0;-0;;@', "", ["zero-not-shown"]),
        # xlwt stores no result: such a cell is no blank and no zero
        (xlwt.Formula("SUM(A1:A2)"), "General", "=…", ["formula-uncached"]),
    ],
)  # fmt: skip
def test_a_cell_reads_as_it_is_shown(
    value: Any, code: str, text: str, codes: list[str], document: Build, shown: Shown
) -> None:
    read = document(with_value(value, code))
    assert shown(read) == [[["甲", "乙"], ["丙", text], ["丁", "7"]]]
    assert [(w.code, w.place.cell) for w in read.warnings] == [(c, "B2") for c in codes]


def test_a_stored_zero_that_waits_for_a_computation_is_no_zero(
    document: Build, shown: Shown
) -> None:
    data = with_value(xlwt.Formula("SUM(A1:A2)"))
    empty = struct.pack("<Q", 0xFFFF000000000003)
    at = data.index(empty)
    zero = data[:at] + struct.pack("<dH", 0.0, 2) + data[at + 10 :]  # as Apache POI writes it
    read = document(zero)
    assert shown(read) == [[["甲", "乙"], ["丙", "=…"], ["丁", "7"]]]
    computed = data[:at] + struct.pack("<dH", 5.0, 0) + data[at + 10 :]
    assert shown(document(computed)) == [[["甲", "乙"], ["丙", "5"], ["丁", "7"]]]


def test_raised_marks_hidden_parts_and_merged_cells(document: Build, shown: Shown) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    sheet.write_merge(0, 0, 0, 1, "甲")
    sheet.write(0, 2, "乙")
    raised = xlwt.easyfont("escapement superscript")
    for row in (1, 2):
        sheet.write(row, 0, f"丙{row}")
        sheet.write(row, 1, row)
        sheet.write_rich_text(row, 2, ["18", ("1", raised)])
    sheet.row(2).hidden = True
    other = book.add_sheet("上年")
    other.write(0, 0, "不看")
    other.visibility = 1
    read = document(save(book))
    assert shown(read) == [[["甲", "甲", "乙"], ["丙1", "1", "18¹"]]]
    assert [w.code for w in read.warnings] == ["rows-hidden", "sheet-hidden"]


def test_too_many_cells_are_refused_before_they_are_made(
    document: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.readers.sheets.oldbook.MOST_CELLS", 5)
    with pytest.raises(UnreadableFile, match=r"x\.xls: 6 cells.*at most 5"):
        document(with_value(1))


def encrypted() -> bytes:
    """A workbook whose stream begins with a FILEPASS record."""
    data = with_value(1)
    at = data.index(struct.pack("<HH", 0x0809, 16)) + 20
    _, length = struct.unpack_from("<HH", data, at)
    return data[:at] + struct.pack("<HH", 0x2F, length) + data[at + 4 :]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (with_value(1)[:1500], "damaged"),
        (with_value(1)[:512] + b"\0" * 4000, "damaged"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\xff" * 40, "damaged|cannot be read"),
        (encrypted(), "protected by a password"),
    ],
)
def test_bad_files_are_one_line(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        OldBookReader().read(data, "x.xls")
    assert str(caught.value).startswith("x.xls: ") and "\n" not in str(caught.value)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 4000), st.integers(1, 200), st.binary(min_size=1, max_size=4))
def test_damage_is_an_error_and_never_another(start: int, length: int, junk: bytes) -> None:
    data = with_value(1)
    broken = data[:start] + junk * (length // len(junk)) + data[start + length :]
    try:
        OldBookReader().read(broken, "x.xls")
    except UnreadableFile as e:
        assert str(e).startswith("x.xls: ")
