"""Excel 2003 XML workbooks, which government sites export under the name `.xls`; same rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_
from ingest.readers.base import Document, Reader
from ingest.readers.kinds import kind_of
from ingest.readers.rendition import Rendition
from ingest.readers.sheets.cellfont import PLAIN, CellFont, Piece, Text, printed
from ingest.readers.sheets.cellwarnings import CellWarnings
from ingest.readers.sheets.numberformat import GENERAL, shown_as, to_number
from ingest.readers.sheets.sheet import Sheet, Span, lay_sheet
from ingest.readers.unseen import shade

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
_OTHER = -1.0  # a colour that is not looked up
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
        formats, fonts = _formats(root), _fonts(root)
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
            made = _sheet(sheet, title, formats, fonts, told, zeros)
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


def _fonts(root: Any) -> dict[str, CellFont]:
    """The font of each style; a style has its parent's where it says nothing."""
    out: dict[str, CellFont] = {}
    for style in root.iter(_SS + "Style"):
        parent = out.get(style.get(_SS + "Parent") or "Default", PLAIN)
        font, fill = style.find(_SS + "Font"), style.find(_SS + "Interior")
        own = PLAIN
        if font is not None:
            size = font.get(_SS + "Size") or ""
            struck = font.get(_SS + "StrikeThrough")
            own = CellFont(
                None if struck is None else struck == "1",
                float(size) if size.replace(".", "", 1).isdigit() else None,
                shade(font.get(_SS + "Color") or ""),
            )
        paper = parent.paper
        if fill is not None:
            pattern = fill.get(_SS + "Pattern") or "None"
            light = shade(fill.get(_SS + "Color") or "") if pattern == "Solid" else None
            paper = None if pattern == "None" else _OTHER if light is None else light
        out[style.get(_SS + "ID") or ""] = own.over(replace(parent, paper=paper))
    return out


def _sheet(
    sheet: Any,
    title: str,
    formats: dict[str, str],
    fonts: dict[str, CellFont],
    told: CellWarnings,
    zeros: bool,
) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    merged: list[Span] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    table = sheet.find(_SS + "Table")
    certain = sheet.find("{*}ConditionalFormatting") is None
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
            shown = _text(cell, formats.get(style, GENERAL), told, (row, column), zeros)
            font = fonts.get(style, PLAIN)
            text = printed(shown, font, (row, column), told, certain=certain) if shown else ""
            if text:
                cells[row, column] = text
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            if across or down:
                bottom, right = min(row + down, _LAST_ROW), min(column + across, _LAST_COLUMN)
                merged.append((row, column, bottom, right))
            column += across
        row += _number(line, "Span", 0)
    return Sheet(title, cells, tuple(merged), frozenset(hidden_rows), frozenset(hidden_columns))


def _text(cell: Any, code: str, told: CellWarnings, at: tuple[int, int], zeros: bool) -> Text:
    """What a cell shows, were all of it seen."""
    data = cell.find(_SS + "Data")
    formula = cell.get(_SS + "Formula")
    pieces = _pieces(data, PLAIN) if data is not None else []
    raw = "".join(p.text for p in pieces)
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
    if kind != "String" or shown_as(raw, code) != raw:
        return shown_as(raw, code) if kind == "String" else raw
    return raw if all(p.font == PLAIN for p in pieces) else tuple(pieces)


def _pieces(node: Any, font: CellFont) -> list[Piece]:
    """The text of a cell in pieces of one font each; a line break in it is a newline."""
    name = node.tag.removeprefix(_HTML) if isinstance(node.tag, str) else ""
    if name in ("S", "Strike"):
        font = replace(font, struck=True)
    elif name in ("Sup", "Sub"):
        font = replace(font, script="superscript" if name == "Sup" else "subscript")
    elif name == "Font":
        size, ink = node.get(_HTML + "Size") or "", shade(node.get(_HTML + "Color") or "")
        if size.replace(".", "", 1).isdigit():
            font = replace(font, size=float(size))
        font = font if ink is None else replace(font, ink=ink)
    out = [Piece(_lines(node.text), font)] if node.text else []
    for child in node:
        out += _pieces(child, font)
        if child.tail:
            out.append(Piece(_lines(child.tail), font))
    return out


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number(element: Any, name: str, otherwise: int) -> int:
    text = element.get(_SS + name)
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
