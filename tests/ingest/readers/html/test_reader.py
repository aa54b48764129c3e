"""Whole pages: a drawn report as HTML in the ways that sites and word processors write it."""

from __future__ import annotations

import html
import quopri
import random
import re
import time
from collections.abc import Callable
from typing import Any, Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.model import Report
from ingest.readers import Document, Grid, reader_for
from ingest.readers.html.reader import HtmlReader

Values = dict[str, str]


class Cell(Protocol):
    """A cell of a drawn table, see `draw` in tests/ingest/conftest.py."""

    text: str
    origin: bool


Drawing = list[list[Cell]]
STYLES = ("spans", "filler", "repeat", "unpadded", "word")
TITLE = "某某市2023年政府信息公开工作年度报告"
PROSE = "2023年，全市认真做好政府信息公开工作，统计期限为2023年1月1日至12月31日。"
LAST = "一是解读不够通俗，群众看得到却看不懂，需要改进。"
SECTIONS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)


def spans_of(grid: Drawing, row: int, column: int) -> tuple[int, int]:
    """How far the cell that begins here reaches: rows, columns."""
    here = grid[row][column]

    def is_same(r: int, c: int) -> bool:
        return not grid[r][c].origin and grid[r][c].text == here.text

    wide = 1
    while column + wide < len(grid[row]) and is_same(row, column + wide):
        wide += 1
    high = 1
    while row + high < len(grid) and all(
        is_same(row + high, c) for c in range(column, column + wide)
    ):
        high += 1
    return high, wide


def write_table(grid: Drawing, style: str, dice: random.Random) -> str:
    """The table as HTML; `dice` choose whatever says nothing about the cells."""
    rows = []
    for r, cells in enumerate(grid):
        row = []
        for c, cell in enumerate(cells):
            if cell.origin or style == "repeat":
                high, wide = spans_of(grid, r, c) if style in ("spans", "word") else (1, 1)
                row.append(_write_cell(cell.text, high, wide, style, dice))
            elif style == "filler":
                row.append(f"<td>{dice.choice(('', '&nbsp;', ' ', '<p>&nbsp;</p>'))}</td>")
        space = dice.choice(("", "\n", "\n  "))
        end = dice.choice(("</tr>", "</TR>", "")) if r + 1 < len(grid) else "</tr>"
        rows.append(f"<tr{dice.choice(('', ' align=center'))}>{space.join(row)}{space}{end}")
    body = "\n".join(rows)
    if dice.random() < 0.5:
        body = f"<tbody>{body}</tbody>"
    return f"<table border=1 class=MsoNormalTable>{body}</table>"


def _write_cell(text: str, high: int, wide: int, style: str, dice: random.Random) -> str:
    attributes = [f'width="{dice.randint(20, 90)}"'] if dice.random() < 0.3 else []
    if high > 1:
        attributes.append(dice.choice((f'rowspan="{high}"', f"ROWSPAN={high}")))
    if wide > 1:
        attributes.append(dice.choice((f"colspan='{wide}'", f"colspan={wide}")))
    dice.shuffle(attributes)
    tag = dice.choice(("td", "th", "TD"))
    shown = html.escape(text) or dice.choice(("", "&nbsp;", "<br>", "　"))
    if style == "word":
        shown = (
            "<p class=MsoNormal align=center style='mso-hide:none'><span lang=EN-US "
            f"style='font-family:仿宋'>{shown}<o:p></o:p></span></p>"
        )
    elif dice.random() < 0.3 and len(text) > 1:
        cut = dice.randint(1, len(text) - 1)
        first, second = html.escape(text[:cut]), html.escape(text[cut:])
        shown = f"<p>{first}<b><font>{second}</font></b></p>"
    end = dice.choice((f"</{tag}>", "")) if style == "spans" else f"</{tag}>"
    return " ".join([f"<{tag}", *attributes]) + f">{dice.choice(('', ' ', chr(10)))}{shown}{end}"


def write_article(tables: list[str]) -> str:
    lines = [f"<h1>{TITLE}</h1>", "<p>一、总体情况</p>", f"<p>{PROSE}</p>"]
    for section, table in zip(SECTIONS, tables, strict=True):
        lines += [f"<p><strong>{section}</strong></p>", table]
    lines += ["<p>五、存在的主要问题及改进情况</p>", f"<p>{LAST}</p>"]
    return "\n".join(lines)


def write_page(article: str, head: str = "") -> str:
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>{article}</body></html>"


MENU = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(12))
OTHERS = "".join(
    f'<li><a href="/{y}.html">某某市{y}年政府信息公开工作年度报告</a><span>{y + 1}-01-31</span></li>'
    for y in range(2012, 2022)
)


def write_site(article: str) -> str:
    """A saved page as government sites have them: no name in it says where the article is."""
    return f"""<!-- saved from url=(0030)http://www.example.gov.cn/ -->
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8">
<meta name="SiteName" content="某某市人民政府"><meta name="ArticleTitle" content="{TITLE}">
<title>{TITLE}_某某市人民政府</title><style>td{{color:red}}</style>
<script>document.write("<table><tr><td>规章</td><td>9</td></tr></table>");</script></head>
<body><div class="a1"><ul>{MENU}</ul><form><input type=hidden value=7>
<input type="text" value="请输入关键字"><button>搜索</button></form></div>
<div><span>您现在的位置：</span><a href="/">首页</a> &gt; <a href="/x">政府信息公开年报</a> &gt; 正文</div>
<div class="x2"><div class="x3">
<div>来源：某某市人民政府办公室 　发布时间：2024-01-30 　浏览次数：<span>1234</span></div>
<div>字号：<a>大</a> <a>中</a> <a>小</a> <a>打印</a></div>
<div class="x4">{article}<p style="display:none">隐藏的话2023年收到申请77777件。</p></div>
<p>附件：<a href="a.pdf">年度报告.pdf</a></p>
<div>分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div>上一篇：<a href="/2">某某市2022年政府信息公开工作年度报告</a></div>
</div><div class="x5"><h3>相关链接</h3><ul>{OTHERS}</ul></div></div>
<div class="b9"><p><a href="/m">网站地图</a> | <a href="/c">联系我们</a> | <a href="/s">隐私声明</a></p>
<p>版权所有：某某市人民政府办公室　主办单位：某某市人民政府办公室</p>
<p>京ICP备12345678号　<a href="/g">公网安备 11010102000001号</a>　网站标识码：1100000001</p>
<script src="x.js"></script></div></body></html>"""


def write_old_site(article: str) -> str:
    """A page of nested layout tables."""
    menu = "".join(f"<tr><td><a href=/{n}>栏目{n}</a></td></tr>" for n in range(9))
    return f"""<html><head><title>某某市人民政府网</title></head><body><center>
<table width=1000><tr><td colspan=2><img src="banner.jpg"></td></tr>
<tr><td rowspan=2 width=200><table>{menu}</table></td>
<td><table width="100%"><tr><td>当前位置：<a href=/>首页</a>&gt;&gt;<a href=/n>年报</a></td></tr></table></td></tr>
<tr><td><table><tr><td><table><tr><td>{article}</td></tr></table></td></tr></table></td></tr>
<tr><td colspan=2>版权所有：某某市人民政府　<a href=/icp>京ICP备12345678号</a></td></tr>
</table></center></body></html>"""


@pytest.fixture
def write(
    make_values: Callable[..., Values], draw_tables: Callable[[Values], list[Drawing]]
) -> Callable[..., str]:
    """`write("spans", seed)`: the article of a drawn report; its values are those of the seed."""

    def build(style: str = "spans", seed: int = 7) -> str:
        dice = random.Random(seed)
        grids = draw_tables(make_values(seed))
        return write_article([write_table(grid, style, dice) for grid in grids])

    return build


@pytest.fixture
def document() -> Callable[[str | bytes], Document]:
    def build(data: str | bytes) -> Document:
        raw = data.encode() if isinstance(data, str) else data
        return HtmlReader().read(raw, "x.html")

    return build


Write = Callable[..., str]
Read = Callable[..., Report]
Wrong = Callable[[Report, Values], list[str]]
Build = Callable[[str | bytes], Document]


def assert_whole(report: Report, values: Values) -> None:
    """All figures right, the title found, and the narrative that of the article alone."""
    found = {f.key: f.text for f in report.table_figures}
    assert found == values
    assert (report.issuer, report.year) == ("某某市", 2023)
    assert [s.printed for s in report.sentences] in (
        [PROSE, LAST],
        [TITLE, PROSE, LAST],
    )


@pytest.mark.parametrize("style", STYLES)
def test_every_way_to_write_spans_gives_the_same_figures(
    style: str, write: Write, read: Read, make_values: Callable[..., Values]
) -> None:
    report = read(write_page(write(style)), "x.html")
    assert_whole(report, make_values())
    assert report.warnings == ()


@pytest.mark.parametrize("wrap", [write_site, write_old_site], ids=["site", "old site"])
@pytest.mark.parametrize("style", ["spans", "filler", "word"])
def test_what_stands_around_the_article_is_not_read(
    wrap: Callable[[str], str],
    style: str,
    write: Write,
    read: Read,
    make_values: Callable[..., Values],
) -> None:
    report = read(wrap(write(style)), "x.html")
    assert_whole(report, make_values())
    assert report.warnings == ()


@pytest.mark.parametrize(
    ("codec", "declared", "codes"),
    [
        ("utf-8-sig", "", []),
        ("gb18030", "<meta charset=gb2312>", []),
        ("gb18030", "", ["encoding-guessed"]),
        ("gb18030", "<meta charset=utf-8>", ["encoding-mismatch"]),
        ("utf-8", "<meta charset=gb2312>", ["encoding-mismatch"]),
        ("utf-16", "", []),
        ("utf-16-le", "", ["encoding-guessed"]),
        ("utf-16-be", "", ["encoding-guessed"]),
        ("ascii", "<meta charset=iso-8859-1>", []),  # every letter a reference: &#25919;
    ],
)
def test_every_encoding_gives_the_same_figures(
    codec: str,
    declared: str,
    codes: list[str],
    write: Write,
    read: Read,
    make_values: Callable[..., Values],
) -> None:
    data = write_page(write(), declared).encode(codec, "xmlcharrefreplace")
    report = read(data, "x.txt")  # the content tells the kind, not the name
    assert_whole(report, make_values())
    assert [w.code for w in report.warnings] == codes


def test_a_page_saved_as_one_file(
    write: Write, read: Read, make_values: Callable[..., Values]
) -> None:
    page = quopri.encodestring(write_site(write()).encode("gb18030")).decode()
    data = (
        "From: <Saved by Blink>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----b"\n\n'
        "------b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n"
        "Content-Location: http://www.example.gov.cn/\n\n"
        f"{page}\n------b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n"
        "------b\nContent-Type: text/html; charset=utf-8\n\n<p>广告</p>\n------b--\n"
    ).replace("\n", "\r\n")
    report = read(data, "年报.mht")
    assert_whole(report, make_values())
    # the page declares UTF-8 and is not
    assert [w.code for w in report.warnings] == ["encoding-mismatch"]
    assert all(f.place.line is None and f.place.element for f in report.table_figures)


def test_the_report_may_stand_in_a_frame_of_a_saved_page(
    write: Write, read: Read, make_values: Callable[..., Values]
) -> None:
    outer = f"<html><title>{TITLE}</title><iframe src='cid:1'></iframe>"
    inner = write().replace(f"<h1>{TITLE}</h1>", "")
    data = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{outer}\n"
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{inner}\n--b--\n"
    )
    assert_whole(read(data, "x.mhtml"), make_values())


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_drawn_report_reads_back_exactly_or_is_warned_of(
    data: Any,
    draw_tables: Callable[[Values], list[Drawing]],
    make_values: Callable[..., Values],
    read: Read,
) -> None:
    seed = data.draw(st.integers(0, 10**6))
    values = make_values(seed, data.draw(st.sampled_from((3, 900, 99999))))
    keys = st.sampled_from(sorted(values))
    for key in data.draw(st.lists(keys, max_size=6)):
        values[key] = data.draw(st.sampled_from(("", "/", "—", "0", "1,234", "18（含新制发4件）")))
    dice = random.Random(seed)
    tables = [
        write_table(grid, data.draw(st.sampled_from(STYLES)), dice) for grid in draw_tables(values)
    ]
    wrap = data.draw(st.sampled_from((write_page, write_site, write_old_site)))
    report = read(wrap(write_article(tables)), "x.html")
    found = {f.key: f.text for f in report.table_figures if f.key}
    assert {k: v for k, v in found.items() if v != values[k]} == {}
    assert found == values or report.warnings


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_page_that_lost_or_doubled_a_cell_is_never_read_wrong(
    data: Any,
    draw_tables: Callable[[Values], list[Drawing]],
    make_values: Callable[..., Values],
    read: Read,
) -> None:
    values = make_values(data.draw(st.integers(0, 10**6)), 900)
    style = data.draw(st.sampled_from(STYLES))
    dice = random.Random(1)
    page = write_page(
        write_article([write_table(grid, style, dice) for grid in draw_tables(values)])
    )
    cells = list(re.finditer(r"<t[dh]\b.*?(?=</?t[dhr]\b)", page, re.IGNORECASE | re.DOTALL))
    cell = data.draw(st.sampled_from(cells))
    times = data.draw(st.sampled_from((0, 2)))
    report = read(page[: cell.start()] + times * cell.group() + page[cell.end() :], "x.html")
    found = {f.key: f.text for f in report.table_figures if f.key}
    wrong = {k: v for k, v in found.items() if v != values[k]}
    assert not wrong or [f for f in report.findings if f.state == "fails"], wrong
    assert found == values or report.warnings


@pytest.mark.parametrize(
    ("data", "accepted"),
    [
        ("<!DOCTYPE html><p>规章", True),
        ("\ufeff\n<html><body>规章", True),
        ("<?xml version='1.0' encoding='utf-8'?>\n<html xmlns='x'>规章</html>", True),
        ("<!-- saved from url=(0030)http://x -->\n<html>", True),
        ("<table><tr><td>规章</td><td>1</td></tr></table>", True),
        ("<p>规章</p>", True),
        ("HTTP/1.1 200 OK\nContent-Length: 3\n\n<html><body>规章", True),
        ("规章" + "<p><b>1</b></p>" * 20, True),
        ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", True),
        ("规章 2 < 3", False),
        ("# 报告\n\n<table><tr><td>规章</td></tr></table>\n\n正文正文正文\n" * 3, False),
        ("<?xml version='1.0'?><Workbook/>", False),
        ('{"content": "<p>规章</p>"}', False),
        ("%PDF-1.7 <html>", False),
        ("Subject: 规章\n\n正文", False),
        ("", False),
    ],
)
def test_accepts_by_content(data: str, accepted: bool) -> None:
    assert HtmlReader().accepts(data.encode(), "x.bin") is accepted
    if accepted:
        assert isinstance(reader_for(data.encode(), "x.txt"), HtmlReader)
        if "MIME" not in data:
            assert HtmlReader().accepts(data.encode("utf-16"), "x.bin")


def test_markdown_that_begins_with_html_is_markdown() -> None:
    data = b"<h1 align=center>x</h1>\n\n- a\n- b\n"
    assert not HtmlReader().accepts(data, "README.md")
    assert HtmlReader().accepts(b"<!doctype html>" + data, "x.md")


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("<img src=1.jpg width=900 height=1200><img src=dot.gif width=1>", ["tables-as-image"]),
        ("<iframe src='report.pdf'></iframe>", ["content-in-frame"]),
        ("<iframe src='about:blank'></iframe>", []),
        ("<embed src='x.pdf'>", ["content-in-frame"]),
        ("<p>附件：<a href='a.DOCX?x=1'>年度报告</a></p>", ["content-in-attachment"]),
        (
            "<p>三、收到申请情况</p><img src=3.png><p>五、问题</p>",
            ["section-as-image", "tables-as-image"],
        ),
        (
            "<div style='DISPLAY: none'><table><tr><td>规章</td><td>1</td></tr></table></div>",
            ["table-hidden"],
        ),
        ("<p>收到<s>18</s>19件。</p>", ["struck-text"]),
    ],
)
def test_what_cannot_be_read_is_told(body: str, codes: list[str], document: Build) -> None:
    read = document(f"<title>{TITLE}</title><body><h1>{TITLE}</h1>{body}")
    assert [w.code for w in read.warnings] == codes
    assert read.lines[0].text == TITLE


def test_a_page_without_any_text_says_what_it_holds(document: Build) -> None:
    with pytest.raises(UnreadableFile, match=r"x\.html: the page holds no text, only 2 pictures$"):
        document("<html><body><img src=1.jpg><img src=2.jpg></body></html>")


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"<html>" + b" " * 50_000_000, "50000006 bytes; a page is at most"),
        (b"<html>" + b"<div>" * 10_000 + b"x", "Excessive depth"),
        (b"<table><tr>" + b"<td>1" * 1_000_000, "1000002 tags; a page of a report has at most"),
        (b"<html><body>\0</body>", "a NUL byte at 12"),
        (b"<html></html>", "no text"),
        (b"<!-- -->", "no text"),
        (b"<p>" + b"<!-- -->" * 1_600_000, "12800003 bytes without pictures; a page has at most"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--", "without any"),
        (b"<html><body><script>x</script></body>", "no text"),
        (b"<p>" + b"<!--" * 30_000, "no text"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_hostile_page_is_one_clear_line(data: bytes, match: str, document: Build) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableFile, match=match) as refusal:
        document(data)
    assert str(refusal.value).startswith("x.html: ") and "\n" not in str(refusal.value)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("<table><tr><td colspan=1000000000>甲<td>乙<tr><td>1<td>2</table>", ["row-ragged"]),
        ("<table>" + "<tr><td colspan=1000 rowspan=65534>1<td>2" * 900 + "</table>", ["table-too-large"]),
        ("<table>" + "<tr><td rowspan=0 colspan=1000>甲" * 2000 + "</table>", ["table-too-large"]),
        ("<table>" + "<tr>" + "<td>1" * 1000 + ("<tr>" + "<td>1" * 30) * 1000 + "</table>", ["table-too-large"]),
    ],
)  # fmt: skip
def test_hostile_spans_end_in_time(table: str, codes: list[str], document: Build) -> None:
    began = time.process_time()
    read = document(f"<h1>{TITLE}</h1>{table}")
    assert [w.code for w in read.warnings] == codes
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "head",
    [b"<!---->" * 9000, b"<table>" * 9000, b"<!--" * 15000, b"<a " * 20000, b" " * 60000 + b"<"],
)
def test_a_hostile_head_is_judged_in_time(head: bytes) -> None:
    began = time.process_time()
    HtmlReader().accepts(b"x" + head, "x")
    HtmlReader().accepts(head, "x")
    assert time.process_time() - began < 10


def test_pictures_inside_the_page_do_not_count(document: Build) -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 12_000_000}" width=30>'
    assert [b.text for b in document(f"<p>规章{picture}</p>").lines] == ["规章"]


def test_entities_of_the_page_itself_are_not_expanded(document: Build) -> None:
    bomb = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 40))
    secret = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    read = document(f"<!DOCTYPE html [{bomb}{secret}]><html><p>规章&l39;&x;</p></html>")
    assert len(read.text) < 5000 and "root:" not in read.text


def test_places_name_the_element_and_the_line(document: Build) -> None:
    source = (
        f"<html>\n<body><h1>{TITLE}</h1>\n<div id=z>\n<p>一、甲</p><p>第<br>二</p>\n"
        "<table>\n<tr><td>规章</td><td>1</td></tr>\n<tr><td>许可</td><td>2</td></tr></table></div>"
    )
    read = document(source)
    assert [(b.text, b.place.element, b.place.line) for b in read.lines] == [
        (TITLE, "h1[1]", 2),
        ("一、甲", "#z>p[1]", 4),
        ("第", "#z>p[2]", 4),
        ("二", "#z>p[2]", 4),
    ]
    (grid,) = [b for b in read.blocks if isinstance(b, Grid)]
    assert (grid.place.element, grid.place.line) == ("#z>table[1]", 5)
    assert [[(c.text, c.place.element, c.place.line) for c in row] for row in grid.rows] == [
        [("规章", "#z>table[1]>tr[1]>td[1]", 6), ("1", "#z>table[1]>tr[1]>td[2]", 6)],
        [("许可", "#z>table[1]>tr[2]>td[1]", 7), ("2", "#z>table[1]>tr[2]>td[2]", 7)],
    ]
    for place, text in [(c.place, c.text) for row in grid.rows for c in row]:
        assert read.text[place.start : place.end] == text


def test_a_page_that_stops_in_the_middle_loses_rows_but_shifts_none(
    write: Write, read: Read, make_values: Callable[..., Values], wrong: Wrong
) -> None:
    page = write_page(write())
    for share in (0.4, 0.6, 0.8, 0.9):
        report = read(page[: int(len(page) * share)], "x.html")
        assert wrong(report, make_values()) == []
        assert report.warnings
