"""What people call a public body besides its whole name: 东岭国资委, 青石教育局, 新港经开区."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingest.metadata.issuers import place_before

# 沙市区, 津市市, 景德镇市, 萍乡市, 东乡族, 杭州市: the inner letter ends no place
_PART = re.compile(
    r".+?(?:特别行政区|自治[区州县旗]|省|地区|盟|州(?![省市区县])|市(?!区|市$)|县(?!市)|新区|区|旗|镇(?!市)|乡(?![市县族])|街道|苏木)"
)
_PLACE_ENDING = re.compile(
    r"(特别行政区|自治区|自治州|自治县|自治旗|省|地区|市|新区|区|县|旗|州|盟|镇|民族乡|乡|街道|苏木)$"
)
_JOINED = re.compile(r"(?<=.)[和与及](?=.)")
_CROSS = {"局": "委", "委": "局", "委员会": "局"}


@dataclass(frozen=True, slots=True)
class _Bodies:
    stems: dict[str, tuple[str, ...]]  # 发展和改革 → 发改
    cross: frozenset[str]
    whole: dict[str, tuple[str, ...]]  # a name without its place → what it is called
    endings: dict[str, tuple[str, ...]]
    inside: dict[str, str]
    zones: dict[str, tuple[str, ...]]
    zone: re.Pattern[str]
    above: tuple[str, ...]
    committee: tuple[str, ...]
    peoples: re.Pattern[str]
    known: frozenset[str]  # stems, short ones too
    alone: frozenset[str]  # stems that need no ending


@cache
def _bodies() -> _Bodies:
    text = resources.files("index.plan").joinpath("bodies.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    place = data["place"]
    return _Bodies(
        stems={stem: tuple(b["short"]) for b in data["body"] for stem in b["stem"]},
        cross=frozenset(stem for b in data["body"] if b.get("cross") for stem in b["stem"]),
        whole={name: tuple(w["called"]) for w in data["whole"] for name in w["names"]},
        endings=_longest_first({k: tuple(v) for k, v in data["endings"].items()}),
        inside=data["inside"],
        zones={k: tuple(v) for k, v in data["zones"].items()},
        zone=re.compile(f"({_any_of(data['zones'])})$"),
        above=tuple(place["above"]),
        committee=tuple(place["committee"]),
        peoples=re.compile(f"(?<=..)(?:{_any_of(place['peoples'])})+$"),
        alone=frozenset(data["known"]["alone"]),
        known=frozenset(
            [*data["known"]["stems"], *(w for b in data["body"] for w in (*b["stem"], *b["short"]))]
        ),
    )


def _longest_first(words: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return dict(sorted(words.items(), key=lambda item: -len(item[0])))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def place_parts(place: str) -> tuple[str, ...]:
    """The places that one name is made of, () for what is no place: 临江市, 云溪区 of 临江市云溪区."""
    parts = tuple(_PART.findall(place))
    return parts if "".join(parts) == place else ()


def ends_in_body(text: str) -> bool:
    """Whether a text ends in the name of a kind of body: 梧溪县水务局."""
    stem, ending = _parted(text)
    shortest = 2 if ending in ("局", "厅", "中心") else 1  # 教委 and 编办, but no 建局
    return bool(ending) and any(
        stem[-length:] in _bodies().known for length in range(shortest, min(len(stem), 14) + 1)
    )


def without_office_above(issuer: str) -> str:
    """国家税务总局梧溪县税务局 without the office that it is a branch of."""
    for above in _bodies().above:
        issuer = issuer.removeprefix(above)
    return issuer


def body_names(issuer: str) -> tuple[str, ...]:
    """Names that mean this issuer in part: shorter ones than its own, not folded.

    A place alone never means a body of it; the committee of a zone and the office of a street are
    what governs them, so these are called by the zone's or the street's name.
    """
    name = without_office_above(issuer)
    parts = place_parts(name)
    kind = _kind(name)
    if parts and (kind not in ("", "新区") or parts[-1] == kind):
        found = _zone_names(parts)
    elif parts:
        found = [*_place_names(parts), *(_zone_names(parts) if kind else ())]
    else:
        found = (
            _street_names(name)
            or _listed_names(name)
            or _committee_names(name)
            or _department_names(name)
        )
    return tuple(dict.fromkeys(n for n in found if n != issuer))


def _short(place: str) -> str:
    """Without the ending, if two letters are left: 东岭 of 东岭市, 延边 of 延边朝鲜族自治州."""
    bare = _PLACE_ENDING.sub("", place)
    if len(bare) < 2:
        return place
    return _bodies().peoples.sub("", bare)


def _spoken_places(parts: tuple[str, ...]) -> list[str]:
    """What is said for a place in front of a body: whole, its last part, without endings."""
    last = parts[-1]
    out = ["".join(parts), last, _short(last)]
    if len(parts) > 1:
        upper = _short(parts[-2])
        out += [parts[-2] + last, upper + last, upper + _short(last)]
    return list(dict.fromkeys(out))


def _place_names(parts: tuple[str, ...]) -> list[str]:
    """A place inside another one without it, and its government."""
    last, short = parts[-1], _short(parts[-1])
    out = []
    if len(parts) > 1:
        upper = _short(parts[-2])
        out = [last, short, upper + last, upper + short, *_governments(last, short)]
    elif short != _PLACE_ENDING.sub("", last) or last.endswith("新区"):
        out = [short]  # 延边, 浦东: more than the last letters is left out
    if last.endswith("街道"):
        out += _offices_of_street(last)
    return out


def _governments(last: str, short: str) -> tuple[str, ...]:
    return last + "人民政府", last + "政府", short + "政府"


def _offices_of_street(street: str) -> list[str]:
    return [street + "办事处", street + "办", street.removesuffix("街道") + "街办"]


def _street_names(name: str) -> list[str]:
    street = re.sub(r"办(?:事处)?$", "", name)
    if street == name or not street.endswith("街道"):
        return []
    parts = place_parts(street)
    return [street, parts[-1], *_offices_of_street(parts[-1])] if parts else []


def _committee_names(name: str) -> list[str]:
    """新港经济技术开发区管理委员会: the zone, its short kinds, each with and without 管委会."""
    committee = next((c for c in _bodies().committee if name.endswith(c)), None)
    if committee is None:
        return []
    zone = name.removesuffix(committee)
    if (parts := place_parts(zone)) and _bodies().zone.search(zone):
        return _zone_names(parts)
    return [zone + c for c in _bodies().committee]


def _zone_names(parts: tuple[str, ...]) -> list[str]:
    kind = _kind(parts[-1])
    core = parts[-1].removesuffix(kind)
    if core:
        upper = "".join(parts[:-1])
        places = [core, upper + core] if upper else [core]
    else:  # 东岭市经济技术开发区 has no name of its own, and is not called 开发区 alone
        places = _spoken_places(parts[:-1]) if len(parts) > 1 else []
    zones = [p + k for p in places for k in dict.fromkeys((kind, *_bodies().zones.get(kind, ())))]
    called = [core + c for c in _bodies().committee] if core else []  # 云台山管委会
    return [*(z + c for z in zones for c in ("", *_bodies().committee)), *called]


def _kind(zone: str) -> str:
    found = _bodies().zone.search(zone)
    return found.group() if found else ""


def body_halves(issuer: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a body's place and the body itself are called, each without the other; empty for a place."""
    name = without_office_above(issuer)
    if place_parts(name):
        return (), ()
    parts, body = _place_and_body(name)
    if not parts or not body:
        return (), ()
    bodies = tuple(b for b in _spoken_bodies(body) if _parted(b)[1])  # 民政 alone may be 民政所
    return tuple(_spoken_places(parts)), bodies


def _place_and_body(name: str) -> tuple[tuple[str, ...], str]:
    for length in range(len(name) - 2, 1, -1):
        body = name[-length:]
        if _is_listed(body) and (parts := place_parts(name[:-length])):
            return parts, body
    place = place_before(name)
    return (place_parts(place), name[len(place) :]) if place else ((), "")


def _listed_names(name: str) -> list[str]:
    for length in range(len(name) - 2, 1, -1):
        # the longest listed body behind a place: 东岭市|市场监督管理局
        body = name[-length:]
        if _is_listed(body) and (parts := place_parts(name[:-length])):
            return [p + b for p in _spoken_places(parts) for b in _spoken_bodies(body)]
    return []


def _department_names(name: str) -> list[str]:
    place = place_before(name)
    parts = place_parts(place) if place else ()
    if place is None or not parts:
        return []
    return [p + b for p in _spoken_places(parts) for b in _spoken_bodies(name[len(place) :])]


def _is_listed(body: str) -> bool:
    return body in _bodies().whole or _parted(body)[0] in _bodies().stems


def _parted(body: str) -> tuple[str, str]:
    """A body's stem and ending; without a known ending all is stem."""
    ending = next((e for e in _bodies().endings if body.endswith(e) and body != e), "")
    return body.removesuffix(ending), ending


@cache
def _spoken_bodies(body: str) -> tuple[str, ...]:
    bodies = _bodies()
    stem, ending = _parted(body)
    endings = bodies.endings.get(ending, (ending,))
    stems = [stem, _JOINED.sub("", stem)]
    for long, short in bodies.inside.items():
        stems += [s.replace(long, short) for s in stems if long in s]
    called = bodies.stems.get(stem, ())
    out = [body, *bodies.whole.get(body, ())]
    out += [s + e for s in stems for e in endings]
    out += [s + min(endings, key=len) for s in called]  # 国资委, and no 国资委员会
    out += [s for s in (stem, *called) if s in bodies.alone]  # 澄湖人社
    if stem in bodies.cross and ending in _CROSS:
        out += [s + _CROSS[ending] for s in (*stems, *called)]
    return tuple(dict.fromkeys(out))
