from __future__ import annotations

import pytest

from web.language import known_language, preferred_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9", "en"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("en;q=0.5,zh-Hant-TW;q=0.9", "zh"),
        ("yue-HK", "zh"),
        ("fr-FR,fr;q=0.9", "en"),
        ("fr-FR,zh;q=0.3", "zh"),
        ("zh;q=0,en", "en"),
        ("*", "zh"),
        ("EN-gb", "en"),
        (";;;q=,,", "zh"),
        ("en;q=nonsense", "zh"),
    ],
)
def test_preferred_language(header: str | None, language: str) -> None:
    assert preferred_language(header) == language


@pytest.mark.parametrize("code", [None, "", "fr", "ZH", 3, ["zh"], "zh "])
def test_known_language_takes_anything(code: object) -> None:
    assert known_language(code) is None


def test_known_language() -> None:
    assert known_language("zh") == "zh"
    assert known_language("en") == "en"
