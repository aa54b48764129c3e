"""Amounts as people write them in question sets, and when two of them are the same figure.

This reads numbers on its own and not through `ingest.numbers`: a judge that shares the reader of
what it judges cannot see that reader's mistakes. Only the folding of script and width is shared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import cn2an

from ingest.normalise import clean


class Bound(StrEnum):
    """What a qualifier says of its number; `18万余` and `超过18万` say the same."""

    ABOVE = "above"
    BELOW = "below"
    ABOUT = "about"


_BOUNDS = {
    **dict.fromkeys(
        ("余", "多", "超", "超过", "突破", "逾", "高于", "至少", "不少于", "不得少于", "不低于", "多于",
         "最少", "以上", "+", "来"),
        Bound.ABOVE,
    ),
    **dict.fromkeys(
        ("近", "将近", "接近", "不到", "不足", "低于", "少于", "至多", "最多", "以下", "以内", "不超过",
         "未超过", "没有超过", "不得超过", "不高于", "不多于", "不满", "未满", "不达", "未达", "未达到",
         "不及"),
        Bound.BELOW,
    ),
    **dict.fromkeys(("约", "大约", "约为", "大概", "左右", "上下"), Bound.ABOUT),
    # these add weight and leave the number as it is
    **dict.fromkeys(("达", "达到", "多达", "共", ""), None),
}  # fmt: skip

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_CHINESE = "〇零一二两三四五六七八九十百千万亿"


def _either(words: dict[str, Bound | None]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True) if w)


# 百分点 is a unit, so 百 and 分 after a number do not scale it
_AMOUNT = re.compile(
    rf"(?P<before>{_either(_BOUNDS)})?(?P<percent>百分之)?"
    rf"(?P<number>[+-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|[{_CHINESE}]+(?:点[{_CHINESE}]+)?)"
    r"(?P<inner>[余多])?(?P<scale>(?:[千万亿]|百(?!分))+)?(?P<after>[余多])?"
    rf"(?P<unit>[^\d\s.,:;]*?)(?P<behind>{_either(_BOUNDS)})?"
)
_NUMBER = re.compile(rf"\d|[{_CHINESE}]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written: `18万余` has value 180000 and bound `ABOVE`.

    `text` has the unit behind it. `value` is None where the text is no single number (`1:3`); such
    a text equals only itself. `unit` is None where none was stated.
    """

    text: str
    value: Decimal | None
    unit: str | None = None
    bound: Bound | None = None

    def in_base_unit(self) -> tuple[Decimal | None, str | None]:
        """Value and unit with 万 and 亿 moved from the unit into the value: 3 万元 is 30000 元."""
        value, unit = self.value, self.unit
        while value is not None and unit and unit[0] in "万亿":
            value, unit = value * _SCALES[unit[0]], unit[1:] or None
        return value, unit


def read_amount(text: str, unit: str | None = None, qualifier: str | None = None) -> Amount:
    """Read `text` in any script and width; a unit or qualifier inside it beats the ones given.

    Chinese numerals, 万/亿, thousands separators and 余/近/约 are understood, 成 becomes %. Never
    fails: what is no single number has the value None.
    """
    plain = _squeeze(text)
    stated = fold_unit(unit)
    m = _AMOUNT.fullmatch(plain)
    value = None if m is None else _value(m["number"], m["scale"] or "")
    if m is None or value is None:
        return Amount(_with_unit(text, stated), None, stated)
    own = "%" if m["percent"] else fold_unit(m["unit"])
    words = m["before"] or m["inner"] or m["after"] or m["behind"]
    bound = read_bound(words if words else qualifier)
    written = text if own else _with_unit(text, stated)
    if own == "成" or (own is None and stated == "成"):
        value, own = value * 10, "%"
    return Amount(written, value, own or stated, bound)


def read_bound(qualifier: str | None) -> Bound | None:
    """The bound behind a qualifier as printed; one that is not known bounds nothing."""
    return _BOUNDS.get(_squeeze(qualifier or ""))


def fold_unit(unit: str | None) -> str | None:
    """A unit for comparison: simplified, no blanks; None for none. 件 and 宗 stay two units."""
    folded = _squeeze(unit or "")
    return {"": None, "个百分点": "百分点"}.get(folded, folded)


def has_number(text: str) -> bool:
    """Whether `text` holds a digit or a Chinese numeral at all."""
    return _NUMBER.search(_squeeze(text)) is not None


def _with_unit(text: str, unit: str | None) -> str:
    return text if unit is None else f"{text} {unit}"


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", clean(text))


def _value(number: str, scale: str) -> Decimal | None:
    try:
        if number[0] not in _CHINESE:
            value = Decimal(number.replace(",", ""))
        else:
            # cn2an wants 一百 where people write 百余; str() keeps 三点五 out of binary
            spoken = ("一" if number[0] in _SCALES else "") + number.replace("〇", "零")
            value = Decimal(str(cn2an.cn2an(spoken, "smart")))
    except (ValueError, LookupError, InvalidOperation):  # cn2an fails in all three ways
        return None
    for letter in scale:
        value *= _SCALES[letter]
    return value


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far from an expected value an answer may lie, bounds included."""

    by: Decimal
    unit: str | None = None

    def reach(self, expected: Amount) -> Decimal:
        """The distance allowed around `expected`, in its own unit.

        Percentage points concern only shares; `%` means points for a share and a part of the value
        for a count; without a unit it is the distance itself.
        """
        if expected.value is None:
            return Decimal(0)
        if self.unit is None or self.unit == expected.unit:
            return self.by
        if self.unit == "百分点":
            return self.by if expected.unit == "%" else Decimal(0)
        if self.unit == "%":
            return abs(expected.value) * self.by / 100
        return Decimal(0)


_TOLERANCE = re.compile(r"(?:±|\+/-|正负)?(?P<by>\d+(?:\.\d+)?)(?P<unit>[^\d\s]*)")


def read_tolerance(text: str) -> Tolerance | None:
    """`±0.05个百分点` as a Tolerance; None where it is none."""
    m = _TOLERANCE.fullmatch(_squeeze(text))
    return None if m is None else Tolerance(Decimal(m["by"]), fold_unit(m["unit"]))
