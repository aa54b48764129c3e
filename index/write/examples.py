"""Example questions made from the reports in the store, so that each of them works."""

from __future__ import annotations

from index.plan.catalogue import issuer_names
from index.store.store import ReportSummary

_ZH = (
    "{year}年{issuer}收到多少政府信息公开申请？",
    "{year}年{issuer}不予公开占多少？",
    "{year}年{issuer}行政复议结果纠正了几件？",
    "{year}年{issuer}存在哪些问题？",
)
_EN = (
    "How many applications were received in {issuer} in {year}?",
    "What share of applications was refused in {issuer} in {year}?",
    "How many reconsideration cases were corrected in {issuer} in {year}?",
)


def example_questions(reports: list[ReportSummary], language: str) -> list[str]:
    """A few questions over the newest reports, in `zh` or `en`; [] for an empty store."""
    known = [r for r in reports if r.issuer is not None and r.year is not None and r.form]
    known.sort(key=lambda r: (-(r.year or 0), r.issuer or ""))
    newest: dict[str, ReportSummary] = {}
    for report in known:
        newest.setdefault(report.issuer or "", report)
    templates = _EN if language == "en" else _ZH
    out = []
    chosen = list(newest.values())
    if language == "en":
        # an issuer whose name has no reading of its own would stand in Chinese among English words
        chosen = [r for r in chosen if _called(r, language).isascii()] or chosen
    for i, template in enumerate(templates):
        if chosen:
            report = chosen[i % len(chosen)]
            out.append(template.format(year=report.year, issuer=_called(report, language)))
    return out


def _called(report: ReportSummary, language: str) -> str:
    issuer = report.issuer or ""
    if language != "en":
        return issuer
    latin = [name for _, name in issuer_names(issuer) if name.isascii()]
    part_of = any(rank == 1 for rank, _ in issuer_names(issuer))
    # the sounds of a district's whole name run together into something nobody would read
    return latin[0].capitalize() if latin and not part_of else issuer
