"""Raised text: the mark of a footnote behind 18 must not make 181."""

from __future__ import annotations

_RAISED = str.maketrans(
    {
        **dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True)),
        **dict(zip("０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)),
        **dict.fromkeys("（[［〔【", "⁽"),
        **dict.fromkeys("）]］〕】", "⁾"),
    }
)


def raised(text: str) -> str:
    """`text` as raised letters where such letters exist; digits always do."""
    return text.translate(_RAISED)


_LOWERED = str.maketrans("0123456789+-=()０１２３４５６７８９", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₀₁₂₃₄₅₆₇₈₉")


def lowered(text: str) -> str:
    """`text` as lowered letters where such letters exist; digits always do."""
    return text.translate(_LOWERED)
