"""Where a page's text changes its size, or becomes a link, in the middle of a number.

Nobody can tell then whether `523` and `1` are one number or a number with the mark of a note. What is
the mark of a note for certain is raised; else an `UNKNOWN` letter is put in between, so that no part
is read as a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ingest.model import Place, Warning_
from ingest.readers.base import Grid, TextLine
from ingest.readers.html.stylesheet import Styles
from ingest.readers.unseen import USUAL_SIZE, size_of

Element = Any  # lxml.etree._Element; lxml has no types

UNKNOWN = "\ufffd"
#: what stands in a cell for a datum that is struck out
STRUCK = "〔删〕"
_BROKEN = re.compile(rf"[\d.,，．]*{UNKNOWN}[\d.,，．{UNKNOWN}]*")
_FIGURE = frozenset("0123456789０１２３４５６７８９.,，．")
_MARK = re.compile(r"[\[(（【]?\s*(\d{1,3})\s*[\])）】]?")
_INSIDE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "em", "font", "i",
     "ins", "kbd", "label", "mark", "nobr", "q", "samp", "small", "span", "strong", "sub", "sup",
     "time", "tt", "u", "var", "wbr", "ruby", "rb")
)  # fmt: skip
_RESIZED = ("a", "font", "small", "big")  # they may print in another way without any style
MAY_BE_MARKS = frozenset(("a", "sub", "sup"))
# sizes that differ by less are one: 14 pixels and 10.5 points
_STEP, _LOOSE_STEP = 0.86, 0.75


def joins_number(before: str, text: str) -> bool:
    """Whether a number would go on from one piece of text into the next."""
    last, first = before[-1:], text[:1]
    return last in _FIGURE and first in _FIGURE and (last.isdigit() or first.isdigit())


def whole_numbers(text: str) -> str:
    """`text` without the parts of numbers that cannot be told as a whole."""
    return _BROKEN.sub(UNKNOWN, text) if UNKNOWN in text else text


def tell(blocks: Iterable[TextLine | Grid], source: str = "") -> list[Warning_]:
    """Warnings for numbers that cannot be told; none where the file itself holds such letters."""
    if UNKNOWN in source:
        return []
    out = []
    for block in blocks:
        pieces = [c for row in block.rows for c in row] if isinstance(block, Grid) else [block]
        seen: set[Place] = set()
        for piece in pieces:
            if UNKNOWN in piece.text and piece.place not in seen:
                seen.add(piece.place)
                quote = piece.text.replace("\n", "")[:40]
                text = (
                    f"“{quote}”处的数字字号、颜色或链接前后不一，"
                    f"无法确定是否为同一个数，读作“{UNKNOWN}”，未采用"
                )
                out.append(Warning_("number-unclear", text, piece.place))
    return out


def part(
    root: Element,
    styles: Styles,
    is_mark: Callable[[Element], bool],
    resized: Iterable[Element],
) -> None:
    """Put `UNKNOWN` where a number may end in the middle of what looks like one.

    `is_mark` tells elements, of those that may be marks, whose text is raised or lowered anyway;
    `resized` are those of which the styles say something that `Look.resized` knows of.
    """
    around: set[Element] = set()
    for element in (*resized, *root.iter(*_RESIZED)):
        while element is not None and element not in around:
            around.add(element)
            element = element.getparent()
    if around:
        _Seams(styles, is_mark, around).walk(root)


@dataclass(frozen=True, slots=True)
class _Print:
    """How a piece of text is printed. `sure`: its size does not hang on styles that are not known."""

    size: float
    sure: bool
    link: Element | None = None
    level: str = ""

    def inside(self, element: Element, styles: Styles) -> _Print:
        """How text right inside an element is printed."""
        said = styles(element)
        size, outright = size_of(element, said, self.size)
        link = element if element.tag == "a" and element.get("href") is not None else self.link
        level = said.get("mso-text-raise", "")
        if said.get("position") == "relative":
            level += said.get("top", "") + said.get("bottom", "")
        return _Print(size, self.sure or outright, link, level or self.level)

    def differs(self, other: _Print) -> bool:
        """Whether a reader sees that text like this and text like the other are two things."""
        small, big = sorted((self.size, other.size))
        # a page whose styles are not known may print in 12 pixels rather than in 16
        step = _STEP if self.sure == other.sure else _LOOSE_STEP
        return self.link is not other.link or self.level != other.level or small < step * big


class _Seams:
    """`around`: the elements that print in a way of their own, and all around them."""

    def __init__(
        self, styles: Styles, is_mark: Callable[[Element], bool], around: set[Element]
    ) -> None:
        self._styles = styles
        self._is_mark = is_mark
        self._around = around
        self._last = ""  # the letter before, in the same line
        self._owner: Element = None  # what it stands in
        self._prints: dict[Element, _Print] = {}

    def walk(self, element: Element) -> None:
        """Go through the contents of an element."""
        if text := element.text:
            self._text(text, element, element, False)
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                pass
            elif tag in _INSIDE or ":" in tag:
                if tag == "a" and child.get("href") is not None:
                    self._note(child)
                if child.tag in MAY_BE_MARKS and self._is_mark(child):
                    self._last = "¹"
                elif len(child):
                    self.walk(child)
                elif text := child.text:
                    self._text(text, child, child, False)
            else:
                self._last = ""
                if child in self._around:  # else all of it is printed alike
                    self.walk(child)
                    self._last = ""
            if text := child.tail:
                self._text(text, element, child, True)

    def _note(self, link: Element) -> None:
        """Tell the mark of a note from a number that is a link."""
        href = link.get("href")
        text = "".join(link.itertext()).strip()
        mark = _MARK.fullmatch(text)
        if mark is None or not href.startswith("#"):
            return
        if not self._last and text == mark.group(1):
            link.set("href", "")  # nothing that it could be a mark of: a number
        elif self._last in _FIGURE and re.search(rf"(?<!\d)0*{mark.group(1)}$", href):
            link.tag = "sup"

    def _text(self, text: str, owner: Element, node: Element, is_tail: bool) -> None:
        """Look at a text that is printed as a part of `owner`, and stands at or behind `node`."""
        if self._last in _FIGURE and joins_number(self._last, text):
            if self._print_of(owner).differs(self._print_of(self._owner)):
                if is_tail:
                    node.tail = UNKNOWN + text
                else:
                    node.text = UNKNOWN + text
        self._last, self._owner = text[-1], owner

    def _print_of(self, element: Element | None) -> _Print:
        """How text right inside an element is printed; asked for where it matters alone."""
        if element is None:
            return _Print(USUAL_SIZE, not self._styles.outside)
        known = self._prints.get(element)
        if known is None:
            around = self._print_of(element.getparent())
            known = self._prints[element] = around.inside(element, self._styles)
        return known
