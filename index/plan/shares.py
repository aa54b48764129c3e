"""Plans of shares: which figure is the part, and which one the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from index.plan.lexicon import Token
from index.plan.objections import operand_inside
from index.plan.plan import Operand, Operation, Plan
from index.plan.signals import first_index, last_index
from index.plan.slots import Slots, Unresolved, operands, read_slots
from index.plan.words import word_group
from ingest.words import Concepts


@dataclass(frozen=True)
class SharePlanner:
    """Makes plans of shares of the figures of one set of concepts."""

    concepts: Concepts

    def plan(
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
                if first[inside].text == "out of":
                    whole_slots, part_slots = part_slots, whole_slots
            elif behind_inside.empty and not whole_slots.empty:
                return Unresolved("share-of-what")
        pointed = any(t.text in _POINTING for t in tokens)
        is_part = any(t.text in _POINTING for t in tokens[:at]) and not whole_slots.empty
        if pointed and not is_part and before is not None and (before.members or part_slots.empty):
            return Unresolved(
                "share-of-what"
            )  # 占它的多少; of them, where an applicant was asked for
        if _as_ratio(tokens, at) or self._across_tables(tokens):
            return Unresolved("share-of-what")
        if _of_all_outcomes(tokens) or _among_several(tokens):
            return Unresolved("share-of-what")
        crossed = self._of_outcome(tokens, at)
        if crossed is not None:
            return crossed
        if part_slots.empty and before is None:
            of_and_for = self._whole_of_part(tokens[at], second)
            if of_and_for is not None:
                whole_slots, part_slots = of_and_for
        if part_slots.empty and not whole_slots.empty and before is None:
            if tokens[at].text.startswith("占"):
                return Unresolved("share-of-what")  # what has the share is not said
            part_slots, whole_slots = whole_slots, Slots()
        elif whole_slots.empty and part_slots.issuers and whole_slots.issuers:
            return self._share_of_issuer(part_slots, whole_slots)
        asks = next((t for t in second if not t.has("break")), None)
        named = not read_slots(second, self.concepts).empty
        turned = named and asks is not None and asks.text in word_group("turns_share")
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

    def _across_tables(self, tokens: tuple[Token, ...]) -> bool:
        """Of the refusals, how many went to court: rows that the form does not join."""
        rows = {k for t in tokens for k in t.keys("subject")}
        tables = {self.concepts.subject_by_key[k].table for k in rows}
        suits = rows & {"t4.litigation", "t4.direct", "t4.after"}
        return len(tables) > 1 or ("t4.reconsideration" in rows and bool(suits))

    def _of_outcome(self, tokens: tuple[Token, ...], at: int) -> Plan | Unresolved | None:
        """纠正的案件中复议占几成: one proceeding's part of an outcome of all proceedings."""
        rows = [
            i for i, t in enumerate(tokens) if any(k.startswith("t4.") for k in t.keys("subject"))
        ]
        outcomes = [
            i
            for i, t in enumerate(tokens)
            if any(s.role == "member" and s.table == "t4" for s in t.senses)
        ]
        if not rows or not outcomes or outcomes[0] > rows[0]:
            return None
        subjects = {k for i in rows for k in tokens[i].keys("subject")}
        members = {s.key for i in outcomes for s in tokens[i].senses if s.role == "member"}
        between = tokens[outcomes[0] + 1 : rows[0]]
        inside = any(t.has("inside") or t.text in word_group("share_verbs") for t in between)
        led = _leads_with_whole(tokens[:at]) and outcomes[0] < at < rows[0]
        if not (inside or led):
            return None
        if len(subjects) != 1 or len(members) != 1:
            return Unresolved("share-of-what")
        member = members.pop()
        return Plan(
            Operation.SHARE,
            (Operand(subjects.pop(), member),),
            whole=Operand("t4.reconsideration", member),
            more_whole=(Operand("t4.litigation", member),),
        )

    def _whole_of_part(self, share: Token, behind: tuple[Token, ...]) -> tuple[Slots, Slots] | None:
        """Percentage of the refusals that went to enterprises: the whole, a verb, the part.

        Percent granted out of the new requests: the part, then the whole.
        """
        for i, token in enumerate(behind):
            if token.text == "out of":
                part, whole = (read_slots(s, self.concepts) for s in (behind[:i], behind[i + 1 :]))
                return (whole, part) if whole.subjects and not part.empty else None
        if not share.text.endswith(" of"):
            return None
        for i, token in enumerate(behind):
            if token.text in word_group("share_verbs"):
                whole, part = (read_slots(s, self.concepts) for s in (behind[:i], behind[i + 1 :]))
                if whole.subjects and not part.empty:
                    return whole, part
        return None

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
        own = any(t.text in word_group("each_of_them") for t in tokens)
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
        tied = any(t.text in word_group("tied_to_last") for t in tokens)
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


_POINTING = word_group("points_back")
_AS_RATIO = word_group("as_ratio")
_ALL_OF = word_group("all_of")


def _of_all_outcomes(tokens: tuple[Token, ...]) -> bool:
    """复议纠正占全部纠正: an outcome named twice, the second time of all proceedings."""
    said = [t for t in tokens if t.text.strip() and not t.has("break")]
    named = [
        (i, s.key)
        for i, t in enumerate(said)
        for s in t.senses
        if s.role == "member" and s.table == "t4"
    ]
    if len(named) <= len({key for _, key in named}):
        return False
    last = named[-1][0]
    all_of = said[last - 1].text in _ALL_OF
    return all_of or any(t.has("inside") for t in said[last + 1 : last + 3])


def _among_several(tokens: tuple[Token, ...]) -> bool:
    """The share of granted among granted and refused, of upheld among direct suits."""
    at = next((i for i, t in enumerate(tokens) if t.text == "among"), None)
    if at is None:
        return False
    behind = [t for t in tokens[at + 1 :] if t.has("subject", "member")]
    rows = {k for t in behind for k in t.keys("subject")}
    suits = any(k.startswith("t4.") for k in rows)
    joined = any(t.has("and") for t in tokens[at + 1 :]) and len(behind) > 1
    return suits or joined or len(rows) > 1


def _as_ratio(tokens: tuple[Token, ...], at: int) -> bool:
    """予以公开和不予公开的比例: so many to so many, and no share of anything."""
    if tokens[at].text not in _AS_RATIO or any(t.text.startswith("占") for t in tokens):
        return False
    for run in (tokens[:at], tokens[at + 1 :]):
        named = [t for t in run if t.has("subject", "member", "and")]
        for a, b, c in zip(named, named[1:], named[2:], strict=False):
            if b.has("and") and not a.has("and") and not c.has("and"):
                return True
    return False


def _leads_with_whole(tokens: tuple[Token, ...]) -> bool:
    """Of the natural persons' requests, what share …: the whole is named first."""
    return bool(tokens) and tokens[0].text in word_group("whole_first")


def _of_what_was_asked(tokens: tuple[Token, ...]) -> bool:
    at = first_index(tokens, "share") or 0
    return any(t.text in word_group("what_was_asked") for t in tokens[at:])


def _only_subjects(slots: Slots) -> Slots:
    return Slots(subjects=slots.subjects)
