"""Issuer, year, level and coverage."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.metadata.find import Given, Metadata, read_metadata
from ingest.metadata.front import front_lines
from ingest.model import Place, Sentence
from ingest.narrative.sections import read_narrative
from ingest.normalise import clean
from ingest.readers import TextLine, reader_for

Lines = Callable[..., list[TextLine]]
FRONTS = tomllib.loads((Path(__file__).parent / "fronts.toml").read_text(encoding="utf-8"))["front"]
TITLE = "甲市2023年政府信息公开工作年度报告"
PERIOD_2022 = "统计期限为2022年1月1日至2022年12月31日。"


@pytest.mark.parametrize("front", FRONTS, ids=lambda f: f["text"].strip()[:24])
def test_the_head_of_a_report(front: dict[str, Any]) -> None:
    data = front["text"].encode()
    document = reader_for(data, "x.txt").read(data, "x.txt")
    narrative = read_narrative(document.lines)
    meta = read_metadata(front_lines(document), narrative.sentences, "x.txt")
    keys = ("issuer", "year", "level", "region")
    assert {k: getattr(meta, k) for k in keys} == {k: front.get(k) for k in keys}
    codes = {w.code for w in meta.warnings}
    assert ("issuer-unknown" in codes) is (meta.issuer is None)
    assert bool(codes & {"year-unknown", "year-range"}) is (meta.year is None)


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
        # numbers that a crawler tore from 年 and 月 are a period, and no year 20201
        (["20201月1日起至202012月31日，某某县政府信息公开工作年度报告"], None, 2020),
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
            ["issuer-from-name", "year-from-name"],
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
    ("prose", "period", "codes"),
    [
        ("统计期限为2023年1月1日至12月31日。", "2023年1月1日至12月31日", []),
        (
            "期限自 2023 年 1 月 1 日起至 2023 年 12 月 31 日止。",
            "2023年1月1日起至2023年12月31日",
            [],
        ),
        ("统计期限为2022年1月1日至12月31日。", "2022年1月1日至12月31日", ["year-conflict"]),
        ("20231月1日至12月31日。", "2023年1月1日至12月31日", []),
        ("20241月1日至202412月31日。", "2024年1月1日至2024年12月31日", ["year-conflict"]),
        ("", None, []),
    ],
)
def test_period(prose: str, period: str | None, codes: list[str], make_lines: Lines) -> None:
    meta = _read(make_lines("甲市2023年政府信息公开工作年度报告"), "x.txt", prose)
    assert meta.period == period
    assert [w.code for w in meta.warnings] == codes


@pytest.mark.parametrize(
    ("prose", "year"),
    [
        # the title carries the year of publication
        ((PERIOD_2022, "2022年，全市收到申请5件。"), 2022),
        # nothing decides
        ((PERIOD_2022,), None),
        # the period is left over from last year's report
        ((PERIOD_2022, "2023年，全市收到申请5件。2023年底办结。", "2022年收到3件。"), 2023),
    ],
)
def test_title_and_period_contradict_each_other(
    prose: tuple[str, ...], year: int | None, make_lines: Lines
) -> None:
    meta = _read(make_lines(TITLE), "x.txt", *prose)
    assert (meta.year, [w.code for w in meta.warnings]) == (year, ["year-conflict"])


@pytest.mark.parametrize(("published", "year"), [("2023-01-20", 2022), ("2024年1月17日", 2023)])
def test_the_date_of_publication_decides_between_title_and_period(
    published: str, year: int, make_lines: Lines
) -> None:
    meta = _read(make_lines(TITLE, f"发布时间：{published} 浏览次数：5"), "x.txt", PERIOD_2022)
    assert (meta.year, [w.code for w in meta.warnings]) == (year, ["year-conflict"])


@pytest.mark.parametrize(
    ("prose", "codes"),
    [
        (("2022年收到5件。", "2022年答复5件。", "2022年公开3件。"), ["year-conflict"]),
        (("2023年收到5件。", "2022年收到4件。", "2022年答复5件。", "2022年公开3件。"), []),
        (("2022年收到5件。", "2022年答复5件。"), []),
        (("2024年将加强。", "2023年收到5件。"), []),
    ],
)
def test_a_text_about_another_year_than_its_title_is_said(
    prose: tuple[str, ...], codes: list[str], make_lines: Lines
) -> None:
    meta = _read(make_lines(TITLE), "x.txt", *prose)
    assert (meta.year, [w.code for w in meta.warnings]) == (2023, codes)


def test_what_is_given_goes_before_what_is_printed(make_lines: Lines) -> None:
    given = Given(issuer="乙县", year=2020)
    meta = read_metadata(make_lines(TITLE), (), "x.txt", given)
    assert (meta.issuer, meta.level, meta.year, meta.warnings) == ("乙县", "区县", 2020, ())
    assert meta.title == TITLE


def test_what_is_given_silences_the_warning_that_it_is_missing(make_lines: Lines) -> None:
    lines = make_lines("正文")
    meta = read_metadata(lines, (), "x.txt", Given(year=2020))
    assert (meta.issuer, meta.year) == (None, 2020)
    assert [w.code for w in meta.warnings] == ["issuer-unknown"]


def test_beside_other_reports_what_is_given_only_fills_gaps(make_lines: Lines) -> None:
    given = Given(issuer="乙县", year=2020)
    lines = make_lines("甲市政府信息公开工作年度报告")
    meta = read_metadata(lines, (), "丙市2021年政府信息公开年报.txt", given, only=False)
    assert (meta.issuer, meta.year, meta.warnings) == ("甲市", 2020, ())


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        (["来源：http://www.jia.gov.cn/a/t1.html 发布时间：2024-01-01"], "http://www.jia.gov.cn/a/t1.html"),
        (["原文链接: https://www.jia.gov.cn/a?id=3"], "https://www.jia.gov.cn/a?id=3"),
        (["网址：", "www.jia.gov.cn"], "www.jia.gov.cn"),
        (["网址：jia.gov.cn"], "jia.gov.cn"),
        (["https://www.jia.gov.cn/a.html  1/2", "正文", "https://www.jia.gov.cn/a.html  2/2"], "https://www.jia.gov.cn/a.html"),
        # the site that a sentence names, a site without an address, two addresses
        (["电子版可从市政府网站(www.jia.gov.cn)下载。"], None),
        (["来源：甲市人民政府网站"], None),
        (["http://a.gov.cn/1", "http://b.gov.cn/2"], None),
        ([], None),
    ],
)  # fmt: skip
def test_the_address_that_a_page_prints_as_its_own(
    lines: list[str], address: str | None, make_lines: Lines
) -> None:
    assert _read(make_lines(TITLE, *lines)).address == address


@pytest.mark.parametrize(
    ("lines", "prose", "issuer", "codes"),
    [
        # a relative name is completed only by the same body's full name
        (["发布机构：甲市审计局", "2023年审计局政府信息公开年报"], "", "甲市审计局", []),
        (["2023年区审计局政府信息公开年报"], "请与甲区审计局联系。", "甲区审计局", []),
        (["2023年区审计局政府信息公开年报"], "请与甲市审计局联系。", "区审计局", ["issuer-without-region"]),
        (["2023年审计局政府信息公开年报"], "", "审计局", ["issuer-without-region"]),
        # two bodies are named, none of them is surely the issuer
        (["2023年政府信息公开年报"], "请与甲区审计局联系。请与甲区财政局联系。", None, ["issuer-unknown"]),
    ],
)  # fmt: skip
def test_an_issuer_that_the_title_names_in_part(
    lines: list[str], prose: str, issuer: str | None, codes: list[str], make_lines: Lines
) -> None:
    sentences = [p + "。" for p in prose.split("。") if p]
    meta = _read(make_lines(*lines), "x.txt", *sentences)
    assert (meta.issuer, [w.code for w in meta.warnings]) == (issuer, codes)
