"""The pages of a PDF → a Document. Pages that are pictures, or whose letters cannot be told, are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

import pypdfium2

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_
from ingest.normalise import clean
from ingest.readers.base import Document, Grid
from ingest.readers.pdf.columns import Placed, reading_order
from ingest.readers.pdf.guard import check
from ingest.readers.pdf.lines import rounded
from ingest.readers.pdf.pages import Item, Line, read_pages
from ingest.readers.pdf.source import UNKNOWN, PageContent, opened, read_page
from ingest.readers.pdf.tables import TablePiece, goes_on, join, with_tail
from ingest.readers.pdf.text import margins_of, paragraphs
from ingest.readers.pdf.unruled import find_unruled
from ingest.readers.rendition import Rendition

_MOST_GLYPHS = 1_500_000  # of all pages
_CONTINUED = "续表"
_LONGEST_TAIL = 6  # lines


def read_pdf(data: bytes, name: str) -> Document:
    """The lines and tables of a PDF in reading order.

    Raises UnreadableFile where it is broken, or no page of it can be used.
    """
    check(data, name)
    with opened(data, name) as document:
        loader = _Loader(document, name)
        pages = read_pages(loader.load, len(document))
    loader.refuse()
    warnings = [w for n in sorted(loader.warnings) for w in loader.warnings[n]]
    warnings += [w for page in pages for w in page.warnings]
    placed, notices = reading_order(pages)
    warnings += notices
    rendition = Rendition()
    width = median(page.width for page in pages)
    warnings += _write(placed, width, rendition)
    warnings += _unknown_letters(rendition, loader.unknown)
    return Document(name, rendition.text, tuple(rendition.blocks), tuple(warnings))


class _Loader:
    """Loads pages, and says of those that cannot be used why."""

    def __init__(self, document: pypdfium2.PdfDocument, name: str) -> None:
        self._document = document
        self._name = name
        self._glyphs = 0
        self._used: set[int] = set()
        self.warnings: dict[int, list[Warning_]] = {}
        self.unknown: set[int] = set()  # pages with letters that the file does not tell

    def load(self, number: int) -> PageContent | None:
        """The page, None where it is not to be read."""
        page = read_page(self._document, number, self._name)
        if number not in self.warnings:
            self._glyphs += len(page.glyphs)
            if page.unknown:
                self.unknown.add(number)
            self.warnings[number] = [
                Warning_(code, f"第{number}页：{text}", Place(page=number))
                for code, text in _flaws(page)
            ]
        if self._glyphs > _MOST_GLYPHS:
            raise UnreadableFile(f"{self._name}: more than {_MOST_GLYPHS} letters")
        if any(w.code != "pdf-page-scanned" for w in self.warnings[number]) or not page.glyphs:
            return None
        if not self.warnings[number]:
            self._used.add(number)
        return page

    def refuse(self) -> None:
        """Raises UnreadableFile, saying why, where no page could be used."""
        if self._used:
            return
        codes = {w.code for found in self.warnings.values() for w in found}
        for code, reason in _REASONS.items():
            if code in codes:
                raise UnreadableFile(f"{self._name}: {reason}")
        raise UnreadableFile(f"{self._name}: the PDF holds no text")


_REASONS = {
    "pdf-ocr-layer": "a scanned PDF: the only text in it was read from pictures by a machine, "
    "and its figures cannot be trusted",
    "pdf-page-scanned": "a scanned PDF: pages are pictures, reading scans is not possible yet",
    "pdf-no-unicode": "the PDF does not tell which letters it draws; print or export it again "
    "with embedded Unicode text",
    "pdf-page-complex": "the PDF draws more on a page than can be read",
}


def _flaws(page: PageContent) -> Iterable[tuple[str, str]]:
    letters = sum(g.text != " " for g in page.glyphs)
    if page.complex:
        yield "pdf-page-complex", "图形或文字数量过多，未读"
    elif page.unknown > 0.3 * max(letters, 1):
        yield "pdf-no-unicode", "文字层没有给出所画文字的编码，未读"
    elif page.hidden or (page.pictures > 0.5 and page.invisible > letters):
        yield "pdf-ocr-layer", "文字层是扫描图像识别所得，数字可能有误，未读"
    elif (letters < 20 and page.pictures > 0.3) or (not letters and page.paths > 200):
        yield "pdf-page-scanned", "是图像，没有文字层，暂不能读"


def _write(placed: list[Placed], width: float, rendition: Rendition) -> list[Warning_]:
    """Lines as paragraphs and pieces as tables, in order; returns warnings."""
    columns: dict[str, list[Line]] = {}
    for part in placed:
        if isinstance(part.item, Line):
            columns.setdefault(part.column, []).append(part.item)
    margins = {
        column: margins_of(lines, width if column == "full" else None)
        for column, lines in columns.items()
    }
    margins_at = {id(p.item): margins[p.column] for p in placed if isinstance(p.item, Line)}
    items, warnings = find_unruled([p.item for p in placed])
    for part_of in _pieces_joined(items):
        if isinstance(part_of, TablePiece):
            place = Place(page=part_of.page, bbox=rounded(part_of.box))
            rendition.grid(part_of.source_cells(), place)
            continue
        for text, place in paragraphs([(line, margins_at[id(line)]) for line in part_of]):
            rendition.line(text, place)
    return warnings


def _pieces_joined(items: Sequence[Item]) -> Iterable[TablePiece | list[Line]]:
    """Tables whole, and the lines between them."""
    lines: list[Line] = []
    pieces: list[TablePiece] = []
    at = 0
    while at < len(items):
        item = items[at]
        at += 1
        if isinstance(item, Line):
            lines.append(item)
            continue
        if lines:
            yield lines
            lines = []
        pieces = [item]
        while (found := _continuation(pieces[-1], items, at)) is not None:
            pieces[-1], following, at = found
            pieces.append(following)
        yield join(pieces)
    if lines:
        yield lines


def _continuation(
    piece: TablePiece, items: Sequence[Item], at: int
) -> tuple[TablePiece, TablePiece, int] | None:
    """The piece (with words that hang below it), its rest on the next page, where that ends."""
    between: list[Line] = []
    while at < len(items):
        item = items[at]
        if isinstance(item, TablePiece):
            break
        between.append(item)
        at += 1
    else:
        return None
    tail = [line for line in between if line.page == piece.page]
    marks = [line for line in between if line.page != piece.page]
    if item.page != piece.page + 1 or not goes_on(piece, item) or len(tail) > _LONGEST_TAIL:
        return None
    if any(not clean(line.text).startswith(_CONTINUED) for line in marks):
        return None
    if tail:
        if tail[0].box[1] - piece.box[3] > tail[0].size:
            return None
        longer = with_tail(piece, [run for line in tail for run in line.runs])
        if longer is None:
            return None
        piece = longer
    return piece, item, at + 1


def _unknown_letters(rendition: Rendition, untold: set[int]) -> list[Warning_]:
    """A warning a page with numbers that cannot be told; `untold`: pages whose letters are not."""
    places: list[Place] = []
    for block in rendition.blocks:
        if isinstance(block, Grid):
            places += [c.place for row in block.rows for c in row if UNKNOWN in c.text]
        elif UNKNOWN in block.text.lstrip(UNKNOWN + " "):  # a bullet in front says nothing
            places.append(block.place)
    out = []
    for page in sorted({place.page or 0 for place in places}):
        code, text = "pdf-no-unicode", "有文字没有给出编码，读作“{}”，其中的数字未采用"
        if page not in untold:
            code = "number-unclear"
            text = "有数字被线划过，或字号、高低前后不一，无法确定是否为同一个数，读作“{}”，未采用"
        out.append(Warning_(code, f"第{page}页：{text.format(UNKNOWN)}", Place(page=page)))
    return out
