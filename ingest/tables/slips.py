"""Whether a printed label is a slip of the pen for a form's label, or another label.

Strict on purpose: `上年新收` is one letter from `本年新收` and means another year. A slip is one letter
(two in long labels) that was changed for one that sounds or looks alike, lost, doubled, or swapped with
its neighbour, where no word that carries meaning is touched. Those words are data (`slips.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_SHORTEST = 4
_SHORTEST_LOST = 6  # a short label without one of its letters can be another word
_LONG = 14  # from here two letters may differ
_RIVAL = 2  # letters to a label that has the number that is printed
_NUMBERED = re.compile(r"((?:[一二三四五六七八九十]+|\d{1,2})\.)(.+)$")
_IDLE = re.compile(r"[、,;·]")


@dataclass(frozen=True)
class _Words:
    meaning: re.Pattern[str]
    empty: frozenset[str]
    shapes: tuple[frozenset[str], ...]


@cache
def _words() -> _Words:
    text = resources.files("ingest").joinpath("words/slips.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    longest_first = sorted(data["meaning"], key=len, reverse=True)
    return _Words(
        re.compile("|".join(map(re.escape, longest_first))),
        frozenset(data["empty"]),
        tuple(map(frozenset, data["shapes"])),
    )


def slip_of(folded: str, spellings: Mapping[str, str]) -> str | None:
    """The label that a folded print is a slip of; None where it is none, or could be one of several.

    `spellings` maps the folded spellings of the labels to the label. A label printed with another
    number and nothing else changed is that label, if none that is much like it has the number.
    """
    number, bare = _parted(folded)
    if len(bare) < _SHORTEST:
        return None
    from rapidfuzz import process  # only labels with a slip of the pen need it
    from rapidfuzz.distance import OSA

    near = process.extract(folded, list(spellings), scorer=OSA.distance, limit=None, score_cutoff=4)
    same = spellings.get(bare) if number else None
    if same is not None and _NUMBERED.match(same):
        rivals = (s for s, d, _ in near if d <= _RIVAL and spellings[s] != same)
        return None if any(_parted(s)[0] == number for s in rivals) else same
    found: dict[str, int] = {}
    for spelling, distance, _ in near:
        if is_slip(folded, spelling):
            label = spellings[spelling]
            found[label] = min(found.get(label, distance), distance)
    if len(found) != 1:
        return None
    ((label, distance),) = found.items()
    nearer = any(spellings[s] != label and d <= distance for s, d, _ in near)
    held = any(s in folded and s not in label for s in spellings if len(s) >= _SHORTEST)
    return None if nearer or held else label


def is_slip(folded: str, spelling: str) -> bool:
    """Whether a folded print is `spelling` but for a slip of the pen."""
    number, own = _parted(folded)
    wanted, bare = _parted(spelling)
    if number != wanted or len(bare) < _SHORTEST:
        return False
    own, bare = _IDLE.sub("", own), _IDLE.sub("", bare)
    if _meaning(own) != _meaning(bare):
        return False
    from rapidfuzz.distance import OSA, Levenshtein

    most = 2 if len(bare) >= _LONG else 1
    edits = OSA.distance(own, bare, score_cutoff=most)
    if edits > most:
        return False
    if edits == 1 and Levenshtein.distance(own, bare) == 2:
        return True  # two neighbours changed places
    return all(
        _may(bare[e.src_start : e.src_end], own[e.dest_start : e.dest_end], own, e.dest_start, bare)
        for e in Levenshtein.opcodes(bare, own)
        if e.tag != "equal"
    )


def _may(was: str, now: str, printed: str, at: int, label: str) -> bool:
    """Whether the pen can slip like this: `was` in the label, `now` at `at` of the print."""
    if any(c.isdigit() or not c.isalnum() for c in was + now):
        return False
    if not now:
        return len(label) >= _SHORTEST_LOST
    if was:
        return len(was) == len(now) and all(map(_alike, was, now))
    size = len(now)
    around = (printed[max(at - size, 0) : at], printed[at + size : at + 2 * size])
    return now in around or _words().empty.issuperset(now)


def words_of_meaning(text: str) -> frozenset[str]:
    """The words in a text that would make a label another one."""
    return frozenset(_meaning(text))


def _parted(folded: str) -> tuple[str, str]:
    """The number of a label, and the label without it."""
    m = _NUMBERED.match(folded)
    return (m[1], m[2]) if m else ("", folded)


@lru_cache(maxsize=4096)
def _meaning(text: str) -> Counter[str]:
    return Counter(_words().meaning.findall(text))


def _alike(one: str, other: str) -> bool:
    """Whether two letters sound or look alike."""
    if any(one in group and other in group for group in _words().shapes):
        return True
    return not _readings(one).isdisjoint(_readings(other))


@lru_cache(maxsize=4096)
def _readings(letter: str) -> frozenset[str]:
    """The readings of a letter, without tones; none for what is no Chinese letter."""
    from pypinyin import Style, pinyin  # 0.1 s of import that clean files never need

    heard = pinyin(letter, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(heard[0]) if heard else frozenset()
