"""Templates of answers: both languages, the same parts, the reader's script."""

from __future__ import annotations

import string
import tomllib
from importlib import resources

import pytest

from index.write.phrases import in_language, language_of, phrase, separator, unit_word

TEMPLATES: dict[str, dict[str, str]] = tomllib.loads(
    resources.files("index.write").joinpath("phrases.toml").read_text(encoding="utf-8")
)


def _parts(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_phrase_has_both_languages(name: str) -> None:
    assert set(TEMPLATES[name]) == {"zh", "en"}
    zh, en = _parts(TEMPLATES[name]["zh"]), _parts(TEMPLATES[name]["en"])
    assert "" not in zh | en
    # `unit_mismatch` and the like may leave a part out that only one language says
    assert en <= zh or zh <= en


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en"])
def test_a_phrase_is_filled_in(name: str, language: str) -> None:
    parts = _parts(TEMPLATES[name]["zh"]) | _parts(TEMPLATES[name]["en"])
    filled = phrase(name, language, **dict.fromkeys(parts, "{x}%s\\1"))
    assert filled
    assert ("{x}%s\\1" in filled) is bool(
        _parts(TEMPLATES[name]["en" if language == "en" else "zh"])
    )


def test_a_missing_phrase_or_part_is_an_error() -> None:
    with pytest.raises(KeyError, match="nothing"):
        phrase("nothing", "zh")
    with pytest.raises(KeyError, match="issuer"):
        phrase("lookup", "zh", year=2023)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("上海收到多少申请？", "zh"),
        ("上海收到多少申請？", "zh-Hant"),
        ("滬", "zh-Hant"),
        ("不予公開佔多少", "zh-Hant"),
        ("How many applications?", "en"),
        ("Shanghai 上海", "zh"),
        ("Shanghai 上海 申請", "zh-Hant"),
        ("", "en"),
        ("2023", "en"),
        ("？！", "en"),
        ("😀", "en"),
        ("\x00", "en"),
        ("上\x00海", "zh"),
        ("２０２３年上海", "zh"),
        ("規(guī)章", "zh-Hant"),
        ("上海" * 1000, "zh"),
    ],
)
def test_language_of_a_question(question: str, language: str) -> None:
    assert language_of(question) == language


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("不予公开 1615 件", "zh-Hant", "不予公開 1615 件"),
        ("不予公开 1615 件", "zh", "不予公开 1615 件"),
        ("不予公开", "en", "不予公开"),
        ("", "zh-Hant", ""),
        ("4.69%（1615÷34430）", "zh-Hant", "4.69%（1615÷34430）"),
    ],
)
def test_the_readers_script(text: str, language: str, written: str) -> None:
    assert in_language(text, language) == written


@pytest.mark.parametrize(
    ("unit", "language", "word"),
    [
        ("件", "zh", "件"),
        ("件", "zh-Hant", "件"),
        ("件", "en", "cases"),
        ("万元", "zh", "万元"),
        ("万元", "en", "×10,000 yuan"),
        ("%", "en", "%"),
        ("倍", "en", "times"),
        ("场", "en", "场"),
        (None, "zh", ""),
        (None, "en", ""),
        ("", "en", ""),
    ],
)
def test_unit_words(unit: str | None, language: str, word: str) -> None:
    assert unit_word(unit, language) == word


@pytest.mark.parametrize(("language", "mark"), [("zh", "；"), ("zh-Hant", "；"), ("en", "; ")])
def test_separator(language: str, mark: str) -> None:
    assert separator(language) == mark
