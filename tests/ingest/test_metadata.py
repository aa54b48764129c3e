"""Issuer, year, level and coverage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.metadata import Metadata, read_metadata
from ingest.model import Place, Sentence
from ingest.normalise import clean
from ingest.readers import TextLine

Lines = Callable[..., list[TextLine]]


def _read(lines: list[TextLine], name: str = "x.txt", *prose: str) -> Metadata:
    sentences = tuple(Sentence(i, i, (), p, clean(p), Place()) for i, p in enumerate(prose))
    return read_metadata(lines, sentences, name)


@pytest.mark.parametrize(
    ("lines", "issuer", "year"),
    [
        (["2023年上海市政府信息公开工作年度报告"], "上海市", 2023),
        (["上海市2023年政府信息公开工作年度报告"], "上海市", 2023),
        (["2023年上海市政府信息公開工作年度報(bào)告"], "上海市", 2023),
        (["２０２３年度上海市人民政府信息公开年度报告"], "上海市", 2023),
        (["# 宿迁市人民政府2023年政府信息公开工作年度报告"], "宿迁市", 2023),
        (["二〇二三年宿迁市政府信息公开工作年度报告"], "宿迁市", 2023),
        (["香洲区税务局2022年政府信息公开年报"], "香洲区税务局", 2022),
        (["《某某县2021年政府信息公开工作年度报告》"], "某某县", 2021),
        (["某某县", "2021年政府信息公开工作年度报告"], "某某县", 2021),
        (["", "字号:", "  ", "2023年某某县政府信息公开工作年度报告"], "某某县", 2023),
        # not this report's title
        (
            [
                "上一篇：某某县2021年政府信息公开工作年度报告",
                "某某县2022年政府信息公开工作年度报告",
            ],
            "某某县",
            2022,
        ),
        # numbers that a crawler tore from 年 and 月 are no year
        (["20201月1日起至202012月31日，某某县政府信息公开工作年度报告"], None, None),
        (["12023年某某县政府信息公开工作年度报告"], None, None),
        (["今天天气很好"], None, None),
        (["根据要求，" + "长" * 80 + "2023年某某县政府信息公开工作年度报告"], None, None),
        ([], None, None),
    ],
)
def test_title(lines: list[str], issuer: str | None, year: int | None, make_lines: Lines) -> None:
    meta = _read(make_lines(*lines))
    assert (meta.issuer, meta.year) == (issuer, year)
    codes = {w.code for w in meta.warnings}
    assert ("issuer-unknown" in codes) is (issuer is None)
    assert ("year-unknown" in codes) is (year is None)


@pytest.mark.parametrize(
    ("name", "issuer", "year", "codes"),
    [
        (
            "某某县2021年政府信息公开工作年度报告.txt",
            "某某县",
            2021,
            ["year-from-name", "issuer-from-name"],
        ),
        ("report.txt", None, None, ["issuer-unknown", "year-unknown"]),
        ("", None, None, ["issuer-unknown", "year-unknown"]),
    ],
)
def test_the_name_of_the_file_helps_out_and_is_said(
    name: str, issuer: str | None, year: int | None, codes: list[str], make_lines: Lines
) -> None:
    meta = _read(make_lines("正文"), name)
    assert (meta.issuer, meta.year) == (issuer, year)
    assert [w.code for w in meta.warnings] == codes


def test_the_title_goes_before_the_name_of_the_file(make_lines: Lines) -> None:
    meta = _read(
        make_lines("某某县2022年政府信息公开工作年度报告"), "甲市2021年政府信息公开工作年度报告.txt"
    )
    assert (meta.issuer, meta.year, meta.warnings) == ("某某县", 2022, ())


@pytest.mark.parametrize(
    ("issuer", "level", "region"),
    [
        ("上海市", "省", "上海市"),
        ("江苏省", "省", "江苏省"),
        ("西藏自治区", "省", "西藏自治区"),
        ("宿迁市", "市", "宿迁市"),
        ("延边朝鲜族自治州", "市", "延边朝鲜族自治州"),
        ("浦东新区", "区县", "浦东新区"),
        ("示例市示例区", "区县", "示例市示例区"),
        ("进贤县", "区县", "进贤县"),
        ("鹤山市雅瑶镇", "乡镇", "鹤山市雅瑶镇"),
        ("上海市教育局", "部门", "上海市"),
        ("上海市人民政府办公厅", "部门", "上海市"),
    ],
)
def test_level(issuer: str, level: str, region: str, make_lines: Lines) -> None:
    meta = _read(make_lines(f"{issuer}2023年政府信息公开工作年度报告"))
    assert (meta.issuer, meta.level, meta.region) == (issuer, level, region)


@pytest.mark.parametrize(
    ("issuer", "prose", "coverage"),
    [
        ("甲市", "2023年，全市共收到申请5件。", "全市汇总"),
        ("甲县", "2023年，全县共收到申请5件。", "全县汇总"),
        ("甲市教育局", "本局共收到申请5件。", "本机关"),
        ("甲市", "本单位收到申请5件，全市都好。", "本机关"),
        ("甲市", "各级行政机关收到申请5件。", "全市汇总"),
        ("甲市", "收到申请5件。", None),
    ],
)
def test_coverage(issuer: str, prose: str, coverage: str | None, make_lines: Lines) -> None:
    lines = make_lines(f"{issuer}2023年政府信息公开工作年度报告")
    assert _read(lines, "x.txt", prose).coverage == coverage


@pytest.mark.parametrize(
    ("prose", "period", "codes"),
    [
        ("统计期限为2023年1月1日至12月31日。", "2023年1月1日至12月31日", []),
        (
            "期限自 2023 年 1 月 1 日起至 2023 年 12 月 31 日止。",
            "2023年1月1日起至2023年12月31日",
            [],
        ),
        ("统计期限为2022年1月1日至12月31日。", "2022年1月1日至12月31日", ["year-conflict"]),
        ("20231月1日至12月31日。", None, []),
        ("", None, []),
    ],
)
def test_period(prose: str, period: str | None, codes: list[str], make_lines: Lines) -> None:
    meta = _read(make_lines("甲市2023年政府信息公开工作年度报告"), "x.txt", prose)
    assert meta.period == period
    assert [w.code for w in meta.warnings] == codes
