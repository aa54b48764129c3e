"""Reading by the driver: the same as SQLAlchemy reads."""

from __future__ import annotations

import pytest

from index import Assistant
from index.store import direct
from index.store.store import Store
from ingest.model import Figure

WORDS = ("申请", "办件一本通", "卫生健康", "没有这个词", "件", "2800万", "%", "_", "\\", "GDP", "")


@pytest.fixture
def store(assistant: Assistant) -> Store:
    return assistant.store


def test_figures_and_sentences(store: Store) -> None:
    for report in store.listed():
        figures = store.figures(report.id)
        cells = {f.id: f for f in figures if f.table is not None}
        assert store.figures_by_key(report.id, [*cells, "t9.none"]) == cells
        assert store.figures_by_key(report.id, []) == {}
        for figure in [f for f in figures if f.sentence is not None][:20]:
            stated = store.sentences_with(report.id, str(figure.value), figure.unit)
            assert [s.index for s in stated] == sorted(
                {f.sentence for f in figures if _same(f, figure)}
            )


def _same(a: Figure, b: Figure) -> bool:
    return a.sentence is not None and (str(a.value), a.unit) == (str(b.value), b.unit)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("few", [0, 500])
def test_words_of_passages(
    store: Store, word: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is asked where reports are many, and finds what looking through them finds."""
    monkeypatch.setattr("index.store.lexical._FEW", few)
    for report in store.listed():
        texts = [p.passage.text for p in store.passages([report.id])]
        assert store.occurs(word, [report.id]) is any(word in text for text in texts)
    assert store.occurs(word, []) is False


def test_parameters_come_in_parts() -> None:
    sizes = [len(part) for part in direct.parts(range(25_000))]
    assert sizes == [10_000, 10_000, 5_000]
    assert direct.marks(3) == "?,?,?"
