"""Where something stands in its file, in words."""

from __future__ import annotations

from collections.abc import Mapping

from web.texts import Language, say


def place_text(place: Mapping[str, object], language: Language) -> str:
    """`第 231 行`, `第 3 页`, `工作表 Sheet1 · 单元格 B3`, `位置 t3.r2.c4`…; empty where nothing is known.

    `place` is `Place.to_json()`; offsets and boxes are for programs and are not said. Not escaped.
    """
    known = [
        ("place_page", "page"),
        ("place_line", "line"),
        ("place_sheet", "sheet"),
        ("place_cell", "cell"),
    ]
    if not any(place.get(name) is not None for _, name in known):
        known = [("place_element", "element")]  # of a document without pages and lines
    said = [
        say(language, key, **{name: place[name]})
        for key, name in known
        if place.get(name) is not None
    ]
    return " · ".join(said)


def path_text(row_path: tuple[str, ...], column_path: tuple[str, ...]) -> str:
    """`（三）不予公开 › 1.属于国家秘密 × 总计`: the way to a cell. Not escaped."""
    sides = [" › ".join(path) for path in (row_path, column_path) if path]
    return " × ".join(sides)
