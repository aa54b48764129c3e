"""The frame of a figure in a sentence: its year, a plan, a change, a rate, a negation, whose it is.

`去年编发120期`, `计划编发150期` and `较上年增加15期` all stand beside 编发 and 期, and none of them is how
many were issued. A figure in such a frame answers only a question that has the frame's words.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_SENTENCE = re.compile("[。;]")
_CLAUSE = re.compile("[,。;:]")
# 较上年增加, 比2022年的: a year that is compared with is not the year of the figure
_COMPARED = re.compile(
    r"(?:比|较|与|同)(?:20\d\d年|上年|去年|上一年|前年)(?:度|同期|底|末)*(?:的[^,。;]{0,6})?|同比|环比"
)


@dataclass(frozen=True, slots=True)
class _Frames:
    own_time: str
    running: re.Pattern[str]
    other_time: re.Pattern[str]
    plan: re.Pattern[str]
    own: tuple[re.Pattern[str], ...]
    change: re.Pattern[str]
    level: re.Pattern[str]
    whole: re.Pattern[str]


@cache
def _frames() -> _Frames:
    text = resources.files("index.prose").joinpath("frames.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return _Frames(
        data["time"]["own"],
        re.compile(data["time"]["running"]),
        re.compile(data["time"]["other"]),
        re.compile(data["plan"]["words"]),
        tuple(re.compile(words) for words in data["own"].values()),
        re.compile(data["change"]["words"]),
        re.compile(data["change"]["levels"]),
        re.compile(data["whole"]["words"]),
    )


def odd_frame(
    sentence: str, start: int, asked: str, year: int | None, *, growth: bool, whole: bool
) -> str | None:
    """The word that puts the figure at `start` in a frame that `asked` does not have, else None.

    `year` is the reporting year, `growth` whether a rate of change is asked for, `whole` whether the
    issuer speaks for a whole place. Texts are search text.
    """
    frames = _frames()
    said = [m.end() for m in _SENTENCE.finditer(sentence, 0, start)]
    before = sentence[said[-1] if said else 0 : start]
    clause = before[max([0, *(m.end() for m in _CLAUSE.finditer(before))]) :]
    plain = _COMPARED.sub(lambda m: " " * len(m[0]), before)
    own = re.compile(frames.own_time.replace("{year}", str(year or "本年")))
    found = [
        _time(plain, own),
        frames.running.search(clause) if own.search(sentence, start) else None,
        frames.plan.search(plain),
        *(pattern.search(clause) for pattern in frames.own),
    ]
    if not growth and not frames.level.search(clause):
        found.append(frames.change.search(clause))
        # 与去年同期的120期相比
        found += [m for m in _COMPARED.finditer(before) if m.end() == len(before)]
    if not whole:
        found.append(frames.whole.search(clause))
    return next((m[0] for m in found if m is not None and m[0] not in asked), None)


def _time(text: str, own: re.Pattern[str]) -> re.Match[str] | None:
    """The last time that is told, where it is not the reporting year."""
    last = max((m.end() for m in own.finditer(text)), default=0)
    other = [m for m in _frames().other_time.finditer(text) if m.end() > last]
    return other[-1] if other else None
