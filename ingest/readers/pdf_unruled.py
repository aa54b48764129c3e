"""Tables that are set without rules: columns told by what stands under what, or not at all.

A table is only taken where every figure stands under exactly one header and all columns are set
alike (flush left, flush right or centred under their headers). Otherwise its lines stay lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.model import Place, Warning_
from ingest.numbers import looks_like_value
from ingest.readers.pdf_lines import Run, around, joined, rounded
from ingest.readers.pdf_pages import Item, Line
from ingest.readers.pdf_tables import NUMBERED, PieceCell, TablePiece

_NEAR = 0.75  # em that a column may be off its header
_TIGHT = 0.45  # em between the lines of one header
_HEADER_LINES = 6
_MOST_LINES = 300
_LONG = 28  # letters; a longer line that ends a sentence is prose


def find_unruled(items: Sequence[Item]) -> tuple[list[Item], list[Warning_]]:
    """The items with the lines of each certain unruled table replaced by the table."""
    out: list[Item] = []
    warnings: list[Warning_] = []
    i = 0
    while i < len(items):
        zone = _zone(items, i)
        if not zone:
            out.append(items[i])
            i += 1
            continue
        table = _table(zone)
        if table is not None:
            out.append(table)
        else:
            out += zone
            if sum(_count(line) > 1 for line in zone) > 1:
                place = Place(page=zone[0].page, bbox=rounded(around(z.box for z in zone)))
                text = f"第{zone[0].page}页：没有框线的表格，无法确定各数值属于哪一列，按文字保留"
                warnings.append(Warning_("pdf-table-unruled", text, place))
        i += len(zone)
    return out, warnings


def _count(line: Line) -> int:
    return sum(looks_like_value(run.text) for run in line.runs)


def _is_body(line: Line) -> bool:
    """A line with a value that stands apart from its label, or with nothing but values."""
    return _count(line) > 0 and (len(line.runs) > 1)


def _is_prose(line: Line) -> bool:
    return "。" in line.text or (len(line.text) > _LONG and len(line.runs) == 1)


def _zone(items: Sequence[Item], start: int) -> list[Line]:
    """Lines of one page from `start` that look like a table: headers, then lines with values."""
    begin = items[start]
    if not isinstance(begin, Line) or len(begin.runs) < 2:
        return []
    lines: list[Line] = []
    for item in items[start : start + _MOST_LINES]:
        if not isinstance(item, Line):
            break
        if lines and item.page != lines[-1].page:
            break
        if lines and not -item.size < item.box[1] - lines[-1].box[3] < 4 * item.size:
            break
        lines.append(item)
    first = next((n for n, line in enumerate(lines) if _is_body(line)), None)
    if first is None or first > _HEADER_LINES or any(_is_prose(x) for x in lines[:first]):
        return []
    last, blank = first, 0
    for n in range(first, len(lines)):
        if _is_body(lines[n]):
            last, blank = n, 0
        elif _is_prose(lines[n]) or len(lines[n].runs) > 1 or blank == 3:
            break
        else:
            blank += 1
    # the rest of the last label
    while last + 1 < len(lines) and _continues(lines[last], lines[last + 1]):
        last += 1
    return lines[: last + 1] if last > first or first > 0 else []


def _continues(line: Line, below: Line) -> bool:
    return (
        len(below.runs) == 1
        and not NUMBERED.match(below.text)
        and not _is_prose(below)
        and below.box[1] - line.box[3] < _TIGHT * below.size
        and abs(below.box[0] - line.box[0]) < 1.5 * below.size
    )


@dataclass
class _Span:
    """A stretch of the page's width with what stands in it."""

    x0: float
    x1: float
    runs: list[Run]

    @property
    def top(self) -> float:
        return min(run.box[1] for run in self.runs)

    @property
    def bottom(self) -> float:
        return max(run.box[3] for run in self.runs)

    @property
    def text(self) -> str:
        return joined(run.text for run in sorted(self.runs, key=lambda r: r.box[1]))

    def meets(self, x0: float, x1: float) -> bool:
        return self.x0 < x1 and x0 < self.x1

    def take(self, run: Run) -> None:
        self.runs.append(run)
        self.x0, self.x1 = min(self.x0, run.box[0]), max(self.x1, run.box[2])


def _spans(runs: Sequence[Run]) -> list[_Span]:
    out: list[_Span] = []
    for run in sorted(runs, key=lambda r: r.box[0]):
        if out and run.box[0] < out[-1].x1:
            out[-1].take(run)
        else:
            out.append(_Span(run.box[0], run.box[2], [run]))
    return out


def _table(zone: list[Line]) -> TablePiece | None:
    first = next(n for n, line in enumerate(zone) if _is_body(line))
    head, body = zone[:first], zone[first:]
    if not head:
        return None
    em = zone[first].size
    columns = _spans([r for line in body for r in line.runs if looks_like_value(r.text)])
    labels = [r for line in body for r in line.runs if not looks_like_value(r.text)]
    edge = min(column.x0 for column in columns)
    if any(run.box[2] > edge for run in labels):
        return None
    headers = _headers(head, columns, em)
    if headers is None:
        return None
    groups, leaves = headers
    span = around(run.box for run in labels) if labels else (0.0, 0.0, 0.0, 0.0)
    corner = [h for h in leaves if h.x1 <= edge and h.meets(span[0], span[2])]
    leaves = [h for h in leaves if h not in corner]
    matched = _match(columns, leaves, em)
    if matched is None:
        return None
    rows = _rows(body, columns)
    if rows is None:
        return None
    return _build(zone, corner, groups, leaves, matched, rows)


def _headers(
    head: list[Line], columns: list[_Span], em: float
) -> tuple[list[_Span], list[_Span]] | None:
    """Group headers and the headers of single columns, or None where that is not certain.

    What stands above the gap between two headers, and above no value, is a group's.
    """
    leaves: list[_Span] = []
    groups: list[_Span] = []
    for line in reversed(head):
        for run in line.runs:
            if looks_like_value(run.text):
                return None
            under = [h for h in [*groups, *leaves] if h.meets(run.box[0], run.box[2])]
            top = min((h.top for h in under), default=0.0)
            highest = [h for h in under if h.top <= top + 0.3 * em]
            lowest = not leaves or run.box[3] > max(h.top for h in leaves)
            if not under and (lowest or any(c.meets(run.box[0], run.box[2]) for c in columns)):
                leaves.append(_Span(run.box[0], run.box[2], [run]))
            elif under and len(highest) == 1 and highest[0].top - run.box[3] < _TIGHT * em:
                highest[0].take(run)
            else:
                groups.append(_Span(run.box[0], run.box[2], [run]))
    leaves.sort(key=lambda h: h.x0)
    if any(a.x1 > b.x0 for a, b in pairwise(leaves)):
        return None
    return groups, leaves


def _match(columns: list[_Span], leaves: list[_Span], em: float) -> list[int] | None:
    """For each column of values the header that it stands under, by position in `leaves`."""
    out = []
    for column in columns:
        over = [n for n, h in enumerate(leaves) if h.meets(column.x0, column.x1)]
        if len(over) != 1:
            return None
        out.append(over[0])
    if len(set(out)) != len(out):
        return None
    near = _NEAR * em
    pairs = [(run, leaves[n]) for c, n in zip(columns, out, strict=True) for run in c.runs]
    flush_left = all(abs(r.box[0] - h.x0) <= near for r, h in pairs)
    flush_right = all(abs(r.box[2] - h.x1) <= near for r, h in pairs)
    centred = all(abs(r.box[0] + r.box[2] - h.x0 - h.x1) <= 2 * near for r, h in pairs)
    return out if flush_left or flush_right or centred else None


@dataclass
class _Row:
    labels: list[Run]
    values: dict[int, Run]
    box_of: list[Line]


def _rows(body: list[Line], columns: list[_Span]) -> list[_Row] | None:
    """Lines as rows of the table; None where a line of words may belong to either neighbour."""
    rows: list[_Row] = []
    for n, line in enumerate(body):
        values: dict[int, Run] = {}
        for run in line.runs:
            if looks_like_value(run.text):
                at = next(c for c, span in enumerate(columns) if span.meets(run.box[0], run.box[2]))
                if at in values:
                    return None
                values[at] = run
        labels = [run for run in line.runs if run not in values.values()]
        if values or not rows:
            rows.append(_Row(labels, values, [line]))
            continue
        # words alone: the rest of the label above, or a row of their own
        numbered = bool(NUMBERED.match(line.text))
        following = body[n + 1] if n + 1 < len(body) else None
        above = line.box[1] - body[n - 1].box[3]
        below = following.box[1] - line.box[3] if following else above + line.size
        if numbered and following is not None and NUMBERED.match(following.text):
            rows.append(_Row(labels, values, [line]))
        elif not numbered and len(labels) == len(rows[-1].labels) == 1:
            if above >= below - 0.15 * line.size:
                return None
            rows[-1].labels += labels
            rows[-1].box_of.append(line)
        else:
            return None
    return rows


def _build(
    zone: list[Line],
    corner: list[_Span],
    groups: list[_Span],
    leaves: list[_Span],
    matched: list[int],
    rows: list[_Row],
) -> TablePiece | None:
    page = zone[0].page
    has_labels = bool(corner) or any(row.labels for row in rows)
    shift = int(has_labels)
    ranges = _ranges(groups, leaves)
    if ranges is None or len(corner) > 1 or any(len({*map(_left, r.labels)}) > 1 for r in rows):
        return None
    depth_of = [
        sum(
            b <= begin and end <= e and g.top < group.top
            for (b, e), g in zip(ranges, groups, strict=True)
        )
        for (begin, end), group in zip(ranges, groups, strict=True)
    ]
    deep = [sum(b <= n < e for b, e in ranges) for n in range(len(leaves))]
    levels = max(deep) + 1
    cells = [
        PieceCell(0, 0, levels, 1, span.text, page, around(r.box for r in span.runs))
        for span in corner
    ]
    if has_labels and not corner:
        cells.append(PieceCell(0, 0, levels, 1, "", page, zone[0].box))
    for (begin, end), group, depth in zip(ranges, groups, depth_of, strict=True):
        box = around(r.box for r in group.runs)
        cells.append(PieceCell(depth, begin + shift, 1, end - begin, group.text, page, box))
    for n, leaf in enumerate(leaves):
        box = around(r.box for r in leaf.runs)
        cells.append(PieceCell(deep[n], n + shift, levels - deep[n], 1, leaf.text, page, box))
    for number, row_read in enumerate(rows, levels):
        box = around(line.box for line in row_read.box_of)
        if has_labels:
            label = joined(run.text for run in row_read.labels)
            cells.append(PieceCell(number, 0, 1, 1, label, page, box))
        values = {matched[c]: run for c, run in row_read.values.items()}
        for n, leaf in enumerate(leaves):
            run = values.get(n)
            where = run.box if run else (leaf.x0, box[1], leaf.x1, box[3])
            cells.append(PieceCell(number, n + shift, 1, 1, run.text if run else "", page, where))
    edges = [zone[0].box[0], *(leaf.x0 for leaf in leaves), max(line.box[2] for line in zone)]
    xs = tuple(edges if has_labels else edges[1:])
    whole = around(line.box for line in zone)
    return TablePiece(page, whole, xs, levels + len(rows), tuple(cells))


def _left(run: Run) -> int:
    return round(run.box[0] / (2 * run.size))


def _ranges(groups: list[_Span], leaves: list[_Span]) -> list[tuple[int, int]] | None:
    """Which columns each group header stands over, or None where that is not certain.

    The groups of one line share out all columns whose headers stand below that line, and each is
    the middle of its own; there must be one way of doing that.
    """
    out: dict[int, tuple[int, int]] = {}
    for group in groups:
        if id(group) in out:
            continue
        level = sorted(
            (g for g in groups if abs(g.top - group.top) < 0.5 * g.runs[0].size),
            key=lambda g: g.x0,
        )
        below = [
            n
            for n, leaf in enumerate(leaves)
            if leaf.top > max(g.bottom for g in level) - 0.3 * group.runs[0].size
        ]
        ways = _shares(level, below, leaves)
        if len(ways) != 1:
            return None
        out.update({id(g): share for g, share in zip(level, ways[0], strict=True)})
    return [out[id(group)] for group in groups]


def _shares(
    groups: list[_Span], below: list[int], leaves: list[_Span]
) -> list[list[tuple[int, int]]]:
    """All ways (two are enough) of sharing out the columns `below` among groups, left to right."""
    if not groups or not below:
        return [] if groups or below else [[]]
    group, begin = groups[0], below[0]
    middle = (group.x0 + group.x1) / 2
    out: list[list[tuple[int, int]]] = []
    for count in range(1, len(below) + 1):
        end = begin + count
        if below[count - 1] != end - 1:
            break  # a column between them has no group
        if abs((leaves[begin].x0 + leaves[end - 1].x1) / 2 - middle) <= _NEAR * group.runs[0].size:
            rest = _shares(groups[1:], below[count:], leaves)
            out += [[(begin, end), *way] for way in rest]
        if len(out) > 1:
            break
    return out
