"""A plan that leaves out a row or a column of its question is none."""

from __future__ import annotations

import pytest

from index.plan.lexicon import Lexicon
from index.plan.objections import objection
from index.plan.plan import Operand, Operation, Plan
from index.plan.slots import Slots
from ingest.words import load_concepts


@pytest.mark.parametrize(
    ("text", "operand", "objected"),
    [
        ("自然人多少", Operand("t3.received", "natural"), None),
        ("企业多少", Operand("t3.received", "natural"), "several-rows"),
        ("国家秘密多少", Operand("t3.received", "total"), "several-rows"),
        # the verb of any count names no row of its own, in the tables that have such verbs
        ("复议收到多少", Operand("t4.reconsideration", "total"), None),
        ("许可收多少", Operand("t2.licensing", "decisions"), None),
        # the sheet of the older form has none, and no applicants
        ("自然人多少", Operand("sheet.published", "total"), "several-rows"),
        ("国家秘密多少", Operand("sheet.published", "total"), "several-rows"),
        ("收到多少", Operand("sheet.published", "total"), "several-rows"),
    ],
)
def test_every_row_and_column_that_is_named_has_its_place(
    lexicon: Lexicon, text: str, operand: Operand, objected: str | None
) -> None:
    plan = Plan(Operation.LOOKUP, (operand,))
    tokens = lexicon.cut(text)
    assert objection(tokens, plan, Slots(), None, load_concepts()) == objected
