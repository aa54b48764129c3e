"""Places in an order, counts of years, kinds of issuers: numbers and names inside single tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.plan.lexicon import Token
from ingest.numbers import chinese_to_int

_NUMERAL = re.compile(r"\d{1,2}|[一二两三四五六七八九十]{1,2}")
_ENGLISH = {
    "two": 2, "three": 3, "four": 4, "five": 5, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
}  # fmt: skip
_FROM_THE_END = re.compile(r"[后末少低小]|倒数|bottom|least|smallest|lowest")
_KINDS = "省市区县旗镇乡局"
_ENGLISH_KINDS = {"city": "市", "province": "省", "district": "区", "county": "县"}


@dataclass(frozen=True, slots=True)
class Places:
    """So many places of a ranking (`top`), or only the last of them (`nth`); `least` from below."""

    top: int
    nth: bool
    least: bool


def places_in(tokens: tuple[Token, ...]) -> Places | None:
    """前三, 第二多, 倒数第一, the top three; None where no place is named, or no number in it."""
    for token in tokens:
        if not token.has("top", "nth"):
            continue
        second = token.text.startswith(("次", "除", "仅次于"))  # 除了最多的，接下来
        number = 2 if second else _number(token.text)
        if number is None or number < 1:
            return None
        least = _FROM_THE_END.search(token.text) is not None
        return Places(number, token.has("nth"), least)
    return None


def recent_years(tokens: tuple[Token, ...]) -> int | None:
    """近三年: how many of the newest years are meant."""
    for token in tokens:
        if token.has("recent"):
            return _number(token.text)
    return None


def kin_of(tokens: tuple[Token, ...]) -> str | None:
    """How the names of the issuers end that are compared: 哪个市 “市”, 哪家 “”; None where none are."""
    for token in tokens:
        if token.has("over_issuers"):
            last = _ENGLISH_KINDS.get(token.text.rpartition(" ")[2], token.text[-1])
            if token.text.endswith("街道"):
                return "街道"
            return last if last in _KINDS else "市" if token.text.endswith("城市") else ""
    return None


def _number(text: str) -> int | None:
    found = _NUMERAL.search(text)
    if found is not None:
        digits = found.group().replace("两", "二")
        return int(digits) if digits.isdigit() else chinese_to_int(digits)
    return next((n for word, n in _ENGLISH.items() if word in text), None)
