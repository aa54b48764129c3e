"""What kind of thing a question asks for (when, where, who, why…), and whether a sentence can tell it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingest.numbers import chinese_to_int


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
class _Premise:
    """What a question takes for granted (see `kinds.toml`)."""

    lines: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    ordinal: re.Pattern[str]
    english: dict[str, re.Pattern[str]]
    planned: re.Pattern[str]
    plans: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Counted:
    """Lists that are asked for with the number of their items, or by which."""

    asks: re.Pattern[str]
    open: re.Pattern[str]
    lists: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Kinds:
    kinds: tuple[Kind, ...]
    lists: Lists
    premise: _Premise
    counted: _Counted
    noun: re.Pattern[str]
    nouns: dict[str, tuple[str, ...]]


@cache
def _kinds() -> _Kinds:
    text = resources.files("index.prose").joinpath("kinds.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    told = data["premise"]
    return _Kinds(
        tuple(
            Kind(k["name"], re.compile(k["asks"]), re.compile(k["needs"]), k.get("fresh", False))
            for k in data["kind"]
        ),
        Lists(**{name: re.compile(words) for name, words in data["list"].items()}),
        _Premise(
            tuple(
                (re.compile(asked), re.compile(said))
                for asked, said in zip(told["lines"], told["means"], strict=True)
            ),
            re.compile(told["ordinal"]),
            {word: re.compile(said) for word, said in told["english"].items()},
            re.compile(told["planned"]),
            re.compile(told["plans"]),
        ),
        _Counted(**{name: re.compile(words) for name, words in data["counted"].items()}),
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
    """Whether a sentence has what the question asks for, and what it takes for granted.

    A date, a name, a reason, the noun behind 哪, as many items as are asked for. Both are search text.
    """
    kind = kind_of(question)
    if kind is not None and not kind.told_by(question, sentence):
        return False
    if not _grants(question, sentence, kind) or not _lists_enough(question, sentence):
        return False
    found = _kinds().noun.search(question)
    if found is None:
        return True
    noun = found["noun"] or found["en"]
    return any(word in sentence for word in _kinds().nouns.get(noun, (noun,)))


def _grants(question: str, sentence: str, kind: Kind | None) -> bool:
    """Whether a sentence has what the question takes for granted: that something was stopped, was the
    first, is the second step, is done and not planned."""
    premise = _kinds().premise
    for asked, said in premise.lines:
        if asked.search(question) and not said.search(sentence):
            return False
    for told in premise.ordinal.findall(question):
        if told not in sentence and not (told.startswith("第一") and "首" in sentence):
            return False
    for word, ordinal in premise.english.items():
        if re.search(rf"\b{word}\b", question) and not ordinal.search(sentence):
            return False
    if kind is not None and kind.name == "when" and not premise.plans.search(question):
        return not premise.planned.search(sentence)
    return True


_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12,
}  # fmt: skip


def items_asked(question: str) -> int | None:
    """How many items a question asks for (哪三个, which three), None where it gives no number."""
    found = _kinds().counted.asks.search(question)
    if found is None:
        return None
    said = next(v for v in found.groupdict().values() if v)
    if said.isascii():
        return int(said) if said.isdigit() else _NUMBERS[said]
    return chinese_to_int(said)


def _lists_enough(question: str, sentence: str) -> bool:
    """Whether a sentence has a list where one is asked for: with as many items as are asked for."""
    counted = _kinds().counted
    wanted = items_asked(question)
    if wanted is None and not counted.open.search(question):
        return True
    runs = [len(run) for run in _runs_of_items(sentence)]
    runs += [len(_QUOTED.findall(run)) for run in _QUOTED_RUN.findall(sentence)]
    runs.append(len(counted.lists.findall(sentence)))
    if wanted is not None:
        return wanted in runs
    return max(runs) > 1


_QUOTED = re.compile(r"[“《][^“”《》]{2,}[”》]")
_QUOTED_RUN = re.compile(r"(?:[“《][^“”《》]{2,}[”》](?:[、和与及](?:其|以及)?)?)+")
_ITEM = re.compile(r"[^、,;:。()]+(?:、[^、,;:。()]+)+")
_LAST = re.compile(r"[和与及]")
_ENDS = re.compile(r"等|\d|的|主动|共同|联合|负责|参加|举办")
_COUNT = re.compile(r"\d[\d.,]*(?:万|亿|余|多)?[个名件条次场家项人篇份期处座]")


def _runs_of_items(sentence: str) -> list[list[str]]:
    """The runs A、B和C of a sentence, as their items; counts (先进集体30个、先进个人30名) are none."""
    out = []
    for run in _ITEM.findall(sentence):
        *items, last = run.split("、")
        if any(_COUNT.search(item) for item in items):
            continue
        end = _ENDS.search(last)
        last = last[: end.start()] if end else last
        out.append([*items, last])
        parts = _LAST.split(last)
        if len(parts) == 2:
            out.append([*items, *parts])
    return out
