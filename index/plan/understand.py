"""From the tokens of one ask to a plan: which figures, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from index.plan.both import plan_of_both, without_names
from index.plan.carried import Carried, carried_years, with_carried_years
from index.plan.cuts import cut_at_asks
from index.plan.lexicon import Lexicon, Token
from index.plan.listed import either_or, listed, other_reading, takes_away, trend_plan
from index.plan.objections import objection
from index.plan.operations import OperationPlanner, names_kinds
from index.plan.order import kin_of, recent_years
from index.plan.plan import Operand, Operation, Plan, Understanding
from index.plan.rewrites import (
    with_arithmetic,
    with_comparing_bounds,
    with_items_change,
    with_stated_share,
    with_whole_names,
    without_counting_share,
    without_exceptions,
    without_names_said_again,
    without_natural_persons,
)
from index.plan.shares import SharePlanner
from index.plan.signals import (
    WHYS,
    asked_to_fall,
    asks_fresh,
    asks_number,
    asks_smaller,
    asks_text,
    blocked,
    changes_over_years,
    counts_applicants,
    counts_items,
    counts_kinds,
    divisor,
    elsewhere,
    first_index,
    inner_places,
    kind_word,
    leans_on_context,
    left_open,
    orders,
    ranks,
    ratio_split,
    said_once,
    spelled_out,
    summands,
    times_more,
    two_rates,
    whose,
    widens,
)
from index.plan.slots import Slots, Unresolved, operands, read_slots, slots_of
from index.plan.units import asked_unit, claims_in, stray_units, unit_fits
from index.plan.when import (
    each_its_own,
    stated_pairs,
    than_year,
    with_short_years,
    without_inner_years,
    years_of,
)
from index.plan.words import word_group
from ingest.words import Concepts

_PERCENTS = word_group("percents")
#: a number of projects and an amount of money
_UNLIKE = {"projects", "amount"}


@dataclass(frozen=True)
class Planner:
    """Understands asks with one lexicon."""

    lexicon: Lexicon
    concepts: Concepts

    @property
    def _operations(self) -> OperationPlanner:
        return OperationPlanner(self.concepts)

    def asks(self, question: str) -> list[tuple[Token, ...]]:
        """The tokens of a question, cut into its asks.

        A full stop or question mark cuts where both sides ask something; so does a comma where both
        sides have a question word of their own.
        """
        return cut_at_asks(self.lexicon.cut(question))

    def understand(
        self, tokens: tuple[Token, ...], context: Understanding | None = None
    ) -> Understanding:
        """What one ask means; what it leaves open is taken from `context`, the ask before."""
        tokens = with_whole_names(tokens, self.lexicon.names, alone=context is None)
        tokens = without_natural_persons(with_short_years(tokens))
        tokens = without_names_said_again(tokens)
        unknown = (
            *(t.text for t in tokens if not t.explained),
            *whose(tokens),
            *stray_units(tokens),
        )
        carried = carried_years(tokens)
        if isinstance(carried, Carried):
            tokens = with_carried_years(tokens, carried)
        tokens = without_inner_years(tokens)
        tokens, left_out = without_exceptions(tokens)
        tokens = with_arithmetic(tokens)
        tokens = with_comparing_bounds(without_counting_share(tokens), self.concepts)
        tokens = with_items_change(tokens, self.concepts)
        tokens = with_stated_share(tokens, self.concepts)
        here = read_slots(tokens, self.concepts)
        unknown = (*unknown, *inner_places(tokens, here.issuers), *left_open(tokens, here))
        text = "".join(t.text for t in tokens)
        growth = any(t.has("growth") for t in tokens)
        pairs = stated_pairs(tokens)
        changes = growth or than_year(tokens) or changes_over_years(tokens, here)
        years, against = (here.years, None) if pairs else years_of(tokens, here.years, changes)
        base = Understanding(
            text=text,
            issuers=here.issuers,
            years=years,
            unknown=unknown,
            number=asks_number(tokens),
            growth=growth,
            share=any(t.has("share") and not t.has("percent") for t in tokens)
            or (any(t.has("share") for t in tokens) and not (growth or than_year(tokens))),
            unit=asked_unit(tokens),
            concepts=here.subjects,
            yes_no=any(t.has("ask_yes_no") for t in tokens),
            elsewhere=elsewhere(tokens),
            all_years=any(t.has("all_years", "over_years", "trend") for t in tokens),
            recent=recent_years(tokens),
            kin=kin_of(tokens),
            pairs=pairs,
        )
        if unknown:
            return replace(base, reason="unknown-words")
        if carried == "unclear":
            return replace(base, reason="unclear")
        verifies = base.yes_no and bool(claims_in(tokens))
        if asks_text(tokens) and not base.number and not ranks(tokens) and not verifies:
            return replace(base, reason="asks-text", premise=self._premise(tokens, here, against))
        why_not = blocked(tokens)
        if why_not is not None:
            return replace(base, reason=why_not)
        before = slots_of(context) if leans_on_context(tokens, here) else None
        if not here.subjects and before is None and counts_applicants(tokens):
            return replace(base, reason="unit")
        if context is not None and widens(tokens):
            return replace(base, reason="unclear")
        plan = self._plan(tokens, here, before, base, against)
        if not isinstance(plan, Unresolved) and not plan.operands:
            plan = Unresolved("no-row")
        if not isinstance(plan, Unresolved) and takes_away(plan, left_out, self.concepts):
            plan = Unresolved("except")
        if isinstance(plan, Unresolved):
            return replace(base, reason=plan.reason)
        plan = replace(plan, issuers=here.issuers, years=years)
        plan = replace(plan, operands=each_its_own(tokens, plan.operands))
        objected = objection(tokens, plan, here, slots_of(context), self.concepts)
        if objected is not None:
            return replace(base, reason=objected)
        if counts_items(tokens, plan):
            return replace(base, reason="unclear")
        if not unit_fits(base.unit, plan, tokens):
            return replace(base, reason="unit")
        fresh = asks_fresh(tokens)
        instead = carried.otherwise if isinstance(carried, Carried) else None
        plan = replace(plan, unit=base.unit, fresh=fresh, instead=instead)
        if plan.operation is Operation.COMPARE:
            plan = replace(plan, least=asks_smaller(tokens))
        if plan.operation is Operation.LOOKUP and len(plan.operands) == 1:
            plan = replace(plan, reading=other_reading(tokens, plan.operands[0], self.concepts))
        return replace(base, plan=plan)

    def _premise(self, tokens: tuple[Token, ...], here: Slots, against: int | None) -> Plan | None:
        """What a why takes for granted of a figure: that it rose, that it fell, that there is none."""
        if not any(t.text in WHYS for t in tokens):
            return None
        found = operands(here, self.concepts)
        if isinstance(found, Unresolved) or len(found) != 1:
            return None
        if any(t.has("zero", "negation") for t in tokens):
            return Plan(Operation.VERIFY, found, claims=(Decimal(0),))
        falls = asked_to_fall(tokens)
        if falls is None:
            return None
        return Plan(Operation.GROWTH, found, against=against, falls=falls)

    def of_both(
        self,
        tokens: tuple[Token, ...],
        meant: Understanding,
        both: tuple[Operand, ...],
        *,
        ordered: bool = False,
    ) -> Understanding | None:
        """An ask about two figures, with a plan of them; None where it is none.

        `ordered`: the ask names the second itself, and holds the first against it.
        """
        if meant.unknown or blocked(tokens) is not None:
            return None
        asked = without_names(tokens) if ordered else tokens
        here = read_slots(asked, self.concepts)
        made = plan_of_both(asked, here, both, self.concepts, ordered=ordered)
        if made is None:
            return None
        plain = replace(meant, plan=made, reason=None, number=True)
        return replace(plain, issuers=(), years=()) if ordered else plain

    def _plan(
        self,
        tokens: tuple[Token, ...],
        here: Slots,
        before: Slots | None,
        base: Understanding,
        against: int | None,
    ) -> Plan | Unresolved:
        claims = claims_in(tokens)
        balanced = self._operations.balance(tokens, here, before)
        if balanced is not None:
            return balanced
        if two_rates(tokens):
            return Unresolved("share-compared")
        if orders(tokens):
            return self._operations.rank(tokens, here, before)
        if any(t.has("top", "nth") for t in tokens):
            return Unresolved("place-in-order")
        zero = counts_kinds(tokens)
        if zero is not None and not base.yes_no:
            counted = self._operations.count(tokens, here, before, zero)
            if isinstance(counted, Unresolved):
                return counted
            return replace(counted, kind=kind_word(tokens))
        wider = any(t.has("sum", "add", "quantifier", "whole_area") for t in tokens)
        if wider and here.empty and before is not None:
            return Unresolved("unclear")
        if (
            base.share
            and base.growth
            and any(t.text not in _PERCENTS for t in tokens if t.has("share"))
        ):
            return Unresolved("share-compared")
        if base.share and len(here.issuers) > 1 and any(t.has("sum", "add") for t in tokens):
            return Unresolved("share-of-what")
        by_percent = any(t.has("percent") for t in tokens) and any(
            t.has("compare_ask", "more", "less") for t in tokens
        )
        if by_percent and not base.growth and not than_year(tokens):
            return Unresolved("share-compared")
        compares = any(t.has("than", "more", "less", "difference") for t in tokens)
        if base.share and compares and any(t.has("share") and not t.has("percent") for t in tokens):
            return Unresolved("share-compared")
        if any(t.has("trend") for t in tokens) and base.share:
            return Unresolved("share-compared")
        if any(t.has("trend") for t in tokens):
            return trend_plan(here, before, self.concepts)
        if base.pairs:
            return self._operations.paired(tokens, here, share=base.share, growth=base.growth)
        apart = first_index(tokens, "than")
        if base.growth and apart is not None and not than_year(tokens):
            sides = (
                read_slots(tokens[:apart], self.concepts),
                read_slots(tokens[apart + 1 :], self.concepts),
            )
            if all(side.subjects or side.members for side in sides):
                made = self._operations.two(tokens, apart, here, before, Operation.DIFFERENCE)
                falls = asked_to_fall(tokens)
                if isinstance(made, Unresolved):
                    return made
                return replace(made, signed=bool(falls), directed=falls is not None)
        if against is not None and not base.growth and not than_year(tokens):
            return self._operations.growth(tokens, here, before, against)  # 20到21年多了多少
        if base.growth:
            if base.all_years or base.recent:
                return Unresolved("growth-of-what")
            return self._operations.growth(tokens, here, before, against)
        if than_year(tokens):
            if len(here.years) == 2 and base.yes_no:
                return self._operations.two(tokens, len(tokens), here, before, Operation.COMPARE)
            counted = self._operations.growth(tokens, here, before, against)
            if isinstance(counted, Unresolved):
                return counted
            percent = any(t.has("percent") for t in tokens)
            return replace(counted, percent=percent)
        if base.share:
            return SharePlanner(self.concepts).plan(tokens, here, before, claims)
        if times_more(tokens):
            return Unresolved("unclear")
        cut = first_index(tokens, "ratio")
        if cut is not None:
            at = cut if tokens[cut].text in ("÷", "除以") else ratio_split(tokens, cut)
            return self._operations.two(tokens, at, here, before, Operation.RATIO)
        than = first_index(tokens, "than")
        if than is not None and any(
            t.has("more", "less", "compare_ask", "difference") for t in tokens
        ):
            operation = Operation.DIFFERENCE
            which = any(t.has("over_years", "which_kind", "list") for t in tokens)
            if not any(t.has("more", "less", "difference") for t in tokens) and (
                base.yes_no or which or not base.number
            ):
                operation = Operation.COMPARE
            made = self._operations.two(tokens, than, here, before, operation)
            signed = any(t.has("less") for t in tokens)
            if isinstance(made, Unresolved):
                return made
            directed = any(t.has("more", "less") for t in tokens)
            return replace(made, signed=signed, directed=directed)
        minus = first_index(tokens, "minus")
        if sum(t.has("minus") for t in tokens) > 1:
            return Unresolved("sum-of-what")
        if any(t.has("average") for t in tokens) and any(
            t.has("difference", "more", "less") for t in tokens
        ):
            return Unresolved("average-of-what")
        if minus is not None and not read_slots(tokens[:minus], self.concepts).empty:
            return self._operations.two(tokens, minus, here, before, Operation.DIFFERENCE)
        if any(t.has("difference") for t in tokens):
            found = listed(here, before, self.concepts)
            if isinstance(found, Unresolved):
                return found
            return Plan(Operation.DIFFERENCE, found)
        either = either_or(tokens, self.concepts)
        if either is not None:
            return self._operations.two(tokens, either, here, before, Operation.COMPARE)
        found = listed(here, before, self.concepts)
        if isinstance(found, Unresolved):
            return found
        ranked = any(t.has("rank_members") for t in tokens) and len(here.issuers) < 2
        if ranked and any(t.has("list") for t in tokens):
            return self._operations.over_members(found)
        if any(t.has("average", "per_month", "per_day", "per_quarter", "per_year") for t in tokens):
            by_item = self._operations.per_item(tokens, found)
            if by_item is not None:
                return by_item
            parts = divisor(tokens)
            several = len(here.years) > 1 or base.all_years or base.recent is not None
            if any(t.has("per_year") for t in tokens) and several and len(found) == 1:
                return Plan(Operation.AVERAGE, found, across_years=True)
            if parts is None:
                return Unresolved("average-of-what")
            return Plan(Operation.AVERAGE, found, divisor=parts)
        years = len(here.years) > 1 or base.all_years or base.recent is not None
        each = any(t.has("list") for t in tokens)
        kinds = self.concepts.subject_by_key[found[0].subject].kinds
        summed = any(t.has("add") for t in tokens)
        if each and not summed and len(found) == 1 and kinds and names_kinds(tokens):
            # 无法提供的三种情形分别多少
            return Plan(Operation.LIST, tuple(replace(found[0], subject=k) for k in kinds))
        several = len(found) > 1 or len(here.issuers) > 1 or years
        if each and before is not None and not (here.years or here.issuers):
            several = several or len(before.years) > 1 or len(before.issuers) > 1
        adds = any(t.has("add", "plus") for t in tokens)
        whole = len(found) == 1 and len(self.concepts.leaves(found[0].subject, found[0].member)) > 1
        if whole and years and spelled_out(tokens, found[0], self.concepts):
            adds = False  # 直接起诉加复议后起诉，2022、2023年各多少: the rows are added up, not the years
        if (
            adds
            and not whole
            and not said_once(tokens, self.concepts)
            and (not several or summands(tokens, self.concepts) not in (0, 1, len(found)))
        ):
            return Unresolved("sum-of-what")
        if not any(t.has("add") for t in tokens) and {o.member for o in found} == _UNLIKE:
            each, adds = True, False  # 项目数+金额: nobody adds them up
        if several and not each and (adds or any(t.has("sum") for t in tokens)):
            return Plan(Operation.SUM, found)
        if len(found) == 1 and any(t.has("compare_ask") for t in tokens):
            inner = self.concepts.subject_by_key[found[0].subject].parts
            if not several and len(inner) == 2:  # 予以公开和部分公开哪个多
                return Plan(Operation.COMPARE, tuple(replace(found[0], subject=p) for p in inner))
        if not several and any(t.has("compare_ask") for t in tokens):
            return Unresolved("compared-with-what")
        if several and any(t.has("compare_ask") for t in tokens):
            return Plan(Operation.COMPARE, found)
        if base.yes_no and len(found) == 2 and not claims:
            return Plan(Operation.COMPARE, found)  # …跟…对得上吗
        if any(t.has("nonzero") for t in tokens):
            return Unresolved("unclear")
        if any(t.has("more", "less") for t in tokens):
            return Unresolved("compared-with-what")  # 多了多少, and nothing that it is held against
        if claims and not base.yes_no:
            return Unresolved("unknown-words")
        if years and len(found) == 1 and len(here.issuers) < 2 and not each:
            return Plan(Operation.TREND, found)
        if each and not several and not base.pairs:
            return Unresolved("several-rows")  # 项目数和金额分别多少: one of them is not known
        if len(claims) == 1 and not several:
            return Plan(Operation.VERIFY, found, claims=claims)
        if any(t.has("ask_exists") for t in tokens) and not several:
            return Plan(Operation.EXISTS, found)
        return Plan(Operation.LIST if several else Operation.LOOKUP, found)
