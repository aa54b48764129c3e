"""Files on their way into the store: which there are, what they are called, what became of them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.store.summary import ReportSummary
from ingest.archive import Archive, Limits, is_archive, is_junk
from ingest.errors import ReadError
from ingest.model import Warning_

_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):/+(?P<rest>.*)")
_SHORTCUTS = {".url", ".webloc", ".lnk", ".desktop"}
_SHORTCUT_HEAD = b"[InternetShortcut]"
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class IngestStage:
    """Progress of an ingestion: file number `done` of `total` is at `stage` (read, store, done).

    `total` grows when an archive is opened.
    """

    path: Path
    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one file.

    `status` is `added`, `unchanged` (the same bytes are there, read by the same reader), `failed`
    (then `error` says why, beginning with `label`) or `skipped` (`note` says why). A member of an
    archive has a `path` below the archive's. `label` is the file's name as it can be printed, from
    the folder or archive on that was given.
    """

    path: Path
    status: str
    error: str | None = None
    reports: tuple[ReportSummary, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    note: str | None = None
    label: str = ""

    def __post_init__(self) -> None:
        if not self.label:
            object.__setattr__(self, "label", readable_name(Path(self.path.name)))


@dataclass(frozen=True, slots=True)
class Found:
    """A file with its bytes, or with the problem why there are none; `label` as in IngestResult."""

    path: Path
    label: str
    data: bytes | None = None
    problem: str | None = None
    skipped: bool = False

    @property
    def name(self) -> str:
        """The last part of the label: what a reader takes issuer and year from."""
        return readable_name(Path(self.path.name))


class Intake:
    """The files behind some paths, read one after another when they are asked for.

    Folders are walked in the order of names, archives are opened. Hidden files and those of the
    system are passed over (`passed_over` of them); `total` is the number of files known so far.
    """

    def __init__(self, paths: Iterable[Path], limits: Limits) -> None:
        self._limits = limits
        self.passed_over = 0
        self._queue = [item for path in paths for item in self._listed(path)]
        self.total = len(self._queue)

    def __iter__(self) -> Iterator[Found]:
        for item in self._queue:
            if item.problem is not None:
                yield item
            else:
                yield from self._open(item)

    def _listed(self, given: Path) -> Iterator[Found]:
        if not os.path.isdir(given):
            yield Found(given, readable_name(Path(given.name)))
            return
        paths = [given]
        while paths:
            path = paths.pop()
            label = readable_name(path.relative_to(given) if path != given else path)
            if not os.path.isdir(path):
                yield Found(path, label)
                continue
            if path != given and path.is_symlink():
                said = "a link to a folder; links are not followed"
                yield Found(path, label, problem=said, skipped=True)
                continue
            try:
                names = sorted(os.listdir(path))
            except OSError as error:
                said = f"the folder cannot be opened: {error.strerror}"
                yield Found(path, label, problem=said)
                continue
            kept = [name for name in names if not is_junk(name)]
            self.passed_over += len(names) - len(kept)
            paths += [path / name for name in reversed(kept)]

    def _open(self, item: Found) -> Iterator[Found]:
        path = item.path
        try:
            problem = _not_a_file(path)
            if problem is not None:  # the name alone would not say where it was looked for
                yield Found(path, readable_name(path), problem=problem)
                return
            with path.open("rb") as stream:
                size = os.fstat(stream.fileno()).st_size
                if is_archive(stream):
                    yield from self._members(Archive(stream, path.name, self._limits), item, size)
                elif size > self._limits.file_bytes:
                    yield replace(item, problem=self._too_large(size))
                else:
                    # one byte more than is taken: the file may have grown
                    yield self._whole(item, stream.read(self._limits.file_bytes + 1))
        except ReadError as error:
            yield replace(item, problem=str(error).removeprefix(f"{path.name}: "))
        except (OSError, ValueError) as error:
            said = error.strerror if isinstance(error, OSError) else str(error)
            yield Found(path, readable_name(path), problem=f"cannot be read: {said}")

    def _members(self, archive: Archive, item: Found, size: int) -> Iterator[Found]:
        limit = self._limits.archive_bytes
        if size > limit:
            yield replace(item, problem=f"an archive of {size} bytes; wanted at most {limit}")
            return
        if not archive.total:
            self.passed_over += archive.passed_over
            yield replace(item, problem="the archive holds no files")
            return
        before = self.total - 1
        self.total = before + archive.total
        for member in archive.members():
            self.total = before + archive.total
            label = f"{item.label}/{readable_name(Path(member.path))}"
            found = Found(item.path / member.path, label, None, member.problem, member.skipped)
            yield found if member.data is None else self._whole(found, member.data)
        self.passed_over += archive.passed_over

    def _whole(self, found: Found, data: bytes) -> Found:
        problem = _not_a_report(found.path.name, data)
        if len(data) > self._limits.file_bytes:
            problem = self._too_large(len(data))
        return replace(found, problem=problem) if problem else replace(found, data=data)

    def _too_large(self, size: int) -> str:
        return f"{size} bytes; wanted at most {self._limits.file_bytes} (WENBAO_MAX_FILE)"


def _not_a_file(path: Path) -> str | None:
    """Why a path is no file that can be opened; None where it is one."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            return f"a broken link to {readable_name(path.readlink())}"
        address = _ADDRESS.fullmatch(str(path))
        if address:
            return "an address; nothing is fetched: save the page and give the file"
        return "no such file"
    if stat.S_ISREG(mode):
        return None
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "no file")
    return f"{kind}; wanted a file"


def _not_a_report(name: str, data: bytes) -> str | None:
    if Path(name).suffix.lower() in _SHORTCUTS or data.startswith(_SHORTCUT_HEAD):
        return "a shortcut to something else; nothing is fetched: give the file that it leads to"
    if data == b"":
        return "the file is empty (0 bytes); wanted a report"
    return None


def is_single(paths: Sequence[Path]) -> bool:
    """Whether the paths are one file, or none that is there, and not a folder or an archive."""
    if len(paths) != 1 or os.path.isdir(paths[0]):
        return False
    try:
        if not stat.S_ISREG(paths[0].stat().st_mode):
            return True
        with paths[0].open("rb") as stream:
            return not is_archive(stream)
    except (OSError, ValueError):  # what is wrong with it is said when it is read
        return True


def readable_name(path: Path) -> str:
    """A path as text of one line that can be printed and stored.

    A name in GBK (of an archive unpacked on Linux) has bytes that are no UTF-8; it is decoded. An
    address that was given as a path gets its slashes back.
    """
    # part by part: the folder's name may be in UTF-8 and the file's in GBK
    name = "/".join(_decoded(part) for part in str(path).split(os.sep))
    if not name.isprintable():  # a line break or a change of direction; not the wide space
        name = "".join(c if c.isprintable() or c == "\u3000" else "\ufffd" for c in name)
    address = _ADDRESS.fullmatch(name)
    return f"{address['scheme']}://{address['rest']}" if address else name


def _decoded(name: str) -> str:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return name
