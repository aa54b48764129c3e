"""The order of texts by words and by meaning, counted by hand."""

import numpy as np
import pytest

from index.retrieve.ranking import combine, cosines, lexical_scores, spread
from index.store.lexical import words_of

TEXTS = ["回收问卷127份。", "举办培训3期。", "编印公报12期。", "无。"]


def best(question: str) -> int:
    words = [frozenset(words_of(t)) for t in TEXTS]
    return int(np.argmax(combine(*lexical_scores(question, TEXTS, words), None)))


@pytest.mark.parametrize(
    ("question", "at"),
    [
        ("收回问卷几份", 0),
        ("how many questionnaires", 0),
        ("How many training sessions were held?", 1),
        ("公报编印了多少期", 2),
        ("培训", 1),
    ],
)
def test_the_text_that_holds_most(question: str, at: int) -> None:
    assert best(question.lower()) == at


def test_nothing_held_scores_alike() -> None:
    words = [frozenset(words_of(t)) for t in TEXTS]
    for question in ("", "？", "天气"):
        scores = combine(*lexical_scores(question, TEXTS, words), None)
        assert scores.tolist() == [0.0] * 4


def test_spread_is_in_standard_deviations() -> None:
    assert spread(np.array([1.0, 1.0, 4.0])).tolist() == pytest.approx(
        [-(0.5**0.5), -(0.5**0.5), 2**0.5]
    )
    assert spread(np.array([2.0])).tolist() == [0.0]


def test_meaning_counts_as_much_as_both_lexical_scores() -> None:
    lexical, meaning = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    assert combine(lexical, lexical, meaning).tolist() == [0.0, 0.0]
    assert combine(lexical, lexical, None).tolist() == [1.0, -1.0]


def test_cosines_need_every_vector() -> None:
    one, two = np.array([1, 0], dtype=np.float32), np.array([0, 1], dtype=np.float32)
    assert cosines(one, [one, two]) is not None
    assert cosines(one, [one, None]) is None
    assert cosines(one, []) is None
