"""What kind of thing a question asks for (when, where, who, why…), and whether a sentence can tell it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: `asks` finds it, `needs` is what a sentence that answers it has."""

    name: str
    asks: re.Pattern[str]
    needs: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Kinds:
    kinds: tuple[Kind, ...]
    noun: re.Pattern[str]
    nouns: dict[str, tuple[str, ...]]


@cache
def _kinds() -> _Kinds:
    text = resources.files("index.prose").joinpath("kinds.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return _Kinds(
        tuple(Kind(k["name"], re.compile(k["asks"]), re.compile(k["needs"])) for k in data["kind"]),
        re.compile(data["noun"]["behind"]),
        {noun: tuple(words) for noun, words in data["noun"]["words"].items()},
    )


def kind_of(question: str) -> Kind | None:
    """The kind of a question in search text, None where its words tell none."""
    return next((k for k in _kinds().kinds if k.asks.search(question)), None)


def can_tell(question: str, sentence: str) -> bool:
    """Whether a sentence has what the question asks for: a date, a name, a reason, the noun behind 哪."""
    kind = kind_of(question)
    if kind is not None and kind.needs.search(sentence) is None:
        return False
    found = _kinds().noun.search(question)
    if found is None:
        return True
    noun = found["noun"] or found["en"]
    return any(word in sentence for word in _kinds().nouns.get(noun, (noun,)))
