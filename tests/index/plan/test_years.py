"""Which stretches of a question are years."""

from __future__ import annotations

from itertools import pairwise

import pytest

from index.plan.words import fold
from index.plan.years import find_years, is_range


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023年收到多少", [2023]),
        ("2023年度", [2023]),
        ("2023财年", [2023]),
        ("上海2023收到多少", [2023]),
        ("２０２３年", [2023]),
        ("２０２３", [2023]),
        ("23年收到多少", [2023]),
        ("'23年", [2023]),
        ("’23年", [2023]),
        ("二〇二三年", [2023]),
        ("二○二三年", [2023]),
        ("二零二三年度", [2023]),
        ("貳零貳叁年", [2023]),
        ("贰零贰叁年", [2023]),
        ("二三年", [2023]),
        ("二〇年", [2020]),
        ("2022年和2023年", [2022, 2023]),
        ("2022-2023年", [2022, 2023]),
        ("2022至2023年", [2022, 2023]),
        ("22年到23年", [2022, 2023]),
        ("2023年12月31日", [2023]),
        ("2023 年", [2023]),
        ("in 2023?", [2023]),
        # what only looks like a year
        ("", []),
        ("年", []),
        ("2023件", []),
        ("2023条", []),
        ("2023个", []),
        ("2023万", []),
        ("2023%", []),
        ("12023年", []),
        ("20231年", []),
        ("2023.5", []),
        ("1.2023", []),
        ("20年来", []),
        ("20年间", []),
        ("23年以上", []),
        ("十年", []),
        ("五年", []),
        ("二三十年", []),
        ("1999年", []),
        ("3023年", []),
        ("2100年", []),
        ("二一〇〇年", []),
        ("123年", []),
        ("2023😀", [2023]),
        ("\x002023年\x00", [2023]),
        ("(20\\d\\d)年", []),
        ("'; DROP TABLE 2023年; --", [2023]),
    ],
)
def test_years_of_a_text(text: str, years: list[int]) -> None:
    assert [y.year for y in find_years(fold(text))] == years


def test_a_mention_spans_what_was_read() -> None:
    text = "上海2023年度与22年"
    assert [text[y.start : y.end] for y in find_years(text)] == ["2023年度", "22年"]


def test_mentions_do_not_overlap_and_stand_in_order() -> None:
    found = find_years("二〇二三年2022年21年" * 100)
    assert len(found) == 300
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("between", "range_"),
    [
        ("到", True), ("至", True), ("-", True), ("—", True), ("~", True), (" 到 ", True),
        ("和", False), ("与", False), ("、", False), ("及", False), ("", False), ("到了", False),
        ("比", False), ("以来到", False),
    ],
)  # fmt: skip
def test_what_makes_a_range(between: str, range_: bool) -> None:
    assert is_range(between) is range_
