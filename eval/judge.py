"""Whether an answer is right, wrong or refused: a pure function of the case and the answer's JSON.

A harness that cannot fail measures nothing, so the rules lean to the strict side: the values asked
for, all of them, no other, with unit and qualifier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from eval.amount import Amount, Bound, Tolerance, read_amount, read_tolerance
from eval.cases import AnswerKind, Case
from ingest.normalise import clean


class Outcome(StrEnum):
    """What became of a case. The judge gives the first three, the run the other two."""

    RIGHT = "right"
    WRONG = "wrong"
    REFUSED = "refused"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` says what was missing or too much, and is "" where all is right.

    `wrong_figure`: the answer is wrong and puts a figure forward, the worst that can happen.
    """

    outcome: Outcome
    reason: str = ""
    wrong_figure: bool = False


def judge(case: Case, answer_json: dict[str, Any]) -> Verdict:
    """Judge `answer_json`, one object of `wenbao ask --json`, by `case`.

    Only `answer`, `values` and `abstained` are looked at: evidence has its own checks. An object
    without them is no answer and raises KeyError.
    """
    if case.kind is AnswerKind.NUMBER:
        verdict = _number(case, answer_json)
    elif case.kind is AnswerKind.PHRASES:
        verdict = _phrases(case, answer_json)
    else:
        verdict = _abstain(answer_json)
    if verdict.outcome is not Outcome.RIGHT:
        return verdict
    absent = _absent(case.must_include, answer_json["answer"])
    if absent:
        return Verdict(Outcome.WRONG, f"right, but does not say: {'、'.join(absent)}")
    return verdict


def holds(case: Case, answer_json: dict[str, Any]) -> bool:
    """Whether the text of an answer has what was asked for, wherever it stands in it.

    For a case that no report answers: whether it abstains. Kinder than `judge`: a chunk of text that holds
    a figure among others does not say which one is meant.
    """
    if case.kind is AnswerKind.ABSTAIN:
        return bool(answer_json["abstained"])
    if case.kind is AnswerKind.PHRASES:
        return not answer_json["abstained"] and not _absent(case.phrases, answer_json["answer"])
    texts = [w.amount.text for w in _wanted(case)]
    numbers = [re.sub(r"[^\d.万亿]", "", text) or text for text in texts]
    return not answer_json["abstained"] and not _absent(numbers, answer_json["answer"])


def _number(case: Case, answer: dict[str, Any]) -> Verdict:
    given = _given(answer)
    if not given:
        return _without_values(answer, "no value")
    if answer["abstained"]:
        return Verdict(Outcome.WRONG, f"abstains and gives {_list(given)}", wrong_figure=True)
    wanted = _wanted(case)
    pairs = _pair(wanted, given)
    missing = [w.amount for i, w in enumerate(wanted) if i not in pairs.values()]
    extra = [g for i, g in enumerate(given) if i not in pairs]
    if not missing and not extra:
        return Verdict(Outcome.RIGHT)
    said = [f"missing: {_list(missing)}"] if missing else []
    said += [f"not asked for: {_list(extra)}"] if extra else []
    return Verdict(Outcome.WRONG, "; ".join(said), wrong_figure=True)


def _phrases(case: Case, answer: dict[str, Any]) -> Verdict:
    given = _given(answer)
    if answer["abstained"]:
        if not given:
            return Verdict(Outcome.REFUSED, "abstains")
        return Verdict(Outcome.WRONG, f"abstains and gives {_list(given)}", wrong_figure=True)
    absent = _absent(case.phrases, answer["answer"])
    if not absent:
        return Verdict(Outcome.RIGHT)
    numbers = {Decimal(n) for phrase in case.phrases for n in _NUMBER.findall(_folded(phrase))}
    stray = bool(given) and not any(g.value in numbers for g in given)
    return Verdict(Outcome.WRONG, f"does not say: {'、'.join(absent)}", wrong_figure=stray)


def _abstain(answer: dict[str, Any]) -> Verdict:
    given = _given(answer)
    if given:
        return Verdict(Outcome.WRONG, f"not in the reports, but gives {_list(given)}", True)
    if not answer["abstained"]:
        return Verdict(Outcome.WRONG, "not in the reports, but answers")
    return Verdict(Outcome.RIGHT)


def _without_values(answer: dict[str, Any], reason: str) -> Verdict:
    if answer["abstained"]:
        return Verdict(Outcome.REFUSED, "abstains")
    return Verdict(Outcome.WRONG, reason)


# ---- figures ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A value asked for: within `reach` of `amount`, or one of `others` exactly."""

    amount: Amount
    reach: Decimal
    rounded: bool
    others: tuple[Amount, ...] = ()

    def met_by(self, given: Amount) -> bool:
        if _same(self.amount, given, self.reach, rounded=self.rounded):
            return True
        return any(_same(other, given, Decimal(0), rounded=False) for other in self.others)


def _wanted(case: Case) -> list[_Wanted]:
    amounts = [read_amount(v, case.unit) for v in case.values]
    tolerance = None if case.tolerance is None else read_tolerance(case.tolerance)
    others: list[list[Amount]] = [[] for _ in amounts]
    for form in case.accept:
        for part in [form] if len(amounts) == 1 else re.split("[、;；]", form):
            other = read_amount(part, case.unit)
            others[_nearest(amounts, other)].append(other)
    return [
        _Wanted(amount, _reach(amount, tolerance), tolerance is not None, tuple(forms))
        for amount, forms in zip(amounts, others, strict=True)
    ]


def _reach(amount: Amount, tolerance: Tolerance | None) -> Decimal:
    return Decimal(0) if tolerance is None else tolerance.reach(amount)


def _nearest(amounts: Sequence[Amount], other: Amount) -> int:
    """Which of several values another right form is a form of: the one closest to it."""
    at = other.value or Decimal(0)
    return min(range(len(amounts)), key=lambda i: abs((amounts[i].value or Decimal(0)) - at))


def _given(answer: dict[str, Any]) -> list[Amount]:
    return [
        read_amount(str(v["value"]), v.get("unit"), v.get("qualifier")) for v in answer["values"]
    ]


def _same(wanted: Amount, given: Amount, reach: Decimal, *, rounded: bool) -> bool:
    """The same figure: value within `reach`, unit where one is wanted, and qualifier.

    A qualifier is part of the figure: 近300 is less than 300 and 300余 is more. Only 约 is free
    where the case has a tolerance, because it takes rounded values.
    """
    if wanted.value is None or given.value is None:
        return _folded(wanted.text) == _folded(given.text)
    if wanted.bound is not given.bound and not (rounded and given.bound is Bound.ABOUT):
        return False
    if abs(wanted.value - given.value) <= reach and wanted.unit in (None, given.unit):
        return True
    value, unit = wanted.in_base_unit()
    other, other_unit = given.in_base_unit()
    if value is None or other is None or unit not in (None, other_unit):
        return False
    return abs(value - other) <= reach * (value / wanted.value if wanted.value else 1)


def _pair(wanted: Sequence[_Wanted], given: Sequence[Amount]) -> dict[int, int]:
    """The largest pairing of given values with wanted ones, given index to wanted index.

    A given value may fit several wanted ones (tolerance, other forms); taking the first that fits
    could leave the rest without a partner, so pairs are moved along augmenting paths.
    """
    fits = [[i for i, g in enumerate(given) if w.met_by(g)] for w in wanted]
    partner: dict[int, int] = {}

    def place(w: int, tried: set[int]) -> bool:
        for g in fits[w]:
            if g in tried:
                continue
            tried.add(g)
            if g not in partner or place(partner[g], tried):
                partner[g] = w
                return True
        return False

    for w in range(len(wanted)):
        place(w, set())
    return partner


def _list(amounts: Sequence[Amount]) -> str:
    return "、".join(a.text for a in amounts)


# ---- words --------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# `85，127` lists two numbers: a wide comma separates thousands only between wide digits
_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|(?<=[０-９])，(?=[０-９]{3}(?!\d))")


def _absent(phrases: Sequence[str], text: str) -> list[str]:
    """The phrases that do not occur in `text`, script, width and white space apart."""
    said = _folded(text)
    return [p for p in phrases if re.search(_whole(_folded(p)), said) is None]


def _whole(phrase: str) -> str:
    """A pattern for `phrase` that does not find 85 in 1285 or in 85.5."""
    before = r"(?<!\d)(?<!\d\.)" if phrase[:1].isdigit() else ""
    after = r"(?!\d|\.\d)" if phrase[-1:].isdigit() else ""
    return before + re.escape(phrase) + after


def _folded(text: str) -> str:
    """Simplified, lower case, without thousands separators and without white space.

    Space before a digit stays behind a digit or a full stop: `1. 85` is not 1.85.
    """
    whole = _SEPARATOR.sub("", text)
    return re.sub(r"\s+(?!\d)|(?<![\d.])\s+", "", clean(whole)).lower()
