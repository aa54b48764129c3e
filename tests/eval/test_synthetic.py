"""Made-up reports: what the reader would make of their text, consistent, the same every time."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from eval.stencil import Stamped
from eval.synthetic import issuers, make_reports, write_store
from index.store.store import Store
from ingest import read_report
from ingest.forms import load_forms


@pytest.fixture(scope="module")
def made() -> list[Stamped]:
    return list(islice(make_reports(60), 60))


def test_the_reader_makes_the_same_of_the_text(made: list[Stamped]) -> None:
    """Every part: figures, cells, places, sentences, passages, metadata, findings, warnings."""
    assert {m.report.form for m in made} == {"national-2019", "national-2021"}
    assert {m.report.coverage for m in made} == {"本机关", "全县汇总", "全区汇总", None}
    for one in made:
        assert read_report(one.data, one.name) == (one.report,)
        assert (one.report.findings, one.report.warnings) == ((), ())


def test_the_sums_of_the_forms_hold(made: list[Stamped]) -> None:
    forms = {form.name: form for form in load_forms()}
    for one in made:
        form = forms[one.report.form or ""]
        values = {f.key: f.value for f in one.report.table_figures}
        assert set(values) == set(form.cells)
        for identity in form.identities:
            left, right = (
                sum(int(values[key] or 0) for key in side)
                for side in (identity.left, identity.right)
            )
            assert left == right, (one.name, identity.name)


def test_years_follow_each_other(made: list[Stamped]) -> None:
    figures = {
        (m.report.issuer, m.report.year): {f.key: f.value for f in m.report.table_figures}
        for m in made
    }
    pairs = [(figures[i, y], figures.get((i, (y or 0) + 1))) for i, y in figures]
    together = [(a, b) for a, b in pairs if b]
    assert len(together) > 30
    for before, after in together:
        assert before["t3.carried_out.total"] == after["t3.carried_in.total"]


def test_the_same_seed_makes_the_same_reports(made: list[Stamped]) -> None:
    assert [m.file_id for m in islice(make_reports(60), 60)] == [m.file_id for m in made]
    other = list(islice(make_reports(60, seed=2), 60))
    assert not {m.file_id for m in other} & {m.file_id for m in made}


def test_the_issuers() -> None:
    listed = list(issuers(1))
    assert len(listed) > 5_000 and len({i.name for i in listed}) == len(listed)
    endings = Counter(i.name[-1] for i in listed)
    assert {"省", "市", "县", "区", "镇", "乡", "局"} <= set(endings)


def test_more_reports_than_there_are_issuers_for(monkeypatch: pytest.MonkeyPatch) -> None:
    few = list(islice(issuers(1), 2))
    monkeypatch.setattr("eval.synthetic.issuers", lambda _: iter(few))
    with pytest.raises(ValueError, match="wanted 100"):
        list(make_reports(100))


def test_they_go_through_the_store(tmp_path: Path, made: list[Stamped]) -> None:
    heard: list[int] = []
    store = Store(tmp_path)
    write_store(store, 3, told=heard.append)
    assert heard == [1, 2, 3]
    assert {r.id for r in store.listed()} == {m.report.id for m in made[:3]}
    first = made[0].report
    assert store.figures(first.id) == list(first.figures)
    assert store.content(made[0].file_id) == made[0].data
    store.close()
