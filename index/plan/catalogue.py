"""Which issuers and years there are, and what people call the issuers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from index.plan.issuernames import IssuerNames, issuer_names
from index.store.store import ReportSummary

__all__ = ["Catalogue", "issuer_names", "make_catalogue"]


@dataclass(frozen=True)
class Catalogue:
    """The reports that a question may be answered from.

    `issuers` in the store's order; `reports` by (issuer, year); `names` maps what people write
    (folded) to the issuers it may mean.
    """

    issuers: tuple[str, ...]
    reports: dict[tuple[str, int], tuple[ReportSummary, ...]]
    names: IssuerNames

    def years(self, issuer: str) -> tuple[int, ...]:
        """The years that an issuer has reports of, ascending."""
        return self._years.get(issuer, ())

    @cached_property
    def _years(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for issuer, year in self.reports:
            found.setdefault(issuer, []).append(year)
        return {issuer: tuple(sorted(years)) for issuer, years in found.items()}

    @cached_property
    def all_years(self) -> tuple[int, ...]:
        """The years that any issuer has reports of, ascending."""
        return tuple(sorted({y for _, y in self.reports}))

    @cached_property
    def known(self) -> frozenset[str]:
        """The issuers."""
        return frozenset(self.issuers)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The forms that the reports are on."""
        return frozenset(s.form for listed in self.reports.values() for s in listed if s.form)


def make_catalogue(
    summaries: Iterable[ReportSummary], before: Catalogue | None = None
) -> Catalogue:
    """The catalogue of some reports; those without issuer or year cannot be named.

    `before` is one of another state of the store: with the same issuers, their names are taken over.
    """
    reports: dict[tuple[str, int], tuple[ReportSummary, ...]] = {}
    for s in summaries:
        if s.issuer is not None and s.year is not None:
            key = (s.issuer, s.year)
            reports[key] = (*reports.get(key, ()), s)
    issuers = tuple(dict.fromkeys(issuer for issuer, _ in reports))
    same = before is not None and before.issuers == issuers
    names = before.names if before is not None and same else IssuerNames(issuers)
    return Catalogue(issuers, reports, names)
