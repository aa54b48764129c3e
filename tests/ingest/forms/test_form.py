"""Forms as data: what a data file must hold, and the form that is shipped."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import pytest

from ingest.errors import FormError
from ingest.forms import Form, form_named, load_forms
from ingest.forms.form import parse_form

SMALL: dict[str, Any] = {
    "name": "small",
    "title": "小表",
    "years": [2000, 2001],
    "labels": {"总计": ["合计", "共 计"]},
    "table": [
        {
            "key": "t",
            "title": "表",
            "section": "节",
            "block": [
                {
                    "columns": [
                        {"key": "a", "path": ["甲"], "unit": "件"},
                        {"key": "b", "path": ["乙"]},
                        {"key": "total", "path": ["总计"]},
                    ],
                    "rows": [
                        {"key": "x.one", "path": ["子", "丑"]},
                        {"key": "x.two", "path": ["子", "寅"]},
                        {"key": "all", "path": ["全部"]},
                    ],
                }
            ],
        }
    ],
    "identity": [
        {"name": "rows", "each": "row", "equation": "t.{row}.a + t.{row}.b = t.{row}.total"},
        {"name": "columns", "each": "column", "equation": "t.x.*.{column} = t.all.{column}"},
        {"name": "one", "equation": "t.all.a + t.all.b = t.all.total"},
    ],
}


def test_identities_are_expanded_to_cells() -> None:
    form = parse_form(SMALL, "small.toml")
    by_name = {i.name: i for i in form.identities}
    assert list(by_name) == [
        *("rows:x.one", "rows:x.two", "rows:all"),
        *("columns:a", "columns:b", "columns:total"),
        "one",
    ]
    assert by_name["rows:x.one"].left == ("t.x.one.a", "t.x.one.b")
    assert by_name["columns:b"].left == ("t.x.one.b", "t.x.two.b")
    assert by_name["columns:b"].right == ("t.all.b",)


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("合计", "总计"),
        ("共计", "总计"),
        ("合 計：", "总计"),
        ("总计", "总计"),
        ("甲", "甲"),
        ("别的", "别的"),
        ("", ""),
    ],
)
def test_canonical(printed: str, canonical: str) -> None:
    assert parse_form(SMALL, "small.toml").canonical(printed) == canonical


def _without(*path: str | int) -> dict[str, Any]:
    data = copy.deepcopy(SMALL)
    part: Any = data
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    return data


def _with_equation(equation: str, **more: str) -> dict[str, Any]:
    return SMALL | {"identity": [{"name": "i", "equation": equation, **more}]}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "table"),
        (_without("name"), "name"),
        (_without("years"), "years"),
        (_without("table", 0, "key"), "key"),
        (_without("table", 0, "block"), "block"),
        (_without("table", 0, "block", 0, "columns"), "columns"),
        (_without("table", 0, "block", 0, "rows", 0, "path"), "path"),
        (_without("identity", 0, "equation"), "equation"),
        (SMALL | {"years": [2000]}, "wrong"),
        (_with_equation("t.all.a + t.all.b"), "no equation"),
        (_with_equation("t.all.a = t.all.b = t.all.total"), "no equation"),
        (_with_equation("t.all.a = t.all.nothing"), "'t.all.nothing' names no cell"),
        (_with_equation("t.y.*.a = t.all.a"), "names no cell"),
        (_with_equation("u.all.a = t.all.a"), "no table"),
        (_with_equation("t.all.a = t.all.b", each="cell"), "'cell'"),
    ],
)
def test_a_wrong_data_file_is_named_with_what_is_wrong(data: dict[str, Any], words: str) -> None:
    with pytest.raises(FormError, match=r"small\.toml") as caught:
        parse_form(data, "small.toml")
    assert words in str(caught.value)


def test_form_named() -> None:
    assert form_named("national-2021") in load_forms()
    with pytest.raises(FormError, match="'national-1999'"):
        form_named("national-1999")


# the shipped form, against the form itself (国办公开办函〔2021〕30号)
def test_the_national_form_has_its_200_cells(form: Form) -> None:
    keys = [
        t.concept(r, c) for t in form.tables for b in t.blocks for r in b.rows for c in b.columns
    ]
    assert len(keys) == len(set(keys)) == 200
    assert Counter(k.split(".")[0] for k in keys) == {"t2": 10, "t3": 175, "t4": 15}
    paths = [
        (t.key, r.path, c.path)
        for t in form.tables
        for b in t.blocks
        for r in b.rows
        for c in b.columns
    ]
    assert len(set(paths)) == 200


def test_the_national_form_states_its_sums(form: Form) -> None:
    assert Counter(i.name.split(":")[0] for i in form.identities) == {
        "t3-row-total": 25,
        "t3-handled": 7,
        "t3-carry": 7,
        "t4-reconsideration": 1,
        "t4-direct": 1,
        "t4-after": 1,
    }
    handled = next(i for i in form.identities if i.name == "t3-handled:natural")
    assert len(handled.left) == 21 and handled.right == ("t3.handled.natural",)


@pytest.mark.parametrize(
    ("printed", "same_as"),
    [
        ("企业", "商业企业"),
        ("規(guī)范性文件", "行政规范性文件"),
        ("合计", "总计"),
        ("现行有效件", "现行有效件数"),
        ("本年度制发数", "本年制发件数"),
        ("本年废止数", "本年废止件数"),
        ("本年收费金额", "本年收费金额（单位：万元）"),
        ("部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
        ("1.逾期不补正", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        (
            "2.逾期不缴费",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        ),
        ("2.其他法律、行政法规禁止公开", "2.其他法律行政法规禁止公开"),
    ],
)
def test_label_variants(printed: str, same_as: str, form: Form) -> None:
    assert form.canonical(printed) == form.canonical(same_as)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("予以公开", "不予公开"),
        ("其他", "3.其他"),
        ("总计", "（七）总计"),
        ("行政许可", "行政处罚"),
        ("未经复议直接起诉", "复议后起诉"),
        ("上一年项目数量", "本年处理决定数量"),
        ("对外公开总数量", "现行有效件数"),
        ("采购总金额", "本年收费金额"),
    ],
)
def test_labels_that_mean_other_things_stay_apart(one: str, other: str, form: Form) -> None:
    assert form.canonical(one) != form.canonical(other)
