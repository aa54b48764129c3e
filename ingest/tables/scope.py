"""Whose figures a form's table holds, and of which time: a short line above it may say another's.

A line such as `2022年数据`, `2023年第一季度`, `（一）市本级` or `附件：某区情况表` between a heading and a
table, the name of its sheet, or the title of another report in front of it: such a table's figures are
not the report's.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TypeGuard

from ingest.front import is_chrome, is_neighbour, outline_heading
from ingest.issuers import is_body, place_level, usual_name
from ingest.model import Figure, Place, Warning_
from ingest.normalise import clean
from ingest.numbers import looks_like_value
from ingest.readers import Document, Grid, TextLine
from ingest.tables.build import TablesRead
from ingest.titles import find_titles
from ingest.words.units import unit_words

_LONGEST = 40
_PROSE = 60
_MARKS = " #*【】[]《》—-–|:·_=“”,、.()"
_NUMBER = re.compile(
    r"^(?:(?:附件|附表|表|图|附)?(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:[-.]\d{1,2})?)(?:[、.:)]|(?=$))"
    r"|(?:附件|附表|附)(?:[一二三四五六七八九十\d]{1,2})?[:]?|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)"
    r"|表[一二三四五六七八九十\d](?:[-.]\d)?)"
)
_APPENDIX = re.compile(r"^\(?(?:附件|附表|附[:])")
_DATE = r"20\d{2}(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?"
_TO = r"(?:起)?[-—–~至到]+"
_YEAR_LONG = re.compile(rf"(20\d{{2}})年0?1月0?1日{_TO}(?:(?:\1年)?12月31日)(?:止)?")
_SPAN = re.compile(rf"{_DATE}{_TO}(?:20\d{{2}}年)?\d{{1,2}}月\d{{1,2}}日(?:止)?")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?:年度|年|(?=\D|$))")
_MONTH_ALONE = re.compile(r"20\d{2}年\d{1,2}月")
_OFFICE = r"(?:(?:人民)?政府)?(?:办公室|办公厅)?"
_HINT = re.compile(
    r"20\d\d|年|月|季|级|直|各|属|层|派出|全|本|我|[省市州盟区县旗镇乡局委厅会办室府学院司团队关道]|街"
)


@dataclass(frozen=True, slots=True)
class Own:
    """What the report says of itself; None where it does not say.

    `years` are all years that its title and its text give it; `region` is the place of a department.
    """

    issuer: str | None
    years: frozenset[int]
    coverage: str | None = None
    region: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    other_time: re.Pattern[str]
    whole_time: re.Pattern[str]
    edition: re.Pattern[str]
    government: re.Pattern[str]
    bodies: re.Pattern[str]
    whole: re.Pattern[str]
    endings: tuple[str, ...]
    not_places: tuple[str, ...]
    neutral: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]
    unit: re.Pattern[str]


def _either(patterns: list[str]) -> str:
    return "(?:" + "|".join(f"(?:{p})" for p in sorted(patterns, key=len, reverse=True)) + ")"


@cache
def _words() -> _Words:
    text = resources.files("ingest.words").joinpath("scope.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    word = _either([re.escape(w) for w in data["neutral"]["words"]])
    neutral = rf"(?:{word}|[{re.escape(_MARKS)}])"
    unit = _either([re.escape(w) for w in unit_words()])

    def amid(patterns: list[str]) -> re.Pattern[str]:
        return re.compile(rf"{neutral}*(?P<word>{_either(patterns)}){neutral}*")

    return _Words(
        other_time=re.compile(_either(data["time"]["other"])),
        whole_time=re.compile(_either(data["time"]["whole"])),
        edition=re.compile(rf"20\d{{2}}{data['time']['edition']}"),
        government=amid(data["level"]["own"]),
        bodies=amid(data["level"]["bodies"]),
        whole=amid(data["level"]["whole"]),
        endings=tuple(data["body"]["endings"]),
        not_places=tuple(data["body"]["not_places"]),
        neutral=re.compile(rf"{neutral}*"),
        first=re.compile(rf"^{neutral}+"),
        last=re.compile(rf"{neutral}+$"),
        unit=re.compile(rf"\(?(?:计量)?单位:(?:{unit}|[、,/])+\)?$"),
    )


def scope_of(printed: str, own: Own) -> str | None:
    """What a line says of the scope of what follows; None where it says nothing, or more than that.

    `own` and `own-time` are the report's own body and year; `time`, `level` and `body` are another's.
    """
    if len(printed) > 2 * _LONGEST or _HINT.search(text := clean(printed)) is None:
        return None
    text = text.strip(_MARKS.replace("(", "").replace(")", ""))
    if len(text) > _LONGEST or re.search("[。;!?]", text) or _MONTH_ALONE.fullmatch(text):
        return None
    words = _words()
    text = words.unit.sub("", words.edition.sub("", _NUMBER.sub("", text)))
    said = set[str]()
    text = _YEAR_LONG.sub(r"\1年", text)
    if _SPAN.search(text):
        said.add("time")
        text = _SPAN.sub(" ", text)
    elif re.search(_DATE, text):
        return None  # when it was written or published
    years = {int(m.group(1)) for m in _YEAR.finditer(text)}
    if years and own.years:
        said.add("own-time" if years & own.years else "time")
    rest = _YEAR.sub(" ", text)
    if own.issuer is not None:
        without = re.sub(re.escape(own.issuer) + _OFFICE, " ", rest)
        if without != rest:
            said.add("own")
            rest = without
    rest = words.whole_time.sub(" ", rest)
    if (without := words.other_time.sub(" ", rest)) != rest:
        said.add("time")
        rest = without
    within, rest = rest, _bare(rest)
    if not rest and words.neutral.fullmatch(within):
        pass
    elif words.whole.fullmatch(within):
        said.add("own")
    elif m := words.government.fullmatch(within):
        said.add(_level(m.group("word"), own, government=True))
    elif m := words.bodies.fullmatch(within):
        said.add(_level(m.group("word"), own))
    elif rest and (name := _body(rest)) and own.issuer is not None:
        said.add("own" if _is_same(name, own.issuer) else "body")
    elif rest:
        return None
    return next((s for s in ("time", "body", "level", "own", "own-time") if s in said), None)


def _bare(text: str) -> str:
    """The text without what says nothing of scope at its ends."""
    while (shorter := _words().last.sub("", _words().first.sub("", text))) != text:
        text = shorter
    return text


def _body(words: str) -> str | None:
    name = usual_name(words)
    if name.endswith(_words().not_places) and name in _words().not_places:
        return None
    if not is_body(name):
        return None
    return name if place_level(name) or name.endswith(_words().endings) else None


def _level(word: str, own: Own, *, government: bool = False) -> str:
    """Whether a level is the report's own: a city's bureau reports at the city's level."""
    if own.coverage == "本机关" and re.search("本级|本部|本机关", word):
        return "own"
    place = own.region if own.level == "部门" else own.issuer if own.level == "乡镇" else None
    if government and own.issuer is not None:
        place = place or own.issuer
    if place is not None and word and word[0] == place[-1]:
        return "own"
    return "own" if government and not word else "level"


def _is_same(name: str, issuer: str) -> bool:
    """Whether two names may be one body's: 市发改委 is 某市发展和改革委员会, 某区 its own bureau's place."""
    issuer = usual_name(issuer)
    if _within(name, issuer):
        return True
    return _within(issuer, name) and (place_level(name) is None) == (place_level(issuer) is None)


def _within(short: str, long: str) -> bool:
    """Whether the letters of one name stand in the other in their order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


# ── over a document ────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line that says, from its place on, whose the figures are; `why` as in `scope_of`,
    or what else the line is."""

    start: int
    text: str
    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class _Ruled:
    """From `start` on a table's figures are of this other scope, or (None) the report's own."""

    start: int
    by: _Mark | None


def in_scope(read: TablesRead, document: Document, own: Own) -> TablesRead:
    """`read` without the figures of tables that stand under another scope; a warning for each table."""
    ruled = _ruled(document, own, read.used_lines)
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
        appendix = _APPENDIX.match(clean(mark.text)) is not None
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
        elif mark.why == "title":
            self.report, self.line = {}, {}
        elif _other(mark.why):
            self.line[_axis(mark)] = mark
            if appendix:
                self.report = {_axis(mark): mark}
        elif appendix:
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
    out = [_Ruled(mark.start, state.step(mark, own)) for mark in _marks(document, own, used)]
    return sorted(out, key=lambda r: r.start)


def _axis(mark: _Mark) -> str:
    """What a mark speaks of: a time, or whose figures."""
    return "time" if mark.why in ("time", "own-time") else "body"


def _other(why: str | None) -> TypeGuard[str]:
    return why in ("time", "level", "body")


def _marks(document: Document, own: Own, used: frozenset[int]) -> Iterator[_Mark]:
    """The marks in the document's order; `used` lines are labels and values of its tables."""
    recent: list[TextLine] = []
    sheet: str | None = None
    for block in document.blocks:
        start = block.place.start
        if start is None:
            continue
        if block.place.sheet != sheet:
            sheet = block.place.sheet
            yield _Mark(start, "", block.place, "sheet")
        if isinstance(block, TextLine):
            if block.number in used:
                yield _Mark(start, "", block.place, "table")
                continue
            recent = [*recent[-2:], block]
            yield from _of_line(block, recent, own)
            continue
        if block.caption:
            yield from _of_line(TextLine(block.caption, block.place, block.number), [], own)
        yield from _of_grid(block, own)
        if len(block.rows) > 1:
            end = block.rows[-1][0].place.start if block.rows[-1] else None
            yield _Mark(start if end is None else end, "", block.place, "table")


def _of_grid(grid: Grid, own: Own) -> Iterator[_Mark]:
    """The rows of a grid that are titles: one text, or two (the unit beside it), and no value."""
    for row in grid.rows:
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
            title = titles[-1]
            year = title.year is None or not own.years or title.year in own.years
            body = title.issuer is None or own.issuer is None
            if year and (body or _is_same(title.issuer or "", own.issuer or "")):
                yield _Mark(start, line.text, line.place, "title")
            else:
                yield _Mark(start, line.text.strip(), line.place, "report")
            return
    value = looks_like_value(text)
    why = None if value else scope_of(text, own)
    if why is not None:
        yield _Mark(start, line.text.strip(), line.place, why)
    elif not value:
        yield _Mark(start, "", line.place, "text")
