"""More ways: reportlab PDFs with a font that is not embedded, a scan, OCR text, a converter's NaN, another order."""

# fmt: off
# ruff: noqa: C408, E501, N812
from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import forms as F
import html_layouts as H
import text_layouts as T
from grids import Block, Grid, document, t2_grid, t3_grid, t4_grid
from model import national
from pdf import print_pdf
from prose import write
from registry import file, needs_printing, put, refuse
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

rl_config.invariant = 1
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def _style(size: float, align: int = 0, indent: float = 0) -> ParagraphStyle:
    return ParagraphStyle("s", fontName="STSong-Light", fontSize=size, leading=size * 1.5, wordWrap="CJK", alignment=align, firstLineIndent=indent)


def report_pdf(blocks: list[Block], out: Path, lines: bool = True, wide: bool = False, size: float = 8) -> None:
    """A system's own PDF: the song font is named, not embedded; tables by reportlab."""
    page = landscape(A4) if wide else A4
    doc = SimpleDocTemplate(str(out), pagesize=page, leftMargin=45, rightMargin=45, topMargin=50, bottomMargin=50)
    room = page[0] - 90
    flow = []
    for kind, x in blocks:
        if kind != "table":
            flow.append(Paragraph(str(x).replace("\n", "<br/>"), _style(*{"title": (16, 1), "h": (12, 0), "p": (10.5, 0, 21)}[kind])))
            continue
        data = [[Paragraph(c.text, _style(size, 1)) if first else "" for c, first in row] for row in x.expand()]
        spans = []
        for i, row in enumerate(x.expand()):
            for j, (c, first) in enumerate(row):
                if first and (c.cs > 1 or c.rs > 1):
                    spans.append(("SPAN", (j, i), (j + c.cs - 1, i + c.rs - 1)))
        if x.width == 10:
            widths = [room * w for w in (0.09, 0.1, 0.32, 0.07, 0.07, 0.07, 0.08, 0.08, 0.05, 0.07)]
        else:
            widths = [room / x.width] * x.width
        box = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if lines else []
        flow.append(Table(data, colWidths=widths, style=[*spans, *box, ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                    ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)], repeatRows=0, splitInRow=0))

    def foot(c, d) -> None:
        c.setFont("STSong-Light", 9)
        c.drawCentredString(page[0] / 2, 28, f"第 {d.page} 页")

    doc.build(flow, onFirstPage=foot, onLaterPages=foot)


@file("a34_系统导出.pdf", "业务系统导出的 PDF（reportlab，宋体只引用不嵌入），有线表，页脚“第 1 页”；金额带四位小数")
def a34(out: Path):
    r = national("锦屏县城市管理综合行政执法局", 2022, "部门", 134, (143, 9, 0, 1, 2, 2), dict(gz="0 0 0", gf="1 0 4", xk="5021", cf="13207", qz="340", sf="211.0736"), (12, 5, 3),
                 accept=["锦屏县综合行政执法局"])
    r.we = "我局"
    write(r, 134, "plain", 2)
    report_pdf(document(r), out)
    return [r]


@file("b15_系统导出2019.pdf", "2019 表式：reportlab PDF，横向、无任何框线，标签折行；题目断行；千分位")
def b15(out: Path):
    r = national("临江市生态环境局", 2019, "部门", 215, (1210, 140, 2, 21, 30, 4), dict(
        gz="0 0 0", gf="8 8 44", xk="18 2 1044", fw="9 0 310", cf="120 -6 866", qz="12 0 95", sf="2 0", cg="31 18877210元=18877210=元"), (30, 12, 7), "2019",
        title="临江市生态环境局\n2019年政府信息公开工作年度报告")
    r.we = "我局"
    write(r, 215, "comma", 1)
    r.restyle("comma", "表三")
    report_pdf(document(r), out, lines=False, wide=True, size=9)
    return [r]


@file("a35_markitdown.md", "转换器把工作表读成 pandas 再写 Markdown：首行成表头“Unnamed: 3”，合并余格与空格都是 NaN，三个工作表")
def a35(out: Path):
    r = national("澄湖市交通运输局", 2021, "部门", 135, (61, 10, 0, 2, 3, 0), dict(gz="0 0 0", gf="2 1 13", xk="20114", cf="905", qz="18", sf="0.35"), (6, 2, 2))
    r.we = "我局"
    write(r, 135, "plain", 1)
    r.restyle("blank", "表三")

    def frame(g: Grid) -> str:
        rows = [[c.text if first else "" for c, first in row] for row in g.expand()]
        top = [x or f"Unnamed: {k}" for k, x in enumerate(rows[0])]
        body = ["| " + " | ".join(x or "NaN" for x in row) + " |" for row in rows[1:]]
        return "\n".join(["| " + " | ".join(top) + " |", "| " + " | ".join("---" for _ in top) + " |", *body])

    lines = []
    names = iter(["主动公开", "依申请", "复议诉讼"])
    for kind, x in document(r):
        lines.append(f"## {next(names)}\n{frame(x)}\n" if kind == "table" else f"{x}\n")
    put(out, "\n".join(lines))
    return [r]


@file("a36_own_order.html", "表三列序与国标不同（社会公益组织在科研机构之前），第 8 行排在第 7 行之前，须按所印标签读；正文统计期限误写成上一年")
def a36(out: Path):
    r = national("青石县民政局", 2023, "部门", 136, (40, 3, 5, 2, 1, 0), dict(gz="0 0 0", gf="1 1 3", xk="318", cf="2", qz="0", sf="0"), (2, 1, 0))
    r.we = "我局"
    write(r, 136, "few", 1)
    r.prose["前言"] = ["本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。"]
    r.findings.append({"code": "year-conflict", "text": "题目为2023年，正文统计期限写2022年", "printed": "2022年1月1日起至2022年12月31日", "computed": "2023"})
    g = t3_grid(r)
    head = g.rows[2]
    head[1], head[2] = head[2], head[1]
    for row in g.rows[3:]:
        row[-5], row[-4] = row[-4], row[-5]
    i = next(k for k, row in enumerate(g.rows) if row[0].text.startswith("7.属于"))
    g.rows[i], g.rows[i + 1] = g.rows[i + 1], g.rows[i]
    put(out, H.portal(r.title, H.body(document(r, title=False, grids={"三": g}), lambda x: H.table(x, "border=1")), "青石县人民政府"))
    return [r]


@file("g06_大榆县统计局2023年政府信息公开工作年度报告.pdf", "扫描件：整页图像，没有文字层；不识图就应拒答全部（发布机关与年份只能来自文件名）")
def g06(out: Path):
    r = national("大榆县统计局", 2023, "部门", 606, (2, 1, 0, 0, 0, 0), dict(gz="0 0 0", gf="0 0 0", xk="4", cf="3", qz="0", sf="0"), (0, 0, 0))
    r.we = "我局"
    write(r, 606, "few", 1)
    if needs_printing(out):
        with tempfile.TemporaryDirectory() as tmp:
            page = Path(tmp) / "p.pdf"
            print_pdf(H.print_page(H.body(document(r), lambda g: H.table(g, "", blank=""), h="<h2>{}</h2>")), page)
            subprocess.run(["pdftoppm", "-mono", "-r", "110", str(page), str(Path(tmp) / "i")], check=True)
            c = canvas.Canvas(str(out), pagesize=A4)
            for image in sorted(Path(tmp).glob("i*.pbm")):
                c.drawImage(str(image), 0, 0, *A4)
                c.showPage()
            c.save()
    r.prose.clear()
    for t in (F.T2, F.T3, F.T4):
        refuse(r, t)
    return [r]


OCR = str.maketrans("0156", "OlSb")


@file("g07_ocr.txt", "文字识别稿：表三若干数字被认成字母（1→l、0→O、5→S、6→b）或中间多出点，标签有错字；坏格应拒答，其余照读")
def g07(out: Path):
    r = national("丰河县应急管理局", 2022, "部门", 607, (156, 10, 0, 1, 5, 0), dict(gz="0 0 0", gf="1 0 6", xk="610", cf="155", qz="15", sf="0"), (3, 1, 1))
    r.we = "我局"
    write(r, 607, "few", 1)
    grids: dict[str, Grid] = {"二": t2_grid(r), "三": t3_grid(r), "四": t4_grid(r)}
    for row, col in (("new", "nat"), ("open", "nat"), ("u1", "total"), ("sum", "total"), ("r5", "biz"), ("h3", "nat")):
        cell = r.cells[F.T3, row, col]
        cell.text = cell.text.translate(OCR) if cell.text.translate(OCR) != cell.text else "." + cell.text
        refuse(r, F.T3, {row}, {col})
    grids["三"] = t3_grid(r, lambda s: s.replace("信访举报投诉类", "信访举报投拆类").replace("法律服务机构", "法律服务机枸").replace("逾期", "愈期"))
    put(out, T.text(document(r, grids=grids), "nopad"))
    return [r]
