"""The text of a Word paragraph as it is printed with all changes accepted.

Deleted, hidden and instruction text is not read; a raised digit stays raised; the mark of a footnote is
left out and its note told to the caller. One `Inline` serves a whole document, because a field may
begin in one paragraph and end in another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.readers.numbering import Styles, W, is_on, value_of
from ingest.readers.raised import raised

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
    W + "noBreakHyphen": "-",
}
_LARGE = 3 * 360_000  # EMU: a picture of 3 cm either way may hold a table
_LARGE_POINTS = 85
_SIZE = re.compile(r"(?:^|;)\s*(width|height):\s*([\d.]+)(pt|in|cm|mm)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, None: 0.75}


@dataclass
class _Field:
    """A complex field that has begun; its text counts once its result has."""

    instruction: str = ""
    result: bool = False
    shown: bool = False


class Inline:
    """Reads paragraphs. What it met on the way is told in its attributes, for the caller to take."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._parts: list[str] = []
        self.boxes: list[Any] = []  # text boxes of the paragraphs since they were last taken
        self.notes: list[tuple[str, str]] = []  # (footnote or endnote, id) since last taken
        self.pictures = 0
        self.large_pictures = 0
        self.objects = 0
        self.charts = 0
        self.changed = False
        self.hidden = 0  # letters
        self.unresolved: list[str] = []  # instructions of fields without a result

    def text(self, paragraph: Any) -> str:
        """The text of a `w:p`; a soft break is a newline, a tab a tab."""
        self._parts = []
        style = value_of(paragraph.find(W + "pPr"), "pStyle")
        self._children(paragraph, style in self._styles.hidden)
        text = "".join(self._parts)
        self._parts = []
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

    def _children(self, element: Any, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, hidden)
            elif tag in DROPPED:
                self.changed = True
            elif tag == W + "fldSimple":
                if not (child.get(W + "instr") or "").strip().startswith("TOC"):
                    self._simple_field(child, hidden)
            elif tag in _THROUGH:
                self.changed = self.changed or tag in (W + "ins", W + "moveTo")
                self._children(child, hidden)
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                if content is not None:
                    self._children(content, hidden)
            elif tag == _MC + "AlternateContent":
                self._alternate(child, hidden)
            elif tag in (_M + "oMath", _M + "oMathPara"):
                self._say("".join(t.text or "" for t in child.iter(_M + "t")), hidden)

    def _alternate(self, element: Any, hidden: bool) -> None:
        chosen = element.find(_MC + "Choice")
        if chosen is None:
            chosen = element.find(_MC + "Fallback")
        if chosen is None:
            return
        if any(c.tag == W + "r" or c.tag in _THROUGH for c in chosen):
            self._children(chosen, hidden)
        else:
            self._run_children(chosen, hidden, False)

    def _simple_field(self, element: Any, hidden: bool) -> None:
        before = len(self._parts)
        self._children(element, hidden)
        if not hidden and not self.silent and not "".join(self._parts[before:]).strip():
            self._without_result((element.get(W + "instr") or "").strip())

    def _run(self, run: Any, hidden: bool) -> None:
        high = False
        properties = run.find(W + "rPr")
        if properties is not None:
            style = value_of(properties, "rStyle")
            vanish = properties.find(W + "vanish")
            if vanish is not None:
                hidden = is_on(vanish)
            elif style in self._styles.hidden:
                hidden = True
            high = value_of(properties, "vertAlign") == "superscript"
        self._run_children(run, hidden, high)

    def _run_children(self, run: Any, hidden: bool, high: bool) -> None:
        for child in run:
            tag = child.tag
            if tag == W + "t":
                text = child.text or ""
                self._say(raised(text) if high else text, hidden)
            elif tag in _LEAVES:
                self._say(_LEAVES[tag], hidden)
            elif tag == W + "br":
                if child.get(W + "type", "textWrapping") == "textWrapping":
                    self._say("\n", hidden)
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"), hidden)
            elif tag == W + "instrText":
                if self._fields and not self._fields[-1].result:
                    field = self._fields[-1]
                    field.instruction = (field.instruction + (child.text or "")).lstrip()
            elif tag == W + "sym":
                self._symbol(child, hidden)
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                if not hidden:
                    kind = tag.removeprefix(W).removesuffix("Reference")
                    self.notes.append((kind, child.get(W + "id") or ""))
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(child)
            elif tag == W + "ruby":
                self._children(child, hidden)
            elif tag == _MC + "AlternateContent":
                self._alternate(child, hidden)

    def _say(self, text: str, hidden: bool) -> None:
        if hidden:
            self.hidden += len(text.strip())
        elif text and not self.silent:
            self._parts.append(text)
            for field in self._fields:
                field.shown = True

    def _field(self, kind: str | None, hidden: bool) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if not field.shown and not hidden and not self.silent:
                self._without_result(field.instruction.strip())

    def _without_result(self, instruction: str) -> None:
        """A formula without its result must not read as a blank cell."""
        if instruction.startswith("="):
            self.unresolved.append(instruction)
            self._parts.append(f"{{{instruction}}}")

    def _symbol(self, element: Any, hidden: bool) -> None:
        code = element.get(W + "char") or ""
        if re.fullmatch(r"[0-9A-Fa-f]{2,5}", code):
            self._say(chr(int(code, 16)), hidden)

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
