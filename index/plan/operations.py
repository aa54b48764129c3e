"""Plans of more than one figure: rankings, growth, shares, and two figures compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from index.plan.lexicon import Token
from index.plan.order import places_in
from index.plan.plan import Operand, Operation, Plan
from index.plan.signals import asked_to_fall
from index.plan.slots import Slots, Unresolved, operands, read_slots
from index.plan.words import word_group
from ingest.words import Concepts


@dataclass(frozen=True)
class OperationPlanner:
    """Makes plans of operations over the figures of one set of concepts."""

    concepts: Concepts

    def rank(
        self, tokens: tuple[Token, ...], here: Slots, before: Slots | None
    ) -> Plan | Unresolved:
        """A ranking over kinds, applicants, outcomes, issuers or years."""
        shared = any(t.has("share") for t in tokens)  # 占总和: the sum is the whole
        if any(
            t.has(
                *(() if shared else ("add",)),
                "plus",
                "difference",
                "more",
                "less",
                "ratio",
                "average",
                "growth",
                "minus",
            )
            for t in tokens
        ) or all(any(t.has(role) for t in tokens) for role in ("most", "least")):
            return Unresolved("rank-of-what")  # 最多和最少相差, 前三合计, 增长最多
        places = places_in(tokens)
        if places is not None and places.top > 1 and any(t.has("sum") for t in tokens):
            return Unresolved("rank-of-what")
        across = (
            len(here.issuers) > 1
            or len(here.years) > 1
            or any(t.has("over_years", "over_issuers", "recent", "all_years") for t in tokens)
        )
        if any(t.has("rank_members") for t in tokens) and not across:
            here = replace(here, request=True)
            found = operands(here, self.concepts, before if here.empty else None)
        else:
            found = operands(here, self.concepts, before)
        if isinstance(found, Unresolved):
            return found
        if across and any(
            t.has("rank_members") or any(word in t.text for word in _KINDS) for t in tokens
        ):
            if len(here.issuers) < 2 or not any(t.text == "谁" for t in tokens):
                return Unresolved("rank-of-what")  # 两年里最多的理由: of each year, or of both
        if len(found) > 1 and any("结果" in t.text or t.has("rank_members") for t in tokens):
            return Unresolved("rank-of-what")
        whole: Operand | None = None
        if len(found) == 1 and not across:
            default = self.concepts.subject_by_key[found[0].subject].default
            whole = None if default is None else Operand(found[0].subject, default)
            found = self._kinds(tokens, here, found[0])
        elif len(found) > 1 and not across and names_kinds(tokens):
            kinds = [self.concepts.subject_by_key[o.subject].kinds for o in found]
            if all(kinds):  # 无法提供和不予处理一共八小项，排第二的是哪项
                found = tuple(
                    replace(o, subject=k) for o, ks in zip(found, kinds, strict=True) for k in ks
                )
        if isinstance(found, Unresolved):
            return found
        if any(t.has("share") for t in tokens):
            # 哪类申请人占比最高: its share is asked for, of the row or the group that is ranked
            each = any(t.has("list") for t in tokens)
            if whole is None or here.members or (places and places.top > 1 and not each):
                return Unresolved("share-compared")
        else:
            whole = None
        least = any(t.has("least") for t in tokens) or (places is not None and places.least)
        if places is not None:
            return Plan(
                Operation.RANK, found, whole=whole, least=least, top=places.top, nth=places.nth
            )
        if any(t.has("most", "least") for t in tokens):
            return Plan(Operation.RANK, found, whole=whole, least=least)
        if any(t.has("top", "nth") for t in tokens):
            return Unresolved("place-in-order")
        rising = any(t.has("in_order") and _rises(t.text) for t in tokens)
        return Plan(Operation.RANK, found, whole=whole, least=rising, top=0)

    def _kinds(
        self, tokens: tuple[Token, ...], here: Slots, found: Operand
    ) -> tuple[Operand, ...] | Unresolved:
        """The figures that one figure is made of, as the ask names them: applicants, reasons…"""
        subject = self.concepts.subject_by_key[found.subject]
        grouped = any(self.concepts.member_by_key[m].parts for m in here.members)
        if subject.kinds and names_kinds(tokens):
            # 处理结果六大类谁排第一: who is a kind of outcome
            tokens = tuple(t for t in tokens if t.text != "谁")
        if any(t.has("rank_members") or (grouped and t.has("which_kind")) for t in tokens):
            group = [k for t, k in here.members if self.concepts.member_by_key[(t, k)].parts]
            ranked = self._over_members(found)
            if len(here.members) == 1 and group:  # 法人或其他组织中哪类最多
                parts = self.concepts.member_by_key[here.members[0]].parts
                return tuple(o for o in ranked if o.member in parts)
            return ranked
        if subject.table == "t4":
            if any("结果" in t.text for t in tokens) and not here.members:
                return self._over_members(found)
            return Unresolved("rank-of-what")
        asks_kind = any(
            t.has("which_kind", "top", "nth", "in_order", "zero", "nonzero")
            or any(word in t.text for word in _KINDS)
            for t in tokens
        )
        if subject.kinds and asks_kind:
            return tuple(replace(found, subject=key) for key in subject.kinds)
        return Unresolved("rank-of-what")

    def _over_members(self, found: Operand) -> tuple[Operand, ...]:
        table = self.concepts.subject_by_key[found.subject].table
        return tuple(
            replace(found, member=m.key)
            for m in self.concepts.members
            if m.table == table
            and not m.parts
            and m.key != "total"
            and self.concepts.exists(found.subject, m.key)
        )

    def count(
        self, tokens: tuple[Token, ...], here: Slots, before: Slots | None, zero: bool
    ) -> Plan | Unresolved:
        """How many kinds are 0, or are not."""
        if any(t.has("rank_members") for t in tokens):
            here = replace(here, request=True)
        found = operands(here, self.concepts, before)
        if isinstance(found, Unresolved):
            return found
        kinds: tuple[Operand, ...] | Unresolved = found
        if len(here.issuers) > 1 or len(here.years) > 1:
            return Unresolved("rank-of-what")
        if len(found) == 1:
            kinds = self._kinds(tokens, here, found[0])
        elif all(self.concepts.subject_by_key[o.subject].kinds for o in found):
            kinds = tuple(
                replace(o, subject=key)
                for o in found
                for key in self.concepts.subject_by_key[o.subject].kinds
            )
        if isinstance(kinds, Unresolved):
            return kinds
        return Plan(Operation.COUNT, kinds, zero=zero)

    def growth(
        self, tokens: tuple[Token, ...], here: Slots, before: Slots | None, against: int | None
    ) -> Plan | Unresolved:
        """The change of one figure against another year."""
        request = here.request or any(t.text.startswith("申请") for t in tokens)
        found = operands(replace(here, request=request), self.concepts, before)
        if isinstance(found, Unresolved):
            return found
        if len(found) != 1 or (len(here.years) > 1 and any(t.has("list") for t in tokens)):
            return Unresolved("growth-of-what")
        counted = any(t.has("units_neutral") and t.text != "个" for t in tokens)
        counted = counted or any(t.text in ("how many", "by what number") for t in tokens)
        apart = any(t.has("difference", "minus") for t in tokens)
        percent = any(t.has("percent") for t in tokens) or not (counted or apart)
        return Plan(
            Operation.GROWTH, found, percent=percent, against=against, falls=asked_to_fall(tokens)
        )

    def per_item(self, tokens: tuple[Token, ...], found: tuple[Operand, ...]) -> Plan | None:
        """平均每个项目多少万元: an amount by the number of its projects; None where none are named."""
        named = any(
            t.has("items_word") or t.text in _ITEM_WORDS or "projects" in t.keys("member")
            for t in tokens
        ) or any(a.text.endswith("每") and b.text in ("项", "个") for a, b in pairwise(tokens))
        subjects = {o.subject for o in found}
        if (
            not named
            or len(subjects) != 1
            or not {o.member for o in found} <= {"amount", "projects"}
        ):
            return None
        subject = subjects.pop()
        if not all(self.concepts.exists(subject, m) for m in ("amount", "projects")):
            return None
        amount, projects = (Operand(subject, m) for m in ("amount", "projects"))
        return Plan(Operation.AVERAGE, (amount,), whole=projects)

    def balance(
        self, tokens: tuple[Token, ...], here: Slots, before: Slots | None
    ) -> Plan | Unresolved | None:
        """账平不平, 各类申请人加起来跟总计对得上吗: the two sides of a sum; None where none is asked for."""
        asked = any(t.has("balances") for t in tokens)
        whether = any(t.has("ask_yes_no") for t in tokens)
        parts = any(t.has("parts_word", "rank_members") for t in tokens)
        adds = any(t.has("add", "sum") for t in tokens)
        subjects = here.subjects or (before.subjects if before else ())
        tables = {self.concepts.subject_by_key[s].table for s in subjects}
        if whether and parts and adds and len(subjects) == 1:
            subject = self.concepts.subject_by_key[subjects[0]]
            if subject.default is None or here.members:
                return None
            whole = (Operand(subject.key, subject.default),)
            if any(t.has("rank_members") for t in tokens) or not subject.kinds or subject.parts:
                return Plan(Operation.BALANCE, self._over_members(whole[0]), more_whole=whole)
            kinds = tuple(replace(whole[0], subject=k) for k in subject.kinds)
            return Plan(Operation.BALANCE, kinds, more_whole=whole)
        flows = whether and adds and {"t3.received", "t3.handled"} <= set(here.subjects)
        if not (asked or flows):
            return None
        elsewhere = not tables <= {"t3"} or set(here.subjects) - {*_IN, *_OUT, "t3.due"}
        if elsewhere or len(here.members) > 1 or here.other:
            return Unresolved("compared-with-what") if asked else None
        member = here.members[0][1] if here.members else "total"
        sides = [tuple(Operand(s, member) for s in side) for side in (_IN, _OUT)]
        return Plan(Operation.BALANCE, sides[0], more_whole=sides[1])

    def over_members(self, found: tuple[Operand, ...]) -> Plan | Unresolved:
        """各类申请人各多少: one figure for each applicant."""
        if len(found) != 1:
            return Unresolved("no-row")
        return Plan(Operation.LIST, self._over_members(found[0]))

    def paired(
        self, tokens: tuple[Token, ...], here: Slots, *, share: bool, growth: bool
    ) -> Plan | Unresolved:
        """One figure of several issuers, each in a year of its own."""
        found = operands(here, self.concepts)
        if isinstance(found, Unresolved):
            return found
        if len(found) != 1 or share:
            return Unresolved("compared-with-what")
        less = any(t.has("less") for t in tokens)
        if any(t.has("ratio") for t in tokens):
            return Plan(Operation.RATIO, found)
        if growth and any(t.has("percent") for t in tokens):
            return Unresolved("growth-of-what")
        if growth or any(t.has("more", "less", "difference", "minus") for t in tokens):
            directed = any(t.has("more", "less") for t in tokens)
            return Plan(Operation.DIFFERENCE, found, signed=less, directed=directed)
        if any(t.has("compare_ask", "than") for t in tokens):
            return Plan(Operation.COMPARE, found)
        if any(t.has("add", "plus", "sum") for t in tokens):
            return Plan(Operation.SUM, found)
        return Plan(Operation.LIST, found)

    def two(
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
        if a != b and (len(here.years) == 2 or len(here.issuers) == 2):
            # 2020年的结转下年和2021年的上年结转: each of its own year
            if any(len(x) > 1 for x in (left.years, right.years, left.issuers, right.issuers)):
                return Unresolved("compared-with-what")
            a, b = (
                tuple(
                    replace(
                        o, issuer=next(iter(side.issuers), None), year=next(iter(side.years), None)
                    )
                    for o in found
                )
                for found, side in ((a, left), (b, right))
            )
        if a == b:
            return Plan(operation, a)
        return Plan(operation, (*a, *b))


def names_kinds(tokens: tuple[Token, ...]) -> bool:
    """Whether an ask speaks of the kinds that a figure is made of: 三种情形, 各项理由."""
    return any(word in t.text for t in tokens for word in _KINDS)


#: all that there was to do in a year, and what became of it
_IN = ("t3.received", "t3.carried_in")
_OUT = ("t3.handled", "t3.carried_out")
_ITEM_WORDS = word_group("item_words")
_KINDS = word_group("kinds_of_figure")
_RISING = word_group("rising_order")


def _rises(word: str) -> bool:
    return any(r in word for r in _RISING)
