"""From the tokens of one ask to a plan: which figures, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from index.plan.lexicon import Lexicon, Token
from index.plan.plan import Operand, Operation, Plan, Understanding
from index.plan.slots import Slots, Unresolved, operands, read_slots
from index.plan.years import is_range
from ingest.words import Concepts, load_concepts

_STRONG_BREAKS = set("。?!;？！；")
_WEAK_BREAKS = set(",，、")
_MONTHS, _QUARTERS = 12, 4


@dataclass(frozen=True)
class Planner:
    """Understands asks with one lexicon. `days` tells how many days a year has."""

    lexicon: Lexicon
    concepts: Concepts

    def asks(self, question: str) -> list[tuple[Token, ...]]:
        """The tokens of a question, cut into its asks.

        A full stop or question mark cuts where both sides ask something; so does a comma where both
        sides have a question word of their own.
        """
        tokens = self.lexicon.cut(question)
        parts: list[list[Token]] = [[]]
        for i, token in enumerate(tokens):
            if token.has("break"):
                mark = token.text.strip()
                rest = _until_break(tokens[i + 1 :])
                strong = bool(set(mark) & _STRONG_BREAKS)
                further = _asks(rest) or _elliptic(rest)
                if (strong or set(mark) & _WEAK_BREAKS) and _asks(parts[-1]) and further:
                    parts.append([])
                    continue
            parts[-1].append(token)
        return [tuple(p) for p in parts if any(not t.has("break") for t in p)]

    def understand(
        self, tokens: tuple[Token, ...], context: Understanding | None = None
    ) -> Understanding:
        """What one ask means; what it leaves open is taken from `context`, the ask before."""
        unknown = (
            *(t.text for t in tokens if not t.explained),
            *_whose(tokens),
            *_stray_units(tokens),
        )
        tokens = _without_inner_years(tokens)
        tokens, left_out = _without_exceptions(tokens)
        here = read_slots(tokens, self.concepts)
        text = "".join(t.text for t in tokens)
        growth = any(t.has("growth") for t in tokens)
        years, against = _years(tokens, here.years, growth or _than_year(tokens))
        base = Understanding(
            text=text,
            issuers=here.issuers,
            years=years,
            unknown=unknown,
            number=_asks_number(tokens),
            growth=growth,
            share=any(t.has("share") and not t.has("percent") for t in tokens)
            or (any(t.has("share") for t in tokens) and not (growth or _than_year(tokens))),
            unit=_asked_unit(tokens),
            concepts=here.subjects,
            yes_no=any(t.has("ask_yes_no") for t in tokens),
            elsewhere=_elsewhere(tokens),
            all_years=any(t.has("all_years") for t in tokens),
        )
        if unknown:
            return replace(base, reason="unknown-words")
        verifies = base.yes_no and bool(_claims(tokens))
        if _asks_text(tokens) and not base.number and not _ranks(tokens) and not verifies:
            return replace(base, reason="asks-text")
        blocked = _blocked(tokens)
        if blocked is not None:
            return replace(base, reason=blocked)
        before = _slots_of(context)
        if not here.subjects and before is None and _counts_applicants(tokens):
            return replace(base, reason="unit")
        plan = self._plan(tokens, here, before, base, against)
        if not isinstance(plan, Unresolved) and self._takes_away(plan, left_out):
            plan = Unresolved("except")
        if isinstance(plan, Unresolved):
            return replace(base, reason=plan.reason)
        if not _unit_fits(base.unit, plan, tokens):
            return replace(base, reason="unit")
        return replace(base, plan=replace(plan, issuers=here.issuers, years=years))

    def _plan(
        self,
        tokens: tuple[Token, ...],
        here: Slots,
        before: Slots | None,
        base: Understanding,
        against: int | None,
    ) -> Plan | Unresolved:
        claims = _claims(tokens)
        if any(t.has("most", "least") for t in tokens):
            return self._rank(tokens, here, before)
        compares = any(t.has("than", "more", "less", "difference") for t in tokens)
        if base.share and compares and any(t.has("share") and not t.has("percent") for t in tokens):
            return Unresolved("share-compared")
        if base.growth:
            return self._growth(tokens, here, before, against)
        if _than_year(tokens):
            if len(here.years) == 2 and base.yes_no:
                return self._two(tokens, len(tokens), here, before, Operation.COMPARE)
            counted = self._growth(tokens, here, before, against)
            if isinstance(counted, Unresolved):
                return counted
            percent = any(t.has("percent") for t in tokens)
            return replace(counted, percent=percent)
        if base.share:
            return self._share(tokens, here, before, claims)
        cut = _index(tokens, "ratio")
        if cut is not None:
            return self._two(tokens, _ratio_split(tokens, cut), here, before, Operation.RATIO)
        than = _index(tokens, "than")
        if than is not None and any(
            t.has("more", "less", "compare_ask", "difference") for t in tokens
        ):
            operation = Operation.DIFFERENCE
            if not any(t.has("more", "less", "difference") for t in tokens) and (
                base.yes_no or not base.number
            ):
                operation = Operation.COMPARE
            made = self._two(tokens, than, here, before, operation)
            signed = any(t.has("less") for t in tokens)
            if isinstance(made, Unresolved):
                return made
            directed = any(t.has("more", "less") for t in tokens)
            return replace(made, signed=signed, directed=directed)
        minus = _index(tokens, "minus")
        if minus is not None and not read_slots(tokens[:minus], self.concepts).empty:
            return self._two(tokens, minus, here, before, Operation.DIFFERENCE)
        if any(t.has("difference") for t in tokens):
            found = self._listed(here, before)
            if isinstance(found, Unresolved):
                return found
            return Plan(Operation.DIFFERENCE, found)
        found = self._listed(here, before)
        if isinstance(found, Unresolved):
            return found
        if any(t.has("average", "per_month", "per_day", "per_quarter") for t in tokens):
            divisor = _divisor(tokens)
            if divisor is None:
                return Unresolved("average-of-what")
            return Plan(Operation.AVERAGE, found, divisor=divisor)
        several = len(found) > 1 or len(here.issuers) > 1 or len(here.years) > 1
        listed = any(t.has("list") for t in tokens)
        adds = any(t.has("add", "plus") for t in tokens)
        whole = len(found) == 1 and len(self.concepts.leaves(found[0].subject, found[0].member)) > 1
        if (
            adds
            and not whole
            and (not several or _summands(tokens, self.concepts) not in (0, 1, len(found)))
        ):
            return Unresolved("sum-of-what")
        if several and not listed and (adds or any(t.has("sum") for t in tokens)):
            return Plan(Operation.SUM, found)
        if not several and any(t.has("compare_ask") for t in tokens):
            return Unresolved("compared-with-what")
        if several and any(t.has("compare_ask") for t in tokens):
            return Plan(Operation.COMPARE, found)
        if claims and not base.yes_no:
            return Unresolved("unknown-words")
        if len(claims) == 1 and not several:
            return Plan(Operation.VERIFY, found, claims=claims)
        if any(t.has("ask_exists") for t in tokens) and not several:
            return Plan(Operation.EXISTS, found)
        return Plan(Operation.LIST if several else Operation.LOOKUP, found)

    def _takes_away(self, plan: Plan, left_out: tuple[Token, ...]) -> bool:
        """Whether an exception (不含…) is a part of what is asked: then the figure is another one."""
        apart = read_slots(left_out, self.concepts)
        if apart.empty:
            return False
        if apart.members or apart.other:
            return True
        wanted = {k for o in plan.operands for k in self.concepts.leaves(o.subject, o.member)}
        for subject in apart.subjects:
            default = self.concepts.subject_by_key[subject].default
            if default is None or wanted & set(self.concepts.leaves(subject, default)):
                return True
            if any(o.subject == "t3.handled" for o in plan.operands):
                return True
        return False

    def _listed(self, here: Slots, before: Slots | None) -> tuple[Operand, ...] | Unresolved:
        if here.empty and before is None:
            return Unresolved("no-row")
        if here.notes:
            return self._notes(here, before)
        if here.unclear and not here.pairs_complete and not self._spread(here):
            return Unresolved("several-rows")
        return operands(here, self.concepts, before)

    def _spread(self, here: Slots) -> bool:
        """Several rows each with an issuer, year or column of its own."""
        return len(here.issuers) > 1 or len(here.years) > 1

    def _notes(self, here: Slots, before: Slots | None) -> tuple[Operand, ...] | Unresolved:
        """Figures in a cell's note: the cell itself too where its column is asked for."""
        found = operands(here, self.concepts, before)
        if isinstance(found, Unresolved) or len(found) != 1:
            return Unresolved("no-row")
        noted = tuple(replace(found[0], note=word) for word in here.notes)
        return (*found, *noted) if here.members else noted

    def _rank(
        self, tokens: tuple[Token, ...], here: Slots, before: Slots | None
    ) -> Plan | Unresolved:
        least = any(t.has("least") for t in tokens)
        over_members = any(t.has("rank_members") for t in tokens)
        if over_members:
            found = operands(
                replace(here, request=True), self.concepts, before if here.empty else None
            )
            if isinstance(found, Unresolved) or len(found) != 1:
                return Unresolved("rank-of-what")
            table = self.concepts.subject_by_key[found[0].subject].table
            leaves = [
                m for m in self.concepts.members
                if m.table == table and not m.parts and m.key != "total"
            ]  # fmt: skip
            ranked = tuple(replace(found[0], member=m.key) for m in leaves)
            return Plan(Operation.RANK, ranked, least=least)
        found = operands(here, self.concepts, before)
        if isinstance(found, Unresolved):
            return found
        if len(found) == 1:
            subject = self.concepts.subject_by_key[found[0].subject]
            if subject.table == "t4" and any("结果" in t.text for t in tokens) and not here.members:
                leaves = [
                    m for m in self.concepts.members
                    if m.table == "t4" and not m.parts and m.key != "total"
                ]  # fmt: skip
                ranked = tuple(replace(found[0], member=m.key) for m in leaves)
                return Plan(Operation.RANK, ranked, least=least)
            if subject.table == "t4":
                return Unresolved("rank-of-what")
            if subject.parts and any(t.has("which_kind") for t in tokens):
                ranked = tuple(replace(found[0], subject=p) for p in subject.parts)
                return Plan(Operation.RANK, ranked, least=least)
            if subject.table == "t4" and not here.members:
                return Unresolved("rank-of-what")
        return Plan(Operation.RANK, found, least=least)

    def _growth(
        self, tokens: tuple[Token, ...], here: Slots, before: Slots | None, against: int | None
    ) -> Plan | Unresolved:
        request = here.request or any(t.text.startswith("申请") for t in tokens)
        found = operands(replace(here, request=request), self.concepts, before)
        if isinstance(found, Unresolved):
            return found
        if len(found) != 1:
            return Unresolved("growth-of-what")
        counted = any(t.has("units_neutral") and t.text != "个" for t in tokens)
        percent = any(t.has("percent") for t in tokens) or not counted
        return Plan(Operation.GROWTH, found, percent=percent, against=against)

    def _share(
        self,
        tokens: tuple[Token, ...],
        here: Slots,
        before: Slots | None,
        claims: tuple[Decimal, ...],
    ) -> Plan | Unresolved:
        at = _index(tokens, "share")
        assert at is not None
        first, second = tokens[:at], tokens[at + 1 :]
        inside = _last_index(first, "inside")
        whole_slots = read_slots(second, self.concepts)
        part_slots = read_slots(first, self.concepts)
        if inside is not None and not read_slots(first[:inside], self.concepts).empty:
            before_inside = read_slots(first[:inside], self.concepts)
            behind_inside = read_slots(first[inside + 1 :], self.concepts)
            if not behind_inside.empty:
                whole_slots, part_slots = before_inside, behind_inside
            elif not whole_slots.empty:
                return Unresolved("share-of-what")
        if part_slots.empty and not whole_slots.empty and before is None:
            part_slots, whole_slots = whole_slots, Slots()
        elif whole_slots.empty and part_slots.issuers and whole_slots.issuers:
            return self._share_of_issuer(part_slots, whole_slots)
        if part_slots.empty and before is None:
            return Unresolved("share-of-what")
        return self._share_of(part_slots, whole_slots, before, claims, tokens)

    def _share_of_issuer(self, part: Slots, whole: Slots) -> Plan | Unresolved:
        """示例区新收的申请占示例市的多少: the same figure of two issuers."""
        found = operands(part, self.concepts)
        if isinstance(found, Unresolved) or len(found) != 1:
            return Unresolved("share-of-what")
        if len(part.issuers) != 1 or len(whole.issuers) != 1 or part.issuers == whole.issuers:
            return Unresolved("share-of-what")
        own = replace(found[0], issuer=part.issuers[0])
        return Plan(Operation.SHARE, (own,), whole=replace(own, issuer=whole.issuers[0]))

    def _share_of(
        self,
        part_slots: Slots,
        whole_slots: Slots,
        before: Slots | None,
        claims: tuple[Decimal, ...],
        tokens: tuple[Token, ...],
    ) -> Plan | Unresolved:
        listed = any(t.has("list", "compare_ask") for t in tokens)
        own = any(t.text in ("各自", "respectively") for t in tokens)
        context = whole_slots if not whole_slots.empty and not part_slots.empty else before
        parts = operands(part_slots, self.concepts, context)
        if isinstance(parts, Unresolved):
            return parts
        whole: Operand | None = None
        if not whole_slots.empty:
            found = operands(whole_slots, self.concepts, _only_subjects(part_slots))
            if isinstance(found, Unresolved) or len(found) != 1:
                return Unresolved("share-of-what")
            whole = found[0]
            if whole in parts:
                # 纠错率（纠正除以总计）: the bracket names the part again
                whole = self._default_whole(parts)
            if whole is None:
                return Unresolved("share-of-what")
        else:
            whole = self._default_whole(parts)
            if whole is None and before is not None and not part_slots.subjects:
                # 予以公开的有多少？自然人占多少: of what was asked before
                default = self.concepts.subject_by_key[parts[0].subject].default
                same = {p.subject for p in parts} == {parts[0].subject}
                whole = Operand(parts[0].subject, default) if same and default else None
            if whole is None:
                return Unresolved("share-of-what")
        operation = Operation.VERIFY if claims else Operation.SHARE
        return Plan(
            operation, parts, whole=whole, claims=claims, together=not listed, own_whole=own
        )

    def _default_whole(self, parts: tuple[Operand, ...]) -> Operand | None:
        """The whole of a bare share: all applicants for one applicant, all results for a result."""
        subjects = {p.subject for p in parts}
        members = {p.member for p in parts}
        subject = self.concepts.subject_by_key[parts[0].subject]
        if subject.whole is None or subject.default is None:
            return None
        if members != {subject.default}:
            # 自然人予以公开率 may divide by the row or by the applicant's own results: not told
            if len(subjects) != 1 or (subject.table == "t3" and subject.whole != subject.key):
                return None
            return Operand(subject.key, subject.default)
        wholes = {self.concepts.subject_by_key[s].whole for s in subjects}
        if len(wholes) != 1 or subject.whole in subjects:
            return None
        return Operand(subject.whole, subject.default)

    def _two(
        self,
        tokens: tuple[Token, ...],
        cut: int,
        here: Slots,
        before: Slots | None,
        operation: Operation,
    ) -> Plan | Unresolved:
        """Two operands on the two sides of a word; what one leaves open the other one says."""
        left = read_slots(tokens[:cut], self.concepts)
        right = read_slots(tokens[cut + 1 :], self.concepts)
        a = operands(left, self.concepts, right) if not left.empty else Unresolved("")
        b = operands(right, self.concepts, left) if not right.empty else Unresolved("")
        if left.empty and before is not None:
            a = operands(left, self.concepts, before)
        if isinstance(a, Unresolved) or isinstance(b, Unresolved):
            whole = operands(here, self.concepts, before)
            if isinstance(whole, Unresolved):
                return whole
            if len(here.issuers) > 1 or len(here.years) > 1:
                return Plan(operation, whole)
            return Unresolved("compared-with-what")
        if len(a) != 1 or len(b) != 1 or (a == b and len(here.issuers) < 2 and len(here.years) < 2):
            return Unresolved("compared-with-what")
        if a == b:
            return Plan(operation, a)
        return Plan(operation, (*a, *b))


def _without_exceptions(
    tokens: tuple[Token, ...],
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Part a question at 不算…, 不含…: what it asks, and what it leaves out."""
    at = _index(tokens, "except")
    if at is None:
        return tokens, ()
    end = next((i for i in range(at, len(tokens)) if tokens[i].has("break")), len(tokens))
    if read_slots(tokens[at:end], load_concepts()).empty:
        return tokens, ()  # 不含示例区: whose figures are left out cannot be told; this blocks it
    return (*tokens[:at], *tokens[end:]), tokens[at + 1 : end]


def _mixes_generic(a: tuple[Operand, ...], b: tuple[Operand, ...]) -> bool:
    """办了, 收到 name a row of 表三 only in passing: they are not compared with other tables."""
    tables = {o.subject.split(".", 1)[0] for o in (*a, *b)}
    return len(tables) > 1 and any(o.subject in ("t3.received", "t3.handled") for o in (*a, *b))


def _blocked(tokens: tuple[Token, ...]) -> str | None:
    """Why words that are known still keep the question from a figure."""
    if any(t.has("negation") for t in tokens):
        return "negation"
    if any(t.has("place_in_order") for t in tokens):
        return "place-in-order"
    if any(t.has("unclear") and not t.has("subject") for t in tokens):
        return "unclear"
    if any(t.has("bound") for t in tokens):
        return "bound"
    if any(t.has("except") for t in tokens):
        return "except"
    asks_whether = any(t.has("ask_yes_no") for t in tokens)
    if asks_whether and any(t.has("quantifier") for t in tokens):
        return "quantifier"
    return None


def _whose(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """Bodies named right before a figure (市政府收到…, 各区申请…): they say whose figure is meant."""
    out = []
    for token, following in pairwise(tokens):
        if not token.has("body_word"):
            continue
        applies = following.has("request") or "t3.received" in following.keys("subject")
        whose = following.has("subject") and not any(
            k.startswith("t4.") for k in following.keys("subject")
        )
        of_applicant = any(s.table == "t3" for s in following.senses if s.role == "member")
        if applies or whose or of_applicant:
            out.append(token.text)
    return tuple(out)


def _stray_units(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """A counting word behind no number is part of a word: 企业|家 is somebody else than 企业."""
    out = []
    for i, token in enumerate(tokens):
        lone = len(token.text) == 1 and token.has("units_other") and not token.has("filler")
        counts = i > 0 and tokens[i - 1].has("ask_number", "number", "list", "which_kind", "filler")
        if lone and not counts:
            out.append(token.text)
    return tuple(out)


def _counts_applicants(tokens: tuple[Token, ...]) -> bool:
    """`有多少企业` asks for enterprises; the form counts applications."""
    if any(t.has("request", "subject") for t in tokens):
        return False
    words = [t for t in tokens if not t.has("units_neutral", "units_other", "filler")]
    return any(a.has("ask_number") and b.has("member") for a, b in pairwise(words)) and not any(
        t.text == "件" for t in tokens
    )


def _summands(tokens: tuple[Token, ...], concepts: Concepts) -> int:
    """How many of the stretches between 和, 、 and 加 name a figure."""
    stretches: list[list[Token]] = [[]]
    for token in tokens:
        if token.has("and", "plus") or (token.has("break") and "、" in token.text):
            stretches.append([])
        else:
            stretches[-1].append(token)
    return sum(not read_slots(s, concepts).empty for s in stretches)


def _elsewhere(tokens: tuple[Token, ...]) -> tuple[str, ...]:
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


def _only_subjects(slots: Slots) -> Slots:
    return Slots(subjects=slots.subjects)


def _slots_of(context: Understanding | None) -> Slots | None:
    """What the ask before named, as the context of the next."""
    if context is None or context.plan is None or not context.plan.operands:
        return None
    if context.plan.operation is Operation.RANK:
        return None  # “占比多少” after a ranking would mean the winner, not what was ranked
    found = context.plan.operands
    members = tuple(
        dict.fromkeys((o.subject.split(".", 1)[0], o.member) for o in found if o.member != "total")
    )
    return Slots(tuple(dict.fromkeys(o.subject for o in found)), members)


def _until_break(tokens: tuple[Token, ...]) -> list[Token]:
    out: list[Token] = []
    for token in tokens:
        if token.has("break") and set(token.text) & (_STRONG_BREAKS | _WEAK_BREAKS):
            break
        out.append(token)
    return out


def _asks(tokens: list[Token] | tuple[Token, ...]) -> bool:
    roles = (
        "ask_number", "ask_text", "ratio", "more", "less", "percent", "most", "least", "share",
    )  # fmt: skip
    return any(t.has(*roles) or "多少" in t.text for t in tokens)


def _elliptic(tokens: list[Token] | tuple[Token, ...]) -> bool:
    """`企业呢`: a figure and nothing asked of it."""
    words = [t for t in tokens if not t.has("break")]
    return bool(words) and words[-1].text == "呢" and any(t.has("subject", "member") for t in words)


def _asks_number(tokens: tuple[Token, ...]) -> bool:
    return any(
        t.has(
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


def _asks_text(tokens: tuple[Token, ...]) -> bool:
    return any(t.has("ask_text") for t in tokens)


def _ranks(tokens: tuple[Token, ...]) -> bool:
    return any(t.has("most", "least", "compare_ask") for t in tokens)


def _index(tokens: tuple[Token, ...], role: str) -> int | None:
    return next((i for i, t in enumerate(tokens) if t.has(role)), None)


def _last_index(tokens: tuple[Token, ...], role: str) -> int | None:
    return next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].has(role)), None)


def _ratio_split(tokens: tuple[Token, ...], at: int) -> int:
    """`A 是 B 的几倍`: the operands part at 是, else at the first filler between two figures."""
    named = [i for i, t in enumerate(tokens[:at]) if t.has("subject", "member", "issuer", "year")]
    for i in range(at):
        if "是" in tokens[i].text and any(j < i for j in named) and any(j > i for j in named):
            return i
    return named[-1] - 1 if len(named) > 1 else at


def _years(
    tokens: tuple[Token, ...], years: tuple[int, ...], growth: bool
) -> tuple[tuple[int, ...], int | None]:
    """The years asked about, and the one that growth is measured against."""
    named = [i for i, t in enumerate(tokens) if t.has("year")]
    if len(named) == 2 and len(years) == 2:
        between = "".join(t.text for t in tokens[named[0] + 1 : named[1]])
        if is_range(between) and years[0] < years[1]:
            return tuple(range(years[0], years[1] + 1)), None
    than = _index(tokens, "than")
    if growth and than is not None:
        behind = read_years(tokens[than + 1 :])
        if behind and (len(years) > 1 or read_years(tokens[:than])):
            rest = tuple(y for y in years if y != behind[0])
            return rest or years, behind[0]
    return years, None


def _than_year(tokens: tuple[Token, ...]) -> bool:
    """比上年, 较2022年: the comparison is with another year of the same figure."""
    at = _index(tokens, "than")
    if at is None:
        return False
    following = [t for t in tokens[at + 1 :] if not t.has("break")]
    while following and following[0].has("issuer", "filler") and not following[0].has("year"):
        following = following[1:]
    return bool(following) and following[0].has("last_year", "year")


def read_years(tokens: tuple[Token, ...]) -> tuple[int, ...]:
    """The years among some tokens."""
    return tuple(int(k) for t in tokens for k in t.keys("year"))


def _without_inner_years(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Drop years that are part of a figure's name: 结转到2024年继续办理, 从2022年结转."""
    out = list(tokens)
    years = [i for i, t in enumerate(tokens) if t.has("year")]
    if len(years) < 2:
        return tokens
    for i in years[::-1]:
        near = [*tokens[max(0, i - 2) : i], *tokens[i + 1 : i + 3]]
        carried = {k for t in near for k in t.keys("subject")} & {"t3.carried_in", "t3.carried_out"}
        if carried and len([t for t in out if t.has("year")]) > 1:
            out = [t for t in out if t is not tokens[i]]
    return tuple(out)


def _asked_unit(tokens: tuple[Token, ...]) -> str | None:
    """The unit right behind a question word: 多少**期**, 几**场**; applications are counted in 件."""
    for i, token in enumerate(tokens[:-1]):
        if token.has("ask_number") and tokens[i + 1].has("units_neutral", "units_other"):
            return tokens[i + 1].text
    for i, token in enumerate(tokens):
        if token.has("units_money", "counted_noun"):
            return token.text
        near = [*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2]]
        if token.text in ("申请人", "申请者") and any(t.has("ask_number") for t in near):
            return token.text
    if any(t.has("request") and not t.has("rank_members") for t in tokens) and not any(
        t.has("share", "growth", "percent", "ratio") for t in tokens
    ):
        return "件"
    return None


def _unit_fits(unit: str | None, plan: Plan, tokens: tuple[Token, ...]) -> bool:
    money = any(o.subject == "t2.fees" for o in plan.operands)
    if unit is None:
        return True
    asked = next((t for t in tokens if t.text == unit), None)
    if asked is None:
        return True
    if asked.has("counted_noun") or asked.text in ("申请人", "申请者"):
        return False
    if asked.has("units_neutral"):
        return not money
    if asked.text in ("次", "回") and all(o.subject.startswith("t4.") for o in plan.operands):
        return True  # 被告了几次 counts cases
    if asked.has("units_money"):
        return money
    return plan.operation in (Operation.RATIO, Operation.SHARE, Operation.AVERAGE) and unit == "倍"


def _claims(tokens: tuple[Token, ...]) -> tuple[Decimal, ...]:
    return tuple(
        Decimal(k.replace(",", "")) for t in tokens for k in t.keys("number") if _is_claim(k)
    )


def _is_claim(number: str) -> bool:
    return bool(number)


def _divisor(tokens: tuple[Token, ...]) -> int | None:
    if any(t.has("per_month") for t in tokens):
        return _MONTHS
    if any(t.has("per_quarter") for t in tokens):
        return _QUARTERS
    if any(t.has("per_day") for t in tokens):
        return 0  # the number of days depends on the year; the computation fills it in
    return None
