from __future__ import annotations

import re
from pathlib import Path

import pytest

import web
from web.texts import LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES, TEXTS, say

NAMES = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_is_there_in_both_languages(key: str) -> None:
    assert set(TEXTS[key]) == set(LANGUAGES)
    assert all(text.strip() for text in TEXTS[key].values())


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_take_the_same_values(key: str) -> None:
    zh, en = (set(NAMES.findall(TEXTS[key][language])) for language in LANGUAGES)
    assert zh == en


@pytest.mark.parametrize("key", TEXTS)
def test_english_is_english(key: str) -> None:
    # the product's own name may stand beside its Latin form
    assert not re.search(r"[\u4e00-\u9fff]", TEXTS[key]["en"].replace("问报", ""))


def test_languages_have_names_and_tags() -> None:
    assert set(LANGUAGE_NAMES) == set(LANGUAGE_TAGS) == set(LANGUAGES)


def test_say_fills_in() -> None:
    assert say("zh", "place_line", line=3) == "第 3 行"
    assert say("en", "place_line", line=3) == "line 3"


def test_say_does_not_read_braces_in_values() -> None:
    assert say("en", "evidence_for", question="{line} {0}") == "Question: {line} {0}"


def test_say_names_what_is_missing() -> None:
    with pytest.raises(KeyError):
        say("zh", "no_such_text")
    with pytest.raises(KeyError):
        say("zh", "place_line")


def test_no_text_is_left_in_the_code() -> None:
    """Every key that the code asks for exists, and Chinese stands in no other module."""
    for module in Path(web.__file__).parent.glob("*.py"):
        source = module.read_text(encoding="utf-8")
        for key in re.findall(r"say\(\s*\w+(?:\.\w+)?,\s*\"(\w+)\"", source):
            assert key in TEXTS, f"{module.name} says {key}"
        if module.name != "texts.py":
            code = re.sub(r'""".*?"""|#.*', "", source, flags=re.DOTALL)
            assert not re.search(r"[\u4e00-\u9fff]", code), module.name
