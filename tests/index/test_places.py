"""A place that has no report, where one of its bodies has: what may be taken from that."""

from collections.abc import Callable

import pytest

from index import Assistant

_TEXT = """贵州省教育厅2022年政府信息公开工作年度报告
一、总体情况
为方便学生，建成“黔学通”平台，全年办理86万件次。走访留守儿童家庭230户，召开新闻发布会5场。
五、存在的主要问题及改进情况
存在的问题：一是解读不够通俗；二是答复不够说理。
"""


@pytest.fixture(scope="module")
def body(store_of: Callable[[dict[str, str]], Assistant]) -> Assistant:
    return store_of({"贵州省教育厅2022年政府信息公开工作年度报告.txt": _TEXT})


@pytest.mark.parametrize(
    "question",
    [
        "贵州2022年走访了多少户留守儿童家庭？",  # its department's figure is not the province's
        "贵州2022年召开了多少场新闻发布会？",
        "贵州那个“黔学通”2022年办了多少件次？",
        "贵州2022年有哪些问题？",
        "贵州2022年新收多少申请？",
        "云南那个“黔学通”平台是为了什么？",
    ],
)
def test_a_body_does_not_speak_for_its_place(body: Assistant, question: str) -> None:
    answer = body.ask(question)
    assert answer.abstained and answer.values == ()


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("贵州2022年为什么建了“黔学通”平台？", "为方便学生"),
        ("贵州省教育厅2022年走访了多少户留守儿童家庭？", "230"),
    ],
)
def test_a_thing_that_is_named_and_the_body_itself(
    body: Assistant, question: str, says: str
) -> None:
    answer = body.ask(question)
    assert not answer.abstained and says in answer.answer
    assert "贵州省教育厅" in answer.answer
