"""Which declarations of a page's styles hide text, and how large text is.

What a reader of the page does not see is no part of a figure: white on white, no size, off the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.readers.html.stylesheet import Declarations, Styles

Element = Any  # lxml.etree._Element; lxml has no types

_NOTHING = re.compile(r"[+-]?0*\.?0*(?:px|pt|em|rem|ex|ch|%|vw|vh|cm|mm|in)?(?:\s*!important)?")
_FAR = re.compile(r"-\s*(\d{3,6})(?:\.\d+)?(px|pt|em|rem|%|vw|vh|cm|mm|in)?")
_OFF_PAGE = 900.0  # pixels
_NO_CLIP = re.compile(
    r"rect\(\s*(0|1)(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?|inset\((?:50|100)%"
)
_NO_SCALE = re.compile(r"scale[xy]?\(\s*0*\.?0*\s*[,)]")
_LENGTH = re.compile(r"(\d+(?:\.\d*)?|\.\d+)\s*(px|pt|em|rem|%|cm|mm|in|pc)?")
_RGB = re.compile(
    r"rgba?\(\s*(\d+)(?:\.\d+)?(%?)[\s,]+(\d+)(?:\.\d+)?%?[\s,]+(\d+)(?:\.\d+)?%?"
    r"(?:[\s,/]+(\d*\.?\d+)(%?))?\s*\)"
)
_HEX = re.compile(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b")
_NAMED = {
    "white": 1.0, "snow": 0.98, "ivory": 0.99, "ghostwhite": 0.97, "whitesmoke": 0.96,
    "floralwhite": 0.98, "mintcream": 0.98, "azure": 0.98, "aliceblue": 0.97, "black": 0.0,
    "gray": 0.5, "grey": 0.5, "silver": 0.75, "lightgray": 0.83, "lightgrey": 0.83, "red": 0.3,
    "blue": 0.11, "green": 0.3, "navy": 0.06, "maroon": 0.15, "yellow": 0.89,
}  # fmt: skip
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "rem": 16.0}
_KEYWORDS = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
    "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
_FONT_SIZES = {"1": 10.0, "2": 13.0, "3": 16.0, "4": 18.0, "5": 24.0, "6": 32.0, "7": 48.0}
_RESIZING = frozenset(("font-size", "mso-text-raise", "position"))
_NO_COLOUR = ("inherit", "initial", "unset", "currentcolor", "var(")
_SEE_THROUGH = ("transparent", "none", "inherit", "initial")
_SAME = 0.07  # share of the way from black to white in which two shades are one
#: pixels, where a page does not say how large its text is
USUAL_SIZE = 16.0

Shade = float | None  # from 0, black, to 1, white; None: cannot be told


@dataclass(frozen=True, slots=True)
class Look:
    """What declarations do to the text of an element that they are said of.

    `may_blend`: they give it a colour that may not be told from what is behind it. `dark`: that is so
    only on a background that the element has by its own attribute. `resized`: they may print it in
    another size or at another level.
    """

    said: Declarations
    gone: bool
    hidden: bool
    struck: bool
    no_size: bool
    may_blend: bool
    dark: bool
    resized: bool

    @property
    def treated(self) -> bool:
        """Whether they make more of its text than what is shown and not struck out."""
        return self.no_size or self.may_blend or self.dark or self.resized

    @classmethod
    def of(cls, said: Declarations) -> Look:
        """The look that declarations give."""
        may_blend, dark = _blending(said)
        return cls(
            said,
            is_gone(said),
            is_hidden(said),
            is_struck(said),
            has_no_size(said),
            may_blend,
            dark,
            not _RESIZING.isdisjoint(said),
        )


class Looks:
    """The looks of a page: judged once where the same is said of many elements."""

    def __init__(self) -> None:
        self._known: dict[int, Look] = {}  # by the declarations, which the looks keep alive

    def __call__(self, said: Declarations) -> Look:
        """The look that declarations give."""
        look = self._known.get(id(said))
        if look is None:
            look = self._known[id(said)] = Look.of(said)
        return look


def is_gone(said: Declarations) -> bool:
    """Whether the element is not shown and leaves no gap."""
    return (
        "none" in said.get("display", "")
        or "collapse" in said.get("visibility", "")
        or "all" in said.get("mso-hide", "")
    )


def is_hidden(said: Declarations) -> bool:
    """Whether nothing of the element is seen, whatever stands inside it."""
    if is_gone(said) or "hidden" in said.get("visibility", ""):
        return True
    if _NOTHING.fullmatch(said.get("opacity", "1")) or "opacity=0)" in said.get(
        "filter", ""
    ).replace(" ", ""):
        return True
    if _is_far(said.get("text-indent", ""), 1) or _is_far(said.get("margin-left", ""), 3):
        return True
    if said.get("position", "").startswith(("absolute", "fixed", "relative")):
        if any(_is_far(said.get(side, ""), 1) for side in ("left", "right", "top")):
            return True
    if _NO_CLIP.search(said.get("clip", "") + said.get("clip-path", "")):
        return True
    if _NO_SCALE.search(said.get("transform", "")):
        return True
    cut = said.get("overflow", "").startswith(("hidden", "clip"))
    sides = ("width", "height", "max-width", "max-height")
    return cut and any(n in said and bool(_NOTHING.fullmatch(said[n])) for n in sides)


def _is_far(value: str, times: int) -> bool:
    """Whether a shift takes an element off the page; a wide margin also serves to centre one."""
    m = _FAR.match(value)
    return m is not None and (
        m.group(2) in ("em", "rem", "cm") or float(m.group(1)) >= times * _OFF_PAGE
    )


def has_no_size(said: Declarations) -> bool:
    """Whether text of the element has no size, or one of a pixel."""
    size = said.get("font-size")
    if size is None:
        return False
    m = _LENGTH.match(size)
    if m is None:
        return False
    value = float(m.group(1))
    return value == 0 or (m.group(2) in ("px", "pt") and value <= 1)


def is_struck(said: Declarations) -> bool:
    """Whether a line is drawn through the element."""
    return any(
        "line-through" in said.get(n, "") for n in ("text-decoration", "text-decoration-line")
    )


def _blending(said: Declarations) -> tuple[bool, bool]:
    """`Look.may_blend` and `Look.dark`: what `blends_in` says of any element with these."""
    colour = said.get("color")
    if colour is None or colour.startswith(_NO_COLOUR):
        return False, False
    ink = shade(colour)
    if colour.startswith("transparent") or (ink is not None and 1 - ink < _SAME):
        return True, False
    behind = said.get("background-color") or said.get("background")
    if ink is None or not behind:
        return False, ink is not None
    paper = None if behind.startswith(_SEE_THROUGH) else shade(behind)
    return paper is not None and abs(ink - paper) < _SAME, False


def colour_of(element: Element, said: Declarations) -> str | None:
    """The colour that the element gives its text, as written; None where it gives none."""
    colour = said.get("color")
    if colour is None and element.tag == "font":
        colour = element.get("color")
    if colour is None or colour.startswith(_NO_COLOUR):
        return None
    return colour.strip().lower()


def blends_in(element: Element, colour: str, said: Declarations, styles: Styles) -> bool | None:
    """Whether text of this colour cannot be told from what is behind it; None: not known.

    For dark text only its own background is looked at: pages are white.
    """
    if colour.startswith("transparent"):
        return True
    ink = shade(colour)
    if ink is None:
        return False
    light = 1 - ink < _SAME
    known = True
    for e in (element, *element.iterancestors()) if light else (element,):
        said = said if e is element else styles(e)
        if "url(" in said.get("background-image", "") or e.get("background"):
            return False
        behind = said.get("background-color") or said.get("background") or e.get("bgcolor")
        if behind and not behind.startswith(_SEE_THROUGH):
            paper = shade(behind)
            return paper is not None and abs(ink - paper) < _SAME
        if e.tag in ("td", "th", "tr", "thead", "tbody", "table", "div", "span", "font"):
            known = known and not (styles.outside and (e.get("class") or e.get("id")))
    if not light:
        return False
    return True if known else None


def shade(colour: str) -> Shade:
    """How light a colour is; a colour that is see-through counts as white."""
    colour = colour.strip().lower()
    if m := _RGB.search(colour):
        top = 100 if m.group(2) else 255
        red, green, blue = (min(int(n), top) / top for n in (m.group(1), m.group(3), m.group(4)))
        alpha = float(m.group(5)) / (100 if m.group(6) else 1) if m.group(5) else 1.0
        return 1 - (1 - _light(red, green, blue)) * min(alpha, 1.0)
    if "(" in colour:
        return None  # a gradient, a picture
    for word in colour.split():
        if word in _NAMED:
            return _NAMED[word]
        if m := _HEX.fullmatch(word):
            digits = m.group(1)
            if len(digits) < 6:
                digits = "".join(2 * d for d in digits)
            red, green, blue = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))
            alpha = int(digits[6:8], 16) / 255 if len(digits) == 8 else 1.0
            return 1 - (1 - _light(red, green, blue)) * alpha
    return None


def _light(red: float, green: float, blue: float) -> float:
    return 0.3 * red + 0.59 * green + 0.11 * blue


def size_of(element: Element, said: Declarations, around: float) -> tuple[float, bool]:
    """How large the text of an element is, pixels, in text of the size `around`.

    The second is whether the size is given outright, and not by that of the text around.
    """
    size = said.get("font-size")
    if size is not None:
        word = size.split()[0] if size.split() else ""
        if word in _KEYWORDS:
            return _KEYWORDS[word], True
        if word in ("smaller", "larger"):
            return around * (0.83 if word == "smaller" else 1.2), False
        m = _LENGTH.match(size)
        if m is not None and float(m.group(1)):
            value, unit = float(m.group(1)), m.group(2) or "px"
            if unit in ("em", "%"):
                return around * value / (100 if unit == "%" else 1), False
            return value * _PIXELS[unit], True
    elif element.tag == "font" and (size := (element.get("size") or "").strip()):
        if size in _FONT_SIZES:
            return _FONT_SIZES[size], True
        if re.fullmatch(r"[+-]\d", size):
            return around * float(1.2 ** int(size)), False
    elif element.tag in ("small", "big"):
        return around * (0.83 if element.tag == "small" else 1.2), False
    return around, False
