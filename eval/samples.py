"""The example reports in other formats, made anew for benchmarks: nothing but their text is kept.

The tables are drawn from what the text reader makes of them, with their merged cells. PDF needs
reportlab, which is a tool of the tests and not of the program.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ingest import read_report
from ingest.model import Cell, Report, Table

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
#: a table stands under the section that names it
_SECTION_OF = {"t2": "主动公开", "t3": "申请", "t4": "复议"}
_FONT = "STSong-Light"  # one of those that every PDF reader brings along

Block = str | Table


@dataclass(frozen=True, slots=True)
class Sample:
    """A file for a benchmark."""

    name: str
    data: bytes


def make_samples(folder: Path = _EXAMPLES) -> list[Sample]:
    """Each example as it is, and as a web page, a DOCX, an XLSX and (with reportlab) a PDF."""
    out = []
    for path in sorted(folder.glob("*年度报告.*")):
        data = path.read_bytes()
        (report,) = read_report(data, path.name)
        blocks = list(_blocks(report))
        out += [
            Sample(path.name, data),
            Sample(f"{path.stem}.html", _page(report.title or path.stem, blocks)),
            Sample(f"{path.stem}.docx", _document(blocks)),
            Sample(f"{path.stem}.xlsx", _workbook(blocks)),
        ]
        if can_draw():
            out.append(Sample(f"{path.stem}.pdf", _pdf(blocks)))
    return out


def make_long_pdf(pages: int, folder: Path = _EXAMPLES) -> Sample:
    """One report in a PDF of at least `pages` pages: its narrative is repeated until it is as long."""
    path = next(iter(sorted(folder.glob("*年度报告.*"))))
    (report,) = read_report(path.read_bytes(), path.name)
    head, *blocks = _blocks(report)
    text = [b for b in blocks if isinstance(b, str) and len(b) > 40]
    # a page of this size holds some 1,160 letters
    rounds = pages * 1_160 // max(sum(map(len, text)), 1) + 1
    return Sample(f"{pages}.pdf", _pdf([head, *text * rounds, *blocks]))


def can_draw() -> bool:
    """Whether PDF can be made here."""
    return find_spec("reportlab") is not None


def _blocks(report: Report) -> Iterator[Block]:
    """Title, headings, paragraphs and tables in the order of a report."""
    yield report.title or report.source
    shown: tuple[str, ...] = ()
    paragraphs: dict[int, list[str]] = {}
    for sentence in report.sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence.printed)
    section_of = {s.paragraph: s.section for s in report.sentences}
    tables = list(report.tables)
    for section in report.sections:
        same = [a == b for a, b in zip(section, shown, strict=False)]
        yield from section[same.index(False) if False in same else len(same) :]
        shown = section
        for number, texts in paragraphs.items():
            if section_of[number] == section:
                yield "".join(texts)
        for table in [t for t in tables if _SECTION_OF.get(t.id, "\0") in "".join(section)]:
            tables.remove(table)
            yield table
    yield from tables


def _rows(table: Table) -> list[list[Cell]]:
    """The cells of each row, from left to right, each where it begins."""
    rows: list[list[Cell]] = [[] for _ in range(max(c.row for c in table.cells) + 1)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    return [sorted(row, key=lambda c: c.column) for row in rows]


def _page(title: str, blocks: Sequence[Block]) -> bytes:
    """As a government site shows it: menus and scripts around, header cells that are no `<th>`."""
    menu = "".join(f'<li><a href="#">栏目{n}</a></li>' for n in range(40))
    body = "".join(
        f"<p style='text-indent:2em'>{html.escape(b)}</p>" if isinstance(b, str) else _html_table(b)
        for b in blocks
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{html.escape(title)}</title>"
        f"<script>{'var a=1;' * 400}</script><style>{'p{color:#333}' * 200}</style></head>"
        f"<body><ul>{menu}</ul><div class='content'>{body}</div><div>主办单位：示例市</div></body></html>"
    ).encode()


def _html_table(table: Table) -> str:
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td rowspan='{c.row_span}' colspan='{c.column_span}'><p><span>"
            f"{html.escape(c.text)}</span></p></td>"
            for c in row
        )
        + "</tr>"
        for row in _rows(table)
    )
    return f"<table border='1'><tbody>{rows}</tbody></table>"


def _document(blocks: Sequence[Block]) -> bytes:
    from docx import Document

    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        rows = _rows(block)
        columns = max(c.column + c.column_span for c in block.cells)
        drawn = document.add_table(len(rows), columns)
        # all at once: asking for one cell builds the whole grid anew
        grid = [list(row.cells) for row in drawn.rows]
        for cell in block.cells:
            first = grid[cell.row][cell.column]
            below, right = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
            if (below, right) != (cell.row, cell.column):
                first = first.merge(grid[below][right])
            first.text = cell.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _workbook(blocks: Sequence[Block]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    at = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(at, 1, block)
            at += 1
            continue
        for cell in block.cells:
            row, column = at + cell.row, 1 + cell.column
            sheet.cell(row, column, int(cell.text) if cell.text.isdecimal() else cell.text)
            if cell.row_span > 1 or cell.column_span > 1:
                sheet.merge_cells(
                    start_row=row, start_column=column,
                    end_row=row + cell.row_span - 1, end_column=column + cell.column_span - 1,
                )  # fmt: skip
        at += max(c.row for c in block.cells) + 2
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pdf(blocks: Sequence[Block]) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
    from reportlab.platypus import Table as Drawn

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    text = ParagraphStyle("text", fontName=_FONT, fontSize=11, leading=18, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName=_FONT, fontSize=7, leading=9, wordWrap="CJK")
    flow = []
    for block in blocks:
        if isinstance(block, str):
            flow += [Paragraph(html.escape(block), text), Spacer(1, 4)]
            continue
        rows = _rows(block)
        width = max(c.column + c.column_span for c in block.cells)
        grid: list[list[object]] = [[""] * width for _ in rows]
        # tight, so that a table fits a page: reportlab cannot part a cell that spans its rows
        style: list[tuple[object, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            *((f"{side}PADDING", (0, 0), (-1, -1), 1) for side in ("TOP", "BOTTOM")),
        ]
        for cell in block.cells:
            grid[cell.row][cell.column] = Paragraph(html.escape(cell.text), small)
            end = (cell.column + cell.column_span - 1, cell.row + cell.row_span - 1)
            style.append(("SPAN", (cell.column, cell.row), end))
        flow.append(Drawn(grid, colWidths=[500 / width] * width, style=style))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(flow)
    return out.getvalue()
