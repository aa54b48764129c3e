"""From straight rules to the cells that they enclose.

Rules that touch form one lattice; their distinct positions are its edges. Two neighbouring fields of
that raster belong to one cell where no rule stands between them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ingest.readers.pdf.drawing import Box, Rule

#: rules nearer than this are one: double borders, the two sides of a gap between cells
SNAP = 4.5
_JOIN = 4.5  # a gap in a dashed line
_TOUCH = 3.5
_SHORTEST = 5.0
_COVERED, _FREE = 0.7, 0.3  # shares of a side that make it surely ruled, surely open
_MOST_RULES = 2_500  # after joining; more is a drawing


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a lattice: the fields `row` … `row + rows - 1` by `column` … of its raster."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Lattice:
    """Edges from left to right and from top to bottom, and the cells between them.

    `sound` is false where rules end in the middle of nowhere, so that a cell has no clear shape.
    `open_top` and `open_bottom`: no rule closes the table there, as where a page cuts it.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    fields: tuple[Field, ...]
    sound: bool
    open_top: bool
    open_bottom: bool

    @property
    def box(self) -> Box:
        """The outermost lines: left, top, right, bottom in points."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def field_box(self, f: Field) -> Box:
        """Where a cell stands on the page."""
        return (
            self.xs[f.column],
            self.ys[f.row],
            self.xs[f.column + f.columns],
            self.ys[f.row + f.rows],
        )

    def field_at(self, x: float, y: float) -> Field | None:
        """The cell at a point of the page."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self._at.get((row, column))

    @cached_property
    def _at(self) -> dict[tuple[int, int], Field]:
        return {
            (r, c): f
            for f in self.fields
            for r in range(f.row, f.row + f.rows)
            for c in range(f.column, f.column + f.columns)
        }


def lattices(horizontal: Iterable[Rule], vertical: Iterable[Rule]) -> list[Lattice]:
    """The lattices of a page that have more than one cell, from the top down.

    One that stands around others (a frame, a table for layout) is left out: its cells would mix
    what stands in them.
    """
    across, down = _joined(horizontal), _joined(vertical)
    if len(across) + len(down) > _MOST_RULES:
        return []
    found = []
    for rules_across, rules_down in _groups(across, down):
        made = _lattice(rules_across, rules_down)
        if made is not None and (len(made.fields) > 1 or not made.sound):
            found.append(made)
    inner = [
        one for one in found if not any(o is not one and _inside(o.box, one.box) for o in found)
    ]
    return sorted(inner, key=lambda one: (one.ys[0], one.xs[0]))


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - 1
        and inner[1] >= outer[1] - 1
        and inner[2] <= outer[2] + 1
        and inner[3] <= outer[3] + 1
    )


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces on one line joined over small gaps; what is too short to be a border left out."""
    out: list[Rule] = []
    line: list[Rule] = []
    for rule in sorted(rules):
        if line and rule.at - line[0].at > SNAP / 2:
            out += _runs(line)
            line = []
        line.append(rule)
    return [r for r in out + _runs(line) if r.end - r.start >= _SHORTEST]


def _runs(line: list[Rule]) -> list[Rule]:
    out: list[Rule] = []
    for rule in sorted(line, key=lambda r: r.start):
        if out and rule.start - out[-1].end <= _JOIN:
            out[-1] = out[-1]._replace(end=max(out[-1].end, rule.end))
        else:
            out.append(rule)
    return out


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch one another, directly or over others."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    by_height = sorted(range(len(across)), key=lambda i: across[i].at)
    heights = [across[i].at for i in by_height]
    for j, d in enumerate(down):
        for k in range(bisect_right(heights, d.start - _TOUCH), len(heights)):
            a = across[by_height[k]]
            if a.at > d.end + _TOUCH:
                break
            if a.start - _TOUCH <= d.at <= a.end + _TOUCH:
                parent[root(by_height[k])] = root(len(across) + j)
    grouped: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across):
        grouped.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(down):
        grouped.setdefault(root(len(across) + j), ([], []))[1].append(rule)
    return [g for g in grouped.values() if g[0] and g[1]]


def _edges(values: Iterable[float]) -> list[float]:
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][0] <= SNAP:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    left, right = min(r.start for r in across), max(r.end for r in across)
    top, bottom = min(r.start for r in down), max(r.end for r in down)
    # a table without side borders ends where its rules end
    xs = _edges([*(r.at for r in down), left, right])
    ys = _edges([*(r.at for r in across), top, bottom])
    height, width = len(ys) - 1, len(xs) - 1
    if height < 1 or width < 1 or height + width < 3:
        return None
    if height * width > 20_000:
        return None
    rows_of = [[r for r in across if abs(r.at - y) <= SNAP] for y in ys]
    columns_of = [[r for r in down if abs(r.at - x) <= SNAP] for x in xs]
    above = [
        [_cover(rows_of[r], xs[c], xs[c + 1]) for c in range(width)] for r in range(height + 1)
    ]
    before = [
        [_cover(columns_of[c], ys[r], ys[r + 1]) for c in range(width + 1)] for r in range(height)
    ]
    inner = [v for line in above[1:-1] for v in line] + [v for line in before for v in line[1:-1]]
    clear = not any(_FREE < v < _COVERED for v in inner)
    fields = _fields(above, before, height, width)
    return Lattice(
        tuple(xs),
        tuple(ys),
        tuple(fields or ()),
        fields is not None and clear,
        sum(v >= _COVERED for v in above[0]) < 0.5 * width,
        sum(v >= _COVERED for v in above[-1]) < 0.5 * width,
    )


def _cover(rules: list[Rule], start: float, end: float) -> float:
    """The share of a side that rules cover; the last bit at its ends does not count."""
    slack = min(2.0, (end - start) / 4)
    start, end = start + slack, end - slack
    covered = sum(max(0.0, min(r.end, end) - max(r.start, start)) for r in rules)
    return min(covered / (end - start), 1.0)


def _fields(
    above: list[list[float]], before: list[list[float]], height: int, width: int
) -> list[Field] | None:
    """The cells, or None where one of them is no rectangle."""
    seen = [[False] * width for _ in range(height)]
    fields = []
    for r in range(height):
        for c in range(width):
            if seen[r][c]:
                continue
            region = [(r, c)]
            seen[r][c] = True
            for y, x in region:  # grows while it is walked
                for ny, nx, wall in (
                    (y + 1, x, above[y + 1][x]),
                    (y - 1, x, above[y][x]),
                    (y, x + 1, before[y][x + 1]),
                    (y, x - 1, before[y][x]),
                ):
                    inside = 0 <= ny < height and 0 <= nx < width
                    if inside and wall < 0.5 and not seen[ny][nx]:
                        seen[ny][nx] = True
                        region.append((ny, nx))
            rows, columns = [y for y, _ in region], [x for _, x in region]
            tall, wide = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
            if tall * wide != len(region):
                return None
            fields.append(Field(min(rows), min(columns), tall, wide))
    return fields
