"""The words of a question that say what it is about, as terms to look for in Chinese sentences."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from index.retrieve.english import translations
from index.store.lexical import words_of

_LETTERS = re.compile(r"[\u3007\u3400-\u9fff0-9a-z]")
_ENGLISH = re.compile(r"[a-z]+(?:-[a-z]+)*")
# of jieba's marks: pronouns, particles, numbers with measures, conjunctions, adverbs, exclamations
_EMPTY = tuple("rumcxyedkhof")
_LONE = tuple("vzpdtbaq")  # a lone letter that is one of these is part of a phrase, and says little


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question: the Chinese `forms` that stand for it, each with how surely (0 to 1).

    A Chinese word stands for itself; one that a sentence holds only in part counts by half of it.
    `names` tells a word that names or narrows a thing (a noun, an adjective) from one that tells what is
    done.
    """

    word: str
    forms: tuple[tuple[str, float], ...]
    pairs: tuple[str, ...] = ()
    names: bool = True


@cache
def _light() -> tuple[frozenset[str], frozenset[str]]:
    text = resources.files("index.retrieve").joinpath("words.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return frozenset(data["light"]["words"].split()), frozenset(data["english"]["words"].split())


@lru_cache(maxsize=512)
def terms_of(text: str) -> tuple[Term, ...]:
    """The terms of a question in search text, without its issuer and year."""
    text = text.encode("utf-8", "replace").decode()  # half a letter (a lone surrogate) is no word
    light, stop = _light()
    out: dict[str, Term] = {}
    for word, mark in _chinese(text):
        if word not in light:
            pairs = tuple(words_of(word)) if len(word) > 1 else ()
            out.setdefault(word, Term(word, ((word, 1.0),), pairs, mark[0] != "v" or mark == "vn"))
    for m in _ENGLISH.finditer(text):
        for word in m.group().split("-"):
            if len(word) > 1 and word not in stop:
                forms = ((word, 1.0), *translations(word))
                out.setdefault(word, Term(word, forms))
    return tuple(out.values())


def _chinese(text: str) -> list[tuple[str, str]]:
    """The content words, cut and marked by jieba's dictionary."""
    import rjieba  # its dictionary takes a tenth of a second, which a look-up must not pay

    out: list[tuple[str, str]] = []
    lone = ""
    for word, mark in (*rjieba.tag(text), ("", "x")):
        if len(word) == 1 and mark[0] in _LONE:
            lone += word  # 约|谈: jieba does not know every word
            continue
        if len(lone) > 1:
            out.append((lone, "v"))
        lone = ""
        if not _LETTERS.search(word) or _ENGLISH.fullmatch(word):
            continue
        if mark[0] in _EMPTY and not any(c.isdigit() for c in word):
            continue
        out.append((word, mark))
    return out
