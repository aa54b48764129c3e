import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from eval.judge import Outcome
from eval.run import CaseResult, run
from index.answer import Question, Turn

Make = Callable[..., Any]
Clock = Callable[[], float]


def test_one_result_a_case_in_order(mixed: tuple[list[Any], Any], ticks: Clock) -> None:
    cases, assistant = mixed
    done = run(cases, assistant.ask, ticks, stored=assistant.stored)
    assert [r.case.id for r in done.results] == [c.id for c in cases]
    assert {r.case.id: r.outcome.value for r in done.results} == {
        "right": "right",
        "wrong": "wrong",
        "extra": "wrong",
        "unitless": "wrong",
        "refused": "refused",
        "failed": "failed",
        "skipped": "skipped",
        "heard": "right",
        "none": "right",
    }


def test_a_planted_wrong_answer_an_extra_value_and_a_missing_unit_are_caught(
    mixed: tuple[list[Any], Any], ticks: Clock
) -> None:
    cases, assistant = mixed
    by_id = {r.case.id: r for r in run(cases, assistant.ask, ticks).results}
    assert by_id["wrong"].reason == "missing: 1343 件; not asked for: 1344 件"
    assert by_id["extra"].reason == "not asked for: 47 件"
    assert by_id["unitless"].reason == "missing: 1343 件; not asked for: 1343"
    assert [i for i, r in by_id.items() if r.wrong_figure] == ["wrong", "extra", "unitless"]


def test_what_is_kept_of_an_answer(make_case: Make, say: Make, ticks: Clock, fake: Make) -> None:
    answer = say("多少？", ("1343", "件"))
    (result,) = run([make_case("a", "多少？")], fake({"多少？": answer}).ask, ticks).results
    assert result.answer == answer.to_json()
    assert result.got == "1343件"
    assert result.values == [answer.values[0].to_json()]
    assert result.elapsed_ms == pytest.approx(10)
    assert result.failure is None


def test_a_failure_is_kept_apart_and_ends_nothing(
    make_case: Make, say: Make, ticks: Clock, fake: Make
) -> None:
    assistant = fake({"坏": RuntimeError("disk full"), "好": say("好", ("1343", "件"))})
    bad, good = run([make_case("a", "坏"), make_case("b", "好")], assistant.ask, ticks).results
    assert (bad.outcome, bad.failure) == (Outcome.FAILED, "RuntimeError: disk full")
    assert (bad.got, bad.values, bad.wrong_figure) == ("", [], False)
    assert bad.elapsed_ms == pytest.approx(10)
    assert good.outcome is Outcome.RIGHT


def test_an_interrupt_does_end_the_run(make_case: Make, ticks: Clock) -> None:
    def ask(_: Question) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([make_case("a", "多少？")], ask, ticks)


def test_dialogue_is_passed_on(make_case: Make, ticks: Clock, fake: Make) -> None:
    turns = (Turn("user", "新收多少？"), Turn("assistant", "1343件。"))
    assistant = fake({})
    run([make_case("a", "企业的呢", dialogue=turns)], assistant.ask, ticks)
    assert assistant.heard == [Question("企业的呢", turns, None, "a")]


def test_reports_do_not_steer_a_question_to_all(make_case: Make, ticks: Clock, fake: Make) -> None:
    assistant = fake({}, (("r1", "sample2023.txt"),))
    cases = [
        make_case("a", "多少？", reports=("sample2023",)),
        make_case("b", "多少？", reports=("absent2023",)),
        make_case("c", "多少？"),
    ]
    run(cases, assistant.ask, ticks, stored=assistant.stored)
    assert [(q.text, q.scope) for q in assistant.heard] == [("多少？", None)] * 3


@pytest.mark.parametrize(
    ("names", "scope"),
    [
        (("sample2023",), ("r1", "r2")),
        (("Sample2023",), ("r1", "r2")),
        (("other2023",), ("r3",)),
        (("other2023", "sample2023"), ("r3", "r1", "r2")),
        (("other2023", "other2023"), ("r3",)),
        (("ガ市2023",), ("r5",)),
    ],
)
def test_single_is_asked_within_the_reports_of_its_files(
    names: tuple[str, ...],
    scope: tuple[str, ...],
    make_case: Make,
    ticks: Clock,
    fake: Make,
) -> None:
    stored = (
        ("r1", "sample2023.pipe.txt"),
        ("r2", "/srv/reports/sample2023.pdf"),
        ("r3", "other2023.docx"),
        ("r4", "sample20231.txt"),
        ("r5", unicodedata.normalize("NFD", "ガ市2023.txt")),
    )
    assistant = fake({}, stored)
    single = make_case("a", "多少？", context="single", reports=names)
    run([single], assistant.ask, ticks, stored=assistant.stored)
    assert [q.scope for q in assistant.heard] == [scope]


def test_single_without_its_report_is_skipped(make_case: Make, ticks: Clock, fake: Make) -> None:
    assistant = fake({}, (("r1", "sample2023.txt"),))
    single = make_case("a", "多少？", context="single", reports=("sample2023", "other2023"))
    (result,) = run([single], assistant.ask, ticks, stored=assistant.stored).results
    assert (result.outcome, result.reason) == (Outcome.SKIPPED, "not in the store: other2023")
    assert result.elapsed_ms is None
    assert assistant.heard == []


def test_progress_hears_of_every_result(mixed: tuple[list[Any], Any], ticks: Clock) -> None:
    cases, assistant = mixed
    heard: list[CaseResult] = []
    done = run(cases, assistant.ask, ticks, progress=heard.append)
    assert tuple(heard) == done.results
