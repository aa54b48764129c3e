"""A writer of reports on a form, in the layouts that crawlers leave: the truth for what reads them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import strategies as st

from ingest.forms import Block, Form, FormTable, Line, form_named
from ingest.model import Figure, Place, Report, Sentence
from ingest.narrative.figures import figures_in
from ingest.normalise import clean
from ingest.read import read_report
from ingest.readers import Grid, GridCell, TextLine

Values = dict[str, str]  # concept key → what its cell prints
LAYOUTS = ("cells", "padded", "unpadded", "tab", "markdown")


@dataclass(frozen=True)
class Drawn:
    """One cell of a drawn table; a merged cell is drawn again, not as `origin`."""

    text: str
    origin: bool


def draw(table: FormTable, values: Values) -> list[list[Drawn]]:
    """The table as a full grid; merged cells repeat in every place that they cover."""
    if table.open:
        return _draw_list(table, values)
    depth = max(len(_labels(row, block)) for block in table.blocks for row in block.rows)
    width = depth + max(len(block.columns) for block in table.blocks)
    return [row for block in table.blocks for row in _draw(table, block, depth, width, values)]


def _labels(row: Line, block: Block) -> tuple[str, ...]:
    return tuple(label for label in row.path if label not in block.furniture)


def _draw(
    table: FormTable, block: Block, depth: int, width: int, values: Values
) -> list[list[Drawn]]:
    texts: list[list[str]] = []
    corner = list(block.furniture)
    if depth == 1:  # the article stands over the whole block
        texts.append([corner[0]] * width)
    elif depth:  # the corner covers all header rows, a heading covers all columns
        texts.append([corner[0]] * depth + [corner[1]] * (width - depth))
    for level in range(max(len(c.path) for c in block.columns)):
        heads = [c.path[min(level, len(c.path) - 1)] for c in block.columns]
        heads += heads[-1:] * (width - depth - len(heads))
        texts.append([corner[-1] if depth == 1 else corner[0]] * depth + heads if depth else heads)
    for row in block.rows:
        path = _labels(row, block)
        label = [path[min(i, len(path) - 1)] for i in range(depth)]
        texts.append(label + [""] * (width - depth))
    drawn = [
        [
            Drawn(text, (c == 0 or line[c - 1] != text) and (r == 0 or texts[r - 1][c] != text))
            for c, text in enumerate(line)
        ]
        for r, line in enumerate(texts)
    ]
    for line, row in zip(drawn[-len(block.rows) :], block.rows, strict=True):
        cells = [values[table.concept(row, column)] for column in block.columns]
        line[depth:] = [
            Drawn(cells[min(i, len(cells) - 1)], i < len(cells)) for i in range(width - depth)
        ]
    return drawn


def _draw_list(table: FormTable, values: Values) -> list[list[Drawn]]:
    """A list of indicators with unit (and code): heads of indicators are rows with dashes."""
    (block,) = table.blocks
    coded = len(block.columns) > 1
    head = [block.corner, "计量单位", "代码"] if coded else [block.corner, "单位"]
    texts = [head + [c.path[-1] for c in block.columns]]
    said: set[tuple[str, ...]] = {row.path for row in block.rows}
    for number, row in enumerate(block.rows, 1):
        for n in range(1, len(row.path)):
            if row.path[:n] not in said:
                said.add(row.path[:n])
                texts.append([row.path[n - 1], *["——"] * (len(texts[0]) - 1)])
        own = [values[table.concept(row, column)] for column in block.columns]
        texts.append([row.path[-1], row.unit or "", *[f"{number:02}"] * coded, *own])
    return [[Drawn(text, True) for text in row] for row in texts]


def render(form: Form, values: Values, layout: str, names: dict[str, str] | None = None) -> str:
    """A whole report in one layout, with prose around its tables; `names` replace labels."""
    lines = [
        "某某市2023年政府信息公开工作年度报告",
        "一、总体情况",
        "2023年，全市认真做好政府信息公开工作，统计期限为2023年1月1日至12月31日。",
    ]
    for number, table in zip("二三四", form.tables, strict=False):
        grid = rename(draw(table, values), names or {})
        lines += [f"{number}、{table.section}", *_lay(grid, layout)]
    lines += ["五、存在的主要问题及改进情况", "一是解读不够通俗，群众看得到却看不懂，需要改进。"]
    return "\n".join(lines) + "\n"


def rename(grid: list[list[Drawn]], names: dict[str, str]) -> list[list[Drawn]]:
    """The grid with other texts in its cells."""
    return [[Drawn(names.get(c.text, c.text), c.origin) for c in row] for row in grid]


def _lay(grid: list[list[Drawn]], layout: str) -> list[str]:
    own = [[c.text for c in row if c.origin] for row in grid]
    match layout:
        case "cells":
            return [text for row in own for text in row]
        case "cellpipe":
            return [f"{text} |" for row in own for text in row]
        case "barline":
            return [part for row in own for text in row for part in (text, "|")]
        case "wrapped":
            return [part for row in own for text in row for part in _wrap(text)]
        case "padded":
            width = len(grid[0])
            return [" | ".join(row) + " | " + "|" * (width - len(row)) for row in own]
        case "unpadded":
            return [" | ".join(row) + " |" for row in own]
        case "tab":
            return ["\t".join(c.text if c.origin else "" for c in row) for row in grid]
        case "markdown":
            rows = ["| " + " | ".join(c.text for c in row) + " |" for row in grid]
            return ["", rows[0], "|" + "---|" * len(grid[0]), *rows[1:], ""]
    raise ValueError(layout)


def _wrap(text: str) -> list[str]:
    """A label that a narrow column breaks; values stay whole."""
    broken = len(text) > 3 and "\u4e00" <= text[0] <= "\u9fff"
    return [text[: len(text) // 2], text[len(text) // 2 :]] if broken else [text]


def random_values(form: Form, seed: int, most: int) -> Values:
    """Values from 0 to `most` for the leaves of the form; its sums hold."""
    dice = random.Random(seed)
    numbers = {key: dice.randint(0, most) for key in form.cells}
    for table in form.tables:
        if table.key == "t3":
            _balance(table, numbers, dice)
    for _ in range(3):  # sums of sums
        for identity in form.identities:
            if len(identity.right) == 1:
                numbers[identity.right[0]] = sum(numbers[key] for key in identity.left)
    return {key: str(number) for key, number in numbers.items()}


def _balance(table: FormTable, numbers: dict[str, int], dice: random.Random) -> None:
    """What came in equals what was handled and what is left, for each applicant."""
    around = ("received", "carried_in", "handled", "carried_out")
    results = [r.key for r in table.blocks[0].rows if r.key not in around]
    for who in (c.key for c in table.blocks[0].columns if c.key != "total"):
        whole = sum(numbers[f"t3.{r}.{who}"] for r in results)
        whole += numbers[f"t3.carried_out.{who}"]
        numbers[f"t3.carried_in.{who}"] = dice.randint(0, whole)
        numbers[f"t3.received.{who}"] = whole - numbers[f"t3.carried_in.{who}"]


@pytest.fixture(scope="session")
def form() -> Form:
    return form_named("national-2021")


@pytest.fixture(scope="session")
def make_values(form: Form) -> Callable[..., Values]:
    """`make_values(seed, most)`: values whose sums hold."""

    def build(seed: int = 7, most: int = 900) -> Values:
        return random_values(form, seed, most)

    return build


@pytest.fixture(scope="session")
def draw_values(make_values: Callable[..., Values]) -> Callable[[st.DataObject], Values]:
    """`draw_values(data)`: values of any size, some of them blanks, marks, wide digits or words."""

    def draw_some(data: st.DataObject) -> Values:
        most = data.draw(st.sampled_from([1, 90, 99999]))
        values = make_values(data.draw(st.integers(0, 999)), most)
        ugly = ["", "/", "—", "-", "０", "１２", "1,234", "18件", "略"]
        for key in data.draw(st.lists(st.sampled_from(sorted(values)), max_size=12)):
            values[key] = data.draw(st.sampled_from(ugly))
        return values

    return draw_some


@pytest.fixture(scope="session")
def assert_read_back() -> Callable[[Report, Values], None]:
    """`assert_read_back(report, values)`: each value as it was written, or its row warned about.

    Only a row whose total is blank may be left out: a cell may have been lost from it.
    """

    def check(report: Report, values: Values) -> None:
        found = {f.key: f.text for f in report.table_figures if f.note_of is None}
        assert {k: v for k, v in found.items() if v != values[k]} == {}
        lost = {key.rpartition(".")[0] for key in values.keys() - found.keys()}
        assert {row for row in lost if values[f"{row}.total"] != ""} == set()
        assert not lost or report.warnings

    return check


@pytest.fixture(scope="session")
def draw_tables(form: Form) -> Callable[[Values], list[list[list[Drawn]]]]:
    """`draw_tables(values)`: the form's tables as full grids, for writers of other formats."""
    return lambda values: [draw(table, values) for table in form.tables]


@pytest.fixture(scope="session")
def make_text(form: Form) -> Callable[[Values, str], str]:
    """`make_text(values, layout)`: a whole report as text."""
    return lambda values, layout: render(form, values, layout)


@pytest.fixture(scope="session")
def read() -> Callable[..., Report]:
    """`read(text or bytes)`: the one report in it."""

    def build(data: str | bytes, name: str = "report.txt") -> Report:
        raw = data.encode() if isinstance(data, str) else data
        (report,) = read_report(raw, name)
        return report

    return build


@pytest.fixture(scope="session")
def wrong() -> Callable[[Report, Values], list[str]]:
    """The keys of the figures that differ from the truth; a figure that is missing is not wrong."""

    def compare(report: Report, truth: Values) -> list[str]:
        return [f.key for f in report.figures if f.key in truth and f.text != truth[f.key]]

    return compare


@pytest.fixture(scope="session")
def codes() -> Callable[[Report], set[str]]:
    return lambda report: {w.code for w in report.warnings}


@pytest.fixture(scope="session")
def make_lines() -> Callable[..., list[TextLine]]:
    """`make_lines("规章", "2", "0")`: lines with the places they have in a file of these lines."""

    def build(*texts: str) -> list[TextLine]:
        out, start = [], 0
        for number, text in enumerate(texts, 1):
            place = Place(line=number, start=start, end=start + len(text))
            out.append(TextLine(text, place, number))
            start += len(text) + 1
        return out

    return build


@pytest.fixture(scope="session")
def make_grid() -> Callable[..., Grid]:
    """`make_grid("规章|2|0", …)`: one string a row; cells parted by bars."""

    def build(*rows: str) -> Grid:
        made = tuple(
            tuple(
                GridCell(cell, Place(line=r, start=100 * r + c))
                for c, cell in enumerate(row.split("|"))
            )
            for r, row in enumerate(rows, 1)
        )
        return Grid(made, Place(line=1, end_line=len(rows), start=0))

    return build


@pytest.fixture(scope="session")
def say() -> Callable[[str], list[tuple[str, str, str | None, str | None]]]:
    """The figures of one sentence as (text, value, unit, qualifier)."""

    def build(printed: str) -> list[tuple[str, str, str | None, str | None]]:
        sentence = Sentence(0, 0, (), printed, clean(printed), Place())
        figures: tuple[Figure, ...] = figures_in(sentence)
        return [(f.text, str(f.value), f.unit, f.qualifier) for f in figures]

    return build
