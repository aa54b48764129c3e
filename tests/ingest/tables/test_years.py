"""A head that names a year: only the report's own year is this year's figure."""

from __future__ import annotations

import pytest

from ingest.forms import form_named
from ingest.metadata.find import Given
from ingest.model import Report
from ingest.read import read_report

_REPORT = "某市{year}年政府信息公开工作年度报告\n一、概述\n本单位认真做好政府信息公开工作。\n"
_SHEET = {
    "national-2014": "统计指标\t单位\t{head}\n（一）召开政府信息公开工作会议或专题会议数\t次\t12\n",
    "national-2008": "指标名称\t单位\t{head}\t历年累计\n主动公开信息数\t条\t12\t90\n",
}


def _read(form: str, year: int, head: str, given: Given | None = None) -> Report:
    text = _REPORT.format(year=year) + _SHEET[form].format(head=head)
    (report,) = read_report(text.encode(), "a.txt", *([given] if given else []))
    return report


def _keyed(report: Report) -> list[str]:
    return [f.text for f in report.figures if f.key]


@pytest.mark.parametrize(
    ("form", "year", "head", "values"),
    [
        ("national-2014", 2017, "2017年统计数", ["12"]),
        ("national-2014", 2017, "２０１７年统计数", ["12"]),
        ("national-2014", 2017, "统计数", ["12"]),
        ("national-2014", 2017, "2016年统计数", []),
        ("national-2014", 2017, "2018年统计数", []),
        ("national-2008", 2012, "2012年度", ["12", "90"]),
        ("national-2008", 2012, "2012年", ["12", "90"]),
        ("national-2008", 2012, "本年度", ["12", "90"]),
        ("national-2008", 2012, "2011年", []),
        ("national-2008", 2012, "2011年度", []),
        ("national-2008", 2012, "2008年度", []),
        # no head of the form, whatever the year
        ("national-2014", 2017, "2016年至2017年统计数", []),
        ("national-2008", 2012, "2012年上半年", []),
    ],
)
def test_the_year_in_a_head(form: str, year: int, head: str, values: list[str]) -> None:
    report = _read(form, year, head)
    assert _keyed(report) == values
    own = form_named(form)
    told = [w for w in report.warnings if w.code == "header-unconfirmed"]
    assert len(told) == (own.year_in(head) not in (None, year))
    assert all(head in w.text and str(year) in w.text for w in told)


def test_nothing_of_the_row_stays() -> None:
    report = _read("national-2014", 2017, "2016年统计数")
    assert report.tables == () and report.figures == ()


def test_the_year_that_the_user_gives_goes_before_the_title() -> None:
    assert _keyed(_read("national-2014", 2017, "2016年统计数", Given(year=2016))) == ["12"]
    assert _keyed(_read("national-2014", 2017, "2017年统计数", Given(year=2016))) == []


@pytest.mark.parametrize(
    ("form", "printed", "year"),
    [
        ("national-2014", "2016年统计数", 2016),
        ("national-2014", " 2016 年统计数", 2016),
        ("national-2008", "1999年度", 1999),
        ("national-2014", "统计数", None),
        ("national-2014", "2016年", None),
        ("national-2014", "2016年2017年统计数", None),
        ("national-2021", "2016年统计数", None),
        ("national-2014", "", None),
    ],
)
def test_year_in(form: str, printed: str, year: int | None) -> None:
    assert form_named(form).year_in(printed) == year
