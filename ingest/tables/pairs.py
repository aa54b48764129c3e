"""Rows without a header: label and value, label and value, from the left to the right."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.readers import GridCell
from ingest.tables.roles import is_blank, is_quantity, is_value
from ingest.tables.stated import is_unit_cell, unit_of_text


@dataclass(frozen=True, slots=True)
class Pair:
    """The value in column `at`, the label before it and the unit cell beside it."""

    at: int
    label: GridCell
    unit: str | None


def pairs_of(row: tuple[GridCell, ...]) -> tuple[Pair, ...] | None:
    """The pairs of a row; None where the row is not made of pairs through and through.

    With a value first, two labels running or two values running it cannot be told what belongs to
    what. A blank or a word of absence stands for a value.
    """
    own = [(n, cell) for n, cell in enumerate(row) if _begins(row, n)]
    out: list[Pair] = []
    i = 0
    while i < len(own):
        label = own[i][1]
        if all(is_blank(cell) for _, cell in own[i:]):
            break
        if is_blank(label) or is_quantity(label):
            return None
        i += 1
        unit = None
        if i + 1 < len(own) and is_unit_cell(own[i][1]):
            unit = unit_of_text(own[i][1].text)
            i += 1
        if i == len(own) or not (is_quantity(own[i][1]) or is_blank(own[i][1])):
            return None
        at, value = own[i]
        i += 1
        if i < len(own) and is_unit_cell(own[i][1]):
            unit = unit_of_text(own[i][1].text) if unit is None else ""
            i += 1
        if is_value(value):
            out.append(Pair(at, label, unit))
    return tuple(out)


def _begins(row: tuple[GridCell, ...], n: int) -> bool:
    """Whether another cell begins here; what is merged from above begins in its first column."""
    return n == 0 or row[n].origin or row[n].place != row[n - 1].place
