"""HTML: pages of government sites as browsers save them, and what word processors write.

Nothing is fetched, no entity is expanded that a page declares, no script is run.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_
from ingest.normalise import clean
from ingest.readers.base import Document, Reader
from ingest.readers.encoding import declared_encoding, decode
from ingest.readers.html import article
from ingest.readers.html.grid import too_large
from ingest.readers.html.markup import Element, Printed, Printer, prune
from ingest.readers.html.mhtml import Part, html_parts, is_mhtml
from ingest.readers.html.page import Page, Tabled
from ingest.readers.html.parse import blank_comments, parse, without_pictures
from ingest.readers.html.slots import TooManySlots
from ingest.readers.html.table import DataRows, caption_of, parts

_MAX_BYTES = 50_000_000  # pictures included
_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?"
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|span|font|center|style|script)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
_NO_TEXT = bytes((*range(0x09), *range(0x0E, 0x1B)))
_NOT_ASCII = bytes({*range(256)} - {*b"\t\n\r", *range(0x20, 0x7F)})
_OTHER_STARTS = ("%PDF", "PK\x03\x04", "{", "[")
_FEWEST_TAGS = 10
_MARKDOWN = (".md", ".markdown")
_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?:[?#].*)?$", re.IGNORECASE)
_FRAMES = ("iframe", "frame", "object", "embed")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、")
_TITLE_AMONG = 40  # lines at the top in which a printed title is looked for


class HtmlReader(Reader):
    """Reads `.html`, `.xhtml`, `.mht`, and HTML under any other name (`.xls`, `.doc`)."""

    name = "html"
    version = 1

    def accepts(self, data: bytes, name: str) -> bool:
        if is_mhtml(data):
            return True
        head = _head(data).lstrip("\ufeff \t\r\n")
        if _has_controls(head) or head.startswith(_OTHER_STARTS):
            return False
        if _PAGE.search(head[:4096]):
            return True  # perhaps behind leftovers: headers, comments, messages of a script
        if name.lower().endswith(_MARKDOWN):
            return False
        head = blank_comments(head)
        return _START.match(head) is not None or _mostly_tags(head)

    def read(self, data: bytes, name: str) -> Document:
        if len(data) > _MAX_BYTES:
            raise UnreadableFile(f"{name}: {len(data)} bytes; a page is at most {_MAX_BYTES}")
        if is_mhtml(data):
            pages = [_read(part, name, False) for part in html_parts(data, name)]
        else:
            pages = [_read(Part(data, None), name, True)]
        # the report may stand in a frame of the page that was saved
        page = max(pages, key=lambda p: p.worth) if len(pages) > 1 else pages[0]
        if page.title is None:
            page.title = next((p.title for p in pages if p.title), None)
        return page.document(name)


def _head(data: bytes) -> str:
    """The beginning of a file, its ASCII readable whatever the encoding."""
    head = data[:65536]
    zeros = (head[:1024:2].count(0), head[1:1024:2].count(0))
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or max(zeros) > len(head[:1024]) // 8:
        return head.translate(None, _NOT_ASCII).decode("ascii")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _has_controls(head: str) -> bool:
    letters = head.encode("latin-1")
    return len(letters.translate(None, _NO_TEXT)) < len(letters)


def _mostly_tags(head: str) -> bool:
    """Whether text that begins with none is full of tags; tables alone occur in Markdown too."""
    if head.count("<") < _FEWEST_TAGS:
        return False
    pieces = re.split(r"<(/?table)\b", head, flags=re.IGNORECASE)
    # between the names of the tags; what follows an opening one is in a table
    head = "".join(
        text for n, text in enumerate(pieces) if n % 2 == 0 and pieces[n - 1].lower() != "table"
    )
    tags = _TAG.findall(head)
    return len(tags) >= _FEWEST_TAGS and sum(map(len, tags)) > 0.4 * len(head.strip())


def _read(part: Part, name: str, has_lines: bool) -> Page:
    data = without_pictures(part.data, name)
    decoded = decode(data, name, part.charset or declared_encoding(data))
    page = Page(decoded, has_lines)
    root = parse(decoded.text, name)
    page.elements = tuple(root.iter())
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
    page.title = _title(page, body, found.element, [(n, clean_text(t)) for n, t in head])
    source = article.head_source(head)
    if source and not any(source in line for line in page.lines[:20]):
        page.source = source
    return page


def clean_text(text: str) -> str:
    """White space of the source as one blank."""
    return re.sub(r"\s+", " ", text).strip()


def _shows(frame: Element) -> bool:
    address = (frame.get("src") or frame.get("data") or "").strip().lower()
    return bool(address) and not address.startswith(("about:", "javascript:"))


def _attachments(element: Element) -> list[str]:
    out = []
    for link in element.iter("a"):
        if _ATTACHMENT.search((link.get("href") or "").strip()):
            out.append(clean_text("".join(link.itertext())) or "附件")
    return out


def _print(page: Page, found: article.Article) -> None:
    """Collect what the article prints, without furniture."""
    heading: list[str] = []  # the last heading, while nothing but pictures follows it

    def on_line(line: Printed) -> None:
        if not article.is_furniture(line.text) and not article.is_link(line):
            heading.clear()
            if _HEADING.match(line.text) and len(line.text) <= 40:
                heading.append(line.text)
            page.blocks.append(line)

    def on_image(_: Element) -> None:
        page.images += 1
        page.pictured += heading
        heading.clear()

    def on_table(table: Element) -> None:
        caption = caption_of(table)
        try:
            pieces = list(parts(table))
        except TooManySlots:
            page.warnings.append(too_large(page.place(table)))
            return
        for piece in pieces:
            if isinstance(piece, DataRows):
                heading.clear()
                page.blocks.append(Tabled(table, piece, caption))
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


def _title(
    page: Page, body: Element, element: Element, head: list[tuple[str, str]]
) -> tuple[str, Place] | None:
    """The title to put in front of the article `element`, None where it prints it itself."""
    lines = page.lines[:_TITLE_AMONG]
    if any(article.looks_like_title(line) for line in lines) or any(
        len(a + b) <= 60 and article.looks_like_title(a + b) for a, b in pairwise(lines)
    ):
        return None
    headings = [
        (text, h)
        for h in body.iter("h1", "h2", "h3")
        if (text := clean_text("".join(h.itertext()))) and not article.is_furniture(text)
    ]
    above = _lines_above(body, element)
    around = next((t for t in (*headings, *above) if article.looks_like_title(t[0])), None)
    titles = article.head_titles(head)
    if around is None and not any(map(article.looks_like_title, titles)):
        around = next(iter(headings), None)
    if around is not None:
        chosen = around[0], page.place(around[1])
    elif titles:
        chosen = titles[0], Place(element="head")
    else:
        return None
    return None if any(clean(chosen[0]) == clean(line) for line in lines) else chosen


def _lines_above(body: Element, element: Element) -> list[tuple[str, Element]]:
    """Lines without links above the article."""
    above = set(takewhile(lambda e: e is not element, body.iter()))
    out: list[tuple[str, Element]] = []

    def on_line(line: Printed) -> None:
        if line.element in above and not line.linked:
            out.append((line.text, line.element))

    Printer(on_line, left_out=frozenset((element,))).walk(body)
    return out
