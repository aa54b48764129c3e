"""Readers by format. A new format is one file here and one entry in `READERS`."""

from ingest.errors import UnsupportedFile
from ingest.readers.base import Document, Grid, GridCell, Reader, TextLine
from ingest.readers.html.reader import HtmlReader
from ingest.readers.kinds import refused_kind
from ingest.readers.pdf.reader import PdfReader
from ingest.readers.sheets.delimited import DelimitedReader
from ingest.readers.sheets.oldbook import OldBookReader
from ingest.readers.sheets.workbook import WorkbookReader
from ingest.readers.sheets.xmlbook import XmlBookReader
from ingest.readers.text.reader import TextReader
from ingest.readers.word.old import OldWordReader
from ingest.readers.word.reader import WordReader

#: asked in this order; the first that accepts the content reads it
READERS: tuple[Reader, ...] = (
    PdfReader(),
    WordReader(),
    WorkbookReader(),
    OldWordReader(),
    OldBookReader(),
    XmlBookReader(),
    HtmlReader(),
    DelimitedReader(),
    TextReader(),
)


def reader_for(data: bytes, name: str) -> Reader:
    """The reader for a file's content.

    Raises UnsupportedFile, naming the file, where no reader takes it.
    """
    kind = refused_kind(data, name)
    for reader in READERS:
        # an e-mail or an RTF document is text too, and no report in plain text
        if not (kind and isinstance(reader, TextReader)) and reader.accepts(data, name):
            return reader
    if kind:
        raise UnsupportedFile(f"{name}: it is {kind.name}, which is not read; {kind.hint}")
    raise UnsupportedFile(
        f"{name}: its content ({data[:8]!r}…) is of no kind that is read; "
        "wanted PDF, Word, Excel, HTML, CSV, plain text or Markdown"
    )


__all__ = ["READERS", "Document", "Grid", "GridCell", "Reader", "TextLine", "reader_for"]
