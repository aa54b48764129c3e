"""Refusals that any part of the answering may give."""

from __future__ import annotations

from index.answer import Kind, Understood
from index.draft import Draft
from index.plan.catalogue import Catalogue
from index.plan.scope import Scope
from index.write.phrases import phrase


def no_report(catalogue: Catalogue, scope: Scope, language: str) -> Draft:
    """An issuer or a year that the store has no report of; says what there is."""
    have = [f"{i} " + "、".join(map(str, catalogue.years(i))) for i in scope.issuers]
    text = phrase(
        "no_report",
        language,
        issuer="、".join(scope.issuers),
        years="、".join(map(str, scope.missing_years)),
        available="；".join(have),
    )
    understood = Understood(scope.issuers, scope.years, (), "none", "")
    return Draft(Kind.ABSTAIN, text, reason="no-report", understood=understood)


def available(catalogue: Catalogue) -> str:
    """The issuers and years that there are reports of, for the reader."""
    return "；".join(
        f"{i}（{'、'.join(map(str, catalogue.years(i)))}）" for i in catalogue.issuers[:20]
    )
