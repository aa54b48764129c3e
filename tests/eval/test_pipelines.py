"""The same questions through a plain pipeline and through this one."""

import json
from pathlib import Path

import pytest

from eval.arrival import time_arrival
from eval.pipelines import compare_pipelines
from index import Assistant
from index.store.embedder import Embedder
from ingest.errors import EvaluationError

CASES = [
    {"id": "a", "question": "上海2023年新收多少申请？", "type": "lookup", "answer": "34290件",
     "answer_kind": "number", "value": "34290", "unit": "件"},
    {"id": "b", "question": "示例市2023年编印的册子叫什么？", "type": "narrative",
     "answer": ["办件一本通"], "answer_kind": "phrases"},
    {"id": "c", "question": "上海2023年有多少专职人员？", "type": "unanswerable",
     "answer": "报告没有", "answer_kind": "abstain"},
]  # fmt: skip


def _set(folder: Path) -> Path:
    path = folder / "set.jsonl"
    lines = (
        json.dumps({"reports": ["x"], "lang": "zh-Hans", "context": "all"} | c, ensure_ascii=False)
        for c in CASES
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_row_for_each_system(assistant: Assistant, tmp_path: Path) -> None:
    assistant.wait_for_vectors()
    first, five, ours = compare_pipelines([_set(tmp_path)], assistant).rows
    assert all(len(row.verdicts) == 3 for row in (first, five, ours))
    assert ours.holds[0] and ours.holds[2]
    assert not five.holds[2]  # chunks never abstain
    assert max(first.lengths) <= max(five.lengths)
    assert "wenbao" in ours.to_text()


def test_vectors_must_be_complete(empty: Assistant, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="0 of 0 passages"):
        compare_pipelines([_set(tmp_path)], empty)


def test_a_figure_arrives_before_the_vectors(examples: Path, embedder: Embedder) -> None:
    arrival = time_arrival(sorted(examples.glob("*.txt"))[:1], 1, embedder)
    assert (arrival.reports, arrival.rounds) == (1, 1) and arrival.passages > 10
    assert 0 < arrival.answered < arrival.vectors
    assert "1 reports" in arrival.to_text()


def test_arrival_needs_a_figure(tmp_path: Path, embedder: Embedder) -> None:
    path = tmp_path / "示例市2023年政府信息公开工作年度报告.txt"
    path.write_text("示例市2023年政府信息公开工作年度报告\n一、总体情况\n无。\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="no figure of a table"):
        time_arrival([path], 1, embedder)
