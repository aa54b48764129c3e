"""A file that holds several reports: one document for each, or a warning where that is not certain.

Reports one after the other are told by their titles, each with an outline or tables of its own that
the others have too. Reports side by side are told by the columns of the table they were laid out in.
Anything else that prints the national tables twice is left whole and marked: its figures could be of
either report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ingest.metadata.front import (
    filled_cells,
    front_lines,
    is_chrome,
    is_comparison,
    outline_heading,
    table_mark,
)
from ingest.metadata.titles import Title, find_titles
from ingest.model import Place, Warning_
from ingest.narrative.outline import TABLES, Block, is_body, parts_of, printed_twice, table_copies
from ingest.normalise import clean
from ingest.readers import Document, Grid, TextLine
from ingest.split.columns import Doubt, side_by_side

#: the warning of a document whose figures cannot be told apart
SEVERAL = "several-reports"

_LABEL = re.compile(r"[\[【(〔]?(20\d{2})年度?[\]】)〕]?[:]?")
_LONGEST_TITLE = 120  # letter-spaced
_PROSE, _LEAST_PROSE = 60, 3  # a list of contents has no such lines


@dataclass(frozen=True, slots=True)
class _Start:
    """A title with what follows it: the block it begins at, and the parts of a report behind it."""

    title: Title
    first: int  # index among the blocks
    parts: frozenset[str]

    @property
    def key(self) -> tuple[str | None, int | None]:
        return self.title.issuer, self.title.year


def split_document(document: Document) -> tuple[Document, ...]:
    """One document for each report in `document`, in the order of the file.

    A document that stays whole although it seems to hold several reports has the warning SEVERAL.
    Blocks in front of the first report of several (a cover, a list of contents) belong to none.
    """
    labelled = _labelled(document)
    if labelled is not None:
        return labelled
    aside = side_by_side(document)
    starts = _starts(document)
    keys = [s.key for s in starts]
    note = next((b for b in document.lines if _is_note(b.text)), None)
    if note is not None and (aside or len(starts) > 1 or printed_twice(document.blocks)):
        # such tools have printed a part of one year in the column of the other
        return (_marked(document, "比较工具的输出，两份报告交错", note.place),)
    if isinstance(aside, Doubt):
        return (_marked(document, aside.why, aside.place),)
    if aside is not None:
        return aside
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


def is_mixed(document: Document) -> bool:
    """Whether `split_document` left several reports in this document."""
    return any(w.code == SEVERAL for w in document.warnings)


def tables_twice(document: Document) -> frozenset[str]:
    """The keys (`t2`, `t3`, `t4`) of the national tables that a document prints more than once."""
    return printed_twice(document.blocks)


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
    if len({y for line in document.lines if (y := _year_label(line.text))}) < 2:
        return None
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
    if any(table_copies(outside).values()):
        return None
    if not any(table_copies(own) for own in pieces.values()):
        return None
    if any(times > 1 for own in pieces.values() for times in table_copies(own).values()):
        return None
    lines = front_lines(document)
    titles = {t.year: t for t in find_titles(lines) if t.whole and not t.crumb}
    if set(titles) != set(pieces) or len({t.issuer for t in titles.values()}) > 1:
        return None
    return tuple(
        replace(document, blocks=(*lines[t.first : t.last + 1], *pieces[y]))
        for y, t in sorted((t.year or 0, t) for t in titles.values())
    )


@lru_cache(maxsize=8192)  # the cells of reports are much the same
def _year_label(printed: str) -> str | None:
    m = _LABEL.fullmatch(clean(printed).strip(" #*"))
    return m.group(1) if m is not None else None


@lru_cache(maxsize=8192)
def _is_note(printed: str) -> bool:
    return is_comparison(clean(printed).strip(" #*"))


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
        _Start(max(run, key=lambda t: t.whole), first, parts_of(document.blocks[first:end]))
        for run, first, end in zip(runs, firsts, edges[1:], strict=True)
    ]
    starts = _merged([s for s in starts if is_body(s.parts)])
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


def _is_untitled(blocks: tuple[Block, ...], parts: frozenset[str]) -> bool:
    """Whether these blocks in front of the first title hold a report of their own."""
    own = parts_of(blocks)
    if not is_body(own) or not own & parts:
        return False
    long = sum(isinstance(b, TextLine) and len(b.text) > _PROSE for b in blocks)
    return bool(own & TABLES) or long >= _LEAST_PROSE


def _overlap(one: _Start, other: _Start) -> bool:
    """Whether both print the same parts, as one report cut in two would not."""
    shared = one.parts & other.parts
    return len(shared) >= 2 or bool(shared & TABLES)


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
