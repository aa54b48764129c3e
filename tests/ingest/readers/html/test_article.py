"""What of a page is its article: by its own signs, whatever the site calls its elements."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.readers import Document, TextLine
from ingest.readers.html.article import head_titles, is_furniture, looks_like_title
from ingest.readers.html.reader import HtmlReader

TITLE = "某某市2023年政府信息公开工作年度报告"
OTHER = "某某市2021年政府信息公开工作年度报告"
PROSE = "2023年，全市认真做好政府信息公开工作，主动公开信息18件。"
LAST = "一是解读不够通俗，群众看得到却看不懂，需要改进。"
BODY = (
    f"<p>一、总体情况</p><p>{PROSE}</p><p>{PROSE}</p><table><tr><td>规范性文件</td><td>1</td><td>2</td></tr>"
    f"<tr><td>行政许可</td><td>3</td><td>4</td></tr></table><p>五、存在的问题</p><p>{LAST}</p>"
)
LINES = ["一、总体情况", PROSE, PROSE, "五、存在的问题", LAST]

Build = Callable[[str], Document]


@pytest.fixture
def document() -> Build:
    return lambda page: HtmlReader().read(page.encode(), "x.html")


def lines(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, TextLine)]


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>{TITLE}</h1>{BODY}",
        f"<h2>某某市2023年<br>政府信息公开工作年度报告</h2><div>{BODY}</div>",
        f"<div><p align=center><b>{TITLE}</b></p></div><div><div>{BODY}</div></div>",
        f"<title>{TITLE}-某某市人民政府门户网站</title><div>{BODY}</div>",
        f"<title>政府年报</title><meta name=articletitle content='{TITLE}'><h1>某某市人民政府</h1><div>{BODY}</div>",
        f"<meta property='og:title' content='{TITLE}'><body>{BODY}",
        # titles of other reports are links, or stand after the article
        f"<ul><li><a href=1>{OTHER}</a></li></ul><title>{TITLE}</title><div>{BODY}</div>",
        f"<title>{TITLE}</title><div>{BODY}</div><div>{OTHER}</div>",
        f"<title>{TITLE}</title>{BODY}<p>下一篇：{OTHER}</p>",
        # furniture inside the element of the article
        f"<nav>导航</nav><h1>{TITLE}</h1>{BODY}<footer>地址：某某路1号，邮编100000。</footer>",
        f"<h1>{TITLE}</h1><p>【字体：大 中 小】 【打印】【关闭】</p>{BODY}<p>扫一扫在手机打开当前页</p>",
        f"<h1>{TITLE}</h1>{BODY}<p>版权所有：某某市人民政府。建议使用1024*768分辨率浏览本站。京ICP备1号</p>",
        f"<p>当前位置：<a href=/>首页</a> &gt; 年报</p><h1>{TITLE}</h1>{BODY}<p>【打印本页】</p>",
        f"<h1>{TITLE}</h1>{BODY}<p>附件：<a href=x.pdf>{TITLE}.pdf</a></p><a href=#>返回顶部</a>",
        # sidebars with many links and a calendar
        "<table><tr><td><a href=1>新闻一</a><br><a href=2>新闻二</a><br><a href=3>三</a></td>"
        f"<td><h1>{TITLE}</h1>{BODY}</td><td><table><tr><td>日<td>一<td>二<tr><td>1<td>2<td>3</table></td></tr></table>",
    ],
)  # fmt: skip
def test_title_and_article_and_nothing_else(page: str, document: Build) -> None:
    read = document(f"<html>{page}</html>")
    assert lines(read) == [TITLE, *LINES]
    assert len(read.blocks) == len(LINES) + 2
    assert read.warnings == ()


def test_a_table_outside_the_element_with_the_text_is_not_lost(document: Build) -> None:
    table = "<table><tr><td>结果维持<td>结果纠正<td>其他结果<tr><td>1<td>2<td>3</table>"
    read = document(f"<div><div>{BODY}</div></div><div>{table}</div>")
    assert len(read.blocks) == len(LINES) + 2


def test_a_blank_form_is_not_lost_either(document: Build) -> None:
    form = "<table>" + "<tr><td>结果维持<td>其他结果<tr><td>/<td>" * 3 + "</table>"
    read = document(f"<div><div>{BODY}</div></div><div>{form}</div>")
    assert len(read.blocks) == len(LINES) + 2


def test_sentences_outside_the_article_are_told_of(document: Build) -> None:
    aside = "今日本市天气晴朗，气温适宜，请市民出行注意安全。"
    page = f"<div>{aside}</div><div><h1>{TITLE}</h1>{BODY}{BODY * 3}</div>"
    read = document(page)
    assert aside not in lines(read)
    assert [w.code for w in read.warnings] == ["text-outside-article"]
    assert aside[:10] in read.warnings[0].text


def test_the_body_that_published_is_told_once(document: Build) -> None:
    head = "<meta name=ContentSource content=某某市财政局>"
    title = "2023年政府信息公开工作年度报告"
    assert lines(document(f"{head}<h1>{title}</h1>{BODY}"))[:2] == ["来源：某某市财政局", title]
    printed = f"{head}<h1>{title}</h1><p>某某市财政局 2024-01-31</p>{BODY}"
    assert lines(document(printed))[:2] == [title, "某某市财政局 2024-01-31"]


@pytest.mark.parametrize(
    ("text", "furniture"),
    [
        ("当前位置：首页 > 政府信息公开年报", True),
        ("【打印】 【关闭】", True),
        ("大 中 小", True),
        ("京ICP备12345678号-1", True),
        ("版权所有 某某市人民政府办公室 2024", True),
        ("上一篇：2022年年报", True),
        ("首页", True),
        # of the article
        ("（三）平台建设方面", False),
        ("打印机采购合同公开18件。", False),
        ("分享到各平台的解读共18件。另有3件。", False),
        ("中", True),
        ("中小企业", False),
        ("某某市人民政府办公室", False),
        ("2024年1月31日", False),
        ("联系电话：010-12345678", False),
        ("", False),
    ],
)
def test_furniture(text: str, furniture: bool) -> None:
    assert is_furniture(text) is furniture


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (TITLE, True),
        ("二〇二三年某某市政府信息公开年报", True),
        ("2023年某某市政府資訊公開年報", False),
        ("某某市人民政府", False),
        ("上一篇：" + OTHER, False),
        (f"本报告依据某某规定编制，是{TITLE}。欢迎查阅", False),
    ],
)
def test_titles(text: str, title: bool) -> None:
    assert looks_like_title(text) is title


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ([("title", f"{TITLE}_某某市人民政府")], TITLE),
        ([("title", f"政府信息公开 | {TITLE}")], TITLE),
        ([("title", f"{TITLE} - 年报 - 某某市")], TITLE),
        ([("title", "某网"), ("articletitle", TITLE)], TITLE),
        ([("title", "某网")], "某网"),
        ([("keywords", TITLE)], None),
        ([], None),
    ],
)
def test_titles_of_the_head(head: list[tuple[str, str]], first: str | None) -> None:
    assert next(iter(head_titles(head)), None) == first
