"""Where the columns of a form stand: two heads side by side are never one column."""

from __future__ import annotations

import pytest

from ingest.forms import form_named
from ingest.readers import Document
from ingest.readers.rendition import Rendition, SourceCell
from ingest.tables import read_tables

_CORNER = "信息内容"
_DECISIONS = "本年处理决定数量"


def _keyed(name: str, *cells: SourceCell) -> dict[str, str]:
    made = Rendition()
    made.grid(cells)
    read = read_tables(Document("x.xlsx", made.text, tuple(made.blocks)), (form_named(name),))
    return {f.key: f.text for f in read.figures if f.key} if read else {}


def _rows(*rows: str) -> list[SourceCell]:
    return [
        SourceCell(r, c, text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("|"))
    ]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        # the other year beside this one; the same head twice; a spelling of the same head
        ("national-2021", (f"{_CORNER}|上年处理决定数量|{_DECISIONS}", "行政许可|400|")),
        ("national-2021", (f"{_CORNER}|{_DECISIONS}|上年处理决定数量", "行政许可||400")),
        ("national-2021", (f"{_CORNER}|{_DECISIONS}|{_DECISIONS}", "行政许可|400|")),
        ("national-2021", (f"{_CORNER}|{_DECISIONS}|处理决定数量", "行政许可||400")),
        ("national-2021", (f"{_CORNER}|{_DECISIONS}|本年处理决定数", "行政许可|400|400")),
        ("national-2021", (f"{_CORNER}|本年制发件数|制发件数|本年废止件数|现行有效件数", "规章|4||1|9")),
        ("national-2019", (f"{_CORNER}|采购项目数量|采购金额|采购总金额", "政府集中采购|5|12|")),
        ("national-2014", ("统计指标|单位|统计数|数量", "（一）召开政府信息公开工作会议或专题会议数|次|5|")),
        ("national-2014", ("统计指标|单位|2016年统计数|2017年统计数",
                           "（一）召开政府信息公开工作会议或专题会议数|次|12|")),
    ],
)  # fmt: skip
def test_two_heads_of_one_column(name: str, rows: tuple[str, ...]) -> None:
    assert _keyed(name, *_rows(*rows)) == {}


@pytest.mark.parametrize("tall", [1, 2])
def test_one_head_over_two_grid_columns(tall: int) -> None:
    cells = (
        SourceCell(0, 0, _CORNER, tall),
        SourceCell(0, 1, _DECISIONS, tall, 2),
        SourceCell(tall, 0, "行政许可"),
        SourceCell(tall, 1, "400", 1, 2),
    )
    assert _keyed("national-2021", *cells) == {"t2.licensing.decisions": "400"}
