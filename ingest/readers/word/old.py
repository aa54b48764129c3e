"""Word 97-2003 documents (`.doc`, WPS `.wps`): turned into DOCX by msdoc2docx and read as such.

msdoc2docx (MIT, pure Python) is an optional dependency: without it a `.doc` is refused by name. Of what
was tried it is the only library that keeps merged cells, tracked changes and automatic numbers.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableFile
from ingest.model import Warning_
from ingest.readers.base import Document, Reader
from ingest.readers.kinds import kind_of
from ingest.readers.word.reader import WordReader

_MOST_BYTES = 50_000_000
# what the converter tells of that makes cells uncertain, and that concerns other text
_TABLES_UNCERTAIN = {
    "MALFORMED_TABLE_FLATTENED", "TABLE_CELL_DEFINITION_MISMATCH", "TABLE_DEPTH_LIMITED",
    "TABLE_GRID_MISMATCH",
}  # fmt: skip
_TEXT_UNCERTAIN = {
    "LIST_NUMBER_FORMAT_APPROXIMATED", "NUMBERING_TABLE_MALFORMED", "MAIN_TEXTBOX_TABLE_MALFORMED",
    "OLE_OBJECTS_UNANCHORED", "OLE_OBJECT_OMITTED", "OLE_OBJECT_STORAGE_MISSING",
    "UNTERMINATED_FIELD", "UNSUPPORTED_CONTROL_CHARACTER", "TRACK_REVISIONS_REPAIRED",
}  # fmt: skip


class OldWordReader(Reader):
    """Reads DOC where msdoc2docx is installed."""

    name = "doc"
    version = 1

    def accepts(self, data: bytes, name: str) -> bool:
        kind = kind_of(data, name)
        return kind is not None and kind.key == "doc" and find_spec("doc2docx") is not None

    def read(self, data: bytes, name: str) -> Document:
        if len(data) > _MOST_BYTES:
            raise UnreadableFile(
                f"{name}: {len(data)} bytes; a Word document is read up to {_MOST_BYTES}"
            )
        converted, told = _converted(data, name)
        document = WordReader().read(converted, name)
        warnings = tuple(
            Warning_("doc-conversion", f"DOC 转换时有内容未能完整保留：{message}")
            for message in told
        )
        return replace(document, warnings=(*document.warnings, *warnings))


def _converted(data: bytes, name: str) -> tuple[bytes, list[str]]:
    """The document as DOCX, and what the converter says was lost of its text."""
    converter: Any = import_module("doc2docx")
    protected: Any = import_module("doc2docx.errors").EncryptedDocumentError
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.doc"), Path(folder, "a.docx")
        source.write_bytes(data)
        try:
            result = converter.convert(source, target)
        except protected as e:
            raise UnreadableFile(
                f"{name}: it is protected by a password; take the password off"
            ) from e
        except Exception as e:  # of a damaged file the converter may raise anything
            reason = str(e).replace("\n", " ")
            raise UnreadableFile(
                f"{name}: it cannot be read ({type(e).__name__}: {reason}); "
                "open it in Word and save it as .docx"
            ) from e
        codes = {entry.code: entry.message for entry in result.report.diagnostics}
        for code in sorted(codes.keys() & _TABLES_UNCERTAIN):
            raise UnreadableFile(
                f"{name}: the cells of its tables cannot be told for certain ({code}: "
                f"{codes[code]}); open it in Word and save it as .docx"
            )
        told = [f"{code}: {codes[code]}" for code in sorted(codes.keys() & _TEXT_UNCERTAIN)]
        return target.read_bytes(), told
