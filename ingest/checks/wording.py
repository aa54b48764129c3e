"""Clauses of sentences read into concepts: only where every letter of a clause is explained."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from ingest.words import load_concepts

_ASCII = re.compile(r"[ -~]+")
_TABLES = {"t2", "t3", "t4"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `kind` is filler, joint, subject, member, verb, concluded or rate."""

    kind: str
    key: str
    word: str
    table: str = ""


@dataclass(frozen=True)
class Wording:
    """The words for clauses, from concepts.toml and statements.toml."""

    words: dict[str, tuple[Token, ...]]
    whole: frozenset[str]
    strict: tuple[str, ...]
    parts: re.Pattern[str]
    years: re.Pattern[str]
    times: re.Pattern[str]
    whole_again: re.Pattern[str]
    longest: int
    names: frozenset[str] = field(default_factory=frozenset)


@cache
def load_wording() -> Wording:
    """The words shipped with the project."""
    data = tomllib.loads(
        resources.files("ingest.words").joinpath("statements.toml").read_text(encoding="utf-8")
    )
    concepts = load_concepts()
    refused = set(data["not_words"])
    words: dict[str, list[Token]] = {}

    def add(word: str, token: Token) -> None:
        if token not in words.setdefault(word, []):
            words[word].append(token)

    for s in concepts.subjects:
        for w in s.words:
            if s.table in _TABLES and len(w) > 1 and w not in refused and not _ASCII.fullmatch(w):
                add(w, Token("subject", s.key, w, s.table))
    for m in concepts.members:
        for w in m.words:
            if m.table in _TABLES and len(w) > 1 and w not in refused and not _ASCII.fullmatch(w):
                add(w, Token("member", m.key, w, m.table))
    for key, more in data["more"].items():
        for w in more:
            words[w] = []
            add(w, Token("subject", key, w, key.split(".")[0]))
    for w in data["verbs"]:
        words[w] = [Token("verb", "", w)]
    for w in data["concluded"]:
        add(w, Token("concluded", "", w))
    for w, member in data["rates"].items():
        words[w] = [Token("rate", member, w, "t4")]
    for w in data["fillers"]:
        if not words.get(w):
            add(w, Token("filler", "", w))
    for w in data["joints"]:
        words[w] = [Token("joint", "", w)]
    scopes = data["scopes"]
    return Wording(
        {w: tuple(t) for w, t in words.items()},
        frozenset(data["whole"]),
        tuple(data["strict"]),
        re.compile(scopes["parts"]),
        re.compile(scopes["years"]),
        re.compile(scopes["times"]),
        re.compile(scopes["whole_again"]),
        max(map(len, words)),
    )


@lru_cache(maxsize=4096)
def cut(clause: str, names: frozenset[str] = frozenset()) -> tuple[tuple[Token, ...], ...] | None:
    """The fewest words that explain all of a clause, each with its meanings; None where none do.

    `names` are more fillers: the issuer's own names.
    """
    wording = load_wording()
    best: list[tuple[int, list[tuple[Token, ...]]] | None] = [None] * (len(clause) + 1)
    best[0] = (0, [])
    longest = max([wording.longest, *map(len, names)])
    for at in range(len(clause)):
        here = best[at]
        if here is None:
            continue
        for end in range(at + 1, min(len(clause), at + longest) + 1):
            word = clause[at:end]
            meant = wording.words.get(word)
            if meant is None and word in names:
                meant = (Token("filler", "", word),)
            if meant is None and word in " “”\"'·":
                meant = (Token("filler", "", word),)
            if meant is None:
                continue
            before = best[end]
            if before is None or here[0] + 1 < before[0]:
                best[end] = (here[0] + 1, [*here[1], meant])
    found = best[len(clause)]
    return None if found is None else tuple(found[1])
