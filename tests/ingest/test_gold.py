"""Every figure of the checked reports, and of the reports that ship with the program."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.model import Report, Status

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared"
EXAMPLES = REPOSITORY / "examples"
REPORTS = sorted(SHARED.glob("reports/*"))
TEXTS = [p for p in REPORTS if p.suffix in (".txt", ".md")]
needs_shared = pytest.mark.skipif(
    not REPORTS, reason=f"{SHARED}: the checked reports are not on this machine"
)
NOTES = {
    "shanghai2023": [
        ("t2.rules.made", "新制发", Decimal(4), "件"),
        ("t2.rules.made", "修改", Decimal(14), "件"),
    ],
    "suqian2023": [],
}

Read = Callable[..., Report]


@pytest.fixture(scope="module")
def read_path(read: Read) -> Callable[[Path], Report]:
    """Reads a file, each only once."""
    known: dict[Path, Report] = {}

    def build(path: Path) -> Report:
        if path not in known:
            known[path] = read(path.read_bytes(), path.name)
        return known[path]

    return build


@needs_shared
@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name)
def test_every_checked_figure_is_read_and_none_is_wrong(
    path: Path, read_path: Callable[[Path], Report]
) -> None:
    stem = path.name.split(".")[0]
    gold = json.loads((SHARED / "gold" / f"{stem}.json").read_text(encoding="utf-8"))
    report = read_path(path)
    cells = [f for f in report.table_figures if f.note_of is None]
    found = {(f.row_path, f.column_path): (f.value, f.unit) for f in cells}
    wanted = {}
    for figure in gold["figures"]:
        row = () if figure["row_path"] == ["(数据行)"] else tuple(figure["row_path"])
        value = None if figure["num"] is None else Decimal(str(figure["num"]))
        wanted[(row, tuple(figure["col_path"]))] = (value, figure["unit"])
    assert len(wanted) == 200
    assert len(cells) == 200
    assert found == wanted
    assert (report.issuer, report.year) == (gold["org"], gold["year"])
    assert report.form == "national-2021"
    assert report.warnings == ()


@needs_shared
@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name)
def test_notes_are_figures_of_their_own(path: Path, read_path: Callable[[Path], Report]) -> None:
    notes = [f for f in read_path(path).table_figures if f.note_of is not None]
    assert [(f.note_of, f.column_path[-1], f.value, f.unit) for f in notes] == NOTES[
        path.name.split(".")[0]
    ]
    assert all(f.key is None and f.row_path and f.printed_row_path for f in notes)


@needs_shared
@pytest.mark.parametrize("stem", ["shanghai2023", "suqian2023"])
def test_every_layout_gives_the_same_figures_under_the_same_paths(
    stem: str, read_path: Callable[[Path], Report]
) -> None:
    read = [read_path(p) for p in REPORTS if p.name.startswith(stem)]
    assert len({p.suffix for p in REPORTS}) >= 6 and len(read) >= 12
    seen = {
        tuple(
            (f.id, f.key, f.row_path, f.column_path, f.value, f.unit, f.status)
            for f in report.table_figures
        )
        for report in read
    }
    assert len(seen) == 1


@needs_shared
@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name)
def test_the_only_contradiction_is_the_one_that_was_checked(
    path: Path, read_path: Callable[[Path], Report]
) -> None:
    findings = [(f.code, f.stated, f.computed) for f in read_path(path).findings]
    if path.name.startswith("shanghai"):
        assert findings == [("narrative-vs-table", "4.70%", "4.69%")]
    else:
        assert findings == []


@needs_shared
@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_the_place_of_a_figure_is_where_it_is_printed(
    path: Path, read_path: Callable[[Path], Report]
) -> None:
    source = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    report = read_path(path)
    for figure in report.table_figures:
        if figure.note_of is None:
            printed = source[figure.place.start : figure.place.end]
            assert printed.replace("\n", "") == figure.text
            assert figure.place.line == source[: figure.place.start].count("\n") + 1
    for sentence in report.sentences:
        printed = source[sentence.place.start : sentence.place.end]
        assert printed.rstrip() == sentence.printed


@pytest.mark.parametrize(
    ("name", "issuer", "year", "level"),
    [
        ("上海市2023年政府信息公开工作年度报告.txt", "上海市", 2023, "省"),
        ("示例市2022年政府信息公开工作年度报告.md", "示例市", 2022, "市"),
        ("示例市2023年政府信息公开工作年度报告.txt", "示例市", 2023, "市"),
        ("示例市示例区2023年政府信息公开工作年度报告.txt", "示例市示例区", 2023, "区县"),
    ],
)
def test_an_example_has_all_its_cells_and_its_sums_hold(
    name: str, issuer: str, year: int, level: str, read_path: Callable[[Path], Report]
) -> None:
    report = read_path(EXAMPLES / name)
    assert (report.issuer, report.year, report.level) == (issuer, year, level)
    assert len([f for f in report.table_figures if f.note_of is None]) == 200
    assert len({f.id for f in report.figures}) == len(report.figures)
    assert [f for f in report.findings if f.code == "identity" and f.state == "fails"] == []
    assert report.warnings == ()


def test_no_example_is_left_out() -> None:
    assert len(list(EXAMPLES.iterdir())) == 4


def test_the_planted_error_and_the_planted_gaps_are_found(
    read_path: Callable[[Path], Report],
) -> None:
    report = read_path(EXAMPLES / "示例市2023年政府信息公开工作年度报告.txt")
    (finding,) = report.findings
    assert (finding.code, finding.state) == ("narrative-vs-table", "fails")
    assert (finding.stated, finding.computed) == ("9.09%", "9.10%")
    assert finding.explanation is not None and "截去" in finding.explanation
    assert finding.sentence is not None
    assert "占9.09%" in report.sentences[finding.sentence].printed
    by_key = {f.key: f for f in report.figures if f.key}
    blank, slash = by_key["t3.partly_granted.research"], by_key["t2.coercion.decisions"]
    assert (blank.status, blank.value, blank.text) == (Status.BLANK, None, "")
    assert (slash.status, slash.value, slash.text) == (Status.SLASH, None, "/")
    assert by_key["t3.refused.state_secret.enterprise"].status is Status.ZERO


def test_the_note_in_the_shanghai_example(read_path: Callable[[Path], Report]) -> None:
    report = read_path(EXAMPLES / "上海市2023年政府信息公开工作年度报告.txt")
    notes = [(f.note_of, f.column_path[-1], f.value) for f in report.figures if f.note_of]
    assert notes == [
        ("t2.rules.made", "新制发", Decimal(4)),
        ("t2.rules.made", "修改", Decimal(14)),
    ]
    by_key = {f.key: f for f in report.figures if f.key}
    assert by_key["t2.rules.made"].value == 18
    assert by_key["t2.normative.repealed"].value == 605
