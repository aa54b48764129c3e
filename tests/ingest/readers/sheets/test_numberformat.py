"""What a cell shows: number and format → text, as the programs show it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.sheets.numberformat import builtin, show, shown_as, to_number

ACCOUNTING = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("34290", "General", "34290"),
        ("34290", "#,##0", "34,290"),
        ("34290", "#,##0.00", "34,290.00"),
        ("0.0469", "0.00%", "4.69%"),
        ("0.0469", "0%", "5%"),
        ("0.0469", "General", "0.0469"),
        # artefacts of binary numbers
        ("0.30000000000000004", "General", "0.3"),
        ("4.6900000000000004", "General", "4.69"),
        ("1.0050000000000001", "0.00", "1.01"),
        ("2.675", "0.00", "2.68"),
        ("1E-3", "General", "0.001"),
        ("1.2345E+6", "General", "1234500"),
        ("7854070.0", "General", "7854070"),
        # signs and sections
        ("-5", "0", "-5"),
        ("-5", "0;[Red]0", "-5"),
        ("-5", "0_);(0)", "(5)"),
        ("-1234.5", "#,##0.00;[Red]-#,##0.00", "-1,234.50"),
        ("-0.4", "0", "0"),
        ("1234567", ACCOUNTING, "1,234,567"),
        ("0", ACCOUNTING, "-"),
        ("0", "0;-0;;@", ""),
        ("0", "#", ""),
        ("0", '0;-0;"零"', "零"),
        ("15000", '[>=10000]0.0,"千";0', "15.0千"),
        ("9000", '[>=10000]0.0,"千";0', "9000"),
        # places, literals, scales
        ("18", '0"件"', "18件"),
        ("18", "0件", "18件"),
        ("12480", '0!.0,"万元"', "1.2万元"),
        ("251000", '0,"千元"', "251千元"),
        ("7", "00", "07"),
        ("123", "0-00", "1-23"),
        ("0.5", "0.0#", "0.5"),
        ("0.125", "0.0#", "0.13"),
        ("0.5", "#.##", ".5"),
        ("2318", "#,##0.##", "2,318"),
        ("3120.75", "#,##0.##", "3,120.75"),
        ("3", '0.#"件"', "3件"),
        ("3", '0."件"', "3件"),
        ("999999.5", "#,##0", "1,000,000"),
        ("5", "[$¥-804]#,##0.00", "¥5.00"),
        ("5", "G/通用格式", "5"),
        ("5", "@", "5"),
        # dates and times
        ("45292", builtin(14), "2024/1/1"),
        ("45292", builtin(31), "2024年1月1日"),
        ("45291", builtin(57), "2023年12月"),
        ("45292.75", "yyyy-mm-dd hh:mm:ss", "2024-01-01 18:00:00"),
        ("0.5", "h:mm AM/PM", "12:00 PM"),
        ("1.5", "[h]:mm", "36:00"),
        ("45292", "[$-804]yyyy.m.d", "2024.1.1"),
    ],
)
def test_shown(stored: str, code: str, text: str) -> None:
    value = to_number(stored)
    assert value is not None
    assert show(value, code).text == text
    assert show(value, code).faithful


@pytest.mark.parametrize("code", ["0.00E+00", "# ?/?", "[DBNum1]General", "[DBNum2][$-804]0"])
def test_a_format_that_is_not_known_says_so_and_gives_the_number(code: str) -> None:
    shown = show(Decimal("1234.5"), code)
    assert (shown.text, shown.faithful) == ("1234.5", False)


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [("18", "General", "18"), ("１２", "@", "１２"), ("规章", '0;-0;0;"（"@"）"', "（规章）"), ("x", "0", "x")],
)  # fmt: skip
def test_texts(text: str, code: str, shown: str) -> None:
    assert shown_as(text, code) == shown


@pytest.mark.parametrize("stored", ["", "x", "nan", "inf", "1e999"])
def test_what_is_no_number(stored: str) -> None:
    assert to_number(stored) is None


@given(st.integers(0, 10**14), st.integers(0, 4))
def test_grouping_and_rounding_lose_nothing(number: int, places: int) -> None:
    value = Decimal(number).scaleb(-places)
    code = "#,##0" + ("." + "0" * places if places else "")
    text = show(value, code).text
    assert Decimal(text.replace(",", "")) == value
    assert all(len(part) == 3 for part in text.partition(".")[0].split(",")[1:])


@given(st.text('0#?.,%;@"\\[]_*-+EGydmhs/ 件', max_size=20), st.integers(-(10**6), 10**6))
def test_no_format_code_fails(code: str, number: int) -> None:
    assert isinstance(show(Decimal(number) / 100, code).text, str)
