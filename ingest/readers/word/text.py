"""The text of a Word paragraph as it is printed with all changes accepted.

Deleted, struck, hidden and instruction text is not read; where the print changes inside a number, it
is none (see `ingest.readers.seams`); a raised digit stays raised; the mark of a footnote is
left out and its note told to the caller. One `Inline` serves a whole document, because a field may
begin in one paragraph and end in another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.readers.raised import lowered, raised
from ingest.readers.seams import UNKNOWN, joins_number, whole_numbers
from ingest.readers.word.font import Font, Fonts
from ingest.readers.word.numbering import W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"

BOX = f"{W}txbxContent"
#: what holds blocks or text that is kept
KEPT = frozenset(W + n for n in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))
DROPPED = frozenset(W + n for n in ("del", "moveFrom"))
_THROUGH = KEPT | {W + n for n in ("hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase")}
_LEAVES = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
}
_NUMBER = re.compile(r"\d[\d.,，．]*")
_LARGE = 3 * 360_000  # EMU: a picture of 3 cm either way may hold a table
_LARGE_POINTS = 85
_SIZE = re.compile(r"(?:^|;)\s*(width|height):\s*([\d.]+)(pt|in|cm|mm)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, None: 0.75}


_PLAIN = Font()
_LINK = W + "hyperlink"


@dataclass
class _Field:
    """A complex field that has begun; its text counts once its result has."""

    instruction: str = ""
    result: bool = False
    shown: bool = False


class Inline:
    """Reads paragraphs. What it met on the way is told in its attributes, for the caller to take."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._fields: list[_Field] = []
        self._parts: list[str] = []
        self._paragraph: Any = None
        self._print: tuple[Font, Any, int] = (_PLAIN, None, 0)  # of the last letters
        self._link: Any = None
        self.boxes: list[Any] = []  # text boxes of the paragraphs since they were last taken
        self.notes: list[tuple[str, str]] = []  # (footnote or endnote, id) since last taken
        self.pictures = 0
        self.large_pictures = 0
        self.objects = 0
        self.charts = 0
        self.changed = False
        self.hidden = 0  # letters
        self.struck: list[str] = []
        self.lost = False  # whether the file itself holds letters that cannot be told
        self.unresolved: list[str] = []  # instructions of fields without a result

    def text(self, paragraph: Any) -> str:
        """The text of a `w:p`; a soft break is a newline, a tab a tab."""
        outer = self._paragraph
        self._parts, self._paragraph = [], paragraph
        self._children(paragraph, _PLAIN)
        text = whole_numbers("".join(self._parts))
        self._parts, self._paragraph = [], outer
        return text

    @property
    def silent(self) -> bool:
        """Whether what comes now is a field's instruction, or a table of contents."""
        return any(not f.result or f.instruction.startswith("TOC") for f in self._fields)

    def take_boxes(self) -> list[Any]:
        """The text boxes met since the last call."""
        out, self.boxes = self.boxes, []
        return out

    def take_notes(self) -> list[tuple[str, str]]:
        """The notes referred to since the last call."""
        out, self.notes = self.notes, []
        return out

    def _children(self, element: Any, font: Font) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, font)
            elif tag in DROPPED:
                self.changed = True
            elif tag == W + "fldSimple":
                if not (child.get(W + "instr") or "").strip().startswith("TOC"):
                    self._simple_field(child, font)
            elif tag in _THROUGH:
                self.changed = self.changed or tag in (W + "ins", W + "moveTo")
                outer, self._link = self._link, child if tag == _LINK else self._link
                self._children(child, font)
                self._link = outer
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                if content is not None:
                    self._children(content, font)
            elif tag == _MC + "AlternateContent":
                self._alternate(child, font)
            elif tag in (_M + "oMath", _M + "oMathPara"):
                self._say("".join(t.text or "" for t in child.iter(_M + "t")), font)

    def _alternate(self, element: Any, font: Font) -> None:
        chosen = element.find(_MC + "Choice")
        if chosen is None:
            chosen = element.find(_MC + "Fallback")
        if chosen is None:
            return
        if any(c.tag == W + "r" or c.tag in _THROUGH for c in chosen):
            self._children(chosen, font)
        else:
            self._run_children(chosen, font)

    def _simple_field(self, element: Any, font: Font) -> None:
        before = len(self._parts)
        self._children(element, font)
        if not font.hidden and not self.silent and not "".join(self._parts[before:]).strip():
            self._without_result((element.get(W + "instr") or "").strip())

    def _run(self, run: Any, font: Font) -> None:
        self._run_children(run, self._fonts.of(run, self._paragraph))

    def _run_children(self, run: Any, font: Font) -> None:
        for child in run:
            tag = child.tag
            if tag == W + "t":
                self.lost = self.lost or UNKNOWN in (child.text or "")
                self._say(_placed(child.text or "", font), font)
            elif tag in _LEAVES:
                self._say(_LEAVES[tag], font)
            elif tag == W + "noBreakHyphen":
                # in front of a number in a cell of its own it is no minus for certain
                begins = not "".join(self._parts).strip()
                self._say("\u2011" if begins else "-", font)
            elif tag == W + "br":
                if child.get(W + "type", "textWrapping") == "textWrapping":
                    self._say("\n", font)
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"), font)
            elif tag == W + "instrText":
                if self._fields and not self._fields[-1].result:
                    field = self._fields[-1]
                    field.instruction = (field.instruction + (child.text or "")).lstrip()
            elif tag == W + "sym":
                self._symbol(child, font)
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                if not font.hidden:
                    kind = tag.removeprefix(W).removesuffix("Reference")
                    self.notes.append((kind, child.get(W + "id") or ""))
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(child)
            elif tag == W + "ruby":
                self._children(child, font)
            elif tag == _MC + "AlternateContent":
                self._alternate(child, font)

    def _say(self, text: str, font: Font) -> None:
        if font.hidden:
            self.hidden += len(text.strip())
        elif not text or self.silent:
            return
        elif font.struck:
            if text.strip():
                self.struck.append(text.strip()[:40])
        else:
            last, link, depth = self._print
            differs = font.differs(last) or (link, depth) != (self._link, len(self._fields))
            if differs and self._parts and joins_number(self._parts[-1], text):
                self._parts.append(UNKNOWN)
            self._print = (font, self._link, len(self._fields))
            self._parts.append(_NUMBER.sub(UNKNOWN, text) if font.doubtful else text)
            for field in self._fields:
                field.shown = True

    def _field(self, kind: str | None, font: Font) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if not field.shown and not font.hidden and not self.silent:
                self._without_result(field.instruction.strip())

    def _without_result(self, instruction: str) -> None:
        """A formula without its result must not read as a blank cell."""
        if instruction.startswith("="):
            self.unresolved.append(instruction)
            self._parts.append(f"{{{instruction}}}")

    def _symbol(self, element: Any, font: Font) -> None:
        code = element.get(W + "char") or ""
        if re.fullmatch(r"[0-9A-Fa-f]{2,5}", code):
            self._say(chr(int(code, 16)), font)

    def _drawing(self, element: Any) -> None:
        boxes = [b for b in element.iter(BOX) if _outermost(b, element)]
        self.boxes += boxes
        if element.tag == W + "object":
            program = next((o.get("ProgID") or "" for o in element.iter(_O + "OLEObject")), "")
            self.objects += not program.startswith("Equation")
            return
        if boxes:
            return
        if next(element.iter(_A + "blip"), None) is not None:
            self.pictures += 1
            size = next(element.iter(_WP + "extent"), None)
            wide = size is not None and min(_size(size, "cx"), _size(size, "cy")) >= _LARGE
            self.large_pictures += wide
        elif next(element.iter(_V + "imagedata"), None) is not None:
            self.pictures += 1
            shape = next(element.iter(_V + "shape"), None)
            sizes = [
                float(n) * _POINTS[unit or None]
                for _, n, unit in _SIZE.findall(
                    shape.get("style") or "" if shape is not None else ""
                )
            ]
            self.large_pictures += len(sizes) == 2 and min(sizes) >= _LARGE_POINTS


def _placed(text: str, font: Font) -> str:
    if font.script == "superscript":
        return raised(text)
    return lowered(text) if font.script == "subscript" else text


def _size(extent: Any, name: str) -> int:
    text = extent.get(name) or "0"
    return int(text) if text.isdigit() else 0


def _outermost(box: Any, root: Any) -> bool:
    """Whether no other text box, and no fallback for a drawing, holds `box` inside `root`."""
    for above in box.iterancestors():
        if above is root:
            return True
        if above.tag in (BOX, _MC + "Fallback"):
            return False
    return True


def paragraph_mark(paragraph: Any) -> str | None:
    """`del` or `moveFrom` where the paragraph's mark was deleted: it runs on into the next one."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if mark is None:
        return None
    return next((n for n in ("del", "moveFrom") if mark.find(W + n) is not None), None)
