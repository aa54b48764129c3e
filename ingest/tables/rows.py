"""Shared by the two ways of reading a form's tables: labels of a table, and rows found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from ingest.forms import Block, Form, FormTable, Line
from ingest.model import Place, Warning_
from ingest.normalise import fold_label

_CLOSE_ENOUGH = 82.0
_MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class ValueCell:
    """A value cell as printed (a note printed on a line of its own is joined to it)."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a form with one cell a column, in the form's order, and its labels as printed."""

    table: FormTable
    block: Block
    row: Line
    values: tuple[ValueCell, ...]
    printed_row_path: tuple[str, ...]
    printed_columns: dict[str, str]


@dataclass
class Findings:
    """What one pass over a document found: rows, warnings, and the numbers of the blocks it used up."""

    rows: list[FoundRow] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    used_lines: set[int] = field(default_factory=set)

    def warn(self, code: str, text: str, place: Place) -> None:
        """Add a coded warning."""
        self.warnings.append(Warning_(code, text, place))


@dataclass(frozen=True)
class TableLabels:
    """The labels of one table of a form, folded, and what each can be."""

    form: Form
    table: FormTable

    @cached_property
    def rows(self) -> dict[str, list[tuple[Block, Line]]]:
        """Folded last label of a row path → the rows that end in it, in the form's order."""
        out: dict[str, list[tuple[Block, Line]]] = {}
        for block in self.table.blocks:
            for row in block.rows:
                if row.path:
                    out.setdefault(fold_label(row.path[-1]), []).append((block, row))
        return out

    @cached_property
    def groups(self) -> frozenset[str]:
        """Folded labels above the last one of a row path, and the furniture of the blocks."""
        return frozenset(
            fold_label(label)
            for block in self.table.blocks
            for labels in (block.furniture, *(row.path[:-1] for row in block.rows))
            for label in labels
        )

    @cached_property
    def columns(self) -> frozenset[str]:
        """Folded labels of all columns, groups of columns included."""
        return frozenset(
            fold_label(label)
            for block in self.table.blocks
            for column in block.columns
            for label in column.path
        )

    @cached_property
    def all(self) -> frozenset[str]:
        """Every folded label of the table."""
        return frozenset(self.rows) | self.groups | self.columns

    def match(self, printed: str) -> str | None:
        """The folded label that `printed` stands for: exactly, as a variant, or with a slip.

        A slip is taken only where one label is clearly nearest; short labels must be exact.
        """
        folded = fold_label(printed)
        if not folded:
            return None
        canonical = self.form.variants.get(folded, folded)
        if canonical in self.all:
            return canonical
        if len(folded) < 4 or any(c.isdigit() for c in folded[2:]):
            return None
        best = process.extract(folded, sorted(self.all), scorer=fuzz.ratio, limit=2)
        if not best or best[0][1] < _CLOSE_ENOUGH:
            return None
        if len(best) > 1 and best[0][1] - best[1][1] < _MARGIN:
            return None
        return str(best[0][0])


def header_sequence(block: Block) -> list[str]:
    """The column labels of a block in the order in which their rows print them, folded."""
    out: list[str] = []
    for level in range(max(len(c.path) for c in block.columns)):
        before: tuple[str, ...] | None = None
        for column in block.columns:
            if level < len(column.path) and column.path[: level + 1] != before:
                out.append(fold_label(column.path[level]))
                before = column.path[: level + 1]
    return out


def choose_row(
    candidates: list[tuple[Block, Line]], group: str | None, after: Line | None, table: FormTable
) -> tuple[Block, Line]:
    """Tell rows with the same last label apart: by the group printed above, else the next in order."""
    if len(candidates) == 1:
        return candidates[0]
    if group is not None:
        inside = [c for c in candidates if group in map(fold_label, c[1].path[:-1])]
        if inside:
            return inside[0]
    if after is not None:
        rows = [row for block in table.blocks for row in block.rows]
        here = rows.index(after)
        return next((c for c in candidates if rows.index(c[1]) > here), candidates[0])
    return candidates[0]
