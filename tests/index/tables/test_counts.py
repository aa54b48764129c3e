"""Figures as they stand, added up, and held against a claim: what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index import Assistant

Ask = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("上海2023年收到多少申请", ["34290 件", "36525 件", "34290+2235", "按“新收申请”计"]),
        # 被拒 may mean all that was not disclosed; 1615+14342+822 by hand
        ("上海2023年被拒的申请多少件", ["1615 件", "按“不予公开”计", "无法提供 14342 件", "16779 件"]),
        ("示例市新收多少", ["1343 件", "2023 年", "2022"]),
        ("上海2023年规章制发几件", ["18 件", "18（含新制发4件，修改14件）"]),
        ("上海2023年行政诉讼多少件", ["927 件", "670+257"]),
        ("示例市2023年不予公开121件对吗", ["对得上", "121 件"]),
        ("示例市2023年不予公开占9.10%对吗", ["9.10%"]),
        ("示例市2023年新收1344件对吗", ["对不上", "1344", "1343 件"]),
        ("上海2023年不予公开占5%对吗", ["对得上", "4.69%"]),  # rounds to what is asked
        ("上海2023年不予公开占4.7%对吗", ["对得上", "4.69%"]),
        ("上海2023年不予公开占4.70%对吗", ["4.69%"]),
        ("上海2023年有没有因国家秘密不予公开的", ["有。", "40 件"]),
        ("示例区2023年有没有涉密的", ["没有", "0"]),
        ("How many were refused in Shanghai in 2023?", ["1615 cases"]),
        ("2023年滬不予公開多少件", ["1615 件", "不予公開"]),
    ],
)  # fmt: skip
def test_what_is_said(ask: Ask, question: str, says: list[str]) -> None:
    answer = ask(question)["answer"]
    assert [s for s in says if s not in answer] == [], answer


@pytest.mark.parametrize("question", ["上海2023年不予公开多少件", "上海2023年企业行政许可多少"])
def test_words_of_the_form_have_one_reading(ask: Ask, question: str) -> None:
    assert "若连同" not in ask(question)["answer"]


@pytest.mark.parametrize(
    "question",
    [
        "示例市2023年不予公开占9.09%对吗",
        "示例市2023年不予公开121件对吗",
        "示例市2023年新收1344件对吗",
    ],
)
def test_a_sentence_ends_once(ask: Ask, question: str) -> None:
    assert "。。" not in ask(question)["answer"]


@pytest.mark.parametrize(
    ("question", "kind", "values"),
    [
        ("上海2023年不予公开占4.69%对吗", "compute", ["4.69"]),
        ("上海2023年不予公开占4.68%对吗", "conflict", ["4.69"]),
        ("示例市2023年新收1343件对吗", "lookup", ["1343"]),
        ("示例市2023年新收1344件对吗", "conflict", ["1343"]),
    ],
)
def test_a_claim_is_verified(ask: Ask, question: str, kind: str, values: list[str]) -> None:
    answer = ask(question)
    assert (answer["kind"], [v["value"] for v in answer["values"]]) == (kind, values)


def test_a_sentence_that_gives_another_figure_is_a_conflict(assistant: Assistant) -> None:
    name = "示例市2023年政府信息公开工作年度报告.txt"
    text = (Path(__file__).parents[3] / "examples" / name).read_text(encoding="utf-8")
    said = text.replace("示例市", "虚实市").replace(
        "新收政府信息公开申请1343件", "新收政府信息公开申请1353件"
    )
    assistant.ingest_bytes(said.encode(), "虚实市2023年政府信息公开工作年度报告.txt")
    answer = assistant.ask("虚实市2023年新收政府信息公开申请多少件")
    assert answer.kind.value == "conflict"
    assert [v.text for v in answer.values] == ["1343件"]
    assert "1353" in answer.answer and any("1353" in c.text for c in answer.citations)
