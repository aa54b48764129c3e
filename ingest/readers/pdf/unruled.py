"""Tables that are set without rules: columns told by what stands under what, or not at all.

A table is only taken where every figure stands under exactly one header and on exactly one row, and
every header over several columns, and every label over several rows, is certain. Otherwise its lines
stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.model import Place, Warning_
from ingest.readers.pdf.heads import Heads, aligned, find_heads, tiled
from ingest.readers.pdf.labels import Row, label_rows
from ingest.readers.pdf.lines import Run, around, rounded
from ingest.readers.pdf.pages import Item, Line
from ingest.readers.pdf.raster import head_cells, piece_of
from ingest.readers.pdf.spans import (
    Span,
    are_years,
    cut_at,
    is_figure,
    like_years,
    number_of,
    parted,
    spans_of,
)
from ingest.readers.pdf.tables import TablePiece

_HEADER_LINES = 16
_MOST_LINES = 300
_LONG = 28  # letters; a longer line that reaches over figures is prose
_BIG = 1.15  # times the size of the figures: a heading
_FAR = 4.0  # em between two lines of a table
_ALONE = 14  # lines of words between two rows of figures
_DIGITS = re.compile(r"[\d.,，．\s]+")  # figures that stand too close to be told apart
_CAPTION = re.compile(r"[(（]?(?:计量)?单位\s*[:：]|附?表\s*[\d一二三四五六七八九]|续表")


@dataclass(frozen=True)
class _Found:
    """A table with its columns, so that the next page can go on with it."""

    piece: TablePiece
    heads: Heads
    columns: tuple[Span, ...]
    matched: tuple[int, ...]
    labelled: bool
    groups: tuple[Span, ...]  # that the last row stands in


def find_unruled(items: Sequence[Item]) -> tuple[list[Item], list[Warning_]]:
    """The items with the lines of each certain unruled table replaced by the table."""
    out: list[Item] = []
    warnings: list[Warning_] = []
    last: _Found | None = None
    at = 0
    while at < len(items):
        body = _body(items, at)
        if not body:
            out.append(items[at])
            at += 1
            continue
        head = _head(out, body[0])
        before = out[-len(head) - 1] if len(head) < len(out) else None
        after = items[at + len(body)] if at + len(body) < len(items) else None
        cut = _is_cut(before, head) or _goes_on(body, after)
        found = None if cut else _table(head, body)
        if found is None and not cut and last is not None and before is last.piece:
            found = _rest(last, [*head, *body])
        if found is not None:
            kept = next((n for n, line in enumerate(head) if _is_in(line, found.piece)), len(head))
            del out[len(out) - len(head) + kept :]
            out.append(found.piece)
            last = found
        else:
            zone = [*head, *body]
            out += body
            wide = sum(len(_figures(line)) > 1 for line in zone)
            rows = sum(bool(_figures(line)) for line in body)
            headed = any(len(line.runs) > 1 for line in head)
            if wide > 1 or (head and wide) or (headed and rows > 1):
                place = Place(page=zone[0].page, bbox=rounded(around(z.box for z in zone)))
                text = f"第{zone[0].page}页：没有框线的表格，无法确定各数值属于哪一列，按文字保留"
                warnings.append(Warning_("pdf-table-unruled", text, place))
        at += len(body)
    return out, warnings


def _is_cut(before: Item | None, head: Sequence[Line]) -> bool:
    """Whether the first line of a header may stand at the end of the page before, or be figures."""
    if not isinstance(before, Line) or not head or "。" in before.text:
        return False
    if before.page != head[0].page:
        return len(before.runs) > 1 and not _figures(before)
    near = head[0].box[1] - before.box[3] < 0.7 * head[0].size
    return near and bool(_digits(_runs(before)))


def _goes_on(body: Sequence[Line], after: Item | None) -> bool:
    """Whether labels of several columns stand right below the last figures: rows may be missing.

    So may be the rest of `2023` / `年`: it was no figure.
    """
    if not isinstance(after, Line) or after.page != body[-1].page:
        return False
    if any(run.text in ("年", "年度") for run in _runs(after)):
        return True
    edge = min(run.box[0] for line in body for run in _figures(line))
    if like_years(_figures(body[-1]) or _runs(after)) and after.box[2] > edge:
        return True
    if len(_runs(after)) < 2:
        return False
    labelled = any(not is_figure(run) for line in body for run in _runs(line))
    return labelled and after.box[2] <= edge and after.box[1] - body[-1].box[3] < 0.8 * after.size


def _digits(runs: Sequence[Run]) -> list[Run]:
    """The runs that are figures, or several figures too close to be told apart; no years."""
    found = [run for run in runs if is_figure(run) or _DIGITS.fullmatch(run.text)]
    return [] if are_years(found) else found


def _is_in(line: Line, piece: TablePiece) -> bool:
    return line.box[3] > piece.box[1] and line.box[1] < piece.box[3]


def _runs(line: Line) -> list[Run]:
    return [part for run in line.runs for part in parted(run)]


def _figures(line: Line) -> list[Run]:
    """The figures of a line; years side by side are headers."""
    found = [run for run in _runs(line) if is_figure(run)]
    return [] if are_years(found) else found


def _is_body(line: Line) -> bool:
    """A line with a value that stands apart from its label, or with nothing but values."""
    return len(_runs(line)) > 1 and bool(_figures(line))


def _body(items: Sequence[Item], start: int) -> list[Line]:
    """Lines of one page from `start` on that look like rows of a table."""
    begin = items[start]
    if not isinstance(begin, Line) or not _is_body(begin):
        return []
    em = begin.size
    lines: list[Line] = []
    last = start
    edge = min(run.box[0] for run in _figures(begin))
    reach = begin.box[0]  # where labels end
    for item in items[start : start + _MOST_LINES]:
        if not isinstance(item, Line) or item.page != begin.page:
            break
        gap = item.box[1] - lines[-1].box[3] if lines else 0.0
        figures = _figures(item)
        if not -item.size < gap < _FAR * em or item.size > _BIG * em:
            break
        if figures and (lines or len(item.runs) > 1):
            # a figure alone may be the number of the page, or of a paragraph
            if len(_runs(item)) == 1 and figures[0].box[0] < edge:
                break
            edge = min(edge, *(run.box[0] for run in figures))
            last = len(lines)
        elif "。" in item.text or item.box[2] > edge or len(lines) - last > _ALONE:
            break
        elif max(run.box[0] for run in item.runs) > reach + 2 * em:
            break  # heads of another table
        reach = max([reach, *(r.box[2] for r in item.runs if not is_figure(r))])
        lines.append(item)
    return _with_tail(lines, last if last != start else 0)


def _with_tail(lines: list[Line], last: int) -> list[Line]:
    """The lines up to the last figures, and what goes on with a label below them."""
    if not lines:
        return []
    last = max(n for n, line in enumerate(lines) if _figures(line))
    end = last + 1
    known = [run for line in lines[max(last - 2, 0) : end] for run in _runs(line)]
    while end < len(lines):
        line = lines[end]
        if number_of(line.text) or not all(_continues(known, run) for run in _runs(line)):
            break
        known += _runs(line)
        end += 1
    return lines[:end]


def _continues(known: Sequence[Run], run: Run) -> bool:
    """Whether a run may be the next line of one of these."""
    return any(
        0 < run.middle - k.middle < 1.6 * run.size
        and (
            abs(k.box[0] - run.box[0]) < 0.6 * run.size
            or abs(k.box[0] + k.box[2] - run.box[0] - run.box[2]) < 1.2 * run.size
        )
        for k in known
        if not is_figure(k)
    )


def _head(before: Sequence[Item], first: Line) -> list[Line]:
    """The lines above the first row that may be its header."""
    out: list[Line] = []
    below = first
    edge = min(run.box[0] for run in _figures(first))
    for item in reversed(before[-_HEADER_LINES:]):
        if not isinstance(item, Line) or item.size > _BIG * first.size or "。" in item.text:
            break
        if item.page == below.page:
            if not -item.size < below.box[1] - item.box[3] < _FAR * first.size:
                break
        elif item.page != first.page - 1 or any(line.box[2] > edge for line in out):
            break  # the header stands at the end of the page before, or not there at all
        if _digits(_runs(item)):
            break
        if _CAPTION.match(item.text.strip()):
            break
        out.append(item)
        below = item
    return out[::-1]


@dataclass(frozen=True)
class _Lines:
    """A table's lines taken apart: figures by row, labels, heads, what stands above the labels."""

    rows: list[list[Run]]
    labels: list[Run]
    heads: list[Run]
    corner: list[Run]
    columns: list[Span]
    em: float
    pitch: float | None
    left: float


def _apart(head: Sequence[Line], body: Sequence[Line], aside: bool = False) -> _Lines | None:
    """The lines taken apart, None where a label reaches over figures.

    `aside`: the first head may stand wholly at the left of its figures.
    """
    em = median(run.size for line in body for run in line.runs)
    rows = [found for line in body if (found := _figures(line))]
    columns = spans_of([run for row in rows for run in row])
    edge = columns[0].x0
    labels = [run for line in body for run in _runs(line) if not is_figure(run)]
    if any(run.box[2] > edge for run in labels):
        return None
    pitch = _pitch(body)
    left = max((run.box[2] for run in labels), default=columns[0].x0 - 2 * em)
    gaps = [(left, edge), *((a.x1, b.x0) for a, b in pairwise(columns))]
    parts = [[p for run in line.runs for p in cut_at(run, gaps)] for line in head]
    begin = 0
    for n, line in enumerate(parts):
        alone = len(line) == 1 and (number_of(line[0].text) or len(line[0].text) > _LONG)
        across = any(r.box[0] < min(left, edge) - 0.5 * em and r.box[2] > edge for r in line)
        if (across and labels) or (alone and line[0].box[2] > edge):
            begin = n + 1
    while begin < len(parts) and all(run.box[2] <= edge for run in parts[begin]):
        begin += 1
    over = [run for line in parts[begin:] for run in line]
    heads = [run for run in over if run.box[2] > edge]
    if not heads:
        return None
    # the last letters of the first head may stand at its left, before all figures
    begins = left if aside and labels else min(run.box[0] for run in heads)
    heads += [run for run in over if begins <= run.box[0] and run.box[2] <= edge]
    if _digits(heads):
        return None
    lowest = max(run.box[3] for run in heads)
    above = [run for run in over if run.box[0] < begins and run.box[2] <= edge]
    labels += [run for run in above if run.middle > lowest]
    corner = [run for run in above if run.middle <= lowest]
    return _Lines(
        rows, labels, heads, corner, columns, em, pitch, left if labels else edge - 2 * em
    )


def _table(head: Sequence[Line], body: Sequence[Line]) -> _Found | None:
    for match in (aligned, tiled):
        lines = _apart(head, body, match is tiled)
        heads = _heads(lines) if lines is not None else None
        if lines is None or heads is None:
            continue
        matched = match(lines.columns, heads.leaves, lines.em)
        if matched is not None and _one_corner(lines.corner, lines.em):
            return _made(lines, heads, matched, body)
    return None


def _made(
    lines: _Lines, heads: Heads, matched: Sequence[int], body: Sequence[Line]
) -> _Found | None:
    rows = _rows(lines, lines.columns)
    if rows is None:
        return None
    page = body[0].page
    labelled = bool(lines.labels or lines.corner)
    boxes = [run.box for run in (*lines.labels, *lines.corner, *lines.heads)]
    boxes += [run.box for row in lines.rows for run in row]
    whole = around(boxes)
    cells = head_cells(heads, lines.corner, labelled, whole, page)
    first = min([h.span.x0 for h in heads.heads] + [c.x0 for c in lines.columns])
    start = min(whole[0], first - 1)
    piece = piece_of(page, whole, cells, heads, matched, rows, start, labelled)
    groups = tuple(rows[-1].groups)
    return _Found(piece, heads, tuple(lines.columns), tuple(matched), labelled, groups)


def _pitch(body: Sequence[Line]) -> float | None:
    """How far apart the nearest rows are between which no words stand, None where there are none."""
    middles = [[run.middle for run in _figures(line)] for line in body]
    return min((median(b) - median(a) for a, b in pairwise(middles) if a and b), default=None)


def _heads(lines: _Lines) -> Heads | None:
    """The heads; a first line that is the middle of the whole table is no head of its columns."""
    corner = Span(0, 0, list(lines.corner)) if lines.corner else None
    args = (lines.columns, lines.em, lines.pitch, lines.left, corner)
    heads = find_heads(lines.heads, *args)
    if heads is not None or not lines.labels:
        return heads
    top = min(lines.heads, key=lambda r: r.middle)
    rest = [run for run in lines.heads if run.middle > top.middle + 0.6 * lines.em]
    begin = min(run.box[0] for run in lines.labels)
    end = max(run.box[2] for run in (*rest, *(r for row in lines.rows for r in row)))
    off = (begin + end - top.box[0] - top.box[2]) / 2
    if len(rest) + 1 < len(lines.heads) or not rest or abs(off) > 3 * lines.em:
        return None
    lines.heads.remove(top)
    return find_heads(lines.heads, *args)


def _one_corner(corner: Sequence[Run], em: float) -> bool:
    """Whether what stands above the labels is one text: heads of several columns of words are not."""
    lines = sorted(corner, key=lambda r: r.middle)
    return all(b.middle - a.middle > 0.45 * em for a, b in pairwise(lines))


def _rows(lines: _Lines, columns: Sequence[Span], carried: Sequence[Span] = ()) -> list[Row] | None:
    """The rows with their labels; None where two figures share a column, or a label is uncertain."""
    rows: list[Row] = []
    for runs in lines.rows:
        values: dict[int, Run] = {}
        for run in runs:
            at = [n for n, c in enumerate(columns) if c.meets(run.box[0], run.box[2])]
            if len(at) != 1 or at[0] in values:
                return None
            values[at[0]] = run
        rows.append(Row(median(run.middle for run in runs), values))
    return label_rows(rows, lines.labels, lines.em, lines.pitch, carried)


def _rest(before: _Found, body: Sequence[Line]) -> _Found | None:
    """A table that goes on at the head of the next page, without its header."""
    if body[0].page != before.piece.page + 1:
        return None
    em = median(run.size for line in body for run in line.runs)
    own = [run for line in body for run in _figures(line)]
    columns = spans_of([*own, *(run for c in before.columns for run in c.runs)])
    leaves = before.heads.leaves
    matched = aligned(columns, leaves, em) or tiled(columns, leaves, em)
    labels = [run for line in body for run in _runs(line) if not is_figure(run)]
    edge = min(c.x0 for c in columns)
    if matched is None or bool(labels) != before.labelled:
        return None
    if any(run.box[2] > edge for run in labels):
        return None
    rows_of = [found for line in body if (found := _figures(line))]
    lines = _Lines(rows_of, labels, [], [], columns, em, _pitch(body), edge)
    rows = _rows(lines, columns, before.groups)
    if rows is None:
        return None
    whole = around(run.box for run in (*own, *labels))
    start = before.piece.xs[0]
    if labels and abs(min(run.box[0] for run in labels) - start) > 20 * em:
        return None
    piece = piece_of(
        body[0].page, whole, [], before.heads, matched, rows, start, before.labelled, levels=0
    )
    groups = tuple(rows[-1].groups)
    return _Found(piece, before.heads, tuple(columns), tuple(matched), before.labelled, groups)
