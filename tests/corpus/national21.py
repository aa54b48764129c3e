"""Reports on the form of 2021, as they are met: pages, Word, Excel, Markdown, flattened text, PDF."""

# fmt: off
# ruff: noqa: C408, E501, E731, N812
from __future__ import annotations

import re
import subprocess
from pathlib import Path

import forms as F
import html_layouts as H
import office as O
import openpyxl
import text_layouts as T
from grids import C, Grid, document, t2_grid, t3_grid, t4_grid
from model import national
from pdf import print_pdf
from prose import pct, write
from registry import file, needs_printing, put, variants

WRAPPED = variants({
    "商业企业": "商业\n企业", "科研机构": "科研\n机构", "社会公益组织": "社会公益\n组织", "法律服务机构": "法律服务\n机构",
    "结果维持": "结果\n维持", "结果纠正": "结果\n纠正", "其他结果": "其他\n结果", "尚未审结": "尚未\n审结",
    "本年收费金额（单位：万元）": "本年收费金额\n（单位：万元）",
})
SPELLED = variants({
    "本年制发件数": "本年度制发数", "本年废止件数": "本年废止数", "现行有效件数": "现行有效件", "行政规范性文件": "规范性文件",
    "本年收费金额（单位：万元）": "本年收费金额(单位:万元)", "1.属于国家秘密": "1、属于国家秘密",
    "2.其他法律行政法规禁止公开": "2.其他法律法规禁止公开", "3.危及“三安全一稳定”": "3.危及\"三安全一稳定\"",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开(区分处理的，只计这一情形,不计其他情形)",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.申请人无正当理由逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.申请人逾期不缴费",
    "5.要求行政机关确认或重新出具已获取信息": "5.要求行政机关确认或者重新出具已获取信息",
    "四、结转下年度继续办理": "四、结转下年继续办理", "未经复议直接起诉": "未经复议直接\n起诉",
})


@file("a01_t20230119_512874.html", "整页另存的门户网页（UTF-8）：菜单、脚本、页脚表格、索引号表；正文三张表合并单元格正常；正文带千分位，表内无")
def a01(out: Path):
    r = national("临江市云溪区", 2022, "区县", 101, (1486, 97, 2, 6, 41, 11), dict(
        gz="0 0 0", gf="14 9 86", xk="48213", cf="6120", qz="347", sf="1893.06"), (74, 21, 13), coverage="汇总",
        accept=["云溪区", "云溪区人民政府", "临江市云溪区人民政府"])
    write(r, 101, "comma", 3)
    r.title = "临江市云溪区人民政府2022年政府信息公开工作年度报告"
    index = H.index_table([("索 引 号", "99010207/2023-00118"), ("主题分类", "综合政务 / 其他"), ("发文机关", "云溪区人民政府办公室"),
                           ("成文日期", "2023-01-18"), ("文　号", ""), ("有 效 性", "有效")])
    content = H.body(document(r, title=False), lambda g: H.table(g, 'border="1" style="width:100%"',
                     '<td{span} style="text-align:center"><p><span style="font-size:14px">{x}</span></p></td>'))
    put(out, H.portal(r.title, content, "云溪区人民政府", index))
    return [r]


@file("a02_shownews.asp_id=417.html", "2009 年风格县站（GBK，嵌套排版表、访问量小表）；零留空为 &nbsp;；题目年份用汉字")
def a02(out: Path):
    r = national("河阳镇人民政府", 2021, "乡镇", 102, (2, 0, 0, 0, 0, 0), dict(
        gz="0 0 0", gf="0 0 3", xk="18", cf="0", qz="0", sf="0"), carry=(0,) * 6, nxt=(0,) * 6,
        title="河阳镇人民政府二〇二一年政府信息公开工作年度报告", accept=["河阳镇"])
    r.we = "我镇"
    write(r, 102, "few", 1)
    r.restyle("blank", "表三表四")
    content = H.body(document(r, title=False), lambda g: H.table(g, 'borderColor=#000000 cellSpacing=0 width="100%" border=1',
                     "<td{span}><font size=2>{x}</font></td>"), p="<P>&nbsp;&nbsp;&nbsp;&nbsp;{}</P>", h="<P><B>{}</B>")
    put(out, H.old_site(r.title, content, "青石县河阳镇", "2022-1-20"), "gbk", "\r\n")
    return [r]


@file("a03_教育局年报.htm", "Word 导出网页（GBK 字节，无 charset）；标签被切成多段 span、含 <br>；表中夹 o:p")
def a03(out: Path):
    r = national("青石县教育局", 2023, "部门", 103, (31, 2, 0, 0, 1, 0), dict(
        gz="0 0 0", gf="2 0 5", xk="364", cf="7", qz="0", sf="112.4"), (3, 0, 1))
    r.we = "我局"
    write(r, 103, "plain", 2)
    put(out, H.word_page(r.title, H.body(document(r, WRAPPED), H.word, H.WORD_P, H.WORD_P,
        "<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22.0pt;font-family:方正小标宋简体'>{}</span></b></p>"),
        None), "gbk", "\r\n")
    return [r]


@file("a04_2022nb.html", "UTF-16 网页；表无任何 rowspan/colspan，以空单元格填充；零写作“/”")
def a04(out: Path):
    r = national("柳湾市交通运输局", 2022, "部门", 104, (57, 8, 0, 1, 2, 0), dict(
        gz="0 0 0", gf="3 2 11", xk="9025", cf="3318", qz="26", sf="0.6"), (4, 1, 0))
    r.we = "市交通运输局"
    write(r, 104, "han", 2)
    r.restyle("slash", "表二表三")
    put(out, H.portal(r.title, H.body(document(r), H.filler), "柳湾市交通运输局", charset="utf-16"), "utf-16")
    return [r]


@file("a05_mirror_www.xinyuemovie.example.html", "镜像站：繁体夹拼音、域名被替换、赌博站页脚；表内带千分位；正文不予公开占比写错")
def a05(out: Path):
    r = national("白塔市", 2023, "市", 105, (5216, 388, 4, 27, 96, 15), dict(
        gz="1 0 9", gf="31 12 204", xk="712044", cf="1038217", qz="5120", sf="48217.335"), (402, 96, 71), coverage="汇总")
    r.we = "全市"
    write(r, 105, "comma", 2)
    refused = sum(r.t3(f"r{i}") for i in range(1, 9))
    right = pct(refused, r.t3("sum"))
    wrong = str(round(float(right) + 0.31, 2))
    r.prose["一"].append(f"从办理结果看，不予公开[[{refused}|{refused}|件]]件，占办理总数的[[{wrong}|{wrong}|%]]%。")
    r.findings.append({"code": "narrative-vs-table", "text": f"正文不予公开占 {wrong}%，按表为 {right}%", "printed": wrong + "%", "computed": right + "%"})
    r.restyle("comma")
    convert = lambda s: T.half(T.traditional(s, T.PINYIN_A))
    content = H.body(document(r), lambda g: H.table(g, 'cellspacing="0"', "<td{span}>{x}</td>", blank=""))
    page = ("<!DOCTYPE html><html><head><meta charset='utf-8'><title>" + r.title + "-星悅影院在線觀看</title></head><body>"
            "<div class='nav'><a href='/'>首頁</a><a href='/dy/'>電影</a><a href='/bc/'>體育</a></div><div id='con'>" + content
            + "<p>本報告電子版可在 www.xinyuemovie.example 下載。</p></div><div class='links'>友情鏈接：真人娛樂 | 彩票開獎</div></body></html>")
    put(out, convert(page))
    return [r], convert


def one_table(r) -> Grid:
    """The three tables in one, as pasted from Excel: 30 narrow columns, headings as rows."""
    rows = []
    for head, g in (("二、主动公开政府信息情况", t2_grid(r)), ("三、收到和处理政府信息公开申请情况", t3_grid(r)),
                    ("四、政府信息公开行政复议、行政诉讼情况", t4_grid(r))):
        rows.append([C(head, 30, kind="h")])
        k = 30 // g.width
        for row in g.rows:
            new = [C(c.text, c.cs * k, c.rs, c.kind) for c in row]
            rows.append(new)
            if g.width == 4:  # 9 7 7 7
                new[0].cs, rest = (9 if row[0].cs == 1 else 30), row[1:]
                for c, o in zip(new[1:], rest, strict=True):
                    c.cs = 7 * o.cs
    return Grid(rows, 30)


@file("a06_onetable.html", "三张表合成一个 30 列的大表（Excel 粘贴），标题行也在表内；每格多层 div")
def a06(out: Path):
    r = national("松坡乡人民政府", 2022, "乡镇", 106, (7, 1, 0, 0, 0, 0), dict(
        gz="0 0 0", gf="0 0 0", xk="52", cf="3", qz="0", sf="0"), (1, 0, 0), accept=["松坡乡"],
        title="松坡乡人民政府\n2022年政府信息公开\n工作年度报告")
    r.we = "我乡"
    write(r, 106, "han", 1)
    blocks = [b for b in document(r) if b[0] != "table" and not str(b[1]).startswith(("二、", "三、", "四、"))]
    at = next(i for i, b in enumerate(blocks) if str(b[1]).startswith("五、"))
    blocks.insert(at, ("table", one_table(r)))
    put(out, H.portal("松坡乡人民政府2022年政府信息公开工作年度报告", H.body(blocks, lambda g: H.table(
        g, 'class="et_table"', "<td{span}><div><div>{x}</div></div></td>")), "大榆县人民政府"))
    return [r]


@file("a07_南屏住建局.docx", "Word：纵横合并；一级标题靠自动编号（文字里没有“一、”）；页眉页脚；表内千分位")
def a07(out: Path):
    r = national("南屏区住房和城乡建设局", 2021, "部门", 107, (1104, 62, 0, 3, 17, 4), dict(
        gz="0 0 0", gf="5 1 18", xk="3127", cf="211", qz="12", sf="2046.8"), (38, 11, 6))
    r.we = "我局"
    write(r, 107, "comma", 2)
    r.restyle("comma")
    O.save_word(O.word(document(r), header="南屏区住房和城乡建设局文件", footer="—  3  —", numbered=True), out)
    return [r]


@file("a08_发改委（修订稿）.docx", "Word：题目在文本框里；两个单元格带修订痕迹（删除的旧数仍在文件中）；零写作“—”")
def a08(out: Path):
    r = national("东岭市发展和改革委员会", 2023, "部门", 108, (46, 19, 1, 2, 5, 0), dict(
        gz="0 0 0", gf="6 4 27", xk="518", cf="2", qz="0", sf="0"), (2, 1, 1), accept=["东岭市发展改革委"])
    r.we = "我委"
    write(r, 108, "plain", 2)
    r.restyle("dash", "表三")
    blocks = document(r, title=False)
    d = O.word([("xml", O.textbox("东岭市发展和改革委员会2023年")), ("xml", O.textbox("政府信息公开工作年度报告")), *blocks])
    t2, t3 = d.tables[0], d.tables[1]
    new, total = r.cells[F.T2, "xk", "n"].text, r.cells[F.T3, "new", "total"].text
    O.track(t2.cell(6, 1), "581", new)
    O.track(t3.cell(3, 9), str(int(total) + 10), total)
    O.save_word(d, out)
    return [r]


@file("a09_泉河县年报统计.xlsx", "单表：自 B3 起、合并单元格、千分位数字格式（单元格存数值）；标题合并行")
def a09(out: Path):
    r = national("泉河县", 2022, "区县", 109, (2318, 144, 0, 8, 52, 9), dict(
        gz="0 0 0", gf="17 3 64", xk="31876", cf="12450", qz="605", sf="3120.75"), (88, 30, 22), coverage="汇总",
        accept=["泉河县人民政府"])
    r.we = "我县"
    write(r, 109, "plain", 1)
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "年报"
    O.sheet(ws, document(r), 10, 3, 2, fmt="#,##0.####")
    for cell in r.cells.values():  # shown with the number format
        cell.text = f"{float(cell.value):,.4f}".rstrip("0").rstrip(".")
    O.save_excel(wb, out)
    return [r]


@file("a10_ziranziyuanting.xlsx", "多表：封面、三张分表、隐藏的“上年”表（2022 年的数，不属本报告）；值存为文本")
def a10(out: Path):
    t2 = dict(gz="1 1 12", gf="9 6 77", xk="21045", cf="388", qz="0", sf="15230.112")
    r = national("云岭省自然资源厅", 2023, "部门", 110, (934, 51, 3, 2, 33, 6), t2, (61, 18, 9), nxt=(40, 3, 0, 0, 2, 0), carry=(52, 4, 0, 0, 1, 0))
    r.we = "我厅"
    write(r, 110, "plain", 2)
    last = national("云岭省自然资源厅", 2022, "部门", 1100, (811, 47, 1, 4, 25, 2), t2, (55, 10, 4), nxt=(52, 4, 0, 0, 1, 0))
    wb = openpyxl.Workbook()
    O.sheet(wb.active, [b for b in document(r) if b[0] != "table"], 8)
    wb.active.title = "正文"
    for name, g in (("主动公开", t2_grid(r)), ("申请", t3_grid(r)), ("复议诉讼", t4_grid(r))):
        O.put_grid(wb.create_sheet(name), g, 1, numbers=False)
    old = wb.create_sheet("上年")
    old["A1"] = "2022年数据（核对用）"
    O.put_grid(old, t3_grid(last), 2, numbers=False)
    old.sheet_state = "hidden"
    O.save_excel(wb, out)
    return [r]


@file("a11_shuili.xls", "旧版 Excel 三张工作表；数存为文本；零写作“-”；题目只在第一张表")
def a11(out: Path):
    r = national("北川子县水利局", 2022, "部门", 111, (16, 3, 0, 0, 0, 0), dict(
        gz="0 0 0", gf="1 0 4", xk="208", cf="31", qz="2", sf="86.51"), (1, 0, 0))
    r.we = "县水利局"
    write(r, 111, "few", 1)
    r.restyle("hyphen", "表三")
    b = document(r)
    cut = [i for i, x in enumerate(b) if x[0] == "table"]
    O.old_excel([("一、二", b[: cut[0] + 1]), ("三", b[cut[0] + 1 : cut[1] + 1]), ("四五六", b[cut[1] + 1 :])], out, numbers=False, width=15)
    return [r]


@file("a12_沙洲新区.csv", "GBK 的 CSV（Excel 另存）：合并单元格变空列，正文段落在第一列")
def a12(out: Path):
    r = national("沙洲新区管委会", 2023, "区县", 112, (203, 40, 0, 5, 11, 2), dict(
        gz="0 0 0", gf="2 2 19", xk="6644", cf="190", qz="3", sf="402.2"), (9, 4, 3), accept=["沙洲新区", "沙洲新区管理委员会"])
    r.we = "新区"
    write(r, 112, "plain", 1)
    put(out, O.csv_text(document(r)).replace("\r\n", "\n"), "gbk", "\r\n")
    return [r]


@file("a13_西渡市2021.md", "转换器 Markdown：合并值逐列重复；标签变体；半角标点；表头之一是重复的勾稽说明")
def a13(out: Path):
    r = national("西渡市", 2021, "市", 113, (3077, 265, 3, 19, 80, 22), dict(
        gz="2 1 14", gf="40 28 311", xk="1204558", cf="2310884", qz="10442", sf="70133.92"), (210, 60, 33), coverage="汇总")
    r.we = "我市"
    write(r, 113, "comma", 2)
    put(out, T.half(T.text(document(r, SPELLED), "markdown", md=True)))
    return [r], T.half


@file("a14_gucheng.md", "Markdown 内嵌 HTML 表（带 rowspan）；小标题用加粗而非 #")
def a14(out: Path):
    r = national("古城街道办事处", 2024, "乡镇", 114, (12, 0, 0, 0, 1, 0), dict(
        gz="0 0 0", gf="0 0 1", xk="77", cf="140", qz="0", sf="0"), (0, 1, 0), accept=["古城街道"])
    r.we = "街道"
    write(r, 114, "plain", 2)
    out_lines = []
    for kind, x in document(r):
        out_lines.append({"table": lambda x: H.table(x, "", blank=""), "h": lambda x: f"**{x}**", "title": lambda x: f"# {x}",
                          "p": str}[kind](x) + "\n")
    put(out, "\n".join(out_lines))
    return [r]


@file("a15_rsj.txt", "一格一行（空行相隔）；表头与标签折成两行；一格带注“5（含修订2件）”")
def a15(out: Path):
    r = national("澄湖市人力资源和社会保障局", 2022, "部门", 115, (128, 33, 0, 1, 7, 3), dict(
        gz="0 0 0", gf="5=5=件 1 29", xk="15702", cf="68", qz="0", sf="0"), (11, 4, 2))
    r.we = "我局"
    write(r, 115, "plain", 2)
    r.show(F.T2, "gf", "made", "5（含修订2件）", note="含修订2件")
    put(out, T.text(document(r, WRAPPED), "cells", "\n\n"))
    return [r]


@file("a16_wuxi_tax.txt", "竖线行、补齐竖线；标签变体与截短；半角标点；CRLF")
def a16(out: Path):
    r = national("国家税务总局梧溪县税务局", 2021, "部门", 116, (9, 4, 0, 0, 1, 0), dict(
        gz="0 0 0", gf="0 0 0", xk="163", cf="97", qz="5", sf="0"), (2, 0, 0), accept=["梧溪县税务局"])
    r.we = "我局"
    write(r, 116, "few", 1)
    put(out, T.half(T.text(document(r, SPELLED, {"二": "二、主动公开政府政府情况", "五": "五、政府信息公开工作存在的主要问题及改进情况"}), "pipe")),
        "utf-8", "\r\n")
    return [r], T.half


@file("a17_luming.txt", "前置索引表；行首竖线；繁体夹拼音（另一套读音）；发布机关只在索引表里完整出现")
def a17(out: Path):
    r = national("鹿鸣市人民政府办公室", 2022, "部门", 117, (74, 6, 0, 0, 2, 1), dict(
        gz="0 0 0", gf="12 5 133", xk="0", cf="0", qz="0", sf="0"), (16, 7, 3), title="2022年政府信息公开工作年度报告")
    r.we = "办公室"
    write(r, 117, "plain", 2)
    front = ("索 引 号 | 55320017/2023-00031 | 分 类 | 政府信息公开年报 综合政务,其他 |\n发布机构 | 鹿鸣市人民政府办公室 | 发文日期 | 2023-01-28 |\n"
             "文 号 | 有 效 性 | 有效 |\n")
    convert = lambda s: T.half(T.traditional(s, T.PINYIN_B))
    put(out, convert(front + T.text(document(r), "pipelead")))
    return [r], convert


@file("a18_望海区.txt", "Big5 编码；行尾竖线、无补齐；繁体无拼音；表内数字为全角")
def a18(out: Path):
    r = national("望海区", 2023, "区县", 118, (688, 70, 1, 4, 19, 5), dict(
        gz="0 0 0", gf="8 2 51", xk="90211", cf="44870", qz="913", sf="5002.6"), (52, 17, 9), coverage="汇总",
        title="望海区二〇二三年政府信息公开工作年度报告", accept=["望海区人民政府"])
    write(r, 118, "han", 2)
    r.restyle("wide")
    put(out, T.traditional(T.text(document(r), "nopad")), "big5hkscs")
    return [r], T.traditional


@file("a19_shiqiao.txt", "一格一行、行尾“ |”、残余竖线行；零留空")
def a19(out: Path):
    r = national("石桥乡", 2022, "乡镇", 119, (5, 1, 0, 0, 0, 0), dict(
        gz="0 0 0", gf="0 0 2", xk="31", cf="0", qz="0", sf="0"), (0, 0, 0), accept=["石桥乡人民政府"],
        title="石桥乡2022年政府信息公开\n工作年度报告")
    r.we = "我乡"
    write(r, 119, "few", 1)
    r.restyle("blank", "表二")
    put(out, T.text(document(r), "cellpipe"))
    return [r]


@file("a20_lincaoju.txt", "竖线独占一行；日期粘连“20211月1日起至202112月31日”；总计行有一处合计对不上")
def a20(out: Path):
    r = national("大榆县林业和草原局", 2021, "部门", 120, (23, 5, 0, 2, 0, 0), dict(
        gz="0 0 0", gf="1 1 6", xk="274", cf="59", qz="0", sf="33.08"), (2, 1, 0))
    r.we = "我局"
    write(r, 120, "few", 1)
    r.prose["前言"] = ["本报告统计期限为20211月1日起至202112月31日止。"]
    true = r.t3("u1")
    r.cells[F.T3, "u1", "total"].text = r.cells[F.T3, "u1", "total"].value = str(true + 1)
    r.findings.append({"code": "identity", "text": f"“1.本机关不掌握相关政府信息”各列相加为 {true}，总计写 {true + 1}", "printed": str(true + 1), "computed": str(true)})
    put(out, T.text(document(r), "barline"))
    return [r]


@file("a21_scjgj.txt", "制表符行（Excel 复制）：合并处为空列，零也留空；有几格写“无”")
def a21(out: Path):
    r = national("平川市市场监督管理局", 2022, "部门", 121, (412, 38, 0, 2, 10, 2), dict(
        gz="0 0 0", gf="4 1 12", xk="88120", cf="1702", qz="64", sf="0"), (33, 9, 5))
    r.we = "我局"
    write(r, 121, "plain", 1)
    r.restyle("blank", "表三")
    for col in ("made", "repealed", "valid"):
        r.show(F.T2, "gz", col, "无", value=None)
    put(out, T.text(document(r), "tab"))
    return [r]


@file("a22_sancha_masked.txt", "同一文件混用三种拆法（竖线行、一格一行、竖线独行）；敏感词打星号；发布机关仅题目可见")
def a22(out: Path):
    r = national("三岔口镇人民政府", 2023, "乡镇", 122, (14, 2, 0, 0, 0, 0), dict(
        gz="0 0 0", gf="0 0 4", xk="46", cf="12", qz="1", sf="0"), (1, 1, 0), accept=["三岔口镇"])
    r.we = "我镇"
    write(r, 122, "plain", 2)
    s = T.text(document(r), ["pipe", "cells", "barline"])
    head, _, rest = s.partition("\n")
    keep = "三、收到和处理政府信息公开申请情况"
    rest = rest.replace("门户网站", "****网站").replace("中华人民共和国", "中华人民**国").replace("国务院办公厅", "****办公厅")
    assert keep in rest
    put(out, head + "\n" + rest)
    return [r]


VERTICAL = ".v { writing-mode: vertical-rl; letter-spacing: 1px; margin: 0 auto; }"
FRAME = ("@page {{ @top-center {{ content: \"{}\"; font-size: 9px; font-family: 'WenQuanYi Zen Hei'; }} "
         "@bottom-center {{ content: \"— \" counter(page) \" —\"; font-size: 9px; }} }}")


def letters(g: Grid) -> str:
    """A table whose vertical labels stand letter over letter."""
    rows = [[C("\n".join(c.text) if c.vertical else c.text, c.cs, c.rs, c.kind) for c in row] for row in g.rows]
    return H.table(Grid(rows, g.width), "", "<td{span}>{x}</td>", blank="")


@file("a23_紫湖区.pdf", "有线表 PDF：页眉页码，表三跨页，纵排标签逐字换行（结/果/维/持）")
def a23(out: Path):
    r = national("紫湖区", 2022, "区县", 123, (906, 88, 0, 7, 30, 3), dict(
        gz="0 0 0", gf="11 8 73", xk="60318", cf="20771", qz="502", sf="2690.4"), (66, 20, 14), coverage="汇总",
        accept=["紫湖区人民政府"])
    write(r, 123, "comma", 2)
    if needs_printing(out):
        print_pdf(H.print_page(H.body(document(r), letters, h="<h2>{}</h2>"), FRAME.format("紫湖区政府信息公开年度报告"), font="AR PL UKai CN"), out)
    return [r]


@file("a24_丰河县财政局.pdf", "无线表、横向 PDF：没有任何框线，靠位置对齐；零留空")
def a24(out: Path):
    r = national("丰河县财政局", 2021, "部门", 124, (38, 11, 0, 1, 3, 0), dict(
        gz="0 0 0", gf="2 1 15", xk="3", cf="4", qz="0", sf="5310.7"), (2, 1, 1))
    r.we = "我局"
    write(r, 124, "few", 1)
    r.restyle("blank", "表三")
    if needs_printing(out):
        page = H.print_page(H.body(document(r), lambda g: H.table(g, "", blank=""), h="<h2>{}</h2>"),
                            "td { border: 0; padding: 3px 8px; } td:first-child { text-align: left; }", "A4 landscape")
        print_pdf(page, out)
    return [r]


@file("a25_新港开发区.pdf", "双栏排版 PDF：正文分两栏，三张表挤在栏内，字小；题目断成三行")
def a25(out: Path):
    r = national("新港经济技术开发区管理委员会", 2023, "区县", 125, (160, 45, 0, 2, 9, 1), dict(
        gz="0 0 0", gf="3 0 10", xk="7140", cf="86", qz="0", sf="91.3"), (8, 2, 2), accept=["新港经济技术开发区", "新港经济技术开发区管委会"],
        title="新港经济技术开发区管理委员会\n2023年政府信息公开\n工作年度报告")
    r.we = "开发区"
    write(r, 125, "plain", 2)
    if needs_printing(out):
        css = ".c { columns: 2; column-gap: 8mm; } table { font-size: 7.5px; } td { padding: 1px; } body { font-size: 10.5px; }"
        b = document(r)
        head = H.body(b[:1])
        print_pdf(H.print_page(head + '<div class="c">' + H.body(b[1:], lambda g: H.table(g, "", blank=""), h="<h2>{}</h2>") + "</div>", css, margin="15mm 12mm"), out)
    return [r]


@file("a26_网页打印.pdf", "浏览器打印的网页：页眉有日期与题目、页脚有网址与页码“2/4”，导航残留；行内断页，表头不重复；零写作“-”；文字层部分字为康熙部首")
def a26(out: Path):
    r = national("锦屏县", 2024, "区县", 126, (533, 41, 0, 3, 12, 4), dict(
        gz="0 0 0", gf="6 3 58", xk="28716", cf="9012", qz="221", sf="1204.9"), (31, 12, 8), coverage="汇总", accept=["锦屏县人民政府"],
        title="锦屏县人民政府2024年政府信息公开工作年度报告")
    r.we = "全县"
    write(r, 126, "comma", 2)
    r.restyle("hyphen", "表三表四")
    if needs_printing(out):
        css = ("@page { @top-left { content: '2025/1/21 15:08'; font-size: 8px; } @top-center { content: '锦屏县人民政府2024年政府信息公开工作年度报告_锦屏县人民政府'; "
               "font-size: 8px; font-family: 'WenQuanYi Zen Hei'; } @bottom-left { content: 'https://www.jinping.example.cn/zwgk/nb/202501/t20250120_99120.html'; font-size: 8px; } "
               "@bottom-right { content: counter(page) '/' counter(pages); font-size: 8px; } } tr { break-inside: auto; }")
        nav = "<p>首页 政务公开 办事服务 互动交流</p><p>您的位置：首页 &gt; 政府信息公开年报　　字体：大 中 小　　打印本页 关闭窗口</p>"
        content = H.body(document(r), lambda g: H.table(g, "", blank=""), h="<h2>{}</h2>")
        print_pdf(H.print_page(nav + re.sub(r">[^<]+<", lambda m: T.kangxi(m[0]), content), css), out)
    return [r], T.kangxi


@file("a27_审计局_pdf转文字.txt", "PDF 转文字（pdftotext -layout）：标签被折行，纵排字逐字成行，页码夹在表中")
def a27(out: Path):
    r = national("梧溪县审计局", 2023, "部门", 127, (6, 3, 0, 1, 0, 0), dict(
        gz="0 0 0", gf="0 0 1", xk="0", cf="0", qz="0", sf="0"), (1, 0, 1))
    r.we = "我局"
    write(r, 127, "few", 1)
    if needs_printing(out):
        pdf = out.with_suffix(".tmp.pdf")
        print_pdf(H.print_page(H.body(document(r), letters, h="<h2>{}</h2>"), FRAME.format("梧溪县审计局")), pdf)
        put(out, subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout)
        pdf.unlink()
    return [r], lambda s: s


@file("a28_kangxi.txt", "PDF 文字层复制：部分字是康熙部首（⼀⼆⽂⾏⼈⾃），一格一行（无空行），英文句点前带空格")
def a28(out: Path):
    r = national("澄湖市气象局", 2023, "部门", 128, (4, 2, 0, 0, 0, 0), dict(
        gz="0 0 0", gf="0 0 0", xk="61", cf="1", qz="0", sf="0"), (0, 0, 0))
    r.we = "我局"
    write(r, 128, "few", 1)
    s = T.text(document(r), "cells", "\n")
    s = "\n".join(line for line in s.replace("\n\n", "\n").splitlines())
    put(out, T.kangxi(s) + "\n")
    return [r], T.kangxi
