"""From a question to a plan: which figures, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from index.plan.plan import Operation, Plan, Understanding
from index.plan.understand import Planner

Plans = Callable[[str], Plan]
Understood = Callable[[str], Understanding]

GRANTED, REFUSED = "t3.granted.total", "t3.refused.total"
RECEIVED = "t3.received.total"


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
        ("上海2023年每月平均收到多少申请", "average", [RECEIVED]),
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
    plan: Plans, question: str, operation: str, concepts: list[str]
) -> None:
    made = plan(question)
    assert (made.operation, [o.concept for o in made.operands]) == (Operation(operation), concepts)


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
def test_no_plan_and_why(understood: Understood, question: str, reason: str) -> None:
    meant = understood(question)
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
        ("上海收到多少申请？企业占多少？", 2),
        ("上海新收多少？复议纠错率呢？", 2),
        ("自然人占百分之几，企业呢", 2),
    ],
)
def test_asks_of_a_question(planner: Planner, question: str, asks: int) -> None:
    assert len(planner.asks(question)) == asks


@pytest.mark.parametrize(
    ("question", "concept"),
    [
        ("上海2023年企业不予公开多少？其中国家秘密多少？", "t3.refused.state_secret.enterprise"),
        ("上海2023年企业不予公开多少？那无法提供多少？", "t3.unavailable.enterprise"),
        ("上海2023年不予公开多少？企业呢？", "t3.refused.enterprise"),
        # an ask with a row of its own is a question of its own
        ("上海2023年企业不予公开多少？无法提供多少？", "t3.unavailable.total"),
    ],
)
def test_an_ask_takes_what_it_leaves_open_from_the_one_before(
    plan: Plans, question: str, concept: str
) -> None:
    assert [o.concept for o in plan(question).operands] == [concept]


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
        ("示例市2021年到2023年新收各多少", (2021, 2022, 2023), None),
    ],
)
def test_years_and_what_is_compared_with(
    plan: Plans, question: str, years: tuple[int, ...], against: int | None
) -> None:
    made = plan(question)
    assert (made.years, made.against) == (years, against)


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
    plan: Plans, question: str, claims: tuple[str, ...]
) -> None:
    assert plan(question).claims == tuple(map(Decimal, claims))


@pytest.mark.parametrize(
    "question",
    [
        # fillers that name another kind of case
        "上海2023年申请批了多少件", "上海2023年申请不处理了的多少件",
        "上海2023年即将失效的规章多少件", "上海2023年按期办结多少件",
        # 2019's items or decisions?
        "示例市2023年行政许可项目多少",
    ],
)  # fmt: skip
def test_no_figure_beside_words_that_turn_it_into_another(
    understood: Understood, question: str
) -> None:
    assert understood(question).plan is None


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("示例市2023年复议其他处理结果多少", ["t4.reconsideration.other"]),
        ("示例市2023年三、本年度办理结果（三）不予公开1.属于国家秘密多少", ["t3.refused.state_secret.total"]),
        ("示例市2023年其他处理的法人或其他组织里“其他”的申请多少件", ["t3.otherwise.other_org"]),
        ("How many administrative coercion decisions were made in Shanghai in 2023?",
         ["t2.coercion.decisions"]),
    ],
)  # fmt: skip
def test_each_figure_once(plan: Plans, question: str, concepts: list[str]) -> None:
    assert [o.concept for o in plan(question).operands] == concepts


@pytest.mark.parametrize(
    "question",
    [
        "How many requests per applicant in Shanghai in 2023?",
        "How many requests per enterprise in Shanghai in 2023?",
        "How many requests did Shanghai get per head in 2023?",
        "上海2023年人均申请多少件",
        "上海2023年每位自然人申请多少件",
        "上海2023年每家企业几件申请",
    ],
)
def test_so_many_for_each_of_them_is_no_total(
    understood: Callable[[str], Understanding], question: str
) -> None:
    assert understood(question).plan is None


@pytest.mark.parametrize(
    ("question", "operation", "percent"),
    [
        ("示例市2023年新收申请比2022年增长几成", Operation.GROWTH, True),
        ("示例市2023年新收申请比2022年多几件", Operation.GROWTH, False),
        ("上海2023年自然人占几成", Operation.SHARE, None),
        ("示例市2023年自然人占比比2022年增长几成", None, None),  # a share that grew
        ("Which applicant filed the most requests in Shanghai in 2023?", Operation.RANK, None),
        ("What kind of applicant filed the fewest requests in Shanghai in 2023?", Operation.RANK, None),
        ("How many requests did Shanghai receive in 2023, per its report?", Operation.LOOKUP, None),
    ],
)  # fmt: skip
def test_tenths_of_a_rise_the_applicant_with_the_most_and_per_the_report(
    understood: Callable[[str], Understanding],
    question: str,
    operation: Operation | None,
    percent: bool | None,
) -> None:
    plan = understood(question).plan
    assert (plan and plan.operation) is operation
    assert percent is None or (plan is not None and plan.percent is percent)
