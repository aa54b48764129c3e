"""Rank fusion: reciprocal rank, because the scores of lexical and vector search do not compare."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

_K = 60  # the usual constant: how little the first ranks stand out


def fuse(rankings: Iterable[Iterable[T]]) -> list[tuple[T, float]]:
    """(item, score) of all rankings, best first; ties keep the order of the first ranking."""
    scores: dict[T, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking):
            scores[item] = scores.get(item, 0.0) + 1.0 / (_K + rank + 1)
    return sorted(scores.items(), key=lambda pair: -pair[1])
