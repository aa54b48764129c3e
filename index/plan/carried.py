"""Into which year, and out of which, applications were carried: 结转到2023年, carried over from 2022.

The report of a year has what was carried into it and what was carried out of it. Which of the two is
meant, and of which report, is told by the years that stand beside the carrying.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.plan.lexicon import Sense, Token
from index.plan.words import word_group
from index.plan.years import find_years

_IN, _OUT = "t3.carried_in", "t3.carried_out"
_CARRY = f"(?:{'|'.join(word_group('carrying'))})"
_CARRIED = f"(?:{'|'.join(word_group('carrying_english'))})"
_LEFT = f"(?:{'|'.join(word_group('carried_out_of'))})"
# Y stands for a year in these, written <2023>
_INTO = re.compile(
    rf"{_CARRY}(?:到|至|入|去|给|进)?(?:了)?<(?P<zh>\d+)>"
    rf"|{_CARRIED}(?: [a-z]+){{0,3}}? (?:in)?to (?:the year )?<(?P<en>\d+)>"
)
_FROM = re.compile(
    rf"(?:从|由|自)<(?P<zh>\d+)>(?:年度?)?(?:底|末)?{_CARRY}|<(?P<left>\d+)>{_LEFT}"
    rf"|{_CARRIED}(?: [a-z]+){{0,3}}? from (?:the year )?<(?P<en>\d+)>"
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What to look up: a row and the year of its report; `otherwise` where that report is not there."""

    subject: str
    year: int
    otherwise: tuple[str, int] | None


def carried_years(tokens: tuple[Token, ...]) -> Carried | str | None:
    """What the years beside a carrying mean; None where there are none, "unclear" where they clash."""
    rows = {k for t in tokens for k in t.keys("subject")}
    if not rows & {_IN, _OUT}:
        return None
    text = "".join(t.text for t in tokens)
    marked, at = "", 0
    years: list[int] = []
    for year in find_years(text):
        marked += text[at : year.start] + f"<{year.year}>"
        at = year.end
        years.append(year.year)
    marked += text[at:]
    into, out = _INTO.search(marked), _FROM.search(marked)
    if into is None and out is None:
        return None
    to = int(into["zh"] or into["en"]) if into else None
    from_ = int(out["zh"] or out["left"] or out["en"]) if out else None
    if len(years) > 2 and not rows <= {_IN, _OUT}:
        return "unclear"  # 2022年结转到2023年的占2023年办结: each figure has years of its own
    others = [y for y in years if y not in (to, from_)]
    if rows >= {_IN, _OUT}:
        # both are named, each as the reports name them: only the years must agree
        agree = bool(out and out["left"]) or {(from_ or 0) + 1, (to or 0) - 1} & {*others}
        return None if agree else "unclear"
    if to is not None and from_ is not None and to != from_ + 1:
        return "unclear"
    if len(set(others)) > 1:
        return "unclear"
    end = to if to is not None else (from_ or 0) + 1  # the year that they were carried into
    if others:
        if others[0] == end:
            return Carried(_IN, end, None)
        return Carried(_OUT, end - 1, (_IN, end)) if others[0] == end - 1 else "unclear"
    if from_ is not None:
        return Carried(_OUT, end - 1, (_IN, end))
    return Carried(_IN, end, (_OUT, end - 1))


def with_carried_years(tokens: tuple[Token, ...], carried: Carried) -> tuple[Token, ...]:
    """The tokens with the row and the year that are meant, and no other year."""
    row = (Sense("subject", carried.subject, "t3"),)
    out: list[Token] = []
    named = False
    for token in tokens:
        if token.has("year"):
            if not named:
                out.append(replace(token, senses=(Sense("year", str(carried.year)),)))
                named = True
            continue
        if {_IN, _OUT} & set(token.keys("subject")):
            token = replace(token, senses=row)
        out.append(token)
    if not named:
        place = out[0]
        year = Token(place.start, place.start, "", (Sense("year", str(carried.year)),))
        out.insert(0, year)
    return tuple(out)
