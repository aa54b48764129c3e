"""Tables that are drawn with lines of box characters or of `+---+`: which lines are one row."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.numbers import looks_like_value
from ingest.readers.base import GridCell

_LEVEL = "─━═┄┅┈┉╌╍"
_JOINT = "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬╭╮╯╰"
_RULE = re.compile(rf"\s*(?:[{_LEVEL}{_JOINT}][\s{_LEVEL}{_JOINT}]*|\+[-=]{{2,}}[-=+]*\+)\s*")
_RULE_STARTS = frozenset(_LEVEL + _JOINT + "+")
_UPRIGHT = re.compile(r"[│┃║┆┇┊┋|]")
_MEETS = re.compile(rf"[{_JOINT}]|\+[-=]{{2,}}\+")
_DRAWN = re.compile(rf"[{_LEVEL}]{{2}}|\+[-=]{{2,}}\+?")

Row = list[GridCell]


def is_box_rule(line: str) -> bool:
    """Whether a line is a horizontal rule over the whole width, `├──┼──┤` or `+---+---+`."""
    if line.lstrip()[:1] not in _RULE_STARTS or not _DRAWN.search(line):
        return False
    joined = any(c in _JOINT for c in line) or "+" in line
    return joined and _RULE.fullmatch(line) is not None


def is_drawn_span(line: str) -> bool:
    """Whether a rule goes over a part of the line only: `│   ├──┤`, a cell beside it reaches on."""
    return (
        _MEETS.search(line) is not None
        and _UPRIGHT.search(line) is not None
        and not is_box_rule(line)
    )


def boxed_rows(lines: list[Row | None]) -> list[Row]:
    """The rows of a drawn table; None stands for a rule.

    Where rules part all rows, the lines between two of them are one row whose cells are broken over
    lines; where there is only one rule, under the header, every line below it is a row.
    """
    segments: list[list[Row]] = [[]]
    for line in lines:
        if line is None:
            segments.append([])
        elif line:
            segments[-1].append(line)
    segments = [s for s in segments if s]
    parted = len(segments) > 2
    out: list[Row] = []
    for n, segment in enumerate(segments):
        header = n == 0 and len(segments) > 1 and all(c.text for c in segment[0])
        if len(segment) > 1 and (parted or header) and _is_one_row(segment):
            out.append([_join(cells) for cells in zip(*segment, strict=True)])
        else:
            out += segment
    return out


def _is_one_row(segment: list[Row]) -> bool:
    """Whether lines can be one row: no column has two values in it."""
    if len({len(row) for row in segment}) > 1:
        return False
    return all(
        sum(looks_like_value(c.text) for c in cells if c.text) < 2
        for cells in zip(*segment, strict=True)
    )


def _join(cells: tuple[GridCell, ...]) -> GridCell:
    filled = [c for c in cells if c.text]
    if len(filled) < 2:
        return filled[0] if filled else cells[0]
    first, last = filled[0], filled[-1]
    place = replace(first.place, end_line=last.place.line, end=last.place.end)
    return GridCell("\n".join(c.text for c in filled), place)
