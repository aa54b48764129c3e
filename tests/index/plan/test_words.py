"""The words of questions: the data file is whole, and folding makes one of many spellings."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest

from index.plan.words import fold, load_words, word_group
from ingest.words import load_concepts


def _light() -> list[str]:
    """The words of function_words.toml, as written."""
    text = resources.files("index.plan").joinpath("function_words.toml").read_text("utf-8")
    return [word for group in tomllib.loads(text)["filler"].values() for word in group]


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
        (".*[a-z]+$", ".*[a z]+$"),
        ("Third-Party", "third party"),
        ("2022-2023", "2022-2023"),
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


def test_function_words_are_fillers() -> None:
    fillers = set(load_words().roles["filler"])
    assert {fold(word) for word in _light()} <= fillers
    assert {"竟然", "归到", "当作", "请教", "表三", "regarding"} <= fillers


def test_a_function_word_has_no_other_role() -> None:
    # `reporting` and `problem_letters` are read for prose only
    prose = ("filler", "reporting", "problem_letters")
    roles = load_words().roles
    taken = {word for role, words in roles.items() if role not in prose for word in words}
    assert [word for word in _light() if fold(word) in taken] == []


def test_a_function_word_names_no_concept() -> None:
    concepts = load_concepts()
    named = {
        fold(word)
        for entry in (*concepts.subjects, *concepts.members)
        for word in (entry.name, *entry.words)
    }
    assert [word for word in _light() if fold(word) in named] == []


def test_function_words_are_folded_and_stand_once() -> None:
    words = _light()
    assert [word for word in words if fold(word) != word or not word] == []
    assert sorted(words) == sorted(set(words))


def test_a_function_word_denies_and_limits_nothing() -> None:
    """A letter of a negation or a limit only stands in these, which have another meaning whole."""
    harmless = {
        "不但",
        "不好意思",
        "对不起",
        "不知",
        "不知道",
        "不晓得",
        "只想知道",
        "莫非",
        "非常",
        "各位好",
    }
    letters = re.compile("[不没未无非别勿莫仅只独除超逾都全各每半]")
    assert {word for word in _light() if letters.search(word)} == harmless


@pytest.mark.parametrize(
    "word",
    [
        # another kind of case, or what became of one
        *("撤回", "退回", "转办", "移送", "受理", "延期", "回答", "查到", "找到", "拿到信息", "办成", "批准", "同意"),
        # an exception, a bound, a sum, a limit
        *("除了", "以上", "超过", "不到", "差不多", "几乎", "一起", "凑", "算进", "算在", "仅", "只", "不过"),
        # another time, place, channel, or somebody else
        *("以前", "以后", "最近", "上半年", "现在", "接下来", "当面", "网上", "地方", "部分", "女", "未成年"),
        *("answer", "again", "urgent", "same", "rather", "since", "until", "below", "given"),
        # lone letters that would make up another word with their neighbour: 会计, 应急, 花都, 用地
        *("会", "应", "花", "用", "成", "当", "题", "让", "拿"),
    ],
)  # fmt: skip
def test_words_that_change_what_is_asked_are_no_function_words(word: str) -> None:
    assert word not in _light()


@pytest.mark.parametrize(
    ("text", "role", "found"),
    [
        # years counted beside the years themselves, and nowhere else
        ("2022年和2023年两年一共", "filler", ["两年"]),
        ("2022和2023这两年", "filler", ["这两年"]),
        ("2021到2023年三年间", "filler", ["三年间"]),
        ("这两年收到多少", "filler", []),
        ("2023年五年来", "filler", []),
        ("两年前", "filler", []),
        ("2023年几年", "filler", []),
        # kinds
        ("这几种理由", "filler", ["这几种理由"]),
        ("那几个", "filler", ["那几个"]),
        ("几种理由", "filler", []),
        # tables
        ("第三张表里", "filler", ["第三张表里"]),
        ("第4张统计表格", "filler", ["第4张统计表格"]),
        ("报告第四部分", "filler", ["报告第四部分"]),
        ("年报部分公开", "filler", []),
        ("第三名", "filler", []),
        # politeness
        ("能不能告诉我", "filler", ["能不能"]),
        ("能不能公开", "filler", []),
        ("老师,请问", "filler", ["老师"]),
        ("老师申请了", "filler", []),
        ("各位好", "filler", ["各位"]),
        ("有个问题想请教,", "filler", ["有个问题想请教"]),
        ("有个问题是什么", "filler", []),
        ("帮我汇总一下", "filler", ["帮我汇总一下"]),
        ("汇总一下", "filler", []),
        ("不过,企业呢", "filler", ["不过"]),
        ("审核不过的", "filler", []),
        # light verbs
        ("拿国家秘密当理由", "filler", ["拿", "当"]),
        ("拿到信息", "filler", []),
        ("算到哪类", "filler", ["算到"]),
        ("算在内", "filler", []),
        ("算进去", "filler", []),
        ("算在一起", "filler", []),
        ("花了多少钱", "filler", ["花了"]),
        ("申请花了多少天", "filler", []),
        ("集中采购花掉多少", "filler", ["花掉"]),
        ("花都区", "filler", []),
        ("用地多少", "filler", []),
        ("现在还有效", "filler", ["现在"]),
        ("那现在呢", "filler", []),
        ("年报里能查到的", "filler", ["能查到"]),
        ("申请里能查到的", "filler", []),
        ("让我看看", "filler", ["让"]),
        ("让公开的", "filler", []),
        ("根据政府信息公开条例的规定", "filler", ["根据政府信息公开条例的规定"]),
        # what came out is granted, and no filler
        ("公开出去了的", "unclear", ["公开出去了的"]),
        ("申请公开出来的有几件", "unclear", ["申请公开出来的"]),
        ("企业申请拿到了信息的", "unclear", ["拿到了信息"]),
        ("上年结转算在内", "unclear", ["算在内"]),
        ("把结转的算进去", "unclear", ["算进去"]),
    ],
)
def test_patterns_of_words_in_their_surroundings(text: str, role: str, found: list[str]) -> None:
    patterns = [p for p, of in load_words().patterns if of == role]
    hits = {m.span() for p in patterns for m in p.finditer(text) if m.group()}
    inner = {a for a in hits for b in hits if a != b and b[0] <= a[0] and a[1] <= b[1]}
    assert [text[a:b] for a, b in sorted(hits - inner)] == found


def test_a_group_of_words_is_normalised_and_named() -> None:
    assert word_group("former") == ("前者",)
    with pytest.raises(KeyError, match="no such group"):
        word_group("no such group")


def test_no_word_stands_twice_in_a_group() -> None:
    text = resources.files("index.plan").joinpath("word_groups.toml").read_text("utf-8")
    for name in tomllib.loads(text):
        words = word_group(name)
        assert words and all(words), name
        assert len(set(words)) == len(words), name
