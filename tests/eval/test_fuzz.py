"""No question crashes the program, and none brings forth a figure that cannot be checked."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import index.assistant
from app import app
from eval.fuzz import QuestionMaker, examine, fuzz, take_stock
from index import Assistant, Question, Settings
from index.answer import Answer, FigureRef, Kind, Value
from ingest.errors import QuestionError

#: many asks, each of which takes the ones before it twice: four more, and no memory is enough
MANY_ASKS = ".35%。是多少？" * 26


@pytest.fixture(scope="module")
def reader(examples_store: Path) -> Iterator[Assistant]:
    settings = Settings(_env_file=None)
    with Assistant(examples_store, settings=settings, vectors=False) as made:
        yield made


def test_three_hundred_questions(reader: Assistant) -> None:
    report = fuzz(reader, [], 300, 4)
    assert not report.failures, report.to_text()
    assert report.counts["answered"] > 50 and report.counts["refused"] > 50
    assert report.counts["crashed"] == 0


def test_many_asks_in_one_question(reader: Assistant) -> None:
    # what is asked used to double with each ask before it, until the memory was full
    assert len(reader.ask(MANY_ASKS).answer) < 5_000


def test_the_same_seed_makes_the_same_questions(reader: Assistant) -> None:
    makers = [QuestionMaker(reader, [], seed) for seed in (1, 1, 2)]
    made = [[maker.make(n) for n in range(80)] for maker in makers]
    assert made[0] == made[1] != made[2]
    texts = [q.text for q in made[0]]
    assert any(q.dialogue for q in made[0]) and len(set(texts)) > 70


def test_questions_of_all_sorts_are_made(reader: Assistant) -> None:
    maker = QuestionMaker(reader, [], 1)
    texts = [maker.make(n).text for n in range(400)]
    assert any(len(t) > 1000 for t in texts)
    assert any(not t.isprintable() for t in texts)
    assert any(c >= "𠀀" for t in texts for c in t)
    assert any(t.isascii() and "In " in t for t in texts)


def test_question_files_are_asked_too(reader: Assistant, tmp_path: Path) -> None:
    case = {
        "id": "a", "question": "一句从来没人问过的话", "type": "unanswerable", "answer_kind": "abstain",
    }  # fmt: skip
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(case), encoding="utf-8")
    maker = QuestionMaker(reader, [path], 1)
    assert any("没人问过的话" in maker.make(n).text for n in range(100))


def test_what_goes_wrong_is_told(reader: Assistant) -> None:
    stock = take_stock(reader)

    class Broken:
        """Crashes, takes no question, invents a figure, by what is asked."""

        def ask(self, question: Question) -> Answer:
            if question.text == "crash":
                raise KeyError("x")
            if question.text == "long":
                raise QuestionError("too long")
            value = Value("7000001", "件", "7000001", "x")
            figure = FigureRef("f1", "7000001", "件")
            return Answer(question.text, "7000001", Kind.LOOKUP, (value,), (figure,))

    broken: Any = Broken()
    assert examine(broken, Question("crash"), stock) == ("crashed", ("KeyError: 'x'",))
    assert examine(broken, Question("long"), stock) == ("not taken", ())
    outcome, wrong = examine(broken, Question("invent"), stock)
    assert outcome == "answered" and wrong == ("the store has no figure f1",)


def test_a_failure_is_printed_as_a_line_to_ask_again(
    reader: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(question: Question) -> Answer:
        raise RuntimeError("no")

    monkeypatch.setattr(reader, "ask", fail)
    report = fuzz(reader, [], 3, 5)
    lines = report.to_text().splitlines()
    assert lines[0] == "seed 5: 3 questions: 3 crashed" and lines[-1] == "3 failures"
    asked = [json.loads(line) for line in lines if line.startswith("{")]
    maker = QuestionMaker(reader, [], 5)
    assert [(a["id"], a["question"]) for a in asked] == [
        (f"5:{n}", maker.make(n).text) for n in range(3)
    ]


@pytest.fixture
def run(data: Path, embedder: object, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs a command in this process on a copy of the examples' store."""
    monkeypatch.setattr(index.assistant, "make_embedder", lambda name: embedder)
    monkeypatch.setenv("WENBAO_DATA", str(data))
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])


def test_the_command(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("benchmark", "fuzz", "--count", "20", "--seed", "4")
    assert (result.exit_code, "seed 4: 20 questions" in result.stdout) == (0, True), result.stdout

    def fail(self: Assistant, question: Question) -> Answer:
        raise RuntimeError("no")

    monkeypatch.setattr(Assistant, "ask", fail)
    result = run("benchmark", "fuzz", "--count", "2")
    assert result.exit_code == 1 and "RuntimeError: no" in result.stdout


@pytest.mark.parametrize("arguments", [["eval"], ["eval", "--generated", "x.jsonl"]])
def test_files_or_the_generated_set(run: Callable[..., Any], arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
