"""The terms of questions, Chinese and English."""

import pytest

from index.retrieve.content import terms_of
from index.retrieve.english import translations


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("？！", []),
        ("有多少", []),  # words that say nothing of what is asked
        ("门户网站的访问量是多少", ["门户网站", "访问量"]),
        ("约谈的单位几家", ["约谈", "单位"]),  # lone letters side by side are one word
        ("how many questionnaires", ["questionnaires"]),
        ("off-campus tutoring", ["campus", "tutoring"]),
        ("“政策简明问答” issues", ["政策", "简明", "问答", "issues"]),
        ("\ud800", []),
    ],
)
def test_terms(text: str, words: list[str]) -> None:
    assert [t.word for t in terms_of(text)] == words


@pytest.mark.parametrize(
    ("word", "chinese"),
    [
        ("questionnaire", "问卷"),
        ("questionnaires", "问卷"),
        ("training", "培训"),
        ("trained", "培训"),
        ("policies", "政策"),
        ("website", "网站"),
        ("library", "图书馆"),
    ],
)
def test_translations(word: str, chinese: str) -> None:
    found = dict(translations(word))
    assert chinese in found and 0 < found[chinese] <= 1


@pytest.mark.parametrize("word", ["", "zzzz", "1", "s"])
def test_no_translation(word: str) -> None:
    assert translations(word) == ()


def test_nouns_are_told_from_verbs() -> None:
    names = {t.word: t.names for t in terms_of("推送政策信息")}
    assert names["政策"] and names["信息"] and not names["推送"]
