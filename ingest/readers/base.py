"""What a reader is, and what it gives: lines and grids in reading order, nothing understood yet."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from ingest.model import Place, Warning_


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text as printed, without its line break."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid as printed."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells. Rows may differ in length where the source does not pad them."""

    rows: tuple[tuple[GridCell, ...], ...]
    place: Place


@dataclass(frozen=True)
class Document:
    """A file after reading: blocks in reading order, the decoded text, warnings.

    `text` is what the offsets in the places count in (empty for formats without one).
    """

    source: str
    text: str
    blocks: tuple[TextLine | Grid, ...]
    warnings: tuple[Warning_, ...] = field(default=())


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
