"""Plain text and Markdown, however a crawler flattened the tables in it.

One cell a line, with or without bars, stays a stream of lines; rows of cells parted by bars or tabs
become grids, and so do the HTML tables that converters leave in Markdown.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_, make_place
from ingest.readers.base import (
    Document,
    Grid,
    GridCell,
    Reader,
    TextLine,
    make_grid_cell,
    make_line,
)
from ingest.readers.encoding import decode, has_nul_text
from ingest.readers.text.boxes import boxed_rows, is_box_rule, is_drawn_span
from ingest.readers.text.html import html_blocks

_OTHER_BARS = re.compile("[｜│┃║┆┇┊┋]")
_MAY_PART = re.compile(r"[|｜│┃║┆┇┊┋\t─━═┄┅┈┉╌╍+]")
_BLANK_CELL = re.compile(r"\s+\|\s*")
_ONLY_BARS = re.compile(r"^[\s|]*$")
_RULED = r":?-{2,}:?|:-:?|-:"  # under a header; a lone - is a cell
_RULE = re.compile(rf"^\s*\|?\s*({_RULED})\s*(\|\s*({_RULED})\s*)*\|?\s*$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLANK = re.compile(r"(?:\s|&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);)*", re.IGNORECASE)
_OTHER_KIND = re.compile(
    rb"%PDF|PK\x03\x04|\xd0\xcf\x11|\{\\rtf|<!doctype|<html|<\?xml", re.IGNORECASE
)
_PROSE_CELL = 40  # a longer piece with a full stop is no cell: the tab in it is an indent
_MAX_BYTES = 12_000_000
_MAX_LINES = 50_000  # a report with one cell a line has some thousand


class TextReader(Reader):
    """Reads `.txt`, `.md` and anything else that decodes as text."""

    name = "text"
    version = 4

    def accepts(self, data: bytes, name: str) -> bool:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return True
        head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
        if _OTHER_KIND.match(head):
            return False
        return b"\0" not in data or has_nul_text(data)

    def read(self, data: bytes, name: str) -> Document:
        if len(data) > _MAX_BYTES:
            raise UnreadableFile(
                f"{name}: {len(data)} bytes; a text report is at most {_MAX_BYTES}"
            )
        decoded = decode(data, name)
        text = decoded.text
        if not text.strip():
            raise UnreadableFile(f"{name}: the file holds no text")
        if (lines := text.count("\n")) > _MAX_LINES:
            raise UnreadableFile(f"{name}: {lines} lines; a text report has at most {_MAX_LINES}")
        warnings = list(decoded.warnings)
        blocks: list[TextLine | Grid] = []
        start, number = 0, 1
        for block in html_blocks(text, name):
            blocks += _blocks(text, start, block.start, number, warnings)
            blocks += block.blocks
            warnings += block.warnings
            number += text.count("\n", start, block.end)
            start = block.end
        blocks += _blocks(text, start, len(text), number, warnings)
        return Document(name, text, tuple(blocks), tuple(warnings))


def _blocks(
    text: str, start: int, end: int, number: int, warnings: list[Warning_]
) -> list[TextLine | Grid]:
    """The blocks of `text[start:end]`, which begins in line `number`."""
    lines: list[TextLine] = []
    for line in text[start:end].split("\n"):
        stop = start + len(line)
        lines.append(make_line(line, make_place(number, None, start, stop)))
        start = stop + 1
        number += 1
    delimiters = [_delimiter(line.text) for line in lines]
    out: list[TextLine | Grid] = []
    i = 0
    while i < len(lines):
        run = _delimited_run(lines, delimiters, i) if delimiters[i] is not None else []
        if run:
            out.extend(_grid_or_cells(run, warnings))
            i += len(run)
        else:
            out.append(lines[i])
            i += 1
    return out


def _with_bars(line: str) -> str:
    """The line with `|` for bars of every kind."""
    return _OTHER_BARS.sub("|", line)


def _delimiter(line: str) -> str | None:
    if _MAY_PART.search(line) is None:
        return None
    if is_box_rule(line):
        return "|"
    line = _with_bars(line)
    delimiter = "|" if "|" in line else "\t" if "\t" in line.strip(" \n") else None
    if delimiter and "。" in line:
        if any(len(piece) > _PROSE_CELL for piece in line.split(delimiter)):
            return None
    return delimiter


def _delimited_run(lines: list[TextLine], delimiters: list[str | None], i: int) -> list[TextLine]:
    """Consecutive lines that use the same delimiter as line `i`; none where it parts nothing."""
    delimiter = delimiters[i]
    j = i
    while j < len(lines) and delimiters[j] == delimiter:
        j += 1
    if delimiter == "|" and not any("|" in line.text for line in lines[i:j]):
        # a lone line with the bar of Chinese typesetting is a tool bar, a lone rule is an ornament
        if sum(not is_box_rule(line.text) for line in lines[i:j]) < 2:
            return []
    return lines[i:j]


def _grid_or_cells(run: list[TextLine], warnings: list[Warning_]) -> list[TextLine | Grid]:
    first, last = run[0].place, run[-1].place
    place = Place(line=first.line, end_line=last.line, start=first.start, end=last.end)
    if any(is_drawn_span(line.text) for line in run):
        told = "用框线画出的表格有合并的单元格，无法确定各值属于哪一列，未采用"
        warnings.append(Warning_("box-merged", told, place))
        return [*run]
    if any(is_box_rule(line.text) for line in run):
        rows = boxed_rows([None if is_box_rule(x.text) else _split(x) for x in run])
    else:
        rows = [_split(line) for line in run if not _RULE.match(line.text)]
    filled = [len([c for c in row if c.text]) for row in rows]
    narrow = filled.count(1)
    wide = len(filled) - filled.count(0) - narrow
    if wide == 0 or (narrow > 4 * wide and "\t" not in run[0].text):
        # one cell a line with a bar behind it: the bars say nothing about columns
        return _lone_cells(run)
    return [Grid(tuple(tuple(row) for row in rows if row), place)]


def _lone_cells(run: list[TextLine]) -> list[TextLine | Grid]:
    """One cell a line: `规章 |`, a blank one ` |`; or bars on lines of their own, two around a blank.

    `|||` is what a merged cell leaves behind and no cell.
    """
    lone = all(_with_bars(line.text).strip() == "|" for line in run)
    out: list[TextLine | Grid] = []
    for line in run[1:] if lone else run:
        cells = [c for c in _split(line) if c.text]
        out += [make_line(c.text, c.place) for c in cells]
        if lone or (not cells and _BLANK_CELL.fullmatch(_with_bars(line.text))):
            place = replace(line.place, end=line.place.start)
            out.append(TextLine("", place, cell=True))
    return out


def _split(line: TextLine) -> list[GridCell]:
    """The cells of a delimited line; a bar in front of the first cell opens the line."""
    barred = _with_bars(line.text)
    if _ONLY_BARS.match(barred) and "|" in barred:
        return []
    delimiter = "|" if "|" in barred else "\t"
    offset, begin = line.place.start or 0, 0
    pieces = barred.split(delimiter)
    first, last = 0, len(pieces)
    if delimiter == "|":
        if not pieces[0].strip():
            first = 1
        if last > first and not pieces[-1].strip():
            last -= 1
    out = []
    for n, piece in enumerate(pieces[:last]):
        stop = begin + len(piece)
        if n >= first:
            out.append(_cell(line.text[begin:stop], offset + begin, line.place.line))
        begin = stop + 1
    return out


def _cell(piece: str, begin: int, line: int | None) -> GridCell:
    text = piece.strip()
    if len(text) < len(piece):
        begin += len(piece) - len(piece.lstrip())
    at = make_place(line, None, begin, begin + len(text))
    if "&" in text and _BLANK.fullmatch(piece):
        text = ""
    if "<" in text:
        text = "\n".join(t for part in _BREAK.split(text) if (t := part.strip()))
    return make_grid_cell(text, at)
