"""Automatic numbers of a Word document's paragraphs: `一、`, `（二）`, `1.1`, as the program prints them.

Reports number their headings automatically, so the text of the paragraphs lacks what sections are
told by. A number in a format that is not known here is left out, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_OFF = ("0", "false", "off", "none")
_LEVELS = 9
_HAN = "〇一二三四五六七八九十"
_SEQUENCES = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖拾",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}
_COUNTING = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting", "japaneseDigitalTenThousand",
    "ideographDigital", "taiwaneseDigital",
}  # fmt: skip
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def is_on(element: Any) -> bool:
    """Whether a property such as `<w:vanish/>` is set (its value may switch it off)."""
    return element is not None and element.get(VAL, "1") not in _OFF


def value_of(parent: Any, name: str) -> str | None:
    """The `w:val` of a child, None where there is no such child."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(VAL) if child is not None else None


def whole(text: str | None) -> int | None:
    """A whole number of the XML, None where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    legal: bool
    restart: int | None
    style: str | None


@dataclass
class _List:
    """One `w:num`: its levels; those of one abstract list count together."""

    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Styles:
    """What the styles say of the numbers of paragraphs."""

    def __init__(self, root: Any | None) -> None:
        self._numbered: dict[str, tuple[str | None, int | None]] = {}
        self._based: dict[str, str] = {}
        self.default: str | None = None
        for style in root.iter(W + "style") if root is not None else ():
            name = style.get(W + "styleId") or ""
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default = name
            if based := value_of(style, "basedOn"):
                self._based[name] = based
            number = style.find(f"{W}pPr/{W}numPr")
            if number is not None:
                level = whole(value_of(number, "ilvl"))
                self._numbered[name] = (value_of(number, "numId"), level)

    def numbering(self, style: str | None) -> tuple[str | None, int | None, str | None]:
        """The list and level of a paragraph style, and the style in its chain that says so."""
        seen = set()
        while style and style not in seen:
            if style in self._numbered:
                return (*self._numbered[style], style)
            seen.add(style)
            style = self._based.get(style)
        return None, None, None


class Numbering:
    """Counts paragraphs as they come."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._load(root)

    def number(self, properties: Any | None) -> str:
        """The number in front of the paragraph with these `w:pPr`, "" where it has none."""
        style = value_of(properties, "pStyle") or self._styles.default
        number, level, source = self._styles.numbering(style)
        own = properties.find(W + "numPr") if properties is not None else None
        if own is not None:
            number = value_of(own, "numId") or number
            if (printed := whole(value_of(own, "ilvl"))) is not None:
                level = printed
        known = self._lists.get(number or "0")
        if known is None:
            return ""
        if level is None:
            level = next((n for n, lv in known.levels.items() if lv.style == source), 0)
        return self._count(number or "0", known, min(level, _LEVELS - 1))

    def _count(self, number: str, known: _List, level: int) -> str:
        counts = self._counts.setdefault(known.abstract, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for n, start in known.restarts.items():
                counts[n] = start - 1
        own = known.levels.get(level)
        if own is None:
            return ""
        before = counts[level]
        counts[level] = own.start if before is None else before + 1
        for n in range(level + 1, _LEVELS):
            below = known.levels.get(n)
            if below is None or below.restart is None or below.restart > level:
                counts[n] = None
        return self._printed(known, level, counts)

    def _printed(self, known: _List, level: int, counts: list[int | None]) -> str:
        own = known.levels[level]
        if own.format in ("bullet", "none"):
            return ""
        lost = False

        def one(m: re.Match[str]) -> str:
            nonlocal lost
            n = int(m[1]) - 1
            other = known.levels.get(n)
            if other is None or n > level:
                return ""
            count = counts[n] if counts[n] is not None else other.start
            text = _written(count or 0, "decimal" if own.legal else other.format)
            lost = lost or text is None
            return text or ""

        text = re.sub(r"%([1-9])", one, own.text)
        return "" if lost else text

    def _load(self, root: Any) -> None:
        abstracts: dict[str, Any] = {}
        linked: dict[str, str] = {}
        for abstract in root.findall(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId") or ""
            abstracts[name] = abstract
            if link := value_of(abstract, "styleLink"):
                linked[link] = name
        for num in root.findall(W + "num"):
            name = value_of(num, "abstractNumId") or ""
            abstract = abstracts.get(name)
            if abstract is not None and (link := value_of(abstract, "numStyleLink")):
                name = linked.get(link, name)
                abstract = abstracts.get(name)
            if abstract is None:
                continue
            made = _List(name, dict(_level(lvl) for lvl in abstract.findall(W + "lvl")))
            for override in num.findall(W + "lvlOverride"):
                n = min(whole(override.get(W + "ilvl")) or 0, _LEVELS - 1)
                if (lvl := override.find(W + "lvl")) is not None:
                    made.levels[n] = _level(lvl)[1]
                if (start := whole(value_of(override, "startOverride"))) is not None:
                    made.restarts[n] = start
            self._lists[num.get(W + "numId") or ""] = made
        self._lists.pop("0", None)


def _level(lvl: Any) -> tuple[int, _Level]:
    start = whole(value_of(lvl, "start"))
    return min(whole(lvl.get(W + "ilvl")) or 0, _LEVELS - 1), _Level(
        format=value_of(lvl, "numFmt") or "decimal",
        text=value_of(lvl, "lvlText") or "",
        start=1 if start is None else start,
        legal=is_on(lvl.find(W + "isLgl")),
        restart=whole(value_of(lvl, "lvlRestart")),
        style=value_of(lvl, "pStyle"),
    )


def _written(number: int, style: str) -> str | None:
    """A count in a numbering format, None where this is not known."""
    if style == "decimal":
        return str(number)
    if style == "decimalZero":
        return f"{number:02d}"
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if style in _COUNTING and 0 < number < 100:
        if style in ("ideographDigital", "taiwaneseDigital") and number > 10:
            return "".join(_HAN[int(digit)] for digit in str(number))
        tens, ones = divmod(number, 10)
        head = "" if not tens else "十" if tens == 1 else _HAN[tens] + "十"
        return head + (_HAN[ones] if ones else "")
    if style in _SEQUENCES and 0 < number <= len(_SEQUENCES[style]):
        return _SEQUENCES[style][number - 1]
    if style in ("lowerRoman", "upperRoman") and 0 < number < 90:
        out = ""
        for value, letters in _ROMAN:
            while number >= value:
                out, number = out + letters, number - value
        return out.upper() if style == "upperRoman" else out
    return None
