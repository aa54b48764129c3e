"""Rows that are only known by the heading above them: no heading of the form, no figure of the form."""

from __future__ import annotations

import pytest

from ingest.forms import form_named
from ingest.readers.text.reader import TextReader
from ingest.tables import TablesRead, read_tables

_REVIEW = "四、行政复议数量|件|3"
_UPHELD, _CORRECTED = "（一）维持具体行政行为数|件|4", "（二）被依法纠错数|件|1"
_OTHERS = "（三）其他情形数|件|0"


def _read(form: str, rows: tuple[str, ...], layout: str) -> TablesRead | None:
    """Rows of cells with bars between them, printed in a layout."""
    mark = {"tab": "\t", "cells": "\n"}[layout]
    text = "\n".join(row.replace("|", mark) for row in rows)
    document = TextReader().read(text.encode(), "x.txt")
    return read_tables(document, (form_named(form),))


def _sheet(layout: str, *rows: str) -> dict[str, str]:
    read = _read("national-2014", ("统计指标|单位|统计数", *rows), layout)
    found = {f.key: f.text for f in read.figures if f.key} if read else {}
    return {key.removeprefix("sheet.").removesuffix(".count"): v for key, v in found.items()}


@pytest.mark.parametrize("layout", ["tab", "cells"])
@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((_REVIEW, _UPHELD, _CORRECTED, _OTHERS),
         {"reconsideration": "3", "reconsideration.upheld": "4", "reconsideration.corrected": "1",
          "reconsideration.other": "0"}),
        ((_REVIEW, "五、行政诉讼数量|件|5", "（一）维持具体行政行为或者驳回原告诉讼请求数|件|2", _CORRECTED),
         {"reconsideration": "3", "litigation": "5", "litigation.upheld": "2",
          "litigation.corrected": "1"}),
        ((_REVIEW, "五、行政诉讼案件|件|5", _UPHELD, _CORRECTED, _OTHERS), {"reconsideration": "3"}),
        ((_REVIEW, "行政诉讼案件|件|5", _UPHELD, _CORRECTED), {"reconsideration": "3"}),
        ((_REVIEW, _UPHELD, "行政诉讼案件|件|5", _CORRECTED, _OTHERS),
         {"reconsideration": "3", "reconsideration.upheld": "4"}),
        ((_REVIEW, "五、行政赔偿数量|件|5", _CORRECTED), {"reconsideration": "3"}),
        ((_REVIEW, "六、举报投诉数量|件|5", _CORRECTED), {"reconsideration": "3", "complaints": "5"}),
    ],
)  # fmt: skip
def test_reviews_and_lawsuits(layout: str, rows: tuple[str, ...], found: dict[str, str]) -> None:
    read = _sheet(layout, *rows)
    assert read == found


@pytest.mark.parametrize("layout", ["tab", "cells"])
def test_lawsuits_have_no_row_of_reviews(layout: str) -> None:
    read = _sheet(layout, _REVIEW, "五、行政诉讼数量|件|5", _UPHELD, _CORRECTED)
    assert read.items() <= {
        "reconsideration": "3", "litigation": "5", "litigation.corrected": "1"
    }.items()  # fmt: skip
    assert read["litigation"] == "5"


@pytest.mark.parametrize("layout", ["tab", "cells"])
def test_a_refused_row_is_told(layout: str) -> None:
    rows = ("统计指标|单位|统计数", _REVIEW, "五、行政诉讼案件|件|5", _UPHELD)
    read = _read("national-2014", rows, layout)
    assert read is not None
    kept = [f.row_path for f in read.figures if f.text == "4"]
    told = [w for w in read.warnings if w.code == "group-unconfirmed"]
    assert kept == [("(一)维持具体行政行为数",)] or (len(told) == 1 and "维持" in told[0].text)


_HEAD = (
    "申请人情况",
    "自然人|法人或其他组织|总计",
    "商业企业|科研机构|社会公益组织|法律服务机构|其他",
)
_ROW = "|1|2|3|4|5|6|21"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("（六）其他处理", "1.逾期不补正" + _ROW, "2.逾期不缴费" + _ROW, "3.其他" + _ROW), True),
        (("（六）其他处理", "4.其他" + _ROW), True),
        (("1.逾期不补正" + _ROW, "2.逾期不缴费" + _ROW, "3.其他" + _ROW), True),
        (("（四）无法提供", "3.补正后申请内容仍不明确" + _ROW, "4.其他" + _ROW), False),
        (("（三）不予公开", "8.属于行政查询事项" + _ROW, "3.其他" + _ROW), False),
        (("（五）不予处理", "2.重复申请" + _ROW, "3.其他" + _ROW), False),
    ],
)
def test_others_of_another_group(rows: tuple[str, ...], found: bool) -> None:
    read = _read("national-2021", (*_HEAD, *rows), "cells")
    assert read is not None
    assert ("t3.otherwise.other.total" in {f.key for f in read.figures}) is found
    assert ("group-unconfirmed" in {w.code for w in read.warnings}) is not found


@pytest.mark.parametrize(
    ("front", "label", "taken"),
    [
        # a cell that broke in two: its first line makes the label another one
        ("市本级行政", "规范性文件", False),
        ("上年", "行政规范性文件", False),
        ("示例", "行政规范性文件", False),
        ("拟定行政", "规范性文件", False),
        ("市本级", "行政规范性文件", False),
        ("其中县级", "行政规范性文件", False),
        # what may stand before a row
        ("行政", "规范性文件", True),
        ("单位：件", "行政规范性文件", True),
        ("- 3 -", "行政规范性文件", True),
    ],
)
def test_the_first_line_of_a_label(front: str, label: str, taken: bool) -> None:
    head = ("信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|2|0|11")
    last = "第二十条第（五）项", "信息内容|本年处理决定数量", "行政许可|5"
    read = _read("national-2021", (*head, front, label + "|18|3|40", *last), "cells")
    assert read is not None
    found = [f.text for f in read.figures if (f.key or "").startswith("t2.normative")]
    assert found == (["18", "3", "40"] if taken else [])
    assert ("row-unknown" in {w.code for w in read.warnings}) is not taken
