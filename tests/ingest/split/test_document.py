"""Several reports in one file: told apart, or not read at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest import read_report
from ingest.forms import Form
from ingest.metadata.find import Given
from ingest.model import Report

Values = dict[str, str]
Draw = Callable[..., tuple[Values, str]]
Split = Callable[..., tuple[Report, ...]]
LAYOUTS = ("cells", "padded", "unpadded", "tab", "markdown")


@pytest.fixture(scope="module")
def draw(make_values: Callable[..., Values], make_text: Callable[[Values, str], str]) -> Draw:
    """`draw(seed, layout, issuer, year)`: a report's values and its text."""

    def build(
        seed: int, layout: str = "padded", issuer: str = "甲市", year: int = 2023
    ) -> tuple[Values, str]:
        values = make_values(seed)
        text = make_text(values, layout).replace("某某市", issuer).replace("2023", str(year))
        return values, text

    return build


@pytest.fixture(scope="module")
def split() -> Split:
    return lambda text, name="x.txt", **given: read_report(text.encode(), name, Given(**given))


def _values(report: Report) -> Values:
    return {f.key: f.text for f in report.table_figures if f.key is not None}


def _codes(report: Report) -> set[str]:
    return {w.code for w in report.warnings}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_after_the_other(layout: str, draw: Draw, split: Split) -> None:
    first, one = draw(1, layout)
    second, two = draw(2, layout, "乙县教育局")
    third, three = draw(3, layout, "甲市", 2022)
    contents = (
        "年度报告汇编\n目录\n甲市2023年政府信息公开工作年度报告……1\n"
        "乙县教育局2023年政府信息公开工作年度报告\n甲市2022年政府信息公开工作年度报告\n"
    )
    text = contents + one + two + three
    reports = split(text)
    assert [(r.issuer, r.year) for r in reports] == [
        ("甲市", 2023),
        ("乙县教育局", 2023),
        ("甲市", 2022),
    ]
    assert [_values(r) for r in reports] == [first, second, third]
    assert [_codes(r) for r in reports] == [set()] * 3
    stem = reports[0].id.removesuffix("-1")
    assert [r.id for r in reports] == [f"{stem}-1", f"{stem}-2", f"{stem}-3"]
    # each has its own narrative, and its places count in the whole file
    for report in reports:
        assert any(f"{report.year}年1月1日" in s.text for s in report.sentences)
        for sentence in report.sentences:
            assert text[sentence.place.start : sentence.place.end] == sentence.printed
    assert {len(r.sentences) for r in reports} == {len(split(one)[0].sentences)}


def test_an_index_block_goes_with_the_title_below_it(draw: Draw, split: Split) -> None:
    _, one = draw(1)
    _, two = draw(2)
    two = two.replace("甲市2023年政府", "2022年政府", 1).replace("2023", "2022")
    block = (
        "上一篇：丙县2020年政府信息公开工作年度报告\n发布机构：丁县水务局 发文日期：2023-01-18\n"
    )
    first, second = split(one + block + two)
    assert (first.issuer, second.issuer, second.year) == ("甲市", "丁县水务局", 2022)


LINKS = "乙市2023年政府信息公开工作年度报告\n甲市2021年政府信息公开工作年度报告"
OWN = "甲市2023年政府信息公开工作年度报告"
DISTRICTS = """附：各县区情况
县区 | 本年新收政府信息公开申请数量 | 结转下年度继续办理
乙县 | 5 | 1
丙县 | 6 | 0

五、存在"""
TWO_YEARS = """信息内容 | 2022年 | 2023年
一、本年新收政府信息公开申请数量 | 5 | 6
二、上年结转政府信息公开申请数量 | 1 | 0
四、结转下年度继续办理 | 1 | 2

五、存在"""


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("links above", "", "上一篇：甲市2022年政府信息公开工作年度报告\n"),
        ("title thrice", "甲市2023年", f"{OWN}\n{OWN}_甲市\n甲市2023年"),
        ("a link in its midst", "三、收到", "甲市2022年政府信息公开工作年度报告\n三、收到"),
        ("a quoted title", "五、存在", "见《甲市2022年政府信息公开工作年度报告》。\n五、存在"),
        ("links below", "需要改进。", f"需要改进。\n相关链接\n{LINKS}"),
        ("running heads", "五、存在", f"{OWN}\n五、存在"),
        ("a list of districts", "五、存在", DISTRICTS),
        ("a table of two years", "五、存在", TWO_YEARS),
    ],
)
def test_one_report_stays_one(name: str, before: str, after: str, draw: Draw, split: Split) -> None:
    values, text = draw(1)
    if before:
        assert before in text
        text = text.replace(before, after, 1)
    else:
        text = after + text
    (report,) = split(text)
    assert (report.issuer, report.year) == ("甲市", 2023)
    assert _values(report) == values
    assert "several-reports" not in _codes(report)


def test_a_page_that_prints_its_report_twice_has_one(draw: Draw, split: Split) -> None:
    values, text = draw(1)
    (report,) = split(text + text)
    assert _values(report) == values and "row-twice" in _codes(report)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("name", "year"),
    [("same title", 2023), ("no title", 2023), ("back again", None), ("a tool's page", None)],
)
def test_what_cannot_be_told_apart_gives_no_figure(
    name: str, year: int | None, layout: str, draw: Draw, split: Split
) -> None:
    _, one = draw(1, layout)
    match name:
        case "same title":
            text = one + draw(2, layout)[1]
        case "no title":
            text = one + draw(2, layout)[1].split("\n", 1)[1]
        case "back again":
            text = one + draw(2, layout, "甲市", 2022)[1] + one
        case _:
            text = one + "重复率: 42%\n差异分析\n" + draw(2, layout, "甲市", 2022)[1]
    (report,) = split(text)
    assert report.figures == () and report.tables == ()
    assert "several-reports" in _codes(report)
    assert report.year == year
    assert ("year-unknown" in _codes(report)) is (year is None)
    assert report.sentences  # the text stays


def test_a_report_without_a_title_in_front_of_one_with(draw: Draw, split: Split) -> None:
    first, one = draw(1)
    second, two = draw(2, "padded", "乙市")
    third, three = draw(3, "padded", "丙市")
    (report,) = split(one.split("\n", 1)[1] + two)
    assert report.figures == () and "several-reports" in _codes(report)
    unnamed, *others = split(one.split("\n", 1)[1] + two + three)
    assert (unnamed.issuer, unnamed.year, _values(unnamed)) == (None, 2023, first)
    assert [(r.issuer, _values(r)) for r in others] == [("乙市", second), ("丙市", third)]


def _side_by_side(
    form: Form, draw_table: Callable[..., list[list[str]]], left: Values, right: Values, heads: str
) -> str:
    lines = ["甲市政府信息公开工作年度报告"]
    for n, table in enumerate(form.tables):
        rows = [draw_table(table, left), draw_table(table, right)]
        width = len(rows[0][0])
        if heads and n == 0:
            blanks = [""] * (width - 1)
            one, other = heads.split("|")
            lines.append("\t".join([one, *blanks, other, *blanks]))
        lines += ["\t".join([*a, *b]) for a, b in zip(*rows, strict=True)]
        lines.append("")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def draw_table(
    make_text: Callable[[Values, str], str], form: Form
) -> Callable[..., list[list[str]]]:
    """`draw_table(table, values)`: the rows of one table, blanks where a cell is merged."""

    def build(table: object, values: Values) -> list[list[str]]:
        at = form.tables.index(table)  # type: ignore[arg-type]
        parts = make_text(values, "tab").split("\n")
        starts = [i for i, line in enumerate(parts) if line[:2] in ("二、", "三、", "四、", "五、")]
        starts = [i for i in starts if "\t" not in parts[i]]
        return [line.split("\t") for line in parts[starts[at] + 1 : starts[at + 1]]]

    return build


@pytest.mark.parametrize(
    ("heads", "issuers", "years"),
    [
        ("2022年|2023年", ["甲市", "甲市"], [2022, 2023]),
        ("2023年度|2022年度", ["甲市", "甲市"], [2023, 2022]),
        ("甲县2022年政府信息公开工作年度报告|乙县2022年政府信息公开工作年度报告", ["甲县", "乙县"], [2022, 2022]),
    ],
)  # fmt: skip
def test_tables_side_by_side_under_their_years(
    heads: str,
    issuers: list[str],
    years: list[int],
    form: Form,
    make_values: Callable[..., Values],
    draw_table: Callable[..., list[list[str]]],
    split: Split,
) -> None:
    left, right = make_values(1), make_values(2)
    reports = split(_side_by_side(form, draw_table, left, right, heads))
    assert [r.issuer for r in reports] == issuers
    assert [r.year for r in reports] == years
    assert [_values(r) for r in reports] == [left, right]


@pytest.mark.parametrize("heads", ["", "2022年|2022年", "上年|本年"])
def test_tables_side_by_side_without_years_give_no_figure(
    heads: str,
    form: Form,
    make_values: Callable[..., Values],
    draw_table: Callable[..., list[list[str]]],
    split: Split,
) -> None:
    text = _side_by_side(form, draw_table, make_values(1), make_values(2), heads)
    (report,) = split(text)
    assert report.figures == () and "several-reports" in _codes(report)


def _interleaved(one: str, two: str, labels: tuple[str, str], swap: bool) -> str:
    """Two reports, part by part, each part under the label of its year; 四 the other way round."""
    title, *first = _by_part(one)
    other, *second = _by_part(two)
    out = [title.split("\n")[0], other.split("\n")[0], "总体重复率: 42%"]
    for n, (a, b) in enumerate(zip(first, second, strict=True)):
        head, own = a.split("\n", 1)
        pieces = [f"{labels[0]}\n{own}", f"{labels[1]}\n{b.split(chr(10), 1)[1]}"]
        out += [head, *(reversed(pieces) if swap and n == 3 else pieces), "差异分析"]
    return "\n".join(out)


def _by_part(text: str) -> list[str]:
    parts: list[list[str]] = [[]]
    for line in text.strip().split("\n"):
        if line[1:2] == "、" and "|" not in line and "\t" not in line and len(line) < 30:
            parts.append([])
        parts[-1].append(line)
    return ["\n".join(p) for p in parts]


def test_reports_interleaved_under_the_labels_of_their_years(draw: Draw, split: Split) -> None:
    first, one = draw(1, "padded", "甲市", 2022)
    second, two = draw(2, "padded", "甲市", 2023)
    text = _interleaved(one, two, ("【2022年】", "【2023年】"), swap=True)
    reports = split(text)
    assert [(r.issuer, r.year) for r in reports] == [("甲市", 2022), ("甲市", 2023)]
    assert [_values(r) for r in reports] == [first, second]
    (report,) = split(_interleaved(one, two, ("【旧】", "【新】"), swap=True))
    assert report.figures == () and "several-reports" in _codes(report)


def test_a_part_of_another_year_inside_a_report_is_not_taken_for_its_own(
    draw: Draw, split: Split
) -> None:
    _, one = draw(1, "padded", "甲市", 2022)
    _, two = draw(2, "padded", "甲市", 2023)
    (report,) = split(one.replace("四、政府", "2023年\n四、政府") + two)
    assert report.figures == () and "several-reports" in _codes(report)


@pytest.mark.parametrize("tag", ["br", "p"])
def test_columns_of_a_page(tag: str, draw: Draw, split: Split) -> None:
    first, one = draw(1, "cells", "甲市", 2022)
    second, two = draw(2, "cells", "甲市", 2023)
    if tag == "br":
        cells = [t.replace("\n", "<br>") for t in (one, two)]
    else:
        cells = ["".join(f"<p>{line}</p>" for line in t.split("\n")) for t in (one, two)]
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    reports = split(f"<html><body><table><tr>{row}</tr></table></body></html>", "x.html")
    assert [(r.issuer, r.year) for r in reports] == [("甲市", 2022), ("甲市", 2023)]
    assert [_values(r) for r in reports] == [first, second]


def test_what_is_given_fills_the_gaps_of_several_reports_only(draw: Draw, split: Split) -> None:
    _, one = draw(1)
    _, two = draw(2, "padded", "乙市")
    reports = split(one + two, issuer="丙市", year=2020)
    assert [(r.issuer, r.year) for r in reports] == [("甲市", 2023), ("乙市", 2023)]
    (report,) = split(one, issuer="丙市", year=2020)
    assert (report.issuer, report.year, report.level) == ("丙市", 2020, "市")
