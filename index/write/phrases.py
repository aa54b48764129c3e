"""Sentences of answers: templates in two languages, filled with figures that code has found."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

import opencc

from ingest.normalise import clean

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORDS = re.compile(r"[A-Za-z][a-z]+")


@cache
def _templates() -> dict[str, dict[str, str]]:
    text = resources.files("index.write").joinpath("phrases.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def language_of(question: str) -> str:
    """`zh`, `zh-Hant` or `en`: the language that a question is written in."""
    letters = [c for c in question if _HAN.match(c)]
    words = _LATIN_WORDS.findall(question)
    if not letters or (len(words) > 3 and len(words) > len(letters)):
        return "en"  # How many … did 澄湖市 (Chenghu) have in 2019
    simplified = clean(question)
    return "zh-Hant" if any(c not in simplified for c in letters) else "zh"


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def in_language(text: str, language: str) -> str:
    """Our own Chinese words in the reader's script."""
    return str(_to_traditional().convert(text)) if language == "zh-Hant" else text


def phrase(name: str, language: str, /, **parts: object) -> str:
    """The sentence called `name`; raises KeyError for a name or part that is missing."""
    template = _templates()[name]["en" if language == "en" else "zh"]
    return template.format(**parts)


def unit_word(unit: str | None, language: str) -> str:
    """A unit as it is written in an answer; 件 is said as cases in English."""
    if language != "en":
        return unit or ""
    return {"件": "cases", "万元": "×10,000 yuan", "": "", "%": "%", "倍": "times"}.get(
        unit or "", unit or ""
    )


def separator(language: str) -> str:
    """Between the items of a list."""
    return "; " if language == "en" else "；"
