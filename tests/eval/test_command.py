import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from eval import evaluate
from ingest.errors import EvaluationError

Make = Callable[..., Any]


@pytest.fixture
def console() -> Console:
    return Console(file=StringIO(), width=160, color_system=None)


def write(path: Path, *ids: str, value: str = "1343", **more: Any) -> Path:
    lines = [
        {
            "id": name,
            "question": "新收多少？",
            "type": "lookup",
            "answer_kind": "number",
            "value": value,
            "unit": "件",
            "answer": f"{value}件",
        }
        | more
        for name in ids
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_all_right_is_0_and_prints(tmp_path: Path, say: Make, fake: Make, console: Console) -> None:
    assistant = fake({"新收多少？": say("新收多少？", ("1343", "件"))})
    paths = [write(tmp_path / "1.jsonl", "a"), write(tmp_path / "2.jsonl", "b")]
    assert evaluate(paths, assistant, console, None, fail_under=1.0) == 0
    assert "100.0%" in console.file.getvalue()  # type: ignore[attr-defined]


def test_wrong_answers_are_1_only_below_the_bar(
    tmp_path: Path, say: Make, fake: Make, console: Console
) -> None:
    assistant = fake({"新收多少？": say("新收多少？", ("1343", "件"))})
    paths = [write(tmp_path / "1.jsonl", "a"), write(tmp_path / "2.jsonl", "b", value="7")]
    assert evaluate(paths, assistant, console) == 0
    assert evaluate(paths, assistant, console, fail_under=0.5) == 0
    assert evaluate(paths, assistant, console, fail_under=0.51) == 1


def test_a_failure_is_1(tmp_path: Path, fake: Make, console: Console) -> None:
    assistant = fake({"新收多少？": RuntimeError("no")})
    assert evaluate([write(tmp_path / "1.jsonl", "a")], assistant, console) == 1


def test_nothing_to_ask_is_1(tmp_path: Path, fake: Make, console: Console) -> None:
    path = write(tmp_path / "1.jsonl", "a", context="single", reports=["absent"])
    assert evaluate([path], fake({}), console) == 1


def test_writes_the_json(tmp_path: Path, say: Make, fake: Make, console: Console) -> None:
    assistant = fake({"新收多少？": say("新收多少？", ("1343", "件"))}, (("r1", "x.txt"),))
    out = tmp_path / "new" / "report.json"
    assert evaluate([write(tmp_path / "1.jsonl", "a")], assistant, console, out) == 0
    text = out.read_text(encoding="utf-8")
    assert "新收多少？" in text and text.endswith("}\n")
    assert json.loads(text)["reports"] == [{"id": "r1", "source": "x.txt"}]


def test_a_broken_set_is_refused_before_anything_is_asked(
    tmp_path: Path, fake: Make, console: Console
) -> None:
    assistant = fake({})
    paths = [write(tmp_path / "1.jsonl", "a"), write(tmp_path / "2.jsonl", "a")]
    with pytest.raises(EvaluationError, match="field 'id'"):
        evaluate(paths, assistant, console)
    assert assistant.heard == []


def test_json_that_cannot_be_written_is_said_after_the_report(
    tmp_path: Path, fake: Make, console: Console
) -> None:
    with pytest.raises(EvaluationError, match="cannot be written"):
        evaluate([write(tmp_path / "1.jsonl", "a")], fake({}), console, tmp_path)
    assert "accuracy" in console.file.getvalue()  # type: ignore[attr-defined]
