"""What kind of file some bytes are, told from their content; `kinds.toml` holds the knowledge."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_HEAD = 4096
_REMEMBERED = 1_000_000  # bytes; larger files are not kept in memory
# OLE's directory as bytes, for a file whose sectors do not add up
_ENTRY_SIZE, _ENTRY_KINDS = 128, (1, 2)


@dataclass(frozen=True)
class Kind:
    """A kind of file. `hint` says what to do with it where no reader takes it, else it is empty."""

    key: str
    name: str
    hint: str = ""
    starts: tuple[bytes, ...] = ()
    brand: tuple[bytes, ...] = ()
    binary: bool = False
    members: tuple[str, ...] = ()
    mimetype: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    says: re.Pattern[str] | None = None
    names: tuple[str, ...] = ()


@cache
def load_kinds() -> tuple[Kind, ...]:
    """All kinds, in the order in which they are asked."""
    text = resources.files("ingest").joinpath("readers/kinds.toml").read_text(encoding="utf-8")
    return tuple(
        Kind(
            key=entry["key"],
            name=entry["name"],
            hint=entry.get("hint", ""),
            starts=tuple(bytes.fromhex(mark) for mark in entry.get("starts", ())),
            brand=tuple(mark.encode() for mark in entry.get("brand", ())),
            binary=entry.get("binary", False),
            members=tuple(mark.lower() for mark in entry.get("members", ())),
            mimetype=tuple(entry.get("mimetype", ())),
            streams=tuple(entry.get("streams", ())),
            says=re.compile(entry["says"], re.IGNORECASE | re.MULTILINE)
            if "says" in entry
            else None,
            names=tuple(entry.get("names", ())),
        )
        for entry in tomllib.loads(text)["kinds"]
    )


def kind_of(data: bytes, name: str = "") -> Kind | None:
    """The kind of `data` (called `name`), None where its content says nothing.

    Plain text, HTML, PDF and an ordinary ZIP are None: their readers know them.
    """
    if len(data) <= _REMEMBERED:
        return _kind_again(data, name)
    return _kind(data, name)


@lru_cache(maxsize=2)
def _kind_again(data: bytes, name: str) -> Kind | None:
    """Each reader asks of the same file."""
    return _kind(data, name)


def _kind(data: bytes, name: str) -> Kind | None:
    members, mimetype = _members(data) if data.startswith(_ZIP) else ((), "")
    streams = _streams(data) if data.startswith(_OLE) else ()
    head = _head(data)
    binary = b"\0" in data[:_HEAD]
    for kind in load_kinds():
        if any(m.startswith(kind.members) for m in members) if kind.members else False:
            return kind
        if kind.mimetype and mimetype.startswith(kind.mimetype):
            return kind
        if any(stream in kind.streams for stream in streams):
            return kind
        if kind.starts and data.startswith(kind.starts) and (binary or not kind.binary):
            if not kind.brand or data[4:12].startswith(kind.brand) or data[8:12] in kind.brand:
                return kind
        if kind.says is not None and kind.says.match(head):
            return kind
        if binary and kind.names and name.lower().endswith(kind.names):
            return kind
    return None


def refused_kind(data: bytes, name: str = "") -> Kind | None:
    """The kind of `data` where it is one that no reader takes."""
    kind = kind_of(data, name)
    return kind if kind is not None and kind.hint else None


def _head(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data[: 2 * _HEAD].decode("utf-16", "replace")
    elif data[:1] in (b"{", b"<", b"\xef") or data[:1].isspace() or data[:1].isalpha():
        text = data[:_HEAD].decode("utf-8", "replace")
    else:
        return ""
    return text.lstrip("\ufeff \t\r\n").replace("\r\n", "\n")


def _members(data: bytes) -> tuple[tuple[str, ...], str]:
    """The names in a ZIP in lower case, and what its `mimetype` says; also of one that is cut off."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = tuple(n.replace("\\", "/").lower() for n in archive.namelist())
            small = [i for i in archive.infolist() if i.filename == "mimetype"]
            if small and small[0].file_size < 200 and not small[0].flag_bits & 1:
                return names, archive.read(small[0]).decode("ascii", "replace").strip()
            return names, ""
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        found = re.findall(rb"PK\x03\x04.{26}([ -~]{3,80}?\.(?:xml|bin|rels))", data, re.DOTALL)
        return tuple(n.decode("ascii").replace("\\", "/").lower() for n in found), ""


def _streams(data: bytes) -> tuple[str, ...]:
    """The names in the root of an OLE file."""
    from xlrd.compdoc import CompDoc  # only old Word and Excel files need it

    try:
        entries = CompDoc(data, logfile=io.StringIO()).dirlist
        return tuple(entries[n].name for n in entries[0].children)
    except Exception:  # xlrd asserts and indexes freely; damage is not told apart here
        return _entries(data)


def _entries(data: bytes) -> tuple[str, ...]:
    """Names that stand where a directory entry could."""
    known = {stream for kind in load_kinds() for stream in kind.streams}
    found = []
    for name in sorted(known):
        mark = (name + "\0").encode("utf-16-le")
        at = data.find(mark)
        while at >= 0:
            if at % _ENTRY_SIZE == 0 and data[at + 66 : at + 67] in map(bytes, zip(_ENTRY_KINDS)):
                found.append(name)
                break
            at = data.find(mark, at + 1)
    return tuple(found)
