"""What a report is made of: small frozen values that keep the printed text and convert it late.

Nothing here knows files, stores or questions. Numbers are `Decimal`, never float, because a figure
that went through binary floating point is no longer the printed one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ingest.quick import maker, quick


class Status(StrEnum):
    """What stands in a value cell. Five kinds of "nothing" are five different things."""

    NUMBER = "number"
    ZERO = "zero"
    BLANK = "blank"
    SLASH = "slash"
    DASH = "dash"
    TEXT = "text"


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its file. Unknown parts are None.

    `line` and `end_line` count from 1; `start` and `end` are character offsets into the decoded
    source text; `sheet`/`cell` are for spreadsheets, `page`/`bbox` for PDF, `element` for HTML.
    """

    line: int | None = None
    end_line: int | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    element: str | None = None

    def between(self, start: int | None, end: int | None, end_line: int | None = None) -> Place:
        """This place with other offsets and another last line.

        Written out: a report has a thousand places, and `dataclasses.replace` takes ten times as long.
        """
        return make_place(
            self.line,
            end_line,
            start,
            end,
            self.page,
            self.bbox,
            self.sheet,
            self.cell,
            self.element,
        )

    def to_json(self) -> dict[str, Any]:
        """The known parts only, in a fixed order."""
        return {
            f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Place:
        """The inverse of `to_json`."""
        known = dict(data)
        if known.get("bbox") is not None:
            known["bbox"] = tuple(known["bbox"])
        return cls(**known)


#: each makes what its class makes; `quick` says why
make_place = maker(Place)


@quick
@dataclass(frozen=True, slots=True)
class Warning_:
    """Something that could not be read, and why. `code` is stable; `docs/formats.md` lists them."""

    code: str
    text: str
    place: Place = Place()


@quick
@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; row and column count from 0, spans are at least 1."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    place: Place = Place()


make_cell = maker(Cell)


@dataclass(frozen=True, slots=True)
class Table:
    """A table after its spans were expanded once.

    `id` is unique in its report (`t2`, `t3`, `t4` for the national form, `g1`… for others);
    `form` names the form's data file, or is None for a general table.
    """

    id: str
    caption: str
    section: tuple[str, ...]
    cells: tuple[Cell, ...]
    unit: str | None = None
    form: str | None = None
    place: Place = Place()


@quick
@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the narrative: as printed, cleaned for search, and where it stands."""

    index: int
    paragraph: int
    section: tuple[str, ...]
    printed: str
    text: str
    place: Place


make_sentence = maker(Sentence)


@quick
@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded and retrieved: a sentence, or some rows of a table.

    `sentences` holds the index of the sentence; rows of a table have none, but the table's id in
    `table` and the first and last row in `rows`.
    """

    index: int
    section: tuple[str, ...]
    printed: str
    text: str
    sentences: tuple[int, ...]
    place: Place
    table: str | None = None
    rows: tuple[int, int] | None = None


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its evidence.

    `text` is what is printed (the whole cell, or the number in its sentence); `value` is None where
    the cell holds no number. A table figure has header paths, `table`, `row` and `column`; a figure
    of a sentence has `sentence` and `span` (offsets in that sentence's cleaned text) instead.
    `subject` are the words of its sentence that say what it counts.
    `key` is the concept (`t3.received.total`) where one is known. A figure inside a cell's note has
    `note_of`, the id of the figure that the note belongs to.
    """

    id: str
    text: str
    value: Decimal | None
    status: Status
    unit: str | None = None
    qualifier: str | None = None
    note: str | None = None
    note_of: str | None = None
    key: str | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    row_path: tuple[str, ...] = ()
    column_path: tuple[str, ...] = ()
    printed_row_path: tuple[str, ...] = ()
    printed_column_path: tuple[str, ...] = ()
    sentence: int | None = None
    span: tuple[int, int] | None = None
    subject: str | None = None
    place: Place = Place()


make_figure = maker(Figure)


@quick
@dataclass(frozen=True, slots=True)
class Finding:
    """Two things a report says that do not agree, both with their places.

    `state` is `fails`, `uncertain` (something is blank) or `not-assessable`; `figures` are the ids
    of the figures concerned, `explanation` the reading that makes both right, where there is one.
    """

    code: str
    state: str
    text: str
    figures: tuple[str, ...] = ()
    sentence: int | None = None
    concept: str | None = None
    stated: str | None = None
    computed: str | None = None
    explanation: str | None = None


make_finding = maker(Finding)


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report, read.

    `address` is the web address that the report prints as its source, None where it prints none.
    """

    id: str
    title: str | None
    issuer: str | None
    region: str | None
    level: str | None
    coverage: str | None
    year: int | None
    period: str | None
    source: str
    reader: str
    form: str | None
    sections: tuple[tuple[str, ...], ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    passages: tuple[Passage, ...] = ()
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Warning_, ...] = field(default=())
    address: str | None = None

    @property
    def table_figures(self) -> tuple[Figure, ...]:
        """The figures that stand in tables, notes included."""
        return tuple(f for f in self.figures if f.table is not None)
