"""The deterministic look-up: an operand and a report give a figure with its evidence, or a reason.

Same store, same operand, same figure. No figure is made here but a shown sum of printed ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from index.answer import FigureRef, Formula
from index.plan.plan import Operand
from index.store.store import ReportSummary, Store
from ingest.model import Figure, Status
from ingest.words import Concepts


class Lack(StrEnum):
    """Why there is no figure. Each is something else and is answered differently."""

    NO_REPORT = "no-report"
    NO_ROW = "no-row"
    BLANK = "blank"
    SLASH = "slash"
    DASH = "dash"
    TEXT = "text"
    NO_NOTE = "no-note"
    DISAGREE = "reports-disagree"


_LACKS = {
    Status.BLANK: Lack.BLANK,
    Status.SLASH: Lack.SLASH,
    Status.DASH: Lack.DASH,
    Status.TEXT: Lack.TEXT,
}


@dataclass(frozen=True)
class Looked:
    """What a look-up gives. `value` is None where `lack` says why; `lacking` names the cells.

    `main` is the id of the figure that holds the value, in `figures`, which are its evidence.
    """

    operand: Operand
    value: Fraction | None
    unit: str | None
    main: str
    figures: tuple[FigureRef, ...]
    lack: Lack | None = None
    lacking: tuple[str, ...] = ()
    text: str | None = None
    report: ReportSummary | None = None


def decimal_text(value: Fraction | Decimal) -> str:
    """Exact decimal text without trailing zeros: 2857.5, 34290.

    Raises ValueError for a fraction without a finite decimal; round it first.
    """
    exact = Fraction(value)
    places = 0
    scaled = exact
    while scaled.denominator != 1:
        scaled *= 10
        places += 1
        if places > 60:
            raise ValueError(f"{value} has no finite decimal text")
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    if not places:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def look_up(store: Store, concepts: Concepts, report: ReportSummary, operand: Operand) -> Looked:
    """The figure that `operand` names in `report`.

    A group (不予公开, 法人或其他组织, 行政诉讼) is the sum of its cells, with the formula; it lacks a
    value where one of them is blank.
    """
    keys, found = _cells(store, concepts, report, operand)
    captions = store.captions(report.id)
    if operand.note is not None:
        return _note(store, report, operand, keys, captions)
    missing = tuple(k for k in keys if k not in found)
    if missing:
        return Looked(operand, None, None, "", (), Lack.NO_ROW, missing, report=report)
    refs = tuple(figure_ref(found[k], report, captions) for k in keys)
    empty = [found[k] for k in keys if found[k].value is None]
    if empty:
        lack = _LACKS[empty[0].status]
        names = tuple(" / ".join((*f.row_path, *f.column_path)) for f in empty)
        return Looked(
            operand, None, refs[0].unit, refs[0].id, refs, lack, names, empty[0].text, report
        )
    values = [Fraction(found[k].value or 0) for k in keys]
    unit = found[keys[0]].unit
    if len(keys) == 1:
        return Looked(
            operand, values[0], unit, refs[0].id, refs, text=found[keys[0]].text, report=report
        )
    total = sum(values, Fraction(0))
    formula = Formula("sum", tuple(r.id for r in refs), "+".join(str(r.value) for r in refs))
    main = f"{_ref_id(report, operand.concept)}"
    computed = FigureRef(main, decimal_text(total), unit, formula=formula)
    return Looked(operand, total, unit, main, (*refs, computed), report=report)


def _cells(
    store: Store, concepts: Concepts, report: ReportSummary, operand: Operand
) -> tuple[tuple[str, ...], dict[str, Figure]]:
    """The cells that hold the operand's figure: its own, else those that stand in on another form."""
    own, *others = concepts.alternatives(operand.subject, operand.member)
    found = store.figures_by_key(report.id, own)
    if found:
        return own, found
    for keys in others:
        if instead := store.figures_by_key(report.id, keys):
            return keys, instead
    return own, found


def _note(
    store: Store,
    report: ReportSummary,
    operand: Operand,
    keys: tuple[str, ...],
    captions: dict[str, str],
) -> Looked:
    for key in keys:
        for figure in store.notes_of(report.id, key):
            if figure.column_path[-1] == operand.note and figure.value is not None:
                ref = figure_ref(figure, report, captions)
                value = Fraction(figure.value)
                return Looked(
                    operand, value, figure.unit, ref.id, (ref,), text=figure.text, report=report
                )
    return Looked(operand, None, None, "", (), Lack.NO_NOTE, (operand.note or "",), report=report)


def _ref_id(report: ReportSummary, figure_id: str) -> str:
    return f"{report.id}:{figure_id}"


def figure_ref(
    figure: Figure, report: ReportSummary, captions: dict[str, str], cited: int | None = None
) -> FigureRef:
    """A stored figure as evidence of an answer."""
    note_of = None if figure.note_of is None else _ref_id(report, figure.note_of)
    at = (figure.row, figure.column)
    return FigureRef(
        id=_ref_id(report, figure.id),
        value=None if figure.value is None else decimal_text(figure.value),
        unit=figure.unit,
        text=figure.text,
        status=figure.status.value,
        key=figure.key,
        qualifier=figure.qualifier,
        note_of=note_of,
        issuer=report.issuer,
        year=report.year,
        report=report.id,
        table=captions.get(figure.table or ""),
        table_id=figure.table,
        cell=None if at[0] is None or at[1] is None else (at[0], at[1]),
        row_path=figure.row_path,
        column_path=figure.column_path,
        printed_row_path=figure.printed_row_path,
        printed_column_path=figure.printed_column_path,
        sentence=figure.sentence,
        place=figure.place.to_json(),
    )
