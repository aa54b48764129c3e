"""From words to rows and columns."""

from __future__ import annotations

import pytest

from index.plan.lexicon import Lexicon
from index.plan.slots import Slots, Unresolved, operands, read_slots, reduce_subjects
from ingest.words import load_concepts

CONCEPTS = load_concepts()


def _concepts(lexicon: Lexicon, question: str, context: Slots | None = None) -> list[str] | str:
    slots = read_slots(lexicon.cut(question), CONCEPTS)
    found = operands(slots, CONCEPTS, context)
    return found.reason if isinstance(found, Unresolved) else [o.concept for o in found]


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("新收", ["t3.received.total"]),
        ("收到多少申请", ["t3.received.total"]),
        ("多少申请", ["t3.received.total"]),
        ("企业", ["t3.received.enterprise"]),
        ("企业申请", ["t3.received.enterprise"]),
        ("企业、自然人", ["t3.received.enterprise", "t3.received.natural"]),
        ("法人或其他组织", ["t3.received.org"]),
        ("不予公开", ["t3.refused.total"]),
        ("企业不予公开", ["t3.refused.enterprise"]),
        ("收到的申请中不予公开", ["t3.refused.total"]),
        ("不予公开的理由里属于国家秘密", ["t3.refused.state_secret.total"]),
        ("不予公开中自然人属于行政查询事项", ["t3.refused.inquiry_matters.natural"]),
        ("其他处理", ["t3.otherwise.total"]),
        ("其他处理中的其他", ["t3.otherwise.other.total"]),
        ("其他处理里的其他自然人", ["t3.otherwise.other.natural"]),
        ("法人或其他组织中的其他", ["t3.received.other_org"]),
        ("上年结转", ["t3.carried_in.total"]),
        ("结转到2024年", ["t3.carried_out.total"]),
        ("办结", ["t3.handled.total"]),
        ("科研机构办结", ["t3.handled.research"]),
        ("规章制发", ["t2.rules.made"]),
        ("废止的规章", ["t2.rules.repealed"]),
        ("现行有效的行政规范性文件", ["t2.normative.in_force"]),
        ("规章制发和废止", ["t2.rules.made", "t2.rules.repealed"]),
        ("规章废止、规范性文件制发", ["t2.rules.repealed", "t2.normative.made"]),
        ("行政许可", ["t2.licensing.decisions"]),
        ("行政许可、行政处罚", ["t2.licensing.decisions", "t2.penalty.decisions"]),
        ("行政事业性收费", ["t2.fees.amount"]),
        ("行政复议", ["t4.reconsideration.total"]),
        ("行政复议结果维持", ["t4.reconsideration.upheld"]),
        ("行政复议其他结果", ["t4.reconsideration.other"]),
        ("行政诉讼", ["t4.litigation.total"]),
        ("行政诉讼尚未审结", ["t4.litigation.pending"]),
        ("行政诉讼直接起诉结果纠正", ["t4.direct.corrected"]),
        ("复议后起诉结果维持", ["t4.after.upheld"]),
        # no such cell
        ("规章", "no-column"),
        ("行政许可废止", "row-and-column"),
        ("企业行政处罚", "row-and-column"),
        ("不予公开纠正", "row-and-column"),
        ("现行有效的不予公开", "row-and-column"),
        ("行政处罚申请", "row-and-column"),
        ("纠正", "no-row"),
        ("制发", "no-row"),
        ("", "no-row"),
        ("上海2023年", "no-row"),
        ("😀", "no-row"),
    ],
)
def test_operands_of_a_phrase(lexicon: Lexicon, question: str, concepts: list[str] | str) -> None:
    assert _concepts(lexicon, question) == concepts


@pytest.mark.parametrize(
    ("before", "question", "concepts"),
    [
        ("不予公开", "企业呢", ["t3.refused.enterprise"]),
        ("企业不予公开", "无法提供呢", ["t3.unavailable.enterprise"]),
        ("规章制发", "规范性文件呢", ["t2.normative.made"]),
        ("规章制发", "废止呢", ["t2.rules.repealed"]),
        ("行政复议", "维持", ["t4.reconsideration.upheld"]),
        ("行政复议结果纠正", "行政诉讼", ["t4.litigation.corrected"]),
        ("其他处理", "其他", ["t3.otherwise.other.total"]),
        ("行政复议", "其他", ["t4.reconsideration.other"]),
        # another table: the form has no such cell, unless applications are named
        ("行政复议", "企业", "row-and-column"),
        ("行政许可", "企业", "row-and-column"),
        ("行政许可", "企业的申请", ["t3.received.enterprise"]),
    ],
)
def test_what_is_left_open_comes_from_the_context(
    lexicon: Lexicon, before: str, question: str, concepts: list[str] | str
) -> None:
    context = read_slots(lexicon.cut(before), CONCEPTS)
    assert _concepts(lexicon, question, context) == concepts


@pytest.mark.parametrize(
    ("subjects", "kept"),
    [
        ((), ()),
        (("t3.received",), ("t3.received",)),
        (("t3.received", "t3.refused"), ("t3.refused",)),
        (("t3.refused", "t3.refused.state_secret"), ("t3.refused.state_secret",)),
        (("t3.handled", "t3.received"), ("t3.handled", "t3.received")),
        (("t3.carried_out", "t3.carried_in"), ("t3.carried_in",)),
        (("t4.reconsideration", "t4.after"), ("t4.after",)),
        (("t4.litigation", "t4.direct"), ("t4.direct",)),
        (("t4.litigation", "t4.direct", "t4.after"), ("t4.litigation",)),
        (("t3.disclosed", "t3.granted", "t3.partly_granted"), ("t3.disclosed",)),
    ],
)
def test_the_more_exact_row_is_kept(subjects: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert reduce_subjects(subjects, CONCEPTS) == kept


def test_joined_rows_are_all_kept() -> None:
    both = ("t3.carried_in", "t3.carried_out")
    assert reduce_subjects(both, CONCEPTS, frozenset(both)) == both


def test_issuers_and_years_name_no_figure(lexicon: Lexicon) -> None:
    slots = read_slots(lexicon.cut("上海市和示例市2022年、2023年"), CONCEPTS)
    assert (slots.issuers, slots.years) == (("上海市", "示例市"), (2022, 2023))
    assert slots.empty


def test_a_name_said_twice_is_one(lexicon: Lexicon) -> None:
    slots = read_slots(lexicon.cut("上海上海2023年2023年不予公开不予公开企业企业"), CONCEPTS)
    assert (slots.issuers, slots.years) == (("上海市",), (2023,))
    assert (slots.subjects, slots.members) == (("t3.refused",), (("t3", "enterprise"),))
