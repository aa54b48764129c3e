"""The period that a report counts, and the years that its text is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

# crawlers tear 年 and 月 out of dates: 20201月1日起至202012月31日, 2018年11日至2018年1231日
_YEAR = r"(?<!\d)(20\d{2})(?:年度?|[./-])?"
_FIRST = r"0?1(?:月|[./-])?0?1日?"
_LAST = r"12(?:月|[./-])?31日?"
_TO = r"(?:零时|0时)?(?:起|开始)?(?:,)?(?:至|到|—|–|-|~|～)+"
_FULL = re.compile(rf"{_YEAR}{_FIRST}{_TO}(?:(20\d{{2}})(?:年度?|[./-])?|同年|当年|本年)?{_LAST}")
_MONTHS = re.compile(rf"{_YEAR}1月?(?:份)?{_TO}(?:20\d{{2}}年)?12月(?:份|底)?(?!\d)")
_OTHER = re.compile(
    rf"(?<!\d)(20\d{{2}})年(\d{{1,2}})月(\d{{1,2}})日{_TO}(?:(20\d{{2}})年)?(\d{{1,2}})月(\d{{1,2}})日"
)
_WHOLE = re.compile(rf"20\d{{2}}年1月1日{_TO}(?:20\d{{2}}年)?12月31日")
_MENTION = re.compile(r"(?<![\d.〔\[])(20\d{2})年(?!第)")


@dataclass(frozen=True, slots=True)
class Period:
    """A period as printed (torn dates mended); `year` where it is one whole calendar year."""

    text: str
    year: int | None


def find_periods(texts: Iterable[str]) -> list[Period]:
    """The periods stated in cleaned texts: whole calendar years, or else the first other span."""
    whole: list[Period] = []
    other: list[Period] = []
    for text in texts:
        if "20" not in text:
            continue
        for m in _FULL.finditer(text):
            if m.group(2) is None or m.group(2) == m.group(1):
                if not re.fullmatch(r"[\d]+", m.group()):
                    whole.append(Period(_mended(m), int(m.group(1))))
            else:
                other.append(Period(m.group(), None))
        if not whole:
            for m in _MONTHS.finditer(text):
                whole.append(Period(m.group(), int(m.group(1))))
        if not other and not whole and re.search("统计|期限|数据|报告期|学年", text):
            other += [Period(m.group(), None) for m in _OTHER.finditer(text)]
    return whole or other


def _mended(m: re.Match[str]) -> str:
    if whole := _WHOLE.match(m.group()):
        return whole.group()
    second = f"{m.group(2)}年" if m.group(2) else ""
    return f"{m.group(1)}年1月1日至{second}12月31日"


def year_mentions(texts: Iterable[str]) -> Counter[int]:
    """How often each year is written with 年, document numbers aside."""
    return Counter(int(m.group(1)) for text in texts for m in _MENTION.finditer(text))
