"""Whole PDF files: drawn with reportlab (no font file is needed), printed by a browser, and broken."""

from __future__ import annotations

import io
import json
import random
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableFile
from ingest.model import Report
from ingest.read import read_report
from ingest.readers import Document, Grid, reader_for
from ingest.readers.pdf.reader import PdfReader

Values = dict[str, str]
Draw = Callable[[Canvas, int], None]
FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
TITLE = "某某市2023年政府信息公开工作年度报告"
SECTIONS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
SHARED = Path(__file__).parents[5] / "shared"
CHECKED = sorted(SHARED.glob("reports/*.pdf"))

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Placed(NamedTuple):
    """A cell with its place and spans, see `place` in the conftest of this folder."""

    row: int
    column: int
    high: int
    wide: int
    text: str


def make(draw: Draw, pages: int = 1, encrypt: StandardEncryption | None = None) -> bytes:
    """A PDF whose pages `draw(canvas, page)` draws; 10 point letters."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=True)
    for page in range(pages):
        canvas.setFont(FONT, 10)
        draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write(canvas: Canvas, x: float, top: float, text: str, size: float = 10) -> None:
    """Text with its left end at `x` and the top of its em box at `top`, both from the top left."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - top - 0.88 * size, text)


def lines(*texts: str) -> Draw:
    """One text a line from the top down."""

    def draw(canvas: Canvas, page: int) -> None:
        for n, text in enumerate(texts):
            write(canvas, 60, 100 + 20 * n, text)

    return draw


def picture(canvas: Canvas, page: int = 0) -> None:
    """A grey picture over the whole page."""
    canvas.drawImage(ImageReader(Image.new("L", (40, 56), 230)), 0, 0, WIDTH, HEIGHT)


class Writer:
    """Writes reports with ruled tables that go on over pages as they must.

    `rules` is how borders are drawn, `twice` draws every letter twice a hair apart, `again` repeats
    the header rows on a new page, `stacked` breaks the column headers letter by letter.
    """

    def __init__(self, rules: str = "lines", twice: bool = False, stacked: bool = False) -> None:
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=(WIDTH, HEIGHT), invariant=True)
        self._rules, self._twice, self._stacked = rules, twice, stacked
        self._top = 60.0
        self._page = 1

    def line(self, text: str, size: float = 10) -> None:
        if self._top > HEIGHT - 90:
            self._turn()
        write(self._canvas, 60, self._top, text, size)
        self._top += 2 * size

    def table(self, cells: list[Placed], high: float = 30) -> None:
        width = max(c.column + c.wide for c in cells)
        step = 470 / width
        rows = max(c.row + c.high for c in cells)
        first = 0
        while first < rows:
            fits = min(rows, first + int((HEIGHT - 70 - self._top) // high))
            if fits <= first:
                self._turn()
                continue
            for c in cells:
                begin, end = max(c.row, first), min(c.row + c.high, fits)
                if begin < end:
                    text = c.text if c.row >= first else ""  # printed where the cell begins
                    box = (60 + c.column * step, self._top + (begin - first) * high)
                    self._cell(*box, c.wide * step, (end - begin) * high, text)
            self._top += (fits - first) * high + 10
            first = fits
            if first < rows:
                self._turn()

    def save(self) -> bytes:
        self._turn()
        self._canvas.save()
        return self._out.getvalue()

    def _turn(self) -> None:
        write(self._canvas, 280, HEIGHT - 40, f"- {self._page} -")
        self._canvas.showPage()
        self._page, self._top = self._page + 1, 60.0

    def _cell(self, x: float, top: float, wide: float, high: float, text: str) -> None:
        canvas = self._canvas
        y = HEIGHT - top - high
        match self._rules:
            case "lines":
                canvas.rect(x, y, wide, high)
            case "dashed":
                canvas.setDash(2, 2)
                canvas.rect(x, y, wide, high)
                canvas.setDash()
            case "double":
                canvas.rect(x, y, wide, high)
                canvas.rect(x + 1.5, y + 1.5, wide - 3, high - 3)
            case "thin rects":
                canvas.setFillGray(1)
                canvas.rect(x, y, wide, high, stroke=0, fill=1)  # a white background
                canvas.setFillGray(0)
                for sides in ((x, y, wide, 0.5), (x, y, 0.5, high)):
                    canvas.rect(*sides, stroke=0, fill=1)
                canvas.rect(x, y + high, wide, 0.5, stroke=0, fill=1)
                canvas.rect(x + wide, y, 0.5, high, stroke=0, fill=1)
        size = 5.0
        fits = 1 if self._stacked and len(text) < 5 and text.isalpha() else int(wide / size) - 1
        parts = [text[i : i + max(fits, 1)] for i in range(0, len(text), max(fits, 1))]
        if text.isdigit():
            parts = [text]  # a number is not broken
        for n, part in enumerate(parts):
            write(canvas, x + 3, top + 2 + n * (size + 1), part, size)
            if self._twice:
                write(canvas, x + 3.3, top + 2 + n * (size + 1), part, size)


def report(tables: list[list[Placed]], prose: int = 2, **how: Any) -> bytes:
    """A whole report as PDF."""
    writer = Writer(**how)
    writer.line(TITLE, 16)
    writer.line("一、总体情况")
    for n in range(prose):
        writer.line(f"全年召开新闻发布会{n}场。")
    for section, cells in zip(SECTIONS, tables, strict=True):
        writer.line(section)
        writer.table(cells)
    writer.line("五、存在的主要问题及改进情况")
    writer.line("一是解读不够通俗，群众看得到却看不懂，需要改进。")
    return writer.save()


@pytest.fixture(scope="session")
def pages_of(
    draw_tables: Callable[[Values], Any], placed: Callable[[Any], list[Placed]]
) -> Callable[..., bytes]:
    """`pages_of(values, prose=2, rules="lines")`: a drawn report as PDF."""

    def build(values: Values, prose: int = 2, **how: Any) -> bytes:
        return report([placed(grid) for grid in draw_tables(values)], prose, **how)

    return build


def read_pdf(data: bytes) -> Document:
    return PdfReader().read(data, "报告.pdf")


def grid_of(document: Document) -> list[list[str]]:
    (grid,) = [b for b in document.blocks if isinstance(b, Grid)]
    return [[c.text for c in row] for row in grid.rows]


@pytest.mark.parametrize("rules", ["lines", "dashed", "double", "thin rects"])
def test_a_report_reads_back_however_its_borders_are_drawn(
    rules: str, pages_of: Callable[..., bytes], make_values: Callable[..., Values]
) -> None:
    values = make_values(11)
    (read,) = read_report(pages_of(values, rules=rules), "报告.pdf")
    assert {f.key: f.text for f in read.table_figures} == values
    assert (read.issuer, read.year, read.warnings) == ("某某市", 2023, ())


@pytest.mark.parametrize("how", [{"twice": True}, {"stacked": True}, {"prose": 21}, {"prose": 30}])
def test_a_report_reads_back_with_fake_bold_stacked_heads_and_page_breaks(
    how: dict[str, Any], pages_of: Callable[..., bytes], make_values: Callable[..., Values]
) -> None:
    values = make_values(12, 99_999)
    (read,) = read_report(pages_of(values, **how), "报告.pdf")
    assert {f.key: f.text for f in read.table_figures} == values
    assert read.warnings == ()
    assert not any("- " in s.printed for s in read.sentences)


@settings(max_examples=3, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    seed=st.integers(0, 10_000),
    prose=st.integers(0, 32),
    most=st.sampled_from([9, 900, 10**6]),
    rules=st.sampled_from(["lines", "thin rects"]),
)
def test_no_figure_is_ever_wrong(
    seed: int,
    prose: int,
    most: int,
    rules: str,
    pages_of: Callable[..., bytes],
    make_values: Callable[..., Values],
) -> None:
    dice = random.Random(seed)
    values = {
        key: dice.choice(["", "/", "—", "0"]) if dice.random() < 0.15 else text
        for key, text in make_values(seed, most).items()
    }
    (read,) = read_report(pages_of(values, prose=prose, rules=rules), "报告.pdf")
    found = {f.key: f.text for f in read.table_figures if f.note_of is None}
    assert {k: t for k, t in found.items() if t != values[k]} == {}
    assert len(found) == len(values) or read.warnings


@pytest.mark.skipif(not CHECKED, reason=f"{SHARED}: the checked reports are not on this machine")
@pytest.mark.parametrize("path", CHECKED, ids=lambda p: p.name)
def test_every_checked_figure_is_read_and_the_prose_is_that_of_the_text(path: Path) -> None:
    (read,) = read_report(path.read_bytes(), path.name)
    gold = json.loads((SHARED / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
    wanted = {}
    for figure in gold["figures"]:
        row = () if figure["row_path"] == ["(数据行)"] else tuple(figure["row_path"])
        value = None if figure["num"] is None else Decimal(str(figure["num"]))
        wanted[(row, tuple(figure["col_path"]))] = (value, figure["unit"])
    cells = [f for f in read.table_figures if f.note_of is None]
    assert {(f.row_path, f.column_path): (f.value, f.unit) for f in cells} == wanted
    text = path.with_name(f"{path.stem}.cells.txt")
    (other,) = read_report(text.read_bytes(), text.name)
    assert [s.text for s in read.sentences] == [s.text for s in other.sentences]
    places = [f.place for f in cells]
    assert all(
        p.page and p.bbox and p.bbox[0] < p.bbox[2] and p.bbox[1] < p.bbox[3] for p in places
    )


def test_a_browser_cuts_a_table_inside_its_vertical_headers() -> None:
    """Printed by Chromium: page 1 ends inside the header; margin boxes; a slanted watermark."""
    data = (Path(__file__).parent / "pdf" / "cut_header.pdf").read_bytes()
    document = read_pdf(data)
    texts = [b.text for b in document.blocks if not isinstance(b, Grid)]
    assert [t.replace(" ", "") for t in texts] == [
        "某某市2023年政府信息公开工作年度报告",
        "2023年，某市公开信息1234件。",
        "行政复议和行政诉讼情况公开如下。",
    ]
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert grid_of(document) == [
        ["行政复议"] * 5 + ["行政诉讼"] * 10,
        outcomes + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5,
        outcomes * 3,
        list(
            map(str, (105, 482, 636, 424, 1647, 553, 282, 294, 464, 1593, 193, 18, 606, 498, 1315))
        ),
    ]
    assert document.warnings == ()


def test_text_on_its_side_in_a_cell_and_a_raised_mark() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        for x in (60, 160):
            for y in (500, 600):
                canvas.rect(x, y, 100, 100)
        for x, turn, text in ((100, 90, "结果维持"), (200, -90, "尚未审结")):
            canvas.saveState()
            canvas.translate(x, 620 if turn > 0 else 680)
            canvas.rotate(turn)
            canvas.drawString(0, 0, text)
            canvas.restoreState()
        canvas.drawString(100, 550, "18")
        canvas.setFont(FONT, 6)
        canvas.drawString(111, 554, "2")
        canvas.setFont(FONT, 10)
        canvas.drawString(200, 550, "7")

    assert grid_of(read_pdf(make(draw))) == [["结果维持", "尚未审结"], ["18²", "7"]]


def test_a_number_that_leaves_its_cell_is_no_figure() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        for row in range(3):
            for column in range(3):
                canvas.rect(60 + 30 * column, 600 - 20 * row, 30, 20)
        for column, text in enumerate(("甲", "乙", "丙")):
            canvas.drawString(62 + 30 * column, 606, text)
            canvas.drawString(62 + 30 * column, 566, str(column))
        canvas.drawString(62, 586, "7854070123")  # 50 points wide

    document = read_pdf(make(draw))
    assert grid_of(document) == [["甲", "乙", "丙"], ["0", "1", "2"]]
    assert [w.code for w in document.warnings] == ["pdf-cell-overflow"]
    assert "第1页" in document.warnings[0].text


def test_a_page_on_its_side_and_a_turned_page_read_alike() -> None:
    def upright(canvas: Canvas, page: int) -> None:
        for column in range(4):
            for row in range(5):
                canvas.rect(100 + 90 * column, 500 - 30 * row, 90, 30)
                canvas.drawString(
                    105 + 90 * column, 510 - 30 * row, f"第{row}行{column}列值{row * column}"
                )

    def turned(canvas: Canvas, page: int) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        upright(canvas, page)

    def rotated(canvas: Canvas, page: int) -> None:
        canvas.setPageRotation(90)
        turned(canvas, page)

    wanted = [[f"第{row}行{column}列值{row * column}" for column in range(4)] for row in range(5)]
    assert [grid_of(read_pdf(make(d))) for d in (upright, turned, rotated)] == [wanted] * 3


def test_a_title_in_two_lines_and_a_paragraph_over_a_page_break() -> None:
    first = "某某市二〇二三年围绕中心服务大局，扎实做好政府信息公开各项工作，全年主动公开信"

    def draw(canvas: Canvas, page: int) -> None:
        if page == 0:
            write(canvas, 230, 60, "某某市人民政府", 20)
            write(canvas, 140, 85, "2023年政府信息公开工作年度报告", 20)
            for n in range(4):
                write(canvas, 80, 150 + 40 * n, f"第{n}段{first}"[: len(first) - 2])
                write(canvas, 60, 170 + 40 * n, "息若干条。")
            write(canvas, 80, 700, first[:38])
        else:
            write(canvas, 60, 60, "息125件，较上年增加。")
            write(canvas, 80, 80, "下一段。")

    texts = [b.text for b in read_pdf(make(draw, 2)).blocks if not isinstance(b, Grid)]
    assert texts[0] == "某某市人民政府2023年政府信息公开工作年度报告"
    assert texts[-2:] == [first[:38] + "息125件，较上年增加。", "下一段。"]
    assert len(texts) == 7


def test_running_heads_page_numbers_and_watermarks_are_left_out() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        write(canvas, 250, 30, f"某某市年报 第{page + 1}版")
        write(canvas, 290, 800, str(page + 5))
        canvas.setFillGray(0.85)
        write(canvas, 200, 400, "内部资料", 40)
        canvas.setFillGray(0)
        write(canvas, 80, 100, f"本页共公开{page}件。")

    texts = [b.text for b in read_pdf(make(draw, 3)).blocks if not isinstance(b, Grid)]
    assert texts == ["本页共公开0件。", "本页共公开1件。", "本页共公开2件。"]


def hidden_text(canvas: Canvas, page: int) -> None:
    picture(canvas)
    text = canvas.beginText(60, 700)
    text.setTextRenderMode(3)
    text.textLine("全市共收到申请1234件，办理1200件，结转34件，比上年有所增加。")
    canvas.drawText(text)


def covered_text(canvas: Canvas, page: int) -> None:
    lines("全市共收到申请1234件。")(canvas, page)
    picture(canvas)


TEXT = lines(*(f"全市共收到申请{n}件，均已办理。" for n in range(8)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.4\n", "broken PDF"),
        (make(TEXT)[:1500], "broken PDF"),
        (make(picture, 2), "a scanned PDF: pages are pictures, reading scans is not possible yet"),
        (make(hidden_text), "read from pictures by a machine"),
        (make(covered_text), "read from pictures by a machine"),
        (make(lambda canvas, page: None), "holds no text"),
        (make(lines(*["\ue001\ue002\ue003\ue004五"] * 5)), "does not tell which letters it draws"),
        (make(TEXT, 1, StandardEncryption("geheim", "o", canPrint=0)), "needs a password"),
        (make(lines("一"), 501), "501 pages; at most 500"),
    ],
    ids=["empty", "cut", "scan", "ocr", "covered", "blank", "private", "password", "pages"],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, words: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(UnreadableFile, match=words) as caught:
        read_pdf(data)
    assert str(caught.value).startswith("报告.pdf: ") and "\n" not in str(caught.value)
    assert time.perf_counter() - begin < 10


def test_without_a_user_password_an_encrypted_file_is_read() -> None:
    document = read_pdf(make(TEXT, 1, StandardEncryption("", "owner")))
    assert "全市共收到申请7件" in document.text


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        (picture, "pdf-page-scanned"),
        (hidden_text, "pdf-ocr-layer"),
        (lines(*["\ue001\ue002\ue003\ue004五"] * 5), "pdf-no-unicode"),
    ],
)
def test_a_page_that_cannot_be_read_among_others_is_named(odd: Draw, code: str) -> None:
    def draw(canvas: Canvas, page: int) -> None:
        (odd if page == 1 else TEXT)(canvas, page)

    document = read_pdf(make(draw, 3))
    assert [(w.code, w.place.page) for w in document.warnings] == [(code, 2)]
    assert "第2页" in document.warnings[0].text
    assert {b.place.page for b in document.blocks} == {1, 3}
    assert "1234" not in document.text


def test_a_page_with_too_many_paths_gives_no_table() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        TEXT(canvas, page)
        if page == 1:
            for n in range(20_100):
                canvas.line(n % 500, 5, n % 500, 9)

    document = read_pdf(make(draw, 2))
    assert [(w.code, w.place.page) for w in document.warnings] == [("pdf-page-complex", 2)]
    assert {b.place.page for b in document.blocks} == {1}


def test_a_digit_that_the_file_does_not_tell_makes_no_number() -> None:
    document = read_pdf(make(lines("全市共收到申请1\ue0053件，办理20件。", "\ue006主动公开5件。")))
    assert "申请\ufffd件，办理20件" in document.text
    assert [w.code for w in document.warnings] == ["pdf-no-unicode"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (make(TEXT), "报告.html"),
        (b"\xef\xbb\xbf\r\n" + make(TEXT), "报告"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + make(picture), "报告.txt"),
    ],
)
def test_the_content_says_that_a_file_is_a_pdf(data: bytes, name: str) -> None:
    assert reader_for(data, name).name == "pdf"


def test_a_text_about_pdf_files_is_none() -> None:
    assert reader_for("文件以%PDF-1.4开头。".encode(), "说明.txt").name == "text"


def test_two_runs_give_the_same(pages_of: Callable[..., bytes], make_values: Any) -> None:
    data = pages_of(make_values(5))
    one, other = read_pdf(data), read_pdf(data)
    assert (one.text, one.blocks, one.warnings) == (other.text, other.blocks, other.warnings)


def test_a_report_takes_a_quarter_of_a_second_a_page(
    pages_of: Callable[..., bytes], make_values: Callable[..., Values]
) -> None:
    data = pages_of(make_values(6), prose=60)
    begin = time.perf_counter()
    document = read_pdf(data)
    pages = max(b.place.page or 0 for b in document.blocks)
    assert pages >= 3
    assert time.perf_counter() - begin < 3 * 0.25 * pages  # thrice, as machines are busy


def test_the_places_lead_back_to_the_text(
    pages_of: Callable[..., bytes], make_values: Callable[..., Values], shown: Callable[..., Any]
) -> None:
    document = read_pdf(pages_of(make_values(7)))
    shown(document)
    report: tuple[Report, ...] = read_report(pages_of(make_values(7)), "报告.pdf")
    place = next(f.place for f in report[0].table_figures if f.key == "t2.rules.made")
    assert place.page == 1 and place.bbox is not None
    assert place.bbox[0] == pytest.approx(60 + 470 / 4, abs=1)


def test_words_below_a_figure_do_not_join_it() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        top = 700 if page == 0 else 60
        for column in range(2):
            for row in range(2):
                canvas.rect(60 + 90 * column, HEIGHT - top - 20 * row - 20, 90, 20)
                write(canvas, 65 + 90 * column, top + 4 + 20 * row, f"{page}{row}{column}")
        if page == 0:
            write(canvas, 155, 744, "第八项")

    document = read_pdf(make(draw, 2))
    assert [c.text for b in document.blocks if isinstance(b, Grid) for r in b.rows for c in r] == [
        f"{page}{row}{column}" for page in range(2) for row in range(2) for column in range(2)
    ]
    assert "第八项" in document.text
