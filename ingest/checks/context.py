"""What the clauses of a sentence have said so far, and whether the whole is still meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.checks.wording import load_wording
from ingest.model import Figure, Report
from ingest.quick import quick

RELATION = re.compile(
    r"(?:比|较|与|同)(?:20\d\d年|上年|去年|上一年)(?:度|同期)*|同比|环比|增长|上升|增加|下降|减少|提高|降低"
)
_NAMED_YEAR = re.compile(r"20\d\d年")
_YEAR_FIRST = re.compile(r"\s*(20\d\d)年(?:度|内|底)?")
_YEARS = re.compile(r"(?<!\d)(20\d{2})年")
_EACH_PLACE = re.compile(r"各地|中$")
_ABOUT = re.compile(r"(?<!其)[中里]$|^(?:对|针对|就|在|涉及|关于|从(?!.*看$))")
_EDGE = re.compile(r"[,;:。()!?]")
_ASIDE = re.compile(r"\([^()\d]*\)$")


@quick
@dataclass(frozen=True, slots=True)
class Statement:
    """One figure of a sentence read as a statement of a count, a share or a rate.

    `subjects` × `members` are what it counts; `kind` is count, share, rate, or change (a rate of
    growth against the year before, `falls` or not). A share has `whole`, the subject that it names
    as its whole; a share or change has `about`, the statement of the count that it follows.
    `also` are the applicants that the words before name: a count may be theirs alone.
    `verb` is received, strict, any or concluded where the verb leaves more than one reading.
    """

    figure: Figure
    kind: str
    table: str
    subjects: tuple[str, ...]
    members: tuple[str, ...]
    verb: str | None = None
    whole: str | None = None
    about: int | None = None
    falls: bool = False
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Context:
    """What the clauses before have said.

    `scope` is a stack, one level a bracket: whether all bodies are meant, and all applications;
    `time` is whether the whole reporting year is meant; `within` are the members that the clauses
    after 其中 are parts of; `parted` is whether applications of a part were the last that was said.
    """

    scope: list[bool]
    time: bool = True
    last: Statement | None = None
    last_t2_member: str | None = None
    last_t2_subject: tuple[str, ...] = ()
    last_t4: tuple[str, ...] = ()
    last_row: tuple[str, ...] = ()
    row_verb: str | None = None
    applications: bool = False
    within: tuple[str, ...] = ()
    parted: bool = False


def walk(gap: str, first: bool, context: Context, report: Report) -> str:
    """Go through the text between two figures; return the words right before the second one."""
    aside = _ASIDE.search(gap)
    tail = gap[: aside.start()] if aside else gap
    pieces: list[str] = []
    begin = 0
    for m in _EDGE.finditer(tail):
        pieces.append(tail[begin : m.start()])
        if len(pieces) > 1 or first:
            look(pieces[-1], context, report)
        if m[0] == "(":
            context.scope.append(context.scope[-1])
        elif m[0] == ")" and len(context.scope) > 1:
            context.scope.pop()
        begin = m.end()
    last = tail[begin:]
    year = _YEAR_FIRST.match(last)
    if year and report.year is not None and int(year[1]) == report.year:
        last = last[year.end() :]
        context.time = True
    elif "全年" in last:
        context.time = True
    if load_wording().whole_again.search(last) and report.coverage != "本机关":
        context.scope[-1] = True
    return last.strip(" 、")


def look(clause: str, context: Context, report: Report) -> None:
    """A clause without a figure may say that what follows is not the whole."""
    wording = load_wording()
    _look_at_time(clause, context, report)
    if wording.whole_again.search(clause) and not _EACH_PLACE.search(clause):
        context.scope[-1] = True
    elif wording.parts.search(clause) or _ABOUT.search(clause):
        context.scope[-1] = False
    elif "复议" in clause or "诉讼" in clause:
        context.last_row = ()
        context.last = None


def _look_at_time(clause: str, context: Context, report: Report) -> None:
    plain = same_length(RELATION, clause)
    if (
        _other_year(plain, report)
        or load_wording().times.search(plain)
        or load_wording().years.search(plain)
    ):
        context.time = False
    elif "全年" in plain or f"{report.year}年" in plain:
        context.time = True


def _other_year(clause: str, report: Report) -> bool:
    if report.year is None or "20" not in clause:
        return False
    return any(int(y) != report.year for y in _YEARS.findall(clause))


def narrow(words: str, context: Context, figure: Figure) -> None:
    """A figure that could not be read may be a part: what follows it may be parts of that part."""
    wording = load_wording()
    if RELATION.search(words) and "申请" not in words:
        return
    if wording.years.search(words) or wording.times.search(words) or _NAMED_YEAR.search(words):
        context.time = False
    row = any(word in words for word in ("申请", "复议", "诉讼"))
    if row or wording.parts.search(words):
        context.scope[-1] = False
        context.parted = context.parted or row
    if figure.unit == "%":
        return
    context.last = None


def enter(gap: str, context: Context) -> None:
    """企业申请73件，其中予以公开31件: what follows 其中 is of the enterprises."""
    if ";" in gap or ")" in gap:
        context.within = ()
    last = context.last
    if last is not None and last.table == "t3" and ("其中" in gap or "(" in gap):
        context.within = () if last.members == ("total",) else last.members


def same_length(pattern: re.Pattern[str], text: str) -> str:
    """`text` with what `pattern` finds blanked out, every letter still in its place."""
    return pattern.sub(lambda m: " " * len(m[0]), text)


def remember(context: Context, made: Statement) -> None:
    """Keep in `context` what a statement spoke of, for the next one that leaves it out."""
    match made.table:
        case "t2":
            context.last_t2_member, context.last_t2_subject = made.members[0], made.subjects
        case "t3":
            if made.members == ("total",) and not made.also:
                context.last_row, context.row_verb = made.subjects, made.verb
        case _:
            context.last_t4 = made.subjects
