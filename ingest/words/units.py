"""The units that reports count in, from their data file, and words that only look like one."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_SCALES = "十百千万亿"
_BRACKETS = re.compile(r"[()\s]")


@cache
def unit_data() -> dict[str, Any]:
    """`units.toml` as it stands; what each list is for is said there."""
    text = resources.files("ingest.words").joinpath("units.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def unit_words() -> tuple[str, ...]:
    """Units of sentences and tables, longest first (`units.toml`)."""
    return tuple(sorted(unit_data()["units"], key=len, reverse=True))


@cache
def _units() -> frozenset[str]:
    return frozenset(unit_words()) - frozenset(unit_data()["bodies"])


@cache
def _same() -> dict[str, str]:
    return {word: unit for unit, words in unit_data()["same"].items() for word in words}


@lru_cache(maxsize=1024)
def known_unit(word: str) -> str | None:
    """The unit that a cleaned word is (`人民币元` is 元); None where it is none that is known."""
    if word in _units():
        return word
    return _same().get(_BRACKETS.sub("", word))


@cache
def _alike() -> re.Pattern[str]:
    money = "|".join(map(re.escape, unit_data()["money"]))
    units = "|".join(re.escape(u) for u in unit_words() if u in _units())
    realms = "|".join(unit_data()["currencies"])
    one = rf"(?:[{_SCALES}]|{realms})*[余多几]?(?:{units}|{money})"
    return re.compile(rf"{one}(?:\({one}\)|人民币|整)?(?:[/每].{{1,3}})?|[{_SCALES}]*[百千万亿]")


@lru_cache(maxsize=1024)
def is_unit_like(word: str) -> bool:
    """Whether a cleaned word is a unit, known or not: 件, 千元, 百件, 元/年, 美元, 万, 条(次)."""
    return _alike().fullmatch(word.lower()) is not None


@lru_cache(maxsize=1024)
def is_money(word: str) -> bool:
    """Whether a unit, known or not, is one of money."""
    return any(m in word.lower() for m in unit_data()["money"])


def is_scaled(word: str) -> bool:
    """Whether a unit counts in tens, hundreds, thousands …"""
    return any(c in word for c in _SCALES)
