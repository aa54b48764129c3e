"""The page around a report: its words, its index block, and the outline that all reports share."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from ingest.model import Place
from ingest.normalise import clean, normalise
from ingest.readers import Document, Grid, GridCell, TextLine
from ingest.readers.base import make_line

_LONGEST_LINE = 200
_MOST_CELLS = 60  # a larger grid is no index block and no title
_LONGEST_HEADING = 40
_LONGEST_INDEX = 120
_LONGEST_NOTE = 60
_NUMBER = (
    r"(?:第[一二三四五六七八九十]{1,3}(?:部分|章)[、:]?|\(?[一二三四五六七八九十]{1,3}\)?[、.:]?)"
)
_NUMBERED = re.compile(rf"^{_NUMBER}")
_SEAL = re.compile(r"\((?:加?盖章|公章|章|签章)\)")
_MARKS = " #*>"
_MAY_BE_GLUED = re.compile("[。！？]\\s*[一二三四五六七八九\u2f00\u2f06\u2f0b]\\s*[、.．]")


@dataclass(frozen=True, slots=True)
class _Words:
    labels: re.Pattern[str]
    index: re.Pattern[str]
    fields: dict[str, frozenset[str]]
    chrome: re.Pattern[str]
    neighbours: re.Pattern[str]
    comparisons: re.Pattern[str]
    headings: frozenset[str]
    glued: re.Pattern[str]
    tables: re.Pattern[str]
    marks: dict[str, frozenset[str]]


def _either(patterns: list[str]) -> str:
    return "|".join(f"(?:{p})" for p in patterns)


@cache
def _words() -> _Words:
    text = resources.files("ingest.words").joinpath("front.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    fields: dict[str, list[str]] = data["fields"]
    labels = sorted({w for words in fields.values() for w in words}, key=len, reverse=True)
    headings: list[str] = sorted(data["outline"]["headings"], key=len, reverse=True)
    known = "|".join(map(re.escape, headings))
    return _Words(
        labels=re.compile("|".join(map(re.escape, labels)), re.IGNORECASE),
        index=re.compile("|".join(map(re.escape, data["fields"]["index"]))),
        fields={kind: frozenset(words) for kind, words in fields.items()},
        chrome=re.compile(_either(data["page"]["chrome"]), re.IGNORECASE),
        neighbours=re.compile(_either(data["page"]["neighbours"])),
        comparisons=re.compile(_either(data["page"]["comparisons"])),
        headings=frozenset(headings),
        glued=re.compile(rf"(?<=[。!?])(?=[一二三四五六七八九][、.](?:{known}))"),
        tables=re.compile(
            rf"(?:{_NUMBER}|\d[.、])?(?:"
            + "|".join(
                f"(?P<{key}>{_either([re.escape(w) for w in words])})"
                for key, words in data["outline"]["tables"].items()
            )
            + r")[\d .,/—-]*$"
        ),
        marks={key: frozenset(words) for key, words in data["outline"]["tables"].items()},
    )


@lru_cache(maxsize=8192)
def is_chrome(text: str) -> bool:
    """Whether a cleaned line is part of the page (menu, buttons, index block, footer)."""
    if len(text) > _LONGEST_LINE or "。" in text:
        return False
    if _words().chrome.match(text):
        return True
    return len(text) <= _LONGEST_INDEX and _labels_from_start(text) > 1


def _labels_from_start(text: str) -> int:
    """How many labels of an index block a line has that begins with one: `索引号…发布机构…`."""
    return len(_words().index.findall(text)) if _words().index.match(text) else 0


def is_neighbour(text: str) -> bool:
    """Whether a cleaned line leads to another report: `上一篇：某县2021年…报告`."""
    return bool(_words().neighbours.match(text))


@lru_cache(maxsize=8192)
def is_comparison(text: str) -> bool:
    """Whether a cleaned line is the note of a tool that compares reports: `重复率: 42%`."""
    return len(text) <= _LONGEST_NOTE and bool(_words().comparisons.search(text))


@lru_cache(maxsize=8192)
def outline_heading(text: str) -> str | None:
    """Which part of a report a cleaned line heads (`五、存在的主要问题及改进情况`), None if none."""
    if len(text) > _LONGEST_HEADING:
        return None
    bare = _NUMBERED.sub("", text.strip(_MARKS)).strip(" 。:、.*")
    return bare if bare in _words().headings else None


def glued_headings(text: str) -> list[int]:
    """Where, in a printed line, a part of the report begins behind the end of a sentence.

    Only where the heading ends the line, or white space parts it from what follows.
    """
    if not _MAY_BE_GLUED.search(text):
        return []
    search = normalise(text)
    out = []
    for m in _words().glued.finditer(search.text):
        begin = search.offsets[m.start()]
        for end in [*(e.start() for e in re.finditer(r"\s+", text[begin:])), len(text) - begin]:
            if end > 2 * _LONGEST_HEADING:
                break
            if outline_heading(clean(text[begin : begin + end])):
                out.append(begin)
                break
    return out


@lru_cache(maxsize=8192)
def table_mark(text: str) -> tuple[str, str] | None:
    """The key of the national table that prints this cleaned cell, and the cell's words."""
    m = _words().tables.match(text) if 4 < len(text) <= _LONGEST_HEADING else None
    return (m.lastgroup, m.group(m.lastgroup)) if m is not None and m.lastgroup else None


def marks_of(key: str) -> frozenset[str]:
    """The words by which a national table is known to be printed."""
    return _words().marks[key]


def front_lines(document: Document) -> list[TextLine]:
    """The lines of a document with the cells of its small grids between them, one cell a line.

    Titles and index blocks often stand in such grids. A line keeps the number of its block.
    """
    out: list[TextLine] = []
    for block in document.blocks:
        if isinstance(block, TextLine):
            out.append(block)
            continue
        for cell in _few_cells(block):
            out += cell_lines(cell.text, cell.place, block.number)
    return out


def _few_cells(grid: Grid) -> list[GridCell]:
    """The cells of a grid that print something; none of a grid that has many."""
    out: list[GridCell] = []
    for row in grid.rows:
        out += [c for c in row if c.origin and c.text.strip()]
        if len(out) > _MOST_CELLS:
            return []
    return out


def cell_lines(text: str, place: Place, number: int = 0) -> list[TextLine]:
    """The lines of a grid's cell, which stands in block `number`, each with its own offsets."""
    if "\n" not in text:
        return [make_line(text, place, number)]
    begin = place.start
    out = []
    at = 0
    for piece in text.split("\n"):
        own = place
        if begin is not None:
            own = place.between(begin + at, begin + at + len(piece), place.end_line)
        out.append(make_line(piece, own, number))
        at += len(piece) + 1
    return out


def filled_cells(grid: Grid) -> list[str]:
    """The cleaned texts of the cells of a grid that print something, each cell once."""
    return [t for row in grid.rows for c in row if c.origin and (t := clean(c.text))]


@lru_cache(maxsize=8192)
def _labels_in(text: str) -> tuple[re.Match[str], ...]:
    """The labels of an index block in a line; each line is asked for several kinds of field."""
    return tuple(_words().labels.finditer(text))


def field_values(lines: list[TextLine], kind: str) -> Iterator[tuple[str, str]]:
    """(label, value) for each labelled field of a kind: issuer, year, title or address.

    `发布机构：某局  发文日期：…`, and a label alone on a line with its value on the next.
    """
    wanted = _words().fields[kind]
    texts = [t for line in lines if (t := clean(line.text)) and len(t) <= _LONGEST_LINE]
    texts = [_SEAL.sub("", t) if "章" in t else t for t in texts]
    for i, text in enumerate(texts):
        found = _labels_in(text)
        if not found or (
            found[0].start() > 0 and not any(text.startswith(":", m.end()) for m in found)
        ):
            continue
        for n, m in enumerate(found):
            if m.group().lower() not in wanted:
                continue
            end = found[n + 1].start() if n + 1 < len(found) else len(text)
            if kind == "address":
                end = len(text)
            value = text[m.end() : end]
            colon = value.startswith(":")
            if not (colon or len(found) > 1 or (m.start() == 0 and (not value or kind == "year"))):
                continue
            value = value.strip(" :|,;")
            if not value and m.start() == 0 and i + 1 < len(texts):
                value = texts[i + 1].strip(" :|")
            if value:
                yield m.group(), value
