"""Word documents (`.docx`, `.docm`, `.dotx`): paragraphs and tables in reading order.

Tracked changes count as accepted. Headers, footers, comments and tables of contents are no part of
the report; macros are not looked at. Places name the paragraph (`p12`) or the table, row and column of
the grid (`t3.r2.c4`), counted from 1.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_
from ingest.numbers import looks_like_value
from ingest.readers.base import Document, Reader
from ingest.readers.kinds import kind_of
from ingest.readers.package import Package
from ingest.readers.rendition import MOST_CELLS, Rendition, SourceCell
from ingest.readers.seams import STRUCK, UNKNOWN, tell
from ingest.readers.word.font import Fonts
from ingest.readers.word.numbering import Numbering, Styles, W
from ingest.readers.word.table import WordCell, WordTable, shape
from ingest.readers.word.text import DROPPED, KEPT, Inline, paragraph_mark

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GALLERY = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"
_MOST_TOLD = 20
# tables in the cells of a table: how deep, and how many cells of each, are part of the cell's text
_DEEPEST, _MOST_INNER = 3, 20


class WordReader(Reader):
    """Reads DOCX and its kin."""

    name = "docx"
    version = 1

    def accepts(self, data: bytes, name: str) -> bool:
        kind = kind_of(data, name)
        return kind is not None and kind.key == "docx"

    def read(self, data: bytes, name: str) -> Document:
        package = Package(data, name)
        walker = _Walker(package, package.main("word/document.xml"), name)
        return walker.read()


class _Walker:
    def __init__(self, package: Package, main: str, name: str) -> None:
        self._name = name
        self._root = package.tree(main)
        parts = dict(package.related(main).values())

        def tree(kind: str) -> Any | None:
            return package.tree(parts[kind]) if package.has(parts.get(kind, "")) else None

        styles = Styles(tree("styles"))
        self._numbering = Numbering(tree("numbering"), styles)
        self._inline = Inline(Fonts(tree("styles")))
        self._notes = {
            (kind, note.get(W + "id") or ""): note
            for kind in ("footnote", "endnote")
            if (notes := tree(kind + "s")) is not None
            for note in notes.findall(W + kind)
        }
        self._rendition = Rendition()
        self._warnings: list[Warning_] = []
        self._carried = ""  # the text of paragraphs whose mark was deleted
        self._paragraphs = 0
        self._tables = 0
        self._grids = 0
        self._changed = self._rows_hidden = False

    def read(self) -> Document:
        """The document."""
        body = self._root.find(W + "body")
        if body is not None:
            self._blocks(body, "")
        self._tell()
        if not any(c.strip() for c in self._rendition.text):
            held = f"{self._inline.pictures} pictures and no text; scans are not read yet"
            raise UnreadableFile(
                f"{self._name}: the document holds "
                + (held if self._inline.pictures else "no text")
            )
        rendition = self._rendition
        return Document(self._name, rendition.text, tuple(rendition.blocks), tuple(self._warnings))

    def _blocks(self, parent: Any, within: str) -> None:
        """The paragraphs and tables of a body, a text box, a note or a cell that is read as a page."""
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child, within)
            elif tag == W + "tbl":
                self._table(child)
            elif tag == W + "sdt":
                gallery = child.find(_GALLERY)
                if gallery is None or gallery.get(W + "val") != "Table of Contents":
                    for content in child.findall(W + "sdtContent"):
                        self._blocks(content, within)
            elif tag in KEPT:
                self._blocks(child, within)
            elif tag in DROPPED:
                self._changed = True
            elif tag == _MC + "AlternateContent":
                for choice in child.findall(_MC + "Choice")[:1] or child.findall(_MC + "Fallback"):
                    self._blocks(choice, within)
            elif tag == W + "altChunk":
                text = "文档里嵌有另一种格式的内容（altChunk），未读；用 Word 打开、另存为 .docx 后再读"
                self._warn("part-unread", text, Place())

    def _paragraph(self, paragraph: Any, within: str) -> None:
        self._paragraphs += not within
        text, ends = self._text(paragraph)
        place = Place(element=within or f"p{self._paragraphs}")
        if ends:
            for piece in text.split("\n"):
                if piece.strip():
                    self._rendition.line(piece.strip("\r"), place)
        self._aside(place)

    def _text(self, paragraph: Any, in_cell: bool = False) -> tuple[str, bool]:
        """The text of a paragraph with its number, and whether it ends here."""
        text = self._inline.text(paragraph)
        if (mark := paragraph_mark(paragraph)) is not None:
            self._changed = True
            if mark == "del":
                self._carried += text
                return "", False
            if not text.strip():
                return "", False
        text, self._carried = self._carried + text, ""
        number = "" if self._inline.silent else self._numbering.number(paragraph.find(W + "pPr"))
        if number and text.strip():
            # `1.` before `5` must not make 1.5
            gap = " " if text.lstrip()[0].isascii() or text.lstrip()[0].isdecimal() else ""
            text = number + gap + text.lstrip()
        elif number and in_cell:
            text = number
        return text, True

    def _aside(self, place: Place) -> None:
        """Text boxes and notes of what was just read, behind it."""
        notes = self._inline.take_notes()
        boxes = self._inline.take_boxes()
        for box in boxes:
            self._blocks(box, f"{place.element}.box")
        for kind, number in notes:
            note = self._notes.get((kind, number))
            if note is not None and note.get(W + "type", "normal") == "normal":
                self._blocks(note, f"{'fn' if kind == 'footnote' else 'en'}{number}")

    def _table(self, table: Any) -> None:
        self._tables += 1
        label = f"t{self._tables}"
        form = shape(table)
        self._changed = self._changed or form.deleted
        self._rows_hidden = self._rows_hidden or form.hidden
        if _is_page(form):
            for cell in form.cells:
                self._blocks(cell.element, _element(label, cell))
            for row, elements in form.ragged:
                for element in elements:
                    self._blocks(element, f"{label}.r{row + 1}")
            return
        nested: list[Any] = []
        cells = []
        for cell in form.cells:
            text = self._cell_text(cell.element, nested)
            place = Place(element=_element(label, cell))
            if self._inline.unresolved:
                for formula in self._inline.unresolved:
                    told = f"表格 {label} 的 {place.element} 是域公式（{formula}），文件里没有结果，不作数值"
                    self._warn("formula-uncached", told, place)
                self._inline.unresolved.clear()
            cells.append(
                SourceCell(cell.row, cell.column, text, cell.row_span, cell.column_span, place)
            )
        sound = all(
            self._ragged(label, row, [self._cell_text(e, nested) for e in elements])
            for row, elements in form.ragged
        )
        where = Place(element=label)
        if not sound:
            told = f"表格 {label} 的列标题行格数与列数不符，无法确定各列，整个表格未读"
            self._warn("table-ragged", told, where)
        elif (
            cells and form.height * form.width <= MOST_CELLS and self._rendition.grid(cells, where)
        ):
            self._grids += 1
        elif cells:
            told = f"表格 {label} 超过 {MOST_CELLS} 格，未读"
            self._warn("grid-too-large", told, where)
        self._aside(where)
        for inner in nested:
            self._table(inner)

    def _ragged(self, label: str, row: int, texts: list[str]) -> bool:
        """Tell of a row without columns; whether the others' columns are certain all the same.

        A row without values may be a header that the rows below it hang on.
        """
        place = Place(element=f"{label}.r{row + 1}")
        printed = " | ".join(t.replace("\n", "") for t in texts if t)
        if not printed:
            return True
        text = f"表格 {label} 第 {row + 1} 行的格数与表格的列数不符，无法确定各格属于哪一列，未读：{printed}"
        self._warn("row-ragged", text, place)
        return any(looks_like_value(t) for t in texts)

    def _cell_text(self, tc: Any, nested: list[Any]) -> str:
        """The text of a cell, its paragraphs parted by newlines; tables in it are added to `nested`."""
        lines: list[str] = []
        struck = len(self._inline.struck)
        self._cell_lines(tc, lines, nested)
        text = "\n".join(lines).strip("\n").strip(" \t\r")
        return STRUCK if not text and len(self._inline.struck) > struck else text

    def _cell_lines(self, parent: Any, lines: list[str], nested: list[Any], depth: int = 0) -> None:
        for child in parent:
            if child.tag == W + "p":
                text, ends = self._text(child, in_cell=True)
                if ends:
                    lines.append(text)
            elif child.tag == W + "tbl":
                form = shape(child)
                if depth == _DEEPEST:
                    lines.append("…")
                    continue
                # a value that stands in a box of its own is no blank
                for cell in form.cells[:_MOST_INNER]:
                    self._cell_lines(cell.element, lines, [], depth + 1)
                if form.height * form.width > 1:
                    nested.append(child)
            elif child.tag == W + "sdt" or child.tag in KEPT:
                self._cell_lines(child, lines, nested, depth)

    def _warn(self, code: str, text: str, place: Place) -> None:
        told = sum(w.code == code for w in self._warnings)
        if told < _MOST_TOLD:
            self._warnings.append(Warning_(code, text, place))

    def _tell(self) -> None:
        """Warnings for the document as a whole."""
        inline = self._inline
        if self._changed or inline.changed:
            self._warn("tracked-changes", "文档里有未接受的修订，按全部接受后的文字读取", Place())
        if inline.hidden or self._rows_hidden:
            self._warn("hidden-text", "文档里有隐藏的文字，页面上看不到，未读", Place())
        if inline.struck:
            text = f"有 {len(inline.struck)} 处划去的文字未读，如“{inline.struck[0]}”"
            self._warn("struck-text", text, Place())
        for warning in tell(self._rendition.blocks, UNKNOWN if inline.lost else ""):
            self._warn(warning.code, warning.text, warning.place)
        if inline.objects:
            text = f"文档里嵌有 {inline.objects} 个对象（如 Excel 表），其中的表格和数字未读"
            self._warn("object-unread", text, Place())
        if inline.large_pictures:
            text = f"文档里有 {inline.large_pictures} 张图片，图片里的表格和数字未读"
            self._warn("picture-unread", text, Place())
        elif inline.pictures and not self._grids:
            text = f"文档里没有表格，有 {inline.pictures} 张图片，图片里的内容未读"
            self._warn("picture-unread", text, Place())


def _is_page(form: WordTable) -> bool:
    """Whether a table only lays out a page: one column, or nothing beside the tables inside it."""
    if not form.cells:
        return True
    if all(c.column_span >= form.width for c in form.cells) and not form.ragged:
        return True
    tables = [c for c in form.cells if c.element.find(f".//{W}tbl") is not None]
    if not tables:
        return False
    others = [c for c in form.cells if c not in tables]
    return not any(
        looks_like_value("".join(t.text or "" for t in c.element.iter(W + "t"))) for c in others
    ) and any(len(list(islice(c.element.iter(W + "tc"), 5))) == 5 for c in tables)


def _element(label: str, cell: WordCell) -> str:
    return f"{label}.r{cell.line + 1}.c{cell.column + 1}"
