from typing import Any

import pytest

from eval.cases import AnswerKind, Case
from eval.judge import Outcome, holds, judge

RIGHT, WRONG, REFUSED = Outcome.RIGHT, Outcome.WRONG, Outcome.REFUSED


def number(*values: str, unit: str = "", **more: Any) -> Case:
    return Case("Q", "多少？", "lookup", AnswerKind.NUMBER, values=values, unit=unit, **more)


def phrases(*wanted: str, **more: Any) -> Case:
    return Case("Q", "哪些？", "narrative", AnswerKind.PHRASES, phrases=wanted, **more)


def abstain(**more: Any) -> Case:
    return Case("Q", "多少？", "unanswerable", AnswerKind.ABSTAIN, **more)


def value(text: str, unit: str | None = None, qualifier: str | None = None) -> dict[str, Any]:
    return {"value": text, "unit": unit, "text": text, "qualifier": qualifier, "of": "x"}


def answer(*values: dict[str, Any], text: str = "……", abstained: bool = False) -> dict[str, Any]:
    return {"answer": text, "values": list(values), "abstained": abstained}


ABOVE = value("180000", "条", "余")


@pytest.mark.parametrize(
    ("case", "given", "outcome"),
    [
        # the plain cases
        (number("34290", unit="件"), [value("34290", "件")], RIGHT),
        (number("34290", unit="件"), [value("34291", "件")], WRONG),
        (number("0", unit="件"), [value("0", "件")], RIGHT),
        (number("4.69", unit="%"), [value("4.690", "%")], RIGHT),
        (number("５９", unit="件"), [value("59", "件")], RIGHT),
        (number("4,162,803", unit="次"), [value("4162803", "次")], RIGHT),
        (number("4162803", unit="次"), [value("4,162,803", "次")], RIGHT),
        (number("六十五", unit="人"), [value("65", "人")], RIGHT),
        (number("-5", unit="件"), [value("5", "件")], WRONG),
        # units
        (number("309", unit="件"), [value("309", "宗")], WRONG),
        (number("309", unit="件"), [value("309")], WRONG),
        (number("309", unit="件"), [value("309", "")], WRONG),
        (number("309", unit="條"), [value("309", "条")], RIGHT),
        (number("309"), [value("309", "件")], RIGHT),
        (number("309"), [value("309")], RIGHT),
        (number("309件"), [value("309", "宗")], WRONG),
        (number("74.75%"), [value("74.75", "%")], RIGHT),
        (number("74.75%"), [value("74.75")], WRONG),
        (number("74.75%"), [value("0.7475")], WRONG),
        (number("70.3", unit="%"), [value("70.3", "个百分点")], WRONG),
        (number("5", unit="个百分点"), [value("5", "百分点")], RIGHT),
        (number("1307259", unit="万元"), [value("1307259", "万元")], RIGHT),
        (number("1307259", unit="万元"), [value("13072590000", "元")], RIGHT),
        (number("1307259", unit="万元"), [value("1307259", "元")], WRONG),
        (number("1307259"), [value("1307259", "万元")], RIGHT),
        (number("7854070", unit="人次"), [value("7854070", "次")], WRONG),
        # qualifiers
        (number("18万余", unit="条"), [ABOVE], RIGHT),
        (number("18万余", unit="条"), [value("18万余", "条")], RIGHT),
        (number("18万余", unit="条"), [value("180000", "条", "超过")], RIGHT),
        (number("18万余", unit="条"), [value("180000", "条")], WRONG),
        (number("18万余", unit="条"), [value("180000", "条", "近")], WRONG),
        (number("18", unit="万条"), [ABOVE], WRONG),
        (number("十余", unit="场"), [value("10", "场", "餘")], RIGHT),
        (number("300", unit="人"), [value("300", "人", "近")], WRONG),
        (number("300", unit="人"), [value("300", "人", "达到")], RIGHT),
        # tolerance, ends included
        (number("4.69%", tolerance="±0.05个百分点"), [value("4.74", "%")], RIGHT),
        (number("4.69%", tolerance="±0.05个百分点"), [value("4.64", "%")], RIGHT),
        (number("4.69%", tolerance="±0.05个百分点"), [value("4.75", "%")], WRONG),
        (number("4.69%"), [value("4.70", "%")], WRONG),
        (number("4.69%", tolerance="±0.05个百分点"), [value("4.7", "%", "约")], RIGHT),
        (number("4.69%", tolerance="±0.05个百分点"), [value("4.7", "%", "近")], WRONG),
        (number("1.68", unit="倍", tolerance="±0.01"), [value("1.69", "倍")], RIGHT),
        (number("1.68", unit="倍", tolerance="±0.01"), [value("1.70", "倍")], WRONG),
        (number("176", unit="个", tolerance="±0.5个百分点"), [value("176.4", "个")], WRONG),
        (number("2", unit="万元", tolerance="±0.01"), [value("20050", "元")], RIGHT),
        (number("2", unit="万元", tolerance="±0.01"), [value("20101", "元")], WRONG),
        (number("0", unit="万元", tolerance="±1"), [value("0", "元")], RIGHT),
        # other right forms
        (number("94.54%", accept=("九成多", "94.5%")), [value("94.5", "%")], RIGHT),
        (number("94.54%", accept=("九成多", "94.5%")), [value("90", "%", "多")], RIGHT),
        (number("94.54%", accept=("九成多", "94.5%")), [value("9", "成", "多")], RIGHT),
        (number("94.54%", accept=("九成多", "94.5%")), [value("90", "%")], WRONG),
        (number("2857.5", unit="件", accept=("约2858",)), [value("2858", "件", "约")], RIGHT),
        (number("2857.5", unit="件", accept=("约2858",)), [value("2858", "件")], WRONG),
        (number("2857.5", unit="件", accept=("2858",)), [value("2858", "宗")], WRONG),
        # no more and no less
        (number("18", unit="件"), [value("18", "件"), value("4", "件")], WRONG),
        (number("18", unit="件"), [value("18", "件"), value("18", "件")], WRONG),
        (number("18", "4", "14"), [value("14"), value("18"), value("4", "件")], RIGHT),
        (number("18", "4", "14"), [value("18"), value("4")], WRONG),
        (number("18", "4", "14"), [value("18"), value("4"), value("4")], WRONG),
        (number("5", "5", unit="件"), [value("5", "件"), value("5", "件")], RIGHT),
        (number("5", "5", unit="件"), [value("5", "件")], WRONG),
        (number("176", "6.7%"), [value("176", "个"), value("6.7", "%")], RIGHT),
        (number("176", "6.7%"), [value("176", "个"), value("6.7")], WRONG),
        (number("176", "6.7%", unit="个"), [value("6.7", "%"), value("176", "个")], RIGHT),
        (number("12", "3万余"), [value("12", "期"), value("30000", "册", "余")], RIGHT),
        (number("12", "3万余"), [value("12", "期"), value("3", "万册", "余")], RIGHT),
        (number("12", "3万余", accept=("30000",)), [value("12"), value("30000")], RIGHT),
        (number("12", "3万余", accept=("30000",)), [value("30000"), value("30000")], WRONG),
        (
            number("12", "3万余", accept=("12期、30000册",)),
            [value("12"), value("30000", "册")],
            RIGHT,
        ),
        # both fit 10.1, and only one of them 10.0: the pairing has to look ahead
        (number("10.1", "10.0", tolerance="0.1"), [value("10.1"), value("10.2")], RIGHT),
        (number("10.0", "10.1", tolerance="0.1"), [value("10.1"), value("10.2")], RIGHT),
        (number("10.0", "10.1", tolerance="0.1"), [value("10.2"), value("10.2")], WRONG),
        # texts that are no single number equal only themselves
        (number("1:3"), [value("１：３")], RIGHT),
        (number("1:3"), [value("3:1")], WRONG),
        (number("3"), [value("1:3")], WRONG),
        (number("3", unit="件"), [{**value("x", "件"), "value": None}], WRONG),
    ],
)
def test_number_cases(case: Case, given: list[dict[str, Any]], outcome: Outcome) -> None:
    verdict = judge(case, answer(*given))
    assert verdict.outcome is outcome, verdict
    assert verdict.wrong_figure is (outcome is WRONG)
    assert bool(verdict.reason) is (outcome is WRONG)


def test_number_without_values_is_refused_only_if_it_says_so() -> None:
    case = number("5", unit="件")
    assert judge(case, answer(abstained=True)).outcome is REFUSED
    verdict = judge(case, answer(text="5件"))
    assert (verdict.outcome, verdict.wrong_figure) == (WRONG, False)


def test_abstaining_beside_a_value_is_wrong_even_where_the_value_is_right() -> None:
    verdict = judge(number("5", unit="件"), answer(value("5", "件"), abstained=True))
    assert (verdict.outcome, verdict.wrong_figure) == (WRONG, True)


def test_the_reason_names_what_is_missing_and_what_is_too_much() -> None:
    reason = judge(number("5", "6", unit="件"), answer(value("5", "件"), value("6", "宗"))).reason
    assert reason == "missing: 6 件; not asked for: 6 宗"


@pytest.mark.parametrize(
    ("wanted", "said", "outcome"),
    [
        (["枫桥经验"], "沭阳县用“枫桥经验”。", RIGHT),
        (["枫桥经验"], "沭陽縣用「楓橋經驗」。", RIGHT),
        (["楓橋經驗"], "用枫 桥\n经　验", RIGHT),
        (["枫桥经验", "两微一号"], "用“枫桥经验”", WRONG),
        (["十余场"], "共舉辦十餘場", RIGHT),
        (["10余场"], "１０余场", RIGHT),
        (["图标,支持"], "设“办”字图标，支持浏览", RIGHT),
        (["Health Suqian"], "the health suqian applet", RIGHT),
        (["85", "12527"], "召开85场，回收12,527份", RIGHT),
        (["85", "12527"], "召开85，12527份", RIGHT),
        (["85", "127"], "召开85，127份", RIGHT),
        (["12527"], "１２，５２７份", RIGHT),
        (["85"], "召开1285场", WRONG),
        (["85"], "召开85.5场", WRONG),
        (["85"], "in 2023 85 meetings", RIGHT),
        (["85"], "1. 85场", RIGHT),
        (["4.69"], "占4.69%。", RIGHT),
        (["4.69"], "It is 4.69.", RIGHT),
        (["4.69"], "占14.69%", WRONG),
        (["4.69"], "占4.691%", WRONG),
        (["9"], "4.9", WRONG),
        (["285"], "1,285", WRONG),
        (["8月"], "8 月集中举办", RIGHT),
        (["a.c"], "abc", WRONG),
    ],
)
def test_phrases_cases(wanted: list[str], said: str, outcome: Outcome) -> None:
    verdict = judge(phrases(*wanted), answer(text=said))
    assert (verdict.outcome, verdict.wrong_figure) == (outcome, False), verdict


def test_phrases_refused_or_contradictory() -> None:
    assert judge(phrases("甲"), answer(text="甲", abstained=True)).outcome is REFUSED
    verdict = judge(phrases("甲"), answer(value("3"), text="甲", abstained=True))
    assert (verdict.outcome, verdict.wrong_figure) == (WRONG, True)


@pytest.mark.parametrize(
    ("wanted", "values", "wrong_figure"),
    [
        (["1615", "4.69"], [], False),
        (["1615", "4.69"], [value("1615", "件")], False),
        (["1615件", "4.69"], [value("4.70", "%"), value("1615", "件")], False),
        (["1615", "4.69"], [value("4.70", "%")], True),
        (["政策落地"], [value("4.70", "%")], True),
    ],
)
def test_a_missing_phrase_is_a_wrong_figure_only_beside_a_stray_value(
    wanted: list[str], values: list[dict[str, Any]], wrong_figure: bool
) -> None:
    verdict = judge(phrases(*wanted), answer(*values, text="……"))
    assert (verdict.outcome, verdict.wrong_figure) == (WRONG, wrong_figure)


def test_values_beside_all_phrases_are_no_harm() -> None:
    said = answer(value("9.09", "%"), value("9.10", "%"), text="正文9.09%，按表9.10%")
    assert judge(phrases("9.09", "9.10"), said).outcome is RIGHT


def test_abstain_cases() -> None:
    assert judge(abstain(), answer(abstained=True)).outcome is RIGHT
    answered = judge(abstain(), answer(text="有专职人员"))
    assert (answered.outcome, answered.wrong_figure) == (WRONG, False)
    for abstained in (True, False):
        figure = judge(abstain(), answer(value("3", "名"), abstained=abstained))
        assert (figure.outcome, figure.wrong_figure) == (WRONG, True)


def test_must_include() -> None:
    case = abstain(must_include=("29.3%", "上升"))
    assert judge(case, answer(text="不是下降，是上升 29.3%", abstained=True)).outcome is RIGHT
    verdict = judge(case, answer(text="是上升，不是下降", abstained=True))
    assert (verdict.outcome, verdict.wrong_figure) == (WRONG, False)
    assert verdict.reason == "right, but does not say: 29.3%"


def test_what_is_no_answer_is_not_judged() -> None:
    with pytest.raises(KeyError):
        judge(number("5"), {"answer": "5件"})


@pytest.mark.parametrize(
    ("case", "text", "abstained", "held"),
    [
        (number("34290", unit="件"), "新收34,290件，办结34430件", False, True),
        (number("34290", unit="件"), "新收34291件", False, False),
        (number("429", unit="件"), "新收34290件", False, False),  # a part of another number
        (number("2500余", unit="人次"), "2500余人次记者参加", False, True),
        (number("4.37亿", unit="元"), "兑付4.37亿元", False, True),
        (number("六十五", unit="人"), "共六十五人参加", False, True),
        (number("六十五", unit="人"), "共六十人参加", False, False),
        (number("34290", unit="件"), "最接近的一句：新收34290件", True, False),
        (phrases("政策", "网站"), "政策和网站", False, True),
        (phrases("政策", "网站"), "政策", False, False),
        (phrases("政策"), "政策", True, False),
        (abstain(), "没有", True, True),
        (abstain(), "没有", False, False),
    ],
)
def test_whether_a_text_holds_what_was_asked(
    case: Case, text: str, abstained: bool, held: bool
) -> None:
    assert holds(case, answer(text=text, abstained=abstained)) is held
