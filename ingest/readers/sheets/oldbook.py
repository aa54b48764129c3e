"""Excel 97-2003 workbooks (`.xls`, WPS `.et`), by xlrd; the same rules as for newer workbooks.

xlrd gives a formula's stored result and does not say that it is one. Programs that write formulas without
computing them store a zero or nothing, so the records are looked through for those first.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_
from ingest.readers.base import Document, Reader
from ingest.readers.kinds import kind_of
from ingest.readers.rendition import Rendition
from ingest.readers.sheets.cellfont import PLAIN, CellFont, Piece, Text, printed
from ingest.readers.sheets.cellwarnings import CellWarnings
from ingest.readers.sheets.numberformat import CHINESE, GENERAL, shown_as, to_number
from ingest.readers.sheets.sheet import Sheet, lay_sheet

_MOST_BYTES = 100_000_000
#: a report has some thousand cells; xlrd makes an object for each
MOST_CELLS = 400_000
_SCRIPTS = {1: "superscript", 2: "subscript"}
_OTHER = -1.0  # a colour that is not looked up
_WINDOW_TEXT, _WINDOW, _AUTOMATIC = 0x40, 0x41, 0x7FFF
_BOF, _EOF, _BOUNDSHEET, _FORMULA = (
    (0x0009, 0x0209, 0x0409, 0x0809),
    0x0A,
    0x85,
    (0x06, 0x206, 0x406),
)
_ONE_CELL = {0x01, 0x02, 0x03, 0x04, 0x05, 0x201, 0x203, 0x204, 0x205, 0x7E, 0x27E, 0xFD, 0xD6}
_ONE_CELL |= set(_FORMULA)
_MANY_CELLS = {0xBD: 6, 0xBE: 2}  # MULRK, MULBLANK: bytes for each cell
_EMPTY_RESULT = b"\x03"
_RECALCULATE = 2

Spots = frozenset[tuple[int, int]]


class OldBookReader(Reader):
    """Reads XLS (BIFF 2 to 8)."""

    name = "xls"
    version = 1

    def accepts(self, data: bytes, name: str) -> bool:
        kind = kind_of(data, name)
        return kind is not None and kind.key == "xls"

    def read(self, data: bytes, name: str) -> Document:
        if len(data) > _MOST_BYTES:
            raise UnreadableFile(
                f"{name}: {len(data)} bytes; a workbook is read up to {_MOST_BYTES}"
            )
        import xlrd  # here and below: no other format needs it

        stream = _stream(data, name)
        count = _count(stream)
        if count > MOST_CELLS:
            raise UnreadableFile(
                f"{name}: {count} cells; a workbook that holds a report has at most {MOST_CELLS}"
            )
        try:
            book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, logfile=io.StringIO()
            )
        except Exception as e:  # xlrd asserts, indexes and unpacks what the file says
            if "encrypted" in str(e).lower():
                raise UnreadableFile(
                    f"{name}: it is protected by a password; take the password off"
                ) from e
            raise UnreadableFile(
                f"{name}: its records cannot be read ({type(e).__name__}: {e}); the file is damaged"
            ) from e
        uncomputed = _uncomputed(stream)
        rendition = Rendition()
        warnings: list[Warning_] = []
        for n, sheet in enumerate(book.sheets()):
            if sheet.visibility:
                text = f"工作表“{sheet.name}”是隐藏的，未读；取消隐藏后可读"
                warnings.append(Warning_("sheet-hidden", text, Place(sheet=sheet.name)))
                continue
            told = CellWarnings(sheet.name)
            read = _sheet(book, sheet, uncomputed.get(n, frozenset()), told)
            warnings += told.all
            warnings += lay_sheet(read, rendition)
        if not rendition.blocks and not warnings:
            raise UnreadableFile(f"{name}: none of its {book.nsheets} sheets holds any text")
        return Document(name, rendition.text, tuple(rendition.blocks), tuple(warnings))


def _sheet(book: Any, sheet: Any, uncomputed: Spots, told: CellWarnings) -> Sheet:
    from xlrd import XL_CELL_BLANK, XL_CELL_EMPTY

    cells = {}
    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        for column, kind in enumerate(types):
            if kind not in (XL_CELL_EMPTY, XL_CELL_BLANK):
                shown = _text(book, sheet, row, column, (row, column) in uncomputed, told)
                font = _cell_font(book, sheet.cell_xf_index(row, column))
                text = printed(shown, font, (row, column), told) if shown else ""
                if text:
                    cells[row, column] = text
    return Sheet(
        sheet.name,
        cells,
        tuple(
            (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
        ),
        frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
    )


def _text(book: Any, sheet: Any, row: int, column: int, pending: bool, told: CellWarnings) -> Text:
    """What a cell shows, were all of it seen."""
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_ERROR, XL_CELL_TEXT
    from xlrd.biffh import error_text_from_code

    cell = sheet.cell(row, column)
    at = (row, column)
    if pending:
        told.uncached("=…", at)
        return "=…"
    if cell.ctype == XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == XL_CELL_ERROR:
        return str(error_text_from_code.get(cell.value, "#?"))
    code = _format(book, cell.xf_index)
    if cell.ctype == XL_CELL_TEXT:
        text = str(cell.value).replace("\r\n", "\n").replace("\r", "\n")
        runs = sheet.rich_text_runlist_map.get(at)
        if not runs or shown_as(text, code) != text:
            return shown_as(text, code)
        return _pieces(book, text, runs)
    value = to_number(cell.value)
    if value is None:
        return str(cell.value)
    return told.shown(
        value, code, at, mac_epoch=bool(book.datemode), zeros=bool(sheet.show_zero_values)
    )


def _format(book: Any, style: int | None) -> str:
    if style is None or style >= len(book.xf_list):
        return GENERAL
    key = book.xf_list[style].format_key
    known = book.format_map.get(key)
    return CHINESE.get(key) or (known.format_str if known is not None else "") or GENERAL


def _pieces(book: Any, text: str, runs: list[tuple[int, int]]) -> tuple[Piece, ...]:
    """A text in pieces of one font each; the first has that of the cell."""
    out, last, font = [], 0, PLAIN
    for start, number in [*runs, (len(text), 0)]:
        if text[last:start]:
            out.append(Piece(text[last:start], font))
        last, font = start, _font(book, number)
    return tuple(out)


def _font(book: Any, number: int) -> CellFont:
    if number >= len(book.font_list):
        return PLAIN
    font = book.font_list[number]
    return CellFont(
        bool(font.struck_out),
        font.height / 20,
        _shade(book, font.colour_index),
        None,
        _SCRIPTS.get(font.escapement, ""),
    )


def _cell_font(book: Any, style: int | None) -> CellFont:
    """The font of a cell, with the colour behind it."""
    if style is None or style >= len(book.xf_list):
        return PLAIN
    look = book.xf_list[style]
    font = _font(book, look.font_index)
    pattern = look.background
    paper = None
    if pattern is not None and pattern.fill_pattern:
        solid = pattern.fill_pattern == 1
        paper = _shade(book, pattern.pattern_colour_index) if solid else _OTHER
    return CellFont(font.struck, font.size, font.ink, paper)


def _shade(book: Any, number: int) -> float:
    """How light a colour of the palette is; letters are black where nothing is said."""
    rgb = book.colour_map.get(number)
    if rgb is None:
        return {_WINDOW: 1.0, _WINDOW_TEXT: 0.0, _AUTOMATIC: 0.0}.get(number, _OTHER)
    return float(0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2]) / 255


def _stream(data: bytes, name: str) -> bytes:
    """The stream of records."""
    from xlrd.compdoc import CompDoc, CompDocError

    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return data
    try:
        document = CompDoc(data, logfile=io.StringIO())
        for stream in ("Workbook", "Book"):
            found = document.get_named_stream(stream)
            if found:
                return bytes(found)
    except (CompDocError, AssertionError, IndexError, struct.error, ValueError) as e:
        raise UnreadableFile(f"{name}: its OLE container is damaged or cut off ({e})") from e
    raise UnreadableFile(f"{name}: it has no stream “Workbook”; the file is damaged")


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, int, int]]:
    """(code, start of the data, length) of each record from `at`."""
    end = len(stream)
    while at + 4 <= end:
        code, length = struct.unpack_from("<HH", stream, at)
        yield code, at + 4, length
        at += 4 + length


def _count(stream: bytes) -> int:
    """How many cells the records make, blank ones that are only formatted too."""
    count = 0
    for code, _, length in _records(stream):
        if code in _ONE_CELL:
            count += 1
        elif code in _MANY_CELLS:
            count += length // _MANY_CELLS[code]
    return count


def _uncomputed(stream: bytes) -> dict[int, Spots]:
    """For each worksheet the cells with a formula whose result was not stored.

    An empty text as the result is taken for none: the file does not tell it from one.
    """
    starts = []
    for code, at, length in _records(stream):
        if code == _BOUNDSHEET and length >= 6:
            position, _, kind = struct.unpack_from("<IBB", stream, at)
            if kind == 0:
                starts.append(position)
        elif code == _EOF:
            break
    out = {}
    for n, start in enumerate(starts):
        depth = 0
        found = set()
        for code, at, length in _records(stream, start):
            if code in _BOF:
                depth += 1
            elif code == _EOF:
                depth -= 1
                if depth <= 0:
                    break
            elif code in _FORMULA and length >= 16 and at + 16 <= len(stream):
                row, column, _, result, flags = struct.unpack_from("<HHH8sH", stream, at)
                empty = result[6:] == b"\xff\xff" and result[:1] == _EMPTY_RESULT
                if empty or flags & _RECALCULATE:
                    found.add((row, column))
        out[n] = frozenset(found)
    return out
