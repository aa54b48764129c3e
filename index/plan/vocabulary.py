"""The words that no report adds: names of figures, operations, fillers; made once for a program.

What depends on the reports (issuers, words of notes) is laid over it by `index.plan.lexicon`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import TypeVar

from index.plan.englishnames import english_body_words
from index.plan.homophones import shortened, sounds
from index.plan.words import QuestionWords, fold, place_names, sayings
from ingest.words import Concepts, Member, Subject

K = TypeVar("K")

_MAY_SLIP = ("subject", "member", "request", "average", "share", "growth", "most", "least")
_SHORTEST_TYPO = 6
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a word can mean: `role` (`subject`, `member`, `issuer`, `share`…) and its key."""

    role: str
    key: str = ""
    table: str = ""


Senses = tuple[Sense, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Words (folded) and what they mean, for reports on some forms.

    `names` are figures and operations, `bodies` what may stand for each other in prose, `places` known
    provinces and cities; a word may be in several.
    """

    concepts: Concepts
    words: QuestionWords
    names: dict[str, Senses]
    bodies: dict[str, Senses]
    places: dict[str, Senses]

    @cached_property
    def entries(self) -> dict[str, Senses]:
        """All of them."""
        listed = dict.fromkeys((*self.names, *self.bodies, *self.places))
        return {word: self.senses(word) for word in listed}

    def senses(self, word: str, issuers: Senses = (), *, place: bool = True) -> Senses:
        """The senses of a word that may also name `issuers`; `place`: or a place."""
        found = (*self.names.get(word, ()), *issuers, *self.bodies.get(word, ()))
        if place:
            found = (*found, *self.places.get(word, ()))
        return tuple(dict.fromkeys(found))

    @cached_property
    def lengths(self) -> dict[str, tuple[int, ...]]:
        """How long the words are that begin with a letter, ascending."""
        return lengths_of(self.entries)

    @cached_property
    def lesser(self) -> frozenset[str]:
        """Words that only deny or blur: what they are a part of goes before them."""
        return frozenset(
            word
            for word, senses in self.entries.items()
            if all(sense.role in ("negation", "unclear") for sense in senses)
        )

    @cached_property
    def by_sound(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Chinese names of figures by how they sound."""
        return self._index(lambda word: [sounds(word)], least=2)

    @cached_property
    def by_left_out(self) -> dict[str, tuple[str, ...]]:
        """Chinese names of figures by what is left when one letter is missing."""
        return self._index(shortened, least=4)

    @cached_property
    def _latin(self) -> dict[str, set[str]]:
        """English words by themselves and by what is left when one letter is missing."""
        out: dict[str, set[str]] = {}
        words = {w for entry in self.entries if entry.isascii() for w in entry.split()}
        for word in {*words, *english_body_words()}:
            if len(word) >= _SHORTEST_TYPO and word.isalpha():
                for key in {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}:
                    out.setdefault(key, set()).add(word)
        return out

    def spelled(self, typed: str) -> str | None:
        """The English word that was meant by one with a letter missing, doubled or swapped.

        None where it is no such word, or may be two. Another letter is no slip: revealed, repealed.
        """
        if len(typed) < _SHORTEST_TYPO or not (typed.isascii() and typed.isalpha()):
            return None
        near = {w for w in self._latin.get(typed, ()) if len(w) == len(typed) + 1}
        for i in range(len(typed)):
            shorter = typed[:i] + typed[i + 1 :]
            doubled = i > 0 and typed[i] == typed[i - 1]
            near |= {w for w in self._latin.get(shorter, ()) if doubled and w == shorter}
            swapped = typed[:i] + typed[i + 1 : i + 2] + typed[i] + typed[i + 2 :]
            near |= {w for w in self._latin.get(swapped, ()) if w == swapped}
        # the first letter is rarely wrong, and an s at the end is a matter of grammar
        plain = {w for w in near if w[0] == typed[0] and w.rstrip("s") != typed.rstrip("s")}
        return next(iter(plain)) if len(plain) == 1 else None

    def may_slip(self, word: str) -> bool:
        """Whether a word is the name of a figure, which a slip of the hand may stand for."""
        senses = self.entries.get(word, ())
        named = any(s.role in _MAY_SLIP for s in senses)
        plain = len(word) >= 2 and HAN_RUN.fullmatch(word) is not None
        return named and plain and word not in _said()

    def _index(self, keys: Callable[[str], Iterable[K]], least: int) -> dict[K, tuple[str, ...]]:
        out: dict[K, list[str]] = {}
        for word in self.entries:
            if len(word) >= least and self.may_slip(word):
                for key in keys(word):
                    out.setdefault(key, []).append(word)
        return {k: tuple(v) for k, v in out.items()}


@cache
def _said() -> frozenset[str]:
    """What people say for a cell: read as it stands, 行政处分 must not become a longer saying."""
    return frozenset(form for _, word in sayings() for form in (word, word + "的"))


def lengths_of(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with a letter, ascending."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {letter: tuple(sorted(lengths)) for letter, lengths in found.items()}


_made: dict[tuple[int, int, frozenset[str]], Vocabulary] = {}
_lock = Lock()


def vocabulary(concepts: Concepts, words: QuestionWords, forms: frozenset[str]) -> Vocabulary:
    """The vocabulary for reports on these forms; made once for the same concepts and words."""
    # by identity: both hold dictionaries; the vocabulary keeps them, so that no other takes their place
    key = (id(concepts), id(words), forms)
    with _lock:
        if key not in _made:
            _made[key] = _make(concepts, words, forms)
        return _made[key]


def _make(concepts: Concepts, words: QuestionWords, forms: frozenset[str]) -> Vocabulary:
    names: dict[str, list[Sense]] = {}
    for entry in concepts.spoken(forms):
        if isinstance(entry, Member) and entry.key == "total":
            continue  # 总计 is what is meant when no column is named
        role = "member" if isinstance(entry, Member) else "subject"
        for word in (entry.name, *entry.words, *_numbers(entry.words)):
            _add(names, word, Sense(role, entry.key, entry.table))
    keyed = {
        (e.key if isinstance(e, Subject) else f"{e.table}.{e.key}"): e
        for e in concepts.spoken(forms)
    }
    for key, word in sayings():
        if key in keyed:
            role = "subject" if isinstance(keyed[key], Subject) else "member"
            whole = () if word.isascii() or word.endswith("的") else (word + "的",)
            for form in (word, *whole):  # 不给处理|的 costs more than 不给|处理的
                _add(names, form, Sense(role, keyed[key].key, keyed[key].table))
    for role, listed in words.roles.items():
        for word in listed if role not in ("reporting", "problem_letters") else ():
            _add(names, word, Sense(role, word))
    for word in words.rank_members:
        _add(names, word, Sense("rank_members", word))
    bodies: dict[str, list[Sense]] = {}
    for line in words.same:
        for word in line:
            _add(bodies, word, Sense("body", word))
    places: dict[str, list[Sense]] = {}
    for place in place_names():
        for name in (place, place + "市", place + "省"):
            _add(places, name, Sense("place", place))
    return Vocabulary(concepts, words, *map(_frozen, (names, bodies, places)))


def _numbers(words: Iterable[str]) -> Iterator[str]:
    """English words in the other grammatical number: court case of court cases, and round again."""
    for word in words:
        if not word.isascii() or len(word) < _SHORTEST_NOUN or not word[-1].isalpha():
            continue
        last = word.rpartition(" ")[2]
        if last in _NO_NOUNS or last.endswith(("ss", "us", "is", "ed", "ing", "ly")):
            continue
        if word.endswith("ies"):
            yield word[:-3] + "y"
        elif word.endswith("s"):
            yield word[:-1]
        elif word.endswith("y") and word[-2] not in "aeiou":
            yield word[:-1] + "ies"
        else:
            yield word + "s"


_SHORTEST_NOUN = 5
_NO_NOUNS = frozenset(
    {"in", "on", "by", "of", "to", "out", "over", "full", "part", "held", "total", "year"}
)


def _add(entries: dict[str, list[Sense]], word: str, sense: Sense) -> None:
    folded = fold(word)
    if folded and sense not in entries.setdefault(folded, []):
        entries[folded].append(sense)


def _frozen(entries: dict[str, list[Sense]]) -> dict[str, Senses]:
    return {word: tuple(senses) for word, senses in entries.items()}
