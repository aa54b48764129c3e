"""What stands right above a table: its caption, and the lines that may state its unit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ingest.normalise import clean
from ingest.numbers import looks_like_value
from ingest.readers import Grid, TextLine
from ingest.tables.units import is_note

_LONGEST = 40
_LINES_ABOVE = 3
_ONLY_UNIT = re.compile(r"\(?(?:计量)?单位[:为][^。]{1,10}\)?")


def caption_above(grid: Grid, lines: Sequence[TextLine]) -> tuple[str, tuple[str, ...]]:
    """The caption of a grid, and the texts that may state its unit, the nearest first.

    The caption is the grid's own, else the first of the short lines above it that says more than a
    unit; `lines` are the document's, in their order. Another grid ends what stands above.
    """
    caption, texts = grid.caption.strip(), [grid.caption] if grid.caption.strip() else []
    found = False
    for line in _right_above(grid, lines):
        text = clean(line.text).strip("#* ")
        if len(text) > _LONGEST or "。" in text or looks_like_value(text):
            break
        if _ONLY_UNIT.fullmatch(text):
            texts.append(line.text)
            continue
        if found:
            break
        texts.append(line.text)
        caption, found = caption or line.text.strip("#* \t\u3000"), True
    return caption, tuple(texts)


def note_below(grid: Grid, lines: Sequence[TextLine]) -> str:
    """The note right below a grid that states its unit (`注：收费金额单位为元`); "" where none does."""
    number = grid.number
    for line in lines[bisect_right(lines, grid.number, key=lambda one: one.number) :]:
        number += 1
        if line.number != number:
            break
        if clean(line.text):
            return line.text if is_note(line.text) else ""
    return ""


def _right_above(grid: Grid, lines: Sequence[TextLine]) -> list[TextLine]:
    """The last lines between `grid` and the grid before it that print anything, nearest first."""
    out: list[TextLine] = []
    number = grid.number
    for line in reversed(lines[: bisect_left(lines, grid.number, key=lambda one: one.number)]):
        number -= 1
        if line.number != number or len(out) == _LINES_ABOVE:
            break  # the block between is a grid
        if clean(line.text):
            out.append(line)
    return out
