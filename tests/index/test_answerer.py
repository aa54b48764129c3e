"""Whole questions over the examples: right, refused, corrected; the same in any wording."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import Assistant, Question, Turn
from index.plan.words import load_words
from ingest.errors import QuestionError

Ask = Callable[..., dict[str, Any]]
Values = Callable[..., list[tuple[str, str | None]]]
Faults = Callable[[dict[str, Any]], list[str]]


def wrong(reason: str, *case: Any) -> Any:
    """A case that the program gets wrong today."""
    return pytest.param(*case, marks=pytest.mark.xfail(strict=True, reason=reason))


#: (question, its values as `number unit`); the numbers are read off the example reports
RIGHT: list[Any] = [
    # a cell
    ("上海2023年收到多少申请？", ["34290 件"]),
    ("上海2023年律所提交的申请几件", ["58 件"]),
    ("2023年上海市上年结转多少", ["2235 件"]),
    ("2023年上海市法律服务机构上年结转多少", ["3 件"]),
    ("2023年上海市结转下年度多少件", ["2095 件"]),
    ("2023年上海市本机关不掌握多少件", ["11425 件"]),
    ("2023年上海市逾期未缴费的几件", ["21 件"]),
    ("2023年上海市要求提供公开出版物多少", ["3 件"]),
    ("2023年上海市其他处理中的其他多少件", ["6072 件"]),
    ("2023年上海市法人或其他组织中的其他新收多少", ["122 件"]),
    ("2023年上海市行政处罚多少件", ["19018350 件"]),
    ("2023年上海市行政事业性收费多少", ["1307259 万元"]),
    ("2023年上海规范性文件废止几件", ["605 件"]),
    ("2023年上海规章制发几件", ["18 件"]),
    ("2023年上海规章新制发几件", ["4 件"]),
    ("2023年上海规章修改几件", ["14 件"]),
    ("2023年上海复议后起诉结果纠正几件", ["0 件"]),
    ("2023年上海直接起诉结果维持几件", ["340 件"]),
    ("2023年上海行政复议其他结果多少件", ["207 件"]),
    ("示例市2023年危及“三安全一稳定”多少件", ["2 件"]),
    ("示例市2023年保护第三方合法权益的自然人多少件", ["24 件"]),
    ("示例市2023年结转到2024年多少件", ["60 件"]),
    ("示例市2023年从2022年结转多少件", ["47 件"]),
    ("示例市2023年办结多少件", ["1330 件"]),
    ("2022年示例市行政强制多少", ["2846 件"]),
    ("2023年示例市示例区涉密的多少件", ["0 件"]),
    ("2023年示例区规章制发几件", ["0 件"]),
    ("2023年示例区行政许可多少件", ["8214 件"]),
    # a group
    ("2023年上海不予公开多少件", ["1615 件"]),
    ("2023年上海无法提供多少件", ["14342 件"]),
    ("2023年上海不予处理多少件", ["822 件"]),
    ("2023年上海律所的申请里不予公开几件", ["2 件"]),
    ("2023年示例市法人或其他组织新收多少件", ["134 件"]),
    ("2023年上海行政诉讼多少件", ["927 件"]),
    ("2023年上海行政诉讼结果维持几件", ["488 件"]),
    # several
    ("2023年上海规章制发、废止、现行有效各多少", ["18 件", "22 件", "269 件"]),
    ("示例市2022年和2023年新收各多少", ["1116 件", "1343 件"]),
    ("示例市和上海市2023年新收各多少", ["1343 件", "34290 件"]),
    ("2023年示例市新收多少？其中企业多少？", ["1343 件", "93 件"]),
    # sums, differences, ratios, averages
    ("2023年示例市予以公开和部分公开合计多少", ["625 件"]),
    ("2023年上海上年结转和新收合计多少", ["36525 件"]),
    ("示例市2022年和2023年新收合计多少", ["2459 件"]),
    ("2023年上海市和示例市收到申请总共多少", ["35633 件"]),
    ("2023年示例市予以公开比不予公开多多少件", ["421 件"]),
    ("2023年示例市新收和办结相差多少", ["13 件"]),
    ("2023年示例市自然人是商业企业的几倍", ["13 倍"]),
    ("2023年上海行政处罚是行政强制的多少倍", ["170.57 倍"]),
    ("2023年示例市平均每月新收多少件", ["111.92 件"]),
    ("2023年示例市平均每天收到多少申请", ["3.68 件"]),
    # shares
    ("2023年上海不予公开占办理总数多少", ["4.69 %"]),
    ("2023年上海行政复议纠错率", ["6.41 %"]),
    ("2023年上海行政诉讼败诉率", ["3.45 %"]),
    ("2023年上海自然人和商业企业新收各占多少", ["94.54 %", "4.81 %"]),
    ("2023年上海不予公开里行政查询事项占多少", ["51.39 %"]),
    ("2023年示例市不予公开占多少", ["9.10 %"]),
    ("2023年示例市予以公开和部分公开加起来占多少", ["46.99 %"]),
    ("2023年示例市企业不予公开占企业办结的多少", ["9.78 %"]),
    ("示例区2023年新收占示例市的多少", ["7.00 %"]),
    ("2023年示例区国家秘密占不予公开多少", ["0.00 %"]),
    ("示例市2022年不予公开占比", ["8.66 %"]),
    # over the years
    ("示例市2023年新收申请同比增长多少", ["20.34 %"]),
    ("示例市2023年新收比上年多了几件", ["227 件"]),
    ("示例市2023年科研机构新收比上年变化百分之几", ["-25.00 %"]),
    ("示例市2023年规章制发比上年减少多少件", ["1 件"]),
    ("上海2023年新收申请增长多少", ["29.3 %"]),  # only the sentence says it
    # the most and the least
    ("2023年上海不予公开的理由哪个最多", ["830 件"]),
    ("2023年示例市哪类申请人最少", ["3 件"]),
    ("2023年上海市不予处理中哪种情形最少", ["3 件"]),
    # figures of sentences
    ("示例市2023年新闻发布会多少场", ["12 场"]),
    ("示例市2023年培训了多少人次", ["300 人次"]),
    ("示例市2023年免费赠阅多少册", ["10000 册"]),
    ("示例市2023年政府网站访问量多少次", ["4162803 次"]),
    ("示例市2023年收取信息处理费多少元", ["860 元"]),
    ("示例市2023年丙区收取信息处理费多少元", ["360 元"]),
    ("上海2023年新闻通气会几场", ["14 场"]),
    # other scripts, spellings, slips
    ("２０２３年上海收到多少申請？", ["34290 件"]),
    ("二〇二三年滬收到多少申請", ["34290 件"]),
    ("示例市贰零贰叁年新收多少", ["1343 件"]),
    ("How many applications were received in Shanghai in 2023?", ["34290 件"]),
    ("What share of applications was refused in Shanghai in 2023?", ["4.69 %"]),
    ("2023年示例市新授申请多少件", ["1343 件"]),
    ("2023年示例市不於公开多少件", ["121 件"]),
    ("2023年示例市行政付议总计", ["70 件"]),
    ("😀2023年😀上海😀新收😀多少", []),  # what a picture asks for is not known
    # several asks, and asks of few words
    ("上海2023年企业占多少", ["4.81 %"]),
    ("上海2023年收到多少申请？企业占多少？", ["34290 件", "4.81 %"]),
    ("上海2023年新收多少？企业占多少？复议纠错率呢？", ["34290 件", "4.81 %", "6.41 %"]),
    ("示例市2023年自然人占新收百分之几，企业呢", ["90.02 %", "6.92 %"]),
    wrong("refused: of 由103个减到92个 neither number is taken, the later one is asked for",
          "示例市2023年政务新媒体账号多少个", ["92 个"]),
    ("示例市2023年新收增加到多少件", ["1343 件"]),
    wrong("refused: 新制发 is taken for the word of Shanghai's note, not for the column 制发",
          "示例市2023年新制发规章几件", ["2 件"]),
    ("示例市历年新收申请各多少", ["1116 件", "1343 件"]),
    ("示例区2023年培训多少人", ["65 人"]),  # 培训两次，共六十五人参加
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), RIGHT)
def test_right(values: Values, question: str, expected: list[str]) -> None:
    assert [f"{value} {unit}" for value, unit in values(question)] == expected


#: (question, the reason that is given where one only will do, words of the answer)
REFUSED: list[Any] = [
    # the five kinds of nothing, those that the examples have
    ("2023年示例市行政强制多少件", "slash", "“/”"),
    ("2023年示例市行政强制比2022年增长多少", "slash", "“/”"),
    ("2023年示例市行政强制占行政处罚的比例", "slash", "“/”"),
    ("2023年示例市科研机构部分公开多少件", "blank", "空白"),
    ("2023年示例市科研机构部分公开占部分公开多少", "blank", "空白"),
    ("示例区2023年科研机构无法提供占科研机构办结的多少", "zero-whole", "为 0"),
    # no report
    ("2024年上海收到多少申请", "no-report", "2024"),
    ("2021年示例市收到多少申请", "no-report", "2022、2023"),
    ("上海去年收到多少申请", "which-year", "2023"),
    ("2022年示例区新收多少", "no-report", "示例市示例区"),
    # not in the reports
    ("2023年上海女性申请人多少", None, "女性"),
    ("2023年示例市退回重写几件", None, "退回重写"),
    ("2023年示例市网上申请多少件", None, "网上"),
    ("2023年示例市行政处分多少件", None, ""),
    ("示例市2023年上半年新收多少", None, ""),
    ("示例市2023年第一季度新收多少", None, ""),
    ("上海2023年新收多少申请（不含企业）", None, ""),
    ("1999年上海收到多少申请", None, ""),
    ("3023年上海收到多少申请", None, ""),
    # no such cell
    ("2023年示例市行政许可废止几件", "row-and-column", "没有"),
    ("2023年示例市企业行政处罚多少", "row-and-column", "没有"),
    ("2023年示例市新收多少人", "unit", "人"),
    ("2023年示例市行政处罚多少万元", "unit", "万元"),
    # what must not be added
    ("2023年示例市和示例区新收合计多少", "coverage-overlaps", "汇总"),
    # asked back
    ("2023年示例市规章多少", "no-column", "现行有效"),
    ("收到多少申请", "which-issuer", "上海市"),
    # a false premise
    ("上海2023年新收申请下降了多少", "false-premise", "29.3"),
    ("示例市2023年新收下降了百分之几", "false-premise", "1116 件"),
    ("示例市2023年科研机构新收比上年增长百分之几", "false-premise", "3 件"),
    # a negation, an exception, a place in an order, a bound, a quantifier: not one figure
    ("上海2023年没有答复的申请多少件", "negation", "否定"),
    ("上海2023年除企业外新收多少申请", None, "排除"),
    ("How many applications in Shanghai in 2023 excluding companies?", "negation", "exception"),
    ("How many requests were not from companies in Shanghai in 2023?", "negation", "negation"),
    ("上海2023年不予公开里国家秘密排第几", "place-in-order", "名次"),
    ("上海2023年不予公开超过1000件吗", "bound", "界限"),
    ("示例市2023年新收不到1500件吗", "bound", "界限"),
    ("上海2023年申请都答复了吗", "quantifier", "只限"),
    # a name that may mean more than one figure
    ("上海2023年结转多少件", "unclear", "上年结转"),
    ("上海2023年公开了多少件", "unclear", "部分公开"),
    ("上海2023年自然人予以公开率", None, ""),
    # the words of the sentence that are asked for do not stand around its figure
    ("上海2023年政府开放活动多少人参加", None, ""),
    ("上海2023年政府开放活动多少场", None, ""),
    # wrong today
    wrong("公升 is no word: the sentence on 予以公开和部分公开 is taken, 625 件",
          "2023年示例市部分公升多少件", None, ""),
    ("2023年上海市规范性文件", "no-column", ""),
    ("示例市2023年12月新收多少申请", None, ""),
    ("示例市2023年复议纠错率比上海高多少", None, ""),
    ("示例市2023年不予公开率比2022年高多少", None, ""),
    ("2023年示例市复议为什么多", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("question", "reason", "says"), REFUSED)
def test_refused(ask: Ask, question: str, reason: str | None, says: str) -> None:
    answer = ask(question)
    assert answer["abstained"] is True, answer["answer"]
    assert answer["values"] == []
    assert answer["reason"]
    assert reason in (None, answer["reason"])
    assert says in answer["answer"]


@pytest.mark.parametrize(
    "question",
    [
        "?", "？？？", "。", ".*", "^$", "(((", "\\d+", "[a-z", "%", "%s", "{}", "{0}", "'", '"', "--",
        "'; DROP TABLE reports; --", "SELECT * FROM figures", "1 OR 1=1", "😀", "😀😀😀", "\x00x",
        "a\x00b", "1+1", "1", "0", "九", "的", "吗", "占", "比", "多少", "几倍", "最多", "同比", "其中",
        "你好", "hello", "<b>", "&nbsp;x", "NULL", "NaN", "../../etc/passwd", "\ud800", "‮上海", "①",
    ],
)  # fmt: skip
def test_what_asks_nothing_gets_no_figure(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer["values"] == []
    assert answer["answer"]


@pytest.mark.parametrize("question", ["", " ", "\n\t", "\u3000", "x" * 2001, "新" * 3000])
def test_what_is_no_question(reader: Assistant, question: str) -> None:
    with pytest.raises(QuestionError):
        reader.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "上" * 2000,
        "上海2023年新收多少" + "？" * 1985,
        "a " * 1000,
        "2023年" * 400,
        "占" * 2000,
        "'" * 2000,
    ],
    ids=range(6),
)
def test_2000_characters(ask: Ask, faults: Faults, question: str) -> None:
    answer = ask(question)
    assert answer["question"] == question
    assert faults(answer) == []


@pytest.mark.parametrize("asked", ["的很少。同比增长多少？", "享达成一致。和个人加起来多少？"])
def test_a_pasted_text_of_a_hundred_asks(ask: Ask, asked: str) -> None:
    answer = ask(asked * 100)
    assert (answer["reason"], answer["values"]) == ("too-many-asks", [])
    assert ask(asked * 3)["reason"] != "too-many-asks"


def test_a_long_preamble_does_not_change_the_figure(values: Values) -> None:
    assert values("请问一下，" * 300 + "上海2023年新收多少？") == [("34290", "件")]


#: groups of wordings, each with its one value
SAME: dict[str, list[str]] = {
    "34290 件": [
        "上海2023年收到多少申请？", "2023年上海市新收政府信息公开申请数量", "上海市23年新收了几件申请",
        "二〇二三年上海一共收到多少件政府信息公开申请", "How many requests did Shanghai receive in 2023?",
        "2023年滬新收申請幾件", "上海 2023 新收", "请问2023年上海市政府接到了多少申请呢？谢谢",
    ],
    "1615 件": [
        "上海2023年不予公开多少件", "2023年上海有多少申请被拒绝公开", "2023年上海市不予公開的有幾件",
        "上海市2023年没有公开的申请多少件", "How many requests were refused in Shanghai in 2023?",
    ],
    "4.69 %": [
        "上海2023年不予公开占多少", "2023年上海不予公开占办理结果总计的百分之几", "上海2023不予公开率",
        "2023年上海市不予公开占办结数的比例", "上海2023年不予公開佔比", "2023年上海拒绝公开的比重是多少",
    ],
    "6.41 %": [
        "上海2023年复议纠错率", "2023年上海行政复议结果纠正占比", "上海2023年行政復議糾錯率",
        "2023年上海行政复议里被纠正的占百分之几", "上海2023年复议纠正率是多少",
    ],
    "4.81 %": [
        "上海2023年企业占新收的多少", "2023年上海市商业企业申请占新收申请的比例",
        "2023年上海新收申请中企业占百分之几", "上海2023年公司申请占比", "上海2023年商業企業佔新收的多少",
    ],
    "927 件": [
        "上海2023年行政诉讼多少件", "2023年上海行政诉讼总计", "上海2023年打官司多少件",
        "2023年上海市行政訴訟案件數", "How many administrative lawsuits in Shanghai in 2023?",
    ],
    "2764 件": [
        "上海2023年现行有效的行政规范性文件多少件", "2023年上海规范性文件现行有效件数",
        "上海2023年还有多少红头文件有效", "2023年上海市行政規範性文件現行有效多少",
        "上海2023年规范性文件仍然有效的几件",
    ],
    "121 件": [
        "示例市2023年不予公开多少件", "2023年示例市不予公开一共多少", "示例市2023年不给公开的有几件",
        "2023年示例市拒绝公开了多少件", "示例 2023 不予公开",
    ],
    "1343 件": [
        "示例市2023年新收多少", "2023年示例市收到的申请总数", "示例市2023年本年新收政府信息公开申请数量",
        "示例市23年收到多少件申请", "示例市政府2023年接到多少申请", "示例市2023年新授申请多少件",
    ],
    "20.34 %": [
        "示例市2023年新收申请同比增长多少", "示例市2023年新收比2022年增长百分之几",
        "示例市2023年新收申请比上年增加了百分之几", "2023年示例市新收申请增长率", "示例市2023年新收較上年增長多少",
    ],
    "227 件": [
        "示例市2023年新收比上年多多少件", "示例市2023年新收比2022年多了几件",
        "示例市2023年新收申请比上年增加多少件", "示例市2023年新收与2022年相比多多少件",
        "2023年示例市新收申请较去年多多少件",
    ],
    "47 件": [
        "示例市2023年上年结转多少件", "2023年示例市去年没办完的申请几件", "示例市2023年从2022年结转多少",
        "2023年示例市上年结转政府信息公开申请数量", "示例市2023年上年結轉幾件",
    ],
    "3 件": [
        "示例市2023年行政诉讼结果纠正几件", "2023年示例市行政诉讼被纠正多少件", "示例市2023年信息公开诉讼纠正了几件",
        "2023年示例市行政訴訟結果糾正幾件", "示例市2023年打官司被纠正几件",
    ],
    "94 件": [
        "示例区2023年新收多少", "2023年示例市示例区收到多少申请", "示例區2023年新收申請多少件",
        "示例市示例区2023年新收政府信息公开申请数量", "示例区收到多少申请",
    ],
}  # fmt: skip


def test_enough_paraphrases() -> None:
    assert len(SAME) >= 12
    assert min(map(len, SAME.values())) >= 5


@pytest.mark.parametrize(
    ("value", "question"), [(value, q) for value, group in SAME.items() for q in group]
)
def test_the_same_figure_in_any_wording(values: Values, value: str, question: str) -> None:
    assert [f"{v} {unit}" for v, unit in values(question)] == [value]


@pytest.mark.parametrize(
    ("earlier", "question", "value"),
    [
        (["上海2023年不予公开多少？"], "无法提供呢？", "14342 件"),
        (["上海2023年不予公开多少？"], "企业呢？", "48 件"),
        (["示例市2023年新收多少？"], "前一年呢？", "1116 件"),
        (["示例市2023年新收多少？"], "上海呢？", "34290 件"),
        (["示例市2023年新收多少？", "上海呢？"], "企业占多少？", "4.81 %"),
        (["上海2023年行政复议多少件？"], "纠正多少？", "77 件"),
        (["示例市2022年行政许可多少？"], "行政处罚呢？", "97315 件"),
        (["你好", "？？？", "上海2023年新收多少"], "不予公开呢", "1615 件"),
    ],
)
def test_a_question_in_a_conversation(
    values: Values, earlier: list[str], question: str, value: str
) -> None:
    assert [f"{v} {unit}" for v, unit in values(question, *earlier)] == [value]


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        ("示例市2023年甲县收到多少申请？", "不予公开呢？"),
        ("示例市2023年市公安局收到多少申请？", "企业呢？"),
        ("示例市2023年第一季度新收多少？", "不予公开呢？"),
        ("示例市2023年第一季度新收多少？", "企业多少？"),
    ],
)
def test_nothing_is_asked_on_within_limits_that_no_table_knows(
    ask: Ask, earlier: str, question: str
) -> None:
    answer = ask(question, earlier)
    assert (answer["kind"], answer["reason"]) == ("abstain", "restricted")
    assert answer["values"] == []


def test_an_issuer_that_is_named_ends_the_limits(values: Values) -> None:
    assert values("上海2023年不予公开呢？", "示例市2023年甲县收到多少申请？") == [("1615", "件")]


def test_what_the_assistant_said_is_not_read(reader: Assistant) -> None:
    said = Turn("assistant", "上海2023年新收 999 件。示例市2022年不予公开 1 件。")
    answer = reader.ask(Question("上海2023年新收多少", (said,)))
    assert [v.value for v in answer.values] == ["34290"]


def test_only_the_reports_of_the_scope_are_read(reader: Assistant) -> None:
    ids = {r.issuer: r.id for r in reader.reports() if r.year == 2023}
    answer = reader.ask(Question("2023年新收多少", scope=(ids["示例市示例区"],)))
    assert [(v.value, v.issuer) for v in answer.values] == [("94", "示例市示例区")]
    other = reader.ask(Question("2023年上海市新收多少", scope=(ids["示例市示例区"],)))
    assert other.abstained


VARIED = [c[0] for c in RIGHT if isinstance(c, tuple) and type(c) is tuple] + [
    c[0] for c in REFUSED if type(c) is tuple
]


def test_enough_varied_questions() -> None:
    assert len(VARIED) >= 60


@pytest.mark.parametrize("question", VARIED)
def test_every_value_has_its_evidence(ask: Ask, faults: Faults, question: str) -> None:
    assert faults(ask(question)) == []


def test_the_same_json_every_time(ask: Ask) -> None:
    def said() -> list[dict[str, Any]]:
        return [{k: v for k, v in ask(q).items() if k != "elapsed_ms"} for q in VARIED]

    assert said() == said()


_PIECES = st.sampled_from(
    [
        "上海", "示例市", "示例区", "北京", "2023年", "2022年", "2099年", "去年", "二〇二三年", "新收", "不予公开",
        "予以公开", "无法提供", "企业", "自然人", "法人或其他组织", "其他", "其他处理", "规章", "制发", "废止",
        "行政许可", "行政强制", "行政复议", "复议后起诉", "诉讼", "纠正", "维持", "国家秘密", "多少", "几件",
        "几倍", "占", "百分之几", "比", "同比", "增长", "下降", "合计", "各", "分别", "最多", "最少", "平均每月",
        "为什么", "哪些", "问题", "吗", "？", "，", "。", "、", "和", "与", "的", "是", "里", "减去", "不含", "相差",
        "多多少", "少多少", "培训", "公报", "粉丝", "12", "4.69%", "1,343件", "万元", "how many", "share of",
        "received", "refused", "😀", "\x00", "'; DROP TABLE", "(.*", "\\", "%s", "{}", "申請", "佔", "　",
    ]
)  # fmt: skip


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.one_of(
            _PIECES, st.sampled_from(sorted(load_words().roles["share"])), st.text(max_size=3)
        ),
        max_size=14,
    )
)
def test_anything_at_all(reader: Assistant, faults: Faults, pieces: list[str]) -> None:
    try:
        answer = reader.ask("".join(pieces)).to_json()
    except QuestionError:
        return
    assert faults(answer) == []
    assert answer["answer"]
