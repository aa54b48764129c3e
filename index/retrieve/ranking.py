"""Sentences in the order in which they answer a question: by its words and by meaning.

Ranks alone lose how far a sentence stands out; each score is measured by its spread over the sentences
looked at, and those are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
import numpy.typing as npt

from index.retrieve.content import Term, terms_of
from index.store.embedder import Vector
from index.store.lexical import words_of

Scores = npt.NDArray[np.float64]

#: letters of a question that are looked for; a text of hundreds of asks would be embedded as often
LONGEST = 300
_MEANING = 2.0  # how much more than either lexical score the vectors count
_PART = 0.5  # of a word of which a sentence holds only some letters


def lexical_scores(
    question: str, texts: Sequence[str], words: Sequence[frozenset[str]]
) -> tuple[Scores, Scores]:
    """For each text how much of the question's pairs of letters, and of its terms, it holds.

    Rare ones count more. `words` are the texts' own pairs of letters (`words_of`). Shape (len(texts),).
    """
    n = len(texts)
    asked = list(dict.fromkeys(words_of(question)))
    has = np.array([[w in own for w in asked] for own in words], dtype=np.float64).reshape(n, -1)
    weights = _weights(has.sum(axis=0), n)
    pairs = has @ weights / max(float(weights.sum()), 1e-9)
    terms = np.zeros(n)
    for term in terms_of(question):
        terms += term_scores(term, texts, words)
    return pairs, terms


def term_scores(term: Term, texts: Sequence[str], words: Sequence[frozenset[str]]) -> Scores:
    """How much of one term each text holds, times how much it tells."""
    n = len(texts)
    out: Scores = np.zeros(n)
    for form, surely in term.forms:
        present: Scores = np.array([form in text for text in texts], dtype=np.float64)
        count = float(present.sum())
        if len(term.pairs) and count < n:
            share = [sum(p in own for p in term.pairs) / len(term.pairs) for own in words]
            present = np.maximum(present, _PART * np.array(share))
        elif not count:
            continue
        out = np.maximum(out, present * (surely * log(1 + n / (1 + count))))
    return out


def combine(pairs: Scores, terms: Scores, meaning: Scores | None) -> Scores:
    """One score a text, in standard deviations; `meaning` are cosines, None before there are vectors."""
    out = spread(pairs) + spread(terms)
    if meaning is None:
        return out / 2
    return (out + _MEANING * spread(meaning)) / (2 + _MEANING)


def cosines(question: Vector, vectors: Sequence[Vector | None]) -> Scores | None:
    """The cosine of each vector with the question's; None where one of them is not made yet."""
    known = [v for v in vectors if v is not None]
    if not known or len(known) < len(vectors):
        return None
    matrix = np.stack(known).astype(np.float64)
    # row by row: a matrix product rounds the same row differently in matrices of different shapes
    scores: Scores = (matrix * question.astype(np.float64)).sum(axis=1)
    return scores


def spread(scores: Scores) -> Scores:
    """Scores as distances from their mean, in standard deviations."""
    deviation = float(scores.std())
    away: Scores = (scores - scores.mean()) / (deviation if deviation > 1e-9 else 1.0)
    return away


def _weights(counts: Scores, n: int) -> Scores:
    weights: Scores = np.log(1 + n / (1 + counts))
    return weights
