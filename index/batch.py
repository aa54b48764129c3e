"""A file of questions: one JSON object a line in, one answer a line out, bad lines named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from index.answer import Answer, Question, Turn
from ingest.errors import QuestionError, WenbaoError


def answer_lines(
    text: str, ask: Callable[[Question], Answer], complain: Callable[[int, str], None]
) -> Iterator[dict[str, Any]]:
    """The answers' JSON objects, in the order of the lines; each `id` is echoed as it is written.

    A line that cannot be asked gives no answer: `complain` is told its number and why.
    """
    # only a line feed ends a line: a question may hold any other separator, U+2028 for one
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            question, echoed = parse_line(line)
            answer = ask(question).to_json()
        except WenbaoError as error:
            complain(number, str(error))
        except Exception as error:  # a fault of ours must not cost the lines behind this one
            complain(number, f"a fault in wenbao: {type(error).__name__}: {error}")
        else:
            yield answer if echoed is None else {"id": echoed} | answer


def parse_line(line: str) -> tuple[Question, Any]:
    """The question of a line and its id (None where it has none); other fields are ignored.

    Raises QuestionError where it is no JSON object with a question.
    """
    try:
        found = json.loads(line)
        turns = tuple(
            Turn(_text(t["role"]), _text(t["content"])) for t in found.get("dialogue") or ()
        )
        scope = found.get("scope")
        if isinstance(scope, str):
            raise TypeError("scope is a string, wanted a list of report ids")
        ids = None if scope is None else tuple(_text(one) for one in scope)
        return Question(_text(found["question"]), turns, ids), found.get("id")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise QuestionError(
            f"not a question ({error!r}); wanted a JSON object with a field question"
        ) from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
