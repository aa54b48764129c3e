"""Looking up for all operations: the kinds of nothing, and reports that disagree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index import Assistant, Settings

Faults = Callable[[dict[str, Any]], list[str]]


@pytest.mark.parametrize(
    ("question", "reason", "values", "says"),
    [
        ("虚构县规章制发几件", None, ["0"], "0 件"),
        ("虚构县有没有制发规章", None, ["0"], "没有，报告填的是 0"),
        ("虚构县规章废止几件", "slash", [], "“/”"),
        ("虚构县规章现行有效几件", "dash", [], "“—”"),
        ("虚构县规范性文件制发几件", "blank", [], "空白（不是 0）"),
        ("虚构县规范性文件废止几件", "text", [], "“见附件”"),
        ("虚构县规范性文件现行有效几件", None, ["7"], "7 件"),
        ("虚构县行政处罚多少", "dash", [], "“--”"),
        ("虚构县行政强制多少", "no-row", [], "没有读到行政强制"),
        ("虚构县不予公开多少", "no-row", [], "没有读到不予公开"),
        ("虚构县行政复议多少", "no-row", [], "没有读到行政复议"),
        ("虚构县行政许可多少", None, ["1234"], "“1,234”"),
        ("虚构县行政事业性收费多少", None, ["2857.5"], "“2857.50”"),
        ("虚构县行政事业性收费平均每月多少", None, ["238.13"], "2857.5÷12"),
        # nothing is computed with nothing
        ("虚构县规章制发占规范性文件现行有效的多少", None, ["0.00"], "0÷7"),
        ("虚构县规范性文件现行有效占规章制发的多少", "zero-whole", [], "为 0"),
        ("虚构县行政许可是规章制发的几倍", "zero-whole", [], "为 0"),
        ("虚构县行政许可占行政强制多少", "no-row", [], "行政强制"),
        ("虚构县行政许可和行政处罚合计多少", "dash", [], "“--”"),
        ("虚构县行政许可比行政处罚多多少", "dash", [], "“--”"),
        ("虚构县规章制发和现行有效各多少", "dash", [], "“—”"),
    ],
)
def test_five_kinds_of_nothing(
    holes: Assistant,
    faults: Faults,
    question: str,
    reason: str | None,
    values: list[str],
    says: str,
) -> None:
    answer = holes.ask(question).to_json()
    assert (answer["reason"], [v["value"] for v in answer["values"]]) == (reason, values)
    assert says in answer["answer"]
    assert faults(answer) == []


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Any:
    """示例市 2023 twice: the second file says 1344 where the first says 1343."""
    folder = tmp_path_factory.mktemp("versions")
    text = (examples / "示例市2023年政府信息公开工作年度报告.txt").read_text("utf-8")
    (folder / "一.txt").write_text(text, "utf-8")
    (folder / "二.txt").write_text(text.replace("1343", "1344"), "utf-8")
    with Assistant(folder / "data", settings=Settings(_env_file=None), vectors=False) as made:
        made.ingest([folder / "一.txt", folder / "二.txt"])
        yield made


def test_reports_that_disagree_are_both_shown(two_versions: Assistant, faults: Faults) -> None:
    answer = two_versions.ask("示例市2023年新收多少").to_json()
    assert answer["kind"] == "conflict"
    assert {v["value"] for v in answer["values"]} == {"1343", "1344"}
    assert [f["code"] for f in answer["findings"]] == ["reports-disagree"]
    assert "一.txt" in answer["answer"]
    assert "二.txt" in answer["answer"]
    assert faults(answer) == []


def test_reports_that_agree_are_one(two_versions: Assistant) -> None:
    answer = two_versions.ask("示例市2023年不予公开多少").to_json()
    assert [v["value"] for v in answer["values"]] == ["121"]


@pytest.mark.parametrize(
    "question", ["示例市2023年企业占新收的多少", "示例市2023年平均每月新收多少"]
)
def test_nothing_is_computed_with_what_is_disputed(two_versions: Assistant, question: str) -> None:
    answer = two_versions.ask(question).to_json()
    assert "%" not in [v["unit"] for v in answer["values"]]
    assert answer["kind"] == "conflict"
    assert {v["value"] for v in answer["values"]} == {"1343", "1344"}
