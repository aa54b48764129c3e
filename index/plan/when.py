"""For when an ask is: the years among its tokens, whose they are, and what is measured against which."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from index.plan.lexicon import Sense, Token
from index.plan.plan import Operand
from index.plan.words import word_group
from index.plan.years import is_range

_INTO = word_group("into")
_INTO_ENDS = word_group("into_ends")


def years_of(
    tokens: tuple[Token, ...], years: tuple[int, ...], growth: bool
) -> tuple[tuple[int, ...], int | None]:
    """The years asked about, and the one that growth is measured against."""
    named = [i for i, t in enumerate(tokens) if t.has("year")]
    if len(named) == 2 and len(years) == 2:
        between = "".join(t.text for t in tokens[named[0] + 1 : named[1]])
        counted = growth and not any(t.has("trend", "all_years") for t in tokens)
        if is_range(between) and years[0] < years[1] and not counted:
            return tuple(range(years[0], years[1] + 1)), None
    than = next((i for i, t in enumerate(tokens) if t.has("than")), None)
    if growth and than is not None:
        behind = read_years(tokens[than + 1 :])
        if behind and (len(years) > 1 or read_years(tokens[:than])):
            rest = tuple(y for y in years if y != behind[0])
            return rest or years, behind[0]
    if growth and len(years) > 1 and not any(t.has("trend", "list") for t in tokens):
        return (max(years),), min(years)  # 2021到2023年增长多少: from the first to the last
    return years, None


def than_year(tokens: tuple[Token, ...]) -> bool:
    """比上年, 较2022年: the comparison is with another year of the same figure."""
    at = next((i for i, t in enumerate(tokens) if t.has("than")), None)
    if at is None:
        return False
    following = [t for t in tokens[at + 1 :] if not t.has("break")]
    ahead = {k for t in tokens[:at] for k in t.keys("issuer")}
    if ahead and {k for t in following for k in t.keys("issuer")} - ahead:
        return False  # more than another issuer had in 2022
    while following and following[0].has("issuer", "filler") and not following[0].has("year"):
        following = following[1:]
    return bool(following) and following[0].has("last_year", "year")


def with_short_years(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """`宿迁23`, `西渡20、21两年`: two digits behind an issuer, and nothing that they count, are a year."""
    out = list(tokens)
    words = [(i, t) for i, t in enumerate(tokens) if t.text.strip()]
    n = 0
    while n < len(words):
        run = n + 1
        if words[n][1].has("issuer"):
            found: list[int] = []
            while run < len(words) and (
                _SHORT_YEAR.fullmatch(words[run][1].text)
                or (found and words[run][1].text.strip() in ("、", "和", "与", "到", "-", "+"))
            ):
                if words[run][1].has("number"):
                    found.append(words[run][0])
                run += 1
            following = words[run][1] if run < len(words) else None
            ends = following is None or following.has("break") or _YEARS.fullmatch(following.text)
            if ends and (len(found) == 1 or _YEARS.fullmatch(following.text if following else "")):
                for i in found:
                    out[i] = replace(out[i], senses=(Sense("year", f"20{out[i].text}"),))
        n = run
    return tuple(out)


_SHORT_YEAR = re.compile(r"[12]\d")
_YEARS = re.compile(r"(?:这|那)?[两二三四五](?:个)?年(?:来|间|里)?")


def read_years(tokens: tuple[Token, ...]) -> tuple[int, ...]:
    """The years among some tokens."""
    return tuple(int(k) for t in tokens for k in t.keys("year"))


def without_inner_years(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Drop years that are part of a figure's name: 结转到2024年继续办理, 从2022年结转."""
    out = list(tokens)
    years = [i for i, t in enumerate(tokens) if t.has("year")]
    if len(years) < 2:
        return tokens
    for i in years[::-1]:
        if len([t for t in out if t.has("year")]) < 2:
            break
        into = i > 0 and (tokens[i - 1].text in _INTO or tokens[i - 1].text.endswith(_INTO_ENDS))
        near = [*tokens[max(0, i - 3) : i], *tokens[i + 1 : i + 3]]
        carried = {k for t in near for k in t.keys("subject")} & {"t3.carried_in", "t3.carried_out"}
        if carried and into:
            out = [t for t in out if t is not tokens[i]]
    return tuple(out)


def stated_pairs(tokens: tuple[Token, ...]) -> tuple[tuple[str, int], ...]:
    """Issuers with a year each: 西渡市2021年…云溪区2022年. None where one year is for several."""
    named = [(role, t.keys(role)[0]) for t in tokens for role in ("issuer", "year") if t.has(role)]
    issuers = [k for role, k in named if role == "issuer"]
    years = [k for role, k in named if role == "year"]
    if len(issuers) != len(years) or len(set(issuers)) < 2 or len(set(years)) < 2:
        return ()
    alternate = all(a[0] != b[0] for a, b in pairwise(named))
    if not alternate:
        return ()
    return tuple(zip(issuers, map(int, years), strict=True))


def each_its_own(tokens: tuple[Token, ...], found: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """2020年结转下年和2021年上年结转: figures that are named right behind a year or issuer of theirs.

    Unchanged where one year or issuer stands before all of them.
    """
    subjects = [o.subject for o in found]
    if len(found) < 2 or len(set(subjects)) < len(found):
        return found
    years: dict[str, int] = {}
    issuers: dict[str, str] = {}
    year, issuer = None, None
    for token in tokens:
        year = next(iter(read_years((token,))), year)
        issuer = next(iter(token.keys("issuer")), issuer)
        for key in token.keys("subject"):
            if key in subjects and key not in years and year is not None:
                years[key] = year
            if key in subjects and key not in issuers and issuer is not None:
                issuers[key] = issuer
    own_years = len(set(years.values())) == len(found) == len(set(read_years(tokens)))
    named = {k for t in tokens for k in t.keys("issuer")}
    own_issuers = len(set(issuers.values())) == len(found) == len(named)
    return tuple(
        replace(
            o,
            year=years.get(o.subject) if own_years else o.year,
            issuer=issuers.get(o.subject) if own_issuers else o.issuer,
        )
        for o in found
    )
