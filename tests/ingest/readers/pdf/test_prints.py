"""Whole reports printed without any rules: every figure is read right, or not at all."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.model import Report, Status
from ingest.read import read_report

Values = dict[str, str]
FONT = "STSong-Light"
SECTIONS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Placed(NamedTuple):
    """A cell with its place and spans, see `place` in the conftest of this folder."""

    row: int
    column: int
    high: int
    wide: int
    text: str


@dataclass(frozen=True)
class Style:
    """How cells are set: widths of columns of labels and of figures, room in a cell, alignments."""

    labels: float = 110
    figures: float = 56
    pad: float = 4
    size: float = 9
    leading: float = 1.25
    figure_at: str = "centre"
    label_at: str = "left"
    raised: bool = False  # at the top of cells, else in their middle
    lines: bool = False  # a rule under each row, and none between columns
    letters: bool = False  # heads letter by letter
    height: float = 595


class Printer:
    """Sets tables on wide pages without rules; rows that do not fit go on the next page."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=(842, style.height), invariant=True)
        self._top = 50.0

    def line(self, text: str, size: float = 13) -> None:
        if self._top > self._style.height - 90:
            self._turn()
        self._write(40, self._top, text, size)
        self._top += 2 * size

    def table(self, cells: list[Placed], depth: int) -> None:
        s = self._style
        count = max(c.column + c.wide for c in cells)
        each = min(s.figures, (770 - depth * s.labels) / (count - depth))
        xs = [40 + min(n, depth) * s.labels + max(n - depth, 0) * each for n in range(count + 1)]
        parts = {c: self._wrap(c, xs[c.column + c.wide] - xs[c.column], depth) for c in cells}
        rows = max(c.row + c.high for c in cells)
        heights = [s.leading * s.size + 2 * s.pad] * rows
        for c in sorted(cells, key=lambda c: c.high):
            wanted = len(parts[c]) * s.leading * s.size + 2 * s.pad
            missing = wanted - sum(heights[c.row : c.row + c.high])
            heights[c.row + c.high - 1] += max(missing, 0)
        first = 0
        while first < rows:
            end = first
            while end < rows and self._top + sum(heights[first : end + 1]) < s.height - 60:
                end += 1
            # a page ends neither in a header nor in a group: where its label would be is open
            whole = [c for c in cells if c.column or c.row == 0]
            while end < rows and any(first < c.row + c.high - 1 >= end > c.row for c in whole):
                end -= 1
            if end == first:
                self._turn()
                continue
            ys = [self._top]
            for high in heights[first:end]:
                ys.append(ys[-1] + high)
            for c in cells:
                if first <= c.row < end:
                    low = min(c.row + c.high, end) - first
                    self._cell(c, parts[c], xs, ys[c.row - first], ys[low], depth)
            if s.lines:
                for y in ys:
                    self._canvas.line(40, s.height - y, xs[-1], s.height - y)
            self._top, first = ys[-1] + 12, end
            if first < rows:
                self._turn()

    def save(self) -> bytes:
        self._canvas.save()
        return self._out.getvalue()

    def _turn(self) -> None:
        self._canvas.showPage()
        self._top = 50.0

    def _wrap(self, cell: Placed, wide: float, depth: int) -> list[str]:
        s = self._style
        fits = max(int((wide - 4) / s.size), 1)
        if s.letters and cell.column >= depth and cell.wide == 1:
            fits = 1
        if cell.text.isascii():  # a number is not broken
            return [cell.text]
        return [cell.text[i : i + fits] for i in range(0, len(cell.text), fits)]

    def _cell(
        self, c: Placed, parts: list[str], xs: list[float], top: float, low: float, depth: int
    ) -> None:
        s = self._style
        is_figure = c.column >= depth and c.text.isascii()
        at = s.figure_at if is_figure else s.label_at if c.column < depth else "centre"
        step = s.leading * s.size
        y = top + s.pad if s.raised else (top + low - len(parts) * step) / 2
        for n, part in enumerate(parts):
            wide = pdfmetrics.stringWidth(part, FONT, s.size)
            left, right = xs[c.column] + 2, xs[c.column + c.wide] - 2
            x = {"left": left, "right": right - wide, "centre": (left + right - wide) / 2}[at]
            self._write(x, y + n * step + (step - s.size) / 2, part, s.size)

    def _write(self, x: float, top: float, text: str, size: float) -> None:
        self._canvas.setFont(FONT, size)
        self._canvas.drawString(x, self._style.height - top - 0.88 * size, text)


@pytest.fixture(scope="session")
def printed(
    draw_tables: Callable[[Values], Any], placed: Callable[[Any], list[Placed]]
) -> Callable[[Values, Style], bytes]:
    """`printed(values, style)`: a drawn report as PDF without rules."""

    def build(values: Values, style: Style) -> bytes:
        printer = Printer(style)
        printer.line("某某市2023年政府信息公开工作年度报告", 16)
        printer.line("一、总体情况")
        printer.line("全年召开新闻发布会2场。", 10)
        grids = [placed(grid) for grid in draw_tables(values)]
        for section, depth, cells in zip(SECTIONS, (1, 3, 0), grids, strict=True):
            printer.line(section)
            printer.table(cells, depth)
        printer.line("五、存在的主要问题及改进情况")
        printer.line("一是解读不够通俗，群众看得到却看不懂，需要改进。", 10)
        return printer.save()

    return build


def figures(report: Report) -> dict[str, str]:
    """Concept key → print of each figure that was read in a table; a blank one prints nothing."""
    return {
        f.key: "" if f.status is Status.BLANK else f.text
        for f in report.figures
        if f.key and f.table and not f.note_of
    }


def only(data: bytes) -> Report:
    (report,) = read_report(data, "报告.pdf")
    return report


@pytest.mark.parametrize(
    "style",
    [
        pytest.param(Style(), id="figures in the middle"),
        pytest.param(
            Style(figure_at="right"), id="figures at the right, under heads in the middle"
        ),
        pytest.param(Style(raised=True), id="at the top of cells"),
        pytest.param(Style(label_at="centre"), id="labels in the middle"),
        pytest.param(Style(lines=True), id="a rule under each row"),
        pytest.param(Style(labels=80, figures=48), id="narrow"),
        pytest.param(Style(letters=True, height=842), id="heads letter by letter"),
        pytest.param(Style(height=420, labels=140, size=8), id="over many pages"),
    ],
)
def test_a_report_without_rules_reads_back(
    style: Style, printed: Callable[[Values, Style], bytes], make_values: Callable[..., Values]
) -> None:
    values = make_values(11, 9000)
    assert figures(only(printed(values, style))) == values


def test_blanks_are_told_by_where_the_others_stand(
    printed: Callable[[Values, Style], bytes], make_values: Callable[..., Values]
) -> None:
    dice = random.Random(5)
    values = {k: "" if dice.random() < 0.4 else v for k, v in make_values(5, 900).items()}
    report = only(printed(values, Style()))
    found = figures(report)
    assert {k: values[k] for k in found} == found
    # a row whose blank total may stand in the place of its last part is refused, whatever the format
    shifted = sum(w.code == "row-shifted" for w in report.warnings)
    assert shifted <= 2
    assert sum(k.startswith("t3") for k in found) == 175 - 7 * shifted


styles = st.builds(
    Style,
    labels=st.floats(60, 130),
    figures=st.floats(30, 60),
    pad=st.floats(0, 6),
    size=st.sampled_from([7.5, 9, 10.5]),
    leading=st.floats(1.05, 1.6),
    figure_at=st.sampled_from(["centre", "left", "right"]),
    label_at=st.sampled_from(["left", "centre"]),
    raised=st.booleans(),
    lines=st.booleans(),
    letters=st.booleans(),
    height=st.sampled_from([595.0, 842.0]),
)


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(style=styles, seed=st.integers(0, 10**6), most=st.sampled_from([9, 900, 90000, 10**7]))
def test_no_figure_is_ever_wrong(
    style: Style,
    seed: int,
    most: int,
    printed: Callable[[Values, Style], bytes],
    make_values: Callable[..., Values],
) -> None:
    dice = random.Random(seed)
    share = dice.choice([0, 0.2, 0.6])
    values = {k: "" if dice.random() < share else v for k, v in make_values(seed, most).items()}
    report = only(printed(values, style))
    found = figures(report)
    assert {k: values.get(k) for k in found} == found
    assert report.warnings or len(found) == len(values)
