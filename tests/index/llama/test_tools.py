import asyncio
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from index import Assistant
from index.llama import lookup_tool, search_tool
from index.request import RequestOperation


def called(assistant: Assistant, **arguments: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lookup_tool(assistant).call(**arguments).content)
    return found


def test_a_look_up_with_its_evidence(assistant: Assistant) -> None:
    answer = called(assistant, issuer="上海市", year=2023, row="新收", operation="lookup")
    assert [(v["value"], v["unit"]) for v in answer["values"]] == [("34290", "件")]
    figure = answer["figures"][0]
    assert figure["text"] == "34290" and figure["key"] == "t3.received.total"
    assert figure["place"]["line"] == 113
    assert not answer["abstained"]


@pytest.mark.parametrize(
    ("arguments", "values"),
    [
        ({"row": "一、本年新收政府信息公开申请数量", "column": "商业企业"}, ["1651"]),
        ({"row": "t3.received", "column": "enterprise"}, ["1651"]),
        ({"row": "不予公开", "operation": "share"}, ["4.69"]),
        ({"row": "新收", "column": "企业", "operation": "share"}, ["4.81"]),
        ({"row": "行政复议", "column": "结果纠正", "operation": "share"}, ["6.41"]),
        ({"row": "妇女"}, []),
        ({"row": "予以公开", "operation": "sum", "more": [{"row": "部分公开"}]}, ["10538"]),
        ({"row": "新收", "operation": "rank", "over": "columns", "top": 2}, ["32419", "1651"]),
    ],
)
def test_arguments(assistant: Assistant, arguments: dict[str, Any], values: list[str]) -> None:
    answer = called(assistant, issuer="上海", year=2023, **arguments)
    assert [v["value"] for v in answer["values"]] == values
    assert answer["abstained"] == (values == [])


def test_the_same_call_gives_the_same_bytes(assistant: Assistant) -> None:
    tool = lookup_tool(assistant)
    found = []
    for _ in range(2):
        answer = tool.call(issuer="上海", year=2023, row="不予公开", operation="share").raw_output
        found.append(json.dumps(answer | {"elapsed_ms": 0}))
    assert found[0] == found[1]


def test_asynchronously_and_with_a_year_as_text(assistant: Assistant) -> None:
    async def ask() -> str:
        done = await lookup_tool(assistant).acall(issuer="上海", year="2023", row="新收")
        return str(done.content)

    assert json.loads(asyncio.run(ask()))["values"][0]["value"] == "34290"


@pytest.mark.parametrize(
    "arguments",
    [{"operation": "guess"}, {"year": "last"}, {"row": None}, {"column": 3}],
)
def test_wrong_arguments_are_refused(assistant: Assistant, arguments: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        lookup_tool(assistant).call(**{"issuer": "上海", "year": 2023, "row": "新收"} | arguments)


def test_what_a_model_is_told(assistant: Assistant) -> None:
    for tool, required in (
        (lookup_tool(assistant), ["issuer", "year", "row"]),
        (search_tool(assistant), ["query"]),
    ):
        told = tool.metadata.to_openai_tool()["function"]
        schema = told["parameters"]
        assert schema["required"] == required
        assert all(p["description"] for p in schema["properties"].values())
        assert "FieldInfo" not in told["description"] and len(told["description"]) < 1024
    operation = lookup_tool(assistant).metadata.get_parameters_dict()["properties"]["operation"]
    assert operation["enum"] == list(get_args(RequestOperation))


def test_search(assistant: Assistant) -> None:
    tool = search_tool(assistant)
    assert tool.metadata.name == "search_passages"
    found = json.loads(tool.call(query="示例市2023年编印了什么", limit=3).content)
    assert len(found) == 3
    assert "办件一本通" in found[0]["text"] and found[0]["place"]["line"] > 1
    assert {(f["issuer"], f["year"]) for f in found} == {("示例市", 2023)}
    only = json.loads(tool.call(query="编印了什么", issuer="示例", year=2022).content)
    assert {(f["issuer"], f["year"]) for f in only} == {("示例市", 2022)}
    assert json.loads(tool.call(query="编印", issuer="没有市").content) == []


def test_nothing_else_in_index_imports_llama_index() -> None:
    folder = Path(__file__).resolve().parents[3]
    for path in [folder / "app.py", *folder.glob("index/**/*.py"), *folder.glob("ingest/**/*.py")]:
        if path.parent.name != "llama":
            for line in path.read_text(encoding="utf-8").splitlines():
                assert not line.startswith(("from llama_index", "import llama_index")), path
                assert not line.startswith("from index.llama"), path
