"""A report read once, and stamped with other names and figures as often as needed.

Reading 20,000 texts takes minutes. A stencil is a text whose every name and figure is one of a kind; it
is read by `ingest.read_report`, and what was read is kept as patterns of the same names and figures.
What `stamp` makes is what the reader would make of the stamped text, places included: a test
compares the two.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest import read_report
from ingest.metadata.coverage import coverage_of
from ingest.metadata.issuers import level_and_region
from ingest.model import Cell, Figure, Passage, Place, Report, Sentence, Status, Table
from ingest.tables.passages import table_passages

Values = Mapping[str, str]
#: name of a slot → the text that stands for it while the stencil is read
Marks = Mapping[str, str]


@dataclass(frozen=True)
class Stamped:
    """A report with the text that it could have been read from."""

    name: str
    data: bytes
    file_id: str
    report: Report


class Pattern:
    """Text with slots. `fill` puts values into them."""

    def __init__(self, text: str, slots: re.Pattern[str], names: Mapping[str, str]) -> None:
        found = list(slots.finditer(text))
        self.names = tuple(names[m.group()] for m in found)
        #: where the slots end in the text as it was read, and how long they are there
        self.ends = [m.end() for m in found]
        self.lengths = [m.end() - m.start() for m in found]
        at = [0, *self.ends]
        between = [text[a : m.start()] for a, m in zip(at, found, strict=False)]
        self._literals = [*between, text[at[-1] :]]

    def fill(self, values: Values) -> str:
        """The text with `values` in its slots."""
        if not self.names:
            return self._literals[0]
        if len(self.names) == 1:  # nearly all of them: a cell
            return self._literals[0] + values[self.names[0]] + self._literals[1]
        out = [self._literals[0]]
        for name, literal in zip(self.names, self._literals[1:], strict=True):
            out += (values[name], literal)
        return "".join(out)

    def shifts(self, values: Values) -> list[int]:
        """By how much letters move: in front of the first slot, behind it, behind the second…"""
        out = [0]
        for name, length in zip(self.names, self.lengths, strict=True):
            out.append(out[-1] + len(values[name]) - length)
        return out

    def slots_before(self, offset: int) -> int:
        """How many slots end at or before an offset of the text as it was read."""
        return bisect_right(self.ends, offset)


Move = Callable[[list[int]], Place]


class Stencil:
    """One text, read. `marks` must be one of a kind and occur nowhere by chance."""

    def __init__(self, text: str, marks: Marks) -> None:
        names = {mark: name for name, mark in marks.items()}
        longest = sorted(names, key=len, reverse=True)
        self._slots = re.compile(
            "|".join(rf"(?<!\d){m}(?!\d)" if m.isdigit() else re.escape(m) for m in longest)
        )
        self._names = names
        self._text = self._pattern(text)
        title = text.partition("\n")[0]
        self._title = self._pattern(title)
        (self._read,) = read_report(text.encode(), f"{title}.txt")
        self._period = self._pattern(self._read.period or "")
        self._tables = [
            (t, self._move(t.place), [self._cell(c) for c in t.cells]) for t in self._read.tables
        ]
        self._sentences = [
            (s, self._pattern(s.printed), self._pattern(s.text), self._move(s.place))
            for s in self._read.sentences
        ]
        self._passages = [
            (p, self._pattern(p.printed), self._pattern(p.text), self._move(p.place))
            for p in self._read.passages
            if p.table is None
        ]
        self._figures = [self._figure(f) for f in self._read.figures]

    def stamp(self, values: Values) -> Stamped:
        """The report with `values`, which hold `issuer`, every slot and whole numbers of 0 or more."""
        name = f"{self._title.fill(values)}.txt"
        data = self._text.fill(values).encode()
        digest = hashlib.sha256(data).hexdigest()
        shifts = self._text.shifts(values)
        issuer = values["issuer"]
        level, region = level_and_region(issuer)
        sentences = tuple(
            Sentence(s.index, s.paragraph, s.section, a.fill(values), b.fill(values), move(shifts))
            for s, a, b, move in self._sentences
        )
        tables = tuple(
            self._table(t, move, cells, values, shifts) for t, move, cells in self._tables
        )
        figures = tuple(make(values, shifts) for make in self._figures)
        passages = tuple(
            Passage(p.index, p.section, a.fill(values), b.fill(values), p.sentences, move(shifts))
            for p, a, b, move in self._passages
        )
        report = replace(
            self._read,
            id=f"{digest[:16]}-1",
            title=self._title.fill(values),
            issuer=issuer,
            region=region,
            level=level,
            coverage=coverage_of(issuer, [s.text for s in sentences]),
            year=int(values["year"]),
            period=self._period.fill(values) or None,
            source=name,
            tables=tables,
            figures=figures,
            sentences=sentences,
            passages=(*passages, *table_passages(tables, figures, len(passages))),
            findings=(),
        )
        return Stamped(name, data, digest, report)

    def _pattern(self, text: str) -> Pattern:
        return Pattern(text, self._slots, self._names)

    def _move(self, place: Place) -> Move:
        """A place of the text as it was read, in a text whose letters have moved."""
        if place.start is None:
            return lambda _: place
        start = place.start
        # a slot that begins here has not moved what stands before it
        first = self._text.slots_before(start)
        if place.end is None:
            return lambda shifts: place.between(start + shifts[first], None, place.end_line)
        end = place.end
        last = self._text.slots_before(end)
        return lambda shifts: place.between(
            start + shifts[first], end + shifts[last], place.end_line
        )

    def _cell(self, cell: Cell) -> tuple[Cell, str | None, Move]:
        return cell, self._names.get(cell.text), self._move(cell.place)

    def _table(
        self,
        table: Table,
        move: Move,
        cells: Sequence[tuple[Cell, str | None, Move]],
        values: Values,
        shifts: list[int],
    ) -> Table:
        made = tuple(
            cell if slot is None else Cell(
                cell.row, cell.column, values[slot], cell.row_span, cell.column_span, cell.header,
                moved(shifts),
            )
            for cell, slot, moved in cells
        )  # fmt: skip
        return replace(table, cells=made, place=move(shifts))

    def _figure(self, figure: Figure) -> Callable[[Values, list[int]], Figure]:
        text = self._pattern(figure.text)
        move = self._move(figure.place)
        subject = None if figure.subject is None else self._pattern(figure.subject)
        inside = None
        if figure.sentence is not None and figure.span is not None:
            sentence = self._sentences[figure.sentence][2]
            start, end = figure.span
            inside = (sentence, sentence.slots_before(start), sentence.slots_before(end))

        def make(values: Values, shifts: list[int]) -> Figure:
            printed = text.fill(values)
            id_, span = figure.id, figure.span
            if inside is not None and span is not None:
                pattern, first, last = inside
                moved = pattern.shifts(values)
                span = (span[0] + moved[first], span[1] + moved[last])
                id_ = f"s{figure.sentence}.{span[0]}"
            value = Decimal(printed) if text.names else figure.value
            status = figure.status
            if text.names:
                status = Status.ZERO if value == 0 else Status.NUMBER
            return Figure(
                id_, printed, value, status, figure.unit, figure.qualifier, figure.note,
                figure.note_of, figure.key, figure.table, figure.row, figure.column, figure.row_path,
                figure.column_path, figure.printed_row_path, figure.printed_column_path,
                figure.sentence, span, None if subject is None else subject.fill(values), move(shifts),
            )  # fmt: skip

        return make
