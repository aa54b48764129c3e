"""The unit of a figure in a table of no form: what cell, header, row and caption print of it.

A unit that is printed but not known, or is one of several, is no reason to take the next best.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from ingest.model import Status
from ingest.normalise import clean
from ingest.numbers import CellValue
from ingest.readers import GridCell
from ingest.words.headers import endings, header_words
from ingest.words.units import unit_words

#: a unit is printed that is not known, or several are: no other may be taken in its place
UNKNOWN = ""
_STATED = re.compile(r"(?:计量)?单位[:为]?(?P<unit>[^\s;。()]{1,12})(?P<more>\([^()]{1,4}\))?")
_BRACKET = re.compile(r"\(([^()]{1,8})\)")
_PARTED = re.compile(r".[/:,\[【|_](?P<unit>[^\s/:,\[【|_\]】]{1,6})[\]】]?$")
_AND = re.compile(r"[、,/和及与或]")


@lru_cache(maxsize=4096)
def printed_unit(text: str) -> str | None:
    """The unit that a caption or header prints; UNKNOWN where it is not told; None without one."""
    cleaned = clean(text)
    stated = _STATED.search(cleaned)
    if stated:
        unit = unit_of_text(stated["unit"])
        return UNKNOWN if unit and stated["more"] else unit
    inside: list[str] = _BRACKET.findall(cleaned)
    found = [
        u for b in inside if b not in header_words("places") and (u := unit_of_text(b)) is not None
    ]
    if found:
        return found[-1]
    for sign in "%‰":
        if sign in cleaned and not any(map(str.isdigit, cleaned)):
            return sign
    return _behind(cleaned)


def _behind(text: str) -> str | None:
    """The unit at the end of a header without brackets: 金额/元, 数量[件], 收费金额万元."""
    parted = _PARTED.search(text)
    if parted and parted["unit"] not in header_words("places"):
        return unit_of_text(parted["unit"])
    if any(word in text for word in header_words("money")) and text.endswith("元"):
        return next((u for n in range(len(text)) if (u := _one(text[n:])) is not None), None)
    return None


@lru_cache(maxsize=4096)
def unit_of_text(text: str) -> str | None:
    """The unit that `text` is and nothing else; UNKNOWN for several and for 千元; None for words."""
    text = clean(text)
    parts = [part for part in _AND.split(text) if part]
    known = [_one(part) for part in parts]
    if not known or known[0] is None:
        return None
    return known[0] if sum(k is not None for k in known) == 1 else UNKNOWN


@lru_cache(maxsize=4096)
def _one(text: str) -> str | None:
    if text in unit_words():
        return text
    bare = text
    for prefix in (*endings("unit_prefix"), *endings("unit_prefix")):
        bare = bare.removeprefix(prefix)
    # 千元, 人民币元, 百件; 万 alone
    return UNKNOWN if bare != text and (not bare or bare in unit_words()) else None


def is_unit_cell(cell: GridCell) -> bool:
    """Whether a cell prints a unit and nothing else; a level of government is none."""
    text = clean(cell.text)
    return text not in header_words("places") and bool(text) and unit_of_text(text) is not None


def is_unit_head(text: str) -> bool:
    """Whether the column under `text` says what each row counts, or who."""
    return clean(text) in header_words("unit_heads")


@lru_cache(maxsize=4096)
def is_share(text: str) -> bool:
    """Whether a header is of a share, a rate or a growth: these never count what the table counts."""
    cleaned = clean(text)
    bare = _BRACKET.sub("", cleaned)
    return bare.endswith(endings("share_ends")) or any(w in cleaned for w in header_words("share"))


def unit_of_figure(
    read: CellValue,
    labels: Iterable[GridCell],
    columns: Iterable[GridCell],
    beside: str | None,
    table: str | None,
) -> str | None:
    """The unit of a cell, from the nearest that prints one; `beside` is the row's own unit cell."""
    if read.status in (Status.NUMBER, Status.ZERO):
        if read.unit is not None:
            return read.unit
        noted = unit_of_text(read.note.strip("()（）")) if read.note else None
        if noted is not None:
            return noted or None
    rows, heads = [c.text for c in labels], [c.text for c in columns]
    shares = [t for t in heads if is_share(t)] or [t for t in rows if is_share(t)]
    said = {printed_unit(t) for t in (shares or (*rows, *heads))}
    if not any(is_share(t) for t in heads):
        said.add(beside)
    said.discard(None)
    if said:
        return said.pop() or None if len(said) == 1 else None
    if shares or not table:
        return None
    return table if _agrees((*rows, *heads), table) else None


def _agrees(heads: Iterable[str], unit: str) -> bool:
    """Whether the table's unit can be that of these headers: no money in 件, no 件数 in money."""
    for head in map(clean, heads):
        if unit not in header_words("money_units"):
            if any(word in head for word in header_words("money")):
                return False
        counted = head.removesuffix("数")
        own = next((u for u in _counts() if counted.endswith(u)), unit)
        if counted != head and own != unit:
            return False
    return True


@cache
def _counts() -> tuple[str, ...]:
    return tuple(u for u in unit_words() if u not in header_words("places"))
