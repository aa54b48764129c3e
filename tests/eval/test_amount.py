from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.amount import (
    Bound,
    Tolerance,
    fold_unit,
    has_number,
    read_amount,
    read_bound,
    read_tolerance,
)


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("34290", "34290", None, None),
        ("0", "0", None, None),
        ("１，２３４ 件", "1234", "件", None),
        ("1,307,259万元", "13072590000", "元", None),
        ("74.75%", "74.75", "%", None),
        ("７４．７５％", "74.75", "%", None),
        ("百分之七十", "70", "%", None),
        ("5个百分点", "5", "百分点", None),
        ("5百分点", "5", "百分点", None),
        ("-5件", "-5", "件", None),
        ("18万余", "180000", None, Bound.ABOVE),
        ("18 萬餘 條", "180000", "条", Bound.ABOVE),
        ("超过2800万", "28000000", None, Bound.ABOVE),
        ("十余场", "10", "场", Bound.ABOVE),
        ("百余次", "100", "次", Bound.ABOVE),
        ("30余万", "300000", None, Bound.ABOVE),
        ("三十余万", "300000", None, Bound.ABOVE),
        ("2千余", "2000", None, Bound.ABOVE),
        ("近100万人次", "1000000", "人次", Bound.BELOW),
        ("300人左右", "300", "人", Bound.ABOUT),
        ("约2858", "2858", None, Bound.ABOUT),
        ("九成多", "90", "%", Bound.ABOVE),
        ("三点五成", "35.0", "%", None),
        ("两次", "2", "次", None),
        ("六十五人", "65", "人", None),
        ("二〇二三", "2023", None, None),
        ("达到12期", "12", "期", None),
    ],
)
def test_reads_what_people_write(
    text: str, value: str, unit: str | None, bound: Bound | None
) -> None:
    read = read_amount(text)
    assert (read.value, read.unit, read.bound) == (Decimal(value), unit, bound)


@pytest.mark.parametrize("text", ["", "/", "—", "1:3", "12,34", "第三", "4件和5件", "全部", "亿亿"])
def test_no_single_number_is_no_value(text: str) -> None:
    assert read_amount(text, "件").value is None


def test_own_unit_and_qualifier_beat_the_given_ones() -> None:
    assert read_amount("6.7%", "个").unit == "%"
    assert read_amount("18万余", "条", "近").bound is Bound.ABOVE
    assert read_amount("9", "成").value == 90


def test_given_unit_and_qualifier_fill_in() -> None:
    read = read_amount("180000", " 條 ", "餘")
    assert (read.unit, read.bound, read.text) == ("条", Bound.ABOVE, "180000 条")


def test_base_unit_moves_scales_into_the_value() -> None:
    assert read_amount("3", "万元").in_base_unit() == (Decimal(30000), "元")
    assert read_amount("0.3", "亿元").in_base_unit() == (Decimal("30000000.0"), "元")
    assert read_amount("3").in_base_unit() == (Decimal(3), None)
    assert read_amount("1:3", "万元").in_base_unit() == (None, "万元")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("±0.05个百分点", Tolerance(Decimal("0.05"), "百分点")),
        ("± 0.05 個百分點", Tolerance(Decimal("0.05"), "百分点")),
        ("±0.01", Tolerance(Decimal("0.01"))),
        ("1%", Tolerance(Decimal(1), "%")),
        ("+/-2件", Tolerance(Decimal(2), "件")),
        ("-1", None),
        ("一点", None),
        ("", None),
    ],
)
def test_reads_tolerances(text: str, expected: Tolerance | None) -> None:
    assert read_tolerance(text) == expected


@pytest.mark.parametrize(
    ("tolerance", "amount", "reach"),
    [
        ("±0.05个百分点", "4.69%", "0.05"),
        ("±0.05个百分点", "176件", "0"),
        ("±0.01", "1.68倍", "0.01"),
        ("±1%", "4.69%", "1"),
        ("±1%", "200件", "2"),
        ("±2件", "200件", "2"),
        ("±2件", "200宗", "0"),
        ("±2", "1:3", "0"),
    ],
)
def test_tolerance_reaches_only_what_it_is_for(tolerance: str, amount: str, reach: str) -> None:
    read = read_tolerance(tolerance)
    assert read is not None
    assert read.reach(read_amount(amount)) == Decimal(reach)


def test_small_words() -> None:
    assert fold_unit(None) is None
    assert fold_unit("") is None
    assert fold_unit("％") == "%"
    assert fold_unit("个百分点") == "百分点"
    assert read_bound(None) is None
    assert read_bound("逾") is Bound.ABOVE
    assert has_number("十余") and has_number("1") and not has_number("/")


@given(st.text(alphabet="〇零一二两九十百千万亿点余多近成%,.1２件 \n", max_size=12))
def test_never_fails(text: str) -> None:
    read = read_amount(text, "成", "近")
    assert read.value is None or read.value.is_finite()
