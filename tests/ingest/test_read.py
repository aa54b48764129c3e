"""Whole reports: drawn, read back, and mutilated. A wrong figure never comes out without a word."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ingest import read_report, reader_version
from ingest.errors import ReadError, UnreadableFile, UnsupportedFile
from ingest.forms import Form
from ingest.model import Report
from ingest.numbers import looks_like_value

Values = dict[str, str]
Read = Callable[..., Report]
MakeValues = Callable[..., Values]
MakeText = Callable[[Values, str], str]
Wrong = Callable[[Report, Values], list[str]]
Codes = Callable[[Report], set[str]]

LAYOUTS = ("cells", "padded", "unpadded", "tab", "markdown")
SEEDS = st.integers(0, 2**32)
MOST = st.sampled_from([1, 9, 1_000, 20_000_000])
quick = settings(deadline=None, derandomize=True, database=None)
TITLE = "某某市2023年政府信息公开工作年度报告"


@settings(quick, max_examples=25)
@given(seed=SEEDS, most=MOST, layout=st.sampled_from(LAYOUTS))
def test_a_drawn_report_is_read_back_exactly(
    seed: int,
    most: int,
    layout: str,
    make_values: MakeValues,
    make_text: MakeText,
    read: Read,
) -> None:
    values = make_values(seed, most)
    report = read(make_text(values, layout))
    assert {f.key: f.text for f in report.table_figures} == values
    assert {f.key: f.value for f in report.table_figures} == {k: int(v) for k, v in values.items()}
    assert report.warnings == () and report.findings == ()


@settings(quick, max_examples=10)
@given(seed=SEEDS, layout=st.sampled_from(("padded", "unpadded", "tab", "markdown")))
def test_marks_and_blanks_stay_where_they_are_printed(
    seed: int,
    layout: str,
    make_values: MakeValues,
    make_text: MakeText,
    read: Read,
) -> None:
    dice = random.Random(seed)
    values = make_values(seed, 900)
    # the last column is spared: behind it, a blank and padding look alike
    for key in dice.sample(
        sorted(k for k in values if k.startswith("t3.") and "total" not in k), 9
    ):
        values[key] = dice.choice(["", "/", "—", "１２", "1,234"])
    report = read(make_text(values, layout))
    assert {f.key: f.text for f in report.table_figures} == values


def _mutate(lines: list[str], what: str, i: int, j: int) -> list[str]:
    out = list(lines)
    match what:
        case "drop":
            del out[i]
        case "duplicate":
            out.insert(i, out[i])
        case "swap":
            out[i], out[j] = out[j], out[i]
    return out


@settings(quick, max_examples=160, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    seed=SEEDS,
    most=MOST,
    what=st.sampled_from(["drop", "duplicate", "swap"]),
    i=st.integers(3, 286),
    far=st.one_of(st.just(1), st.integers(1, 60)),
)
def test_one_line_lost_doubled_or_swapped_never_shifts_a_column_unsaid(
    seed: int,
    most: int,
    what: str,
    i: int,
    far: int,
    make_values: MakeValues,
    make_text: MakeText,
    read: Read,
    wrong: Wrong,
) -> None:
    values = make_values(seed, most)
    lines = make_text(values, "cells").splitlines()
    j = min(i + far, len(lines) - 1)
    if what == "swap":
        # two values changing places inside 表二 or 表四 leave every sum as it was: such a report
        # prints these figures, and no reader can know better
        first_of_t3 = next(n for n, line in enumerate(lines) if line.startswith("三、收到"))
        assume(not looks_like_value(lines[i]) or first_of_t3 < i < len(lines) - 22)
        assume(lines[i] != lines[j])
    report = read("\n".join(_mutate(lines, what, i, j)))
    if wrong(report, values):
        assert report.warnings or any(f.code == "identity" for f in report.findings)
    missing = 200 - len({f.key for f in report.table_figures})
    if missing:
        assert report.warnings


@settings(quick, max_examples=60)
@given(
    seed=SEEDS,
    most=MOST,
    layout=st.sampled_from(("padded", "unpadded", "tab", "markdown")),
    where=st.integers(0, 10_000),
    what=st.sampled_from(["drop", "insert", "split"]),
)
def test_one_cell_lost_or_pushed_in_never_shifts_its_row(
    seed: int,
    most: int,
    layout: str,
    where: int,
    what: str,
    make_values: MakeValues,
    make_text: MakeText,
    read: Read,
    wrong: Wrong,
) -> None:
    values = make_values(seed, most)
    lines = make_text(values, layout).splitlines()
    bar = "\t" if layout == "tab" else " | "
    rows = [n for n, line in enumerate(lines) if any(map(looks_like_value, line.split(bar)))]
    row = rows[where % len(rows)]
    cells = lines[row].split(bar)
    at = [n for n, cell in enumerate(cells) if looks_like_value(cell)]
    cell = at[where % len(at)]
    match what:
        case "drop":
            del cells[cell]
        case "insert":
            cells.insert(cell, "5")
        case "split":
            cells[cell : cell + 1] = [cells[cell][:1], cells[cell][1:] or "0"]
    lines[row] = bar.join(cells)
    report = read("\n".join(lines))
    if layout == "markdown" and what != "split" and len(at) == 3 and len(set(cells[1:4])) == 1:
        return  # a merged cell, repeated; one copy less says the same
    assert wrong(report, values) == []
    assert report.warnings


CUTS: list[tuple[str, str, str, str]] = [
    # what happens to the cells of a report, the lines, what becomes of them, the warning
    ("a value is lost", "规章\n{made}\n", "规章\n", "row-width"),
    ("a value is doubled", "规章\n{made}\n", "规章\n{made}\n{made}\n", "row-width"),
    ("a page number falls in", "规章\n{made}\n", "规章\n{made}\n- 3 -\n", "row-width"),
    ("a number breaks in two", "行政许可\n{licence}\n", "行政许可\n1\n{licence}\n", "row-width"),
    ("a row label is lost", "行政许可\n", "", "row-missing"),
    ("a header is lost", "现行有效件数\n", "", "header-unconfirmed"),
    (
        "headers swap",
        "本年废止件数\n现行有效件数",
        "现行有效件数\n本年废止件数",
        "header-unconfirmed",
    ),
    ("a column more", "本年废止件数\n", "本年废止件数\n上年项目数量\n", "header-unconfirmed"),
    ("applicants swap", "商业企业\n科研机构", "科研机构\n商业企业", "header-unconfirmed"),
    (
        "a row twice, unlike",
        "行政许可\n{licence}\n",
        "行政许可\n{licence}\n行政许可\n9\n",
        "row-conflict",
    ),
    ("a row twice, alike", "行政许可\n{licence}\n", "行政许可\n{licence}\n" * 2, "row-twice"),
    ("results swap", "尚未审结\n总计", "总计\n尚未审结", "table-missing"),
    ("a heading of 表四 is lost", "复议后起诉\n", "", "table-missing"),
    ("a word where a number stands", "行政许可\n{licence}\n", "行政许可\n若干\n", "row-missing"),
    ("an unknown row", "行政处罚\n", "行政检查\n77\n行政处罚\n", "unplaced-line"),
]


@pytest.mark.parametrize(("name", "before", "after", "code"), CUTS, ids=[c[0] for c in CUTS])
def test_a_mutilated_report_gives_no_wrong_figure_and_says_why(
    name: str,
    before: str,
    after: str,
    code: str,
    make_values: MakeValues,
    make_text: MakeText,
    read: Read,
    wrong: Wrong,
    codes: Codes,
) -> None:
    values = make_values()
    parts = {"made": values["t2.rules.made"], "licence": values["t2.licensing.decisions"]}
    text = make_text(values, "cells")
    old, new = before.format(**parts), after.format(**parts)
    assert old in text
    report = read(text.replace(old, new))
    assert wrong(report, values) == []
    assert code in codes(report)


def test_labels_that_changed_places_are_said_though_every_sum_holds(
    make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes
) -> None:
    text = make_text(make_values(), "cells")
    swapped = text.replace("1.属于国家秘密", "@").replace(
        "2.其他法律行政法规禁止公开", "1.属于国家秘密"
    )
    report = read(swapped.replace("@", "2.其他法律行政法规禁止公开"))
    assert "row-order" in codes(report)


def test_a_table_printed_twice_with_other_values_is_not_guessed(
    make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes
) -> None:
    first, second = make_text(make_values(1), "cells"), make_text(make_values(2), "cells")
    report = read(first + second)
    assert [f for f in report.table_figures if f.table == "t4"] == []
    assert {"row-conflict", "table-missing"} <= codes(report)


def test_an_index_block_gives_no_figure(
    make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes
) -> None:
    text = make_text(make_values(), "padded")
    front = "索 引 号 | 014416330/2018-04736 | 分 类 | 综合政务 |\n"
    report = read(front + text)
    assert len(report.table_figures) == 200
    assert codes(report) == set()


def test_a_foreign_table_is_read_by_its_own_headers(
    make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes
) -> None:
    text = make_text(make_values(), "padded")
    foreign = (
        "（二）申请渠道\n表1 各渠道申请情况（单位：件）\n"
        "渠道 | 2022年 | 2023年 |\n网络 | 30 | 41 |\n信函 | 5 | 0 |\n\n"
    )
    report = read(text.replace("二、主动公开", foreign + "二、主动公开", 1))
    assert len([f for f in report.table_figures if f.key]) == 200
    assert codes(report) == set()
    general = [f for f in report.table_figures if f.table == "g1"]
    assert [(f.row_path, f.column_path, f.text, f.unit, f.key) for f in general] == [
        (("网络",), ("2022年",), "30", "件", None),
        (("网络",), ("2023年",), "41", "件", None),
        (("信函",), ("2022年",), "5", "件", None),
        (("信函",), ("2023年",), "0", "件", None),
    ]
    (table,) = [t for t in report.tables if t.id == "g1"]
    assert table.caption == "表1 各渠道申请情况（单位：件）" and table.form is None
    assert table.section[-1] == "(二)申请渠道" and table.unit == "件"


def test_a_box_around_a_paragraph_is_prose(read: Read) -> None:
    text = f"{TITLE}\n一、总体情况\n| 全年收到申请1499件。 |\n|---|\n其中网络1303件。\n"
    said = [s.text for s in read(text).sentences]
    assert said[-2:] == ["全年收到申请1499件。", "其中网络1303件。"]


def test_a_label_where_a_value_belongs_costs_the_row(
    make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes, wrong: Wrong
) -> None:
    values = make_values()
    text = make_text(values, "unpadded")
    line = f"行政许可 | {values['t2.licensing.decisions']} |"
    assert line in text
    report = read(text.replace(line, "行政许可 | 第二十条第（六）项 |"))
    assert "t2.licensing.decisions" not in {f.key for f in report.figures}
    assert wrong(report, values) == [] and "label-as-value" in codes(report)


@pytest.mark.parametrize(("year", "name"), [(2020, "national-2019"), (2023, "national-2021")])
def test_the_year_tells_forms_apart_that_print_a_table_alike(
    year: int, name: str, make_values: MakeValues, make_text: MakeText, read: Read
) -> None:
    text = make_text(make_values(), "cells").replace("2023", str(year))
    alone = text[: text.index("二、主动公开")] + text[text.index("四、政府信息公开行政复议") :]
    report = read(alone)
    assert report.form == name
    assert {f.table for f in report.table_figures} == {"t4"}


def test_an_unknown_row_of_a_delimited_table_is_said(
    make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes
) -> None:
    text = make_text(make_values(), "padded")
    report = read(text.replace("行政处罚 |", "行政检查 | 77 |  |  |\n行政处罚 |"))
    assert len(report.table_figures) == 200
    assert codes(report) == {"row-unknown"}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_the_encoding_changes_no_figure(
    layout: str, encoding: str, make_values: MakeValues, make_text: MakeText, read: Read
) -> None:
    values = make_values()
    report = read(make_text(values, layout).encode(encoding))
    assert {f.key: f.text for f in report.table_figures} == values
    guessed = [w.code for w in report.warnings]
    assert guessed == (["encoding-guessed"] if encoding.startswith("gb") else [])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_script_readings_and_width_change_no_figure(
    layout: str, make_values: MakeValues, make_text: MakeText, read: Read
) -> None:
    values = make_values()
    text = make_text(values, layout)
    for plain, ugly in [
        ("规章", "規(guī)章"),
        ("处", "處"),
        ("行政复议", "⾏政復(fù)議"),
        ("总计", "總計"),
        ("（", "("),
        ("民", "⺠"),
        ("：", ":"),
    ]:
        text = text.replace(plain, ugly)
    digits = str.maketrans("0123456789", "０１２３４５６７８９")
    report = read(text.translate(digits))
    assert {f.key: str(f.value) for f in report.table_figures} == values


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", UnreadableFile, "no text"),
        (b"\xef\xbb\xbf", UnreadableFile, "no text"),
        (" \n\t\n　".encode(), UnreadableFile, "no text"),
        (b"%PDF-1.7\n%\xe2\xe3", UnreadableFile, "broken PDF"),
        (b"PK\x03\x04rest", UnsupportedFile, "x.txt"),
        (b"\xd0\xcf\x11\xe0rest", UnsupportedFile, "x.txt"),
        (b"<!DOCTYPE html><html>", UnreadableFile, "no text"),
        (TITLE.encode() + b"\n" * 5000 + b"\0", UnreadableFile, "NUL"),
        (b"\xff\xfea", UnreadableFile, "utf-16"),
        ("今天天气很好，去买菜。\n" * 20, UnreadableFile, "no report"),
        (b"name,price\nfish,12\n", UnreadableFile, "no report"),
    ],
)
def test_what_is_no_report_is_refused_by_name(
    data: bytes | str, error: type[ReadError], words: str
) -> None:
    raw = data.encode() if isinstance(data, str) else data
    with pytest.raises(error, match=r"x\.txt") as caught:
        read_report(raw, "x.txt")
    assert words in str(caught.value)


def test_a_report_without_tables_keeps_its_prose_and_says_so(read: Read, codes: Codes) -> None:
    report = read(f"{TITLE}\n一、总体情况\n全年收到申请1499件。其中，网络申请1303件，占86.92%。")
    assert codes(report) == {"no-form-table"}
    assert [str(f.value) for f in report.figures] == ["1499", "1303", "86.92"]
    assert report.form is None and report.tables == ()


def test_the_same_bytes_read_the_same_twice(make_values: MakeValues, make_text: MakeText) -> None:
    data = make_text(make_values(), "padded").encode()
    assert read_report(data, "a.txt") == read_report(data, "a.txt")
    (one,), (other,) = read_report(data, "a.txt"), read_report(data, "b.txt")
    assert one.id == other.id and one.source != other.source


def test_the_reader_version_names_reader_and_forms(form: Form) -> None:
    version = reader_version("文".encode(), "a.txt")
    assert version.startswith("text-") and form.name in version


def test_a_name_that_is_a_path_of_chinese_letters(
    make_values: MakeValues, make_text: MakeText, tmp_path: Path
) -> None:
    path = tmp_path / "某某市 2023年（终稿）.txt"
    path.write_text(make_text(make_values(), "tab"), encoding="utf-8")
    (report,) = read_report(path.read_bytes(), path.name)
    assert report.source == path.name and len(report.table_figures) == 200


def test_a_damaged_table_of_a_form_is_no_general_table(read: Read, codes: Codes) -> None:
    head = "| 申请人 | 科研机构 | 自然人 | 商业企业 | 其他 |"
    rows = ["（一）予以公开", "（二）部分公开", "1.属于国家秘密", "四、结转下年度继续办理"]
    lines = [head, "|---|---|---|---|---|", *(f"| {row} | 1 | 2 | 3 | 4 |" for row in rows)]
    report = read(TITLE + "\n一、总体情况\n全年工作平稳。\n" + "\n".join(lines))
    assert report.table_figures == () and "table-unread" in codes(report)
