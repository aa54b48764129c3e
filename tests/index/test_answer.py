"""The answer as JSON: the contract of DESIGN §7, field by field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import Answer, Assistant, Question
from index.answer import Citation, FigureRef, Formula, Kind, Notice, Understood, Value
from index.draft import Draft, join

Ask = Callable[..., dict[str, Any]]

TOP = [
    "question", "answer", "kind", "values", "figures", "citations", "findings", "abstained",
    "reason", "understood", "elapsed_ms",
]  # fmt: skip
VALUE = ["value", "unit", "text", "qualifier", "of", "issuer", "year"]
FIGURE = {
    "id", "key", "text", "value", "unit", "status", "qualifier", "note_of", "issuer", "year",
    "report", "table", "row_path", "column_path", "printed_row_path", "printed_column_path",
    "place", "formula",
}  # fmt: skip
COMPUTED = {"id", "value", "unit", "formula"}
QUESTIONS = [
    "上海2023不予公开占办理总数多少？",
    "上海2023年收到多少申请",
    "2023年上海规章新制发几件",
    "示例市2023年免费赠阅多少册",
    "示例市2023年不予公开占多少",
    "示例市2023年新收申请同比增长多少",
    "示例市2022年和2023年新收各多少",
    "2023年上海不予公开的理由哪个最多",
    "示例市和上海2023年谁收到的申请多",
    "示例市2023年存在哪些问题",
    "2023年示例市行政强制多少件",
    "收到多少申请",
    "上海2023年女性申请人多少",
    "2024年上海收到多少申请",
    "How many applications were received in Shanghai in 2023?",
    "2023年滬收到多少申請",
]


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    else:
        yield value


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_fields_of_the_contract(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert list(answer) == TOP
    assert answer["question"] == question
    assert answer["answer"]
    assert answer["kind"] in [k.value for k in Kind]
    assert answer["abstained"] is (answer["kind"] in ("abstain", "clarify"))
    assert (answer["reason"] is not None) is answer["abstained"]
    assert set(answer["understood"]) >= {"issuers", "years", "concepts", "operation"}
    for value in answer["values"]:
        assert list(value) == VALUE
        assert isinstance(value["value"], str)
        assert isinstance(value["text"], str)
    for figure in answer["figures"]:
        assert set(figure) >= (FIGURE if figure["formula"] is None else COMPUTED)
    for citation in answer["citations"]:
        assert set(citation) >= {"report", "section", "text", "place"}
        assert citation["text"]
    for finding in answer["findings"]:
        assert set(finding) == {"code", "text"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_numbers_are_strings(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert isinstance(answer.pop("elapsed_ms"), float)
    assert [leaf for leaf in _leaves(answer) if isinstance(leaf, float)] == []
    for figure in answer["figures"]:
        assert figure["value"] is None or isinstance(figure["value"], str)
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer


def test_the_example_of_the_contract(ask: Ask) -> None:
    answer = ask("上海2023年不予公开占办理总数多少？")
    assert answer["kind"] == "compute"
    (value,) = answer["values"]
    assert value == {
        "value": "4.69", "unit": "%", "text": "4.69%", "qualifier": None, "of": "share",
        "issuer": "上海市", "year": 2023,
    }  # fmt: skip
    assert "1615 件" in answer["answer"]
    assert "34430 件的 4.69%" in answer["answer"]
    by_key = {f["key"]: f for f in answer["figures"] if f["formula"] is None}
    secret = by_key["t3.refused.state_secret.total"]
    assert (secret["text"], secret["value"], secret["unit"]) == ("40", "40", "件")
    assert secret["status"] == "number"
    assert secret["row_path"] == ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"]
    assert secret["column_path"] == ["总计"]
    assert secret["place"]["line"] > 0
    formulas = {f["formula"]["op"]: f for f in answer["figures"] if f["formula"]}
    assert formulas["sum"]["formula"]["text"] == "40+12+59+209+183+189+93+830"
    assert formulas["sum"]["value"] == "1615"
    assert len(formulas["sum"]["formula"]["args"]) == 8
    assert answer["understood"]["issuers"] == ["上海市"]
    assert answer["understood"]["years"] == [2023]
    assert answer["understood"]["operation"] == "share"


@pytest.mark.parametrize(
    ("question", "row", "column"),
    [
        ("上海2023年行政复议多少件", [], ["行政复议", "总计"]),
        ("上海2023年直接起诉多少件", [], ["行政诉讼", "未经复议直接起诉", "总计"]),
        ("示例区2023年直接起诉结果纠正多少件", [], ["行政诉讼", "未经复议直接起诉", "结果纠正"]),
        (
            "示例区2023年企业新收多少",
            ["一、本年新收政府信息公开申请数量"],
            ["法人或其他组织", "商业企业"],
        ),
        ("示例区2023年行政强制多少", ["第二十条第（六）项", "行政强制"], ["本年处理决定数量"]),
    ],
)
def test_paths_are_the_forms_own_labels(
    ask: Ask, question: str, row: list[str], column: list[str]
) -> None:
    figure = next(f for f in ask(question)["figures"] if f["formula"] is None)
    assert figure["row_path"] == row
    assert figure["column_path"][-len(column) :] == column


def test_what_is_printed_stands_beside_the_forms_label(ask: Ask) -> None:
    figure = ask("示例区2023年属于国家秘密多少")["figures"][0]
    assert figure["row_path"][-1] == "1.属于国家秘密"
    assert figure["printed_row_path"][-1] == "1.屬於國家秘密"


def test_a_figure_of_a_note(ask: Ask) -> None:
    (figure,) = ask("2023年上海规章新制发几件")["figures"]
    assert (figure["value"], figure["column_path"][-1]) == ("4", "新制发")
    assert figure["note_of"].endswith("t2.rules.made")


@pytest.mark.parametrize(
    ("question", "value", "text", "qualifier"),
    [
        ("示例市2023年免费赠阅多少册", "10000", "1万余册", "余"),
        ("示例市2023年撤并栏目多少个", "10", "十余个", "余"),
        ("上海2023年上海发布的粉丝多少", "28000000", "2800万", "超过"),
    ],
)
def test_a_qualifier_is_kept(
    ask: Ask, question: str, value: str, text: str, qualifier: str
) -> None:
    (found,) = ask(question)["values"]
    assert (found["value"], found["text"], found["qualifier"]) == (value, text, qualifier)


def test_places_are_in_the_file(ask: Ask, reader: Assistant, examples: Path) -> None:
    """The line that a figure names holds the text that it prints."""
    sources = {r.id: r.source for r in reader.reports()}
    checked = 0
    for question in QUESTIONS:
        for figure in ask(question)["figures"]:
            if figure["formula"] is None and figure["text"].strip():
                lines = (examples / sources[figure["report"]]).read_text("utf-8").split("\n")
                place = figure["place"]
                stretch = "\n".join(lines[place["line"] - 1 : place.get("end_line", place["line"])])
                printed = figure["text"].split("（")[0]
                assert printed in stretch or figure["note_of"], figure
                checked += 1
    assert checked > 20


def test_citations_are_as_printed(ask: Ask, reader: Assistant, examples: Path) -> None:
    sources = {r.id: r.source for r in reader.reports()}
    for question in (
        "示例市2023年存在哪些问题",
        "示例区2023年培训多少人",
        "上海2023年新闻通气会几场",
    ):
        for citation in ask(question)["citations"]:
            text = (examples / sources[citation["report"]]).read_text("utf-8")
            assert citation["text"] in text


def test_a_contradiction_is_shown_with_both_sides(ask: Ask) -> None:
    answer = ask("示例市2023年不予公开占多少")
    assert answer["kind"] == "conflict"
    (finding,) = answer["findings"]
    assert finding["code"] == "narrative-vs-table"
    assert "9.09%" in finding["text"]
    assert "9.10%" in finding["text"]
    assert any("9.09%" in c["text"] for c in answer["citations"])


def test_an_id_is_echoed(reader: Assistant) -> None:
    assert next(iter(reader.ask(Question("上海新收多少", id="q-1")).to_json())) == "id"
    assert "id" not in reader.ask(Question("上海新收多少")).to_json()


@pytest.mark.parametrize(
    "question", ["示例市2022年和2023年新收合计多少", "2023年上海市和示例市新收合计多少"]
)
def test_a_sum_over_reports_is_of_none_of_them(ask: Ask, question: str) -> None:
    (value,) = ask(question)["values"]
    assert None in (value["year"], value["issuer"])


FIGURE_REF = FigureRef("f1", "40", "件", text="40", cell=(3, 9), place={"line": 231})


@pytest.mark.parametrize(
    ("part", "json_"),
    [
        (Value("1", None, "1", "x"), dict(zip(VALUE, ["1", None, "1", None, "x", None, None], strict=True))),
        (Formula("sum", ("a", "b"), "1+2"), {"op": "sum", "args": ["a", "b"], "text": "1+2"}),
        (
            FigureRef("f9", "3", "件", formula=Formula("sum", ("a",), "3")),
            {"id": "f9", "value": "3", "unit": "件", "formula": {"op": "sum", "args": ["a"], "text": "3"}},
        ),
        (
            Understood(("上海市",), (2023,), ("t3.received.total",), "lookup", "w"),
            {"issuers": ["上海市"], "years": [2023], "concepts": ["t3.received.total"],
             "operation": "lookup", "words": "w"},
        ),
    ],
)  # fmt: skip
def test_parts(part: Value | Formula | FigureRef | Understood, json_: dict[str, Any]) -> None:
    assert part.to_json() == json_


def test_a_printed_figure() -> None:
    made = FIGURE_REF.to_json()
    assert (made["cell"], made["place"], made["formula"]) == ([3, 9], {"line": 231}, None)
    assert set(made) >= FIGURE


@pytest.mark.parametrize(
    ("kind", "abstained"), [(k, k in (Kind.ABSTAIN, Kind.CLARIFY)) for k in Kind]
)
def test_abstained(kind: Kind, abstained: bool) -> None:
    answer = Answer("q", "a", kind)
    assert (answer.abstained, answer.to_json()["abstained"]) == (abstained, abstained)


def test_joined_drafts_keep_order_and_repeat_no_evidence() -> None:
    citation = Citation("r", (), "s", {}, 0)
    notice = Notice("c", "t")
    one = Draft(
        Kind.LOOKUP, "一。", (Value("1", "件", "1件", "a"),), (FIGURE_REF,), (citation,), (notice,)
    )
    two = replace(one, kind=Kind.COMPUTE, text="二。", values=(Value("2", "%", "2%", "share"),))
    joined = join([one, two])
    assert [v.value for v in joined.values] == ["1", "2"]
    assert (joined.figures, joined.citations, joined.findings) == (
        (FIGURE_REF,),
        (citation,),
        (notice,),
    )
    assert join([one]) is one
