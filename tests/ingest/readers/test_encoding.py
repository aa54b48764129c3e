"""Which encoding a file is in: marks, claims that lie, broken bytes, text that was garbled before."""

from __future__ import annotations

import random
import re
import time

import pytest

from ingest.errors import UnreadableFile
from ingest.readers.encoding import declared_encoding, decode, has_nul_text

TEXT = "2023年政府信息公开工作年度报告\n规章 18 件，行政许可 5 件。\n" * 4
TRADITIONAL = "政府資訊公開年度報告\n駁回 605 宗，獲提供全部資料。\n" * 4


@pytest.mark.parametrize(
    ("data", "declared", "encoding", "codes"),
    [
        (TEXT.encode(), None, "utf-8", []),
        (TEXT.encode(), "UTF-8", "utf-8", []),
        (TEXT.encode(), "gb2312", "utf-8", ["encoding-mismatch"]),
        (TEXT.encode(), "no-such-thing", "utf-8", ["encoding-mismatch"]),
        (TEXT.encode("utf-8-sig"), "gb2312", "utf-8", []),
        (TEXT.encode("gbk"), None, "gb18030", ["encoding-guessed"]),
        (TEXT.encode("gbk"), "GB2312", "gb18030", []),
        (TEXT.encode("gbk"), "utf-8", "gb18030", ["encoding-mismatch"]),
        (TEXT.encode("gbk"), "iso-8859-1", "gb18030", ["encoding-mismatch"]),
        (TEXT.encode("gbk"), "big5", "gb18030", ["encoding-mismatch"]),
        ((TEXT + "𠀀㐀").encode("gb18030"), "gbk", "gb18030", []),
        (TRADITIONAL.encode("gb18030"), "big5", "gb18030", ["encoding-mismatch"]),
        (TEXT.encode("utf-16"), None, "utf-16-le", []),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "gb2312", "utf-16-be", []),
        (TEXT.encode("utf-16-le"), None, "utf-16-le", ["encoding-guessed"]),
        (TEXT.encode("utf-16-be"), "utf-16", "utf-16-be", ["encoding-mismatch"]),
        (TEXT.encode("utf-32"), None, "utf-32-le", []),
        (b"18", None, "utf-8", []),
        (b"18", "gb2312", "utf-8", []),
        (b"", None, "utf-8", []),
    ],
)
def test_bytes_decide(data: bytes, declared: str | None, encoding: str, codes: list[str]) -> None:
    found = decode(data, "x", declared)
    assert (found.encoding, [w.code for w in found.warnings]) == (encoding, codes)
    if len(data) > 10:
        assert found.text.removesuffix("𠀀㐀") in (TEXT, TRADITIONAL)


@pytest.mark.parametrize("declared", [None, "big5", "gb2312", "utf-8"])
def test_big5_is_told_from_gb18030(declared: str | None) -> None:
    found = decode(TRADITIONAL.encode("big5"), "x", declared)
    assert (found.encoding, found.text) == ("big5", TRADITIONAL)


def test_a_page_of_references_with_a_letter_of_latin_1() -> None:
    data = b"<p>&#25919;&#24220;&#20449;&#24687; \xa9 2024"
    assert decode(data, "x", "iso-8859-1").text.endswith("© 2024")
    unknown = decode(data, "x")
    assert "&#25919;" in unknown.text and "2024" in unknown.text


@pytest.mark.parametrize(("codec", "told"), [("utf-8", "utf-8"), ("gbk", "gb18030")])
@pytest.mark.parametrize("at", [8, 90])
def test_a_broken_byte_is_replaced_and_counted(codec: str, told: str, at: int) -> None:
    data = bytearray(TEXT.encode(codec))
    data[at] = 0xFF
    found = decode(bytes(data), "x", codec)
    (warning,) = found.warnings
    broken = len(re.findall("\ufffd+", found.text))
    assert (found.encoding, warning.code) == (told, "bytes-broken")
    assert f"有 {broken} 处" in warning.text and 1 <= broken <= 2
    assert found.text[:4] == TEXT[:4] and found.text[-60:] == TEXT[-60:]


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (TEXT.encode() + b"\0", r"a NUL byte at \d+; wanted text"),
        (("规\0" + TEXT).encode("utf-16"), "a NUL byte at 1"),
        (b"\0\0\0\0", "a NUL byte at 0"),
        (b"\x81", "not text in any of utf-8, gb18030"),
        (b"\xff\xfea", "not text"),
        (TEXT.encode()[:40] + b"\xff" * 40, "broken"),
        (random.Random(1).randbytes(3000).replace(b"\0", b""), "not text"),
        # what a wrong reading left behind and UTF-8 preserved
        (TEXT.encode().decode("gb18030", "replace").encode(), "garbled before it was saved"),
        (TEXT.encode().decode("latin-1").encode(), "garbled before it was saved"),
        (TEXT.encode("gbk").decode("latin-1").encode(), "garbled before it was saved"),
        ("これはにほんごのぶんしょうです".encode("shift_jis") * 20, "common ones"),
    ],
)
def test_what_is_no_sound_text_is_refused_by_name(data: bytes, match: str) -> None:
    with pytest.raises(UnreadableFile, match=match) as refusal:
        decode(data, "x.html")
    assert str(refusal.value).startswith("x.html: ")


def test_a_garbled_piece_in_a_sound_text_is_told() -> None:
    piece = "政府信息".encode().decode("gb18030", "replace")
    assert [w.code for w in decode((TEXT + piece).encode(), "x").warnings] == ["text-garbled"]


@pytest.mark.parametrize("codec", ["gbk", "big5"])
def test_a_long_file_is_judged_where_its_letters_begin(codec: str) -> None:
    text = "<i></i>" * 100_000 + (TEXT if codec == "gbk" else TRADITIONAL) * 2000
    began = time.process_time()
    assert decode(text.encode(codec), "x").text == text
    assert time.process_time() - began < 10


def test_line_ends_are_newlines() -> None:
    assert decode(b"a\r\nb\rc\n", "x").text == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (b'<meta charset="gb2312">', "gb2312"),
        (b"<META http-equiv=Content-Type content='text/html; charset = GBK'>", "GBK"),
        (b"<?xml version='1.0' encoding='utf-8'?>", "utf-8"),
        (b"<p>no claim", None),
        (b" " * 9000 + b"<meta charset=big5>", None),
    ],
)
def test_what_a_page_declares(data: bytes, declared: str | None) -> None:
    assert declared_encoding(data) == declared


@pytest.mark.parametrize(
    ("data", "is_text"),
    [
        (TEXT.encode("utf-16-le"), True),
        (TEXT.encode("utf-16-be"), True),
        (TEXT.encode() + b"\0", True),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\1\2\3", False),
        (b"\x7fELF\2\1\1\0", False),
    ],
)
def test_text_with_nul_bytes_is_told_from_other_files(data: bytes, is_text: bool) -> None:
    assert has_nul_text(data) is is_text
