"""Letters of a PDF beside a figure that are no digits of it: raised, small, white, of no size."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color, black, white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.numbers import read_cell
from ingest.readers import Document, Grid
from ingest.readers.pdf.reader import PdfReader

FONT = "STSong-Light"
BLUE = Color(0.12, 0.3, 0.47)
Draw = Callable[[Canvas], None]
# text, size, rise, colour: one behind the other
Piece = tuple[str, float, float, Color]

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def common(text: str, size: float = 10, rise: float = 0, colour: Color = black) -> Piece:
    return text, size, rise, colour


def document(pieces: list[Piece], paper: Draw | None = None, ruled: bool = True) -> Document:
    """A table of two rows; the value of the first is made of these pieces."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    if paper is not None:
        paper(canvas)
    for n, label in enumerate(("申请甲", "申请乙")):
        y = 600 - 30 * n
        if ruled:
            canvas.rect(60, y - 10, 200, 30)
            canvas.rect(260, y - 10, 100, 30)
        x = 270.0
        for text, size, rise, colour in (common(label), *(pieces if n == 0 else [common("7")])):
            at = 70.0 if text == label else x
            canvas.setFillColor(colour)
            canvas.setFont(FONT, size)
            canvas.drawString(at, y + rise, text)
            if text != label:
                x += pdfmetrics.stringWidth(text, FONT, size)
    canvas.showPage()
    canvas.save()
    return PdfReader().read(out.getvalue(), "x.pdf")


def value(read: Document) -> str:
    (grid,) = [b for b in read.blocks if isinstance(b, Grid)]
    return grid.rows[0][1].text


@pytest.mark.parametrize(
    ("pieces", "text", "codes"),
    [
        # marks: higher and smaller than the figure, however few its digits are
        ([common("3"), common("1", 8, 4)], "3¹", []),
        ([common("5"), common("2", 6, 4)], "5²", []),
        ([common("18"), common("12", 6, 4)], "18¹²", []),
        ([common("18"), common("123", 5, 5)], "18¹²³", []),
        ([common("523"), common("1", 8, 3)], "523¹", []),
        ([common("523"), common("[1]", 6, 4)], "523⁽¹⁾", []),
        ([common("1", 6, 4), common("523")], "¹523", []),
        ([common("523"), common("1", 6, -2)], "523₁", []),
        # smaller on the same line, or another line: nobody can tell
        ([common("18"), common("1", 5)], "\ufffd", ["number-unclear"]),
        ([common("9", 6), common("523件")], "\ufffd件", ["number-unclear"]),
        ([common("523."), common("10", 6)], "\ufffd", ["number-unclear"]),
        ([common("523"), common("1", 10, 4)], "\ufffd", ["number-unclear"]),
        # common print
        ([common("523", 6)], "523", []),
        ([common("523", 10, 3)], "523", []),
        ([common("5", 10), common("23", 9.5, 0.4)], "523", []),
        ([common("5"), common("23", 10, 0, BLUE)], "523", []),
        ([common("523"), common("件", 6)], "523件", []),
        ([common("1,234.5")], "1,234.5", []),
        # not seen
        ([common("9", 10, 0, white), common("18")], "18", ["hidden-text"]),
        ([common("18"), common("9", 10, 0, white)], "18", ["hidden-text"]),
        ([common("9", 10, 0, Color(0.98, 0.98, 0.99)), common("18")], "18", ["hidden-text"]),
        ([common("9", 0.4), common("18")], "18", ["hidden-text"]),
        ([common("9", 10, 0, Color(0, 0, 0, alpha=0)), common("18")], "18", []),
        ([common("523", 10, 0, white)], "", ["hidden-text"]),
    ],
)
def test_a_value_cell(pieces: list[Piece], text: str, codes: list[str]) -> None:
    read = document(pieces)
    assert (value(read), [w.code for w in read.warnings]) == (text, codes)


def filled(colour: Color, x: float = 260) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(colour)
        canvas.rect(x, 590, 100, 30, stroke=0, fill=1)

    return draw


def twice(canvas: Canvas) -> None:
    filled(BLUE)(canvas)
    filled(white)(canvas)


@pytest.mark.parametrize(
    ("colour", "paper", "seen"),
    [
        (white, filled(BLUE), True),
        (white, filled(black), True),
        (white, filled(BLUE, 500), False),
        (white, filled(white), False),
        (white, twice, False),
        (black, filled(black), False),
        (black, filled(Color(0.9, 0.9, 0.9)), True),
        (BLUE, filled(BLUE), False),
    ],
)
def test_letters_are_seen_by_what_is_behind_them(colour: Color, paper: Draw, seen: bool) -> None:
    read = document([common("523", 10, 0, colour)], paper)
    assert value(read) == ("523" if seen else "")
    assert [w.code for w in read.warnings] == ([] if seen else ["hidden-text"])


@pytest.mark.parametrize(
    ("start", "end", "height", "text"),
    [
        (270, 275, 3.5, "\ufffd"),  # through the first digit
        (270, 285, 3.5, "\ufffd"),  # through all of them
        (269, 287, 2.5, "\ufffd"),
        (270, 285, -1.5, "523"),  # under them
        (270, 285, 0.5, "523"),
        (260, 360, 20.0, "523"),
        (270, 272, 3.5, "523"),  # a speck
    ],
)
def test_a_digit_with_a_line_through_it_makes_no_number(
    start: float, end: float, height: float, text: str
) -> None:
    def line(canvas: Canvas) -> None:
        canvas.setLineWidth(0.6)
        canvas.line(start, 600 + height, end, 600 + height)

    read = document([common("523")], line)
    assert value(read) == text
    assert [w.code for w in read.warnings] == (["number-unclear"] if text != "523" else [])


@pytest.mark.parametrize("low", [False, True])
def test_a_sentence(low: bool) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    x = 60.0
    for text, size, rise in (("收到申请523", 10, 0), ("1", 6, 0 if low else 4), ("件。", 10, 0)):
        canvas.setFont(FONT, size)
        canvas.drawString(x, 700 + rise, text)
        x += pdfmetrics.stringWidth(text, FONT, size)
    canvas.showPage()
    canvas.save()
    (line,) = PdfReader().read(out.getvalue(), "x.pdf").lines
    assert line.text == ("收到申请\ufffd件。" if low else "收到申请523¹件。")


def test_what_is_read_of_a_mark_is_the_figure_without_it() -> None:
    texts = ["3¹", "18¹²", "523⁽¹⁾", "\ufffd", "\ufffd件", "¹523"]
    assert [read_cell(t).value for t in texts] == [3, 18, 523, None, None, None]
