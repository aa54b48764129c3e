"""What people call the issuers of a store: whole names, parts of them, pinyin."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from threading import Lock

from index.plan.bodies import body_halves, body_names
from index.plan.englishnames import EnglishNames
from index.plan.words import fold

_SUFFIX = re.compile(r"(特别行政区|自治区|自治州|自治县|省|市|区|县|旗|州|盟|镇|乡|街道)$")
_LATIN = frozenset(string.ascii_lowercase)
_BETWEEN = "|"  # no name has it, and folding leaves it alone


class Halves:
    """The places and the bodies that issuers' names are made of: 平川 and 民政局 of 平川市民政局."""

    def __init__(self, issuers: Iterable[str]) -> None:
        self.places: dict[str, set[str]] = {}
        self.bodies: dict[str, set[str]] = {}
        for issuer in issuers:
            places, bodies = body_halves(issuer)
            for known, names in ((self.places, places), (self.bodies, bodies)):
                for name in names:
                    known.setdefault(fold(name), set()).add(issuer)


class IssuerNames(Mapping[str, tuple[str, ...]]):
    """Folded names and the issuers that each may mean. Thread-safe, never changed.

    Pinyin is found out when it is first asked for (a name that begins with a Latin letter, or all
    names): most questions write none, and finding it takes as long as all else of a large store.
    """

    def __init__(self, issuers: Iterable[str]) -> None:
        self._issuers = tuple(issuers)
        self._lock = Lock()
        self._read_aloud = False
        self._english: EnglishNames | None = None
        self._halves: Halves | None = None
        #: who is called so as a whole, and who in part
        self._whole: dict[str, str] = {}
        self._part: dict[str, dict[str, None]] = {}  # in order; 教育局 is a part of thousands
        self._lengths: dict[str, set[int]] = {}
        for issuer in self._issuers:
            # what begins with a figure sounds so too, and figures are in every question
            digit = issuer[:1].isascii()
            for rank, name in issuer_names(issuer) if digit else _written(issuer):
                self._add(rank, name, issuer)

    def _add(self, rank: int, name: str, issuer: str) -> None:
        if rank == 0:
            self._whole.setdefault(name, issuer)
        else:
            self._part.setdefault(name, {})[issuer] = None
        if name:
            self._lengths.setdefault(name[0], set()).add(len(name))

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if name[:1] in _LATIN:
            self._read()
        whole = self._whole.get(name)
        return tuple(self._part[name]) if whole is None else (whole,)

    def __iter__(self) -> Iterator[str]:
        self._read()
        return iter(dict.fromkeys((*self._whole, *self._part)))

    def __len__(self) -> int:
        self._read()
        return len(self._whole.keys() | self._part.keys())

    def lengths(self, letter: str) -> tuple[int, ...]:
        """How long the names are that begin with a letter, ascending."""
        if letter in _LATIN:
            self._read()
        return tuple(sorted(self._lengths.get(letter, ())))

    def halves(self) -> Halves:
        """Places and bodies by themselves; found out when they are first asked for."""
        with self._lock:
            if self._halves is None:
                self._halves = Halves(self._issuers)
        return self._halves

    def english(self, text: str, start: int) -> list[tuple[int, tuple[str, ...]]]:
        """Issuers named in English from `start` of a folded text: (end, issuers)."""
        with self._lock:
            if self._english is None:
                self._english = EnglishNames(self._issuers)
        return self._english.match(text, start)

    def _read(self) -> None:
        with self._lock:
            if self._read_aloud:
                return
            for issuer in self._issuers:
                for name in _sounds(issuer):
                    self._add(0, name, issuer)
            self._read_aloud = True


def issuer_names(issuer: str) -> tuple[tuple[int, str], ...]:
    """(rank, folded name) of what people call an issuer; rank 0 names it whole, 1 in part."""
    return (*_written(issuer), *((0, name) for name in _sounds(issuer)))


@lru_cache(maxsize=100_000)
def _written(issuer: str) -> tuple[tuple[int, str], ...]:
    out = [(0, issuer)]
    short = _SUFFIX.sub("", issuer)
    if len(short) >= 2:
        out.append((0, short))
    if _SUFFIX.search(issuer):
        out += [(0, issuer + "人民政府"), (0, issuer + "政府"), (0, short + "政府")]
        if issuer.endswith("街道"):
            out += [(0, issuer + "办事处"), (0, issuer + "办")]
    out += [(1, name) for name in body_names(issuer)]
    # all at once: folding takes its time by the call, not by the letter
    folded = fold(_BETWEEN.join(name for _, name in out)).split(_BETWEEN)
    if len(folded) != len(out):
        folded = [fold(name) for _, name in out]
    return tuple((rank, name.strip()) for (rank, _), name in zip(out, folded, strict=True))


@lru_cache(maxsize=100_000)
def _sounds(issuer: str) -> tuple[str, ...]:
    if not _SUFFIX.search(issuer):
        return ()
    from pypinyin import Style, pinyin

    short = _SUFFIX.sub("", issuer)
    sounds = [p[0] for p in pinyin(short, style=Style.NORMAL)]
    if not all(s.isascii() for s in sounds):
        return ()
    return tuple(fold(name) for name in ("".join(sounds), " ".join(sounds)))
