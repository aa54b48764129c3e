"""What the national outline tells of a run of blocks: which parts of a report it prints, and how often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ingest.metadata.front import marks_of, outline_heading, table_mark
from ingest.normalise import clean
from ingest.readers import Grid, TextLine

Block = TextLine | Grid

#: a line or cell that is a year and nothing else
YEAR_ALONE = re.compile(r"\(?20\d{2}年?度?\)?")
#: the keys of the national tables among the parts
TABLES = frozenset({"t2", "t3", "t4"})

_LEAST_MARKS = 3  # a summary repeats two labels of 表三 in columns of its own
_LONGEST_LINE, _LONGEST_MARK = 60, 90
_SHORTEST_MARK = 3  # most cells are small numbers
_PARTS = (
    ("情况", re.compile("总体|总述|概述|概况|基本情况")),
    ("主动", re.compile("主动公开")),
    ("申请", re.compile("申请")),
    ("复议", re.compile("复议|诉讼")),
    ("问题", re.compile("问题")),
    ("其他", re.compile("其他|说明")),
)


def parts_of(blocks: Iterable[Block]) -> frozenset[str]:
    """The parts of a report that these blocks print: classes of headings, keys of tables."""
    blocks = tuple(blocks)
    found: set[str] = set()
    for block in blocks:
        if isinstance(block, TextLine) and len(block.text) <= _LONGEST_LINE:
            heading = outline_heading(clean(block.text).strip(" #*"))
            if heading is not None:
                found |= {name for name, words in _PARTS if words.search(heading)}
    return frozenset(found | {key for key, times in table_copies(blocks).items() if times})


def is_body(parts: frozenset[str]) -> bool:
    """Whether that is enough to be a report's body."""
    return len(parts) >= 2


def printed_twice(blocks: Iterable[Block]) -> frozenset[str]:
    """The keys of the national tables that stand in `blocks` more than once."""
    return frozenset(key for key, times in table_copies(blocks).items() if times > 1)


class _Seen(NamedTuple):
    """A line or cell that is a year alone, or else prints a label of a national table."""

    year: str | None
    mark: tuple[str, str] | None


@lru_cache(maxsize=8192)
def _seen(printed: str) -> _Seen | None:
    text = clean(printed)
    year = text if YEAR_ALONE.fullmatch(text) else None
    mark = table_mark(text)
    return _Seen(year, mark) if year or mark else None


def table_copies(blocks: Iterable[Block]) -> Counter[str]:
    """How often each national table is printed: as often as some of its labels are."""
    seen: dict[str, Counter[str]] = {}
    for block in blocks:
        if isinstance(block, TextLine):
            if len(block.text) <= _LONGEST_MARK and (found := _seen(block.text)):
                if found.mark is not None:
                    seen.setdefault(found.mark[0], Counter())[found.mark[1]] += 1
            continue
        comparing = False
        for row in block.rows:
            texts = [t for c in row if _SHORTEST_MARK <= len(t := c.text) <= _LONGEST_MARK]
            all_found = [f for t in texts if (f := _seen(t))]
            if not all_found or comparing:
                continue
            # below `信息内容 | 2022年 | 2023年` stands a summary, no copy of a form's table
            comparing = len({f.year for f in all_found if f.year is not None}) > 1
            for key, word in set() if comparing else {f.mark for f in all_found if f.mark}:
                seen.setdefault(key, Counter())[word] += 1
    out: Counter[str] = Counter()
    for key, words in seen.items():
        times = sorted(words.values(), reverse=True)
        least = min(_LEAST_MARKS, len(marks_of(key)))
        if len(times) >= least:
            out[key] = times[least - 1]
    return out
