"""A question cut into known words; what nothing explains is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import ReportSummary
from index.plan.catalogue import make_catalogue
from index.plan.lexicon import Lexicon, Sense, Token, make_lexicon
from index.plan.plan import Operation, Understanding
from index.plan.understand import Planner
from index.plan.words import load_words
from ingest.words import load_concepts

#: what people say of each cell, by language; `no_figure` is what must not name one
SAYINGS = tomllib.loads(
    (Path(__file__).parents[2] / "ingest/words/sayings.toml").read_text(encoding="utf-8")
)

UGLY = [
    "2023年上海不予公開佔多少？",
    "How many applications did Shanghai receive in 2023?",
    "２０２３年　上 海 收到 多少 申请",
    "二〇二三年示例市新授申请",
    "'; DROP TABLE reports; --",
    "(?:.*)+$ [a-z]{1,99}",
    "\\d+ \\1 (((",
    "😀2023年😀上海😀新收😀",
    "\x00上海\x00新收\x00",
    "…——！！！？？？",
    "<script>alert(1)</script>",
    "%s %d {issuer} {{}}",
    "新收" * 200,
    "的" * 500,
    "a" * 500,
    "1" * 400,
    "規(guī)章制发",
    "①②③",
    "１，３４３件",
]


@pytest.mark.parametrize("question", UGLY, ids=range(len(UGLY)))
def test_tokens_make_up_the_question(lexicon: Lexicon, question: str) -> None:
    text = lexicon.prepare(question)
    tokens = lexicon.cut(question)
    assert "".join(t.text for t in tokens) == text
    assert [t.start for t in tokens] == [0, *(t.end for t in tokens[:-1])]
    assert tokens[-1].end == len(text)


@pytest.mark.parametrize("question", ["", " ", "\x00", "\u200b"])
def test_nothing_has_no_tokens(lexicon: Lexicon, question: str) -> None:
    assert lexicon.cut(question) == ()


def _meant(lexicon: Lexicon, question: str, *roles: str) -> list[str]:
    return [k for t in lexicon.cut(question) for r in roles for k in t.keys(r)]


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("上海2023年不予公开多少件", ["t3.refused"]),
        ("不予公開", ["t3.refused"]),
        ("予以公开", ["t3.granted"]),
        ("属于国家秘密", ["t3.refused.state_secret"]),
        ("涉密", ["t3.refused.state_secret"]),
        ("保护第三方合法权益", ["t3.refused.third_party"]),
        ("“三安全一稳定”", ["t3.refused.security"]),
        ("行政规范性文件", ["t2.normative"]),
        ("紅頭文件", ["t2.normative"]),
        ("行政复议", ["t4.reconsideration"]),
        ("administrative reconsideration", ["t4.reconsideration"]),
        ("law enforcement files", ["t3.refused.enforcement_files"]),
        ("复议后起诉", ["t4.after"]),
        ("没经过复议直接起诉", ["t4.direct"]),
        ("先复议完了又告上法院", ["t4.after"]),
        ("逾期没补正", ["t3.otherwise.not_corrected"]),
        ("结转到2024年继续办理", ["t3.carried_out"]),
        ("从2022年结转过来", ["t3.carried_in"]),
        # slips of the hand
        ("不於公开", ["t3.refused"]),
        ("行政付议", ["t4.reconsideration"]),
        ("规范性件", ["t2.normative"]),
        ("行政可许", ["t2.licensing"]),
        ("行政处处罚", ["t2.penalty"]),
        # another word
        ("女性", []),
    ],
)
def test_subjects_of_a_question(lexicon: Lexicon, question: str, subjects: list[str]) -> None:
    assert _meant(lexicon, question, "subject") == subjects


@pytest.mark.parametrize(
    ("question", "members"),
    [
        ("自然人", ["natural"]),
        ("商业企业", ["enterprise"]),
        ("companies", ["enterprise"]),
        ("科研機構", ["research"]),
        ("法人或其他组织", ["org"]),
        ("法人或其他组织中的“其他”", ["other_org"]),
        ("律师事务所", ["legal_service"]),
        ("结果纠正", ["corrected"]),
        ("尚未审结", ["pending"]),
        ("现行有效", ["in_force"]),
        ("自燃人", ["natural"]),
    ],
)
def test_members_of_a_question(lexicon: Lexicon, question: str, members: list[str]) -> None:
    assert _meant(lexicon, question, "member") == members


@pytest.mark.parametrize(
    ("question", "issuers"),
    [
        ("上海", ["上海市"]),
        ("沪", ["上海市"]),
        ("滬", ["上海市"]),
        ("Shanghai", ["上海市"]),
        ("Shanghai's", ["上海市"]),
        ("SHANG HAI", ["上海市"]),
        ("示例市", ["示例市"]),
        ("示例", ["示例市"]),
        ("示例区", ["示例市示例区"]),
        ("示例市示例區", ["示例市示例区"]),
        ("示例市人民政府", ["示例市"]),
        ("北京", []),
        ("京", []),  # no report of Beijing: the letter means nothing
        ("shanghainese", []),
    ],
)
def test_issuers_of_a_question(lexicon: Lexicon, question: str, issuers: list[str]) -> None:
    assert _meant(lexicon, question, "issuer") == issuers


@pytest.mark.parametrize(
    "word", ["receivedness", "unreceived", "xreceived", "businesslike", "rulesets", "abandon"]
)
def test_latin_words_are_not_cut_out_of_longer_ones(lexicon: Lexicon, word: str) -> None:
    assert lexicon.cut(word) == (Token(0, len(word), word, ()),)


@pytest.mark.parametrize("text", ["女性", "碳排放", "qwerty", "😀😀"])
def test_unexplained_letters_stand_together(lexicon: Lexicon, text: str) -> None:
    tokens = lexicon.cut(f"上海{text}")
    assert [t.text for t in tokens if not t.senses] == [text]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("复议纠错率", "复议纠正的比例"),
        ("維持率", "维持的比例"),
        ("不予公开率", "不予公开的比例"),
        ("多大比例", "占比例"),
        ("Correction Rate", "proportion corrected"),
        ("率", "率"),
    ],
)
def test_abbreviations_are_spelled_out(lexicon: Lexicon, short: str, long: str) -> None:
    assert lexicon.prepare(short) == long


def test_numbers_and_years_and_breaks(lexicon: Lexicon) -> None:
    tokens = lexicon.cut("2023年新收1,343件？")
    roles = [(t.text, t.senses[0].role) for t in tokens]
    assert ("2023年", "year") in roles
    assert ("1,343", "number") in roles
    assert roles[-1] == ("?", "break")


def test_a_slip_tells_what_it_was_read_as(lexicon: Lexicon) -> None:
    (token,) = (t for t in lexicon.cut("行政付议") if t.has("subject"))
    assert (token.text, token.slip_of) == ("行政付议", "行政复议")


@pytest.mark.parametrize(
    ("token", "role", "keys", "has"),
    [
        (Token(0, 1, "x", ()), "subject", (), False),
        (Token(0, 1, "x", (Sense("subject", "a"), Sense("filler", "x"))), "subject", ("a",), True),
        (
            Token(0, 1, "x", (Sense("subject", "a"), Sense("subject", "b"))),
            "subject",
            ("a", "b"),
            True,
        ),
        (Token(0, 1, "x", (Sense("filler", "x"),)), "subject", (), False),
    ],
)
def test_senses_of_a_token(token: Token, role: str, keys: tuple[str, ...], has: bool) -> None:
    assert token.keys(role) == keys
    assert token.has(role) is has
    assert token.explained is bool(token.senses)


def test_the_same_cutting_every_time(lexicon: Lexicon) -> None:
    question = "示例市2023年不予公开和不予处理合计占办理总数多少，自然人呢"
    assert lexicon.cut(question) == lexicon.cut(question)


def _cell(meant: Understanding) -> str:
    """The one cell that a question looks up, else why it does not."""
    plan = meant.plan
    if plan is None:
        return f"{meant.reason} {meant.unknown}"
    if plan.operation is not Operation.LOOKUP or len(plan.operands) != 1:
        return f"{plan.operation} {plan.operands}"
    return plan.operands[0].concept


def _asked(key: str, saying: str, year: int = 2023) -> str:
    units = {"amount": "多少钱", "projects": "多少项"}
    member = key.rpartition(".")[2]
    unit = units.get(member, "多少项" if member.startswith("items") else "多少件")
    return f"示例市{year}年{saying}{unit}"


@pytest.mark.parametrize("key", SAYINGS["chinese"])
def test_sayings_of_a_cell(key: str, understood: Callable[[str], Understanding]) -> None:
    found = {s: _cell(understood(_asked(key, s))) for s in SAYINGS["chinese"][key]}
    assert {s: cell for s, cell in found.items() if cell != key} == {}


@pytest.mark.parametrize("key", SAYINGS["english"])
def test_english_sayings_of_a_cell(key: str, understood: Callable[[str], Understanding]) -> None:
    found = {s: _cell(understood(f"In 2023, {s} in Shanghai?")) for s in SAYINGS["english"][key]}
    assert {s: cell for s, cell in found.items() if cell != key} == {}


@pytest.mark.parametrize("key", SAYINGS["form2019"])
def test_sayings_of_a_cell_of_the_form_of_2019(
    key: str, summary: Callable[..., ReportSummary]
) -> None:
    report = replace(summary("示例市", 2019), form="national-2019")
    lexicon = make_lexicon(load_concepts(), load_words(), make_catalogue([report]))
    planner = Planner(lexicon, load_concepts())
    found = {
        s: _cell(planner.understand(planner.asks(_asked(key, s, 2019))[-1]))
        for s in SAYINGS["form2019"][key]
    }
    assert {s: cell for s, cell in found.items() if cell != key} == {}


def test_what_the_form_does_not_count_is_no_figure(
    understood: Callable[[str], Understanding],
) -> None:
    asked = [f"示例市2023年{s}多少件" for s in SAYINGS["no_figure"]["chinese"]]
    asked += [f"In 2023, {s} in Shanghai?" for s in SAYINGS["no_figure"]["english"]]
    assert [q for q in asked if understood(q).plan is not None] == []
