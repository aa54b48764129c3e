"""For whom and for when: the issuers and years of an ask, from its words, its context, the store."""

from __future__ import annotations

from dataclasses import dataclass

from index.plan.catalogue import Catalogue
from index.plan.plan import Understanding

#: more reports than these are not ranked in one answer
MOST_COMPARED = 200


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
    given: tuple[tuple[str, int], ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, int], ...]:
        """The pairs that are `given`, else every issuer in every year."""
        return self.given or tuple((i, y) for i in self.issuers for y in self.years)


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
    if asked.pairs:
        issuers = tuple(dict.fromkeys(i for i, _ in asked.pairs))
        years = tuple(dict.fromkeys(y for _, y in asked.pairs))
        absent = tuple(y for i, y in asked.pairs if (i, y) not in catalogue.reports)
        problem = "no-report" if absent else None
        return Scope(issuers, years, False, problem, absent, asked.pairs)
    if next_year and not (context and context.years):
        return Scope(asked.issuers, asked.years, problem="which-year")
    if asked.years and last_year:
        # 2023年…去年: the year named, or the one before it? nobody can tell
        return Scope(asked.issuers, asked.years, problem="which-year")
    if asked.kin is not None and not asked.issuers:
        return _kin(asked.kin, asked.years, catalogue)
    issuers = asked.issuers or (context.issuers if context else ()) or catalogue.issuers
    if not issuers:
        return Scope((), (), problem="empty-store")
    if len(issuers) > 1 and not asked.issuers and not (context and context.issuers):
        return Scope((), asked.years, problem="which-issuer")
    years = asked.years
    if asked.all_years and not years:
        years = tuple(sorted({y for i in issuers for y in catalogue.years(i)}))
    if asked.recent is not None and not years:
        newest = [ys[-1] for i in issuers if (ys := catalogue.years(i))]
        years = tuple(range(min(newest) - asked.recent + 1, min(newest) + 1)) if newest else ()
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


def _kin(ending: str, years: tuple[int, ...], catalogue: Catalogue) -> Scope:
    """All issuers whose names end so and that have reports of the years; of the newest without."""
    alike = [i for i in catalogue.issuers if i.endswith(ending)]
    if not years:
        newest = max((y for i in alike for y in catalogue.years(i)), default=None)
        years = () if newest is None else (newest,)
    found = tuple(i for i in alike if all((i, y) in catalogue.reports for y in years))
    if len(found) < 2:
        return Scope((), years, problem="which-issuer")
    if len(found) * len(years) > MOST_COMPARED:
        return Scope(found, years, problem="too-many")
    return Scope(found, years)
