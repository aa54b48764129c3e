"""What cells of workbooks print whose letters are struck, unseen, raised or small, in three formats."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.table import Table

from ingest.numbers import read_cell
from ingest.readers import Document, Grid
from ingest.readers.sheets.oldbook import OldBookReader
from ingest.readers.sheets.workbook import WorkbookReader
from ingest.readers.sheets.xmlbook import XmlBookReader

STRUCK, HIDDEN, UNCLEAR = ["struck-text"], ["hidden-text"], ["number-unclear"]
BLUE = PatternFill("solid", fgColor="FF1F4E79")


def second(document: Document) -> tuple[str, list[str]]:
    """What the value of the first row prints, and the codes of the warnings."""
    (grid,) = [b for b in document.blocks if isinstance(b, Grid)]
    return grid.rows[1][1].text, [w.code for w in document.warnings]


def book(value: Any, more: Any = None, **look: Any) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    for n, row in enumerate((("项目", "数量"), ("甲", value), ("乙", 2)), 1):
        for column, text in enumerate(row, 1):
            sheet.cell(n, column, text)
    for name, of in look.items():
        setattr(sheet["B2"], name, of)
    if more is not None:
        more(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def runs(*pieces: tuple[str, dict[str, Any]] | str) -> CellRichText:
    return CellRichText(
        *(p if isinstance(p, str) else TextBlock(InlineFont(**p[1]), p[0]) for p in pieces)
    )


@pytest.mark.parametrize(
    ("value", "look", "text", "codes"),
    [
        (523, {"font": Font(strike=True)}, "〔删〕", STRUCK),
        ("523件", {"font": Font(strike=True)}, "〔删〕", STRUCK),
        (523, {"font": Font(strike=False)}, "523", []),
        (523, {"font": Font(color="FFFFFFFF")}, "", HIDDEN),
        (523, {"font": Font(color="00FEFEFE")}, "", HIDDEN),
        (523, {"font": Font(color=Color(theme=0))}, "", HIDDEN),
        (523, {"font": Font(color=Color(indexed=9))}, "", HIDDEN),
        (523, {"font": Font(sz=1)}, "", HIDDEN),
        (523, {"font": Font(color="FF1F4E79"), "fill": BLUE}, "", HIDDEN),
        (523, {"font": Font(color="FFFFFFFF"), "fill": BLUE}, "523", []),
        (523, {"font": Font(color="FFFFFFFF"),
               "fill": PatternFill("solid", fgColor=Color(theme=4))}, "523", []),
        (523, {"font": Font(color="FFFFFFFF"), "fill": PatternFill("darkGrid")}, "523", []),
        (523, {"font": Font(color=Color(theme=1))}, "523", []),
        (523, {"font": Font(color=Color(theme=0, tint=-0.5))}, "523", []),
        (523, {"font": Font(sz=6)}, "523", []),
        # runs of their own
        (runs(("9", {"strike": True}), "523"), {}, "523", STRUCK),
        (runs("52", ("9", {"strike": True}), "3"), {}, "523", STRUCK),
        (runs(("523", {"strike": True})), {}, "〔删〕", STRUCK),
        (runs(("9", {"color": "FFFFFFFF"}), "523"), {}, "523", HIDDEN),
        (runs(("5", {"color": "FFFFFFFF"}), ("23", {"color": "FFFFFFFF"})), {"fill": BLUE}, "523",
         []),
        (runs("523", ("1", {"vertAlign": "superscript"})), {}, "523¹", []),
        (runs("523", ("1", {"vertAlign": "subscript"})), {}, "523₁", []),
        (runs("523", ("1", {"sz": 6})), {}, "\ufffd", UNCLEAR),
        (runs(("9", {"sz": 6}), "523件"), {}, "\ufffd件", UNCLEAR),
        (runs(("5", {"sz": 6}), ("23", {"sz": 6})), {}, "523", []),
        (runs(("5", {"sz": 10.5}), ("23", {"sz": 12})), {}, "523", []),
        (runs("523", ("件", {"sz": 6})), {}, "523件", []),
        (runs("5", ("23", {"b": True, "color": "FFFF0000"})), {}, "523", []),
        (runs("523", ("9", {"strike": True})), {"number_format": '@"件"'}, "523件", STRUCK),
    ],
)  # fmt: skip
def test_a_new_workbook(value: Any, look: dict[str, Any], text: str, codes: list[str]) -> None:
    printed, told = second(WorkbookReader().read(book(value, **look), "x.xlsx"))
    assert (printed, told) == (text, codes)
    read = read_cell(printed).value
    assert read is None or str(read) == "523"


def test_white_letters_that_other_rules_may_colour_are_no_number() -> None:
    rule = CellIsRule(operator="greaterThan", formula=["5"], fill=BLUE)
    white = Font(color="FFFFFFFF")
    for more in (
        lambda sheet: sheet.conditional_formatting.add("B2:B3", rule),
        lambda sheet: sheet.add_table(Table(displayName="T", ref="A1:B3")),
    ):
        data = book(523, more, font=white)
        assert second(WorkbookReader().read(data, "x.xlsx")) == ("\ufffd", UNCLEAR)


def test_rows_and_columns_of_no_size_are_hidden() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(523))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)  # openpyxl writes no height of nothing
            target.writestr(name, data.replace(b'<row r="2"', b'<row r="2" ht="0"'))
    document = WorkbookReader().read(out.getvalue(), "x.xlsx")
    assert "523" not in document.text
    assert [w.code for w in document.warnings] == ["rows-hidden"]


def old(write: Any) -> bytes:
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("Sheet1")
    for n, row in enumerate((("项目", "数量"), ("甲",), ("乙", 2))):
        for column, text in enumerate(row):
            sheet.write(n, column, text)
    write(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("look", "text", "codes"),
    [
        ("font: struck_out true", "〔删〕", STRUCK),
        ("font: colour white", "", HIDDEN),
        ("font: colour white; pattern: pattern solid, fore_colour dark_blue", "523", []),
        ("font: colour black; pattern: pattern solid, fore_colour black", "", HIDDEN),
        ("font: height 20", "", HIDDEN),
        ("font: bold true, height 120", "523", []),
    ],
)
def test_an_old_workbook(look: str, text: str, codes: list[str]) -> None:
    data = old(lambda sheet: sheet.write(1, 1, 523, xlwt.easyxf(look)))
    assert second(OldBookReader().read(data, "x.xls")) == (text, codes)


@pytest.mark.parametrize(
    ("pieces", "text", "codes"),
    [
        ([("9", "struck_out true"), "523"], "523", STRUCK),
        (["523", ("9", "struck_out true")], "523", STRUCK),
        ([("9", "colour white"), ("523", "bold true")], "523", HIDDEN),
        (["523", ("1", "escapement superscript")], "523¹", []),
        (["523", ("1", "escapement subscript")], "523₁", []),
        (["523", ("1", "height 120")], "\ufffd", UNCLEAR),
        (["5", ("23", "bold true")], "523", []),
    ],
)
def test_runs_of_an_old_workbook(pieces: list[Any], text: str, codes: list[str]) -> None:
    made = [p if isinstance(p, str) else (p[0], xlwt.easyfont(p[1])) for p in pieces]
    data = old(lambda sheet: sheet.write_rich_text(1, 1, made))
    assert second(OldBookReader().read(data, "x.xls")) == (text, codes)


XML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:html="http://www.w3.org/TR/REC-html40"><Styles>'
    "<Style ss:ID='Default'><Font ss:Size='12'/></Style>"
    "<Style ss:ID='s'><Font ss:StrikeThrough='1'/></Style>"
    "<Style ss:ID='c' ss:Parent='s'/>"
    "<Style ss:ID='w'><Font ss:Color='#FFFFFF'/></Style>"
    "<Style ss:ID='b'><Font ss:Color='#FFFFFF'/>"
    "<Interior ss:Color='#1F4E79' ss:Pattern='Solid'/></Style>"
    "</Styles><Worksheet ss:Name='Sheet1'><Table><Row><Cell><Data ss:Type='String'>项目</Data></Cell>"
    "<Cell><Data ss:Type='String'>数量</Data></Cell></Row><Row><Cell><Data ss:Type='String'>甲</Data>"
    "</Cell>{cell}</Row><Row><Cell><Data ss:Type='String'>乙</Data></Cell><Cell>"
    "<Data ss:Type='Number'>2</Data></Cell></Row></Table></Worksheet></Workbook>"
)


@pytest.mark.parametrize(
    ("style", "inside", "text", "codes"),
    [
        ("s", "523", "〔删〕", STRUCK),
        ("c", "523", "〔删〕", STRUCK),
        ("w", "523", "", HIDDEN),
        ("b", "523", "523", []),
        ("Default", "<html:S>9</html:S>523", "523", STRUCK),
        ("Default", "<html:B><html:S>9</html:S>523</html:B>", "523", STRUCK),
        ("Default", "<html:Font html:Color='#FFFFFF'>9</html:Font>523", "523", HIDDEN),
        ("Default", "523<html:Sub>1</html:Sub>", "523₁", []),
        ("Default", "523<html:Sup>1</html:Sup>", "523¹", []),
        ("Default", "523<html:Font html:Size='6'>1</html:Font>", "\ufffd", UNCLEAR),
        ("Default", "5<html:B>23</html:B>", "523", []),
    ],
)
def test_an_xml_workbook(style: str, inside: str, text: str, codes: list[str]) -> None:
    cell = f"<Cell ss:StyleID='{style}'><Data ss:Type='String'>{inside}</Data></Cell>"
    data = XML.replace("{cell}", cell).encode()
    assert second(XmlBookReader().read(data, "x.xls")) == (text, codes)
