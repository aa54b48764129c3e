"""A plan over tables, carried out: one function an operation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from index.draft import Draft
from index.plan.plan import Operation, Plan
from index.plan.scope import Scope
from index.tables.balance import balance
from index.tables.counts import exists, lookup, sum_up, verify
from index.tables.desk import Refused, TableDesk
from index.tables.ranks import compare, count, rank, trend
from index.tables.relations import average, difference, growth, ratio, share


@dataclass(frozen=True)
class TableAnswerer(TableDesk):
    """Carries out plans on one store, in one language."""

    def answer(self, plan: Plan, scope: Scope) -> Draft:
        """The draft for a plan; a plan that cannot be carried out gives an abstention."""
        try:
            draft = _OPERATIONS[plan.operation](self, plan, scope)
        except Refused as refused:
            draft = refused.draft
        return replace(draft, understood=self.understood(plan, scope))


_OPERATIONS: dict[Operation, Callable[[TableDesk, Plan, Scope], Draft]] = {
    Operation.LOOKUP: lookup,
    Operation.LIST: lookup,
    Operation.TREND: trend,
    Operation.SUM: sum_up,
    Operation.SHARE: share,
    Operation.DIFFERENCE: difference,
    Operation.RATIO: ratio,
    Operation.AVERAGE: average,
    Operation.GROWTH: growth,
    Operation.RANK: rank,
    Operation.COMPARE: compare,
    Operation.COUNT: count,
    Operation.VERIFY: verify,
    Operation.EXISTS: exists,
    Operation.BALANCE: balance,
}
