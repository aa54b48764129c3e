"""Groups of questions that ask for the same figure in other words: every member must say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from eval.judge import Outcome
from eval.run import CaseResult


@dataclass(frozen=True, slots=True)
class Groups:
    """How many groups there are, how many are right as a whole, and which say two different things."""

    count: int
    whole: int
    at_odds: tuple[str, ...]

    def to_text(self) -> str:
        """One line for the report."""
        odds = f": {', '.join(self.at_odds)}" if self.at_odds else ""
        return (
            f"groups {self.count} · all members right {self.whole} · "
            f"with two different figures {len(self.at_odds)}{odds}"
        )


def group_results(results: Sequence[CaseResult]) -> Groups | None:
    """The groups of a run's cases; None where no case belongs to one."""
    groups: dict[str, list[CaseResult]] = {}
    for result in results:
        if result.case.group:
            groups.setdefault(result.case.group, []).append(result)
    if not groups:
        return None
    whole = sum(all(r.outcome is Outcome.RIGHT for r in g) for g in groups.values())
    at_odds = tuple(
        name for name, g in groups.items() if len({_said(r) for r in g if r.values}) > 1
    )
    return Groups(len(groups), whole, at_odds)


#: kinds are counted in the word of the question
_KINDS = {"种", "类", "个", "条"}


def _said(result: CaseResult) -> tuple[tuple[Decimal, str], ...]:
    """The figures of an answer, whatever their order; a fall of 5 is said as 5 or as −5."""
    units = [str(v.get("unit") or "") for v in result.values]
    plain = ["项" if unit in _KINDS else unit for unit in units]
    return tuple(sorted((_size(v), unit) for v, unit in zip(result.values, plain, strict=True)))


def _size(value: dict[str, Any]) -> Decimal:
    return abs(Decimal(value["value"])) if value["value"] else Decimal(0)
