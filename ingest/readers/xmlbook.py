"""Excel 2003 XML workbooks, which government sites export under the name `.xls`; same rules."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_
from ingest.readers.base import Document, Reader
from ingest.readers.cellwarnings import CellWarnings
from ingest.readers.kinds import kind_of
from ingest.readers.numberformat import GENERAL, shown_as, to_number
from ingest.readers.raised import raised
from ingest.readers.rendition import Rendition
from ingest.readers.sheet import Sheet, Span, lay_sheet

_MOST_BYTES = 20_000_000
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_HTML = "{http://www.w3.org/TR/REC-html40}"
# what the format calls by name
_NAMED = {
    "General Number": GENERAL,
    "General Date": "yyyy/m/d h:mm",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy/m/d",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm",
    "Currency": "¥#,##0.00",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}
_EPOCH = datetime(1899, 12, 30)


class XmlBookReader(Reader):
    """Reads SpreadsheetML 2003."""

    name = "xls-xml"
    version = 1

    def accepts(self, data: bytes, name: str) -> bool:
        kind = kind_of(data, name)
        return kind is not None and kind.key == "spreadsheetml"

    def read(self, data: bytes, name: str) -> Document:
        if len(data) > _MOST_BYTES:
            raise UnreadableFile(
                f"{name}: {len(data)} bytes; an XML workbook is read up to {_MOST_BYTES}"
            )
        from lxml import etree  # no text format needs it

        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            root = etree.fromstring(data.lstrip(), parser)
        except etree.XMLSyntaxError as e:
            raise UnreadableFile(f"{name}: it is no sound XML ({e.msg})") from e
        if root.getroottree().docinfo.doctype:
            raise UnreadableFile(
                f"{name}: it has a document type declaration; entities are not expanded"
            )
        formats = _formats(root)
        rendition = Rendition()
        warnings: list[Warning_] = []
        sheets = list(root.iter(_SS + "Worksheet"))
        for sheet in sheets:
            title = sheet.get(_SS + "Name") or "Sheet"
            visible = sheet.find("{*}WorksheetOptions/{*}Visible")
            if visible is not None and (visible.text or "").startswith("SheetHidden"):
                text = f"工作表“{title}”是隐藏的，未读；取消隐藏后可读"
                warnings.append(Warning_("sheet-hidden", text, Place(sheet=title)))
                continue
            told = CellWarnings(title)
            zeros = sheet.find("{*}WorksheetOptions/{*}DoNotDisplayZeros") is None
            made = _sheet(sheet, title, formats, told, zeros)
            warnings += told.all
            warnings += lay_sheet(made, rendition)
        if not rendition.blocks and not warnings:
            raise UnreadableFile(f"{name}: none of its {len(sheets)} sheets holds any text")
        return Document(name, rendition.text, tuple(rendition.blocks), tuple(warnings))


def _formats(root: Any) -> dict[str, str]:
    """The number format of each style; a style has its parent's where it says nothing."""
    out: dict[str, str] = {}
    for style in root.iter(_SS + "Style"):
        own = style.find(_SS + "NumberFormat")
        code = own.get(_SS + "Format") if own is not None else None
        if code is None:
            code = out.get(style.get(_SS + "Parent") or "", GENERAL) if own is None else GENERAL
        out[style.get(_SS + "ID") or ""] = _NAMED.get(code, code)
    return out


def _sheet(
    sheet: Any, title: str, formats: dict[str, str], told: CellWarnings, zeros: bool
) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    merged: list[Span] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    table = sheet.find(_SS + "Table")
    at = -1
    for column in table.findall(_SS + "Column") if table is not None else ():
        at = _number(column, "Index", at + 2) - 1
        wide = min(_number(column, "Span", 0), _LAST_COLUMN)
        if column.get(_SS + "Hidden") == "1":
            hidden_columns.update(range(at, at + wide + 1))
        at += wide
    row = -1
    for line in table.findall(_SS + "Row") if table is not None else ():
        row = _number(line, "Index", row + 2) - 1
        if line.get(_SS + "Hidden") == "1":
            hidden_rows.add(row)
        column = -1
        for cell in line.findall(_SS + "Cell"):
            column = _number(cell, "Index", column + 2) - 1
            if row > _LAST_ROW or column > _LAST_COLUMN:
                continue
            style = cell.get(_SS + "StyleID") or line.get(_SS + "StyleID") or "Default"
            text = _text(cell, formats.get(style, GENERAL), told, (row, column), zeros)
            if text:
                cells[row, column] = text
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            if across or down:
                bottom, right = min(row + down, _LAST_ROW), min(column + across, _LAST_COLUMN)
                merged.append((row, column, bottom, right))
            column += across
        row += _number(line, "Span", 0)
    return Sheet(title, cells, tuple(merged), frozenset(hidden_rows), frozenset(hidden_columns))


def _text(cell: Any, code: str, told: CellWarnings, at: tuple[int, int], zeros: bool) -> str:
    """What a cell shows."""
    data = cell.find(_SS + "Data")
    formula = cell.get(_SS + "Formula")
    raw = _printed(data) if data is not None else ""
    if formula and data is None:
        told.uncached(str(formula), at)
        return str(formula)
    kind = str(data.get(_SS + "Type")) if data is not None else "String"
    if kind == "Boolean":
        return "TRUE" if raw.strip() == "1" else "FALSE"
    if kind == "Number":
        value = to_number(raw)
        return raw if value is None else told.shown(value, code, at, zeros=zeros)
    if kind == "DateTime" and code != GENERAL:
        try:
            passed = datetime.fromisoformat(raw.strip()) - _EPOCH
        except ValueError:
            return raw
        days = Decimal(passed.days) + Decimal(passed.seconds) / 86400
        return told.shown(days, code, at)
    return shown_as(raw, code) if kind == "String" else raw


def _printed(data: Any) -> str:
    """The text of a cell, raised parts raised; a line break in it is a newline."""
    parts = []
    for node in data.iter():
        above = [a.tag for a in node.iterancestors()]
        high = _HTML + "Sup" in (node.tag, *above)
        parts.append((raised(node.text) if high else node.text) if node.text else "")
        if node is not data and node.tail:
            parts.append(raised(node.tail) if _HTML + "Sup" in above else node.tail)
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n")


def _number(element: Any, name: str, otherwise: int) -> int:
    text = element.get(_SS + name)
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
