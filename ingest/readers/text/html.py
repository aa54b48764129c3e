"""HTML tables inside a text: the blocks that they are, with places that count in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_
from ingest.readers.base import Grid, TextLine
from ingest.readers.html.grid import too_large, write_grid
from ingest.readers.html.markup import Element, Printed, Printer, prune
from ingest.readers.html.page import left_out
from ingest.readers.html.parse import blank_comments, parse
from ingest.readers.html.slots import TooManySlots
from ingest.readers.html.table import DataRows, caption_of, parts
from ingest.readers.rendition import Rendition
from ingest.readers.seams import tell

_TABLE = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh](?:\s[^<>]*)?/?>", re.IGNORECASE)
_CELL_END = re.compile(
    r"<(?:/?t[dhr]|/table|/thead|/tbody|/tfoot|thead|tbody|tfoot)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """What the table in `text[start:end]` holds, in reading order."""

    start: int
    end: int
    blocks: tuple[TextLine | Grid, ...]
    warnings: tuple[Warning_, ...]


def html_blocks(text: str, name: str) -> Iterator[HtmlBlock]:
    """The HTML tables of a text; one that is never closed is text like any other."""
    depth = begin = 0
    line, counted = 1, 0
    for tag in _TABLE.finditer(text):
        if tag.group(1):
            depth = max(depth - 1, 0)
            if depth == 0 and begin >= 0:
                line += text.count("\n", counted, begin)
                counted = begin
                block = _block(text, begin, tag.end(), line, name)
                if block is not None:
                    yield block
                begin = -1
        else:
            if depth == 0:
                begin = tag.start()
            depth += 1


def _block(text: str, start: int, end: int, line: int, name: str) -> HtmlBlock | None:
    # a comment keeps its length and its line ends: the offsets behind it stay
    source = blank_comments(text[start:end])
    try:
        root = parse(source, name)
    except UnreadableFile as error:
        told = f"表格的 HTML 无法完整解析，未读：{error}"
        place = Place(line=line, start=start, end=end)
        return HtmlBlock(start, end, (), (Warning_("table-unparsed", told, place),))
    table = next(root.iter("table"), None)
    if table is None:
        return None
    places = _Places(text, source, start, line, table)
    pruned = prune(table)
    out = Rendition()
    warnings: list[Warning_] = []
    caption = caption_of(table)

    def on_line(line: Printed) -> None:
        out.line(line.text, places.key(line.element))

    def on_table(inner: Element) -> None:
        nonlocal caption
        try:
            pieces = list(parts(inner))
        except TooManySlots:
            warnings.append(too_large(places.of(inner)))
            return
        for piece in pieces:
            if isinstance(piece, DataRows):
                warnings.extend(write_grid(piece, inner, caption, out, places.key))
                caption = ""
            else:
                for element in piece.elements:
                    printer.walk(element)

    printer = Printer(on_line, on_table)
    on_table(table)
    warnings += tell(out.blocks, source)
    warnings += left_out(pruned, places.of(table))
    blocks = tuple(places.restore(block) for block in out.blocks)
    known = tuple(replace(w, place=places.found(w.place)) for w in warnings)
    return HtmlBlock(start, end, blocks, known)


class _Places:
    """Where the cells of a table stand in the text that holds it.

    A Rendition counts in its own text, so a place travels through it as a key in `element`.
    """

    def __init__(self, text: str, source: str, start: int, line: int, table: Element) -> None:
        self._text = text
        end = start + len(source)
        self._whole = Place(line=line, end_line=line + source.count("\n"), start=start, end=end)
        self._known: dict[Element, Place] = {}
        self._keys: list[Place] = [self._whole]
        cells = list(table.iter("td", "th"))
        tags = list(_CELL.finditer(source))
        if len(cells) == len(tags):
            for cell, tag in zip(cells, tags, strict=True):
                close = _CELL_END.search(source, tag.end())
                self._known[cell] = self._place(
                    start + tag.end(), start + (close.start() if close else len(source))
                )

    def _place(self, start: int, end: int) -> Place:
        raw = self._text[start:end]
        start += len(raw) - len(raw.lstrip())
        end = max(start, end - (len(raw) - len(raw.rstrip())))
        line = (self._whole.line or 1) + self._text.count("\n", self._whole.start or 0, start)
        return Place(line=line, start=start, end=end)

    def of(self, element: Element) -> Place:
        """The place of an element: that of the cell around it."""
        at: Any = element
        while at is not None and at not in self._known:
            at = at.getparent()
        return self._whole if at is None else self._known[at]

    def key(self, element: Element) -> Place:
        """A stand-in for the place of an element."""
        self._keys.append(self.of(element))
        return Place(element=str(len(self._keys) - 1))

    def found(self, key: Place) -> Place:
        """The place that a stand-in stands for, or the place itself."""
        return self._keys[int(key.element)] if key.element is not None else key

    def restore(self, block: TextLine | Grid) -> TextLine | Grid:
        """A block with its places in the text."""
        if isinstance(block, TextLine):
            return replace(block, place=self._narrow(block.text, block.place))
        rows = tuple(
            tuple(replace(c, place=self._narrow(c.text, c.place)) for c in row)
            for row in block.rows
        )
        return replace(block, rows=rows, place=self._whole)

    def _narrow(self, text: str, key: Place) -> Place:
        """The exact place of a text that stands in its cell without markup inside it."""
        if key.element is None:  # a place that no cell covers
            return replace(self._whole, end=self._whole.start, end_line=None)
        place = self.found(key)
        at = self._text.find(text, place.start, place.end) if text else -1
        if at < 0:
            return place
        line = (place.line or 1) + self._text.count("\n", place.start or 0, at)
        return replace(place, line=line, start=at, end=at + len(text))
