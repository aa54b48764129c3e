"""Tables of pages: data or layout, what a cell prints, rows that lack a cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.readers import Document, Grid, TextLine
from ingest.readers.html.reader import HtmlReader

Seen = list[str | list[list[str]]]
PROSE = "2023年，全市认真做好政府信息公开工作。" * 7


@pytest.fixture
def document() -> Callable[[str], Document]:
    return lambda body: HtmlReader().read(f"<html><body>{body}</body></html>".encode(), "x.html")


Build = Callable[[str], Document]


def seen(document: Document) -> Seen:
    """Lines as texts, grids as rows of texts; a merged cell repeats as `=`."""
    return [
        b.text
        if isinstance(b, TextLine)
        else [[c.text if c.origin else "=" for c in row] for row in b.rows]
        for b in document.blocks
    ]


DATA = "<table><tr><td>规章</td><td>1</td></tr><tr><td>许可</td><td>2</td></tr></table>"
ROWS = [["规章", "1"], ["许可", "2"]]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (DATA, [ROWS]),
        # the order of what is shown: head first, foot last
        (
            "<table><tfoot><tr><td>计<td>3</tfoot><tbody><tr><td>甲<td>1</tbody>"
            "<thead><tr><td>项<td>数</thead></table>",
            [[["项", "数"], ["甲", "1"], ["计", "3"]]],
        ),
        # no rows, no cells, no end tags
        ("<table><td>规章<td>1<tr><td>许可<td>2</table>", [[["规章", "1"], ["许可", "2"]]]),
        ("<table><tr><td>规章<td>1<tr><td>许可<td>2</table>", [ROWS]),
        ("<table><form><tr><td>规章<td>1<tr><td>许可<td>2</form></table>", [ROWS]),
        ("<table></table><table><tr></tr></table><table><tr><td> </table>甲", ["甲"]),
        # layout: a cell that holds a table, a cell of prose, one cell, one row, one column
        (f"<table><tr><td>栏<td>{DATA}</table>", ["栏", ROWS]),
        (f"<table><tr><td><table><tr><td>{DATA}</table></table>", [ROWS]),
        (f"<p>{PROSE}</p><table><tr><td>题<td>{PROSE}{DATA}</table>", [PROSE, "题", PROSE, ROWS]),
        ("<table><tr><td>甲</table>", ["甲"]),
        ("<table><tr><td>甲<td>乙</table>", ["甲", "乙"]),
        ("<table><tr><td>甲<tr><td>乙<br>丙</table>", ["甲", "乙", "丙"]),
        # prose between rows of data parts them
        (
            f"<table><tr><td>规章<td>1<tr><td>许可<td>2<tr><td colspan=2>{PROSE}<tr><td>规章<td>1"
            "<tr><td>许可<td>2</table>",
            [ROWS, PROSE, ROWS],
        ),
        # but a long note among many cells is a note
        (
            f"<table><tr><td>规章<td>1<td>2<td>3<td>{PROSE}<tr><td>许可<td>2<td>3<td>4<td></table>",
            [[["规章", "1", "2", "3", PROSE], ["许可", "2", "3", "4", ""]]],
        ),
        # a table in a cell of data gives its text to the cell
        (
            "<table><tr><td>规章<td><table><tr><td>1<td>件</table><td>3<td>4<td>5"
            "<tr><td>许可<td>2<td>3<td>4<td>5</table>",
            [[["规章", "1\n件", "3", "4", "5"], ["许可", "2", "3", "4", "5"]]],
        ),
        (
            "<table><tr><td><table><tr><td>规章</table><td><table><tr><td>1</table>"
            "<tr><td><table><tr><td>许可</table><td><table><tr><td>2</table></table>",
            [ROWS],
        ),
        # what stands between rows of a broken page
        (
            "<table><tr><td>规章<td>1</tr><tr><td>许可<td>2</tr><p>五、问题</p></table>",
            [ROWS, "五、问题"],
        ),
        # spans, and the empty row that holds the widths of columns
        (
            "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2"
            "<tr height=0><td><td><td></table>",
            [[["甲", "乙", "="], ["=", "1", "2"]]],
        ),
        # a hidden cell leaves no gap, an invisible one does
        (
            "<table><tr><td>甲<td style='display:none'>9<td>乙<tr><td>丙<td style='visibility:hidden'>9"
            "<td>丁<tr><td>a<td>b<td>c</table>",
            [[["甲", "乙"], ["丙", "", "丁"], ["a", "b", "c"]]],
        ),
        ("<table><tr hidden><td>9<td>9</tr><tr><td>规章<td>1<tr><td>许可<td>2</table>", [ROWS]),
    ],
)  # fmt: skip
def test_data_and_layout(body: str, wanted: Seen, document: Build) -> None:
    assert seen(document(body)) == wanted


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("18", "18"),
        ("&nbsp;", ""),
        ("<p>&nbsp;</p>", ""),
        ("&#49;&#x38;", "18"),
        ("1<span>8</span>", "18"),
        ("<b>规</b><o:p></o:p><st1:x>章</st1:x>", "规章"),
        ("本年<br>制发", "本年\n制发"),
        ("<p>本年</p>\n<p>制发</p>", "本年\n制发"),
        (" 本年 \n 制发 ", "本年 制发"),
        ("<!-- 9 -->18<!--[if gte mso 9]><xml>7</xml><![endif]-->", "18"),
        ("<![if !supportEmptyParas]>18<![endif]>", "18"),
        ("18<script>9</script><span style='display : none'>9</span><i hidden>9</i>", "18"),
        # the mark of a footnote is no digit
        ("18<sup>1</sup>", "18¹"),
        ("18<sup>[12]</sup>", "18¹²"),
        ("18<span style='vertical-align:super'>2</span>", "18²"),
        ("18<a href='#_ftn3'>[3]</a>", "18³"),
        ("18<sub>1</sub>", "18₁"),
        ("18<sup>注1</sup>", "18注¹"),
        # what is struck out is no datum, and not nothing either
        ("<s>18</s>19", "19"),
        ("<span style='text-decoration:line-through'>18</span>", "〔删〕"),
        # a picture in a cell is not nothing either; a spacer is
        ("<img src=18.gif>", "〔图〕"),
        ("<img src=x.gif width=1 height=1>", ""),
        ("<input value=18><input type=hidden value=9>", "18"),
        ("<select><option>9</select>18<button>9</button>", "18"),
        ("<a href=x>18</a>", "18"),
        ("<pre>本年\n制发</pre>", "本年\n制发"),
    ],
)
def test_what_a_cell_prints(cell: str, text: str, document: Build) -> None:
    read = document(f"<table><tr><td>甲</td><td>{cell}</td></tr><tr><td>乙<td>2</table>")
    (grid,) = [b for b in read.blocks if isinstance(b, Grid)]
    assert grid.rows[0][1].text == text


HEADER = "<tr><td rowspan=2>项<td colspan=3>数<tr><td>甲<td>乙<td>丙"


@pytest.mark.parametrize(
    ("rows", "ragged"),
    [
        ("<tr><td>规章<td>1<td>2<td>3", []),
        ("<tr><td>规章<td>1<td>2", ["规章 1 2"]),
        (
            "<tr><td>规章<td>1<td>2<tr><td>许可<td>1<td>2<td>3<tr><td>强制<td>5",
            ["规章 1 2", "强制 5"],
        ),
        ("<tr><td>规章<td colspan=3>1", []),
        ("<tr><td>规章<td>1<td>2<td>3<td>4", []),  # longer: the table's reader sees that
        ("<tr><td>（三）不予公开<tr><td>规章<td>1<td>2<td>3", []),
        ("<tr><td rowspan=3>规章<td>1<td>2<td>3<tr><td>1<td>2<td>3<tr><td>1<td>2<td>3", []),
        ("<tr><td rowspan=2>规章<td>1<td>2<td>3<tr><td>1<td>2", ["1 2"]),
    ],
)
def test_a_row_of_values_that_lacks_a_cell_is_no_row_of_values(
    rows: str, ragged: list[str], document: Build
) -> None:
    read = document(f"<table>{HEADER}{rows}</table>")
    assert [w.code for w in read.warnings] == ["row-ragged"] * len(ragged)
    assert all(f"“{text}”" in w.text for w, text in zip(read.warnings, ragged, strict=True))
    (grid,) = [b for b in read.blocks if isinstance(b, Grid)]
    assert grid.spanned
    joined = {c.text for row in grid.rows for c in row}
    assert set(ragged) <= joined


def test_without_spans_the_rows_keep_their_own_lengths(document: Build) -> None:
    read = document("<table><tr><td>项<td>甲<td>乙<tr><td>规章<td>1<tr><td>许可<td>1<td></table>")
    (grid,) = [b for b in read.blocks if isinstance(b, Grid)]
    assert not grid.spanned
    assert [len(row) for row in grid.rows] == [3, 2, 3]


def test_cells_over_each_other_are_read_as_lines(document: Build) -> None:
    read = document("<table><tr><td>甲<td rowspan=2>乙<tr><td colspan=2>1<tr><td>3<td>4</table>")
    assert seen(read) == ["甲", "乙", "1", "3", "4"]
    assert [w.code for w in read.warnings] == ["cells-overlap"]


def test_a_caption_is_the_tables_own(document: Build) -> None:
    read = document(f"<table><caption>表一<br>（件）</caption>{DATA[7:]}")
    (grid,) = [b for b in read.blocks if isinstance(b, Grid)]
    assert grid.caption == "表一（件）"
    assert seen(document("<table><caption>表一</caption><tr><td>甲</table>")) == ["表一", "甲"]
