"""Whose figures a form's table holds, and of which time: a short line above it may say another's.

A line such as `2022年数据`, `2023年第一季度`, `（一）市本级` or `附件：某区情况表` between a heading and a
table, the name of its sheet, or the title of another report in front of it: such a table's figures are
not the report's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeGuard

from ingest.metadata.front import is_chrome, is_neighbour, outline_heading
from ingest.metadata.titles import Title, find_titles
from ingest.model import Figure, Place, Warning_
from ingest.normalise import clean
from ingest.numbers import looks_like_value
from ingest.quick import quick
from ingest.readers import Document, Grid, TextLine
from ingest.tables.build import TablesRead
from ingest.tables.claims import Own, is_same, scope_of

_PROSE = 60
_APPENDIX = re.compile(r"^\(?(?:附件|附表|附[:])")


@quick
@dataclass(frozen=True, slots=True)
class _Mark:
    """A line that says, from its place on, whose the figures are; `why` as in `scope_of`,
    or what else the line is."""

    start: int
    text: str
    place: Place
    why: str


@quick
@dataclass(frozen=True, slots=True)
class _Ruled:
    """From `start` on a table's figures are of this other scope, or (None) the report's own."""

    start: int
    by: _Mark | None


def in_scope(read: TablesRead, document: Document, own: Own) -> TablesRead:
    """`read` without the figures of tables that stand under another scope; a warning for each table."""
    unread = {grid.number for grid in read.unread}
    ruled = _ruled(document, own, read.used_lines - unread)
    if not any(r.by for r in ruled):
        return read
    starts = [r.start for r in ruled]
    kept: list[Figure] = []
    lost: dict[tuple[str, int], tuple[str, _Mark]] = {}
    titles = {t.id: t.caption for t in read.tables}
    for figure in read.figures:
        at = bisect_right(starts, figure.place.start or 0) - 1
        by = ruled[at].by if at >= 0 else None
        if by is None or figure.table is None:
            kept.append(figure)
        else:
            lost[figure.table, by.start] = (titles.get(figure.table, figure.table), by)
    warnings = [
        Warning_(
            "table-scope",
            f"{title}：表格上方写着“{by.text}”，{_WHY[by.why]}，这部分数值未采用",
            by.place,
        )
        for title, by in lost.values()
    ]
    return replace(read, figures=tuple(kept), warnings=(*read.warnings, *warnings))


_WHY = {
    "time": "不是报告年度全年的数",
    "level": "不是整个报告的统计口径",
    "body": "是另一个机关的数",
    "report": "是另一份报告",
    "link": "是另一年度的报告",
}


class _State:
    """Which other scopes rule at a place, the wider first."""

    def __init__(self) -> None:
        self.report: dict[str, _Mark] = {}  # a title or an appendix above, by what it says
        self.sheet: _Mark | None = None
        self.line: dict[str, _Mark] = {}
        self._headed = (
            False  # whether a heading was met: lines in front of the first are the page's
        )
        self._fresh: _Mark | None = None
        self._name: str | None = None

    def step(self, mark: _Mark, own: Own) -> _Mark | None:
        """Take one mark; returns what rules behind it."""
        if mark.place.sheet != self._name:
            self._enter(mark, own)
        if mark.why == "table":
            self._headed = True
        if mark.why == "heading":
            if self._fresh is not None and self._headed:
                self.report[_axis(self._fresh)] = self._fresh
            self._headed, self.line = True, {}
        elif mark.why == "prose":
            if (body := self.line.get("body")) is not None and body.why == "body":
                del self.line["body"]
        elif mark.why == "report":
            if self._headed:
                self.report["body"] = mark
        elif mark.why == "link":
            self.line["time"] = mark
        elif mark.why == "title":
            self.report, self.line = {}, {}
        elif _other(mark.why):
            self.line[_axis(mark)] = mark
            if _is_appendix(mark):
                self.report = {_axis(mark): mark}
        elif mark.text and _is_appendix(mark):
            self.report, self.line = {}, {}
        elif mark.why in ("own", "own-time"):
            self.report.pop(_axis(mark), None)
            self.line.pop(_axis(mark), None)
        self._fresh = mark if _other(mark.why) else None
        return next(iter((*self.report.values(), *self._sheet(), *self.line.values())), None)

    def _enter(self, mark: _Mark, own: Own) -> None:
        name = self._name = mark.place.sheet
        why = scope_of(name, own) if name else None
        self.line = {}
        self.sheet = _Mark(mark.start, name, mark.place, why) if name and _other(why) else None

    def _sheet(self) -> tuple[_Mark, ...]:
        return (self.sheet,) if self.sheet is not None else ()


def _ruled(document: Document, own: Own, used: frozenset[int]) -> list[_Ruled]:
    """Where another scope begins and ends, by offset.

    A heading ends the scope of a line, unless the line stands right above it; a title, an appendix
    or a sheet of another scope rules until the next of its kind.
    """
    state = _State()
    out: list[_Ruled] = []
    before: _Mark | None = None
    for mark in _marks(document, own, used):
        # one line of a table after the other changes nothing
        if before is None or mark.why != "table" or before.why != "table":
            by = state.step(mark, own)
        out.append(_Ruled(mark.start, by))
        before = mark
    return sorted(out, key=attrgetter("start"))


def _is_appendix(mark: _Mark) -> bool:
    return _APPENDIX.match(clean(mark.text)) is not None


def _axis(mark: _Mark) -> str:
    """What a mark speaks of: a time, or whose figures."""
    return "time" if mark.why in ("time", "own-time") else "body"


def _other(why: str | None) -> TypeGuard[str]:
    return why in ("time", "level", "body")


def _marks(document: Document, own: Own, used: frozenset[int]) -> Iterator[_Mark]:
    """The marks in the document's order; `used` lines are labels and values of its tables."""
    recent: list[TextLine] = []
    sheet: str | None = None
    last = -1  # where the last of a run of used lines stands
    for block in document.blocks:
        start = block.place.start
        if start is None:
            continue
        if block.place.sheet != sheet:
            sheet, last = block.place.sheet, -1
            yield _Mark(start, "", block.place, "sheet")
        if isinstance(block, TextLine):
            if block.number in used:
                if not 0 <= last <= start:  # those behind the first say nothing more
                    yield _Mark(start, "", block.place, "table")
                last = start
                continue
            last = -1
            recent = [*recent[-2:], block]
            yield from _of_line(block, recent, own)
            continue
        last = -1
        if block.caption:
            yield from _of_line(TextLine(block.caption, block.place, block.number), [], own)
        yield from _of_grid(block, own)
        if block.number in used:
            end = block.rows[-1][0].place.start if block.rows[-1] else None
            yield _Mark(start if end is None else end, "", block.place, "table")


def _of_grid(grid: Grid, own: Own) -> Iterator[_Mark]:
    """The rows of a grid that are titles: one text, or two (the unit beside it), and no value."""
    for row in grid.rows:
        if len({c.text for c in row}) > 3:  # also the blank
            continue
        own_cells = [c for c in row if c.text and not c.text.isspace()]
        texts = list(dict.fromkeys(c.text for c in own_cells))
        if not 0 < len(texts) < 3 or any(map(looks_like_value, texts)):
            continue
        for text in texts:
            cell = next(c for c in own_cells if c.text == text)
            line = TextLine(text, cell.place, grid.number)
            yield from _of_line(line, [line], own)


def _of_line(line: TextLine, recent: list[TextLine], own: Own) -> Iterator[_Mark]:
    start = line.place.start
    if start is None or not line.text.strip():
        return
    text = clean(line.text).strip(" #*") if len(line.text) <= 2 * _PROSE else ""
    if not text or len(text) > _PROSE or "。" in text:
        yield _Mark(start, line.text, line.place, "prose")
        return
    if outline_heading(text):
        yield _Mark(start, line.text, line.place, "heading")
        return
    if is_chrome(text) or is_neighbour(text):
        return
    if recent and ("报" in text or "总结" in text):
        titles = [t for t in find_titles(recent) if not t.crumb and t.last == len(recent) - 1]
        if titles:
            yield _Mark(start, line.text.strip(), line.place, _of_title(titles[-1], own))
            return
    value = looks_like_value(text)
    why = None if value else scope_of(text, own)
    if why is not None:
        yield _Mark(start, line.text.strip(), line.place, why)
    elif not value:
        yield _Mark(start, "", line.place, "text")


def _of_title(title: Title, own: Own) -> str:
    """`title` of this report, `report` of another body, `link` to this body's report of another year."""
    if own.title is not None and clean(title.printed) == clean(own.title):
        return "title"
    if title.issuer and own.issuer and not is_same(title.issuer, own.issuer):
        return "report"
    return "link" if title.year and own.years and title.year not in own.years else "title"
