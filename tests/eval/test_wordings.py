"""Wordings are made for every cell of both national forms, by the rules and no others."""

from dataclasses import replace

import pytest

from eval.wordings import KINDS, FormCell, bare, form_cells, short_name, wordings
from ingest.errors import EvaluationError
from ingest.forms import form_named

FORMS = [form_named(name) for name in ("national-2021", "national-2019")]
CELLS = [(form.name, cell) for form in FORMS for cell in form_cells(form)]


def cell_of(key: str, form: str = "national-2021") -> FormCell:
    return next(cell for name, cell in CELLS if (name, cell.key) == (form, key))


def asked(key: str, kind: str, issuer: str = "上海市", form: str = "national-2021") -> str:
    return next(w.question for w in wordings(cell_of(key, form), issuer, 2023) if w.kind == kind)


def test_all_cells_of_the_forms_are_there() -> None:
    counts = [(form.name, sum(name == form.name for name, _ in CELLS)) for form in FORMS]
    # 2021: 6 + 1 + 2 + 1, 25 rows of 7, 15; 2019: 6 + 6 + 6 + 2 + 2, 23 rows of 7, 15
    assert counts == [("national-2021", 200), ("national-2019", 198)]


@pytest.mark.parametrize("issuer", ["上海市", "商洛市洛南县"])
def test_every_cell_has_its_wordings(issuer: str) -> None:
    for _, cell in CELLS:
        made = wordings(cell, issuer, 2023)
        kinds = [w.kind for w in made]
        assert len(set(kinds)) == len(kinds) and set(KINDS) - set(kinds) <= {"typo"}, cell.key
        assert len({w.question for w in made}) == len(made), cell.key
        assert not any("{" in w.question or "  " in w.question for w in made), cell.key
        assert made == wordings(cell, issuer, 2023)


def test_no_two_cells_are_asked_alike() -> None:
    for form in FORMS:
        questions: dict[str, str] = {}
        for name, cell in CELLS:
            for wording in wordings(cell, "上海市", 2023) if name == form.name else ():
                assert questions.setdefault(wording.question, cell.key) == cell.key


@pytest.mark.parametrize(
    ("label", "above", "expected"),
    [
        ("一、本年新收政府信息公开申请数量", None, "本年新收政府信息公开申请数量"),
        ("（三）不予公开", None, "不予公开"),
        ("8.属于行政查询事项", "（三）不予公开", "属于行政查询事项"),
        ("3.危及“三安全一稳定”", "（三）不予公开", "危及三安全一稳定"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", None, "部分公开"),
        ("3.其他", "（六）其他处理", "其他处理中的其他"),
        ("其他", "法人或其他组织", "法人或其他组织中的其他"),
        ("（七）总计", "三、本年度办理结果", "本年度办理结果总计"),
        ("总计", None, "总计"),
        ("三类", None, "三类"),
    ],
)
def test_bare_labels(label: str, above: str | None, expected: str) -> None:
    assert bare(label, above) == expected


@pytest.mark.parametrize(
    ("issuer", "short"),
    [
        ("上海市", "上海"),
        ("示例市示例区", "示例市示例区"),
        ("泗县", "泗县"),
        ("国家统计局", "国家统计局"),
    ],
)
def test_short_names(issuer: str, short: str) -> None:
    assert short_name(issuer) == short


@pytest.mark.parametrize(
    ("key", "kind", "parts"),
    [
        ("t3.refused.state_secret.natural", "path",
         ("三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", "自然人")),
        ("t4.after.corrected", "no_unit", ("行政诉讼复议后起诉", "结果纠正", "上海市", "2023")),
        ("t2.fees.amount", "english", ("amount of administrative fees", "Shanghai", "2023")),
        ("t3.granted.enterprise", "english", ("granted in full", "from enterprises", "Shanghai")),
        ("t3.carried_out.total", "colloquial", ("申请",)),
    ],
)  # fmt: skip
def test_what_a_wording_names(key: str, kind: str, parts: tuple[str, ...]) -> None:
    assert all(part in asked(key, kind) for part in parts)


def test_slips_leave_the_letters_that_tell_figures_apart() -> None:
    slips = 0
    for name, cell in CELLS:
        by_kind = {w.kind: w.question for w in wordings(cell, "上海市", 2023)}
        slipped = by_kind.get("typo")
        if slipped is not None:
            slips += 1
            assert slipped != by_kind["no_unit"]
            for letter in "不未没再":
                assert slipped.count(letter) == by_kind["no_unit"].count(letter), (name, slipped)
    assert slips > len(CELLS) * 0.95


def test_traditional_is_traditional() -> None:
    assert "數" in asked("t2.rules.made", "traditional") or "規" in asked(
        "t2.rules.made", "traditional"
    )


def test_a_cell_without_words_is_named() -> None:
    cell = cell_of("t2.rules.made")
    unknown = replace(cell, row=replace(cell.row, key="nonsense"))
    with pytest.raises(EvaluationError, match=r"t2\.nonsense\.made"):
        wordings(unknown, "上海市", 2023)
