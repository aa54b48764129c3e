"""ZIP archives: their members as bytes, one after another, under limits that hold while reading.

Nothing is written to disk, so a member's path is a label and no more. What the archive says of a
member's size is not believed.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from ingest.errors import UnreadableFile

_CHUNK = 1 << 20
#: below this a high ratio is a blank form or a picture of one colour, not an attack
_RATIO_FROM = 10_000_000
#: what the list of an archive's members may take: 2,000 with long names are less than 1 MB
_MOST_AT_ONCE = 4_000_000
_LONGEST_NAME = 255
_HEAD = 64
_EMPTY = b"PK\x05\x06"
_UTF8_FLAG = 0x800
_ENCRYPTED = 0x1 | 0x40
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# a zip with one of these is a document of its own: OOXML, ODF and EPUB, OFD
_DOCUMENT_PARTS = {
    "[content_types].xml", "mimetype", "ofd.xml", "word/document.xml", "xl/workbook.xml",
    "xl/workbook.bin",
}  # fmt: skip
# of a damaged one the first part's name is left
_FIRST_PART = re.compile(
    rb"(?i)\[content_types\]\.xml|mimetype|_rels/|docprops/|word/|xl/|ofd\.xml"
)
_JUNK = re.compile(r"__MACOSX|\..*|Thumbs\.db|desktop\.ini|~\$.*", re.IGNORECASE)
#: what `zipfile` raises for damaged bytes
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
    ValueError, OverflowError, struct.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: bytes of one file; members, bytes and nesting of one archive.

    `ratio` is how many times larger than its packed bytes a member may be, once it has grown to
    some megabytes.
    """

    file_bytes: int = 200_000_000
    members: int = 2_000
    archive_bytes: int = 1_000_000_000
    ratio: int = 200
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    `path` is its label, parted by `/` (of a member in an inner archive: behind that one's label).
    `data` is None where `problem` says why there are no bytes; `skipped` where that is no failure.
    """

    path: str
    data: bytes | None = None
    problem: str | None = None
    skipped: bool = False


class _TooManyMembers(Exception):
    """The list of members is too large; says its bytes."""


class _Guard:
    """A stream for `zipfile`, which reads the list of members at once, however large it says it is."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        """Read; raises _TooManyMembers where more is wanted at once than any list needs."""
        if size > _MOST_AT_ONCE:
            raise _TooManyMembers(size)
        return self._stream.read(size)


def _zip(stream: BinaryIO) -> zipfile.ZipFile:
    return zipfile.ZipFile(cast(BinaryIO, _Guard(stream)))


@dataclass
class _Budget:
    """What is left for an archive and all the archives inside it."""

    members: int
    bytes: int
    passed_over: int = 0
    said: bool = False


@dataclass
class Archive:
    """A ZIP archive on a seekable stream, which stays the caller's.

    `total` is the number of members that were found so far, inner archives not yet opened counting
    as one; `passed_over` the number of system files that are not among them.

    Raises UnreadableFile where the archive is damaged or has more members than the limits allow.
    """

    stream: BinaryIO
    name: str
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self._budget = _Budget(self.limits.members, self.limits.archive_bytes)
        self._zip, self._infos = self._open(self.stream, self.name)
        self.total = len(self._infos)

    @property
    def passed_over(self) -> int:
        """System files (`__MACOSX`, `.DS_Store`, `Thumbs.db`, `~$x.docx`) that were left out."""
        return self._budget.passed_over

    def members(self) -> Iterator[Member]:
        """Every member in the archive's order, read when its turn comes."""
        yield from self._members(self._zip, self._infos, "", 1)

    def _open(
        self, stream: BinaryIO, name: str
    ) -> tuple[zipfile.ZipFile, list[tuple[str, zipfile.ZipInfo]]]:
        try:
            opened = _zip(stream)
        except _TooManyMembers as error:
            raise UnreadableFile(
                f"{name}: the list of its members takes {error} bytes; "
                f"wanted at most {self.limits.members} members in an archive"
            ) from None
        except _DAMAGE as error:
            raise UnreadableFile(
                f"{name}: the archive is damaged or cut off ({error}); wanted a whole ZIP file"
            ) from error
        infos = []
        for info in opened.infolist():
            label = _label(info)
            if info.is_dir() or label.endswith("/"):
                continue
            if any(is_junk(part) for part in label.split("/")):
                self._budget.passed_over += 1
            else:
                infos.append((label, info))
        if len(infos) > self._budget.members:
            raise UnreadableFile(
                f"{name}: {len(infos)} members; wanted at most {self.limits.members} in an archive"
            )
        self._budget.members -= len(infos)
        return opened, infos

    def _members(
        self,
        opened: zipfile.ZipFile,
        infos: list[tuple[str, zipfile.ZipInfo]],
        prefix: str,
        depth: int,
    ) -> Iterator[Member]:
        for label, info in infos:
            path = prefix + label
            if self._budget.bytes <= 0:
                if not self._budget.said:
                    self._budget.said = True
                    yield Member(path, problem=f"{self._used_up()}, nor is what stands behind it")
                return
            member = self._read(opened, info, path)
            if member.data is None or not is_archive(io.BytesIO(member.data)):
                yield member
            elif depth >= self.limits.depth:
                yield Member(
                    path,
                    problem=f"an archive inside {depth} others; wanted at most "
                    f"{self.limits.depth} levels: unpack it",
                )
            else:
                yield from self._inner(member.data, path, depth + 1)

    def _inner(self, data: bytes, path: str, depth: int) -> Iterator[Member]:
        try:
            opened, infos = self._open(io.BytesIO(data), path)
        except UnreadableFile as error:
            yield Member(path, problem=str(error).removeprefix(f"{path}: "))
            return
        if not infos:
            yield Member(path, problem="the archive holds no files")
            return
        self.total += len(infos) - 1
        yield from self._members(opened, infos, f"{path}/", depth)

    def _read(self, opened: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> Member:
        if stat.S_ISLNK(info.external_attr >> 16):
            return Member(path, problem="a link; only files are read", skipped=True)
        if info.flag_bits & _ENCRYPTED:
            return Member(path, problem="encrypted; wanted a file without a password")
        if info.compress_type not in _METHODS:
            return Member(
                path,
                problem=f"packed by method {info.compress_type}; wanted stored (0) or deflated (8)",
            )
        if info.file_size > self.limits.file_bytes:
            return Member(path, problem=self._too_large(info.file_size))
        # a member that lies about its packed size cannot have more bytes than the archive
        packed = max(min(info.compress_size, _length(opened)), 1)
        most = min(self.limits.file_bytes, self._budget.bytes)
        parts: list[bytes] = []
        size = 0
        try:
            with opened.open(info) as stream:
                while part := stream.read(_CHUNK):
                    parts.append(part)
                    size += len(part)
                    if size > most:
                        self._budget.bytes -= size
                        return Member(path, problem=self._too_large(size))
                    if size > _RATIO_FROM and size > packed * self.limits.ratio:
                        self._budget.bytes -= size
                        return Member(
                            path,
                            problem=f"{packed} bytes that unpack to more than {size}: a zip bomb? "
                            f"Wanted at most {self.limits.ratio} times as many",
                        )
        except _DAMAGE as error:
            self._budget.bytes -= size
            return Member(path, problem=f"damaged in the archive ({error}); wanted a whole member")
        self._budget.bytes -= size
        return Member(path, b"".join(parts))

    def _too_large(self, size: int) -> str:
        if size > self.limits.file_bytes:
            return f"{size} bytes or more; wanted at most {self.limits.file_bytes} in a file"
        return self._used_up()

    def _used_up(self) -> str:
        return f"the archive unpacks to more than {self.limits.archive_bytes} bytes: not read"


def is_archive(stream: BinaryIO) -> bool:
    """Whether a seekable stream is a ZIP of files and not a document that is packed as one.

    A damaged one counts too, unless it begins like a document. The stream is at its beginning
    afterwards.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    try:
        if not head.startswith((b"PK\x03\x04", _EMPTY)) or _FIRST_PART.match(head[30:]):
            return False
        names = (name.replace("\\", "/").lower() for name in _zip(stream).namelist())
        return _DOCUMENT_PARTS.isdisjoint(names)
    except (_TooManyMembers, *_DAMAGE):
        return True
    finally:
        stream.seek(0)


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name is the system's, or hidden, and no report."""
    return _JUNK.fullmatch(name) is not None


def _label(info: zipfile.ZipInfo) -> str:
    """A member's path as text: decoded, without roots, drives and steps upwards.

    Chinese Windows writes names in GBK where the archive does not say UTF-8; so do some that write
    backslashes. (A byte of a GBK letter may be a backslash: decode first.)
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    name = name.split("\0")[0].replace("\\", "/")
    is_folder = name.endswith("/")
    parts = [p for p in name.split("/") if p not in ("", ".", "..")]
    if parts and re.fullmatch("[A-Za-z]:", parts[0]):
        parts = parts[1:]
    label = "/".join(part[:_LONGEST_NAME] for part in parts)
    return f"{label}/" if is_folder else label or "?"


def _length(opened: zipfile.ZipFile) -> int:
    stream = opened.fp
    assert stream is not None
    here = stream.tell()
    length = stream.seek(0, io.SEEK_END)
    stream.seek(here)
    return length
