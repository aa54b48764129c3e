"""Excel 2003 XML workbooks."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest

from ingest.errors import UnreadableFile
from ingest.model import Report
from ingest.readers import Document, reader_for
from ingest.readers.sheets.xmlbook import XmlBookReader

Values = dict[str, str]
Shown = Callable[[Document], list[str | list[list[str]]]]
Placed = list[tuple[int, int, int, int, str]]
HEAD = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
NAMES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
STYLES = (
    "<Styles><Style ss:ID='Default'/><Style ss:ID='p'><NumberFormat ss:Format='Percent'/></Style>"
    "<Style ss:ID='q' ss:Parent='p'/><Style ss:ID='d'><NumberFormat ss:Format='Long Date'/></Style>"
    "<Style ss:ID='t'><NumberFormat ss:Format='#,##0'/></Style></Styles>"
)


def pack(table: str, more: str = "", head: str = HEAD) -> bytes:
    sheet = f"<Worksheet ss:Name='Sheet1'><Table>{table}</Table>{more}</Worksheet>"
    return f"{head}<Workbook {NAMES}>{STYLES}{sheet}</Workbook>".encode()


def cell(text: str, kind: str = "String", attributes: str = "") -> str:
    return f"<Cell {attributes}><Data ss:Type='{kind}'>{escape(text)}</Data></Cell>"


FIRST = f"<Row>{cell('甲')}{cell('乙')}</Row>"


@pytest.mark.parametrize(
    ("row", "texts", "codes"),
    [
        (cell("丙") + cell("5", "Number"), ["丙", "5"], []),
        (cell("丙") + cell("34290", "Number", "ss:StyleID='t'"), ["丙", "34,290"], []),
        (cell("丙") + cell("0.0469", "Number", "ss:StyleID='q'"), ["丙", "4.69%"], []),
        (cell("丙") + cell("2023-12-31T00:00:00.000", "DateTime", "ss:StyleID='d'"),
         ["丙", "2023年12月31日"], []),
        (cell("丙") + cell("1", "Boolean"), ["丙", "TRUE"], []),
        (cell("丙") + cell("5", "Number", "ss:Formula='=R1C1'"), ["丙", "5"], []),
        (cell("丙") + "<Cell ss:Formula='=R1C1'/>", ["丙", "=R1C1"], ["formula-uncached"]),
        (cell("丙", attributes="ss:Index='1'") + "<Cell/>", ["丙", ""], []),
        (cell("丙") + "<Cell><Data ss:Type='String'>18<Sup xmlns='http://www.w3.org/TR/REC-html40'>1"
         "</Sup></Data></Cell>", ["丙", "18¹"], []),
    ],
)  # fmt: skip
def test_a_cell_reads_as_it_is_shown(
    row: str, texts: list[str], codes: list[str], shown: Shown
) -> None:
    data = pack(f"{FIRST}<Row>{row}</Row><Row>{cell('丁')}{cell('7', 'Number')}</Row>")
    assert isinstance(reader_for(data, "x.xls"), XmlBookReader)
    read = XmlBookReader().read(data, "x.xls")
    assert shown(read) == [[["甲", "乙"], texts, ["丁", "7"]]]
    assert [(w.code, w.place.cell) for w in read.warnings] == [(c, "B2") for c in codes]


def test_a_report_is_read_whole(
    read: Callable[..., Report],
    make_values: Callable[..., Values],
    draw_tables: Callable[[Values], list[list[list[object]]]],
    placed: Callable[[list[list[object]]], Placed],
) -> None:
    values = make_values()
    rows = f"<Row>{cell('某某市2023年政府信息公开工作年度报告')}</Row>"
    for grid in draw_tables(values):
        rows += "<Row/>"
        for r in range(len(grid)):
            own = [c for c in placed(grid) if c[0] == r]
            rows += "<Row>"
            for _, column, high, wide, text in own:
                kind = "Number" if text.isdigit() else "String"
                merge = f"ss:MergeAcross='{wide - 1}' ss:MergeDown='{high - 1}'"
                rows += cell(text, kind, f"ss:Index='{column + 1}' {merge}")
            rows += "</Row>"
    report = read(pack(rows), "某某市.xls")
    assert {f.key: f.text for f in report.table_figures} == values
    assert report.warnings == ()
    place = next(f.place for f in report.table_figures if f.key == "t2.rules.made")
    assert (place.sheet, place.cell) == ("Sheet1", "B5")


def test_hidden_parts_are_not_read(shown: Shown) -> None:
    three = "".join(
        f"<Row {h}>{cell('丙')}{cell('1', 'Number')}{cell('2', 'Number')}</Row>"
        for h in ("", "ss:Hidden='1'", "")
    )
    columns = "<Column/><Column ss:Hidden='1'/>"
    first = f"<Row>{cell('甲')}{cell('旧')}{cell('乙')}</Row>"
    read = XmlBookReader().read(pack(columns + first + three), "x.xls")
    assert shown(read) == [[["甲", "乙"], ["丙", "2"], ["丙", "2"]]]
    assert [w.code for w in read.warnings] == ["rows-hidden", "columns-hidden"]
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    gone = XmlBookReader().read(pack(first, hidden), "x.xls")
    assert (gone.blocks, [w.code for w in gone.warnings]) == ((), ["sheet-hidden"])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pack(""), "none of its 1 sheets"),
        (pack(FIRST)[:-20], "no sound XML"),
        (pack("<Row ss:Index='99999999999'/>"), "none of its 1 sheets"),
        (
            pack(f"<Row>{cell('x')}</Row>", head=HEAD + "<!DOCTYPE Workbook [<!ENTITY a 'b'>]>"),
            "declaration",
        ),
    ],
)
def test_bad_files_are_one_line(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        XmlBookReader().read(data, "x.xls")
    assert str(caught.value).startswith("x.xls: ") and "\n" not in str(caught.value)
