"""Readers of the examples and of a report full of holes, and a check of an answer's evidence."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from index import Assistant, Question, ReportSummary, Settings, Turn
from index.plan.catalogue import Catalogue, make_catalogue
from index.plan.lexicon import Lexicon, make_lexicon
from index.plan.understand import Planner
from index.plan.words import load_words
from ingest.words import load_concepts

#: 表二 of a county: 0, blank, /, —, --, words, a thousands comma, a decimal, and no row 行政强制
HOLES = """虚构县2023年政府信息公开工作年度报告
本报告为虚构样例，数据均为编造。
一、总体情况
2023年，虚构县编印公报2期。
二、主动公开政府信息情况

| 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 |
|---|---|---|---|
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 0 | / | — |
| 行政规范性文件 |  | 见附件 | 7 |
| 第二十条第（五）项 | 第二十条第（五）项 | 第二十条第（五）项 | 第二十条第（五）项 |
| 信息内容 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 |
| 行政许可 | 1,234 | 1,234 | 1,234 |
| 第二十条第（六）项 | 第二十条第（六）项 | 第二十条第（六）项 | 第二十条第（六）项 |
| 信息内容 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 |
| 行政处罚 | -- | -- | -- |
| 第二十条第（八）项 | 第二十条第（八）项 | 第二十条第（八）项 | 第二十条第（八）项 |
| 信息内容 | 本年收费金额（单位：万元） | 本年收费金额（单位：万元） | 本年收费金额（单位：万元） |
| 行政事业性收费 | 2857.50 | 2857.50 | 2857.50 |
"""

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def reader(examples_store: Path) -> Iterator[Assistant]:
    """An assistant on the store of the examples, which nobody writes to; it searches words only."""
    settings = Settings(_env_file=None)
    with Assistant(examples_store, settings=settings, vectors=False) as made:
        yield made


@pytest.fixture(scope="session")
def holes(store_of: Callable[[dict[str, str]], Assistant]) -> Assistant:
    """One report whose 表二 shows every kind of nothing."""
    return store_of({"虚构县2023年政府信息公开工作年度报告.md": HOLES})


@pytest.fixture(scope="session")
def ask(reader: Assistant) -> Ask:
    """`ask(question, *earlier questions)`: the JSON of the answer."""

    def answer(question: str, *earlier: str) -> dict[str, Any]:
        turns = tuple(Turn("user", text) for text in earlier)
        return reader.ask(Question(question, turns)).to_json()

    return answer


@pytest.fixture(scope="session")
def values(ask: Ask) -> Callable[..., list[tuple[str, str | None]]]:
    """`values(question, *earlier questions)`: the asked-for values with their units."""
    return lambda *texts: [(v["value"], v["unit"]) for v in ask(*texts)["values"]]


@pytest.fixture(scope="session")
def catalogue(reader: Assistant) -> Catalogue:
    """The catalogue of the examples."""
    return make_catalogue(reader.reports())


@pytest.fixture(scope="session")
def lexicon(catalogue: Catalogue) -> Lexicon:
    """The lexicon of the examples."""
    return make_lexicon(load_concepts(), load_words(), catalogue)


@pytest.fixture(scope="session")
def planner(lexicon: Lexicon) -> Planner:
    """Understands questions about the examples."""
    return Planner(lexicon, load_concepts())


@pytest.fixture(scope="session")
def summary() -> Callable[..., ReportSummary]:
    """`summary(issuer, year, id)`: a report that is nowhere."""

    def make(issuer: str | None, year: int | None, id_: str = "r1") -> ReportSummary:
        return ReportSummary(
            id=id_, title="", issuer=issuer, year=year, level=None, coverage=None, region=None,
            form="national2021", source=f"{id_}.txt", tables=3, figures=1, passages=1, vectors=0,
            warnings=0, findings=0,
        )  # fmt: skip

    return make


def half_up(value: Fraction, places: int = 2) -> Fraction:
    """Rounded half-up, away from zero, without Decimal: another way than the program's."""
    scaled = abs(value) * 10**places + Fraction(1, 2)
    out = Fraction(scaled.numerator // scaled.denominator, 10**places)
    return -out if value < 0 else out


def evaluate(text: str) -> Fraction:
    """A formula as an answer writes it: `(1343−1116)÷1116`, `40+12`."""
    source = text.replace("−", "-").replace("÷", "/")

    def walk(node: ast.expr) -> Fraction:
        match node:
            case ast.BinOp(left, op, right):
                a, b = walk(left), walk(right)
                match op:
                    case ast.Add():
                        return a + b
                    case ast.Sub():
                        return a - b
                    case ast.Div():
                        return a / b
                    case ast.Mult():
                        return a * b
            case ast.UnaryOp(ast.USub(), operand):
                return -walk(operand)
            case ast.Constant():
                return Fraction(ast.get_source_segment(source, node) or "")
        raise AssertionError(f"not a formula: {text}")

    return walk(ast.parse(source, mode="eval").body)


def recompute(op: str, args: list[Fraction], text: str) -> Fraction:
    """What a formula gives when its operands are computed with once more."""
    match op:
        case "sum":
            return sum(args, Fraction(0))
        case "share":
            return half_up(sum(args[:-1], Fraction(0)) / args[-1] * 100)
        case "difference":
            return args[0] - args[1]
        case "ratio":
            return half_up(args[0] / args[1])
        case "growth":
            return half_up((args[0] - args[1]) / args[1] * 100)
        case "average":
            return half_up(args[0] / Fraction(text.rpartition("÷")[2]))
        case "mean":
            return half_up(sum(args, Fraction(0)) / len(args))
        case "count_zero":
            return Fraction(sum(a == 0 for a in args))
        case "count_nonzero":
            return Fraction(sum(a != 0 for a in args))
    raise AssertionError(f"an operation that no reader knows: {op}")


@pytest.fixture(scope="session")
def faults() -> Callable[[dict[str, Any]], list[str]]:
    """What is wrong with the evidence of an answer's JSON; [] where everything can be checked.

    Every value must stand as a figure; every computed figure must have its operands in the answer,
    and give the same when computed again from them and from its formula as written.
    """

    def check(answer: dict[str, Any]) -> list[str]:
        out = []
        by_id = {f["id"]: f for f in answer["figures"]}
        if len(by_id) != len(answer["figures"]):
            out.append("two figures of one id")
        for figure in answer["figures"]:
            formula = figure["formula"]
            if formula is None:
                if figure["report"] is None or not figure["place"]:
                    out.append(f"{figure['id']} stands nowhere")
                continue
            absent = [a for a in formula["args"] if a not in by_id]
            if absent:
                out.append(f"{figure['id']} has no operand {absent}")
                continue
            args = [Fraction(by_id[a]["value"]) for a in formula["args"]]
            made = recompute(formula["op"], args, formula["text"])
            if made != Fraction(figure["value"]):
                out.append(f"{figure['id']} is {figure['value']}, its operands give {made}")
            written = evaluate(formula["text"])
            if formula["op"] in ("share", "growth"):
                written *= 100
            if formula["op"] not in ("sum", "difference"):
                written = half_up(written)
            if written != Fraction(figure["value"]):
                out.append(f"{figure['id']} is {figure['value']}, its text gives {written}")
        held = {(f["value"], f["unit"]) for f in answer["figures"]}
        out += [f"no figure {v}" for v in answer["values"] if (v["value"], v["unit"]) not in held]
        if answer["abstained"] and answer["values"]:
            out.append("abstained with values")
        return out

    return check
