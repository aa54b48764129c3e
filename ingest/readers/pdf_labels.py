"""The labels at the left of a table without rules: which row each names, which rows a group covers.

A row stands where its figures stand. A label of several lines names the row that its middle, its first
or its last line stands on; a label over several rows is their middle.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.normalise import clean
from ingest.readers.pdf_lines import Run
from ingest.readers.pdf_spans import Span, span_of

_ON = 0.35  # em that a label may stand off its row
_ALIKE = 0.6  # em that the lines of one label may be off each other
_NUMBERS = (
    re.compile(r"([一二三四五六七八九十]{1,3})[、.．]"),
    re.compile(r"[(（]([一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"(\d{1,2})[、.．](?!\d)"),
    re.compile(r"[(（](\d{1,2})[)）]"),
    re.compile(r"([①-⑳])"),
)
_DIGITS = "一二三四五六七八九"


@dataclass
class Row:
    """A row: the height of its figures, the figures by column, its label, the groups over it."""

    middle: float
    values: dict[int, Run]
    label: Span | None = None
    groups: list[Span] = field(default_factory=list)

    @property
    def top(self) -> float:
        tops = [run.box[1] for run in self.values.values()]
        return min([*tops, self.label.top] if self.label else tops)

    @property
    def bottom(self) -> float:
        bottoms = [run.box[3] for run in self.values.values()]
        return max([*bottoms, self.label.bottom] if self.label else bottoms)


def number_of(text: str) -> tuple[int, int] | None:
    """The numbering in front of a label: how deep its kind stands (from 0), and the number."""
    text = clean(text).strip()
    for kind, pattern in enumerate(_NUMBERS):
        if m := pattern.match(text):
            return kind, _number(m.group(1))
    return None


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.find(text) + 1
    return 10 * (_DIGITS.find(tens) + 1 if tens else 1) + _DIGITS.find(ones) + 1 * bool(ones)


def label_rows(
    rows: Sequence[Row], labels: Sequence[Run], em: float, pitch: float | None
) -> list[Row] | None:
    """The rows (those without a figure too) with their labels and groups; None where not certain.

    `pitch` is how far apart the nearest rows are.
    """
    if not labels:
        return list(rows)
    usual = min(pitch - 0.12 * em, 2.2 * em) if pitch else 1.45 * em
    for most in sorted({min(usual, 1.45 * em), usual}):
        found = _labelled(rows, labels, em, pitch, most)
        if found is not None:
            return found
    return None


def _labelled(
    rows: Sequence[Row], labels: Sequence[Run], em: float, pitch: float | None, most: float
) -> list[Row] | None:
    out = [Row(row.middle, row.values) for row in rows]
    cells = _cells(labels, em, most)
    on: dict[int, list[Span]] = {n: [] for n in range(len(out))}
    reached: dict[int, set[int]] = {}
    for cell in cells:
        reached[id(cell)] = _stands_on(cell, out, em)
        for n in reached[id(cell)]:
            on[n].append(cell)
    rest = list(cells)
    for n, row in enumerate(out):
        if not on[n]:
            return None
        leaf = max(on[n], key=lambda c: c.x0)
        if len(reached[id(leaf)]) != 1 or any(c.x1 > leaf.x0 for c in on[n] if c is not leaf):
            return None
        row.label = leaf
        rest = [c for c in rest if c is not leaf]
    out += _blank_rows(out, rest, on, em, pitch)
    named = {id(row.label) for row in out}
    groups = [c for c in rest if id(c) not in named]
    out.sort(key=lambda row: row.middle)
    if any(b.top < a.bottom - 0.1 * em for a, b in pairwise(out)):
        return None
    return out if _group(out, groups, em) else None


def _cells(labels: Sequence[Run], em: float, most: float) -> list[Span]:
    """Labels with all their lines: `most` is how far apart these may stand."""
    cells: list[Span] = []
    for run in sorted(labels, key=lambda r: (r.middle, r.box[0])):
        over = []
        for cell in cells:
            last = cell.runs[-1]
            alike = (
                abs(last.box[0] - run.box[0]) < _ALIKE * em
                or abs(last.box[0] + last.box[2] - run.box[0] - run.box[2]) < 2 * _ALIKE * em
            )
            if alike and 0.6 * em < run.middle - last.middle < most:
                over.append(cell)
        if len(over) == 1 and number_of(run.text) is None:
            over[0].take(run)
        else:
            cells.append(span_of(run))
    return cells


def _stands_on(cell: Span, rows: Sequence[Row], em: float) -> set[int]:
    heights = {cell.middle, cell.runs[0].middle, cell.runs[-1].middle}
    return {n for n, row in enumerate(rows) if any(abs(row.middle - y) < _ON * em for y in heights)}


def _blank_rows(
    rows: Sequence[Row], rest: Sequence[Span], on: dict[int, list[Span]], em: float, pitch: float | None
) -> list[Row]:
    """Rows that print nothing but a label: they stand as far from their neighbours as rows do."""
    if pitch is None:
        return []
    known = {id(cell) for cells in on.values() for cell in cells}
    out: list[Row] = []
    for cell in sorted((c for c in rest if id(c) not in known), key=lambda c: -c.x0):
        far = all(abs(row.middle - cell.middle) > 0.75 * pitch for row in (*rows, *out))
        clear = all(cell.bottom <= r.top + 0.1 * em or r.bottom <= cell.top + 0.1 * em for r in rows)
        if far and clear and rows[0].middle < cell.middle < rows[-1].middle:
            out.append(Row(cell.middle, {}, cell))
    return out


def _group(rows: Sequence[Row], groups: Sequence[Span], em: float) -> bool:
    """Give each group its rows; False where that is not certain."""
    if not groups:
        return True
    edges = _edges(rows)
    ranges: dict[int, tuple[int, int]] = {}
    loose: list[Span] = []
    for group in groups:
        found = _numbered(rows, group, edges, em)
        if found is None:
            loose.append(group)
        else:
            ranges[id(group)] = found
    if loose:
        chained = _chained(rows, loose, edges, em)
        if chained is None:
            return False
        ranges.update(chained)
    for group in sorted(groups, key=lambda g: g.x0):
        begin, end = ranges[id(group)]
        for row in rows[begin:end]:
            if row.groups and row.groups[-1].x1 > group.x0:
                return False
            row.groups.append(group)
    for begin, end in ranges.values():  # a group lies in another or beside it
        for b, e in ranges.values():
            if begin < b < end < e:
                return False
    return all(
        row.label is not None and (not row.groups or row.groups[-1].x1 <= row.label.x0)
        for row in rows
    )


def _edges(rows: Sequence[Row]) -> list[float]:
    """Where each row ends and the next begins: the middle between what they print."""
    between = [(a.bottom + b.top) / 2 for a, b in pairwise(rows)]
    room = min((b.top - a.bottom for a, b in pairwise(rows)), default=0.0) / 2
    return [rows[0].top - room, *between, rows[-1].bottom + room]


def _is_middle(
    group: Span, begin: int, end: int, edges: Sequence[float], em: float
) -> bool:
    return abs((edges[begin] + edges[end]) / 2 - group.middle) < 0.4 * em


def _numbered(
    rows: Sequence[Row], group: Span, edges: Sequence[float], em: float
) -> tuple[int, int] | None:
    """The rows that a numbered group covers: one run of rows numbered in a deeper kind."""
    own = number_of(group.text)
    if own is None:
        return None
    kinds = [number_of(row.label.text) if row.label else None for row in rows]
    segments: list[list[int]] = []
    before: tuple[int, int] | None = None
    for n, kind in enumerate(kinds):
        if kind is None or kind[0] <= own[0]:
            before = None
            continue
        starts = before is None or (kind[0] > before[0] and own[0] == before[0])
        again = before is not None and kind == (before[0], 1) and own[0] == kind[0] - 1
        if starts or again:
            segments.append([])
        segments[-1].append(n)
        before = kind
    fit = [
        (s[0], s[-1] + 1)
        for s in segments
        if s[0] <= s[-1] and _is_middle(group, s[0], s[-1] + 1, edges, em)
    ]
    return fit[0] if len(fit) == 1 else None


def _chained(
    rows: Sequence[Row], groups: Sequence[Span], edges: Sequence[float], em: float
) -> dict[int, tuple[int, int]] | None:
    """Groups that share out all rows from the first to the last, one below the other."""
    ordered = sorted(groups, key=lambda g: g.middle)
    if any(a.x1 <= b.x0 or b.x1 <= a.x0 for a, b in pairwise(ordered)):
        return None
    out: dict[int, tuple[int, int]] = {}
    at = 0
    for group in ordered:
        fit = [
            end
            for end in range(at + 1, len(rows) + 1)
            if _is_middle(group, at, end, edges, em)
        ]
        if len(fit) != 1:
            return None
        out[id(group)] = (at, fit[0])
        at = fit[0]
    return out if at == len(rows) else None
