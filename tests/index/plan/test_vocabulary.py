"""Words that no report adds."""

from __future__ import annotations

from index.plan.vocabulary import Sense, vocabulary
from index.plan.words import load_words
from ingest.words import load_concepts

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
