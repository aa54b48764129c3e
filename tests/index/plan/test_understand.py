"""From a question to a plan: which figures, and what is done with them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.plan.plan import Operation, Plan, Understanding
from index.plan.understand import Planner

GRANTED, REFUSED = "t3.granted.total", "t3.refused.total"
RECEIVED, HANDLED = "t3.received.total", "t3.handled.total"


def _understand(planner: Planner, question: str) -> Understanding:
    """The last ask of a question, each understood after the one before."""
    meant: Understanding | None = None
    for tokens in planner.asks(question):
        meant = planner.understand(tokens, meant)
    assert meant is not None
    return meant


def _plan(planner: Planner, question: str) -> Plan:
    meant = _understand(planner, question)
    assert meant.plan is not None, meant
    return meant.plan


@pytest.mark.parametrize(
    ("question", "operation", "concepts"),
    [
        ("上海2023年新收多少", "lookup", [RECEIVED]),
        ("上海2023年新收", "lookup", [RECEIVED]),
        ("上海2023年企业新收多少件", "lookup", ["t3.received.enterprise"]),
        ("上海2023年規章廢止多少件", "lookup", ["t2.rules.repealed"]),
        ("how many were refused in Shanghai in 2023", "lookup", [REFUSED]),
        ("上海2023年收到的申请一共多少", "lookup", [RECEIVED]),
        ("上海2023年被告了几次", "lookup", ["t4.litigation.total"]),
        ("示例市2022年和2023年新收各多少", "list", [RECEIVED]),
        ("示例市和上海市新收各多少", "list", [RECEIVED]),
        ("上海规章制发、废止、现行有效各多少", "list",
         ["t2.rules.made", "t2.rules.repealed", "t2.rules.in_force"]),
        ("上海予以公开和不予公开一共多少", "sum", [GRANTED, REFUSED]),
        ("上海予以公开、不予公开合计", "sum", [GRANTED, REFUSED]),
        ("示例市2022年和2023年新收合计", "sum", [RECEIVED]),
        ("上海不予公开占多少", "share", [REFUSED]),
        ("上海不予公开率", "share", [REFUSED]),
        ("上海复议纠错率", "share", ["t4.reconsideration.corrected"]),
        ("上海予以公开比不予公开多多少", "difference", [GRANTED, REFUSED]),
        ("上海不予公开比予以公开少多少", "difference", [REFUSED, GRANTED]),
        ("上海予以公开和不予公开相差多少", "difference", [GRANTED, REFUSED]),
        ("上海予以公开减去不予公开是多少", "difference", [GRANTED, REFUSED]),
        ("上海予以公开是不予公开的几倍", "ratio", [GRANTED, REFUSED]),
        pytest.param(
            "上海2023年每月平均收到多少申请", "average", [RECEIVED],
            marks=pytest.mark.xfail(strict=True, reason="每月平均 is an average without a divisor"),
        ),
        ("上海2023年日均新收多少", "average", [RECEIVED]),
        ("示例市2023年新收同比增长多少", "growth", [RECEIVED]),
        ("示例市2023年新收比上年多多少件", "growth", [RECEIVED]),
        ("示例市2023年不予公开较2022年增加百分之几", "growth", [REFUSED]),
        ("上海予以公开和不予公开哪个多", "compare", [GRANTED, REFUSED]),
        ("示例市和上海市新收谁多", "compare", [RECEIVED]),
        ("上海有没有不予公开的", "exists", [REFUSED]),
        ("上海不予公开是1615件吗", "verify", [REFUSED]),
        ("上海不予公开占4.69%对吗", "verify", [REFUSED]),
    ],
)  # fmt: skip
def test_operation_and_operands(
    planner: Planner, question: str, operation: str, concepts: list[str]
) -> None:
    plan = _plan(planner, question)
    assert (plan.operation, [o.concept for o in plan.operands]) == (Operation(operation), concepts)


@pytest.mark.parametrize(
    ("question", "parts", "whole"),
    [
        ("不予公开占比", [REFUSED], HANDLED),
        pytest.param(
            "企业占多少",
            ["t3.received.enterprise"],
            RECEIVED,
            marks=pytest.mark.xfail(strict=True, reason="企业 is taken to ask for the unit 人"),
        ),
        ("企业不予公开占不予公开的多少", ["t3.refused.enterprise"], REFUSED),
        ("国家秘密占不予公开的多少", ["t3.refused.state_secret.total"], REFUSED),
        ("不予公开里国家秘密占多少", ["t3.refused.state_secret.total"], REFUSED),
        ("不予公开占新收的多少", [REFUSED], RECEIVED),
        ("不予公开占予以公开的多少", [REFUSED], GRANTED),
        ("复议维持占复议总计多少", ["t4.reconsideration.upheld"], "t4.reconsideration.total"),
        ("诉讼纠正的比例", ["t4.litigation.corrected"], "t4.litigation.total"),
        ("复议后起诉纠正占比", ["t4.after.corrected"], "t4.after.total"),
        ("尚未审结占复议总计", ["t4.reconsideration.pending"], "t4.reconsideration.total"),
        ("what share was refused", [REFUSED], HANDLED),
        pytest.param(
            "无法提供中，科研机构占科研机构办理总计多少",
            ["t3.unavailable.research"],
            "t3.handled.research",
            marks=pytest.mark.xfail(
                strict=True, reason="the whole that is named behind 占 gives way to the one before"
            ),
        ),
    ],
)
def test_wholes_of_shares(planner: Planner, question: str, parts: list[str], whole: str) -> None:
    plan = _plan(planner, question)
    assert plan.operation is Operation.SHARE
    assert [o.concept for o in plan.operands] == parts
    assert plan.whole is not None
    assert plan.whole.concept == whole


@pytest.mark.parametrize(
    ("question", "together"),
    [
        ("不予公开和不予处理占多少", True),
        ("不予公开和不予处理合计占多少", True),
        ("不予公开和不予处理各占多少", False),
        ("不予公开、不予处理分别占多少", False),
    ],
)
def test_parts_of_a_share_are_added_unless_each_is_asked(
    planner: Planner, question: str, together: bool
) -> None:
    assert _plan(planner, question).together is together


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("上海2023年女性申请人多少", "unknown-words"),
        ("上海2023年退回重写多少件", "unknown-words"),
        ("qwerty", "unknown-words"),
        ("上海行政处分多少", "unknown-words"),
        ("上海不予公开为什么", "asks-text"),
        ("上海存在什么", "asks-text"),
        ("上海规章", "no-column"),
        ("上海多少", "no-row"),
        ("上海企业行政处罚多少", "row-and-column"),
        ("上海行政许可废止多少", "row-and-column"),
        ("上海新收多少人", "unit"),
        ("上海新收多少万元", "unit"),
        ("上海行政事业性收费多少件", "unit"),
        ("上海行政处罚多少元", "unit"),
        ("上海新收多少件申请，不含企业", "except"),
        ("上海新收1615", "unknown-words"),
    ],
)
def test_no_plan_and_why(planner: Planner, question: str, reason: str) -> None:
    meant = _understand(planner, question)
    assert (meant.plan, meant.reason) == (None, reason)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("上海新收多少？", 1),
        ("上海新收多少", 1),
        ("上海新收多少？不予公开多少？", 2),
        ("上海新收多少，不予公开多少", 2),
        ("上海新收多少；不予公开多少；无法提供多少", 3),
        ("上海2023年，新收多少", 1),
        ("你好。上海新收多少？谢谢！", 1),
        ("上海予以公开、不予公开各多少", 1),
        ("？？？", 0),
        ("", 0),
        ("\x00", 0),
        ("。，、；：", 0),
        pytest.param(
            "上海收到多少申请？企业占多少？",
            2,
            marks=pytest.mark.xfail(
                strict=True,
                reason="收到多少 is one word, so no question word is left in the first ask",
            ),
        ),
        pytest.param(
            "上海新收多少？复议纠错率呢？",
            2,
            marks=pytest.mark.xfail(strict=True, reason="a bare rate asks nothing by itself"),
        ),
        pytest.param(
            "自然人占百分之几，企业呢",
            2,
            marks=pytest.mark.xfail(strict=True, reason="呢 asks nothing by itself"),
        ),
    ],
)
def test_asks_of_a_question(planner: Planner, question: str, asks: int) -> None:
    assert len(planner.asks(question)) == asks


def test_an_ask_takes_what_it_leaves_open_from_the_one_before(planner: Planner) -> None:
    plan = _plan(planner, "上海2023年企业不予公开多少？无法提供多少？")
    assert [o.concept for o in plan.operands] == ["t3.unavailable.enterprise"]


@pytest.mark.parametrize(
    ("question", "years", "against"),
    [
        ("示例市2023年新收多少", (2023,), None),
        ("示例市2023年新收比2022年增长多少", (2023,), 2022),
        ("示例市2022年新收比2023年少多少", (2022,), 2023),
        ("示例市2023年结转到2024年多少件", (2023,), None),
        ("示例市2023年从2022年结转多少件", (2023,), None),
        ("示例市2022年和2023年新收", (2022, 2023), None),
        ("示例市2022至2023年新收各多少", (2022, 2023), None),
        pytest.param(
            "示例市2021年到2023年新收各多少",
            (2021, 2022, 2023),
            None,
            marks=pytest.mark.xfail(
                strict=True, reason="a range of years loses those in between (is_range is not used)"
            ),
        ),
    ],
)
def test_years_and_what_is_compared_with(
    planner: Planner, question: str, years: tuple[int, ...], against: int | None
) -> None:
    plan = _plan(planner, question)
    assert (plan.years, plan.against) == (years, against)


@pytest.mark.parametrize(
    ("question", "percent"),
    [
        ("示例市2023年新收增长百分之几", True),
        ("示例市2023年新收同比增长多少", True),
        ("示例市2023年新收增加多少件", False),
        ("示例市2023年新收比上年多多少件", False),
        ("示例市2023年新收比上年多百分之几", True),
    ],
)
def test_growth_in_percent_or_in_cases(planner: Planner, question: str, percent: bool) -> None:
    assert _plan(planner, question).percent is percent


@pytest.mark.parametrize(
    ("question", "divisor"),
    [("上海平均每月新收多少", 12), ("上海每季度新收多少", 4), ("上海日均新收多少", 0)],
)
def test_what_an_average_divides_by(planner: Planner, question: str, divisor: int) -> None:
    assert _plan(planner, question).divisor == divisor


@pytest.mark.parametrize(
    ("question", "claims"),
    [
        ("上海不予公开是1615件吗", ("1615",)),
        ("上海不予公开是1,615件对吗", ("1615",)),
        ("上海不予公开占4.69%对吗", ("4.69",)),
        ("上海不予公开1615件，占4.69%，对吗", ("1615", "4.69")),
    ],
)
def test_numbers_that_a_question_states(
    planner: Planner, question: str, claims: tuple[str, ...]
) -> None:
    assert _plan(planner, question).claims == tuple(map(Decimal, claims))


@pytest.mark.parametrize(
    ("question", "least", "ranked"),
    [
        ("上海哪类申请人最多", False, 6),
        ("上海哪类申请人最少", True, 6),
        ("上海不予公开的理由哪个最多", False, 8),
        ("上海不予处理哪种情形最少", True, 5),
        ("上海无法提供的原因里哪个最多", False, 3),
        pytest.param(
            "上海自然人和企业哪个最多",
            False,
            2,
            marks=pytest.mark.xfail(
                strict=True, reason="自然人 and 企业 are taken to ask for the unit 人"
            ),
        ),
    ],
)
def test_what_is_ranked(planner: Planner, question: str, least: bool, ranked: int) -> None:
    plan = _plan(planner, question)
    assert (plan.operation, plan.least, len(plan.operands)) == (Operation.RANK, least, ranked)
