"""What a spreadsheet shows for a number: its value under its number format.

A cell holds 0.0469 and shows `4.69%`; the figure is what is shown. Numbers are Decimal with the 15
digits that Excel shows of its binary ones, so that 0.30000000000000004 is 0.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
#: built-in formats whose meaning is the language's: those of Chinese (Excel writes the number alone)
CHINESE = {
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<noon>上午/下午|AM/PM|A/P)|(?P<general>G/通用格式|General)"
    r"|(?P<exponent>E[+-])|(?P<letters>y+|m+|d+|h+|s+|a{3,4}|e+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_PLACES = "0#?"
_MONTHS = "January February March April May June July August September October November December"
_DAYS = "一二三四五六日"
_DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Shown:
    """`text` as the sheet shows it. `faithful` is false where the format is beyond this module and
    `text` is the plain number instead."""

    text: str
    faithful: bool = True


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # literal, place, point, comma, percent, date, noon, elapsed, general, text, unknown
    text: str


def builtin(number: int) -> str:
    """The format code of a built-in number format, in the Chinese version of the program."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # 0.2 s of import

    return CHINESE.get(number) or BUILTIN_FORMATS.get(number, GENERAL).replace("$", "¥")


def to_number(printed: str | float) -> Decimal | None:
    """A stored number as the Decimal of its 15 digits, None where it is none."""
    try:
        value = Decimal(format(float(printed), f".{_DIGITS}g"))
    except (ValueError, InvalidOperation, OverflowError):
        return None
    return value if value.is_finite() else None


def plain(value: Decimal) -> str:
    """A number without exponent and trailing zeros."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def show(value: Decimal, code: str, *, mac_epoch: bool = False) -> Shown:
    """What a cell with `value` shows under the format `code`."""
    if code == GENERAL:
        return Shown(plain(value))
    chosen = _section(value, code)
    if chosen is None:
        return Shown(plain(value))
    tokens, negative = chosen
    kinds = {t.kind for t in tokens}
    if "unknown" in kinds:
        return Shown(plain(value), faithful=False)
    if kinds & {"date", "elapsed"}:
        return _date(value, tokens, mac_epoch)
    if "general" in kinds or "text" in kinds:
        amount = plain(abs(value))
        text = "".join(amount if t.kind in ("general", "text") else t.text for t in tokens)
    else:
        text = _number(abs(value), tokens)
    if value < 0 and not negative and re.search(r"[1-9]", text):
        text = "-" + text
    elif value < 0 and "-" not in text and "(" not in text and "（" not in text:
        # a section of its own that shows the sign by its colour alone
        text = "-" + text if re.search(r"[1-9]", text) else text
    return Shown(text)


def shown_as(value: str, code: str) -> str:
    """What a cell with a text shows: a fourth section may put words around it."""
    sections = _sections(code)
    last = sections[-1]
    if not any(t.kind == "text" for t in last) or all(t.kind == "text" for t in last):
        return value
    return "".join(value if t.kind == "text" else t.text for t in last)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    sections: list[list[_Token]] = [[]]
    for m in _TOKEN.finditer(code):
        if m["other"] == ";":
            sections.append([])
        elif (token := _token(m)) is not None:
            sections[-1].append(token)
    return tuple(_settled(s) for s in sections)


def _token(m: re.Match[str]) -> _Token | None:
    if m["quoted"] is not None or m["escaped"] is not None:
        return _Token("literal", m["quoted"] if m["quoted"] is not None else m["escaped"])
    if (bracket := m["bracket"]) is not None:
        return _bracket(bracket)
    if m["noon"] is not None:
        return _Token("noon", m["noon"])
    if m["general"] is not None:
        return _Token("general", "")
    if m["exponent"] is not None:
        return _Token("unknown", m["exponent"])
    if m["letters"] is not None:
        return _Token("date", m["letters"].lower())
    other = m["other"]
    if other is None:  # `_x` and `*x` only move the text
        return None
    kinds = {"0": "place", "#": "place", "?": "place", ".": "point", ",": "comma"}
    kinds |= {"%": "percent", "@": "text"}
    return _Token(kinds.get(other, "literal"), other)


def _bracket(inside: str) -> _Token | None:
    if re.fullmatch(r"h+|m+|s+", inside, re.IGNORECASE):
        return _Token("elapsed", inside.lower())
    if inside.lower().startswith("dbnum"):
        return _Token("numerals", inside)
    if _CONDITION.match(inside):
        return _Token("condition", inside)
    if inside.startswith("$"):
        return _Token("literal", inside[1:].split("-")[0])
    return None  # a colour


def _settled(tokens: list[_Token]) -> tuple[_Token, ...]:
    """In a date `.` `,` `/` are literals; a fraction, and Chinese numerals, are not known here."""
    kinds = {t.kind for t in tokens}
    if kinds & {"date", "elapsed"}:
        return tuple(
            t
            if t.kind in ("date", "elapsed", "noon", "literal", "condition", "place")
            else _Token("literal", "" if t.kind == "numerals" else t.text)
            for t in tokens
        )
    if "numerals" in kinds:
        return (_Token("unknown", ""), *tokens)
    places = [i for i, t in enumerate(tokens) if t.kind == "place"]
    if places and any(
        t.kind == "literal" and t.text == "/" and places[0] < i < places[-1]
        for i, t in enumerate(tokens)
    ):
        return (_Token("unknown", ""), *tokens)
    return tuple(tokens)


def _section(value: Decimal, code: str) -> tuple[tuple[_Token, ...], bool] | None:
    """The tokens that show `value`, and whether they show the sign themselves."""
    sections = _sections(code)
    numeric = sections[:3]
    if not any(sections) and len(sections) == 1:
        return None
    conditions = [next((t for t in s if t.kind == "condition"), None) for s in numeric]
    if any(conditions):
        for section, condition in zip(numeric, conditions, strict=True):
            if condition is None or _holds(value, condition.text):
                return _shown(section), False
        return (_Token("literal", "#"),), False
    if len(numeric) == 1 or value > 0:
        return _shown(numeric[0]), False
    if value < 0:
        return _shown(numeric[1]), True
    return _shown(numeric[2] if len(numeric) > 2 else numeric[0]), False


def _shown(section: tuple[_Token, ...]) -> tuple[_Token, ...]:
    return tuple(t for t in section if t.kind != "condition")


def _holds(value: Decimal, condition: str) -> bool:
    m = _CONDITION.match(condition)
    assert m is not None
    limit = Decimal(m[2])
    return {
        "<": value < limit,
        ">": value > limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[m[1]]


def _number(value: Decimal, tokens: tuple[_Token, ...]) -> str:
    """Digits put into their places from the right, literals where they stand."""
    places = [i for i, t in enumerate(tokens) if t.kind == "place"]
    if not places:
        return "".join(t.text for t in tokens if t.kind in ("literal", "percent", "point"))
    point = next((i for i, t in enumerate(tokens) if t.kind == "point"), len(tokens))
    value *= Decimal(100) ** sum(t.kind == "percent" for t in tokens)
    whole_places = [i for i in places if i < point]
    last = whole_places[-1] if whole_places else point
    scales = [i for i, t in enumerate(tokens) if t.kind == "comma" and (last < i or i > places[-1])]
    value /= Decimal(1000) ** len(scales)
    grouped = any(t.kind == "comma" and i not in scales for i, t in enumerate(tokens))
    fraction_places = [i for i in places if i > point]
    rounded = value.quantize(Decimal(1).scaleb(-len(fraction_places)), ROUND_HALF_UP)
    whole, _, fraction = format(rounded, "f").partition(".")
    out = {i: t.text for i, t in enumerate(tokens) if t.kind in ("literal", "percent")}
    _fill_fraction(out, tokens, fraction_places, fraction)
    if point < len(tokens) and any(i > point for i in out if tokens[i].kind == "place"):
        out[point] = "."  # the programs print `2,318.` under `#,##0.##`; the point says nothing
    _fill_whole(out, tokens, whole_places, whole.lstrip("0"), grouped)
    return "".join(out[i] for i in sorted(out))


def _fill_fraction(
    out: dict[int, str], tokens: tuple[_Token, ...], places: list[int], digits: str
) -> None:
    keep = max(
        (n for n, i in enumerate(places, 1) if tokens[i].text == "0" or digits[n - 1] != "0"),
        default=0,
    )
    for n, i in enumerate(places[:keep]):
        out[i] = digits[n]


def _fill_whole(
    out: dict[int, str], tokens: tuple[_Token, ...], places: list[int], digits: str, grouped: bool
) -> None:
    left = list(digits)
    count = 0
    for n, i in enumerate(reversed(places)):
        piece = ""
        while True:
            digit = left.pop() if left else ("0" if tokens[i].text == "0" else "")
            if not digit:
                break
            piece = digit + ("," if grouped and count and count % 3 == 0 else "") + piece
            count += 1
            if n < len(places) - 1 or not left:  # the first place takes all that is left
                break
        out[i] = piece


def _date(value: Decimal, tokens: tuple[_Token, ...], mac_epoch: bool) -> Shown:
    if value < 0:
        return Shown(plain(value), faithful=False)
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    try:
        moment = from_excel(float(value), MAC_EPOCH if mac_epoch else WINDOWS_EPOCH)
    except (ValueError, OverflowError, TypeError):
        return Shown(plain(value), faithful=False)
    if not isinstance(moment, datetime):
        base = datetime(1900, 1, 1)
        moment = base + moment if isinstance(moment, timedelta) else _today(base, moment)
    half = any(t.kind == "noon" for t in tokens)
    out = []
    before = ""
    for n, token in enumerate(tokens):
        following = next((t.text for t in tokens[n + 1 :] if t.kind in ("date", "elapsed")), "")
        if token.kind == "date":
            out.append(_date_part(moment, token.text, before, following, half))
            before = token.text
        elif token.kind == "elapsed":
            seconds = value * 86400
            unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
            out.append(str(int((seconds + Decimal("0.5")) // unit)))
            before = token.text
        elif token.kind == "noon":
            late = moment.hour >= 12
            out.append(token.text.split("/")[late])
        elif token.kind == "literal":
            out.append(token.text)
    return Shown("".join(out))


def _today(base: datetime, moment: object) -> datetime:
    return datetime.combine(base.date(), moment)  # type: ignore[arg-type]


def _date_part(moment: datetime, letters: str, before: str, following: str, half: bool) -> str:
    wide = len(letters)
    match letters[0]:
        case "y" | "e":
            return f"{moment.year % 100:02d}" if letters in ("y", "yy") else str(moment.year)
        case "m" if wide <= 2 and (before[:1] == "h" or following[:1] == "s"):
            return f"{moment.minute:0{wide}d}"
        case "m":
            name = _MONTHS.split()[moment.month - 1]
            if wide > 2:
                return {3: name[:3], 5: name[:1]}.get(wide, name)
            return f"{moment.month:0{wide}d}"
        case "d":
            name = _DAY_NAMES.split()[moment.weekday()]
            return f"{moment.day:0{wide}d}" if wide <= 2 else name[:3] if wide == 3 else name
        case "a":
            return ("星期" if wide == 4 else "") + _DAYS[moment.weekday()]
        case "h":
            hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
            return f"{hour:0{min(wide, 2)}d}"
    return f"{moment.second:0{min(wide, 2)}d}"
