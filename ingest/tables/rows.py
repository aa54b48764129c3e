"""Shared by the two ways of reading a form's tables: rows found, and what one pass gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.forms import Block, FormTable, Line
from ingest.model import Place, Warning_
from ingest.quick import maker, quick


@quick
@dataclass(frozen=True, slots=True)
class ValueCell:
    """A value cell as printed (a note printed on a line of its own is joined to it)."""

    text: str
    place: Place


make_value = maker(ValueCell)


@quick
@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a form with one cell a column, in the form's order, and its labels as printed.

    `printed_columns` maps folded labels of the form to their print. `at` is the place in the document:
    the number of the block, and the row or the character in it. `units` are the unit words printed in
    the row, `under` those printed under the head of each column, `above` those over the table (all as
    they stand, whether understood or not). `known` is false for a row that an open table has beside
    those of the form; its `row` is made up.
    """

    table: FormTable
    block: Block
    row: Line
    values: tuple[ValueCell, ...]
    printed_row_path: tuple[str, ...]
    printed_columns: dict[str, str]
    at: tuple[int, int] = (0, 0)
    units: tuple[str, ...] = ()
    known: bool = True
    under: tuple[tuple[str, ...], ...] = ()
    above: tuple[str, ...] = ()


@dataclass
class Findings:
    """What one pass over a document found.

    `used_lines` are the numbers of the blocks it used up, `understood` the (block, row) of grids.
    """

    rows: list[FoundRow] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    used_lines: set[int] = field(default_factory=set)
    understood: set[tuple[int, int]] = field(default_factory=set)

    def warn(self, code: str, text: str, place: Place) -> None:
        """Add a coded warning."""
        self.warnings.append(Warning_(code, text, place))

    def add(self, other: Findings) -> None:
        """Take over what another pass found."""
        self.rows += other.rows
        self.warnings += other.warnings
        self.used_lines |= other.used_lines
        self.understood |= other.understood
