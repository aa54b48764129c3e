"""Word 97-2003 documents, where the library that turns them into DOCX is installed.

`files/report.doc` is the drawn report of seed 7, written by python-docx and saved as DOC by LibreOffice.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile, UnsupportedFile
from ingest.model import Report
from ingest.readers import reader_for
from ingest.readers.word.old import OldWordReader

Values = dict[str, str]
REPORT = Path(__file__).parent / "files" / "report.doc"
installed = pytest.mark.skipif(
    importlib.util.find_spec("doc2docx") is None, reason="msdoc2docx is not installed"
)


@installed
def test_a_report_is_read_whole(
    read: Callable[..., Report], make_values: Callable[..., Values]
) -> None:
    report = read(REPORT.read_bytes(), "x.wps")
    assert {f.key: f.text for f in report.table_figures} == make_values(7)
    assert (report.issuer, report.year) == ("某某市", 2023)
    assert report.warnings == ()
    place = next(f.place for f in report.table_figures if f.key == "t2.rules.made")
    assert place.element == "t1.r3.c2"


@installed
@pytest.mark.parametrize("size", [600, 5_000, 30_000])
def test_a_damaged_document_is_one_line(size: int) -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.doc: ") as caught:
        OldWordReader().read(REPORT.read_bytes()[:size], "x.doc")
    assert "\n" not in str(caught.value)


def test_without_the_library_it_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.word.old.find_spec", lambda name: None)
    with pytest.raises(UnsupportedFile, match=r"x\.doc: it is a Word 97-2003 .*save it as \.docx"):
        reader_for(REPORT.read_bytes(), "x.doc")
