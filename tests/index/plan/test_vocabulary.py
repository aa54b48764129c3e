"""Words that no report adds."""

from __future__ import annotations

import pytest

from index.plan.vocabulary import Sense, vocabulary
from index.plan.words import fold, load_words, sayings
from ingest.words import Subject, load_concepts

NEWEST = frozenset({"national-2021"})


def test_made_once_for_the_same_forms() -> None:
    made = vocabulary(load_concepts(), load_words(), NEWEST)
    assert vocabulary(load_concepts(), load_words(), NEWEST) is made
    older = vocabulary(load_concepts(), load_words(), NEWEST | {"national-2019"})
    assert older is not made and older.entries.keys() > made.entries.keys()


def test_lengths_and_sounds_are_those_of_its_words() -> None:
    made = vocabulary(load_concepts(), load_words(), NEWEST)
    assert all(len(word) in made.lengths[word[0]] for word in made.entries)
    assert {w for words in made.by_sound.values() for w in words} == {
        w for w in made.entries if made.may_slip(w)
    }


def test_an_issuer_stands_between_figures_and_places() -> None:
    made = vocabulary(load_concepts(), load_words(), NEWEST)
    issuer = Sense("issuer", "上海市")
    assert made.senses("上海") == (Sense("place", "上海"),)
    assert made.senses("上海", (issuer,), place=False) == (issuer,)
    assert made.senses("企业", (issuer,))[-1] == issuer
    assert "不" in made.lesser or any(w in made.lesser for w in ("没有", "并非", "未"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("reconsidration", "reconsideration"),  # a letter is missing
        ("enterprisses", "enterprises"),  # one is doubled
        ("enviroment", "environment"),
        ("adminstrative", "administrative"),
        ("admnistrative", "administrative"),
        ("rceived", "received"),
        ("recieved", "received"),  # two have changed places
        ("revealed", None),  # another word, and no slip for repealed
        ("xreceived", None),  # the first letter is rarely wrong
        ("received", None),
        ("penaltys", None),
        ("fee", None),  # too short to tell
        ("", None),
        ("补正", None),
        ("2023", None),
    ],
)
def test_slips_of_spelling(typed: str, meant: str | None) -> None:
    made = vocabulary(load_concepts(), load_words(), NEWEST)
    assert made.spelled(typed) == meant


@pytest.mark.parametrize("word", ["court cases", "court case", "public welfare organization"])
def test_english_names_stand_in_both_numbers(word: str) -> None:
    made = vocabulary(load_concepts(), load_words(), NEWEST)
    assert any(s.role in ("subject", "member") for s in made.entries[word])


def test_sayings_lead_to_one_cell_each() -> None:
    """No saying is listed for two cells, nor is it the form's own word for another one."""
    concepts = load_concepts()
    own: dict[str, set[str]] = {}
    for entry in (*concepts.subjects, *concepts.members):
        key = entry.key if isinstance(entry, Subject) else f"{entry.table}.{entry.key}"
        for word in (entry.name, *entry.words):
            own.setdefault(fold(word), set()).add(key)
    said = sayings()
    assert len({word for _, word in said}) == len(said) > 2000
    assert [w for k, w in said if own.get(w, {k}) != {k}] == []
    known = {s.key for s in concepts.subjects} | {f"{m.table}.{m.key}" for m in concepts.members}
    assert {k for k, _ in said} <= known
    assert [w for _, w in said if fold(w) != w] == []


@pytest.mark.parametrize("said", ["涉密不公开", "were never clarified in time"])
def test_a_saying_is_no_slip_of_another_word(said: str) -> None:
    made = vocabulary(load_concepts(), load_words(), NEWEST)
    assert not made.may_slip(said)
