"""Elements of a page: what of them is seen, which lines of text they print, how to name them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.html.stylesheet import Styles
from ingest.readers.seams import MAY_BE_MARKS, STRUCK, UNKNOWN, part, whole_numbers
from ingest.readers.unseen import Look, Looks, blends_in, colour_of

Element = Any  # lxml.etree._Element; lxml has no types

# everything else starts a line of its own
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "em", "font", "i",
     "ins", "kbd", "label", "mark", "nobr", "q", "samp", "small", "span", "strong", "sub", "sup",
     "time", "tt", "u", "var", "wbr", "img", "ruby", "rb", "input")
)  # fmt: skip
# what prints its contents as they are, and nothing of its own
_PLAIN_INLINE = frozenset(("b", "em", "font", "i", "small", "span", "strong", "u"))
_PLAIN = _PLAIN_INLINE | {"center", "div", "p", "section"}
_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "head", "link", "meta", "title", "base", "svg",
     "math", "canvas", "audio", "video", "xml", "select", "option", "datalist", "button", "rt",
     "rp", "map", "area", "param", "source", "track", "col", "colgroup", "iframe", "frame",
     "noframes", "object", "embed", "applet")
)  # fmt: skip
_TITLES = frozenset(("h1", "h2", "h3"))
_STRUCK = frozenset(("s", "strike", "del"))
# those that may not be seen, or not like the text around, though no style says so
_TREATED = _STRUCK | {"font", "input"}
_RAISED_STYLE = re.compile(r"super|sub\b|0*[1-9]")  # words, or a length upwards
_NOTE_LINK = re.compile(r"#_?(ftn|edn|fn|footnote|note)", re.I)
_MARK = re.compile(r"[\[(（【]?\s*(\d{1,3})\s*[\])）】]?")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SPACE = re.compile(r"[ \t\n\f\r]+")
_NUMBER = re.compile(r"\d[\d.,]*")
_SMALL_IMAGE = 40  # pixels: an icon, a bullet or a spacer
#: what stands in a cell for a picture in it: the cell is not blank, and it is no number
PICTURE = "〔图〕"


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was taken out of a page and may matter: hidden tables, struck-out pieces of text.

    `hidden` are pieces with digits that stand in a cell and are not seen.
    """

    hidden_tables: int
    struck: tuple[str, ...]
    hidden: tuple[str, ...] = ()


def prune(root: Element) -> Pruned:
    """Take out of the tree what a reader of the page does not see, and text that is struck out.

    Where a number may be two, or cannot be told to be seen, `UNKNOWN` stands in it afterwards.
    """
    styles = Styles.of(root)
    looks = Looks()
    hidden, struck, doomed, resized = 0, [], [], []
    unseen: list[str] = []
    gone: set[Element] = set()
    plain: set[object] = set()  # names with attributes that stand for nothing but their text
    for element in list(root.iter()):
        tag = element.tag
        if tag in _UNSEEN or not isinstance(tag, str):
            doomed.append(element)
            continue
        written = (tag, *element.items())
        if written in plain:
            continue
        said = styles(element)
        marked_hidden = element.get("hidden") is not None
        if not (said or marked_hidden or tag in _TREATED):
            if not styles.hangs_on_others(element):
                plain.add(written)
            continue
        look = looks(said)
        if look.resized:
            resized.append(element)
        if (
            look.hidden or marked_hidden or (tag == "input" and not _shows_value(element))
        ) and element is not root:
            hidden += sum(_has_digits(table) for table in element.iter("table"))
            doomed.append(element)
            if marked_hidden or look.gone:
                gone.add(element)
            if tag in _INLINE and _has_digits(element) and _cell_of(element) is not None:
                unseen.append("".join(element.itertext()).strip()[:40])
        elif look.struck or tag in _STRUCK:
            if text := "".join(element.itertext()).strip():
                struck.append((text[:40], element))
            doomed.append(element)
        else:
            if tag in _INLINE and (m := _RAISED_STYLE.match(said.get("vertical-align", ""))):
                styles.keep(element)
                element.tag = "sub" if m.group() == "sub" else "sup"
            elif not (look.treated or tag in _TREATED or element is root):
                if not styles.hangs_on_others(element):
                    plain.add(written)
                continue
            unseen += _unseen_text(element, look, styles)
    cells = [c for _, e in struck for c in ([e] if e.tag == "tr" else [_cell_of(e)])]
    for element in doomed:
        if element.tag in ("td", "th", "tr") and element not in gone:
            for cell in element.iter("td", "th"):  # its place stays
                _empty(cell)
        elif element.getparent() is not None:
            _drop(element)
    for row in cells:
        for cell in row.iter("td", "th") if row is not None else ():
            if not "".join(cell.itertext()).strip():
                cell.text = STRUCK
    part(root, styles, lambda e: bool(_raised(e)), resized)
    return Pruned(hidden, tuple(text for text, _ in struck), tuple(unseen))


def _shows_value(field: Element) -> bool:
    return (field.get("type") or "text").lower() in ("text", "number")


def _drop(element: Element) -> None:
    """Take an element out of the tree; the text behind it stays."""
    parent = element.getparent()
    if tail := element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)


def _unseen_text(element: Element, look: Look, styles: Styles) -> list[str]:
    """Take out the text of an element that has no size, or the colour of what is behind it."""
    taken: list[str] = []
    if look.no_size:
        _blank(element, ("font-size",), "size", styles, "", taken)
    if (
        look.may_blend
        or element.tag == "font"
        or (look.dark and element.get("bgcolor") is not None)
    ):
        _blend(element, look, styles, taken)
    return taken if taken and _cell_of(element) is not None else []


def _blend(element: Element, look: Look, styles: Styles, taken: list[str]) -> None:
    colour = colour_of(element, look.said)
    if colour is None:
        return
    blends = blends_in(element, colour, look.said, styles)
    if blends is not False:
        letters = "" if blends else UNKNOWN
        names = "color", "background", "background-color"
        _blank(element, names, "color", styles, letters, taken)


def _blank(
    element: Element,
    names: tuple[str, ...],
    attribute: str,
    styles: Styles,
    letters: str,
    taken: list[str],
) -> None:
    """Replace the text of an element by nothing, or its numbers by `letters`.

    Elements in it that say otherwise are left.
    """

    def replaced(text: str | None) -> str | None:
        if not text or not text.strip():
            return text
        if not letters and any(c.isdigit() for c in text):
            taken.append(text.strip()[:40])
        return _NUMBER.sub(letters, text) if letters else None

    element.text = replaced(element.text)
    for child in element:
        child.tail = replaced(child.tail)
        if not isinstance(child.tag, str):
            continue
        said = styles(child)
        own = child.tag == "font" and child.get(attribute) is not None
        if not own and child.get("bgcolor") is None and not any(n in said for n in names):
            _blank(child, names, attribute, styles, letters, taken)


def _cell_of(element: Element) -> Element | None:
    return next(
        (e for e in (element, *element.iterancestors()) if e.tag in ("td", "th", "table")), None
    )


def _empty(cell: Element) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.text = None


def _has_digits(table: Element) -> bool:
    return any(c.isdigit() for c in "".join(table.itertext()))


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of text, the element that it begins in, and the share of it that is in links."""

    text: str
    element: Element
    linked: float


@dataclass
class Printer:
    """Walks elements and collects the lines that they print.

    `on_table` and `on_image` are called in reading order, after the lines before them were
    collected; without `on_table` the text of a table is text like any other, without `on_image` a
    picture prints `PICTURE`. Elements in `left_out` are passed over.
    """

    on_line: Callable[[Printed], None]
    on_table: Callable[[Element], None] | None = None
    on_image: Callable[[Element], None] | None = None
    left_out: frozenset[Element] = frozenset()
    _parts: list[str] = field(default_factory=list)
    _owner: Element = None
    _linked: int = 0

    def walk(self, element: Element) -> None:
        """Print the contents of `element`."""
        self._contents(element, element, False, element.tag == "pre")
        self.end_line()

    def add(self, text: str | None, owner: Element, linked: bool = False) -> None:
        """Print text in the line that is open; `owner` is where it stands."""
        if text:
            if self._owner is None and text.strip():
                self._owner = owner
            if linked:
                self._linked += len(text.strip())
            self._parts.append(text)

    def end_line(self) -> None:
        """A line break."""
        if self._parts:
            text = _printed("".join(self._parts))
            if text:
                self.on_line(Printed(text, self._owner, min(1.0, self._linked / len(text))))
            self._parts.clear()
        self._owner, self._linked = None, 0

    def _contents(self, element: Element, owner: Element, linked: bool, kept: bool) -> None:
        if text := element.text:
            self._text(text, owner, linked, kept)
        for child in element:
            if child not in self.left_out:
                self._element(child, owner, linked, kept)
            else:
                self.end_line()
            if text := child.tail:
                self._text(text, owner, linked, kept)

    def _text(self, text: str, owner: Element, linked: bool, kept: bool) -> None:
        if kept:  # in <pre> a line break is one
            first, *rest = text.split("\n")
            self.add(first, owner, linked)
            for line in rest:
                self.end_line()
                self.add(line, owner, linked)
        else:
            self.add(text, owner, linked)

    def _element(self, element: Element, owner: Element, linked: bool, kept: bool) -> None:
        tag = element.tag
        if tag in _PLAIN_INLINE:
            self._contents(element, owner, linked, kept)
        elif tag == "br" and owner.tag in _TITLES:
            pass  # a title in two lines is one
        elif tag == "br" or tag == "hr":
            self.end_line()
        elif tag == "img":
            if not _is_small(element):
                if self.on_image is not None:
                    self.on_image(element)
                else:
                    self.add(PICTURE, owner)
        elif tag == "input":
            self.add(element.get("value"), owner)
        elif tag in MAY_BE_MARKS and (mark := _raised(element)):
            self.add(mark, owner)
        elif tag == "table" and self.on_table is not None:
            self.end_line()
            self.on_table(element)
        elif tag in _INLINE or ":" in tag:
            quoted = tag == "q"
            self.add("“" if quoted else None, owner)
            self._contents(element, owner, linked or tag == "a", kept)
            self.add("”" if quoted else None, owner)
        else:
            self.end_line()
            self._contents(element, element, linked, kept or tag == "pre")
            self.end_line()


def text_of(element: Element) -> str:
    """What an element prints, its lines parted by newlines."""
    text = only_text_of(element)
    if text is not None:
        return text
    lines: list[str] = []
    Printer(lambda line: lines.append(line.text)).walk(element)
    return "\n".join(lines)


def only_text_of(element: Element) -> str | None:
    """What an element prints that holds one text, be it in boxes that hold nothing else.

    Nearly every cell does. None for all others.
    """
    if not len(element):
        return _printed(element.text or "")
    inside = innermost(element) if element.tag != "pre" else None
    return None if inside is None else _printed(inside.text or "")


def innermost(element: Element) -> Element | None:
    """The element that holds all text of `element`, be it itself; None where several do."""
    while count := len(element):
        if count > 1 or ((text := element.text) and not text.isspace()):
            return None
        element = element[0]
        if element.tag not in _PLAIN or ((text := element.tail) and not text.isspace()):
            return None
    return element


def _printed(text: str) -> str:
    if text.isalnum():
        return text
    return whole_numbers(_SPACE.sub(" ", text).strip())


def _is_small(image: Element) -> bool:
    sizes = [image.get(side) or "" for side in ("width", "height")]
    pixels = [int(m.group()[:6]) for size in sizes if (m := re.match(r"\d+(?![\d.]*%)", size))]
    return bool(pixels) and min(pixels) <= _SMALL_IMAGE


def _raised(element: Element) -> str:
    """The digits of a footnote mark, raised, so that `18` with a note 1 is never 181; "" else."""
    tag = element.tag
    if tag not in MAY_BE_MARKS:
        return ""
    is_note = tag == "a" and _NOTE_LINK.match(element.get("href") or "")
    if not (tag in ("sup", "sub") or is_note):
        return ""
    text = "".join(element.itertext()).strip()
    table = _LOWERED if tag == "sub" else _RAISED
    mark = _MARK.fullmatch(text)
    return mark.group(1).translate(table) if mark else text.translate(table)


class Paths:
    """Short names for elements: `#zoom>p[3]`, steps from the nearest element with an id."""

    def __init__(self) -> None:
        self._names: dict[Element, str] = {}

    def __call__(self, element: Element) -> str:
        """The name of `element`."""
        name = self._names.get(element)
        if name is None:
            self._name_all(element.getparent(), element)
            name = self._names[element]
        return name

    def _name_all(self, parent: Element | None, element: Element) -> None:
        """Name the children of `parent`, or an element that has none."""
        at_top = parent is None or parent.tag in ("body", "html")
        above = "" if at_top else f"{self(parent)}>"
        counts: dict[str, int] = {}
        for child in parent if parent is not None else (element,):
            tag = child.tag
            counts[tag] = n = counts.get(tag, 0) + 1
            own = child.get("id")
            if tag in ("body", "html"):
                self._names[child] = tag
            elif own and len(own) < 60 and not re.search(r"\s", own):
                self._names[child] = f"#{own}"
            else:
                self._names[child] = f"{above}{tag}[{n}]"
