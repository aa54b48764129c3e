"""The words of questions, from `words.toml`, `function_words.toml` and `word_groups.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ingest.normalise import clean


@dataclass(frozen=True)
class QuestionWords:
    """`roles` maps a role (`share`, `ask_number`, `filler`…) to its words, normalised.

    `rewrite` and `rewrites` (regular expressions) spell things out before anything is matched.
    `same` are lines of words that may stand for each other in prose; `abbreviations` name a province
    by one letter; `patterns` are (regular expression, role).
    """

    roles: dict[str, tuple[str, ...]]
    rewrite: dict[str, str]
    rewrites: tuple[tuple[re.Pattern[str], str], ...]
    rank_members: tuple[str, ...]
    same: tuple[tuple[str, ...], ...]
    abbreviations: dict[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]


@cache
def load_words() -> QuestionWords:
    """The words shipped with the program."""
    data = _read("words.toml")
    light = _read("function_words.toml")
    data["filler"] += (word for group in light["filler"].values() for word in group)
    data["pattern"] += light["pattern"]
    rewrite = {fold(k): fold(v) for k, v in data.pop("rewrite").items()}
    rewrites = tuple((re.compile(p["match"]), p["into"]) for p in data.pop("rewrite_pattern"))
    rank = tuple(fold(w) for w in data.pop("rank_over")["members"])
    same = tuple(tuple(fold(w) for w in line) for line in data.pop("same")["lines"])
    abbreviations = {fold(k): v for k, v in data.pop("abbreviations").items()}
    patterns = tuple((re.compile(p["match"]), p["role"]) for p in data.pop("pattern"))
    roles = {role: tuple(dict.fromkeys(fold(w) for w in ws)) for role, ws in data.items()}
    return QuestionWords(roles, rewrite, rewrites, rank, same, abbreviations, patterns)


def word_group(name: str) -> tuple[str, ...]:
    """The words of one group of `word_groups.toml`, normalised. Raises KeyError where there is none."""
    return _word_groups()[name]


@cache
def _word_groups() -> dict[str, tuple[str, ...]]:
    data = _read("word_groups.toml")
    return {name: tuple(fold(w) for w in words) for name, words in data.items()}


def _read(name: str) -> dict[str, Any]:
    text = resources.files("index.plan").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def sayings() -> tuple[tuple[str, str], ...]:
    """(key of a subject or member, what people say for it), from `sayings.tsv`.

    Said in questions only: the sentences of reports are read by the stricter words of the forms.
    """
    text = resources.files("index.plan").joinpath("sayings.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    pairs = [line.split("\t") for line in lines]
    return tuple((key, words) for key, words in pairs)


# numerals as they are written on cheques
_FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖", "一二三四五六七八九")


@cache
def place_names() -> tuple[str, ...]:
    """Provinces and cities: a question that names one is about its report, in the store or not."""
    text = resources.files("index.plan").joinpath("places.txt").read_text(encoding="utf-8")
    return tuple(fold(name) for name in text.split())


# third-party is third party
_HYPHEN = re.compile(r"(?<=[a-z])[-\u2010\u2011](?=[a-z])")


def fold(text: str) -> str:
    """A question or a word of one: search text in lower case, without hyphens inside English words."""
    return _HYPHEN.sub(" ", clean(text).lower().strip().translate(_FINANCIAL))
