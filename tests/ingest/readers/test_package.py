"""OOXML packages: limits on what a ZIP unpacks to, and parts that other writers name oddly."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from ingest.errors import UnreadableFile
from ingest.readers.package import Package


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members:
            z.writestr(name, data)
    return out.getvalue()


def claimed(data: bytes, size: int) -> bytes:
    """A ZIP whose directory claims this size for its first member."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + size.to_bytes(4, "little") + data[at + 28 :]


def locked(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + b"\x01" + data[at + 9 :]


SMALL = zipped(("word/document.xml", b"<x/>"))
BOMB = zipped(("word/document.xml", b"<x>" + b" " * 8_000_000 + b"</x>"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "cannot be opened"),
        (SMALL[:30], "cannot be opened"),
        (BOMB, "ZIP bomb"),
        (claimed(SMALL, 200_000_000), "a part is read up to"),
        (claimed(SMALL, 400_000_000), "an Office file is read up to"),
        (locked(SMALL), "protected by a password"),
        (zipped(*((f"a{n}", b"") for n in range(10_001))), "10001 members"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",  # bytes hold the time
)
def test_what_is_not_opened(data: bytes, message: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableFile, match=message) as caught:
        Package(data, "x.docx")
    assert str(caught.value).startswith("x.docx: ") and "\n" not in str(caught.value)
    assert time.process_time() - began < 10


def test_a_part_that_is_longer_than_it_claims_is_not_unpacked_further() -> None:
    package = Package(claimed(SMALL, 2), "x.docx")
    with pytest.raises(UnreadableFile, match=r"x\.docx: word/document\.xml"):
        package.tree("word/document.xml")


@pytest.mark.parametrize(
    ("part", "message"),
    [("word/none.xml", "no part"), ("broken.xml", "no sound XML"), ("dtd.xml", "declaration")],
)
def test_parts_that_cannot_be_read(part: str, message: str) -> None:
    data = zipped(("broken.xml", b"<a><b></a>"), ("dtd.xml", b"<!DOCTYPE a><a/>"))
    package = Package(data, "x.docx")
    with pytest.raises(UnreadableFile, match=message):
        package.tree(part)


def test_names_in_another_case_with_backslashes_and_strict_namespaces() -> None:
    strict = b'<w:p xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    links = (
        b'<Relationships xmlns="u"><Relationship Id="a" Type="x/styles" Target="Styles.xml"/>'
        b'<Relationship Id="b" Type="x/image" Target="http://a.b/c" TargetMode="External"/>'
        b'<Relationship Id="c" Type="x/numbering" Target="/word/../word/n.xml"/></Relationships>'
    )
    package = Package(
        zipped(("Word\\Document.xml", strict), ("word/_rels/document.xml.rels", links)), "x.docx"
    )
    assert package.has("word/document.xml")
    assert package.tree("word/document.xml").tag.startswith("{http://schemas.openxmlformats.org/")
    assert package.related("word/document.xml") == {
        "a": ("styles", "word/Styles.xml"),
        "c": ("numbering", "word/n.xml"),
    }
    assert package.main("word/document.xml") == "word/document.xml"
