"""All reports of a store, kept in memory and brought up to date by reading what is new."""

from __future__ import annotations

from threading import Lock

from sqlalchemy import Engine

from index.store import direct, schema
from index.store.summary import ReportSummary, summary_from

_COLUMNS = (
    "id", "title", "issuer", "year", "level", "coverage", "region", "form", "source", "counts",
    "revision",
)  # fmt: skip


class Listing:
    """The summaries of all reports. Thread-safe; sees what other processes write.

    A report is written anew or taken out, never changed. Those that came in since the last time have a
    higher revision; where the number of reports is then not what it should be, some were taken
    out, and all are read again.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._revision = -1
        self._by_id: dict[str, ReportSummary] = {}
        self._sorted: tuple[ReportSummary, ...] = ()

    def read(self) -> tuple[ReportSummary, ...]:
        """By issuer, year and source; `vectors` is 0 in all of them."""
        with self._lock:
            news = self._since(self._revision)
            if news:
                self._by_id |= news
            if len(self._by_id) != self._count():
                self._revision = -1
                self._by_id = self._since(-1)
                news = self._by_id
            if news or len(self._sorted) != len(self._by_id):
                self._sorted = tuple(sorted(self._by_id.values(), key=_order))
            return self._sorted

    def _since(self, revision: int) -> dict[str, ReportSummary]:
        found = direct.rows(
            self._engine,
            f"{direct.columns_of(schema.reports, *_COLUMNS)} WHERE revision > ?",
            (revision,),
        )
        self._revision = max([self._revision, *(r["revision"] for r in found)])
        return {r["id"]: summary_from(r, 0) for r in found}

    def _count(self) -> int:
        return int(direct.rows(self._engine, "SELECT count(*) FROM reports")[0][0])


def _order(report: ReportSummary) -> tuple[bool, str, bool, int, str, str]:
    """As SQL orders them: what is not known goes first."""
    return (
        report.issuer is not None,
        report.issuer or "",
        report.year is not None,
        report.year or 0,
        report.source,
        report.id,
    )
