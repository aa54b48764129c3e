"""A file that holds several reports: one document for each, or a warning where that is not certain.

Reports one after the other are told by their titles, each with an outline or tables of its own that
the others have too. Reports side by side are told by the columns of the table they were laid out in.
Anything else that prints the national tables twice is left whole and marked: its figures could be of
either report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.front import (
    cell_lines,
    filled_cells,
    front_lines,
    is_chrome,
    is_comparison,
    marks_of,
    outline_heading,
    table_mark,
)
from ingest.model import Place, Warning_
from ingest.normalise import clean
from ingest.numbers import looks_like_value
from ingest.readers import Document, Grid, GridCell, TextLine
from ingest.titles import Title, find_titles

#: the warning of a document whose figures cannot be told apart
SEVERAL = "several-reports"

Block = TextLine | Grid
_Key = tuple[str | None, int | None]
_YEAR = re.compile(r"(?<!\d)(20\d{2})年?度?(?!\d)")
_LABEL = re.compile(r"[\[【(〔]?(20\d{2})年度?[\]】)〕]?[:]?")
_YEAR_ALONE = re.compile(r"\(?20\d{2}年?度?\)?")
_LEAST_LABELS = 4
_LEAST_MARKS = 3  # a summary repeats two labels of 表三 in columns of its own
_LONGEST_MARK = 90
_LONGEST_TITLE = 120  # letter-spaced
_PROSE, _LEAST_PROSE = 60, 3  # a list of contents has no such lines
_PARTS = (
    ("情况", re.compile("总体|总述|概述|概况|基本情况")),
    ("主动", re.compile("主动公开")),
    ("申请", re.compile("申请")),
    ("复议", re.compile("复议|诉讼")),
    ("问题", re.compile("问题")),
    ("其他", re.compile("其他|说明")),
)


@dataclass(frozen=True, slots=True)
class _Start:
    """A title with what follows it: the block it begins at, and the parts of a report behind it."""

    title: Title
    first: int  # index among the blocks
    parts: frozenset[str]

    @property
    def key(self) -> _Key:
        return self.title.issuer, self.title.year


def split_document(document: Document) -> tuple[Document, ...]:
    """One document for each report in `document`, in the order of the file.

    A document that stays whole although it seems to hold several reports has the warning SEVERAL.
    Blocks in front of the first report of several (a cover, a list of contents) belong to none.
    """
    aside = _side_by_side(document)
    if aside is not None:
        return aside
    starts = _starts(document)
    keys = [s.key for s in starts]
    labelled = _labelled(document)
    if labelled is not None:
        return labelled
    note = next((b for b in document.lines if is_comparison(clean(b.text).strip(" #*"))), None)
    if note is not None and (len(set(keys)) > 1 or _twice_or_apart(document.blocks)):
        return (_marked(document, "比较工具的输出，两份报告交错", note.place),)
    if len(starts) < 2:
        first = starts[0].first if starts else 0
        if starts and _is_untitled(document.blocks[:first], starts[0].parts):
            return (_marked(document, "第一份没有标题", document.blocks[0].place),)
        return (document,)
    if len(set(keys)) < len(keys):
        text = "几份报告的标题交错出现"
        return (_marked(document, text, document.blocks[starts[1].first].place),)
    for start, end in zip(starts, [*(s.first for s in starts[1:]), None], strict=True):
        astray = _other_year(document.blocks[start.first : end], start)
        if astray is not None:
            return (_marked(document, "一份报告里夹有另一年度的部分", astray.place),)
    edges = [*(s.first for s in starts), len(document.blocks)]
    if _is_untitled(document.blocks[: edges[0]], starts[0].parts):
        edges.insert(0, 0)
    return tuple(
        replace(document, blocks=document.blocks[begin:end]) for begin, end in pairwise(edges)
    )


def _twice_or_apart(blocks: tuple[Block, ...]) -> bool:
    return bool(_printed_twice(blocks)) or any(
        isinstance(b, Grid) and len(b.rows[0]) == 2 and _cut(b) is not None for b in blocks
    )


def is_mixed(document: Document) -> bool:
    """Whether `split_document` left several reports in this document."""
    return any(w.code == SEVERAL for w in document.warnings)


def tables_twice(document: Document) -> frozenset[str]:
    """The keys (`t2`, `t3`, `t4`) of the national tables that a document prints more than once."""
    return _printed_twice(document.blocks)


def named_keys(document: Document) -> tuple[frozenset[str], frozenset[int]]:
    """The issuers and the years that the titles in a document name."""
    titles = [t for t in find_titles(front_lines(document)) if not t.crumb]
    return (
        frozenset(t.issuer for t in titles if t.issuer),
        frozenset(t.year for t in titles if t.year),
    )


def several_warning(why: str, place: Place) -> Warning_:
    """The warning of a document that holds several reports which cannot be told apart."""
    return Warning_(
        SEVERAL,
        f"这个文件似乎有几份报告（{why}），分不清数值各属哪一份，未采用任何数值；请分成几个文件",
        place,
    )


def _marked(document: Document, why: str, place: Place) -> Document:
    return replace(document, warnings=(*document.warnings, several_warning(why, place)))


# ── under the labels of years ──────────────────────────────────────────────


def _labelled(document: Document) -> tuple[Document, ...] | None:
    """Reports of several years interleaved, each piece under a line with its year (`【2022年】`).

    None unless every national table stands under such a line, once for each year, and each year has
    a title. A piece ends at the next such line, at a heading, or at a note of a tool; what stands
    outside of the pieces belongs to no report.
    """
    pieces: dict[int, list[Block]] = {}
    heading: list[Block] = []
    outside: list[Block] = []
    year: int | None = None
    for block in document.blocks:
        text = clean(block.text).strip(" #*") if isinstance(block, TextLine) else ""
        if isinstance(block, TextLine) and (m := _LABEL.fullmatch(text)):
            year = int(m.group(1))
            pieces.setdefault(year, []).extend(b for b in heading if b not in pieces[year])
        elif text and outline_heading(text):
            year, heading = None, [block]
        elif text and is_comparison(text):
            year, heading = None, []
        elif year is not None:
            pieces[year].append(block)
        else:
            outside.append(block)
    if len(pieces) < 2 or any(_copies(outside).values()):
        return None
    if not any(_copies(own) for own in pieces.values()):
        return None
    if any(times > 1 for own in pieces.values() for times in _copies(own).values()):
        return None
    lines = front_lines(document)
    titles = {t.year: t for t in find_titles(lines) if t.whole and not t.crumb}
    if set(titles) != set(pieces) or len({t.issuer for t in titles.values()}) > 1:
        return None
    return tuple(
        replace(document, blocks=(*lines[t.first : t.last + 1], *pieces[y]))
        for y, t in sorted((t.year or 0, t) for t in titles.values())
    )


def _other_year(blocks: tuple[Block, ...], start: _Start) -> TextLine | None:
    """A line below the first heading that is another year than the title's, None where none is."""
    headed = False
    for block in blocks:
        if isinstance(block, TextLine) and len(block.text) <= 60:
            text = clean(block.text).strip(" #*")
            headed = headed or outline_heading(text) is not None
            m = _LABEL.fullmatch(text)
            if headed and m and start.title.year not in (None, int(m.group(1))):
                return block
    return None


# ── one after the other ────────────────────────────────────────────────────


def _starts(document: Document) -> list[_Start]:
    """The titles that begin a report, where there are several reports; else at most one."""
    lines = front_lines(document)
    if sum(_may_be_title(line.text) for line in lines) < 2:
        return []
    titles = [t for t in find_titles(lines) if not t.crumb and t.years is None]
    runs: list[list[Title]] = []
    for title in titles:
        if runs and _same(runs[-1][-1], title):
            runs[-1].append(title)
        else:
            runs.append([title])
    firsts = [lines[run[0].first].number - 1 for run in runs]
    edges = [*firsts, len(document.blocks)]
    starts = [
        _Start(max(run, key=lambda t: t.whole), first, _parts(document.blocks[first:end]))
        for run, first, end in zip(runs, firsts, edges[1:], strict=True)
    ]
    starts = _merged([s for s in starts if _is_body(s.parts)])
    if len(starts) < 2 or not all(_overlap(starts[0], s) for s in starts[1:]):
        return starts[:1]
    return [replace(s, first=_from_index_block(document.blocks, s.first)) for s in starts]


def _may_be_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and ("报" in text or "報" in text or "总结" in text)


def _merged(starts: list[_Start]) -> list[_Start]:
    """A title that repeats the one before it (the head of every page) begins nothing."""
    out: list[_Start] = []
    for start in starts:
        if out and _same(out[-1].title, start.title):
            out[-1] = replace(out[-1], parts=out[-1].parts | start.parts)
        else:
            out.append(start)
    return out


def _same(one: Title, other: Title) -> bool:
    """Whether two titles may be one report's: what both name is the same."""
    issuer = one.issuer is None or other.issuer is None or one.issuer == other.issuer
    year = one.year is None or other.year is None or one.year == other.year
    return issuer and year


def _parts(blocks: Iterable[Block]) -> frozenset[str]:
    """The parts of a report that these blocks print: classes of headings, keys of tables."""
    blocks = tuple(blocks)
    found: set[str] = set()
    for block in blocks:
        if isinstance(block, TextLine) and len(block.text) <= 60:
            heading = outline_heading(clean(block.text).strip(" #*"))
            if heading is not None:
                found |= {name for name, words in _PARTS if words.search(heading)}
    return frozenset(found | {key for key, times in _copies(blocks).items() if times})


def _is_untitled(blocks: tuple[Block, ...], parts: frozenset[str]) -> bool:
    """Whether these blocks in front of the first title hold a report of their own."""
    own = _parts(blocks)
    if not _is_body(own) or not own & parts:
        return False
    long = sum(isinstance(b, TextLine) and len(b.text) > _PROSE for b in blocks)
    return bool(own & {"t2", "t3", "t4"}) or long >= _LEAST_PROSE


def _is_body(parts: frozenset[str]) -> bool:
    return len(parts) >= 2


def _overlap(one: _Start, other: _Start) -> bool:
    """Whether both print the same parts, as one report cut in two would not."""
    shared = one.parts & other.parts
    return len(shared) >= 2 or bool(shared & {"t2", "t3", "t4"})


def _from_index_block(blocks: tuple[Block, ...], first: int) -> int:
    """The first block of the page furniture right above a title, which belongs to it."""
    begin = first
    for i in range(first - 1, -1, -1):
        block = blocks[i]
        if isinstance(block, Grid):
            cells = filled_cells(block)
            if not any(is_chrome(c + ":") for c in cells) or any(map(table_mark, cells)):
                break
            begin = i
            continue
        text = clean(block.text).strip(" #*")
        if text and (not is_chrome(text) or re.match("(上|下)一?(篇|条)|相关", text)):
            break
        if text:
            begin = i
    return begin


# ── tables printed more than once ──────────────────────────────────────────


def _printed_twice(blocks: Iterable[Block]) -> frozenset[str]:
    return frozenset(key for key, times in _copies(blocks).items() if times > 1)


def _copies(blocks: Iterable[Block]) -> Counter[str]:
    """How often each national table is printed: as often as some of its labels are."""
    seen: dict[str, Counter[str]] = {}
    for block in blocks:
        comparing = False
        for row in [[block]] if isinstance(block, TextLine) else block.rows:
            texts = [clean(c.text) for c in row if len(c.text) <= _LONGEST_MARK]
            # below `信息内容 | 2022年 | 2023年` stands a summary, no copy of a form's table
            comparing = comparing or len({t for t in texts if _YEAR_ALONE.fullmatch(t)}) > 1
            for key, word in set() if comparing else {m for t in texts if (m := table_mark(t))}:
                seen.setdefault(key, Counter())[word] += 1
    out: Counter[str] = Counter()
    for key, words in seen.items():
        times = sorted(words.values(), reverse=True)
        least = min(_LEAST_MARKS, len(marks_of(key)))
        if len(times) >= least:
            out[key] = times[least - 1]
    return out


# ── side by side ───────────────────────────────────────────────────────────


def _side_by_side(document: Document) -> tuple[Document, ...] | None:
    """Two reports in the columns of layout tables, None where there are no such columns."""
    halves: list[tuple[list[Block], list[Block]]] = []
    apart: set[int] = set()
    heads: list[tuple[_Key, _Key]] = []
    years: tuple[TextLine | None, TextLine | None] | None = None
    doubtful: Grid | None = None
    for block in document.blocks:
        if not isinstance(block, Grid) or (cut := _cut(block)) is None:
            continue
        left, right = _half(block, 0, cut), _half(block, cut, len(block.rows[0]))
        (key, line), (other, under) = _head(left), _head(right)
        if None in (key[1], other[1]) or key == other:
            doubtful = doubtful or block
        else:
            heads.append((key, other))
            years = years or (line, under)
        halves.append((_blocks(left), _blocks(right)))
        apart.add(block.number)
    if doubtful is not None and not heads:  # the columns below the first table keep its order
        return (_marked(document, "两份报告的表并排，没有各自的年度", doubtful.place),)
    if not halves:
        return None
    if len(set(heads)) > 1:
        return (_marked(document, "并排的两栏年度不一致", document.blocks[0].place),)
    shared = [b for b in document.blocks if b.number not in apart]
    if any(_copies(shared).values()):
        return (_marked(document, "并排的表之外还有同样的表", shared[0].place),)
    out = []
    for side in (0, 1):
        own = [b for half in halves for b in half[side]]
        front = _front(document, heads[0][side], years[side] if years else None)
        out.append(replace(document, blocks=(*front, *own)))
    return tuple(out)


def _cut(grid: Grid) -> int | None:
    """The column at which a second report begins, None where the grid is one table."""
    width = len(grid.rows[0])
    if width < 2 or any(len(row) != width for row in grid.rows):
        return None
    if width == 2:
        texts = [[row[c].text for row in grid.rows if row[c].origin] for c in (0, 1)]
        if all(_is_report("\n".join(column)) for column in texts):
            return 1
        return None
    rows = [[clean(c.text) for c in row] for row in grid.rows]
    half = width // 2
    same = [row for row in rows if row[:half] == row[half:] and len(set(row)) > 1]
    if width % 2 == 0 and any(table_mark(text) for row in same for text in row):
        return half
    labelled = [row for row in rows if row[0] and not looks_like_value(row[0])]
    for cut in range(2, width - 1):
        if cut * 2 not in (width, width - 1, width + 1):
            continue
        # a merged cell repeats its text in every column that it covers; a second table does not
        twins = {row[0] for row in labelled if row[cut] == row[0] and row[cut - 1] != row[0]}
        most = len({row[0] for row in labelled}) // 2
        if len(twins) > max(_LEAST_LABELS - 1, most) and any(map(table_mark, twins)):
            return cut
    return None


def _is_report(text: str) -> bool:
    lines = cell_lines(text, TextLine("", Place()))
    parts = _parts(lines)
    return _is_body(parts) and bool(_YEAR.search(text[:400]))


def _half(grid: Grid, begin: int, end: int) -> Grid:
    rows: list[tuple[GridCell, ...]] = []
    for row in grid.rows:
        cells = row[begin:end]
        rows.append(
            tuple(
                replace(c, column_span=min(c.column_span, end - begin - i))
                for i, c in enumerate(cells)
            )
        )
    return replace(grid, rows=tuple(rows))


def _head(half: Grid) -> tuple[_Key, TextLine | None]:
    """The issuer and year that the top of a column names: a title, or a line that is a year."""
    top: list[TextLine] = []
    for row in half.rows:
        if len(top) > 12 or any(table_mark(clean(c.text)) for c in row):
            break
        for cell in dict.fromkeys(row):
            top += cell_lines(cell.text, TextLine("", cell.place))
    titles = [t for t in find_titles(top) if t.year is not None]
    if titles:
        return (titles[0].issuer, titles[0].year), None
    alone = [line for line in top[:4] if _YEAR_ALONE.fullmatch(clean(line.text))]
    if len({clean(line.text) for line in alone}) != 1:
        return (None, None), None
    return (None, int(_YEAR.findall(clean(alone[0].text))[0])), alone[0]


def _blocks(half: Grid) -> list[Block]:
    """A column of running text as lines, a column of a table as the grid it is."""
    if len(half.rows[0]) > 1:
        return [half]
    out: list[Block] = []
    for (cell,) in half.rows:
        if cell.origin:
            out += cell_lines(cell.text, TextLine("", cell.place))
    return out


def _front(document: Document, key: _Key, head: TextLine | None) -> list[Block]:
    """The title that both columns share, and the line with the year of one of them."""
    if key[0] is not None:
        return []
    lines = document.lines
    shared = next((t for t in find_titles(lines) if t.year is None), None)
    title = lines[shared.first : shared.last + 1] if shared else []
    return [*title, *([head] if head is not None else [])]
