"""HTML: pages of government sites as browsers save them, and what word processors write.

Nothing is fetched, no entity is expanded that a page declares, no script is run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

import lxml.html

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_
from ingest.normalise import clean
from ingest.numbers import looks_like_value
from ingest.readers import article
from ingest.readers.base import Document, Grid, Reader
from ingest.readers.encoding import Decoded, declared_encoding, decode
from ingest.readers.htmltable import Box, DataRows, caption_of, parts, ragged_rows
from ingest.readers.markup import Element, Paths, Printed, Printer, Pruned, prune
from ingest.readers.mhtml import Part, html_parts, is_mhtml
from ingest.readers.rendition import Rendition, SourceCell
from ingest.readers.slots import Placed, TooManySlots

_MAX_BYTES = 50_000_000
_MAX_TAGS = 400_000  # a page of a report has some thousand
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,100},[^\"'\s)>]{200,}")
_START = re.compile(
    r"(?:\s|<\?xml[^>]*>|<!--.*?-->)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|span|font|center|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
_MARKDOWN = (".md", ".markdown")
_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?:[?#].*)?$", re.IGNORECASE)
_FRAMES = ("iframe", "frame", "object", "embed")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、")
_FEW_VALUES = 3
_LAST_SANE_LINE = 65534  # libxml2 stops counting there
_TITLE_AMONG = 40  # lines at the top in which a printed title is looked for


class HtmlReader(Reader):
    """Reads `.html`, `.xhtml`, `.mht`, and HTML under any other name (`.xls`, `.doc`)."""

    name = "html"
    version = 1

    def accepts(self, data: bytes, name: str) -> bool:
        if is_mhtml(data):
            return True
        head = _head(data)
        if not head.lstrip("\ufeff").lstrip().startswith("<"):
            # text first: a page only behind leftovers (headers, messages of a script) or mostly tags
            if _PAGE.search(head[:4096]):
                return not name.lower().endswith(_MARKDOWN)
            return _mostly_tags(head) and not name.lower().endswith(_MARKDOWN)
        if not _START.match(head.lstrip("\ufeff")):
            return _PAGE.search(head) is not None
        return not name.lower().endswith(_MARKDOWN) or _PAGE.search(head[:4096]) is not None

    def read(self, data: bytes, name: str) -> Document:
        if len(data) > _MAX_BYTES:
            raise UnreadableFile(f"{name}: {len(data)} bytes; a page is at most {_MAX_BYTES}")
        if is_mhtml(data):
            pages = [_read(part, name, False) for part in html_parts(data, name)]
        else:
            pages = [_read(Part(data, declared_encoding(data)), name, True)]
        # the report may stand in a frame of the page that was saved
        page = max(pages, key=lambda p: p.report)
        if page.title is None:
            page.title = next((p.title for p in pages if p.title), None)
        return page.document(name)


def _head(data: bytes) -> str:
    """The beginning of a file, its ASCII readable whatever the encoding."""
    head = data[:65536]
    zeros = (head[:1024:2].count(0), head[1:1024:2].count(0))
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or max(zeros) > len(head[:1024]) // 8:
        return head.replace(b"\0", b"").decode("latin-1").lstrip("ÿþ")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _mostly_tags(head: str) -> bool:
    tags = _TAG.findall(head)
    return len(tags) >= 10 and sum(map(len, tags)) > 0.4 * len(head.strip())


@dataclass(slots=True)
class _GridEvent:
    element: Element
    rows: DataRows
    caption: str


@dataclass
class _Page:
    """A page on its way to a Document: its lines and tables in reading order."""

    decoded: Decoded
    has_lines: bool  # whether its line numbers are those of the file
    pruned: Pruned = field(default_factory=lambda: Pruned(0, ()))
    events: list[Printed | _GridEvent] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    title: tuple[str, str] | None = None  # text, name of the element
    source: str | None = None
    images: int = 0
    frames: int = 0
    attachments: list[str] = field(default_factory=list)
    paths: Paths = field(default_factory=Paths)
    pictured: list[str] = field(default_factory=list)  # headings with nothing but a picture below

    @property
    def values(self) -> int:
        """How many cells and lines hold a number and nothing else, up to a few."""
        found = 0
        for event in self.events:
            texts = (
                [event.text]
                if isinstance(event, Printed)
                else [c.cell.text for c in event.rows.cells]
            )
            found += sum(any(map(str.isdigit, t)) and looks_like_value(t) for t in texts)
            if found > 10:
                break
        return found

    @property
    def report(self) -> tuple[int, int]:
        """How much of a report the page holds."""
        return self.values, sum(len(e.text) for e in self.events if isinstance(e, Printed))

    def place(self, element: Element) -> Place:
        line = element.sourceline
        sane = self.has_lines and line is not None and 0 < line <= _LAST_SANE_LINE
        return Place(line=line if sane else None, element=self.paths(element))

    def document(self, name: str) -> Document:
        """Lines and grids with their places. Raises UnreadableFile where there are none."""
        out = Rendition()
        if self.title is not None:
            out.line(self.title[0], Place(element=self.title[1]))
        if self.source is not None:
            out.line(f"来源：{self.source}", Place(element="head>meta"))
        if not self.events and self.title is None:
            raise UnreadableFile(f"{name}: the page holds no text{self._elsewhere()}")
        for event in self.events:
            if isinstance(event, Printed):
                out.line(event.text, self.place(event.element))
            else:
                self._grid(event, out)
        self._warn_of_absent_tables()
        warnings = (*self.decoded.warnings, *self.warnings)
        return Document(name, out.text, tuple(out.blocks), warnings)

    def _elsewhere(self) -> str:
        kinds = {"picture": self.images, "frame": self.frames, "attachment": len(self.attachments)}
        held = [f"{n} {kind}{'s' if n > 1 else ''}" for kind, n in kinds.items() if n]
        return f", only {', '.join(held)}" if held else ""

    def _grid(self, event: _GridEvent, out: Rendition) -> None:
        rows, where = event.rows, self.place(event.element)
        if rows.overlaps:
            text = "表格的合并单元格互相重叠，无法确定各值属于哪一列，按逐行文字读取"
            self.warnings.append(Warning_("cells-overlap", text, where))
            for cell in rows.cells:
                for line in cell.cell.text.split("\n"):
                    out.line(line, self.place(cell.cell.element))
            return
        cells = self._whole_rows(rows) if rows.spanned else [self._cell(c) for c in rows.cells]
        first = min(c.row for c in cells)
        cells = [replace(c, row=c.row - first) for c in cells]
        if not out.grid(cells, where, caption=event.caption):
            self.too_large(event.element)
        elif not rows.spanned and isinstance(grid := out.blocks[-1], Grid):
            # no cell says how far it reaches: rows keep their own length
            own = [0] * len(grid.rows)
            for c in cells:
                own[c.row] += 1
            cut = tuple(row[:n] for row, n in zip(grid.rows, own, strict=True) if n)
            out.blocks[-1] = replace(grid, rows=cut, spanned=False)

    def _cell(self, placed: Placed[Box]) -> SourceCell:
        box = placed.cell
        return SourceCell(
            placed.row,
            placed.column,
            box.text,
            placed.row_span,
            placed.column_span,
            self.place(box.element),
        )

    def _whole_rows(self, rows: DataRows) -> list[SourceCell]:
        """The cells, but those of a row that lacks some are joined to one, which is no value."""
        width = max(c.column + c.column_span for c in rows.cells)
        joined: set[int] = set()
        extra: list[SourceCell] = []
        for ragged in ragged_rows(rows):
            own = [c for c in ragged.cells if c.row_span == 1]
            text = " ".join(c.cell.text for c in own if c.cell.text)
            if not own or not text:
                continue
            where = self.place(own[0].cell.element)
            joined.update(id(c) for c in own)
            extra.append(SourceCell(ragged.row, own[0].column, text, 1, width, where))
            if ragged.has_values:
                self.warnings.append(
                    Warning_(
                        "row-ragged",
                        f"表格的一行“{text[:40]}”比上方的表头少 {ragged.missing} 列，"
                        "无法确定各值属于哪一列，该行数值未采用",
                        where,
                    )
                )
        return [self._cell(c) for c in rows.cells if id(c) not in joined] + extra

    def too_large(self, element: Element) -> None:
        text = "表格的单元格或合并范围过多，不像统计表，未读"
        self.warnings.append(Warning_("table-too-large", text, self.place(element)))

    def _warn_of_absent_tables(self) -> None:
        if self.pruned.hidden_tables:
            text = f"页面有 {self.pruned.hidden_tables} 个不显示的表格，未读"
            self.warnings.append(Warning_("table-hidden", text))
        if self.pruned.struck:
            text = f"有 {len(self.pruned.struck)} 处划去的文字未读，如“{self.pruned.struck[0]}”"
            self.warnings.append(Warning_("struck-text", text))
        for heading in self.pictured:
            text = f"“{heading}”之下只有图片，图片里的文字和表格不读"
            self.warnings.append(Warning_("section-as-image", text))
        if self.values >= _FEW_VALUES:
            return
        found = (
            (
                "tables-as-image",
                self.images,
                f"页面没有统计表，只有 {self.images} 张图片；图片里的表格不读",
            ),
            ("content-in-frame", self.frames, "页面没有统计表；内容在内嵌框架里，不在这个文件中"),
            (
                "content-in-attachment",
                len(self.attachments),
                f"页面没有统计表；内容在附件里：{'、'.join(self.attachments[:3])}",
            ),
        )
        self.warnings += [Warning_(code, text) for code, n, text in found if n]


def _read(part: Part, name: str, has_lines: bool) -> _Page:
    decoded = decode(part.data, name, part.charset)
    page = _Page(decoded, has_lines)
    root = _parse(decoded.text, name)
    head = [
        ((m.get("name") or m.get("property") or "").lower(), m.get("content") or "")
        for m in root.iter("meta")
    ]
    head += [("title", "".join(t.itertext())) for t in root.iter("title")]
    page.frames = sum(_shows(e) for e in root.iter(*_FRAMES))
    body = root.find("body") if root.tag == "html" else root
    body = root if body is None else body
    page.pruned = prune(body)
    found = article.find_article(body)
    if found.lost:
        quote = found.lost[0][:30]
        text = f"正文之外另有 {len(found.lost)} 处文字未读，如“{quote}”"
        page.warnings.append(Warning_("text-outside-article", text))
    _print(page, found)
    page.attachments = _attachments(found.element)
    page.title = _title(page, body, [(n, clean_text(t)) for n, t in head])
    source = article.head_source(head)
    if source and not any(source in e.text for e in page.events[:20] if isinstance(e, Printed)):
        page.source = source
    return page


def clean_text(text: str) -> str:
    """White space of the source as one blank."""
    return re.sub(r"\s+", " ", text).strip()


def _parse(text: str, name: str) -> Element:
    if not text.strip():
        raise UnreadableFile(f"{name}: the page is empty")
    tags = text.count("<")
    if tags > _MAX_TAGS:
        raise UnreadableFile(f"{name}: {tags} tags; a page of a report has at most {_MAX_TAGS}")
    if "data:" in text:
        text = _DATA_URI.sub("data:", text)
    parser = lxml.html.HTMLParser(
        huge_tree=False, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError as error:
        raise UnreadableFile(f"{name}: the page holds no text ({error})") from error
    for entry in parser.error_log:
        if "RESOURCE" in entry.type_name or "resource limit" in entry.message.lower():
            reason = entry.message.strip().split(", use")[0].split(", try")[0]
            raise UnreadableFile(
                f"{name}: the page cannot be parsed whole: {reason}; "
                "wanted at most 255 elements inside each other and 10 MB without data: addresses"
            )
    return root


def _shows(frame: Element) -> bool:
    address = (frame.get("src") or frame.get("data") or "").strip().lower()
    return bool(address) and not address.startswith(("about:", "javascript:"))


def _attachments(element: Element) -> list[str]:
    out = []
    for link in element.iter("a"):
        if _ATTACHMENT.search((link.get("href") or "").strip()):
            out.append(clean_text("".join(link.itertext())) or "附件")
    return out


def _print(page: _Page, found: article.Article) -> None:
    """Collect what the article prints, without furniture."""
    heading: list[str] = []  # the last heading, while nothing but pictures follows it

    def on_line(line: Printed) -> None:
        if not article.is_furniture(line.text) and not article.is_link(line):
            heading.clear()
            if _HEADING.match(line.text) and len(line.text) <= 40:
                heading.append(line.text)
            page.events.append(line)

    def on_image(_: Element) -> None:
        page.images += 1
        page.pictured += heading
        heading.clear()

    def on_table(table: Element) -> None:
        caption = caption_of(table)
        try:
            pieces = list(parts(table))
        except TooManySlots:
            page.too_large(table)
            return
        for piece in pieces:
            if isinstance(piece, DataRows):
                heading.clear()
                page.events.append(_GridEvent(table, piece, caption))
                caption = ""
                continue
            if caption:
                on_line(Printed(caption, table, 0.0))
                caption = ""
            for element in piece.elements:
                if element not in found.left_out:
                    printer.walk(element)

    printer = Printer(on_line, on_table, on_image, found.left_out)
    printer.walk(found.element)


def _title(page: _Page, body: Element, head: list[tuple[str, str]]) -> tuple[str, str] | None:
    """The title to put in front, None where the article prints it itself."""
    lines = [e.text for e in page.events if isinstance(e, Printed)][:_TITLE_AMONG]
    if any(article.looks_like_title(a) for a in lines) or any(
        len(a + b) <= 60 and article.looks_like_title(a + b) for a, b in pairwise(lines)
    ):
        return None
    headings = [
        (clean_text("".join(h.itertext())), page.paths(h)) for h in body.iter("h1", "h2", "h3")
    ]
    around = headings + _lines_of(body, page)
    titles = [(text, "head") for text in article.head_titles(head)]
    likely = [t for t in (*around, *titles) if article.looks_like_title(t[0])]
    first = [h for h in headings if h[0] and not article.is_furniture(h[0])]
    chosen = next(iter((*likely, *first, *titles)), None)
    if chosen is not None and any(clean(chosen[0]) == clean(line) for line in lines):
        return None
    return chosen


def _lines_of(body: Element, page: _Page) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []

    def on_line(line: Printed) -> None:
        if not article.is_link(line):
            out.append((line.text, page.paths(line.element)))

    Printer(on_line).walk(body)
    return out[:500]
