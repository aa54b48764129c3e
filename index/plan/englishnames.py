"""What issuers are called in English: Nanping District Housing Bureau, the Health Commission of Xidu City."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from index.plan.bodies import place_parts, without_office_above
from ingest.metadata.issuers import place_before

_ENDING = re.compile(
    r"(特别行政区|自治区|自治州|自治县|自治旗|省|地区|市|新区|区|县|旗|州|盟|镇|民族乡|乡|街道|苏木)$"
)
_WORD = re.compile(r"[ \-’']*([a-z]+(?:['’]s?(?= affairs| government))?)")
_OWN = re.compile(r"['’]s(?= )")
_BRACKET = re.compile(r" ?\(([\u3400-\u9fff]{2,16})\)")
_COMMITTEE = re.compile(r"(?:管理委员会|管委会)$")
_MOST_WORDS = 9  # housing and urban rural development bureau of the


@dataclass(frozen=True)
class _English:
    kinds: dict[str, tuple[str, ...]]
    zones: dict[str, tuple[str, ...]]
    government: frozenset[str]
    committee: frozenset[str]
    office: frozenset[str]
    between: frozenset[str]
    geography: dict[str, str]
    bodies: dict[str, frozenset[str]]  # a phrase with its ending → Chinese stems


@cache
def _english() -> _English:
    text = resources.files("index.plan").joinpath("english_bodies.toml").read_text("utf-8")
    data = tomllib.loads(text)
    words = data["words"]
    bodies: dict[str, set[str]] = {}
    for body in data["body"]:
        phrases = [*body.get("whole", ())]
        for stem in body["en"]:
            for ending in words["endings"]:
                if not ending:
                    # Pingchuan Civil Affairs: one word alone says too little
                    phrases += [stem] if " " in stem else []
                    continue
                phrases += [f"{stem} {ending}", f"{ending} of {stem}", f"{ending} for {stem}"]
        for phrase in phrases:
            bodies.setdefault(phrase, set()).update(body["stems"])
    return _English(
        {k: tuple(v) for k, v in data["kinds"].items()},
        {k: tuple(v) for k, v in data["zones"].items()},
        frozenset(words["government"]),
        frozenset(words["committee"]),
        frozenset(words["office"]),
        frozenset(words["between"]),
        data["geography"],
        {k: frozenset(v) for k, v in bodies.items()},
    )


@cache
def english_body_words() -> frozenset[str]:
    """All words that names of bodies, zones and kinds of places are made of."""
    english = _english()
    phrases = [
        *english.bodies,
        *english.zones,
        *english.kinds,
        *english.government,
        *english.committee,
    ]
    return frozenset(word for phrase in phrases for word in phrase.split())


@dataclass(frozen=True, slots=True)
class _Issuer:
    """An issuer by its last place, the place above it, and what it is of it (a stem, "" for the place)."""

    name: str
    ending: str
    above: str
    stem: str
    zone: str


class EnglishNames:
    """The issuers of a store by their English names. Thread-safe, never changed.

    A place is written in pinyin, in one word or several; what is called a district must end so.
    """

    def __init__(self, issuers: Iterable[str]) -> None:
        self._places: dict[str, list[_Issuer]] = {}
        self._above: dict[str, set[str]] = {}
        for issuer in issuers:
            for pinyin, known in _read(issuer):
                self._places.setdefault(pinyin, []).append(known)
                if known.above:
                    self._above.setdefault(known.above, set()).add(known.name)

    def match(self, text: str, start: int) -> list[tuple[int, tuple[str, ...]]]:
        """What may be named from `start` of a folded text: (where it ends, issuers), the longest first."""
        found = self._from_place(text, start, None)
        if not found:
            for end, stems in _bodies_at(text, start):
                after = _phrase_at(text, end, _english().between)
                if after is not None:
                    found += self._from_place(text, after, stems)
        return sorted(set(found), key=lambda f: -f[0])

    def _from_place(
        self, text: str, start: int, stems: frozenset[str] | None
    ) -> list[tuple[int, tuple[str, ...]]]:
        out: list[tuple[int, tuple[str, ...]]] = []
        for joined, end in _joined_words(text, start):
            within = self._above.get(joined)
            if within:  # Linjiang City Yunxi District
                _, behind = _kind_at(text, end)
                for lower, lower_end in _joined_words(text, behind):
                    inner = [i for i in self._places.get(lower, ()) if i.name in within]
                    out += _named(text, lower_end, inner, stems)
            out += _named(text, end, self._places.get(joined, []), stems)
        return out


def _named(
    text: str, end: int, issuers: list[_Issuer], stems: frozenset[str] | None
) -> list[tuple[int, tuple[str, ...]]]:
    """What stands behind a place: its kind, a bracket in Chinese, a body of it."""
    if not issuers:
        return []
    end = _possessive(text, end)
    kind, behind = _kind_at(text, end)
    if kind:
        fitting = [i for i in issuers if i.ending.endswith(kind) or i.zone in kind]
        issuers, end = (fitting, behind) if fitting else (issuers, end)
        if not fitting:
            return []
        end = _possessive(text, end)
    end = _bracket(text, end, issuers)
    if stems is not None:
        return _of(issuers, stems, end)
    out: list[tuple[int, tuple[str, ...]]] = []
    for after, wanted in _bodies_at(text, end):
        out += _of(issuers, wanted, _bracket(text, after, issuers))
    english = _english()
    if kind:  # Shazhou New Area Management Committee
        inside = [i for i in issuers if i.zone and i.zone in kind]
        after = _phrase_at(text, end, english.committee) or end
        out += [(after, tuple(i.name for i in inside))] if inside else []
    zones = [z for z in english.zones if _phrase_at(text, end, (z,)) is not None]
    for zone in zones:
        after = _phrase_at(text, end, (zone,)) or end
        inside = [i for i in issuers if i.zone in english.zones[zone]]
        after = _phrase_at(text, after, english.committee) or after
        out += [(after, tuple(i.name for i in inside))] if inside else []
    places = [i for i in issuers if not i.stem and not i.zone]
    streets = [i for i in places if i.ending == "街道"]
    office = _phrase_at(text, end, english.office)
    if streets and office:  # Yanhe Subdistrict Office
        out.append((office, tuple(i.name for i in streets)))
    if places:
        # Shili is the city of that name, not a district of it that is called so too
        places = [i for i in places if not i.above] or places
        government = _phrase_at(text, end, english.government)
        out += [(at, tuple(i.name for i in places)) for at in {end, government or end}]
    return out


def _of(
    issuers: list[_Issuer], stems: frozenset[str], end: int
) -> list[tuple[int, tuple[str, ...]]]:
    exact = [i for i in issuers if i.stem in stems]
    near = exact or [i for i in issuers if i.stem and any(i.stem.startswith(s) for s in stems)]
    return [(end, tuple(i.name for i in near))] if near else []


def _joined_words(text: str, start: int) -> list[tuple[str, int]]:
    """The first words from `start`, drawn together: (beichuanzi, end), longer ones too."""
    out: list[tuple[str, int]] = []
    joined, at = "", start
    for _ in range(5):
        found = _WORD.match(text, at)
        if found is None or (not joined and found.start(1) != start and text[start] != " "):
            break
        word = found.group(1)
        joined += _english().geography.get(word, word) if joined else word
        at = found.end()
        out.append((joined, at))
    return out


def _phrase_at(text: str, start: int, phrases: Iterable[str]) -> int | None:
    """Where the longest of some phrases ends that stands at `start`, else None."""
    best: int | None = None
    words, at = "", start
    wanted = set(phrases)
    for _ in range(_MOST_WORDS):
        found = _WORD.match(text, at)
        if found is None:
            break
        words, at = f"{words} {found.group(1)}".strip(), found.end()
        if words in wanted:
            best = at
    return best


def _bodies_at(text: str, start: int) -> list[tuple[int, frozenset[str]]]:
    """The bodies that are named from `start`: (end, stems), the longest first."""
    out: list[tuple[int, frozenset[str]]] = []
    bodies = _english().bodies
    _, at = _kind_at(text, start)
    for begin in dict.fromkeys((start, at)):  # Linjiang municipal commerce bureau
        words, at = "", begin
        for _ in range(_MOST_WORDS):
            found = _WORD.match(text, at)
            if found is None:
                break
            words, at = f"{words} {found.group(1)}".strip(), found.end()
            if words in bodies:
                out.append((at, bodies[words]))
    return sorted(out, key=lambda b: -b[0])


def _kind_at(text: str, start: int) -> tuple[tuple[str, ...], int]:
    kinds = _english().kinds
    end = _phrase_at(text, start, kinds)
    if end is None:
        return (), start
    return kinds[" ".join(_WORD.findall(text[start:end]))], end


def _possessive(text: str, end: int) -> int:
    """Behind the 's of a place: Jinxing's emergency bureau, where a body follows."""
    found = _OWN.match(text, end)
    return found.end() if found and _bodies_at(text, found.end()) else end


def _bracket(text: str, end: int, issuers: list[_Issuer]) -> int:
    """Behind a name in brackets that says the same in Chinese: Wuxi County (梧溪县)."""
    found = _BRACKET.match(text, end)
    if found is None:
        return end
    letters = set(found.group(1))
    return found.end() if any(letters <= set(i.name) for i in issuers) else end


@lru_cache(maxsize=100_000)
def _read(issuer: str) -> tuple[tuple[str, _Issuer], ...]:
    """An issuer by the pinyin of its last place; nothing where it names no place."""
    name = without_office_above(issuer)
    place = name if place_parts(name) else place_before(name)
    zone = ""
    stem = ""
    parts = place_parts(place) if place else ()
    committee = _COMMITTEE.sub("", name)
    if committee != name:
        zones = {z for zs in _english().zones.values() for z in zs}
        zone = max((z for z in zones if committee.endswith(z)), key=len, default="")
        core = committee.removesuffix(zone)
        parts = (core,) if zone and core else parts
    elif place and parts and place != name:
        stem = re.sub(r"(?:委员会|办公室|办公厅|局|厅|委|办|中心)$", "", name[len(place) :])
    if not parts:
        return ()
    last = parts[-1]
    short = _ENDING.sub("", last)
    if len(short) < 2:
        short = last
    above = _pinyin(_ENDING.sub("", parts[-2])) if len(parts) > 1 else ""
    ending = _ENDING.search(last)
    known = _Issuer(issuer, ending.group() if ending else "", above, stem, zone)
    sound = _pinyin(short)
    return ((sound, known),) if sound else ()


@lru_cache(maxsize=100_000)
def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin

    sound = "".join(lazy_pinyin(name)).replace("ü", "v")
    return sound if sound.isascii() and sound.isalpha() else ""
