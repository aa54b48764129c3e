"""For whom and for when: the issuers and years of an ask, from its words, its context, the store."""

from __future__ import annotations

from dataclasses import dataclass

from index.plan.catalogue import Catalogue
from index.plan.plan import Understanding


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports to answer from, as (issuer, year) pairs in the order asked.

    `assumed` tells that the year was not named; `problem` is why there are no pairs.
    """

    issuers: tuple[str, ...]
    years: tuple[int, ...]
    assumed_year: bool = False
    problem: str | None = None
    missing_years: tuple[int, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, int], ...]:
        """Every issuer in every year."""
        return tuple((i, y) for i in self.issuers for y in self.years)


def resolve(
    asked: Understanding,
    catalogue: Catalogue,
    context: Scope | None,
    *,
    last_year: bool = False,
    next_year: bool = False,
) -> Scope:
    """Fill in what the ask does not say.

    No issuer: the one before, else the only one there is, else it must be asked back. No year: the
    one before, else the newest that the issuer has, which the answer names.
    """
    issuers = asked.issuers or (context.issuers if context else ()) or catalogue.issuers
    if not issuers:
        return Scope((), (), problem="empty-store")
    if len(issuers) > 1 and not asked.issuers and not (context and context.issuers):
        return Scope((), asked.years, problem="which-issuer")
    years = asked.years
    if asked.all_years and not years:
        years = tuple(sorted({y for i in issuers for y in catalogue.years(i)}))
    assumed = False
    if not years and context and context.years:
        years = context.years
        if last_year:
            years = tuple(y - 1 for y in years)
        if next_year:
            years = tuple(y + 1 for y in years)
    elif not years:
        newest = [ys[-1] for i in issuers if (ys := catalogue.years(i))]
        years = (min(newest),) if newest else ()
        assumed = len({y for i in issuers for y in catalogue.years(i)}) > 1
        if last_year:
            # the year before which? the store's newest report is not this year
            return Scope(issuers, (), problem="which-year")
    absent = tuple(y for y in years if any((i, y) not in catalogue.reports for i in issuers))
    if absent:
        return Scope(issuers, years, assumed, "no-report", absent)
    return Scope(issuers, years, assumed)
