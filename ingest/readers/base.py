"""What a reader is, and what it gives: lines and grids in reading order, nothing understood yet."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property

from ingest.model import Place, Warning_
from ingest.quick import maker, quick


@quick
@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text as printed, without its line break.

    `number` is its position among the blocks of its Document, from 1; the Document sets it. `cell` is
    true where the source says that the line is a cell of its own, also where it prints nothing.
    """

    text: str
    place: Place
    number: int = 0
    cell: bool = False


make_line = maker(TextLine)


@quick
@dataclass(frozen=True, slots=True)
class GridCell:
    """One place of a grid: what its cell prints.

    A merged cell stands in every place that it covers, with the same text and place; `origin` is
    true only for the first of them, which carries the spans. A line break inside a cell is a
    newline in `text`.
    """

    text: str
    place: Place
    row_span: int = 1
    column_span: int = 1
    origin: bool = True


make_grid_cell = maker(GridCell)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells.

    With `spanned`, the source says how cells are merged and the reader has expanded that once: all
    rows have the same length and every cell stands in its own columns. Without it (bars, tabs,
    Markdown) rows may differ in length and be padded. `caption` is the source's own caption (HTML
    `<caption>`), not a line above the table. `number` as in TextLine.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    place: Place
    spanned: bool = False
    caption: str = ""
    number: int = 0


@dataclass(frozen=True)
class Document:
    """A file after reading: blocks in reading order, the decoded text, warnings.

    `text` is what `start` and `end` in the places count in: the decoded source of text formats, else
    the rendition that `ingest.readers.rendition` makes.
    """

    source: str
    text: str
    blocks: tuple[TextLine | Grid, ...]
    warnings: tuple[Warning_, ...] = field(default=())

    def __post_init__(self) -> None:
        # written out: `dataclasses.replace` takes longer than reading a short report
        numbered = tuple(
            b
            if b.number == n
            else make_line(b.text, b.place, n, b.cell)
            if isinstance(b, TextLine)
            else Grid(b.rows, b.place, b.spanned, b.caption, n)
            for n, b in enumerate(self.blocks, 1)
        )
        object.__setattr__(self, "blocks", numbered)

    @cached_property
    def lines(self) -> list[TextLine]:
        """The blocks that are lines."""
        return [b for b in self.blocks if isinstance(b, TextLine)]

    @cached_property
    def grids(self) -> list[Grid]:
        """The blocks that are grids."""
        return [b for b in self.blocks if isinstance(b, Grid)]


class Reader(ABC):
    """Turns the bytes of one kind of file into a Document."""

    #: name and version; a higher version makes `wenbao ingest` read the same bytes again
    name: str
    version: int

    @abstractmethod
    def accepts(self, data: bytes, name: str) -> bool:
        """Whether `data` (called `name`) is of this reader's kind, judged by its content first."""

    @abstractmethod
    def read(self, data: bytes, name: str) -> Document:
        """Read the whole file.

        Raises UnreadableFile where the kind is right but the file is broken.
        """
