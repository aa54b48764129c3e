"""Example questions: made from what is in the store, and each of them works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from index import Assistant, ReportSummary
from index.write.examples import example_questions


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_example_is_answered(
    reader: Assistant, ask: Callable[[str], dict[str, object]], language: str
) -> None:
    questions = example_questions(reader.reports(), language)
    assert len(questions) >= 3
    assert len(set(questions)) == len(questions)
    for question in questions:
        answer = ask(question)
        assert not answer["abstained"], answer
        assert answer["values"] or answer["citations"]


def test_examples_are_of_the_newest_reports(reader: Assistant) -> None:
    assert all("2023" in q for q in example_questions(reader.reports(), "zh"))


def test_examples_of_the_assistant_are_these(reader: Assistant) -> None:
    assert reader.examples("zh") == example_questions(reader.reports(), "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_store_has_none(language: str) -> None:
    assert example_questions([], language) == []


def test_reports_that_cannot_be_asked_about_have_none(
    summary: Callable[..., ReportSummary],
) -> None:
    unknown = [
        summary(None, 2023),
        summary("甲市", None),
        replace(summary("甲市", 2023), form=None),
    ]
    assert example_questions(unknown, "zh") == []


def test_one_report_serves_for_all(summary: Callable[..., ReportSummary]) -> None:
    found = example_questions([summary("甲市", 2021, "a"), summary("甲市", 2022, "b")], "zh")
    assert len(found) >= 3
    assert all("2022年甲市" in q for q in found)


def test_english_questions_are_in_latin_letters(reader: Assistant) -> None:
    assert all(q.isascii() for q in example_questions(reader.reports(), "en"))
