"""Periods, whole or torn, and the years a text is about."""

from __future__ import annotations

import pytest

from ingest.metadata.periods import find_periods, year_mentions


@pytest.mark.parametrize(
    ("text", "period", "year"),
    [
        ("统计期限为2023年1月1日至12月31日。", "2023年1月1日至12月31日", 2023),
        ("自2023年1月1日起至2023年12月31日止", "2023年1月1日起至2023年12月31日", 2023),
        ("2023.01.01-2023.12.31的数据", "2023年1月1日至2023年12月31日", 2023),
        ("2022年1月至12月", "2022年1月至12月", 2022),
        # torn by a crawler
        ("20201月1日起至202012月31日止", "2020年1月1日至2020年12月31日", 2020),
        ("2018年11日至2018年1231日", "2018年1月1日至2018年12月31日", 2018),
        ("20231月1日至12月31日", "2023年1月1日至12月31日", 2023),
        # no calendar year
        ("统计期限为2022年9月1日至2023年8月31日", "2022年9月1日至2023年8月31日", None),
        ("2021年1月1日至2022年12月31日两年间", "2021年1月1日至2022年12月31日", None),
    ],
)
def test_a_period(text: str, period: str, year: int | None) -> None:
    (found,) = find_periods([text])
    assert (found.text, found.year) == (period, year)


@pytest.mark.parametrize(
    "text", ["", "2023年", "2023年5月1日至6月1日集中活动", "20231123112", "120231月1日至12月31日"]
)
def test_no_period(text: str) -> None:
    assert find_periods([text]) == []


def test_years_of_documents_are_not_what_a_text_is_about() -> None:
    found = year_mentions(["2023年收到5件，2023年底办结。〔2021年〕", "2022年第30号"])
    assert found == {2023: 2}
