"""The words of questions: the data file is whole, and folding makes one of many spellings."""

from __future__ import annotations

import pytest

from index.plan.words import fold, load_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("   ", ""),
        ("上海", "上海"),
        ("  上海 ", "上海"),
        ("上 海 2023 年", "上海2023年"),
        ("２０２３年", "2023年"),
        ("ＳＨＡＮＧＨＡＩ", "shanghai"),
        ("Shanghai  City", "shanghai city"),
        ("不予公開", "不予公开"),
        ("行政復議", "行政复议"),
        ("規(guī)章", "规章"),
        ("壹贰叁肆伍陆柒捌玖", "一二三四五六七八九"),
        ("貳零貳叁", "二零二三"),
        ("占？", "占?"),
        ("（三）", "(三)"),
        ("「其他」", "“其他”"),
        ("多\u200b少", "多少"),
        ("多\x00少", "多少"),
        ("😀", "😀"),
        ("①", "①"),
        ("'; DROP TABLE", "'; drop table"),
        (".*[a-z]+$", ".*[a-z]+$"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["上海2023年", "不予公開", "Ａ　Ｂ", "規(guī)章", "😀\x00"])
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_long_text_folds_to_its_length() -> None:
    assert fold("佔" * 2000) == "占" * 2000


def test_every_word_of_a_role_is_folded_and_stands_once() -> None:
    for role, words in load_words().roles.items():
        assert words, role
        assert len(set(words)) == len(words), role
        assert [w for w in words if fold(w) != w or not w] == [], role


@pytest.mark.parametrize(
    ("role", "word"),
    [
        ("ask_number", "多少"),
        ("ask_number", "how many"),
        ("share", "占"),
        ("share", "百分之几"),
        ("list", "分别"),
        ("sum", "一共"),
        ("add", "加起来"),
        ("ratio", "倍"),
        ("growth", "同比"),
        ("most", "最多"),
        ("least", "fewest"),
        ("than", "比"),
        ("last_year", "上年"),
        ("other", "其他"),
        ("request", "申请"),
        ("units_money", "万元"),
        ("units_neutral", "件"),
        ("units_other", "人次"),
        ("except", "不含"),
    ],
)
def test_roles_that_the_planner_reads(role: str, word: str) -> None:
    assert word in load_words().roles[role]


def test_rewriting_comes_to_an_end() -> None:
    """No spelled-out word holds an abbreviation that would be spelled out again."""
    rewrite = load_words().rewrite
    assert [(k, v) for k, v in rewrite.items() for other in rewrite if other in v] == []


@pytest.mark.parametrize(
    ("phrase", "whole"),
    [
        ("第3项", True),
        ("第三小项", True),
        ("第十二条", True),
        ("第项", False),
    ],
)
def test_patterns_of_fillers(phrase: str, whole: bool) -> None:
    found = [role for p, role in load_words().patterns if p.fullmatch(phrase)]
    assert found == (["filler"] if whole else [])


def test_lines_of_words_that_stand_for_each_other() -> None:
    for line in load_words().same:
        assert len(line) > 1
        assert len(set(line)) == len(line)


def test_each_province_has_one_letter() -> None:
    abbreviations = load_words().abbreviations
    assert abbreviations["沪"] == "上海市"
    assert all(len(k) == 1 for k in abbreviations)
    assert len(set(abbreviations.values())) == len(abbreviations)
