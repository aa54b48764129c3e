from collections.abc import Callable
from typing import Any

import pytest

from index import Assistant, Cell, Request

Make = Callable[..., bytes]


@pytest.mark.parametrize(
    ("request_", "value", "unit"),
    [
        (Request("上海市", 2023, "新收"), "34290", "件"),
        (Request("shanghai", 2023, "applications received"), "34290", "件"),
        (Request("上海", 2023, "行政事业性收费"), "1307259", "万元"),
        (Request("上海", 2023, "不予公开", None, "share"), "4.69", "%"),
        (Request("示例市", 2022, "规章", "制发", "share", "规范性文件"), "4.69", "%"),
        (Request("上海", 2023, "新收", "企业", "share", "新收"), "4.81", "%"),
        (Request("示例市", 2023, "新收", None, "growth"), "20.34", "%"),
        (Request("示例市", 2023, "新收", None, "change"), "227", "件"),
        (Request("示例市", 2023, "新收", None, "growth", None, 2022), "20.34", "%"),
        (Request("示例市", 2022, "新收", None, "change", None, 2023), "-227", "件"),
    ],
)
def test_values(assistant: Assistant, request_: Request, value: str, unit: str) -> None:
    answer = assistant.look_up(request_)
    assert not answer.abstained, answer.answer
    (found,) = answer.values
    assert found.unit == unit
    # a fall is said as a fall; the sign of its number is the formula's
    assert found.value.lstrip("-") == value.lstrip("-")
    ids = {f.id for f in answer.figures}
    assert all(set(f.formula.args) <= ids for f in answer.figures if f.formula)


def request(row: str, column: str | None = None, **more: Any) -> Request:
    """A request of 示例市 2023."""
    return Request("示例市", 2023, row, column, **more)


OTHER = (Cell("不予公开"),)


@pytest.mark.parametrize(
    ("request_", "values"),
    [
        # worked out by hand from the tables of examples/: 予以公开 542, 不予公开 121, 新收 1343 and 1116
        (request("予以公开", operation="sum", more=OTHER), ["663"]),
        (request("予以公开", operation="difference", more=OTHER), ["421"]),
        (request("予以公开", operation="ratio", more=OTHER), ["4.48"]),
        (request("予以公开", operation="compare", more=OTHER), ["542", "121"]),
        (request("予以公开", more=OTHER), ["542", "121"]),
        (request("予以公开", operation="share", more=OTHER), ["49.85"]),
        (request("新收", operation="difference", more=(Cell("新收", None, "上海"),)), ["32947"]),
        (request("新收", operation="sum", more=(Cell("新收", year=2022),)), ["2459"]),
        (request("新收", operation="sum", over="years"), ["2459"]),
        (request("新收", operation="trend"), ["1116", "1343"]),
        (request("新收", operation="average", over="years", per="year"), ["1229.5"]),
        (request("新收", operation="average"), ["111.92"]),
        (request("新收", operation="average", per="quarter"), ["335.75"]),
        (request("新收", operation="rank", over="columns", top=2), ["1209", "93"]),
        (request("新收", operation="rank", over="columns", least=True), ["3"]),
        (request("新收", operation="rank", over="years"), ["1343"]),
        (request("不予公开", operation="rank", over="rows"), ["35"]),
        (request("办理结果总计", operation="rank", over="rows", top=3), ["542", "364", "121"]),
        (request("不予公开", "企业", operation="count_zero", over="rows"), ["3"]),
        (request("不予公开", "企业", operation="count_nonzero", over="rows"), ["5"]),
    ],
)
def test_operations(assistant: Assistant, request_: Request, values: list[str]) -> None:
    answer = assistant.look_up(request_)
    assert [v.value for v in answer.values] == values, answer.answer


@pytest.mark.parametrize(
    ("request_", "reason", "said"),
    [
        (Request("北京市", 2023, "新收"), "no-report", "上海市（2023）"),
        (Request("上海市", 1999, "新收"), "no-report", "1999"),
        (Request("示例市", 2022, "新收", None, "growth"), "no-report", "2021"),
        (Request("示例市", 2023, "行政强制"), "slash", "“/”"),
        (Request("示例市", 2023, "部分公开", "科研机构"), "blank", "空白"),
        (Request("示例市", 2023, "妇女"), "no-row", "妇女"),
        (Request("示例市", 2023, "规章"), "no-column", "本年废止件数"),
        (Request("示例市", 2023, "新收", "火星"), "no-column", "商业企业"),
        (Request("示例市", 2023, "行政许可", None, "share"), "no-whole", "whole"),
        (Request("示例市", 2023, "新收", None, "share", "新收"), "no-whole", "whole"),
        (Request("示例市", 2023, "行政许可", None, "share", "行政事业性收费"), "unit", "一格"),
        (Request("上海", 2023, "\ud800"), "no-row", "?"),
        # 示例区 lies in 示例市, whose report holds its figures
        (
            Request("示例市", 2023, "新收", operation="rank", over="issuers"),
            "coverage-overlaps",
            "汇总",
        ),
        (
            Request(
                "示例市", 2023, "新收", operation="sum", more=(Cell("新收", None, "示例市示例区"),)
            ),
            "coverage-overlaps",
            "汇总",
        ),
        (
            Request("示例市", 2023, "新收", operation="sum", more=(Cell("行政事业性收费"),)),
            "not-comparable",
            "一格",
        ),
        (
            Request(
                "示例市", 2023, "新收", operation="ratio", more=(Cell("新收", None, "北京市"),)
            ),
            "no-report",
            "北京市",
        ),
        (Request("示例市", 2023, "新收", operation="rank", over="rows"), "no-row", "新收"),
        (Request("示例市", 2023, "新收", operation="difference"), "compared-with-what", "一格"),
        (Request("示例市", 2023, "新收", operation="rank"), "rank-of-what", "一格"),
        (Request("示例市", 2023, "部分公开", operation="rank", over="columns"), "blank", "空白"),
    ],
)
def test_refusals_say_why_and_what_there_is(
    assistant: Assistant, request_: Request, reason: str, said: str
) -> None:
    answer = assistant.look_up(request_)
    assert (answer.abstained, answer.values, answer.reason) == (True, (), reason)
    assert said in answer.answer


def test_in_english(assistant: Assistant) -> None:
    answer = assistant.look_up(Request("shanghai", 2023, "nonsense"))
    assert answer.abstained and "nothing about" in answer.answer.lower()


def test_a_name_of_two(assistant: Assistant, report: Make) -> None:
    for city in "甲市", "乙市":
        assistant.ingest_bytes(report(f"{city}中区"), f"{city}.txt")
    answer = assistant.look_up(Request("中区", 2021, "新收"))
    assert answer.reason == "which-issuer" and "甲市中区" in answer.answer


def test_it_sees_a_new_report(assistant: Assistant, report: Make) -> None:
    wanted = Request("甲市", 2021, "新收")
    assert assistant.look_up(wanted).abstained
    assistant.ingest_bytes(report(received=1777), "a.txt")
    assert [v.value for v in assistant.look_up(wanted).values] == ["1777"]


def test_what_was_asked_is_said() -> None:
    asked: dict[str, Any] = {"issuer": "甲市", "year": 2023, "row": "新收", "against": 2020}
    assert Request(**asked, operation="growth").text == "甲市 2023 新收 growth against 2020"
