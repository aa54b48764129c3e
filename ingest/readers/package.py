"""The parts of an OOXML file (DOCX, XLSX), opened within limits.

lxml reads the parts directly: python-docx and openpyxl give up on whole files for one broken style or
relationship, build an object for every cell, and know no limit on what a ZIP unpacks to.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

from ingest.errors import UnreadableFile

_MOST_BYTES = 300_000_000
_MOST_PART_BYTES = 100_000_000
# a tree takes about ten times its text; the sheets, which are longer, are read as a stream
_MOST_TREE_BYTES = 20_000_000
_MOST_MEMBERS = 10_000
_MOST_RATIO, _RATIO_FROM = 400, 5_000_000
_CHUNK = 65_536
# ISO 29500 "strict" differs in the names of its namespaces alone
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/",
        b"http://schemas.openxmlformats.org/drawingml/2006/",
    ),
)


class Package:
    """An OOXML file: its parts by name, and what they relate to.

    Raises UnreadableFile where the ZIP is broken, protected, or unpacks to more than the limits.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as e:
            raise UnreadableFile(
                f"{name}: its ZIP cannot be opened ({e}); the file is cut off or damaged"
            ) from e
        members = self._zip.infolist()
        if len(members) > _MOST_MEMBERS:
            raise UnreadableFile(
                f"{name}: {len(members)} members; an Office file has at most {_MOST_MEMBERS}"
            )
        total = sum(m.file_size for m in members)
        if total > _MOST_BYTES:
            raise UnreadableFile(
                f"{name}: it unpacks to {total} bytes; an Office file is read up to {_MOST_BYTES}"
            )
        for m in members:
            if m.flag_bits & 1:
                raise UnreadableFile(
                    f"{name}: {m.filename} is protected by a password; take the password off"
                )
            if m.file_size > _MOST_PART_BYTES:
                raise UnreadableFile(
                    f"{name}: {m.filename} unpacks to {m.file_size} bytes; "
                    f"a part is read up to {_MOST_PART_BYTES}"
                )
            if m.file_size > _RATIO_FROM and m.file_size > _MOST_RATIO * max(m.compress_size, 1):
                raise UnreadableFile(
                    f"{name}: {m.filename} unpacks {m.compress_size} bytes to {m.file_size}; "
                    f"more than {_MOST_RATIO} times its size is taken for a ZIP bomb"
                )
        # some writers use backslashes or another case than their relationships do
        self._parts = {m.filename.replace("\\", "/").lower().lstrip("/"): m for m in members}

    def has(self, part: str) -> bool:
        """Whether there is a part of this name, in any case."""
        return part.lower() in self._parts

    def tree(self, part: str) -> etree._Element:
        """The root of an XML part.

        Raises UnreadableFile where it is missing, too large, broken, or declares entities.
        """
        from lxml import etree  # here and below: no text format needs it

        size = self._member(part).file_size
        if size > _MOST_TREE_BYTES:
            raise UnreadableFile(
                f"{self._name}: {part} has {size} bytes; a report's is at most {_MOST_TREE_BYTES}"
            )
        data = b"".join(self.chunks(part))
        if b"purl.oclc.org" in data:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        # an own parser each time: one that met an error keeps its log
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as e:
            raise UnreadableFile(f"{self._name}: {part} is no sound XML ({e.msg})") from e
        if root.getroottree().docinfo.doctype:
            raise self._declares(part)
        return root

    def feed(self, part: str, target: object) -> None:
        """Parse an XML part into the callbacks of `target` (`start`, `end`, `data`, `close`).

        Raises as `tree` does; `target` may stop the reading by raising StopIteration.
        """
        from lxml import etree

        parser = etree.XMLParser(target=_Guard(target), resolve_entities=False, no_network=True)
        try:
            for chunk in self.chunks(part):
                parser.feed(chunk)
            parser.close()
        except StopIteration:
            return
        except _Declaration as e:
            raise self._declares(part) from e
        except etree.XMLSyntaxError as e:
            raise UnreadableFile(f"{self._name}: {part} is no sound XML ({e.msg})") from e

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece."""
        member = self._member(part)
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as e:
            raise UnreadableFile(
                f"{self._name}: {part} cannot be unpacked ({e}); the file is damaged"
            ) from e

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part relates to inside the file: id → (last word of the kind, name of the part)."""
        folder, own = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", own + ".rels")
        if not self.has(rels):
            return {}
        out = {}
        for rel in self.tree(rels).iter("{*}Relationship"):
            if rel.get("TargetMode") == "External":
                continue
            target = (rel.get("Target") or "").replace("\\", "/")
            whole = target if target.startswith("/") else posixpath.join(folder, target)
            kind = (rel.get("Type") or "").rsplit("/", 1)[-1]
            out[rel.get("Id") or ""] = (kind, posixpath.normpath(whole).lstrip("/"))
        return out

    def main(self, fallback: str) -> str:
        """The name of the main part: by the package's relationships, else `fallback`."""
        for kind, target in self.related("").values():
            if kind == "officeDocument" and self.has(target):
                return target
        return fallback

    def _member(self, part: str) -> zipfile.ZipInfo:
        member = self._parts.get(part.lower())
        if member is None:
            raise UnreadableFile(f"{self._name}: it has no part {part}; the file is damaged")
        return member

    def _declares(self, part: str) -> UnreadableFile:
        return UnreadableFile(
            f"{self._name}: {part} has a document type declaration; no Office program writes one, "
            "and entities are not expanded"
        )


class _Declaration(Exception):
    pass


class _Guard:
    """Passes a parser's callbacks on and stops at a document type declaration."""

    def __init__(self, target: object) -> None:
        self.start = target.start  # type: ignore[attr-defined]
        self.end = target.end  # type: ignore[attr-defined]
        self.data = target.data  # type: ignore[attr-defined]

    def doctype(self, name: str, public: str, system: str) -> None:
        raise _Declaration

    def close(self) -> None:
        return None
