"""Archives as people and enemies make them; every one is built here, byte by byte where need be."""

import io
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from ingest.archive import Archive, Limits, Member, is_archive, is_junk
from ingest.errors import UnreadableFile

ZIP = zipfile.ZIP_DEFLATED


def packed(members: dict[str, bytes], method: int = ZIP) -> bytes:
    """A ZIP of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def named(raw: bytes, data: bytes = b"x") -> bytes:
    """A ZIP of one member whose name is these bytes, with no word on their encoding."""
    stand_in = b"N" * len(raw)
    return packed({stand_in.decode(): data}).replace(stand_in, raw)


def read(data: bytes, limits: Limits | None = None) -> list[Member]:
    return list(Archive(io.BytesIO(data), "x.zip", limits or Limits()).members())


def problems(data: bytes, limits: Limits | None = None) -> list[tuple[str, str | None]]:
    return [(m.path, m.problem) for m in read(data, limits)]


# ── names ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ("甲市/报告.docx".encode("gbk"), "甲市/报告.docx"),
        ("甲市/报告.docx".encode(), "甲市/报告.docx"),  # UTF-8 that does not say so
        ("甲市\\报告.docx".encode("gbk"), "甲市/报告.docx"),
        ("乗\\许昌.txt".encode("gb18030"), "乗/许昌.txt"),  # its second byte is a backslash
        (b"/etc/passwd", "etc/passwd"),
        (b"../../etc/passwd", "etc/passwd"),
        (b"a/./../b.txt", "a/b.txt"),
        (b"C:\\a\\b.txt", "a/b.txt"),
        (b"..", "?"),
        (b"a.txt\0.exe", "a.txt"),
    ],
)
def test_names_are_decoded_labels(raw: bytes, label: str) -> None:
    assert read(named(raw)) == [Member(label, b"x")]


def test_the_backslash_in_a_letter() -> None:
    assert "乗".encode("gb18030")[1:] == b"\\"  # what the case above relies on


def test_a_name_with_the_flag() -> None:
    data = packed({"示例市/报告.txt": b"x"})
    assert zipfile.ZipFile(io.BytesIO(data)).infolist()[0].flag_bits & 0x800
    assert read(data) == [Member("示例市/报告.txt", b"x")]


def test_a_name_is_no_longer_than_a_name() -> None:
    (member,) = read(packed({"长" * 5_000 + ".txt": b"x"}))
    assert len(member.path) == 255


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read(packed({"../a.txt": b"x", "/b.txt": b"y", "c/d.txt": b"z"}))
    assert list(tmp_path.rglob("*")) == []


# ── what is no report ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "junk"),
    [
        ("__MACOSX", True), (".DS_Store", True), ("Thumbs.db", True), ("thumbs.DB", True),
        ("desktop.ini", True), ("~$报告.docx", True), (".git", True),
        ("报告.docx", False), ("a.b", False), ("~报告.docx", False), ("Thumbs.db.txt", False),
    ],
)  # fmt: skip
def test_junk(name: str, junk: bool) -> None:
    assert is_junk(name) is junk


def test_system_files_are_passed_over() -> None:
    data = packed(
        {
            "__MACOSX/._a.txt": b"x", "a.txt": b"a", ".DS_Store": b"x", "夹/Thumbs.db": b"x",
            "夹/~$b.docx": b"x", "夹/": b"", "夹/b.txt": b"b",
        }
    )  # fmt: skip
    archive = Archive(io.BytesIO(data), "x.zip")
    assert archive.total == 2
    assert list(archive.members()) == [Member("a.txt", b"a"), Member("夹/b.txt", b"b")]
    assert archive.passed_over == 4


def test_a_link_is_skipped() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert read(out.getvalue()) == [
        Member("link.txt", None, "a link; only files are read", skipped=True)
    ]


def test_two_members_of_one_name_are_both_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "一")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "二")
    assert [m.data for m in read(out.getvalue())] == ["一".encode(), "二".encode()]


# ── archives in archives ───────────────────────────────────────────────────


def test_two_levels_are_opened() -> None:
    inner = packed({"b.txt": b"b", "__MACOSX/._b.txt": b""})
    deep = packed({"c.zip": packed({"d.txt": b"d"})})
    archive = Archive(io.BytesIO(packed({"i.zip": inner, "j.zip": deep})), "x.zip")
    found = {m.path: m.data or m.problem for m in archive.members()}
    assert found == {
        "i.zip/b.txt": b"b",
        "j.zip/c.zip": "an archive inside 2 others; wanted at most 2 levels: unpack it",
    }
    assert (archive.total, archive.passed_over) == (2, 1)


def test_inner_archives_that_hold_nothing_or_are_damaged() -> None:
    inner = packed({"a.txt": b"a" * 1000}, zipfile.ZIP_STORED)
    found = dict(problems(packed({"e.zip": packed({}), "cut.zip": inner[:-30]})))
    assert found["e.zip"] == "the archive holds no files"
    assert (found["cut.zip"] or "").startswith("the archive is damaged or cut off (")


@pytest.mark.parametrize(
    "part",
    ["[Content_Types].xml", "mimetype", "OFD.xml", "word/document.xml", "xl\\workbook.xml"],
)
def test_a_document_is_no_archive(part: str) -> None:
    data = packed({"a/b.txt": b"x", part: b"x", "z.txt": b"x"})
    assert not is_archive(io.BytesIO(data))
    # and is a member like others
    assert read(packed({"a.docx": data})) == [Member("a.docx", data)]


@pytest.mark.parametrize(
    ("data", "archive"),
    [
        (packed({"a.txt": b"a"}), True),
        (packed({}), True),
        (packed({"a.txt": b"a" * 100})[:-20], True),
        (packed({"[Content_Types].xml": b"a" * 100})[:-20], False),  # the reader says what is wrong
        (packed({"word/document.xml": b"a" * 100})[:-20], False),
        (b"", False),
        (b"PK", False),
        ("报告".encode(), False),
        (b"%PDF-1.7", False),
        (b"Rar!\x1a\x07\x00", False),
    ],
    # an archive holds the time at which it was made: as a name it would be another in each process
    ids=[
        "zip", "empty zip", "cut zip", "cut workbook", "cut document", "nothing", "two letters", "text",
        "pdf", "rar",
    ],
)  # fmt: skip
def test_what_is_an_archive(data: bytes, archive: bool) -> None:
    stream = io.BytesIO(data)
    assert is_archive(stream) is archive
    assert stream.tell() == 0


# ── damage ─────────────────────────────────────────────────────────────────


def test_an_encrypted_member() -> None:
    data = bytearray(packed({"a.txt": b"secret", "b.txt": b"open"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of the first entry in the list
    assert problems(bytes(data)) == [
        ("a.txt", "encrypted; wanted a file without a password"),
        ("b.txt", None),
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_cannot_be_bounded(method: int) -> None:
    ((path, problem),) = problems(packed({"a.txt": b"x" * 100}, method))
    assert path == "a.txt"
    assert problem == f"packed by method {method}; wanted stored (0) or deflated (8)"


def test_a_damaged_member_costs_no_other() -> None:
    data = bytearray(packed({"a.txt": b"a" * 100, "b.txt": b"b" * 100}, zipfile.ZIP_STORED))
    data[data.index(b"aaaa")] = 0
    (first, second) = read(bytes(data))
    assert first.data is None and "Bad CRC-32" in (first.problem or "")
    assert second.data == b"b" * 100


@pytest.mark.parametrize("keep", range(1, 212, 15))
def test_cut_off_anywhere_is_one_error(keep: int) -> None:
    whole = packed({"a.txt": b"a" * 50, "b.txt": b"b" * 50}, zipfile.ZIP_STORED)
    with pytest.raises(UnreadableFile, match=r"x.zip: the archive is damaged or cut off"):
        read(whole[:keep])


def test_random_damage_is_a_line_or_bytes() -> None:
    whole = packed({"a.txt": b"a" * 50, "报告.txt": b"b" * 50})
    for at in range(len(whole)):
        broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        try:
            for member in read(broken):
                assert (member.data is None) == (member.problem is not None)
        except UnreadableFile as error:
            assert str(error).startswith("x.zip: ")


# ── bombs ──────────────────────────────────────────────────────────────────

SMALL = Limits(file_bytes=1_000, members=5, archive_bytes=3_000, ratio=200)


def test_too_many_members() -> None:
    with pytest.raises(UnreadableFile, match=r"x.zip: 6 members; wanted at most 5"):
        read(packed({f"{n}.txt": b"" for n in range(6)}), SMALL)
    # what is passed over does not count, what an inner archive holds does
    assert len(read(packed({f".{n}": b"" for n in range(9)} | {"a": b"a"}), SMALL)) == 1
    inner = packed({f"{n}": b"" for n in range(4)})
    ((path, problem), *_) = problems(packed({"i.zip": inner, "b.txt": b"b"}), SMALL)
    assert path == "i.zip" and "4 members" in (problem or "")


def test_a_member_that_says_it_is_too_large() -> None:
    assert problems(packed({"a.txt": b"x" * 1_001, "b.txt": b"b"}), SMALL) == [
        ("a.txt", "1001 bytes or more; wanted at most 1000 in a file"),
        ("b.txt", None),
    ]


def lying(size: int, says: int) -> bytes:
    """A ZIP of a member of `size` zeros that is said to have `says` bytes, everywhere."""
    data = packed({"a.txt": bytes(size)})
    return data.replace(struct.pack("<L", size), struct.pack("<L", says))


def test_a_size_in_the_list_is_not_believed() -> None:
    assert [m.data for m in read(lying(5_000, 5_000))] == [bytes(5_000)]
    ((_, problem),) = problems(lying(5_000, 10), SMALL)
    assert problem is not None and "damaged in the archive" in problem


def test_the_bytes_of_all_members_count() -> None:
    found = problems(packed({f"{n}.txt": bytes([n]) * 900 for n in range(5)}), SMALL)
    assert [path for path, problem in found if problem is None] == ["0.txt", "1.txt", "2.txt"]
    assert found[3] == ("3.txt", "the archive unpacks to more than 3000 bytes: not read")
    assert found[4] == (
        "4.txt",
        "the archive unpacks to more than 3000 bytes: not read, nor is what stands behind it",
    )
    assert len(found) == 5


def test_a_bomb_is_stopped_early() -> None:
    bomb = packed({"bomb.txt": bytes(100_000_000), "报告.txt": b"x"})
    assert len(bomb) < 110_000
    tracemalloc.start()
    found = problems(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30_000_000  # not the 100 MB
    assert found[0][0] == "bomb.txt" and "a zip bomb? Wanted at most 200" in (found[0][1] or "")
    assert found[1] == ("报告.txt", None)


def test_a_large_member_that_packs_as_files_do_is_read() -> None:
    text = "".join(f"{n}\n" for n in range(1_500_000)).encode()
    assert len(text) > 10_000_000
    assert [m.data for m in read(packed({"a.txt": text}))] == [text]


def test_a_list_of_members_that_fills_memory() -> None:
    """A list of 6 MB: opened by `zipfile` it would be 130,000 objects."""
    entry = packed({"a": b""})
    entry = entry[entry.index(b"PK\x01\x02") : entry.index(b"PK\x05\x06")]
    listed = entry * (6_000_000 // len(entry))
    local = packed({"a": b""})[:31]
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0, 0, len(listed), len(local), 0)
    data = local + listed + end
    assert is_archive(io.BytesIO(data))
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match=r"the list of its members takes 5999\d+ bytes"):
        read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
