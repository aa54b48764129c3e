"""The value cells of a form's table: what each prints, as a cell and as figures with their units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.forms import Block, FormTable, Line
from ingest.model import Cell, Figure, Status, Warning_, make_cell, make_figure
from ingest.normalise import clean, fold_label
from ingest.numbers import CellValue, read_cell, read_note
from ingest.quick import quick
from ingest.tables.layout import Drawing
from ingest.tables.rows import FoundRow, ValueCell
from ingest.tables.units import unit_of, units_in_head
from ingest.words.units import is_money

# an amount in the head, and heads that name what they count
_AMOUNTS = ("金额", "费")
_COUNTS = ("数", "数量")
_MANY = 3
_MORE = re.compile(r"(?:增加?|新增|↑)(?=\d)")
_LESS = re.compile(r"(?:减少?|↓)(?=\d)")


@quick
@dataclass(frozen=True, slots=True)
class _Head:
    """A column under the header that a row stands under: its labels as printed, their unit words."""

    column: Line
    printed: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unclear:
    """A value without a unit: its row and column, and why."""

    label: str
    why: str
    value: ValueCell


class TableCells:
    """The cells and figures of one table, row after row; the cells of its `drawing` come first."""

    def __init__(self, table: FormTable, drawing: Drawing) -> None:
        self.cells: list[Cell] = list(drawing.cells)
        self.figures: list[Figure] = []
        self._table = table
        self._depth = drawing.depth
        self._width = drawing.width
        self._unclear: list[_Unclear] = []
        self._heads: dict[tuple[int, int], tuple[_Head, ...]] = {}
        self._rows: list[FoundRow] = []  # they keep alive what `_heads` knows by its id

    def add_label(self, stranger: FoundRow, at: int) -> None:
        """Add the label of a row that the form lacks, as the table's row `at`."""
        span = max(self._depth, 1)
        self.cells.append(Cell(at, 0, stranger.row.path[-1], 1, span, header=True))

    def add(self, found: FoundRow, block: Block, row: Line, at: int) -> None:
        """Add the row that was `found`, which is `row` of `block`, as the table's row `at`."""
        self._rows.append(found)
        heads = self._heads_over(found, block)
        last = len(heads) - 1
        for j, (head, value) in enumerate(zip(heads, found.values, strict=True)):
            column, text = self._depth + j, value.text
            span = self._width - column if j == last else 1
            self.cells.append(make_cell(at, column, text, 1, span, False, value.place))
            read = read_cell(_signed(text) if head.column.signed else text)
            unit, why = (read.unit, "") if read.unit else _unit(found, row, head, j, read.value)
            self._add_figures(row, head, found, value, (at, column), read, unit)
            if unit is None and read.value is not None and found.known:
                label = "/".join((*row.path[-1:], head.column.path[-1]))
                self._unclear.append(_Unclear(label, why, value))

    def _heads_over(self, found: FoundRow, block: Block) -> tuple[_Head, ...]:
        """One head a column of `block`; the rows under one header share its print."""
        key = (id(block), id(found.printed_columns))
        if (known := self._heads.get(key)) is None:
            known = tuple(_head(column, found.printed_columns) for column in block.columns)
            self._heads[key] = known
        return known

    def _add_figures(
        self,
        row: Line,
        head: _Head,
        found: FoundRow,
        value: ValueCell,
        at: tuple[int, int],
        read: CellValue,
        unit: str | None,
    ) -> None:
        table, column = self._table, head.column
        key = table.concept(row, column) if found.known else None
        own = key or f"{table.key}:{found.at[0]}.{found.at[1]}.{column.key}"
        self.figures.append(
            make_figure(
                id=own,
                text=value.text,
                value=read.value,
                status=read.status,
                unit=unit,
                note=read.note,
                key=key,
                table=table.key,
                row=at[0],
                column=at[1],
                row_path=row.path,
                column_path=column.path,
                printed_row_path=found.printed_row_path,
                printed_column_path=head.printed,
                place=value.place,
            )
        )
        if not read.note:
            return
        words: set[str] = set()
        for n, part in enumerate(read_note(read.note), 1):
            self.figures.append(
                Figure(
                    id=f"{own}#{part.word}" + (f"#{n}" if part.word in words else ""),
                    text=part.text,
                    value=part.value,
                    status=Status.ZERO if part.value == 0 else Status.NUMBER,
                    unit=part.unit or unit,
                    note_of=own,
                    key=None,
                    table=table.key,
                    row=at[0],
                    column=at[1],
                    row_path=row.path,
                    column_path=(*column.path, part.word),
                    printed_row_path=found.printed_row_path,
                    printed_column_path=(*head.printed, part.word),
                    place=value.place,
                )
            )
            words.add(part.word)

    def unit_warnings(self) -> list[Warning_]:
        """One warning a value without a unit, or one for all where many lack it for the same reason."""
        out: list[Warning_] = []
        title, unclear = self._table.title, self._unclear
        for why in dict.fromkeys(u.why for u in unclear):
            same = [u for u in unclear if u.why == why]
            shown = f"“{same[0].label}”等 {len(same)} 个数值"
            if len(same) > _MANY:
                text = f"{title}：{shown}{why}，单位不明"
                out.append(Warning_("unit-unknown", text, same[0].value.place))
                continue
            for one in same:
                text = f"{title}：“{one.label}”{why}，数值 {one.value.text} 的单位不明"
                out.append(Warning_("unit-unknown", text, one.value.place))
        return out


def _head(column: Line, printed: dict[str, str]) -> _Head:
    folded = [(label, fold_label(label)) for label in column.path]
    return _Head(
        column,
        tuple(printed.get(fold, label) for label, fold in folded),
        tuple(word for _, fold in folded for word in units_in_head(printed.get(fold, ""))),
    )


def _unit(
    found: FoundRow, row: Line, head: _Head, at: int, value: Decimal | None
) -> tuple[str | None, str]:
    """The unit of a cell that prints none itself; where there is none, why."""
    column = head.column
    near = (*found.units, *head.units, *(found.under[at] if found.under else ()))
    default = column.unit or row.unit
    leaf = column.path[-1]
    money = is_money(default) if default else any(word in leaf for word in _AMOUNTS)
    if not near and not found.above:
        # of forms that print a unit in each row, an amount without one may be in any
        if column.unit is None and (money or default is None):
            return None, "没有印单位"
        if not money and value is not None and value != value.to_integral_value():
            return None, "没有印单位，而数值不是整数"
        return default, ""
    counted = leaf.endswith(_COUNTS) or any(label.endswith(_COUNTS) for label in row.path[-1:])
    return unit_of(near, found.above, default, money=money, counted=counted)


def _signed(text: str) -> str:
    """`增3` is +3 and `减2` is -2; a text that says it otherwise stays as it is."""
    cleaned = clean(text).strip()
    return _LESS.sub("-", _MORE.sub("+", cleaned, count=1), count=1)
