"""Whether an answer's figures can be checked: each value and each number of its words has evidence.

Computed figures are computed again here, by other code than the program's: exact fractions, half-up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ingest.normalise import clean

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?", re.ASCII)
_NUMERALS = {"两": "2"} | {c: str(i) for i, c in enumerate("一二三四五六七八九十", 1)}
_LIST_MARK = re.compile(r"^\d{1,2}\. ", re.MULTILINE)
# refusals that say what a cell without a number is not: 空白（不是 0）
_NOTHING = ("blank", "slash", "dash", "text")


@dataclass(frozen=True, slots=True)
class Stock:
    """What a store has: `figures` by id, each its (text, value, unit); `sentences` as printed, by
    (report, index); `numbers` that any answer may say, such as the years of reports."""

    figures: dict[str, tuple[str | None, str | None, str | None]]
    sentences: dict[tuple[str, int], str]
    numbers: frozenset[Fraction] = frozenset()


def numbers_in(*texts: str | None) -> Iterator[Fraction]:
    """The numbers that are written in some texts, in digits; `1,234` is one."""
    for text in texts:
        for found in _NUMBER.findall(text or ""):
            yield Fraction(found.replace(",", ""))


def half_up(value: Fraction) -> Fraction:
    """Rounded to two decimals, halves away from zero."""
    scaled = abs(value) * 100 + Fraction(1, 2)
    rounded = Fraction(scaled.numerator // scaled.denominator, 100)
    return -rounded if value < 0 else rounded


def recompute(op: str, args: list[Fraction], text: str) -> Fraction:
    """What a formula's operands give. Raises ValueError for an `op` that is not in docs/answer.md."""
    match op, args:
        case "sum", _:
            return sum(args, Fraction(0))
        case "share", (*parts, whole) if parts:
            return half_up(sum(parts, Fraction(0)) / whole * 100)
        case "difference", (a, b):
            return a - b
        case "ratio", (a, b):
            return half_up(a / b)
        case "growth", (now, before):
            return half_up((now - before) / before * 100)
        case "decline", (now, before):
            return half_up((before - now) / before * 100)
        case "average", (a,):
            return half_up(a / Fraction(text.rpartition("÷")[2]))
        case "quotient", (a, b):
            return half_up(a / b)
        case "mean", _:
            return half_up(sum(args, Fraction(0)) / len(args))
        case "count_zero", _:
            return Fraction(sum(a == 0 for a in args))
        case "count_nonzero", _:
            return Fraction(sum(a != 0 for a in args))
    raise ValueError(f"{op} of {len(args)} figures is no formula that can be computed again")


def faults(answer: dict[str, Any], stock: Stock, asked: Iterable[str]) -> list[str]:
    """What is wrong with the evidence of an answer's JSON, [] where all of it can be checked.

    `asked` are the texts that a number may be repeated from: the question and the turns before it.
    """
    figures = answer["figures"]
    by_id = {f["id"]: f for f in figures}
    out = ["two figures have one id"] if len(by_id) != len(figures) else []
    for figure in figures:
        out += _printed(figure, stock) if figure["formula"] is None else _computed(figure, by_id)
    for citation in answer["citations"]:
        if stock.sentences.get((citation["report"], citation["sentence"])) != citation["text"]:
            out.append(f"the citation stands in no report: {citation['text'][:60]}")
    for value in answer["values"]:
        out += _value(value, figures)
    if answer["abstained"] and answer["values"]:
        out.append("abstains and gives values")
    return out + _words(answer, stock, asked)


def _printed(figure: dict[str, Any], stock: Stock) -> list[str]:
    known = stock.figures.get(figure["id"])
    if known is None:
        return [f"the store has no figure {figure['id']}"]
    given = (figure["text"], figure["value"], figure["unit"])
    return [] if given == known else [f"{figure['id']} is {known} in the store, here {given}"]


def _computed(figure: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> list[str]:
    name, formula = figure["id"], figure["formula"]
    absent = [a for a in formula["args"] if a not in by_id or by_id[a]["value"] is None]
    if absent or not formula["args"]:
        return [f"{name} lacks its operands {absent}"]
    args = [Fraction(by_id[a]["value"]) for a in formula["args"]]
    try:
        made = recompute(formula["op"], args, formula["text"])
    except (ValueError, ZeroDivisionError) as error:
        return [f"{name}: {error}"]
    out = []
    if made != Fraction(figure["value"]):
        out.append(f"{name} is {figure['value']}, its operands give {made}")
    written = set(numbers_in(formula["text"]))
    if not {abs(a) for a in args} <= written:
        out.append(f"{name}: its formula {formula['text']} does not show its operands")
    spare = written - {abs(a) for a in args}
    if formula["op"] == "mean":
        spare.discard(Fraction(len(args)))
    if spare and formula["op"] != "average":
        out.append(f"{name}: its formula {formula['text']} shows {_list(spare)} more")
    return out


def _value(value: dict[str, Any], figures: list[dict[str, Any]]) -> list[str]:
    """A value stands among the figures, with its unit, and with its qualifier where one is printed."""
    same = [
        f for f in figures if f["value"] is not None and f["unit"] == value["unit"]
        and Fraction(f["value"]) == Fraction(value["value"])
    ]  # fmt: skip
    shown = f"{value['value']} {value['unit'] or ''}"
    if not same:
        return [f"no figure is the value {shown}"]
    if value["qualifier"] not in {f.get("qualifier") for f in same}:
        return [f"no figure {shown} has the qualifier {value['qualifier']}"]
    return []


def _words(answer: dict[str, Any], stock: Stock, asked: Iterable[str]) -> list[str]:
    """Every number of the sentence occurs in what stands behind it."""
    # a half letter of a question can be written nowhere; the program asks without it too
    whole = [text.encode("utf-8", "replace").decode() for text in asked]
    behind = [form for text in whole for form in (text, clean(text), _plain_digits(text))]
    # one letter that is a number of its own (⒛) may be echoed apart from what stands beside it
    behind += [clean(c).rstrip(".") for text in whole for c in text if c.isnumeric()]
    # 23年 is read as 2023年
    behind += [str(2000 + n) for n in {*numbers_in(*behind)} if n < 100 and n.denominator == 1]
    for figure in answer["figures"]:
        behind += [figure["value"], figure.get("text"), str(figure.get("year") or "")]
        behind += [*figure.get("row_path", ()), *figure.get("column_path", ())]
        if figure["formula"]:
            behind.append(figure["formula"]["text"])
    for value in answer["values"]:
        behind += [value["value"], value["text"], str(value["year"] or "")]
    behind += [c["text"] for c in answer["citations"]]
    behind += map(str, answer["understood"]["years"])
    known = {*stock.numbers, *numbers_in(*behind)}
    if answer["reason"] in _NOTHING:
        known.add(Fraction(0))
    if any(f["formula"] and f["formula"]["op"].startswith("count_") for f in answer["figures"]):
        known.add(Fraction(0))  # so many that are 0
    if any(figure["unit"] == "万元" for figure in answer["figures"]):
        known.add(Fraction(10_000))  # the unit itself, in English: ×10,000 yuan
    said = set(numbers_in(_LIST_MARK.sub("", answer["answer"])))
    stray = said - known
    if answer["abstained"]:
        # the report of the year before is not there
        stray -= {
            Fraction(year + step) for year in answer["understood"]["years"] for step in (-1, 1)
        }
    return [f"the words say {_list(stray)}, which stands nowhere"] if stray else []


def _plain_digits(text: str) -> str:
    """Numerals of other scripts and shapes as ASCII: `２`, `㈢`, `٣`, and 二 of 排第二."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() else _NUMERALS.get(c, c) for c in folded
    )


def _list(numbers: Iterable[Fraction]) -> str:
    return ", ".join(str(float(n)) if n.denominator > 1 else str(n) for n in sorted(numbers))
