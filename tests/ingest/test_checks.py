"""Sums that the form demands, and shares in prose."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from ingest.checks import check_identities, check_shares
from ingest.forms import Form
from ingest.model import Figure, Place, Sentence, Status
from ingest.normalise import clean
from ingest.numbers import read_cell

Values = dict[str, str]
MakeValues = Callable[..., Values]

NAMED = (
    ("不予公开", ("t3.refused.a.total", "t3.refused.b.total"), "t3.handled.total"),
    ("部分公开", ("t3.partly.total",), "t3.handled.total"),
)


def _figures(values: Values) -> tuple[Figure, ...]:
    out = []
    for key, text in values.items():
        cell = read_cell(text)
        out.append(Figure(key, text, cell.value, cell.status, key=key))
    return tuple(out)


def _sentence(printed: str) -> Sentence:
    return Sentence(0, 0, (), printed, clean(printed), Place())


def test_a_report_whose_sums_hold_has_no_findings(form: Form, make_values: MakeValues) -> None:
    assert check_identities(form, _figures(make_values())) == ()


@pytest.mark.parametrize(
    ("key", "identities"),
    [
        ("t3.granted.natural", {"t3-row-total:granted", "t3-handled:natural"}),
        ("t3.received.research", {"t3-row-total:received", "t3-carry:research"}),
        ("t3.carried_out.total", {"t3-row-total:carried_out", "t3-carry:total"}),
        ("t4.reconsideration.pending", {"t4-reconsideration"}),
        ("t4.after.total", {"t4-after"}),
        ("t2.rules.made", set()),
    ],
)
def test_a_changed_figure_breaks_the_sums_it_is_in(
    key: str, identities: set[str], form: Form, make_values: MakeValues
) -> None:
    values = make_values()
    values[key] = str(int(values[key]) + 1)
    findings = check_identities(form, _figures(values))
    assert {i for f in findings for i in identities if i in f.text} == identities
    assert len(findings) == len(identities)
    assert all(f.state == "fails" and key in f.figures for f in findings)
    assert all(abs(Decimal(f.stated or 0) - Decimal(f.computed or 0)) == 1 for f in findings)


@pytest.mark.parametrize(
    ("mark", "true_value", "state"),
    [
        ("", 0, None),
        ("/", 0, None),
        ("—", 5, "uncertain"),
        ("", 5, "uncertain"),
        ("若干", 5, "uncertain"),
    ],
)
def test_a_cell_without_a_number_makes_a_sum_uncertain_unless_it_adds_up(
    mark: str, true_value: int, state: str | None, form: Form, make_values: MakeValues
) -> None:
    values = make_values(1, 0) | {
        "t4.direct.upheld": mark,
        "t4.direct.other": "7",
        "t4.direct.total": str(7 + true_value),
    }
    states = [f.state for f in check_identities(form, _figures(values))]
    assert states == ([] if state is None else [state])


def test_a_missing_row_is_not_counted_as_nothing(form: Form, make_values: MakeValues) -> None:
    values = make_values()
    del values["t4.direct.upheld"]
    assert check_identities(form, _figures(values)) == ()


TABLE = {
    "t3.refused.a.total": "100",
    "t3.refused.b.total": "21",
    "t3.partly.total": "83",
    "t3.handled.total": "1330",
}


@pytest.mark.parametrize(
    ("printed", "stated", "computed"),
    [
        # 121 ÷ 1330 = 9.0977…%
        ("不予公开121件，占9.10%。", None, None),
        ("不予公开121件，占9.1%。", None, None),
        ("不予公开121件，占9%。", None, None),
        ("不予公開 121 件,占 9.10％。", None, None),
        ("不予公开121件，占9.09%。", "9.09%", "9.10%"),
        ("不予公开121件，占9.0%。", "9.0%", "9.1%"),
        ("不予公开120件，占9.02%。", "120", "121"),
        ("其中，不予公开122件。", "122", "121"),
        ("不予公开1,210件。", "1,210", "121"),
        # another scope: no comparison
        ("自然人的不予公开12件。", None, None),
        ("2022年，不予公开96件，占8.66%。", None, None),
        ("上年，不予公开96件。", None, None),
        ("予以公开、部分公开625件，占46.99%。", None, None),
        ("予以公开和部分公开625件。", None, None),
        ("予以公开542件、部分公开84件。", "84", "83"),
        ("不予公开的理由有八种。", None, None),
        ("", None, None),
    ],
)
def test_shares_and_counts_in_prose(printed: str, stated: str | None, computed: str | None) -> None:
    findings = check_shares(NAMED, _figures(TABLE), (_sentence(printed),), 2023)
    got = [(f.stated, f.computed) for f in findings]
    assert got == ([] if stated is None else [(stated, computed)])
    for finding in findings:
        assert (finding.code, finding.state, finding.sentence) == ("narrative-vs-table", "fails", 0)
        assert "t3.handled.total" in finding.figures


def test_a_share_cut_off_is_explained() -> None:
    (finding,) = check_shares(NAMED, _figures(TABLE), (_sentence("不予公开121件，占9.09%。"),))
    assert finding.explanation is not None and "截去" in finding.explanation
    assert finding.concept == "t3.refused.total"
    (finding,) = check_shares(NAMED, _figures(TABLE), (_sentence("不予公开121件，占9.30%。"),))
    assert finding.explanation is None


@pytest.mark.parametrize("gap", ["", "/", "—"])
def test_nothing_is_compared_with_a_cell_without_a_number(gap: str) -> None:
    figures = _figures(TABLE | {"t3.refused.b.total": gap})
    assert figures[1].status in (Status.BLANK, Status.SLASH, Status.DASH)
    assert check_shares(NAMED, figures, (_sentence("不予公开121件，占9.09%。"),)) == ()


def test_a_share_of_nothing_is_not_computed() -> None:
    values = dict.fromkeys(TABLE, "0")
    assert check_shares(NAMED, _figures(values), (_sentence("不予公开0件，占0%。"),)) == ()
