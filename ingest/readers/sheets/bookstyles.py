"""The fonts of an XLSX workbook's cell styles and runs: struck, how large, on what colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingest.readers.sheets.cellfont import PLAIN, CellFont
from ingest.readers.unseen import shade

_OTHER = -1.0  # a colour that is not looked up: neither the sheet's white nor its black
_THEME = {"0": 1.0, "1": 0.0, "2": 0.9, "3": 0.25}
_INDEXED = {"0": 0.0, "1": 1.0, "8": 0.0, "9": 1.0, "64": 0.0, "65": 1.0}

Attributes = Mapping[str, str]


def cell_fonts(root: Any) -> list[CellFont]:
    """The font of each cell style (the root of `xl/styles.xml`), with the colour behind it."""
    fonts = [
        run_font({_local(e.tag): dict(e.attrib) for e in font if isinstance(e.tag, str)})
        for font in root.findall("{*}fonts/{*}font")
    ]
    papers = [_paper(fill) for fill in root.findall("{*}fills/{*}fill")]
    out = []
    for style in root.findall("{*}cellXfs/{*}xf"):
        at, behind = _whole(style.get("fontId")), _whole(style.get("fillId"))
        font = fonts[at] if at < len(fonts) else PLAIN
        paper = papers[behind] if behind < len(papers) else None
        out.append(CellFont(font.struck, font.size, font.ink, paper))
    return out


def run_font(said: Mapping[str, Attributes]) -> CellFont:
    """A font by the elements of its `<font>` or `<rPr>`, with their attributes."""
    strike = said.get("strike")
    size = said.get("sz", {}).get("val", "")
    script = said.get("vertAlign", {}).get("val", "")
    return CellFont(
        None if strike is None else strike.get("val", "1") not in ("0", "false"),
        float(size) if size.replace(".", "", 1).isdigit() else None,
        _shade(said["color"]) if "color" in said else None,
        None,
        script if script in ("superscript", "subscript") else "",
    )


def _paper(fill: Any) -> float | None:
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return _OTHER  # a gradient
    kind = pattern.get("patternType") or "none"
    if kind == "none":
        return None
    colour = pattern.find("{*}fgColor")
    if kind != "solid":
        return _OTHER if kind != "gray125" else None
    return _shade(colour.attrib) if colour is not None else _OTHER


def _shade(colour: Attributes) -> float:
    if rgb := colour.get("rgb"):
        found = shade("#" + rgb[-6:])
        return _OTHER if found is None else found
    known = _THEME.get(colour.get("theme", "")), _INDEXED.get(colour.get("indexed", ""))
    light = next((k for k in known if k is not None), None)
    if light is None:
        return 0.0 if colour.get("auto") else _OTHER
    try:
        tint = max(-1.0, min(1.0, float(colour.get("tint") or 0)))
    except ValueError:
        return _OTHER
    return light * (1 + tint) if tint < 0 else light + (1 - light) * tint


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _local(tag: str) -> str:
    return tag[tag.rfind("}") + 1 :]
