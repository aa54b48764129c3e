"""Figures in sentences: what is one, with which value, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.model import Place, Sentence, Status
from ingest.narrative.figures import figures_in, figures_of
from ingest.narrative.sections import read_narrative
from ingest.normalise import clean
from ingest.readers import TextLine

Say = Callable[[str], list[tuple[str, str, str | None, str | None]]]


@pytest.mark.parametrize(
    ("printed", "figures"),
    [
        ("收到申请1,234件", [("1,234", "1234", "件", None)]),
        ("收到申请１２３４件", [("1234", "1234", "件", None)]),
        ("收到申请 34290 件", [("34290", "34290", "件", None)]),
        ("收到申請0件", [("0", "0", "件", None)]),
        ("占41.66%,上升29.3％", [("41.66", "41.66", "%", None), ("29.3", "29.3", "%", None)]),
        ("提高15.2个百分点", [("15.2", "15.2", "个百分点", None)]),
        ("由103个减到92个", [("103", "103", "个", None), ("92", "92", "个", None)]),
        ("605宗", [("605", "605", "宗", None)]),
        # one number in parts
        ("1 234件", [("1 234", "1234", "件", None)]),
        ("3亿5000万元", [("3亿5000万", "350000000", "元", None)]),
        ("1万2000件", [("1万2000", "12000", "件", None)]),
        ("5千万", [("5千万", "50000000", None, None)]),
        # both ends of a range
        ("3至5件", [("3", "3", "件", "至"), ("5", "5", "件", "至")]),
        ("3～5件", [("3", "3", "件", "~"), ("5", "5", "件", "~")]),
        ("3—5件", [("3", "3", "件", "—"), ("5", "5", "件", "—")]),
        ("5-10件", [("5", "5", "件", "-"), ("10", "10", "件", "-")]),
        # 万, 亿 and words around the number
        ("粉丝超过2800万", [("2800万", "28000000", None, "超过")]),
        ("近1900家次", [("1900", "1900", "家次", "近")]),
        ("3.4万余件", [("3.4万余", "34000", "件", "余")]),
        ("2500余人次", [("2500余", "2500", "人次", "余")]),
        ("10多万件", [("10多万", "100000", "件", "多")]),
        ("累计54.7万人次", [("54.7万", "547000", "人次", None)]),
        ("约1.5亿元", [("1.5亿", "150000000", "元", "约")]),
        ("30家以上", [("30", "30", "家", "以上")]),
        # Chinese numerals
        ("三十五件", [("三十五", "35", "件", None)]),
        ("一百二十件", [("一百二十", "120", "件", None)]),
        ("一万二千件", [("一万二千", "12000", "件", None)]),
        ("十二万三千余件", [("十二万三千余", "123000", "件", "余")]),
        ("二十多万元", [("二十多万", "200000", "元", "多")]),
        ("培训十余场", [("十余", "10", "场", "余")]),
        ("办结两件", [("两", "2", "件", None)]),
    ],
)
def test_a_figure(
    printed: str, figures: list[tuple[str, str, str | None, str | None]], say: Say
) -> None:
    assert say(printed) == figures


@pytest.mark.parametrize(
    "printed",
    [
        "",
        # dates and years; numbers that a crawler tore from 年 and 月
        "2023年1月1日至12月31日",
        "20201月1日起至202012月31日",
        "2018年11日至2018年1231日",
        "二〇二三年",
        "(2021—2035年)",
        # ordinals, articles, names, document numbers, list markers
        "第5年",
        "第22届",
        "第二十条第(五)项",
        "条例第十三、十四、十五条",
        "国办公开办函〔2021〕30号",
        "12345热线",
        "十三五规划",
        "一是推进;二是完善",
        "(一)主动公开",
        "1、推进公开",
        "6.0版",
        "一件事",
        "一体化",
        "零件",
        # numbers that are not printed as one number
        "1,23件",
        "12,3456件",
        "1 2 3件",
        "1 2345件",
        "表1 234件",
        "20万至30万元",
        "三至五家",
        "从3到5件",
        "1/3件",
        "15①件",
        "数十件",
        "几百件",
        "三四件",
        "七八十人",
        "成百上千件",
        "增长-5%",
        # a list whose commas a crawler made half width is no number with thousands
        "甲乙丙分别为15，234，108件",
        "甲乙分别为15，234件",
    ],
)
def test_no_figure(printed: str, say: Say) -> None:
    assert say(printed) == []


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("分别为15、234、108件", ["15", "234", "108"]),
        ("涉及15、234、108件", ["108"]),
        ("2023年收到15件", ["15"]),
        ("5月3次", ["3"]),
        ("全市70家网站,1874个账号", ["70", "1874"]),
        ("办理12件一般申请", ["12"]),
        ("12345热线受理3件", ["3"]),
        ("占4.70%;1615件", ["4.70", "1615"]),
    ],
)
def test_the_right_ones_of_several(printed: str, values: list[str], say: Say) -> None:
    assert [value for _, value, _, _ in say(printed)] == values


def test_a_figure_knows_where_it_stands() -> None:
    printed = "  全年收到 1,234 件，其中網絡 0 件。"
    sentence = Sentence(7, 3, ("总体",), printed, clean(printed), Place(line=9))
    one, other = figures_in(sentence)
    assert one.span is not None and sentence.text[slice(*one.span)] == "1,234件"
    assert (one.sentence, one.place.line, one.table, one.row_path) == (7, 9, None, ())
    assert (one.status, other.status) == (Status.NUMBER, Status.ZERO)
    assert one.id != other.id


_TABLE = Path(__file__).with_name("prose_sentences.txt")
_FIGURE = re.compile(
    r"(?:(?P<text>[^=]+)=)?(?P<value>[\d.?,]+)(?: (?P<unit>[^!@]+))?(?:!(?P<qualifier>[^@]+))?"
    r"(?:@(?P<subject>.+))?"
)
_LINES = [
    line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
]


@pytest.mark.parametrize("line", _LINES)
def test_a_sentence_of_the_table(line: str) -> None:
    printed, _, wanted = line.partition(" => ")
    found = figures_in(Sentence(0, 0, (), printed, clean(printed), Place()))
    marks = [] if wanted == "-" else [_FIGURE.fullmatch(f.strip()) for f in wanted.split(" ; ")]
    assert len(found) == len(marks)
    for figure, m in zip(found, marks, strict=True):
        assert m is not None, f"the table has a slip: {line}"
        value = None if m["value"] == "?" else Decimal(m["value"].replace(",", ""))
        assert (figure.text, figure.value, figure.unit, figure.qualifier) == (
            m["text"] or m["value"], value, m["unit"], m["qualifier"],
        )  # fmt: skip
        if m["subject"] is not None:
            assert figure.subject == m["subject"]


@pytest.mark.parametrize(
    ("lines", "figures"),
    [
        # a number cut between paragraphs: neither half is a figure
        (("邀请媒体近19", "", "00家次参加。"), []),
        (("较上年下降1", "", "7.07%。"), []),
        (("占86.9", "", "2%。"), []),
        (("公开信息1,", "", "234条。"), []),
        (("公开信息12.", "", "34万条。"), []),
        (("收到申请三", "", "十五件。"), []),
        (("比上年提高3.5个", "", "百分点。"), []),
        (("发放手册6万", "", "册。"), []),
        (("培训3", "", "场次，共5人。"), ["5"]),
        (("收到申请3", "5件，办结4件。"), ["4"]),
        (("占比为12。5%，共3件。",), ["3"]),
        (("用时12个", "", "工作日。"), []),
        # nothing is cut here
        (("收到申请3件", "", "5件已办结。"), ["3", "5"]),
        (("主动公开信息", "", "12条。"), ["12"]),
        (("收到申请35件。", "", "30家单位参加。"), ["35", "30"]),
        (("设立12个", "", "开放日活动3场。"), ["12", "3"]),
    ],
)
def test_a_number_cut_between_paragraphs(
    lines: tuple[str, ...], figures: list[str], make_lines: Callable[..., list[TextLine]]
) -> None:
    found = figures_of(read_narrative(make_lines(*lines)).sentences)
    assert [str(f.value) for f in found] == figures


def test_both_ends_of_a_range_know_it() -> None:
    printed = "办理时间为3至5个工作日，占20%-30%。"
    found = figures_in(Sentence(0, 0, (), printed, clean(printed), Place()))
    assert [f.note for f in found] == ["3至5个工作日"] * 2 + ["20%-30%"] * 2


def test_a_fraction_without_a_decimal_has_no_value() -> None:
    (third,) = figures_in(Sentence(0, 0, (), "三分之一", "三分之一", Place()))
    assert (third.value, third.status) == (None, Status.TEXT)


@pytest.mark.parametrize(
    ("printed", "subjects"),
    [
        ("表扬12家单位、36名同志。", ["单位", "同志"]),
        ("满意度由92.1%升至97.4%。", ["满意度", "满意度，升至"]),
        ("投资3.5亿元的项目5个。", ["投资", "项目"]),
        ("“三公”经费下降4.6%。", ["“三公”经费下降"]),
        ("2022年为12件。", [None]),
    ],
)
def test_what_is_counted(printed: str, subjects: list[str | None]) -> None:
    found = figures_in(Sentence(0, 0, (), printed, clean(printed), Place()))
    assert [f.subject for f in found] == subjects
