"""Numbers as reports print them: cells, and numbers inside sentences.

Values are `Decimal`. Chinese numerals are converted by cn2an; what it cannot read is no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from ingest.model import Status
from ingest.normalise import clean

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# what may stand behind the number in a cell; a bare 万 may count 件 or be 万元, so it is no unit
_UNIT = r"件次|人次|家次|万元|亿元|件|元|宗|项|条|个|份|次|人|家|户|起|部|篇|例|期|场|[%‰]"
_MARKS = "".join(chr(c) for c in (*b"\xb2\xb3\xb9", *range(0x2070, 0x208A), *range(0x2460, 0x2474)))
_CELL = re.compile(
    rf"^({_NUMBER})\s*({_UNIT})?\s*[{_MARKS}*]*\s*(\([^()]*(?:\([^()]*\)[^()]*)*\)?)?$"
)
_NOTE_PART = re.compile(
    rf"([^\d,;、()。]*?)(?<![\d.,])({_NUMBER})(?![\d.,]*\d|[千百年月日号{_MARKS}]|[万亿](?!元))"
    rf"({_UNIT})?"
)
_DASH = re.compile(r"[-—―─━ー_]{1,4}|一一")
_SLASHES = {"/", "\\", "//", "∕", "⁄"}


@dataclass(frozen=True, slots=True)
class CellValue:
    """A value cell, read: `value` is None unless `status` is number or zero."""

    status: Status
    value: Decimal | None = None
    unit: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NotePart:
    """One figure in a cell's note: `含新制发4件` is word 新制发, value 4, unit 件."""

    word: str
    text: str
    value: Decimal
    unit: str | None


def to_decimal(text: str) -> Decimal | None:
    """`12,345.6` as a Decimal, None where it is no number."""
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


@lru_cache(maxsize=16384)
def read_cell(printed: str) -> CellValue:
    """Tell what a value cell holds; never guesses a number out of text."""
    text = clean(printed).strip()
    if not text:
        return CellValue(Status.BLANK)
    if text in _SLASHES:
        return CellValue(Status.SLASH)
    if _DASH.fullmatch(text):
        return CellValue(Status.DASH)
    m = _CELL.match(text)
    if not m:
        return CellValue(Status.TEXT)
    value = to_decimal(m.group(1))
    if value is None:
        return CellValue(Status.TEXT)
    status = Status.ZERO if value == 0 else Status.NUMBER
    return CellValue(status, value, m.group(2) or None, m.group(3) or None)


def looks_like_value(printed: str) -> bool:
    """Whether a lone line can be a value cell: a number, perhaps with unit and note, or a mark."""
    status = read_cell(printed).status
    return status not in (Status.TEXT, Status.BLANK)


def read_note(note: str) -> tuple[NotePart, ...]:
    """The figures inside a note; words like 含 and 其中 in front of them are not part of a word.

    A number that is a year, a date, or scaled by a bare 万 is left out.
    """
    parts = []
    text = clean(note)
    for m in _NOTE_PART.finditer(text):
        value = to_decimal(m.group(2))
        word = m.group(1)
        if m.start() and text[m.start() - 1].isdigit():  # what is left of `2022年为` and `3万件`
            word = re.sub(rf"^(?:年度?|[月日号]|[千百万亿]({_UNIT})?)[为是]?", "", word)
        word = re.sub(r"^(包括|包含|其中|内含|含|与|和|及)+", "", word).strip(": ")
        if value is not None and word:
            parts.append(NotePart(word, m.group(2), value, m.group(3) or None))
    return tuple(parts)


_CHINESE = re.compile(r"^[〇零一二两三四五六七八九十百千万亿]+$")


@lru_cache(maxsize=4096)
def chinese_to_int(text: str) -> int | None:
    """`三十五` is 35, `二〇二三` is 2023; None where it is no number."""
    if not _CHINESE.match(text):
        return None
    if re.fullmatch(r"[〇零一二三四五六七八九]+", text) and len(text) > 1:
        return int(
            "".join(str("零一二三四五六七八九".index("零" if c == "〇" else c)) for c in text)
        )
    import cn2an  # 0.1 s of import, for numerals that are longer than a digit or two

    try:
        return int(cn2an.cn2an(text.replace("〇", "零"), "smart"))
    except ValueError:
        return None


def chinese_to_decimal(text: str) -> Decimal | None:
    """`八十六点九二` is 86.92, `86.92` too; None where it is no number."""
    whole, point, rest = text.replace(".", "点").partition("点")
    if whole.isascii():
        return to_decimal(text.replace("点", "."))
    read = chinese_to_int(whole)
    digits = "".join(str("零一二三四五六七八九".find("零" if c == "〇" else c)) for c in rest)
    if read is None or "-" in digits or bool(point) != bool(rest):
        return None
    return Decimal(f"{read}.{digits}") if digits else Decimal(read)
