"""What a page hides is no part of a figure, nor is what it prints small, or as a link, beside one."""

from __future__ import annotations

import pytest

from ingest.numbers import read_cell
from ingest.readers import Grid
from ingest.readers.html.reader import HtmlReader
from ingest.readers.text.reader import TextReader
from ingest.readers.unseen import shade

SHEET = (
    "<style><!-- /* x{display:none} */ .h{display:none} .v,.w{visibility:hidden}"
    " #gone{font-size:0} td.tiny span{font-size:6px} .dark{background:#036}"
    " i.h{display:inline} .h.seen{display:inline} @media print{b{display:none}}"
    " @media screen{u.m{display:none}} @media (max-width:600px){big.n{display:none}}"
    " .struck{text-decoration:line-through} @font-face{font-family:x} .sup{vertical-align:super}"
    " .pale{color:#FEFEFE} .last{display:none !important} a:hover{display:none} --></style>"
)
LINK = "<link rel=stylesheet href=x.css>"


def cell(body: str, head: str = "") -> tuple[str, list[str]]:
    """What the cell prints, and the codes of the warnings."""
    page = f"<table><tr><td>甲{body}</td></tr><tr><td>乙<td>2</table>"
    read = HtmlReader().read(f"<html><head>{head}</head><body>{page}".encode(), "x.html")
    (grid,) = [b for b in read.blocks if isinstance(b, Grid)]
    return grid.rows[0][1].text, [w.code for w in read.warnings]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        *(
            (f"<span style='{style}'>9</span>523", "523")
            for style in (
                "font-size:0",
                "FONT-SIZE : 0px",
                "font-size:.0em !important",
                "font-size:1px",
                "font: 0/0 a; font-size:0",
                "opacity:0",
                "opacity:0.0",
                "filter:alpha(opacity = 0)",
                "position:absolute;left:-9999px",
                "position:absolute;top:-999em",
                "text-indent:-9999px",
                "color:#fff",
                "color:white",
                "color:rgb(255, 255, 255)",
                "color:rgba(0,0,0,0)",
                "color:transparent",
                "color:#fff;background:none",
                "color:#000;background:#000",
                "clip:rect(0,0,0,0)",
                "clip-path:inset(50%)",
                "transform:scale(0)",
                "width:0;overflow:hidden;display:inline-block",
                "display:none;color:red",
                "display:inline;display:none",
            )
        ),
        ("<font color=white>9</font>523", "523"),
        ("<font color=#FFFFFF>9</font>523", "523"),
        ("52<font color=white>9</font>3", "523"),
        ("<span class=h>9</span>523", "523"),
        ("523<b class='a w'>9</b>", "523"),
        ("<span class='h last' style='display:inline'>9</span>523", "523"),
        ("<span id=gone>9</span>523", "523"),
        ("<u class=m>9</u>523", "523"),
        ("<span class=pale>9</span>523", "523"),
        ("<span class=struck>9</span>523", "523"),
        # hidden and shown again inside
        ("<span style='color:#fff'>9<b style='color:#000'>523</b>9</span>", "523"),
        ("<span style='font-size:0'>9<b style='font-size:14px'>523</b></span>", "523"),
        # all that is seen
        ("<i class=h>523</i>", "523"),
        ("<b class='h seen'>523</b>", "523"),
        ("<b>523</b>", "523"),
        ("<big class=n>523</big>", "523"),
        ("<span style='display:none;display:inline'>523</span>", "523"),
        ("<span style='color:#fff;background:#036'>523</span>", "523"),
        ("<span style='color:#fff;background:url(x.png)'>523</span>", "523"),
        ("<b class=dark><font color=white>523</font></b>", "523"),
        ("<span style='color:#333'>523</span>", "523"),
        ("<span style='opacity:.9;text-indent:-21pt;margin-left:-600px'>523</span>", "523"),
        ("<span style='left:-9999px'>523</span>", "523"),
        ("<span style='font-size:0.9em'>523</span>", "523"),
        ("<span style='height:0'>523</span>", "523"),
    ],
)
def test_a_digit_that_is_not_seen_is_none(inside: str, text: str) -> None:
    printed, codes = cell(f"<td>{inside}</td>", SHEET)
    assert printed == text
    assert set(codes) <= {"hidden-text", "struck-text"}
    # what is left out of a cell is told
    assert bool(codes) == ("9<" in inside)


@pytest.mark.parametrize(
    ("cells", "text", "codes"),
    [
        ("<td style='color:#fff'>523</td>", "", ["hidden-text"]),
        ("<td bgcolor=#336699 style='color:#fff'>523</td>", "523", []),
        ("<td class=dark><font color=#fff>523</font></td>", "523", []),
        ("<td class=dark style='background:#fff'><font color=#fff>523</font></td>", "",
         ["hidden-text"]),
        ("<td class=struck>523</td>", "〔删〕", ["struck-text"]),
        ("<td class=h>523</td><td>7</td>", "7", []),  # no gap stays, as with an own style
        ("<td class=v>523</td>", "", []),
    ],
)  # fmt: skip
def test_whole_cells(cells: str, text: str, codes: list[str]) -> None:
    assert cell(cells, SHEET) == (text, codes)


def test_white_text_on_what_another_file_says_is_no_number() -> None:
    assert cell("<td class=x style='color:#fff'>2023年</td>", LINK) == (
        "\ufffd年",
        ["number-unclear"],
    )
    assert cell("<td style='color:#fff'>2023年</td>", LINK) == ("", ["hidden-text"])


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        # certain marks of notes
        ("523<a href=#n1>1</a>", "523¹"),
        ("523<a href='#note_01'>[1]</a>", "523¹"),
        ("523<b><a href='#fn2'>2</a></b>", "523²"),
        ("523<span class=sup>1</span>", "523¹"),
        ("523<span style='vertical-align:4px;font-size:8px'>1</span>", "523¹"),
        ("<sup>1</sup>523", "¹523"),
        # a number that may end where its print changes
        ("523<a href=#top>1</a>", "\ufffd"),
        ("5<a href=x.html>23</a>", "\ufffd"),
        ("<a href=#n1>1</a>523", "\ufffd"),
        ("523<small>1</small>", "\ufffd"),
        ("523<small>.1</small>", "\ufffd"),
        ("523.<small>10</small>", "\ufffd"),
        ("<small>9</small>523", "\ufffd"),
        ("523<small><b>1</b></small>件", "\ufffd件"),
        ("523<font size=1>1</font>", "\ufffd"),
        ("523<span style='font-size:9px'>1</span>", "\ufffd"),
        ("523<span style='font-size:xx-small'>1</span>", "\ufffd"),
        ("<span style='font-size:16px'>523</span><span style='font-size:60%'>1</span>", "\ufffd"),
        ("<big>5</big>23", "\ufffd"),
        ("523<span style='position:relative;top:-4pt;mso-text-raise:4pt'>1</span>", "\ufffd"),
        # small print, sizes that are one, links around a whole number
        ("<small>523</small>", "523"),
        ("<font size=1>5<b>23</b></font>", "523"),
        ("<span style='font-size:14px'>5</span><span style='font-size:10.5pt'>23</span>", "523"),
        ("523<small>件</small>", "523件"),
        ("523<br><small>1</small>", "523\n1"),
        ("<p>523</p><p><small>1</small></p>", "523\n1"),
        ("<a href=#n1>523</a>", "523"),
        ("<a href=#_ftn1>523</a>", "523"),
        ("<a href='javascript:;'>523</a>件", "523件"),
        ("<a name=x></a>52<a name=y>3</a>", "523"),
        ("523<a href=x.html>详情</a>", "523详情"),
        ("共<a href=x.html>523</a>件", "共523件"),
    ],
)
@pytest.mark.parametrize("head", ["", LINK])
def test_a_number_whose_print_changes_in_it(inside: str, text: str, head: str) -> None:
    printed, codes = cell(f"<td>{inside}</td>", SHEET + head)
    assert (printed, codes) == (text, ["number-unclear"] if "\ufffd" in text else [])
    value = read_cell(printed).value
    assert value is None or str(value) == "523"


def test_small_print_all_over_is_common_print() -> None:
    sheet = "<style>td{font-size:9px} .n{font-size:9px}</style>"
    assert cell("<td>5<span class=n>23</span></td>", sheet) == ("523", [])
    assert cell("<td>523<span style='font-size:6px'>1</span></td>", sheet)[0] == "\ufffd"


def test_a_sentence_too() -> None:
    page = "<p>收到申请523<small>1</small>件，<span style='font-size:0'>9</span>办结20件。</p>"
    read = HtmlReader().read(f"<html><body>{page}".encode(), "x.html")
    assert [b.text for b in read.lines] == ["收到申请\ufffd件，办结20件。"]
    assert [w.code for w in read.warnings] == ["number-unclear"]


def test_a_letter_that_the_file_lost_itself_is_not_told_again() -> None:
    assert cell("<td>52\ufffd</td>") == ("\ufffd", [])


def test_a_table_inside_a_text_tells_the_same() -> None:
    table = "<table><tr><td>甲<td>523<small>1</small><tr><td>乙<td><s>9</s>2</table>"
    read = TextReader().read(f"# 年报\n\n{table}\n".encode(), "x.md")
    (grid,) = [b for b in read.blocks if isinstance(b, Grid)]
    assert [c.text for row in grid.rows for c in row] == ["甲", "\ufffd", "乙", "2"]
    assert [w.code for w in read.warnings] == ["number-unclear", "struck-text"]


@pytest.mark.parametrize(
    ("colour", "light"),
    [("#fff", 1.0), ("#000000", 0.0), ("White", 1.0), ("rgb(100%, 100%, 100%)", 1.0),
     ("rgba(0,0,0,.0)", 1.0), ("#ffffff00", 1.0), ("#00000000", 1.0), ("url(x.png)", None),
     ("no-repeat #fff", 1.0), ("var(--x)", None)],
)  # fmt: skip
def test_how_light_a_colour_is(colour: str, light: float | None) -> None:
    assert shade(colour) == (None if light is None else pytest.approx(light))
