"""What kind of thing a question asks for (when, where, who, why…), and whether a sentence can tell it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: `asks` finds it, `needs` is what a sentence that answers it has.

    Where `fresh`, what the question says itself does not count.
    """

    name: str
    asks: re.Pattern[str]
    needs: re.Pattern[str]
    fresh: bool

    def told_by(self, question: str, sentence: str) -> bool:
        """Whether a sentence has what is needed."""
        found = (m.group() for m in self.needs.finditer(sentence))
        return any(not self.fresh or said not in question for said in found)


@dataclass(frozen=True, slots=True)
class Lists:
    """What lists are asked for: of problems, of remedies; `asks` finds that a list is."""

    problem: re.Pattern[str]
    remedy: re.Pattern[str]
    asks: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Kinds:
    kinds: tuple[Kind, ...]
    lists: Lists
    noun: re.Pattern[str]
    nouns: dict[str, tuple[str, ...]]


@cache
def _kinds() -> _Kinds:
    text = resources.files("index.prose").joinpath("kinds.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return _Kinds(
        tuple(
            Kind(k["name"], re.compile(k["asks"]), re.compile(k["needs"]), k.get("fresh", False))
            for k in data["kind"]
        ),
        Lists(**{name: re.compile(words) for name, words in data["list"].items()}),
        re.compile(data["noun"]["behind"]),
        {noun: tuple(words) for noun, words in data["noun"]["words"].items()},
    )


def kind_of(question: str) -> Kind | None:
    """The kind of a question in search text, None where its words tell none."""
    return next((k for k in _kinds().kinds if k.asks.search(question)), None)


def lists() -> Lists:
    """The words of questions for lists."""
    return _kinds().lists


def can_tell(question: str, sentence: str) -> bool:
    """Whether a sentence has what the question asks for: a date, a name, a reason, the noun behind 哪."""
    kind = kind_of(question)
    if kind is not None and not kind.told_by(question, sentence):
        return False
    found = _kinds().noun.search(question)
    if found is None:
        return True
    noun = found["noun"] or found["en"]
    return any(word in sentence for word in _kinds().nouns.get(noun, (noun,)))
