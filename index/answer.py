"""The answer as the outside sees it, and its JSON (the contract of docs/answer.md).

All numbers are strings in the JSON: exact, never through binary floating point.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of answer it is; `ABSTAIN` and `CLARIFY` carry no values."""

    LOOKUP = "lookup"
    COMPUTE = "compute"
    COMPARE = "compare"
    TREND = "trend"
    RANK = "rank"
    NARRATIVE = "narrative"
    CONFLICT = "conflict"
    ABSTAIN = "abstain"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier turn of the conversation; `role` is `user` or `assistant`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the turns before it, and the reports it may be answered from (None: all)."""

    text: str
    dialogue: tuple[Turn, ...] = ()
    scope: tuple[str, ...] | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value that was asked for. `value` is exact decimal text, `text` how it is written."""

    value: str
    unit: str | None
    text: str
    of: str
    qualifier: str | None = None
    issuer: str | None = None
    year: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of the contract."""
        return {
            "value": self.value,
            "unit": self.unit,
            "text": self.text,
            "qualifier": self.qualifier,
            "of": self.of,
            "issuer": self.issuer,
            "year": self.year,
        }


@dataclass(frozen=True, slots=True)
class Formula:
    """How a figure was computed: `args` are ids of figures of the same answer."""

    op: str
    args: tuple[str, ...]
    text: str

    def to_json(self) -> dict[str, Any]:
        """The object of the contract."""
        return {"op": self.op, "args": list(self.args), "text": self.text}


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A figure as evidence: one from a cell or a sentence, or one computed by `formula`.

    `cell` is (row, column) in the table that `Assistant.table(report, table_id)` gives.
    """

    id: str
    value: str | None
    unit: str | None
    text: str | None = None
    status: str = "number"
    key: str | None = None
    qualifier: str | None = None
    note_of: str | None = None
    issuer: str | None = None
    year: int | None = None
    report: str | None = None
    table: str | None = None
    table_id: str | None = None
    cell: tuple[int, int] | None = None
    row_path: tuple[str, ...] = ()
    column_path: tuple[str, ...] = ()
    printed_row_path: tuple[str, ...] = ()
    printed_column_path: tuple[str, ...] = ()
    sentence: int | None = None
    place: dict[str, Any] = field(default_factory=dict)
    formula: Formula | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of the contract; a computed figure has no place of its own."""
        if self.formula is not None:
            return {
                "id": self.id,
                "value": self.value,
                "unit": self.unit,
                "formula": self.formula.to_json(),
            }
        return {
            "id": self.id,
            "key": self.key,
            "text": self.text,
            "value": self.value,
            "unit": self.unit,
            "status": self.status,
            "qualifier": self.qualifier,
            "note_of": self.note_of,
            "issuer": self.issuer,
            "year": self.year,
            "report": self.report,
            "table": self.table,
            "table_id": self.table_id,
            "cell": list(self.cell) if self.cell else None,
            "row_path": list(self.row_path),
            "column_path": list(self.column_path),
            "printed_row_path": list(self.printed_row_path),
            "printed_column_path": list(self.printed_column_path),
            "sentence": self.sentence,
            "place": self.place,
            "formula": None,
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence of a report, as printed; `sentence` is its index in that report."""

    report: str
    section: tuple[str, ...]
    text: str
    place: dict[str, Any]
    sentence: int
    issuer: str | None = None
    year: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of the contract."""
        return {
            "report": self.report,
            "issuer": self.issuer,
            "year": self.year,
            "section": list(self.section),
            "text": self.text,
            "sentence": self.sentence,
            "place": self.place,
        }


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know beside the answer: a finding, another reading."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What the question was taken to mean."""

    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    concepts: tuple[str, ...] = ()
    operation: str = "lookup"
    words: str = ""

    def to_json(self) -> dict[str, Any]:
        """The object of the contract; `words` says it in the reader's language."""
        return {
            "issuers": list(self.issuers),
            "years": list(self.years),
            "concepts": list(self.concepts),
            "operation": self.operation,
            "words": self.words,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its evidence. `values` is what was asked for and nothing else."""

    question: str
    answer: str
    kind: Kind
    values: tuple[Value, ...] = ()
    figures: tuple[FigureRef, ...] = ()
    citations: tuple[Citation, ...] = ()
    findings: tuple[Notice, ...] = ()
    reason: str | None = None
    understood: Understood = Understood()
    elapsed_ms: float = 0.0
    id: str | None = None

    @property
    def abstained(self) -> bool:
        """Whether the reports do not hold the answer, or the question must be put again."""
        return self.kind in (Kind.ABSTAIN, Kind.CLARIFY)

    def to_json(self) -> dict[str, Any]:
        """One object of `wenbao ask --json`; `id` only where the question had one."""
        out: dict[str, Any] = {} if self.id is None else {"id": self.id}
        return out | {
            "question": self.question,
            "answer": self.answer,
            "kind": self.kind.value,
            "values": [v.to_json() for v in self.values],
            "figures": [f.to_json() for f in self.figures],
            "citations": [c.to_json() for c in self.citations],
            "findings": [{"code": n.code, "text": n.text} for n in self.findings],
            "abstained": self.abstained,
            "reason": self.reason,
            "understood": self.understood.to_json(),
            "elapsed_ms": round(self.elapsed_ms, 1),
        }
