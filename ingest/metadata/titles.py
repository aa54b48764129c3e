"""Titles of reports: which line names an issuer's yearly report, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

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
    filled = [i for i, text in enumerate(texts) if text]
    out: list[Title] = []
    for n, i in enumerate(filled):
        if not _MAY_END.search(texts[i]) or len(texts[i]) > _LONGEST:
            continue
        found = _title_ending_at(texts, filled, n)
        if found is not None:
            crumb = bool(re.search("[>»›]", texts[i]))
            printed = _printed(lines[found.first : found.last + 1], found.printed)
            out.append(replace(found, printed=printed, crumb=crumb))
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


def _prepared(printed: str) -> str:
    if len(printed) > 400:
        return "长" * (_LONGEST + 1)  # prose; cleaning it again costs time
    return clean(printed).strip(" #*")


def _title_ending_at(texts: list[str], filled: list[int], n: int) -> Title | None:
    """The title whose subject ends in the n-th filled line."""
    last = filled[n]
    for taken in range(1, min(_MOST_LINES, n + 1) + 1):
        at = filled[n - taken + 1 : n + 1]
        if taken > 1 and (len(texts[at[0]]) > 40 or is_chrome(texts[at[0]])):
            return None
        joined = "".join(texts[i] for i in at)
        if len(joined) > _LONGEST:
            return None
        if is_neighbour(texts[at[0]]) and not re.search("[>»›]", joined):
            return None
        subjects = list(_SUBJECT.finditer(joined))
        m = subjects[-1] if subjects else None
        if m is None or m.end() <= len(joined) - len(texts[last]):
            continue
        return _parse(joined, m, texts, filled, n - taken + 1, n)
    return None


def _parse(
    joined: str, m: re.Match[str], texts: list[str], filled: list[int], first: int, last: int
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
        return Title(joined, name, None, filled[first], filled[last], both)
    years += _years(head)
    part = _PART.search(head)
    if part:
        head = head[: part.start()] + head[part.end() :]
    head = _BEFORE.sub("", head, count=1) if not _YEAR_RE.match(head) else head
    head = _BEFORE.sub("", head, count=1)
    name = _issuer(_without_year(head))
    if name is None and _without_year(head).strip(_AROUND):
        return None
    begin, end = filled[first], filled[last]
    if name is None or not years:
        begin, name, years = _above(texts, filled, first, name, years)
    if name is None or not years:
        end, name, years = _below(texts, filled, last, name, years)
    if name is None and not years:
        return None
    if len(set(years)) > 1:
        return Title(joined, name, None, begin, end, (min(years), max(years)))
    if part:
        return Title(joined, name, None, begin, end, part=part.group())
    year = years[0] if years else None
    return Title(_shown(texts, begin, end, joined), name, year, begin, end)


def _shown(texts: list[str], begin: int, end: int, joined: str) -> str:
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
    texts: list[str], filled: list[int], first: int, name: str | None, years: list[int]
) -> tuple[int, str | None, list[int]]:
    """What the lines right above a title add: a line that is a year, a line that is a body's name."""
    begin = filled[first]
    for n in range(first - 1, max(first - 3, -1), -1):
        text = texts[filled[n]]
        if is_chrome(text) or is_neighbour(text) or outline_heading(text):
            break
        year = _YEAR_ALONE.fullmatch(text)
        if year and not years:
            years, begin = _years(text), filled[n]
            continue
        with_year = _years(text)
        body = usual_name(_without_year(text).strip(_AROUND))
        if name is None and (years or with_year or first - n <= 1) and is_body(body):
            if place_before(body) or place_level(body) or body.endswith(("部", "署")):
                years = years or with_year
                name, begin = body, filled[n]
                continue
        break
    return begin, name, years


def _below(
    texts: list[str], filled: list[int], last: int, name: str | None, years: list[int]
) -> tuple[int, str | None, list[int]]:
    """What stands alone on one of the two lines below a title: the year, the body's name."""
    end = filled[last]
    for n in range(last + 1, min(last + 3, len(filled))):
        text = texts[filled[n]]
        if len(text) > 40:
            break
        if not years and _YEAR_ALONE.fullmatch(text):
            years, end = _years(text), filled[n]
        elif name is None and is_body(body := usual_name(text)):
            if place_before(body) or place_level(body):
                name, end = body, filled[n]
    return end, name, years
