"""What a short line says of the figures below it: whose they are, and of which time."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingest.metadata.issuers import is_body, place_before, place_level, usual_name
from ingest.normalise import clean
from ingest.words.units import unit_words

_LONGEST = 40
_MARKS = " #*【】[]《》—-–|:·_=“”,、.()"
_NUMBER = re.compile(
    r"^(?:(?:附件|附表|表|图|附)?(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:[-.]\d{1,2})?)(?:[、.:)]|(?=$))"
    r"|(?:附件|附表|附)(?:[一二三四五六七八九十\d]{1,2})?[:]?|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)"
    r"|表[一二三四五六七八九十\d](?:[-.]\d)?|第[一二三四五六七八九十]{1,3}(?:部分|章|节)[、:]?)"
)
_DATE = r"20\d{2}(?:年\d{1,2}月\d{1,2}日?|-\d{1,2}-\d{1,2}|\.\d{1,2}\.\d{1,2}|/\d{1,2}/\d{1,2})"
_DATED = re.compile(_DATE)
_TO = r"(?:起)?[-—–~至到]+"
_YEAR_LONG = re.compile(rf"(20\d{{2}})年0?1月0?1日{_TO}(?:(?:\1年)?12月31日)(?:止)?")
_SPAN = re.compile(rf"{_DATE}{_TO}(?:20\d{{2}}年)?\d{{1,2}}月\d{{1,2}}日(?:止)?")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?:年度|年|(?=\D|$))")
_SENTENCE = re.compile("[。;!?]")
_MONTH_ALONE = re.compile(r"20\d{2}年\d{1,2}月")
_PLACES = tuple("省市州盟区县旗镇乡街")
_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_YEAR_WRITTEN = re.compile(r"二[〇零○O0][〇零○O0一二三四五六七八九]{2}(?=年)")
_OFFICE = r"(?:(?:人民)?政府)?(?:办公室|办公厅)?"
_HINT = re.compile(
    r"20\d\d|年|月|季|级|直|各|属|层|派出|[全本我例样示范模测演空]|[省市州盟区县旗镇乡局委厅会办室府学院司团队关道]|街"
)


@dataclass(frozen=True, slots=True)
class Own:
    """What the report says of itself; None where it does not say.

    `years` are all years that its title and its text give it; `title` is as printed.
    """

    issuer: str | None
    years: frozenset[int]
    coverage: str | None = None
    region: str | None = None
    level: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    other_time: re.Pattern[str]
    whole_time: re.Pattern[str]
    edition: re.Pattern[str]
    government: re.Pattern[str]
    bodies: re.Pattern[str]
    whole: re.Pattern[str]
    sample: re.Pattern[str]
    endings: tuple[str, ...]
    not_places: tuple[str, ...]
    neutral: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]
    unit: re.Pattern[str]


def _either(patterns: list[str]) -> str:
    return "(?:" + "|".join(f"(?:{p})" for p in sorted(patterns, key=len, reverse=True)) + ")"


@cache
def _words() -> _Words:
    text = resources.files("ingest.words").joinpath("scope.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    word = _either([re.escape(w) for w in data["neutral"]["words"]])
    neutral = rf"(?:{word}|[{re.escape(_MARKS)}])"
    unit = _either([re.escape(w) for w in unit_words()])

    def amid(patterns: list[str]) -> re.Pattern[str]:
        return re.compile(rf"{neutral}*(?P<word>{_either(patterns)}){neutral}*")

    return _Words(
        other_time=re.compile(_either(data["time"]["other"])),
        whole_time=re.compile(_either(data["time"]["whole"])),
        edition=re.compile(rf"20\d{{2}}{data['time']['edition']}"),
        government=amid(data["level"]["own"]),
        bodies=amid(data["level"]["bodies"]),
        whole=amid(data["level"]["whole"]),
        sample=amid(data["level"]["samples"]),
        endings=tuple(data["body"]["endings"]),
        not_places=tuple(data["body"]["not_places"]),
        neutral=re.compile(rf"{neutral}*"),
        first=re.compile(rf"^{neutral}+"),
        last=re.compile(rf"{neutral}+$"),
        unit=re.compile(rf"\(?(?:计量)?单位:(?:{unit}|[、,/])+\)?$"),
    )


def scope_of(printed: str, own: Own) -> str | None:
    """What a line says of the scope of what follows; None where it says nothing, or more than that.

    `own` and `own-time` are the report's own body and year; `time`, `level` and `body` are another's.
    """
    if len(printed) > 2 * _LONGEST or _HINT.search(text := clean(printed)) is None:
        return None
    text = text.strip(_MARKS.replace("(", "").replace(")", ""))
    if len(text) > _LONGEST or _SENTENCE.search(text) or _MONTH_ALONE.fullmatch(text):
        return None
    words = _words()
    text = words.unit.sub("", words.edition.sub("", _NUMBER.sub("", text)))
    said = set[str]()
    text = _YEAR_WRITTEN.sub(lambda m: m.group().replace("O", "0").translate(_NUMERALS), text)
    text = _YEAR_LONG.sub(r"\1年", text)
    if _SPAN.search(text):
        said.add("time")
        text = _SPAN.sub(" ", text)
    elif _DATED.search(text):
        return None  # when it was written or published
    years = {int(m.group(1)) for m in _YEAR.finditer(text)}
    if years and own.years:
        said.add("own-time" if years & own.years else "time")
    rest = _YEAR.sub(" ", text)
    name = None if words.government.fullmatch(rest) else _body(_bare(rest))
    if name is not None and own.issuer is not None:
        office = re.fullmatch(rf".*{re.escape(own.issuer)}{_OFFICE}", name)
        said.add("own" if office or is_same(name, own.issuer) else "body")
        rest = ""
    elif own.issuer is not None and own.issuer in rest:
        without = re.sub(re.escape(own.issuer) + _OFFICE, " ", rest)
        if without != rest:
            said.add("own")
            rest = without
    rest = words.whole_time.sub(" ", rest)
    if (without := words.other_time.sub(" ", rest)) != rest:
        said.add("time")
        rest = without
    within, rest = rest, _bare(rest)
    if not rest and words.neutral.fullmatch(within):
        pass
    elif words.whole.fullmatch(within):
        said.add("own")
    elif words.sample.fullmatch(within):
        said.add("level")
    elif m := words.government.fullmatch(within):
        said.add(_level(m.group("word"), own, government=True))
    elif m := words.bodies.fullmatch(within):
        said.add(_level(m.group("word"), own))
    elif own.issuer is not None and (name := _body(rest)) is not None:
        said.add("own" if is_same(name, own.issuer) else "body")
    elif rest:
        return None
    return next((s for s in ("time", "body", "level", "own", "own-time") if s in said), None)


def _bare(text: str) -> str:
    """The text without what says nothing of scope at its ends."""
    words = _words()
    while (shorter := words.last.sub("", words.first.sub("", text))) != text:
        text = shorter
    return text


def _body(words: str) -> str | None:
    name = usual_name(words)
    if name.endswith(_words().not_places) and name in _words().not_places:
        return None
    if not is_body(name):
        return None
    return name if place_level(name) or name.endswith(_words().endings) else None


def _level(word: str, own: Own, *, government: bool = False) -> str:
    """Whether a level is the report's own: a city's bureau reports at the city's level."""
    if own.coverage == "本机关" and re.search("本级|本部|本机关", word):
        return "own"
    if government and word[:1] not in _PLACES:
        return "own"
    place = own.region if own.level == "部门" else own.issuer if own.level == "乡镇" else None
    if government:
        place = place or own.issuer
    return "own" if place is not None and word[0] == place[-1] else "level"


def is_same(name: str, issuer: str) -> bool:
    """Whether a name may be the issuer's: 市发改委 is 某市发展和改革委员会; its place stands for a bureau."""
    issuer = usual_name(issuer)
    if issuer.endswith(name) or name.endswith(issuer):
        return True
    if place_level(issuer) is not None:
        return False
    place, other = place_before(issuer) or "", place_before(name) or ""
    if place_level(name) is not None:
        return place.endswith(name)
    if other and place and not (place.endswith(other) or other.endswith(place)):
        return False
    short, long = name.removeprefix(other), issuer.removeprefix(place)
    if not other and place and short[0] == place[-1]:
        short = short[1:]
    return _within(short, long) or _within(long, short)


def _within(short: str, long: str) -> bool:
    """Whether the letters of one name stand in the other in their order."""
    letters = iter(long)
    return all(letter in letters for letter in short)
