"""The indicator sheet of 2014, the annex of 2008, and reports that have no table at all."""

# fmt: off
# ruff: noqa: E501, E731, N812
from __future__ import annotations

import random
from pathlib import Path

import forms as F
import html_layouts as H
import office as O
import text_layouts as T
from grids import C, Grid, document, sheet_grid
from model import Report, listed, plain, year_han
from pdf import print_pdf
from prose import f, pct, say_coverage
from registry import file, needs_printing, put


def sheet14(seed: int, got: int, scale: int = 1) -> list[str]:
    """64 indicators, 58 of them with a value; the parts add up."""
    rng = random.Random(seed)
    n = rng.randint
    web, gazette, weibo, wechat, other = n(300, 4000) * scale, n(0, 60) * scale, n(0, 200) * scale, n(20, 400) * scale, n(0, 90)
    gf = n(0, 9) * scale
    press, talks = n(0, 6) * scale, n(0, 5) * scale
    ways = _parts(rng, got, [2, 0.3, 5, 3])
    late = n(0, got // 9)
    answers = _parts(rng, got, [3, 5, 1, 1.4, 2, 1.5, 0.6, 1])
    no = _parts(rng, answers[3], [1, 2, 2, 1, 3, 1])
    review, suit = _parts(rng, n(0, got // 12 + 1), [4, 1, 1]), _parts(rng, n(0, got // 18 + 1), [4, 1, 1])
    full, part = n(1, 3) * scale, n(1, 12) * scale
    out: list[object] = [web + gazette + weibo + wechat + other, gf, gf + n(0, 3), gazette, web, weibo, wechat, other,
                         n(0, 9), press, n(0, press), talks, n(0, talks), n(2, 60), n(0, 20), n(0, 12),
                         got, *ways, got, got - late, late, got, *answers[:4], *no, *answers[4:],
                         sum(review), *review, sum(suit), *suit, n(0, 3), 0, n(1, 4) * scale, n(1, 6) * scale, full + part, full, part,
                         rng.choice(["0", "1.5", "12", "30.6"]), n(1, 5), n(1, 4), n(20, 300)]
    return [str(x) for x in out]


def _parts(rng: random.Random, total: int, weights: list[float]) -> list[int]:
    picks = rng.choices(range(len(weights)), weights, k=total)
    return [picks.count(i) for i in range(len(weights))]


def annex08(seed: int, got: int, years: int) -> list[str]:
    """36 indicators, this year and cumulative."""
    rng = random.Random(seed)

    def year(k: int) -> list[int]:
        n = rng.randint
        ways = _parts(rng, k, [3, 0.5, 1, 3, 2, 0.2])
        answers = _parts(rng, k, [6, 1, 2])
        no = _parts(rng, answers[2], [2, 2, 1, 1, 1])
        all_, fees = n(400, 5000), [n(0, 3) * 10, n(0, 200), n(0, 60)]
        return [all_, n(all_ // 2, all_), n(0, 30), n(50, 900), n(2000, 90000), n(20, 900), n(0, 300), n(30, 999), n(0, 60),
                k, *ways, k, *answers, *no, n(0, 2), n(0, 1), n(0, 1), sum(fees), *fees]

    ys = [year(max(1, got - rng.randint(0, got // 2))) for _ in range(years - 1)] + [year(got)]
    sums = [sum(v) for v in zip(*ys, strict=True)]
    staff = rng.randint(1, 4), rng.randint(2, 20)
    tail = [f"{sum(staff)}/{sum(staff)}", f"{staff[0]}/{staff[0]}", f"{staff[1]}/{staff[1]}", "3.2/9.7"]
    return [f"{a}/{b}" for a, b in zip(ys[-1], sums, strict=True)] + tail


def doc14(r: Report, grid: Grid, extra: str = "附件：政府信息公开情况统计表") -> list:
    return [*document(r, heads=HEADS14), ("h", extra), ("table", grid)]


HEADS14 = {"一": "一、概述", "三": "二、政府信息依申请公开情况", "五": "三、存在的主要问题和改进措施"}


def old_prose(r: Report, seed: int) -> None:
    rng = random.Random(seed)
    n = rng.randint
    r.prose = {
        "前言": [f"按照《中华人民共和国政府信息公开条例》要求，现公布{r.year}年度政府信息公开工作年度报告。数据统计期限为{r.year}年1月1日至12月31日。"],
        "一": [f"{r.year}年，{r.we}充实了政府信息公开工作领导小组，由办公室具体承办，全年编发政务简报{f(n(6, 48), '期')}期，召开专题会议{f(n(1, 4), '次')}次。"],
        "三": [],
        "五": ["存在的问题：公开内容还不够丰富，个别科室报送不及时。下一步将完善目录，加强督促检查。"],
    }
    say_coverage(r, seed)


def v(r: Report, label_end: str, col: str = "统计数") -> str:
    """The value of the first indicator whose label ends so."""
    items = F.INDICATORS_2014 if r.form == "indicators-2014" else F.ANNEX_2008
    return next(r.cells["统计表", str(i), col].text for i, (_, p, u) in enumerate(items) if u and p[-1].endswith(label_end))


def got14(r: Report) -> None:
    n, net = v(r, "收到申请数"), v(r, "3.网络申请数")
    r.prose["三"] = [f"全年共收到公民、法人和其他组织的申请{f(n)}件，其中通过网络提出的{f(net)}件。"]


@file("c01_content_2016.html", "2014 指标表：门户网页，指标靠全角空格缩进分层；合计行有单位“——”；表头“统计指标/单位/统计数”；正文网络申请数与表不符")
def c01(out: Path):
    r = listed("澄湖市", 2016, "市", "indicators-2014", sheet14(301, 412, 9), title="澄湖市人民政府2016年政府信息公开工作年度报告", coverage="汇总",
               accept=["澄湖市人民政府"])
    r.we = "我市"
    old_prose(r, 301)
    got14(r)
    net, wrong = v(r, "3.网络申请数"), str(int(v(r, "3.网络申请数")) + 9)
    r.prose["三"] = [p.replace(f"[[{net}|{net}|", f"[[{wrong}|{wrong}|") for p in r.prose["三"]]
    r.findings.append({"code": "narrative-vs-table", "text": f"正文网络申请 {wrong} 件，表为 {net} 件", "printed": wrong, "computed": net})
    put(out, H.portal(r.title, H.body(doc14(r, sheet_grid(r)), lambda g: H.table(g, 'border="1" width="600"')), "澄湖市人民政府", date="2017-03-20"))
    return [r]


@file("c02_县发改局2017.txt", "2014 指标表：竖线行，半角标点，缩进丢失；“其中”行脱离上级")
def c02(out: Path):
    r = listed("大榆县发展和改革局", 2017, "部门", "indicators-2014", sheet14(302, 9))
    r.we = "我局"
    old_prose(r, 302)
    got14(r)
    put(out, T.half(T.text(doc14(r, sheet_grid(r, indent="")), "nopad")))
    return [r], T.half


@file("c03_统计表2015.docx", "2014 指标表：Word，左侧多一列序号（与统计数易混）；收费、经费两格留空")
def c03(out: Path):
    r = listed("青石县教育局", 2015, "部门", "indicators-2014", sheet14(303, 4))
    r.we = "我局"
    old_prose(r, 303)
    got14(r)
    for i, (_, path, _) in enumerate(F.INDICATORS_2014):
        if path[-1].startswith(("七、", "（四）政府信息公开专项经费")):
            r.show("统计表", str(i), "统计数", "", value=None)
    O.save_word(O.word(doc14(r, sheet_grid(r, numbered=True)), header="青石县教育局"), out)
    return [r]


@file("c04_2018_zhengfu.pdf", "2014 指标表：PDF，表跨三页且每页重复表头，数字带千分位")
def c04(out: Path):
    r = listed("白塔市", 2018, "市", "indicators-2014", sheet14(304, 1860, 14), title="白塔市2018年政府信息公开工作年度报告", coverage="汇总")
    r.we = "我市"
    old_prose(r, 304)
    got14(r)
    for c in r.cells.values():
        if c.value and "." not in c.value:
            c.text = f"{int(c.value):,}"
    if needs_printing(out):
        def head(g: Grid) -> str:
            top, rest = H.table(g, "", blank="").replace("<tbody>", "<thead>", 1).split("</tr>", 1)
            return top + "</tr></thead><tbody>" + rest

        css = "td:first-child { text-align: left; } table { font-size: 12px; } td { padding: 5px; }"
        print_pdf(H.print_page(H.body(doc14(r, sheet_grid(r)), head, h="<h2>{}</h2>"), css), out)
    return [r]


@file("c05_2014tjb.xls", "2014 指标表：旧版 Excel，只有统计表没有正文；“填报单位”在表上方，题目不含单位名")
def c05(out: Path):
    r = listed("沙洲新区管委会", 2014, "区县", "indicators-2014", sheet14(305, 21), title="政府信息公开情况统计表\n（2014年度）", coverage="unknown",
               accept=["沙洲新区", "沙洲新区管理委员会"])
    O.old_excel([("统计表", [("title", "政府信息公开情况统计表"), ("p", "（2014年度）"), ("p", "填报单位（盖章）：沙洲新区管委会"), ("table", sheet_grid(r)),
                            ("p", "单位负责人：（略）  审核人：（略）  填报人：（略）  填报日期：2015年1月22日")])], out, width=3)
    return [r]


def boxed(g: Grid, widths: list[int]) -> str:
    """A table drawn with lines, as law data bases keep it; long labels run over several lines."""
    bar = lambda a, b, c: a + b.join("─" * (w // 2) for w in widths) + c
    out = [bar("┌", "┬", "┐")]
    for k, row in enumerate(g.rows):
        cells = [[c.text[i : i + w // 2] for i in range(0, len(c.text), w // 2)] or [""] for c, w in zip(row, widths, strict=True)]
        cells = [[c.text] if c.text.isascii() else x for c, x in zip(row, cells, strict=True)]
        for i in range(max(map(len, cells))):
            line = [(x[i] if i < len(x) else "") for x in cells]
            out.append("│" + "│".join(s + " " * (w - sum(2 if ord(ch) > 255 else 1 for ch in s)) for s, w in zip(line, widths, strict=True)) + "│")
        out.append(bar("├", "┼", "┤") if k < len(g.rows) - 1 else bar("└", "┴", "┘"))
    return "\n".join(out)


@file("c06_fagui_box.txt", "2014 指标表：用制表符号画的表（┌─┬─┐），长标签折成两三行，GBK")
def c06(out: Path):
    r = listed("金杏县林业局", 2016, "部门", "indicators-2014", sheet14(306, 7))
    r.we = "我局"
    old_prose(r, 306)
    got14(r)
    put(out, T.text(document(r, heads=HEADS14)) + "附件\n　　　　　政府信息公开情况统计表\n" + boxed(sheet_grid(r, indent=""), [36, 6, 10]) + "\n", "gbk", "\r\n")
    return [r]


HEADS08 = {"一": "一、概述", "三": "二、依申请公开情况", "五": "三、主要问题和改进措施"}


def got08(r: Report) -> None:
    n, face = v(r, "申请总数", "本年度"), v(r, "1.当面申请数", "本年度")
    r.prose["三"] = [f"本年度受理申请{f(n, '条')}条，其中当面申请{f(face, '条')}条，均在规定时限内答复。"]


@file("d01_gongkai_2009.htm", "2008 附表：旧站 GBK，大写标签，年份用汉字，代码列“01”易误作数值")
def d01(out: Path):
    r = listed("丰河县", 2009, "区县", "annex-2008", annex08(401, 38, 2), title="丰河县二〇〇九年政府信息公开工作年度报告", coverage="汇总",
               accept=["丰河县人民政府"])
    r.we = "我县"
    old_prose(r, 401)
    got08(r)
    blocks = [*document(r, heads=HEADS08), ("p", "附表：政府信息公开情况统计表"), ("table", sheet_grid(r))]
    put(out, H.old_site(r.title, H.body(blocks[1:], lambda g: H.table(g, 'border=1 cellSpacing=0 width="96%"', "<TD{span}>{x}</TD>", "<BR>"), p="<P>　　{}</P>", h="<P><B>{}</B></P>"),
                        "丰河县人民政府", "2010-3-30"), "gbk", "\r\n")
    return [r]


@file("d02_xinwen_2010.txt", "2008 附表：每格一行、行首竖线（法规库式拆法）；表头后有“甲 乙 丙 1 2”栏号行")
def d02(out: Path):
    r = listed("平川市", 2010, "市", "annex-2008", annex08(402, 260, 3), title=f"平川市{year_han(2010, '○')}年政府信息公开工作年度报告", coverage="汇总",
               accept=["平川市人民政府"])
    r.we = "我市"
    old_prose(r, 402)
    got08(r)
    g = sheet_grid(r, indent="")
    g.rows.insert(1, [C(x, kind="h") for x in ("甲", "乙", "丙", "1", "2")])
    lines = []
    for row in g.rows:
        lines.append(row[0].text)
        lines += [f"| {part}" for c in row[1:] for part in c.text.split("\n")]
        lines.append("|")
    put(out, T.half(T.text(document(r, heads=HEADS08)) + "附表\n平川市政府信息公开情况统计报表\n" + "\n".join(lines) + "\n"))
    return [r], T.half


@file("d03_附表2012.docx", "2008 附表：Word，无代码列，两栏“本年度/历年累计”；题目缺“政府”二字；无框线样式")
def d03(out: Path):
    r = listed("鹿鸣市规划局", 2012, "部门", "annex-2008", annex08(403, 17, 5), title="鹿鸣市规划局2012年信息公开工作年度报告")
    r.we = "我局"
    old_prose(r, 403)
    got08(r)
    O.save_word(O.word([*document(r, heads=HEADS08), ("p", "附：指标统计表"), ("table", sheet_grid(r, codes=False))], style=None), out)
    return [r]


# --- only sentences -----------------------------------------------------------------------------
def only(issuer: str, year: int, level: str, title: str, paragraphs: list[str], **more) -> Report:
    r = Report(issuer, year, level, "none", title, **more)
    r.prose = {"全文": paragraphs}
    return r


@file("e01_jianxin2018.txt", "纯文字，乡镇，数字混用汉字与全角；半角标点；无任何表")
def e01(out: Path):
    r = only("新河镇人民政府", 2018, "乡镇", "新河镇2018年度政府信息公开工作报告", [
        "现将我镇2018年政府信息公开工作情况报告如下。",
        "一、主动公开情况。全年公开各类信息[[三百二十六|326|条]]条，其中财政资金类[[二十八|28|条]]条、惠农补贴类[[１１７|117|条]]条，村务公开栏更换内容[[１２|12|期]]期。",
        "二、依申请公开情况。我镇今年收到群众当面申请[[三|3|件]]件，全部予以公开；没有收到网上申请和信函申请。",
        "三、复议、诉讼情况。没有发生因政府信息公开引起的行政复议、行政诉讼。",
        "四、不足与打算。专栏更新不够勤，拟于明年配备专职人员[[1|1|名]]名。",
    ], accept=["新河镇"])
    put(out, T.half("\n".join([r.title, *_plain(r)])) + "\n")
    return [r], T.half


@file("e02_2011_city.html", "纯文字，市级 2011 年报，GBK；大数写“3.4万余条”“近1900家”“十余场”；有一小块导航表")
def e02(out: Path):
    r = only("柳湾市", 2011, "市", "柳湾市2011年政府信息公开工作年度报告", [
        "本报告由市政府办公室综合各县（区）和市直部门年度报告编制，数据统计期限自2011年1月1日起至12月31日止。",
        "一、概述",
        "2011年，全市把信息公开同效能建设结合起来，纳入公开范围的单位近[[1900|1900|家|近]]家，举办新闻发布会[[十余|10|场|余]]场。",
        "二、主动公开政府信息情况",
        "全市主动公开政府信息[[3.4万余|34000|条|余]]条，其中市政府门户网站发布[[12,806|12806|条]]条，政府公报刊登文件[[146|146|件]]件，查阅点接待群众约[[5200|5200|人次|约]]人次。",
        "三、依申请公开办理情况",
        "共收到申请[[287|287|件]]件，其中当面申请[[95|95|件]]件，网上申请[[141|141|件]]件，信函申请[[51|51|件]]件。办结[[279|279|件]]件，尚在办理[[8|8|件]]件。同意公开[[203|203|件]]件，占办结数的[[72.76|72.76|%]]%。",
        "四、收费、复议和诉讼",
        "全年收取复制、邮寄费用[[1630|1630|元]]元；行政复议[[6|6|件]]件，行政诉讼[[1|1|件]]件。",
        "五、问题与改进",
        "公开目录有待细化，部分单位时效性不强。2012年将重点推进财政预决算公开。",
    ], coverage="汇总")
    assert pct(203, 279) == "72.76"
    put(out, H.old_site(r.title, "\n".join(f"<P>&nbsp;&nbsp;&nbsp;&nbsp;{H.esc(p)}" for p in _plain(r)), "柳湾市人民政府", "2012-3-29"), "gbk", "\r\n")
    return [r]


@file("e03_半页公告2022.pdf", "纯文字半页 PDF（宋体），区级部门；占比写错（87.92% 应为 86.92%）；只说“去年”“今年”")
def e03(out: Path):
    r = only("紫湖区司法局", 2022, "部门", "紫湖区司法局2022年政府信息公开工作年度报告", [
        "2022年，我局收到政府信息公开申请[[1499|1499|件]]件。其中，通过网络申请[[1303|1303|件]]件，占[[87.92|87.92|%]]%。",
        "已办结[[1461|1461|件]]件，其余转下年。去年同期为[[1210|1210|件]]件，今年增长[[23.88|23.88|%]]%。",
        "全年未收取费用。",
    ])
    assert pct(1303, 1499) == "86.92" and pct(289, 1210) == "23.88"
    r.findings.append({"code": "narrative", "text": "1303/1499 为 86.92%，正文写 87.92%", "printed": "87.92%", "computed": "86.92%"})
    if needs_printing(out):
        print_pdf(H.print_page("<h1>" + r.title + "</h1>" + "".join(f"<p>{p}</p>" for p in _plain(r)), font="Noto Serif CJK SC"), out)
    return [r]


def _plain(r: Report) -> list[str]:
    return [plain(p) for p in r.prose["全文"]]
