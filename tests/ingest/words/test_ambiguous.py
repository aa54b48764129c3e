"""A word leads to one concept, or `ambiguous.toml` says why it may lead to more."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from index.plan.words import fold, load_words
from ingest.forms import Form, form_named
from ingest.words import load_concepts
from ingest.words.concepts import Member

CONCEPTS = load_concepts()
DECLARED: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("ambiguous.toml").read_text(encoding="utf-8")
)
#: what is no word of a question but a list for other ends
NO_ROLES = ("reporting", "problem_letters")
_NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d+\.)")
_BRACKET = re.compile(r"\([^()]*\)$")


def _key(entry: Any) -> str:
    """`t3.received` of a subject, `t3.natural` of a member."""
    return f"{entry.table}.{entry.key}" if isinstance(entry, Member) else entry.key


def _aliases() -> dict[str, set[str]]:
    """Each name and word, folded, and the concepts it is a word of."""
    out: dict[str, set[str]] = defaultdict(set)
    for entry in (*CONCEPTS.subjects, *CONCEPTS.members):
        for word in (entry.name, *entry.words):
            out[fold(word)].add(_key(entry))
    return dict(out)


ALIASES = _aliases()


def test_every_declaration_says_why() -> None:
    entries = [entry for listed in DECLARED.values() for entry in listed]
    assert entries and all(len(entry["why"]) > 20 for entry in entries)


def test_a_word_leads_to_one_concept_or_is_declared() -> None:
    declared = {fold(w): set(d["concepts"]) for d in DECLARED["several"] for w in d["words"]}
    found = {w: keys for w, keys in ALIASES.items() if len(keys) > 1}
    assert {w: keys for w, keys in found.items() if keys != declared.get(w)} == {}


def test_a_word_of_a_concept_is_no_other_word_of_a_question_or_is_declared() -> None:
    declared = {(fold(w), d["role"]) for d in DECLARED["role"] for w in d["words"]}
    found = {
        (word, role)
        for role, listed in load_words().roles.items()
        if role not in NO_ROLES
        for word in listed
        if word in ALIASES
    }
    assert found - declared == set()


def test_a_pattern_takes_no_word_of_another_concept_or_is_declared() -> None:
    declared = {(d["concept"], d["pattern"]) for d in DECLARED["pattern"]}
    found = {
        (key, other)
        for word, keys in ALIASES.items()
        for pattern, other in CONCEPTS.patterns
        if pattern.fullmatch(word)
        for key in keys - {other}
    }
    assert found - declared == set()


def test_no_two_patterns_of_different_concepts_take_a_word() -> None:
    for word in ALIASES:
        assert len({key for pattern, key in CONCEPTS.patterns if pattern.fullmatch(word)}) <= 1


def _labels(form: Form) -> dict[str, set[str]]:
    """Each last label of a form, without number and bracket, and the concepts it stands for."""
    out: dict[str, set[str]] = defaultdict(set)
    for table in form.tables:
        for block in table.blocks:
            for row in block.rows:
                for label in row.path[-1:]:
                    out[_bare(label)].add(f"{table.key}.{row.key}")
            for column in block.columns:
                key = column.key.rpartition(".")[2] if table.key == "t4" else column.key
                out[_bare(column.path[-1])].add(f"{table.key}.{key}")
    return dict(out)


def _bare(label: str) -> str:
    return _BRACKET.sub("", _NUMBERING.sub("", fold(label)))


@pytest.mark.parametrize("name", ["national-2021", "national-2019"])
def test_a_label_of_a_form_is_a_word_of_what_it_stands_for(name: str) -> None:
    """And of nothing else: a question in the form's own words must not go astray."""
    declared = {fold(d["text"]): set(d["words_of"]) for d in DECLARED["label"]}
    labels = _labels(form_named(name))
    several = {label: keys for label, keys in labels.items() if len(keys) > 1}
    assert all(label in declared for label in several)
    wrong = {
        label: (keys, ALIASES.get(label, set()))
        for label, keys in labels.items()
        if ALIASES.get(label, set()) not in (keys, declared.get(label))
    }
    assert wrong == {}
