"""Exact arithmetic over looked-up figures; every result names its operands and its formula."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from index.answer import FigureRef, Formula
from index.lookup import Looked, decimal_text


@dataclass(frozen=True, slots=True)
class Computed:
    """A computed figure: `value` exact, `shown` rounded as it is written, `figure` with its formula."""

    value: Fraction
    shown: str
    unit: str
    figure: FigureRef


def rounded(value: Fraction, places: int = 2) -> str:
    """Half-up to at most `places` decimals, as text; trailing zeros are kept off."""
    return decimal_text(_quantized(value, places))


def percent_text(value: Fraction) -> str:
    """A share in percent with exactly two decimals, half-up: 4.69, 94.50."""
    return format(_quantized(value * 100, 2), "f")


def _quantized(value: Fraction, places: int) -> Decimal:
    step = Decimal(1).scaleb(-places)
    scaled = value * 10**places
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    up = 2 * rest >= scaled.denominator
    number = Decimal(whole + int(up)) * step
    return (-number if value < 0 else number).quantize(step, ROUND_HALF_UP)


def _figure(op: str, args: tuple[str, ...], text: str, shown: str, unit: str) -> FigureRef:
    return FigureRef(f"{op}:{','.join(args)}", shown, unit, formula=Formula(op, args, text))


def share(parts: list[Looked], whole: Looked) -> Computed:
    """parts ÷ whole in percent. Raises ZeroDivisionError where the whole is 0."""
    top = sum((p.value or Fraction(0) for p in parts), Fraction(0))
    value = top / (whole.value or Fraction(0))
    shown = percent_text(value)
    above = "+".join(decimal_text(p.value or Fraction(0)) for p in parts)
    above = f"({above})" if len(parts) > 1 else above
    text = f"{above}÷{decimal_text(whole.value or Fraction(0))}"
    args = (*(p.main for p in parts), whole.main)
    return Computed(value * 100, shown, "%", _figure("share", args, text, shown, "%"))


def total(parts: list[Looked]) -> Computed:
    """The sum of figures of the same unit."""
    value = sum((p.value or Fraction(0) for p in parts), Fraction(0))
    text = "+".join(decimal_text(p.value or Fraction(0)) for p in parts)
    unit = parts[0].unit or ""
    shown = decimal_text(value)
    return Computed(
        value, shown, unit, _figure("sum", tuple(p.main for p in parts), text, shown, unit)
    )


def difference(a: Looked, b: Looked) -> Computed:
    """a − b."""
    value = (a.value or Fraction(0)) - (b.value or Fraction(0))
    text = f"{decimal_text(a.value or Fraction(0))}−{decimal_text(b.value or Fraction(0))}"
    unit = a.unit or ""
    shown = decimal_text(value)
    return Computed(value, shown, unit, _figure("difference", (a.main, b.main), text, shown, unit))


def ratio(a: Looked, b: Looked) -> Computed:
    """a ÷ b in 倍, two decimals. Raises ZeroDivisionError where b is 0."""
    value = (a.value or Fraction(0)) / (b.value or Fraction(0))
    text = f"{decimal_text(a.value or Fraction(0))}÷{decimal_text(b.value or Fraction(0))}"
    shown = rounded(value)
    return Computed(value, shown, "倍", _figure("ratio", (a.main, b.main), text, shown, "倍"))


def average(a: Looked, divisor: int) -> Computed:
    """a ÷ divisor, two decimals at most."""
    value = (a.value or Fraction(0)) / divisor
    text = f"{decimal_text(a.value or Fraction(0))}÷{divisor}"
    unit = a.unit or ""
    shown = rounded(value)
    return Computed(value, shown, unit, _figure("average", (a.main,), text, shown, unit))


def quotient(a: Looked, b: Looked) -> Computed:
    """a ÷ b in the unit of a, two decimals at most. Raises ZeroDivisionError where b is 0."""
    value = (a.value or Fraction(0)) / (b.value or Fraction(0))
    text = f"{decimal_text(a.value or Fraction(0))}÷{decimal_text(b.value or Fraction(0))}"
    unit = a.unit or ""
    shown = rounded(value)
    return Computed(value, shown, unit, _figure("quotient", (a.main, b.main), text, shown, unit))


def growth(now: Looked, before: Looked, *, falls: bool = False) -> Computed:
    """(now − before) ÷ before in percent; with `falls` (before − now) ÷ before.

    Raises ZeroDivisionError where before is 0.
    """
    base = before.value or Fraction(0)
    more, less = (before, now) if falls else (now, before)
    a, b = more.value or Fraction(0), less.value or Fraction(0)
    value = (a - b) / base
    text = f"({decimal_text(a)}−{decimal_text(b)})÷{decimal_text(base)}"
    shown = percent_text(value)
    op = "decline" if falls else "growth"
    return Computed(value * 100, shown, "%", _figure(op, (now.main, before.main), text, shown, "%"))


def mean(parts: list[Looked]) -> Computed:
    """The sum of figures of one unit by their number, two decimals at most."""
    value = sum((p.value or Fraction(0) for p in parts), Fraction(0)) / len(parts)
    terms = "+".join(decimal_text(p.value or Fraction(0)) for p in parts)
    unit = parts[0].unit or ""
    shown = rounded(value)
    args = tuple(p.main for p in parts)
    return Computed(
        value, shown, unit, _figure("mean", args, f"({terms})÷{len(parts)}", shown, unit)
    )


def count(parts: list[Looked], *, zero: bool, unit: str) -> Computed:
    """How many of some figures are 0, or are not."""
    number = sum((p.value == 0) == zero for p in parts)
    op = "count_zero" if zero else "count_nonzero"
    text = "、".join(decimal_text(p.value or Fraction(0)) for p in parts)
    args = tuple(p.main for p in parts)
    return Computed(Fraction(number), str(number), unit, _figure(op, args, text, str(number), unit))
