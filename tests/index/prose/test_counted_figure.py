"""Figures that stand only in sentences, found by what they count: a table of near misses and hits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Assistant, Settings

#: (narrative, question without issuer and year, value with unit, or None where none may be given)
CASES: list[tuple[str, str, str | None]] = [
    # other verbs of the same doing, other word order, inserted words
    ("在局网站刊登各类动态消息88条。", "局网站发了几条动态消息", "88条"),
    ("召开政务公开联席会议7次，部署年度任务。", "联席会议开了几次", "7次"),
    ("召开政务公开联席会议7次，部署年度任务。", "办了多少次联席会议", "7次"),
    ("全年编印政务简报31期，报送有关部门。", "政务简报出了几期", "31期"),
    ("组织志愿讲解员培训5期，覆盖各乡镇。", "办了几期讲解员培训", "5期"),
    ("承办县人大建议和政协提案44件，均按时答复。", "承办的建议提案一共多少件", "44件"),
    ("承办县人大建议和政协提案44件，均按时答复。", "政协提案和人大建议承办了几件", "44件"),
    ("修复失灵链接17处，更换服务器两台。", "修好了多少处失灵链接", "17处"),
    ("补录缺失档案63条，完善查询目录。", "补了几条缺失档案", "63条"),
    ("政府开放日全年接待市民近900人次。", "政府开放日接待市民多少人次", "900人次"),
    ("在县门户网站开设便民专栏5个，发布惠农信息320余条。", "门户网站发了多少条惠农信息", "320余条"),
    ("在县门户网站开设便民专栏5个，发布惠农信息320余条。", "门户网站开了几个便民专栏", "5个"),
    ("通过抖音号推送超过140条，广受好评。", "抖音号发布多少条", "140条"),
    ("政务短信平台推送96条，及时提示风险。", "政务短信平台发了多少条信息", "96条"),
    ("按月通报信箱回复情况，对9家单位进行了提醒。", "因为信箱回复被提醒的单位有几家", "9家"),
    ("将公开工作纳入绩效考评，占4分。", "绩效考评占几分", "4分"),
    ("更新机构简介和办事指南信息29条。", "机构简介跟办事指南那块更新了几条", "29条"),
    ("配发漫画、短片等形式的解读26篇。", "解读材料一共几篇", "26篇"),
    ("举行惠民政策宣讲会12场，现场答疑。", "惠民政策宣讲会搞了几场", "12场"),
    ("刊发政策问答58篇，方便群众了解。", "政策问答刊登了几篇", "58篇"),
    ("开展基层政务公开调研6次，走访23个村。", "基层政务公开调研做了几次", "6次"),
    ("召开专家咨询会3次，举办业务讲座4期。", "开了几次专家咨询会又办了几期讲座", "3次 4期"),
    ("全年通过政府网站发布通告210条，政务微博推送75条。", "政府网站和政务微博分别发了多少条通告", None),
    ("全年通过政府网站发布信息210条，政务微博推送75条。",
     "政府网站和政务微博分别发了多少条信息", "210条 75条"),
    ("公开民生政策文件39件，均附解读。", "发布了多少民生政策文件", "39件"),
    ("制作政策图解47张，同步发布。", "政策图解制作了多少张", "47张"),
    ("设立政务公开体验区8处，供群众使用。", "设了几处政务公开体验区", "8处"),
    ("邀请市民代表出席座谈会5场。", "市民代表出席的座谈会办了几场", "5场"),
    ("征集公众建议160条，采纳42条。", "征集了多少条公众建议", "160条"),
    ("举办政策直播9场，其中涉农政策直播2场。", "政策直播办了几场", "9场"),
    # another noun
    ("召开政务公开联席会议7次。", "开了几次听证会", None),
    ("全年编印政务简报31期。", "政务内参出了几期", None),
    ("政府开放日全年接待市民近900人次。", "服务热线接待市民多少人次", None),
    ("修复失灵链接17处。", "修了几处道路", None),
    # another unit
    ("组织志愿讲解员培训5期。", "志愿讲解员培训多少人", None),
    ("在局网站刊登各类动态消息88条。", "局网站发了几期动态消息", None),
    ("公开民生政策文件39件。", "公开的民生政策文件有几页", None),
    ("举行惠民政策宣讲会12场。", "惠民政策宣讲会来了多少人", None),
    # a qualifier that no sentence has
    ("组织志愿讲解员培训5期。", "女性志愿讲解员培训办了几期", None),
    ("组织志愿讲解员培训5期。", "线上讲解员培训办了几期", None),
    ("召开政务公开联席会议7次。", "第一季度联席会议开了几次", None),
    ("召开政务公开联席会议7次。", "市级联席会议开了几次", None),
    ("政务短信平台推送96条。", "政务短信平台发了多少条英文信息", None),
    # a part that the question does not name
    ("举办线上讲解员培训5期。", "讲解员培训办了几期", None),
    ("开展重点领域业务培训6期，涉农业务培训3期。", "业务培训办了几期", None),
    ("征集公众建议160条，采纳公众建议42条。", "采纳了多少条建议", "42条"),
    ("发布原创信息300条。", "发了多少条信息", None),
    ("发现失灵链接17处。", "修好了多少处失灵链接", None),
    ("采纳群众意见30条。", "群众意见收到多少条", None),
    ("采纳群众意见30条。", "群众意见有几条", None),
    ("删除过时信息70条。", "过时信息发布了多少条", None),
    # names that are counted as one, of which the question names one
    ("承办县人大建议和政协提案44件。", "承办政协提案多少件", None),
    ("更新机构简介和办事指南信息29条。", "办事指南更新了几条", None),
    ("通过微博和抖音号发布信息500条。", "抖音号发布信息多少条", None),
    ("开设法治专栏和教育专栏共11个。", "教育专栏开了几个", None),
    ("举办12场宣讲会、恳谈会。", "宣讲会办了几场", None),
    # another channel
    ("在县门户网站开设便民专栏5个，发布惠农信息320余条。", "公众号发了多少条惠农信息", None),
    ("全年通过政府网站发布通告210条，政务微博推送75条。", "政府网站推送多少条", None),
    ("通过抖音号推送超过140条。", "微博推送多少条", None),
    # another body or place
    ("县教育局召开家长恳谈会14次。", "家长恳谈会开了几次", None),
    ("红旗镇举办宣讲会15场、绿洲镇举办宣讲会11场。", "宣讲会办了几场", None),
    ("红旗镇举办宣讲会15场、绿洲镇举办宣讲会11场。", "红旗镇宣讲会办了几场", "15场"),
    ("红旗镇举办宣讲会15场。", "黄土镇宣讲会办了几场", None),
    # another year, a plan, a rate, a change
    ("2022年召开联席会议7次。", "联席会议开了几次", None),
    ("去年修复失灵链接17处。", "修好了多少处失灵链接", None),
    ("计划举办讲解员培训5期。", "办了几期讲解员培训", None),
    ("编印政务简报比上年增加31期。", "政务简报出了几期", None),
    ("每月编印政务简报2期。", "政务简报出了几期", None),
    # two that fit
    ("举办宣讲会15场。本年度还组织宣讲会3场。", "宣讲会办了几场", None),
    ("召开联席会议7次，专题联席会议2次。", "联席会议开了几次", "7次"),
    ("通过微博发布信息90条，通过抖音号发布信息40条。", "发布信息多少条", None),
    # a sum that is not stated
    ("召开联席会议7次、碰头会9次。", "联席会议和碰头会共开了几次", None),
    ("通过微博发布信息90条，通过抖音号发布信息40条。", "微博和抖音号一共发布信息多少条", None),
    # what is counted is behind another thing
    ("开展政务公开调研6次，走访23个村。", "政务公开调研了几个村", None),
    ("宣讲会直播观看超过8000人次。", "宣讲会多少人次参加", None),
    ("对9家单位进行了提醒。", "约谈的单位几家", None),
    ("核定公开目录，补录缺失档案63条。", "核定的公开目录有几条", None),
    ("举办宣讲会12场直播。", "宣讲会办了几场", None),
    ("绩效考评占4分，日常检查占6分。", "日常检查占几分", "6分"),
    ("县审计局15件，收取700元。", "县审计局收了多少", None),
    # 历年 and 遗漏 are of the things here, not of the figure's time or of what was not done
    ("清理历年档案90件，补录遗漏文号12条。", "补录了几条漏掉的文号", "12条"),
    ("漏报文号12条。", "报了几条文号", None),
    # a row of names under one verb
    ("召开例会10场、媒体恳谈会4场。", "开了几场例会和几场媒体恳谈会", "10场 4场"),
    ("召开例会10场、媒体恳谈会4场。", "恳谈会开了几次", "4场"),
    ("召开例会10场、媒体恳谈会4场。", "例会和恳谈会一共几场", None),
    ("办理代表建议22件、政协委员提案18件。", "政协提案办理了几件", "18件"),
    ("办理代表建议22件、政协委员提案18件。", "建议提案一共办了多少件", None),
    ("发现错别字220个、失灵链接35个。", "失灵链接有几个", None),
    ("采纳意见30条、建议20条。", "建议有几条", None),
    # the question's verb is another doing
    ("咨询热线接听来电6000个，回复率99%。", "咨询热线回复了多少个", None),
    ("公开建议办理结果31件。", "建议办理几件", None),
    ("公开建议办理结果31件。", "建议办理结果公开了几件", "31件"),
    ("头条号转发近300条。", "头条号发布多少条", None),
    ("头条号转发近300条。", "头条号转发了几条", "300条"),
    # the whole is not what the levels below did
    ("各乡镇共举办读书会66场，县级举办读书会9场。", "全县读书会多少场", None),
    ("各乡镇共举办读书会66场，县级举办读书会9场。", "读书会办了几场", None),
    ("县财政局发布预算信息48条。", "预算信息发布多少条", None),
    ("县财政局发布预算信息48条。", "县财政局发布预算信息几条", "48条"),
    # a word for many things says nothing of its kinds
    ("公开规划文件25件。", "文件公开多少件", None),
    ("公开规划文件25件。", "规划文件公开了多少件", "25件"),
    ("关停休眠账号5个，现有政务账号31个。", "休眠账号几个", None),
    ("关停休眠账号5个，现有政务账号31个。", "政务账号有几个", "31个"),
    # a number asked for without a question word; a letter of a word that adds nothing up
    ("刊发政策问答58篇，方便群众了解。", "政策问答刊登篇数", "58篇"),
    ("组织交流会2期，参训452人次。", "参加培训的有多少人次", "452人次"),
    ("组织交流会2期，参训452人次。", "参加比赛的有多少人次", None),
    ("对9家单位进行了提醒。", "给几家单位发过提醒", "9家"),
]  # fmt: skip
_LETTERS = (
    "柏松梅兰竹菊荷莲桃李杏柳枫桂榆槐樟楠杉橡枣梨橘柿栗椒葵蓉芦苇萍藻茶麻稻麦豆谷禾粟粱薯芋姜蒜葱韭芹菜瓜果花草木叶根茎枝苗藤"
    "竺筠篁蕉榕椿桐栎桦椴柠檬橙柑桔葡萄莓杨柚枸杞棠桑梓椰棕楸榛檀"
)


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A county's short report for each distinct narrative of the cases."""
    said = dict(zip(_names(), _narratives(), strict=False))
    yield from _reports(tmp_path_factory.mktemp("counties"), said)


def _reports(folder: Path, said: dict[str, str]) -> Iterator[Assistant]:
    """An assistant on a report for 2023 of each issuer, with one paragraph each."""
    paths: list[Path] = []
    for name, text in said.items():
        path = folder / f"{name}2023年政府信息公开工作年度报告.md"
        path.write_text(
            f"# {name}2023年政府信息公开工作年度报告\n\n## 一、总体情况\n\n{text}\n",
            encoding="utf-8",
        )
        paths.append(path)
    with Assistant(folder / "data", settings=Settings(_env_file=None), vectors=False) as made:
        assert {r.error for r in made.ingest(paths)} == {None}
        yield made


def _names() -> list[str]:
    return [f"青{letter}县" for letter in _LETTERS]


def _narratives() -> list[str]:
    return list(dict.fromkeys(text for text, _, _ in CASES))


def test_there_is_a_county_for_each_narrative() -> None:
    assert len(set(_LETTERS)) == len(_LETTERS) >= len(_narratives())
    assert sum(value is None for _, _, value in CASES) * 2 >= len(CASES) >= 60


@pytest.mark.parametrize(("text", "question", "value"), CASES)
def test_figure_of_a_sentence(
    counties: Assistant, text: str, question: str, value: str | None
) -> None:
    name = _names()[_narratives().index(text)]
    answer = counties.ask(f"{name}2023年{question}").to_json()
    given = " ".join(v["text"] for v in answer["values"]) or None
    assert given == value, answer["answer"]
    assert answer["abstained"] is (value is None)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("{a}和{b}2023年各编印政务简报几期", "31期 15期"),
        ("{a}、{b}2023年政务简报出了几期", "31期 15期"),
        ("{a}和{b}2023年政务简报一共出了几期", None),
        ("{a}和{c}2023年各编印政务简报几期", None),  # one of them has none
        ("{a}2023年各编印政务简报几期", None),
    ],
)
def test_figures_of_two_reports(two: Assistant, question: str, value: str | None) -> None:
    answer = two.ask(question.format(a="青松县", b="青柏县", c="青梅县")).to_json()
    assert (" ".join(v["text"] for v in answer["values"]) or None) == value, answer["answer"]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Two counties that issue a bulletin, and one that does not."""
    folder = tmp_path_factory.mktemp("two")
    said = {
        "青松县": "编印政务简报31期。",
        "青柏县": "编印政务简报15期。",
        "青梅县": "召开例会2次。",
    }
    yield from _reports(folder, said)
