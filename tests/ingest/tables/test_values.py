"""The value cells of a grid row: what stands in the place of another value is never taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.forms import Form
from ingest.readers import Grid
from ingest.readers.rendition import Rendition, SourceCell
from ingest.tables.rows import Findings
from tests.ingest.tables.whole import read_grid

MakeGrid = Callable[..., Grid]

ARTICLE = "第二十条第（一）项"
HEAD = "信息内容|本年制发件数|本年废止件数|现行有效件数"
ONE = "信息内容|本年处理决定数量"
PACKED = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|申请人情况",
    "自然人|法人或其他组织|总计",
    "商业企业|科研机构|社会公益组织|法律服务机构|其他",
)
NEW = "一、本年新收政府信息公开申请数量"
OLD = "二、上年结转政府信息公开申请数量"


def _rows(findings: Findings) -> dict[str, list[str]]:
    return {r.row.key: [v.text for v in r.values] for r in findings.rows}


def _spanned(*rows: str) -> Grid:
    """Cells parted by bars; `text^2` covers two rows, a cell `^` is covered from above."""
    out = Rendition()
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row.split("|")):
            if text != "^":
                bare, _, down = text.partition("^")
                cells.append(SourceCell(r, c, bare, int(down or 1)))
    assert out.grid(cells)
    (grid,) = out.blocks
    assert isinstance(grid, Grid)
    return grid


# ── rows of unlike length: a blank at the end may be padding that slid into a lost cell's place ──


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        # truth: 2, blank, 15
        ([f"{ARTICLE}|||", HEAD, "规章|2|15||", "行政规范性文件|4|3|88"], "rules"),
        ([HEAD, "规章|2|15|", "行政规范性文件|4|3|88||", "行政许可|5"], "rules"),
        ([HEAD, "行政规范性文件|4|3|88", "规章|15|||||"], "rules"),
        ([*PACKED, f"{OLD}|1|2|3|4|5|6|21|||", f"{NEW}|1|2|3|4|5|15|"], "received"),
        ([*PACKED, f"{OLD}|1|2|3|4|5|6|21|", f"{NEW}|1|5|6||||"], "received"),
        # rows of one length, but padded behind the table's last column
        (
            [f"{HEAD}||", "规章|2|15|||", "行政规范性文件|4|3|88||", f"{ARTICLE}|||||"],
            "rules",
        ),
        (
            [
                f"{PACKED[0]}||||||||",
                f"{PACKED[1]}|||||||",
                f"{PACKED[2]}|||||",
                f"{OLD}|1|2|3|4|5|6|21||",
                f"{NEW}|1|2|3|5|6|17|||",
            ],
            "received",
        ),
    ],
)
def test_a_blank_at_the_end_may_be_padding(
    rows: list[str], key: str, make_grid: MakeGrid, form: Form
) -> None:
    findings = read_grid(make_grid(*rows), form)
    assert key not in _rows(findings)
    assert "row-width" in [w.code for w in findings.warnings]


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        # blanks in front of a value keep their place whatever the rows' lengths
        ([f"{ARTICLE}|", HEAD, "规章|2||15", "行政许可|5"], {"rules": ["2", "", "15"]}),
        # a blank row has nothing that could have moved
        ([f"{ARTICLE}|", HEAD, "规章|||", "行政许可|5"], {"rules": ["", "", ""]}),
        # rows of one length that ends with the table: the last cell is there, and is blank
        (
            [HEAD, "规章|2|15|", "行政规范性文件|4|3|88"],
            {"rules": ["2", "15", ""], "normative": ["4", "3", "88"]},
        ),
    ],
)
def test_a_blank_whose_place_is_known_is_blank(
    rows: list[str], read: dict[str, list[str]], make_grid: MakeGrid, form: Form
) -> None:
    assert _rows(read_grid(make_grid(*rows), form)) == read


# ── a value merged down over two rows is neither row's own ──


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([ONE, "行政处罚|82^2", "行政强制|^"], {}),
        ([ONE, "行政许可|5", "行政处罚|82^2", "行政强制|^"], {"licensing": ["5"]}),
        ([HEAD, "规章|2|0|11^2", "行政规范性文件|4|3|^"], {}),
        ([HEAD, "规章|2^2|0|11", "行政规范性文件|^|3|88"], {}),
        ([HEAD, "规章|2|/^2|11", "行政规范性文件|4|^|88"], {}),
        ([*PACKED, f"{OLD}|1|2|3|4|5|6^2|21", f"{NEW}|1|2|3|4|5|^|21"], {}),
        # as high as the row's label: one row that is drawn over two
        ([HEAD, "规章^2|2^2|0^2|11^2", "^|^|^|^"], {"rules": ["2", "0", "11"]}),
        ([HEAD, "规章^2|2^2|0^2|11^2"], {"rules": ["2", "0", "11"]}),
        # blank in both rows
        (
            [HEAD, "规章|2|^2|11", "行政规范性文件|4|^|88"],
            {"rules": ["2", "", "11"], "normative": ["4", "", "88"]},
        ),
    ],
)
def test_a_value_merged_over_rows(rows: list[str], read: dict[str, list[str]], form: Form) -> None:
    findings = read_grid(_spanned(*rows), form)
    assert _rows(findings) == read
    if not read:
        assert "row-width" in [w.code for w in findings.warnings]
