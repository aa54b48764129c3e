import json

import pytest

from index.answer import Answer, Kind, Question, Turn
from index.batch import answer_lines, parse_line
from ingest.errors import QuestionError


@pytest.mark.parametrize(
    ("line", "question", "echoed"),
    [
        ({"question": "多少"}, Question("多少"), None),
        ({"id": 7, "question": "多少", "reports": ["x"]}, Question("多少"), 7),
        (
            {"id": "q", "question": "多少", "dialogue": [{"role": "user", "content": "几"}]},
            Question("多少", (Turn("user", "几"),)),
            "q",
        ),
        ({"question": "多少", "scope": ["a"]}, Question("多少", scope=("a",)), None),
        ({"question": "多少", "scope": [], "dialogue": None}, Question("多少", scope=()), None),
    ],
)
def test_lines(line: object, question: Question, echoed: object) -> None:
    assert parse_line(json.dumps(line, ensure_ascii=False)) == (question, echoed)


@pytest.mark.parametrize(
    "line",
    [
        "", "多少", "{", "[]", "null", "3", '"多少"', "{}",
        '{"question": null}', '{"question": 3}', '{"question": ["多少"]}',
        '{"question": "多少", "dialogue": "几"}', '{"question": "多少", "dialogue": [3]}',
        '{"question": "多少", "dialogue": [{"role": "user"}]}',
        '{"question": "多少", "dialogue": [{"role": "user", "content": 3}]}',
        '{"question": "多少", "scope": "a"}', '{"question": "多少", "scope": 3}',
        '{"question": "多少", "scope": [3]}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_question(line: str) -> None:
    with pytest.raises(QuestionError, match="not a question"):
        parse_line(line)


def test_bad_lines_are_named_and_the_rest_is_answered() -> None:
    def ask(question: Question) -> Answer:
        if question.text == "fault":
            raise RuntimeError("boom")
        if question.text == "refused":
            raise QuestionError("too long")
        return Answer(question.text, "好", Kind.LOOKUP)

    text = "\n".join(
        [
            '\ufeff{"id": 1, "question": "a"}\r',
            "",
            "nonsense",
            '{"id": 2, "question": "fault"}',
            '{"question": "refused"}',
            '{"id": "三", "question": "b\u2028c\x85d"}',
        ]
    )
    said: list[tuple[int, str]] = []
    answers = list(answer_lines(text, ask, lambda number, why: said.append((number, why))))
    assert [(a.get("id"), a["question"]) for a in answers] == [(1, "a"), ("三", "b\u2028c\x85d")]
    assert [number for number, _ in said] == [3, 4, 5]
    assert "not a question" in said[0][1] and "boom" in said[1][1] and said[2][1] == "too long"
