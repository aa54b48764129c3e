"""Exact arithmetic: no float, half-up away from zero, every result with its operands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import compute
from index.compute import Computed, percent_text, rounded
from index.lookup import Looked, decimal_text
from index.plan.plan import Operand


def _looked(value: str | int | Fraction, main: str = "a", unit: str = "件") -> Looked:
    return Looked(Operand("t3.received", "total"), Fraction(value), unit, main, ())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0.00"),
        (Fraction(1), "100.00"),
        (Fraction(1615, 34430), "4.69"),
        (Fraction(121, 1330), "9.10"),  # 9.0977: the report prints 9.09
        (Fraction(94, 1343), "7.00"),
        (Fraction(189, 200), "94.50"),
        (Fraction(1, 3), "33.33"),
        (Fraction(2, 3), "66.67"),
        # exactly in the middle: up
        (Fraction(4685, 100000), "4.69"),  # 4.685
        (Fraction(4675, 100000), "4.68"),  # 4.675: binary floating point gives 4.67
        (Fraction(1005, 100000), "1.01"),  # 1.005: binary floating point gives 1.00
        (Fraction(5, 100000), "0.01"),
        (Fraction(99995, 100000), "100.00"),
        # right below and above the middle
        (Fraction(4685, 100000) - Fraction(1, 10**20), "4.68"),
        (Fraction(4685, 100000) + Fraction(1, 10**20), "4.69"),
        (Fraction(49999, 10**9), "0.00"),
        # below zero: away from zero too
        (Fraction(-1, 4), "-25.00"),
        (Fraction(-1005, 100000), "-1.01"),
        (Fraction(-4685, 100000), "-4.69"),
        (Fraction(-5, 100000), "-0.01"),
        (Fraction(-4, 100000), "0.00"),  # no minus before nothing
        (Fraction(1651, 77), "2144.16"),
    ],
)
def test_percent_text(value: Fraction, text: str) -> None:
    assert percent_text(value) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(0), 2, "0"),
        (Fraction(13), 2, "13"),
        (Fraction(1343, 12), 2, "111.92"),
        (Fraction(1343, 4), 2, "335.75"),
        (Fraction(1343, 365), 2, "3.68"),
        (Fraction(5, 2), 2, "2.5"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(3, 2), 0, "2"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(49, 100), 0, "0"),
        (Fraction(2675, 1000), 2, "2.68"),
        (Fraction(100), 0, "100"),
        (Fraction(1000), 2, "1000"),
        (Fraction(1, 3), 6, "0.333333"),
        (Fraction(-1, 1000), 2, "0"),
    ],
)
def test_rounded(value: Fraction, places: int, text: str) -> None:
    assert rounded(value, places) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(34290), "34290"),
        (Fraction(5715, 2), "2857.5"),
        (Fraction(1, 1024), "0.0009765625"),
        (Fraction(-7, 4), "-1.75"),
        (Fraction(100), "100"),
        (Fraction(10**15), "1000000000000000"),
        (Decimal("2857.50"), "2857.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.00"), "0"),
        (Decimal("100"), "100"),
        (Fraction(10**30 + 1), str(10**30 + 1)),
    ],
)
def test_decimal_text(value: Fraction | Decimal, text: str) -> None:
    assert decimal_text(value) == text


@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(-2, 7), Fraction(1, 11)])
def test_an_endless_decimal_is_refused(value: Fraction) -> None:
    with pytest.raises(ValueError, match="no finite decimal"):
        decimal_text(value)


@pytest.mark.parametrize(
    ("made", "value", "shown", "unit", "text", "args"),
    [
        (
            compute.share([_looked(1615, "p")], _looked(34430, "w")),
            Fraction(161500, 34430), "4.69", "%", "1615÷34430", ("p", "w"),
        ),
        (
            compute.share([_looked(121, "p"), _looked(113, "q")], _looked(1330, "w")),
            Fraction(23400, 1330), "17.59", "%", "(121+113)÷1330", ("p", "q", "w"),
        ),
        (
            compute.share([_looked(0, "p")], _looked(7, "w")),
            Fraction(0), "0.00", "%", "0÷7", ("p", "w"),
        ),
        (
            compute.share([_looked("612", "p", "万元")], _looked("2857.5", "w", "万元")),
            Fraction(61200) / Fraction("2857.5"), "21.42", "%", "612÷2857.5", ("p", "w"),
        ),
        (
            compute.total([_looked(24, "a"), _looked(14, "b")]),
            Fraction(38), "38", "件", "24+14", ("a", "b"),
        ),
        (
            compute.total([_looked("2857.5", "a", "万元"), _looked("0.5", "b", "万元")]),
            Fraction(2858), "2858", "万元", "2857.5+0.5", ("a", "b"),
        ),
        (
            compute.difference(_looked(542, "a"), _looked(121, "b")),
            Fraction(421), "421", "件", "542−121", ("a", "b"),
        ),
        (
            compute.difference(_looked(121, "a"), _looked(542, "b")),
            Fraction(-421), "-421", "件", "121−542", ("a", "b"),
        ),
        (
            compute.ratio(_looked(19018350, "a"), _looked(111501, "b")),
            Fraction(19018350, 111501), "170.57", "倍", "19018350÷111501", ("a", "b"),
        ),
        (
            compute.ratio(_looked(1209, "a"), _looked(93, "b")),
            Fraction(13), "13", "倍", "1209÷93", ("a", "b"),
        ),
        (
            compute.average(_looked(1343, "a"), 12),
            Fraction(1343, 12), "111.92", "件", "1343÷12", ("a",),
        ),
        (
            compute.growth(_looked(1343, "now"), _looked(1116, "before")),
            Fraction(22700, 1116), "20.34", "%", "(1343−1116)÷1116", ("now", "before"),
        ),
        (
            compute.growth(_looked(3, "now"), _looked(4, "before")),
            Fraction(-25), "-25.00", "%", "(3−4)÷4", ("now", "before"),
        ),
        (
            compute.growth(_looked(3, "now"), _looked(4, "before"), falls=True),
            Fraction(25), "25.00", "%", "(4−3)÷4", ("now", "before"),
        ),
        (
            compute.quotient(_looked(1234, "amount"), _looked(7, "projects")),
            Fraction(1234, 7), "176.29", "件", "1234÷7", ("amount", "projects"),
        ),
        (
            compute.growth(_looked(0, "now"), _looked(4, "before")),
            Fraction(-100), "-100.00", "%", "(0−4)÷4", ("now", "before"),
        ),
    ],
)  # fmt: skip
def test_operations(
    made: Computed, value: Fraction, shown: str, unit: str, text: str, args: tuple[str, ...]
) -> None:
    assert (made.value, made.shown, made.unit) == (value, shown, unit)
    assert isinstance(made.value, Fraction)
    assert made.figure.formula is not None
    assert (made.figure.formula.text, made.figure.formula.args) == (text, args)
    assert (made.figure.value, made.figure.unit) == (shown, unit)


@pytest.mark.parametrize(
    "divide",
    [
        lambda: compute.share([_looked(1)], _looked(0)),
        lambda: compute.share([_looked(0)], _looked(0)),
        lambda: compute.ratio(_looked(1), _looked(0)),
        lambda: compute.growth(_looked(1), _looked(0)),
        lambda: compute.growth(_looked(1), _looked(0), falls=True),
        lambda: compute.quotient(_looked(1), _looked(0)),
        lambda: compute.average(_looked(1), 0),
    ],
)
def test_a_zero_whole_is_an_error_of_the_caller(divide: Callable[[], Computed]) -> None:
    with pytest.raises(ZeroDivisionError):
        divide()


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9))
def test_a_rounded_percentage_is_the_nearest(part: int, whole: int) -> None:
    exact = Fraction(part, whole) * 100
    shown = Fraction(percent_text(Fraction(part, whole)))
    assert abs(exact - shown) <= Fraction(1, 200)
    if abs(exact - shown) == Fraction(1, 200):
        assert abs(shown) > abs(exact)


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False))
def test_decimal_text_keeps_the_value(value: Decimal) -> None:
    text = decimal_text(Fraction(value))
    assert Fraction(text) == Fraction(value)
    assert "e" not in text.lower()


def test_figures_of_one_computation_have_one_id() -> None:
    ids = {
        compute.share([_looked(1, "a")], _looked(2, "b")).figure.id,
        compute.share([_looked(1, "b")], _looked(2, "a")).figure.id,
        compute.total([_looked(1, "a"), _looked(2, "b")]).figure.id,
        compute.difference(_looked(1, "a"), _looked(2, "b")).figure.id,
        compute.ratio(_looked(1, "a"), _looked(2, "b")).figure.id,
        compute.growth(_looked(1, "a"), _looked(2, "b")).figure.id,
    }
    assert len(ids) == 6
