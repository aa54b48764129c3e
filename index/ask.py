"""One ask of a question, with everything that its answer needs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.plan.lexicon import Token
from index.plan.plan import Operand, Operation, Understanding
from index.plan.scope import Scope
from index.retrieve.focus import Focus

#: figures that a later ask may be about
AS_THEY_STAND = (Operation.LOOKUP, Operation.LIST, Operation.COMPARE, Operation.TREND)


@dataclass(frozen=True)
class Ask:
    """One ask with everything that its answer needs.

    `restricted`: it is limited to something that is no issuer of the store (a county, a quarter);
    `leans`: it takes its issuer or its figure from a restricted ask before it. `before` is the ask
    before it, whatever it takes from that.
    """

    tokens: tuple[Token, ...]
    meant: Understanding
    scope: Scope
    focus: Focus
    restricted: bool = False
    leans: bool = False
    before: Ask | None = None

    @property
    def figures(self) -> tuple[Operand, ...]:
        """The figures that were asked for as they stand, each with its issuer and year."""
        plan = self.meant.plan
        if plan is None or plan.operation not in AS_THEY_STAND or self.scope.problem is not None:
            return ()
        return tuple(
            replace(o, issuer=issuer, year=year)
            for o in plan.operands
            for issuer, year in self.scope.pairs
            if o.issuer in (None, issuer) and o.year in (None, year)
        )
