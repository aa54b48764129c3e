"""Figures of a page with a line through them: nobody can tell what is left of such a number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ingest.readers.pdf.drawing import Rule
from ingest.readers.pdf.source import UNKNOWN, Glyph

_LOWEST, _HIGHEST = 0.12, 0.62  # em above the base line: through a digit, not under it
_SHORTEST = 2.0  # points
_MOST_RULES = 3_000
_BESIDE = 0.6  # em; a line that ends farther from a letter is the border of a cell


def without_struck(glyphs: Sequence[Glyph], rules: Iterable[Rule]) -> list[Glyph]:
    """The glyphs, digits with a line through them as `UNKNOWN`."""
    ordered = sorted((r for r in rules if r.end - r.start >= _SHORTEST), key=lambda r: r.at)
    heights = [r.at for r in ordered]
    if not ordered or len(ordered) > _MOST_RULES:
        return list(glyphs)
    found: dict[int, list[Rule]] = {}
    for n, g in enumerate(glyphs):
        if g.base is None or not g.text.isdigit():
            continue
        first = bisect_left(heights, g.base - _HIGHEST * g.size)
        last = bisect_left(heights, g.base - _LOWEST * g.size)
        aside = 0.25 * (g.x1 - g.x0)
        through = [
            r for r in ordered[first:last] if r.start <= g.x0 + aside and r.end >= g.x1 - aside
        ]
        if through:
            found[n] = through
    out = list(glyphs)
    if not found:
        return out
    by_line: dict[int, list[Glyph]] = {}
    for k in glyphs:
        if k.base is not None and k.text != " ":
            by_line.setdefault(round(k.base), []).append(k)
    for n, through in found.items():
        base = round(glyphs[n].base or 0)
        line = [k for at in (base - 1, base, base + 1) for k in by_line.get(at, ())]
        if any(
            any(abs(k.x0 - r.start) < _BESIDE * k.size for k in line)
            and any(abs(k.x1 - r.end) < _BESIDE * k.size for k in line)
            for r in through
        ):
            out[n] = glyphs[n]._replace(text=UNKNOWN)
    return out
