"""What the figures of a sentence say of the report's tables, in concepts; nothing where unsure."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from ingest.checks.context import (
    RELATION,
    Context,
    Statement,
    enter,
    narrow,
    remember,
    same_length,
    walk,
)
from ingest.checks.meaning import meaning
from ingest.checks.partial import is_partial, named_applicants
from ingest.checks.wording import cut, load_wording
from ingest.model import Figure, Report, Sentence

# a sentence without any of these says nothing of the tables
_TELLS = re.compile(
    "申请|公开|复议|诉讼|起诉|规章|规范性|许可|处罚|强制|收费|维持|纠|自然人|法人|企业|结转|办理|办结|占"
    "|提供|处理|信访|重复|补正|制发|废止|有效|率"
)
_PERIOD = re.compile(
    r"(?:20\d\d年)?1月1日(?:至|到|-|—)(?:20\d\d年)?12月31日|截至(?:20\d\d年)?(?:12月(?:31日)?|年)底?"
)
_CAUSE = re.compile(r"因(?!政府信息公开|信息公开)[^,;:。()]{1,24}?(?:等)?(?:原因|情形|理由)")
_CHANGE = re.compile(
    r"(?:同比|(?:比|较|与)(?P<year>20\d\d年|上年|去年|上一年)(?:度|同期)*(?:相比)?)[,]?(?:有所|略有|大幅|总体)?"
    r"(?:(?P<up>增长|增加|上升|上涨|增)|(?P<down>下降|减少|降低|回落|降|减))(?:了|率|幅)?(?:为|达)?$"
)
_DIGIT = re.compile(r"\d")
_RIGHT_EDGE = re.compile(r"[,;:。()、!?]")
_SHARE = re.compile(r"(?:合计|共|约|分别)?占(?:比|到)?")
_AMONG = re.compile(r"^中.*")
_ALL_OF_IT = re.compile(r"^(?:,)?(?:均|都|全部|已全部|均已|全)+.*$")
_COUNTS = {"件", "宗", "起", "份", "件次"}


def read_statements(
    report: Report, sentence: Sentence, figures: tuple[Figure, ...], lead: Context | None = None
) -> tuple[list[Statement | None], Context]:
    """A statement for each figure of the sentence (None where it is not sure), and what was said.

    `lead` is what the sentence before in the same paragraph has said: 其中 goes on with it.
    """
    if not figures or not _TELLS.search(sentence.text):
        return [None] * len(figures), Context([True])
    text = sentence.text
    if "1月" in text or "截至" in text:
        text = same_length(_PERIOD, text)
    names = _names(report.issuer or "", report.region or "", report.coverage)
    heading = "".join(sentence.section)
    context = Context([_is_whole(heading)])
    if lead is not None and lead.parted and not re.match(r"[^,]{0,6}(?:全[市省县区年]|共)", text):
        context.scope[0] = False
        context.parted = True
    suits = re.search("复议|诉讼", text)
    context.applications = "申请" in text or "依申请" in heading or ("新收" in text and not suits)
    if lead is not None and lead.last is not None and re.match(r"\(?其中", text):
        context.last = lead.last
        remember(context, lead.last)
    out: list[Statement | None] = []
    end = 0
    for i, figure in enumerate(figures):
        start, stop = figure.span or (0, 0)
        if start < end:
            out.append(None)
            continue
        gap = text[end:start]
        left = walk(gap, i == 0, context, report)
        enter(gap, context)
        next_start = (figures[i + 1].span or (0, 0))[0] if i + 1 < len(figures) else len(text)
        right = _right(text[stop : max(next_start, stop)])
        made = (
            _read(left, right, figure, context, names, report, out)
            if context.scope[-1] and context.time
            else None
        )
        if made is not None and made.kind == "count":
            made = _of_whom(made, text, start, stop, left, right)
        if made is None and figure.unit == "%" and context.time:
            made = _read_change(text, start, left, figure, context, names, report, out)
        if made is None:
            narrow(left + right, context, figure)
        elif made.kind == "change":
            pass
        else:
            context.last = made
            if made.kind == "count":
                remember(context, made)
        out.append(made)
        end = stop
    if any(one is not None for one in out):  # parts beside their whole: 1343件，其中甲县268件
        context.parted = False
    return out, context


def _of_whom(
    made: Statement, text: str, start: int, stop: int, left: str, right: str
) -> Statement | None:  # fmt: skip
    """The statement with the applicants that it may be of; None where it is no whole row."""
    lead = text[:start]
    if is_partial(made.table, made.subjects, lead, left, right, text[stop:]):
        return None
    if made.table != "t3" or made.members != ("total",):
        return made
    also, only = named_applicants(lead)
    if not also:
        return made
    if only and not re.search("总|共", left):
        return replace(made, members=also, also=("total",))
    return replace(made, also=also)


@lru_cache(maxsize=1024)
def _is_whole(heading: str) -> bool:
    """Whether what stands under a heading is meant of the whole, not of a part."""
    wording = load_wording()
    return not wording.parts.search(heading) or wording.whole_again.search(heading) is not None


@lru_cache(maxsize=64)
def _names(issuer: str, region: str, coverage: str | None) -> frozenset[str]:
    """The issuer's own names, and 全市 where its report covers all of it."""
    short = issuer.removesuffix("人民政府").removesuffix("政府")
    names = {short, f"{short}政府", issuer, region}
    if coverage != "本机关":
        names |= load_wording().whole
    return frozenset(n for n in names if len(n) > 1)


def _right(rest: str) -> str:
    edge = _RIGHT_EDGE.search(rest)
    words = rest[: edge.start()] if edge else rest
    words = _AMONG.sub("", words)  # 审结的52件中纠错5件
    share = _SHARE.search(words)
    return words[: share.start()] if share else words


def _read(
    left: str, right: str, figure: Figure, context: Context, names: frozenset[str],
    report: Report, before: list[Statement | None],
) -> Statement | None:  # fmt: skip
    if figure.value is None or figure.note is not None:
        return None
    left = _CAUSE.sub("", _years_named(left, report))
    if figure.unit == "%":
        return _read_share(left, right, figure, context, names, before)
    if RELATION.search(left) or _SHARE.search(left):
        return None
    if _qualified(figure) or (figure.unit not in _COUNTS and figure.unit != "元"):
        return None
    right = _ALL_OF_IT.sub("", right)
    tokens = cut(left, names)
    behind = cut(_years_named(right, report), names)
    if tokens is None or behind is None:
        return None
    found = meaning((*tokens, *behind), left + right, context)
    if found is None:
        return None
    table, subjects, members, verb = found
    if (figure.unit == "元") != (subjects == ("t2.fees",)):
        return None
    return Statement(figure, "count", table, subjects, members, verb)


def _qualified(figure: Figure) -> bool:
    return figure.qualifier not in (None, "达到")


def _years_named(words: str, report: Report) -> str:
    """`2022年结转` in the report of 2023 is 上年结转; `转入2024年` is 结转下年度."""
    if report.year is None or not _DIGIT.search(words):
        return words
    last, following = report.year - 1, report.year + 1
    words = re.sub(rf"(?:从|由)?{last}年度?(?:底)?结转(?:过来)?", "上年结转", words)
    words = re.sub(
        rf"(?:结转至|结转到|结转|转入|转至|转到){following}年度?(?:继续办理|办理)?",
        "结转下年度",
        words,
    )
    return re.sub(rf"{report.year}年度?", "", words)


def _read_share(
    left: str, right: str, figure: Figure, context: Context, names: frozenset[str],
    before: list[Statement | None],
) -> Statement | None:  # fmt: skip
    """`自然人占91.2%`, `占办结数的8.66%`, `纠错率为8.93%`."""
    if _qualified(figure) or right.strip("的"):
        return None
    rate = cut(left, names)
    if rate is not None:
        named = [t for meanings in rate for t in meanings if t.kind == "rate"]
        subjects = tuple(
            t.key for ms in rate for t in ms if t.kind == "subject" and t.table == "t4"
        )
        subjects = subjects or context.last_t4
        if len(named) == 1 and len(subjects) == 1:
            return Statement(figure, "rate", "t4", subjects, (named[0].key,))
    m = _SHARE.search(left)
    if m is None or RELATION.search(left) or "分别" in left:
        return None
    whole = _whole(left[m.end() :], names)
    if whole is None:
        return None
    part = left[: m.start()].strip(" 、")
    if not part:
        about = _about(figure, before)
        if about is None:
            return None
        head = before[about]
        assert head is not None
        return replace(head, figure=figure, kind="share", whole=whole or None, about=about)
    tokens = cut(part, names)
    found = meaning(tokens, part, context) if tokens is not None else None
    if found is None:
        return None
    table, subjects, members, verb = found
    return Statement(figure, "share", table, subjects, members, verb, whole or None)


def _read_change(
    text: str, start: int, left: str, figure: Figure, context: Context, names: frozenset[str],
    report: Report, before: list[Statement | None],
) -> Statement | None:  # fmt: skip
    """`收到申请120件，同比增长8%`, `申请数量较2022年上升29.3%`."""
    m = _CHANGE.search(left)
    if m is None or report.year is None or _qualified(figure) or figure.note is not None:
        return None
    if m["year"] and m["year"][:2] == "20" and int(m["year"][:4]) != report.year - 1:
        return None
    falls = m["down"] is not None
    part = left[: m.start()].strip(" 、")
    if part:
        tokens = cut(_years_named(part, report), names) if context.scope[-1] else None
        found = meaning(tokens, part, context) if tokens is not None else None
        if found is None:
            return None
        return Statement(figure, "change", *found, falls=falls)
    depth = _depth(text, start)
    for j in range(len(before) - 1, -1, -1):
        one = before[j]
        if one is not None and one.kind == "count":
            at = (one.figure.span or (0, 0))[1]
            aside = re.sub(r"\([^()]*\)", "", text[at:start])
            if _depth(text, at) > depth or re.search(r"\d", re.sub(r"20\d\d年", "", aside)):
                return None
            if ";" in aside or _joined(text, before, j):
                return None
            return replace(one, figure=figure, kind="change", about=j, falls=falls)
        if one is not None:
            return None
    return None


def _joined(text: str, before: list[Statement | None], j: int) -> bool:
    """行政复议56件、行政诉讼28件，同比下降4.8%: of either, or of both."""
    last, one = before[j - 1] if j else None, before[j]
    if last is None or one is None or last.kind != "count":
        return False
    between = text[(last.figure.span or (0, 0))[1] : (one.figure.span or (0, 0))[0]]
    return re.match(r"[、和及与]|以及", between) is not None


def _depth(text: str, at: int) -> int:
    return text[:at].count("(") - text[:at].count(")")


def _whole(words: str, names: frozenset[str]) -> str | None:
    """The subject that a share is of: "" where none is named, None where it is not clear."""
    tokens = cut(words, names)
    if tokens is None:
        return None
    keys = [t.key for ms in tokens for t in ms if t.kind == "subject"]
    if not keys and any(t.kind in ("member", "rate") for ms in tokens for t in ms):
        return None
    return keys[0] if keys else ""


def _about(figure: Figure, before: list[Statement | None]) -> int | None:
    """The statement right before, which a bare share is of."""
    for j in range(len(before) - 1, -1, -1):
        one = before[j]
        if one is None or one.kind != "count":
            return None
        return j
    return None
