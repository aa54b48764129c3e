"""A store and an assistant that answer from a table, for whatever measures them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from eval.cases import AnswerKind, Case
from index import Assistant, Settings
from index.answer import Answer, Kind, Question, Turn, Value
from ingest.errors import QuestionError


@dataclass(frozen=True)
class StoredReport:
    id: str
    source: str


@dataclass
class FakeAssistant:
    """Says what `answers` has for a question, abstains from the rest, remembers what it heard."""

    answers: dict[str, Answer | Exception]
    stored: list[StoredReport] = field(default_factory=list)
    heard: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        self.heard.append(question)
        found = self.answers.get(question.text)
        if isinstance(found, Exception):
            raise found
        if found is None:
            return Answer(question.text, "报告里没有。", Kind.ABSTAIN, id=question.id)
        return found

    def reports(self) -> list[StoredReport]:
        return self.stored


def _say(question: str, *values: tuple[str, str | None], text: str = "") -> Answer:
    """A look-up that gives `values`, each a value and its unit."""
    given = tuple(Value(v, unit, v, "x") for v, unit in values)
    words = text or "、".join(f"{v}{unit or ''}" for v, unit in values)
    return Answer(question, words, Kind.LOOKUP, given)


def _case(name: str, question: str, type_: str = "lookup", **more: object) -> Case:
    """A case that wants 1343件, unless told otherwise."""
    wants: dict[str, object] = {
        "kind": AnswerKind.NUMBER,
        "values": ("1343",),
        "unit": "件",
        "expected": "1343件",
    }
    return Case(name, question, type_, **(wants | more))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def reader(examples_store: Path) -> Iterator[Assistant]:
    """An assistant on the store of the examples, which nobody writes to; it searches words only."""
    settings = Settings(_env_file=None)
    with Assistant(examples_store, settings=settings, vectors=False) as made:
        yield made


@pytest.fixture
def say() -> Callable[..., Answer]:
    return _say


@pytest.fixture
def make_case() -> Callable[..., Case]:
    return _case


@pytest.fixture
def fake() -> Callable[..., FakeAssistant]:
    """`fake({question: answer or exception}, [(report id, source)])`."""

    def build(
        answers: dict[str, Answer | Exception], stored: tuple[tuple[str, str], ...] = ()
    ) -> FakeAssistant:
        return FakeAssistant(answers, [StoredReport(*report) for report in stored])

    return build


@pytest.fixture
def ticks() -> Callable[[], float]:
    """A clock that is 10 ms further at each look."""
    times: Iterator[int] = iter(range(10_000))
    return lambda: next(times) / 100


@pytest.fixture
def mixed() -> tuple[list[Case], FakeAssistant]:
    """Cases and an assistant that gets one of each outcome, and one of each way to be wrong."""
    cases = [
        _case("right", "新收多少？", "lookup"),
        _case("wrong", "新收几件？", "lookup"),
        _case("extra", "予以公开多少？", "lookup"),
        _case("unitless", "无法提供多少？", "derived"),
        _case("refused", "结转多少？", "derived"),
        _case("failed", "多少？" * 9, "derived"),
        _case("skipped", "[red]多少？", "followup", context="single", reports=("absent",)),
        _case("heard", "再上一年呢？", "followup", dialogue=(Turn("user", "新收多少？"),)),
        _case("none", "女性多少？", "unanswerable", kind=AnswerKind.ABSTAIN, expected="没有"),
    ]
    assistant = FakeAssistant(
        {
            "新收多少？": _say("新收多少？", ("1343", "件")),
            "新收几件？": _say("新收几件？", ("1344", "件")),
            "予以公开多少？": _say("予以公开多少？", ("1343", "件"), ("47", "件")),
            "无法提供多少？": _say("无法提供多少？", ("1343", None)),
            "再上一年呢？": _say("再上一年呢？", ("1343", "件")),
            "多少？" * 9: QuestionError("too long"),
        },
        [StoredReport("r1", "present.txt")],
    )
    return cases, assistant
