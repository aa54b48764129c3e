"""Cut a question into known words: names of figures, issuers, years, operations, fillers.

One pass of dynamic programming over a dictionary picks the cutting that leaves the fewest letters
unexplained. What stays unexplained is kept: a question with an unexplained word is not answered
from a table, because the word may be what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from index.plan.catalogue import Catalogue
from index.plan.homophones import is_slip, shortened, sounds, sounds_alike
from index.plan.words import QuestionWords, fold, place_names
from index.plan.years import find_years
from ingest.words import Concepts, Member

K = TypeVar("K")

_UNKNOWN = 10.0  # the price of a letter that no word explains
_WORD = 1.0
_SLIP = 4.0  # a word read through a slip of the hand must explain at least one letter more
_LATIN = re.compile(r"[a-z0-9]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_PUNCTUATION = re.compile(r"[\s,.;:?!。,、;:?!“”\"'‘’()\[\]《》<>…—~·\-/|*#=&@^_`{}$\\]+")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a word can mean: `role` (`subject`, `member`, `issuer`, `share`…) and its key."""

    role: str
    key: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the question. `senses` is empty for letters that no word explains."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]
    slip_of: str | None = None

    def has(self, *roles: str) -> bool:
        """Whether one of its senses has one of these roles."""
        return any(s.role in roles for s in self.senses)

    @property
    def explained(self) -> bool:
        """Whether it means something in a table's question; a department's name does not."""
        return any(s.role not in ("body", "place") for s in self.senses)

    def keys(self, role: str) -> tuple[str, ...]:
        """The keys of its senses of this role."""
        return tuple(s.key for s in self.senses if s.role == role)


@dataclass(frozen=True)
class Lexicon:
    """All words a question may be made of, for one state of the store."""

    entries: dict[str, tuple[Sense, ...]]
    rewrite: dict[str, str]
    patterns: tuple[tuple[re.Pattern[str], Sense], ...] = ()

    @cached_property
    def longest(self) -> int:
        """The length of the longest word."""
        return max(map(len, self.entries))

    @cached_property
    def by_sound(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Chinese names of figures by how they sound."""
        return self._index(lambda word: [sounds(word)], least=2)

    @cached_property
    def by_left_out(self) -> dict[str, tuple[str, ...]]:
        """Chinese names of figures by what is left when one letter is missing."""
        return self._index(shortened, least=4)

    def _index(self, keys: Callable[[str], Iterable[K]], least: int) -> dict[K, tuple[str, ...]]:
        out: dict[K, list[str]] = {}
        for word, senses in self.entries.items():
            if len(word) >= least and _may_slip(word, senses):
                for key in keys(word):
                    out.setdefault(key, []).append(word)
        return {k: tuple(v) for k, v in out.items()}

    def cut(self, question: str) -> tuple[Token, ...]:
        """The tokens of a question, in order; offsets are in `prepare`d text."""
        text = self.prepare(question)
        tokens = self._best(text, {})
        extra = self._slips(text, tokens)
        return self._best(text, extra) if extra else tokens

    def prepare(self, question: str) -> str:
        """The folded question with abbreviations spelled out (`纠错率` → `纠正的比例`)."""
        text = fold(question)
        for short, long in self.rewrite.items():
            text = text.replace(short, long)
        return text

    def _best(self, text: str, extra: dict[int, list[Token]]) -> tuple[Token, ...]:
        n = len(text)
        fixed = {y.start: y for y in find_years(text)}
        patterned: dict[int, list[Token]] = {}
        for pattern, sense in self.patterns:
            for m in pattern.finditer(text):
                found = Token(m.start(), m.end(), m.group(), (sense,))
                patterned.setdefault(m.start(), []).append(found)
        cost = [0.0] + [float("inf")] * n
        back: list[Token | None] = [None] * (n + 1)

        def offer(token: Token, price: float) -> None:
            total = cost[token.start] + price
            if total < cost[token.end] - 1e-9:
                cost[token.end], back[token.end] = total, token

        for i in range(n):
            if cost[i] == float("inf"):
                continue
            gap = _PUNCTUATION.match(text, i)
            if gap:
                offer(Token(i, gap.end(), gap.group(), (Sense("break", gap.group().strip()),)), 0.0)
            year = fixed.get(i)
            if year is not None:
                sense = Sense("year", str(year.year))
                offer(Token(i, year.end, text[i : year.end], (sense,)), _WORD)
            number = _NUMBER.match(text, i)
            if number and (i == 0 or not text[i - 1].isdigit()):
                sense = Sense("number", number.group())
                offer(Token(i, number.end(), number.group(), (sense,)), _WORD * 3)
            for length in range(1, min(self.longest, n - i) + 1):
                senses = self.entries.get(text[i : i + length])
                if senses and _at_borders(text, i, i + length):
                    # a longer word says more than two short ones; a lone letter says little
                    price = _WORD + (0.6 if length == 1 else 0.0) - 0.002 * length
                    if all(sense.role in ("negation", "unclear") for sense in senses):
                        price += _WORD  # 不|公开的 must not win over 不公开|的
                    offer(Token(i, i + length, text[i : i + length], senses), price)
            for token in patterned.get(i, ()):
                price = _WORD - 0.002 * (token.end - token.start)
                offer(token, price + (_WORD if token.has("unclear") else 0.0))
            for token in extra.get(i, ()):
                offer(token, _SLIP)
            offer(Token(i, i + 1, text[i], ()), _UNKNOWN)
        out: list[Token] = []
        at = n
        while at > 0:
            last = back[at]
            assert last is not None
            out.append(last)
            at = last.start
        return _join_unknown(tuple(reversed(out)))

    def _slips(self, text: str, tokens: tuple[Token, ...]) -> dict[int, list[Token]]:
        """Words that unexplained Chinese letters may have been meant for, by where they start."""
        out: dict[int, list[Token]] = {}
        for token in tokens:
            doubtful = not token.senses or token.has("negation", "unclear")
            if not doubtful or not _HAN_RUN.search(token.text):
                continue
            for start in range(max(0, token.start - 8), token.end):
                for end in range(max(start + 2, token.start + 1), min(len(text), start + 14) + 1):
                    typed = text[start:end]
                    if not _HAN_RUN.fullmatch(typed) or typed in self.entries:
                        continue
                    for word in self._meant(typed):
                        found = Token(start, end, typed, self.entries[word], slip_of=word)
                        out.setdefault(start, []).append(found)
        return out

    def _meant(self, typed: str) -> list[str]:
        near = [*self.by_left_out.get(typed, ())]
        if len(typed) >= 4:
            near += [w for less in shortened(typed) for w in self._named(less)]
            near += [
                w
                for i in range(len(typed) - 1)
                for w in self._named(typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :])
            ]
        alike = [w for w in self.by_sound.get(sounds(typed), ()) if sounds_alike(typed, w)]
        return list(dict.fromkeys([*alike, *(w for w in near if is_slip(typed, w))]))

    def _named(self, word: str) -> list[str]:
        senses = self.entries.get(word)
        return [word] if senses and len(word) >= 4 and _may_slip(word, senses) else []


def _may_slip(word: str, senses: tuple[Sense, ...]) -> bool:
    named = any(s.role in ("subject", "member", "request") for s in senses)
    return named and len(word) >= 2 and _HAN_RUN.fullmatch(word) is not None


def _at_borders(text: str, start: int, end: int) -> bool:
    """Latin words must not be cut out of longer ones."""
    if _LATIN.match(text[start]) and start > 0 and _LATIN.match(text[start - 1]):
        return False
    if _LATIN.match(text[end - 1]) and end < len(text) and _LATIN.match(text[end]):
        return False
    return True


def _join_unknown(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    out: list[Token] = []
    for token in tokens:
        if out and not token.senses and not out[-1].senses:
            before = out.pop()
            out.append(Token(before.start, token.end, before.text + token.text, ()))
        else:
            out.append(token)
    return tuple(out)


def make_lexicon(concepts: Concepts, words: QuestionWords, catalogue: Catalogue) -> Lexicon:
    """The lexicon for the issuers of a catalogue."""
    entries: dict[str, list[Sense]] = {}

    def add(word: str, sense: Sense) -> None:
        folded = fold(word)
        if folded and sense not in entries.setdefault(folded, []):
            entries[folded].append(sense)

    forms = frozenset(s.form for known in catalogue.reports.values() for s in known if s.form)
    for entry in concepts.spoken(forms):
        if isinstance(entry, Member) and entry.key == "total":
            continue  # 总计 is what is meant when no column is named
        role = "member" if isinstance(entry, Member) else "subject"
        for word in (entry.name, *entry.words):
            add(word, Sense(role, entry.key, entry.table))
    for role, listed in words.roles.items():
        for word in listed if role not in ("reporting", "problem_letters") else ():
            add(word, Sense(role, word))
    for word in words.rank_members:
        add(word, Sense("rank_members", word))
    for name, issuers in catalogue.names.items():
        for issuer in issuers:
            add(name, Sense("issuer", issuer))
    for line in words.same:
        for word in line:
            add(word, Sense("body", word))
    for short, issuer in words.abbreviations.items():
        if issuer in catalogue.issuers:
            add(short, Sense("issuer", issuer))
    for place in place_names():
        for name in (place, place + "市", place + "省"):
            if fold(name) not in catalogue.names:
                add(name, Sense("place", place))
    patterns = (
        *((p, Sense("subject", key, key.split(".", 1)[0])) for p, key in concepts.patterns),
        *((p, Sense(role)) for p, role in words.patterns),
    )
    return Lexicon({k: tuple(v) for k, v in entries.items()}, words.rewrite, patterns)
