"""From rules to cells: what is drawn as a picture of bars and dashes here, ten points a letter."""

from __future__ import annotations

import pytest

from ingest.readers.pdf.drawing import Rule
from ingest.readers.pdf.rules import Field, lattices


def across(y: float, *stretches: tuple[float, float]) -> list[Rule]:
    return [Rule(y, start, end) for start, end in stretches or [(0, 90)]]


def down(x: float, *stretches: tuple[float, float]) -> list[Rule]:
    return [Rule(x, start, end) for start, end in stretches or [(0, 60)]]


ROWS = [*across(0), *across(20), *across(40), *across(60)]
COLUMNS = [*down(0), *down(30), *down(60), *down(90)]
WHOLE = {(r, c, 1, 1) for r in range(3) for c in range(3)}


def fields(horizontal: list[Rule], vertical: list[Rule]) -> set[tuple[int, int, int, int]]:
    (lattice,) = lattices(horizontal, vertical)
    assert lattice.sound
    return {(f.row, f.column, f.rows, f.columns) for f in lattice.fields}


@pytest.mark.parametrize(
    ("horizontal", "vertical", "wanted"),
    [
        pytest.param(ROWS, COLUMNS, WHOLE, id="plain"),
        pytest.param([*ROWS, *across(1.5), *across(22)], COLUMNS, WHOLE, id="double"),
        pytest.param(
            [Rule(y, x, x + 3) for y in (0, 20, 40, 60) for x in range(0, 90, 6)],
            COLUMNS,
            WHOLE,
            id="dashed",
        ),
        pytest.param(ROWS, COLUMNS[1:-1], WHOLE, id="no outer sides"),
        pytest.param(ROWS[1:-1], COLUMNS, WHOLE, id="open at page ends"),
        pytest.param(
            ROWS,
            [*down(0), *down(30), *down(60, (20, 60)), *down(90)],
            WHOLE - {(0, 1, 1, 1), (0, 2, 1, 1)} | {(0, 1, 1, 2)},
            id="merged across",
        ),
        pytest.param(
            [*across(0), *across(20, (30, 90)), *across(40), *across(60)],
            COLUMNS,
            WHOLE - {(0, 0, 1, 1), (1, 0, 1, 1)} | {(0, 0, 2, 1)},
            id="merged down",
        ),
        pytest.param([*ROWS, *across(10, (3, 6))], COLUMNS, WHOLE, id="a speck"),
    ],
)
def test_cells(
    horizontal: list[Rule], vertical: list[Rule], wanted: set[tuple[int, int, int, int]]
) -> None:
    assert fields(horizontal, vertical) == wanted


@pytest.mark.parametrize(
    ("horizontal", "vertical"),
    [
        (ROWS, [*down(0), *down(30), *down(60, (0, 30)), *down(90)]),
        (
            [*across(0), *across(20, (0, 60)), *across(40), *across(60)],
            [*down(0), *down(30), *down(60, (0, 20), (40, 60)), *down(90)],
        ),
    ],
    ids=["a rule ends in the middle of a side", "a cell like an L"],
)
def test_cells_without_a_clear_shape_are_not_sound(
    horizontal: list[Rule], vertical: list[Rule]
) -> None:
    (lattice,) = lattices(horizontal, vertical)
    assert not lattice.sound


def test_what_encloses_one_cell_or_nothing_is_no_table() -> None:
    frame = [*across(0), *across(60)], [*down(0), *down(90)]
    assert lattices(*frame) == []
    assert lattices(ROWS, []) == []
    assert lattices([], COLUMNS) == []


def test_a_frame_around_a_table_is_left_out_and_two_tables_are_two() -> None:
    outer = [Rule(y, -20, 110) for y in (-20, 80, 100)], [Rule(x, -20, 100) for x in (-20, 110)]
    (lattice,) = lattices([*ROWS, *outer[0]], [*COLUMNS, *outer[1]])
    assert len(lattice.fields) == 9
    lower = [r._replace(at=r.at + 200) for r in ROWS]
    sides = [r._replace(start=r.start + 200, end=r.end + 200) for r in COLUMNS]
    assert [one.box[1] for one in lattices([*lower, *ROWS], [*sides, *COLUMNS])] == [0, 200]


def test_open_ends_and_the_cell_at_a_point() -> None:
    (lattice,) = lattices(ROWS[:-1], COLUMNS)
    assert (lattice.open_top, lattice.open_bottom) == (False, True)
    assert lattice.field_at(45, 50) == Field(2, 1, 1, 1)
    assert lattice.field_at(200, 50) is None


def test_a_drawing_of_thousands_of_rules_is_no_table() -> None:
    many = [Rule(5.0 * n, 0, 9000) for n in range(1500)]
    assert lattices(many, many) == []
