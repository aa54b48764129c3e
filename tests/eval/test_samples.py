"""The samples hold the same figures as the examples that they are made of."""

from pathlib import Path

import pytest

from eval.samples import Sample, make_long_pdf, make_samples
from ingest import read_report
from ingest.readers import reader_for


@pytest.fixture(scope="module")
def samples(examples: Path) -> list[Sample]:
    return make_samples(examples)


def cells(sample: Sample) -> dict[str, str]:
    (report,) = read_report(sample.data, sample.name)
    return {f.key: f.text for f in report.table_figures if f.key}


def test_every_format_holds_the_figures_of_the_text(samples: list[Sample], examples: Path) -> None:
    formats = {reader_for(s.data, s.name).name for s in samples}
    assert formats == {"text", "html", "docx", "xlsx", "pdf"}
    one = next(p for p in examples.iterdir() if p.name.startswith("示例市示例区2023"))
    same = [s for s in samples if s.name.startswith(one.stem)]
    assert len(same) == 5
    text, *others = map(cells, same)
    assert len(text) == 200
    assert all(found == text for found in others)
    printed = one.read_text(encoding="utf-8").split()
    assert set(text.values()) <= set(printed) | {""}


def test_a_long_pdf(examples: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(make_long_pdf(40, examples).data)
    assert 40 <= len(document) <= 55
    document.close()


def test_without_examples(tmp_path: Path) -> None:
    assert make_samples(tmp_path) == []
