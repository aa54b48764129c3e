"""Concepts: the shipped words cover the form, and a wrong data file is named."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ingest.errors import FormError
from ingest.forms import Form, load_forms
from ingest.words import Concepts, load_concepts, parse_concepts

SMALL: dict[str, Any] = {
    "subject": [
        {
            "key": "t3.granted",
            "name": "予以公开",
            "words": ["公开了"],
            "en": ["granted"],
            "default": "total",
            "whole": "t3.handled",
        },
        {"key": "t3.handled", "name": "办结", "words": ["办结"], "default": "total"},
        {"key": "t4.direct", "name": "直接起诉", "words": [], "default": "total"},
    ],
    "group": [
        {
            "key": "t3.both",
            "name": "两者相加",
            "words": ["两者相加", "都算"],
            "parts": ["t3.granted", "t3.handled"],
            "default": "total",
            "whole": "t3.handled",
        }
    ],
    "member": [
        {"table": "t3", "key": "total", "name": "总计", "words": []},
        {"table": "t3", "key": "natural", "name": "自然人", "words": ["个人"], "en": ["persons"]},
        {"table": "t4", "key": "total", "name": "总计", "words": []},
        {"table": "t4", "key": "upheld", "name": "结果维持", "words": []},
    ],
    "member_group": [
        {"table": "t3", "key": "all", "name": "都", "words": [], "parts": ["natural", "total"]}
    ],
}


@pytest.fixture(scope="module")
def small() -> Concepts:
    return parse_concepts(SMALL)


@pytest.mark.parametrize(
    ("subject", "member", "keys"),
    [
        ("t3.granted", "natural", ("t3.granted.natural",)),
        ("t3.both", "total", ("t3.granted.total", "t3.handled.total")),
        ("t3.granted", "all", ("t3.granted.natural", "t3.granted.total")),
    ],
)
def test_leaves(subject: str, member: str, keys: tuple[str, ...], small: Concepts) -> None:
    assert small.leaves(subject, member) == keys


@pytest.mark.parametrize(
    ("subject", "member", "name", "english"),
    [
        ("t3.granted", "total", "予以公开", "granted"),
        ("t3.granted", "natural", "予以公开（自然人）", "granted (persons)"),
        ("t4.direct", "upheld", "直接起诉结果维持", "直接起诉 (结果维持)"),
        ("t4.direct", "total", "直接起诉总计", "直接起诉"),
    ],
)
def test_name(subject: str, member: str, name: str, english: str, small: Concepts) -> None:
    assert small.name(subject, member) == name
    assert small.name(subject, member, english=True) == english


def test_shares_are_of_another_subject_and_of_words_long_enough(small: Concepts) -> None:
    chinese = [share for share in small.shares if not share[0].isascii()]
    assert chinese == [("两者相加", ("t3.granted.total", "t3.handled.total"), "t3.handled.total")]


def _changed(kind: str, **more: object) -> dict[str, Any]:
    data = copy.deepcopy(SMALL)
    data[kind][0] |= more
    return data


def _without(kind: str, key: str) -> dict[str, Any]:
    data = copy.deepcopy(SMALL)
    del data[kind][0][key]
    return data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "'subject' is missing"),
        ({"subject": []}, "'member' is missing"),
        (_without("subject", "key"), "'key' is missing"),
        (_without("subject", "words"), "'words' is missing"),
        (_without("member", "table"), "'table' is missing"),
        (_changed("group", parts=["t3.nothing"]), "'t3.nothing' names no subject"),
        (_changed("group", parts=["t3.nothing.*"]), "names no subject"),
        (_changed("subject", default="nobody"), "'nobody' is no member of t3"),
        (_changed("subject", key="t3.unheard_of"), "t3.granted"),
    ],
)
def test_a_wrong_data_file_is_named_with_what_is_wrong(data: dict[str, Any], words: str) -> None:
    with pytest.raises(FormError, match=r"concepts\.toml") as caught:
        parse_concepts(data)
    assert words in str(caught.value)


@pytest.mark.parametrize("form", load_forms(), ids=lambda form: form.name)
def test_every_cell_of_a_form_has_a_subject_and_a_member(form: Form) -> None:
    concepts = load_concepts()
    reachable = {
        key
        for s in concepts.subjects
        if not s.parts
        for m in concepts.members
        if m.table == s.table and not m.parts
        for key in concepts.leaves(s.key, m.key)
    }
    reachable |= set(concepts.stand_ins.values())
    assert set(form.cells) <= reachable


def test_shipped_keys_are_unique_and_refer_to_each_other() -> None:
    concepts = load_concepts()
    assert len(concepts.subject_by_key) == len(concepts.subjects)
    assert len(concepts.member_by_key) == len(concepts.members)
    for subject in concepts.subjects:
        assert subject.words and all(subject.words) and subject.name and subject.english
        assert subject.whole is None or subject.whole in concepts.subject_by_key
        assert set(subject.parts) <= set(concepts.subject_by_key)
    for member in concepts.members:
        assert all((member.table, part) in concepts.member_by_key for part in member.parts)


@pytest.mark.parametrize(
    ("subject", "parts"),
    [
        ("t3.refused", 8),
        ("t3.unavailable", 3),
        ("t3.unprocessed", 5),
        ("t3.otherwise", 3),
        ("t4.litigation", 2),
    ],
)
def test_shipped_groups_have_all_their_parts(subject: str, parts: int) -> None:
    assert len(load_concepts().subject_by_key[subject].parts) == parts


@pytest.mark.parametrize(
    ("subject", "member", "cells"),
    [
        # three rows in the form of 2021, one in that of 2019
        ("t3.otherwise", "total",
         (tuple(f"t3.otherwise.{r}.total" for r in ("not_corrected", "not_paid", "other")),
          ("t3.otherwise.total",))),
        ("t3.otherwise", "org", None),
        ("t3.received", "total", (("t3.received.total",), ("sheet.applications.count",))),
        ("t3.received", "natural", (("t3.received.natural",),)),
        ("t2.rules", "made", (("t2.rules.made",),)),
        ("t4.litigation", "total",
         (("t4.direct.total", "t4.after.total"), ("sheet.litigation.count",))),
    ],
)  # fmt: skip
def test_the_cells_that_have_a_figure_on_other_forms(
    subject: str, member: str, cells: tuple[tuple[str, ...], ...] | None
) -> None:
    found = load_concepts().alternatives(subject, member)
    if cells is None:  # 法人或其他组织: five columns of one row
        assert [len(keys) for keys in found] == [15, 5]
    else:
        assert found == cells


@pytest.mark.parametrize(
    ("of", "by", "says"),
    [
        ("t3.nobody.total", "t3.granted.total", "names no subject"),
        ("t3.granted.total", "t9.unheard_of", "no form has the cell 't9.unheard_of'"),
    ],
)
def test_a_stand_in_must_be_a_cell(of: str, by: str, says: str) -> None:
    with pytest.raises(FormError, match=says):
        parse_concepts(SMALL | {"stand_in": [{"of": of, "by": by}]})


@pytest.mark.parametrize(
    ("forms", "known", "unknown"),
    [
        (set(), {"t2.rules", "made", "t3.otherwise", "org"}, {"t2.procurement", "newly_made", "count"}),
        ({"national-2019"}, {"t2.procurement", "newly_made", "made"}, {"sheet.staff", "cumulative"}),
        ({"national-2014"}, {"sheet.staff", "count"}, {"newly_made", "cumulative", "sheet.visits"}),
        ({"national-2008"}, {"sheet.visits", "cumulative"}, {"sheet.offices"}),
    ],
)  # fmt: skip
def test_words_of_a_form_are_known_where_a_report_is_on_it(
    forms: set[str], known: set[str], unknown: set[str]
) -> None:
    spoken = {entry.key for entry in load_concepts().spoken(frozenset(forms))}
    assert known <= spoken
    assert not unknown & spoken


@pytest.mark.parametrize(
    ("subject", "member", "exists"),
    [
        ("t2.rules", "made", True),
        ("t2.rules", "newly_disclosed", True),
        ("t2.licensing", "repealed", False),
        ("t2.procurement", "amount", True),
        ("t2.procurement", "decisions", False),
        ("t3.otherwise", "total", True),
        ("sheet.offices", "cumulative", False),
    ],
)
def test_which_cells_exist(subject: str, member: str, exists: bool) -> None:
    assert load_concepts().exists(subject, member) is exists
