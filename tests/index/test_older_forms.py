"""Questions about reports on the forms of 2019 and 2014: words of their rows, figures that stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import Assistant
from index.answer import Question
from index.settings import Settings
from ingest.forms import form_named
from tests.ingest.conftest import Values, random_values, render

Asked = Callable[[str], list[tuple[str, str | None]]]
OLD, SHEET, NEW = (form_named(f"national-{year}") for year in (2019, 2014, 2021))


@pytest.fixture(scope="module")
def truth() -> dict[int, Values]:
    """What the reports print, by year."""
    old = random_values(OLD, 4, 90) | {
        "t2.procurement.amount": "125.3万元",
        "t2.licensing.items_change": "减2",
    }
    return {2016: random_values(SHEET, 6, 90), 2020: old, 2023: random_values(NEW, 5, 90)}


@pytest.fixture(scope="module")
def asked(truth: dict[int, Values], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """`asked(question)`: the values of its answer."""
    folder = tmp_path_factory.mktemp("forms")
    paths: list[Path] = []
    for form, year in ((SHEET, 2016), (OLD, 2020), (NEW, 2023)):
        paths.append(folder / f"虚构市{year}年政府信息公开工作年度报告.txt")
        text = render(form, truth[year], "padded").replace("2023", str(year))
        paths[-1].write_text(text.replace("某某市", "虚构市"), encoding="utf-8")
    with Assistant(folder / "data", settings=Settings(_env_file=None), vectors=False) as made:
        assert [r.error for r in made.ingest(paths)] == [None] * 3

        def ask(question: str) -> list[tuple[str, str | None]]:
            return [(v.value, v.unit) for v in made.ask(Question(question)).values]

        yield ask


@pytest.mark.parametrize(
    ("question", "year", "key", "unit"),
    [
        ("虚构市2020年新公开的规章有多少", 2020, "t2.rules.newly_disclosed", "件"),
        ("虚构市2020年规范性文件对外公开总数量", 2020, "t2.normative.disclosed", "件"),
        ("虚构市2020年其他对外管理服务事项处理决定数量", 2020, "t2.services.decisions", "件"),
        ("虚构市2020年行政许可上一年项目数量", 2020, "t2.licensing.items_before", "项"),
        ("虚构市2020年行政处罚多少件", 2020, "t2.penalty.decisions", "件"),
        ("虚构市2020年采购项目数量", 2020, "t2.procurement.projects", "项"),
        # one row on the form of 2019, three on that of 2021
        ("虚构市2020年其他处理多少件", 2020, "t3.otherwise.total", "件"),
        ("虚构市2020年企业其他处理多少件", 2020, "t3.otherwise.enterprise", "件"),
        ("虚构市2016年网络申请数", 2016, "sheet.applications.online.count", "件"),
        ("虚构市2016年政策解读稿件发布数", 2016, "sheet.explanations.count", "篇"),
        # what the sheet says of applications answers what people ask
        ("虚构市2016年收到申请多少件", 2016, "sheet.applications.count", "件"),
        ("虚构市2016年行政复议多少件", 2016, "sheet.reconsideration.count", "件"),
        ("虚构市2023年规章制发多少件", 2023, "t2.rules.made", "件"),
    ],
)
def test_a_cell_of_an_older_form(
    question: str, year: int, key: str, unit: str, asked: Asked, truth: dict[int, Values]
) -> None:
    assert asked(question) == [(truth[year][key], unit)]


def test_money_and_changes_as_they_are_printed(asked: Asked) -> None:
    assert asked("虚构市2020年政府集中采购金额") == [("125.3", "万元")]
    assert asked("虚构市2020年行政许可本年增减") == [("-2", "项")]


@pytest.mark.parametrize(
    "question",
    [
        "虚构市2020年规章制发多少件",
        "虚构市2020年规范性文件现行有效多少件",
        "虚构市2020年行政事业性收费金额",
        "虚构市2016年不予公开多少件",
        "虚构市2023年政府集中采购金额",
        "虚构市2023年新公开的规章有多少",
    ],
)
def test_what_the_form_of_the_year_does_not_have(question: str, asked: Asked) -> None:
    assert asked(question) == []


def test_the_sum_of_three_rows_beside_one_row(asked: Asked, truth: dict[int, Values]) -> None:
    parts = [
        int(truth[2023][f"t3.otherwise.{r}.total"]) for r in ("not_corrected", "not_paid", "other")
    ]
    assert asked("虚构市2020年和2023年其他处理分别多少") == [
        (truth[2020]["t3.otherwise.total"], "件"), (str(sum(parts)), "件"),
    ]  # fmt: skip
