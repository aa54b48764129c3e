"""Figures in sentences: number, unit, qualifier, what is counted, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ingest.model import Figure, Sentence, Status, make_figure
from ingest.narrative.lookalikes import (
    counts,
    cut_before,
    cut_behind,
    is_bare_count,
    is_continued,
    is_date,
    is_list,
    is_name,
    is_none,
    is_word,
    no_figures,
)
from ingest.narrative.subjects import subjects_of
from ingest.narrative.units import DIGITS, HAN, load_units
from ingest.numbers import chinese_to_decimal, chinese_to_int, to_decimal

_SCALE = {
    "万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100, "千万": 10_000_000, "百万": 1_000_000,
}  # fmt: skip
_PERCENT = re.compile(rf"([百千])分之((?:[{HAN}]+|\d+)(?:[点.][\d{HAN}]+)?)")
_FRACTION = re.compile(rf"(?<![百千万{HAN}])([{HAN}]+)分之([{HAN}]+)")
_RATIO = re.compile(r"(?<![\d.:])\d+(?:\.\d+)?:1(?![\d:.])")
_TENTHS = re.compile(
    r"(?<![\d一二两三四五六七八九])([一二两三四五六七八九])成([一二三四五六七八九半])"
)
_TENTHS_OR = re.compile(r"[个件家项名份条次位]")
_MAY_BE_WHOLE = re.compile(rf"分之|:1|[{HAN}][成点]")
# what a decimal in Chinese numerals is said of; 三点五十分 is a time
_POINTED = frozenset({"个百分点", "百分点", "倍", "成", "万元", "亿元", "元", "公里", "平方米",
                      "平方公里", "亩", "吨", "小时", "天", "个工作日"})  # fmt: skip
_MIXED = re.compile("[亿万千百]")
_BEHIND = re.compile(r"以上|以下|左右|以内")
_MAY_COUNT = re.compile(rf"[\d{HAN}万亿]")
_MAY_BE_RANGE = re.compile(rf"[-—~～至到][\d{HAN}]")


def figures_in(sentence: Sentence) -> tuple[Figure, ...]:
    """The figures of one sentence, in order, each with the words that say what it counts.

    Dates, years, times, document numbers, ordinals, list markers, what stands in 《》 or in short
    quotation marks, and numbers without a unit that are part of a name (`12345热线`) are not
    figures. Both ends of a range (`3至5个工作日`) are figures whose `note` is the whole range; a
    fraction or ratio that no decimal states exactly has the value None.
    """
    text = sentence.text
    if not _MAY_COUNT.search(text):
        return ()
    taken = [m.span() for m in no_figures(text)]
    out: list[_Found] = []
    for found, spans in (
        _wholes(sentence, taken), _ranges(sentence, taken), _lists(sentence, taken)
    ):  # fmt: skip
        out += found
        taken += spans
    for m in _numbers(text):
        if _overlaps(taken, m.start("number"), m.end("number")):
            continue
        one = _figure(sentence, m)
        if one is not None:
            out.append(one)
    if not out:
        return ()
    out.sort(key=lambda f: f.span)
    subjects = subjects_of(text, tuple((f.span, f.unit) for f in out))
    return tuple(_figure_of(sentence, f, s) for f, s in zip(out, subjects, strict=True))


def figures_of(sentences: tuple[Sentence, ...]) -> list[Figure]:
    """The figures of all sentences of one report, in order; none that a break cuts in two."""
    out: list[Figure] = []
    for i, sentence in enumerate(sentences):
        before = sentences[i - 1].text if i else ""
        after = sentences[i + 1].text if i + 1 < len(sentences) else ""
        out += _uncut(figures_in(sentence), sentence.text, before, after)
    return out


def _uncut(
    figures: tuple[Figure, ...], text: str, before: str, after: str
) -> Iterable[Figure]:  # fmt: skip
    """Without the first and last ones where a break of paragraphs cuts a number: 近19⏎00家次."""
    if not figures:
        return figures
    if (figures[0].span or (0, 0))[0] == 0 and cut_before(before, text):
        figures = figures[1:]
    if figures and (figures[-1].span or (0, 0))[1] == len(text):
        if cut_behind(figures[-1].unit, after):
            figures = figures[:-1]
    return figures


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """All numbers with the words around them; as above, tried only where a digit stands.

    No word that may stand before a number has a digit in it, so the longest that ends there counts.
    """
    words = load_units()
    at = 0
    while (first := _MAY_COUNT.search(text, at)) is not None:
        begin = first.start()
        begin -= len(words.qualifier_before(text, begin, at) or "")
        m = words.number.match(text, begin)
        if m is not None:
            yield m
        at = m.end() if m is not None else first.end()


_Spans = list[tuple[int, int]]


def _overlaps(taken: _Spans, start: int, end: int) -> bool:
    for a, b in taken:  # noqa: SIM110 - asked thousands of times; `any` takes twice as long
        if start < b and a < end:
            return True
    return False


class _Found(NamedTuple):
    """A figure before it is told what it counts; `start` and `span` as in its sentence's text."""

    start: int
    text: str
    value: Decimal | None
    unit: str | None
    span: tuple[int, int]
    qualifier: str | None
    note: str | None


def _make(
    start: int, text: str, value: Decimal | None, unit: str | None, end: int,
    qualifier: str | None = None, note: str | None = None,
) -> _Found:  # fmt: skip
    return _Found(start, text, value, unit, (start, end), qualifier, note)


def _figure_of(sentence: Sentence, found: _Found, subject: str | None) -> Figure:
    value = found.value
    status = Status.TEXT if value is None else Status.ZERO if value == 0 else Status.NUMBER
    return make_figure(
        id=f"s{sentence.index}.{found.start}",
        text=found.text,
        value=value,
        status=status,
        unit=found.unit,
        qualifier=found.qualifier,
        note=found.note,
        sentence=sentence.index,
        span=found.span,
        subject=subject,
        place=sentence.place,
    )


def _wholes(sentence: Sentence, taken: _Spans) -> tuple[list[_Found], _Spans]:
    """百分之八十六, 三分之一, 4.2:1, 八成五, 零点五个百分点."""
    text = sentence.text
    out: list[_Found] = []
    spans: _Spans = []
    if not _MAY_BE_WHOLE.search(text):
        return out, spans
    words = load_units()
    whole = "分之" in text
    for pattern, may_be in (
        (_PERCENT, whole),
        (_FRACTION, whole),
        (_RATIO, ":1" in text),
        (_TENTHS, "成" in text),
        (words.point, "点" in text),
    ):
        if not may_be:
            continue
        for m in pattern.finditer(text):
            if _overlaps(taken, *m.span()) or _overlaps(spans, *m.span()):
                continue
            spans.append(m.span())
            value, unit, printed = None, None, m[0]
            if pattern is _PERCENT:
                unit = "%" if m[1] == "百" else "‰"
                value = Decimal(100) if m[2] == "百" else chinese_to_decimal(m[2])
                if value is None:
                    continue
            elif pattern is _FRACTION:
                low, high = chinese_to_int(m[1]), chinese_to_int(m[2])
                if not low or not high:
                    continue
                value = _exact(high, low)
            elif pattern is _TENTHS:
                unit, tenth = "成", 5 if m[2] == "半" else chinese_to_int(m[2])
                if _TENTHS_OR.match(text, m.end()):
                    continue
                value = Decimal(f"{chinese_to_int(m[1])}.{tenth}")
            elif pattern is words.point:
                value, unit, printed = chinese_to_decimal(m[1]), m[3], m[1] + (m[2] or "")
                if value is None or unit not in _POINTED:
                    continue
                if m[2]:
                    value = _plain(value * _SCALE[m[2]])
            elif "比" not in text[max(0, m.start() - 16) : m.start()]:
                continue
            behind = _BEHIND.match(text, m.end())
            qualifier = words.qualifier_before(text, m.start()) or (behind[0] if behind else None)
            if pattern is _RATIO and qualifier == "达到":
                qualifier = None
            end = behind.end() if behind else m.end()
            out.append(_make(m.start(), printed, value, unit, end, qualifier))
    return out, spans


def _exact(high: int, low: int) -> Decimal | None:
    value = Decimal(high) / Decimal(low)
    return value if value * low == high and len(value.as_tuple().digits) < 8 else None


def _ranges(sentence: Sentence, taken: _Spans) -> tuple[list[_Found], _Spans]:
    """3至5个工作日: two figures that know their range; what is not sure to be one is none."""
    text = sentence.text
    out: list[_Found] = []
    spans: _Spans = []
    if not _MAY_BE_RANGE.search(text):
        return out, spans
    for m in load_units().range.finditer(text):
        if _overlaps(taken, *m.span()):
            continue
        if m["han"]:
            spans.append(m.span())
            continue
        changed = re.search(r"(?:从|由)[^,;。\d]{0,8}$", text[: m.start()])
        if m["own"] and changed:  # 从41%到56% is a change, and both ends are read one by one
            continue
        spans.append(m.span())
        low, high = to_decimal(m["low"]), to_decimal(m["high"])
        unit = m["unit"]
        if low is None or high is None or low >= high or changed or m["scale"] or m["rank"]:
            continue
        if (m["own"] or unit) != unit or unit in load_units().not_figures or "," in m[0]:
            continue
        if is_name(text, m.start(), m.end(), False):
            continue
        for name, value in (("low", low), ("high", high)):
            end = m.start("to") if name == "low" else m.end()
            out.append(_make(m.start(name), m[name], value, unit, end, m["to"], m[0]))
    return out, spans


def _lists(sentence: Sentence, taken: _Spans) -> tuple[list[_Found], _Spans]:
    """分别为15、234、108件: the numbers share the last one's unit; the last is read as ever."""
    text = sentence.text
    out: list[_Found] = []
    spans: _Spans = []
    if "分别" not in text:
        return out, spans
    for m in load_units().shared.finditer(text):
        if _overlaps(taken, *m.span()) or not re.search(r"分别[^,;。\d]{0,8}$", text[: m.start()]):
            continue
        spans.append(m.span())
        for n in re.finditer(DIGITS, m[0]):
            value = to_decimal(n[0])
            if value is not None:
                start = m.start() + n.start()
                end = m.start() + n.end()
                out.append(_make(start, n[0], value, m["unit"], end))
    return out, spans


def _figure(sentence: Sentence, m: re.Match[str]) -> _Found | None:
    text = sentence.text
    number, unit, scale = m.group("number", "unit", "scale")
    chinese = not number[0].isdigit()
    if chinese and unit is None and scale is None:  # 一是, 统一: words, and most of all matches
        return None
    at = m.start("number")
    if is_name(text, at, m.end(), chinese, unit) or is_date(text, m, unit):
        return None
    if is_continued(text, at, unit, m.end()) or is_none(text, m, unit):
        return None
    if unit is not None and is_word(text, m, unit, chinese):
        return None
    if "," in number and is_list(number, sentence.printed, text[:at]):
        return None
    if " " in number and re.search(r"[表图件号A-Za-z]$", text[:at]):  # 附表1 234件
        return None
    value = _value(number, m, unit, chinese)
    if value is None or _is_unclear(text, m):
        return None
    if unit is None and text.endswith("¥", 0, m.start()):
        unit = "元"
    if not chinese and unit is None and scale is None and not is_bare_count(text, m):
        return None
    if scale:
        value = _plain(value * _SCALE[scale])
    before = load_units().negated(text, m.start(), m["before"]) if m["before"] else None
    qualifier = before or m["inner"] or m["after"] or m["behind"]
    if qualifier is None and (bound := load_units().bound.search(text, max(at - 8, 0), at)):
        qualifier = bound[1]
    end = m.end("after") if m["after"] else (m.end("scale") if scale else m.end("number"))
    if m["inner"]:
        end = max(end, m.end("inner"))
    return _make(at, text[at:end], value, unit, m.end(), qualifier)


def _is_unclear(text: str, m: re.Match[str]) -> bool:
    """查摆不足12项: 12 faults, or less than 12."""
    at, words = m.end("before") if m["before"] else m.start("number"), load_units().unclear_before
    return text.endswith(tuple(words), 0, at) and any(
        text.endswith(word, 0, at)
        and text[: m.start("number") - len(word)].endswith(tuple(letters))
        for word, letters in words.items()
    )


def _value(number: str, m: re.Match[str], unit: str | None, chinese: bool) -> Decimal | None:
    if not chinese:
        if number[0] == "0" and number[1:2].isdigit():  # the end of a number that something cut
            return None
        if not _MIXED.search(number):
            return to_decimal(number.replace(" ", ""))
        whole, part = Decimal(0), Decimal(0)
        for digits, rank, scale in re.findall(r"(\d*)([千百]?)([亿万]?)", number):
            part += Decimal(digits or 0) * (_SCALE[rank] if rank else 1)
            if scale:  # 3亿5000万, 1万2000, 3亿7千5百万
                whole, part = whole + part * _SCALE[scale], Decimal(0)
        return whole + part
    if number in "百千万亿":  # 近百件, 百余件
        if not (m["before"] or m["inner"] or m["after"] in {"余", "多"}):
            return None
        return Decimal(_SCALE[number]) if unit or m["scale"] else None
    read = chinese_to_int(number)
    return Decimal(read) if read is not None and counts(number, m, unit) else None


def _plain(value: Decimal) -> Decimal:
    """547000.0 is 547000: scaling must not leave decimals that nobody printed."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
