"""How the letters of a Word document are printed: struck, hidden, raised, how large, on what colour.

A run has what its own properties say, then those of its character style, of its paragraph's style, and
of the document. What the style of a table adds is not followed: where white letters may stand on its
shading, nobody can tell that they are seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.readers.unseen import shade
from ingest.readers.word.numbering import VAL, W, is_on, value_of, whole

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_USUAL = 20  # half points
_LEAST_SIZE = 2  # half points that can be seen
_LEAST_WIDTH = 5  # percent of the letters' own
_SAME_SIZE = 0.86  # 10.5 and 12 points side by side are one number
_SAME_SHADE = 0.07  # share of the way from black to white in which two shades are one
_TOGGLES = ("vanish", "webHidden", "strike", "dstrike")
_VALUES = ("vertAlign", "position", "sz", "w", "color", "highlight")
_HIGHLIGHTS = {
    "black": 0.0, "blue": 0.11, "cyan": 0.7, "green": 0.59, "magenta": 0.41, "red": 0.3,
    "yellow": 0.89, "white": 1.0, "darkBlue": 0.06, "darkCyan": 0.35, "darkGreen": 0.3,
    "darkMagenta": 0.21, "darkRed": 0.15, "darkYellow": 0.45, "darkGray": 0.5, "lightGray": 0.75,
}  # fmt: skip

_Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Font:
    """How a run is printed. `size` in half points; `doubtful`: it may have the colour behind it."""

    hidden: bool = False
    struck: bool = False
    doubtful: bool = False
    script: str = ""  # superscript, subscript
    level: str = ""
    web_hidden: bool = False
    size: int = _USUAL

    def differs(self, other: Font) -> bool:
        """Whether a reader sees that text like this and text like the other are two things."""
        small, big = sorted((self.size, other.size))
        return (
            self.level != other.level
            or self.web_hidden != other.web_hidden
            or self.doubtful != other.doubtful
            or small < _SAME_SIZE * big
        )


class Fonts:
    """Fonts of runs, by the styles of the document (the root of `word/styles.xml`)."""

    def __init__(self, root: Any | None) -> None:
        self._own: dict[str, dict[str, str]] = {}
        self._based: dict[str, str] = {}
        self._known: dict[str, dict[str, str]] = {}
        self._shaded: set[str] = set()  # styles of tables that colour their cells
        self._defaults: dict[str, str] = {}
        self._default = ""
        if root is None:
            return
        self._defaults = _said(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iter(W + "style"):
            name = style.get(W + "styleId") or ""
            self._own[name] = _said(style.find(W + "rPr"))
            if based := value_of(style, "basedOn"):
                self._based[name] = based
            kind = style.get(W + "type")
            if kind == "paragraph" and style.get(W + "default") in ("1", "true"):
                self._default = name
            elif kind == "table" and next(style.iter(W + "shd"), None) is not None:
                self._shaded.add(name)

    def of(self, run: Any, paragraph: Any) -> Font:
        """The font of a `w:r` in a `w:p`."""
        properties = run.find(W + "rPr")
        style = value_of(paragraph.find(W + "pPr"), "pStyle") or self._default
        said = {**self._defaults, **self._style(style)}
        if properties is not None:
            said |= self._style(value_of(properties, "rStyle") or "")
            said |= _said(properties)
        size = whole(said.get("sz")) if "sz" in said else _USUAL
        wide = whole(said.get("w"))
        blends = self._blends(said, run) if "color" in said else False
        hidden = said.get("vanish") == "1" or "noFill" in said
        hidden = hidden or (size is not None and size <= _LEAST_SIZE)
        hidden = hidden or (wide is not None and 0 < wide <= _LEAST_WIDTH)
        position = said.get("position", "0")
        return Font(
            hidden or blends is True,
            "1" in (said.get("strike"), said.get("dstrike")),
            blends is None,
            said.get("vertAlign", ""),
            "" if position == "0" else position,
            said.get("webHidden") == "1",
            size or _USUAL,
        )

    def _style(self, name: str) -> dict[str, str]:
        known = self._known.get(name)
        if known is None:
            chain: list[str] = []
            at = name
            while at and at not in chain:
                chain.append(at)
                at = self._based.get(at, "")
            known = {}
            for at in reversed(chain):
                known |= self._own.get(at, {})
            self._known[name] = known
        return known

    def _blends(self, said: _Said, run: Any) -> bool | None:
        """Whether letters have the colour that is behind them; None: that is not known."""
        ink = shade("#" + said["color"])
        if ink is None:  # `auto` is always seen
            return False
        if (paper := _HIGHLIGHTS.get(said.get("highlight", ""), _fill(said.get("fill")))) is None:
            known = True
            for above in run.iterancestors():
                kind = above.tag.removeprefix(W)
                if kind in ("p", "tc", "tbl"):
                    paper = _fill(_shading(above.find(f"{W}{kind}Pr")))
                    if paper is not None:
                        break
                if kind == "tbl":
                    style = value_of(above.find(W + "tblPr"), "tblStyle")
                    known = known and not self._is_shaded(style)
                elif kind == "txbxContent":
                    known = False
                elif kind == "document":
                    known = known and above.find(W + "background") is None
            if paper is None and 1 - ink < _SAME_SHADE:
                return True if known else None
        return paper is not None and abs(ink - paper) < _SAME_SHADE

    def _is_shaded(self, style: str | None) -> bool:
        seen = set()
        while style and style not in seen:
            if style in self._shaded:
                return True
            seen.add(style)
            style = self._based.get(style)
        return False


def _said(properties: Any | None) -> dict[str, str]:
    """What run properties say that concerns whether and how letters are seen."""
    out: dict[str, str] = {}
    for child in properties if properties is not None else ():
        if not isinstance(child.tag, str):
            continue
        name = child.tag.removeprefix(W)
        if name in _TOGGLES:
            out[name] = "1" if is_on(child) else "0"
        elif name in _VALUES:
            out[name] = child.get(VAL) or ""
        elif name == "shd":
            out["fill"] = child.get(W + "fill") or ""
        elif child.tag == f"{_W14}textFill" and child.find(f"{_W14}noFill") is not None:
            out["noFill"] = "1"
    return out


def _shading(properties: Any | None) -> str | None:
    found = properties.find(W + "shd") if properties is not None else None
    return None if found is None else found.get(W + "fill")


def _fill(colour: str | None) -> float | None:
    return None if not colour or colour == "auto" else shade("#" + colour)
