import json
from pathlib import Path
from typing import Any

import pytest

from eval.cases import AnswerKind, load_cases, load_sets
from index.answer import Turn
from ingest.errors import EvaluationError

NUMBER = {
    "id": "Q1",
    "question": "示例市2023年新收多少件？",
    "type": "lookup",
    "answer_kind": "number",
    "value": "1343",
    "unit": "件",
    "answer": "1343件",
}
PHRASES = {
    "id": "Q2",
    "question": "有哪些问题？",
    "type": "narrative",
    "answer_kind": "phrases",
    "answer": ["不够及时", "不够通俗"],
}
ABSTAIN = {
    "id": "Q3",
    "question": "女性占多少？",
    "type": "unanswerable",
    "answer_kind": "abstain",
    "answer": "报告没有性别统计",
    "must_include": "性别",
}


def write(path: Path, *lines: dict[str, Any] | str) -> Path:
    text = "\n".join(
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_loads_every_field(tmp_path: Path) -> None:
    full = NUMBER | {
        "lang": "zh-Hant",
        "reports": ["a2023"],
        "context": "single",
        "dialogue": [{"role": "user", "content": "问"}, {"role": "assistant", "content": "答"}],
        "accept": ["约1343"],
        "tolerance": "±0.01",
        "source": "a2023｜表三",
        "behaviour": "给出数字",
    }
    (case,) = load_cases(write(tmp_path / "q.jsonl", full))
    assert case.kind is AnswerKind.NUMBER
    assert case.values == ("1343",)
    assert (case.unit, case.accept, case.tolerance) == ("件", ("约1343",), "±0.01")
    assert (case.lang, case.context, case.reports) == ("zh-Hant", "single", ("a2023",))
    assert case.dialogue == (Turn("user", "问"), Turn("assistant", "答"))
    assert (case.source, case.behaviour, case.expected) == ("a2023｜表三", "给出数字", "1343件")


def test_the_three_kinds(tmp_path: Path) -> None:
    number, phrases, abstain = load_cases(write(tmp_path / "q.jsonl", NUMBER, PHRASES, ABSTAIN))
    assert number.context == "all" and number.lang == "zh-Hans"
    assert phrases.phrases == ("不够及时", "不够通俗")
    assert phrases.expected == "不够及时、不够通俗"
    assert abstain.must_include == ("性别",)
    assert abstain.values == abstain.phrases == ()


def test_bom_blank_lines_crlf_and_unknown_fields(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    line = json.dumps(NUMBER | {"mood": 3}, ensure_ascii=False)
    path.write_bytes(b"\xef\xbb\xbf" + f"\r\n{line}\r\n  \r\n\r\n".encode())
    (case,) = load_cases(path)
    assert case.origin == f"{path}:2"


def test_line_separator_inside_a_text_is_no_line_end(tmp_path: Path) -> None:
    (case,) = load_cases(write(tmp_path / "q.jsonl", NUMBER | {"question": "多少\u2028件？"}))
    assert case.question == "多少\u2028件？"


def test_json_numbers_stay_exact(tmp_path: Path) -> None:
    raw = json.dumps(NUMBER).replace('"1343"', "4.690000000000000000001")
    tolerant = NUMBER | {"id": "Q9", "value": 1343, "tolerance": 1}
    one, other = load_cases(write(tmp_path / "q.jsonl", raw, tolerant))
    assert one.values == ("4.690000000000000000001",)
    assert (other.values, other.tolerance) == (("1343",), "1")


def test_value_list(tmp_path: Path) -> None:
    listed = {k: v for k, v in NUMBER.items() if k != "value"} | {"value_list": ["12", "3万余", 4]}
    (case,) = load_cases(write(tmp_path / "q.jsonl", listed))
    assert case.values == ("12", "3万余", "4")


def without(field: str) -> dict[str, Any]:
    return {k: v for k, v in NUMBER.items() if k != field}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (without("id"), "field 'id' is missing; wanted a text that is not empty"),
        (NUMBER | {"id": 7}, "field 'id' is 7;"),
        (NUMBER | {"question": "  "}, "field 'question' is \"  \";"),
        (
            NUMBER | {"type": "lookups"},
            "field 'type' is \"lookups\"; wanted one of lookup, derived",
        ),
        (NUMBER | {"lang": "zh"}, "field 'lang' is \"zh\"; wanted one of zh-Hans"),
        (NUMBER | {"context": "some"}, "wanted one of all, single"),
        (NUMBER | {"context": "single"}, "field 'reports' is missing; wanted the report to load"),
        (without("answer_kind"), "field 'answer_kind' is missing; wanted one of number, phrases"),
        (NUMBER | {"answer_kind": ["number"]}, "field 'answer_kind' is [\"number\"]"),
        (without("value"), "field 'value' is missing; wanted a figure"),
        (NUMBER | {"value": ""}, "field 'value' is \"\""),
        (NUMBER | {"value": "很多"}, "field 'value' is \"很多\""),
        (NUMBER | {"value": True}, "field 'value' is true"),
        (NUMBER | {"value_list": ["1"]}, "no 'value_list' beside 'value'"),
        (without("value") | {"value_list": []}, "field 'value_list' is []; wanted a list"),
        (without("value") | {"value_list": ["1", None]}, "field 'value_list' is [\"1\", null]"),
        (NUMBER | {"unit": 3}, "field 'unit' is 3; wanted a text"),
        (NUMBER | {"accept": [94.5]}, "field 'accept' is [\"94.5\"]"),
        (NUMBER | {"tolerance": "little"}, "field 'tolerance' is \"little\"; wanted a distance"),
        (NUMBER | {"dialogue": "hi"}, "field 'dialogue' is \"hi\"; wanted a list of"),
        (NUMBER | {"dialogue": [{"role": "bot", "content": ""}]}, "field 'dialogue'"),
        (NUMBER | {"dialogue": [{"role": "user"}]}, "field 'dialogue'"),
        (PHRASES | {"answer": []}, "field 'answer' is []"),
        (PHRASES | {"answer": None}, "field 'answer' is null"),
        (PHRASES | {"answer": [" "]}, "field 'answer' is [\" \"]"),
        (ABSTAIN | {"must_include": [3]}, "field 'must_include' is [3]"),
        ("{broken", "not JSON"),
        ("[1, 2]", "is [1, 2]; wanted a JSON object"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_refuses_with_file_line_field_and_value(
    tmp_path: Path, line: dict[str, Any] | str, said: str
) -> None:
    path = write(tmp_path / "q.jsonl", NUMBER | {"id": "fine"}, "", line)
    with pytest.raises(EvaluationError) as raised:
        load_cases(path)
    assert str(raised.value).startswith(f"{path}:3: ")
    assert said in str(raised.value)


def test_long_values_are_cut_in_messages(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", NUMBER | {"value": "很" * 500})
    with pytest.raises(EvaluationError, match=r"很\.\.\.; wanted") as raised:
        load_cases(path)
    assert len(str(raised.value)) < 300


def test_duplicate_ids_are_refused_within_and_across_files(tmp_path: Path) -> None:
    one = write(tmp_path / "one.jsonl", NUMBER, PHRASES, NUMBER)
    with pytest.raises(EvaluationError, match=r"one\.jsonl:3: field 'id' is 'Q1', which .*:1 "):
        load_cases(one)
    first, second = write(tmp_path / "1.jsonl", NUMBER), write(tmp_path / "2.jsonl", NUMBER)
    with pytest.raises(EvaluationError, match=r"2\.jsonl:1: field 'id'"):
        load_sets([first, second])


def test_files_that_are_no_sets(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="cannot be read"):
        load_cases(tmp_path / "none.jsonl")
    with pytest.raises(EvaluationError, match="cannot be read"):
        load_cases(tmp_path)
    with pytest.raises(EvaluationError, match="holds no question"):
        load_cases(write(tmp_path / "empty.jsonl", "", " "))
    (tmp_path / "gb.jsonl").write_bytes("上海".encode("gbk"))
    with pytest.raises(EvaluationError, match="byte 0 is not UTF-8"):
        load_cases(tmp_path / "gb.jsonl")
