"""Kinds by content: what is refused says what it is and what to do."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
import xlwt

from ingest.errors import UnsupportedFile
from ingest.readers import reader_for
from ingest.readers.kinds import kind_of, load_kinds, refused_kind


def zipped(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        if mimetype:
            z.writestr("mimetype", mimetype)
        for name in names:
            z.writestr(name, "<x/>")
    return out.getvalue()


def ole(stream: str) -> bytes:
    """A real OLE file whose one stream has this name."""
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, 1)
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    name = "Workbook".encode("utf-16-le")
    new = stream.encode("utf-16-le")
    at = data.index(name)
    entry = new + b"\0" * (64 - len(new)) + struct.pack("<H", len(new) + 2)
    return data[:at] + entry + data[at + 66 :]


def damaged(data: bytes) -> bytes:
    """Without its table of sectors."""
    return data[:76] + b"\xff" * 436 + data[512:]


MAIL = "From: a@example.gov.cn\r\nSubject: =?utf-8?q?x?=\r\nMIME-Version: 1.0\r\n\r\n正文"


@pytest.mark.parametrize(
    ("data", "key", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "png", "scans are not read yet"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpeg", "picture (JPEG)"),
        (b"II*\0\x08\0\0\0", "tiff", "picture"),
        (b"MM\0*\0\0\0\x08", "tiff", "picture"),
        (b"GIF89a\x01\0", "gif", "picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp", "picture"),
        (b"\0\0\0\x18ftypheic\0\0", "heic", "picture"),
        (b"\0\0\0\x18ftypmp42\0\0", "mp4", "film"),
        (b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0\x28\0", "bmp", "picture"),
        (b"Rar!\x1a\x07\x01\0", "rar", "unpack it"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "7z", "unpack it"),
        (b"\x1f\x8b\x08\0\0", "gzip", "unpack it"),
        (b"BZh91AY&SY", "bzip2", "unpack it"),
        (zipped("ppt/presentation.xml"), "pptx", "presentation"),
        (zipped("xl/workbook.bin"), "xlsb", "save it as .xlsx"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd", "OFD"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt", ".docx"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods", ".xlsx"),
        (zipped("a.xhtml", mimetype="application/epub+zip"), "epub", "e-book"),
        (ole("WordDocument"), "doc", "save it as .docx"),
        (damaged(ole("WordDocument")), "doc", "save it as .docx"),
        (ole("EncryptedPackage"), "encrypted", "protected by a password"),
        (ole("PowerPoint Document"), "ppt", "PowerPoint"),
        (ole("__properties_version1.0"), "msg", "Outlook"),
        (ole("Other"), "ole", "OLE"),
        (b"{\\rtf1\\ansi\\ansicpg936 x}", "rtf", "save it as .docx"),
        (MAIL.encode(), "eml", "attachment"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "wordml", ".docx"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x">', "wordml", ".docx"),
        ('<?xml version="1.0"?><uof:UOF xmlns:uof="x">'.encode("utf-16"), "uof", "Unified Office"),
        (b"CEB\0\0\x01", "ceb", "Founder"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)  # fmt: skip
def test_what_is_refused_says_what_it_is_and_what_to_do(
    data: bytes, key: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.readers.word.old.find_spec", lambda name: None)
    name = "x.ceb" if key == "ceb" else "x.docx"
    kind = refused_kind(data, name)
    assert kind is not None and kind.key == key
    with pytest.raises(UnsupportedFile) as caught:
        reader_for(data, name)
    message = str(caught.value)
    assert message.startswith(f"{name}: it is a") and words in message and "\n" not in message


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (zipped("word/document.xml"), "docx"),
        (zipped("WORD\\document.xml"), "docx"),
        (zipped("[Content_Types].xml", "word/document.xml")[:-40], "docx"),  # cut off
        (zipped("xl/workbook.xml"), "xlsx"),
        (ole("Workbook"), "xls"),
        (ole("Book"), "xls"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "xls"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<Workbook xmlns="u">', "spreadsheetml"),
        (b"From: <x>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n", "mhtml"),
        # no kind of its own
        (zipped("a.txt"), None),
        (b"%PDF-1.7", None),
        (b"<html><body>", None),
        ("From: 2023年，全市收到申请".encode(), None),
        ("主题: 政府信息公开\n日期: 2023\n".encode(), None),
        ("Date: 2023年\n一、总体情况\n".encode(), None),
        (b"", None),
        (b"PK\x03\x04", None),
        (b"\xd0\xcf\x11", None),
    ],
)
def test_kinds(data: bytes, key: str | None) -> None:
    kind = kind_of(data, "x.bin")
    assert (kind.key if kind else None) == key
    assert refused_kind(data, "x.bin") is None


def test_every_kind_can_be_told_and_keys_are_unique() -> None:
    kinds = load_kinds()
    assert len({k.key for k in kinds}) == len(kinds)
    for k in kinds:
        assert k.starts or k.members or k.mimetype or k.streams or k.says or k.names
