from collections.abc import Callable

import pytest

from index import Assistant
from index.store.lexical import search, words_of

Ids = list[str] | None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("，。！ \n", []),
        ("申请", ["申请"]),
        ("新收申请", ["新收", "收申", "申请"]),
        ("件", ["件"]),
        ("新聞發布會", ["新闻", "闻发", "发布", "布会"]),  # traditional is folded
        ("２０２３年", ["2023", "年"]),  # full width too
        ("4.69%的", ["4.69", "的"]),
        ("...", ["..."]),
        ("GDP增长", ["gdp", "增长"]),
        ("二〇二三", ["二〇", "〇二", "二三"]),
        ("张𠮷𠮷", ["张𠮷", "𠮷𠮷"]),  # letters of names outside the basic plane
        ("a\x00b\ud800c", ["ab", "c"]),  # NUL is an artefact, half a letter is a border
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.fixture
def found(assistant: Assistant) -> Callable[..., list[str]]:
    """The printed texts found, best first."""

    def look(question: str, ids: Ids = None, limit: int = 5) -> list[str]:
        hits = search(assistant.store.engine, question, ids, limit)
        scores = [score for _, score in hits]
        assert scores == sorted(scores, reverse=True)
        stored = assistant.store.passages_by_id(i for i, _ in hits)
        return [stored[i].passage.printed for i, _ in hits]

    return look


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("办件一本通", "《办件一本通》"),
        ("《办件一本通》是什么？", "《办件一本通》"),
        ("專職人員有幾名", "專職人員只有3名"),  # asked in traditional, printed in traditional
        ("专职人员有几名", "專職人員只有3名"),  # asked in simplified
        ("編印辦件一本通", "编印《办件一本通》"),  # asked in traditional, printed in simplified
        ("上海发布的粉丝", "“上海发布”的粉丝"),
    ],
)
def test_finds(found: Callable[..., list[str]], question: str, part: str) -> None:
    assert part in found(question)[0]


@pytest.mark.parametrize(
    "question",
    [
        "", " ", "？！", "\x00", "\ud800",
        '"', "'", '申请"', "申请 AND 收到", "申请 OR", "NOT 申请", "NEAR(申请 收到)", "words:申请",
        "申请*", "^申请", "{申请}", "(申请", "申请)", "申请;DROP TABLE reports", "%_", "--",
    ],
)  # fmt: skip
def test_operators_and_quotes_are_harmless(found: Callable[..., list[str]], question: str) -> None:
    plain = "申请" in question
    assert bool(found(question)) == plain


def test_only_the_reports_asked_for(assistant: Assistant, found: Callable[..., list[str]]) -> None:
    ids = {(r.issuer, r.year): r.id for r in assistant.reports()}
    one = ids["示例市", 2022]
    assert all("2022" in text or "办结" in text for text in found("办结", [one]))
    assert found("办件一本通", [one]) == []
    assert found("办件一本通", [one, ids["示例市", 2023]]) != []
    assert found("办件一本通", []) == []
    assert found("办件一本通", ["no-such", '" OR "', "x" * 5000]) == []
    assert len(found("公开", None, 3)) == 3


def test_many_reports(found: Callable[..., list[str]]) -> None:
    assert found("办件一本通", [f"{i:016x}-1" for i in range(20_000)]) == []


def test_removed_passages_are_not_found(
    assistant: Assistant, found: Callable[..., list[str]]
) -> None:
    assert found("办件一本通") != []
    gone = next(r.id for r in assistant.reports() if (r.issuer, r.year) == ("示例市", 2023))
    assistant.remove(gone)
    assert found("办件一本通", [gone]) == []
    assert all("办件一本通" not in text for text in found("办件一本通"))
