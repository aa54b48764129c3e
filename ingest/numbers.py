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
from ingest.words.units import is_money, is_scaled, is_unit_like, known_unit

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# what may stand behind the number in a cell; a bare 万 may count 件 or be 万元, so it is no unit
_UNIT = r"件次|人次|家次|万元|亿元|件|元|宗|项|条|个|份|次|人|家|户|起|部|篇|例|期|场|[%‰]"
_MARKS = "".join(chr(c) for c in (*b"\xb2\xb3\xb9", *range(0x2070, 0x208A), *range(0x2460, 0x2474)))
_CELL = re.compile(
    rf"^({_NUMBER})\s*({_UNIT})?\s*[{_MARKS}*]*\s*(\([^()]*(?:\([^()]*\)[^()]*)*\)?)?$"
)
_NOTE_UNIT = re.compile(r"\((?:(?:计量|金额)?单位[:为]?)?([^()]{1,8}(?:\([^()]{1,4}\))?)\)?")
# a note's clauses: a comma between digits is a part of the number
_CLAUSES = re.compile(
    r"(?:(?<!\d)[,.]|[,.](?!\d)|[;、()。\n])+|(?:(?<=\d)|(?<=\d\D)|(?<=\d\D\D))[和与及]"
)
_PAIR = re.compile(rf"(?P<word>[^\d]+?)(?P<text>{_NUMBER})(?P<unit>{_UNIT})?")
# 3万件, 2022年: the number is another one, or a date
_OTHER = re.compile(rf"[^\d]+?(?:{_NUMBER})(?:(?!万元|亿元)[千百万亿]+(?:{_UNIT})?|[年月日号].*)")
_LEAD = re.compile(r"^(?:包括|包含|其中|内含|以及|含|与|和|及|:)+")
_WORD = re.compile(r"[\u3400-\u9fff“”《》]*[\u3400-\u9fff”》]")
# before the number: it says where, it is not exact, or it belongs to several words
_PLACES = re.compile(r"(?:[注第表图号章节页条款项]|附件|附录|附|编号|序号)$")
_INEXACT = re.compile(r"(?:约|近|超|逾|达|不足|不到|至少|最多|超过|多于|少于)$")
_SHARED = re.compile(r"分别|(?:各|均|每)[为有是]?\d")
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
    unit, note = m.group(2) or None, m.group(3) or None
    word = _unit_in(note) if note else None
    if word is not None:
        noted = known_unit(word)
        if noted is None or unit not in (None, noted):
            return CellValue(Status.TEXT)  # 12(万件) is not 12, and 5元(万元) is neither
        unit, note = noted, None
    return CellValue(status, value, unit, note)


def _unit_in(note: str) -> str | None:
    """The unit word that a note is and nothing else: (元), (单位:千元); None for any other note."""
    m = _NOTE_UNIT.fullmatch(note)
    if m is None or not is_unit_like(m[1]):
        return None
    word = m[1]
    sure = re.fullmatch(_UNIT, word) or is_money(word) or is_scaled(word) or "单位" in note
    return word if sure or re.search(r"[/(每]", word) else None


_REST = re.compile(
    rf"[.,/×*~^%‰]+\d.*|\d[\d.,]*[^\d.,]{{0,3}}|[xe]\d+|[十百千万亿余多]+\d.*"
    rf"|[一二三四五六七八九十]|(?=[^(])[十百千万亿]*[余多几]?(?:{_UNIT})?次?[余多整]?"
    rf"(?:左右|上下|以上|以下|以内|不等|有余|若干)?(?:\(.*)?|\([^)]*"
)
_LONGEST_REST = 12


@lru_cache(maxsize=4096)
def goes_on(printed: str) -> bool:
    """Whether a line right behind a value can be the rest of it: `.56`, 万件, 余件, 元, `(含新`.

    A year, a date and a numbered line cannot.
    """
    text = clean(printed).strip()
    if not text or len(text) > _LONGEST_REST:
        return text.startswith("(") and ")" not in text
    if text.startswith("(单位") or re.match(
        r"(?:19|20)\d{2}\D|\d{1,2}[.、,:]\D|\d{1,3}/\d{1,3}$", text
    ):
        return False
    return _REST.fullmatch(text) is not None or is_unit_like(text)


@lru_cache(maxsize=16384)
def looks_like_value(printed: str) -> bool:
    """Whether a lone line can be a value cell: a number, perhaps with unit and note, or a mark."""
    status = read_cell(printed).status
    return status not in (Status.TEXT, Status.BLANK)


def read_note(note: str) -> tuple[NotePart, ...]:
    """The figures inside a note; words like 含 and 其中 in front of them are not part of a word.

    Each number must stand behind its word (`新制发4件`); a note with a number before its word gives
    nothing, as one cannot tell which word is whose. A number that is a year, a date, a reference
    (`见注1`), not exact (`约4件`) or scaled by a bare 万 is left out.
    """
    parts: list[NotePart] = []
    text = clean(note)
    if _SHARED.search(text):
        return ()
    for clause in _CLAUSES.split(text):
        bare = _LEAD.sub("", clause)
        if not any(map(str.isdigit, bare)) or _OTHER.fullmatch(bare):
            continue
        if bare[0].isdigit():
            return ()
        pairs = list(_PAIR.finditer(bare))
        if "".join(m[0] for m in pairs) != bare:
            if _inexact(bare):
                continue
            return ()  # words behind the number: whose is it?
        if any(m["unit"] is None for m in pairs[:-1]):
            continue
        parts += [part for m in pairs if (part := _part(m)) is not None]
    return tuple(parts)


def _inexact(clause: str) -> bool:
    return re.fullmatch(rf"[^\d]+{_NUMBER}(?:[余多几]|-\d).*", clause) is not None


def _part(m: re.Match[str]) -> NotePart | None:
    word = _LEAD.sub("", m["word"]).strip(": ")
    value = to_decimal(m["text"])
    if value is None or not _WORD.fullmatch(word):
        return None
    if _PLACES.search(word) or _INEXACT.search(word):
        return None
    return NotePart(word, m["text"], value, m["unit"])


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
