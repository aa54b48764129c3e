"""Names of issuers: whether words name a body, its usual form, its level and region."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_NAME = re.compile(rf"[{_HAN}〇]([{_HAN}〇、·“”]|\([{_HAN}、]{{2,24}}\)){{1,44}}")
_ALIAS = re.compile(r"\([^()]*\)")
_GOVERNMENT = re.compile(r"(人民政府|政府|行政公署|行署|公署)$")
# the office of a street is the street's own body; a district's name may stand before it
_STREET = re.compile(
    r"(?:人民政府|政府)?(?=[^府]{1,12}(?:街道|镇|乡|苏木)(?:办事处|人民政府|政府)?$)"
)
# a county of its own name behind a body's: 合肥市|生态环境局庐江县分局
_OFFICE = re.compile("[局厅署院]|委员会|办公")
_COMMITTEE = re.compile(r"(管理委员会|管委会)$")
_MOST_LETTERS = 9  # 积石山保安族东乡族撒拉族自治县 is longer than most, and ends in 自治县


@dataclass(frozen=True, slots=True)
class _Words:
    provinces: dict[str, str]  # full and short name → full name
    prefixes: re.Pattern[str]
    national: frozenset[str]
    departments: tuple[str, ...]
    levels: dict[str, str]  # ending of a place → level
    not_places: tuple[str, ...]
    county_cities: frozenset[str]
    no_issuer: re.Pattern[str]
    units: re.Pattern[str]


@cache
def _words() -> _Words:
    text = resources.files("ingest.words").joinpath("regions.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    levels = {ending: level for level, ends in data["places"].items() for ending in ends}
    plain = [e for e in levels if len(e) > 1 or e in "省市盟旗镇乡"]
    many = "|".join(sorted(plain, key=len, reverse=True))
    unit = (
        rf"(?:[{_HAN}]{{2,{_MOST_LETTERS}}}?(?:{many}|州(?![市区县城])|区|县(?!城))"
        rf"|[{_HAN}]{{6,16}}?(?:自治县|自治州|自治旗)|[{_HAN}]县(?![域城级区])|(?![城都各全本我大小县])[{_HAN}]市"
        rf"|(?![社园景库校街辖片小市城山灾牧地县省各全本我大])[{_HAN}]区)"
    )
    return _Words(
        provinces={name: full for full, short in data["provinces"] for name in (full, short)},
        prefixes=re.compile("|".join(data["national_prefixes"])),
        national=frozenset(data["national"]),
        departments=tuple(data["departments"]),
        levels=levels,
        not_places=tuple(data["words"]["not_places"]),
        county_cities=frozenset(f"{name}市" for name in data["county_cities"]),
        no_issuer=re.compile("|".join(data["words"]["no_issuer"])),
        units=re.compile(unit),
    )


def is_body(name: str) -> bool:
    """Whether cleaned words can be the name of a public body or of the place it governs."""
    if not _NAME.fullmatch(name) or name.count("(") != name.count(")"):
        return False
    known = name in _words().national
    if not known and _words().no_issuer.search(_without_offices(name)):
        return False
    return known or _ending(name) is not None


def _without_offices(name: str) -> str:
    # letters of usual names that are words of a sentence elsewhere
    return re.sub(
        r"(工作(?:委员会|委|部|局|办公室|领导小组)|信息(?:化|中心|产业|技术)|机关(?:事务|党委|工委)|各界|全国"
        r"|报告厅|情报|公开办|政务公开|目的|本溪|全州|全椒|全南|为民)",
        "",
        name,
    )


def _ending(name: str) -> str | None:
    """`place` or `body`, by the last letters of the name."""
    bare = _ALIAS.sub("", name)
    if _GOVERNMENT.search(bare) or place_level(bare) is not None:
        return "place"
    if bare.endswith((*_words().departments, "办事处", "兵团", "师", "团")):
        return "body"
    return None


def place_level(name: str) -> str | None:
    """The level that the ending of a place's name shows, None where it is no place."""
    if name in _words().provinces:
        return "省"
    if name.endswith(_words().not_places):
        return None
    for length in (5, 3, 2, 1):
        level = _words().levels.get(name[-length:])
        if level is not None and len(name) > length:
            return level
    return None


def usual_name(name: str) -> str:
    """The name without what different reports of one body add: 宿迁市人民政府 is 宿迁市.

    Offices and departments stay what they are: 宿迁市人民政府办公室.
    """
    name = name.strip()
    if re.search(r"(街道|镇|乡|苏木)(办事处|办|人民政府|政府)?$", name):
        name = _STREET.sub("", name, count=1)
        name = re.sub(r"(?<=街道)办(?:事处)?$", "", name)
    bare = _GOVERNMENT.sub("", name)
    if bare != name and place_level(bare) is not None:
        return bare
    # 上海市人民政府信息公开: one 政府 for both
    bare = name.removesuffix("人民")
    return bare if bare != name and place_level(bare) is not None else name


def place_before(name: str) -> str | None:
    """The place that a body's name begins with: 临江市东区 of 临江市东区教育局."""
    at = 0
    while m := _words().units.match(name, at):
        if m.group().endswith(_words().not_places) or _OFFICE.search(m.group()[:-1]):
            break
        at = m.end()
    return name[:at] or None


def level_and_region(issuer: str) -> tuple[str | None, str | None]:
    """Level (国家/省/市/区县/乡镇/部门) and region; a municipality is a province's equal (直辖市).

    The region of a department is the place that its name begins with, None where it has none.
    """
    name = _ALIAS.sub("", issuer)
    bare = name.removeprefix("中华人民共和国")
    if name.startswith("国务院") or bare in _words().national:
        return "国家", None
    if re.fullmatch(r"国家[^局委署{}]{2,12}(总局|局|委员会|委|署|办公室|总署)", name):
        return "国家", None
    if name in ("新疆生产建设兵团",):
        return "省", issuer
    if re.fullmatch(rf"(新疆生产建设兵团)?第[{_HAN}]{{1,3}}师({_HAN}+市)?", name):
        return "市", issuer
    if (committee := _COMMITTEE.sub("", name)) != name:
        if committee.endswith("区"):
            return "区县", committee
        return "部门", place_before(committee)
    level = place_level(name)
    parts = _parts(name)
    if level == "市" and len(parts) > 1 and place_level(parts[-2]) == "市":
        level = "区县"  # 甲州乙市: a city inside a city or prefecture ranks with counties
    if level == "市" and parts and parts[-1] in _words().county_cities:
        level = "区县"
    if level is not None:
        return level, issuer
    if name.endswith(_words().departments):
        rest = _words().prefixes.sub("", name, count=1)
        region = place_before(rest) or _short_province(rest)
        return "部门", region
    return None, None


def _parts(name: str) -> list[str]:
    out, at = [], 0
    while m := _words().units.match(name, at):
        out.append(m.group())
        at = m.end()
    return out


def _short_province(name: str) -> str | None:
    for length in (3, 2):
        full = _words().provinces.get(name[:length])
        if full is not None and len(name) > length:
            return full
    return None
