"""Excel workbooks: written by openpyxl, and part by part where openpyxl would not."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from ingest.errors import UnreadableFile
from ingest.model import Report
from ingest.read import read_report
from ingest.readers import Document, reader_for
from ingest.readers.sheets.workbook import WorkbookReader

Values = dict[str, str]
Shown = Callable[[Document], list[str | list[list[str]]]]
Placed = list[tuple[int, int, int, int, str]]
TITLE = "某某市2023年政府信息公开工作年度报告"
PROSE = "2023年，全市认真做好政府信息公开工作，统计期限为2023年1月1日至12月31日。"
LAST = "一是解读不够通俗，群众看得到却看不懂，需要改进。"
SECTIONS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def save(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(sheet: Any, cells: Placed, top: int = 0) -> int:
    """Write placed cells from row `top`; numbers as numbers. Returns the next free row."""
    for row, column, high, wide, text in cells:
        value = int(text) if text.isascii() and text.isdigit() else text or None
        sheet.cell(top + row + 1, column + 1, value)
        if (high, wide) != (1, 1):
            sheet.merge_cells(
                start_row=top + row + 1,
                start_column=column + 1,
                end_row=top + row + high,
                end_column=column + wide,
            )
    return top + max(c[0] + c[2] for c in cells)


@pytest.fixture(scope="session")
def write(
    make_values: Callable[..., Values],
    draw_tables: Callable[[Values], list[list[list[object]]]],
    placed: Callable[[list[list[object]]], Placed],
) -> Callable[..., bytes]:
    """`write(values, layout)`: a whole report, on one sheet (`close`, `gaps`) or on several."""

    def build(values: Values, layout: str = "gaps") -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active
        lines = [(TITLE, 9), ("一、总体情况", 1), (PROSE, 9)]
        row = 0
        for text, wide in lines:
            row = fill(sheet, [(0, 0, 2 if wide > 1 else 1, wide, text)], row)
        for n, (section, grid) in enumerate(zip(SECTIONS, draw_tables(values), strict=True)):
            row = fill(sheet, [(0, 0, 1, 9 if n else 1, section)], row + (layout == "gaps"))
            if layout == "sheets":
                fill(book.create_sheet(f"表{'二三四'[n]}"), placed(grid))
            else:
                row = fill(sheet, placed(grid), row)
        fill(sheet, [(0, 0, 1, 1, "五、存在的主要问题及改进情况"), (1, 0, 4, 9, LAST)], row)
        return save(book)

    return build


@pytest.mark.parametrize("layout", ["close", "gaps", "sheets"])
def test_a_report_is_read_whole(
    layout: str,
    write: Callable[..., bytes],
    read: Callable[..., Report],
    make_values: Callable[..., Values],
) -> None:
    values = make_values()
    report = read(write(values, layout), "x.xlsx")
    assert {f.key: f.text for f in report.table_figures} == values
    assert (report.issuer, report.year) == ("某某市", 2023)
    names = ["表二", "表三", "表四"] if layout == "sheets" else []
    told = [s.printed for s in report.sentences if s.printed != TITLE]
    assert told == [PROSE, LAST, *names]
    assert report.warnings == ()
    place = next(f.place for f in report.table_figures if f.key == "t2.rules.made")
    if layout == "sheets":
        assert (place.sheet, place.cell) == ("表二", "B3")


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_any_values_blanks_and_marks_are_read_back_exactly_or_warned_about(
    data: st.DataObject,
    write: Callable[..., bytes],
    draw_values: Callable[[st.DataObject], Values],
    assert_read_back: Callable[[Report, Values], None],
) -> None:
    values = draw_values(data)
    layout = data.draw(st.sampled_from(["close", "gaps", "sheets"]))
    (report,) = read_report(write(values, layout), "x.xlsx")
    assert_read_back(report, values)


@pytest.fixture
def document() -> Callable[[bytes], Document]:
    def build(data: bytes) -> Document:
        assert isinstance(reader_for(data, "x.bin"), WorkbookReader)
        return WorkbookReader().read(data, "x.xlsx")

    return build


Build = Callable[[bytes], Document]


def rows_of(*rows: list[Any], **formats: str) -> bytes:
    """A sheet of these rows; `B2="0%"` gives a cell a number format."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, code in formats.items():
        book.active[name].number_format = code
    return save(book)


@pytest.mark.parametrize(
    ("value", "code", "text", "codes"),
    [
        (34290, "#,##0", "34,290", []),
        (0.0469, "0.00%", "4.69%", []),
        (0.1 + 0.2, "General", "0.3", []),
        (12480.5, "General", "12480.5", []),
        ("１２", "General", "１２", []),
        ("007", "@", "007", []),
        (True, "General", "TRUE", []),
        ("#REF!", "General", "#REF!", []),
        ("a\nb", "General", "a\nb", []),
        ("=SUM(A1:A2)", "General", "=SUM(A1:A2)", ["formula-uncached"]),
        (0, '0;-0;;@', "", ["zero-not-shown"]),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-", ["zero-not-shown"]),
        (35, "[DBNum1]General", "35", ["number-format"]),
    ],
)  # fmt: skip
def test_a_cell_reads_as_it_is_shown(
    value: Any, code: str, text: str, codes: list[str], document: Build, shown: Shown
) -> None:
    read = document(rows_of(["甲", "乙"], ["丙", value], ["丁", 7], B2=code))
    assert shown(read) == [[["甲", "乙"], ["丙", text], ["丁", "7"]]]
    assert [w.code for w in read.warnings] == codes
    assert all(w.place.cell == "B2" for w in read.warnings)


def test_raised_marks_do_not_grow_numbers(document: Build, shown: Shown) -> None:
    mark = TextBlock(InlineFont(vertAlign="superscript"), "1")
    data = rows_of(["甲", "乙"], ["丙", CellRichText("18", mark)], ["丁", 7])
    assert shown(document(data)) == [[["甲", "乙"], ["丙", "18¹"], ["丁", "7"]]]


def pack(sheet: str, parts: dict[str, str] | None = None) -> bytes:
    """A workbook of one sheet; `parts` are other members."""
    out = io.BytesIO()
    # not deflated: what repeats a thousand times would be taken for a bomb
    with zipfile.ZipFile(out, "w") as z:
        z.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SHEET}" xmlns:r="{TYPE}"><sheets>'
            '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        z.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{TYPE}/worksheet" '
            'Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
            f'Type="{TYPE}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
        )
        z.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, text in (parts or {}).items():
            z.writestr(name, text)
    return out.getvalue()


def cells(inside: str, before: str = "", behind: str = "") -> str:
    return f'<worksheet xmlns="{SHEET}">{before}<sheetData>{inside}</sheetData>{behind}</worksheet>'


HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" t="str"><v>乙</v></c></row>'
)


@pytest.mark.parametrize(
    ("row", "texts", "codes"),
    [
        # cells without names follow each other
        ("<row><c t='str'><v>丙</v></c><c><v>5</v></c></row>", ["丙", "5"], []),
        # what was computed is read, what was not is text
        ("<row r='2'><c r='A2' t='str'><v>丙</v></c><c r='B2'><f>1+4</f><v>5</v></c></row>", ["丙", "5"], []),
        ("<row r='2'><c r='A2' t='str'><v>丙</v></c><c r='B2'><f>1+4</f></c></row>", ["丙", "=1+4"],
         ["formula-uncached"]),
        ("<row r='2'><c r='A2' t='str'><v>丙</v></c><c r='B2'><f t='shared' si='0'/><v></v></c></row>",
         ["丙", "=…"], ["formula-uncached"]),
        # a formula that gives an empty text shows a blank
        ("<row r='2'><c r='A2' t='str'><v>丙</v></c><c r='B2' t='str'><f>A9</f><v></v></c></row>", ["丙", ""], []),
        ("<row r='2'><c r='A2' t='s'><v>0</v></c><c r='B2' t='e'><v>#DIV/0!</v></c></row>",
         ["丙丁", "#DIV/0!"], []),
        ("<row r='2'><c r='A2' t='s'><v>0</v></c><c r='B2' t='s'><v>99</v></c></row>",
         ["丙丁", "（文字缺失 99）"], ["text-lost"]),
        ("<row r='2'><c r='A2' t='s'><v>0</v></c><c r='B2' s='77'><v>1e3</v></c></row>", ["丙丁", "1000"], []),
    ],
)  # fmt: skip
def test_cells_as_other_programs_write_them(
    row: str, texts: list[str], codes: list[str], document: Build, shown: Shown
) -> None:
    strings = (
        f'<sst xmlns="{SHEET}"><si><r><t>丙</t></r><r><rPr/><t>丁</t></r>'
        "<rPh sb='0' eb='1'><t>bing</t></rPh></si></sst>"
    )
    read = document(pack(cells(HEAD + row), {"xl/sharedStrings.xml": strings}))
    assert shown(read) == [[["甲", "乙"], texts]]
    assert [w.code for w in read.warnings] == codes


def test_zeros_that_the_sheet_hides_are_blank_with_a_warning(document: Build, shown: Shown) -> None:
    view = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    row = "<row r='2'><c r='A2' t='str'><v>丙</v></c><c r='B2'><v>0</v></c></row>"
    read = document(pack(cells(HEAD + row, view)))
    assert shown(read) == [[["甲", "乙"], ["丙", ""]]]
    assert [w.code for w in read.warnings] == ["zero-not-shown"]


def test_hidden_rows_columns_and_sheets_are_not_read(document: Build, shown: Shown) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["甲", "旧", "乙"], ["丙", 1, 2], ["丁", 3, 4], ["戊", 5, 6]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    other = book.create_sheet("上年")
    other.append(["不看", 9])
    other.sheet_state = "hidden"
    read = document(save(book))
    assert shown(read) == [[["甲", "乙"], ["丙", "2"], ["戊", "6"]]]
    assert [w.code for w in read.warnings] == ["rows-hidden", "columns-hidden", "sheet-hidden"]
    assert "第 3 行" in read.warnings[0].text and "B 列" in read.warnings[1].text


def test_a_merged_cell_keeps_its_text_where_its_first_column_is_hidden(
    document: Build, shown: Shown
) -> None:
    book = openpyxl.Workbook()
    for row in (["甲", None, "乙"], [None, 1, 2], [None, 3, 4]):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.active.column_dimensions["A"].hidden = True
    assert shown(document(save(book))) == [[["甲", "乙"], ["1", "2"], ["3", "4"]]]


@pytest.mark.parametrize(
    ("rows", "merged", "blocks"),
    [
        # titles, blank rows and headers part tables
        (["一、总体|", "甲|乙", "丙|1", "|", "丁|戊", "己|2"], [],
         ["一、总体", [["甲", "乙"], ["丙", "1"]], [["丁", "戊"], ["己", "2"]]]),
        # a blank row before more values does not
        (["甲|乙", "丙|1", "|", "己|2"], [], [[["甲", "乙"], ["丙", "1"], ["己", "2"]]]),
        # a label with blanks behind it is a row, and a note behind the table is a line
        (["甲|乙", "丙|1", "（二）部分公开（区分处理的，只计这一情形）|", "己|2", "注：合计含上年|"], [],
         [[["甲", "乙"], ["丙", "1"], ["（二）部分公开（区分处理的，只计这一情形）", ""], ["己", "2"]],
          "注：合计含上年"]),
        (["甲|乙", "丙|1", "己|"], [], [[["甲", "乙"], ["丙", "1"], ["己", ""]]]),
        # a short title that belongs to the table
        (["第二十条|", "甲|乙", "丙|1"], ["A1:B1"], [[["第二十条", "第二十条"], ["甲", "乙"], ["丙", "1"]]]),
        # paragraphs, also over many rows
        (["长" * 70 + "|", "甲|乙", "丙|1", "一是解读不够通俗，群众看得到却看不懂，需要改进。|"], [],
         ["长" * 70, [["甲", "乙"], ["丙", "1"]], "一是解读不够通俗，群众看得到却看不懂，需要改进。"]),
        (["段落|", "|", "|", "甲|乙", "丙|1"], ["A1:B3"], [[["段落", "段落"], ["段落", "段落"], ["段落", "段落"],
         ["甲", "乙"], ["丙", "1"]]]),
        # two rows under one label, of which the second is blank
        (["甲|乙", "丙|1", "|", "丁|2"], ["A2:A3"],
         [[["甲", "乙"], ["丙", "1"], ["丙", ""], ["丁", "2"]]]),
        # a column in use by nobody is none, a blank one under a header is one
        (["甲||乙|丙", "丁||1|", "戊||2|"], [], [[["甲", "乙", "丙"], ["丁", "1", ""], ["戊", "2", ""]]]),
        # equal neighbours
        (["甲|乙|丙", "丁|0|0"], [], [[["甲", "乙", "丙"], ["丁", "0", "0"]]]),
    ],
)  # fmt: skip
def test_how_a_sheet_is_laid_out(
    rows: list[str], merged: list[str], blocks: list[Any], document: Build, shown: Shown
) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row.split("|")])
    for name in merged:
        book.active.merge_cells(name)
    read = document(save(book))
    assert shown(read) == blocks
    assert read.warnings == ()


def test_the_name_of_a_sheet_stands_before_its_table_where_it_says_something(
    document: Build, shown: Shown
) -> None:
    book = openpyxl.Workbook()
    for name in ("Sheet2", "表三", "正文"):
        sheet = book.create_sheet(name)
        for row in (["甲", "乙"], ["丙", 1]) if name != "正文" else (["长" * 80],):
            sheet.append(row)
    grid = [["甲", "乙"], ["丙", "1"]]
    read = document(save(book))
    assert shown(read) == [grid, "表三", grid, "长" * 80]
    assert [b.place.sheet for b in read.blocks] == ["Sheet2", "表三", "表三", "正文"]
    assert read.blocks[3].place.cell == "A1"


def test_a_far_cell_and_whole_merged_columns_cost_nothing(document: Build, shown: Shown) -> None:
    far = "<row r='1048576'><c r='XFD1048576'><v>9</v></c></row>"
    merges = "".join(f'<mergeCell ref="{c}1:{c}1048576"/>' for c in "CDEFGH")
    began = time.process_time()
    read = document(
        pack(
            cells(
                HEAD + "<row r='2'><c><v>1</v></c></row>" + far,
                behind=f"<mergeCells>{merges}</mergeCells>",
            )
        )
    )
    assert time.process_time() - began < 10
    assert shown(read) == [[["甲", "乙"], ["1", ""]], "9"]


@pytest.mark.parametrize(
    "inside",
    [
        "<row>" + "<c s='3'/>" * 4_000 + "</row>",
        "<row><c><v>1</v></c></row>" * 301,
    ],
    ids=["formatted", "filled"],
)
def test_a_sheet_that_is_no_report_is_left_out(
    inside: str, document: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.readers.sheets.workbook._MOST_CELLS", 3_000)
    monkeypatch.setattr("ingest.readers.sheets.workbook._MOST_FILLED", 300)
    read = document(pack(cells(HEAD + inside)))
    assert [w.code for w in read.warnings] == ["sheet-too-large"]
    assert read.blocks == ()


def test_many_overlapping_merges_do_not_hang(document: Build) -> None:
    rows = "".join(f"<row r='{r}'>" + "<c><v>1</v></c>" * 40 + "</row>" for r in range(1, 301))
    merges = "".join(f'<mergeCell ref="A{n % 250 + 1}:AN300"/>' for n in range(3_000))
    began = time.process_time()
    document(pack(cells(rows, behind=f"<mergeCells>{merges}</mergeCells>")))
    assert [w.code for w in document(
        pack(cells(HEAD, behind=f"<mergeCells>{merges * 2}</mergeCells>"))
    ).warnings] == ["sheet-too-large"]  # fmt: skip
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (save(openpyxl.Workbook()), "none of its 1 sheets"),
        (rows_of(["甲", "乙"])[:900], "cut off or damaged"),
        (pack("<worksheet><sheetData>"), "no sound XML"),
        (pack("<!DOCTYPE x [<!ENTITY a 'b'>]>" + cells("<row><c><v>&a;</v></c></row>")), "declaration"),
        (pack(cells(HEAD)).replace(b"xl/_rels/workbook.xml.rels", b"xl/_rels/workbook.xml.rel_"), "0 sheets"),
    ],
)  # fmt: skip
def test_bad_files_are_one_line(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        WorkbookReader().read(data, "x.xlsx")
    assert str(caught.value).startswith("x.xlsx: ") and "\n" not in str(caught.value)
