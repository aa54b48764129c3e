"""Titles of reports: which line names an issuer's yearly report, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.metadata.front import is_chrome, is_neighbour, outline_heading
from ingest.metadata.issuers import is_body, place_before, place_level, usual_name
from ingest.normalise import clean, normalise
from ingest.numbers import chinese_to_int
from ingest.quick import quick
from ingest.readers import TextLine

_CHINESE = r"[〇零○OoО0一二三四五六七八九]"
_YEAR = rf"(?<![\d.])(?:(20\d{{2}})(?!\d)|(二{_CHINESE}{{3}})(?=年|\)|$))"
_YEAR_RE = re.compile(_YEAR)
_RANGE = re.compile(r"(20\d{2})年?(?:[-—~至到/]|--)(20\d{2})(?:学年|年)?度?")
_SUBJECT = re.compile(
    r"(?:政府|政务|校务|院务|厂务|企业)?(?:信息|政务)公开(?:工作)?(?:情况)?的?"
    r"(?:(?:20\d{2}|二[〇零○O0一二三四五六七八九]{3})?年度|(?:20\d{2})年|年(?!报)|学年度?)?的?(?:工作)?(?:情况)?(?:年度)?"
    r"(?:报告书?|年报|总结|统计报?表)"
)
_YEAR_ALONE = re.compile(rf"[(（]?\s*(?:{_YEAR})年?度?(?:年度)?[)）]?")
# what stands in front of a title on its line
_BEFORE = re.compile(
    r"^.*[>»›]|^(?:【[^】]*】|\[[^\]]*\])+|^.*?(?:门户网站|政府网站|政府网)[-_|·:]*"
    r"|^附件[\d一二三四五]*[:、.]?|^[^:]{1,8}:|^.*(?:信息名称|文件名称|标题|题名|名称|题目)[:]?(?=[^:])"
    r"|^[\W_]*(?:关于)?(?:印发|发布|公布|公开)?[\W_]*"
)
_ABOUT = re.compile(
    r"^(.*?)关于(?:印发|公布|发布|公开|编制|报送|上报|呈报|呈送|转发|做好|开展)*[《“]?(.*)$"
)
# 2022年上半年: the report of a part of a year is no yearly report
_PART = re.compile(r"[上下]半年|第?[一二三四1-4]季度|\d{1,2}(?:[-—~至到]\d{1,2})?月份?")
_AROUND = " 《》“”\"':：-_|·*#—【】[]〔〕,，、.。/\\"
_TAIL = re.compile(
    r"^[》”】\])*# 。]*(?:的(?:通知|公告|公示|函|报告))?[》”】\])*# ]*"
    r"(?:\(?(?:图片版|图解|全文|终稿|定稿|公开版|送审稿|pdf|docx?|超链版|正文)\)?)?(?:[-_|—(].*)?$",
    re.IGNORECASE,
)
_MAY_END = re.compile("报告|年报|总结|统计表|报表")
_DOTS = re.compile(r"[.…·]{2,}\(?\d*\)?$|[.…·]{3,}")
_LONGEST = 80
_MOST_LINES = 3
_MOST_ABOVE, _LINES_BEHIND = 2, 2  # lines around a title that may add its year or its issuer
_LINES_BEFORE = _MOST_LINES - 1 + _MOST_ABOVE


@quick
@dataclass(frozen=True, slots=True)
class Title:
    """A title as it stands in lines[first:last + 1]; `printed` is its text as printed there.

    `years` are both years of a range (`2022-2023学年`), which is no reporting year; `crumb` says
    that it is the last step of a path of links (`首页 > 年报 > …`); `part` is the part of a year that
    it names (上半年), and then `year` is None.
    """

    printed: str
    issuer: str | None
    year: int | None
    first: int
    last: int
    years: tuple[int, int] | None = None
    crumb: bool = False
    part: str | None = None

    @property
    def whole(self) -> bool:
        """Whether it names both, issuer and year."""
        return self.issuer is not None and self.year is not None


def find_titles(lines: list[TextLine]) -> list[Title]:
    """All titles in `lines`, in order; links to neighbours, lists of contents and sentences are none."""
    texts = [_prepared(line.text) for line in lines]
    if not _MAY_END.search("\n".join(texts)):
        return []
    filled = [i for i, text in enumerate(texts) if text]
    shown = [texts[i] for i in filled]
    out: list[Title] = []
    for n, text in enumerate(shown):
        if len(text) > _LONGEST or not _MAY_END.search(text):
            continue
        top = max(n - _LINES_BEFORE, 0)
        found = _title_ending_at(tuple(shown[top : n + _LINES_BEHIND + 1]), n - top)
        if found is not None:
            first, last = filled[top + found.first], filled[top + found.last]
            printed = _printed(lines[first : last + 1], found.printed)
            crumb = bool(re.search("[>»›]", text))
            out.append(replace(found, printed=printed, first=first, last=last, crumb=crumb))
    return out


def _printed(lines: list[TextLine], title: str) -> str:
    """The title as its lines print it, with what stands around it on a single line cut off."""
    filled = [line.text for line in lines if line.text.strip()]
    if len(filled) > 1:
        return "".join(text.strip().strip("#*") for text in filled)
    search = normalise(filled[0])
    at = search.text.find(title)
    if at < 0:
        return title
    start, end = search.printed_span(at, at + len(title))
    return filled[0][start:end].strip()


@lru_cache(maxsize=8192)  # as the title itself
def _prepared(printed: str) -> str:
    if len(printed) > 400:
        return "长" * (_LONGEST + 1)  # prose; cleaning it again costs time
    return clean(printed).strip(" #*")


@lru_cache(maxsize=1024)  # a report's title is looked for among several selections of its lines
def _title_ending_at(texts: tuple[str, ...], last: int) -> Title | None:
    """The title whose subject ends in `texts[last]`; `texts` are filled lines around it."""
    for taken in range(1, min(_MOST_LINES, last + 1) + 1):
        first = last - taken + 1
        if taken > 1 and (len(texts[first]) > 40 or is_chrome(texts[first])):
            return None
        joined = "".join(texts[first : last + 1])
        if len(joined) > _LONGEST:
            return None
        if is_neighbour(texts[first]) and not re.search("[>»›]", joined):
            return None
        subjects = list(_SUBJECT.finditer(joined))
        m = subjects[-1] if subjects else None
        if m is None or m.end() <= len(joined) - len(texts[last]):
            continue
        return _parse(joined, m, texts, first, last)
    return None


def _parse(
    joined: str, m: re.Match[str], texts: tuple[str, ...], first: int, last: int
) -> Title | None:
    tail = joined[m.end() :]
    head = joined[: m.start()]
    if _DOTS.search(tail) or re.search("[。;；!?]", head) or "," in head:
        return None
    behind = _YEAR_ALONE.match(tail)
    if behind:
        tail = tail[behind.end() :]
    if not _TAIL.match(tail):
        return None
    years = _years(m.group()) or (_years(behind.group()) if behind else [])
    span = _RANGE.search(head)
    if span and span.group(1) != span.group(2):
        both = (int(span.group(1)), int(span.group(2)))
        name = _issuer(head[: span.start()] + head[span.end() :])
        return Title(joined, name, None, first, last, both)
    years += _years(head)
    part = _PART.search(head)
    if part:
        head = head[: part.start()] + head[part.end() :]
    head = _BEFORE.sub("", head, count=1) if not _YEAR_RE.match(head) else head
    head = _BEFORE.sub("", head, count=1)
    name = _issuer(_without_year(head))
    if name is None and _without_year(head).strip(_AROUND):
        return None
    begin, end = first, last
    if name is None or not years:
        begin, name, years = _above(texts, first, name, years)
    if name is None or not years:
        end, name, years = _below(texts, last, name, years)
    if name is None and not years:
        return None
    if len(set(years)) > 1:
        return Title(joined, name, None, begin, end, (min(years), max(years)))
    if part:
        return Title(joined, name, None, begin, end, part=part.group())
    year = years[0] if years else None
    return Title(_shown(texts, begin, end, joined), name, year, begin, end)


def _shown(texts: tuple[str, ...], begin: int, end: int, joined: str) -> str:
    whole = "".join(texts[begin : end + 1])
    text = whole if len(whole) > len(joined) else joined
    text = re.sub(r"^.*[>»›]", "", text)
    m = list(_SUBJECT.finditer(text))[-1]
    behind = _YEAR_ALONE.match(text[m.end() :])
    text = text[: m.end() + (behind.end() if behind else 0)]
    text = re.sub(r"^.*(?:信息名称|文件名称|标题|题名|名称|题目)[:]?(?=[^:])|^[^:]{1,8}:", "", text)
    text = re.sub(r"^(?:关于)?(?:印发|发布|公布)?《", "", text)
    return text.strip("《》 *#")


def _years(text: str) -> list[int]:
    return [y for m in _YEAR_RE.finditer(text) if (y := _to_year(m.group(1) or m.group(2)))]


def _to_year(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    year = chinese_to_int(re.sub("[○OoО0]", "〇", written))
    return year if year is not None and 2000 <= year <= 2099 else None


def _without_year(head: str) -> str:
    return re.sub(rf"{_YEAR}(?:年度|年|度)?(?:年度)?", "", head)


def _issuer(words: str) -> str | None:
    name = words.strip(_AROUND)
    if about := _ABOUT.match(name):  # 甲办关于印发乙市…的通知: the report is 乙市's
        return _issuer(about.group(2)) or _issuer(about.group(1))
    name = re.sub(r"^(?:印发|发布|公布|公开)+|(?:印发|发布|公布|公开|的|年度|学年)+$", "", name)
    name = usual_name(name.strip(_AROUND))
    if is_body(name):
        return name
    # a short name (长春) that only its place in a title shows to be one
    return name if re.fullmatch("[\u4e00-\u9fff]{2,12}", name) and is_body(name + "市") else None


def _above(
    texts: tuple[str, ...], first: int, name: str | None, years: list[int]
) -> tuple[int, str | None, list[int]]:
    """What the lines right above a title add: a line that is a year, a line that is a body's name."""
    begin = first
    for n in range(first - 1, max(first - 1 - _MOST_ABOVE, -1), -1):
        text = texts[n]
        if is_chrome(text) or is_neighbour(text) or outline_heading(text):
            break
        year = _YEAR_ALONE.fullmatch(text)
        if year and not years:
            years, begin = _years(text), n
            continue
        with_year = _years(text)
        body = usual_name(_without_year(text).strip(_AROUND))
        if name is None and (years or with_year or first - n <= 1) and is_body(body):
            if place_before(body) or place_level(body) or body.endswith(("部", "署")):
                years = years or with_year
                name, begin = body, n
                continue
        break
    return begin, name, years


def _below(
    texts: tuple[str, ...], last: int, name: str | None, years: list[int]
) -> tuple[int, str | None, list[int]]:
    """What stands alone on one of the two lines below a title: the year, the body's name."""
    end = last
    for n in range(last + 1, min(last + 1 + _LINES_BEHIND, len(texts))):
        text = texts[n]
        if len(text) > 40:
            break
        if not years and _YEAR_ALONE.fullmatch(text):
            years, end = _years(text), n
        elif name is None and is_body(body := usual_name(text)):
            if place_before(body) or place_level(body):
                name, end = body, n
    return end, name, years
