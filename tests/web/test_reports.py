from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from index import IngestResult
from ingest.model import Finding, Place, Warning_
from web.reports import (
    MAX_REPORTS,
    progress_html,
    reports_failed_html,
    reports_html,
    upload_html,
)

UGLY = '<img src=x onerror="alert(1)">'


def test_a_report_has_its_row(summary: Any) -> None:
    drawn = reports_html([summary()], {}, {}, "zh")
    cells = re.findall(r'data-label="([^"]*)">(.*?)</td>', drawn)
    said = {label: re.sub("<.*?>", "", inner) for label, inner in cells}
    assert said == {
        "发布机关": "甲市",
        "年度": "2023",
        "标题": "甲市2023年政府信息公开工作年度报告",
        "表": "3",
        "数字": "210",
        "段落": "12",
        "向量": "5/12",
        "提醒": "无",
    }
    assert "共 1 份" in drawn


def test_warnings_and_findings_stand_with_code_and_words(summary: Any) -> None:
    drawn = reports_html(
        [summary(warnings=1, findings=2)],
        {"r1": [Warning_("row-cut", "这一行断了", Place(page=3))]},
        {"r1": [Finding("sum", "fails", "合计不等"), Finding("share", "fails", "比例不等")]},
        "en",
    )
    assert "Reading warnings: 1" in drawn
    assert "Disagreements: 2" in drawn
    for said in ("row-cut", "这一行断了", "page 3", "合计不等", "比例不等"):
        assert said in drawn


def test_unknown_issuer_year_and_title(summary: Any) -> None:
    drawn = reports_html([summary(issuer=None, year=None, title=None)], {}, {}, "en")
    assert "Issuer unknown" in drawn
    assert "None" not in drawn


def test_an_empty_store_says_what_to_do() -> None:
    assert "No reports yet" in reports_html([], {}, {}, "en")


def test_a_large_store_is_cut(summary: Any) -> None:
    many = [summary(id=f"r{number}") for number in range(MAX_REPORTS + 3)]
    drawn = reports_html(many, {}, {}, "zh")
    assert drawn.count("<tr data-report") == MAX_REPORTS
    assert "其余 3 份" in drawn
    assert f"共 {MAX_REPORTS + 3} 份" in drawn


@pytest.mark.parametrize(
    ("done", "total", "said"),
    [(0, 0, ""), (3, 41, "3 / 41"), (41, 41, "全部就绪（41 段）"), (50, 41, "全部就绪")],
)
def test_progress(done: int, total: int, said: str) -> None:
    drawn = progress_html(done, total, "zh")
    assert said in drawn
    assert bool(drawn) == bool(said)
    assert ("<progress" in drawn) == (done < total)


def test_uploads_are_never_silent(summary: Any) -> None:
    results = [
        IngestResult(Path("/tmp/a/好.txt"), "added", None, (summary(), summary(issuer=None))),
        IngestResult(Path("坏.xyz"), "failed", "不认识的格式"),
        IngestResult(Path("空.txt"), "added", None, ()),
        IngestResult(Path("旧.txt"), "unchanged", None, (summary(),)),
        IngestResult(Path("怪.txt"), "failed", None),
    ]
    drawn = upload_html(results, "正在读取：下一个", "zh")
    items = re.findall(r'<li class="(wb-\w+)">(.*?)</li>', drawn)
    assert [kind for kind, _ in items] == [
        "wb-done",
        "wb-failed",
        "wb-done",
        "wb-done",
        "wb-failed",
        "wb-doing",
    ]
    for words in (
        "<b>好.txt</b> 已收入：3 张表，210 个数字，12 段文字 — 甲市 2023<br>",
        "发布机关不详 2023",
        "没有读成：不认识的格式",
        "没有从这个文件里读到报告",
        "库里已有同样的文件",
        "没有读成：?",
        "正在读取：下一个",
    ):
        assert words in drawn
    assert upload_html([], "", "zh") == ""


def test_warnings_of_an_upload(summary: Any) -> None:
    warning = Warning_("year-from-name", "年度取自文件名", Place(line=2))
    result = IngestResult(Path("a.txt"), "added", None, (summary(),), (warning,))
    drawn = upload_html([result], "", "zh")
    assert "year-from-name" in drawn
    assert "年度取自文件名" in drawn
    assert "第 2 行" in drawn


def test_nothing_of_a_file_becomes_markup(summary: Any) -> None:
    ugly = summary(id=UGLY, issuer=UGLY, title=UGLY, source=UGLY, warnings=1, findings=1)
    warning, finding = Warning_(UGLY, UGLY), Finding(UGLY, "fails", UGLY)
    drawn = (
        reports_html([ugly], {UGLY: [warning]}, {UGLY: [finding]}, "zh")
        + upload_html([IngestResult(Path(UGLY), "failed", UGLY, (), (warning,))], UGLY, "zh")
        + upload_html([IngestResult(Path(UGLY), "added", None, (ugly,))], "", "zh")
        + reports_failed_html(UGLY, "zh")
    )
    assert "<img" not in drawn
    assert not re.search(r'<[^>]*onerror="', drawn)
