import io
import os
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from index.intake import Found, IngestResult, Intake, is_single, readable_name
from ingest.archive import Limits

GBK = os.fsdecode("甲市报告.txt".encode("gbk"))


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def found(paths: Iterable[Path], limits: Limits | None = None) -> list[Found]:
    return list(Intake(paths, limits or Limits()))


def problem(path: Path, limits: Limits | None = None) -> str | None:
    (one,) = found([path], limits)
    assert (one.data is None) == (one.problem is not None)
    return one.problem


# ── folders ────────────────────────────────────────────────────────────────


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲/b.txt", "甲/a.txt", ".hidden", ".git/x.txt", "甲/.x", "~$b.docx"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "in" / "broken").symlink_to("nowhere")
    (tmp_path / "in" / "空").mkdir()
    intake = Intake([tmp_path / "in", tmp_path / "absent"], Limits())
    assert intake.total == 5
    names = [str(f.path.relative_to(tmp_path)) for f in intake]
    assert names == ["in/broken", "in/乙.txt", "in/甲/a.txt", "in/甲/b.txt", "absent"]
    assert intake.passed_over == 4
    assert found([tmp_path / "in" / "空"]) == []


def test_a_hidden_folder_that_is_named_is_walked(tmp_path: Path) -> None:
    (tmp_path / ".in").mkdir()
    (tmp_path / ".in" / "a.txt").write_text("x")
    assert [f.path.name for f in found([tmp_path / ".in"])] == ["a.txt"]


def test_links_to_folders_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (one,) = found([tmp_path / "in"])
    assert one.skipped and one.problem == "a link to a folder; links are not followed"
    (tmp_path / "in" / "a.txt").write_text("x")
    (tmp_path / "door").symlink_to(tmp_path / "in")  # one that is given is walked
    assert [f.path.name for f in found([tmp_path / "door"])] == ["a.txt", "loop"]


def test_a_deep_folder(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["a"] * 1_500)
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(1_500):
            os.mkdir("a", dir_fd=here)
            inner = os.open("a", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = inner
    finally:
        os.close(here)
    assert len(str(folder)) < 4_096
    try:
        assert found([tmp_path]) == []
    finally:  # Python's own way of removing it knows no such depth
        subprocess.run(["rm", "-rf", tmp_path / "a"], check=True)


def test_what_may_not_be_opened_is_named() -> None:
    """As somebody without rights: root may open everything, so another user looks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for inside in ("closed", "open"):
            (folder / inside).mkdir()
            (folder / inside / "a.txt").write_text("x")
        (folder / "open" / "b.txt").write_text("x")
        (folder / "closed").chmod(0)
        (folder / "open" / "b.txt").chmod(0)
        script = (
            "import os, sys; sys.path[:] = sys.argv[2:]\n"
            "from pathlib import Path; from index.intake import Intake; from ingest.archive import *\n"
            "intake = Intake([Path(sys.argv[1])], Limits())\n"
            "if os.getuid() == 0: os.setuid(65534)\n"
            "intake = Intake([Path(sys.argv[1])], Limits())\n"
            "list(map(print, [(f.path.name, f.problem) for f in intake]))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, name, *sys.path], capture_output=True, text=True
        )
    assert done.stdout.splitlines() == [
        "('closed', 'the folder cannot be opened: Permission denied')",
        "('a.txt', None)",
        "('b.txt', 'cannot be read: Permission denied')",
    ], done.stderr


# ── single files ───────────────────────────────────────────────────────────


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
    said = {
        name: problem(tmp_path / name)
        for name in ("pipe", "link", "loop", "s", "absent", "x\0y", "n" * 300)
    }
    assert said == {
        "pipe": "a pipe; wanted a file",
        "link": "a broken link to nowhere",
        "loop": "cannot be read: Too many levels of symbolic links",
        "s": "a socket; wanted a file",
        "absent": "no such file",
        "x\0y": "cannot be read: embedded null byte",
        "n" * 300: "cannot be read: File name too long",
    }
    assert problem(Path("/dev/zero")) == "a device; wanted a file"


@pytest.mark.parametrize("address", ["http://example.org/a.html", "https://x", "file:///etc/x"])
def test_nothing_is_fetched(address: str) -> None:
    assert problem(Path(address)) == (
        "an address; nothing is fetched: save the page and give the file"
    )
    assert readable_name(Path(address)).startswith(address.partition("://")[0] + "://")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("报告.url", b"anything"),
        ("报告.webloc", b"<plist/>"),
        ("报告.LNK", b"L\0\0\0"),
        ("报告.txt", b"[InternetShortcut]\r\nURL=http://example.org/"),
    ],
)
def test_shortcuts_are_not_followed(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert (problem(tmp_path / name) or "").startswith("a shortcut to something else; nothing is f")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert problem(tmp_path / "a.txt") == "the file is empty (0 bytes); wanted a report"


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(500_000_000)  # a hole: it takes no room, and no time unless it is read
    assert problem(tmp_path / "a.txt") == (
        "500000000 bytes; wanted at most 200000000 (WENBAO_MAX_FILE)"
    )
    (tmp_path / "b.txt").write_bytes(b"x" * 11)
    assert problem(tmp_path / "b.txt", Limits(file_bytes=11)) is None
    assert (problem(tmp_path / "b.txt", Limits(file_bytes=10)) or "").startswith("11 bytes; wanted")


def test_a_file_that_does_not_say_its_size() -> None:
    """In /proc files have 0 bytes by `stat` and some when they are read."""
    (one,) = found([Path("/proc/self/status")])
    assert one.data is not None and one.data.startswith(b"Name:")
    assert (problem(Path("/proc/self/status"), Limits(file_bytes=10)) or "").startswith("11 bytes;")


# ── archives ───────────────────────────────────────────────────────────────


def test_an_archive_is_its_members(tmp_path: Path) -> None:
    inner = packed({"c.txt": b"c"})
    path = tmp_path / "x.zip"
    path.write_bytes(
        packed({"甲/a.txt": b"a", "i.zip": inner, ".x": b"", "e.txt": b"", "b.url": b"u"})
    )
    intake = Intake([path], Limits())
    assert intake.total == 1
    members = list(intake)
    assert (intake.total, intake.passed_over) == (4, 1)
    assert [(f.path.relative_to(tmp_path), f.label, f.name, f.data) for f in members] == [
        (Path("x.zip/甲/a.txt"), "x.zip/甲/a.txt", "a.txt", b"a"),
        (Path("x.zip/i.zip/c.txt"), "x.zip/i.zip/c.txt", "c.txt", b"c"),
        (Path("x.zip/e.txt"), "x.zip/e.txt", "e.txt", None),
        (Path("x.zip/b.url"), "x.zip/b.url", "b.url", None),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed({}), "the archive holds no files"),
        (packed({"__MACOSX/._a": b"x"}), "the archive holds no files"),
        (packed({"a.txt": b"x" * 99})[:-9], "the archive is damaged or cut off ("),
        (packed({str(n): b"" for n in range(7)}), "7 members; wanted at most 6 in an archive"),
        (packed({"a": os.urandom(3_000)}), "an archive of 3"),
    ],
)
def test_archives_that_are_refused_as_a_whole(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    limits = Limits(members=6, archive_bytes=3_000)
    assert (problem(tmp_path / "x.zip", limits) or "").startswith(said)


def test_an_archive_may_be_larger_than_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(packed({"a": os.urandom(900), "b": os.urandom(900)}))
    limits = Limits(file_bytes=1_000)
    assert [f.problem for f in found([tmp_path / "x.zip"], limits)] == [None, None]


def test_the_name_of_an_archive_does_not_make_it_one(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(packed({"b.txt": b"b"}))
    (tmp_path / "b.zip").write_bytes(packed({"word/document.xml": b"<x/>"}))
    assert [f.label for f in found([tmp_path])] == ["a.docx/b.txt", "b.zip"]


# ── names ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("报告.txt".encode(), "报告.txt"),
        ("报告.txt".encode("gbk"), "报告.txt"),
        (b"a\xff.txt", "a\ufffd.txt"),
        ("甲\u3000市.txt".encode(), "甲\u3000市.txt"),
        (b"a\nFAILED b\x1b[2J.txt", "a\ufffdFAILED b\ufffd[2J.txt"),
        ("a\u202etxt.exe".encode(), "a\ufffdtxt.exe"),
    ],
)
def test_names_can_be_printed(raw: bytes, name: str) -> None:
    assert readable_name(Path(os.fsdecode(raw))) == name


def test_labels_begin_where_the_user_pointed(tmp_path: Path) -> None:
    folder = tmp_path / "甲"
    (folder / "乙").mkdir(parents=True)
    (folder / "乙" / GBK).write_text("x")
    (folder / "乙" / "x.zip").write_bytes(packed({"丙/c\n.txt": b"c"}))
    labels = ["乙/x.zip/丙/c\ufffd.txt", "乙/甲市报告.txt"]
    assert [f.label for f in found([folder])] == labels
    assert [f.label for f in found([folder / "乙" / GBK])] == ["甲市报告.txt"]
    assert [f.label for f in found([folder / "no"])] == [str(folder / "no")]
    assert [f.label for f in found([Path("https://x.org/a")])] == ["https://x.org/a"]


def test_a_result_has_a_label_in_any_case() -> None:
    assert IngestResult(Path("a") / GBK, "added").label == "甲市报告.txt"
    assert IngestResult(Path("a/x.zip/b"), "added", label="x.zip/b").label == "x.zip/b"


def make(folder: Path, name: str) -> list[Path]:
    path = folder / name
    if name.endswith(".txt"):
        path.write_text("x")
    elif name.endswith(".zip"):
        path.write_bytes(packed({"a.txt": b"a"}))
    elif name == "folder":
        path.mkdir()
    elif name == "pipe":
        os.mkfifo(path)
    return [path]


@pytest.mark.parametrize(
    ("paths", "single"),
    [
        (lambda at: make(at, "a.txt"), True),
        (lambda at: make(at, "absent"), True),
        (lambda at: make(at, "pipe"), True),
        (lambda at: make(at, "a\0b"), True),
        (lambda at: make(at, "x.zip"), False),
        (lambda at: make(at, "folder"), False),
        (lambda at: make(at, "a.txt") + make(at, "b.txt"), False),
        (lambda at: [], False),
    ],
)
def test_what_something_can_be_said_of(
    tmp_path: Path, paths: Callable[[Path], list[Path]], single: bool
) -> None:
    assert is_single(paths(tmp_path)) is single
