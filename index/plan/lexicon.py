"""Cut a question into known words: names of figures, issuers, years, operations, fillers.

One pass of dynamic programming over a dictionary picks the cutting that leaves the fewest letters
unexplained. What stays unexplained is kept: a question with an unexplained word is not answered
from a table, because the word may be what it is about.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass, field

from index.plan.bodies import ends_in_body, place_parts
from index.plan.catalogue import Catalogue
from index.plan.homophones import homophones, is_slip, shortened, sounds, sounds_alike
from index.plan.issuernames import IssuerNames
from index.plan.vocabulary import HAN_RUN, Sense, Senses, Vocabulary, vocabulary
from index.plan.words import QuestionWords, fold
from index.plan.years import find_years
from ingest.words import Concepts

__all__ = ["Lexicon", "Sense", "Token", "make_lexicon"]

_SHORTEST_BODY = 4
_LONGEST_HALF = 16
_UNKNOWN = 10.0  # the price of a letter that no word explains
_WORD = 1.0
_SLIP = 4.0  # a word read through a slip of the hand must explain at least one letter more
_LETTERS = frozenset(string.ascii_lowercase)
_LATIN = frozenset(string.ascii_lowercase + string.digits)
_PUNCTUATION = re.compile(r"[\s,.;:?!。,、;:?!“”\"'‘’()\[\]《》<>…—~·\-/|*#=&@^_`{}$\\]+")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
#: roles of words that mean nothing in a table's question
_ELSEWHERE = frozenset({"body", "place", "half_place", "half_body"})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the question. `senses` is empty for letters that no word explains."""

    start: int
    end: int
    text: str
    senses: Senses
    slip_of: str | None = None
    roles: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # understanding asks for them some hundred times a question
        object.__setattr__(self, "roles", frozenset([s.role for s in self.senses]))

    def has(self, *roles: str) -> bool:
        """Whether one of its senses has one of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def explained(self) -> bool:
        """Whether it means something in a table's question; a department's name does not."""
        return not self.roles <= _ELSEWHERE

    def keys(self, role: str) -> tuple[str, ...]:
        """The keys of its senses of this role."""
        return tuple(s.key for s in self.senses if s.role == role)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What may stand at a place of the question, and its price."""

    end: int
    senses: Senses
    price: float
    slip_of: str | None = None


#: pieces by where they start
_Pieces = dict[int, list[_Piece]]


@dataclass(frozen=True)
class Lexicon:
    """All words a question may be made of, for one state of the store.

    `names` are those of its issuers; `own` are other words that its reports give a meaning (and stand
    above both); all others are in `vocabulary`. Nothing is made for each issuer.
    """

    vocabulary: Vocabulary
    names: IssuerNames
    own: dict[str, Senses]
    rewrite: dict[str, str]
    rewrites: tuple[tuple[re.Pattern[str], str], ...] = ()
    patterns: tuple[tuple[re.Pattern[str], Sense], ...] = ()

    def senses(self, word: str) -> Senses:
        """What a folded word means; nothing where it is unknown."""
        found = self.own.get(word)
        if found is not None:
            return found
        known = self.vocabulary.entries.get(word, ())
        # what is written in Latin letters is read with what stands behind it (`_words_at`)
        issuers = None if word[0] in _LETTERS else self.names.get(word)
        if issuers is None:
            return known
        named = tuple([Sense("issuer", issuer) for issuer in issuers])
        return self.vocabulary.senses(word, named, place=False) if known else named

    def _lengths(self, letter: str) -> list[int]:
        """How long the words are that begin with a letter, ascending."""
        own = {len(word) for word in self.own if word[0] == letter}
        return sorted({*self.vocabulary.lengths.get(letter, ()), *self.names.lengths(letter), *own})

    def cut(self, question: str) -> tuple[Token, ...]:
        """The tokens of a question, in order; offsets are in `prepare`d text."""
        text = self.prepare(question)
        pieces = self._pieces(text)
        tokens = _best(text, pieces)
        spelled = self._spelled(text, tokens)
        if spelled != text:
            text, pieces = spelled, self._pieces(spelled)
            tokens = _best(text, pieces)
        extra = self._slips(text, tokens)
        for start, halves in self._halves(text, tokens).items():
            extra.setdefault(start, []).extend(halves)
        if not extra:
            return tokens
        for start, slips in extra.items():
            pieces[start] += slips
        return _best(text, pieces)

    def prepare(self, question: str) -> str:
        """The folded question with abbreviations spelled out (`纠错率` → `纠正的比例`)."""
        text = fold(question)
        for short, long in self.rewrite.items():
            text = text.replace(short, long)
        for pattern, long in self.rewrites:
            text = pattern.sub(long, text)
        return text

    def _pieces(self, text: str) -> _Pieces:
        """Everything that may stand somewhere, but for slips; the earlier goes first at one price."""
        out: _Pieces = {i: [] for i in range(len(text))}
        for i, found in out.items():
            gap = _PUNCTUATION.match(text, i)
            if gap:
                found.append(_Piece(gap.end(), (Sense("break", gap.group().strip()),), 0.0))
        for year in find_years(text):
            sense = Sense("year", str(year.year))
            out[year.start].append(_Piece(year.end, (sense,), _WORD))
            if text[year.end - 1] == "年":  # 2023|年报
                out[year.start].append(_Piece(year.end - 1, (sense,), _WORD))
        for i, found in out.items():
            if text[i].isdigit() and (i == 0 or not text[i - 1].isdigit()):
                number = _NUMBER.match(text, i)
                if number:
                    sense = Sense("number", number.group())
                    found.append(_Piece(number.end(), (sense,), _WORD * 3))
            self._words_at(text, i, found)
        for pattern, sense in self.patterns:
            for m in pattern.finditer(text):
                price = _WORD - 0.002 * (m.end() - m.start())
                price += _WORD if sense.role == "unclear" else 0.0
                out[m.start()].append(_Piece(m.end(), (sense,), price))
        return out

    def _words_at(self, text: str, i: int, found: list[_Piece]) -> None:
        if text[i] in _LETTERS and (i == 0 or text[i - 1] not in _LATIN):
            for end, issuers in self.names.english(text, i):
                named = tuple([Sense("issuer", issuer) for issuer in issuers])
                found.append(_Piece(end, named, _WORD - 0.002 * (end - i)))
        for length in self._lengths(text[i]):
            end = i + length
            if end > len(text):
                return
            word = text[i:end]
            senses = self.senses(word)
            if not senses or not _at_borders(text, i, end):
                continue
            # a longer word says more than two short ones; a lone letter says little
            price = _WORD + (0.6 if length == 1 else 0.0) - 0.002 * length
            if senses is self.vocabulary.entries.get(word) and word in self.vocabulary.lesser:
                price += _WORD  # 不|公开的 must not win over 不公开|的
            found.append(_Piece(end, senses, price))

    def _spelled(self, text: str, tokens: tuple[Token, ...]) -> str:
        """The text with English words put right that a slip of the hand has changed."""
        out = text
        for token in reversed(tokens):
            if not token.senses and token.text[:1] in _LETTERS:
                meant = self.vocabulary.spelled(token.text)
                if meant is not None:
                    out = out[: token.start] + meant + out[token.end :]
        return out

    def _slips(self, text: str, tokens: tuple[Token, ...]) -> _Pieces:
        """Words that unexplained Chinese letters may have been meant for, by where they start."""
        out: _Pieces = {}
        for token in tokens:
            doubtful = not token.senses or token.has("negation", "unclear")
            if not doubtful or not HAN_RUN.search(token.text):
                continue
            for start in range(max(0, token.start - 8), token.end):
                for end in range(max(start + 2, token.start + 1), min(len(text), start + 14) + 1):
                    typed = text[start:end]
                    if not HAN_RUN.fullmatch(typed) or self.senses(typed):
                        continue
                    for word in (*self._meant(typed), *self._bodies_meant(typed)):
                        slip = _Piece(end, self.senses(word), _SLIP, slip_of=word)
                        out.setdefault(start, []).append(slip)
        return out

    def _halves(self, text: str, tokens: tuple[Token, ...]) -> _Pieces:
        """Places and bodies by themselves in what is unexplained: 平川的民政局."""
        out: _Pieces = {}
        for token in tokens:
            if token.explained or not HAN_RUN.search(token.text):
                continue
            halves = self.names.halves()
            for start in range(token.start, token.end):
                for end in range(start + 2, min(token.end, start + _LONGEST_HALF) + 1):
                    word = text[start:end]
                    senses = tuple(
                        Sense(role, word)
                        for role, known in (
                            ("half_place", halves.places),
                            ("half_body", halves.bodies),
                        )
                        if word in known
                    )
                    if senses:
                        price = _WORD * 2 - 0.002 * len(word)
                        out.setdefault(start, []).append(_Piece(end, senses, price))
        return out

    def _meant(self, typed: str) -> list[str]:
        near = [*self.vocabulary.by_left_out.get(typed, ())]
        if len(typed) >= 4:
            near += [w for less in shortened(typed) for w in self._named(less)]
            near += [
                w
                for i in range(len(typed) - 1)
                for w in self._named(typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :])
            ]
        sounding = self.vocabulary.by_sound.get(sounds(typed), ())
        alike = [w for w in sounding if sounds_alike(typed, w)]
        return list(dict.fromkeys([*alike, *(w for w in near if is_slip(typed, w))]))

    def _bodies_meant(self, typed: str) -> list[str]:
        """南屏主建局: names of bodies with one letter that sounds alike; never another place."""
        if len(typed) < _SHORTEST_BODY or len(typed) not in self.names.lengths(typed[0]):
            return []
        if ends_in_body(typed):
            return []  # 水务局 is not 税务局
        out = []
        for i in range(2, len(typed)):
            for letter in homophones(typed[i]):
                name = typed[:i] + letter + typed[i + 1 :]
                issuers = self.names.get(name)
                if issuers and not any(place_parts(issuer) for issuer in issuers):
                    out.append(name)
        meant = {issuer for name in out for issuer in self.names[name]}
        return out if len(meant) == 1 else []

    def _named(self, word: str) -> list[str]:
        return [word] if len(word) >= 4 and self.vocabulary.may_slip(word) else []


def _best(text: str, pieces: _Pieces) -> tuple[Token, ...]:
    """The cheapest way from the first letter to the last."""
    n = len(text)
    cost = [0.0] + [float("inf")] * n
    back: list[tuple[int, _Piece | None]] = [(0, None)] * (n + 1)
    for i in range(n):
        here = cost[i]
        if here == float("inf"):
            continue
        for piece in pieces[i]:
            total = here + piece.price
            if total < cost[piece.end] - 1e-9:
                cost[piece.end], back[piece.end] = total, (i, piece)
        if here + _UNKNOWN < cost[i + 1] - 1e-9:
            cost[i + 1], back[i + 1] = here + _UNKNOWN, (i, None)
    out: list[Token] = []
    at = n
    while at > 0:
        start, chosen = back[at]
        senses, slip_of = (chosen.senses, chosen.slip_of) if chosen else ((), None)
        out.append(Token(start, at, text[start:at], senses, slip_of))
        at = start
    return _join_unknown(tuple(reversed(out)))


def _at_borders(text: str, start: int, end: int) -> bool:
    """Latin words must not be cut out of longer ones."""
    if start > 0 and text[start] in _LATIN and text[start - 1] in _LATIN:
        return False
    return not (end < len(text) and text[end - 1] in _LATIN and text[end] in _LATIN)


def _join_unknown(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    out: list[Token] = []
    for token in tokens:
        if out and not token.senses and not out[-1].senses:
            before = out.pop()
            out.append(Token(before.start, token.end, before.text + token.text, ()))
        else:
            out.append(token)
    return tuple(out)


def make_lexicon(
    concepts: Concepts,
    words: QuestionWords,
    catalogue: Catalogue,
    note_words: Iterable[str] = (),
) -> Lexicon:
    """The lexicon for the issuers of a catalogue; `note_words` stand in the notes of its cells."""
    known = vocabulary(concepts, words, catalogue.forms)
    own: dict[str, Senses] = {}
    for short, issuer in words.abbreviations.items():
        if issuer in catalogue.known:
            called = catalogue.names.get(short)
            senses = tuple(Sense("issuer", i) for i in (*(called or ()), issuer))
            own[short] = known.senses(short, senses, place=called is None)
    for note in note_words:
        folded = fold(note)
        if len(folded) > 1:
            before = own.get(folded) or Lexicon(known, catalogue.names, {}, {}).senses(folded)
            own[folded] = (*before, Sense("note_word", note))
    patterns = (
        *((p, Sense("subject", key, key.split(".", 1)[0])) for p, key in concepts.patterns),
        *((p, Sense("member", key, table)) for p, (table, key) in concepts.member_patterns),
        *((p, Sense(role)) for p, role in words.patterns),
    )
    return Lexicon(known, catalogue.names, own, words.rewrite, words.rewrites, patterns)
