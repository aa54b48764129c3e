"""The figure of the one sentence that says most of what is asked, and when it is not given."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Assistant

_TEXT = """# 青溪县2023年政府信息公开工作年度报告

## 一、总体情况

2023年，全县共收办政府信息公开申请207件（县政府35件、红旗镇61件、绿洲镇80件、白石镇31件）。
依托公众信息网推出1059座24小时开放环卫公厕的地图。
利用门户网站、抖音号、镇村广播等渠道，开展政民互动200场。
全年制作119期政策问答，其中红旗镇47期、绿洲镇28期、白石镇22期。
制作在线政策解读材料48篇，其中图解15篇。
"""


@pytest.fixture(scope="module")
def county(store_of: Callable[[dict[str, str]], Assistant]) -> Assistant:
    """One short report of a county."""
    return store_of({"青溪县2023年政府信息公开工作年度报告.md": _TEXT})


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("绿洲镇的申请多少件", "80件"),
        ("地图上的环卫公厕有几座", "1059座"),
        ("政民互动开展多少场", "200场"),
        ("红旗镇制作了多少期政策问答", "47期"),
        # the verb that is asked stands nowhere in the sentence
        ("红旗镇收费多少件", None),
        ("红旗镇征集多少期", None),
        # the law's name has 公开, and nothing was published
        ("红旗镇公开多少件", None),
        # a channel is not what is counted
        ("抖音号有多少场", None),
        # a place that no sentence names
        ("黑山镇收办了多少申请", None),
    ],
)
def test_figure_of_the_nearest_sentence(
    county: Assistant, question: str, value: str | None
) -> None:
    answer = county.ask(f"青溪县2023年{question}？").to_json()
    given = [v["text"] for v in answer["values"]]
    assert given == ([value] if value else []), answer["answer"]
    assert answer["abstained"] is (value is None)
