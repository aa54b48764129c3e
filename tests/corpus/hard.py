"""Several reports in one file, files that lost what they said, and foreign tables beside the form's."""

# fmt: off
# ruff: noqa: C408, E501, E731, N812
from __future__ import annotations

import zipfile
from pathlib import Path

import forms as F
import html_layouts as H
import office as O
import openpyxl
import text_layouts as T
from grids import HEADS, C, Grid, document, t2_grid, t3_grid, t4_grid
from model import Report, national, plain
from pdf import print_pdf
from prose import f, pct, write
from registry import file, needs_printing, put, refuse, variants


def h(text: str) -> C:
    return C(text, kind="h")


def simple(head: list[str], *rows: list[object]) -> Grid:
    return Grid([[h(x) for x in head], *[[h(str(r[0])), *[C(str(x)) for x in r[1:]]] for r in rows]], len(head))


def pair(issuer: str, level: str, years: tuple[int, int], seed: int, apps, t2, t4, form=("2021", "2021"), **more) -> list[Report]:
    """Two years whose carry-over agrees: what the first leaves, the second takes up."""
    left = (max(1, apps[0][0] // 15), 1, 0, 0, 0, 0)
    a = national(issuer, years[0], level, seed, apps[0], t2[0], t4[0], form[0], nxt=left, **more)
    b = national(issuer, years[1], level, seed + 1, apps[1], t2[1], t4[1], form[1], carry=left, **more)
    return [a, b]


# --- several reports in one file ------------------------------------------------------------------
@file("f01_jinping_2020_2021.html", "一页两份年报，先 2020（2019 表式）后 2021（2021 表式），题目只是加粗段落")
def f01(out: Path):
    two = pair("锦屏县", "区县", (2020, 2021), 501, ((301, 22, 0, 1, 9, 2), (388, 30, 0, 2, 6, 3)), (
        dict(gz="0 0 0", gf="7 7 41", xk="310 4 20117", fw="122 0 8033", cf="902 11 6104", qz="51 0 188", sf="14 -1", cg="212 31900000元=31900000=元"),
        dict(gz="0 0 0", gf="9 2 48", xk="22841", cf="7330", qz="204", sf="988.21")), ((20, 8, 3), (24, 9, 6)), ("2019", "2021"), coverage="汇总",
        accept=["锦屏县人民政府"])
    parts = []
    for r in two:
        r.we = "我县"
        r.title = f"锦屏县人民政府{r.year}年政府信息公开工作年度报告"
        write(r, 500 + r.year % 100, "comma", 1)
        parts.append(H.body(document(r), title='<p align="center"><b>{}</b></p>'))
    put(out, H.portal("锦屏县人民政府历年政府信息公开工作年度报告", "\n<hr>\n".join(parts), "锦屏县人民政府", date="2022-02-08"))
    return two


def _side_by_side() -> list[Report]:
    two = pair("平川市市场监督管理局", "部门", (2022, 2023), 511, ((402, 36, 0, 2, 11, 1), (466, 51, 1, 0, 14, 2)), (
        dict(gz="0 0 0", gf="4 1 12", xk="88120", cf="1702", qz="64", sf="0"), dict(gz="0 0 0", gf="3 3 12", xk="90455", cf="1640", qz="71", sf="0")),
        ((33, 9, 5), (29, 11, 4)))
    for r in two:
        r.we = "我局"
        write(r, 511, "plain", 1)  # the same words in both years, as clerks do
    return two


@file("f02_左右对照.pdf", "A3 横向 PDF，左 2022 右 2023 两份年报并排，同一高度两张表；第四部分左右对调（2023 在左）")
def f02(out: Path):
    two = _side_by_side()
    if needs_printing(out):
        sides = [document(r) for r in two]
        cut = [[i for i, b in enumerate(s) if b[0] == "h"] for s in sides]
        rows = [(sides[0][: cut[0][0]], sides[1][: cut[1][0]])]
        for k in range(6):
            ends = [(c[k + 1] if k < 5 else None) for c in cut]
            rows.append((sides[0][cut[0][k] : ends[0]], sides[1][cut[1][k] : ends[1]]))
        html = ""
        for k, (a, b) in enumerate(rows):
            if k == 4:
                a, b = b, a
                html += '<div class="r"><div><p>2023年</p></div><div><p>2022年</p></div></div>'
            html += '<div class="r">' + "".join("<div>" + H.body(x, lambda g: H.table(g, "", blank=""), h="<h2>{}</h2>") + "</div>" for x in (a, b)) + "</div>"
        css = ".r { display: flex; gap: 10mm; } .r > div { width: 50%; } table { font-size: 9px; } h1 { font-size: 16px; }"
        print_pdf(H.print_page("<p>年报比对　文件一：2022.html　文件二：2023.html　重复率：71.3%</p>" + html, css, "A3 landscape", "12mm"), out)
    return two


@file("f05_平川市监2022.txt", "f02 左边的那一份，单独存为文本")
def f05(out: Path):
    r = _side_by_side()[0]
    put(out, T.text(document(r), "pipe"))
    return [r]


@file("f06_平川市监2023.txt", "f02 右边的那一份，单独存为文本")
def f06(out: Path):
    r = _side_by_side()[1]
    put(out, T.text(document(r), "cells"))
    return [r]


@file("f03_县直部门汇编2022.docx", "三个部门的年报合编成一个 Word：封面、目录（含题目）、正文；各部门题目为一级标题，“其他”小节合并")
def f03(out: Path):
    three = []
    for i, (name, apps, gf) in enumerate([("大榆县民政局", (8, 1, 0, 0, 0, 0), "0 0 3"), ("大榆县司法局", (3, 0, 0, 0, 2, 0), "1 0 1"),
                                          ("大榆县教育和体育局", (27, 2, 0, 1, 0, 0), "2 1 9")]):
        r = national(name, 2022, "部门", 520 + i, apps, dict(gz="0 0 0", gf=gf, xk=str(310 + 77 * i), cf=str(2 * i), qz="0", sf="0"), (i, i, 0))
        r.we = "我局"
        write(r, 520 + i, ("few", "plain", "han")[i], 1)
        three.append(r)
    blocks = [("title", "大榆县2022年度县直部门政府信息公开工作年度报告汇编"), ("p", "大榆县人民政府办公室编"), ("p", "目　录")]
    blocks += [("p", f"{r.title}\t{3 + 4 * i}") for i, r in enumerate(three)]
    for r in three:
        blocks += document(r)
    O.save_word(O.word(blocks, header="大榆县2022年度县直部门政府信息公开工作年度报告汇编"), out)
    return three


@file("f04_bidui_2023vs2022.txt", "比对工具的网页文字：每一部分先印 2022 后印 2023（第四部分反过来），夹工具自注（重复率、差异分析，其中“其他处理 0 / 0”是错的）")
def f04(out: Path):
    two = pair("西渡市", "市", (2022, 2023), 531, ((3120, 240, 2, 15, 70, 18), (3411, 266, 4, 11, 92, 21)), (
        dict(gz="1 0 15", gf="38 20 329", xk="1187330", cf="2204112", qz="9870", sf="66120.4"),
        dict(gz="2 1 16", gf="41 33 337", xk="1240076", cf="2260904", qz="9921", sf="64007.88")), ((221, 58, 36), (240, 71, 29)), coverage="汇总",
        accept=["西渡市人民政府"])
    a, b = two
    for r in two:
        r.we = "全市"
        write(r, 531 + r.year % 3, "comma", 1)
    lines = ["年报比对结果", "对象：西渡市", "左：西渡市2022年政府信息公开工作年度报告", "右：西渡市2023年政府信息公开工作年度报告", "总体重复率: 42.6%", ""]
    grids = {"二": t2_grid, "三": t3_grid, "四": t4_grid}
    for part, head in HEADS.items():
        lines.append(head)
        for r in (b, a) if part == "四" else (a, b):
            lines.append(f"【{r.year}年】")
            lines += [plain(p) for p in r.prose.get(part, [])]
            if part in grids:
                lines.append(T.nopad(grids[part](r)))
        if part == "一":
            lines.append("重复率: 38%　新增 112 字　删除 97 字")
        if part == "三":
            lines += ["差异分析", "指标 | 2022年 | 2023年 | 差值 |", f"本年新收 | {a.t3('new')} | {b.t3('new')} | {b.t3('new') - a.t3('new')} |", "其他处理 | 0 | 0 | 0 |"]
    lines += ["以上内容由比对工具自动生成，仅供参考。"]
    put(out, "\n".join(lines) + "\n")
    for r in two:  # what said so is gone with the preface
        del r.prose["前言"]
        r.coverage = "unknown"
    return two


# --- files that lost something ----------------------------------------------------------------------
@file("g01_xiong_dedup.txt", "采集器删去了与前文相同的行：重复的 0 和表头不见了，表格不可复原，应当拒答（refuse_ok）")
def g01(out: Path):
    r = national("白水营镇人民政府", 2022, "乡镇", 601, (9, 1, 0, 0, 2, 0), dict(gz="0 0 0", gf="0 0 6", xk="41", cf="15", qz="0", sf="0"), (2, 1, 0),
                 accept=["白水营镇"])
    r.we = "我镇"
    write(r, 601, "few", 1)
    seen: set[str] = set()
    keep = []
    for line in T.text(document(r), "cells", "\n").splitlines():
        if line.strip() and line not in seen:
            seen.add(line)
            keep.append(line)
    put(out, "\n".join(keep) + "\n")
    for t in (F.T2, F.T3, F.T4):
        refuse(r, t)
    return [r]


@file("g02_blank_gone.txt", "空白格整个消失，行内只剩几个数（7 列剩 2～6 个）：列已不可知；只有填满 7 个数的行可以读")
def g02(out: Path):
    r = national("鹿鸣市城市管理局", 2021, "部门", 602, (821, 35, 2, 1, 3, 4), dict(gz="0 0 0", gf="1 0 9", xk="2204", cf="17330", qz="820", sf="0"), (14, 6, 2))
    r.we = "我局"
    write(r, 602, "plain", 1)
    for (t, _row, _col), cell in r.cells.items():
        if t == F.T3 and cell.value == "0":
            cell.text, cell.value = "", None
    lines = []
    for kind, x in document(r):
        if kind != "table":
            lines.append(str(x))
        else:
            lines += [" ".join(c.text.replace("\n", "") for c in row if c.text) for row in x.rows]
    put(out, "\n".join(lines) + "\n")
    for row, _ in r.t3_form:
        if any(r.cells[F.T3, row, c].text == "" for c, _ in F.T3_COLS):
            refuse(r, F.T3, {row})
    return [r]


@file("g03_header_lost.md", "表三的三行表头全丢，且原表把“总计”放在第一列：没有表头不能认列，整张表三应拒答；表二、表四完好")
def g03(out: Path):
    r = national("南屏区卫生健康局", 2023, "部门", 603, (64, 9, 1, 2, 4, 1), dict(gz="0 0 0", gf="2 0 7", xk="3310", cf="95", qz="1", sf="0"), (5, 2, 2))
    r.we = "我局"
    write(r, 603, "plain", 1)
    g = t3_grid(r)
    rows = []
    for row in g.rows[3:]:
        labels, values = row[:-7], row[-7:]
        rows.append([*labels, values[-1], *values[:-1]])
    g2 = Grid(rows, 10)
    blocks = document(r, grids={"三": g2})
    lines = []
    for kind, x in blocks:
        if kind == "table" and x is g2:
            body = T.markdown(x).splitlines()
            lines.append("\n" + "\n".join([body[0], *body[2:]]) + "\n")
        elif kind == "table":
            lines.append("\n" + T.markdown(x) + "\n")
        else:
            lines.append(("# " if kind == "title" else "## " if kind == "h" else "") + str(x) + "\n")
    put(out, "\n".join(lines))
    refuse(r, F.T3)
    return [r]


@file("g04_cut_row.txt", "网页被截断：表三写到“4.保护第三方合法权益”一行中间为止（末数可能只剩一半），以后各行与表四都没有")
def g04(out: Path):
    r = national("沙洲新区管委会", 2021, "区县", 604, (231, 44, 0, 3, 8, 2), dict(gz="0 0 0", gf="3 1 18", xk="7012", cf="233", qz="5", sf="318.4"), (9, 4, 3),
                 accept=["沙洲新区", "沙洲新区管理委员会"])
    r.we = "新区"
    write(r, 604, "comma", 1)
    s = T.text(document(r), "pipe")
    at = s.index("4.保护第三方合法权益") + len("4.保护第三方合法权益 | ")
    put(out, s[: at + 1])  # one digit, maybe half a number
    rows = [k for k, _ in r.t3_form]
    refuse(r, F.T3, set(rows[rows.index("r4") :]))
    refuse(r, F.T4)
    del r.prose["五"], r.prose["六"]
    return [r]


@file("g05_shifted.html", "表三有三行少一个单元格（数值整体左移），表四行首多一个空格：这几行不可读，其余可读")
def g05(out: Path):
    r = national("泉河县自然资源局", 2023, "部门", 605, (412, 60, 0, 3, 14, 5), dict(gz="0 0 0", gf="2 1 6", xk="9120", cf="203", qz="11", sf="45018.2"), (21, 9, 6))
    r.we = "我局"
    write(r, 605, "plain", 1)
    g3, g4 = t3_grid(r), t4_grid(r)
    html3 = H.table(g3)
    for label in ("2.其他法律行政法规禁止公开", "1.本机关不掌握相关政府信息", "2.重复申请"):
        i = html3.index(label + "</td>\n") + len(label + "</td>\n")
        html3 = html3[:i] + html3[html3.index("</td>\n", i) + 6 :]  # the cell of 自然人 is gone
    html4 = H.table(g4)
    i = html4.rindex("<tr>") + 5
    html4 = html4[:i] + "<td>&nbsp;</td>\n" + html4[i:]
    made = {id(g3): html3, id(g4): html4}
    content = H.body(document(r, grids={"三": g3, "四": g4}), lambda g: made.get(id(g)) or H.table(g))
    put(out, H.portal(r.title, content, "泉河县人民政府"))
    refuse(r, F.T3, {"r2", "u1", "h2"})
    refuse(r, F.T4)
    return [r]


# --- foreign tables beside the form's -----------------------------------------------------------------
@file("h01_channels.html", "页首索引表；表二之前有“公开渠道”表，表三之前有按申请方式的小表（都不属表式）；页脚联系表；正文一处占比用错分母")
def h01(out: Path):
    r = national("紫湖区", 2023, "区县", 701, (955, 104, 1, 5, 33, 6), dict(gz="0 0 0", gf="9 4 78", xk="61750", cf="19804", qz="470", sf="2402.9"), (70, 24, 11),
                 coverage="汇总", accept=["紫湖区人民政府"])
    write(r, 701, "comma", 2)
    total = r.t3("new")
    right, wrong = pct(r.t3("part"), r.t3("sum")), pct(r.t3("part"), total)
    r.prose["一"].append(f"部分公开{f(r.t3('part'))}件，占全年办结数的{f(wrong, '%')}%。")
    r.findings.append({"code": "narrative-vs-table", "text": f"部分公开占办结（七）总计为 {right}%，正文 {wrong}% 是以新收数为分母", "printed": wrong + "%", "computed": right + "%"})
    net = total * 7 // 10
    channel = simple(["公开渠道", "信息数量（条）", "占比"], ["政府门户网站", "12,406", "61.2%"], ["微信公众号", "6,118", "30.2%"], ["政务微博", "1,742", "8.6%"], ["合计", "20,266", "100%"])
    way = simple(["申请方式", "网络", "信函", "当面", "总计"], ["本年新收申请数量", net, (total - net) // 2, total - net - (total - net) // 2, total])
    blocks = document(r, title=False)
    at = [i for i, b in enumerate(blocks) if b[0] == "table"]
    blocks[at[1] : at[1]] = [("p", "其中，按申请方式分："), ("table", way)]
    blocks[at[0] : at[0]] = [("table", channel)]
    index = H.index_table([("索引号", "11440099/2024-00009"), ("组配分类", "政府信息公开年报"), ("发布机构", "紫湖区人民政府办公室"), ("发文日期", "2024-01-30"),
                           ("名称", "紫湖区2023年政府信息公开工作年度报告"), ("文号", "无")])
    put(out, H.portal(r.title, H.body(blocks, lambda g: H.table(g, 'border="1" class="table"')), "紫湖区人民政府", index, "2024-01-30"))
    return [r]


@file("h02_两年对比.docx", "表三之后另有“近两年对比表”，行名与表式相同（本年新收、上年结转、总计），列是 2022 年、2023 年、增减；表二前有空表")
def h02(out: Path):
    r = national("临江市商务局", 2023, "部门", 702, (58, 22, 0, 1, 4, 0), dict(gz="0 0 0", gf="3 0 14", xk="1908", cf="12", qz="0", sf="0"), (4, 1, 1))
    r.we = "我局"
    write(r, 702, "plain", 2)
    cmp = simple(["信息内容", "2022年", "2023年", "增减"], ["一、本年新收政府信息公开申请数量", 71, r.t3("new"), r.t3("new") - 71],
                 ["二、上年结转政府信息公开申请数量", 6, r.t3("carry"), r.t3("carry") - 6], ["（一）予以公开", 25, r.t3("open"), r.t3("open") - 25],
                 ["（七）总计", 74, r.t3("sum"), r.t3("sum") - 74], ["行政许可", 2011, r.n(F.T2, "xk", "n"), r.n(F.T2, "xk", "n") - 2011])
    blocks = document(r)
    at = [i for i, b in enumerate(blocks) if b[0] == "table"]
    blocks[at[1] + 1 : at[1] + 1] = [("p", "附：近两年申请办理情况对比"), ("table", cmp)]
    blocks[at[0] : at[0]] = [("table", Grid([[C(""), C("")], [C(""), C("")]], 2))]
    O.save_word(O.word(blocks), out)
    return [r]


@file("h03_分县区统计.xlsx", "第一张工作表是各县区情况（列名与表式相近，另有全市合计），其后才是本市三张表")
def h03(out: Path):
    r = national("临江市", 2023, "区县", 703, (4022, 301, 2, 17, 95, 26), dict(gz="2 0 17", gf="55 21 402", xk="830114", cf="1220781", qz="6604", sf="51230.6"), (377, 102, 64),
                 coverage="汇总", accept=["临江市人民政府"])
    r.we = "全市"
    write(r, 703, "plain", 1)
    new, opened, total = r.t3("new"), r.t3("open"), r.t3("sum")
    a = [new * 2 // 5, opened * 2 // 5, total * 2 // 5]
    b = [new * 3 // 10, opened * 3 // 10, total * 3 // 10]
    c = [new - a[0] - b[0], opened - a[1] - b[1], total - a[2] - b[2]]
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "分县区"
    ws["A1"] = "2023年各县区政府信息公开申请办理情况"
    O.put_grid(ws, simple(["单位", "本年新收政府信息公开申请数量", "予以公开", "总计"], ["云溪区", *a], ["南屏区", *b], ["青石县", *c], ["全市合计", new, opened, total]), 2)
    O.sheet(wb.create_sheet("年度报告"), document(r), 10)
    O.save_excel(wb, out)
    return [r]


@file("h04_bumen_fuyi.txt", "表四之前有“分单位复议诉讼情况”竖线表（列名同为结果维持、结果纠正……总计）；文末附收费明细表；版式 B5")
def h04(out: Path):
    r = national("青石县", 2022, "区县", 704, (702, 61, 0, 4, 20, 3), dict(gz="0 0 0", gf="6 2 39", xk="24780", cf="8115", qz="190", sf="1566.3"), (45, 14, 9),
                 coverage="汇总", accept=["青石县人民政府"])
    r.we = "我县"
    write(r, 704, "comma", 1)
    fy = [r.n(F.T4, "", f"fy{i}") for i in range(5)]
    one = [x // 2 for x in fy[:4]]
    two = [x - y for x, y in zip(fy[:4], one, strict=True)]
    by = simple(["单位", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], ["县自然资源局", *one, sum(one)], ["其他单位", *two, sum(two)])
    fee = simple(["收费单位", "件数", "金额（元）"], ["县自然资源局", 2, "160"], ["县住建局", 1, "40"], ["总计", 3, "200"])
    blocks = document(r)
    at = [i for i, b in enumerate(blocks) if b[0] == "table"]
    blocks[at[2] : at[2]] = [("p", "分单位行政复议情况："), ("table", by)]
    blocks += [("p", "附：信息处理费收取明细"), ("table", fee)]
    put(out, T.text(blocks, "nopad"))
    return [r]


# --- more ways to save a report -------------------------------------------------------------------------
@file("a29_nested.docx", "Word：正文套在一格的版面表里，表三是嵌套表，且在页末被拆成两张表（第二张没有表头）；批注式文字")
def a29(out: Path):
    r = national("金杏县应急管理局", 2022, "部门", 129, (10, 3, 0, 0, 1, 0), dict(gz="0 0 0", gf="1 0 2", xk="126", cf="77", qz="9", sf="0"), (1, 0, 0))
    r.we = "我局"
    write(r, 129, "plain", 1)
    g = t3_grid(r)
    cut = next(i for i, row in enumerate(g.rows) if row[0].text.startswith("（五）"))
    first, second = [list(row) for row in g.rows[:cut]], [list(row) for row in g.rows[cut:]]
    result = next(c for row in first for c in row if c.text == "三、本年度办理结果")
    rest = sum(1 for row in second) - 1
    first = [[C(c.text, c.cs, c.rs - rest, c.kind) if c is result else c for c in row] for row in first]
    second[0].insert(0, C("", 1, rest, "h"))
    d = O.word([])
    blocks = document(r)
    outer = d.add_table(1, 1)
    cell = outer.cell(0, 0)
    for kind, x in blocks:
        if kind != "table":
            cell.add_paragraph(str(x))
            continue
        for part in ([x] if x.width != 10 else [Grid(first, 10), Grid(second, 10)]):
            inner = cell.add_table(len(part.rows), part.width)
            inner.style = "Table Grid"
            for i, row in enumerate(part.expand()):
                for j, (c, start) in enumerate(row):
                    if start:
                        target = inner.cell(i, j)
                        if c.cs > 1 or c.rs > 1:
                            target = target.merge(inner.cell(i + c.rs - 1, j + c.cs - 1))
                        target.text = c.text
            cell.add_paragraph("")
    O.save_word(d, out)
    return [r]


@file("a30_html_as.xls", "扩展名 .xls，内容其实是 HTML（系统导出），GBK；标签每字间有空格；数字后跟空格或 nbsp")
def a30(out: Path):
    r = national("白塔市数据管理局", 2024, "部门", 130, (19, 12, 0, 1, 0, 1), dict(gz="0 0 0", gf="2 0 5", xk="0", cf="0", qz="0", sf="0"), (0, 1, 0))
    r.we = "我局"
    write(r, 130, "plain", 1)
    spaced = lambda s: " ".join(s) if len(s) <= 4 else s
    content = H.body(document(r, spaced), lambda g: H.table(g, "border=1", "<td{span} x:str>{x}&nbsp;</td>", blank=""), p="<table><tr><td colspan=10>{}</td></tr></table>",
                     h="<table><tr><td colspan=10><b>{}</b></td></tr></table>", title="<table><tr><td colspan=10 align=center>{}</td></tr></table>")
    put(out, '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" content="application/vnd.ms-excel; charset=gbk"></head><body>' + content + "</body></html>", "gbk", "\r\n")
    return [r]


@file("a31_wrongspan.html", "rowspan 写错（“三、本年度办理结果”跨行数多一、“不予公开”少一而下一行补空格）；“四、结转”一行因此在浏览器里右移一格，读对或拒答都算对；单元格里有隐藏的旧数与注释")
def a31(out: Path):
    r = national("鹭湾区教育局", 2024, "部门", 131, (77, 4, 0, 1, 2, 0), dict(gz="0 0 0", gf="3 2 10", xk="210", cf="4", qz="0", sf="880"), (5, 1, 0))
    r.we = "我局"
    write(r, 131, "plain", 2)
    g = t3_grid(r)
    for row in g.rows:
        for c in row:
            if c.text == "（三）不予公开":
                c.rs -= 1
            if c.text.startswith("8.属于行政查询事项"):
                row.insert(0, C("", kind="f"))
                break
    html3 = H.table(g, blank="")
    assert html3.count('rowspan="22"') == 1
    html3 = html3.replace('rowspan="22"', 'rowspan="23"')  # reaches into the row of 四、, as a browser shows it
    for col, _ in F.T3_COLS:
        r.cells[F.T3, "next", col].refuse_ok = True
    first = r.cells[F.T3, "new", "nat"].text
    html3 = html3.replace(f"<td>{first}</td>", f'<td><span style="display:none">{int(first) - 5}</span>{first}<!-- 待核 --></td>', 1)
    made = {id(g): html3}
    content = H.body(document(r, title=False, grids={"三": g}), lambda x: made.get(id(x)) or H.table(x))
    put(out, H.portal(r.title, content, "鹭湾区人民政府"))
    return [r]


def _with_units(r: Report) -> None:
    for cell in r.cells.values():
        if cell.value is not None:
            cell.text = f"{cell.text}{cell.unit}"


@file("a32_guojia.html", "国家部门；表二按项拆成四张小表，表三、表四每格都带“件”“万元”单位；标签带脚注号①")
def a32(out: Path):
    r = national("国家公共数据登记局", 2023, "国家", 132, (388, 102, 9, 3, 41, 12), dict(gz="4 1 22", gf="17 6 90", xk="1207", cf="18", qz="0", sf="60.5"), (88, 31, 27))
    r.we = "我局"
    write(r, 132, "comma", 3)
    _with_units(r)
    notes = variants({"行政规范性文件": "行政规范性文件①", "商业企业": "商业企业②"})
    whole = t2_grid(r, notes)
    parts, rows = [], []
    for row in whole.rows:
        if row[0].cs == 4 and rows:
            parts.append(Grid(rows, 4))
            rows = []
        rows.append(row)
    parts.append(Grid(rows, 4))
    blocks = []
    for kind, x in document(r, notes, title=False):
        if kind == "table" and x.width == 4:
            blocks += [("table", g) for g in parts]
        else:
            blocks.append((kind, x))
    blocks += [("p", "注：①含局制发的规范性文件；②含个体工商户。")]
    put(out, H.portal(r.title, H.body(blocks, lambda g: H.table(g, 'class="MsoNormalTable"', "<td{span}><p>{x}</p></td>")), "国家公共数据登记局"))
    return [r]


@file("a33_wrong_charset.html", "网页声明 gb2312，字节却是 UTF-8（无 BOM）；题目年份写“2021年度”；两个数字之间有空格“1 204”")
def a33(out: Path):
    r = national("沿河街道办事处", 2021, "乡镇", 133, (25, 3, 0, 0, 1, 0), dict(gz="0 0 0", gf="0 0 2", xk="1204", cf="66", qz="2", sf="0"), (2, 0, 0),
                 title="沿河街道办事处2021年度政府信息公开工作年度报告", accept=["沿河街道"])
    r.we = "街道"
    write(r, 133, "plain", 1)
    r.show(F.T2, "xk", "n", "1 204")
    put(out, H.old_site(r.title, H.body(document(r, title=False), lambda g: H.table(g, 'border="1" width="100%"')), "平川市沿河街道", "2022-1-17"))
    return [r]


class _GbkInfo(zipfile.ZipInfo):
    """A name in GBK without the UTF-8 flag, as Chinese Windows packs it."""

    def _encodeFilenameFlags(self):  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


@file("z01_2022年报打包.zip", "压缩包：文件名 GBK 编码，含文件夹、无关文本、三份年报（GBK 文本、网页、CSV）")
def z01(out: Path):
    made = []
    specs = [("大榆县水务局", 801, (12, 1, 0, 0, 0, 0), "年报/大榆县水务局.txt"), ("大榆县财政局", 802, (20, 6, 0, 0, 1, 0), "年报/大榆县财政局/index.html"),
             ("大榆县档案馆", 803, (2, 0, 1, 0, 0, 0), "年报/附件3 大榆县档案馆.csv")]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        def add(name: str, data: bytes) -> None:
            info = _GbkInfo(name, (2023, 2, 1, 10, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)

        add("年报/说明.txt", "请各单位于1月31日前报送，共12家，已收3家。\r\n".encode("gbk"))
        for name, seed, apps, member in specs:
            r = national(name, 2022, "部门", seed, apps, dict(gz="0 0 0", gf="0 0 2", xk=str(seed % 90 * 3), cf="1", qz="0", sf="0"), (1, 0, 0), member=member)
            r.we = "我局"
            write(r, seed, "few", 1)
            if member.endswith("txt"):
                data = T.text(document(r), "tab").encode("gbk")
            elif member.endswith("html"):
                data = H.word_page(r.title, H.body(document(r), H.table)).encode("gbk")
            else:
                data = O.csv_text(document(r)).encode("gb18030")
            add(member, data)
            made.append(r)
    return made
