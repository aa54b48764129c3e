"""From bytes to text: which encoding a file is in, judged by its bytes and by what they would say.

A declaration is only one voice among others: pages that declare gb2312 are served in UTF-8 and the
other way round. The reading wins that has the usual words of such reports and the commonest
letters; where none is plausible the file is refused, because garbled text has wrong rows.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import islice

from ingest.errors import UnreadableFile
from ingest.model import Warning_

#: what is tried, in this order where the text says nothing; the name is the one that is told
_CODECS = {
    "utf-8": "utf-8",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "windows-1252": "cp1252",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# what pages write for an encoding → what it is; a name that is not here says nothing
_DECLARED = {
    "utf-8": "utf-8", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "cp936": "gb18030", "gb18030": "gb18030", "csgb2312": "gb18030", "euc-cn": "gb18030",
    "big5": "big5", "big5-hkscs": "big5", "cp950": "big5", "x-x-big5": "big5", "csbig5": "big5",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "unicode": "utf-16-le",
    "iso-8859-1": "windows-1252", "latin1": "windows-1252", "windows-1252": "windows-1252",
    "us-ascii": "windows-1252", "ascii": "windows-1252",
}  # fmt: skip
# words of any report of this kind; a text in the wrong encoding has none of them
_WORDS = ("政府", "公开", "公開", "信息", "資訊", "报告", "報告")
_USUAL = re.compile("|".join(_WORDS))
_DECLARATION = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{3,20})", re.IGNORECASE)
_FOREIGN = re.compile(rb"[\x80-\xff]")
_SAMPLE = 400_000  # characters (or bytes) that are enough to judge by
_REMEMBERED = 1_000_000  # bytes; larger files are not kept in memory
_FEW_BROKEN = 2  # always excused in a text with the usual words
_BROKEN_SHARE = 0.01  # of the letters beyond ASCII
_PLAUSIBLE = 0.6  # the share of common letters below which a text is garbled
_LOST = "\ufffd"
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_BROKEN = re.compile(f"{_LOST}{{1,3}}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file (line ends are newlines, no byte order mark), its encoding, warnings."""

    text: str
    encoding: str
    warnings: tuple[Warning_, ...] = ()


@dataclass(frozen=True)
class _Reading:
    """A text in one encoding; `damaged`: some of its bytes cannot be read."""

    text: str
    encoding: str
    damaged: bool

    # valid UTF-8 is not judged further: nothing of this is asked then

    @cached_property
    def _sample(self) -> str:
        sample = self.text[:_SAMPLE]
        return html.unescape(sample) if "&#" in sample else sample

    @cached_property
    def broken(self) -> int:
        """In how many places bytes cannot be read; a letter of three bytes is one place."""
        return len(_BROKEN.findall(self.text)) if self.damaged else 0

    @cached_property
    def usual(self) -> bool:
        """Whether it has the usual words."""
        return bool(_USUAL.search(self._sample))

    @cached_property
    def _foreign(self) -> str:
        return "".join(_BEYOND_ASCII.findall(self._sample))

    @property
    def foreign(self) -> int:
        """The number of letters beyond ASCII."""
        return len(self._foreign)

    @property
    def nearly_ascii(self) -> bool:
        """Whether there are hardly any of those."""
        found = _BEYOND_ASCII.finditer(self._sample)
        return sum(len(m[0]) for m in islice(found, _FEW_BROKEN + 1)) <= _FEW_BROKEN

    @cached_property
    def common(self) -> float:
        """The share of common letters among those."""
        letters = self._foreign
        return sum(map(_common().__contains__, letters)) / len(letters) if letters else 1.0

    @property
    def sound(self) -> bool:
        """Whether the broken bytes are few enough to be read over."""
        if not self.damaged:
            return True
        return self.usual and self.broken <= max(_FEW_BROKEN, _BROKEN_SHARE * self.foreign)

    @property
    def rank(self) -> tuple[bool, bool, float]:
        return self.sound, self.usual, self.common


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """Decode the bytes of a file called `name`; `declared` is the encoding that it claims.

    Raises UnreadableFile, naming the file, for NUL bytes, for text in no known encoding, and for
    text that was garbled before it was saved.
    """
    if len(data) <= _REMEMBERED:
        return _decode_again(data, name, declared)
    return _decode(data, name, declared)


@lru_cache(maxsize=2)
def _decode_again(data: bytes, name: str, declared: str | None) -> Decoded:
    """The readers of text ask one after the other what the same file says."""
    return _decode(data, name, declared)


def _decode(data: bytes, name: str, declared: str | None) -> Decoded:
    claim = _DECLARED.get((declared or "").strip().lower())
    marked = next(((len(m), e) for m, e in _MARKS if data.startswith(m)), None)
    if marked:
        best = _reading(data[marked[0] :], marked[1])
        if marked[1] == "utf-8" and not best.sound:  # a page pasted behind another page's mark
            best = _best(data[marked[0] :], claim)
    elif b"\0" in data[:_SAMPLE]:
        best = _best_of(_reading(data, e) for e in ("utf-16-le", "utf-16-be"))
        if not (best.sound and best.usual) or "\0" in best.text:
            raise UnreadableFile(_nul(data.index(b"\0"), name))
    else:
        best = _best(data, claim)
    if "\0" in best.text:
        raise UnreadableFile(_nul(best.text.index("\0"), name))
    if not best.sound:
        raise UnreadableFile(
            f"{name}: not text in any of {', '.join(_CODECS)}; {best.broken} places of it are "
            f"broken in {best.encoding}, the nearest"
        )
    warnings = _warnings(best, declared, claim, bool(marked))
    if how := _how_garbled(best.text):
        if not best.usual:
            raise UnreadableFile(
                f"{name}: its text was garbled before it was saved ({how}); "
                "wanted a copy saved again from the source"
            )
        warnings.append(Warning_("text-garbled", f"部分文字在保存前已成乱码（{how}），无法还原"))
    if best.encoding != "utf-8" and not best.usual and best.common < _PLAUSIBLE:
        raise UnreadableFile(
            f"{name}: not text in any of {', '.join(_CODECS)}; read as {best.encoding}, the nearest, "
            f"only {best.common:.0%} of its letters are common ones"
        )
    return Decoded(best.text, best.encoding, tuple(warnings))


def declared_encoding(data: bytes) -> str | None:
    """What an HTML page or an XML prolog says of its encoding, as written; None where nothing."""
    found = _DECLARATION.search(data[:8192])
    return found.group(1).decode("ascii", "replace") if found else None


def has_nul_text(data: bytes) -> bool:
    """Whether `data`, which holds NUL bytes, is UTF-16 without a mark or text that got some NULs.

    Bytes of a program, an image or an archive hold other control characters too.
    """
    return not re.search(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", data[:4096]) or any(
        _reading(data[: 4096 // 2 * 2], e).rank >= (True, True, 0.0)
        for e in ("utf-16-le", "utf-16-be")
    )


def _best(data: bytes, claim: str | None) -> _Reading:
    try:
        text = data.decode("utf-8")
        return _Reading(_lines_of(text), "utf-8", False)  # hardly any other text is so by chance
    except UnicodeDecodeError:
        pass
    if len(data) > _SAMPLE and (first := _FOREIGN.search(data)):
        begin = first.start()
        # a long file is decoded whole in the likeliest encoding alone
        likeliest = _best_of(_candidates(data[begin : begin + _SAMPLE], claim)).encoding
        best = _reading(data, likeliest)
        if best.sound:
            return best
    return _best_of(_candidates(data, claim))


def _candidates(data: bytes, claim: str | None) -> list[_Reading]:
    tried = [_reading(data, encoding) for encoding in ("utf-8", "gb18030", "big5")]
    if claim == "windows-1252" or tried[0].nearly_ascii:
        tried.append(_reading(data, "windows-1252"))
    return sorted(tried, key=lambda r: r.encoding != claim)  # the claim wins among equals


def _best_of(readings: Iterable[_Reading]) -> _Reading:
    """The reading of the highest rank; its letters are only looked at where more than one may be."""
    tried = [(r.sound, r.usual, r) for r in readings]
    best = max(one[:2] for one in tried)
    likely = [r for *said, r in tried if tuple(said) == best]
    return likely[0] if len(likely) == 1 else max(likely, key=lambda r: r.common)


def _reading(data: bytes, encoding: str) -> _Reading:
    codec = _CODECS.get(encoding, encoding)
    try:
        return _Reading(_lines_of(data.decode(codec)), encoding, False)
    except UnicodeDecodeError:
        return _Reading(_lines_of(data.decode(codec, "replace")), encoding, True)


def _lines_of(text: str) -> str:
    """Text with one kind of line break."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


@cache
def _common() -> frozenset[str]:
    """The letters that make up nearly all of a text: the first levels of GB 2312 and of Big5."""
    marks = set("《》〈〉“”‘’…—·、。！（），：；？％／＋－＝．〔〕【】「」『』｜～　￥№℃①②③④⑤⑥⑦⑧⑨⑩ \xa0×•©®▲●■◆★☆→←↑↓\ufeff")  # fmt: skip  # noqa: E501
    marks.update(map(chr, (*range(0xFF10, 0xFF1A), *range(0x2500, 0x2580), *range(0x2000, 0x2070))))
    for lead in range(0xB0, 0xD8):
        marks.update(bytes((lead, t)).decode("gb2312", "ignore") for t in range(0xA1, 0xFF))
    for lead in range(0xA4, 0xC7):
        trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        marks.update(bytes((lead, t)).decode("big5", "ignore") for t in trails)
    return frozenset(marks - {"", _LOST})


@cache
def _garbled() -> dict[str, str]:
    """The usual words as they look after UTF-8 was read as something else, and as what."""
    out = {}
    for word in _WORDS:
        for codec in ("gb18030", "cp1252", "latin-1"):
            # the last byte of a word may pair with what follows it: compare without it
            out[word.encode()[:4].decode(codec, "ignore")] = f"UTF-8 read as {codec}"
        out[word.encode("gb18030").decode("latin-1")] = "GB18030 read as latin-1"
    return out


@cache
def _may_be_garbled() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join({word[0] for word in _garbled()}))}]")


def _how_garbled(text: str) -> str | None:
    if _may_be_garbled().search(text) is None:  # one search instead of one for each word
        return None
    return next((how for word, how in _garbled().items() if word in text), None)


def _nul(at: int, name: str) -> str:
    return f"{name}: a NUL byte at {at}; wanted text, which has none"


def _warnings(
    best: _Reading, declared: str | None, claim: str | None, marked: bool
) -> list[Warning_]:
    out = []
    if declared and claim != best.encoding and not best.text.isascii() and not marked:
        text = f"文件声明的编码是 {declared}，实际按 {best.encoding} 读取"
        out.append(Warning_("encoding-mismatch", text))
    elif not (declared or marked or best.encoding == "utf-8"):
        text = f"文件没有声明编码，按 {best.encoding} 读取"
        out.append(Warning_("encoding-guessed", text))
    if best.broken:
        text = f"有 {best.broken} 处字节损坏，按 {best.encoding} 无法解读，以“{_LOST}”代替"
        out.append(Warning_("bytes-broken", text))
    return out
