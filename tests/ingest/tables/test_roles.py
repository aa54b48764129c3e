"""Which rows and columns of a table are headers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.readers import Grid
from ingest.tables.pairs import pairs_of
from ingest.tables.roles import blocks_of, is_contact_head, is_ordinal_head

MakeGrid = Callable[..., Grid]

# rows → top, first, end and left of each block, and its titles
BLOCKS: list[tuple[tuple[str, ...], list[tuple[int, int, int, int, set[int]]]]] = [
    (("渠道|收到|办结", "网络|5|4", "信函|1|1"), [(0, 1, 3, 1, set())]),
    (("渠道|收到|办结", "网络|无|无", "信函|1|1"), [(0, 1, 3, 1, set())]),
    (("渠道|收到|办结", "邮寄||", "网络|5|4"), [(0, 1, 3, 1, {1})]),
    (("渠道|收到|办结", "网络|1|5", "信函|2|6", "当面|3|9"), [(0, 1, 4, 1, set())]),
    (("序号|渠道|收到", "1|网络|5", "2|信函|6"), [(0, 1, 3, 2, set())]),
    (("序号|渠道|收到", "1|网络|5", "4|信函|6", "合计||11"), [(0, 1, 4, 2, set())]),
    (("区县|受理|备注", "东区|2012|按时", "西区|1999|逾期"), [(0, 1, 3, 1, set())]),
    (("年份|受理", "2022|5", "2023|7"), [(0, 1, 3, 1, set())]),
    (("网络|5", "信函|4"), [(0, 0, 2, 1, set())]),
    (("甲|收|办", "东区|1|2", "乙|退|还", "东区|3|4"), [(0, 1, 2, 1, set()), (2, 3, 4, 1, set())]),
    (("各渠道情况|", "渠道|收到", "网络|5"), [(0, 2, 3, 1, {0})]),
    (("各渠道情况|", "网络|5", "信函|6"), [(0, 1, 3, 1, {0})]),
    (("一|二", "三|四"), []),
    (("一|二|三", "四|5"), []),
]


@pytest.mark.parametrize(("rows", "blocks"), BLOCKS)
def test_blocks(
    rows: tuple[str, ...], blocks: list[tuple[int, int, int, int, set[int]]], make_grid: MakeGrid
) -> None:
    found = [(b.top, b.first, b.end, b.left, set(b.titles)) for b in blocks_of(make_grid(*rows))]
    assert found == blocks


@pytest.mark.parametrize(
    ("head", "ordinal", "contact"),
    [
        ("序号", True, False),
        ("No.", True, False),
        ("统一社会信用代码", True, False),
        ("邮政编码", True, False),
        ("文号", True, False),
        ("联系电话（区号）", False, True),
        ("发布日期：", False, True),
        ("电话受理量", False, False),
        ("编号文件数", False, False),
        ("排名变化", False, False),
        ("件数", False, False),
        ("", False, False),
    ],
)
def test_heads_over_what_is_no_quantity(head: str, ordinal: bool, contact: bool) -> None:
    assert is_ordinal_head(head) is ordinal
    assert is_contact_head(head) is contact


# a row → label and value of each pair; None where it is not made of pairs
PAIRS: list[tuple[str, list[tuple[str, int, str | None]] | None]] = [
    ("收到|12", [("收到", 1, None)]),
    ("收到|12|办结|11", [("收到", 1, None), ("办结", 3, None)]),
    ("收到|无|办结|11", [("办结", 3, None)]),
    ("收到||办结|11", [("办结", 3, None)]),
    ("收到|12||", [("收到", 1, None)]),
    ("收费|12|元", [("收费", 1, "元")]),
    ("收费|元|12|采购|万元|3", [("收费", 2, "元"), ("采购", 5, "万元")]),
    ("收费|元|12|万元", [("收费", 2, "")]),
    ("收费|12|千元", [("收费", 1, "")]),
    ("12|收到", None),
    ("|12|收到|3", None),
    ("收到|12|3", None),
    ("收到|网络|12", None),
    ("收到|12|按时", None),
    ("", []),
]


@pytest.mark.parametrize(("row", "pairs"), PAIRS)
def test_pairs(
    row: str, pairs: list[tuple[str, int, str | None]] | None, make_grid: MakeGrid
) -> None:
    found = pairs_of(make_grid(row).rows[0])
    assert (None if found is None else [(p.label.text, p.at, p.unit) for p in found]) == pairs
