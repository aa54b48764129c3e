"""Excel workbooks (`.xlsx`, `.xlsm`, `.xltx`): every sheet that is shown, each cell as it is shown.

The parts are read as streams (see `ingest.readers.package`); macros are not looked at. Hidden sheets,
rows and columns are not read, with a warning: nobody can check a figure that the sheet does not show,
and what is hidden is often last year's or a draft.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_
from ingest.readers.base import Document, Reader
from ingest.readers.kinds import kind_of
from ingest.readers.package import Package
from ingest.readers.rendition import Rendition
from ingest.readers.sheets.bookstyles import cell_fonts, run_font
from ingest.readers.sheets.cellfont import PLAIN, CellFont, Piece, Text, printed
from ingest.readers.sheets.cellwarnings import CellWarnings
from ingest.readers.sheets.numberformat import GENERAL, builtin, shown_as, to_number
from ingest.readers.sheets.sheet import Sheet, Span, cell_name, lay_sheet

# a report has some thousand cells; a workbook with more of them, blank ones included, is data
_MOST_FILLED, _MOST_CELLS = 60_000, 600_000
_MOST_SHEETS = 200
_MOST_TEXTS = 500_000
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}
_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")


class WorkbookReader(Reader):
    """Reads XLSX and its kin, with or without macros."""

    name = "xlsx"
    version = 1

    def accepts(self, data: bytes, name: str) -> bool:
        kind = kind_of(data, name)
        return kind is not None and kind.key == "xlsx"

    def read(self, data: bytes, name: str) -> Document:
        package = Package(data, name)
        book = _Book(package, package.main("xl/workbook.xml"))
        rendition = Rendition()
        warnings = []
        for title, part, state in book.sheets:
            if state != "visible":
                text = f"工作表“{title}”是隐藏的，未读；取消隐藏后可读"
                warnings.append(Warning_("sheet-hidden", text, Place(sheet=title)))
                continue
            target = _SheetTarget(book, title)
            package.feed(part, target)
            if target.too_large:
                text = (
                    f"工作表“{title}”未读：工作簿的单元格超过 {_MOST_FILLED} 个有内容的"
                    f"或 {_MOST_CELLS} 个空的，不像年度报告"
                )
                warnings.append(Warning_("sheet-too-large", text, Place(sheet=title)))
                continue
            sheet = target.sheet()
            warnings += target.told.all
            warnings += lay_sheet(sheet, rendition)
        if not rendition.blocks and not warnings:
            raise UnreadableFile(f"{name}: none of its {len(book.sheets)} sheets holds any text")
        return Document(name, rendition.text, tuple(rendition.blocks), tuple(warnings))


class _Book:
    """What the sheets of a workbook share: names, texts, number formats."""

    def __init__(self, package: Package, main: str) -> None:
        root = package.tree(main)
        related = package.related(main)
        self.mac_epoch = any(p.get("date1904") in ("1", "true") for p in root.iter("{*}workbookPr"))
        self.cells = self.filled = 0  # counted over all sheets while they are read
        self.sheets: list[tuple[str, str, str]] = []
        for sheet in root.iter("{*}sheet"):
            rid = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
            kind, part = related.get(rid, ("", ""))
            if kind == "worksheet" and len(self.sheets) < _MOST_SHEETS:
                state = sheet.get("state", "visible")
                self.sheets.append((sheet.get("name") or part, part, state))
        parts = dict(related.values())
        self.formats: list[str] = []
        self.fonts: list[CellFont] = []
        if package.has(parts.get("styles", "")):
            styles = package.tree(parts["styles"])
            self.formats, self.fonts = _formats(styles), cell_fonts(styles)
        self.texts: list[Text] = []
        if package.has(parts.get("sharedStrings", "")):
            target = _TextsTarget()
            package.feed(parts["sharedStrings"], target)
            self.texts = target.texts


def _formats(root: Any) -> list[str]:
    """The number format of each cell style."""
    own = {n.get("numFmtId"): n.get("formatCode") or GENERAL for n in root.iter("{*}numFmt")}
    styles = root.find("{*}cellXfs")
    out = []
    for style in styles if styles is not None else ():
        number = style.get("numFmtId") or "0"
        out.append(own.get(number) or builtin(_whole(number)))
    return out


class _RichText:
    """Collects the text of `<si>` or `<is>`: its runs with their fonts, without phonetics."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._parts: list[str] = []
        self._said: dict[str, dict[str, str]] = {}  # what the properties of the run say
        self._on = self._phonetic = self._properties = False

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        if tag == "t":
            self._on = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "r":
            self._said = {}
        elif tag == "rPr":
            self._properties = True
        elif self._properties:
            self._said[tag] = dict(attrib)

    def end(self, tag: str) -> None:
        if tag == "t":
            self._on = False
            if text := "".join(self._parts):
                font = run_font(self._said) if self._said else PLAIN
                self._pieces.append(Piece(_unescaped(text), font))
            self._parts = []
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "rPr":
            self._properties = False
        elif tag == "r":
            self._said = {}

    def data(self, text: str) -> None:
        if self._on:
            self._parts.append(text)

    def take(self) -> Text:
        pieces, self._pieces = self._pieces, []
        if all(p.font == PLAIN for p in pieces):
            return "".join(p.text for p in pieces)
        return tuple(pieces)


class _TextsTarget:
    """The shared strings."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self._rich = _RichText()

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        self._rich.start(_local(tag), attrib)

    def end(self, tag: str) -> None:
        local = _local(tag)
        self._rich.end(local)
        if local == "si":
            self.texts.append(self._rich.take())
            if len(self.texts) >= _MOST_TEXTS:
                raise StopIteration

    def data(self, text: str) -> None:
        self._rich.data(text)


@dataclass
class _Found:
    """A cell while it is parsed."""

    row: int
    column: int
    kind: str
    style: int
    value: list[str] = field(default_factory=list)
    rich: Text | None = None
    formula: list[str] | None = None
    has_value: bool = False


class _SheetTarget:
    """One worksheet."""

    def __init__(self, book: _Book, title: str) -> None:
        self.too_large = False
        self._book = book
        self._title = title
        self.told = CellWarnings(title)
        self._cells: dict[tuple[int, int], str] = {}
        self._styled: dict[tuple[int, int], tuple[Text, CellFont]] = {}
        self._coloured = False  # whether more than the styles of its cells colours the sheet
        self._merged: list[Span] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = -1
        self._column = -1
        self._found: _Found | None = None
        self._into: list[str] | None = None
        self._rich: _RichText | None = None
        self._zeros = True

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        local = _local(tag)
        if local == "c":
            self._open(attrib)
        elif local == "row":
            self._row = _whole(attrib.get("r")) - 1 if attrib.get("r") else self._row + 1
            self._column = -1
            if attrib.get("hidden") in ("1", "true") or attrib.get("ht") in ("0", "0.0"):
                self._hidden_rows.add(self._row)
        elif self._rich is not None:
            self._rich.start(local, attrib)
        elif self._found is not None:
            if local == "v":
                self._found.has_value = True
                self._into = self._found.value
            elif local == "f":
                self._found.formula = self._into = []
            elif local == "is":
                self._rich = _RichText()
        elif local == "col" and (
            attrib.get("hidden") in ("1", "true") or attrib.get("width") in ("0", "0.0")
        ):
            first, last = _whole(attrib.get("min")), _whole(attrib.get("max"))
            self._hidden_columns.update(range(first - 1, min(last, _LAST_COLUMN + 1)))
        elif local == "mergeCell" and (span := _span(attrib.get("ref") or "")):
            self._merged.append(span)
        elif local in ("conditionalFormatting", "tablePart", "picture"):
            self._coloured = True
        elif local == "sheetView":
            self._zeros = attrib.get("showZeros") not in ("0", "false")

    def end(self, tag: str) -> None:
        local = _local(tag)
        if local in ("v", "f"):
            self._into = None
        elif local == "is" and self._rich is not None and self._found is not None:
            self._found.rich = self._rich.take()
            self._found.has_value = True
            self._rich = None
        elif self._rich is not None:
            self._rich.end(local)
        elif local == "c" and self._found is not None:
            self._keep(self._found)
            self._found = None

    def data(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)
        elif self._rich is not None:
            self._rich.data(text)

    def sheet(self) -> Sheet:
        """What was read."""
        for at, (text, font) in self._styled.items():
            self._cells[at] = printed(text, font, at, self.told, certain=not self._coloured)
        self._styled = {}
        return Sheet(
            self._title,
            self._cells,
            tuple(self._merged),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
        )

    def _open(self, attrib: dict[str, str]) -> None:
        self._book.cells += 1
        if self._book.cells > _MOST_CELLS or self._book.filled > _MOST_FILLED:
            self.too_large = True
            raise StopIteration
        from openpyxl.utils.cell import coordinate_to_tuple  # 0.2 s of import

        row, column = self._row, self._column + 1
        if reference := attrib.get("r"):
            with suppress(ValueError, AttributeError):  # a broken name: the cell follows the last
                row, column = (n - 1 for n in coordinate_to_tuple(reference))
        self._column = column
        if row > _LAST_ROW or column > _LAST_COLUMN:
            return
        self._found = _Found(row, column, attrib.get("t", "n"), _whole(attrib.get("s")))

    def _keep(self, found: _Found) -> None:
        at = (found.row, found.column)
        raw = "".join(found.value)
        if found.formula is not None and not (raw or (found.has_value and found.kind == "str")):
            formula = "=" + ("".join(found.formula).lstrip("=") or "…")
            self._cells[at] = formula
            self.told.uncached(formula, at)
        elif (raw or found.rich) and (text := self._text(found, raw, at)):
            self._book.filled += 1
            fonts = self._book.fonts
            font = fonts[found.style] if found.style < len(fonts) else PLAIN
            if isinstance(text, str) and font.plain:
                self._cells[at] = text
            else:
                self._styled[at] = text, font

    def _text(self, found: _Found, raw: str, at: tuple[int, int]) -> Text:
        """What the cell shows, were all of it seen."""
        formats = self._book.formats
        code = formats[found.style] if found.style < len(formats) else GENERAL
        match found.kind:
            case "s":
                texts = self._book.texts
                known = raw.strip().isdigit() and int(raw) < len(texts)
                if not known:
                    text = f"“{self._title}”的 {cell_name(*at)} 指向文件里没有的文字（第 {raw} 条）"
                    self.told.add("text-lost", text, at)
                    return f"（文字缺失 {raw}）"
                return _shown(texts[int(raw)], code)
            case "str":
                return shown_as(_unescaped(raw), code)
            case "inlineStr":
                return _shown(found.rich or raw, code)
            case "b":
                return _BOOLEANS.get(raw.strip(), raw)
            case "e" | "d":
                return raw
        value = to_number(raw)
        if value is None:
            return raw
        return self.told.shown(value, code, at, mac_epoch=self._book.mac_epoch, zeros=self._zeros)


def _shown(text: Text, code: str) -> Text:
    """A text under a number format, which may add to it."""
    if isinstance(text, str):
        return shown_as(text, code)
    whole = "".join(p.text for p in text)
    before, _, behind = shown_as(whole, code).partition(whole)
    return tuple(p for p in (Piece(before, PLAIN), *text, Piece(behind, PLAIN)) if p.text)


def _span(reference: str) -> Span | None:
    m = _RANGE.match(reference.strip())
    if not m or m[3] is None:
        return None
    from openpyxl.utils.cell import coordinate_to_tuple

    top, left = coordinate_to_tuple(m[1] + m[2])
    bottom, right = coordinate_to_tuple(m[3] + m[4])
    return min(top, bottom) - 1, min(left, right) - 1, max(top, bottom) - 1, max(left, right) - 1


def _whole(text: str | None) -> int:
    """A whole number of the XML, 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _local(tag: str) -> str:
    return tag[tag.rfind("}") + 1 :]


def _unescaped(text: str) -> str:
    """`_x000D_` is how a workbook writes a control character."""
    if "_x" not in text:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    made = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)
    return made.replace("\r\n", "\n").replace("\r", "\n")
