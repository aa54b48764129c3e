"""What a cell of a workbook prints, given how its letters look: struck ones and unseen ones are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.readers.raised import lowered, raised
from ingest.readers.seams import STRUCK, UNKNOWN, joins_number, whole_numbers
from ingest.readers.sheets.cellwarnings import At, CellWarnings

_SAME_SHADE = 0.07  # share of the way from black to white in which two shades are one
_SAME_SIZE = 0.86  # 10.5 and 12 points side by side are one number
_LEAST_SIZE = 1.0  # points that can be seen
_NUMBER = re.compile(r"\d[\d.,，．]*")
_QUOTE = 40


@dataclass(frozen=True, slots=True)
class CellFont:
    """How letters look. `None` is what is not said: that of the cell.

    `size` in points; `ink` and `paper` from 0, black, to 1, white, or -1 for another colour.
    """

    struck: bool | None = None
    size: float | None = None
    ink: float | None = None
    paper: float | None = None
    script: str = ""  # superscript, subscript

    def over(self, cell: CellFont) -> CellFont:
        """This font where it says something, else that of the cell."""
        return CellFont(
            cell.struck if self.struck is None else self.struck,
            cell.size if self.size is None else self.size,
            cell.ink if self.ink is None else self.ink,
            cell.paper,
            self.script,
        )

    @property
    def plain(self) -> bool:
        """Whether text in a cell of this font is what it prints."""
        return not self.struck and not self.unseen

    @property
    def unseen(self) -> bool:
        """Whether letters have no size, or the colour of what is behind them."""
        ink, paper = self.ink, 1.0 if self.paper is None else self.paper
        if self.size is not None and self.size <= _LEAST_SIZE:
            return True
        return ink is not None and min(ink, paper) >= 0 and abs(ink - paper) < _SAME_SHADE


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a cell's text with a font of its own."""

    text: str
    font: CellFont


Text = str | tuple[Piece, ...]
PLAIN = CellFont()


def printed(text: Text, cell: CellFont, at: At, told: CellWarnings, *, certain: bool = True) -> str:
    """What of a text in a cell of this font is seen; tells what is not, and what is no number.

    `certain`: nothing else in the sheet colours cells, so that what looks unseen is.
    """
    pieces = (Piece(text, PLAIN),) if isinstance(text, str) else text
    lost = any(UNKNOWN in p.text for p in pieces)
    out: list[str] = []
    struck: list[str] = []
    hidden: list[str] = []
    last = cell
    for piece in pieces:
        font = piece.font.over(cell)
        letters = piece.text
        if font.struck:
            struck.append(letters)
            continue
        if font.unseen and letters.strip():
            if certain:
                hidden.append(letters)
                continue
            letters = _NUMBER.sub(UNKNOWN, letters)
        if font.script:
            letters = (raised if font.script == "superscript" else lowered)(letters)
        if out and joins_number(out[-1], letters) and _differ(font, last):
            out.append(UNKNOWN)
        out.append(letters)
        last = font
    seen = whole_numbers("".join(out))
    if any(t.strip() for t in struck):
        told.unread("struck-text", "划去的", "".join(struck)[:_QUOTE], at)
        seen = seen if seen.strip() else STRUCK
    if hidden:
        told.unread("hidden-text", "页面上看不见的", "".join(hidden)[:_QUOTE], at)
    if UNKNOWN in seen and not lost:
        told.unclear(seen[:_QUOTE], UNKNOWN, at)
    return seen


def _differ(one: CellFont, other: CellFont) -> bool:
    if one.size is None or other.size is None:
        return one.size is not other.size
    small, big = sorted((one.size, other.size))
    return small < _SAME_SIZE * big
