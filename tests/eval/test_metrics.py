import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import percentile, rate, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_against_published_values(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n) == pytest.approx((low, high), abs=1e-4)


def test_wilson_of_nothing_and_of_nonsense() -> None:
    assert wilson(0, 0) is None
    for successes, n in ((1, 0), (-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="wanted 0 to"):
            wilson(successes, n)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_stays_in_bounds(trial: tuple[int, int]) -> None:
    successes, n = trial
    interval = wilson(successes, n)
    assert interval is not None
    assert 0 <= interval[0] <= successes / n + 1e-12
    assert successes / n - 1e-12 <= interval[1] <= 1


@pytest.mark.parametrize(
    ("values", "q", "expected"),
    [
        ([], 50, None),
        ([7.0], 95, 7.0),
        ([3.0, 1.0, 2.0], 50, 2.0),
        ([1.0, 2.0], 50, 1.5),
        ([1.0, 2.0, 3.0, 4.0, 5.0], 95, 4.8),
        ([1.0, 2.0], 0, 1.0),
        ([1.0, 2.0], 100, 2.0),
    ],
)
def test_percentile(values: list[float], q: float, expected: float | None) -> None:
    found = percentile(values, q)
    assert found is None if expected is None else found == pytest.approx(expected)


def test_percentile_out_of_range() -> None:
    for q in (-1, 101):
        with pytest.raises(ValueError, match="wanted 0 to 100"):
            percentile([], q)


def test_rate() -> None:
    assert rate(1, 4) == 0.25
    assert rate(0, 0) is None
