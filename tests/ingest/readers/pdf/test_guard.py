"""Files that would keep pdfium busy without end."""

from __future__ import annotations

import base64
import time
import zlib

import pytest

from ingest.errors import UnreadableFile
from ingest.readers.pdf.guard import check


def file(*streams: tuple[bytes, bytes]) -> bytes:
    """Objects with a dictionary and a stream each, as a PDF holds them."""
    parts = [b"%PDF-1.4\n"]
    for n, (head, content) in enumerate(streams, 1):
        parts.append(b"%d 0 obj<<%s/Length %d>>stream\n" % (n, head, len(content)))
        parts.append(content + b"\nendstream endobj\n")
    return b"".join(parts)


FLATE = b"/Filter/FlateDecode"
BOMB = zlib.compress(b"0 0 m 9 9 l S " * 2_000_000)


@pytest.mark.parametrize(
    "data",
    [
        file((b"", b"BT (a) Tj ET")),
        file((FLATE, zlib.compress(b"/X Do " * 100)), (b"/Subtype/Form", b"0 0 9 9 re f")),
        file((FLATE + b"/Subtype/Image", BOMB)),
        file((FLATE, b"broken")),
        b"%PDF-1.4 stream\n",
    ],
)
def test_common_files_pass_at_once(data: bytes) -> None:
    begin = time.perf_counter()
    check(data, "a.pdf")
    assert time.perf_counter() - begin < 0.1  # without a process of its own


@pytest.mark.parametrize(
    "stream",
    [
        (FLATE, BOMB),
        (b"/Filter [/ASCII85Decode /FlateDecode]", base64.a85encode(BOMB) + b"~>"),
        (b"/Filter[/FlateDecode/FlateDecode]", zlib.compress(BOMB)),
    ],
)
def test_a_stream_that_unpacks_to_too_much_is_refused(stream: tuple[bytes, bytes]) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.pdf: a page of the PDF unpacks to more"):
        check(file(stream), "a.pdf")


def nested(deep: int) -> bytes:
    """Forms that draw the next one ten times each."""
    form = b"/X Do " * 10
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(form), form),
    ]
    for n in range(5, 5 + deep):
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
        parts.append(b"<<%s/Length %d>>stream\n%s\nendstream" % (head % (n + 1), len(form), form))
    parts.append(
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 15>>stream\n0 0 m 9 9 l S  \nendstream"
    )
    out, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for n, part in enumerate(parts, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (n, part)
    size = len(parts) + 1
    return out + b"xref\n0 %d\n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(out),
    )


def test_forms_in_forms_are_tried_in_a_process_that_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ingest.readers.pdf.guard._SECONDS", 1.0)
    with pytest.raises(UnreadableFile, match="cannot be read in 1 seconds"):
        check(nested(10), "a.pdf")
