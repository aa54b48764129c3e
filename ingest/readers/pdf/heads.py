"""The header above the figures of a table without rules: which heads stand over which columns.

Nothing but places tells: lines of one head stand close together, a head over several columns is their
middle, and one that reaches over several lines of heads is the middle of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.lines import Run
from ingest.readers.pdf.spans import Span, span_of

_NEAR = 0.4  # em that flush heads may be off each other
_SLACK = 0.2  # em that a head may be off the middle of its columns
_LEVEL = 0.35  # em that the heads of one line may be off each other
_WIDEST = 2.2  # em between the lines of one head
_LETTER = 1.0  # em between letters that stand one below the other
_MOST_TRIED = 20_000


@dataclass(frozen=True)
class Head:
    """A head: the columns `begin` to `end` and the lines of heads `top` to `bottom` that it covers."""

    span: Span
    begin: int
    end: int
    top: int
    bottom: int


@dataclass(frozen=True)
class Heads:
    """The heads over the columns; `leaves` are those right above the figures, `levels` their depth."""

    heads: tuple[Head, ...]
    leaves: tuple[Span, ...]
    levels: int


def find_heads(
    runs: Sequence[Run],
    columns: Sequence[Span],
    em: float,
    pitch: float | None,
    left: float,
    corner: Span | None = None,
) -> Heads | None:
    """The heads among `runs`, or None where they are not certain.

    `pitch` is how far apart the nearest rows of figures are, `left` where the labels of the rows end,
    `corner` what stands above these: it shows how cells over several lines of heads are set.
    How far apart the lines of one head stand is tried: one result may come of that, no two.
    """
    found: list[Heads] = []
    tried: list[tuple[int, ...]] = []
    for most in _distances(runs, em, pitch):
        cells = _cells(runs, em, most)
        shape = tuple(sorted(len(cell.runs) for cell in cells))
        if shape in tried:
            continue
        tried.append(shape)
        if not all(_is_even(cell, em) for cell in cells):
            continue  # lines of one text are as far apart as the others
        heads = _heads(cells, columns, em, left, corner)
        if heads is not None and (pitch is not None or _stands_even(heads, em)):
            found.append(heads)
    return found[0] if len(found) == 1 else None


def _stands_even(heads: Heads, em: float) -> bool:
    """Whether single heads of several lines have their tops, or their middles, at one height.

    Heads that only end at one height may stand under heads of several columns.
    """
    leaves = heads.leaves
    if heads.levels > 1 or all(len(h.runs) == 1 for h in leaves):
        return True
    tops, middles = [h.top for h in leaves], [h.middle for h in leaves]
    return min(max(ys) - min(ys) for ys in (tops, middles)) < _LEVEL * em


def _heads(
    cells: Sequence[Span], columns: Sequence[Span], em: float, left: float, corner: Span | None
) -> Heads | None:
    parted = _parted(cells, columns, em)
    if parted is None:
        return None
    groups, leaves = parted
    room = max((b.x0 - a.x1 for a, b in pairwise(leaves)), default=2 * em)
    reach = [(h.x0, h.x1) for h in leaves]
    for column in columns:
        for n, leaf in enumerate(leaves):
            if leaf.meets(column.x0, column.x1):
                reach[n] = (min(reach[n][0], column.x0), max(reach[n][1], column.x1))
    edges = _Edges(
        reach, max(left, reach[0][0] - room), reach[-1][1] + room, [(h.x0, h.x1) for h in leaves]
    )
    lines = _lines(groups, em)
    found: list[tuple[Head, ...]] = []
    ways = list(_starts(lines, leaves, em))
    if corner is not None and len(ways) > 1:
        top, bottom = min(c.top for c in cells), max(c.bottom for c in cells)
        raised = abs(corner.top - top) < _LEVEL * em
        if raised != (abs(corner.middle - (top + bottom) / 2) < _LEVEL * em):
            ways = ways[1:] if raised else ways[:1]
    for starts in ways:
        heads = _tree(lines, leaves, starts, edges, em)
        if heads is not None and heads not in found:
            found.append(heads)
    return Heads(found[0], tuple(leaves), len(lines) + 1) if len(found) == 1 else None


def _distances(runs: Sequence[Run], em: float, pitch: float | None) -> list[float]:
    """How far apart, at most, the lines of one head may stand; the likeliest first."""
    most = _WIDEST * em if pitch is None else min(pitch - 0.03 * em, _WIDEST * em)
    steps = {
        round(below.middle - run.middle, 2)
        for run in runs
        for below in runs
        if run.box[0] < below.box[2] and below.box[0] < run.box[2]
        if 0.6 * em < below.middle - run.middle < most
    }
    out: list[float] = []
    for step in sorted(steps, reverse=True):
        if not out or out[-1] - step > 0.03 * em:
            out.append(step + 0.01 * em)
    return [*out, 0.0]


def _cells(runs: Sequence[Run], em: float, most: float) -> list[Span]:
    """Heads with all their lines, from below: `most` is how far apart these may stand."""
    cells: list[Span] = []
    for run in sorted(runs, key=lambda r: -r.middle):
        under = [c for c in cells if c.meets(run.box[0], run.box[2])]
        top = min((c.top for c in under), default=0.0)
        highest = [c for c in under if c.top <= top + 0.3 * em]
        if len(highest) == 1 and _is_tight(run, highest[0], em, most):
            highest[0].take(run)
        else:
            cells.append(span_of(run))
    return cells


def _is_tight(run: Run, below: Span, em: float, most: float) -> bool:
    """Whether a run is the line of a head above the lines that are known."""
    top = min(below.runs, key=lambda r: r.middle)
    centred = abs(run.box[0] + run.box[2] - top.box[0] - top.box[2]) < 1.2 * em
    flush = abs(run.box[0] - top.box[0]) < 0.6 * em or abs(run.box[2] - top.box[2]) < 0.6 * em
    if len(run.text) == len(top.text) == 1 and centred:  # letters one below the other
        return top.box[1] - run.box[3] < _LETTER * em
    return top.middle - run.middle < most and (centred or flush)


def _is_even(cell: Span, em: float) -> bool:
    heights = sorted({round(run.middle, 1) for run in cell.runs})
    steps = [b - a for a, b in pairwise(heights) if b - a > 0.3 * em]
    return not steps or max(steps) - min(steps) < 0.15 * em


def _parted(
    cells: Sequence[Span], columns: Sequence[Span], em: float
) -> tuple[list[Span], list[Span]] | None:
    """Heads over several columns and heads of single ones.

    A single one has nothing but figures below it, or stands beside the lowest: what stands higher, above
    the room between two heads, is a head of several.
    """
    lowest = max(cells, key=lambda c: c.bottom)
    band = min(c.top for c in cells if c.bottom > lowest.bottom - _LEVEL * em)
    leaves: list[Span] = []
    groups: list[Span] = []
    for cell in cells:
        below = [o for o in cells if o is not cell and o.middle > cell.middle + 0.3 * em]
        under = any(o.meets(cell.x0, cell.x1) for o in below)
        own = any(
            c.meets(cell.x0, cell.x1) and not any(o.meets(c.x0, c.x1) for o in below)
            for c in columns
        )
        beside = cell.bottom > band + 0.2 * em or own
        (leaves if not under and beside else groups).append(cell)
    # what stands at the side of all others is no head of several
    for cell in [g for g in groups if leaves and not any(g.meets(h.x0, h.x1) for h in leaves)]:
        if cell.x0 > max(h.x1 for h in leaves) or cell.x1 < min(h.x0 for h in leaves):
            groups.remove(cell)
            leaves.append(cell)
    leaves.sort(key=lambda h: h.x0)
    if not leaves or any(a.x1 > b.x0 for a, b in pairwise(leaves)):
        return None
    return groups, leaves


def _lines(groups: Sequence[Span], em: float) -> list[list[Span]]:
    """Heads of several columns by the line that they stand in, from the top down."""
    lines: list[list[Span]] = []
    for group in sorted(groups, key=lambda g: g.middle):
        if lines and group.middle - lines[-1][0].middle < 0.6 * em:
            lines[-1].append(group)
        else:
            lines.append([group])
    return [sorted(line, key=lambda g: g.x0) for line in lines]


def _starts(
    lines: Sequence[Sequence[Span]], leaves: Sequence[Span], em: float
) -> Iterator[list[int]]:
    """In which line each leaf's cell begins: set in the middle of its lines, at their top or end."""
    if not lines:
        yield [0] * len(leaves)
        return
    depth = len(lines)
    lowest = max(h.middle for h in leaves)
    row = [h for h in leaves if lowest - h.middle < _LEVEL * em]
    tops = [min(g.top for g in line) for line in lines] + [min(h.top for h in row)]
    bottoms = [max(g.bottom for g in line) for line in lines] + [max(h.bottom for h in row)]
    gaps = [b - a for a, b in zip(bottoms, tops[1:], strict=False)]
    if min(gaps) < -0.1 * em:
        return
    between = [(a + b) / 2 for a, b in zip(bottoms, tops[1:], strict=False)]
    edges = [tops[0] - gaps[0] / 2, *between, bottoms[-1] + gaps[-1] / 2]
    centred = [
        [k for k in range(depth + 1) if abs((edges[k] + edges[-1]) / 2 - h.middle) < _LEVEL * em]
        for h in leaves
    ]
    # in the middle first, then at the top
    if all(len(fit) == 1 for fit in centred):
        yield [fit[0] for fit in centred]
    raised = [[k for k in range(depth + 1) if abs(tops[k] - h.top) < _LEVEL * em] for h in leaves]
    if all(len(fit) == 1 for fit in raised):
        yield [fit[0] for fit in raised]


@dataclass(frozen=True)
class _Edges:
    """Where the leaves' columns may begin and end."""

    reach: list[tuple[float, float]]
    first: float
    last: float
    text: list[tuple[float, float]]

    def fits(self, group: Span, begin: int, end: int, em: float) -> str | None:
        """How a head is set over these columns: `centre` or `flush`, None where it is not."""
        least = self.reach[begin - 1][1] if begin else self.first
        most = self.reach[begin][0]
        right_least = self.reach[end - 1][1]
        right_most = self.reach[end][0] if end < len(self.reach) else self.last
        if group.x0 < least - _NEAR * em or group.x1 > right_most + _NEAR * em:
            return None
        low, high = (least + right_least) / 2, (most + right_most) / 2
        if low - _SLACK * em <= group.centre <= high + _SLACK * em:
            return "centre"
        starts = (self.text[begin][0], self.reach[begin][0])
        ends = (self.text[end - 1][1], self.reach[end - 1][1])
        if any(abs(group.x0 - x) <= _NEAR * em for x in starts):
            return "flush"
        return "flush" if any(abs(group.x1 - x) <= _NEAR * em for x in ends) else None


def _tree(
    lines: Sequence[Sequence[Span]],
    leaves: Sequence[Span],
    starts: Sequence[int],
    edges: _Edges,
    em: float,
) -> tuple[Head, ...] | None:
    """All heads with the columns that they cover, None where there is not one way of sharing them."""
    depth = len(lines)
    heads = [
        Head(leaf, n, n + 1, start, depth + 1)
        for n, (leaf, start) in enumerate(zip(leaves, starts, strict=True))
    ]
    nodes = list(heads)  # what no head covers as yet, from left to right
    for level in range(depth - 1, -1, -1):
        budget = [_MOST_TRIED]
        ways = _shares(lines[level], nodes, 0, level, edges, em, budget)
        if budget[0] <= 0:
            return None
        if len(ways) > 1:
            ways = [way for way in ways if all(mode == "centre" for _, _, mode in way)]
        if len(ways) != 1:
            return None
        above = list(nodes)
        for group, (begin, end, _) in reversed(list(zip(lines[level], ways[0], strict=True))):
            head = Head(group, nodes[begin].begin, nodes[end - 1].end, level, level + 1)
            heads.append(head)
            above[begin:end] = [head]
        nodes = above
    return tuple(heads) if all(node.top == 0 for node in nodes) else None


_Way = list[tuple[int, int, str]]


def _shares(
    groups: Sequence[Span],
    nodes: Sequence[Head],
    at: int,
    level: int,
    edges: _Edges,
    em: float,
    budget: list[int],
) -> list[_Way]:
    """All ways of sharing out what stands right below a line of heads among these, left to right."""
    while at < len(nodes) and nodes[at].top != level + 1:
        at += 1
    if not groups or at == len(nodes):
        return [] if groups or at < len(nodes) else [[]]
    out: list[_Way] = []
    for end in range(at + 1, len(nodes) + 1):
        budget[0] -= 1
        if nodes[end - 1].top != level + 1 or budget[0] <= 0:
            break
        if nodes[end - 1].end - nodes[at].begin < 2:
            continue  # over one column a head and the line of a head look alike
        mode = edges.fits(groups[0], nodes[at].begin, nodes[end - 1].end, em)
        if mode is None:
            continue
        rest = _shares(groups[1:], nodes, end, level, edges, em, budget)
        out += [[(at, end, mode), *way] for way in rest]
    return out


def aligned(columns: Sequence[Span], leaves: Sequence[Span], em: float) -> list[int] | None:
    """For each column of figures the head it stands under, by position; None where not certain.

    All figures of a column are flush left, flush right or centred among themselves, or stand within
    the width of their head; each column meets one head and is the only one that meets it.
    """
    out = []
    for column in columns:
        over = [n for n, h in enumerate(leaves) if h.meets(column.x0, column.x1)]
        if len(over) != 1:
            return None
        head = leaves[over[0]]
        boxes = [run.box for run in column.runs]
        near = 0.75 * em
        inside = all(head.x0 - near <= b[0] and b[2] <= head.x1 + near for b in boxes)
        edges = ([b[0] for b in boxes], [b[2] for b in boxes], [(b[0] + b[2]) / 2 for b in boxes])
        even = any(all(abs(x - median(xs)) <= near / 2 for x in xs) for xs in edges)
        if not inside and not even:
            return None
        out.append(over[0])
    return out if len(set(out)) == len(out) else None


def tiled(columns: Sequence[Span], leaves: Sequence[Span], em: float) -> list[int] | None:
    """As `aligned`, for figures at one side of their cells under heads in the middle of these.

    There is a column of figures for each head, and the cells that figures and heads show fill the width
    without gap or overlap: under any other heads they would not.
    """
    if len(columns) != len(leaves) or len(columns) < 3:
        return None
    right = all(_even([run.box[2] for run in c.runs], em) for c in columns)
    left = all(_even([run.box[0] for run in c.runs], em) for c in columns)
    if right == left:
        return None
    cells: list[tuple[float, float]] = []
    for column, leaf in zip(columns, leaves, strict=True):
        half = column.x1 - leaf.centre if right else leaf.centre - column.x0
        if half < max(leaf.centre - leaf.x0, column.x1 - column.x0 - half) - 0.1 * em:
            return None
        cells.append((leaf.centre - half, leaf.centre + half))
    if any(not -0.1 * em <= b[0] - a[1] <= 1.5 * em for a, b in pairwise(cells)):
        return None
    return list(range(len(columns)))


def _even(xs: Sequence[float], em: float) -> bool:
    return all(abs(x - xs[0]) <= 0.2 * em for x in xs)
