"""Readers by format. A new format is one file here and one entry in `READERS`."""

from ingest.errors import UnsupportedFile
from ingest.readers.base import Document, Grid, GridCell, Reader, TextLine
from ingest.readers.html import HtmlReader
from ingest.readers.pdf import PdfReader
from ingest.readers.text import TextReader

#: asked in this order; the first that accepts the content reads it
READERS: tuple[Reader, ...] = (PdfReader(), HtmlReader(), TextReader())


def reader_for(data: bytes, name: str) -> Reader:
    """The reader for a file's content.

    Raises UnsupportedFile, naming the file, where no reader takes it.
    """
    for reader in READERS:
        if reader.accepts(data, name):
            return reader
    raise UnsupportedFile(
        f"{name}: its content ({data[:8]!r}…) is of no kind that is read yet; "
        "wanted HTML, plain text or Markdown"
    )


__all__ = ["READERS", "Document", "Grid", "GridCell", "Reader", "TextLine", "reader_for"]
