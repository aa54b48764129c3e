"""How the words of a question stand in the text around a figure: which pieces of it are found there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.prose.counted import Counted, Run
from index.prose.words import prose_words
from ingest.model import Figure

_LONGEST = 14  # letters of a piece that is looked for
_QUOTES = re.compile(r"[“”\"《》「」]")


@dataclass(frozen=True, slots=True)
class Cover:
    """How a sentence covers the runs of a question: the pieces found, and the verbs that were not."""

    pieces: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    implied: bool = False

    def __add__(self, other: Cover) -> Cover:
        return Cover(
            (*self.pieces, *other.pieces), (*self.verbs, *other.verbs),
            self.implied or other.implied,
        )  # fmt: skip

    @property
    def letters(self) -> int:
        """How many letters of the question are said."""
        return sum(map(len, self.pieces))


def zone(*texts: str) -> str:
    """Texts in one, parted by `|` and without quotation marks, to look for words in."""
    return "|".join(_QUOTES.sub("", t) for t in texts)


def cover_of(counted: Counted, figure: Figure, own: str, lead: str) -> Cover | None:
    """All runs of the question in the texts of a figure, or None where a letter is found nowhere."""
    whole = Cover()
    for run in counted.runs:
        made = _cover(run, figure, own, lead)
        if made is None:
            return None
        whole += made
    return whole


def _cover(run: Run, figure: Figure, own: str, lead: str) -> Cover | None:
    """The covering of a run with the most letters found, by the fewest pieces."""
    words = prose_words()
    implied = words.implied.get(figure.unit or "", frozenset())
    text, size = run.text, len(run.text)
    best: list[Cover | None] = [None] * (size + 1)
    best[size] = Cover()
    for p in range(size - 1, -1, -1):
        options: list[Cover] = []
        for q in range(p + 1, min(size, p + _LONGEST) + 1):
            rest = best[q]
            if rest is None:
                continue
            piece = text[p:q]
            if q - p > 1 and (piece in own or piece in lead):
                options.append(Cover((piece,)) + rest)
            other = max((w for w in words.synonyms.get(piece, ()) if w in own), key=len, default="")
            if other:
                options.append(Cover((other,)) + rest)
            if piece in words.verbs:
                options.append(Cover((), (piece,)) + rest)
            if piece in implied:
                options.append(Cover((), (), implied=True) + rest)
            if piece in words.light or not any(run.hard[p:q]):
                options.append(rest)
        best[p] = max(options, key=lambda c: (c.letters, -len(c.pieces)), default=None)
    return best[0]
