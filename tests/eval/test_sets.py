"""The question sets that come with the program say what the example reports say."""

import re
from collections import Counter
from pathlib import Path

import pytest

from eval.amount import read_amount
from eval.cases import TYPES, AnswerKind, Case, load_cases
from eval.judge import Outcome, judge
from ingest.normalise import clean

ROOT = Path(__file__).resolve().parents[2]
CASES = load_cases(ROOT / "eval" / "sets" / "examples.jsonl")
TEXTS = {
    path.name.split(".")[0]: clean(path.read_text(encoding="utf-8"))
    for path in (ROOT / "examples").iterdir()
    if path.name != "README.md"
}
COPIED = [
    case
    for case in CASES
    if case.type in ("lookup", "narrative_figure", "followup")
    and case.kind is AnswerKind.NUMBER
    and case.tolerance is None
]
QUOTED = [case for case in CASES if "正文：" in case.source]


def test_every_type_is_there() -> None:
    counts = Counter(case.type for case in CASES)
    assert len(CASES) >= 40
    assert set(counts) == set(TYPES)
    assert {case.lang for case in CASES} == {"zh-Hans", "zh-Hant", "en"}
    assert {case.context for case in CASES} == {"all", "single"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_names_reports_that_exist(case: Case) -> None:
    assert case.reports
    assert set(case.reports) <= set(TEXTS)


@pytest.mark.parametrize("case", COPIED, ids=lambda case: case.id)
def test_figures_that_are_copied_stand_in_the_report(case: Case) -> None:
    text = TEXTS[case.reports[0]]
    for value in case.values:
        bare = re.sub(r"^(?:近|超过)", "", clean(value))
        assert re.search(rf"(?<!\d){re.escape(bare)}(?!\d)", text), value


@pytest.mark.parametrize("case", QUOTED, ids=lambda case: case.id)
def test_sentences_that_are_quoted_stand_in_the_report(case: Case) -> None:
    quote = case.source.partition("正文：")[2]
    assert any(clean(quote) in TEXTS[name] for name in case.reports)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer_that_is_expected_would_be_right(case: Case) -> None:
    amounts = [read_amount(v, case.unit) for v in case.values]
    qualifiers = {"above": "余", "below": "近", "about": "约"}
    values = [
        {"value": str(a.value), "unit": a.unit, "qualifier": a.bound and qualifiers[a.bound]}
        for a in amounts
    ]
    answer = {
        "answer": "；".join((*case.phrases, *case.must_include)),
        "values": values,
        "abstained": case.kind is AnswerKind.ABSTAIN,
    }
    assert judge(case, answer).outcome is Outcome.RIGHT
