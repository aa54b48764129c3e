"""The words of concepts.toml: each leads to one concept of its table; each pattern says something."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from index.plan.words import fold
from ingest.errors import FormError
from ingest.words import load_concepts
from ingest.words.concepts import parse_concepts

CONCEPTS = load_concepts()

#: (table, word): the concepts that it may mean, on purpose
DECLARED: dict[tuple[str, str], set[str]] = {}

ENTRIES = [
    (entry.table, entry.key, word)
    for entry in (*CONCEPTS.subjects, *CONCEPTS.members)
    for word in (entry.name, *entry.words)
]

#: what patterns are for, in the order of the file
PHRASES = [
    ("t2.fees", "收费一共多少万"),
    ("t4.after", "先复议完了又告上法院"),
    ("t4.after", "复议之后不服再起诉"),
    ("t4.direct", "没经过复议就直接起诉"),
    ("t4.direct", "不申请行政复议"),
    ("t4.direct", "直接向法院起诉"),
    ("t3.carried_in", "去年没办完"),
    ("t3.carried_in", "上一年度结转下来"),
    ("t3.carried_in", "从2022年结转过来"),
    ("t3.carried_out", "结转到2024年继续办理"),
    ("t3.carried_out", "拖到了明年再办"),
    ("t3.unavailable.unclear", "补正以后申请内容还是不清楚"),
    ("t3.otherwise.not_corrected", "过期没补材料"),
    ("t3.otherwise.not_corrected", "要求申请人补正却没有补正"),
    ("t3.otherwise.not_paid", "没按通知缴费"),
    ("t3.otherwise.not_paid", "逾期未缴纳费用"),
    ("t3.unprocessed.excessive", "没有正当理由反复大量申请"),
    ("t3.unprocessed.petition", "信访、举报、投诉类申请"),
    ("t3.unprocessed.reissue", "要求行政机关重新出具已获取的信息"),
    ("t3.unavailable.not_held", "本机关手里没有掌握相关信息"),
    ("t3.unavailable.to_be_made", "没有现成的信息"),
    ("t3.unavailable.to_be_made", "需要另行制作"),
    ("t3.refused", "没有予以公开"),
    ("t3.refused", "不同意公开"),
]

#: (subject, a sentence, what its pattern takes of it): patterns that look at what is beside
SENTENCES = [
    ("t3.carried_in", "requests carried over from 2022 to 2023", "carried over from 2022"),
    ("t3.carried_in", "手上还压着多少上年的结转", "手上还压着"),
    ("t3.carried_out", "how many were carried forward at the end of 2023", "carried forward"),
    ("t4.direct", "没复议直接去法院告的", "没复议直接去法院"),
    ("t4.litigation", "这一年打了几场官司", "打了"),
    ("t3.unprocessed.excessive", "一个劲大量反复申请的", "一个劲"),
    ("t4.direct", "suits with no reconsideration first", "with no reconsideration first"),
    ("t2.fees", "收费是22917万元对吗", "收费是"),
    ("t3.unprocessed.excessive", "没完没了地狂发申请又说不出正当理由的",
     "没完没了地狂发申请又说不出正当理由的"),
    ("t3.due", "新来的和旧的一共多少", "新来的和旧的"),
    ("t3.carried_in", "2020年遗留下来的，2021年办了多少", "2020年遗留下来的"),
    ("t2.services", "许可以外的对外管理服务事项", "许可以外的对外管理服务事项"),
    ("t3.refused.process_information", "还在讨论研究、没定下来的东西",
     "还在讨论研究、没定下来的东西"),
    ("t3.otherwise.other", "其他处理里头最末那一条其他", "其他处理里头最末那一条其他"),
    ("t3.unprocessed.repeated", "来回提同一个申请的有几件", "来回提同一个申请的"),
    ("t3.carried_in", "上年没弄完转过来的", "上年没弄完转过来的"),
    ("t3.due", "新的加上年留下的共多少", "新的加上年留下的"),
    ("t2.fees", "两年收费相差多少", "收费"),
    ("t2.fees", "行政事业性的钱收了多少", "行政事业性的"),
    ("t3.unprocessed.repeated", "不予处理（信访、重复、出版物）", "重复"),
    ("t3.handled", "“（七）总计”自然人多少", "“(七)总计”"),
]  # fmt: skip

#: (subject, what people say of it), which `tests/index/plan/test_lexicon.py` asks as questions
SAYINGS = [
    (key.rpartition(".")[0], saying)
    for language, cells in tomllib.loads(
        Path(__file__).with_name("sayings.toml").read_text(encoding="utf-8")
    ).items()
    if language != "no_figure"
    for key, sayings in cells.items()
    for saying in sayings
]


def test_each_word_leads_to_one_concept_of_its_table() -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for table, key, word in ENTRIES:
        found.setdefault((table, fold(word)), set()).add(key)
    assert {k: v for k, v in found.items() if len(v) > 1} == DECLARED


def test_only_the_total_has_a_name_in_two_tables() -> None:
    tables: dict[str, set[str]] = {}
    for table, _, word in ENTRIES:
        tables.setdefault(fold(word), set()).add(table)
    assert {w for w, t in tables.items() if len(t) > 1} == {"总计", "total"}


def test_no_word_is_empty_or_a_number() -> None:
    bad = [(k, w) for _, k, w in ENTRIES if not fold(w) or re.fullmatch(r"[\d.,]+", fold(w))]
    assert bad == []


def test_no_word_is_listed_twice() -> None:
    for entry in (*CONCEPTS.subjects, *CONCEPTS.members):
        folded = [fold(w) for w in entry.words]
        assert len(set(folded)) == len(folded), entry.key


@pytest.mark.parametrize(("key", "phrase"), PHRASES)
def test_a_pattern_takes_its_phrase_whole(key: str, phrase: str) -> None:
    assert key in {k for p, k in CONCEPTS.patterns if p.fullmatch(fold(phrase))}


@pytest.mark.parametrize(("key", "sentence", "taken"), SENTENCES)
def test_what_a_pattern_takes_of_a_sentence(key: str, sentence: str, taken: str) -> None:
    found = {
        m.group(0) for p, k in CONCEPTS.patterns if k == key for m in p.finditer(fold(sentence))
    }
    assert fold(taken) in found


def test_every_pattern_takes_a_phrase() -> None:
    said_of = [*PHRASES, *SAYINGS, *((key, sentence) for key, sentence, _ in SENTENCES)]
    idle = [
        (key, pattern.pattern)
        for pattern, key in CONCEPTS.patterns
        if not any(key == k and pattern.search(fold(said)) for k, said in said_of)
    ]
    assert idle == []


@pytest.mark.parametrize(
    "text", ["", " ", "。", "2023年", "上海市", "新收", "😀", "\x00", "多少件"]
)
def test_no_pattern_takes_what_names_nothing(text: str) -> None:
    assert [p.pattern for p, _ in CONCEPTS.patterns if p.search(text)] == []


@pytest.mark.parametrize("text", ["没" * 2000, "复议" * 1000, "补正" * 1000, "信访举报投诉" * 300])
def test_no_pattern_runs_away(text: str) -> None:
    began = time.process_time()
    for pattern, _ in CONCEPTS.patterns:
        list(pattern.finditer(text))
    assert time.process_time() - began < 10


def test_patterns_name_subjects() -> None:
    assert {key for _, key in CONCEPTS.patterns} <= set(CONCEPTS.subject_by_key)


def test_every_subject_and_member_has_a_chinese_and_an_english_name() -> None:
    for entry in (*CONCEPTS.subjects, *CONCEPTS.members):
        assert re.search(r"[\u4e00-\u9fff]", entry.name), entry.key
        assert entry.english.isascii(), entry.key


@pytest.mark.parametrize(
    ("subject", "member", "leaves"),
    [
        ("t2.rules", "made", ("t2.rules.made",)),
        ("t3.received", "total", ("t3.received.total",)),
        ("t3.received", "org",
         tuple(f"t3.received.{m}" for m in
               ("enterprise", "research", "public_welfare", "legal_service", "other_org"))),
        ("t3.unavailable", "total",
         ("t3.unavailable.not_held.total", "t3.unavailable.to_be_made.total",
          "t3.unavailable.unclear.total")),
        ("t4.litigation", "corrected", ("t4.direct.corrected", "t4.after.corrected")),
        ("t3.disclosed", "natural", ("t3.granted.natural", "t3.partly_granted.natural")),
    ],
)  # fmt: skip
def test_leaves(subject: str, member: str, leaves: tuple[str, ...]) -> None:
    assert CONCEPTS.leaves(subject, member) == leaves


@pytest.mark.parametrize(
    ("group", "size"), [("t3.refused", 8), ("t3.unprocessed", 5), ("t3.otherwise", 3)]
)
def test_groups_have_all_rows_of_the_form(group: str, size: int) -> None:
    assert len(CONCEPTS.subject_by_key[group].parts) == size


@pytest.mark.parametrize(
    ("subject", "member", "english", "name"),
    [
        ("t3.refused", "total", False, "不予公开"),
        ("t3.refused", "enterprise", False, "不予公开（商业企业）"),
        ("t4.reconsideration", "corrected", False, "行政复议结果纠正"),
        ("t4.reconsideration", "total", False, "行政复议总计"),
        ("t2.rules", "in_force", False, "规章现行有效件数"),
        ("t3.refused", "enterprise", True, "refused (enterprises)"),
    ],
)
def test_readable_names(subject: str, member: str, english: bool, name: str) -> None:
    assert CONCEPTS.name(subject, member, english) == name


SUBJECT = {"key": "t3.received", "name": "新收", "words": ["新收"], "default": "total"}
MEMBER = {"table": "t3", "key": "total", "name": "总计", "words": []}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "subject"),
        ({"subject": [{"key": "t3.received"}], "member": [MEMBER]}, "name"),
        ({"subject": [SUBJECT], "member": [{"table": "t3"}]}, "key"),
        ({"subject": [SUBJECT | {"key": "t3.nonsense"}], "member": [MEMBER]}, "no form has the cell"),
        ({"subject": [SUBJECT], "member": [MEMBER],
          "group": [SUBJECT | {"key": "t3.g", "parts": ["t3.nowhere.*"]}]}, "names no subject"),
        ({"subject": [SUBJECT], "member": [MEMBER],
          "pattern": [{"subject": "t9", "match": "x"}]}, "names no subject"),
        ({"subject": [SUBJECT], "member": [MEMBER],
          "pattern": [{"subject": "t3.received", "match": "((("}]}, re.escape("'((('")),
    ],
)  # fmt: skip
def test_a_wrong_data_file_is_named(data: dict[str, Any], says: str) -> None:
    with pytest.raises(FormError, match=says):
        parse_concepts(data)
