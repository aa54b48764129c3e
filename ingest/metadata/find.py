"""Who issued a report, for which year, at which level, covering whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.metadata.coverage import coverage_of
from ingest.metadata.front import field_values, is_chrome, outline_heading
from ingest.metadata.issuers import is_body, level_and_region, place_before, place_level, usual_name
from ingest.metadata.periods import Period, find_periods, year_mentions
from ingest.metadata.titles import Title, find_titles
from ingest.model import Place, Sentence, Warning_
from ingest.normalise import clean
from ingest.readers import TextLine

_MOST_LINES = 120  # a title stands within these
_PROSE = 60
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”（）()，,。；;\u3400-\u9fff]+|^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?$",
    re.IGNORECASE,
)
_FOOT = re.compile(r"(https?://[^\s<>]+)(?:\s+\d{1,3}\s*/\s*\d{1,3})?")
_SITE = re.compile(r"(网站|网|门户|本站|原创|公众号|日报|晚报)$")
_LAW = r"(?:根据|依据|按照|依照|结合)"
# what a sentence says of its own report; the name is the first group
_NAMED = (
    re.compile(rf"由([^，,。;由]{{2,40}}?)(?:{_LAW}|负责|统一|汇总|编制|撰写)"),
    re.compile(r"(?:编制|公布|发布|报告)了?([^,，。;]{2,40}?)(?:关于)?20\d{2}年?度?(?:政府|政务)?信息公开[^。;]{0,10}报告"),
    re.compile(rf"^([^,，。;:《]{{2,40}}?){_LAW}[^。]*?(?:编制|制作|撰写|形成|公布|制定)[^。]{{0,20}}?报告"),
    re.compile(r"要求,([^,，。;:《]{2,40}?)(?:编制|制作|撰写)[^。]{0,30}?报告"),
    re.compile(r"(?:请|可|敬请)(?:及时|直接)?(?:与|和|同|向|于|联系)([^,，。;:(]{2,40}?)(?:办公室|党政办公室|党政办|政务公开[^,。;]{0,10}|信息公开[^,。;]{0,10})?(?:联系|联络|咨询|反映|\()"),
)  # fmt: skip
_OWN_YEAR = re.compile(
    r"(?:公布|编制|发布|制作|形成|报告)[^。;]{0,40}?(20\d{2})年?度?(?:本级)?(?:政府|政务)?信息公开[^。;]{0,10}?报告"
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says about a file; None where nothing is said.

    For a file with one report it stands above everything the file says. A file with several reports
    takes from it only what a report lacks: one issuer or year cannot be right for all of them.
    """

    issuer: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the front matter says; None where it says nothing."""

    title: str | None
    issuer: str | None
    region: str | None
    level: str | None
    coverage: str | None
    year: int | None
    period: str | None
    warnings: tuple[Warning_, ...]
    address: str | None = None


NOTHING_GIVEN = Given()
_SCOPE = re.compile("统计|期限|数据|时限|报告期")
_NOWHERE = Place()
# a line that opens a list of links, and what stands before a link on its line
_LINKS = re.compile("相关|链接|更多|最新|热门|推荐|延伸|往年|历年|(?:各|其他).{0,8}(?:报告|年报)")
_LINK = re.compile("[^:]{0,6}(?:相关|链接|读懂|图解|解读|上一|下一|往年|历年)[^:]{0,4}:")


def read_metadata(
    lines: list[TextLine],
    sentences: tuple[Sentence, ...],
    name: str,
    given: Given = NOTHING_GIVEN,
    *,
    only: bool = True,
) -> Metadata:
    """Find title, issuer, year, level and coverage.

    `lines` are all lines of the report (with the cells of index blocks, see `front.front_lines`),
    `sentences` its narrative, `name` that of its file. `only` is false where the file holds other
    reports too; then `given` fills gaps and overrules nothing, and the file's name says nothing.
    """
    texts = [s.text for s in sentences]
    periods = find_periods(_scope_first(texts) or [clean(line.text) for line in lines[:80]])
    title = _title(lines, periods)
    named = _file_title(name) if only else None
    warnings: list[Warning_] = []
    issuer = given.issuer if only else None
    if issuer is None:
        issuer, told = _issuer(title, lines, texts, named)
        if issuer is None and given.issuer is not None:
            issuer = given.issuer
        else:
            warnings += told
    year = given.year if only else None
    if year is None:
        year, told = _year(title, periods, texts, lines, named)
        if year is None and given.year is not None:
            year = given.year
        else:
            warnings += told
    level, region = level_and_region(issuer) if issuer else (None, None)
    printed = title.printed if title else named.printed if named else None
    return Metadata(
        printed,
        issuer,
        region,
        level,
        coverage_of(issuer, texts),
        year,
        periods[0].text if periods else None,
        tuple(warnings),
        _address(lines),
    )


def _file_title(name: str) -> Title | None:
    found = find_titles([TextLine(name.rsplit(".", 1)[0], place=_NOWHERE)])
    return found[0] if found else None


def _title(lines: list[TextLine], periods: list[Period]) -> Title | None:
    """The report's own title: above its body; of several the most frequent, the nearest.

    Links to reports of other years stand above a body too; the period tells them apart.
    """
    near = [line for line in lines if line.text.strip()][:_MOST_LINES]
    body = _body_start(near)
    named = [TextLine(value, _NOWHERE) for _, value in field_values(near[:body], "title")]
    fields = [t for t in find_titles(named) if t.whole]
    titles = [*fields, *(t for t in find_titles(near) if t.last < body)]
    if not titles:
        titles = [t for t in find_titles(near) if t.whole and t.last < 40]
    titles = [t for t in titles if not t.crumb] or titles
    if not titles:
        return None
    most = max(_rank(t, titles, periods) for t in titles)
    best = [t for t in titles if _rank(t, titles, periods) == most]
    if len({(t.issuer, t.year) for t in best}) > 1:
        best = [t for t in best if t in fields or not _is_link(t, titles, near)] or best
    title = best[-1]
    if len({t.issuer for t in best}) > 1:
        return replace(title, issuer=None, year=None)  # whose report it is, the text must say
    return title if len({t.year for t in best}) == 1 else replace(title, year=None)


def _is_link(title: Title, titles: list[Title], lines: list[TextLine]) -> bool:
    """Whether a title stands under `相关链接：` or behind `一图读懂：`: it is another report's."""
    taken = {n for t in titles for n in range(t.first, t.last + 1)}
    at = title.first
    if _LINK.match(clean(lines[at].text)):
        return True
    while at > 0 and at in taken:
        at -= 1
    label = clean(lines[at].text).strip(" #*")
    return at not in taken and len(label) <= 16 and bool(_LINKS.search(label))


def _rank(title: Title, titles: list[Title], periods: list[Period]) -> tuple[bool, bool, int]:
    same = sum((t.issuer, t.year) == (title.issuer, title.year) for t in titles)
    fits = title.year is not None and any(p.year == title.year for p in periods)
    return title.whole or title.years is not None, fits, same


def _body_start(lines: list[TextLine]) -> int:
    for i, line in enumerate(lines):
        if len(line.text) > 400:
            return i
        text = clean(line.text).strip(" #*")
        if is_chrome(text):
            continue
        if (outline_heading(text) and re.match(r"[一(第]", text)) or (
            len(text) > _PROSE and "。" in text
        ):
            return i
    return len(lines)


def _scope_first(texts: list[str]) -> list[str]:
    scope = dict.fromkeys(t for t in texts if _SCOPE.search(t))
    return [t for t in texts if t in scope] + [t for t in texts if t not in scope]


def _year(
    title: Title | None,
    periods: list[Period],
    texts: list[str],
    lines: list[TextLine],
    named: Title | None,
) -> tuple[int | None, list[Warning_]]:
    period = next((p for p in periods if p.year is not None), None)
    if title is not None and title.part is not None:
        text = f"标题写的是{title.part}，不是整个年度，报告年度未定"
        return None, [Warning_("year-range", text)]
    stated = title.year if title else None
    if stated is None:
        stated = _field_year(lines)
    if stated is not None and period is not None and period.year != stated:
        return _settle(stated, period, texts, lines)
    if stated is not None:
        return stated, _outvoted(stated, texts) if period is None else []
    if title is not None and title.years is not None:
        first, last = title.years
        text = f"标题写的是{first}—{last}，跨两个年度，报告年度未定"
        return None, [Warning_("year-range", text)]
    if period is not None:
        text = f"标题没有年度，报告年度 {period.year} 取自统计期限“{period.text}”"
        return period.year, [Warning_("year-from-text", text)]
    own = {int(m.group(1)) for t in texts[:12] for m in _OWN_YEAR.finditer(t)}
    if len(own) == 1:
        year = own.pop()
        return year, [Warning_("year-from-text", f"标题没有年度，报告年度 {year} 取自正文")]
    if named is not None and named.year is not None:
        return named.year, [Warning_("year-from-name", f"报告年度 {named.year} 取自文件名")]
    return None, [Warning_("year-unknown", "没有找到报告年度")]


def _field_year(lines: list[TextLine]) -> int | None:
    for _, value in field_values(lines[:_MOST_LINES], "year"):
        if m := re.match(r"(20\d{2})(?!\d)", value):
            return int(m.group(1))
    return None


def _settle(
    stated: int, period: Period, texts: list[str], lines: list[TextLine]
) -> tuple[int | None, list[Warning_]]:
    """Title and period contradict each other: what the rest of the page is about decides.

    A title may carry the year of publication, a period may be left over from last year's report.
    """
    votes = year_mentions([t for t in texts if period.text not in t])
    for published in _published(lines):
        votes[published - 1] += 1  # a report is published in the year after its own
    said = f"标题的报告年度是 {stated}，正文的统计期限是“{period.text}”"
    for_title, for_period = votes[stated], votes[period.year or 0]
    if for_title == for_period:
        text = f"{said}，无法判断哪一个对，报告年度未定，请用给定的年度重新读入"
        return None, [Warning_("year-conflict", text)]
    year = stated if for_title > for_period else period.year
    return year, [Warning_("year-conflict", f"{said}，按其余文字取 {year} 年，请核对")]


def _published(lines: list[TextLine]) -> set[int]:
    values = (value for _, value in field_values(lines[:_MOST_LINES], "published"))
    return {int(m.group()) for v in values if (m := re.match(r"20\d{2}(?!\d)", v))}


def _outvoted(stated: int, texts: list[str]) -> list[Warning_]:
    """A warning where the text is about another year than the title."""
    votes: Counter[int] = year_mentions(texts)
    top, times = max(votes.items(), key=lambda v: (v[1], v[0] == stated), default=(stated, 0))
    if top == stated or times < 3 or votes[stated] * 3 >= times:
        return []
    text = f"标题的报告年度是 {stated}，正文却多处写 {top} 年（{times} 处），请核对"
    return [Warning_("year-conflict", text)]


def _issuer(
    title: Title | None, lines: list[TextLine], texts: list[str], named: Title | None
) -> tuple[str | None, list[Warning_]]:
    stated = title.issuer if title else None
    if stated is not None and not _is_relative(stated):
        return stated, []
    fields = _field_issuers(lines)
    spoken = _spoken_issuers(texts)
    if stated is not None:
        full = {n for n in (*fields, *spoken) if _completes(stated, n)}
        if len(full) == 1:
            return full.pop(), []
        text = f"标题只写“{stated}”，没有写明所属地区，同名机关可能不止一个"
        return stated, [Warning_("issuer-without-region", text)]
    if fields:
        return fields[0], []
    if len(spoken) == 1:
        (found,) = spoken
        return found, [Warning_("issuer-from-text", f"标题没有发布机关，“{found}”取自正文")]
    if not spoken and (sources := _field_issuers(lines, "weak")):
        text = f"标题没有发布机关，“{sources[0]}”取自“来源”"
        return sources[0], [Warning_("issuer-from-text", text)]
    if named is not None and named.issuer:
        return named.issuer, [Warning_("issuer-from-name", f"发布机关“{named.issuer}”取自文件名")]
    if len(spoken) > 1:
        text = f"没有找到发布机关：标题没有写，正文提到{'、'.join(sorted(spoken))}，无法确定"
        return None, [Warning_("issuer-unknown", text)]
    return None, [Warning_("issuer-unknown", "没有找到发布机关")]


def _is_relative(name: str) -> bool:
    """`审计局`, `区统计局`: which place's, the words do not say."""
    if place_level(name) is not None or place_before(name) is not None:
        return False
    level, region = level_and_region(name)
    return (
        level == "部门"
        and region is None
        and bool(
            re.match("[省市区县]", name)
            or (len(name) <= 5 and not re.search("海关|大学|公司|医院", name))
        )
    )


def _completes(relative: str, name: str) -> bool:
    place = place_before(name)
    if place is None or not name.startswith(place):
        return False
    if re.match("[省市区县]", relative):
        return name[len(place) - 1 :] == relative
    return name[len(place) :] == relative


def _field_issuers(lines: list[TextLine], kind: str = "issuer") -> list[str]:
    """Bodies that an index block names as the issuer, each once, in order."""
    found = []
    for _, value in field_values(lines[:_MOST_LINES], kind):
        value = usual_name(re.sub(r"\s.*$", "", value))
        if is_body(value) and not _SITE.search(value) and not _is_relative(value):
            found.append(value)
    return list(dict.fromkeys(found))


def _spoken_issuers(texts: Iterable[str]) -> set[str]:
    """Bodies that the text names as its author or as whom to ask; a more trusted way ends the search."""
    own = list(texts)
    for pattern in _NAMED:
        found = set()
        for text in own:
            for m in pattern.finditer(text):
                name = usual_name(re.sub(r"^(?:本报告|报告|特|现)+", "", m.group(1)))
                if is_body(name) and not _is_relative(name):
                    found.add(name)
        if found:
            return found
    return set()


def _address(lines: list[TextLine]) -> str | None:
    short = [line for line in lines if len(line.text) <= 300 and ("." in line.text)]
    if not short:
        return None
    labelled = {id(line) for line in short}
    near = [
        line
        for i, line in enumerate(lines)
        if id(line) in labelled or (i + 1 < len(lines) and id(lines[i + 1]) in labelled)
    ]
    for _, value in field_values(near, "address"):
        if m := _URL.search(value):
            return m.group().rstrip(".")
    # a browser prints the page's address at the foot of every page
    alone = {m.group(1) for line in short if (m := _FOOT.fullmatch(line.text.strip()))}
    return alone.pop() if len(alone) == 1 else None
