"""PDF files that would keep pdfium busy without end, found before it opens them.

A drawing may draw other drawings (forms) many times over, ten deep; a stream may unpack to a thousand
times its size. pdfium cannot be interrupted. So the streams are looked through first, which takes
some milliseconds; a file that could blow up is opened in a process of its own, which can be ended.
"""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import zlib

from ingest.errors import UnreadableFile

_STREAM = re.compile(rb"stream\r?\n")
_DRAWS = re.compile(rb"/[^\s/<>\[\]()]+\s+Do\b")
_NO_DRAWING = re.compile(
    rb"/Image\b|/Length1\b|/(?:CIDFontType0C|Type1C|OpenType|ObjStm|XRef|EmbeddedFile)\b"
)
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_HEAD = 3_000  # bytes before a stream in which its dictionary stands
_MOST_BYTES = 20_000_000  # of one stream, unpacked; a page of text has 100,000
_MOST_DRAWN = 50_000  # forms that are drawn, at worst
_SECONDS = 8.0
_PROBE = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
except (ImportError, ValueError):
    pass
import pypdfium2
document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
for number in range(len(document)):
    page = document[number]
    page.get_textpage().close()
    page.close()
"""


def check(data: bytes, name: str) -> None:
    """Raises UnreadableFile where the file takes too long, or too much memory, to open."""
    try:
        if not _is_suspicious(data):
            return
    except _TooLarge as error:
        text = f"{name}: a page of the PDF unpacks to more than {_MOST_BYTES} bytes"
        raise UnreadableFile(text) from error
    command = [sys.executable, "-I", "-c", _PROBE]
    try:
        # a broken file ends with an error of its own, which the reader reports
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        text = f"{name}: the PDF draws so much that it cannot be read in {_SECONDS:.0f} seconds"
        raise UnreadableFile(text) from error
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise UnreadableFile(f"{name}: the PDF takes too much memory to read")


class _TooLarge(Exception):
    """A stream unpacks to more than a page can hold."""


def _is_suspicious(data: bytes) -> bool:
    """Whether the forms of a file could be drawn without end, or cannot be looked into."""
    if b"/Encrypt" in data:
        return True
    drawn, depth = 1, 1
    for m in _STREAM.finditer(data):
        head = data[max(0, m.start() - _HEAD) : m.start()]
        head = head[head.rfind(b" obj") + 1 :]
        if _NO_DRAWING.search(head):
            continue
        end = data.find(b"endstream", m.end())
        content = _unpacked(data[m.end() : end if end >= 0 else len(data)], head)
        if content is None:
            return True
        count = len(_DRAWS.findall(content))
        drawn += count
        if b"/Form" in head and count:
            depth = min(depth * count, _MOST_DRAWN)
    return drawn * depth > _MOST_DRAWN


def _unpacked(raw: bytes, head: bytes) -> bytes | None:
    """What a stream holds, as far as it unpacks; None where its packing is not known here."""
    named = _FILTER.search(head)
    filters = re.findall(rb"/(\w+)", named.group(1)) if named else []
    for kind in filters:
        try:
            if kind in (b"ASCII85Decode", b"A85"):
                raw = base64.a85decode(raw.split(b"~>")[0])
            elif kind in (b"FlateDecode", b"Fl"):
                unpack = zlib.decompressobj()
                raw = unpack.decompress(raw, _MOST_BYTES)
                if unpack.unconsumed_tail:
                    raise _TooLarge
            else:
                return None
        except (zlib.error, ValueError):
            return b""  # broken, so pdfium gets no further either
    return raw
