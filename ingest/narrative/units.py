"""The words of units.toml as patterns: numbers with their units and the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.words.units import unit_data

HAN = "〇零一二两三四五六七八九十百千"
DIGITS = r"(?:\d{1,3}(?: \d{3})+|\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
TO = r"--?|——?|[~～至到]"
_NOT = re.compile(r"(?:[不未]|没有?)(?:[能会得应可曾再许宜准必用需须]|允许)+$")
# 3亿7千5百万, 1万8千, 3千5百
_MIXED = r"\d{1,4}亿\d千(?:\d百)?万|(?:\d{1,4}万\d千(?:\d百)?|(?<![\d.,])\d千\d百)(?![\d万亿百十])"
_PER = r"/(?:年|月|日|天|周|页|户|人|次|件|份|小时|平方米)"


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns and lists; what each list is for is said in units.toml."""

    number: re.Pattern[str]
    before: tuple[str, ...]  # longest first
    range: re.Pattern[str]
    shared: re.Pattern[str]
    point: re.Pattern[str]
    bound: re.Pattern[str]
    bounds: tuple[str, ...]
    none: re.Pattern[str]
    units: tuple[str, ...]
    not_figures: tuple[str, ...]
    ordinals: tuple[str, ...]
    not_ordinals: tuple[str, ...]
    names: tuple[str, ...]
    phrases: dict[str, tuple[str, ...]]
    before_not: dict[str, str]
    unclear_before: dict[str, str]
    not_units: dict[str, str]
    not_unit_words: dict[str, tuple[str, ...]]
    year_words: tuple[str, ...]
    sessions: tuple[str, ...]
    absent: tuple[str, ...]
    kinds: frozenset[str]
    loose: frozenset[str]

    def negated(self, text: str, at: int, word: str) -> str:
        """`word`, which begins at `at`, with the negation before it: 不得超过."""
        m = _NOT.search(text[max(at - 6, 0) : at])
        return (m[0] if m else "") + word

    def qualifier_before(self, text: str, at: int, begin: int = 0) -> str | None:
        """The word of `before` that ends at `at`; none where it is the end of another word."""
        if not text.endswith(self.before, begin, at):
            return None
        word = next(w for w in self.before if text.endswith(w, begin, at))
        ahead = text[at - len(word) - 1 : at - len(word)]
        return None if ahead and ahead in self.before_not.get(word, "") else word


@cache
def load_units() -> Words:
    """The words shipped with the project."""
    data = unit_data()
    units = _either(data["units"])
    pattern = (
        rf"(?P<before>{_either(data['before'])})?"
        rf"(?P<number>{_MIXED}|\d+亿\d{{1,4}}万|\d+万\d{{4}}(?!\d)|{DIGITS}"
        rf"|[{HAN}]+(?:[万亿][{HAN}]+)*|[万亿](?=[余多])|(?<=近)万)"
        rf"(?P<inner>余|多|来(?=[万亿]?(?:{units})))?(?P<scale>千万|百万|[万亿]|[千百](?=[余多]))?"
        rf"(?P<after>{_either(data['after'])})?"
        rf"(?: (?=[%‰]))?(?P<unit>(?:{units})(?:{_PER})?)?"
        r"(?P<behind>以上|以下|左右|以内|上下(?![级班楼联游])|(?:余|多|不到)(?=$|[,;。、)的]))?"
    )
    ends = rf"(?P<low>{DIGITS})(?P<rank>[万亿])?(?P<own>{units})?(?P<to>{TO})(?P<high>{DIGITS})"
    return Words(
        number=re.compile(pattern),
        before=tuple(sorted(data["before"], key=len, reverse=True)),
        range=re.compile(
            rf"(?<![\d.,:/a-zA-Z-]){ends}(?P<scale>[万亿])?(?P<unit>{units})|(?P<han>[{HAN}]+"
            rf"(?:{TO})[{HAN}]+)(?=[{HAN}万亿]*(?:{units}))"
        ),
        shared=re.compile(
            rf"(?<![\d.,])(?:{DIGITS}、)*{DIGITS}[、和及与](?={DIGITS}(?P<unit>{units}))"
        ),
        point=re.compile(
            rf"(?<![{HAN}万亿])([{HAN}]+点[{HAN}]+)([万亿])?({units})?(?![{HAN}万亿])"
        ),
        bounds=tuple(data["bounds"]),
        bound=re.compile(rf"({_either(data['bounds'])})[^\d,;:。、()]{{1,4}}$"),
        none=re.compile(
            rf"(?:{_either(data['none'])})(?:因[^,;。]{{0,24}}?的)?(?:{_either(data['none_verbs'])})*$"
        ),
        units=tuple(data["units"]),
        not_figures=tuple(data["not_figures"]),
        ordinals=tuple(data["ordinals"]),
        not_ordinals=tuple(data["not_ordinals"]),
        names=tuple(data["names"]),
        phrases={k: tuple(v) for k, v in data["phrases"].items()},
        before_not=data["before_not"],
        unclear_before=data["unclear_before"],
        not_units=data["not_units"],
        not_unit_words={k: tuple(v) for k, v in data["not_unit_words"].items()},
        year_words=tuple(data["year_words"]),
        sessions=tuple(data["sessions"]),
        absent=tuple(data["absent"]),
        kinds=frozenset(data["kinds"]),
        loose=frozenset(data["loose"]),
    )


def _either(words: list[str]) -> str:
    """Any of these words, of two that begin alike the longer: told apart by their first letters."""
    ends: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        ends.setdefault(word[0], []).append(re.escape(word[1:]))
    either = (
        f"{re.escape(c)}(?:{'|'.join(e)})" if any(e) else re.escape(c) for c, e in ends.items()
    )
    letters = "".join(map(re.escape, ends))
    return f"(?=[{letters}])(?:{'|'.join(either)})"
