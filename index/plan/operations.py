"""Plans of more than one figure: rankings, growth, shares, and two figures compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from index.plan.lexicon import Token
from index.plan.objections import operand_inside
from index.plan.order import places_in
from index.plan.plan import Operand, Operation, Plan
from index.plan.signals import asked_to_fall, first_index, last_index
from index.plan.slots import Slots, Unresolved, operands, read_slots
from ingest.words import Concepts


@dataclass(frozen=True)
class OperationPlanner:
    """Makes plans of operations over the figures of one set of concepts."""

    concepts: Concepts

    def rank(
        self, tokens: tuple[Token, ...], here: Slots, before: Slots | None
    ) -> Plan | Unresolved:
        """A ranking over kinds, applicants, outcomes, issuers or years."""
        if any(
            t.has(
                "add", "plus", "difference", "more", "less", "ratio", "average", "growth", "minus"
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
        percent = any(t.has("percent") for t in tokens) or not counted
        return Plan(
            Operation.GROWTH, found, percent=percent, against=against, falls=asked_to_fall(tokens)
        )

    def over_members(self, found: tuple[Operand, ...]) -> Plan | Unresolved:
        """各类申请人各多少: one figure for each applicant."""
        if len(found) != 1:
            return Unresolved("no-row")
        return Plan(Operation.LIST, self._over_members(found[0]))

    def share(
        self,
        tokens: tuple[Token, ...],
        here: Slots,
        before: Slots | None,
        claims: tuple[Decimal, ...],
    ) -> Plan | Unresolved:
        """A share: the part before 占, the whole behind it, or before 里."""
        at = first_index(tokens, "share")
        assert at is not None
        first, second = tokens[:at], tokens[at + 1 :]
        inside = last_index(first, "inside")
        whole_slots = read_slots(second, self.concepts)
        part_slots = read_slots(first, self.concepts)
        if inside is not None and not read_slots(first[:inside], self.concepts).empty:
            before_inside = read_slots(first[:inside], self.concepts)
            behind_inside = read_slots(first[inside + 1 :], self.concepts)
            if not behind_inside.empty and whole_slots.empty:
                whole_slots, part_slots = before_inside, behind_inside
            elif behind_inside.empty and not whole_slots.empty:
                return Unresolved("share-of-what")
        if part_slots.empty and not whole_slots.empty and before is None:
            if tokens[at].text.startswith("占"):
                return Unresolved("share-of-what")  # what has the share is not said
            part_slots, whole_slots = whole_slots, Slots()
        elif whole_slots.empty and part_slots.issuers and whole_slots.issuers:
            return self._share_of_issuer(part_slots, whole_slots)
        asks = next((t for t in second if not t.has("break")), None)
        turned = asks is not None and asks.text in ("是", "为", "属于", "被", "were", "was")
        if (_leads_with_whole(first) or turned) and not part_slots.empty and not whole_slots.empty:
            part_slots, whole_slots = whole_slots, part_slots  # of the 30 …, what share …
        if whole_slots.empty:
            part_slots, whole_slots = self._handled_of(first, part_slots, whole_slots)
        added = any(t.has("sum", "add") for t in tokens)
        if part_slots.empty and (before is None or added):
            return Unresolved("share-of-what")
        if any(t.has("whole_area") for t in second):
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
        listed = any(t.has("list", "compare_ask") for t in tokens) or part_slots.empty
        own = any(t.text in ("各自", "respectively") for t in tokens)
        context = whole_slots if not whole_slots.empty and not part_slots.empty else before
        parts = operands(part_slots, self.concepts, context)
        if isinstance(parts, Unresolved):
            return parts
        if not parts:
            return Unresolved("share-of-what")
        whole: Operand | None = None
        more: tuple[Operand, ...] = ()
        if any(t.has("own_row") for t in tokens) and whole_slots.empty:
            default = self.concepts.subject_by_key[parts[0].subject].default
            if default is None or len({p.subject for p in parts}) > 1:
                return Unresolved("share-of-what")
            whole = Operand(parts[0].subject, default)
        elif whole_slots.empty and before is not None and self._part_of_it(tokens, parts, before):
            # 法人或其他组织新收几件？企业占其中多少: of that figure
            asked = operands(before, self.concepts)
            if isinstance(asked, Unresolved) or len(asked) != 1 or asked[0] in parts:
                return Unresolved("share-of-what")
            whole = asked[0]
        elif not whole_slots.empty:
            found = operands(whole_slots, self.concepts, _only_subjects(part_slots))
            if isinstance(found, Unresolved):
                return Unresolved("share-of-what")
            if len(found) > 1 and whole_slots.unclear:
                return Unresolved("share-of-what")
            whole, more = found[0], found[1:]
            if whole in parts:
                # 纠错率（纠正除以总计）: the bracket names the part again
                whole = self._default_whole(parts)
            if whole is None:
                return Unresolved("share-of-what")
        else:
            whole = self._default_whole(parts)
            if whole is None and before is not None and before.members and not part_slots.members:
                return Unresolved(
                    "share-of-what"
                )  # 企业予以公开多少，占比多少: of theirs, or of all?
            if whole is None and before is not None and not part_slots.subjects:
                # 予以公开的有多少？自然人占多少: of what was asked before
                default = self.concepts.subject_by_key[parts[0].subject].default
                same = {p.subject for p in parts} == {parts[0].subject}
                whole = Operand(parts[0].subject, default) if same and default else None
            if whole is None and before is not None and len(before.subjects) == 1:
                # 诉讼一共多少？直接起诉的占多少: the part of what was asked before
                group = self.concepts.subject_by_key[before.subjects[0]]
                inside = {p.subject for p in parts} <= set(group.parts)
                if inside and not before.members and group.default:
                    whole = Operand(group.key, group.default)
            if whole is None:
                return Unresolved("share-of-what")
        if whole.subject == "t3.due" and len(parts) == 1:
            whole = replace(whole, member=parts[0].member)  # 企业办结率: of what enterprises asked
        inner = any(t.has("inside") for t in tokens) and whole.subject != parts[0].subject
        row = self.concepts.subject_by_key[whole.subject]
        if inner and row.table == "t2" and parts[0].subject not in row.parts:
            return Unresolved("share-of-what")  # 许可中处罚占比
        if self._turned_round(parts, whole) and "percent" not in {
            sense.role for t in tokens if t.has("share") for sense in t.senses
        }:
            return Unresolved("share-of-what")
        operation = Operation.VERIFY if claims else Operation.SHARE
        return Plan(
            operation,
            parts,
            whole=whole,
            claims=claims,
            together=not listed,
            own_whole=own,
            more_whole=more,
        )

    def _part_of_it(
        self, tokens: tuple[Token, ...], parts: tuple[Operand, ...], before: Slots
    ) -> bool:
        """其中企业占多少, 企业占其中多少: of the one figure that was asked for before."""
        if _of_what_was_asked(tokens):
            return True
        asked = operands(before, self.concepts)
        tied = any(t.text in ("其中", "里面", "其中的", "of which", "of these") for t in tokens)
        return (
            tied
            and not isinstance(asked, Unresolved)
            and len(asked) == 1
            and all(operand_inside(part, asked[0], self.concepts) for part in parts)
        )

    def _turned_round(self, parts: tuple[Operand, ...], whole: Operand) -> bool:
        """Whether a total would be divided by one of its parts: nobody asks for that by 占."""
        inside = self.concepts.subject_by_key[whole.subject].whole
        return inside != whole.subject and any(p.subject == inside for p in parts)

    def _handled_of(
        self, first: tuple[Token, ...], part: Slots, whole: Slots
    ) -> tuple[Slots, Slots]:
        """办结的自然人申请，予以公开占多少: all that was handled of theirs is the whole."""
        handled = next((i for i, t in enumerate(first) if "t3.handled" in t.keys("subject")), None)
        if handled is None or not part.subjects or "t3.handled" in part.subjects:
            return part, whole
        later = [t for t in first[handled + 1 :] if set(t.keys("subject")) & set(part.subjects)]
        return (part, replace(part, subjects=("t3.handled",))) if later else (part, whole)

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


def _leads_with_whole(tokens: tuple[Token, ...]) -> bool:
    """Of the natural persons' requests, what share …: the whole is named first."""
    return bool(tokens) and tokens[0].text in ("of", "among", "out of")


def _of_what_was_asked(tokens: tuple[Token, ...]) -> bool:
    at = first_index(tokens, "share") or 0
    return any(
        t.text in ("其中", "里面", "它", "其", "这里面", "of them", "of it") for t in tokens[at:]
    )


_KINDS = ("理由", "情形", "原因", "事由", "种类", "类别", "结果", "reason", "ground")
_RISING = ("少到多", "低到高", "小到大")


def _rises(word: str) -> bool:
    return any(r in word for r in _RISING)


def _only_subjects(slots: Slots) -> Slots:
    return Slots(subjects=slots.subjects)
