"""Word and Excel files, CSV."""

# fmt: off
# ruff: noqa: E501
from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from grids import Block, Grid
from openpyxl.styles import Alignment, Border, Font, Side

WHEN = datetime(2023, 1, 20, 9, 30)
_NUM = re.compile(r"-?\d+(\.\d+)?")


def fixed_zip(path: Path) -> None:
    """Write an OOXML file again with constant dates, so that two runs give the same bytes."""
    with ZipFile(path) as z:
        parts = [(i.filename, z.read(i)) for i in z.infolist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as z:
        for name, data in parts:
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:\w+ [^>]*>)[^<]*", rb"\g<1>2023-01-20T09:30:00Z", data)
            z.writestr(ZipInfo(name, (2023, 1, 20, 9, 30, 0)), data, ZIP_DEFLATED)


# --- Word -----------------------------------------------------------------------------------
def add_table(d, g: Grid, style: str | None = "Table Grid", size: float = 9):
    """Merge vertically and horizontally as Word does; empty merged cells keep an empty paragraph."""
    t = d.add_table(len(g.rows), g.width)
    if style:
        t.style = style
    for i, row in enumerate(g.expand()):
        for j, (c, first) in enumerate(row):
            if not first:
                continue
            cell = t.cell(i, j)
            if c.cs > 1 or c.rs > 1:
                cell = cell.merge(t.cell(i + c.rs - 1, j + c.cs - 1))
            cell.text = c.text
            for p in cell.paragraphs:
                for run in p.runs:
                    run.font.size = Pt(size)
    return t


def word(blocks: list[Block], style: str | None = "Table Grid", header: str = "", footer: str = "", numbered: bool = False,
         landscape: bool = False):
    d = docx.Document()
    d.styles["Normal"].font.name = "仿宋"
    d.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    section = d.sections[0]
    if landscape:
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    if header:
        section.header.paragraphs[0].text = header
    if footer:
        section.footer.paragraphs[0].text = footer
    num = _chinese_list(d) if numbered else None
    for kind, x in blocks:
        if kind == "table":
            add_table(d, x, style)
        elif kind == "title":
            d.add_heading(str(x), 0)
        elif kind == "h":
            text = str(x)
            p = d.add_paragraph(re.sub(r"^[一二三四五六]、", "", text) if numbered else text)
            if numbered:
                p._p.get_or_add_pPr().append(parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{num}"/></w:numPr>'))
        elif kind == "xml":
            d.element.body.insert(len(d.element.body) - 1, parse_xml(str(x)))
        else:
            d.add_paragraph(str(x))
    return d


def _chinese_list(d) -> int:
    numbering = d.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/>'
        "</w:lvl></w:abstractNum>")
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return 77


def textbox(text: str) -> str:
    """A paragraph with a text box (VML, as WPS writes it)."""
    return (
        f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape id="tb1" style="width:420pt;height:40pt"'
        f' type="#_x0000_t202"><v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox>'
        "</v:shape></w:pict></w:r></w:p>"
    )


def track(cell, deleted: str, inserted: str) -> None:
    """Leave a tracked change in a cell: the deleted figure is still in the file, the inserted one holds."""
    p = cell.paragraphs[0]._p
    for r in p.findall(qn("w:r")):
        p.remove(r)
    stamp = 'w:author="张三" w:date="2023-01-18T10:00:00Z"'
    p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="91" {stamp}><w:r><w:delText>{deleted}</w:delText></w:r></w:del>'))
    p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="92" {stamp}><w:r><w:t>{inserted}</w:t></w:r></w:ins>'))


def save_word(d, path: Path) -> None:
    d.core_properties.created = d.core_properties.modified = WHEN
    d.core_properties.author = "办公室"
    d.save(str(path))
    fixed_zip(path)


# --- Excel ----------------------------------------------------------------------------------
_BOX = Border(*[Side(style="thin")] * 4)


def put_grid(ws, g: Grid, top: int, left: int = 1, fmt: str | None = None, numbers: bool = True, merge: bool = True) -> int:
    """A grid at a place of a sheet; returns the next free row. `fmt` is the number format of the values."""
    for i, row in enumerate(g.expand()):
        for j, (c, first) in enumerate(row):
            if not first:
                continue
            cell = ws.cell(top + i, left + j)
            text = c.text
            if numbers and c.kind == "v" and _NUM.fullmatch(text):
                cell.value = float(text) if "." in text else int(text)
                cell.number_format = fmt or "General"
            elif text:
                cell.value = text
            cell.border = _BOX
            cell.alignment = Alignment("center", "center", wrap_text=True)
            if merge and (c.cs > 1 or c.rs > 1):
                ws.merge_cells(start_row=top + i, start_column=left + j, end_row=top + i + c.rs - 1, end_column=left + j + c.cs - 1)
    return top + len(g.rows)


def sheet(ws, blocks: list[Block], width: int = 10, top: int = 1, left: int = 1, **how) -> int:
    for kind, x in blocks:
        if kind == "table":
            top = put_grid(ws, x, top, left, **how) + 1
        else:
            ws.cell(top, left).value = str(x)
            if kind == "title":
                ws.cell(top, left).font = Font(size=16)
            ws.cell(top, left).alignment = Alignment(wrap_text=True, vertical="top")
            ws.merge_cells(start_row=top, start_column=left, end_row=top, end_column=left + width - 1)
            top += 1
    return top


def save_excel(wb, path: Path) -> None:
    wb.properties.created = wb.properties.modified = WHEN
    wb.save(path)
    fixed_zip(path)


def old_excel(sheets: list[tuple[str, list[Block]]], path: Path, numbers: bool = True, width: int = 10) -> None:
    wb = xlwt.Workbook(encoding="utf-8")
    style = xlwt.easyxf("align: horiz center, vert center, wrap on; borders: left thin, right thin, top thin, bottom thin")
    for name, blocks in sheets:
        ws, top = wb.add_sheet(name), 0
        for kind, x in blocks:
            if kind != "table":
                ws.write_merge(top, top, 0, width - 1, str(x))
                top += 1
                continue
            for i, row in enumerate(x.expand()):
                for j, (c, first) in enumerate(row):
                    if not first:
                        continue
                    value: object = c.text
                    if numbers and c.kind == "v" and _NUM.fullmatch(c.text):
                        value = float(c.text)
                    a, b = top + i, top + i + c.rs - 1
                    if c.cs > 1 or c.rs > 1:
                        ws.write_merge(a, b, j, j + c.cs - 1, value, style)
                    else:
                        ws.write(a, j, value, style)
            top += len(x.rows) + 1
    wb.save(str(path))


def csv_text(blocks: list[Block]) -> str:
    out = io.StringIO()
    w = csv.writer(out, lineterminator="\r\n")
    width = max(x.width for k, x in blocks if k == "table")
    for kind, x in blocks:
        if kind != "table":
            w.writerow([str(x)] + [""] * (width - 1))
            continue
        for row in x.expand():
            w.writerow([c.text if first else "" for c, first in row] + [""] * (width - x.width))
    return out.getvalue()
