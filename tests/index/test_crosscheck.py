"""What the reports of two consecutive years say of each other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from index import Assistant
from index.crosscheck import CrossFinding, check_store, crosscheck, crosscheck_stored
from ingest.model import Figure, Place, Report, Sentence
from ingest.narrative.figures import figures_in
from ingest.normalise import clean
from ingest.numbers import read_cell

Values = dict[str, str]
_WHO = ("natural", "enterprise", "total")

EARLIER: Values = {
    "t3.carried_out.natural": "41", "t3.carried_out.enterprise": "6", "t3.carried_out.total": "47",
    "t3.received.total": "1116", "t3.carried_in.total": "40", "t3.handled.total": "1109",
    "t2.rules.in_force": "26", "t2.normative.in_force": "412",
}  # fmt: skip
LATER: Values = {
    "t3.carried_in.natural": "41", "t3.carried_in.enterprise": "6", "t3.carried_in.total": "47",
    "t3.received.total": "1343", "t3.handled.total": "1330",
    "t2.rules.made": "2", "t2.rules.repealed": "1", "t2.rules.in_force": "27",
    "t2.normative.made": "71", "t2.normative.repealed": "53", "t2.normative.in_force": "430",
}  # fmt: skip


def report_of(
    year: int, values: Values, *printed: str, notes: dict[str, dict[str, str]] | None = None,
    issuer: str = "示例市", coverage: str | None = "全市汇总", form: str = "national-2021",
) -> Report:  # fmt: skip
    figures = []
    for key, text in values.items():
        cell = read_cell(text)
        figures.append(
            Figure(key, text, cell.value, cell.status, key=key, table=key[:2], note=cell.note)
        )
        for word, part in (notes or {}).get(key, {}).items():
            figures.append(
                Figure(
                    f"{key}#{word}", part, Decimal(part), read_cell(part).status, note_of=key,
                    table="t2", column_path=("", word),
                )
            )  # fmt: skip
    sentences = tuple(
        Sentence(i, 0, ("总体",), text, clean(text), Place()) for i, text in enumerate(printed)
    )
    prose = [f for s in sentences for f in figures_in(s)]
    return Report(
        id=f"r{year}", title=None, issuer=issuer, region=issuer, level="市", coverage=coverage,
        year=year, period=None, source="", reader="", form=form, figures=(*figures, *prose),
        sentences=sentences,
    )  # fmt: skip


def found(*reports: Report, code: str | None = None) -> list[CrossFinding]:
    return [f for f in crosscheck(reports) if code in (None, f.finding.code)]


def test_two_sound_years_hold() -> None:
    sentence = "全市收到政府信息公开申请1343件，同比增长20.3%。"
    both = found(report_of(2022, EARLIER), report_of(2023, LATER, sentence))
    assert [(f.finding.code, f.finding.state) for f in both] == [
        *[("carry-over", "holds")] * 3, *[("in-force", "holds")] * 2, ("year-on-year", "holds"),
    ]  # fmt: skip
    assert all(f.reports == ("r2022", "r2023") and f.years == (2022, 2023) for f in both)


@pytest.mark.parametrize("order", [1, -1])
def test_both_sides_are_named_whatever_the_order(order: int) -> None:
    reports = [report_of(2022, EARLIER), report_of(2023, LATER | {"t3.carried_in.total": "74"})]
    failed = [f for f in found(*reports[::order]) if f.finding.state == "fails"]
    (one,) = failed
    assert one.finding.figures == ("r2022/t3.carried_out.total", "r2023/t3.carried_in.total")
    assert (one.finding.computed, one.finding.stated) == ("47", "74")
    assert "2022年结转下年度" in one.finding.text and "47" in one.finding.text


@pytest.mark.parametrize(
    ("later", "states", "why"),
    [
        ({}, ["holds"] * 3, None),
        # the same total, another kind of applicant
        ({"t3.carried_in.natural": "40", "t3.carried_in.enterprise": "7"},
         ["fails", "fails", "holds"], "申请人类别"),
        ({"t3.carried_in.natural": "14"}, ["fails", "holds", "holds"], "申请人类别"),
        ({"t3.carried_in.natural": ""}, ["uncertain", "holds", "holds"], "没有数"),
        ({"t3.carried_in.natural": "0", "t3.carried_in.total": "6"},
         ["fails", "holds", "fails"], None),
    ],
)  # fmt: skip
def test_carry_over(later: Values, states: list[str], why: str | None) -> None:
    got = found(report_of(2022, EARLIER), report_of(2023, LATER | later), code="carry-over")
    by_who = {(f.finding.concept or "").rpartition(".")[2]: f.finding for f in got}
    assert [by_who[w].state for w in _WHO] == states
    whys = {f.explanation for f in by_who.values() if f.state in ("fails", "uncertain")}
    assert all((why in (w or "")) if why else w is None for w in whys)


def test_a_blank_against_nothing_is_no_difference() -> None:
    reports = (
        report_of(2022, {"t3.carried_out.natural": "0"}),
        report_of(2023, {"t3.carried_in.natural": ""}),
    )
    assert [f.finding.state for f in found(*reports)] == ["holds"]


@pytest.mark.parametrize(
    ("later", "notes", "sentence", "state", "words"),
    [
        ({}, {}, "", "holds", ""),
        ({"t2.rules.in_force": "28"}, {}, "", "fails", "推算为 27"),
        ({"t2.rules.in_force": "25"}, {}, "", "fails", "自然失效"),
        # 18 made, 14 of them changes of what was in force already
        ({"t2.rules.made": "18", "t2.rules.in_force": "29"},
         {"t2.rules.made": {"新制发": "4", "修改": "14"}}, "", "holds", "修改 14 件"),
        ({"t2.rules.made": "18", "t2.rules.in_force": "30"},
         {"t2.rules.made": {"新制发": "4", "修改": "14"}}, "", "fails", "推算为 43"),
        ({"t2.rules.in_force": "25"}, {}, "宣布失效规章2件。", "fails", "正文另写失效 2 件"),
        ({"t2.rules.in_force": "25"}, {}, "宣布失效规章3件。", "fails", "自然失效"),
        ({"t2.rules.repealed": "/"}, {}, "", "not-assessable", "没有数"),
    ],
)  # fmt: skip
def test_documents_in_force(
    later: Values, notes: dict[str, dict[str, str]], sentence: str, state: str, words: str
) -> None:
    reports = report_of(2022, EARLIER), report_of(2023, LATER | later, sentence, notes=notes)
    (one,) = [f.finding for f in found(*reports) if f.finding.concept == "t2.rules.in_force"]
    assert (one.state, one.code) == (state, "in-force")
    assert words in one.text


@pytest.mark.parametrize(
    ("sentence", "state", "computed", "why"),
    [
        ("全市收到政府信息公开申请1343件，同比增长20.3%。", "holds", "20.3%", None),
        ("全市收到政府信息公开申请1343件，比2022年增长20.34%。", "holds", "20.34%", None),
        ("全市收到政府信息公开申请1343件（含网上申请900件），较上年上升20%。", "holds", "20%", None),
        ("申请数量较2022年上升20.3%。", "holds", "20.3%", None),
        ("全市收到政府信息公开申请1343件，同比增长23.0%。", "fails", "20.3%", None),
        ("全市收到政府信息公开申请1343件，同比下降20.3%。", "fails", "20.3%", "方向相反"),
        ("全市收到政府信息公开申请1390件，同比增长20.2%。", "holds", "20.2%", "新收＋上年结转"),
        ("全市收到政府信息公开申请1343件，同比增长20.4%。", "fails", "20.3%", None),
        ("全市收到政府信息公开申请1390件，同比增长24.6%。", "fails", "20.2%", "上年的新收申请"),
        ("全市办结政府信息公开申请1330件，同比增长19.93%。", "holds", "19.93%", None),
        ("全市办结政府信息公开申请1330件，同比增长19.92%。", "fails", "19.93%", "截去"),
    ],
)  # fmt: skip
def test_rates_of_growth(sentence: str, state: str, computed: str, why: str | None) -> None:
    reports = report_of(2022, EARLIER), report_of(2023, LATER, sentence)
    (one,) = [f.finding for f in found(*reports, code="year-on-year")]
    assert (one.state, one.computed) == (state, computed)
    assert (why in (one.explanation or "")) if why else one.explanation is None
    assert any(i.startswith("r2022/t3") for i in one.figures)
    assert one.figures[-1].startswith("r2023/s0.")


@pytest.mark.parametrize(
    "sentence",
    [
        "网站访问量同比增长35%。",
        "通过网络收到申请900件，同比增长35%。",
        "甲县收到申请268件，同比增长35%。",
        "比2021年增长35%。",
        "全市收到申请1343件，培训12次，同比增长35%。",
        "一季度收到申请300件，同比增长35%。",
        "全市收到申请1343件，同比增长近35%。",
    ],
)
def test_other_rates_are_not_compared(sentence: str) -> None:
    reports = report_of(2022, EARLIER), report_of(2023, LATER, sentence)
    assert found(*reports, code="year-on-year") == []


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({"issuer": "某某市"}, set()),
        ({"coverage": "本机关"}, {"coverage-differs"}),
        # the form of 2019 counts 对外公开总数量, not 现行有效件数
        ({"form": "national-2019"}, {"carry-over"}),
    ],
)
def test_what_is_not_comparable(other: dict[str, str], codes: set[str]) -> None:
    values = dict(EARLIER)
    if other.get("form"):
        values = {k: v for k, v in values.items() if k.startswith("t3.carried_out")}
        values |= {"t2.rules.disclosed": "26"}
    reports = report_of(2022, values, **other), report_of(2023, LATER)  # type: ignore[arg-type]
    got = found(*reports)
    assert {f.finding.code for f in got} == codes
    assert all(f.finding.state != "fails" for f in got)


def test_years_apart_are_not_neighbours() -> None:
    assert found(report_of(2021, EARLIER), report_of(2023, LATER)) == []
    assert found(replace(report_of(2022, EARLIER), year=None), report_of(2023, LATER)) == []


def test_the_examples_in_the_store(reader: Assistant) -> None:
    store, listed = reader.store, reader.reports()
    across = crosscheck_stored(store, listed)
    assert {f.finding.state for f in across} == {"holds"}
    assert {f.finding.code for f in across} == {"carry-over", "in-force", "year-on-year"}
    every = check_store(store, listed, every=True)
    assert [f for f in every if len(f.reports) == 2] == across
    shown = check_store(store, listed)
    # the example of 2023 cuts one share off: 9.09% for 9.0977…%
    assert [(f.issuer, f.years, f.finding.computed) for f in shown] == [
        ("示例市", (2023,), "9.10%")
    ]
    assert [f for f in every if f.finding.state in ("fails", "uncertain")] == shown


def test_a_line_of_the_command_names_both_reports() -> None:
    got = found(report_of(2022, EARLIER), report_of(2023, LATER), code="in-force")
    assert got[0].to_text().startswith("示例市 2022/2023 (r2022 r2023)  [in-force, holds] ")
    line = got[0].to_json()
    assert (line["reports"], line["report"], line["year"]) == (["r2022", "r2023"], "r2023", 2023)
