"""PDF with a text layer."""

from __future__ import annotations

from ingest.errors import UnreadableFile
from ingest.readers.base import Document, Reader

_MAX_BYTES = 200_000_000
_SEARCHED = 1024  # bytes in which the header of a PDF stands


class PdfReader(Reader):
    """Reads PDF files that tell the letters they draw.

    A text layer that lies unseen over (or under) the picture of a page was made by a machine that
    read the picture; its figures may be wrong, so such a page gives nothing but a warning.
    """

    name = "pdf"
    version = 1

    def accepts(self, data: bytes, name: str) -> bool:
        head = data[:_SEARCHED]
        return head.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-") or (
            b"%PDF-" in head and b"endobj" in data
        )

    def read(self, data: bytes, name: str) -> Document:
        if len(data) > _MAX_BYTES:
            raise UnreadableFile(f"{name}: {len(data)} bytes; a PDF is at most {_MAX_BYTES}")
        # pdfium and what reads its pages take 0.1 s of import, which no other format needs
        from ingest.readers.pdf.document import read_pdf

        return read_pdf(data, name)
