"""Search text: what is folded, what is kept, and the way back to the print."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.normalise import clean, fold_label, normalise, readable


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("", ""),
        (" \n\t", ""),
        # traditional script, readings that a converter left
        ("規(guī)章", "规章"),
        ("規（guī）章", "规章"),
        ("規(gui)章", "规章"),
        ("規(gui\u0304)章", "规章"),
        ("報(bào)告中數(shù)據(jù)", "报告中数据"),
        ("項(xiàng)目經(jīng)復(fù)議", "项目经复议"),
        ("圓滿完成了", "圆满完成了"),
        # what only looks like a reading
        ("甲(jia)乙", "甲乙"),
        ("文件(file)", "文件(file)"),
        ("規(abc)章", "规(abc)章"),
        ("A(a)", "A(a)"),
        ("ESG(環境)", "ESG(环境)"),
        # width
        ("１２３４件", "1234件"),
        ("（一）：，", "(一):,"),
        ("３，４５６", "3,456"),
        ("ＡＢＣ", "ABC"),
        # compatibility letters and radicals of PDF text layers
        ("⼀⽂⾏", "一文行"),
        ("⺠⻅⻓⻔⻋⻚", "民见长门车页"),
        ("⾃然⼈、⺠办", "自然人、民办"),
        ("㈠", "(一)"),
        ("⒈", "1."),
        # a raised or circled digit is no digit of the number before it
        ("18①", "18①"),
        ("5²", "5²"),
        # white space
        ("2023 年 , 全 市", "2023年,全市"),
        ("自\u3000然\u00a0人", "自然人"),
        ("open  data", "open data"),
        ("34 290", "34 290"),
        ("a&nbsp;b", "a b"),
        ("规&nbsp;章", "规章"),
        ("1&nbsp;2", "1 2"),
        # what cannot be seen
        ("规\u200b章\ufeff", "规章"),
        ("规\u00ad章\x00", "规章"),
        # quotes and dashes
        ("「三安全一穩定」", "“三安全一稳定”"),
        ("−3", "-3"),
        ("－", "-"),
    ],
)
def test_clean(printed: str, expected: str) -> None:
    assert clean(printed) == expected


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "規(guī)",
                "章",
                " ",
                "\u200b",
                "１２",
                "a",
                "㈠",
                "&nbsp;",
                "⺠",
                "①",
                "\n",
                "…",
                "ﬁ",
                "\x00",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_offsets_lead_back_to_the_print(printed: str) -> None:
    search = normalise(printed)
    assert len(search.offsets) == len(search.text) + 1
    assert list(search.offsets) == sorted(search.offsets)
    assert search.offsets[-1] == len(printed)
    assert search.text == clean(printed)
    for i, letter in enumerate(search.text):
        if letter in "规章民①":
            assert clean(printed[search.offsets[i]]) == letter


@pytest.mark.parametrize(
    ("printed", "piece", "behind"),
    [
        ("  規(guī)章 18 件", "规章", "規(guī)章 "),
        ("规\u200b章１８件", "18", "１８"),
        ("㈠总体", "(一)", "㈠"),
        ("共18件", "件", "件"),
    ],
)
def test_printed_span(printed: str, piece: str, behind: str) -> None:
    search = normalise(printed)
    at = search.text.index(piece)
    start, end = search.printed_span(at, at + len(piece))
    assert printed[start:end] == behind
    assert search.printed_span(at, at) == (start, start)


@pytest.mark.parametrize(
    "printed",
    [
        "（三）不予公开",
        "(三)不予公开",
        "三、不予公开",
        "（三） 不 予 公 开：",
        "三.不予公開",
        "㈢不予公开",
        "| （三）不予公开 |",
        "**（三）不予公开**",
        "三，不予公开。",
    ],
)
def test_variants_of_a_label_fold_alike(printed: str) -> None:
    assert fold_label(printed) == "三.不予公开"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("", ""),
        ("3.危及“三安全一稳定”", "3.危及三安全一稳定"),
        ("３．危及「三安全一穩(wěn)定」", "3.危及三安全一稳定"),
        ("①属于国家秘密", "1.属于国家秘密"),
        ("1、属于国家秘密", "1.属于国家秘密"),
        ("⒈属于国家秘密", "1.属于国家秘密"),
        ("第二十条第（一）项", "第二十条第(一)项"),
        ("本年收费金额（单位：万元）", "本年收费金额(单位:万元)"),
        ("商业\n企业", "商业企业"),
        ("不予公开", "不予公开"),
        ("其他", "其他"),
    ],
)
def test_fold_label(printed: str, expected: str) -> None:
    assert fold_label(printed) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（三）不予公开", "（五）不予公开"),
        ("予以公开", "不予公开"),
        ("3.其他", "其他"),
        ("（七）总计", "总计"),
    ],
)
def test_different_labels_fold_apart(one: str, other: str) -> None:
    assert fold_label(one) != fold_label(other)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("", ""),
        (" 收到（含网络）18 件。 ", "收到（含网络）18 件。"),  # plain: as printed
        ("規(guī)章１８件", "规章18件"),
        ("规（guī）章 18 件", "规章18件"),
        ("收到 18 件申請", "收到18件申请"),
    ],
)
def test_readable(printed: str, expected: str) -> None:
    assert readable(printed) == expected
