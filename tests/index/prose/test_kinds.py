"""What kind of thing a question asks for, and which sentences can tell it."""

from __future__ import annotations

import pytest

from index.prose.kinds import can_tell, kind_of


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("新闻发布会什么时候开的", "when"),
        ("查阅点设在哪里", "where"),
        ("为什么要开设专栏", "why"),
        ("局长叫什么名字", "person"),
        ("联系电话是多少", "telephone"),
        ("由哪个部门牵头", "who"),
        ("小程序叫什么", "name"),
        ("存在哪些问题", "steps"),
        ("新收申请多少件", None),
    ],
)
def test_the_kind_of_a_question(question: str, name: str | None) -> None:
    kind = kind_of(question)
    assert (kind.name if kind else None) == name


@pytest.mark.parametrize(
    ("question", "sentence", "tells"),
    [
        ("新闻发布会什么时候开的", "6月5日召开新闻发布会。", True),
        ("新闻发布会什么时候开的", "召开新闻发布会。", False),
        ("局长叫什么名字", "局长出席新闻发布会。", False),  # no report names persons
        ("由哪个部门牵头", "由市大数据局牵头。", True),
        ("由哪个部门牵头", "牵头推进。", False),
        ("与哪所大学合作", "与东华大学合作开展评估。", True),
        ("与哪所大学合作", "与第三方合作开展评估。", False),
        ("评估怎么做", "委托第三方评估。", True),  # no kind: nothing is asked of the sentence
    ],
)
def test_a_sentence_that_can_tell(question: str, sentence: str, *, tells: bool) -> None:
    assert can_tell(question, sentence) is tells
