"""What answers one ask; several drafts make an answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.answer import Citation, FigureRef, Kind, Notice, Understood, Value
from index.store.store import ReportSummary
from ingest.model import Sentence


@dataclass(frozen=True, slots=True)
class Draft:
    """The answer to one ask of a question, before asks are joined."""

    kind: Kind
    text: str
    values: tuple[Value, ...] = ()
    figures: tuple[FigureRef, ...] = ()
    citations: tuple[Citation, ...] = ()
    findings: tuple[Notice, ...] = ()
    reason: str | None = None
    understood: Understood = field(default_factory=Understood)

    @property
    def answered(self) -> bool:
        """Whether it answers (rather than abstains or asks back)."""
        return self.kind not in (Kind.ABSTAIN, Kind.CLARIFY)


def join(drafts: list[Draft]) -> Draft:
    """One draft of several asks: values in the order asked, evidence without repetition."""
    if len(drafts) == 1:
        return drafts[0]
    figures = {f.id: f for d in drafts for f in d.figures}
    citations = {(c.report, c.sentence): c for d in drafts for c in d.citations}
    findings = {n.text: n for d in drafts for n in d.findings}
    kinds = [d.kind for d in drafts]
    kind = kinds[0] if len(set(kinds)) == 1 else Kind.LOOKUP
    first = drafts[0].understood
    return Draft(
        kind,
        "\n".join(d.text for d in drafts),
        tuple(v for d in drafts for v in d.values),
        tuple(figures.values()),
        tuple(citations.values()),
        tuple(findings.values()),
        None,
        Understood(
            tuple(dict.fromkeys(i for d in drafts for i in d.understood.issuers)),
            tuple(dict.fromkeys(y for d in drafts for y in d.understood.years)),
            tuple(dict.fromkeys(c for d in drafts for c in d.understood.concepts)),
            first.operation,
            "\n".join(d.understood.words for d in drafts),
        ),
    )


def cite(report: ReportSummary, sentence: Sentence) -> Citation:
    """A sentence of a report as a citation."""
    return Citation(
        report.id, sentence.section, sentence.printed, sentence.place.to_json(), sentence.index,
        report.issuer, report.year,
    )  # fmt: skip
