"""The asks of a question, each with what it takes from the ones before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from index.answer import Question
from index.ask import AS_THEY_STAND, Ask
from index.askwords import (
    LIMITS,
    asks_applications,
    asks_nothing,
    elliptic_member,
    grows,
    limits,
    of_a_kind,
    operates,
    own_words,
)
from index.plan.both import other_figure, points_at_both
from index.plan.carried import Carried, carried_years
from index.plan.catalogue import Catalogue
from index.plan.cuts import bare
from index.plan.lexicon import Token
from index.plan.objections import loses_operation
from index.plan.plan import Operand, Operation, Plan, Understanding
from index.plan.scope import Scope, resolve
from index.plan.signals import names_new, ranks
from index.plan.understand import Planner
from index.plan.words import word_group
from index.retrieve.focus import focus_of, followed
from index.store.store import Store

#: what a bare 企业呢 asks again of another figure
_REPEATED = (Operation.SHARE, Operation.AVERAGE, Operation.GROWTH)
_JOINS = word_group("joins_to_last")
_POINTS = word_group("points_at_one")
_LONGEST_FOCUS = 2000  # letters; a question of a thousand asks must not grow without end
_MOST_TURNS = 12  # earlier turns than these are not read


@dataclass(frozen=True)
class AskReader:
    """Reads questions into asks, for the reports of one catalogue."""

    store: Store
    catalogue: Catalogue
    planner: Planner

    def context(self, question: Question) -> Ask | None:
        """The last ask of the user's earlier turns, itself understood in its own context."""
        ask: Ask | None = None
        for turn in [t for t in question.dialogue if t.role == "user"][-_MOST_TURNS:]:
            asks = self.read(turn.content, ask)
            if asks:
                ask = asks[-1]
        return ask

    def read(self, text: str, context: Ask | None) -> list[Ask]:
        """The asks of a text in their order, each understood after the one before; `context` is the last ask of
        the turn before.
        """
        out: list[Ask] = []
        before = context
        for tokens in self.planner.asks(text):
            meant = self.planner.understand(tokens, before.meant if before else None)
            held = self._two(tokens, meant, before)
            if held is None and before is not None and _of_three(before) and ranks(tokens):
                if not own_words(tokens):  # 哪个最多: of three figures that were asked for
                    meant = replace(meant, plan=None, reason="unclear")
            if held is not None:
                before = held
                out.append(before)
                continue
            if before is not None and _lost_in_talk(tokens, meant, before):
                meant = replace(meant, plan=None, reason="unclear")
                scope = Scope(before.scope.issuers, before.scope.years)
                before = Ask(tokens, meant, scope, focus_of(tokens), True, False, before)
                out.append(before)
                continue
            if before is not None:
                meant = (
                    self._in_talk(tokens, meant, before) if not out else _together(meant, before)
                )
            plan = meant.plan
            fresh = meant.unknown or meant.reason in LIMITS
            if before is not None and not fresh and out == [] and not operates(tokens):
                # 那宿迁呢, 前一年呢: nothing new is named, so the operation before is meant too
                old = before.meant.plan
                if old is not None and not own_words(tokens) and not asks_applications(tokens, old):
                    plan = replace(old, issuers=meant.issuers, years=meant.years)
                    meant = replace(meant, plan=plan, number=True)
            if before is not None and plan is not None and not operates(tokens):
                # 自然人占几成？企业呢: the same is asked of another figure
                old = before.meant.plan
                again = old is not None and old.operation in _REPEATED
                if again and old is not None and asks_nothing(tokens, meant):
                    plan = _asked_again(old, plan)
                    meant = replace(meant, plan=plan, number=True)
            scope = resolve(
                meant,
                self.catalogue,
                before.scope if before else None,
                last_year=any(t.has("last_year") for t in tokens)
                and not grows(meant)
                and not any(t.has("than") for t in tokens),
                next_year=any(t.has("next_year") for t in tokens),
            )
            if out and before is not None:
                meant, scope = _both_years(tokens, meant, scope, before)
            meant, scope = _from_first_to_last(meant, scope)
            meant, scope = self._from_other_report(meant, scope)
            # the asks of one question are about one thing: 杨浦区召开…，收回…
            earlier = out[-1].focus.text if out else ""
            own = bool(meant.issuers) and own_words(tokens)
            inherited = before.focus if before and not own and (out or not meant.plan) else None
            focus = focus_of(tokens, inherited, self._occurs_in(scope))
            if before is not None and not out and meant.unknown and asks_nothing(tokens, meant):
                # 那泗洪县呢: what was asked before is asked of something else
                was = before.meant
                meant = replace(
                    meant, number=was.number, unit=was.unit, growth=was.growth, share=was.share
                )
                focus = followed(focus, before.focus)
            if earlier and earlier not in focus.text:  # what it inherits holds it already
                focus = replace(focus, text=f"{earlier} {focus.text}"[-_LONGEST_FOCUS:])
            named = bool(meant.issuers) and own_words(tokens)
            # 个人呢 behind an ask that named no figure: of what, is not told
            on_prose = before is not None and before.meant.plan is None and elliptic_member(tokens)
            leans = before is not None and not named and (before.restricted or on_prose)
            if before is not None and before.meant.plan and meant.unknown and not named:
                counted = self._counted(before.meant.plan, before.tokens)
                focus = replace(focus, concepts=(*focus.concepts, *counted))
            limited = limits(tokens, meant, focus) or of_a_kind(
                tokens, meant, before.meant.plan if before else None
            )
            before = Ask(tokens, meant, scope, focus, limited or leans, leans, before)
            out.append(before)
        return out

    def _in_talk(
        self, tokens: tuple[Token, ...], meant: Understanding, before: Ask
    ) -> Understanding:
        """A follow-up without its plan where it would lose what was done with the figures before."""
        old, plan = before.meant.plan, meant.plan
        if old is not None and old.operation is Operation.GROWTH and not own_words(tokens):
            if any(t.has("percent", "share") for t in tokens):  # 多几件？百分之几
                return replace(meant, plan=replace(old, percent=True), reason=None, number=True)
        if old is None or plan is None:
            return meant
        meant = _together(meant, before)
        plan = meant.plan or plan
        if old.operation is Operation.SUM and any(t.has("add", "sum") for t in tokens):
            if plan.operation in AS_THEY_STAND and not meant.issuers:
                return replace(meant, plan=replace(old, operands=plan.operands))
        parts = {o.member for o in old.operands}
        row = self.planner.concepts.subject_by_key[plan.operands[0].subject]
        of_all = {o.member for o in plan.operands} == {row.default}
        if plan.operation is Operation.SHARE and of_all and parts != {row.default}:
            if any(t.has("subject") for t in tokens) and row.table == "t3" and not meant.issuers:
                return replace(meant, plan=None, reason="share-of-what")  # of theirs, or of all?
        if operates(tokens) or not own_words(tokens):
            return meant
        points = any(t.text in _POINTS for t in tokens)
        if old.operation in (Operation.RANK, Operation.COMPARE) and points:
            return replace(meant, plan=None, reason="unclear")  # 它: the one that won
        if loses_operation(old.operation) and asks_nothing(tokens, meant):
            return replace(meant, plan=None, reason="unclear")
        new = self.planner.concepts.subject_by_key[plan.operands[0].subject]
        if old.operation is Operation.SHARE and old.whole is not None and old.whole.subject not in (
            new.whole, new.key, old.operands[0].subject
        ):  # fmt: skip
            return replace(meant, plan=None, reason="share-of-what")
        return meant

    def _two(
        self, tokens: tuple[Token, ...], meant: Understanding, before: Ask | None
    ) -> Ask | None:
        """The ask, where it is about two figures that were asked for before; else None."""
        if before is None:
            return None
        if len(before.figures) == 1:
            last = before.figures[0]
            other = other_figure(tokens, last, self.planner.concepts)
            if other is not None:
                pair = (last, other)
                about = self.planner.of_both(tokens, meant, pair, ordered=True)
                if about is not None:
                    return self._of_both(tokens, about, pair, before)
        joined = self._joined(tokens, meant, before)
        if joined is not None:
            return joined
        both = _both(before)
        if _of_three(before) and not points_at_both(tokens):
            return None  # of three figures: which two, is not told
        if both and (about := self.planner.of_both(tokens, meant, both)) is not None:
            return self._of_both(tokens, about, both, before)
        return None

    def _joined(self, tokens: tuple[Token, ...], meant: Understanding, before: Ask) -> Ask | None:
        """加上无法提供呢, 减去国家秘密: the figure before with one that is named now.

        None where the ask is no such one.
        """
        first = _first_said(tokens)
        if first is None or before.meant.plan is None or meant.unknown:
            return None
        sums = any(t.has("add", "sum") for t in tokens)
        and_it = first.has("and") and not first.text.isascii()  # English begins asks with and
        adds = first.has("plus") or first.text in _JOINS or (and_it and sums)
        takes = first.has("minus") or first.has("except")
        if not (adds or takes) or not own_words(tokens):
            return None
        rest = tuple(t for t in tokens if t is not first and not t.has("add", "sum"))
        plan = meant.plan or self.planner.understand(rest, before.meant).plan
        if plan is None:
            return None
        single = (Operation.LOOKUP, Operation.SUM)
        if plan.operation not in single or len(plan.operands) != 1 or len(before.figures) != 1:
            return None
        last = before.figures[0]
        scoped = meant.issuers or meant.years
        if scoped and (and_it or len(meant.issuers) > 1 or len(meant.years) > 1):
            return None  # 和上海市2023年…总计多少: a question of its own
        issuer = meant.issuers[0] if meant.issuers else last.issuer
        year = meant.years[0] if meant.years else last.year
        new = replace(plan.operands[0], issuer=issuer, year=year)
        operation = Operation.DIFFERENCE if takes else Operation.SUM
        made = replace(plan, operation=operation, operands=(last, new), directed=False, reading=())
        about = replace(meant, plan=made, number=True, issuers=(), years=())
        return self._of_both(tokens, about, (last, new), before)

    def _of_both(
        self,
        tokens: tuple[Token, ...],
        meant: Understanding,
        both: tuple[Operand, ...],
        before: Ask | None,
    ) -> Ask:
        """An ask about the two figures that were asked for last: 差多少, 前者是后者的几倍."""
        issuers = meant.issuers or tuple(dict.fromkeys(str(o.issuer) for o in both))
        years = meant.years or tuple(dict.fromkeys(o.year for o in both if o.year is not None))
        given = () if meant.issuers or meant.years else tuple(
            dict.fromkeys((str(o.issuer), o.year) for o in both if o.year is not None)
        )  # fmt: skip
        pairs = given or tuple((i, y) for i in issuers for y in years)
        absent = tuple(dict.fromkeys(y for i, y in pairs if (i, y) not in self.catalogue.reports))
        problem = "no-report" if absent else None
        scope = Scope(issuers, years, False, problem, absent, given)
        restricted = before is not None and before.restricted
        return Ask(tokens, meant, scope, focus_of(tokens), restricted, restricted, before)

    def _from_other_report(self, meant: Understanding, scope: Scope) -> tuple[Understanding, Scope]:
        """2022年拖到23年: where only the report of 2023 is there, what was carried into it."""
        plan = meant.plan
        if plan is None or plan.instead is None or scope.problem != "no-report":
            return meant, scope
        subject, year = plan.instead
        there = all((i, year) in self.catalogue.reports for i in scope.issuers)
        if plan.operation is not Operation.LOOKUP or not scope.issuers or not there:
            return meant, scope
        operands = tuple(replace(o, subject=subject) for o in plan.operands)
        plan = replace(plan, operands=operands, years=(year,))
        meant = replace(meant, plan=plan, years=(year,), concepts=(subject,))
        return meant, Scope(scope.issuers, (year,))

    def _counted(self, plan: Plan, tokens: tuple[Token, ...]) -> tuple[str, ...]:
        """What the ask before counted, as prose would have to say it beside another figure of it."""
        subject = plan.operands[0].subject
        if subject == "t3.received" and names_new(tokens):
            return ("新收",)
        if subject in ("t3.received", "t3.handled"):
            return ("申请",)
        return (self.planner.concepts.subject_by_key[subject].name,)

    def _occurs_in(self, scope: Scope) -> Callable[[str], bool]:
        @cache
        def ids() -> list[str]:  # not before they are asked for: there may be thousands
            pairs = scope.pairs or tuple(self.catalogue.reports)
            return [r.id for pair in pairs for r in self.catalogue.reports.get(pair, ())]

        return lambda word: self.store.occurs(word, ids())


def _first_said(tokens: tuple[Token, ...]) -> Token | None:
    """The first word that says something: 减去 of 再减去."""
    steps = ("plus", "minus", "except", "and", "subject", "member")
    said = (t for t in tokens if not t.has("break") and (not t.has("filler") or t.has(*steps)))
    return next(said, None)


def _lost_in_talk(tokens: tuple[Token, ...], meant: Understanding, before: Ask) -> bool:
    """Whether a follow-up is about a sum, a difference or a carrying over that it would lose."""
    old = before.meant.plan
    first = _first_said(tokens)
    if old is None or first is None or meant.unknown:
        return False
    steps = first.has("plus", "minus", "except") or first.text in _JOINS
    if steps:
        return True  # what can be added to or taken from the figure before was joined already
    bound = any(o.issuer is not None or o.year is not None for o in old.operands)
    made = bound and old.operation in (Operation.SUM, Operation.DIFFERENCE)
    if made and not (meant.issuers and own_words(tokens)):
        plain = meant.plan is not None and meant.plan.operation in AS_THEY_STAND
        tied = any(t.has("inside") or t.text in _POINTS for t in tokens)
        return not plain or tied or not any(t.has("subject") for t in tokens)
    carried = isinstance(carried_years(before.tokens), Carried)
    dated = any(t.has("year", "last_year", "next_year") for t in tokens)
    if carried and dated and not own_words(tokens):
        return True  # 2022年结转到2023年多少？2024年呢
    plan = meant.plan
    shares = plan is not None and plan.operation is Operation.SHARE and len(plan.operands) == 1
    return shares and points_at_both(tokens) and len(_both(before)) == 2


def _both_years(
    tokens: tuple[Token, ...], meant: Understanding, scope: Scope, before: Ask
) -> tuple[Understanding, Scope]:
    """比22年多了百分之几？两年各是多少: the two figures that the growth is between."""
    old = before.meant.plan
    if old is None or old.operation is not Operation.GROWTH or len(before.scope.pairs) != 1:
        return meant, scope
    listed = bare(list(tokens), "years_count") and any(t.has("list", "years_count") for t in tokens)
    if not listed or meant.years or meant.issuers:
        return meant, scope
    issuer, year = before.scope.pairs[0]
    earlier = old.against if old.against is not None else year - 1
    given = ((issuer, earlier), (issuer, year))
    plan = Plan(Operation.LIST, old.operands, issuers=(issuer,), years=(earlier, year))
    meant = replace(meant, plan=plan, reason=None, number=True)
    return meant, Scope((issuer,), (earlier, year), given=given)


def _together(meant: Understanding, before: Ask) -> Understanding:
    """予以公开＋部分公开共几件，占办结总数多少: what was added up has one share."""
    old, plan = before.meant.plan, meant.plan
    if old is None or plan is None or old.operation is not Operation.SUM:
        return meant
    if plan.operation is not Operation.SHARE or plan.operands != old.operands:
        return meant
    return replace(meant, plan=replace(plan, together=True))


def _from_first_to_last(meant: Understanding, scope: Scope) -> tuple[Understanding, Scope]:
    """19年和22年各几件？涨了百分之几: the growth is from the first year to the last."""
    plan = meant.plan
    if plan is None or plan.operation is not Operation.GROWTH or plan.against is not None:
        return meant, scope
    if meant.years or len(scope.years) != 2 or len(scope.issuers) != 1 or scope.given:
        return meant, scope
    first, last = sorted(scope.years)
    return replace(meant, plan=replace(plan, against=first)), replace(scope, years=(last,))


def _of_three(last: Ask) -> bool:
    """Whether the last three asks were for one figure each."""
    if last.before is not None and not own_words(last.tokens):
        if len(last.figures) == 2 and last.before.figures:
            return True  # 宿迁和示例市呢, behind that of another one
    asks = (last, last.before, last.before.before if last.before else None)
    return all(ask is not None and len(ask.figures) == 1 for ask in asks)


def _both(last: Ask) -> tuple[Operand, ...]:
    """The two figures of the last ask, or those of the last two asks, the earlier one first."""
    if len(last.figures) == 2:
        return last.figures
    if last.before is None or len(last.figures) != 1 or len(last.before.figures) != 1:
        return ()
    first, second = last.before.figures[0], last.figures[0]
    return () if first == second else (first, second)


def _asked_again(old: Plan, new: Plan) -> Plan:
    """The operation of `old` on the operands of `new`; a share of itself stays a share of itself."""
    whole = old.whole
    if whole is not None and whole.subject == old.operands[0].subject:
        whole = replace(whole, subject=new.operands[0].subject)
    return replace(old, operands=new.operands, whole=whole)
