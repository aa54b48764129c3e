"""Plain text and Markdown, however a crawler flattened the tables in it.

One cell a line, with or without bars, stays a stream of lines; rows of cells parted by bars or tabs
become grids.
"""

from __future__ import annotations

import re

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_
from ingest.readers.base import Document, Grid, GridCell, Reader, TextLine

_ONLY_BARS = re.compile(r"^[\s|]*$")
_RULED = r":?-{2,}:?|:-:?|-:"  # under a header; a lone - is a cell
_RULE = re.compile(rf"^\s*\|?\s*({_RULED})\s*(\|\s*({_RULED})\s*)*\|?\s*$")
_ENCODINGS = ("utf-8-sig", "gb18030", "big5")
# words of any report of this kind; a text in the wrong encoding has none of them
_USUAL = re.compile("政府|公开|公開|信息|資訊")
_OTHER_KIND = re.compile(
    rb"%PDF|PK\x03\x04|\xd0\xcf\x11|\{\\rtf|<!doctype|<html|<\?xml", re.IGNORECASE
)
_PROSE_CELL = 40  # a longer piece with a full stop is no cell: the tab in it is an indent
_MAX_BYTES = 50_000_000


class TextReader(Reader):
    """Reads `.txt`, `.md`, `.tsv` and anything else that decodes as text."""

    name = "text"
    version = 2

    def accepts(self, data: bytes, name: str) -> bool:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return True
        head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
        return b"\0" not in data and not _OTHER_KIND.match(head)

    def read(self, data: bytes, name: str) -> Document:
        if len(data) > _MAX_BYTES:
            raise UnreadableFile(
                f"{name}: {len(data)} bytes; a text report is at most {_MAX_BYTES}"
            )
        text, encoding = _decode(data, name)
        if not text.strip():
            raise UnreadableFile(f"{name}: the file holds no text")
        warnings = []
        if encoding not in ("utf-8-sig", "utf-16"):
            warnings.append(Warning_("encoding-guessed", f"read as {encoding}, not UTF-8"))
        return Document(name, text, tuple(_blocks(text)), tuple(warnings))


def _decode(data: bytes, name: str) -> tuple[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = _ENCODINGS
    decoded: list[tuple[str, str]] = []
    for encoding in candidates:
        try:
            text = data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
        decoded.append((text, encoding))
        if encoding.startswith("utf") or _USUAL.search(text):
            return text, encoding
    if decoded:
        return decoded[0]
    raise UnreadableFile(f"{name}: not text in any of {', '.join(candidates)}")


def _blocks(text: str) -> list[TextLine | Grid]:
    lines: list[TextLine] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        lines.append(TextLine(line, Place(line=number, start=start, end=start + len(line))))
        start += len(line) + 1
    out: list[TextLine | Grid] = []
    i = 0
    while i < len(lines):
        run = _delimited_run(lines, i)
        if run:
            out.extend(_grid_or_cells(run))
            i += len(run)
        else:
            out.append(lines[i])
            i += 1
    return out


def _delimiter(line: str) -> str | None:
    delimiter = "|" if "|" in line else "\t" if "\t" in line.strip(" \n") else None
    if delimiter and "。" in line:
        if any(len(piece) > _PROSE_CELL for piece in line.split(delimiter)):
            return None
    return delimiter


def _delimited_run(lines: list[TextLine], i: int) -> list[TextLine]:
    """Consecutive lines that use the same delimiter as line `i`, if it uses one."""
    delimiter = _delimiter(lines[i].text)
    if delimiter is None:
        return []
    j = i
    while j < len(lines) and _delimiter(lines[j].text) == delimiter:
        j += 1
    return lines[i:j]


def _grid_or_cells(run: list[TextLine]) -> list[TextLine | Grid]:
    rows = [_split(line) for line in run if not _RULE.match(line.text)]
    filled = [[c for c in row if c.text.strip()] for row in rows]
    wide = sum(len(row) > 1 for row in filled)
    narrow = sum(len(row) == 1 for row in filled)
    if wide == 0 or (narrow > 4 * wide and "\t" not in run[0].text):
        # one cell a line with a bar behind it: the bars say nothing about columns
        return [TextLine(c.text, c.place) for row in filled for c in row]
    first, last = run[0].place, run[-1].place
    place = Place(line=first.line, end_line=last.line, start=first.start, end=last.end)
    return [Grid(tuple(tuple(row) for row in rows if row), place)]


def _split(line: TextLine) -> list[GridCell]:
    """The cells of a delimited line; a bar in front of the first cell opens the line."""
    text = line.text
    if _ONLY_BARS.match(text) and "|" in text:
        return []
    delimiter = "|" if "|" in text else "\t"
    begin = line.place.start or 0
    pieces = []
    at = 0
    for piece in text.split(delimiter):
        pieces.append((piece, at))
        at += len(piece) + 1
    if delimiter == "|":
        if not pieces[0][0].strip():
            pieces = pieces[1:]
        if pieces and not pieces[-1][0].strip():
            pieces = pieces[:-1]
    return [
        GridCell(
            piece.strip(),
            Place(
                line=line.place.line,
                start=begin + at + len(piece) - len(piece.lstrip()),
                end=begin + at + max(len(piece.rstrip()), len(piece) - len(piece.lstrip())),
            ),
        )
        for piece, at in pieces
    ]
