"""Figures in sentences: number, unit, qualifier, what is counted, and where they stand."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import NamedTuple

from ingest.model import Figure, Sentence, Status
from ingest.numbers import chinese_to_decimal, chinese_to_int, to_decimal
from ingest.subjects import subjects_of

_SCALE = {
    "万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100, "千万": 10_000_000, "百万": 1_000_000,
}  # fmt: skip
_HAN = "〇零一二两三四五六七八九十百千"
_DIGITS = r"(?:\d{1,3}(?: \d{3})+|\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_TO = r"--?|——?|[~～至到]"
# part of a longer number or of a range: 1,23件, 1/3件; 二〇23
_CONTINUED = re.compile(
    rf"\d[ ,.~～—–至到]$|[\d{_HAN}余多][万亿千百十]$|[{_HAN}][~—至到]$|[{_HAN}][万亿]?$|[≥≤<>±~]$"
)
_CONTINUES = re.compile(rf"[\d{_HAN}万亿]")
_ARTICLE = rf"[{_HAN}\d]+[条项款章]?"
_ARTICLES = re.compile(rf"第{_ARTICLE}(?:[、至到和及]{_ARTICLE})*[、至到和及]$")
_WIDE_COMMAS = re.compile(r"[\d０-９]+(?:，[\d０-９]+)+")
# names of documents, names in quotes, addresses, times, numbers of documents and telephones
_NO_FIGURES = re.compile(
    r"《[^《》]*》|“[^“”]{1,20}”|‘[^‘’]{1,20}’|\"[^\"]{1,20}\""
    r"|(?:https?://|www\.)[\w./%?=&-]+|[A-Za-z0-9_.-]+@[\w.-]+"
    r"|[〔\[(](?:19|20)\d\d[〕\])](?:第)?\d+号"
    r"|(?:7[×*xX])?(?<!\d)24小时|\d{1,2}:\d\d(?:[-~至到—]+\d{1,2}:\d\d)?|\d{1,2}[时点]\d{1,2}分"
    r"|\d{3,4}-\d{7,8}|\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d+(?:\.\d+){2,}"
    rf"|[{_HAN}\d]季度"
)
# what any of these begins with
_MAY_BE_NONE = re.compile(rf"[《“‘\"〔\[(A-Za-z0-9_.\-\d{_HAN}]")
_PERCENT = re.compile(rf"([百千])分之((?:[{_HAN}]+|\d+)(?:[点.][\d{_HAN}]+)?)")
_FRACTION = re.compile(rf"(?<![百千万{_HAN}])([{_HAN}]+)分之([{_HAN}]+)")
_RATIO = re.compile(r"(?<![\d.:])\d+(?:\.\d+)?:1(?![\d:.])")
_MAY_COUNT = re.compile(rf"[\d{_HAN}万亿]")
_MAY_BE_RANGE = re.compile(rf"[-—~～至到][\d{_HAN}]")
_COUNTED = re.compile(r"(?:量|数|额|次数|人数)(?:已|共|约|总计|累计)*(?:达|为|是|有)?(?:到)?[:]?$")
_EDGE = re.compile(r"$|[,;。、)!]")


@dataclass(frozen=True, slots=True)
class _Words:
    number: re.Pattern[str]
    before: tuple[str, ...]  # longest first
    range: re.Pattern[str]
    shared: re.Pattern[str]
    not_figures: tuple[str, ...]
    ordinals: tuple[str, ...]
    names: tuple[str, ...]
    not_units: dict[str, str]
    kinds: frozenset[str]
    loose: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(
        resources.files("ingest.words").joinpath("units.toml").read_text(encoding="utf-8")
    )

    def either(words: list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    units = either(data["units"])
    pattern = (
        rf"(?P<before>{either(data['before'])})?"
        rf"(?P<number>\d+亿\d{{1,4}}万|\d+万\d{{4}}(?!\d)|{_DIGITS}"
        rf"|[{_HAN}]+(?:[万亿][{_HAN}]+)*|[万亿](?=[余多])|(?<=近)万)"
        r"(?P<inner>余|多)?(?P<scale>千万|百万|[万亿]|[千百](?=[余多]))?"
        rf"(?P<after>{either(data['after'])})?"
        rf"(?: (?=[%‰]))?(?P<unit>{units})?"
        r"(?P<behind>以上|以下|左右|以内)?"
    )
    ends = rf"(?P<low>{_DIGITS})(?P<rank>[万亿])?(?P<own>{units})?(?P<to>{_TO})(?P<high>{_DIGITS})"
    return _Words(
        re.compile(pattern),
        tuple(sorted(data["before"], key=len, reverse=True)),
        re.compile(
            rf"(?<![\d.,:/a-zA-Z-]){ends}(?P<scale>[万亿])?(?P<unit>{units})|(?P<han>[{_HAN}]+"
            rf"(?:{_TO})[{_HAN}]+)(?=[{_HAN}万亿]*(?:{units}))"
        ),
        re.compile(
            rf"(?<![\d.,])(?:{_DIGITS}、)*{_DIGITS}[、和及与](?={_DIGITS}(?P<unit>{units}))"
        ),
        tuple(data["not_figures"]),
        tuple(data["ordinals"]),
        tuple(data["names"]),
        data["not_units"],
        frozenset(data["kinds"]),
        frozenset(data["loose"]),
    )


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
    taken = [m.span() for m in _no_figures(text)]
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
    """The figures of all sentences of one report, in order."""
    return [figure for sentence in sentences for figure in figures_in(sentence)]


def _no_figures(text: str) -> Iterator[re.Match[str]]:
    """`_NO_FIGURES.finditer(text)` in a third of the time: tried only where one can begin."""
    at = 0
    while (first := _MAY_BE_NONE.search(text, at)) is not None:
        m = _NO_FIGURES.match(text, first.start())
        if m is not None:
            yield m
        at = m.end() if m is not None else first.end()


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """All numbers with the words around them; as above, tried only where a digit stands.

    No word that may stand before a number has a digit in it, so the longest that ends there counts.
    """
    words = _words()
    at = 0
    while (first := _MAY_COUNT.search(text, at)) is not None:
        begin = first.start()
        if text.endswith(words.before, at, begin):
            begin -= next(len(w) for w in words.before if text.endswith(w, at, begin))
        m = words.number.match(text, begin)
        if m is not None:
            yield m
        at = m.end() if m is not None else first.end()


_Spans = list[tuple[int, int]]


def _overlaps(taken: _Spans, start: int, end: int) -> bool:
    return any(start < b and a < end for a, b in taken)


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
    return Figure(
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
    """百分之八十六, 三分之一, 4.2:1."""
    text = sentence.text
    out: list[_Found] = []
    spans: _Spans = []
    if "分之" not in text and ":1" not in text:
        return out, spans
    for pattern in (_PERCENT, _FRACTION, _RATIO):
        for m in pattern.finditer(text):
            if _overlaps(taken, *m.span()):
                continue
            spans.append(m.span())
            value, unit = None, None
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
            elif "比" not in text[max(0, m.start() - 16) : m.start()]:
                continue
            behind = re.match(r"以上|以下|左右|以内", text[m.end() :])
            before = re.search(r"(近|约|超过|不足|不到|逾|超)$", text[: m.start()])
            end = m.end() + (behind.end() if behind else 0)
            qualifier = before[0] if before else behind[0] if behind else None
            out.append(_make(m.start(), m[0], value, unit, end, qualifier))
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
    for m in _words().range.finditer(text):
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
        if (m["own"] or unit) != unit or unit in _words().not_figures or "," in m[0]:
            continue
        if _is_name(text, m.start(), m.end(), False):
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
    for m in _words().shared.finditer(text):
        if _overlaps(taken, *m.span()) or not re.search(r"分别[^,;。\d]{0,8}$", text[: m.start()]):
            continue
        spans.append(m.span())
        for n in re.finditer(_DIGITS, m[0]):
            value = to_decimal(n[0])
            if value is not None:
                start = m.start() + n.start()
                end = m.start() + n.end()
                out.append(_make(start, n[0], value, m["unit"], end))
    return out, spans


def _figure(sentence: Sentence, m: re.Match[str]) -> _Found | None:
    text = sentence.text
    number, unit, scale = m["number"], m["unit"], m["scale"]
    chinese = not number[0].isdigit()
    if chinese and unit is None and scale is None:  # 一是, 统一: words, and most of all matches
        return None
    at = m.start("number")
    if _is_name(text, at, m.end(), chinese) or _is_date(text, m, unit):
        return None
    if _CONTINUED.search(text[max(at - 2, 0) : at]) or (
        unit is None and _CONTINUES.match(text, m.end())
    ):
        return None
    if unit is not None and _is_word(text, m, unit, chinese):
        return None
    if "," in number and _is_list(number, sentence.printed, text[:at]):
        return None
    if " " in number and re.search(r"[表图件号A-Za-z]$", text[:at]):  # 附表1 234件
        return None
    value = _value(number, m, unit, chinese)
    if value is None:
        return None
    if not chinese and unit is None and scale is None and not _is_bare_count(text, m):
        return None
    if scale:
        value = _plain(value * _SCALE[scale])
    qualifier = m["before"] or m["inner"] or m["after"] or m["behind"]
    end = m.end("after") if m["after"] else (m.end("scale") if scale else m.end("number"))
    if m["inner"]:
        end = max(end, m.end("inner"))
    return _make(at, text[at:end], value, unit, m.end(), qualifier)


def _value(number: str, m: re.Match[str], unit: str | None, chinese: bool) -> Decimal | None:
    if not chinese:
        if "亿" not in number and "万" not in number:
            return to_decimal(number.replace(" ", ""))
        whole = Decimal(0)
        for part in re.split(r"(?<=[亿万])", number):  # 3亿5000万, 1万2000
            if part:
                scale = _SCALE.get(part[-1], 1)
                whole += Decimal(part.rstrip("亿万")) * scale
        return whole
    if number in "百千万亿":  # 近百件, 百余件
        if not (m["before"] or m["inner"] or m["after"] in {"余", "多"}):
            return None
        return Decimal(_SCALE[number]) if unit or m["scale"] else None
    read = chinese_to_int(number)
    return Decimal(read) if read is not None and _counts(number, m, unit) else None


def _is_bare_count(text: str, m: re.Match[str]) -> bool:
    """`访问量达7854070。`: a number without a unit that a word for a count stands before."""
    return bool(
        len(m["number"]) > 1 and _COUNTED.search(text[: m.start()]) and _EDGE.match(text, m.end())
    )


def _is_word(text: str, m: re.Match[str], unit: str, chinese: bool) -> bool:
    """六个部分, 三项制度, 八成立, 十分: number and unit are part of a name or a word."""
    words = _words()
    rest = text[m.end() :]
    if rest[:1] and rest[0] in words.not_units.get(unit, ""):
        return True
    if not chinese or m["before"]:
        return unit == "分" and not re.search(
            r"[得均总评为达占计扣加]$|得分[为达]?$", text[: m.start()]
        )
    if unit == "分" or rest.startswith(words.names):
        return True
    small = len(m["number"]) == 1
    return small and unit in words.kinds and not re.match(r"$|[,;。、)的]", rest)


def _is_list(number: str, printed: str, before: str) -> bool:
    """`15，234，108件` is a list, `分别为15，234件` too; `1，234件` is one number, printed wide."""
    runs = [
        run
        for run in _WIDE_COMMAS.findall(printed)
        if run.count("，") > 1 or re.search(r"分别[^,;。]*$", before)
    ]
    return any(unicodedata.normalize("NFKC", run) == number for run in runs)


def _plain(value: Decimal) -> Decimal:
    """547000.0 is 547000: scaling must not leave decimals that nobody printed."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _is_name(text: str, start: int, end: int, chinese: bool) -> bool:
    """A number inside a word: after an ordinal, between Latin letters, in a document number."""
    before = text[:start]
    if before.endswith(_words().ordinals):
        return True
    if before[-1:].isalnum() and before[-1:].isascii():
        return True
    if _ARTICLES.search(before):
        return True
    after = text[end : end + 1]
    if after.isascii() and after.isalpha():
        return True
    if before[-1:] in {"-", "/", "."} or after in {"〕", "]"}:
        return True
    if after not in {"、", ")"} and not (chinese and after == "是"):
        return False
    lead = before.removesuffix("(")  # （1）, 1、, 一是: markers of a list
    return not lead or lead[-1] in "。;,:"


def _is_date(text: str, m: re.Match[str], unit: str | None) -> bool:
    rest = text[m.end("number") : m.end("number") + 2]
    if m["scale"] or m["inner"] or m["after"]:
        return False
    if unit is None or unit in ("年", "日", "点", "区", "市", "县", "版"):
        return rest.startswith(_words().not_figures) or unit is not None
    return False


def _counts(number: str, m: re.Match[str], unit: str | None) -> bool:
    """Chinese numerals count only with a unit: `一是`, `一体化`, `十三五` are words.

    `数十件` and `三四件` are no numbers, `零件` and `一件事` are words.
    """
    if m.string[: m.start("number")].endswith(("数", "几", "上", "好")) or number == "零":
        return False
    if re.fullmatch(r"[〇零一二两三四五六七八九]{2,}", number):
        return False
    if unit is None:
        return bool(m["scale"] and (m["inner"] or m["after"] or m["before"]))
    if m.string.startswith("事", m.end()) and unit in {"件", "类"}:
        return False
    loose = number in {"一", "两"} and m["after"] is None and unit in _words().loose
    return not loose
