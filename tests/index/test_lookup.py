"""The deterministic look-up, and the five kinds of nothing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from index import Assistant, ReportSummary
from index.lookup import Lack, Looked, look_up
from index.plan.plan import Operand
from ingest.words import load_concepts

Look = Callable[..., Looked]


@pytest.fixture(scope="module")
def look(reader: Assistant) -> Look:
    """`look(issuer, year, subject, member, note)` in the examples."""
    reports: dict[tuple[str | None, int | None], ReportSummary] = {
        (r.issuer, r.year): r for r in reader.reports()
    }

    def find(issuer: str, year: int, subject: str, member: str, note: str | None = None) -> Looked:
        operand = Operand(subject, member, note=note)
        return look_up(reader.store, load_concepts(), reports[(issuer, year)], operand)

    return find


@pytest.mark.parametrize(
    ("issuer", "year", "subject", "member", "value", "unit"),
    [
        ("上海市", 2023, "t3.received", "total", "34290", "件"),
        ("上海市", 2023, "t3.received", "legal_service", "58", "件"),
        ("上海市", 2023, "t3.refused.inquiry_matters", "other_org", "6", "件"),
        ("上海市", 2023, "t3.otherwise.not_paid", "enterprise", "15", "件"),
        ("上海市", 2023, "t3.carried_out", "other_org", "10", "件"),
        ("上海市", 2023, "t2.rules", "made", "18", "件"),
        ("上海市", 2023, "t2.normative", "repealed", "605", "件"),
        ("上海市", 2023, "t2.fees", "amount", "1307259", "万元"),
        ("上海市", 2023, "t4.reconsideration", "pending", "202", "件"),
        ("上海市", 2023, "t4.direct", "other", "294", "件"),
        ("上海市", 2023, "t4.after", "corrected", "0", "件"),
        ("示例市", 2022, "t3.received", "research", "4", "件"),
        ("示例市", 2022, "t4.after", "upheld", "7", "件"),
        ("示例市", 2023, "t3.refused.third_party", "natural", "24", "件"),
        ("示例市", 2023, "t2.penalty", "decisions", "102466", "件"),
        ("示例市示例区", 2023, "t3.handled", "research", "0", "件"),
        ("示例市示例区", 2023, "t4.after", "total", "1", "件"),
        ("示例市示例区", 2023, "t2.coercion", "decisions", "14", "件"),
    ],
)
def test_a_cell(
    look: Look, issuer: str, year: int, subject: str, member: str, value: str, unit: str
) -> None:
    found = look(issuer, year, subject, member)
    assert (found.value, found.unit, found.lack) == (Fraction(value), unit, None)
    (figure,) = found.figures
    assert figure.id == found.main
    assert (figure.value, figure.unit, figure.formula) == (value, unit, None)
    assert (figure.issuer, figure.year, figure.key) == (issuer, year, f"{subject}.{member}")
    assert figure.cell is not None
    assert figure.place


@pytest.mark.parametrize(
    ("issuer", "year", "subject", "member", "cells"),
    [
        ("上海市", 2023, "t3.refused", "total", "40+12+59+209+183+189+93+830"),
        ("上海市", 2023, "t3.unavailable", "total", "11425+2546+371"),
        ("上海市", 2023, "t3.unprocessed", "total", "191+534+3+88+6"),
        ("上海市", 2023, "t3.otherwise", "total", "1020+21+6072"),
        ("上海市", 2023, "t3.received", "org", "1651+11+29+58+122"),
        ("上海市", 2023, "t4.litigation", "corrected", "32+0"),
        ("示例市", 2023, "t3.refused", "enterprise", "0+1+0+3+1+0+1+3"),
        ("示例市", 2023, "t3.otherwise", "org", "1+0+0+0+0+3+0+0+0+0+5+0+1+0+1"),
        ("示例市", 2022, "t3.disclosed", "total", "457+72"),
        ("示例市示例区", 2023, "t3.unavailable", "natural", "19+2+1"),
    ],
)
def test_a_group_is_a_shown_sum(
    look: Look, issuer: str, year: int, subject: str, member: str, cells: str
) -> None:
    found = look(issuer, year, subject, member)
    total = found.figures[-1]
    assert total.formula is not None
    assert total.formula.text == cells
    assert total.formula.args == tuple(f.id for f in found.figures[:-1])
    assert found.value == sum(map(Fraction, cells.split("+")))
    assert (found.main, total.value) == (total.id, str(found.value))


def test_a_zero_is_a_figure(look: Look) -> None:
    found = look("示例市示例区", 2023, "t3.refused.state_secret", "total")
    assert (found.value, found.lack, found.text) == (Fraction(0), None, "0")
    assert found.figures[0].status == "zero"


@pytest.mark.parametrize(
    ("subject", "member", "lack", "status", "text"),
    [
        ("t2.coercion", "decisions", Lack.SLASH, "slash", "/"),
        ("t3.partly_granted", "research", Lack.BLANK, "blank", ""),
    ],
)
def test_a_cell_without_a_number(
    look: Look, subject: str, member: str, lack: Lack, status: str, text: str
) -> None:
    found = look("示例市", 2023, subject, member)
    assert (found.value, found.lack) == (None, lack)
    (figure,) = found.figures
    assert (figure.value, figure.status, (figure.text or "").strip()) == (None, status, text)
    assert len(found.lacking) == 1


@pytest.mark.parametrize(
    ("subject", "member", "lack", "text"),
    [
        ("t2.rules", "made", None, "0"),
        ("t2.rules", "repealed", Lack.SLASH, "/"),
        ("t2.rules", "in_force", Lack.DASH, "—"),
        ("t2.normative", "made", Lack.BLANK, ""),
        ("t2.normative", "repealed", Lack.TEXT, "见附件"),
        ("t2.normative", "in_force", None, "7"),
        ("t2.licensing", "decisions", None, "1,234"),
        ("t2.penalty", "decisions", Lack.DASH, "--"),
        ("t2.coercion", "decisions", Lack.NO_ROW, None),
        ("t2.fees", "amount", None, "2857.50"),
        ("t3.received", "total", Lack.NO_ROW, None),
        ("t3.refused", "total", Lack.NO_ROW, None),
        ("t4.reconsideration", "corrected", Lack.NO_ROW, None),
    ],
)
def test_kinds_of_nothing(
    holes: Assistant, subject: str, member: str, lack: Lack | None, text: str | None
) -> None:
    (report,) = holes.reports()
    found = look_up(holes.store, load_concepts(), report, Operand(subject, member))
    assert found.lack is lack
    assert (found.value is None) is (lack is not None)
    assert (found.text if found.text is None else found.text.strip()) == text


def test_a_group_with_one_blank_cell_has_no_value(look: Look) -> None:
    """部分公开 of 法人或其他组织: 科研机构 is blank, so 8+…+1+2+1 would be a guess."""
    found = look("示例市", 2023, "t3.partly_granted", "org")
    assert (found.value, found.lack) == (None, Lack.BLANK)
    assert [name.split(" / ")[-1] for name in found.lacking] == ["科研机构"]
    assert [f.value for f in found.figures] == ["8", None, "1", "2", "1"]


@pytest.mark.parametrize(
    ("issuer", "note", "value"),
    [
        ("上海市", "新制发", "4"),
        ("上海市", "修改", "14"),
        ("上海市", "废止", None),
        ("示例市", "新制发", None),
    ],
)
def test_figures_in_the_note_of_a_cell(
    look: Look, issuer: str, note: str, value: str | None
) -> None:
    found = look(issuer, 2023, "t2.rules", "made", note)
    if value is None:
        assert (found.value, found.lack) == (None, Lack.NO_NOTE)
        return
    assert found.value == Fraction(value)
    (figure,) = found.figures
    assert figure.note_of is not None
    assert figure.note_of.endswith("t2.rules.made")
    assert figure.column_path[-1] == note


def test_a_cell_is_where_its_table_says(reader: Assistant, look: Look) -> None:
    """Each value cell of 表三 of each example, looked up, is the cell of the printed table."""
    concepts = load_concepts()
    for report in reader.reports():
        table = reader.table(report.id, "t3")
        assert table is not None
        printed = {(c.row, c.column): c.text for c in table.cells}
        subjects = [s for s in concepts.subjects if s.table == "t3" and not s.parts]
        members = [m.key for m in concepts.members if m.table == "t3" and not m.parts]
        for subject in subjects:
            for member in members:
                assert report.issuer and report.year
                (figure,) = look(report.issuer, report.year, subject.key, member).figures
                assert figure.cell is not None
                assert printed[figure.cell] == figure.text


def test_the_same_look_up_every_time(look: Look) -> None:
    assert look("上海市", 2023, "t3.refused", "org") == look("上海市", 2023, "t3.refused", "org")
