"""Plain text: encodings, what is no text, and which lines are a grid."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.errors import UnreadableFile, UnsupportedFile
from ingest.readers import Document, Grid, Reader, TextLine, reader_for
from ingest.readers.text.reader import TextReader

Read = Callable[[str | bytes], Document]
TEXT = "政府信息公开\n规章 18\n"


@pytest.fixture
def document() -> Read:
    def build(data: str | bytes) -> Document:
        raw = data.encode() if isinstance(data, str) else data
        return TextReader().read(raw, "x.txt")

    return build


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (TEXT.encode(), []),
        (b"\xef\xbb\xbf" + TEXT.encode(), []),
        (TEXT.encode("utf-16"), []),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), []),
        (TEXT.encode("gbk"), ["encoding-guessed"]),
        (TEXT.encode("gb18030"), ["encoding-guessed"]),
        (TEXT.replace("\n", "\r\n").encode(), []),
        (TEXT.replace("\n", "\r").encode(), []),
    ],
)
def test_encodings_and_line_ends(data: bytes, codes: list[str], document: Read) -> None:
    read = document(data)
    assert read.text == TEXT
    assert [w.code for w in read.warnings] == codes


def test_big5_is_not_taken_for_gb18030(document: Read) -> None:
    text = "政府資訊公開年度報告\n駁回 三宗\n" * 3
    read = document(text.encode("big5"))
    assert read.text == text
    assert [w.code for w in read.warnings] == ["encoding-guessed"]


@pytest.mark.parametrize(
    ("data", "accepted"),
    [
        (b"", True),
        (b"text", True),
        (TEXT.encode("utf-16"), True),
        (b"%PDF-1.7", False),
        (b"\n%PDF-1.7", False),
        (b"PK\x03\x04", False),
        (b"\xd0\xcf\x11\xe0", False),
        (b"\x89PNG\r\n\x1a\n\0", False),
        (b"{\\rtf1\\ansi", False),
        (b"\xef\xbb\xbf<!doctype HTML>", False),
        (b"  <html lang='zh'>", False),
        (b"text\0text", True),  # to be refused by name, not by kind
        (b"t" * 9000 + b"\0", True),
        (b"t\1\2" * 9000 + b"\0", False),
        (TEXT.encode("utf-16-le"), True),
        (TEXT.encode("utf-16-be"), True),
        ("1 < 2，<b>规章</b>".encode(), True),
    ],
)
def test_accepts_by_content(data: bytes, accepted: bool) -> None:
    assert TextReader().accepts(data, "x.txt") is accepted
    if accepted:
        assert isinstance(reader_for(data, "x.pdf"), TextReader)
    else:
        assert not isinstance(_chosen(data), TextReader)


def _chosen(data: bytes) -> Reader | None:
    try:
        return reader_for(data, "x.txt")
    except UnsupportedFile as error:
        assert "x.txt" in str(error)
        return None


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t", b"\xff\xfea", b"\x81"]
)
def test_empty_and_broken_files_are_named(data: bytes, document: Read) -> None:
    with pytest.raises(UnreadableFile, match=r"x\.txt"):
        document(data)


@pytest.mark.parametrize(("data", "at"), [(b"text\0text", 4), (b"t" * 9000 + b"\0", 9000)])
def test_a_nul_byte_is_named(data: bytes, at: int, document: Read) -> None:
    with pytest.raises(UnreadableFile, match=rf"x\.txt: a NUL byte at {at}; wanted text"):
        document(data)


def test_a_file_too_large_is_named(monkeypatch: pytest.MonkeyPatch, document: Read) -> None:
    monkeypatch.setattr("ingest.readers.text.reader._MAX_BYTES", 5)
    with pytest.raises(UnreadableFile, match="6 bytes"):
        document(b"123456")


def test_a_text_of_too_many_lines_is_named(document: Read) -> None:
    with pytest.raises(UnreadableFile, match=r"x\.txt: 50001 lines; a text report has at most"):
        document("1\n" * 50_001)


@pytest.mark.parametrize(
    ("text", "grids", "lines"),
    [
        # rows of cells
        ("a | b | c |", [[["a", "b", "c"]]], []),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", [[["a", "b"], ["1", "2"]]], []),
        ("| a | b |\n| - | — |", [[["a", "b"], ["-", "—"]]], []),
        ("a | 1 | | 3 |", [[["a", "1", "", "3"]]], []),
        ("a | 1 | ||", [[["a", "1", "", ""]]], []),
        ("a\t1\t\t3\n\tb\t2\t", [[["a", "1", "", "3"], ["", "b", "2", ""]]], []),
        ("a | 1 |\n甲\nb | 2 |", [[["a", "1"]], [["b", "2"]]], ["甲"]),
        # a break in a cell, a blank in HTML's spelling
        ("| a<br>b | 1 |\n| c<BR/> d | &nbsp; |", [[["a\nb", "1"], ["c\nd", ""]]], []),
        ("a | &nbsp;&ensp; | 3 |\nb | 1 | 2 |", [[["a", "", "3"], ["b", "1", "2"]]], []),
        # other bars than the ASCII one
        ("规章｜2｜0\n行政许可｜5｜1", [[["规章", "2", "0"], ["行政许可", "5", "1"]]], []),
        ("│ 规章 │ 2 │\n┃ 许可 ┃ 5 ┃", [[["规章", "2"], ["许可", "5"]]], []),
        ("字号：大｜中｜小", [], ["字号：大｜中｜小"]),
        ("一、总体情况\n────────\n正文", [], ["一、总体情况", "────────", "正文"]),
        # drawn tables: rules are no rows, and where they part all rows a cell may be broken
        (
            "┌──┬──┐\n│规章│ 2│\n├──┼──┤\n│许可│ 5│\n└──┴──┘",
            [[["规章", "2"], ["许可", "5"]]],
            [],
        ),
        (
            "+----+---+\n| 信息 | 数 |\n| 内容 |   |\n+====+===+\n| 规 | 2 |\n| 章 |  |\n+----+---+\n"
            "| 许可 | 5 |\n+----+---+",
            [[["信息\n内容", "数"], ["规\n章", "2"], ["许可", "5"]]],
            [],
        ),
        (
            "┌──┬──┐\n│信息│数 │\n├──┼──┤\n│规章│ 2│\n│许可│ 5│\n└──┴──┘",
            [[["信息", "数"], ["规章", "2"], ["许可", "5"]]],
            [],
        ),
        (  # two values in one column are two rows, whatever the rules say
            "├──┼──┤\n│规章│ 2│\n│许可│ 5│\n├──┼──┤\n│强制│ 1│\n├──┼──┤\n│收费│ 7│",
            [[["规章", "2"], ["许可", "5"], ["强制", "1"], ["收费", "7"]]],
            [],
        ),
        # one cell a line, whatever stands around it
        ("规章\n|\n0\n|\n1", [], ["规章", "0", "1"]),
        ("规章 |\n|||\n0 |\n1 |", [], ["规章", "0", "1"]),
        ("规章\n\n0\n\n1", [], ["规章", "", "0", "", "1"]),
        ("|||", [], []),
        # a tab or a bar in prose is no table
        ("\t2023年，全市认真做好工作。", [], ["2023年，全市认真做好工作。"]),
        ("2023年，" + "长" * 50 + "。\t完。", [], ["2023年，" + "长" * 50 + "。\t完。"]),
    ],
)
def test_blocks(text: str, grids: list[list[list[str]]], lines: list[str], document: Read) -> None:
    blocks = document(text).blocks if text.strip() else ()
    assert [
        [[c.text for c in row] for row in b.rows] for b in blocks if isinstance(b, Grid)
    ] == grids
    assert [b.text for b in blocks if isinstance(b, TextLine)] == lines


def test_a_drawn_table_with_merged_cells_is_not_guessed(document: Read) -> None:
    text = "┌──┬──┬──┐\n│信息│ 甲│ 乙│\n│    ├──┼──┤\n│    │ 1│ 2│\n└──┴──┴──┘"
    read = document(text)
    assert [w.code for w in read.warnings] == ["box-merged"]
    assert [b.text for b in read.blocks if isinstance(b, TextLine)] == text.split("\n")


SPANNED = """# 报告

前 <table border=1><!-- <td>9</td> -->
<tr><td rowspan="2">（一）</td><td colspan='2'>甲<br/>乙</td></tr>
<TR><TD> 1&nbsp;</TD><td><b>2</b>3</td></TR></table> 后
尾
"""


def test_an_html_table_in_markdown_is_a_spanned_grid(document: Read) -> None:
    read = document(SPANNED)
    (grid,) = [b for b in read.blocks if isinstance(b, Grid)]
    assert grid.spanned
    assert [[c.text for c in row] for row in grid.rows] == [
        ["（一）", "甲\n乙", "甲\n乙"],
        ["（一）", "1", "23"],
    ]
    assert [[c.origin for c in row] for row in grid.rows] == [
        [True, True, False],
        [False, True, True],
    ]
    assert [b.text for b in read.lines] == ["# 报告", "", "前 ", " 后", "尾", ""]
    assert [b.place.line for b in read.lines] == [1, 2, 3, 5, 6, 7]
    places = [c.place for c in grid.rows[1]]
    assert [SPANNED[p.start : p.end] for p in places] == ["（一）", "1", "<b>2</b>3"]
    assert [p.line for p in places] == [4, 5, 5]
    assert (grid.place.line, grid.place.end_line) == (3, 5)
    assert SPANNED[grid.place.start : grid.place.end].startswith("<table border")


@pytest.mark.parametrize(
    ("text", "lines", "codes"),
    [
        ("前<table><tr><td>1", ["前<table><tr><td>1"], []),  # never closed: text
        ("<b>规章</b>\n</table>\n2", ["<b>规章</b>", "</table>", "2"], []),
        ("甲<table></table>乙", ["甲", "乙"], []),
        (
            "甲<table>" + "<div>" * 300 + "</table>乙",
            ["甲", "乙"],
            ["table-unparsed"],
        ),
        ("<table><tr><td>只有一格</td></tr></table>", ["", "只有一格", ""], []),
    ],
)
def test_html_in_text_that_is_no_table(
    text: str, lines: list[str], codes: list[str], document: Read
) -> None:
    read = document(text)
    assert [b.text for b in read.blocks if isinstance(b, TextLine)] == lines
    assert [w.code for w in read.warnings] == codes


def test_places_lead_back_to_the_text(document: Read) -> None:
    read = document(" 总体 \n| 规章 |  18 | |\n行政许可 |\n|\n 7 |\n\n甲\t乙 \n")
    cells = [
        cell
        for block in read.blocks
        for cell in ([c for row in block.rows for c in row] if isinstance(block, Grid) else [block])
    ]
    assert [c.text.strip() for c in cells if c.text.strip()][:4] == [
        "总体",
        "规章",
        "18",
        "行政许可",
    ]
    for cell in cells:
        assert read.text[cell.place.start : cell.place.end] == cell.text
        assert cell.place.line == read.text[: cell.place.start].count("\n") + 1
