"""Into which year, and out of which, applications were carried."""

from __future__ import annotations

import pytest

from index.plan.carried import Carried, carried_years, with_carried_years
from index.plan.lexicon import Lexicon

_IN, _OUT = "t3.carried_in", "t3.carried_out"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        # the year that they were carried into: what its own report has as carried in
        ("结转到2023年的申请多少件", Carried(_IN, 2023, (_OUT, 2022))),
        ("结转至2022年的有几件", Carried(_IN, 2022, (_OUT, 2021))),
        ("转入2021年的多少件", Carried(_IN, 2021, (_OUT, 2020))),
        ("requests carried over into 2022", Carried(_IN, 2022, (_OUT, 2021))),
        ("requests carried over to 2022", Carried(_IN, 2022, (_OUT, 2021))),
        # the year that they were carried out of
        ("从2022年结转的有多少件", Carried(_OUT, 2022, (_IN, 2023))),
        ("由2022年结转来的多少件", Carried(_OUT, 2022, (_IN, 2023))),
        ("requests carried over from 2022", Carried(_OUT, 2022, (_IN, 2023))),
        ("requests left over from 2022", Carried(_OUT, 2022, (_IN, 2023))),
        # both years, or the year of the report beside one of them
        ("2022年结转到2023年的多少件", Carried(_OUT, 2022, (_IN, 2023))),
        ("2022年报结转到2023年的多少件", Carried(_OUT, 2022, (_IN, 2023))),
        # years that do not go together
        ("从2020年结转到2023年的多少件", "unclear"),
        # no year beside the carrying: the rows are meant as the reports name them
        ("2023年上年结转多少件", None),
        ("2023年结转下年度继续办理多少件", None),
        ("2023年新收多少件", None),
        # both rows are named, and each year is where the reports have it
        ("2023年转入下年度续办的申请比上年结转的多多少件", None),
    ],
)
def test_which_row_and_year_are_meant(
    lexicon: Lexicon, text: str, meant: Carried | str | None
) -> None:
    assert carried_years(lexicon.cut(text)) == meant


def test_the_tokens_name_the_row_and_no_other_year(lexicon: Lexicon) -> None:
    tokens = with_carried_years(
        lexicon.cut("2022年结转到2023年的多少件"), Carried(_OUT, 2022, None)
    )
    assert [k for t in tokens for k in t.keys("year")] == ["2022"]
    assert {k for t in tokens for k in t.keys("subject")} == {_OUT}
