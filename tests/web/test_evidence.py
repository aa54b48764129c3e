from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest

from index.answer import Answer, Citation, FigureRef, Formula, Kind, Notice, Value
from ingest.model import Table
from web.evidence import OPEN_BLOCKS, empty_html, evidence_html, failed_html

UGLY = '<img src=x onerror="alert(1)">\'</td></details><script>'


def figure(name: str, **changes: Any) -> FigureRef:
    said: dict[str, Any] = {
        "id": name,
        "value": "3",
        "unit": "件",
        "text": "3",
        "issuer": "甲市",
        "year": 2023,
        "report": "r1",
        "table": "表三",
        "table_id": "t3",
        "cell": (2, 4),
        "row_path": ("办理", "公开"),
        "column_path": ("总计",),
        "printed_row_path": ("办理", "公开"),
        "printed_column_path": ("总计",),
        "place": {"line": 7},
    }
    return FigureRef(**(said | changes))


def answer(kind: Kind = Kind.LOOKUP, **changes: Any) -> Answer:
    return Answer("甲市2023年公开几件？", "2023年甲市公开 3 件。", kind, **changes)


def tags(drawn: str) -> set[str]:
    return set(re.findall(r"<(\w+)", drawn))


@pytest.fixture
def reports(summary: Any) -> dict[str, Any]:
    return {"r1": summary(), "r2": summary(id="r2", issuer="乙区", year=None)}


@pytest.fixture
def stocked(shelf: Any, small_table: Table) -> Any:
    shelf.tables["r1", "t3"] = small_table
    shelf.tables["r2", "t3"] = small_table
    shelf.add_paragraph("r1", "公开3件，占37.5%。", "其余不公开。")
    return shelf


def test_a_looked_up_figure_shows_its_table(stocked: Any, reports: Any) -> None:
    drawn = evidence_html(answer(figures=(figure("f1"),)), stocked, reports, "zh")
    assert re.findall(r'<td class="lit"[^>]*>([^<]*)<', drawn) == ["3"]
    assert "甲市 2023年" in drawn
    assert "表：表三" in drawn
    assert "办理 › 公开 × 总计" in drawn
    assert "第 7 行" in drawn
    assert "文件：甲市.txt" in drawn
    assert "单位：件" in drawn
    assert "wb-formula" not in drawn


def test_figures_of_one_table_share_it(stocked: Any, reports: Any) -> None:
    figures = (figure("f1"), figure("f2", cell=(3, 4), text="5", value="5"))
    drawn = evidence_html(answer(figures=figures), stocked, reports, "zh")
    assert drawn.count("<details") == drawn.count('class="wb-table"') == 1
    assert drawn.count('class="lit"') == 2


def test_a_computed_figure_shows_formula_and_operands(stocked: Any, reports: Any) -> None:
    figures = (
        figure("f1", cell=(2, 2), text="1", value="1"),
        figure("f2", cell=(2, 4)),
        FigureRef("f3", "33.33", "%", formula=Formula("share", ("f1", "f2"), "1÷3")),
    )
    drawn = evidence_html(answer(Kind.COMPUTE, figures=figures), stocked, reports, "en")
    assert "1÷3 = 33.33%" in drawn
    assert "How it was computed" in drawn
    assert "Figures used (2)" in drawn
    assert re.findall(r'<td class="lit"[^>]*>([^<]*)<', drawn) == ["1", "3"]
    # said once, in the list of operands
    assert 'class="wb-paths"' not in drawn


def test_operands_of_other_computed_figures_are_not_listed(stocked: Any, reports: Any) -> None:
    figures = (
        figure("f1"),
        FigureRef("f2", "6", "件", formula=Formula("sum", ("f1", "f1"), "3+3")),
        FigureRef("f3", "12", "件", formula=Formula("sum", ("f2", "f2"), "6+6=12")),
    )
    drawn = evidence_html(answer(Kind.COMPUTE, figures=figures), stocked, reports, "zh")
    assert "3+3 = 6件" in drawn
    assert ">6+6=12<" in drawn
    assert "用到的数字（1 个）" in drawn


def test_a_sum_beside_a_look_up_is_an_aside(stocked: Any, reports: Any) -> None:
    figures = (
        figure("f1"),
        figure("f2", cell=(3, 4), text="5", value="5"),
        FigureRef("f3", "8", "件", formula=Formula("sum", ("f1", "f2"), "3+5")),
    )
    values = (Value("3", "件", "3", "x", issuer="甲市", year=2023),)
    drawn = evidence_html(answer(figures=figures, values=values), stocked, reports, "zh")
    assert re.findall(r'<td class="lit"[^>]*>([^<]*)<', drawn) == ["3"]
    assert re.findall(r'<td class="lit aside"[^>]*>([^<]*)<', drawn) == ["5"]
    # what was asked for comes first, and its path is said
    assert drawn.index('class="wb-table"') < drawn.index("回答里另外算的")
    paths = re.findall(r'<ul class="wb-paths">(.*?)</ul>', drawn)
    assert "办理 › 公开 × 总计" in paths[0]
    assert paths[0].count("<li>") == 1


def test_a_conflict_shows_table_and_sentence(stocked: Any, reports: Any) -> None:
    said = figure("f2", table_id=None, table=None, cell=None, sentence=0, row_path=(), text="37.5")
    said = replace(said, printed_row_path=(), printed_column_path=(), column_path=())
    conflict = answer(
        Kind.CONFLICT,
        figures=(figure("f1"), said),
        findings=(Notice("narrative-vs-table", "正文 37.5%，按表 38%"),),
    )
    drawn = evidence_html(conflict, stocked, reports, "zh")
    assert 'class="lit" data-blank' in drawn
    assert '<mark class="lit">公开3件，占<strong>37.5</strong>%。</mark>其余不公开。' in drawn
    assert "五、问题" in drawn
    assert "narrative-vs-table" in drawn
    assert "正文 37.5%，按表 38%" in drawn


def test_sentences_of_one_paragraph_share_it(stocked: Any, reports: Any) -> None:
    citations = tuple(
        Citation("r1", ("五、问题",), text, {"line": number + 1}, number)
        for number, text in enumerate(("公开3件，占37.5%。", "其余不公开。"))
    )
    drawn = evidence_html(answer(Kind.NARRATIVE, citations=citations), stocked, reports, "zh")
    assert drawn.count("<details") == 1
    assert drawn.count("<mark") == 2


def test_what_is_gone_is_said(shelf: Any) -> None:
    citation = Citation("r9", ("六、其他",), "不在了。", {}, 4)
    gone = answer(figures=(figure("f1"),), citations=(citation,))
    drawn = evidence_html(gone, shelf, {}, "zh")
    assert "这张表已经不在库里" in drawn
    assert '<mark class="lit">不在了。</mark>' in drawn
    assert "报告 r1" in drawn
    assert "办理 › 公开 × 总计" in drawn


@pytest.mark.parametrize(
    ("status", "text", "said"),
    [
        ("blank", "", "空白，不是 0"),
        ("slash", "/", "印的是 /，不是 0"),
        ("dash", "—", "印的是短横，不是 0"),
        ("zero", "0", "印的是 0"),
        ("text", "见附件", "印的是文字"),
    ],
)
def test_five_kinds_of_nothing_are_five(
    stocked: Any, reports: Any, status: str, text: str, said: str
) -> None:
    one = figure("f1", status=status, text=text, value=None, cell=(3, 2))
    drawn = evidence_html(answer(Kind.ABSTAIN, figures=(one,)), stocked, reports, "zh")
    assert f"<b>{text} <small>{said}</small></b>".replace("<b> ", "<b>") in drawn


def test_units_are_not_said_twice(stocked: Any, reports: Any) -> None:
    drawn = evidence_html(answer(figures=(figure("f1", text="3件"),)), stocked, reports, "zh")
    assert "<b>3件</b>" in drawn
    drawn = evidence_html(answer(figures=(figure("f1", unit=None),)), stocked, reports, "zh")
    assert "<b>3</b>" in drawn


def test_no_evidence_is_said_and_nothing_to_copy(stocked: Any, reports: Any) -> None:
    drawn = evidence_html(answer(Kind.ABSTAIN), stocked, reports, "en")
    assert "no evidence to show" in drawn
    assert "wb-copy" not in drawn


def test_only_the_first_blocks_are_open(stocked: Any, reports: Any, small_table: Table) -> None:
    figures = []
    for number in range(OPEN_BLOCKS + 2):
        stocked.tables["r1", f"g{number}"] = small_table
        figures.append(figure(f"f{number}", table_id=f"g{number}"))
    drawn = evidence_html(answer(Kind.TREND, figures=tuple(figures)), stocked, reports, "zh")
    assert drawn.count('<details class="wb-block" open>') == OPEN_BLOCKS
    assert drawn.count('<details class="wb-block">') == 2


def test_the_copy_holds_answer_and_sources(stocked: Any, reports: Any) -> None:
    citation = Citation("r1", ("五、问题",), "其余不公开。", {"line": 2}, 1)
    drawn = evidence_html(
        answer(figures=(figure("f1"),), citations=(citation,)), stocked, reports, "zh"
    )
    found = re.search(r'data-copy="([^"]*)"', drawn)
    assert found
    assert html.unescape(found[1]).split("\n") == [
        "2023年甲市公开 3 件。",
        "",
        "甲市 2023年 | 表三 | 办理 › 公开 × 总计 | 3 | 第 7 行",
        "甲市 2023年 | 五、问题 | “其余不公开。” | 第 2 行",
    ]


def test_nothing_of_a_report_becomes_markup(shelf: Any, summary: Any) -> None:
    from ingest.model import Cell

    shelf.tables["r1", "t3"] = Table(
        "t3", UGLY, (UGLY,), (Cell(0, 0, UGLY, header=True), Cell(0, 1, UGLY)), unit=UGLY
    )
    shelf.add_paragraph("r1", UGLY, UGLY)
    reports = {"r1": summary(title=UGLY, issuer=UGLY, source=UGLY)}
    one = figure(
        "f1",
        text=UGLY,
        unit=UGLY,
        table=UGLY,
        cell=(0, 1),
        printed_row_path=(UGLY,),
        printed_column_path=(UGLY,),
        place={"sheet": UGLY, "cell": UGLY},
    )
    ugly = Answer(
        UGLY,
        UGLY,
        Kind.CONFLICT,
        figures=(one, FigureRef("f2", UGLY, UGLY, formula=Formula("sum", ("f1",), UGLY))),
        citations=(Citation("r1", (UGLY,), UGLY, {}, 0),),
        findings=(Notice(UGLY, UGLY),),
    )
    drawn = evidence_html(ugly, shelf, reports, "zh")
    assert not tags(drawn) & {"img", "script"}
    assert "onerror=&quot;" in drawn
    assert not re.search(r"<[^>]*onerror=\"", re.sub(r'data-copy="[^"]*"', "", drawn))
    for tag in ("details", "td", "table", "section", "div"):
        assert drawn.count(f"<{tag}") == drawn.count(f"</{tag}>"), tag


def test_panels_without_an_answer() -> None:
    assert "单元格会标亮" in empty_html("zh")
    assert tags(failed_html(UGLY, "en")) == {"div", "p"}
