import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.retrieve.fusion import fuse

rankings = st.lists(st.lists(st.integers(0, 30), unique=True, max_size=20), max_size=4)


@pytest.mark.parametrize(
    ("given_", "order"),
    [
        ([], []),
        ([[], []], []),
        ([["a", "b"], []], ["a", "b"]),
        ([["a", "b"], ["b"]], ["b", "a"]),
        ([["a", "b"], ["b", "a"]], ["a", "b"]),  # a tie keeps the first ranking's order
        ([["a"], ["b"]], ["a", "b"]),
        ([["a", "b", "c"], ["c", "d"]], ["c", "a", "b", "d"]),
    ],
)
def test_order(given_: list[list[str]], order: list[str]) -> None:
    assert [item for item, _ in fuse(given_)] == order


def test_scores_are_reciprocal_ranks() -> None:
    assert fuse([["a"], ["b", "a"]]) == [("a", 1 / 61 + 1 / 62), ("b", 1 / 61)]


@given(rankings)
def test_every_item_once_best_first(given_: list[list[int]]) -> None:
    found = fuse(given_)
    assert {i for i, _ in found} == {i for r in given_ for i in r}
    assert len(found) == len({i for i, _ in found})
    scores = [s for _, s in found]
    assert scores == sorted(scores, reverse=True)
    assert found == fuse(iter(r) for r in given_)
