"""How well passages are found: ranks and gains, counted by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import log2
from pathlib import Path

import pytest

from eval.retrieval import Ranking, measure_retrieval
from index import Assistant
from ingest.errors import EvaluationError

_TEXT = """# 青溪县2023年政府信息公开工作年度报告

## 一、总体情况

全年召开政务公开联席会议7次，部署年度任务。

县图书馆设立政府信息查阅点，配备专人引导。

开展解读材料质量评估，请群众代表试读。
"""


@pytest.fixture(scope="module")
def county(store_of: Callable[[dict[str, str]], Assistant]) -> Assistant:
    """One report with three paragraphs, searched by words."""
    return store_of({"青溪县2023年政府信息公开工作年度报告.md": _TEXT})


def _set(folder: Path, *cases: dict[str, object]) -> Path:
    path = folder / "set.jsonl"
    path.write_text("\n".join(json.dumps(c, ensure_ascii=False) for c in cases), encoding="utf-8")
    return path


def _case(county: Assistant, question: str, sentence: str) -> dict[str, object]:
    report = county.reports()[0]
    place = next(s.place for s in county.store.sentences(report.id) if sentence in s.text)
    marked = {"file": Path(report.source).name, "start": place.start, "end": place.end}
    return {"id": "q", "question": question, "type": "narrative", "passages": [marked]}


def test_the_marked_passage_is_found_first(county: Assistant, tmp_path: Path) -> None:
    case = _case(county, "青溪县2023年查阅点设在哪里？", "查阅点")
    report = measure_retrieval([_set(tmp_path, case)], county)
    ranking = report.by_way["all"]["fused"]
    assert (ranking.ranks, ranking.hit(1), ranking.mrr, ranking.ndcg) == ((1,), 1.0, 1.0, 1.0)
    assert report.by_way["all"]["vector"].ranks == (0,)  # there are no vectors
    assert "hit@1 1.000" in report.to_text()


def test_a_passage_that_the_words_do_not_lead_to_is_not_first(
    county: Assistant, tmp_path: Path
) -> None:
    case = _case(county, "青溪县2023年查阅点设在哪里？", "联席会议")
    report = measure_retrieval([_set(tmp_path, case)], county)
    assert report.by_way["all"]["fused"].hit(1) == 0.0
    assert report.by_way["all"]["fused"].ndcg < 1.0
    assert report.by_way["all"]["answer"].hit(1) == 0.0


def test_a_passage_that_is_not_found_lowers_the_gain(county: Assistant, tmp_path: Path) -> None:
    first = _case(county, "青溪县2023年查阅点设在哪里？", "查阅点")
    other = _case(county, "", "联席会议")
    both = first | {"passages": [*first["passages"], *other["passages"]]}  # type: ignore[misc]
    one = measure_retrieval([_set(tmp_path, first)], county).by_way["all"]["answer"]
    two = measure_retrieval([_set(tmp_path, both)], county).by_way["all"]["answer"]
    assert (one.ndcg, two.hit(1)) == (1.0, 1.0)
    assert two.ndcg == pytest.approx(1 / (1 + 1 / log2(3)))  # one of two, at the first place


def test_measures_of_ranks() -> None:
    ranking = Ranking((1, 0, 3, 2), (1.0, 0.0, 0.5, 0.63))
    assert (ranking.hit(1), ranking.hit(2), ranking.hit(5)) == (0.25, 0.5, 0.75)
    assert ranking.mrr == pytest.approx((1 + 1 / 3 + 1 / 2) / 4)
    assert ranking.ndcg == pytest.approx(2.13 / 4)
    assert Ranking((), ()).mrr == 0.0


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ('{"id": "a", "question": "x"}', "marks its passages"),
        ("{", "line 1: no JSON object"),
        ('{"id": "a", "question": "x", "type": "n", "passages": [{"file": "no.md", "start": 0, "end": 1}]}',
         "no.md is not in the store"),
    ],
)  # fmt: skip
def test_what_cannot_be_measured(county: Assistant, tmp_path: Path, line: str, wanted: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(EvaluationError, match=wanted):
        measure_retrieval([path], county)
