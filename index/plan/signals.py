"""What single words of an ask signal: what is asked, in which unit, for which years, and what
keeps it from being a figure of a table. Pure functions of tokens."""

from __future__ import annotations

from itertools import pairwise

from index.plan.lexicon import Token
from index.plan.plan import Operand, Operation, Plan
from index.plan.slots import Slots, read_slots
from index.plan.words import word_group
from ingest.words import Concepts

_MONTHS, _QUARTERS = 12, 4
_KINDS = word_group("kind_nouns")


WHYS = word_group("whys")


def blocked(tokens: tuple[Token, ...]) -> str | None:
    """Why words that are known still keep the question from a figure."""
    if any(t.has("negation") for t in tokens):
        return "negation"
    if any(t.has("place_in_order") for t in tokens):
        return "place-in-order"
    if any(t.has("unclear") and not t.has("subject") for t in tokens):
        return "unclear"
    if any(t.has("blocks") for t in tokens):
        return "unclear"
    if any(t.has("bound") for t in tokens):
        return "bound"
    if any(t.has("except") for t in tokens):
        return "except"
    if any(t.has("in_prose") for t in tokens) and not any(t.has("ask_yes_no") for t in tokens):
        return "in-prose"
    asks_whether = any(t.has("ask_yes_no") for t in tokens)
    if asks_whether and any(t.has("quantifier") for t in tokens):
        return "quantifier"
    return None


def whose(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """Bodies that are named (市政府收到…, 其中区级…): they say whose figure is meant.

    Only where they act on a case (法院纠正, 行政机关不再处理) do they say nothing.
    """
    out = []
    for i, token in enumerate(tokens):
        if not token.has("body_word"):
            continue
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        acts = following is not None and (
            any(s.table == "t4" for s in following.senses)
            or following.text in ("被", "就")
            or following.has("unhandled")
            or any(k.startswith(("t3.unavailable", "t3.otherwise", "t3.unprocessed"))
                   for k in following.keys("subject"))
        )  # fmt: skip
        if not acts:
            out.append(token.text)
    return tuple(out)


#: rows of applications that were not answered as they asked
UNHANDLED = (
    "t3.refused.",
    "t3.unavailable",
    "t3.unprocessed",
    "t3.otherwise.not_paid",
    "t3.otherwise.not_corrected",
)
#: what is left at the end of a year: 现行有效的还剩几件
_LASTING = ("in_force", "pending", "items_now")
_REASONLESS = ("t3.unprocessed.excessive", "t3.otherwise.not_corrected")


def left_open(tokens: tuple[Token, ...], here: Slots) -> tuple[str, ...]:
    """Words that only repeat what another word says, where that other word is missing.

    两年 beside two years, 不处理了 beside a row of 不予处理 say nothing new; alone they do.
    """
    out = [t.text for t in tokens if t.has("years_count") and len(here.years) < 2]
    out += [t.text for t in tokens if t.has("rest")]
    if not any(s.startswith(UNHANDLED) for s in here.subjects):
        out += [t.text for t in tokens if t.has("unhandled") and not t.has("subject")]
    lasting = {"t3.carried_out"} & set(here.subjects) or any(k in _LASTING for _, k in here.members)
    if not lasting and not any(t.has("minus", "difference") for t in tokens):
        out += [t.text for t in tokens if t.has("netted")]
    if not set(here.subjects) & set(_REASONLESS):
        out += [t.text for t in tokens if t.has("reasonless")]
    return tuple(out)


def _applies(token: Token) -> bool:
    return any(s.role == "member" and s.table == "t3" for s in token.senses)


def counts_applicants(tokens: tuple[Token, ...]) -> bool:
    """`有多少企业` asks for enterprises; the form counts applications."""
    if any(t.has("request", "subject") for t in tokens):
        return False
    words = [t for t in tokens if not t.has("units_neutral", "units_other", "filler", "break")]
    asked = any(
        a.has("ask_number") and _applies(b) and not _by(tokens, a, b) for a, b in pairwise(words)
    )
    heads = any(t.text in _HEADS for t in tokens) and any(_applies(t) for t in tokens)
    return (asked or heads) and not any(t.text == "件" for t in tokens)


def _by(tokens: tuple[Token, ...], asked: Token, applicant: Token) -> bool:
    """How many were filed **by** individuals, came **from** companies: applications, in English."""
    between = [t.text for t in tokens if asked.end <= t.start < applicant.start]
    said = " ".join([*between, applicant.text]).split()
    return bool({"by", "from"} & set(said))


_HEADS = word_group("heads_of_applicants")
_ITEMS = ("items_before", "items_change", "projects")


def counts_items(tokens: tuple[Token, ...], plan: Plan) -> bool:
    """行政许可项目多少: the form of 2019 counts items and decisions, and the words name no column."""
    if plan.operation is Operation.AVERAGE:
        return False  # 平均每个项目
    acts = [o for o in plan.operands if o.subject.startswith("t2.") and o.member not in _ITEMS]
    named = any(t.has("member") for t in tokens)
    return bool(acts) and not named and any(t.has("items_word") for t in tokens)


def summands(tokens: tuple[Token, ...], concepts: Concepts) -> int:
    """How many of the stretches between 和, 、 and 加 name a figure."""
    stretches: list[list[Token]] = [[]]
    for token in tokens:
        if token.has("and", "plus") or (token.has("break") and "、" in token.text):
            stretches.append([])
        else:
            stretches[-1].append(token)
    return sum(not read_slots(s, concepts).empty for s in stretches)


def elsewhere(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """Places named as issuers are: not part of a longer name (苏州宿迁工业园区)."""
    out = []
    for i, token in enumerate(tokens):
        if not token.has("place"):
            continue
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        before = tokens[i - 1] if i else None
        longer = following is not None and (not following.explained or following.has("issuer"))
        if not longer and (before is None or before.explained):
            out.append(token.text)
    return tuple(out)


def widens(tokens: tuple[Token, ...]) -> bool:
    """全部, 全市 in a follow-up: of what, is not said; in 占全部新收 it says nothing new."""
    return any(
        t.has("whole_area") or (t.has("quantifier") and not (i and tokens[i - 1].has("share")))
        for i, t in enumerate(tokens)
    )


def said_once(tokens: tuple[Token, ...], concepts: Concepts) -> bool:
    """Whether 合计 only says that the one figure is a total: all that is named is that figure."""
    named = {s.key for t in tokens for s in t.senses if s.role in ("subject", "member")}
    groups = {
        s.key for s in concepts.subjects if s.key in named and named & {*s.parts, *s.kinds}
    }  # 没有现成的、无法提供的，合计: the group only says of which kind the one is
    if len(named) > 1:
        named -= groups
    return len(named) == 1 and not any(t.has("and", "plus") for t in tokens)


def asks_number(tokens: tuple[Token, ...]) -> bool:
    """Whether a number is asked for: 多少, 占比, 相差, 倍数."""
    return any(
        "多少" in t.text
        or t.has(
            "ask_number",
            "share",
            "ratio",
            "more",
            "less",
            "percent",
            "average",
            "difference",
            "add",
            "minus",
        )
        for t in tokens
    )


def asks_text(tokens: tuple[Token, ...]) -> bool:
    """Whether words are asked for: 哪些, 如何, why."""
    return any(t.has("ask_text") for t in tokens)


def ranks(tokens: tuple[Token, ...]) -> bool:
    """Whether an ask orders or compares figures: 最多, 谁多."""
    return orders(tokens) or any(t.has("compare_ask") for t in tokens)


def orders(tokens: tuple[Token, ...]) -> bool:
    """Whether figures are to be put in order: 最多, 前三, 从高到低."""
    if any(t.has("most", "least") for t in tokens):
        return True
    named = any(t.has("subject", "member", "request") for t in tokens)
    return named and any(t.has("top", "nth", "in_order") for t in tokens)


def inner_places(tokens: tuple[Token, ...], issuers: tuple[str, ...]) -> tuple[str, ...]:
    """哪个区 beside an issuer asks for a place inside it, and is no kind of issuer to be ranked."""
    if len(issuers) != 1 and ranks(tokens):
        return ()
    return tuple(t.text for t in tokens if t.has("over_issuers"))


def first_index(tokens: tuple[Token, ...], role: str) -> int | None:
    """Where the first token of a role stands, else None."""
    return next((i for i, t in enumerate(tokens) if t.has(role)), None)


def last_index(tokens: tuple[Token, ...], role: str) -> int | None:
    """Where the last token of a role stands, else None."""
    return next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].has(role)), None)


_TO = word_group("ratio_to")


def ratio_split(tokens: tuple[Token, ...], at: int) -> int:
    """`A 是 B 的几倍`: the operands part at 是, else at the first filler between two figures."""
    named = [i for i, t in enumerate(tokens[:at]) if t.has("subject", "member", "issuer", "year")]
    if not any(t.has("subject", "member") for t in tokens[:at]):
        behind = [i for i, t in enumerate(tokens) if i > at and t.has("subject", "member")]
        for i in range(behind[0], behind[-1]) if behind else ():
            if tokens[i].text in _TO:
                return i  # the ratio of A to B, how many times as many A as B
    for i in range(at):
        if (
            ("是" in tokens[i].text or tokens[i].text == "为")
            and any(j < i for j in named)
            and any(j > i for j in named)
        ):
            return i
    return named[-1] - 1 if len(named) > 1 else at


def kind_word(tokens: tuple[Token, ...]) -> str:
    """What kinds are counted in: 几**种**, 几**类**."""
    for token, following in pairwise(tokens):
        if token.has("ask_number") and following.text in ("种", "类", "条"):
            return following.text
    return next((t.text[1] for t in tokens if t.text in ("几种", "几类")), "项")


def two_rates(tokens: tuple[Token, ...]) -> bool:
    """复议纠错率和诉讼纠错率: two shares (or two growths) in one ask, which is one too many."""
    for role in ("share", "growth"):
        at = [i for i, t in enumerate(tokens) if t.has(role)]
        for first, second in pairwise(at):
            between = tokens[first + 1 : second]
            joined = any(t.has("and", "than", "ratio") or "、" in t.text for t in between)
            if joined and any(t.has("subject", "member") for t in between):
                return True
    return False


def times_more(tokens: tuple[Token, ...]) -> bool:
    """多几倍: so many times as many, or one less? Nobody can tell."""
    return any(
        b.has("ratio") and (a.has("more", "less") or a.text in word_group("comparatives"))
        for a, b in pairwise(tokens)
    )


def counts_kinds(tokens: tuple[Token, ...]) -> bool | None:
    """几种…为0, 几类…用到: True counts those that are 0, False those that are not; None neither."""
    kinds = any(
        t.text in ("几种", "几类", "几项", "几个") or (
            t.has("ask_number") and i + 1 < len(tokens) and tokens[i + 1].text in _KINDS
        )
        for i, t in enumerate(tokens)
    )  # fmt: skip
    which = any(t.has("which_kind") for t in tokens) and not orders(tokens)  # 有件数的是哪一条
    if not kinds and not which and not any(t.text in ("how many", "number of") for t in tokens):
        return None
    if any(t.has("nonzero") for t in tokens):
        return False
    return True if any(t.has("zero") for t in tokens) else None


def divisor(tokens: tuple[Token, ...]) -> int | None:
    """What an average divides a year by: 12 months, 4 quarters, 0 for its days; None where no such word stands."""
    if any(t.has("per_month") for t in tokens):
        return _MONTHS
    if any(t.has("per_quarter") for t in tokens):
        return _QUARTERS
    if any(t.has("per_day") for t in tokens):
        return 0  # the number of days depends on the year; the computation fills it in
    return None


def leans_on_context(tokens: tuple[Token, ...], here: Slots) -> bool:
    """Whether an ask leaves something to the one before it.

    An ask with a row of its own is a question of its own, unless a word like 呢, 其中 or 那 ties it to
    what was asked: the applicant of another question must not slip into it.
    """
    if not here.subjects or shares_nothing(tokens):
        return True
    tied = any(t.has("inside") or t.text in _TIES or _corrects(t) for t in tokens)
    words = [t.text for t in tokens if not t.has("break")]
    tied = tied or (bool(words) and words[-1] in _ENDS)  # what share of … is that
    bare = not any(t.has("ask_number", "ask_text", "ask_yes_no") for t in tokens)
    tied = tied or (bare and not here.issuers and not here.years)
    tied = tied or next(
        (t.has("than") for t in tokens if not t.has("break")), False
    )  # 比罚的多几件
    return tied and not (here.issuers and here.years)


def shares_nothing(tokens: tuple[Token, ...]) -> bool:
    """占不予处理的多少: what has the share was said before."""
    at = first_index(tokens, "share")
    if at is None or not tokens[at].text.startswith(("占", "as a ")):
        return False
    return not any(t.has("subject", "member", "request", "other") for t in tokens[:at])


def _corrects(token: Token) -> bool:
    """我说的是部分公开: what was asked before, but for this."""
    return any(c in token.text for c in word_group("corrections"))


_TIES = word_group("leans")
_ENDS = word_group("ends_pointing_back")


_FALLS = word_group("falls")
_RISES = word_group("rises")


def asked_to_fall(tokens: tuple[Token, ...]) -> bool | None:
    """The direction that a question takes for granted: True a fall, False a rise, None neither."""
    words = [t.text for t in tokens if t.has("growth")]
    falls = any(f in w for w in words for f in _FALLS) or any(t.has("less") for t in tokens)
    rises = any(r in w for w in words for r in _RISES) or any(t.has("more") for t in tokens)
    return None if falls == rises else falls


def spelled_out(tokens: tuple[Token, ...], figure: Operand, concepts: Concepts) -> bool:
    """Whether the rows that a figure is the sum of are all named."""
    parts = set(concepts.subject_by_key[figure.subject].parts)
    return bool(parts) and parts <= {k for t in tokens for k in t.keys("subject")}


def changes_over_years(tokens: tuple[Token, ...], here: Slots) -> bool:
    """20到21年多了多少: two years of one figure, and how much more the later one is."""
    if first_index(tokens, "than") is not None or len(here.years) != 2 or len(here.issuers) > 1:
        return False
    return len(here.subjects) < 2 and any(t.has("more", "less", "difference") for t in tokens)


_SMALLER = word_group("asks_smaller")
_LARGER = word_group("asks_larger")


def asks_smaller(tokens: tuple[Token, ...]) -> bool:
    """谁更少, which had fewer: the smaller of two is asked for, and not which way they differ."""
    asked = [t.text for t in tokens if t.has("compare_ask", "less", "more")]
    smaller = any(w in text for text in asked for w in _SMALLER)
    return smaller and not any(w in text for text in asked for w in _LARGER)


def asks_fresh(tokens: tuple[Token, ...]) -> bool:
    """新制发, newly made: a note of the cell may tell those apart."""
    return any(
        t.has("member") and t.text.startswith(("新", "newly")) and not t.has("note_word")
        for t in tokens
    )


def names_new(tokens: tuple[Token, ...]) -> bool:
    """新收: only what came in during the year, where 收办 counts what was carried into it too."""
    return any(t.text.startswith("新") and "t3.received" in t.keys("subject") for t in tokens)
