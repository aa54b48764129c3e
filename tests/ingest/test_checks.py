"""Sums that the form demands, and what sentences say of the tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.checks import (
    assess_identities,
    assess_narrative,
    assess_report,
    check_identities,
    check_narrative,
    check_report,
)
from ingest.checks.narrative import statements_of
from ingest.forms import Form
from ingest.model import Figure, Finding, Place, Report, Sentence
from ingest.narrative.figures import figures_in
from ingest.normalise import clean
from ingest.numbers import read_cell

Values = dict[str, str]
MakeValues = Callable[..., Values]
Check = Callable[..., list[Finding]]

_EXAMPLE = {
    "t3.received": (1011, 73, 4, 5, 15, 8), "t3.carried_in": (36, 2, 0, 1, 0, 1),
    "t3.granted": (412, 31, 2, 3, 5, 4), "t3.partly_granted": (63, 6, 0, 1, 2, 0),
    "t3.refused.state_secret": (2, 0, 0, 0, 0, 0), "t3.refused.law_forbids": (7, 1, 0, 0, 0, 0),
    "t3.refused.security": (3, 0, 0, 0, 0, 0), "t3.refused.third_party": (18, 2, 0, 0, 1, 0),
    "t3.refused.internal_affairs": (11, 1, 0, 0, 0, 0),
    "t3.refused.process_information": (9, 0, 0, 0, 0, 0),
    "t3.refused.enforcement_files": (14, 1, 0, 0, 1, 0),
    "t3.refused.inquiry_matters": (22, 2, 0, 0, 0, 1),
    "t3.unavailable.not_held": (236, 15, 1, 1, 3, 2),
    "t3.unavailable.to_be_made": (31, 3, 0, 1, 0, 0), "t3.unavailable.unclear": (8, 0, 0, 0, 0, 1),
    "t3.unprocessed.petition": (47, 1, 0, 0, 0, 0), "t3.unprocessed.repeated": (26, 2, 0, 0, 0, 0),
    "t3.unprocessed.publication": (1, 0, 0, 0, 0, 0),
    "t3.unprocessed.excessive": (12, 0, 0, 0, 0, 0), "t3.unprocessed.reissue": (3, 0, 0, 0, 0, 0),
    "t3.otherwise.not_corrected": (19, 1, 0, 0, 0, 1), "t3.otherwise.not_paid": (4, 2, 0, 0, 0, 0),
    "t3.otherwise.other": (58, 4, 0, 0, 1, 0), "t3.handled": (1006, 72, 3, 6, 13, 9),
    "t3.carried_out": (41, 3, 1, 0, 2, 0),
}  # fmt: skip
_APPLICANTS = ("natural", "enterprise", "research", "public_welfare", "legal_service", "other_org")
_OUTCOMES = ("upheld", "corrected", "other", "pending", "total")


def example() -> Values:
    """The tables of the example report of 示例市 2022, which planted_sentences.txt describes."""
    values = {
        f"{row}.{who}": str(n)
        for row, counts in _EXAMPLE.items()
        for who, n in zip((*_APPLICANTS, "total"), (*counts, sum(counts)), strict=True)
    }
    for part, counts in (("reconsideration", (38, 5, 9, 4)), ("direct", (12, 1, 3, 2)),
                         ("after", (7, 0, 2, 1))):  # fmt: skip
        for outcome, n in zip(_OUTCOMES, (*counts, sum(counts)), strict=True):
            values[f"t4.{part}.{outcome}"] = str(n)
    for row, three in (("rules", (3, 1, 26)), ("normative", (64, 38, 412))):
        for what, n in zip(("made", "repealed", "in_force"), three, strict=True):
            values[f"t2.{row}.{what}"] = str(n)
    return values | {
        "t2.licensing.decisions": "186420", "t2.penalty.decisions": "97315",
        "t2.coercion.decisions": "2846", "t2.fees.amount": "21384",
    }  # fmt: skip


def figures_of(values: Values) -> tuple[Figure, ...]:
    out = []
    for key, text in values.items():
        cell = read_cell(text)
        out.append(Figure(key, text, cell.value, cell.status, key=key, table=key[:2]))
    return tuple(out)


def report_of(
    values: Values, *printed: str, year: int = 2022, coverage: str | None = None
) -> Report:
    sentences = tuple(
        Sentence(i, 0, ("一、总体情况",), text, clean(text), Place())
        for i, text in enumerate(printed)
    )
    prose = tuple(f for s in sentences for f in figures_in(s))
    return Report(
        id="r1", title=None, issuer="示例市人民政府", region="示例市", level="市", coverage=coverage,
        year=year, period=None, source="", reader="", form="national-2021",
        figures=(*figures_of(values), *prose), sentences=sentences,
    )  # fmt: skip


# ── identities ──────────────────────────────────────────────────────────────


def test_every_identity_of_a_sound_report_holds(form: Form, make_values: MakeValues) -> None:
    figures = figures_of(make_values())
    assert check_identities(form, figures) == ()
    assessed = assess_identities(form, figures)
    assert len(assessed) == len(form.identities) > 40
    assert {f.state for f in assessed} == {"holds"}


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
    findings = check_identities(form, figures_of(values))
    assert {i for f in findings for i in identities if i in f.text} == identities
    assert len(findings) == len(identities)
    assert all(f.state == "fails" and key in f.figures for f in findings)
    assert all(abs(Decimal(f.stated or 0) - Decimal(f.computed or 0)) == 1 for f in findings)


@pytest.mark.parametrize(
    ("mark", "true_value", "state"),
    [
        ("", 0, "holds"),
        ("/", 0, "holds"),
        ("—", 5, "uncertain"),
        ("", 5, "uncertain"),
        ("若干", 5, "uncertain"),
    ],
)
def test_a_cell_without_a_number_makes_a_sum_uncertain_unless_it_adds_up(
    mark: str, true_value: int, state: str, form: Form, make_values: MakeValues
) -> None:
    values = make_values(1, 0) | {
        "t4.direct.upheld": mark,
        "t4.direct.other": "7",
        "t4.direct.total": str(7 + true_value),
    }
    found = [f for f in assess_identities(form, figures_of(values)) if "t4-direct" in f.text]
    assert [f.state for f in found] == [state]
    assert (found[0].explanation is not None) == (state == "uncertain")


@pytest.mark.parametrize("what", ["gone", "blank"])
def test_what_cannot_be_assessed_says_so(what: str, form: Form, make_values: MakeValues) -> None:
    values = make_values()
    if what == "gone":
        del values["t4.direct.upheld"]
    else:
        values |= {k: "" for k in values if k.startswith("t4.direct")}
    figures = figures_of(values)
    assert check_identities(form, figures) == ()
    (found,) = [f for f in assess_identities(form, figures) if "t4-direct" in f.text]
    assert found.state == "not-assessable"


# ── sentences ───────────────────────────────────────────────────────────────

_LINES = [
    line
    for line in Path(__file__).with_name("planted_sentences.txt").read_text("utf-8").splitlines()
    if line and line[0] != "#"
]


@pytest.fixture(scope="module")
def tables() -> Values:
    return example()


@pytest.fixture(scope="module")
def check(tables: Values) -> Check:
    def run(*printed: str) -> list[Finding]:
        return list(check_narrative(report_of(tables, *printed)))

    return run


def test_the_example_is_sound(form: Form, tables: Values) -> None:
    assert {f.state for f in assess_identities(form, figures_of(tables))} == {"holds"}


@pytest.mark.parametrize("line", _LINES)
def test_a_sentence_clean_or_with_a_planted_error(line: str, check: Check) -> None:
    printed, _, wanted = line.partition(" => ")
    found = check(printed)
    if wanted == "clean":
        assert found == []
        return
    head, _, why = wanted.partition(" | ")
    code, state, computed = head.split()
    (finding,) = found
    assert (finding.code, finding.state, finding.computed) == (code, state, computed)
    assert why in (finding.explanation or "")
    assert finding.sentence == 0


@pytest.mark.parametrize(
    ("printed", "reading"),
    [
        ("全年共收到申请1156件。", "新收＋上年结转"),
        ("全年共收到申请1116件。", None),
        ("全年受理申请1156件。", "新收＋上年结转"),
        ("全年受理申请1109件。", "办理结果总计"),
        ("行政复议已审结52件。", None),
    ],
)
def test_the_reading_that_holds_is_named(printed: str, reading: str | None, tables: Values) -> None:
    (finding,) = assess_narrative(report_of(tables, printed))
    assert (finding.state, finding.explanation) == ("holds", reading)
    assert any(i.startswith("t") for i in finding.figures) and finding.figures[-1].startswith("s0.")


@pytest.mark.parametrize("gap", ["", "/", "—"])
def test_nothing_is_compared_with_a_cell_without_a_number(gap: str, tables: Values) -> None:
    blank = tables | {"t3.refused.security.total": gap}
    assert check_narrative(report_of(blank, "不予公开121件，占9.09%。")) == ()
    states = {f.state for f in assess_narrative(report_of(blank, "不予公开121件，占9.09%。"))}
    assert states == {"not-assessable"}


def test_a_share_of_nothing_is_not_computed(tables: Values) -> None:
    nothing = dict.fromkeys(tables, "0")
    assert check_narrative(report_of(nothing, "不予公开0件，占0%。")) == ()


@pytest.mark.parametrize(
    ("sentences", "found"),
    [
        # 其中 may go on where the sentence before ended
        (("全市收到申请1116件。", "其中自然人申请1012件。"), ["1011"]),
        (("通过网络收到申请900件。", "其中自然人申请812件。"), []),
        (("甲县收到申请215件。", "予以公开457件。"), []),
    ],
)
def test_sentences_of_one_paragraph(
    sentences: tuple[str, ...], found: list[str], check: Check
) -> None:
    assert [f.computed for f in check(*sentences)] == found


def test_what_an_authority_alone_received_is_not_the_whole_city(tables: Values) -> None:
    own = report_of(tables, "全市收到申请9000件。", coverage="本机关")
    assert check_narrative(own) == ()
    assert check_narrative(replace(own, coverage="全市汇总")) != ()


def test_a_report_without_tables_still_has_its_own_sums() -> None:
    bare = replace(report_of({}, "网络3件、信函4件，共8件。"), form=None)
    (finding,) = check_report(bare)
    assert (finding.code, finding.computed) == ("narrative-sum", "7")


@pytest.mark.parametrize(
    ("sentences", "found"),
    [
        (("收到申请1499件。", "其中，通过网络申请1303件，占86.92%。"), []),
        (("收到申请1499件。", "其中，通过网络申请1303件，占87.92%。"), ["86.92%"]),
        # two figures: not clear what the share is of
        (("收到申请1499件，办结1480件。", "其中，通过网络申请1303件，占87.92%。"), []),
        (("收到申请1499件。", "通过网络申请1303件，占87.92%。"), []),
    ],
)
def test_a_share_of_the_sentence_before(sentences: tuple[str, ...], found: list[str]) -> None:
    bare = replace(report_of({}, *sentences), form=None)
    assert [f.computed for f in check_report(bare)] == found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("全年共收到公民、法人和其他组织的申请412件，其中通过网络提出的190件、信函申请122件。", []),
        ("全年共收到申请412件，其中通过网络提出的199件。", ["190"]),
        ("当面申请68件。", ["86"]),
        ("2015年网络申请170件。", []),
        ("市公安局收到申请30件，其中网络申请20件。", []),
        ("网络申请平台受理建议30件。", []),
    ],
)
def test_an_older_sheet(printed: str, found: list[str]) -> None:
    sheet = {"": "412", "online.": "190", "letter.": "122", "in_person.": "86"}
    values = {f"sheet.applications.{k}count": v for k, v in sheet.items()}
    report = replace(report_of(values, printed, year=2016), form="national-2014")
    assert [f.computed for f in check_narrative(report)] == found


def test_a_note_in_a_cell_is_a_reading_of_what_was_made(tables: Values) -> None:
    report = report_of(tables, "新制发规章2件。")
    part = Figure(
        "t2.rules.made#新制发", "2", Decimal(2), read_cell("2").status, note_of="t2.rules.made",
        table="t2", column_path=("本年制发件数", "新制发"),
    )  # fmt: skip
    assert [f.computed for f in check_report(report)] == ["3"]
    assert check_report(replace(report, figures=(*report.figures, part))) == ()


_TEMPLATES = (
    "{year}年，全市共收到政府信息公开申请{t3.received.total}件，上年结转{t3.carried_in.total}件。",
    "全年办结申请{t3.handled.total}件，予以公开{t3.granted.total}件、部分公开{t3.partly_granted.total}件。",
    "自然人申请{t3.received.natural}件，商业企业申请{t3.received.enterprise}件。",
    "结转下年度继续办理的申请{t3.carried_out.total}件。",
    "信息公开行政复议{t4.reconsideration.total}件，结果维持{t4.reconsideration.upheld}件。",
    "未经复议直接起诉{t4.direct.total}件，复议后起诉{t4.after.total}件。",
    "制发规章{t2.rules.made}件，废止{t2.rules.repealed}件，现行有效{t2.rules.in_force}件。",
)


@pytest.mark.parametrize("seed", range(4))
def test_drawn_reports(seed: int, make_values: MakeValues, form: Form) -> None:
    values = make_values(seed, 900)
    texts = [_filled(t, values) for t in _TEMPLATES]
    report = report_of(values, *texts)
    assert check_report(report) == ()
    assert sum(f.state == "holds" for f in assess_narrative(report)) == 15
    for i, template in enumerate(_TEMPLATES):
        wrong = [*texts]
        key = template.partition("{t")[2].partition("}")[0]
        wrong[i] = _filled(template, values | {f"t{key}": str(int(values[f"t{key}"]) + 4001)})
        found = check_report(report_of(values, *wrong))
        assert [(f.sentence, f.computed) for f in found] == [(i, values[f"t{key}"])]


def _filled(template: str, values: Values) -> str:
    for key, value in values.items():
        template = template.replace("{" + key + "}", value)
    return template.replace("{year}", "2022")


@pytest.mark.parametrize(
    ("printed", "kinds"),
    [
        # a change behind two counts may be of either, or of both
        ("行政复议56件、行政诉讼28件，同比下降4.8%。", ["count", "count"]),
        ("行政复议56件和行政诉讼28件，同比下降4.8%。", ["count", "count"]),
        ("行政复议56件，同比下降4.8%。", ["count", "change"]),
        ("行政复议56件，行政诉讼28件，同比下降4.8%。", ["count", "count", "change"]),
    ],
)
def test_what_a_change_is_about(printed: str, kinds: list[str], tables: Values) -> None:
    ((_, _, statements),) = statements_of(report_of(tables, printed))
    assert [one.kind for one in statements if one is not None] == kinds


@pytest.mark.parametrize(
    "printed", ["区政府办收到申请35件，其中网络申请20件。", "省直机关网络申请20件。"]
)
def test_an_older_sheet_and_another_body(printed: str) -> None:
    values = {"sheet.applications.count": "412", "sheet.applications.online.count": "190"}
    report = replace(report_of(values, printed, year=2016), form="national-2014")
    assert check_narrative(report) == ()


def test_all_checks_of_a_report(tables: Values) -> None:
    report = report_of(tables, "收到申请1116件，办结1190件。")
    codes = [(f.code, f.state) for f in assess_report(report)]
    assert codes.count(("narrative-vs-table", "holds")) == 1
    assert codes.count(("identity", "holds")) == len(codes) - 2
    assert [f.computed for f in check_report(report)] == ["1109"]
