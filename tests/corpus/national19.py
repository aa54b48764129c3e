"""Reports on the trial form of 2019 (and a bureau that still used it in 2023)."""

# fmt: off
# ruff: noqa: C408, E501, E731, N812
from __future__ import annotations

from pathlib import Path

import forms as F
import html_layouts as H
import office as O
import openpyxl
import text_layouts as T
from grids import document
from model import Report, national
from national21 import FRAME, letters
from pdf import print_pdf
from prose import write
from registry import file, needs_printing, put, variants


def old(issuer: str, year: int, level: str, seed: int, apps, t2, t4=(0, 0, 0), **more) -> Report:
    return national(issuer, year, level, seed, apps, t2, t4, "2019", **more)


CUT = variants({
    "本年增/减": "本年增/", "上一年项目数量": "上一年项目数", "其他对外管理服务事项": "其他对外管理服务事 项", "规范性文件": "行政规范性文件",
    "本年新制作数量": "本年新制作数", "（六）其他处理": "(六)其他处理", "3.补正后申请内容仍不明确": "3.补正后申请内容仍不明",
    "采购总金额": "采购总金额（元）",
})
FOLDED = variants({
    "本年新制作数量": "本年新\n制作数量", "本年新公开数量": "本年新\n公开数量", "对外公开总数量": "对外公开\n总数量", "上一年项目数量": "上一年\n项目数量",
    "处理决定数量": "处理决定\n数量", "其他对外管理服务事项": "其他对外管理\n服务事项", "商业企业": "商业\n企业", "社会公益组织": "社会公益\n组织",
    "法律服务机构": "法律服务\n机构", "未经复议直接起诉": "未经复议\n直接起诉",
})


@file("b01_art_1583_2019.html", "门户整页（UTF-8），th 作表头；采购金额带单位“万元”在格内；第五部分标题不同")
def b01(out: Path):
    r = old("澄湖市", 2019, "市", 201, (4120, 310, 5, 14, 88, 19), dict(
        gz="1 1 11", gf="36 36 288", xk="1421 37 902114", fw="880 -12 45120", cf="3906 118 1310552", qz="301 6 7719",
        sf="42 -3", cg="3120 218804.66万元=218804.66=万元"), (305, 77, 52), coverage="汇总", accept=["澄湖市人民政府"])
    r.we = "全市"
    write(r, 201, "comma", 3)
    content = H.body(document(r, title=False, heads={"五": "五、政府信息公开工作存在的主要问题及改进情况"}), lambda g: H.table(g, 'class="nb"', th=True), h="<h3>{}</h3>")
    put(out, H.portal(r.title, content, "澄湖市人民政府", H.index_table([("信息名称", r.title), ("索引号", "00214455-6/2020-00057"),
        ("发布机构", "澄湖市人民政府办公室"), ("生成日期", "2020-03-25")], per=1), "2020-03-25"))
    return [r]


@file("b02_news_view_7731.html", "2009 风格县站（GB2312），2023 年仍用 2019 表式；金额“251000元”；题目年份后带“度”")
def b02(out: Path):
    r = old("梧溪县农业农村局", 2023, "部门", 202, (11, 2, 0, 1, 0, 0), dict(
        gz="0 0 0", gf="1 1 4", xk="23 0 117", fw="6 0 54", cf="88 2 41", qz="9 0 3", sf="1 0", cg="2 251000元=251000=元"), (1, 0, 0),
        title="梧溪县农业农村局2023年度政府信息公开工作年度报告")
    r.we = "我局"
    write(r, 202, "few", 1)
    content = H.body(document(r, title=False), lambda g: H.table(g, "borderColorLight=#000000 cellPadding=2 width=560 border=1",
                     "<TD{span}><P align=center>{x}</P></TD>", "<BR>"), p="<P>　　{}", h="<P><STRONG>{}</STRONG>")
    put(out, H.old_site(r.title, content, "梧溪县农业信息网", "2024-1-15"), "gbk", "\r\n")
    return [r]


@file("b03_河阳镇2020.docx", "Word（WPS 另存，表无样式框线）：空格单元格留空不填零；单元格内换行")
def b03(out: Path):
    r = old("河阳镇人民政府", 2020, "乡镇", 203, (3, 0, 0, 0, 0, 0), dict(
        gz="0 0 0", gf="2 2 5", xk="12 0 20", fw="31 1 408", cf="0 0 0", qz="0 0 0", sf="0 0", cg="4 1230500元=1230500=元"), carry=(0,) * 6, nxt=(0,) * 6,
        accept=["河阳镇"])
    r.we = "我镇"
    write(r, 203, "han", 1)
    r.restyle("blank", "表二表三表四")
    O.save_word(O.word(document(r, FOLDED), style=None, footer="第 1 页 共 4 页"), out)
    return [r]


@file("b04_卫健局公开数据.xlsx", "一张工作表，金额单元格的数字格式自带“元”；无合并（居中跨列的空格）；前后有空行空列")
def b04(out: Path):
    r = old("北川子县卫生健康局", 2020, "部门", 204, (20, 1, 0, 0, 2, 0), dict(
        gz="0 0 0", gf="0 0 7", xk="35 2 1266", fw="11 0 9043", cf="210 0 87", qz="8 0 1", sf="3 0", cg="17 1230500=1230500=元"), (1, 1, 0))
    r.we = "县卫生健康局"
    write(r, 204, "plain", 1)
    wb = openpyxl.Workbook()
    ws = wb.active
    O.sheet(ws, document(r), 10, 2, 2, merge=False)
    for row in ws.iter_rows():
        for cell in row:
            if cell.value == 1230500:
                cell.number_format = '#,##0.00"元"'
    r.show(F.T2, "cg", "sum", "1,230,500.00元")
    O.save_excel(wb, out)
    return [r]


@file("b05_jtj2019.xls", "旧版 Excel，数为数值（浮点存储）；题目跨行合并；办理结果标签带全角空格")
def b05(out: Path):
    r = old("柳湾市交通运输局", 2019, "部门", 205, (44, 6, 0, 0, 1, 1), dict(
        gz="0 0 0", gf="4 4 20", xk="61 3 14022", fw="12 0 3019", cf="402 0 5110", qz="18 0 64", sf="2 0", cg="9 15000000=15000000="), (2, 2, 0),
        title="柳湾市交通运输局2019年\n政府信息公开工作年度报告")
    r.we = "我局"
    write(r, 205, "plain", 1)
    r.cells[F.T2, "cg", "sum"].unit = None
    O.old_excel([("Sheet1", document(r, variants({"（七）总计": "（七）总　计", "（一）予以公开": "（一） 予以公开"})))], out)
    return [r]


@file("b06_yuanling.txt", "竖线行；标签截短（本年增/）；半角标点；采购金额裸数；总计列一处空")
def b06(out: Path):
    r = old("松坡乡人民政府", 2019, "乡镇", 206, (4, 0, 0, 0, 0, 0), dict(
        gz="0 0 0", gf="1 1 1", xk="5 0 31", fw="18 2 260", cf="2 0 0", qz="0 0 0", sf="0 0", cg="1 98000=98000=元"), accept=["松坡乡"])
    r.we = "我乡"
    write(r, 206, "few", 1)
    r.show(F.T3, "h3", "total", "", value=None)
    put(out, T.half(T.text(document(r, CUT), "pipe")))
    return [r], T.half


@file("b07_2020gzw.txt", "一格一行；表头折行（本年新/制作数量）；行间用换行不空行；增减写“增2”“减1”")
def b07(out: Path):
    r = old("东岭市国有资产监督管理委员会", 2020, "部门", 207, (15, 9, 0, 0, 1, 0), dict(
        gz="0 0 0", gf="5 5 16", xk="0 0 0", fw="14 增2=2 33", cf="3 减1=-1 0", qz="0 0 0", sf="0 0", cg="6 740.5万元=740.5=万元"), (0, 1, 0),
        accept=["东岭市国资委"])
    r.we = "我委"
    write(r, 207, "plain", 2)
    put(out, T.text(document(r, FOLDED), "cells", "\n").replace("\n\n", "\n"))
    return [r]


@file("b08_jinxing.txt", "一格一行、行尾竖线；金额“1230500元”“0元”；正文说无结转，与表不符")
def b08(out: Path):
    r = old("金杏县退役军人事务局", 2020, "部门", 208, (6, 0, 0, 0, 0, 0), dict(
        gz="0 0 0", gf="0 0 2", xk="4 0 0", fw="9 0 512", cf="0 0 0", qz="0 0 0", sf="0 0", cg="3 1230500元=1230500=元"), carry=(2, 0, 0, 0, 0, 0))
    r.we = "我局"
    write(r, 208, "few", 1)
    r.prose["一"].append("上年结转申请[[0|0|件]]件。")
    r.findings.append({"code": "narrative-vs-table", "text": "正文上年结转 0 件，表为 2 件", "printed": "0", "computed": "2"})
    put(out, T.text(document(r), "cellpipe"))
    return [r]


@file("b09_nileke.txt", "竖线独占一行；空白格只剩竖线；题目与发布机关分两行")
def b09(out: Path):
    r = old("云台山风景名胜区管理委员会", 2020, "区县", 209, (13, 5, 0, 0, 0, 2), dict(
        gz="0 0 0", gf="1 1 3", xk="7 0 45", fw="22 0 618", cf="16 0 9", qz="1 0 0", sf="2 0", cg="8 3654210.5元=3654210.5=元"), (1, 0, 0),
        title="云台山风景名胜区管理委员会\n2020年政府信息公开工作年度报告", accept=["云台山风景名胜区管委会", "云台山风景名胜区"])
    r.we = "管委会"
    write(r, 209, "plain", 1)
    r.restyle("blank", "表四")
    put(out, T.text(document(r), "barline"))
    return [r]


@file("b10_西渡市2020.md", "Markdown 合并值重复；表二共 4 列但（八）（九）项只有两列，值也重复")
def b10(out: Path):
    r = old("西渡市", 2020, "市", 210, (2810, 233, 1, 10, 61, 30), dict(
        gz="3 3 13", gf="52 52 299", xk="1310 25 1020331", fw="640 -8 210044", cf="4021 66 1966013", qz="280 0 9310", sf="37 -2", cg="2604 1502231875元=1502231875=元"),
        (190, 51, 40), coverage="汇总", accept=["西渡市人民政府"])
    r.we = "我市"
    write(r, 210, "comma", 2)
    put(out, T.text(document(r), "markdown", md=True))
    return [r]


@file("b11_统计局.pdf", "有线表 PDF，纵排标签逐字；表中带注“3（其中1项为下放）”；页眉页码")
def b11(out: Path):
    r = old("泉河县统计局", 2019, "部门", 211, (5, 2, 1, 0, 0, 0), dict(
        gz="0 0 0", gf="0 0 3", xk="3 0 8", fw="2 0 19", cf="5 0 4", qz="0 0 0", sf="0 0", cg="1 46800元=46800=元"))
    r.we = "我局"
    write(r, 211, "plain", 1)
    r.show(F.T2, "xk", "last", "3（其中1项为下放）", note="其中1项为下放")
    if needs_printing(out):
        print_pdf(H.print_page(H.body(document(r), letters, h="<h2>{}</h2>"), FRAME.format("泉河县统计局")), out)
    return [r]


@file("b12_民政局2020.pdf", "横向无线表 PDF，千分位，表头折行")
def b12(out: Path):
    r = old("平川市民政局", 2020, "部门", 212, (1203, 11, 0, 2, 5, 0), dict(
        gz="0 0 0", gf="6 6 31", xk="14 1 2310", fw="25 0 40178", cf="9 0 12", qz="2 0 0", sf="1 0", cg="21 8640000元=8640000=元"), (8, 2, 1))
    r.we = "我局"
    write(r, 212, "comma", 1)
    r.restyle("comma")
    if needs_printing(out):
        css = "td { border: 0; border-bottom: 0; padding: 3px 6px; } td:first-child { text-align: left; } tr { break-inside: avoid; }"
        print_pdf(H.print_page(H.body(document(r, FOLDED), lambda g: H.table(g, "", blank=""), h="<h2>{}</h2>"), css, "A4 landscape", font="AR PL UKai CN"), out)
    return [r]


@file("b13_yunling2020.csv", "UTF-8 带 BOM 的 CSV：含逗号的千分位加引号；正文整段在一格；行政复议总计与四项之和不符")
def b13(out: Path):
    r = old("云岭省", 2020, "省", 213, (15204, 1377, 24, 66, 412, 90), dict(
        gz="5 5 148", gf="402 402 3310", xk="9102 210 12044871", fw="5520 -31 3308124", cf="30114 502 20117360", qz="1904 11 88213", sf="211 -9",
        cg="18420 9,120,447.35万元=9120447.35=万元"), (1720, 430, 288), coverage="汇总", accept=["云岭省人民政府"])
    r.we = "全省"
    write(r, 213, "comma", 2)
    r.restyle("comma", "表三")
    true = r.n(F.T4, "", "fy4")
    r.show(F.T4, "", "fy4", str(true + 10), value=str(true + 10))
    r.findings.append({"code": "identity", "text": f"行政复议四项相加 {true}，总计写 {true + 10}", "printed": str(true + 10), "computed": str(true)})
    put(out, "\ufeff" + O.csv_text(document(r)).replace("\r\n", "\n"), "utf-8", "\r\n")
    return [r]


@file("b14_shbgt_2019.html", "繁体夹拼音网页，无合并而以空单元格填充（仅保留 colspan）；零为 &nbsp;")
def b14(out: Path):
    r = old("鹭湾区人民政府办公室", 2019, "部门", 214, (96, 21, 0, 2, 6, 1), dict(
        gz="0 0 0", gf="9 9 62", xk="0 0 0", fw="0 0 0", cf="0 0 0", qz="0 0 0", sf="0 0", cg="5 2210000元=2210000=元"), (12, 5, 5),
        title="鹭湾区人民政府办公室2019年政府信息公开年度报告", accept=["鹭湾区政府办公室"])
    r.we = "办公室"
    write(r, 214, "plain", 1)
    r.restyle("blank", "表三")
    convert = lambda s: T.traditional(s, T.PINYIN_A)
    content = H.body(document(r), lambda g: H.filler(g, colspan=True, blank="&nbsp;"))
    put(out, convert("<html><head><meta charset=utf-8><title>公开年报</title></head><body><table><tr><td><div>" + content + "</div></td></tr></table></body></html>"))
    return [r], convert
