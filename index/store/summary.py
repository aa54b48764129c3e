"""What the list of reports says of one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from index.store.records import AnyRow


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """A report in the list; the last six are counts (`vectors`: passages that have one)."""

    id: str
    title: str | None
    issuer: str | None
    year: int | None
    level: str | None
    coverage: str | None
    region: str | None
    form: str | None
    source: str
    tables: int
    figures: int
    passages: int
    vectors: int
    warnings: int
    findings: int


@lru_cache(maxsize=4096)
def _counts(text: str) -> dict[str, int]:
    """The counts of a report; those of many reports are alike."""
    counts: dict[str, int] = json.loads(text)
    return counts


def summary_from(row: AnyRow, vectors: int) -> ReportSummary:
    """A summary from a row of `reports` and the number of its passages that have a vector."""
    counts = _counts(row["counts"])
    return ReportSummary(
        id=row["id"],
        title=row["title"],
        issuer=row["issuer"],
        year=row["year"],
        level=row["level"],
        coverage=row["coverage"],
        region=row["region"],
        form=row["form"],
        source=row["source"],
        tables=counts["tables"],
        figures=counts["figures"],
        passages=counts["passages"],
        vectors=vectors,
        warnings=counts["warnings"],
        findings=counts["findings"],
    )
