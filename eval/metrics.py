"""The statistics of a run. These describe cases, not reports, so float is right here."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

_Z95 = 1.959963984540054


def wilson(successes: int, n: int, z: float = _Z95) -> tuple[float, float] | None:
    """Wilson's score interval of a proportion, both ends in [0, 1]; None for no trials.

    It holds for the small sets and the accuracies near 1 that we have, where the usual
    `p ± z·sqrt(p(1-p)/n)` gives an interval of no width. Raises ValueError unless
    0 <= successes <= n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"successes is {successes} of {n}; wanted 0 to {n}")
    if n == 0:
        return None
    share = successes / n
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    middle = share + z * z / (2 * n)
    scale = 1 + z * z / n
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def percentile(values: Sequence[float], q: float) -> float | None:
    """The `q`-th percentile, linear between neighbours; None for no values.

    Raises ValueError unless 0 <= q <= 100.
    """
    if not 0 <= q <= 100:
        raise ValueError(f"q is {q}; wanted 0 to 100")
    if not values:
        return None
    ordered = sorted(values)
    at = (len(ordered) - 1) * q / 100
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def rate(part: int, whole: int) -> float | None:
    """`part` of `whole`; None where there is no whole."""
    return part / whole if whole else None
