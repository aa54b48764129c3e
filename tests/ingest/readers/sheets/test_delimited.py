"""CSV and TSV: what is one, what is none, and a report in one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.model import Report
from ingest.read import read_report
from ingest.readers import Document, reader_for
from ingest.readers.sheets.delimited import DelimitedReader

Values = dict[str, str]
TITLE = "某某市2023年政府信息公开工作年度报告"
PROSE = "2023年，全市认真做好政府信息公开工作，统计期限为2023年1月1日至12月31日。"
SECTIONS = ("二、主动公开情况", "三、收到和处理申请情况", "四、行政复议、行政诉讼情况")


@pytest.fixture(scope="session")
def write(draw_tables: Callable[[Values], list[list[list[object]]]]) -> Callable[..., str]:
    """`write(values, delimiter)`: a report as a spreadsheet program saves it."""

    def build(values: Values, delimiter: str = ",") -> str:
        rows: list[list[str]] = [[TITLE], ["一、总体情况"], [PROSE]]
        for section, grid in zip(SECTIONS, draw_tables(values), strict=True):
            rows += [[], [section], *([c.text if c.origin else "" for c in row] for row in grid)]  # type: ignore[attr-defined]
        width = max(map(len, rows))
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        writer.writerows(row + [""] * (width - len(row)) for row in rows)
        return out.getvalue()

    return build


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_any_values_blanks_and_marks_are_read_back_exactly_or_refused(
    data: st.DataObject, write: Callable[..., str], make_values: Callable[..., Values]
) -> None:
    values = make_values(data.draw(st.integers(0, 999)), data.draw(st.sampled_from([1, 90, 99999])))
    for key in data.draw(st.lists(st.sampled_from(sorted(values)), max_size=8)):
        values[key] = data.draw(st.sampled_from(["", "/", "—", "１２", "1,234", "18件", "略"]))
    delimiter = data.draw(st.sampled_from([",", ";", "\t"]))
    encoding = data.draw(st.sampled_from(["utf-8-sig", "gb18030", "utf-16"]))
    raw = write(values, delimiter).encode(encoding)
    (report,) = read_report(raw, "x.csv" if delimiter != "\t" else "x.tsv")
    found = {f.key: f.text for f in report.table_figures if f.note_of is None}
    assert {k: v for k, v in found.items() if v != values[k]} == {}
    assert found == values or report.warnings


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_report_is_read_whole(
    delimiter: str,
    write: Callable[..., str],
    read: Callable[..., Report],
    make_values: Callable[..., Values],
) -> None:
    values = make_values()
    values["t2.rules.made"] = "18(含新制发4件,修改14件)"
    values["t2.licensing.decisions"] = "11,337,464"
    text = write(values, delimiter)
    report = read(text, "x.csv")
    found = {f.key: f.text for f in report.table_figures if f.note_of is None}
    assert found == values
    assert (report.issuer, report.year) == ("某某市", 2023)
    assert [s.printed for s in report.sentences if s.printed != TITLE] == [PROSE]
    assert report.warnings == ()
    source = text.replace("\r\n", "\n")
    for figure in report.table_figures:
        if figure.note_of is None:
            assert source[figure.place.start : figure.place.end] == figure.text
            assert figure.place.line == source[: figure.place.start].count("\n") + 1


TABLE = "甲,乙,丙\n丁,1,2\n戊,3,4\n己,5,6\n庚,7,8\n"


@pytest.mark.parametrize(
    ("text", "name", "accepted"),
    [
        (TABLE, "x.txt", True),
        (TABLE.replace(",", ";"), "x.bin", True),
        (TABLE.replace(",", "\t"), "x.txt", False),  # the text reader's
        (TABLE.replace(",", "\t"), "x.tsv", True),
        (TABLE.replace(",", "，"), "x.csv", True),
        ("甲,乙\n丙,1\n", "x.txt", False),
        ("甲,乙\n丙,1\n", "x.csv", True),
        ("sep=;\n甲;乙\n丙;1\n", "x.csv", True),
        # prose
        ("全市收到申请3607件,增长70.3%,其中自然人3493件。\n" * 9, "x.txt", False),
        ("一、总体情况\n2023年,全市,公开\n规章\n2\n0\n11\n", "x.txt", False),
        ("规章 | 1,234 | 2,345 | 3,456\n" * 9, "x.txt", False),
        ("规章 1,234 2,345 3,456\n" * 9, "x.txt", False),
        ("规章\t1,234\t2,345\t3,456\n" * 9, "x.txt", False),
        ("1,234\n2,345\n3,456\n4,567\n5,678\n", "x.txt", False),
        ("1,234,567\n2,345,678\n" * 5, "x.txt", False),
        ("<html><body><table><tr><td>1,2,3</td></tr></table></body></html>", "x.csv", False),
        ("", "x.txt", False),
    ],
)
def test_what_is_a_table_in_text(text: str, name: str, accepted: bool) -> None:
    data = text.encode()
    assert DelimitedReader().accepts(data, name) is accepted
    assert isinstance(reader_for(data, name), DelimitedReader) is accepted


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ('甲,乙\n丙,"34,290"\n', [[["甲", "乙"], ["丙", "34,290"]]]),
        ('甲,乙\n"丙\n丁","说""好"""\n', [[["甲", "乙"], ["丙\n丁", '说"好"']]]),
        ('甲,乙\n丙,ab"c"\n', [[["甲", "乙"], ["丙", 'ab"c"']]]),
        ("甲,乙\n 丙 , 1 \n", [[["甲", "乙"], ["丙", "1"]]]),
        ("甲;乙\n丙;1,5\n", [[["甲", "乙"], ["丙", "1,5"]]]),
        ("sep=;\n甲;乙\n丙;1\n", [[["甲", "乙"], ["丙", "1"]]]),
        ("甲，乙\n丙，1\n", [[["甲", "乙"], ["丙", "1"]]]),
        ("一、总体情况,\n甲,乙\n丙,1\n,\n丁,戊\n己,2\n",
         ["一、总体情况", [["甲", "乙"], ["丙", "1"]], [["丁", "戊"], ["己", "2"]]]),
        ("甲,乙\n丙,1\n,\n己,2\n", [[["甲", "乙"], ["丙", "1"], ["己", "2"]]]),
        ("甲,乙,丙\n丁,1\n", [[["甲", "乙", "丙"], ["丁", "1"]]]),
        ('标题\n"第一段长长长长长长长长长长长长长长长长长长长长长长长。\n第二段。",\n甲,1\n',
         ["标题", "第一段长长长长长长长长长长长长长长长长长长长长长长长。", "第二段。", [["甲", "1"]]]),
    ],
)  # fmt: skip
def test_rows(
    text: str, blocks: list[object], shown: Callable[[Document], list[str | list[list[str]]]]
) -> None:
    read = DelimitedReader().read(text.encode(), "x.csv")
    plain = read.blocks
    if '""' in text:  # a cell with a quote in it is longer in the file than on the page
        cells = [c.text for row in plain[0].rows for c in row]  # type: ignore[union-attr]
        assert cells == [c for row in blocks[0] for c in row]  # type: ignore[attr-defined]
    else:
        assert shown(read) == blocks


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "holds no text"),
        (b"\xef\xbb\xbf \r\n", "holds no text"),
        (b"a,b\0\n", "NUL"),
        (("甲," + "乙" * 200_000).encode(), "no row of cells"),
        (("1," * 99 + "1\n").encode() * 6, "more than 500 cells"),
    ],
)
def test_bad_files_are_one_line(data: bytes, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.sheets.delimited._MOST_CELLS", 500)
    with pytest.raises(UnreadableFile, match=message) as caught:
        DelimitedReader().read(data, "x.csv")
    assert str(caught.value).startswith("x.csv: ") and "\n" not in str(caught.value)
