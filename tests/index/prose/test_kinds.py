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
        ("例会多久开一次", "how_long"),
        ("计划管的是哪几年", "when"),
        ("“一号”指的是什么", "meaning"),
        ("参会代表提了哪些意见", "content"),
        ("培训班是第几期", "ordinal"),
        ("逾期答复怎么解决", "remedy"),
        ("张女士的案子怎么判的", "person"),
        ("这两个数是不是写错了", "check"),
        ("when did it launch", "when"),
        ("what was used when handling cases", None),
        ("which agency led it", "who"),
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
        # what the question says itself is not told
        ("2023年的平台什么时候上线的", "2023年,平台上线。", False),
        ("2023年的平台什么时候上线的", "2023年,平台于9月上线。", True),
        ("平台什么时候上线的", "力争2024年10月上线平台。", False),  # a plan is no launch
        ("平台计划什么时候上线", "力争2024年10月上线平台。", True),
        ("哪家机构做的评估", "委托第三方机构评估。", False),  # no name
        ("哪家机构做的评估", "委托东华大学评估。", True),
        ("小程序叫什么", "开发小程序“健康青溪”。", True),
        ("“健康青溪”小程序叫什么", "推出“健康青溪”。", False),
        # as many items as are asked for
        ("选了哪三个地方", "在鹿角屿、望潮岛、白鲸礁三处举办。", True),
        ("选了哪三个地方", "在鹿角屿、望潮岛两处举办。", False),
        ("选了哪两份清单", "发布《惠企清单》《服务清单》,并开展解读。", True),
        ("先进集体都有哪些单位", "评选出先进集体30个、先进个人30名。", False),
        ("先进集体都有哪些单位", "通报表扬甲区、市公安局等26个单位。", True),
        ("按哪“五化”要求", "按照“便民化、智能化、人性化、一体化、标准化”要求建设。", True),
        ("which three islands were chosen", "在鹿角屿、望潮岛、白鲸礁三处举办。", True),
        ("which three islands were chosen", "在鹿角屿举办。", False),
        # what is taken for granted
        ("为什么取消了开放日", "为方便群众,举办开放日。", False),
        ("为什么取消了开放日", "因疫情取消开放日。", True),
        ("第二步是什么", "第一步,开展评估;第二步,遴选案例。", True),
        ("第四步是什么", "第一步,开展评估;第二步,遴选案例。", False),
        ("哪个部门垫底", "宿豫区、市公安局等受到表扬。", False),
        # what a name means stands behind it
        ("“1+x”指的是什么", "召开“1+x”新闻发布会。", False),
        ("“一号”指的是什么", "建设“一号”,即政务公众号。", True),
        ("为什么要改版", "网站完成改版。", False),
        ("为什么要改版", "为方便查找,网站完成改版。", True),
    ],
)
def test_a_sentence_that_can_tell(question: str, sentence: str, *, tells: bool) -> None:
    assert can_tell(question, sentence) is tells
