"""Counts that read like a row of the tables, but are a part of it, or of something wider."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from ingest.words import load_concepts

_ALL_APPLICANTS = re.compile(
    r"(?:公民|自然人)(?:、|和|与|或)?法人(?:、|和|或者|或|及|以及)*其[他它]组织"
)


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(table or row, where to look, pattern), from `[partial]` of statements.toml."""
    text = resources.files("ingest.words").joinpath("statements.toml").read_text(encoding="utf-8")
    return tuple(
        (of, where, re.compile(pattern))
        for of, places in tomllib.loads(text)["partial"].items()
        for where, pattern in places.items()
    )


def is_partial(
    table: str, subjects: tuple[str, ...], lead: str, left: str, right: str, rest: str
) -> bool:  # fmt: skip
    """Whether the words around a count say that it is not the whole row.

    `lead` is the sentence up to the figure, `left` and `right` the words of its clause, `rest` all
    that follows it.
    """
    shown = {"lead": lead, "left": left, "right": right, "rest": rest}
    return any(
        (of in (table, "any") or of in subjects) and pattern.search(shown[where])
        for of, where, pattern in _patterns()
    )


@cache
def _members() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {
        w: m.key for m in load_concepts().members if m.table == "t3" and m.key != "total"
        for w in m.words
    }  # fmt: skip
    either = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(either), words


def named_applicants(lead: str) -> tuple[tuple[str, ...], bool]:
    """The applicants that `lead` names last since its last ;, and whether no number follows them.

    公民、法人和其他组织 are all applicants. Nothing is ("", False).
    """
    part = re.split(r"[;。]", lead)[-1]
    part = _ALL_APPLICANTS.sub(lambda m: "　" * len(m[0]), part)
    pattern, words = _members()
    found = list(pattern.finditer(part))
    if not found:
        return (), False
    last = found[-1]
    return (words[last[0]],), re.search(r"\d", part[last.end() :]) is None
