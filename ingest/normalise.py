"""Search text: simplified script, NFKC, converter artefacts removed, with a map back to the print.

What the user is shown stays as printed; what is matched and retrieved is this.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from ingest.quick import quick

if TYPE_CHECKING:
    import opencc

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# a reading that a converter left behind a letter: 規(guī). Pinyin is lower case with tone marks.
_READING = re.compile(
    rf"(?<=[{_HAN}])[(（]([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ\u0300-\u030c]{{1,8}})[)）]"
)
_CJK = re.compile(rf"[{_HAN}\u3000-\u303f\uff00-\uffef“”‘’《》〈〉〔〕【】…—、。，；：？！（）]")
# white space that a crawler left in HTML's spelling
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);", re.IGNORECASE)
# NFKC leaves these alone, and crawls mix them freely
_SAME = str.maketrans(
    {
        "﹙": "(", "﹚": ")", "〔": "〔", "“": "“", "”": "”", "″": "”", "＂": "”", "「": "“", "」": "”",
        "『": "“", "』": "”", "‧": "·", "•": "·", "\u200b": None, "\u200c": None, "\u200d": None,
        "\ufeff": None, "\u00ad": None, "–": "-", "−": "-", "﹣": "-",
    }
)  # fmt: skip


@quick
@dataclass(frozen=True, slots=True)
class SearchText:
    """`text` to search; `offsets[i]` is the index in the printed text that `text[i]` came from.

    `offsets` has one entry more than `text`, the length of the printed text.
    """

    text: str
    offsets: Sequence[int]

    def printed_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the printed text behind `text[start:end]`."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end]


@cache
def _radicals() -> dict[str, str]:
    # not through the package `ingest.words`, which imports this module
    text = resources.files("ingest").joinpath("words/radicals.toml").read_text(encoding="utf-8")
    radicals: dict[str, str] = tomllib.loads(text)["radicals"]
    return radicals


def _fold(letter: str) -> str:
    """One printed letter in its compatibility form; "" for what is not seen.

    A raised or circled digit stays what it is: `18①` is 18 with a mark, never 181.
    """
    folded = unicodedata.normalize("NFKC", letter)
    if unicodedata.category(letter) == "No" and folded.isdecimal():
        return letter
    folded = _radicals().get(folded, folded).translate(_SAME)
    return "".join(c for c in folded if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf"})


class _Letters(dict[int, str]):
    """`_fold` of every letter met so far, as `str.translate` wants it."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        if len(folded) != 1:
            _ODD.add(chr(code))
        return folded


_LETTERS = _Letters()
_ODD: set[str] = set()  # letters met so far that fold to nothing or to several


@cache
def _converter() -> opencc.OpenCC:
    import opencc  # its dictionaries are loaded when the first text is read, not on import

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=8192)
def _is_reading_of(letter: str, reading: str) -> bool:
    from pypinyin import Style, pinyin  # 0.1 s of import that clean files never need

    plain = unicodedata.normalize("NFC", reading)
    heard = {r for style in (Style.TONE, Style.NORMAL) for r in pinyin(letter, style, True)[0]}
    return plain in heard or _toneless(plain) in {_toneless(r) for r in heard}


def _toneless(reading: str) -> str:
    split = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    return "".join(c for c in split if not unicodedata.combining(c))


def normalise(printed: str) -> SearchText:
    """Clean `printed` for search.

    Removes pinyin readings behind the letter they read, white space next to Chinese letters, zero
    width characters; folds width and compatibility forms (NFKC, radicals for letters) and traditional
    script. Never fails; an empty text gives an empty result.
    """
    cleaned = clean(printed)
    own = printed.lstrip()  # an indent is no text
    if len(cleaned) == len(own) and _ODD.isdisjoint(own):  # letter by letter
        return SearchText(cleaned, range(len(printed) - len(own), len(printed) + 1))
    texts: list[str] = []
    offsets: list[int] = []
    for begin, end, shown in _pieces(printed):
        piece = shown or printed[begin:end]
        folded = piece.translate(_LETTERS)
        texts.append(folded)
        if _ODD.isdisjoint(piece):  # `translate` has met all of its letters
            offsets += range(begin, end)
        else:
            offsets += _offsets(piece, begin)
    offsets = _drop_spaces("".join(texts), offsets)
    return SearchText(cleaned, (*offsets, len(printed)))


def _pieces(printed: str) -> list[tuple[int, int, str]]:
    """The spans of `printed` that are kept, each with what is read in its place ("": itself)."""
    dropped: list[tuple[int, int, str]] = []
    if "(" in printed or "（" in printed:
        for m in _READING.finditer(printed):
            if _is_reading_of(printed[m.start() - 1], m.group(1)):
                dropped.append((m.start(), m.end(), ""))
    if "&" in printed:
        dropped += [(m.start(), m.end(), " ") for m in _ENTITY.finditer(printed)]
    if not dropped:
        return [(0, len(printed), "")]
    out: list[tuple[int, int, str]] = []
    at = 0
    for begin, end, shown in sorted(dropped):
        out.append((at, begin, ""))
        if shown:
            out.append((begin, begin + 1, shown))
        at = end
    return [*out, (at, len(printed), "")]


def _offsets(piece: str, begin: int) -> list[int]:
    out: list[int] = []
    at = 0
    for i in [i for i, c in enumerate(piece) if c in _ODD]:
        out += range(begin + at, begin + i)
        out += [begin + i] * len(_LETTERS[ord(piece[i])])
        at = i + 1
    out += range(begin + at, begin + len(piece))
    return out


_SPACE = re.compile(r"\s+")


def _drop_spaces(text: str, offsets: list[int]) -> list[int]:
    """White space between Latin words is one blank; next to anything Chinese it means nothing."""
    where: list[int] = []
    at = 0
    for m in _SPACE.finditer(text):
        where += offsets[at : m.start()]
        at = m.end()
        if _space_between(m):
            where.append(offsets[m.start()])
    return [*where, *offsets[at:]] if at else offsets


def _keeps_space(before: str, after: str) -> bool:
    return not (_CJK.match(before) or _CJK.match(after))


def _simplify(text: str) -> str:
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(one if len(one := _converter().convert(c)) == 1 else c for c in text)


@lru_cache(maxsize=65536)
def clean(printed: str) -> str:
    """The search text alone: `normalise(printed).text` in half the time."""
    text = "".join(
        (shown or printed[begin:end]).translate(_LETTERS) for begin, end, shown in _pieces(printed)
    )
    return _simplify(_SPACE.sub(_space_between, text))


def _space_between(m: re.Match[str]) -> str:
    begin, end, text = m.start(), m.end(), m.string
    inside = begin > 0 and end < len(text)
    return " " if inside and _keeps_space(text[begin - 1], text[end]) else ""


def readable(printed: str) -> str:
    """What a reader is shown of a sentence: as printed where that is plain simplified Chinese.

    Traditional script and left-behind readings (`規(guī)`) give way to the search text, because the
    evidence beside the answer shows the print anyway.
    """
    text = printed.strip()
    if _simplify(text) == text and not _READING.search(text):
        return text
    return clean(text)


_NUMBERING = re.compile(r"^\(?([一二三四五六七八九十]+|\d{1,2})[)、..,,:]\)?")
_EDGES = " \t,,.。;;::、-|*_"


@lru_cache(maxsize=65536)
def fold_label(printed: str) -> str:
    """A header label reduced to what its variants share: no space, quotes, or edge punctuation.

    Numbering keeps its number and loses its style: `（三）不予公开` and `三、不予公开` fold alike.
    """
    text = re.sub(r"\s+|[“”\"'‘’]", "", clean(printed)).lower().strip(_EDGES)
    text = text.replace("（", "(").replace("）", ")").replace("，", ",").replace("：", ":")
    if text and unicodedata.category(text[0]) == "No":  # ①属于国家秘密
        return f"{unicodedata.digit(text[0], 0) or text[0]}.{text[1:].strip(_EDGES)}"
    numbered = _NUMBERING.match(text)
    if numbered:
        text = f"{numbered.group(1)}.{text[numbered.end() :].strip(_EDGES)}"
    return text
