"""What keeps a plan from being what was asked: a word that it leaves out, a figure of another whole.

A question names rows, columns, issuers and years. Each of them must have found its way into the plan,
or be one of the few that say nothing beside another (收到 beside 不予公开, 法人 beside 企业). Where one has
not, the plan is of something else, and there is none.
"""

from __future__ import annotations

import re
from itertools import pairwise

from index.plan.lexicon import Token
from index.plan.misreadings import (
    acts_itself,
    divides,
    includes,
    of_information,
    own_part,
    turned_over,
    turns_time_round,
)
from index.plan.plan import Operand, Operation, Plan
from index.plan.signals import UNHANDLED, names_new
from index.plan.slots import Slots
from index.plan.words import word_group
from ingest.words import Concepts

_GENERIC = ("t3.received", "t3.handled")
_TIES = word_group("of_these")
_DIRECTIONS = word_group("directions")
#: verbs that any count of a table may come with: they name no row of their own
_LIGHT = {table: word_group(f"light_{table}") for table in ("t2", "t3", "t4")}
_FROM_THEN_ON = word_group("from_then_on")
_LISTING = set("/") | set(",，、;；")
_KINDS_ASKED = re.compile(
    r"(?:几|多少)(?:大)?(?:类|种)(?!.*(?:为0|是0|为零|用到|非零|不为))"
    r"|(?:几|多少)(?:个|条|项|大)(?:不予公开)?(?:的)?(?:理由|原因|情形|申请人|企业|结果|主体|公司|机构|科研)"
    r"|how many (?:kinds|types|reasons|grounds|categories)"
)
#: figures of a day, not of a year: they have no average
_STOCKS = ("in_force", "pending")


def objection(
    tokens: tuple[Token, ...], plan: Plan, here: Slots, before: Slots | None, concepts: Concepts
) -> str | None:
    """Why the plan is not what was asked, else None."""
    if not _accounted(tokens, plan, concepts):
        return "several-rows"
    if _chained(tokens, plan):
        return "several-rows"
    if before is not None and _outside(tokens, here, before, concepts):
        return "several-rows"
    if _interleaved(tokens, plan):
        return "several-rows"
    if plan.operation in (Operation.LOOKUP, Operation.LIST, Operation.EXISTS) and (
        _KINDS_ASKED.search("".join(t.text for t in tokens))
    ):
        return "unit"
    if turned_over(tokens, plan) or of_information(tokens) or acts_itself(tokens, plan):
        return "unclear"
    if plan.operation is Operation.SHARE and plan.whole is not None and own_part(tokens, plan):
        return "share-of-what"
    sums = any(t.has("add", "sum") for t in tokens) and any(t.has("parts_word") for t in tokens)
    if sums and plan.operation is Operation.LOOKUP and not any(t.has("subject") for t in tokens):
        return "unclear"  # 企业列各项之和: the sum of which rows, is not told
    if turns_time_round(tokens, plan):
        return "unclear"
    if any(point in t.text for t in tokens for point in word_group("percentage_points")):
        return "share-compared"  # by how many points a share has changed is not computed
    if includes(tokens):
        return "unclear"
    if plan.operation is not Operation.SHARE and divides(tokens):
        return "unclear"
    for a, b in pairwise([t for t in tokens if t.text.strip()]):
        tables = {s.table for s in b.senses if s.role == "subject"}
        asked = any(t.has("request") for t in tokens)
        filed = a.text == "for" and "t4" in tables  # applications for reconsideration
        if a.text in _DIRECTIONS and (
            b.has("member") or (asked and tables & {"t2", "t4"} and not filed)
        ):
            return "unclear"  # 针对企业的申请 are not those of enterprises
        if a.has("year") and b.text in _FROM_THEN_ON:
            return "unclear"
    texts = {t.text for t in tokens}
    if plan.years and texts & {*word_group("all_years_so_far")}:
        return "unclear"
    if texts & {*word_group("up_to")} and texts & {*word_group("cumulated")}:
        return "unclear"  # of all years up to then
    if (
        any(t.has("inside") for t in tokens)
        and names_new(tokens)
        and any(o.subject not in ("t3.received", "t3.carried_in") for o in plan.operands)
        and not (plan.whole is not None and plan.whole.subject == "t3.due")
    ):
        return "several-rows"  # 新收的申请里予以公开的: of those carried in some were granted too
    if plan.operation is Operation.AVERAGE and any(o.member in _STOCKS for o in plan.operands):
        return "average-of-what"
    if plan.operation is Operation.SUM and len(plan.years) > 1:
        if any(o.member in _STOCKS and o.year is None for o in plan.operands):
            return "unclear"  # what was in force in two years is for the most part the same
    if _together(tokens, plan):
        return "share-of-what"
    if _loose_issuers(tokens):
        return "unclear"
    verifies = plan.operation is Operation.VERIFY
    if verifies and any(a.has("number") and b.has("units_other") for a, b in pairwise(tokens)):
        return "unit"  # 34290人对吗
    return None


def _accounted(tokens: tuple[Token, ...], plan: Plan, concepts: Concepts) -> bool:
    """Whether every row and column that is named has its place in the plan."""
    used = [*plan.operands, *([plan.whole] if plan.whole else []), *plan.more_whole]
    subjects = {o.subject for o in used}
    columns = {(concepts.subject_by_key[o.subject].table, o.member) for o in used}
    named = {s.key for t in tokens for s in t.senses if s.role == "subject"}
    tables = {s.split(".", 1)[0] for s in subjects}
    lights = [_LIGHT[table] for table in tables if table in _LIGHT]
    for token in tokens:
        if token.has("filler", "other", "note_word", "request"):
            continue
        if lights and all(token.text in light for light in lights):
            continue
        said = token.has("unhandled") or _also_said_of(token, subjects, concepts)
        if said and any(s.startswith(UNHANDLED) for s in subjects):
            continue  # 信访举报…没给的
        senses = [s for s in token.senses if s.role in ("subject", "member")]
        if not senses:
            continue
        if not any(
            _subject_used(s.key, subjects, named, plan, concepts)
            if s.role == "subject"
            else _member_used((s.table, s.key), columns, plan, concepts)
            for s in senses
        ):
            return False
    return True


def _also_said_of(token: Token, used: set[str], concepts: Concepts) -> bool:
    """没给 beside 信访举报: a word for a refusal that may mean that row as well."""
    return any(
        token.text in reading.words and any(s.startswith(tuple(reading.more)) for s in used)
        for reading in concepts.readings
    )


def _subject_used(
    key: str, used: set[str], named: set[str], plan: Plan, concepts: Concepts
) -> bool:
    if key in used:
        return True
    group = concepts.subject_by_key[key]
    if key in _GENERIC and all(concepts.subject_by_key[s].whole == "t3.handled" for s in used):
        return True  # 收到的申请中不予公开
    if used & {*group.parts, *group.kinds}:
        # 不予公开 beside 国家秘密; a share of it would have it as its whole
        return plan.operation is not Operation.SHARE or plan.whole is None or key == "t3.handled"
    inside = [s for s in used if key in concepts.subject_by_key[s].parts]
    if inside:
        return (
            set(concepts.subject_by_key[inside[0]].parts) <= named
        )  # 官司（直接告的加复议后告的）
    if key == "t3.otherwise" and any(o.member == "other" for o in plan.operands):
        return True  # 复议其他处理结果
    return key in ("t4.reconsideration", "t4.litigation") and bool(used & {"t4.direct", "t4.after"})


def _member_used(
    column: tuple[str, str], used: set[tuple[str, str]], plan: Plan, concepts: Concepts
) -> bool:
    if column in used:
        return True
    table, key = column
    if (table, key) not in concepts.member_by_key:
        return False
    parts = {(table, p) for p in concepts.member_by_key[(table, key)].parts}
    if parts & used:
        ranked = plan.operation in (Operation.RANK, Operation.COUNT, Operation.SHARE)
        return not ranked or used <= parts
    groups = [m for m in concepts.members if m.table == table and key in m.parts]
    if any((table, m.key) in used for m in groups):
        return True  # 法人或其他组织（企业、科研…）
    # penalties *made* in a year: the verb names no column here
    return key == "made" and any(t == table and k in ("decisions", "amount") for t, k in used)


def _chained(tokens: tuple[Token, ...], plan: Plan) -> bool:
    """复议维持后又被法院纠正: several figures, and nothing that lists them."""
    if plan.operation is not Operation.LIST or len(plan.operands) < 2:
        return False
    if any(t.has("quantifier") for t in tokens):
        return True  # 复议和诉讼都维持
    lists = any(
        t.has("and", "list", "plus", "rank_members") or (t.has("break") and set(t.text) & _LISTING)
        for t in tokens
    )
    return not lists and sum(t.has("ask_number") for t in tokens) < 2  # 发了几件废了几件


def _outside(tokens: tuple[Token, ...], here: Slots, before: Slots, concepts: Concepts) -> bool:
    """Whether 其中 is said of what is no part of what was asked before."""
    tied = any(t.text in _TIES for t in tokens)
    cases = any(s.startswith("t4.") for s in before.subjects)
    if before.subjects == ("t4.reconsideration",) and here.subjects == ("t4.litigation",):
        said = "".join(t.text for t in tokens)
        if any(w in said for w in word_group("followed_a_case")):
            return True  # 复议多少？之后起诉的: those suits alone that came after a review
    passive = any(
        t.text.startswith(word_group("leads_to_starts")) and s.startswith("t4.")
        for t in tokens
        for s in t.keys("subject")
    )
    if passive and not cases:
        return True
    for a, b in pairwise(tokens):
        acted = {s for s in b.keys("subject") if s.startswith("t4.")}
        if a.text in word_group("leads_to") and acted and not cases:
            return True  # 不予公开多少？被复议的多少
    if cases and not any(t.has("request", "issuer", "year") for t in tokens):
        if set(here.subjects) & {"t3.received", "t3.handled", "t3.carried_in", "t3.carried_out"}:
            return True  # 复议多少？办结多少: of the cases, which the form does not count so
    named = {key for t in tokens for key in t.keys("subject")}
    of_named = any(
        set(here.subjects) <= {*concepts.subject_by_key[k].kinds, *concepts.subject_by_key[k].parts}
        or (k == "t3.handled" and k not in here.subjects)
        for k in named
    )
    if not tied or not here.subjects or of_named:
        return False
    for subject in here.subjects:
        for earlier in before.subjects:
            of = concepts.subject_by_key[earlier]
            inside = subject == earlier or subject in (*of.parts, *of.kinds)
            results = concepts.subject_by_key[subject].whole == "t3.handled"
            if not inside and not (earlier in _GENERIC and results and subject != "t3.handled"):
                return True
    return False


def _together(tokens: tuple[Token, ...], plan: Plan) -> bool:
    """Whether a share is of several years or issuers at once, or of itself."""
    if plan.operation is not Operation.SHARE or plan.whole is None:
        return False
    if len(plan.operands) == 1 and plan.operands[0] == plan.whole:
        return True
    if plan.own_whole and any(o.subject == plan.whole.subject for o in plan.operands):
        return True  # each by its own column of the same row: each by itself
    at = next((i for i, t in enumerate(tokens) if t.has("share")), 0)
    for role in ("year", "issuer"):
        left, right = (
            {k for t in part for k in t.keys(role)} for part in (tokens[:at], tokens[at:])
        )
        if plan.whole.issuer is None and left and right - left:
            return True  # 2021年予以公开占2020年新收
    several = len(plan.years) > 1 or len(plan.issuers) > 1
    return several and any(t.has("add", "average") for t in tokens)


def _loose_issuers(tokens: tuple[Token, ...]) -> bool:
    """来自上海的申请 of somebody else: two issuers with nothing that joins them."""
    at = [i for i, t in enumerate(tokens) if t.has("issuer")]
    for first, second in pairwise(at):
        between = tokens[first + 1 : second]
        if not between and tokens[second].text[-1:] in "区县镇乡旗":
            return True  # 上海市示例区
        joins = not between or any(
            t.has("and", "than", "plus", "minus", "break", "compare_ask", "share", "subject")
            or (t.has("year") and any(later.has("year") for later in tokens[second:]))
            or t.text in word_group("joins_issuers")
            for t in between
        )
        if not joins:
            return True
    return False


def _interleaved(tokens: tuple[Token, ...], plan: Plan) -> bool:
    """2020年企业、2021年自然人: a column (or row) of each year, and not of all years."""
    if all(o.year is not None or o.issuer is not None for o in plan.operands):
        return False
    for scope in ("year", "issuer"):
        for item in ("member", "subject"):
            seen: list[tuple[str, str]] = [
                (role, token.keys(role)[0])
                for token in tokens
                for role in (scope, item)
                if token.has(role) and not (role == item and token.has("filler"))
            ]
            marks = [i for i, (role, _) in enumerate(seen) if role == scope]
            if len({seen[i][1] for i in marks}) < 2:
                continue
            first = {key for role, key in seen[marks[0] : marks[-1]] if role == item}
            last = {key for role, key in seen[marks[-1] :] if role == item}
            if first and last and first != last:
                return True
    return False


def loses_operation(operation: Operation) -> bool:
    """Whether a follow-up such as 企业呢 would lose what was done with the figures before."""
    kept = (Operation.LOOKUP, Operation.LIST, Operation.SHARE, Operation.AVERAGE, Operation.GROWTH)
    return operation not in (*kept, Operation.EXISTS, Operation.TREND)


def operand_inside(part: Operand, whole: Operand, concepts: Concepts) -> bool:
    """Whether one figure is a part of another by row or column."""
    row = concepts.subject_by_key[whole.subject]
    table = row.table
    if part.subject == whole.subject and (table, whole.member) in concepts.member_by_key:
        group = concepts.member_by_key[(table, whole.member)]
        return part.member in group.parts or whole.member == row.default != part.member
    return part.subject in (*row.parts, *row.kinds) and part.member == whole.member
