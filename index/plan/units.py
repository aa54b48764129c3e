"""The units that an ask names, and whether what is planned is counted in them. Pure functions of tokens."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from index.plan.lexicon import Token
from index.plan.plan import Operation, Plan
from index.plan.words import word_group
from ingest.words import load_concepts


def stray_units(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """A counting word behind no number is part of a word: 企业|家 is somebody else than 企业."""
    out = []
    for i, token in enumerate(tokens):
        lone = len(token.text) == 1 and token.has("units_other") and not token.has("filler")
        roles = ("ask_number", "number", "list", "which_kind", "filler", "more", "less", "average")
        counts = i > 0 and tokens[i - 1].has(*roles)
        bracket = 0 < i < len(tokens) - 1 and (
            "(" in tokens[i - 1].text and ")" in tokens[i + 1].text
        )  # 总金额（元）
        if bracket and token.has("units_money"):
            continue
        if lone and not counts:
            out.append(token.text)
    return tuple(out)


def asked_unit(tokens: tuple[Token, ...]) -> str | None:
    """The unit right behind a question word: 多少**期**, 几**场**; applications are counted in 件."""
    said = [t for t in tokens if t.text.strip()]
    for token, behind in pairwise(said):
        if token.has("ask_number") and behind.has("units_neutral", "units_other"):
            return behind.text
    for i, token in enumerate(tokens):
        if token.has("units_money", "counted_noun"):
            return token.text
        near = [*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2]]
        if token.text in word_group("applicants") and any(t.has("ask_number") for t in near):
            return token.text
    if any(t.has("request") and not t.has("rank_members") for t in tokens) and not any(
        t.has("share", "growth", "percent", "ratio") for t in tokens
    ):
        return "件"
    return None


_REASONS = word_group("reasons")


def _of_kinds(plan: Plan) -> bool:
    by_key = load_concepts().subject_by_key
    return plan.operation is Operation.LOOKUP and any(
        by_key[o.subject].kinds for o in plan.operands
    )


def unit_fits(unit: str | None, plan: Plan, tokens: tuple[Token, ...]) -> bool:
    """Whether what the plan gives is counted in the unit that was asked for (None fits all)."""
    money = any(o.member == "amount" for o in plan.operands)
    if unit is None or plan.operation is Operation.COUNT:
        return True
    if (
        unit in ("条", "项")
        and any(r in t.text for t in tokens for r in _REASONS)
        and _of_kinds(plan)
    ):
        return False  # 不予公开的理由有几条: the reasons are counted, not the applications
    received = any(o.subject == "t3.received" for o in plan.operands)
    if unit == "份" and received and not any(t.has("request") for t in tokens):
        return False  # 收到报告多少份
    asked = next((t for t in tokens if t.text == unit), None)
    if asked is None:
        return True
    acts = ("t4.", "t2.coercion", "t2.penalty")
    if asked.text == "次数" and all(o.subject.startswith(acts) for o in plan.operands):
        return True
    if asked.has("counted_noun") or asked.text in word_group("applicants"):
        return False
    if asked.has("units_neutral"):
        return not money
    if asked.text in ("次", "回", "场") and all(o.subject.startswith(acts) for o in plan.operands):
        return True  # 被告了几次, 强制了几次 counts cases
    if asked.has("units_money"):
        return money
    return plan.operation in (Operation.RATIO, Operation.SHARE, Operation.AVERAGE) and unit == "倍"


def claims_in(tokens: tuple[Token, ...]) -> tuple[Decimal, ...]:
    """The numbers that an ask states."""
    out = []
    for token in tokens:
        out += [Decimal(k.replace(",", "")) for k in token.keys("number")]
        out += [Decimal(0)] if token.has("zero") else []
    return tuple(out)
