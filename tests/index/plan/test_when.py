"""Which years an ask is about, and whose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import when
from index.plan.lexicon import Token

Cut = Callable[[str], tuple[Token, ...]]


@pytest.mark.parametrize(
    ("text", "growth", "years", "against"),
    [
        ("2023年新收", False, (2023,), None),
        ("2022年和2023年新收", False, (2022, 2023), None),
        ("2021年到2023年新收", False, (2021, 2022, 2023), None),
        ("2023年至2021年新收", False, (2023, 2021), None),  # backwards is no range
        ("2023年新收比2022年增长", True, (2023,), 2022),
        ("2023年新收比2022年", False, (2023, 2022), None),
        ("新收", False, (), None),
        # from the first to the last
        ("2021年到2023年新收增长", True, (2023,), 2021),
        ("2020年和2023年新收相比增长", True, (2023,), 2020),
        ("2022年和2023年新收各增长", True, (2022, 2023), None),
    ],
)
def test_years(
    cut: Cut, text: str, growth: bool, years: tuple[int, ...], against: int | None
) -> None:
    tokens = cut(text)
    found = when.years_of(tokens, when.read_years(tokens), growth)
    assert found == (years, against)


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("比上年多多少", True),
        ("较2022年增长", True),
        ("比示例市上年多", True),
        ("比上海多", False),
        ("比", False),
        ("新收", False),
    ],
)
def test_compared_with_another_year(cut: Cut, text: str, another: bool) -> None:
    assert when.than_year(cut(text)) is another


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023年结转到2024年继续办理", (2023,)),
        ("2022年和2023年新收", (2022, 2023)),
        ("2023年上年结转", (2023,)),
        # each of its own report
        ("2022年结转下年度和2023年上年结转", (2022, 2023)),
    ],
)
def test_years_inside_a_name(cut: Cut, text: str, years: tuple[int, ...]) -> None:
    assert when.read_years(when.without_inner_years(cut(text))) == years


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("示例市2022年新收比上海2023年多多少", (("示例市", 2022), ("上海市", 2023))),
        ("2022年示例市和2023年上海新收", (("示例市", 2022), ("上海市", 2023))),
        # which year is whose is not said
        ("2022年示例市和上海2023年新收", ()),
        ("示例市和上海2022年2023年新收", ()),
        ("示例市2022年和2023年新收", ()),
        ("示例市和上海2023年新收", ()),
    ],
)
def test_issuers_with_a_year_each(cut: Cut, text: str, pairs: tuple[tuple[str, int], ...]) -> None:
    assert when.stated_pairs(cut(text)) == pairs
