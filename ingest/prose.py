"""Figures in sentences: number, unit, qualifier and where they stand in the sentence."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from ingest.model import Figure, Sentence, Status
from ingest.numbers import chinese_to_int, to_decimal

_SCALE = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100, "十": 10}
_HAN = "〇零一二两三四五六七八九十百千"
# part of a longer number or of a range: 1 234件, 1,23件, 3亿5000万元, 3至5件
_CONTINUED = re.compile(
    rf"\d[ ,.~～—–至到]$|[\d{_HAN}余多][万亿千百十]$|[{_HAN}][~—至到]$|[{_HAN}][万亿]?$"
)
_CONTINUES = re.compile(rf"[\d{_HAN}万亿]")
_ARTICLE = rf"[{_HAN}\d]+[条项款章]?"
_ARTICLES = re.compile(rf"第{_ARTICLE}(?:[、至到和及]{_ARTICLE})*[、至到和及]$")
_WIDE_COMMAS = re.compile(r"[\d０-９]+(?:，[\d０-９]+)+")


@dataclass(frozen=True, slots=True)
class _Words:
    number: re.Pattern[str]
    not_figures: tuple[str, ...]
    ordinals: tuple[str, ...]


@cache
def _words() -> _Words:
    data = tomllib.loads(
        resources.files("ingest.words").joinpath("units.toml").read_text(encoding="utf-8")
    )

    def either(words: list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    pattern = (
        rf"(?P<before>{either(data['before'])})?"
        rf"(?P<number>(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|[{_HAN}]+(?:[万亿][{_HAN}]+)*)"
        r"(?P<inner>余|多)?(?P<scale>[万亿]|千(?=[余多万]))?"
        rf"(?P<after>{either(data['after'])})?"
        rf"(?P<unit>{either(data['units'])})?"
        r"(?P<behind>以上|以下|左右|以内)?"
    )
    return _Words(re.compile(pattern), tuple(data["not_figures"]), tuple(data["ordinals"]))


def figures_in(sentence: Sentence) -> tuple[Figure, ...]:
    """The figures of one sentence, in order.

    Dates, years, document numbers, ordinals, list markers and numbers without a unit that are part
    of a name (`“15条”` keeps its unit, `12345热线` has none) are not figures.
    """
    out = []
    for m in _words().number.finditer(sentence.text):
        found = _figure(sentence, m)
        if found is not None:
            out.append(found)
    return tuple(out)


def _figure(sentence: Sentence, m: re.Match[str]) -> Figure | None:
    text = sentence.text
    number, unit, scale = m["number"], m["unit"], m["scale"]
    chinese = not number[0].isdigit()
    at = m.start("number")
    if _is_name(text, at, m.end(), chinese) or _is_date(text, m, unit):
        return None
    if _CONTINUED.search(text[:at]) or (unit is None and _CONTINUES.match(text, m.end())):
        return None
    if "," in number and _is_list(number, sentence.printed):
        return None
    if chinese:
        whole = chinese_to_int(number)
        if whole is None or not _counts(number, m, unit):
            return None
        value = Decimal(whole)
    else:
        read = to_decimal(number)
        if read is None:
            return None
        value = read
        if unit is None and scale is None:
            return None
    if scale:
        value = _plain(value * _SCALE[scale])
    qualifier = m["before"] or m["inner"] or m["after"] or m["behind"]
    start = m.start("number")
    end = m.end("after") if m["after"] else (m.end("scale") if scale else m.end("number"))
    if m["inner"]:
        end = max(end, m.end("inner"))
    place = sentence.place
    return Figure(
        id=f"s{sentence.index}.{start}",
        text=text[start:end],
        value=value,
        status=Status.ZERO if value == 0 else Status.NUMBER,
        unit=unit,
        qualifier=qualifier,
        sentence=sentence.index,
        span=(start, m.end()),
        place=place,
    )


def _is_list(number: str, printed: str) -> bool:
    """`15，234，108件`: the comma of Chinese text parts a list; it does not part thousands."""
    runs = _WIDE_COMMAS.findall(printed)
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
    marker = re.search(r"(^|[。;,:])\(?$", before)
    return bool((marker and after in {"、", ")"}) or (chinese and marker and after == "是"))


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
    if re.fullmatch(r"[一二两三四五六七八九]{2,3}", number):
        return False
    if unit is None:
        return bool(m["scale"] and (m["inner"] or m["after"]))
    if m.string.startswith("事", m.end()) and unit in {"件", "类"}:
        return False
    if (
        number in {"一", "两"}
        and m["after"] is None
        and unit in {"个", "次", "批", "点", "处", "天", "日", "年", "门", "对", "部", "通", "站"}
    ):
        return False
    return True
