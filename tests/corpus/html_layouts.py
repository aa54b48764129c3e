"""Pages as they are saved: a modern portal, a county site of 2009, Word's export, a mirror, a bare print page."""

# fmt: off
# ruff: noqa: E501
from __future__ import annotations

import html as _html
import re

from grids import Block, C, Grid


def esc(s: str) -> str:
    return _html.escape(s, quote=False)


def _inner(c: C, br: str, blank: str) -> str:
    if c.text == "":
        return blank
    return br.join(esc(x) for x in c.text.split("\n"))


def table(g: Grid, attrs: str = 'border="1"', td: str = "<td{span}>{x}</td>", br: str = "<br>", blank: str = "&nbsp;",
          th: bool = False) -> str:
    """With proper spans."""
    out = [f"<table {attrs}>", "<tbody>"]
    for row in g.rows:
        out.append("<tr>")
        for c in row:
            span = (f' colspan="{c.cs}"' if c.cs > 1 else "") + (f' rowspan="{c.rs}"' if c.rs > 1 else "")
            cell = td.format(span=span, x=_inner(c, br, blank))
            out.append(re.sub(r"^<td(.*)</td>$", r"<th\1</th>", cell, flags=re.S) if th and c.kind == "h" else cell)
        out.append("</tr>")
    return "\n".join([*out, "</tbody>", "</table>"])


def filler(g: Grid, attrs: str = 'border="1"', colspan: bool = False, blank: str = "") -> str:
    """No rowspans at all: an empty cell wherever a merged one reached (Excel → HTML, some portals)."""
    out = [f"<table {attrs}>"]
    for row in g.expand():
        out.append("<tr>")
        j = 0
        while j < len(row):
            c, first = row[j]
            if first and colspan and c.cs > 1:
                out.append(f'<td colspan="{c.cs}">{_inner(c, "<br/>", blank)}</td>')
                j += c.cs
                continue
            out.append(f"<td>{_inner(c, '<br/>', blank) if first else ''}</td>")
            j += 1
        out.append("</tr>")
    return "\n".join([*out, "</table>"])


def word(g: Grid) -> str:
    """Word's own export: MsoNormal, o:p, widths everywhere, the letter runs cut apart."""
    out = ["<table class=MsoTable15Plain border=1 cellspacing=0 cellpadding=0 width=\"100%\"\n style='border-collapse:collapse;"
           "mso-yfti-tbllook:1184;mso-padding-alt:0cm 5.4pt 0cm 5.4pt'>"]
    for i, row in enumerate(g.rows):
        out.append(f" <tr style='mso-yfti-irow:{i};height:19.85pt'>")
        for c in row:
            span = (f" colspan={c.cs}" if c.cs > 1 else "") + (f" rowspan={c.rs}" if c.rs > 1 else "")
            cuts = [c.text[k : k + 3] for k in range(0, len(c.text), 3)] if c.kind == "h" else [c.text]
            runs = "".join(
                f"<span\n  lang={'EN-US' if x.isascii() else 'ZH-CN'} style='font-size:10.5pt;font-family:仿宋_GB2312'>"
                + esc(x).replace("\n", "<br>\n  ") + "</span>" for x in cuts if x
            )
            out.append(f"  <td width=61{span} valign=top style='width:45.6pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt'>\n"
                       f"  <p class=MsoNormal align=center style='text-align:center'>{runs}<span lang=EN-US><o:p>"
                       f"{'' if c.text else '&nbsp;'}</o:p></span></p>\n  </td>")
        out.append(" </tr>")
    return "\n".join([*out, "</table>"])


def body(blocks: list[Block], tab=table, p: str = "<p>{}</p>", h: str = "<p><strong>{}</strong></p>",
         title: str = "<h1>{}</h1>") -> str:
    out = []
    for kind, x in blocks:
        if kind == "table":
            out.append(tab(x))
        elif kind == "raw":
            out.append(str(x))
        else:
            out.append({"p": p, "h": h, "title": title}[kind].format(esc(str(x)).replace("\n", "<br>")))
    return "\n".join(out)


def index_table(rows: list[tuple[str, str]], attrs: str = 'class="xxgk-index" width="100%"', per: int = 2) -> str:
    out = [f"<table {attrs}>"]
    for k in range(0, len(rows), per):
        out.append("<tr>" + "".join(f"<th>{esc(a)}</th><td>{esc(b)}</td>" for a, b in rows[k : k + per]) + "</tr>")
    return "\n".join([*out, "</table>"])


def portal(title: str, content: str, site: str, index: str = "", date: str = "", charset: str = "utf-8",
           nav: list[str] | None = None) -> str:
    if not date:  # published in January of the next year
        year = re.search(r"20\d\d", title)
        date = f"{int(year[0]) + 1 if year else 2023}-01-{11 + len(title) % 17} 16:20"
    menu = nav or ["首页", "政务公开", "政务服务", "互动交流", "走进本地", "专题专栏"]
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{charset}">
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<meta name="SiteName" content="{site}">
<meta name="ColumnName" content="政府信息公开年报">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{date}">
<title>{title} - {site}</title>
<link rel="stylesheet" href="./saved_files/style.css">
<style>.nav li{{float:left;list-style:none;width:16%}} .share{{display:none}} table{{border-collapse:collapse}}</style>
<script>var _hmt=_hmt||[];(function(){{var s=document.createElement("script");s.src="//tongji.example.cn/h.js?58213";}})();</script>
</head>
<body>
<div class="top"><span>今天是<script>document.write(new Date().toLocaleDateString())</script></span>
<a href="#">无障碍阅读</a> | <a href="#">长者模式</a> | <a href="#">繁体</a> <form><input value="请输入关键字"><button>搜索</button></form></div>
<ul class="nav">{"".join(f'<li><a href="/col/{i}/">{m}</a></li>' for i, m in enumerate(menu))}</ul>
<div class="position">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/nb/">政府信息公开年报</a></div>
<div class="main">
{index}
<div class="article">
<h1 class="tit">{title}</h1>
<div class="info">发布日期：{date}　来源：{site}　浏览次数：<span id="hits">1873</span>　字体：【<a>大</a> <a>中</a> <a>小</a>】</div>
<!--ZJEG_RSS.content.begin-->
<div id="zoom">
{content}
</div>
<!--ZJEG_RSS.content.end-->
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="prev">上一篇：没有了<br>下一篇：<a href="t20220120_1.html">上年度政府信息公开工作年度报告</a></div>
</div></div>
<div class="footer"><p>主办：{site}　网站标识码：9900000017　备案：某ICP备19000001号</p>
<table><tr><td><img src="red.png" alt="党政机关"></td><td>技术支持：某信息中心　联系电话：0990-8000123</td></tr></table></div>
<script src="./saved_files/jquery.min.js"></script>
</body></html>
"""


def old_site(title: str, content: str, site: str, date: str = "2010-3-25", charset: str | None = "gb2312", hits: int = 412) -> str:
    """A county web site of 2009: tables for the layout, three deep, upper-case tags, no closing p."""
    meta = f'<META http-equiv=Content-Type content="text/html; charset={charset}">\n' if charset else ""
    left = "".join(f'<TR><TD height=24 background="images/bg_left.gif">&nbsp;·<A href="list.asp?id={i}">{t}</A></TD></TR>\n'
                   for i, t in enumerate(["机构设置", "领导之窗", "信息公开指南", "信息公开目录", "依申请公开", "公开年报"], 3))
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">
<HTML><HEAD><TITLE>{site} >> 公开年报</TITLE>
{meta}<META content="MSHTML 6.00.2900.2180" name=GENERATOR>
<SCRIPT language=javascript src="js/menu.js"></SCRIPT>
</HEAD>
<BODY leftMargin=0 topMargin=0 onload="MM_preloadImages('images/b1.gif')">
<TABLE cellSpacing=0 cellPadding=0 width=778 align=center border=0>
<TR><TD colSpan=2><IMG height=120 src="images/top.jpg" width=778></TD></TR>
<TR><TD colSpan=2 bgColor=#cc0000 height=26><FONT color=#ffffff>&nbsp;&nbsp;首 页 | 政务公开 | 招商引资 | 网上办事 | 县长信箱 | 留言板</FONT></TD></TR>
<TR>
<TD vAlign=top width=180>
<TABLE cellSpacing=0 cellPadding=0 width="100%" border=0>
{left}</TABLE>
<TABLE width="100%" border=1><TR><TD>今日访问</TD><TD>57</TD></TR><TR><TD>总访问</TD><TD>128406</TD></TR></TABLE>
</TD>
<TD vAlign=top width=598>
  <TABLE cellSpacing=0 cellPadding=6 width="98%" align=center border=0>
  <TR><TD align=middle height=50><B><FONT face=黑体 color=#ff0000 size=5>{title}</FONT></B></TD></TR>
  <TR><TD align=middle><FONT color=#666666>发布时间：{date}&nbsp;&nbsp;点击：{hits}次&nbsp;&nbsp;【<A href="javascript:window.print()">打印</A>】</FONT></TD></TR>
  <TR><TD class=content>
{content}
  </TD></TR>
  </TABLE>
</TD></TR>
<TR><TD colSpan=2 align=middle bgColor=#eeeeee>版权所有：{site}&nbsp;&nbsp;最佳分辨率 1024*768&nbsp;&nbsp;<A href="admin/login.asp">管理登录</A></TD></TR>
</TABLE>
</BODY></HTML>
"""


def word_page(title: str, content: str, charset: str | None = "gb2312") -> str:
    meta = f'<meta http-equiv=Content-Type content="text/html; charset={charset}">\n' if charset else ""
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
{meta}<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="nb.files/filelist.xml">
<title>{title}</title>
<!--[if gte mso 9]><xml>
 <o:DocumentProperties><o:Author>user</o:Author><o:Pages>4</o:Pages><o:Words>2385</o:Words></o:DocumentProperties>
</xml><![endif]-->
<style>
<!--
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal {{mso-style-parent:""; margin:0cm; text-align:justify; font-size:16.0pt; font-family:仿宋_GB2312;}}
 @page WordSection1 {{size:595.3pt 841.9pt; margin:72.0pt 90.0pt 72.0pt 90.0pt;}}
-->
</style>
</head>
<body lang=ZH-CN style='tab-interval:21.0pt'>
<div class=WordSection1 style='layout-grid:15.6pt'>
{content}
</div>
</body>
</html>
"""


WORD_P = "<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt'><span style='font-size:16.0pt'>{}<span\nlang=EN-US><o:p></o:p></span></span></p>"


def print_page(content: str, css: str = "", size: str = "A4", margin: str = "22mm 18mm",
               font: str = "WenQuanYi Zen Hei") -> str:
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><style>
@page {{ size: {size}; margin: {margin}; }}
body {{ font-family: "{font}"; font-size: 12px; line-height: 1.7; font-weight: 400; }}
h1 {{ font-size: 20px; text-align: center; font-weight: 400; }} h2 {{ font-size: 14px; font-weight: 400; }}
p {{ margin: 0 0 4px; text-indent: 2em; }}
table {{ border-collapse: collapse; width: 100%; font-size: 10.5px; line-height: 1.35; margin: 6px 0; }}
td {{ border: 1px solid #000; text-align: center; padding: 2px 3px; }}
tr {{ break-inside: avoid; }}
{css}
</style></head><body>
{content}
</body></html>"""
