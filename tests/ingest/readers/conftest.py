"""Shared by the tests of formats that know merged cells: where a drawn cell begins, what it spans."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import pytest

from ingest.readers import Document, Grid, TextLine


class Cell(Protocol):
    """A cell of a drawn table, see `draw` in tests/ingest/conftest.py."""

    text: str
    origin: bool


class Placed(NamedTuple):
    """A cell with its place and spans."""

    row: int
    column: int
    high: int
    wide: int
    text: str


def place(grid: list[list[Cell]]) -> list[Placed]:
    """The cells of a drawn table in reading order."""
    out = []
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell.origin:
                wide = high = 1
                while c + wide < len(row) and _goes_on(grid[r][c + wide], cell):
                    wide += 1
                while r + high < len(grid) and all(
                    _goes_on(grid[r + high][k], cell) for k in range(c, c + wide)
                ):
                    high += 1
                out.append(Placed(r, c, high, wide, cell.text))
    return out


def _goes_on(other: Cell, cell: Cell) -> bool:
    return not other.origin and other.text == cell.text


@pytest.fixture(scope="session")
def placed() -> Callable[[list[list[Cell]]], list[Placed]]:
    """`placed(grid)`: the cells of a drawn table."""
    return place


@pytest.fixture(scope="session")
def shown() -> Callable[[Document], list[str | list[list[str]]]]:
    """`shown(document)`: its blocks, a line as its text, a grid as rows of texts."""

    def build(document: Document) -> list[str | list[list[str]]]:
        for block in document.blocks:
            cells = [block] if isinstance(block, TextLine) else [c for r in block.rows for c in r]
            for cell in cells:  # the places of every reader lead back to its text
                assert document.text[cell.place.start : cell.place.end] == cell.text
        return [
            [[c.text for c in row] for row in b.rows] if isinstance(b, Grid) else b.text
            for b in document.blocks
        ]

    return build
