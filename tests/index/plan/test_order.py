"""Places in an order, counts of years, kinds of issuers."""

from __future__ import annotations

import pytest

from index.plan.lexicon import Lexicon
from index.plan.order import Places, kin_of, places_in, recent_years


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("不予公开第二多的理由", Places(2, True, False)),
        ("不予公开次多的理由", Places(2, True, False)),
        ("新收最多的前三类申请人", Places(3, False, False)),
        ("新收前两位的申请人", Places(2, False, False)),
        ("新收排名前3的申请人", Places(3, False, False)),
        ("新收倒数第一的申请人", Places(1, True, True)),
        ("新收后三位的申请人", Places(3, False, True)),
        ("the top three refusal reasons", Places(3, False, False)),
        ("the second largest refusal reason", Places(2, True, False)),
        ("前三季度新收", None),
        ("第三方权益多少", None),
        ("第一季度新收", None),
        ("第二十条第一项", None),
        ("前两年新收", None),
        ("新收多少", None),
    ],
)
def test_places(lexicon: Lexicon, question: str, places: Places | None) -> None:
    assert places_in(lexicon.cut(question)) == places


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("近三年新收", 3),
        ("最近两年新收", 2),
        ("过去5年新收", 5),
        ("over the last three years", 3),
        ("近年来新收", None),
        ("三年新收", None),
        ("新收", None),
    ],
)
def test_recent_years(lexicon: Lexicon, question: str, years: int | None) -> None:
    assert recent_years(lexicon.cut(question)) == years


@pytest.mark.parametrize(
    ("question", "kin"),
    [
        ("哪个市新收最多", "市"),
        ("哪座城市新收最多", "市"),
        ("哪个区新收最多", "区"),
        ("哪家单位新收最多", ""),
        ("哪个街道新收最多", "街道"),
        ("which city received the most", "市"),
        ("which county received the most", "县"),
        ("哪类申请人最多", None),
    ],
)
def test_kin(lexicon: Lexicon, question: str, kin: str | None) -> None:
    assert kin_of(lexicon.cut(question)) == kin
