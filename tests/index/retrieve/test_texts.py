import pytest

from index import Assistant
from index.retrieve.texts import ReportText, TextCache


@pytest.fixture
def text(assistant: Assistant) -> ReportText:
    report = next(r for r in assistant.reports() if (r.issuer, r.year) == ("示例市", 2023))
    return TextCache(assistant.store).get(report, 1)


def test_sentences_words_and_figures(text: ReportText) -> None:
    at = next(i for i, s in enumerate(text.sentences) if "粉丝超过120万" in s.text)
    assert "粉丝" in text.words[at]
    assert {"主动", "公开"} <= text.words[at]  # its heading
    index = text.sentences[at].index
    assert "120万" in [f.text for f in text.figures[index]]
    assert all(f.sentence == i for i, fs in text.figures.items() for f in fs)


def test_rare_words_tell_more(text: ReportText) -> None:
    assert text.weight("粉丝") > text.weight("公开") > 0
    assert text.weight("没有") >= text.weight("粉丝")
    assert text.frequency["公开"] > text.frequency["粉丝"] > 0


def test_kept_for_a_revision(assistant: Assistant) -> None:
    first, second, third = assistant.reports()[:3]
    cache = TextCache(assistant.store, keep=2)
    one = cache.get(first, 1)
    assert cache.get(first, 1) is one
    cache.get(second, 1)
    cache.get(third, 1)  # the first goes
    assert cache.get(first, 1) is not one
    two = cache.get(second, 2)
    assert cache.get(second, 2) is two
    assert two == cache.get(second, 3) and cache.get(second, 3) is not two


def test_a_text_read_for_an_older_store_is_not_kept(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = TextCache(assistant.store)
    report, other = assistant.reports()[:2]
    real = assistant.store.sentences

    def meanwhile(report_id: str) -> object:
        found = real(report_id)
        monkeypatch.undo()
        cache.get(other, 2)  # another thread sees a newer store
        return found

    monkeypatch.setattr(assistant.store, "sentences", meanwhile)
    old = cache.get(report, 1)
    assert cache.get(report, 2) is not old
