"""From the words between two operations to operands: which row, which column, for whom, when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.plan.lexicon import Sense, Token
from index.plan.plan import Operand, Operation, Understanding
from index.plan.words import word_group
from ingest.words import Concepts

#: named in passing by almost every question; they yield to anything more exact
_GENERIC = ("t3.received", "t3.handled")


_ORGANISATIONS = ("org", "enterprise", "research", "public_welfare", "legal_service")
#: rows that are counted in money
_PAID = ("t2.procurement", "t2.fees")
_OUTCOMES = frozenset(word_group("outcome_words"))
_MONEY = word_group("amount_endings")


@dataclass(frozen=True, slots=True)
class Slots:
    """What a stretch of a question names; all parts may be empty.

    `other_of` is what stands nearest before a bare 其他: `org` or `otherwise`, "" for neither.
    `outcome`: a word is among them that means nothing beside a row (公开, 决定), and alone might be one.
    """

    subjects: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    request: bool = False
    other: bool = False
    other_of: str = ""
    pairs: tuple[tuple[str | None, str | None], ...] = ()
    joined: frozenset[str] = frozenset()
    outcome: bool = False

    @property
    def unclear(self) -> bool:
        """Whether several rows are named that nothing joins: one of them is meant, or neither."""
        return len(self.subjects) > 1 and not set(self.subjects) <= self.joined

    @property
    def pairs_complete(self) -> bool:
        """Whether each row is named with a column of its own: 规章制发…规范性文件废止…"""
        return len(self.pairs) > 1 and all(s and m for s, m in self.pairs)

    @property
    def empty(self) -> bool:
        """Whether no figure is named (issuers and years do not name one)."""
        return not (self.subjects or self.members or self.notes or self.request or self.other)


def read_slots(tokens: Iterable[Token], concepts: Concepts) -> Slots:
    """The slots that some tokens fill."""
    subjects: list[str] = []
    members: list[tuple[str, str]] = []
    issuers: list[str] = []
    years: list[int] = []
    notes: list[str] = []
    order: list[tuple[str, str]] = []
    request = other = False
    other_of = near = ""
    tokens = with_own_amount(list(tokens))
    noted = any(t.has("member") and not t.has("note_word") for t in tokens)
    for token in tokens:
        for sense in token.senses:
            noted_too = noted or token.text.startswith("新")
            if sense.role == "member" and noted_too and token.has("note_word"):
                continue  # 规章制发件数里，新制发几件: the column is named already
            if sense.role == "subject":
                subjects.append(sense.key)
                order.append(("subject", sense.key))
            elif sense.role == "member":
                members.append((sense.table, sense.key))
                order.append(("member", sense.key))
            elif sense.role == "issuer":
                issuers.append(sense.key)
            elif sense.role == "year":
                years.append(int(sense.key))
            elif sense.role == "note_word":
                notes.append(sense.key)
            elif sense.role == "request":
                request = True
            elif sense.role == "other":
                other, other_of = True, near
            if sense.key.startswith("t3.otherwise"):
                near = "otherwise"
            elif sense.key in _ORGANISATIONS:
                near = "org"
    if "t3.otherwise" in subjects and any(k.startswith("t4.") for k in subjects):
        # 复议其他处理结果: an outcome of part four, no row of part three
        subjects, other = [k for k in subjects if k != "t3.otherwise"], True
    if ("t3", "org") in members and len(set(members)) > 2:
        other = False  # 法人或其他组织（企业、科研…其他）: 其他 only explains the whole
    joined = _joined(tokens, concepts)
    kept = reduce_subjects(tuple(dict.fromkeys(subjects)), concepts, joined)
    return Slots(
        kept,
        _reduce_members(tuple(dict.fromkeys(members)), kept, concepts),
        tuple(dict.fromkeys(issuers)),
        tuple(dict.fromkeys(years)),
        tuple(dict.fromkeys(notes)),
        request,
        other,
        other_of,
        _pairs(order, set(kept)),
        joined,
        any(t.text in _OUTCOMES or t.has("ordinal") for t in tokens),
    )


def with_own_amount(tokens: list[Token]) -> list[Token]:
    """项目数量和采购总金额, 做了几个项目、多少万: money that is named beside another column is one too."""
    columns = {k for t in tokens for s in t.senses if s.role == "member" for k in (s.key,)}
    money = Sense("member", "amount", "t2")
    rows = any(s.startswith(_PAID) for t in tokens for s in t.keys("subject"))
    out = []
    for token in tokens:
        paid = any(s in _PAID for s in token.keys("subject"))
        if paid and columns == {"projects"} and token.text.endswith(_MONEY):
            token = replace(token, senses=(*token.senses, money))
        elif token.has("units_money") and not token.has("member") and not rows and not columns:
            others = any(t.has("subject", "request") for t in tokens)
            token = token if others else replace(token, senses=(*token.senses, money))
        out.append(token)
    return out


def reduce_subjects(
    subjects: tuple[str, ...], concepts: Concepts, joined: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Drop what another subject makes more exact: 不予公开 beside 属于国家秘密, 收到 beside 不予公开.

    `joined` are the subjects that 和 or 、 joins to another: each of them is meant.
    """
    by_key = concepts.subject_by_key
    spelled_out = {
        p for s in subjects if by_key[s].parts and set(by_key[s].parts) <= set(subjects)
        for p in by_key[s].parts
    }  # fmt: skip
    if spelled_out:
        # 官司（直接告的加复议后告的）: the parts only explain the whole
        return tuple(s for s in subjects if s not in spelled_out)
    kept = [s for s in subjects if s in joined or not (set(by_key[s].parts) & set(subjects))]
    kept = [s for s in kept if s in joined or s not in _GENERIC] or kept
    if any(not by_key[s].parts for s in kept):
        kept = [s for s in kept if s in joined or not by_key[s].parts or s.startswith("t4.")]
    if "t3.carried_in" in kept and "t3.carried_in" not in joined:
        kept = [s for s in kept if s != "t3.carried_out"]
    if {"t4.direct", "t4.after"} & set(kept):
        kept = [s for s in kept if s not in ("t4.reconsideration", "t4.litigation")]
    return tuple(kept)


def _joined(tokens: list[Token], concepts: Concepts) -> frozenset[str]:
    """Subjects whose names are joined by 和, 与 or 、 to another one's, nothing in between.

    反复申请、没给处理的 joins nothing: the second only says again what became of the first.
    """
    named = [t for t in tokens if t.has("subject", "member") or _joins(t)]
    out: set[str] = set()
    for a, b, c in zip(named, named[1:], named[2:], strict=False):
        first, last = set(a.keys("subject")), set(c.keys("subject"))
        again = any(_says_again(x, y, concepts) for x in first for y in last)
        if _joins(b) and first and last and not first & last and not again:
            out |= first | last
    return frozenset(out)


def _says_again(first: str, second: str, concepts: Concepts) -> bool:
    """Whether `second` may name all of which `first` is a kind: 不予公开 behind 国家秘密."""
    wider = {second, *(m for r in concepts.readings if r.subject == second for m in r.more)}
    return any(first in concepts.subject_by_key[w].parts for w in wider)


def _joins(token: Token) -> bool:
    return token.has("and", "plus") or token.text.strip() == "、"


def _reduce_members(
    members: tuple[tuple[str, str], ...], subjects: tuple[str, ...], concepts: Concepts
) -> tuple[tuple[str, str], ...]:
    """Members of the subjects' table where they have any; 法人或其他组织 yields to 商业企业."""
    tables = {concepts.subject_by_key[s].table for s in subjects}
    fitting = tuple(m for m in members if m[0] in tables) if tables else members
    kept = fitting or members
    for group in kept:
        parts = {(group[0], p) for p in concepts.member_by_key[group].parts}
        if parts and len(parts & set(kept)) > 1:
            # 法人或其他组织（企业、科研、公益…）: the parts only explain the whole
            return tuple(m for m in kept if m not in parts)
    if {("t2", "made"), ("t2", "newly_made")} <= set(kept):
        kept = tuple(m for m in kept if m != ("t2", "made"))  # 新出台（新制作）的
    if len(kept) > 1:
        kept = tuple(
            m for m in kept if not (set(concepts.member_by_key[m].parts) & {k for _, k in kept})
        )
    return kept


def _pairs(
    order: list[tuple[str, str]], kept: set[str]
) -> tuple[tuple[str | None, str | None], ...]:
    """Subjects and members as they stand together: 规章制发…规范性文件废止 are two pairs."""
    out: list[tuple[str | None, str | None]] = []
    for role, key in order:
        if role == "subject":
            if key not in kept:
                continue
            if out and out[-1][0] is None:
                out[-1] = (key, out[-1][1])
            elif not out or out[-1][0] != key:
                out.append((key, None))
        elif out and out[-1][1] is None:
            out[-1] = (out[-1][0], key)
        elif not out or out[-1][1] != key:
            out.append((None, key))
    return tuple(dict.fromkeys(out))


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why slots name no figure."""

    reason: str


def operands(
    slots: Slots, concepts: Concepts, context: Slots | None = None
) -> tuple[Operand, ...] | Unresolved:
    """The operands that slots name; what they leave open is taken from `context`.

    Unresolved where a row and a column do not belong together, or one of them is missing.
    """
    subjects = slots.subjects
    members = slots.members
    if slots.other and not any(k.startswith("t4.") for k in subjects):
        subjects, members = _bare_other(slots, context)
    elif slots.other:
        members = (*members, ("t4", "other"))
    if slots.request and not subjects and not members and context is not None:
        if any(concepts.subject_by_key[s].table == "t2" for s in context.subjects):
            return Unresolved("row-and-column")  # 行政许可多少？申请多少件
    if not subjects and context is not None and context.subjects:
        tables = {t for t, _ in members}
        fitting = tuple(
            s for s in context.subjects if not tables or concepts.subject_by_key[s].table in tables
        )
        subjects = fitting
        if tables and not fitting and not slots.request:
            return Unresolved("row-and-column")  # 行政处罚…，其中企业…: the form has no such cell
    if not subjects:
        subjects = () if slots.outcome and not slots.notes else _implied(members, slots, concepts)
    if not subjects:
        return Unresolved("no-row")
    if not members and context is not None:
        tables = {concepts.subject_by_key[s].table for s in subjects}
        # 规范性文件现行有效…，处罚呢: a column that the new row does not have is not meant
        members = tuple(
            (t, k)
            for t, k in context.members
            if t in tables
            and all(
                concepts.exists(s, k) for s in subjects if concepts.subject_by_key[s].table == t
            )
        )
    return _cross(subjects, members, slots, concepts)


def _bare_other(
    slots: Slots, context: Slots | None
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """“其他” alone: a row of 其他处理, a column of 法人或其他组织, an outcome; by what is near."""
    subjects, members = slots.subjects, slots.members
    if slots.other_of == "org" and any(("t3", o) in members for o in _ORGANISATIONS):
        rest = tuple(m for m in members if m != ("t3", "org"))
        return subjects, (*rest, ("t3", "other_org"))
    near = (*subjects, *(context.subjects if context else ()))
    if any(k.startswith("t3.otherwise") for k in near):
        others = (s for s in subjects if s != "t3.otherwise")
        return (*others, "t3.otherwise.other"), members
    if any(k.startswith("t4.") for k in near):
        return subjects, (*members, ("t4", "other"))
    if ("t3", "org") in members:
        rest = tuple(m for m in members if m != ("t3", "org"))
        return subjects, (*rest, ("t3", "other_org"))
    return subjects, (*members, ("?", "other"))


def _implied(
    members: tuple[tuple[str, str], ...], slots: Slots, concepts: Concepts
) -> tuple[str, ...]:
    """Applicants without a row, or applications without anything: what was newly received.

    A column that only one row has names the row too: 采购项目数量.
    """
    tables = {t for t, _ in members}
    if tables == {"t3"} or (not tables and slots.request):
        return ("t3.received",)
    if tables != {"t2"}:
        return ()
    rows = [s.key for s in concepts.subjects if s.table == "t2"]
    only = [r for r in rows if all(concepts.exists(r, m) for _, m in members)]
    return tuple(only) if len(only) == 1 else ()


def _cross(
    subjects: tuple[str, ...],
    members: tuple[tuple[str, str], ...],
    slots: Slots,
    concepts: Concepts,
) -> tuple[Operand, ...] | Unresolved:
    tables = {concepts.subject_by_key[s].table for s in subjects}
    if any(t not in tables for t, _ in members):
        return Unresolved("row-and-column")
    if slots.request and "t2" in tables:
        return Unresolved("row-and-column")
    if len(subjects) > 1 and len(members) > 1 and all(s and m for s, m in slots.pairs):
        wanted = [(str(s), str(m)) for s, m in slots.pairs]
    else:
        wanted = []
        for subject in subjects:
            of = concepts.subject_by_key[subject]
            fitting = [k for t, k in members if t == of.table]
            if not fitting and of.default is None and not slots.notes:
                return Unresolved("no-column")
            wanted += [(subject, m) for m in fitting or [of.default or "made"]]
    known = {(m.table, m.key) for m in concepts.members}
    out = []
    for subject, member in wanted:
        of = concepts.subject_by_key[subject]
        if member == "made" and of.default in ("decisions", "amount"):
            member = of.default  # penalties *made* in a year: the verb names no column here
        if (of.table, member) not in known or not concepts.exists(subject, member):
            return Unresolved("row-and-column")
        out.append(Operand(subject, member))
    return tuple(dict.fromkeys(out)) or Unresolved("row-and-column")


def slots_of(context: Understanding | None) -> Slots | None:
    """What the ask before named, as the context of the next."""
    if context is None or context.plan is None or not context.plan.operands:
        return None
    if context.plan.operation in (Operation.RANK, Operation.BALANCE):
        return None  # “占比多少” after a ranking would mean the winner, not what was ranked
    found = context.plan.operands
    members = tuple(
        dict.fromkeys((o.subject.split(".", 1)[0], o.member) for o in found if o.member != "total")
    )
    return Slots(
        tuple(dict.fromkeys(o.subject for o in found)),
        members,
        issuers=context.plan.issuers,
        years=context.plan.years,
    )
