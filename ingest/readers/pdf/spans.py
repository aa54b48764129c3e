"""Stretches of a page's width: the columns of a table without rules, and the cells of its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.normalise import clean
from ingest.numbers import looks_like_value
from ingest.readers.pdf.drawing import Box
from ingest.readers.pdf.lines import Run, around, joined

_APART = 0.5  # em between two figures that stand side by side
_WORDS_APART = 0.7  # em between two texts that do
_YEAR = re.compile(r"\s*(?:19|20)\d{2}\s*(?:年度?)?\s*")


_NUMBERS = (
    re.compile(r"([一二三四五六七八九十]{1,3})[、.．]"),
    re.compile(r"[(（]([一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"(\d{1,2})[、.．](?!\d)"),
    re.compile(r"[(（](\d{1,2})[)）]"),
    re.compile(r"([①-⑳])"),
)
_DIGITS = "一二三四五六七八九"


@dataclass
class Span:
    """A stretch of the page's width with what stands in it."""

    x0: float
    x1: float
    runs: list[Run]

    @property
    def top(self) -> float:
        """The upper edge of its runs, in points from the top."""
        return min(run.box[1] for run in self.runs)

    @property
    def bottom(self) -> float:
        """The lower edge of its runs, in points from the top."""
        return max(run.box[3] for run in self.runs)

    @property
    def middle(self) -> float:
        """The height of its middle, in points from the top."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The middle of its width, in points from the left."""
        return (self.x0 + self.x1) / 2

    @property
    def box(self) -> Box:
        """The box around its runs: left, top, right, bottom in points."""
        return around(run.box for run in self.runs)

    @property
    def text(self) -> str:
        """Its lines from the top down."""
        return joined(run.text for run in sorted(self.runs, key=lambda r: (r.middle, r.box[0])))

    def meets(self, x0: float, x1: float) -> bool:
        """Whether it shares a stretch of width with `x0` to `x1`."""
        return self.x0 < x1 and x0 < self.x1

    def take(self, run: Run) -> None:
        """Add a run and grow to its width."""
        self.runs.append(run)
        self.x0, self.x1 = min(self.x0, run.box[0]), max(self.x1, run.box[2])


def span_of(run: Run) -> Span:
    """The stretch that one run takes."""
    return Span(run.box[0], run.box[2], [run])


def spans_of(runs: Sequence[Run]) -> list[Span]:
    """Runs by the columns that white gaps through all of them part, from left to right."""
    out: list[Span] = []
    for run in sorted(runs, key=lambda r: r.box[0]):
        if out and run.box[0] < out[-1].x1:
            out[-1].take(run)
        else:
            out.append(span_of(run))
    return out


def number_of(text: str) -> tuple[int, int] | None:
    """The numbering in front of a label: how deep its kind stands (from 0), and the number."""
    text = clean(text).strip()
    for kind, pattern in enumerate(_NUMBERS):
        if m := pattern.match(text):
            return kind, _number(m.group(1))
    return None


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.find(text) + 1
    return 10 * (_DIGITS.find(tens) + 1 if tens else 1) + _DIGITS.find(ones) + 1 * bool(ones)


def is_figure(run: Run) -> bool:
    """Whether a run prints a value, or a mark in its place."""
    return looks_like_value(run.text)


def like_years(runs: Sequence[Run]) -> bool:
    """Whether nothing but years may stand there: `2023`, whatever it counts."""
    return all(_YEAR.fullmatch(run.text) for run in runs)


def are_years(runs: Sequence[Run]) -> bool:
    """Whether these print years that head columns: `2023年`, or at least two that follow each other."""
    if not runs or not all(_YEAR.fullmatch(run.text) for run in runs):
        return False
    if all("年" in run.text for run in runs):
        return True
    years = [int(run.text.strip()[:4]) for run in sorted(runs, key=lambda r: r.box[0])]
    steps = {b - a for a, b in pairwise(years)}
    return steps in ({1}, {-1})


def parted(run: Run) -> list[Run]:
    """The run cut where the room between two words is too wide for one text.

    Figures side by side may stand nearer, and so may a label and a numbered one behind it.
    """
    if len(run.words) < 2:
        return [run]
    pieces = [[run.words[0]]]
    figures = all(looks_like_value(word[0]) for word in run.words)
    for word in run.words[1:]:
        gap = (word[1] - pieces[-1][-1][2]) / run.size - run.tracking
        if gap >= (_APART if figures else _WORDS_APART) or number_of(word[0]) is not None:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    if figures and len(pieces) < len(run.words):
        return [run]  # `1 203` may be one number
    return [_part(run, piece) for piece in pieces] if len(pieces) > 1 else [run]


def cut_at(run: Run, gaps: Sequence[tuple[float, float]]) -> list[Run]:
    """The run cut where the room between two of its words lies in one of the gaps, or is wide."""
    pieces: list[list[tuple[str, float, float]]] = []
    for word in run.words:
        before = pieces[-1][-1] if pieces else word
        middle = (before[2] + word[1]) / 2
        letters = len(before[0]) == len(word[0]) == 1  # `总 计` is one head
        wide = not letters and (word[1] - before[2]) / run.size - run.tracking > _WORDS_APART
        if pieces and not wide and not any(a < middle < b for a, b in gaps):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return [_part(run, piece) for piece in pieces] if len(pieces) > 1 else [run]


def _part(run: Run, words: Sequence[tuple[str, float, float]]) -> Run:
    box = (words[0][1], run.box[1], words[-1][2], run.box[3])
    text = " ".join(word[0] for word in words)
    return replace(run, text=text, box=box, words=tuple(words) if len(words) > 1 else ())
