"""The blind corpus: reports as they are met in the wild, written without sight of the program.

No figure may be wrong, in any file. Where figures are missing, a warning says why; what is known to be
missing and should not be stands in `GAPS` (strictly: a gap that closes must leave the list).
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingest.archive import Archive
from ingest.errors import ReadError
from ingest.model import Report
from ingest.read import read_report

CORPUS = Path(__file__).parents[1] / "corpus"
GOLD = sorted((CORPUS / "gold").glob("*.json"))
FORMS = {"indicators-2014": "national-2014", "annex-2008": "national-2008", "none": None}

#: file → why its figures are not read though they could be; nothing of it is wrong
GAPS: dict[str, str] = {
    "a27_审计局_pdf转文字.txt": "text of a PDF: columns by blanks, heads letter by letter",
    "a33_wrong_charset.html": "`1 204` may be one number or two",
    "f02_左右对照.pdf": "two reports side by side on a page of a PDF",
}


def _reports(path: Path) -> list[Report]:
    data = path.read_bytes()
    if path.suffix != ".zip":
        try:
            return list(read_report(data, path.name))
        except ReadError:
            return []
    out: list[Report] = []
    for member in Archive(io.BytesIO(data), path.name).members():
        assert member.data is not None or member.skipped, member
        try:
            out += read_report(member.data or b"", member.path.rsplit("/", 1)[-1])
        except ReadError as error:
            assert "no report" in str(error)
    return out


@pytest.fixture(scope="module")
def reports_of() -> Callable[[Path], list[Report]]:
    """Reads a file, each only once."""
    known: dict[Path, list[Report]] = {}

    def build(path: Path) -> list[Report]:
        if path not in known:
            known[path] = _reports(path)
        return known[path]

    return build


def _gold(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def _of(gold: dict[str, Any], reports: list[Report]) -> Report | None:
    """The report that was read for this one of the gold; by year and issuer, if several."""
    same = [r for r in reports if r.year == gold["year"] and r.issuer in gold["issuer_accept"]]
    if same:
        return same[0]
    return reports[0] if len(reports) == 1 else None


Key = tuple[tuple[str, ...], tuple[str, ...]]


def _figures(report: Report) -> dict[Key, tuple[Decimal | None, str | None]]:
    return {
        (f.row_path, f.column_path): (f.value, f.unit)
        for f in report.figures
        if f.key is not None and f.table is not None and f.note_of is None
    }


def _truth(gold: dict[str, Any]) -> dict[Key, tuple[Decimal | None, str | None]]:
    out = {}
    for f in gold["figures"]:
        value = None if f["value"] is None else Decimal(f["value"])
        out[(tuple(f["row_path"]), tuple(f["column_path"]))] = (value, f["unit"])
    return out


def _codes(report: Report) -> set[str]:
    return {w.code for w in report.warnings}


each = pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name.removesuffix(".json"))


@each
def test_no_figure_is_wrong(path: Path, reports_of: Callable[[Path], list[Report]]) -> None:
    gold = _gold(path)
    reports = reports_of(CORPUS / "files" / gold["file"])
    wrong = []
    for report in reports:
        truths = [_truth(g) for g in gold["reports"] if _of(g, reports) is report]
        if not truths:  # a report of the file that is not in its gold must claim nothing
            wrong += [(report.issuer, report.year)] if _figures(report) else []
            continue
        for key, (value, unit) in _figures(report).items():
            if value is None:
                continue
            if key not in truths[0] or truths[0][key] != (value, unit):
                wrong.append((key, value, unit, truths[0].get(key)))
    assert wrong == []


@each
def test_every_figure_is_read_or_a_warning_says_why_not(
    path: Path, reports_of: Callable[[Path], list[Report]], request: pytest.FixtureRequest
) -> None:
    gold = _gold(path)
    if gold["file"] in GAPS:
        request.applymarker(pytest.mark.xfail(reason=GAPS[gold["file"]], strict=True))
    reports = reports_of(CORPUS / "files" / gold["file"])
    for one in gold["reports"]:
        report = _of(one, reports)
        told = {
            (tuple(f["row_path"]), tuple(f["column_path"]))
            for f in one["figures"]
            if not f.get("refuse_ok") and not one["must_refuse"]
        }
        if report is None:
            assert not told
            continue
        found = _figures(report)
        if len(found) < len(one["figures"]):
            assert report.warnings
        if told:
            truth = _truth(one)
            assert {k: found.get(k) for k in told} == {k: truth[k] for k in told}


@each
def test_who_when_and_which_form(path: Path, reports_of: Callable[[Path], list[Report]]) -> None:
    gold = _gold(path)
    reports = reports_of(CORPUS / "files" / gold["file"])
    for one in gold["reports"]:
        report = _of(one, reports)
        if report is None:
            continue
        assert report.year in (one["year"], None)
        assert report.issuer in (*one["issuer_accept"], None)
        if report.issuer is not None:
            assert report.level == one["level"]
        if report.form is not None:
            assert report.form == FORMS.get(one["form"], one["form"])
        if report.coverage is not None and one["coverage"] != "unknown":
            assert ("汇总" in report.coverage) == (one["coverage"] == "汇总")


@each
def test_figures_of_sentences(path: Path, reports_of: Callable[[Path], list[Report]]) -> None:
    gold = _gold(path)
    reports = reports_of(CORPUS / "files" / gold["file"])
    for one in gold["reports"]:
        report = _of(one, reports)
        if report is None or one["must_refuse"] or "several-reports" in _codes(report):
            continue
        found = {(f.value, f.unit) for f in report.figures if f.sentence is not None}
        missing = [
            (p["text"], p["unit"], p["sentence_contains"])
            for p in one["prose_figures"]
            if p["value"] is not None and (Decimal(p["value"]), p["unit"]) not in found
        ]
        assert len(missing) * 20 <= len(one["prose_figures"]), missing


@each
def test_planted_contradictions_are_found_and_no_other(
    path: Path, reports_of: Callable[[Path], list[Report]]
) -> None:
    gold = _gold(path)
    reports = reports_of(CORPUS / "files" / gold["file"])
    for one in gold["reports"]:
        report = _of(one, reports)
        if report is None or one["must_refuse"]:
            continue
        failing = {f.code for f in report.findings if f.state == "fails"}
        if "year-conflict" in _codes(report):  # said with a warning: the year is what is in doubt
            failing.add("year-conflict")
        assert bool(failing) == bool(one["findings"]), (failing, one["findings"])
