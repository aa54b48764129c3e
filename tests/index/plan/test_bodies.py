"""What people call a public body, and what never means it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import ReportSummary
from index.plan.bodies import body_halves, body_names, ends_in_body, place_parts
from index.plan.catalogue import make_catalogue
from index.plan.issuernames import issuer_names

Make = Callable[..., ReportSummary]


@pytest.mark.parametrize(
    ("issuer", "called", "never"),
    [
        # departments: the place with or without its ending, the body with its usual short forms
        ("东岭市国有资产监督管理委员会", "东岭市国资委 东岭国资委 东岭国有资产监督管理委员会", "东岭市 东岭 国资委"),
        ("青石县教育局", "青石教育局", "青石县 青石 教育局 青石县政府 青石教育"),
        ("柳湾市交通运输局", "柳湾市交通局 柳湾交通局 柳湾交通运输局", "柳湾 柳湾市 柳湾市交通 交通局"),
        ("澄湖市人力资源和社会保障局", "澄湖市人社局 澄湖人社局 澄湖市人力资源社会保障局", "澄湖市 澄湖 人社局"),
        ("青石县发展和改革局", "青石县发改局 青石发改委 青石县发展改革局", "青石 青石改革"),
        ("东岭市发展和改革委员会", "东岭市发改委 东岭发改局 东岭市发展改革委 东岭市发展和改革委", "东岭市"),
        ("东岭市住房和城乡建设局", "东岭市住建局 东岭住建局 东岭市建设局 东岭市住房城乡建设局", "东岭"),
        ("东岭市市场监督管理局", "东岭市市监局 东岭市监局 东岭市市场监管局 东岭市场监管局", "东岭市市 东岭市"),
        ("青石县卫生健康局", "青石县卫健局 青石卫健委", "青石县"),
        ("东岭市卫生健康委员会", "东岭市卫健委 东岭市卫生健康委 东岭卫健局", "东岭市"),
        ("澄湖市自然资源和规划局", "澄湖市自规局 澄湖资规局 澄湖市自然资源规划局", "澄湖市规划"),
        ("上海市规划和自然资源局", "上海市规划资源局 上海规自局", "上海市 上海"),
        ("青石县农业农村局", "青石县农业局 青石农业局", "青石农业"),
        ("东岭市生态环境局", "东岭市环保局 东岭环境局", "东岭市环保"),
        ("青石县应急管理局", "青石县应急局 青石应急局 青石应急", "青石"),
        ("青石县退役军人事务局", "青石县退役军人局 青石退役军人局", "青石县"),
        ("青石县文化广电和旅游局", "青石县文旅局 青石文广旅局 青石县文化广电旅游局", "青石县"),
        ("青石县民族宗教事务局", "青石县民宗局 青石民宗局", "青石县"),
        ("柳湾市城市管理和综合执法局", "柳湾市城管局 柳湾城管局 柳湾市城市管理局", "柳湾市城市"),
        ("柳湾市医疗保障局", "柳湾市医保局 柳湾医保局", "柳湾市"),
        ("澄湖市工业和信息化局", "澄湖市工信局 澄湖工信局 澄湖工信委", "澄湖市"),
        ("澄湖市经济和信息化委员会", "澄湖市经信委 澄湖经信局", "澄湖市"),
        ("青石县科学技术局", "青石县科技局 青石科技局", "青石科技"),
        ("青石县教育和体育局", "青石县教体局 青石教体局", "青石县"),
        ("青石县林业和草原局", "青石县林草局 青石林草局", "青石县"),
        ("柳湾市政务服务管理办公室", "柳湾市政务服务办 柳湾政务办", "柳湾市政府办 柳湾市"),
        ("柳湾市数据局", "柳湾数据局", "柳湾市"),
        ("江苏省教育厅", "江苏教育厅", "江苏 江苏省 江苏教育局"),
        # a body that is in no list: only its place is said in short, 委员会 and 办公室 too
        ("东岭市市政园林局", "东岭市政园林局", "东岭市 东岭"),
        ("示例市公安局", "示例公安局", "示例市 示例"),
        ("东岭市水务工程建设委员会办公室", "东岭水务工程建设委员会办", "东岭市"),
        # inside another place
        ("临江市云溪区教育局", "云溪区教育局 云溪教育局 临江云溪区教育局", "临江市 云溪区 云溪 临江市教育局"),
        ("杭州市余杭区财政局", "余杭区财政局 余杭财政局", "市余杭区财政局 杭州市财政局 杭州财政局"),
        # offices of a government are not the city
        ("鹿鸣市人民政府办公室", "鹿鸣市政府办公室 鹿鸣市府办 鹿鸣政府办", "鹿鸣市 鹿鸣 鹿鸣市政府"),
        ("上海市人民政府办公厅", "上海市政府办公厅 上海市政府办", "上海市 上海 上海市政府 上海市人民政府"),
        # offices of the state
        ("国家税务总局梧溪县税务局", "梧溪县税务局 梧溪税务局", "梧溪县 梧溪 税务局 国家税务总局"),
        # zones and streets are governed by their committee, their office
        ("新港经济技术开发区管理委员会", "新港经济技术开发区 新港经开区 新港开发区 新港经开区管委会", "新港 开发区"),
        ("沙洲新区管委会", "沙洲新区 沙洲新区管理委员会", "沙洲 新区"),
        ("东岭市高新技术产业开发区管理委员会", "东岭市高新区 东岭高新区 东岭高新区管委会", "东岭市 高新区"),
        ("东岭市开发区", "东岭开发区 东岭市开发区管委会", "开发区 东岭"),
        ("古城街道办事处", "古城街道 古城街道办 古城街办", "古城 街道 古城区"),
        ("临江市云溪区古城街道办事处", "古城街道 古城街道办", "云溪区 临江市"),
        # places
        ("石桥乡", "", "石"),
        ("临江市云溪区", "云溪区 云溪 临江云溪区 云溪区政府", "临江市 临江 临江市政府"),
        ("杭州市余杭区", "余杭区 余杭", "市余杭区 市余杭 杭州"),
        ("青岛市市北区", "市北区", "北区 青岛"),
        ("延边朝鲜族自治州", "延边", "朝鲜 朝鲜族"),
        ("新疆维吾尔自治区", "新疆", "维吾尔"),
        ("上海市浦东新区", "浦东新区 浦东 浦东新区政府", "上海市 上海"),
        ("临江市古城街道", "古城街道 古城街道办事处 古城街办", "临江市"),
        # no place is named
        ("中国银行", "", "银行"),
        ("教育局", "", "教育"),
        ("市", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_names_of_a_body(issuer: str, called: str, never: str) -> None:
    names = set(body_names(issuer))
    assert set(called.split()) - names == set()
    assert names & set(never.split()) == set()
    assert issuer not in names
    ranks = {name: rank for rank, name in reversed(issuer_names(issuer))}
    assert set(called.split()) <= set(ranks)


@pytest.mark.parametrize(
    "body", ["教育局", "国有资产监督管理委员会", "人民政府办公室", "税务局", "水利局"]
)
def test_a_place_alone_is_never_its_body(body: str) -> None:
    for place in ("青石县", "东岭市", "临江市云溪区", "石桥镇", "延边朝鲜族自治州", "江苏省"):
        bare = {place, *body_names(place), *(name for _, name in issuer_names(place))}
        assert bare & {name for _, name in issuer_names(place + body)} == set()


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("临江市云溪区", ("临江市", "云溪区")),
        ("江苏省宿迁市泗阳县", ("江苏省", "宿迁市", "泗阳县")),
        ("杭州市余杭区", ("杭州市", "余杭区")),
        ("青岛市市北区", ("青岛市", "市北区")),
        ("荆州市沙市区", ("荆州市", "沙市区")),
        ("常德市津市市", ("常德市", "津市市")),
        ("景德镇市", ("景德镇市",)),
        ("新乡市", ("新乡市",)),
        ("河南省新乡市新乡县", ("河南省", "新乡市", "新乡县")),
        ("贵州省黔东南苗族侗族自治州镇远县", ("贵州省", "黔东南苗族侗族自治州", "镇远县")),
        ("积石山保安族东乡族撒拉族自治县", ("积石山保安族东乡族撒拉族自治县",)),
        ("延边朝鲜族自治州敦化市", ("延边朝鲜族自治州", "敦化市")),
        ("上海市浦东新区", ("上海市", "浦东新区")),
        ("青石县教育局", ()),
        ("", ()),
    ],
)
def test_places_of_a_name(place: str, parts: tuple[str, ...]) -> None:
    assert place_parts(place) == parts


def test_a_short_name_of_two_bodies_means_both(summary: Make) -> None:
    made = make_catalogue([summary("青石县教育局", 2023, "a"), summary("青石市教育局", 2023, "b")])
    assert made.names["青石教育局"] == ("青石县教育局", "青石市教育局")
    assert made.names["青石县教育局"] == ("青石县教育局",)


def test_a_whole_name_goes_before_a_short_one(summary: Make) -> None:
    made = make_catalogue(
        [summary("青石县农业农村局", 2023, "a"), summary("青石县农业局", 2018, "b")]
    )
    assert made.names["青石县农业局"] == ("青石县农业局",)


def test_a_city_and_its_office(summary: Make) -> None:
    made = make_catalogue(
        [summary("鹿鸣市人民政府办公室", 2023, "a"), summary("鹿鸣市", 2023, "b")]
    )
    assert made.names["鹿鸣市"] == made.names["鹿鸣市政府"] == made.names["鹿鸣"] == ("鹿鸣市",)
    assert made.names["鹿鸣市政府办"] == ("鹿鸣市人民政府办公室",)


def test_an_office_alone_does_not_answer_for_the_city(summary: Make) -> None:
    made = make_catalogue([summary("上海市人民政府办公厅", 2023)])
    assert {"上海", "上海市", "上海市政府", "上海市人民政府"} & set(made.names) == set()


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("梧溪县水务局", True),
        ("税务局", True),
        ("宿迁市教委", True),
        ("平川市市场监督管理局", True),
        ("南屏主建局", False),
        ("临江市商务居", False),
        ("水务", False),
        ("局", False),
        ("", False),
    ],
)
def test_what_ends_in_a_body(text: str, body: bool) -> None:
    assert ends_in_body(text) is body


@pytest.mark.parametrize(
    ("issuer", "place", "body"),
    [
        ("平川市民政局", "平川", "民政局"),
        ("国家税务总局梧溪县税务局", "梧溪县", "国税局"),
        ("平川市市场监督管理局", "平川市", "市监局"),
    ],
)
def test_a_body_in_two_halves(issuer: str, place: str, body: str) -> None:
    places, bodies = body_halves(issuer)
    assert place in places and body in bodies


@pytest.mark.parametrize("issuer", ["平川市", "临江市云溪区", "国家公共数据登记局", ""])
def test_what_has_no_halves(issuer: str) -> None:
    assert body_halves(issuer) == ((), ())
