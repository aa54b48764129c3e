"""English names of issuers: a place in pinyin, its kind, a body of it."""

from __future__ import annotations

import pytest

from index.plan.englishnames import EnglishNames, english_body_words

ISSUERS = (
    "南屏区住房和城乡建设局",
    "平川市市场监督管理局",
    "平川市民政局",
    "北川子县卫生健康局",
    "河阳镇",
    "沙洲新区管委会",
    "云台山风景名胜区管理委员会",
    "国家税务总局梧溪县税务局",
    "沿河街道",
    "临江市",
    "临江市云溪区",
    "示例市",
    "示例市示例区",
    "西渡市林业局",
    "西渡市林业和草原局",
    "国家公共数据登记局",
    "360街道",
)
NAMES = EnglishNames(ISSUERS)


@pytest.mark.parametrize(
    ("text", "named", "issuers"),
    [
        ("nanping district housing and urban rural development bureau 2021", None, "南屏区住房和城乡建设局"),
        ("nanping district housing bureau", None, "南屏区住房和城乡建设局"),
        ("nanping housing bureau's cases", "nanping housing bureau", "南屏区住房和城乡建设局"),
        ("pingchuan city administration for market regulation", None, "平川市市场监督管理局"),
        ("pingchuan's market watchdog", None, "平川市市场监督管理局"),
        ("civil affairs bureau of pingchuan", None, "平川市民政局"),
        ("pingchuan civil affairs", None, "平川市民政局"),
        ("health commission of beichuanzi county", None, "北川子县卫生健康局"),
        ("bei chuan zi county health bureau", None, "北川子县卫生健康局"),
        ("heyang town", None, "河阳镇"),
        ("heyang", None, "河阳镇"),
        ("shazhou new area management committee", None, "沙洲新区管委会"),
        ("shazhou new area", None, "沙洲新区管委会"),
        ("yuntai mountain scenic area", None, "云台山风景名胜区管理委员会"),
        ("wuxi county (梧溪县) tax bureau", None, "国家税务总局梧溪县税务局"),
        ("yanhe subdistrict office", None, "沿河街道"),
        ("yunxi district", None, "临江市云溪区"),
        ("linjiang city yunxi district", None, "临江市云溪区"),
        ("linjiang municipal people's government", None, "临江市"),
        # the city of that name, not the district of it
        ("shili", None, "示例市"),
        ("shili district", None, "示例市示例区"),
        # one of the two, nobody can tell which
        ("xidu forestry bureau", None, "西渡市林业局 西渡市林业和草原局"),
        ("xidu forestry and grassland bureau", None, "西渡市林业和草原局"),
    ],
)  # fmt: skip
def test_who_is_named(text: str, named: str | None, issuers: str) -> None:
    found = NAMES.match(text, 0)
    assert found, text
    end, meant = found[0]
    assert (text[:end], " ".join(meant)) == (named or _without_year(text), issuers)


def _without_year(text: str) -> str:
    return text.removesuffix(" 2021")


@pytest.mark.parametrize(
    "text",
    [
        "heyang county",  # another kind of place
        "yunxi town",
        "pingchuan health bureau",  # no such body
        "pingchuan",  # the city itself has no report
        "nanping",
        "housing bureau",  # whose?
        "market regulation",
        "shanghai",
        "",
        "2021",
        "hey",
        "heyangs",
        "(河阳镇)",
    ],
)
def test_who_is_not(text: str) -> None:
    assert NAMES.match(text, 0) == []


def test_a_place_alone_is_left_where_no_such_body_is_known() -> None:
    text = "linjiang health bureau"
    assert [(text[:end], issuers) for end, issuers in NAMES.match(text, 0)] == [
        ("linjiang", ("临江市",))
    ]


def test_words_of_bodies_are_known() -> None:
    assert {"bureau", "commission", "housing", "district", "watchdog"} <= english_body_words()
