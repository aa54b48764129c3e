"""The labels at the left of a table without rules: which row each names, which rows a group covers.

A row stands where its figures stand. A label of several lines names the row that its middle, its first
or its last line stands on; a label over several rows is their middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.readers.pdf.lines import Run
from ingest.readers.pdf.spans import Span, number_of, span_of

_ON = 0.35  # em that a label may stand off its row
_ALIKE = 0.6  # em that the lines of one label may be off each other


@dataclass
class Row:
    """A row: the height of its figures, the figures by column, its label, the groups over it."""

    middle: float
    values: dict[int, Run]
    label: Span | None = None
    groups: list[Span] = field(default_factory=list)

    @property
    def top(self) -> float:
        """The upper edge of its label and values, in points from the top."""
        tops = [run.box[1] for run in self.values.values()]
        return min([*tops, self.label.top] if self.label else tops)

    @property
    def bottom(self) -> float:
        """The lower edge of its label and values, in points from the top."""
        bottoms = [run.box[3] for run in self.values.values()]
        return max([*bottoms, self.label.bottom] if self.label else bottoms)


def label_rows(
    rows: Sequence[Row],
    labels: Sequence[Run],
    em: float,
    pitch: float | None,
    carried: Sequence[Span] = (),
) -> list[Row] | None:
    """The rows (those without a figure too) with their labels and groups; None where not certain.

    `pitch` is how far apart rows are between which nothing stands, `carried` the groups that the page
    before ended in.
    """
    if not labels:
        return list(rows)
    usual = min(pitch - 0.12 * em, 2.2 * em) if pitch else 1.8 * em
    for most in sorted({min(usual, 1.45 * em), usual}):
        found = _labelled(rows, labels, em, pitch, most, carried)
        if found is not None:
            return found
    return None


def _labelled(
    rows: Sequence[Row],
    labels: Sequence[Run],
    em: float,
    pitch: float | None,
    most: float,
    carried: Sequence[Span],
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
    numbered = all(any(number_of(c.text) for c in on[n]) for n in on)
    for n, row in enumerate(out):
        if not on[n]:
            return None
        leaf = max(on[n], key=lambda c: c.x0)
        if len(reached[id(leaf)]) != 1 or any(c.x1 > leaf.x0 for c in on[n] if c is not leaf):
            return None
        if pitch is None and not numbered and not _is_around(leaf, row, em):
            return None  # its other lines may be rows without a figure
        row.label = leaf
        rest = [c for c in rest if c is not leaf]
    out += _blank_rows(out, rest, on, em, pitch)
    named = {id(row.label) for row in out}
    groups = [c for c in rest if id(c) not in named]
    out.sort(key=lambda row: row.middle)
    if any(b.top < a.bottom - 0.1 * em for a, b in pairwise(out)):
        return None
    return out if _group(out, groups, carried, em) else None


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


def _is_around(cell: Span, row: Row, em: float) -> bool:
    """Whether a label stands beside its figures, or evenly above and below them."""
    lines = len(cell.runs)
    return lines == 1 or (lines % 2 == 0 and abs(cell.middle - row.middle) < _ON * em)


def _blank_rows(
    rows: Sequence[Row],
    rest: Sequence[Span],
    on: dict[int, list[Span]],
    em: float,
    pitch: float | None,
) -> list[Row]:
    """Rows that print nothing but a label: they stand as far from their neighbours as rows do."""
    if pitch is None:
        return []
    known = {id(cell) for cells in on.values() for cell in cells}
    lines = [run for cells in (*on.values(), rest) for cell in cells for run in cell.runs]
    widest = max(run.width for run in lines)
    out: list[Row] = []
    for cell in sorted((c for c in rest if id(c) not in known), key=lambda c: -c.x0):
        far = all(abs(row.middle - cell.middle) > 0.75 * pitch for row in (*rows, *out))
        clear = all(
            cell.bottom <= r.top + 0.1 * em or r.bottom <= cell.top + 0.1 * em for r in rows
        )
        # what stands below (or above) a full line may be the rest of it
        near = [r for r in lines if abs(r.middle - cell.middle) < 2 * pitch]
        whole = all(run.width < widest - em for run in near if run.middle <= cell.middle)
        if not whole and number_of(cell.text) is None:
            continue
        if far and clear and rows[0].middle < cell.middle < rows[-1].middle:
            out.append(Row(cell.middle, {}, cell))
    return out


def _group(rows: Sequence[Row], groups: Sequence[Span], carried: Sequence[Span], em: float) -> bool:
    """Give each group its rows; False where that is not certain.

    `carried` are the groups that the last row of the page before stands in, outermost first.
    """
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
    if any(row.label is None or (row.groups and row.groups[-1].x1 > row.label.x0) for row in rows):
        return False
    return _carry(rows, carried)


def _carry(rows: Sequence[Row], carried: Sequence[Span]) -> bool:
    """Go on with the groups of the page before; False where their numbers do not tell how far."""
    own = {row.groups[0].text if row.groups else None for row in rows[:1]}
    for n, group in enumerate(carried):
        kind = number_of(group.text)
        if kind is None:
            return bool(rows[0].groups)
        for row in rows:
            first = row.groups[n] if len(row.groups) > n else row.label
            below = number_of(first.text) if first else None
            if below is None or below[0] <= kind[0] or group.text in own:
                break
            row.groups.insert(n, group)
    return True


def _edges(rows: Sequence[Row]) -> list[float]:
    """Where each row ends and the next begins: the middle between what they print."""
    between = [(a.bottom + b.top) / 2 for a, b in pairwise(rows)]
    room = min((b.top - a.bottom for a, b in pairwise(rows)), default=0.0) / 2
    return [rows[0].top - room, *between, rows[-1].bottom + room]


def _is_middle(group: Span, begin: int, end: int, edges: Sequence[float], em: float) -> bool:
    return abs((edges[begin] + edges[end]) / 2 - group.middle) < 0.4 * em


def _numbered(
    rows: Sequence[Row], group: Span, edges: Sequence[float], em: float
) -> tuple[int, int] | None:
    """The rows that a numbered group covers: one run of rows numbered in a deeper kind.

    It stands in their middle, on their first or on their last; anywhere where a page cuts the run.
    """
    own = number_of(group.text)
    if own is None:
        return None
    fit, cut = [], []
    for begin, end in _segments(rows, own[0]):
        first, last = group.runs[0].middle, group.runs[-1].middle
        on_end = abs(first - _line(rows[begin], 0)) < _ON * em
        on_end |= abs(last - _line(rows[end - 1], -1)) < _ON * em
        if on_end or _is_middle(group, begin, end, edges, em):
            fit.append((begin, end))
        elif begin == 0 or end == len(rows):
            if edges[begin] <= group.top and group.bottom <= edges[end]:
                cut.append((begin, end))
    found = fit or cut
    return found[0] if len(found) == 1 else None


def _line(row: Row, at: int) -> float:
    return row.label.runs[at].middle if row.label else row.middle


def _segments(rows: Sequence[Row], kind: int) -> list[tuple[int, int]]:
    """The runs of rows that one group numbered in this kind may cover.

    Rows numbered in the kind right below it begin again with 1 in each group.
    """
    out: list[tuple[int, int]] = []
    deeper: int | None = None  # the kind right below the group's, as its rows have it
    number = 0
    for n, row in enumerate(rows):
        own = number_of(row.label.text) if row.label else None
        if own is None or own[0] <= kind:
            deeper = None
            continue
        if deeper is None or (own[0] == deeper and own[1] <= number):
            out.append((n, n))
            deeper, number = own
        elif own[0] < deeper:
            deeper = own[0]
        if own[0] == deeper:
            number = own[1]
        out[-1] = (out[-1][0], n + 1)
    return out


def _chained(
    rows: Sequence[Row], groups: Sequence[Span], edges: Sequence[float], em: float
) -> dict[int, tuple[int, int]] | None:
    """Groups that share out all rows from the first to the last, one below the other."""
    ordered = sorted(groups, key=lambda g: g.middle)
    if any(a.x1 <= b.x0 or b.x1 <= a.x0 for a, b in pairwise(ordered)):
        return None
    ways = [w for w in (_middles(rows, ordered, edges, em), _tops(rows, ordered, em)) if w]
    if not ways or any(way != ways[0] for way in ways):
        return None
    return {id(group): way for group, way in zip(ordered, ways[0], strict=True)}


def _middles(
    rows: Sequence[Row], groups: Sequence[Span], edges: Sequence[float], em: float
) -> list[tuple[int, int]] | None:
    out: list[tuple[int, int]] = []
    at = 0
    for group in groups:
        ends = [
            end for end in range(at + 1, len(rows) + 1) if _is_middle(group, at, end, edges, em)
        ]
        if len(ends) != 1:
            return None
        out.append((at, ends[0]))
        at = ends[0]
    return out if at == len(rows) else None


def _tops(rows: Sequence[Row], groups: Sequence[Span], em: float) -> list[tuple[int, int]] | None:
    begins: list[int] = []
    for group in groups:
        on = [n for n, r in enumerate(rows) if abs(group.runs[0].middle - _line(r, 0)) < _ON * em]
        if len(on) != 1:
            return None
        begins += on
    if begins[0] != 0:
        return None
    return list(zip(begins, [*begins[1:], len(rows)], strict=True))
